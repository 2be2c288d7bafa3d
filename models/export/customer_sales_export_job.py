import errno
import hashlib
import logging
import os
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from psycopg2 import Binary
from psycopg2.errors import QueryCanceled, SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from ...tools.export_request import ExportRequest
from ...tools.safe_text import file_name
from ...tools.server_limits import long_work
from ...tools.terms import FILE_DAYS, FILE_DAYS_PARAMETER

_logger = logging.getLogger(__name__)

FOLDER_PREFIX = "customer_sales_export"
MIME_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
DISK_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
PROGRESS_SECONDS = 1.0  # between two notes of how far an export is
ROWS_SHARE = 0.9  # of the bar; the rest is for putting the file together
LOCK = 0x4353_584A  # of the transaction that reads a job's rows, with the job's id
STARTS = 3  # how often an export begins, when the server stops under it
BLOCK = 2**20


class Cancelled(Exception):
    """The user does not want the file any more."""


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

    create_uid = fields.Many2one("res.users", string="Exported by", readonly=True)
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
    template_id = fields.Many2one(
        "customer.sales.export.template", readonly=True, ondelete="set null", index="btree_not_null"
    )
    request = fields.Json(readonly=True, help="What to export, for programs.")
    lang = fields.Char(readonly=True)
    tz = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    row_count = fields.Integer(
        string="Rows",
        readonly=True,
        help="Rows to write, on all sheets that have one for each line.",
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
    def _ask(self, request: ExportRequest, row_count: int, template=None):
        """A new job of the current user, in superuser mode; nothing is written yet.

        :param row_count: rows that will be written
        """
        companies = self.env.companies
        return self.sudo().create(
            {
                "title": request.title,
                "file_name": file_name(request.title, f".{request.file_format}"),
                "request": request.as_json(),
                "row_count": row_count,
                "company_id": self.env.company.id,
                "company_ids": companies.ids,
                "lang": self.env.lang,
                "tz": str(self.env.tz),
                "template_id": template.id if template else False,
            }
        )

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
        self.env.ref("customer_sales_report.ir_cron_customer_sales_export")._trigger()

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
        unfinished = self.filtered(lambda job: job.state in ("waiting", "running"))
        unfinished.sudo().write(
            {"state": "cancelled", "finished_on": fields.Datetime.now(), "is_told": True}
        )
        if unfinished:
            self.env.cr.postcommit.add(unfinished._interrupt)
        return True

    def _interrupt(self):
        """Stop what PostgreSQL is reading for these jobs, which may take minutes. Who is not
        reading just now hears of it with the next note of progress."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "SELECT pg_cancel_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                    "AND classid = %s AND objid IN %s AND objsubid = 2 AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())",
                    LOCK,
                    tuple(self.ids),
                )
            )

    def action_repeat(self):
        """Export once more what was asked for, with the rows and rights of now."""
        self.ensure_one()
        self.check_access("read")
        job = self._ask(ExportRequest(**self.request), self.row_count, self.template_id)
        job._run_in_background()
        return job._get_records_action(target="new", name=job.title)

    @api.model
    @api.readonly
    def progress_of(self, job_id: int) -> dict:
        """How far a job of the current user is, for the progress bar."""
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
        """Note that the user has been told of the end."""
        self.check_access("read")
        self.sudo().is_told = True
        return True

    # ---------------------------------------------------------------------------------------
    # The scheduler
    # ---------------------------------------------------------------------------------------

    @api.model
    def _process_queue(self):
        """Write the files that wait, one after the other.

        The scheduler never runs this twice at a time: what is running when it begins was left by
        a process that is no more.
        """
        cron = self.env["ir.cron"]
        self.search([("state", "=", "running")])._recover()
        cron._commit_progress(remaining=self._waiting_count())
        while job := self.search([("state", "=", "waiting")], order="id", limit=1):
            job._process()
            if not cron._commit_progress(1, remaining=self._waiting_count()):
                break

    @api.model
    def _waiting_count(self) -> int:
        return self.search_count([("state", "=", "waiting")])

    def _recover(self):
        """After the server stopped under jobs: begin them again, but not for ever."""
        for job in self:
            job._remove_folders()
            if job.starts < STARTS:
                job.write({"state": "waiting", "rows_done": 0})
            else:
                job._fail(
                    job.env._(
                        "The server stopped %s times while it wrote this file. Export fewer rows "
                        "or columns, or ask your administrator to look at the server's log.",
                        job.starts,
                    )
                )

    def _process(self):
        """Write the file of one job, whatever comes of it; ends with a transaction to commit."""
        self.ensure_one()
        self._begin()
        self.env["ir.cron"]._commit_progress()
        with self._folder() as folder, long_work() as note_progress:
            path = os.path.join(folder, "file")
            try:
                self.env.cr.execute(
                    SQL("SELECT pg_advisory_xact_lock_shared(%s, %s)", LOCK, self.id)
                )
                lines = self._write_file(path, _Progress(self, note_progress))
                # The rows were read in one transaction, which must not see the job change.
                self.env["ir.cron"]._commit_progress()
                self.invalidate_recordset()
                if self.try_lock_for_update() and self.state == "running":
                    self._finish(path, lines)
                    self.env.flush_all()
            except Cancelled:
                self.env["ir.cron"]._commit_progress()  # which ends the reading
            except Exception as error:
                self.env.cr.rollback()
                self.invalidate_recordset()
                if self.state == "cancelled" and isinstance(error, QueryCanceled):
                    return
                if not isinstance(error, (UserError, AccessError, OSError)):
                    _logger.exception("Export %s failed", self.id)
                self._fail(self._why_failed(error))

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

    def _owners_report(self):
        """The report, as the owner of the job sees it today.

        :raise UserError: if the owner is no user any more
        """
        owner = self.create_uid
        if not owner.active:
            raise UserError(self.env._("The user %s is archived.", owner.name))
        companies = [self.company_id.id, *(self.company_ids - self.company_id).ids]
        context = {"lang": self.lang, "tz": self.tz, "allowed_company_ids": companies}
        env = self.env(user=owner.id, su=False, context=context)
        return env[self.request["model"]]

    def _write_file(self, path: str, advance=lambda rows: None) -> int:
        """Write the file; return how many lines it tells of."""
        report = self._owners_report()
        # Fails with a clear sentence if the owner may not see one of the companies any more.
        report.env.companies.mapped("id")
        request = ExportRequest(**self.request)
        return report._write_export(request, path, advance)

    def _finish(self, path: str, lines: int, is_told: bool = False):
        """Keep the complete file, write it to the log of exports and tell the owner."""
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
            }
        )
        report = self._owners_report()
        request = ExportRequest(**self.request)
        report.env["customer.sales.export.log"]._log_export(
            report,
            [[name] for name in request.columns],
            domain=request.domain,
            row_count=lines,
            file_name=self.file_name,
            file_size=size,
        )
        if not is_told:
            self._tell()

    def _fail(self, message: str):
        self.write({"state": "failed", "finished_on": fields.Datetime.now(), "message": message})
        self._tell()

    def _why_failed(self, error: Exception) -> str:
        """What to tell the owner of a job that failed, in the owner's language."""
        env = self.with_context(lang=self.lang).env
        if isinstance(error, (UserError, AccessError)):
            return str(error)
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            return env._(
                "The server's disk is full. Ask your administrator to make room, then export again."
            )
        return env._(
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
        self.create_uid._bus_send("customer_sales_report.export_ended", self._note())

    # ---------------------------------------------------------------------------------------
    # Files
    # ---------------------------------------------------------------------------------------

    @api.model
    def _days_kept(self) -> int:
        days = self.env["ir.config_parameter"].sudo().get_param(FILE_DAYS_PARAMETER, "")
        return int(days) if days.isdigit() and int(days) else FILE_DAYS

    def _folder_prefix(self) -> str:
        return f"{FOLDER_PREFIX}_{self.env.cr.dbname}_{self.id}_"

    def _folder(self):
        """A folder for the parts of the file, which is removed at the end."""
        return tempfile.TemporaryDirectory(prefix=self._folder_prefix(), ignore_cleanup_errors=True)

    def _remove_folders(self):
        """Remove what a process that was killed left behind."""
        for folder in Path(tempfile.gettempdir()).glob(f"{self._folder_prefix()}*"):
            shutil.rmtree(folder, ignore_errors=True)

    def _store(self, path: str):
        """Make the file at ``path`` an attachment of this job.

        Odoo's own way reads a file into memory, and into its index of words. In a file store this
        moves it.

        :return: the attachment, in superuser mode
        """
        Attachment = self.env["ir.attachment"].sudo()
        attachment = Attachment.create(
            {
                "name": self.file_name,
                "res_model": self._name,
                "res_id": self.id,
                "mimetype": MIME_TYPES[self.request["file_format"]],
            }
        )
        values = {"checksum": _checksum(path), "file_size": os.path.getsize(path)}
        is_in_database = Attachment._storage() == "db"
        if not is_in_database:
            values["store_fname"] = f"{values['checksum'][:2]}/{values['checksum']}"
        # `ir.attachment` lets nobody write these by its own method.
        models.BaseModel.write(attachment, values)
        attachment.flush_recordset()
        if is_in_database:
            self._send_to_database(path, attachment)
        else:
            target = attachment._full_path(values["store_fname"])
            os.makedirs(os.path.dirname(target), exist_ok=True)
            # Should this transaction fail, the clean-up of the file store removes the file.
            attachment._mark_for_gc(values["store_fname"])
            shutil.move(path, target)
        return attachment

    def _send_to_database(self, path: str, attachment):
        """Make the file at ``path`` the content of ``attachment``, a block at a time: as the value
        of a query it would be in memory several times."""
        cr = self.env.cr
        cr.execute(SQL("SELECT lo_create(0)"))
        [large_object] = cr.fetchone()
        with open(path, "rb") as file:
            for offset in range(0, os.path.getsize(path), BLOCK):
                block = Binary(file.read(BLOCK))
                cr.execute(SQL("SELECT lo_put(%s, %s, %s)", large_object, offset, block))
        cr.execute(
            SQL(
                "UPDATE ir_attachment SET db_datas = lo_get(%s) WHERE id = %s",
                large_object,
                attachment.id,
            )
        )
        cr.execute(SQL("SELECT lo_unlink(%s)", large_object))
        attachment.invalidate_recordset()

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
        over = expired & Domain("state", "not in", ("waiting", "running"))
        jobs = self.search(over, limit=GC_UNLINK_LIMIT)
        jobs.unlink()
        return len(jobs), len(jobs) == GC_UNLINK_LIMIT


class _Progress:
    """Notes in the database how many rows of a job have been written, and stops it if the owner
    cancelled it. In transactions of its own, as the job's is busy reading."""

    def __init__(self, job, note_progress):
        self._registry = job.env.registry
        self._job_id, self._row_count = job.id, job.row_count
        self._note_progress = note_progress
        self._rows = 0
        self._next = 0.0

    def __call__(self, rows: int):
        is_last = self._rows < self._row_count <= self._rows + rows
        self._rows += rows
        now = time.monotonic()
        if now < self._next and not is_last:
            return
        self._next = now + PROGRESS_SECONDS
        self._note_progress()
        try:
            with self._registry.cursor() as cr:
                cr.execute(
                    "UPDATE customer_sales_export_job SET rows_done = %s "
                    "WHERE id = %s AND state = 'running' RETURNING id",
                    (self._rows, self._job_id),
                )
                is_wanted = cr.fetchone()
        except SerializationFailure:
            return  # the owner is cancelling it just now: the next note will tell
        if not is_wanted:
            raise Cancelled


def _checksum(path: str) -> str:
    digest = hashlib.sha1()
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
