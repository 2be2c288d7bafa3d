import logging
import os
import time
from contextlib import suppress

from psycopg2 import Error
from psycopg2.errors import QueryCanceled, SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.server_limits import long_work

_logger = logging.getLogger(__name__)

SMALL = 200_000  # lines; an export of more is large
# With the job's id: of the connection over which the job's file is being written
LOCK = 0x4353_584A
STARTS = 3  # how often an export begins, when the server stops under it
PROGRESS_SECONDS = 1.0  # between two notes of how far an export is


class Cancelled(Exception):
    """The user does not want the file any more."""


class CustomerSalesExportJob(models.Model):
    """Writing the files that wait.

    Two scheduled actions do it, one for small and one for large exports, so that who asked for
    little does not wait for who asked for much; and in each, the users take turns. Several
    processes may do it at a time. Each job is written by one, which holds a lock of PostgreSQL on
    the connection that it reads with: as long as that lives, nobody else begins the job, whatever
    became of the scheduler's own connection; and when it ends in whatever way, the lock is gone.
    """

    _inherit = "customer.sales.export.job"

    def _scheduled_action(self):
        """The scheduled action that writes this job's file."""
        large = "_large" if self.line_count > SMALL else ""
        return self.env.ref(f"customer_sales_report.ir_cron_customer_sales_export{large}")

    @api.model
    def _process_queue(self, large: bool = False):
        """Write the files that wait, one after the other.

        :param large: those of large exports, instead of those of small ones
        """
        cron = self.env["ir.cron"]
        size = Domain("line_count", ">" if large else "<=", SMALL)
        waiting = size & Domain("state", "=", "waiting")
        self.search(size & Domain("state", "=", "running"))._recover()
        cron._commit_progress(remaining=self.search_count(waiting))
        while job := self._claim(waiting):
            try:
                job._process()
                seconds_left = cron._commit_progress(1, remaining=self.search_count(waiting))
            finally:
                job._unlock()
            if not seconds_left:
                break

    def _recover(self):
        """Begin again what processes left that are no more, but not for ever."""
        for job in self:
            if not job._lock():
                continue
            try:
                if job.state == "running":
                    job._for_its_owner()._begin_again()
                    self.env["ir.cron"]._commit_progress()
            finally:
                job._unlock()

    def _begin_again(self):
        self._remove_folders()
        if self.starts < STARTS:
            self.write({"state": "waiting", "rows_done": 0})
        else:
            self._fail(
                self.env._(
                    "The server stopped %s times while it wrote this file. Export fewer rows "
                    "or columns, or ask your administrator to look at the server's log.",
                    self.starts,
                )
            )

    @api.model
    def _claim(self, waiting: Domain):
        """Begin the job whose turn it is, as the only process that does.

        :return: the job, which is locked; none if none waits
        """
        for job in self._in_turn(self.search(waiting, order="id")):
            if not job._lock():
                continue
            with suppress(SerializationFailure):  # where the owner has just cancelled it
                if job.try_lock_for_update() and job.state == "waiting":
                    job._begin()
                    self.env["ir.cron"]._commit_progress()
                    return job._for_its_owner()
            job._unlock()
        return self.browse()

    @api.model
    def _in_turn(self, jobs):
        """``jobs`` in the order of their owners' turns: who has not been served for longest is
        next, with the job asked for first."""
        served = dict(
            self._read_group(
                [("user_id", "in", jobs.user_id.ids), ("started_on", "!=", False)],
                ["user_id"],
                ["started_on:max"],
            )
        )
        never = fields.Datetime.to_datetime("1970-01-01")
        return jobs.sorted(lambda job: (served.get(job.user_id, never), job.id))

    def _process(self):
        """Write the file of one job, whatever comes of it; ends with a transaction to commit."""
        self.ensure_one()
        with self._folder() as folder, long_work() as note_progress:
            path = os.path.join(folder, "file")
            try:
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

    # ---------------------------------------------------------------------------------------
    # The lock
    # ---------------------------------------------------------------------------------------

    def _lock(self) -> bool:
        """Take the lock of a job, until :meth:`_unlock` or the end of this connection. What other
        processes have changed until now is seen afterwards.

        :return: False if a living process has it
        """
        self.env.cr.execute(SQL("SELECT pg_try_advisory_lock(%s, %s)", LOCK, self.id))
        [is_locked] = self.env.cr.fetchone()
        self.env["ir.cron"]._commit_progress()  # a new transaction sees it
        self.env.invalidate_all()
        return is_locked

    def _unlock(self):
        """Give the lock back, after the job's new state has been committed."""
        with suppress(Error):  # a connection that is cut has no lock any more
            self.env.cr.rollback()
            self.env.cr.execute(SQL("SELECT pg_advisory_unlock(%s, %s)", LOCK, self.id))

    def _interrupt(self):
        """Stop what PostgreSQL is reading for these jobs, which may take minutes. Who is not
        reading just now hears of it with the next note of progress."""
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    "SELECT pg_cancel_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                    "AND granted AND classid = %s AND objid IN %s AND objsubid = 2 AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())",
                    LOCK,
                    tuple(self.ids),
                )
            )


class _Progress:
    """Notes in the database how many rows of a job have been written, and stops it if the owner
    cancelled it. In transactions of its own, as the job's is busy reading."""

    def __init__(self, job, note_progress):
        self._registry = job.env.registry
        self._job_id, self._start, self._row_count = job.id, job.starts, job.row_count
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
                # Should this process' lock have gone with its connection, another has started.
                cr.execute(
                    "UPDATE customer_sales_export_job SET rows_done = %s "
                    "WHERE id = %s AND state = 'running' AND starts = %s RETURNING id",
                    (self._rows, self._job_id, self._start),
                )
                is_wanted = cr.fetchone()
        except SerializationFailure:
            return  # the owner is cancelling it just now: the next note will tell
        if not is_wanted:
            raise Cancelled
