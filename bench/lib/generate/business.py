"""The companies and all that their documents name, but the customers: made through the ORM."""

from datetime import date

from odoo.fields import Command
from odoo.tools import SQL

READER = "bench"  # the login of the user whose clicks are measured
READER_TIME_ZONE = "Europe/Brussels"
READER_GROUPS = [
    "customer_sales_report.group_customer_sales_all",
    "sales_team.group_sale_salesman_all_leads",
    "account.group_account_invoice",
    "point_of_sale.group_pos_user",
    "base.group_multi_company",
    "base.group_multi_currency",
]
FIRST_YEAR, LAST_YEAR = 2021, 2024
PRODUCTS = 2000
SALESPERSONS = 10
TAX_PERCENT = 15


def create_companies(env):
    """Three companies, the first two in one currency, the third in another.

    :return: the companies
    """
    dollar, euro = env.ref("base.USD"), env.ref("base.EUR")
    (dollar | euro).active = True
    rates = env["res.currency.rate"]
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for month in range(1, 13):
            rate = 0.85 + month / 100
            day = date(year, month, 1)
            rates.create({"currency_id": euro.id, "name": day, "rate": rate, "company_id": False})
    first = env.ref("base.main_company")
    companies = first | env["res.company"].create(
        [
            {"name": "Bench Second"},
            {"name": "Bench Abroad"},
        ]
    )
    for company, currency in zip(companies, (dollar, dollar, euro), strict=True):
        if company != first:
            env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        # The chart of accounts has brought one of its own.
        company.currency_id = currency
    (env.ref("base.user_admin") | env.user).company_ids = [Command.set(companies.ids)]
    return companies


def create_people(env, companies):
    """The reader and the salespersons, in teams; the latter are noted in the temporary table
    ``bench_seller`` (number, user_id, team_id)."""
    common = {
        "company_id": companies[0].id,
        "company_ids": [Command.set(companies.ids)],
        "tz": READER_TIME_ZONE,
    }
    groups = [Command.link(env.ref(group).id) for group in READER_GROUPS]
    Users = env["res.users"].with_context(no_reset_password=True)
    Users.create(
        {"name": "Reader", "login": READER, "password": READER, "group_ids": groups, **common}
    )
    sellers = Users.create(
        [
            {
                "name": f"Salesperson {number}",
                "login": f"salesperson{number}",
                "group_ids": [Command.link(env.ref("sales_team.group_sale_salesman").id)],
                **common,
            }
            for number in range(SALESPERSONS)
        ]
    )
    teams = env["crm.team"].create([{"name": f"Team {n}", "company_id": False} for n in range(3)])
    env.cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE bench_seller AS"
            " SELECT number - 1 AS number, user_id, (%s::int[])[number %% 3 + 1] AS team_id"
            " FROM unnest(%s) WITH ORDINALITY AS seller (user_id, number)",
            teams.ids,
            sellers.ids,
        )
    )


def create_products(env, companies):
    """Products in a tree of categories, with a cost per company.

    They are noted in the temporary table ``bench_product`` (number, product_id, uom_id, label,
    price, cost).
    """
    parents = env["product.category"].create([{"name": f"Family {n}"} for n in range(8)])
    categories = env["product.category"].create(
        [{"name": f"Range {n}", "parent_id": parents[n % 8].id} for n in range(40)]
    )
    products = env["product.product"].create(
        [
            {
                "name": f"Product {number:04}",
                "default_code": f"P{number:04}",
                "type": "service" if number % 20 == 0 else "consu",
                "categ_id": categories[number * 7 % 40].id,
                "list_price": 1 + number * 37 % 200,
                "available_in_pos": True,
                "taxes_id": False,
                "supplier_taxes_id": False,
            }
            for number in range(PRODUCTS)
        ]
    )
    env.flush_all()
    rows = "SELECT * FROM unnest(%s, %s, %s) AS product (product_id, number, price)"
    env.cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE bench_product AS"
            " SELECT product.number, product.product_id, product.price::numeric,"
            " round(product.price::numeric * 0.6, 2) AS cost, record.default_code AS code,"
            " template.uom_id, '[' || record.default_code || '] ' || (template.name->>'en_US')"
            f" AS label FROM ({rows}) AS product"
            " JOIN product_product AS record ON record.id = product.product_id"
            " JOIN product_template AS template ON template.id = record.product_tmpl_id",
            products.ids,
            list(range(PRODUCTS)),
            products.mapped("list_price"),
        )
    )
    # A cost is stored per company.
    env.cr.execute(
        SQL(
            "UPDATE product_product AS record SET standard_price ="
            " (SELECT jsonb_object_agg(company_id, product.cost) FROM unnest(%s) AS company_id)"
            " FROM bench_product AS product WHERE product.product_id = record.id",
            companies.ids,
        )
    )
    env.invalidate_all()
    return products


def create_points_of_sale(env, companies):
    """One point of sale per company, where everything is paid by card."""
    for company in companies:
        journal = env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )
        inside = env(context=env.context | {"allowed_company_ids": company.ids})
        card = inside["pos.payment.method"].create({"name": "Card", "journal_id": journal.id})
        inside["pos.config"].create(
            {"name": f"Shop {company.id}", "payment_method_ids": [Command.set(card.ids)]}
        )
