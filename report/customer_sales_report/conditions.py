"""Conditions on the report that no column holds: periods that move with the calendar, and what
sums over several lines come to."""

import json
import math
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL
from odoo.tools.date_utils import parse_date
from odoo.tools.misc import get_lang

from ...models.who.asked import ASKS, NOT_BOUGHT, WHO, hidden_in_editor
from ...models.who.customer_sales_who_mixin import customers_key
from ...tools.limits import LOOKUPS, check_domain
from ...tools.periods import PERIODS, a_year_earlier, period_days
from ...tools.sql.by_fields import FieldCondition, by_fields
from ...tools.sql.lookup import find
from ...tools.terms import COUNTS_AS_SALE

# What a total can be of
TOTAL_AMOUNTS = ("price_subtotal", "price_total", "quantity")

# Field of the condition -> the column that tells whose total it is
TOTAL_KEYS = {"customer_total": "commercial_partner_id", "document_total": "document_ref"}

# Context of a search whose query will not be run, so that nothing need be looked up for it
ONLY_EXPLAINED = "customer_sales_only_explained"

# Up to so many values PostgreSQL plans with what it knows of each, and takes the way by an index.
FEW_VALUES = 5000

# Characters that a message shows of what it is about
SHOWN = 50

# A purchase is a positive document that counts as a sale.
PURCHASE = [(COUNTS_AS_SALE, "=", True), ("is_positive", "=", True)]


def total_condition(field_name, amount, domain, minimum=None, maximum=None):
    """A condition on what the rows of a customer or document come to.

    :param field_name: ``customer_total`` or ``document_total``
    :param amount: one of :data:`TOTAL_AMOUNTS`
    :param list domain: which rows are added up
    :param float minimum: the least total let through; None for no limit
    :param float maximum: the largest
    :return: the condition, whose value is a text, so that it passes through favorites and clients
    """
    value = {"amount": amount, "min": minimum, "max": maximum, "domain": domain}
    return (field_name, "=", json.dumps(value))


