"""The totals of the report beside those of Odoo's own reports, and the way from one to the other.

Three totals are compared, each by customer and period, in the company's own currency:

- ``invoices``: invoices, credit notes and sales receipts, by day, with Odoo's invoice analysis;
- ``orders``: what was ordered, by month, with Odoo's sales analysis;
- ``sales``: net sales, by day, with the invoice analysis and the receipts of the point of sale
  that have no posted invoice, at the amounts on the receipts themselves.

Nothing is written, and Odoo's reports are read for one company at a time: for companies of
different currencies they convert at today's rate, and write a temporary table to do so.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytz

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.sql.source import SOURCE_SLOTS
from .customer_sales_report.invoice_lines import INVOICE_SLOT
from .customer_sales_report.order_lines import ORDER_SLOT
from .customer_sales_report.receipt_lines import POS_SLOT

# The fields have the same name in all three reports.
MEASURES = ("price_subtotal", "price_total")
NOTHING = (0.0,) * len(MEASURES)

INVOICE_TYPES = ["customer_invoice", "credit_note", "sales_receipt"]
POS_TYPES = ["pos_receipt", "pos_refund"]


@dataclass(frozen=True)
class Check:
    """One total of the report.

    :param domain: the rows of the report that make it up
    :param period: ``day`` or ``month``, by which it is compared
    """

    domain: Domain
    period: str


CHECKS = {
    "sales": Check(Domain("counts_as_sale", "=", True), "day"),
    "invoices": Check(Domain("document_type", "in", INVOICE_TYPES), "day"),
    "orders": Check(Domain("counts_as_order", "=", True), "month"),
}


@dataclass(frozen=True)
class BridgeItem:
    """Rows that count in one of net sales and orders, but not in the other.

    :param sign: what the rows do on the way from ordered to net sales: 1 adds, -1 takes off
    :param conditions: (field, ``in`` or ``not in``, values), all true of the rows
    """

    sign: int
    conditions: tuple[tuple[str, str, list], ...]

    @property
    def domain(self) -> Domain:
        return Domain.AND(Domain(*condition) for condition in self.conditions)

    def matches(self, row: dict) -> bool:
        """As the domain, for a row's values by field."""
        return all(
            (row[field] in values) == (operator == "in")
            for field, operator, values in self.conditions
        )


_INVOICED = (
    ("document_type", "in", ["customer_invoice", "sales_receipt"]),
    ("line_kind", "not in", ["down_payment"]),
)
_RECEIPT = ("document_type", "in", POS_TYPES)
_SALE_ONLY = (("counts_as_sale", "in", [True]), ("counts_as_order", "in", [False]))
_ORDER_ONLY = (("counts_as_sale", "in", [False]), ("counts_as_order", "in", [True]))

# From ordered to net sales. Every row that counts in just one of the two is in exactly one item:
#   net sales = invoices, credit notes and sales receipts + receipts without a posted invoice
#   ordered   = sales orders + receipts that settle no sales order
# so that net sales are what was ordered
#   - sales orders, + invoices, credit notes and sales receipts
#   - receipts with a posted invoice that settle no sales order
#   + receipts without a posted invoice that settle a sales order.
BRIDGE = {
    "orders": BridgeItem(-1, (("document_type", "in", ["sales_order"]), *_ORDER_ONLY)),
    "order_invoices": BridgeItem(1, (*_INVOICED, ("channel", "in", ["sales", "website"]))),
    "order_receipts": BridgeItem(1, (_RECEIPT, *_SALE_ONLY)),
    "invoiced_receipts": BridgeItem(-1, (_RECEIPT, *_ORDER_ONLY)),
    "receipt_invoices": BridgeItem(1, (*_INVOICED, ("channel", "in", ["pos"]))),
    "direct_invoices": BridgeItem(1, (*_INVOICED, ("channel", "in", ["direct"]))),
    "credit_notes": BridgeItem(
        1,
        (("document_type", "in", ["credit_note"]), ("line_kind", "not in", ["down_payment"])),
    ),
    "down_payments": BridgeItem(
        1, (("document_type", "in", INVOICE_TYPES), ("line_kind", "in", ["down_payment"]))
    ),
}
BRIDGE_FIELDS = ["document_type", "channel", "line_kind", "counts_as_sale", "counts_as_order"]


@dataclass(frozen=True)
class Total:
    """A total over the whole period, of one measure.

    :param reported: what the report says
    :param expected: what Odoo's own reports say
    """

    check: str
    measure: str
    reported: float
    expected: float


