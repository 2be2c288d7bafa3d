"""The sheet of customers: one row for each, with what it bought."""

from ...tools.export_request import CUSTOMERS
from .book import Table
from .columns import DAY, MONEY, NUMBER, PERCENT, TEXT, WHOLE, Column
from .labels import day_cell, day_number


def write_customers(book, reader, figures, words):
    """Write the sheet of customers. Sales to nobody are the last row: they are in the totals and
    the shares, and have no purchases to count."""
    total = figures.overall.total
    _query, factory = reader.lines()
    labels = factory.customer_labels()
    columns = customer_columns(reader.env, words, factory)
    totals = {name: getattr(total, name) for name in ("quantity", "gross", "returns", "net")}
    name = words.sheet(CUSTOMERS)
    table = Table(book, name, columns, figures.overall.rows, totals, frozen_columns=1)
    table.fill(_chunks(figures, labels, words))


def customer_columns(env, words, factory) -> list[Column]:
    quantity_digits = (factory.model._fields["quantity"].get_digits(env) or (16, 2))[1]
    currency = factory.currency

    def money(name, label, **more):
        label = factory.in_currency(label, currency)
        return Column(name, label, MONEY, currency.decimal_places, **more)

    return [
        Column("customer", words.customer, TEXT),
        Column("purchases", env._("Purchases"), WHOLE),
        Column("quantity", env._("Quantity"), NUMBER, quantity_digits, is_summed=True),
        money("gross", env._("Gross"), is_summed=True),
        money("returns", env._("Returns"), is_summed=True),
        money("net", words.net, is_summed=True),
        money("average", env._("Average Purchase")),
        Column("first", env._("First Purchase"), DAY),
        Column("last", env._("Last Purchase"), DAY),
        Column("share", env._("Share"), PERCENT, 1),
        Column("cumulative", env._("Cumulative Share"), PERCENT, 1),
    ]


def _chunks(figures, labels, words):
    net = figures.overall.total.net
    cumulative = 0.0
    for rows in figures.customers():
        labels.learn([customer for customer, _total in rows])
        cells = []
        for customer, each in rows:
            cumulative += each.net
            shares = (each.net / net, cumulative / net) if net else (None, None)
            amounts = (each.quantity, each.gross, each.returns, each.net)
            if customer:
                name = labels[customer] or words.nothing
                days = (
                    day_cell(day_number(day)) if day else None for day in (each.first, each.last)
                )
                row = (name, each.purchases, *amounts, each.average, *days)
            else:
                row = (words.nobody, None, *amounts, None, None, None)
            cells.append((*row, *shares))
        yield cells