class CustomerSalesReport(models.Model):
    """Each condition is a field that can be searched for and has no value.

    What a total comes to is looked up once in a transaction, however many queries and sources
    compare with it, and under the rules and permissions of the reader.
    """

    _inherit = "customer.sales.report"

    period = fields.Selection(
        PERIODS,
        store=False,
        exportable=False,
        search="_search_period",
        help="To search by a period that moves with the calendar. The last days include today.",
    )
    period_year_earlier = fields.Selection(
        PERIODS,
        string="Period, a Year Earlier",
        store=False,
        exportable=False,
        search="_search_period_year_earlier",
        help="To search by the period that was current a year ago today.",
    )
    customer_since = fields.Date(
        store=False,
        exportable=False,
        search="_search_customer_since",
        help="To search by the day of the customer's first purchase: the first invoice, sales "
        "receipt or receipt of the point of sale among those that you may see.",
    )
    customer_total = fields.Char(
        string="Customer's Total",
        store=False,
        exportable=False,
        search="_search_customer_total",
        help="To search by what a customer's lines come to; the filter dialog writes its values.",
    )
    document_total = fields.Char(
        string="Document's Total",
        store=False,
        exportable=False,
        search="_search_document_total",
        help="To search by what a document's lines come to; the filter dialog writes its values.",
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Totals are not offered to whoever puts a condition together by hand."""
        return hidden_in_editor(super().fields_get(allfields, attributes), TOTAL_KEYS)

    # ---------------------------------------------------------------------------------------
    # Periods
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search_period(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._in_periods(value, fields.Date.context_today(self))

    @api.model
    def _search_period_year_earlier(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._in_periods(value, a_year_earlier(fields.Date.context_today(self)))

    @api.model
    def _in_periods(self, periods, today) -> Domain:
        ranges = []
        for period in periods:
            first, last = self._days_of_period(period, today)
            ranges.append(Domain("date", ">=", first) & Domain("date", "<=", last))
        return Domain.OR(ranges)

    @api.model
    def _days_of_period(self, period, today) -> tuple[date, date]:
        """The first and the last day.

        :raise UserError: if there is no such period
        """
        if period is False:
            raise UserError(self.env._("Every day is in some period. Choose which one."))
        if period not in dict(PERIODS):
            shown = str(period)[:SHOWN]
            raise UserError(self.env._("There is no period “%s”. Choose another.", shown))
        return period_days(period, today, int(get_lang(self.env).week_start))

    # ---------------------------------------------------------------------------------------
    # Totals of customers and documents
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search_customer_since(self, operator, value):
        if operator == "in" and False in value:
            # Rows of nobody, and of who has never made a purchase. (Odoo would turn the condition
            # itself round into this one.)
            never = ~self._inline(Domain("customer_since", "<=", date.max))
            return never | Domain("customer_since", "in", [day for day in value if day])
        return self._inline(Domain("customer_since", operator, value))

    @api.model
    def _search_customer_total(self, operator, value):
        return self._inline(Domain("customer_total", operator, value))

    @api.model
    def _search_document_total(self, operator, value):
        return self._inline(Domain("document_total", operator, value))

    @api.model
    def _inline(self, condition):
        """The domain of a condition that cannot be looked up once for the whole query."""
        if not (found := self._key_and_select(condition)):
            return NotImplemented
        key, select = found
        return _key_in(key, SQL("(%s)", select))

    @api.model
    def _without_totals(self, domain: Domain) -> tuple[Domain, dict[str, SQL]]:
        """Take the conditions that are sub-selects out of a domain where all must hold.

        :return: the domain with what they find in their places, or a reference to it by name; and
            name -> what a WITH clause has to say of it. PostgreSQL would otherwise look it up
            once for every source.
        """
        conditions = domain.children if isinstance(domain, DomainAnd) else [domain]
        named, replaced = {}, []
        for condition in conditions:
            found = isinstance(condition, DomainCondition) and self._key_and_select(condition)
            if found:
                name = f"{self._table}_total_{len(named)}"
                looked_up, body = self._look_up(*found, name)
                if body:
                    named[name] = body
                is_turned = self._finds_others(condition)
                condition = self._other_customers(looked_up) if is_turned else looked_up
            replaced.append(condition)
        return Domain.AND(replaced), named

    @api.model
    def _look_up(self, key: str, select: SQL, name: str) -> tuple[Domain, SQL]:
        """The condition that ``key`` has one of the values of ``select``, and what a WITH clause
        has to say of ``name`` for it; nothing where it needs none."""
        reference = _key_in(key, SQL("(SELECT key FROM %s)", SQL.identifier(name)))
        found = None if self.env.context.get(ONLY_EXPLAINED) else find(self.env, select)
        if found is None or found.array is None:
            return reference, SQL("MATERIALIZED (%s)", select)
        if not found.count:
            return Domain.FALSE, SQL()
        array = SQL("%s::%s[]", found.array, SQL(self._fields[key].column_type[1]))
        if found.count <= FEW_VALUES:
            return _key_among(key, array), SQL()
        # Not materialized, it lets several processes work on the query at once.
        return reference, SQL("NOT MATERIALIZED (SELECT key FROM unnest(%s) AS found (key))", array)

    @api.model
    def _key_and_select(self, condition) -> tuple[str, SQL] | None:
        """The column, and the SELECT of its values, that a condition stands for; None if it is no
        condition of this kind, or one with an operator that has to be turned round first."""
        name, operator, value = condition.field_expr, condition.operator, condition.value
        if (name, operator) == (WHO, ASKS):
            return self._customers_key(value)
        if name == "customer_since" and operator in ("<", "<=", ">", ">="):
            day = self._read_day(value)
            return "commercial_partner_id", self._select_customers_since(operator, day)
        if operator == "=":
            operator, value = "in", [value]
        if name == "customer_since" and operator == "in" and value and all(value):
            days = tuple(self._read_day(day) for day in value)
            return "commercial_partner_id", self._select_customers_since("IN", days)
        if name in TOTAL_KEYS and operator == "in" and value:
            selects = [self._select_total(name, each) for each in value]
            return TOTAL_KEYS[name], SQL(" UNION ").join(selects)
        return None

    @api.model
    def _customers_key(self, text) -> tuple[str, SQL] | None:
        """As :meth:`_key_and_select`, of conditions on customers: where all rows are of one
        company, whose customers they find need not be told by company."""
        if self.env.su or len(self.env.companies) != 1 or not text:
            return None
        return "commercial_partner_id", customers_key(self._select_who(self._read_who(text)))

    @api.model
    def _finds_others(self, condition) -> bool:
        """Whether a condition finds the rows of customers that its SELECT does not."""
        is_asked = condition.field_expr == WHO
        return is_asked and self._read_who(condition.value)["who"] == NOT_BOUGHT

    @api.model
    def _read_day(self, value) -> date:
        """
        :raise UserError: if it is no day
        """
        try:
            if isinstance(value, str):
                value = parse_date(value, self.env)
            day = fields.Date.to_date(value) if isinstance(value, date) else None
        except (OverflowError, ValueError):
            day = None
        if day:
            return day
        raise UserError(self.env._("“%s” is no date. Choose one.", str(value)[:SHOWN]))

    @api.model
    def _select_customers_since(self, operator: str, day: date | tuple[date, ...]) -> SQL:
        purchase = Domain(PURCHASE)
        if operator in ("<", "<="):
            # Who has bought by then has bought for the first time by then.
            return self._select_keys(
                "commercial_partner_id", purchase & Domain("date", operator, day)
            )
        return self._select_keys(
            "commercial_partner_id",
            purchase,
            lambda query: SQL(
                "MIN(%s) %s %s", self._field_to_sql(query.table, "date", query), SQL(operator), day
            ),
        )

    @api.model
    def _select_total(self, field_name: str, text: str) -> SQL:
        total = self._read_total(text)

        def having(query):
            amount = self._read_group_select(f"{total['amount']}:sum", query)
            return self._within(amount, total["min"], total["max"])

        return self._select_keys(TOTAL_KEYS[field_name], Domain(total["domain"]), having)

    @api.model
    def _within(self, amount: SQL, minimum: float | None, maximum: float | None) -> SQL:
        """The condition that a sum is in a range, one of whose limits may be None."""
        limits = [(SQL(">="), minimum), (SQL("<="), maximum)]
        return SQL(" AND ").join(
            # Sums of decimals are exact in the database, and limits are not in Python.
            SQL("ROUND((%s)::numeric, 6) %s %s", amount, operator, limit)
            for operator, limit in limits
            if limit is not None
        )

    @api.model
    def _read_total(self, text: str) -> dict:
        """The value of a condition on a total, from the text that stands in its domain.

        :raise UserError: if it is not one that :func:`total_condition` can have written
        """
        try:
            total = json.loads(text)
            check_domain(self.env, total["domain"])
            amount, domain = total["amount"], Domain(total["domain"])
            limits = {name: total.get(name) for name in ("min", "max")}
            for limit in limits.values():
                if limit is not None and not math.isfinite(limit + 0.0):
                    raise ValueError(limit)
            names = {condition.field_expr for condition in domain.iter_conditions()}
            if amount not in TOTAL_AMOUNTS or limits == {"min": None, "max": None}:
                raise ValueError(text)
            if names & set(LOOKUPS):
                raise ValueError(text)
        except (
            ArithmeticError,
            AttributeError,
            KeyError,
            RecursionError,
            TypeError,
            ValueError,
        ) as error:
            raise UserError(
                self.env._(
                    "The condition on a total cannot be understood. Remove it, and set the amounts "
                    "in the filter dialog."
                )
            ) from error
        return {"amount": amount, "domain": domain, **limits}

    @api.model
    def _select_keys(self, key: str, domain: Domain, having=None) -> SQL:
        """A SELECT of the values of ``key`` among the rows of ``domain`` that the user may see.

        :param having: function of the query that returns what must hold of each value's rows
        """
        query = self._search(by_fields(domain))
        if query.is_empty():
            return SQL("SELECT NULL::%s AS key WHERE FALSE", SQL(self._fields[key].column_type[1]))
        self._without_jit()
        query.groupby = self._field_to_sql(query.table, key, query)
        query.having = having and having(query)
        return query.select(SQL("%s AS key", query.groupby))


def _key_among(key: str, array: SQL) -> Domain:
    """The condition that a column has one of the values of an array."""
    return FieldCondition(
        lambda model, alias, query: SQL(
            "%s = ANY(%s)", model._field_to_sql(alias, key, query), array
        )
    )


def _key_in(key: str, values: SQL) -> Domain:
    """The condition that a column has one of the values of a sub-select.

    PostgreSQL expects 200 customers of any sub-select on the report, and would look each of them
    up, for minutes when there are tens of thousands. IS TRUE keeps it from joining: it hashes the
    values and looks at each row once.
    """
    return FieldCondition(
        lambda model, alias, query: SQL(
            "(%s IN %s) IS TRUE", model._field_to_sql(alias, key, query), values
        )
    )
