"""The sheet of customers: one row for each, with what it bought, and what is known of it today."""

from dataclasses import replace

from ...tools.export_request import CUSTOMERS
from ...tools.terms import PROFILE
from ..sales_rows import SalesRows
from .book import Table
from .columns import DAY, MONEY, NUMBER, PERCENT, TEXT, WHOLE, Column, ColumnFactory
from .export_rows import shown_cells
from .labels import day_cell, day_number

# Of the customer's profile, as on the list Customers: what its own columns do not have already
FACTS = (
    *("status", "segment_id", "abc_class", "rank", "net_year", "net_before", "net_change"),
    *("net_change_percent", "purchases_year", "average_purchase_year", "cost_year", "margin_year"),
    *("sales_at_stake", "purchase_days", "products", "usual_gap", "days_since", "next_purchase"),
    *("overdue_days", "r_score", "f_score", "m_score", "fm_score", "p_alive", "chance_30"),
    *("chance_90", "expected_purchases", "expected_sales", "lifetime_value"),
)


def profile_names(profiles) -> list[str]:
    """The facts of profiles that the user may see."""
    return [name for name in FACTS if profiles._has_field_access(profiles._fields[name], "read")]


def write_customers(book, reader, figures, words):
    """Write the sheet of customers. Sales to nobody are the last row: they are in the totals and
    the shares, and have no purchases to count."""
    total = figures.overall.total
    _query, factory = reader.lines()
    labels = factory.customer_labels()
    profiles = _Profiles(reader)
    columns = [*customer_columns(reader.env, words, factory), *profiles.columns]
    totals = {name: getattr(total, name) for name in ("quantity", "gross", "returns", "net")}
    name = words.sheet(CUSTOMERS)
    table = Table(book, name, columns, figures.overall.rows, totals, frozen_columns=1)
    table.fill(_chunks(figures, labels, words, profiles))


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


class _Profiles:
    """What is known of customers today, of all their documents, as far as the user may see it.

    A customer has a profile in each company: none is shown where the file is of several.
    """

    def __init__(self, reader):
        self._profiles = reader.env[PROFILE]
        self._pseudonyms = reader.pseudonyms
        self._company = reader.env.company
        names = profile_names(self._profiles) if len(reader.env.companies) == 1 else []
        self._names = names
        # They are of all sales and stand beside those of the filter: totals would not match.
        self.columns = [
            replace(column, is_summed=False, ratio=None) for column in self._read([])[2]
        ]

    def _read(self, customers: list[int]):
        domain = [("company_id", "=", self._company.id), ("partner_id", "in", customers)]
        rows = SalesRows(self._profiles, domain)
        query = rows.query()
        factory = ColumnFactory(self._profiles, query, self._pseudonyms)
        return rows, query, factory.make(self._names)

    def of(self, customers: list[int]) -> dict[int, tuple]:
        """Customer -> the cells of :attr:`columns`."""
        if not self.columns:
            return {}
        rows, query, columns = self._read(customers)
        if query.is_empty():
            return {}
        customer = rows.expression(query, "partner_id")
        found = rows.fetch(query.select(customer, *(column.sql for column in columns)))
        if not found:
            return {}
        ids = [row[0] for row in found]
        [cells] = shown_cells(self.columns, [[row[1:] for row in found]])
        return dict(zip(ids, cells, strict=True))


def _chunks(figures, labels, words, profiles):
    net = figures.overall.total.net
    cumulative = 0.0
    for rows in figures.customers():
        customers = [customer for customer, _total in rows if customer]
        labels.learn(customers)
        known = profiles.of(customers)
        nothing = (None,) * len(profiles.columns)
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
            cells.append((*row, *shares, *known.get(customer, nothing)))
        yield cells
