"""A database of any number of sales lines, as Odoo would have written them.

Companies, users, products and one document of each kind come from Odoo's own flow; customers and
all other documents are written by SQL, each row like the one that Odoo made, in the columns that
the reports read. The same every time, for the same number of lines.
"""

import json
import sys
import time

from odoo.tools import SQL

from . import business, customers, examples, invoices, orders, plan, receipts
from .bulk import without_indexes

BIG_TABLES = [
    *("sale_order", "sale_order_line", "account_move", "account_move_line"),
    *("sale_order_line_invoice_rel", "pos_order", "pos_order_line", "pos_payment"),
    *("account_tax_sale_order_line_rel", "account_move_line_account_tax_rel"),
    "account_tax_pos_order_line_rel",
]


def main(env, lines, half, recipe):
    """Fill the database with about ``lines`` lines of the report, a third from each source.

    :param half: "true" to let one customer have half of them
    :param recipe: a text to keep in the database, which tells how it was made
    """
    lines, half = int(lines), json.loads(half)
    start = time.monotonic()

    def step(text):
        sys.stdout.write(f"{time.monotonic() - start:6.1f} s  {text}\n")
        sys.stdout.flush()

    env = env(context=env.context | {"tracking_disable": True})
    companies = business.create_companies(env)
    business.create_people(env, companies)
    products = business.create_products(env, companies)
    business.create_points_of_sale(env, companies)
    examples.create_examples(env, companies, products[0])
    step("companies, users, products and one document of each kind created")
    env.cr.execute(SQL("SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '512MB'"))
    customers.create_customers(env, max(50, lines // customers.LINES_PER_CUSTOMER))
    plan.create_plan(env, companies, lines, half)
    step("sales planned")
    with without_indexes(env, BIG_TABLES):
        orders.write_orders(env)
        step("orders written")
        invoices.write_moves(env)
        step("invoices and payments written")
        receipts.write_receipts(env)
        step("receipts written")
    step("indexes made")
    env["ir.config_parameter"].set_param("bench.recipe", recipe)
