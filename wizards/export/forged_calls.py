import re

import psycopg2

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...report.workbook.columns import can_be_read, exportable
from ...tools.client_values import ids, not_understood, texts
from ...tools.limits import check_domain, check_name
from ...tools.periods import MONTHS

ORDER_TERM = re.compile(r"(\w+)( asc| desc)?", re.IGNORECASE)

# What comes of a domain that is none, or compares a field with what it cannot have
DOMAIN_ERRORS = (
    ArithmeticError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
DATABASE_ERRORS = (psycopg2.DataError, psycopg2.ProgrammingError)


class CustomerSalesExport(models.TransientModel):
    """What the dialog starts from comes from the page that it opens on. Whoever forges a call can
    say something else, which must not be taken for a choice of all rows."""

    _inherit = "customer.sales.export"

    @api.model
    def default_get(self, fields_list):
        try:
            return super().default_get(fields_list)
        except DATABASE_ERRORS as error:
            raise self._unusable_filter() from error

    def action_export(self):
        try:
            return super().action_export()
        except DATABASE_ERRORS as error:
            raise self._unusable_filter() from error

    @api.model
    def _domain_looked_at(self, report):
        row_ids = self.env.context.get("active_ids")
        is_of_report = self.env.context.get("active_model") == report._name
        if is_of_report and row_ids and row_ids != ids(row_ids):
            raise not_understood(self.env)
        read = super()._domain_looked_at
        return self._usable_domain(report, lambda: read(report))

    @api.constrains(
        *("domain", "group_by", "measures", "model", "order", "retention_period"),
        *("template_name", "title"),
    )
    def _check_looked_at(self):
        for export in self:
            check_name(self.env, export.title)
            check_name(self.env, export.template_name)
            report = export._model_of_export()
            export._usable_domain(report, lambda domain=export.domain: domain or [])
            if (export.group_by or []) != texts(export.group_by):
                raise not_understood(self.env)
            measures = export.measures or []
            if measures != texts(measures) or set(measures) - set(exportable(report)):
                raise not_understood(self.env)
            if (export.retention_period or "month") not in MONTHS:
                raise not_understood(self.env)
            if export.order and not all(
                self._can_order_by(report, term) for term in export.order.split(",")
            ):
                raise not_understood(self.env)

    @api.model
    def _can_order_by(self, report, term: str) -> bool:
        match = ORDER_TERM.fullmatch(term.strip())
        field = match and report._fields.get(match[1])
        return bool(field and can_be_read(report, field) and field.type != "many2many")

    @api.model
    def _usable_domain(self, report, read) -> list:
        """The domain that ``read`` returns.

        :raise UserError: if the report cannot be searched by it
        """
        try:
            domain = read()
            check_domain(self.env, domain)
            Domain(domain).validate(report)
        except DOMAIN_ERRORS as error:
            raise self._unusable_filter() from error
        return domain

    @api.model
    def _unusable_filter(self) -> UserError:
        return UserError(
            self.env._("This filter cannot be used. Remove it, or set its conditions anew.")
        )