@dataclass(frozen=True)
class Difference(Total):
    """A total of one customer and period on which the report and Odoo disagree.

    :param customer_id: False for walk-in customers
    :param first_day: the day, or the first day of the month
    """

    customer_id: int | bool
    first_day: date


@dataclass(frozen=True)
class Scope:
    """Which documents are read: those of a period, and of one customer unless it is None."""

    date_from: date | None
    date_to: date | None
    customer_id: int | bool | None = None


class Reconciliation:
    """The comparison for one company and period. It reads as superuser: the whole company.

    :param env: environment of the reader, whose time zone tells the day of an order
    :param company: the company, whatever companies are selected
    :param date_from: first day, None for the beginning of time
    :param date_to: last day, None for the end of time
    """

    def __init__(self, env, company, date_from: date | None = None, date_to: date | None = None):
        self.tz = str(env.tz)
        self.env = env["base"].sudo().with_company(company).env
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": company.ids, "tz": self.tz}
        )
        self.company = company.with_env(self.env)
        self.scope = Scope(date_from, date_to)
        self._compared = {}

    # ---------------------------------------------------------------------------------------
    # What differs
    # ---------------------------------------------------------------------------------------

    def totals(self) -> list[Total]:
        """Each check and measure over the whole period, equal or not."""
        totals = []
        for check in CHECKS:
            sides = [
                [sum(amounts) for amounts in zip(NOTHING, *side.values(), strict=True)]
                for side in self._sides(check)
            ]
            for measure, reported, expected in zip(MEASURES, *sides, strict=True):
                totals.append(Total(check, measure, reported, expected))
        return totals

    def differences(self) -> list[Difference]:
        """The totals by customer and period that differ by half a cent or more."""
        return [
            Difference(check, measure, reported, expected, *key)
            for check in CHECKS
            for key, measure, reported, expected in self._unequal(*self._sides(check))
        ]

    def documents(self, difference: Difference) -> list[tuple[str, float, float]]:
        """The documents that explain a difference.

        :return: (``model,id`` of the document, amount in the report, amount in Odoo's report)
        """
        scope = self._scope_of(difference)
        check = difference.check
        return [
            (document, reported, expected)
            for document, measure, reported, expected in self._unequal(
                self._reported(check, scope, by_document=True),
                self._expected(check, scope, by_document=True),
            )
            if measure == difference.measure
        ]

    def rows_astray(self) -> list[tuple[int, str]]:
        """Rows that share their id with another, or whose id leads to another document.

        :return: (id of the row, ``model,id`` of the document it names)
        """
        lines = {
            INVOICE_SLOT: ("account.move", "account_move_line", "move_id"),
            ORDER_SLOT: ("sale.order", "sale_order_line", "order_id"),
            POS_SLOT: ("pos.order", "pos_order_line", "order_id"),
        }
        cases = (
            SQL(
                "WHEN %s THEN (SELECT %s || line.%s FROM %s line WHERE line.id = report.id / %s)",
                slot,
                f"{model},",
                SQL.identifier(document_id),
                SQL.identifier(table),
                SOURCE_SLOTS,
            )
            for slot, (model, table, document_id) in lines.items()
        )
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT report.id, MIN(report.document_ref)
                  FROM (%s) report
                 GROUP BY report.id
                HAVING COUNT(*) > 1
                    OR MIN(report.document_ref) IS DISTINCT FROM
                       (CASE report.id %% %s %s ELSE MIN(report.document_ref) END)
                """,
                self.env["customer.sales.report"]._table_query,
                SOURCE_SLOTS,
                SQL(" ").join(cases),
            )
        )

    def has_rows(self) -> bool:
        """Whether the report has anything to compare."""
        rows = self.env["customer.sales.report"]
        return bool(rows.search_count(self._rows_domain(self.scope), limit=1))

    @property
    def period_domain(self) -> Domain:
        """The rows of the report that are compared."""
        return self._rows_domain(self.scope)

    def is_equal(self, reported: float, expected: float) -> bool:
        """Whether two amounts are the same to the cent of the company's currency."""
        return self.company.currency_id.is_zero(reported - expected)

    def _unequal(self, reported: dict, expected: dict):
        for key in {**reported, **expected}:
            amounts = zip(
                MEASURES, reported.get(key, NOTHING), expected.get(key, NOTHING), strict=True
            )
            for measure, ours, theirs in amounts:
                if not self.is_equal(ours, theirs):
                    yield key, measure, ours, theirs

    # ---------------------------------------------------------------------------------------
    # The bridge
    # ---------------------------------------------------------------------------------------

    def bridge(self) -> dict[str, float]:
        """The untaxed amounts of :data:`BRIDGE`: added to what was ordered, they give net sales."""
        amounts = dict.fromkeys(BRIDGE, 0.0)
        for *values, amount in self.env["customer.sales.report"]._read_group(
            self._rows_domain(self.scope), BRIDGE_FIELDS, ["price_subtotal:sum"]
        ):
            row = dict(zip(BRIDGE_FIELDS, values, strict=True))
            for name, item in BRIDGE.items():
                if item.matches(row):
                    amounts[name] += item.sign * amount
        return amounts

    def bridge_domain(self, name: str) -> Domain:
        """The rows of the report that an item of the bridge is made of."""
        return BRIDGE[name].domain & self._rows_domain(self.scope)

    # ---------------------------------------------------------------------------------------
    # Both sides
    # ---------------------------------------------------------------------------------------

    def _sides(self, check: str) -> tuple[dict, dict]:
        """Amounts by customer and period, as (reported, expected)."""
        if check not in self._compared:
            self._compared[check] = (
                self._reported(check, self.scope),
                self._expected(check, self.scope),
            )
        return self._compared[check]

    def _scope_of(self, difference: Difference) -> Scope:
        first_day = last_day = difference.first_day
        if CHECKS[difference.check].period == "month":
            last_day = first_day.replace(day=monthrange(first_day.year, first_day.month)[1])
        return Scope(
            max(first_day, self.scope.date_from or first_day),
            min(last_day, self.scope.date_to or last_day),
            difference.customer_id,
        )

    def check_domain(self, check: str) -> Domain:
        """The rows of the report that a total is made of."""
        return CHECKS[check].domain & self._rows_domain(self.scope)

    def rows_domain(self, difference: Difference) -> Domain:
        """The rows of the report that a difference is about."""
        return CHECKS[difference.check].domain & self._rows_domain(self._scope_of(difference))

    def _rows_domain(self, scope: Scope) -> Domain:
        return _period("date", scope.date_from, scope.date_to) & self._customer_domain(scope)

    def _customer_domain(self, scope: Scope) -> Domain:
        """One company, and one customer if the scope has one: true of all three reports."""
        domain = Domain("company_id", "=", self.company.id)
        if scope.customer_id is not None:
            domain &= Domain("commercial_partner_id", "=", scope.customer_id)
        return domain

    def _reported(self, check: str, scope: Scope, by_document: bool = False) -> dict:
        groupby = (
            ["document_ref"]
            if by_document
            else ["commercial_partner_id", f"date:{CHECKS[check].period}"]
        )
        return self._grouped(
            "customer.sales.report", CHECKS[check].domain & self._rows_domain(scope), groupby
        )

    def _expected(self, check: str, scope: Scope, by_document: bool = False) -> dict:
        if check == "orders":
            return self._sale_analysis(scope, by_document)
        amounts = self._invoice_analysis(scope, by_document)
        if check == "sales":
            for key, receipts in self._receipts_without_invoice(scope, by_document).items():
                amounts[key] = _add(amounts.get(key), receipts)
        return amounts

    def _invoice_analysis(self, scope: Scope, by_document: bool) -> dict:
        domain = (
            Domain("state", "=", "posted")
            & Domain("move_type", "in", ["out_invoice", "out_refund", "out_receipt"])
            & _period("invoice_date", scope.date_from, scope.date_to)
            & self._customer_domain(scope)
        )
        groupby = ["move_id"] if by_document else ["commercial_partner_id", "invoice_date:day"]
        return self._grouped("account.invoice.report", domain, groupby)

    def _sale_analysis(self, scope: Scope, by_document: bool) -> dict:
        report = self.env["sale.report"]
        domain = (
            Domain("state", "in", report._get_done_states())
            & self._moments("date", scope)
            & self._customer_domain(scope)
        )
        groupby = ["order_reference"] if by_document else ["commercial_partner_id", "date:month"]
        return self._grouped("sale.report", domain, groupby)

    def _grouped(self, model: str, domain: Domain, groupby: list[str]) -> dict:
        """Amounts by document, or by customer and first day.

        :return: ``model,id`` or (id of the customer or False, day) -> amounts of the measures
        """
        groups = {}
        for *key, price_subtotal, price_total in self.env[model]._read_group(
            domain, groupby, [f"{measure}:sum" for measure in MEASURES]
        ):
            if len(groupby) == 1:
                document = key[0]
                key = document if isinstance(document, str) else f"{document._name},{document.id}"
            else:
                key = (key[0].id, fields.Date.to_date(key[1]))
            groups[key] = (price_subtotal or 0.0, price_total or 0.0)
        return groups

    def _receipts_without_invoice(self, scope: Scope, by_document: bool) -> dict:
        """The receipts of the point of sale without a posted invoice, at their own amounts.

        A receipt may be rounded as a whole: to what can be paid in coins, or to the cent once
        its taxes are added up. Its lines are not, so where the two differ by no more than that
        rounding allows, the sale is what the lines say.
        """
        receipts = self.env["pos.order"]._search(
            Domain("state", "in", ["paid", "done"])
            & (Domain("account_move", "=", False) | Domain("account_move.state", "!=", "posted"))
            & self._moments("date_order", scope)
            & Domain("company_id", "=", self.company.id)
        )
        amounts = {}
        for order_id, customer_id, day, *measures in self.env.execute_query(
            SQL(
                """
                SELECT receipt.id,
                       partner.commercial_partner_id,
                       timezone(%(tz)s, timezone('UTC', receipt.date_order))::date,
                       %(untaxed)s,
                       %(total)s
                  FROM pos_order receipt
                  JOIN pos_config config ON config.id = receipt.config_id
                  JOIN account_journal journal ON journal.id = config.journal_id
                  JOIN res_company company ON company.id = receipt.company_id
                  JOIN res_currency currency
                    ON currency.id = COALESCE(journal.currency_id, company.currency_id)
                  LEFT JOIN account_cash_rounding coin ON coin.id = config.rounding_method
                  LEFT JOIN res_partner partner ON partner.id = receipt.partner_id
                 CROSS JOIN LATERAL (
                        SELECT COUNT(*) AS number,
                               COALESCE(SUM(SIGN(qty) * SIGN(price_unit) * ABS(price_subtotal)), 0)
                                   AS untaxed,
                               COALESCE(
                                   SUM(SIGN(qty) * SIGN(price_unit) * ABS(price_subtotal_incl)), 0
                               ) AS total
                          FROM pos_order_line
                         WHERE order_id = receipt.id
                       ) AS lines
                 WHERE receipt.id IN %(receipts)s
                """,
                tz=self.tz,
                untaxed=_as_lines_say(SQL("receipt.amount_total - receipt.amount_tax"), "untaxed"),
                total=_as_lines_say(SQL("receipt.amount_total"), "total"),
                receipts=receipts.subselect(),
            )
        ):
            customer_id = customer_id or False
            if scope.customer_id not in (None, customer_id):
                continue
            key = f"pos.order,{order_id}" if by_document else (customer_id, day)
            amounts[key] = _add(amounts.get(key), map(float, measures))
        return amounts

    def _moments(self, field_name: str, scope: Scope) -> Domain:
        """The UTC timestamps whose local day is in the scope."""
        zone = pytz.timezone(self.tz)

        def bound(operator: str, day: date, days_later: int = 0) -> Domain:
            try:
                midnight = datetime.combine(day + timedelta(days=days_later), time.min)
                utc = zone.localize(midnight).astimezone(pytz.utc)
            except OverflowError:
                return Domain.TRUE  # at the end of the calendar: there is nothing beyond it
            return Domain(field_name, operator, utc.replace(tzinfo=None))

        domain = Domain.TRUE
        if scope.date_from is not None:
            domain &= bound(">=", scope.date_from)
        if scope.date_to is not None:
            domain &= bound("<", scope.date_to, days_later=1)
        return domain


def _as_lines_say(amount: SQL, measure: str) -> SQL:
    """``amount`` of a receipt, or of its lines if no more than rounding sets them apart."""
    return SQL(
        """
        CASE WHEN ABS(%(amount)s - %(lines)s)
                  <= CASE WHEN config.cash_rounding AND NOT config.only_round_cash_method
                          THEN coin.rounding ELSE 0 END
                   + CASE WHEN company.tax_calculation_rounding_method = 'round_globally'
                          THEN currency.rounding * (1 + lines.number / 2.0) ELSE 0 END
             THEN %(lines)s ELSE %(amount)s END / COALESCE(NULLIF(receipt.currency_rate, 0), 1)
        """,
        amount=amount,
        lines=SQL.identifier("lines", measure),
    )


def _add(amounts, more) -> tuple[float, ...]:
    return tuple(map(sum, zip(amounts or NOTHING, more, strict=True)))


def _period(field_name: str, first, last) -> Domain:
    """``field_name`` from ``first`` to ``last``; None is open."""
    domain = Domain.TRUE
    if first is not None:
        domain &= Domain(field_name, ">=", first)
    if last is not None:
        domain &= Domain(field_name, "<=", last)
    return domain
