"""What the documents name: company, customers, products and point of sale, made through the ORM."""

from odoo.fields import Command
from odoo.tools import SQL

from .staging import create_table, update_statistics

COMPANY = "Online Retail"
SERVICE_CODES = ["POST", "DOT", "C2", "D", "M", "m", "S", "BANK CHARGES", "AMAZONFEE", "CRUK"]
VOUCHER_PREFIX = "gift_"
# The file's names that are not Odoo's
COUNTRIES = {
    "Channel Islands": "base.je",
    "EIRE": "base.ie",
    "European Community": None,
    "RSA": "base.za",
    "USA": "base.us",
    "Unspecified": None,
}


def create_company(env):
    """Create the company, with accounts and without taxes, and hand it to the administrator.

    :return: the environment in which it is the only company selected, and changes leave no message
    """
    pound = env.ref("base.GBP")
    pound.active = True
    # Created with a country, it would make Odoo install that country's localization, and commit.
    company = env["res.company"].create({"name": COMPANY, "currency_id": pound.id})
    env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
    # The chart of accounts has brought the currency and the country of its own.
    company.currency_id = pound
    company.country_id = company.account_fiscal_country_id = env.ref("base.uk")
    administrator = env.ref("base.user_admin")
    (administrator | env.user).company_ids = [Command.link(company.id)]
    administrator.company_id = company
    context = {"allowed_company_ids": company.ids, "tracking_disable": True}
    return env(context=env.context | context)


def create_customers(env):
    """Create one partner per CustomerID.

    They are noted in the temporary table ``online_retail_customer`` (customer, partner_id,
    partner_name).
    """
    customers = env.execute_query(
        SQL("""
        SELECT document.customer, mode() WITHIN GROUP (ORDER BY file.country)
          FROM online_retail_document AS document
          JOIN online_retail_file AS file USING (number)
         WHERE document.customer IS NOT NULL
         GROUP BY document.customer
         ORDER BY document.customer
        """)
    )
    country_ids = {
        name: _country(env, name).id for name in {country for _customer, country in customers}
    }
    partners = env["res.partner"].create(
        [
            {
                "name": f"Customer {customer}",
                "ref": customer,
                "is_company": True,
                "country_id": country_ids[country],
            }
            for customer, country in customers
        ]
    )
    update_statistics(env, "res_partner")
    rows = SQL(
        "SELECT * FROM unnest(%s, %s, %s) AS row (customer, partner_id, partner_name)",
        partners.mapped("ref"),
        partners.ids,
        [partner.name for partner in partners],
    )
    create_table(env, "online_retail_customer", rows)


def _country(env, name):
    countries = env["res.country"].with_context(lang="en_US")
    if name in COUNTRIES:
        return env.ref(COUNTRIES[name]) if COUNTRIES[name] else countries
    country = countries.search([("name", "=", name)])
    if not country:
        raise ValueError(f"Odoo has no country named {name!r}.")
    return country


def create_products(env):
    """Create one product per StockCode, at its most frequent price.

    They are noted in the temporary table ``online_retail_product`` (code, product_id, label).
    """
    products = env.execute_query(
        SQL("""
        SELECT line.code,
               mode() WITHIN GROUP (ORDER BY trim(file.description)),
               mode() WITHIN GROUP (ORDER BY line.price)
          FROM online_retail_line AS line
          JOIN online_retail_file AS file USING (position)
         GROUP BY line.code
         ORDER BY line.code
        """)
    )
    goods = {"type": "consu", "categ_id": env.ref("product.product_category_goods").id}
    service = {"type": "service", "categ_id": env.ref("product.product_category_services").id}
    records = env["product.product"].create(
        [
            {
                "default_code": code,
                "name": description,
                "list_price": price,
                "taxes_id": False,
                "supplier_taxes_id": False,
                "available_in_pos": True,
                **(service if _is_service(code) else goods),
            }
            for code, description, price in products
        ]
    )
    update_statistics(env, "product_product")
    rows = SQL(
        "SELECT * FROM unnest(%s, %s, %s) AS row (code, product_id, label)",
        records.mapped("default_code"),
        records.ids,
        [record.display_name for record in records],
    )
    create_table(env, "online_retail_product", rows)


def _is_service(code):
    return code in SERVICE_CODES or code.startswith(VOUCHER_PREFIX)


def create_point_of_sale(env):
    """Create the point of sale, where everything is paid by card."""
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )
    card = env["pos.payment.method"].create({"name": "Card", "journal_id": journal.id})
    env["pos.config"].create({"name": COMPANY, "payment_method_ids": [Command.set(card.ids)]})
