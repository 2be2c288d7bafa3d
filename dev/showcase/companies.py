"""The two companies: currency, country, chart of accounts, taxes."""

from odoo.fields import Command

FEATURES = [  # what a user would tick in the settings
    "base.group_multi_currency",
    "base.group_multi_company",
    "uom.group_uom",
    "product.group_product_pricelist",
    "sale.group_discount_per_so_line",
    "account.group_delivery_invoice_address",
]


def create_companies(env):
    """Make the database's company one of riyals, and add one of US dollars; return both by key."""
    najd = env.company
    najd.currency_id = env.ref("base.SAR")
    najd.write({"name": "Najd Trading Co.", "street": "Olaya Street", "city": "Riyadh"})
    # Created with a country, it would make Odoo install that country's localization.
    gulf = env["res.company"].create(
        {"name": "Najd Gulf DMCC", "currency_id": env.ref("base.USD").id, "city": "Dubai"}
    )
    env["account.chart.template"].try_loading("generic_coa", gulf, install_demo=False)
    env.ref("base.user_admin").company_ids = [Command.link(gulf.id)]
    for company, country, rate in ((najd, env.ref("base.sa"), 15), (gulf, env.ref("base.ae"), 5)):
        company.partner_id.country_id = country
        company.point_of_sale_update_stock_quantities = "closing"
        _use_taxes_of(company.with_company(company), country, rate)
    for feature in FEATURES:
        env.ref("base.group_user")._apply_group(env.ref(feature))
    env.ref("uom.product_uom_dozen").active = True
    return {"najd": najd, "gulf": gulf}


def _use_taxes_of(company, country, rate):
    """Charge that rate of VAT at home and nothing abroad."""
    env = company.env
    taxes = env["account.tax"].search([("company_id", "=", company.id)])
    company.account_fiscal_country_id = country
    taxes.tax_group_id.country_id = country
    taxes.country_id = country
    for tax in taxes.filtered("amount"):
        tax.write({"amount": rate, "name": f"{rate}%", "description": False})
    home = env["account.fiscal.position"].search(
        [("company_id", "=", company.id), ("country_id", "!=", False)]
    )
    home.country_id = country
