from odoo import api, models

from ...tools.export_request import ExportRequest
from ..workbook.anonymization import STAYING, stays
from ..workbook.export_file import rows_to_write, write_export


class CustomerSalesReport(models.Model):
    """How the report is written to a file."""

    _inherit = "customer.sales.report"

    @api.model
    def _columns_without_names(self) -> set[str]:
        """Hook: the columns and conditions that a file without names may have, because they cannot
        tell who a customer is. A column that another addon adds is left out until it is here."""
        return STAYING

    @api.model
    def _exported_paths(self, request: ExportRequest) -> list[list[str]]:
        """What the file of a request shows of its lines, for the export log: paths of field
        names, groups included."""
        return [[name] for name in request.names if not request.without_names or stays(self, name)]

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
