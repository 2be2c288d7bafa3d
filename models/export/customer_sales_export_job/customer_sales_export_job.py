import errno
import logging
import os
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.constants import GC_UNLINK_LIMIT

from ....tools.client_values import is_id, not_understood
from ....tools.export_request import ExportRequest
from ....tools.safe_text import file_name
from ....tools.terms import (
    ALL_GROUP,
    FILE_DAYS,
    FILE_DAYS_PARAMETER,
    MOST_DAYS,
    UNFINISHED,
    WORK_STATES,
)
from ...privacy.paths import domain_paths, order_paths

_logger = logging.getLogger(__name__)

DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
ROWS_SHARE = 0.9  # of the bar; the rest is for putting the file together
UNFINISHED_LIMIT = 10  # exports of a user that wait or run
KEPT_LIMIT = 200  # exports of a user that are kept, with their files


class CustomerSalesExportJob(models.Model):
    """A file that a user asked for: written at once or in the background, and kept for some days.

    Nobody but that user sees it. It runs with the user's rights of the moment it runs at, and
    there is no file until the whole of it has been written.
    """

    _name = "customer.sales.export.job"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Customer Sales Export File"
    _order = "id desc"
    _rec_name = "title"

    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who asked for the file, with whose rights it is written, and who alone gets it.",
    )
    create_date = fields.Datetime(string="Asked for on", readonly=True)
    title = fields.Char(required=True, readonly=True)
    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        readonly=True,
        help="The companies selected when exporting, the current one first: the file holds rows of "
        "these.",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    group_ids = fields.Many2many(
        "res.groups",
        string="Rights Used",
        readonly=True,
        help="The permissions whose rows and columns the file has: who loses one loses the file.",
    )
    template_id = fields.Many2one(
        "customer.sales.export.template", readonly=True, ondelete="set null", index="btree_not_null"
    )
    request = fields.Json(readonly=True, help="What to export, for programs.")
    lang = fields.Char(readonly=True)
    tz = fields.Char(readonly=True)
    state = fields.Selection(
        WORK_STATES,
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    line_count = fields.Integer(
        string="Lines",
        readonly=True,
        help="Lines that the filter let through when the file was asked for.",
    )
    row_count = fields.Integer(
        string="Rows",
        readonly=True,
        help="Lines to write; none if no sheet has a row for each line.",
    )
    rows_done = fields.Integer(readonly=True)
    rows_left = fields.Integer(compute="_compute_progress")
    progress = fields.Float(
        compute="_compute_progress", help="How much has been written, in percent."
    )
    started_on = fields.Datetime(readonly=True)
    finished_on = fields.Datetime(readonly=True)
    expires_on = fields.Datetime(
        string="Kept until", readonly=True, help="After this the file is deleted by itself."
    )
    starts = fields.Integer(readonly=True, help="How often it was begun.")
    message = fields.Text(readonly=True, help="Why there is no file.")
    attachment_id = fields.Many2one("ir.attachment", string="File", readonly=True)
    file_name = fields.Char(readonly=True)
    file_size = fields.Integer(string="File Size (bytes)", readonly=True)
    is_told = fields.Boolean(readonly=True, help="The user has been told of the end.")

    @api.depends("state", "row_count", "rows_done")
    def _compute_progress(self):
        for job in self:
            # A sheet may have more rows than was foreseen: a sale may come in between.
            job.rows_left = max(job.row_count - job.rows_done, 0)
            if job.state == "done":
                job.rows_left = 0
                job.progress = 100.0
            else:
                share = min(job.rows_done / job.row_count, 1.0) if job.row_count else 0.0
                job.progress = 100.0 * ROWS_SHARE * share

    # ---------------------------------------------------------------------------------------
    # Asking for a file
    # ---------------------------------------------------------------------------------------

    @api.model
    def _ask(self, request: ExportRequest, line_count: int, template=None):
        """A new job of the current user, in superuser mode; nothing is written yet.

        :param line_count: lines that the filter lets through, as the server has counted them
        :raise UserError: if the user has asked for as many as one may
        """
        self._check_limits()
        companies = self.env.companies
        return self.sudo().create(
            {
                "user_id": self.env.uid,
                "title": request.title,
                "file_name": file_name(request.title, f".{request.file_format}"),
                "request": request.as_json(),
                "line_count": line_count,
                "row_count": self.env[request.model]._rows_to_write(request, line_count),
                "company_id": self.env.company.id,
                "company_ids": companies.ids,
                "lang": self.env.lang,
                "tz": str(self.env.tz),
                "template_id": template.id if template else False,
            }
        )

    @api.model
    def _check_limits(self):
        """
        :raise UserError: if the current user has too many exports already
        """
        jobs = self.with_context(allowed_company_ids=self.env.user.company_ids.ids)
        own = Domain("user_id", "=", self.env.uid)
        if jobs.search_count(own & Domain("state", "in", UNFINISHED)) >= UNFINISHED_LIMIT:
            raise UserError(
                self.env._(
                    "%s of your exports are not finished yet. Wait until one is, or cancel one "
                    "under Exports › My Exports.",
                    UNFINISHED_LIMIT,
                )
            )
        if jobs.search_count(own) >= KEPT_LIMIT:
            raise UserError(
                self.env._(
                    "%s of your exports are kept, which is the limit. Delete some under "
                    "Exports › My Exports, then export again.",
                    KEPT_LIMIT,
                )
            )

    def _requested(self) -> ExportRequest:
        """What was asked for, as far as it is still there.

        :raise UserError: if it cannot be exported any more, as after an update of the app
        """
        try:
            request = ExportRequest.from_json(self.request)
            report = self.env[request.model]
            Domain(request.domain).optimize(report)  # which knows its fields
            if missing := {*request.columns, *request.measures} - set(report._fields):
                raise ValueError(f"There are no such columns: {missing}")
        except (KeyError, ValueError) as error:
            _logger.warning("What export %s asks for cannot be read: %s", self.id, error)
            raise UserError(
                self.env._(
                    "What this export asks for is not all there any more, such as a column or a "
                    "field of its filter: Customer Sales or its fields were changed since. Open "
                    "the list and export once more from there."
                )
            ) from error
        return request

    def _for_its_owner(self):
        """This job, with messages in the language of its owner."""
        return self.with_context(lang=self.lang)

    def _run_at_once(self):
        """Write the file in this transaction: if it fails, nothing of the job remains.

        :raise UserError: why there can be no file
        """
        self._begin()
        with self._folder() as folder:
            path = os.path.join(folder, "file")
            try:
                lines = self._write_file(path)
                self._finish(path, lines, is_told=True)
            except OSError as error:
                raise UserError(self._why_failed(error)) from error

    def _run_in_background(self):
        """Have the file written as soon as the scheduler can."""
        self._scheduled_action()._trigger()

    # ---------------------------------------------------------------------------------------
    # Buttons
    # ---------------------------------------------------------------------------------------

    def action_download(self):
        """Download the file.

        :raise UserError: if there is no file
        """
        self.ensure_one()
        if self.state != "done":
            raise UserError(self.env._("This file is not there. Export once more to get it."))
        return {
            "type": "ir.actions.client",
            "tag": "customer_sales_report.download",
            "params": {"url": f"/customer_sales_report/export/{self.id}"},
        }

    def action_cancel(self):
        """Stop waiting or running jobs; what was written so far is thrown away."""
        self.check_access("read")
        unfinished = self.filtered(lambda job: job.state in UNFINISHED)
        unfinished.sudo().write(
            {"state": "cancelled", "finished_on": fields.Datetime.now(), "is_told": True}
        )
        if unfinished:
            self.env.cr.postcommit.add(unfinished._interrupt)
        return True

    def action_repeat(self):
        """Export once more what was asked for, with the rows and rights of now."""
        self.ensure_one()
        self.check_access("read")
        if not self.request:
            raise UserError(self.env._("This export does not exist any more. Refresh the page."))
        request = self._requested()
        report = self.env[request.model]._for_request(request)
        line_count = report.search_count(request.domain)
        job = self._ask(request, line_count, self.template_id)
        job._run_in_background()
        return job._get_records_action(target="new", name=job.title)

    @api.model
    @api.readonly
    def progress_of(self, job_id: int) -> dict:
        """How far a job of the current user is, for the progress bar."""
        if not is_id(job_id):
            raise not_understood(self.env)
        job = self.search([("id", "=", job_id)])
        return (
            job.read(["state", "row_count", "rows_done", "rows_left", "progress"])[0] if job else {}
        )

    @api.model
    def _untold(self) -> list[dict]:
        """The jobs of the current user that ended while no browser was listening."""
        jobs = self.search([("state", "in", ("done", "failed")), ("is_told", "=", False)])
        return [job._note() for job in jobs]

    def told(self):
        """Note that the user has been told of the end, as far as the user still sees these."""
        self._filtered_access("read").sudo().is_told = True
        return True

    # ---------------------------------------------------------------------------------------
    # Writing the file
    # ---------------------------------------------------------------------------------------

    def _begin(self):
        self.write(
            {
                "state": "running",
                "started_on": fields.Datetime.now(),
                "starts": self.starts + 1,
                "rows_done": 0,
                "message": False,
            }
        )

    def _owners_report(self, request: ExportRequest):
        """The report, as the owner of the job sees it today.

        :raise UserError: if the owner is no user any more
        """
        owner = self.user_id
        if not owner.active:
            raise UserError(self.env._("The user %s is archived.", owner.name))
        companies = [self.company_id.id, *(self.company_ids - self.company_id).ids]
        context = {"lang": self.lang, "tz": self.tz, "allowed_company_ids": companies}
        env = self.env(user=owner.id, su=False, context=context)
        return env[request.model]._for_request(request)

    def _write_file(self, path: str, advance=lambda rows: None) -> int:
        """Write the file; return how many lines it tells of."""
        request = self._requested()
        report = self._owners_report(request)
        # Fails with a clear sentence if the owner may not see one of the companies any more.
        report.env.companies.mapped("id")
        return report._write_export(request, path, advance)

    def _finish(self, path: str, lines: int, is_told: bool = False):
        """Keep the complete file, write it to the log of exports and tell the owner."""
        request = self._requested()
        report = self._owners_report(request)
        now = fields.Datetime.now()
        size = os.path.getsize(path)
        self.write(
            {
                "state": "done",
                "rows_done": self.row_count,
                "finished_on": now,
                "expires_on": now + timedelta(days=self._days_kept()),
                "attachment_id": self._store(path).id,
                "file_size": size,
                "is_told": is_told,
                "group_ids": self._rights_used(report, request).ids,
            }
        )
        report.env["customer.sales.export.log"]._log_export(
            report,
            report._exported_paths(request),
            domain=request.domain,
            row_count=lines,
            file_name=self.file_name,
            file_size=size,
            more_words=report._more_words(request),
        )
        if not is_told:
            self._tell()

    @api.model
    def _rights_used(self, report, request: ExportRequest):
        """The groups that give its owner a file's rows and columns, or what it is filtered by.

        :param report: as its owner sees it
        """
        paths = [
            *report._exported_paths(request),
            *domain_paths(Domain(request.domain)),
            *order_paths(request.order),
        ]
        names = {ALL_GROUP}.union(*map(report._path_groups, paths))
        names |= report._exported_groups(request)
        groups = self.env["res.groups"].sudo()
        return groups.union(*(self.env.ref(name) for name in names if report._has_reach(name)))

    def _fail(self, message: str):
        self.write({"state": "failed", "finished_on": fields.Datetime.now(), "message": message})
        self._tell()

    def _why_failed(self, error: Exception) -> str:
        """What to tell the owner of a job that failed."""
        if isinstance(error, (UserError, AccessError)):
            return str(error)
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            return self.env._(
                "The server's disk is full. Ask your administrator to make room, then export again."
            )
        return self.env._(
            "The file could not be written. Your administrator finds why in the server's log."
        )

    # ---------------------------------------------------------------------------------------
    # Telling the owner
    # ---------------------------------------------------------------------------------------

    def _note(self) -> dict:
        return {
            "id": self.id,
            "title": self.title,
            "state": self.state,
            "message": self.message or "",
            "file_name": self.file_name,
        }

    def _tell(self):
        """Notify the browser of the owner, if one is open."""
        self.user_id._bus_send("customer_sales_report.export_ended", self._note())

    # ---------------------------------------------------------------------------------------
    # How long a file is kept
    # ---------------------------------------------------------------------------------------

    @api.model
    def _days_kept(self) -> int:
        days = self.env["ir.config_parameter"].sudo().get_param(FILE_DAYS_PARAMETER, "")
        return min(int(days), MOST_DAYS) if days.isdigit() and int(days) else FILE_DAYS

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_running(self):
        if any(job.state == "running" for job in self):
            raise UserError(self.env._("Cancel the export first, then delete it."))

    @api.autovacuum
    def _gc_expired(self):
        """Delete files whose days are over, and what else ended as long ago."""
        now = fields.Datetime.now()
        ended = Domain("finished_on", "<", now - timedelta(days=self._days_kept()))
        expired = Domain("expires_on", "<", now) | (Domain("expires_on", "=", False) & ended)
        over = expired & Domain("state", "not in", UNFINISHED)
        jobs = self.search(over, limit=GC_UNLINK_LIMIT)
        for job in jobs:
            job._remove_folders()  # of one whose process was killed after it had been cancelled
        jobs.unlink()
        return len(jobs), len(jobs) == GC_UNLINK_LIMIT
