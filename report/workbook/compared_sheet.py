"""The sheet of two periods compared: one row for each customer, with net sales of either."""

from odoo.tools import SQL

from ...models.customer_sales_ratio_mixin import Ratio
from ...tools.export_request import COMPARED
from ...tools.terms import COMPARISON
from ..sales_rows import SalesRows
from .book import Table
from .columns import MONEY, PERCENT, TEXT, Column

AMOUNTS = ("net_sales_base", "net_sales_current", "net_sales_change")


def write_compared(book, reader, words):
    """Write the sheet, the largest loss first."""
    report = reader.env[COMPARISON]
    rows = SalesRows(report, reader.domain)
    periods = report._compared()
    query = rows.query()
    customer = rows.expression(query, "commercial_partner_id")
    sums = [report._read_group_select(f"{name}:sum", query) for name in AMOUNTS]
    query.groupby, query._order = customer, SQL("%s, %s", sums[-1], customer)
    selected = query.select(customer, *(SQL("%s::float8", amount) for amount in sums))
    [[count, *totals]] = rows.fetch(
        SQL(
            "SELECT COUNT(*), %s FROM (%s) AS customers (customer, %s)",
            SQL(", ").join(SQL("COALESCE(SUM(%s), 0)", SQL.identifier(name)) for name in AMOUNTS),
            selected,
            SQL(", ").join(map(SQL.identifier, AMOUNTS)),
        )
    )
    _query, factory = reader.lines()
    labels = factory.customer_labels()
    labels_of_periods = {
        "net_sales_base": report._days_words(periods.base),
        "net_sales_current": report._days_words(periods.current),
        "net_sales_change": reader.env._("Change"),
    }
    currency = factory.currency
    columns = [
        Column("customer", words.customer, TEXT),
        *(
            Column(
                name,
                factory.in_currency(label, currency),
                MONEY,
                currency.decimal_places,
                is_summed=True,
            )
            for name, label in labels_of_periods.items()
        ),
        Column(
            "percent",
            reader.env._("Change %"),
            PERCENT,
            1,
            ratio=Ratio("net_sales_change", "net_sales_base", needs_base=True),
        ),
    ]
    table = Table(
        book,
        words.sheet(COMPARED),
        columns,
        count,
        dict(zip(AMOUNTS, totals, strict=True)),
        frozen_columns=1,
    )
    table.fill(_chunks(rows.stream(selected), labels, words))


def _chunks(chunks, labels, words):
    for rows in chunks:
        labels.learn([customer for customer, *_amounts in rows])
        yield [
            (
                (labels[customer] or words.nothing) if customer else words.nobody,
                base,
                current,
                change,
                change / base if base > 0 else None,
            )
            for customer, base, current, change in rows
        ]
