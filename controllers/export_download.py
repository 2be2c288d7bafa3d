from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from ..models.export.customer_sales_export_job import MIME_TYPES


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
        job = jobs.search(
            [("id", "=", job_id), ("create_uid", "=", user.id), ("state", "=", "done")]
        )
        # The file holds rows of all these companies, whichever are selected now.
        if not job or job.sudo().company_ids - user.company_ids:
            raise NotFound
        try:
            request.env[job.request["model"]]._check_export()
        except UserError as error:
            raise Forbidden(str(error)) from error
        stream = job.sudo().attachment_id._to_http_stream()
        response = stream.get_response(
            as_attachment=True, mimetype=MIME_TYPES[job.request["file_format"]]
        )
        response.headers["Content-Disposition"] = content_disposition(job.file_name)
        response.headers["Cache-Control"] = "no-store"
        return response
