"""Indexes by which a page of millions of rows is found, whichever column a list is ordered by.

They are made once there are rows: to keep so many while a million rows are inserted takes several
times as long. Who reads meanwhile waits for nothing.
"""

from odoo.tools import SQL
from odoo.tools.sql import create_index

TABLE = "customer_sales_product"
#: Name of an index, after that of the table -> what it is of
INDEXES = {
    "net_year_order": ("net_year DESC", "id DESC"),
    "status_order": ("status", "net_year DESC", "id DESC"),
    **{
        f"{column}_order": (column,)
        for column in (
            "average_price",
            "cost_year",
            "discount",
            "discount_amount",
            "first_purchase",
            "highest_price",
            "last_price",
            "last_purchase",
            "lowest_price",
            "margin_year",
            "median_gain",
            "median_price",
            "net",
            "net_before",
            "net_change",
            "net_change_percent",
            "next_purchase",
            "previous_price",
            "price_change_percent",
            "price_gap",
            "price_year",
            "purchase_days",
            "purchases",
            "purchases_year",
            "quantity",
            "quantity_per_purchase",
            "quantity_year",
            "sales_lost",
            "sold_year",
            "usual_gap",
        )
    },
}


def create_indexes(cr, note=lambda: None):
    """Create those that are not there, once there are rows.

    :param note: called after each one
    """
    cr.execute(SQL("SELECT FROM %s LIMIT 1", SQL.identifier(TABLE)))
    if not cr.rowcount:
        return
    cr.execute(
        SQL(
            "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE indrelid = %s::regclass",
            TABLE,
        )
    )
    existing = {name for (name,) in cr.fetchall()}
    for key, columns in INDEXES.items():
        if (name := f"{TABLE}_{key}") not in existing:
            create_index(cr, name, TABLE, columns)
            note()
