import hashlib
import json
from contextlib import closing
from time import monotonic

import psycopg2.errors

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL, formatLang

from ...report.customer_sales_report.conditions import ONLY_EXPLAINED
from ...tools.client_values import is_id, mapping, not_understood
from ...tools.limits import check_domain
from ...tools.number_text import amount_text
from ...tools.sql.by_fields import by_fields
from .customer_sales_filter import all_of

# Longer than this nobody is kept waiting for a count.
PREVIEW_SECONDS = 1.7

# Enough for as many documents to be told apart without files as these lines are on.
PREVIEW_MEMORY = "64MB"
LINES_WITH_DOCUMENTS = 700_000


class CustomerSalesFilter(models.TransientModel):
    """Says what the filter would show, while it is being filled in."""

    _inherit = "customer.sales.filter"

    @api.model
    @api.readonly
    def preview(self, values: dict, saved_id: int | None = None) -> dict[str, str | bool]:
        """What a filter with these values would show.

        :param values: of the fields, as for ``create``; of a saved filter, those that changed
        :param saved_id: the id of the saved filter
        :return: ``words`` for the user; ``state``, one of ``found``, ``empty``, ``large`` (more
            than can be counted at once) and ``error``; ``previewed``, the value for the field of
            that name
        """
        self.check_access("create")
        try:
            wizard = self._previewed_wizard(values, saved_id)
            domain = wizard._found_domain()
            counts = wizard._preview_counts()
        except UserError as error:
            return {"state": "error", "words": str(error), "previewed": False}
        if counts is None and not wizard._shows_lines():
            words = self.env._("Too many to count at once.")
            return {"state": "large", "words": words, "previewed": False}
        if counts is None:
            lines = formatLang(self.env, wizard._estimated_lines(domain), digits=0)
            words = self.env._("About %s lines: too many to count at once.", lines)
            return {"state": "large", "words": words, "previewed": False}
        if not next(iter(counts.values())):
            return {"state": "empty", "words": wizard._nothing_words(), "previewed": False}
        return {
            "state": "found",
            "words": wizard._counts_words(**counts),
            "previewed": wizard._fingerprint(domain),
        }

    @api.model
    def _previewed_wizard(self, values: dict, saved_id: int | None):
        """A filter with these values, which is not saved.

        :raise UserError: if there can be none
        """
        values = mapping(values)
        self._check_numbers(values)
        asked = {name: values[name] for name in self._asking_fields() if name in values}
        if (saved_id and not is_id(saved_id)) or not all(
            self._can_hold(self._fields[name], value) for name, value in asked.items()
        ):
            raise not_understood(self.env)
        return self.new(asked, origin=self.browse(saved_id or ()))

    def _preview_counts(self) -> dict | None:
        """What is shown comes first. Of lines the number of lines, documents and customers, and
        their untaxed amount; None if counting takes too long, and for the documents if they are too
        many."""
        if not self._shows_lines():
            return self._within_seconds(PREVIEW_SECONDS, self._select_rows_shown)
        counts = self._within_seconds(PREVIEW_SECONDS, self._select_counts)
        return counts and dict(
            zip(("lines", "documents", "customers", "amount"), counts, strict=True)
        )

    def _select_rows_shown(self, end: float) -> dict:
        """How many rows there are of what is shown, and of how many customers."""
        self._stop_at(end)
        [(rows, customers)] = self._shown_model()._read_group(
            self._found_domain(), [], ["__count", "partner_id:count_distinct"]
        )
        if self.shown == "customers":
            return {"customers": customers}
        return {self.shown: rows, "customers": customers}

    @api.model
    def _within_seconds(self, seconds: float, ask):
        """What ``ask`` returns; None if it takes too long.

        :param ask: a function of the moment to give up at, for :meth:`_stop_at`, which only reads
        """
        with closing(self.env.cr.savepoint(flush=False)) as savepoint:
            self.env.cr.execute(SQL("SET LOCAL work_mem = %s", PREVIEW_MEMORY))
            try:
                return ask(monotonic() + seconds)
            except psycopg2.errors.QueryCanceled:
                return None
            finally:
                savepoint.rollback()  # nothing was written: the timeout ends here

    @api.model
    def _stop_at(self, end: float):
        """Interrupt the statements that follow at a moment of the monotonic clock."""
        milliseconds = max(1, int((end - monotonic()) * 1000))
        self.env.cr.execute(SQL("SET LOCAL statement_timeout = %s", milliseconds))

    def _estimated_lines(self, domain: list) -> int:
        """How many lines PostgreSQL expects, to two digits: it has no better idea."""
        report = self._shown_model().with_context(**{ONLY_EXPLAINED: True})
        return self._rows_expected(report._search(by_fields(domain)))

    @api.model
    def _rows_expected(self, query) -> int:
        [[[plan]]] = self.env.execute_query(SQL("EXPLAIN (FORMAT JSON) %s", query.select("1")))
        return int(float(f"{plan['Plan']['Plan Rows']:.2g}"))

    def _select_counts(self, end: float) -> tuple:
        """Counted in steps, which hash, as counting different documents at once would sort. Of
        more lines than are read in a moment the documents are not told apart: it takes as long
        again as all the rest.

        What each customer comes to is added up on the way, so that its limits cost no second look
        at all lines.

        :param end: when to give up, by the monotonic clock
        :raise psycopg2.errors.QueryCanceled: then
        """
        limits = self._customers_limits()
        domain = all_of(
            [
                self._within(),
                *(
                    section.domain
                    for section in self._checked_sections()
                    if not (limits and section.name == "amount")
                ),
            ]
        )
        report = self._shown_model()
        self._stop_at(end)
        is_mixed = report._mixes(domain)
        # It looks up who has been a customer since when.
        query = report._search(by_fields(domain))
        if query.is_empty():
            return (0, 0, 0, 0)
        report._without_jit()
        tells_documents = self._rows_expected(query) <= LINES_WITH_DOCUMENTS
        document, customer = (
            report._field_to_sql(query.table, name, query)
            for name in ("document_ref", "commercial_partner_id")
        )
        query.groupby = SQL("%s, %s", document, customer) if tells_documents else customer
        amount, compared = (
            report._read_group_select(f"{name}:sum", query)
            for name in ("price_subtotal", self.amount if limits else "price_subtotal")
        )
        parts = query.select(
            SQL("%s AS customer", customer),
            SQL("COUNT(*) AS lines"),
            SQL("%s AS amount", amount),
            SQL("%s AS compared", compared),
        )
        having = SQL("TRUE")
        if limits:
            within = report._within(SQL("SUM(compared)"), *limits)
            having = SQL("customer IS NOT NULL AND %s", within)
        self._stop_at(end)
        self.env.cr.execute(
            SQL(
                "SELECT COALESCE(SUM(lines), 0)::bigint, %s, COUNT(customer), %s FROM ("
                "SELECT customer, SUM(lines) AS lines, COUNT(*) AS documents, "
                "SUM(amount) AS amount FROM (%s) AS parts GROUP BY customer HAVING %s"
                ") AS by_customer",
                SQL("COALESCE(SUM(documents), 0)::bigint" if tells_documents else "NULL"),
                SQL("NULL" if is_mixed else "COALESCE(SUM(amount), 0)"),
                parts,
                having,
            ),
            log_exceptions=False,
        )
        return self.env.cr.fetchone()

    @api.model
    def _counts_words(
        self, customers: int, lines=None, documents=None, products=None, purchases=None, amount=None
    ) -> str:
        """What was counted of these, in words."""

        def number(count):
            return formatLang(self.env, count, digits=0)

        parts = [
            lines
            and (self.env._("1 line") if lines == 1 else self.env._("%s lines", number(lines))),
            products
            and (
                self.env._("1 product of a customer")
                if products == 1
                else self.env._("%s products of customers", number(products))
            ),
            self._documents_words(documents or purchases),
            self.env._("1 customer")
            if customers == 1
            else self.env._("%s customers", number(customers)),
            amount is not None and amount_text(self.env, amount, self.env.company.currency_id),
        ]
        return " · ".join(filter(None, parts))

    @api.model
    def _documents_words(self, documents: int | None) -> str | None:
        if documents is None:
            return None
        if documents == 1:
            return self.env._("1 document")
        return self.env._("%s documents", formatLang(self.env, documents, digits=0))

    # ---------------------------------------------------------------------------------------
    # What the view below has besides
    # ---------------------------------------------------------------------------------------

    def _found_domain(self) -> list:
        """What the view below will show: the filter, within what the view is of, such as the sales
        of one customer.

        :raise UserError: as :meth:`_filter_domain`
        """
        return all_of([self._within(), self._filter_domain()])

    def _within(self) -> list:
        """What the view below is of; nothing, if it shows something else.

        :raise UserError: if the client says it in a way that cannot be understood
        """
        if self._leaves_view():
            return []
        domain = self.env.context.get("customer_sales_filter_within") or []
        try:
            check_domain(self.env, domain)
            return all_of([domain])
        except (RecursionError, TypeError, ValueError) as error:
            raise not_understood(self.env) from error

    def _check_not_empty(self, domain: list):
        """
        :raise UserError: if there are no sales to show
        """
        if self.previewed == self._fingerprint(domain):
            return
        if not self._shown_model()._search(domain, limit=1):
            raise UserError(self._nothing_words())

    def _fingerprint(self, domain: list) -> str:
        """What tells one filter from another."""
        question = json.dumps([self._shown_model()._name, domain])
        return hashlib.sha256(question.encode()).hexdigest()
