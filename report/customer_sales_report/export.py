from odoo import api, models

from ...tools.export_request import ExportRequest
from ..workbook.export_file import rows_to_write, write_export


class CustomerSalesReport(models.Model):
    """How the report is written to a file."""

    _inherit = "customer.sales.report"

    @api.model
    def _write_export(self, request: ExportRequest, path: str, advance=lambda rows: None) -> int:
        """Write the file of a request, as the current user may see its rows.

        See :func:`.write_export` for the parameters, the result and the errors.
        """
        return write_export(self.env, request, path, advance=advance)

    @api.model
    def _rows_to_write(self, request: ExportRequest, line_count: int) -> int:
        """How many rows the file of a request has, as far as that can be told beforehand.

        :param line_count: lines that its filter lets through
        """
        return rows_to_write(request, line_count)
