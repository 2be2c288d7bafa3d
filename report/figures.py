"""Figures of customers, months and products, as the README defines them: computed, not shown.

Everything here counts each sale once: see :attr:`.ExportRows.basis`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from odoo.tools import SQL

from ..tools.terms import POSITIVE
from .workbook.labels import EPOCH

TOP = 10


@dataclass(frozen=True)
class Total:
    """What a set of rows comes to.

    :param purchases: positive documents
    :param first: day number of the first purchase; None without purchases
    :param net: ``gross`` and ``returns`` together
    """

    purchases: int
    quantity: float
    gross: float
    returns: float
    net: float
    first: int | None
    last: int | None

    @property
    def average(self) -> float | None:
        """Gross ÷ purchases"""
        return self.gross / self.purchases if self.purchases else None


@dataclass(frozen=True)
class Overall:
    """The total of all rows.

    :param has_walk_ins: whether there are sales without a customer
    """

    total: Total
    documents: int
    customers: int
    has_walk_ins: bool

    @property
    def rows(self) -> int:
        """The rows of a table of customers."""
        return self.customers + self.has_walk_ins


class Figures:
    def __init__(self, reader):
        self.reader = reader

    def _selected(self, factory) -> list[SQL]:
        """What makes a :class:`Total`, in the order of its fields."""
        document = factory.expression("document_ref")
        positive = SQL("%s IN %s", factory.expression("document_type"), POSITIVE)
        amount = SQL("(%s)", factory.expression("price_subtotal"))
        day = SQL("(%s - %s)", factory.expression("date"), EPOCH)
        return [
            SQL("COUNT(DISTINCT %s) FILTER (WHERE %s)", document, positive),
            SQL("COALESCE(SUM(%s), 0)::float8", factory.expression("quantity")),
            SQL("COALESCE(SUM(%s) FILTER (WHERE %s), 0)::float8", amount, positive),
            SQL("COALESCE(SUM(%s) FILTER (WHERE NOT %s), 0)::float8", amount, positive),
            SQL("COALESCE(SUM(%s), 0)::float8", amount),
            SQL("MIN(%s) FILTER (WHERE %s)", day, positive),
            SQL("MAX(%s) FILTER (WHERE %s)", day, positive),
        ]

    @cached_property
    def overall(self) -> Overall:
        query, factory = self.reader.counting()
        customer = factory.expression("commercial_partner_id")
        [[documents, customers, has_walk_ins, *total]] = self.reader.fetch(
            query.select(
                SQL("COUNT(DISTINCT %s)", factory.expression("document_ref")),
                SQL("COUNT(DISTINCT %s)", customer),
                SQL("COALESCE(BOOL_OR(%s IS NULL), FALSE)", customer),
                *self._selected(factory),
            )
        )
        return Overall(Total(*total), documents, customers, has_walk_ins)

    def customers(self) -> Iterator[list[tuple[int | None, Total]]]:
        """Each customer's total, the largest net sales first, in chunks.

        What was sold to nobody comes last, under None.
        """
        query, factory = self.reader.counting()
        customer = factory.expression("commercial_partner_id")
        query.groupby = customer
        query._order = SQL(
            "(%(customer)s IS NULL), SUM(%(amount)s) DESC NULLS LAST, %(customer)s",
            customer=customer,
            amount=factory.expression("price_subtotal"),
        )
        for rows in self.reader.stream(query.select(customer, *self._selected(factory))):
            yield [(row[0], Total(*row[1:])) for row in rows]

    def top_customers(self) -> list[tuple[int, float]]:
        """The customers of the largest net sales, and these."""
        query, factory = self.reader.counting()
        customer = factory.expression("commercial_partner_id")
        amount = SQL("SUM(%s)::float8", factory.expression("price_subtotal"))
        query.add_where(SQL("%s IS NOT NULL", customer))
        query.groupby, query._order = customer, SQL("%s DESC, %s", amount, customer)
        query.limit = TOP
        return self.reader.fetch(query.select(customer, amount))

    def months(self, measure: str = "price_subtotal") -> list[tuple[date, float]]:
        """The sum of ``measure`` by the first day of each month, none left out between the first
        and the last."""
        query, factory = self.reader.counting()
        month = SQL("date_trunc('month', %s)::date", factory.expression("date"))
        query.groupby = query._order = month
        amount = SQL("COALESCE(SUM(%s), 0)::float8", factory.expression(measure))
        sums = dict(self.reader.fetch(query.select(month, amount)))
        return [(day, sums.get(day, 0.0)) for day in _every_month(sums)]

    def products(self, measure: str) -> list[tuple[int, float]]:
        """The products and the sums of ``measure``, the largest first."""
        query, factory = self.reader.counting()
        product = factory.expression("product_tmpl_id")
        amount = SQL("COALESCE(SUM(%s), 0)::float8", factory.expression(measure))
        query.groupby, query._order = product, SQL("%s DESC, %s", amount, product)
        return self.reader.fetch(query.select(product, amount))

    def by_customer_and(self, name: str, measure: str) -> Iterator[tuple]:
        """The sum of ``measure`` by customer and another column, customer by customer, the largest
        first and sales to nobody last.

        :param name: ``product_tmpl_id``, or ``month``
        :return: of (customer, list of (value, sum)), in chunks
        """
        query, factory = self.reader.counting()
        customer = factory.expression("commercial_partner_id")
        if name == "month":
            other = SQL("date_trunc('month', %s)::date", factory.expression("date"))
        else:
            other = factory.expression(name)
        amount = SQL("SUM(%s)", factory.expression(measure))
        query.groupby = SQL("%s, %s", customer, other)
        query._order = SQL(
            "(%(customer)s IS NULL), SUM(%(amount)s) OVER (PARTITION BY %(customer)s) "
            "DESC NULLS LAST, %(customer)s",
            customer=customer,
            amount=amount,
        )
        current, sums = (), []
        for rows in self.reader.stream(query.select(customer, other, SQL("%s::float8", amount))):
            for customer_id, value, total in rows:
                if sums and customer_id != current:
                    yield current, sums
                    sums = []
                current = customer_id
                sums.append((value, total or 0.0))
        if sums:
            yield current, sums


def _every_month(days) -> Iterator[date]:
    if not days:
        return
    day, last = min(days), max(days)
    while day <= last:
        yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
