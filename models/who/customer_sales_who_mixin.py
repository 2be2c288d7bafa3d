from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.day_text import day_text, days_text
from ...tools.domain_words import domain_words, names_words
from ...tools.number_text import left_to_right, number_text
from ...tools.sql.amounts import is_above_nothing
from ...tools.sql.by_fields import FieldCondition, by_fields
from ...tools.sql.lookup import find
from ...tools.terms import COUNTS_AS_SALE, PROFILE, REPORT
from .asked import (
    ABOVE_AVERAGE,
    ASKS,
    BOUGHT,
    IS,
    LARGEST,
    LAST,
    NOT_BOUGHT,
    WHO,
    asked_words,
    hidden_in_editor,
    read_who,
)

PURCHASE = "customer.sales.purchase"


class CustomerSalesWhoMixin(models.AbstractModel):
    """Conditions on the customer that a row is of: whether it bought, or did not, how often, when
    last, and whether it is among the largest; see :mod:`.asked`.

    Each is one sub-select over the stored purchases, or over sales lines where products are asked
    for, with one row for each company and customer. It counts what the reader may see, and ranks
    among whom the reader may see.
    """

    _name = "customer.sales.who.mixin"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Customer Sales: Conditions on Customers"

    # The columns that tell the company and its customer
    _customer_columns = ("company_id", "partner_id")
    # Whether a row speaks of all documents of its customer, and so is seen by whoever may see them
    _speaks_of_all_documents = False

    customers_who = fields.Char(
        store=False,
        exportable=False,
        search="_search_customers_who",
        help="To search by what customers bought and did not buy, and by the largest; the filter "
        "dialog writes its values.",
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """It is not offered to whoever puts a condition together by hand."""
        return hidden_in_editor(super().fields_get(allfields, attributes), [WHO])

    # ---------------------------------------------------------------------------------------
    # Searching
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search_customers_who(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        who = self._read_who(value if operator == ASKS else None)
        found = self._is_customer_found(self._select_who(who))
        return self._other_customers(found) if who["who"] == NOT_BOUGHT else found

    @api.model
    def _read_who(self, text) -> dict:
        """
        :raise UserError: if it is not one that :func:`.asked.who_condition` can have written
        """
        try:
            return read_who(text)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "The condition on customers cannot be understood. Remove it, and choose anew "
                    "in the filter dialog."
                )
            ) from error

    @api.model
    def _is_customer_among(self, select: SQL) -> Domain:
        """The condition that a row's company and customer are a row of ``select``.

        IS TRUE keeps PostgreSQL from joining: it hashes what is found, and looks at each row once.
        """
        return FieldCondition(
            lambda model, alias, query: SQL(
                "((%s) IN (%s)) IS TRUE",
                SQL(", ").join(
                    model._field_to_sql(alias, name, query) for name in model._customer_columns
                ),
                select,
            )
        )

    @api.model
    def _is_customer_found(self, select: SQL) -> Domain:
        """As :meth:`_is_customer_among`, looked up once in a transaction: a page of a list asks
        which rows, and how many. Where all rows are of one company, its customers tell."""
        if self.env.su or len(self.env.companies) != 1:
            return self._is_customer_among(select)
        found = find(self.env, customers_key(select))
        if found is None or found.array is None:
            return self._is_customer_among(select)
        return FieldCondition(
            lambda model, alias, query: SQL(
                "(%s = ANY(%s::integer[])) IS TRUE",
                model._field_to_sql(alias, model._customer_columns[1], query),
                found.array,
            )
        )

    @api.model
    def _other_customers(self, found: Domain) -> Domain:
        """The rows of customers that are not among those found; walk-ins are nobody."""
        return Domain(self._customer_columns[1], "!=", False) & ~found

    # ---------------------------------------------------------------------------------------
    # In SQL: company_id and partner_id of each customer
    # ---------------------------------------------------------------------------------------

    @api.model
    def _select_who(self, who: dict) -> SQL:
        if who["who"] == IS:
            known = Domain.AND(Domain(key, "in", who[key]) for key in who if key != "who")
            return self._select_profiles(known)
        if who["who"] == LAST:
            return self._select_last(who)
        if who["who"] in (LARGEST, ABOVE_AVERAGE):
            return self._select_largest(who)
        if "products" in who or "categories" in who:
            return self._select_buyers_of_products(who)
        query = self._purchases(Domain("kind", "=", "purchase") & self._in_days(who))
        query.having = _times(who)
        return self._select_customers(query)

    @api.model
    def _select_profiles(self, domain: Domain) -> SQL:
        profiles = self.env[PROFILE]._search(domain)
        columns = (SQL.identifier(profiles.table, name) for name in ("company_id", "partner_id"))
        return profiles.select(*columns)

    @api.model
    def _select_last(self, who: dict) -> SQL:
        until_today = Domain("date", "<=", fields.Date.context_today(self))
        query = self._purchases(Domain("kind", "=", "purchase") & until_today)
        last = SQL("MAX(%s)", self.env[PURCHASE]._field_to_sql(query.table, "date", query))
        limits = ((SQL(">="), who.get("from")), (SQL("<="), who.get("to")))
        query.having = SQL(" AND ").join(
            SQL("%s %s %s", last, operator, day) for operator, day in limits if day
        )
        return self._select_customers(query)

    @api.model
    def _select_largest(self, who: dict) -> SQL:
        """Those who bought in the period, by their net in it: each company's among themselves. Who
        is as large as the last one let in is let in as well."""
        among = self._ranked()
        query = self._purchases(among & self._in_days(who))
        net, kind = (
            self.env[PURCHASE]._field_to_sql(query.table, name, query) for name in ("net", "kind")
        )
        query.having = SQL("COUNT(*) FILTER (WHERE %s = 'purchase') > 0", kind)
        company = SQL.identifier(query.table, "company_id")
        ranked = self._select_customers(
            query,
            SQL("SUM(%s) AS net", net),
            SQL("AVG(SUM(%s)) OVER (PARTITION BY %s) AS average", net, company),
            SQL("RANK() OVER (PARTITION BY %s ORDER BY SUM(%s) DESC) AS place", company, net),
            SQL("COUNT(*) OVER (PARTITION BY %s) AS customers", company),
        )
        if who["who"] == ABOVE_AVERAGE:
            condition = SQL("net > average")
        elif "customers" in who:
            condition = SQL("place <= %s", who["customers"])
        else:
            condition = SQL("place <= CEIL(customers * %s::numeric / 100)", who["percent"])
        return SQL("SELECT company_id, partner_id FROM (%s) AS ranked WHERE %s", ranked, condition)

    @api.model
    def _ranked(self) -> Domain:
        """The purchases by which customers are ranked: of those customers whom the reader finds
        among the rows of this model."""
        if not self._speaks_of_all_documents:
            return Domain.TRUE
        return self._is_customer_among(self._select_profiles(Domain.TRUE))

    @api.model
    def _select_buyers_of_products(self, who: dict) -> SQL:
        """By the lines: on how many documents with a positive total of what is asked for."""
        report = self.env[REPORT]
        what = (
            Domain("product_tmpl_id", "in", who["products"])
            if "products" in who
            else Domain("categ_id", "child_of", who["categories"])
            & Domain("line_kind", "=", "product")
        )
        counted = Domain(COUNTS_AS_SALE, "=", True) & Domain("commercial_partner_id", "!=", False)
        query = report._search(by_fields(counted & what & self._in_days(who)))
        if query.is_empty():
            return SQL("SELECT NULL::integer, NULL::integer WHERE FALSE")
        report._without_jit()
        company, partner, document = (
            report._field_to_sql(query.table, name, query)
            for name in ("company_id", "commercial_partner_id", "document_ref")
        )
        query.groupby = SQL("%s, %s, %s", company, partner, document)
        amount = report._read_group_select("price_subtotal:sum", query)
        query.having = is_above_nothing(amount)
        return SQL(
            "SELECT company_id, partner_id FROM (%s) AS bought "
            "GROUP BY company_id, partner_id HAVING %s",
            query.select(SQL("%s AS company_id", company), SQL("%s AS partner_id", partner)),
            _times(who) or SQL("TRUE"),
        )

    @api.model
    def _purchases(self, domain: Domain):
        """A query of the purchases that the reader may see, by company and customer."""
        query = self.env[PURCHASE]._search(domain & Domain("partner_id", "!=", False))
        query.groupby = SQL(
            "%s, %s",
            SQL.identifier(query.table, "company_id"),
            SQL.identifier(query.table, "partner_id"),
        )
        return query

    @api.model
    def _select_customers(self, query, *others: SQL) -> SQL:
        return query.select(
            SQL.identifier(query.table, "company_id"),
            SQL.identifier(query.table, "partner_id"),
            *others,
        )

    @api.model
    def _in_days(self, who: dict) -> Domain:
        first, last = self._days_of(who)
        # What is dated later than today does not count yet.
        today = fields.Date.context_today(self)
        until = Domain("date", "<=", min(fields.Date.to_date(last) or today, today))
        return until & Domain("date", ">=", first) if first else until

    @api.model
    def _days_of(self, who: dict) -> tuple[date | str | None, date | str | None]:
        """The first and the last day; None without a limit."""
        if "period" in who:
            today = fields.Date.context_today(self)
            return self.env[REPORT]._days_of_period(who["period"], today)
        return who.get("from"), who.get("to")

    # ---------------------------------------------------------------------------------------
    # In words
    # ---------------------------------------------------------------------------------------

    @api.model
    def _domain_words(self, domain, whole):
        words = asked_words(self.env, domain, WHO, self._who_words)
        return super()._domain_words(domain, whole) if words is None else words

    @api.model
    def _who_words(self, text) -> str:
        """As ``Bought: Mug or Lamp, Last Year (2025), purchases ≥ 10``."""
        who = self._read_who(text)
        if who["who"] == IS:
            profile = self.env[PROFILE]
            return domain_words(
                profile, Domain.AND(Domain(key, "in", who[key]) for key in who if key != "who")
            )
        days = self._who_days_words(who)
        if who["who"] in (BOUGHT, NOT_BOUGHT):
            what, label = self._what_words(who), self.env._("Bought")
            if who["who"] == NOT_BOUGHT:
                label = self.env._("Did not buy")
            details = [what, days, self._times_words(who)]
        elif who["who"] == LAST:
            label, details = self.env._("Last purchase"), [days]
        else:
            label, details = self._largest_words(who), [days]
        details = [each for each in details if each]
        if not details:
            return label
        value = self.env._(", ").join(details)
        return self.env._("%(field)s: %(value)s", field=label, value=value)

    @api.model
    def _largest_words(self, who: dict) -> str:
        if who["who"] == ABOVE_AVERAGE:
            return self.env._("Net sales above average")
        if "customers" in who:
            number = number_text(self.env, who["customers"])
            return self.env._("The largest %s by net sales", number)
        number = number_text(self.env, who["percent"])
        return self.env._("The largest %s%% by net sales", number)

    @api.model
    def _what_words(self, who: dict) -> str:
        if "products" in who:
            return names_words(self.env["product.template"].browse(who["products"]))
        if "categories" in who:
            return names_words(self.env["product.category"].browse(who["categories"]))
        return self.env._("anything")

    @api.model
    def _who_days_words(self, who: dict) -> str | None:
        if "period" in who:
            return self.env[REPORT]._period_words("period", who["period"])
        first, last = (fields.Date.to_date(who.get(end)) for end in ("from", "to"))
        if first and last:
            return days_text(self.env, first, last)
        if first:
            return self.env._("from %s", day_text(self.env, first))
        return last and self.env._("until %s", day_text(self.env, last))

    @api.model
    def _times_words(self, who: dict) -> str | None:
        least, most = who.get("least"), who.get("most")
        if not (least or most):
            return None
        if least == most:
            limits = f"= {number_text(self.env, least)}"
        elif most:
            limits = f"≤ {number_text(self.env, most)}"
        else:
            limits = f"≥ {number_text(self.env, least)}"
        return self.env._("purchases %s", left_to_right(self.env, limits))


def customers_key(select: SQL) -> SQL:
    """The customers of a SELECT of companies and customers, as a lookup wants them."""
    return SQL("SELECT partner_id AS key FROM (%s) AS found (company_id, partner_id)", select)


def _times(who: dict) -> SQL:
    """The condition on the number of purchases; nothing if one is enough."""
    limits = ((SQL(">="), who.get("least")), (SQL("<="), who.get("most")))
    return SQL(" AND ").join(
        SQL("COUNT(*) %s %s", operator, limit) for operator, limit in limits if limit
    )
