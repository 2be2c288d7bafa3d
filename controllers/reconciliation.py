from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReconciliationDownload(http.Controller):
    """Hands out a reconciliation as a workbook, to the one who compared, and logs it."""

    @http.route(
        "/customer_sales_report/reconciliation/<int:reconciliation_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def download(self, reconciliation_id):
        wizards = request.env["customer.sales.reconciliation"].with_context(
            allowed_company_ids=request.env.user.company_ids.ids
        )
        if not wizards.has_access("read"):
            raise NotFound
        wizard = wizards.search([("id", "=", reconciliation_id)])
        if not wizard.line_ids:
            raise NotFound
        try:
            content, name = wizard._export()
        except UserError as error:
            raise Forbidden(str(error)) from error
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "no-store"),
            ],
        )
