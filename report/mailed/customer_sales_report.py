from dataclasses import replace

from odoo import api, models

from ...tools.export_request import BY_CUSTOMER, GROUPED, LINES, SUMMARY, ExportRequest
from ...tools.terms import REPORT
from ..workbook.columns import exportable
from ..workbook.grouped_sheet import supported


class CustomerSalesReport(models.Model):
    """The sales lines in the workbook of a mail: the one that the export dialog makes."""

    _inherit = REPORT

    @api.model
    def _mailed_file(self, look: ExportRequest) -> ExportRequest:
        known = exportable(self)
        layouts = self.env["customer.sales.layout"]
        names = look.columns or layouts._default_columns(REPORT)
        groups = supported(self, look.group_by)
        is_by_customer = groups == ["commercial_partner_id"]
        lines = BY_CUSTOMER if is_by_customer else GROUPED if groups else LINES
        return replace(
            look,
            columns=[name for name in names if name in known],
            contents=[SUMMARY, lines],
            group_by=groups,
            headings=look.headings or layouts._default_headings(REPORT),
        )
