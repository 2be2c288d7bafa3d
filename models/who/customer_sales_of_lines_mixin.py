import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.domain_words import domain_words
from ...tools.limits import check_domain
from ...tools.sql.by_fields import FieldCondition, by_fields
from ...tools.sql.lookup import find
from ...tools.terms import REPORT
from .asked import ASKS, asked_words, hidden_in_editor

# The field that asks for sales lines
OF_LINES = "of_lines"


def of_lines_condition(domain: list) -> tuple[str, str, str]:
    """The condition on a row of a stored table that any of its sales lines is of ``domain``. Its
    value is a text, so that it passes through favorites and clients."""
    return (OF_LINES, ASKS, json.dumps({"domain": domain}))


class CustomerSalesOfLinesMixin(models.AbstractModel):
    """For tables derived from sales lines: their rows can be searched by any of the lines."""

    _name = "customer.sales.of.lines.mixin"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Customer Sales: Conditions on Lines"

    # Columns that tell a row -> those of its lines
    _columns_of_lines = {"company_id": "company_id", "partner_id": "commercial_partner_id"}

    of_lines = fields.Char(
        string="Sales",
        store=False,
        exportable=False,
        search="_search_of_lines",
        help="To search by the sales lines behind the row; the filter dialog writes its values.",
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """It is not offered to whoever puts a condition together by hand."""
        return hidden_in_editor(super().fields_get(allfields, attributes), [OF_LINES])

    @api.model
    def _search_of_lines(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return self._has_lines(self._read_of_lines(value if operator == ASKS else None))

    @api.model
    def _read_of_lines(self, text) -> Domain:
        """
        :raise UserError: if it is not one that :func:`of_lines_condition` can have written
        """
        try:
            domain = json.loads(text)["domain"]
            check_domain(self.env, domain)
            domain = Domain(domain)
            domain.validate(self.env[REPORT])
        except (KeyError, RecursionError, TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The condition on sales cannot be understood. Remove it, and choose anew in "
                    "the filter dialog."
                )
            ) from error
        return domain

    @api.model
    def _has_lines(self, domain: Domain) -> Domain:
        report = self.env[REPORT]
        query = report._search(by_fields(domain))
        if query.is_empty():
            return Domain.FALSE
        report._without_jit()
        columns = SQL(", ").join(
            report._field_to_sql(query.table, name, query)
            for name in self._columns_of_lines.values()
        )
        query.groupby = columns
        lines = query.select(columns)
        rows = self.sudo()._search(Domain.TRUE)
        own = SQL(", ").join(
            self._field_to_sql(rows.table, name, rows) for name in self._columns_of_lines
        )
        # As rules hold for the rows that are found, those that are not found need none.
        rows.add_where(SQL("((%s) IN (%s)) IS TRUE", own, lines))
        select = rows.select(SQL("%s AS key", SQL.identifier(rows.table, "id")))
        # A page of a list asks twice: which rows, and how many.
        found = find(self.env, select)
        if found is None or found.array is None:
            return Domain("id", "in", SQL("(%s)", select))
        return FieldCondition(
            lambda model, alias, query: SQL(
                "%s = ANY(%s::integer[])", model._field_to_sql(alias, "id", query), found.array
            )
        )

    @api.model
    def _domain_words(self, domain, whole):
        words = asked_words(self.env, domain, OF_LINES, self._of_lines_words)
        return super()._domain_words(domain, whole) if words is None else words

    @api.model
    def _of_lines_words(self, text) -> str:
        words = domain_words(self.env[REPORT], self._read_of_lines(text))
        return self.env._("Sales: %s", words)
