from odoo import api, models

from ...tools.export_request import ExportRequest
from ..workbook.export_file import write_export


class CustomerSalesReport(models.Model):
    """How the report is written to a file."""

    _inherit = "customer.sales.report"

    @api.model
    def _write_export(self, request: ExportRequest, path: str, advance=lambda rows: None) -> int:
        """Write the file of a request, as the current user may see its rows.

        See :func:`.write_export` for the parameters, the result and the errors.
        """
        return write_export(self.env, request, path, advance=advance)
