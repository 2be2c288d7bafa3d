from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request


class ExportDownload(http.Controller):
    """Hands out the files of exports, each to the one who asked for it."""

    @http.route(
        "/customer_sales_report/export/<int:job_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def download(self, job_id):
        user = request.env.user
        jobs = request.env["customer.sales.export.job"].with_context(
            allowed_company_ids=user.company_ids.ids
        )
        if not jobs.has_access("read"):
            raise NotFound
        try:
            jobs._check_export()
        except UserError as error:
            raise Forbidden(str(error)) from error
        # Whoever may not have the file any more does not find its job.
        job = jobs.search([("id", "=", job_id), ("state", "=", "done")])
        if not job:
            raise NotFound
        attachment = job.sudo().attachment_id
        stream = attachment._to_http_stream()
        response = stream.get_response(as_attachment=True, mimetype=attachment.mimetype)
        response.headers["Content-Disposition"] = content_disposition(job.file_name)
        response.headers["Cache-Control"] = "no-store"
        return response
