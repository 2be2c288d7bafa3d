"""Figures of customers, months and products, as the README defines them: computed, not shown.

Everything here counts each sale once (see :attr:`.SalesRows.basis`), and is of the rows that the
domain lets through: so is the total of a document, whose sign says what the document is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from odoo import fields
from odoo.tools import SQL

from ..tools.sql.amounts import sign_of
from ..tools.usual_months import usual_months
from .sales_rows import SalesRows

TOP = 10


@dataclass(frozen=True)
class Total:
    """What a set of rows comes to.

    :param purchases: documents of positive total
    :param gross: the net sales of these
    :param returns: the net sales of documents of negative total
    :param first: day of the first purchase; None without purchases
    :param net: ``gross`` and ``returns`` together
    """

    purchases: int
    quantity: float
    gross: float
    returns: float
    net: float
    first: date | None
    last: date | None

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


@dataclass(frozen=True)
class Months:
    """Sums by the first day of each month.

    :param sums: of the usual months, none left out between the first and the last
    :param others: of all other dates, such as those of the year 9206; None if there are none
    """

    sums: list[tuple[date, float]]
    others: float | None


# What makes a :class:`Total` of documents, in the order of its fields
TOTAL = SQL(
    "COUNT(*) FILTER (WHERE sign > 0), "
    "COALESCE(SUM(quantity), 0)::float8, "
    "COALESCE(SUM(amount) FILTER (WHERE sign > 0), 0)::float8, "
    "COALESCE(SUM(amount) FILTER (WHERE sign < 0), 0)::float8, "
    "COALESCE(SUM(amount), 0)::float8, "
    "MIN(first_day) FILTER (WHERE sign > 0), "
    "MAX(last_day) FILTER (WHERE sign > 0)"
)


class Figures:
    """
    :param rows: which rows
    """

    def __init__(self, rows: SalesRows):
        self.rows = rows

    def _documents(self) -> SQL:
        """A table of the documents: whose each is, and what its rows come to."""
        query = self.rows.counting()
        customer, document, day, quantity, amount = (
            self.rows.expression(query, name)
            for name in (
                *("commercial_partner_id", "document_ref", "date"),
                *("quantity", "price_subtotal"),
            )
        )
        query.groupby = SQL("%s, %s", customer, document)
        return SQL(
            "(%s)",
            query.select(
                SQL("%s AS customer", customer),
                SQL("SUM(%s) AS quantity", quantity),
                SQL("SUM(%s) AS amount", amount),
                SQL("%s AS sign", sign_of(SQL("SUM(%s)", amount))),
                SQL("MIN(%s) AS first_day", day),
                SQL("MAX(%s) AS last_day", day),
            ),
        )

    @cached_property
    def overall(self) -> Overall:
        [[documents, customers, has_walk_ins, *total]] = self.rows.fetch(
            SQL(
                "SELECT COUNT(*), COUNT(DISTINCT customer), "
                "COALESCE(BOOL_OR(customer IS NULL), FALSE), %s FROM %s AS documents",
                TOTAL,
                self._documents(),
            )
        )
        return Overall(Total(*total), documents, customers, has_walk_ins)

    def customers(self) -> Iterator[list[tuple[int | None, Total]]]:
        """Each customer's total, the largest net sales first, in chunks.

        What was sold to nobody comes last, under None.
        """
        select = SQL(
            "SELECT customer, %s FROM %s AS documents GROUP BY customer "
            "ORDER BY (customer IS NULL), SUM(amount) DESC NULLS LAST, customer",
            TOTAL,
            self._documents(),
        )
        for rows in self.rows.stream(select):
            yield [(row[0], Total(*row[1:])) for row in rows]

    def top_customers(self) -> list[tuple[int, float]]:
        """The customers of the largest net sales, and these."""
        query = self.rows.counting()
        customer = self.rows.expression(query, "commercial_partner_id")
        amount = SQL("SUM(%s)::float8", self.rows.expression(query, "price_subtotal"))
        query.add_where(SQL("%s IS NOT NULL", customer))
        query.groupby, query._order = customer, SQL("%s DESC, %s", amount, customer)
        query.limit = TOP
        return self.rows.fetch(query.select(customer, amount))

    def months(self, measure: str = "price_subtotal") -> Months:
        """The sums of ``measure`` by month."""
        query = self.rows.counting()
        month = SQL("date_trunc('month', %s)::date", self.rows.expression(query, "date"))
        query.groupby = query._order = month
        amount = SQL("COALESCE(SUM(%s), 0)::float8", self.rows.expression(query, measure))
        sums = dict(self.rows.fetch(query.select(month, amount)))
        today = fields.Date.context_today(self.rows.model)
        usual = [(day, sums.pop(day, 0.0)) for day in usual_months(sums, today)]
        return Months(usual, sum(sums.values()) if sums else None)

    def products(self, measure: str) -> list[tuple[int, float]]:
        """The products and the sums of ``measure``, the largest first."""
        query = self.rows.counting()
        product = self.rows.expression(query, "product_tmpl_id")
        amount = SQL("COALESCE(SUM(%s), 0)::float8", self.rows.expression(query, measure))
        query.groupby, query._order = product, SQL("%s DESC, %s", amount, product)
        return self.rows.fetch(query.select(product, amount))

    def by_customer_and(self, name: str, measure: str) -> Iterator[tuple]:
        """The sum of ``measure`` by customer and another column, customer by customer, the largest
        first and sales to nobody last.

        :param name: ``product_tmpl_id``, or ``month``
        :return: of (customer, list of (value, sum)), in chunks
        """
        query = self.rows.counting()
        customer = self.rows.expression(query, "commercial_partner_id")
        if name == "month":
            other = SQL("date_trunc('month', %s)::date", self.rows.expression(query, "date"))
        else:
            other = self.rows.expression(query, name)
        amount = SQL("SUM(%s)", self.rows.expression(query, measure))
        query.groupby = SQL("%s, %s", customer, other)
        query._order = SQL(
            "(%(customer)s IS NULL), SUM(%(amount)s) OVER (PARTITION BY %(customer)s) "
            "DESC NULLS LAST, %(customer)s",
            customer=customer,
            amount=amount,
        )
        current, sums = (), []
        for rows in self.rows.stream(query.select(customer, other, SQL("%s::float8", amount))):
            for customer_id, value, total in rows:
                if sums and customer_id != current:
                    yield current, sums
                    sums = []
                current = customer_id
                sums.append((value, total or 0.0))
        if sums:
            yield current, sums
