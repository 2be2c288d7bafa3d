"""Exports in the background: what becomes of them, and who gets the file."""

import os
import tempfile
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2.errors import QueryCanceled

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.sql_db import db_connect
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.export.customer_sales_export_job import files, queue
from ..report import customer_sales_exported_mixin as export_module
from .export_job_common import JOB, JobCommon

LOGGER = "odoo.addons.customer_sales_report.models.export.customer_sales_export_job"


@tagged("post_install", "-at_install")
class TestJob(JobCommon):
    def test_a_file_is_written(self):
        job = self.ask(columns=["commercial_partner_id", "price_subtotal"], order="date")
        self.assertEqual((job.state, job.progress, job.rows_left), ("waiting", 0, 6))
        self.run_scheduler()
        self.assertEqual((job.state, job.progress, job.rows_left), ("done", 100, 0))
        self.assertEqual(job.file_name, "Sales.xlsx")
        self.assertEqual(job.file_size, len(self.content(job)))
        self.assertEqual(job.expires_on, job.finished_on + timedelta(days=7))
        self.assertEqual(self.rows_of_file(job)[0], ["Walk-in", 20])
        self.assertEqual(len(self.notes_to(self.owner)), 1)
        self.assertIn('"state":"done"', self.notes_to(self.owner)[0])
        self.assertFalse(self.notes_to(self.other))

    def test_it_is_written_to_the_log(self):
        job = self.ask()
        self.run_scheduler()
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertRecordValues(
            entry,
            [
                {
                    "user_id": self.owner.id,
                    "row_count": 6,
                    "file_name": "Sales.xlsx",
                    "file_size": job.file_size,
                    "has_contact_details": False,
                }
            ],
        )
        self.assertIn("Net Sales", entry.filter_words)
        self.assertIn("Untaxed Total (price_subtotal)", entry.columns)

    def test_rows_are_those_of_the_filter_on_however_many_sheets(self):
        """The dialog, the list of files, their progress and the log tell the same number."""
        for contents, rows in (
            (["lines"], 6),
            (["lines", "by_customer", "grouped", "customers", "customer_months"], 6),
            (["customers", "summary"], 0),
        ):
            job = self.ask(*contents, group_by=["product_id"])
            self.assertEqual((job.line_count, job.row_count), (6, rows))
            told = []
            report = self.env(user=self.owner.id, su=False)["customer.sales.report"]
            path = os.path.join(self.folder, "rows.xlsx")
            request = self.request(*contents, group_by=["product_id"])
            report._write_export(request, path, told.append)
            self.assertEqual(sum(told), rows)

    def test_two_do_not_disturb_each_other(self):
        acme = [*self.domain, ("commercial_partner_id", "=", self.acme.id)]
        bolt = [*self.domain, ("commercial_partner_id", "=", self.bolt.id)]
        columns = ["commercial_partner_id", "price_subtotal"]
        first = self.ask(domain=acme, columns=columns)
        second = self.ask(domain=bolt, columns=columns, user=self.other)
        self.run_scheduler()
        self.assertEqual({row[0] for row in self.rows_of_file(first)}, {"Acme"})
        self.assertEqual(self.rows_of_file(second), [["Bolt", 300]])
        self.assertEqual(len(self.notes_to(self.owner)), 1)
        self.assertEqual(len(self.notes_to(self.other)), 1)

    def test_one_that_fails_does_not_hold_up_the_next(self):
        self.other.group_ids -= self.env.ref("base.group_allow_export")
        first, second = self.ask(user=self.other), self.ask()
        self.run_scheduler()
        first = first.sudo()  # which its owner may not see without that right
        self.assertEqual((first.state, second.state), ("failed", "done"))
        self.assertIn("You may not export data", first.message)

    # -- Rights of the moment it runs at ---------------------------------------------------

    def test_a_column_that_was_taken_away(self):
        self.owner.group_ids += self.env.ref("customer_sales_report.group_customer_sales_margin")
        job = self.ask(columns=["date", "margin"])
        self.owner.group_ids -= self.env.ref("customer_sales_report.group_customer_sales_margin")
        self.run_scheduler()
        self.assertEqual(job.state, "failed")
        self.assertIn("margin", job.message.lower())
        self.assertFalse(job.attachment_id)

    def test_an_archived_owner(self):
        job = self.ask()
        self.owner.active = False
        self.run_scheduler()
        self.assertEqual(job.sudo().state, "failed")

    def test_a_company_that_was_taken_away(self):
        job = self.ask()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.owner.write(
            {"company_ids": [fields.Command.set(elsewhere.ids)], "company_id": elsewhere.id}
        )
        self.run_scheduler()
        self.assertEqual(job.sudo().state, "failed")
        self.assertFalse(job.sudo().attachment_id)

    def test_own_customers_only(self):
        self.bolt.user_id = self.other
        self.big.invoice_user_id = self.other
        own = self.env.ref("customer_sales_report.group_customer_sales_user")
        self.owner.group_ids = own | self.env.ref("base.group_allow_export")
        job = self.ask(columns=["commercial_partner_id"])
        self.run_scheduler()
        self.assertNotIn(["Bolt"], self.rows_of_file(job))

    # -- Ends without a file ----------------------------------------------------------------

    def test_cancelled_while_waiting(self):
        job = self.ask()
        job.action_cancel()
        self.run_scheduler()
        self.assertEqual(job.state, "cancelled")
        self.assertFalse(job.attachment_id)

    def test_cancelled_while_running(self):
        job = self.ask()

        def cancelled_at_once(*args, **kwargs):
            with self.registry.cursor() as cr:
                self.env(cr=cr, user=self.owner.id)[JOB].browse(job.id).action_cancel()
            return write_export(*args, **kwargs)

        write_export = export_module.write_export
        with patch.object(export_module, "write_export", cancelled_at_once):
            self.run_scheduler()
        self.assertEqual(job.state, "cancelled")
        self.assertFalse(job.attachment_id)
        self.assertFalse(job.message)
        self.assertFalse(self.folders_of(job))
        self.assertFalse(self.notes_to(self.owner))

    def test_cancelled_while_the_database_reads(self):
        job = self.ask()

        def interrupted(env, *_args, **_kwargs):
            with self.registry.cursor() as cr:
                self.env(cr=cr, user=self.owner.id)[JOB].browse(job.id).action_cancel()
            env.cr.commit()  # in a test, both are in one transaction
            raise QueryCanceled

        with patch.object(export_module, "write_export", interrupted):
            self.run_scheduler()
        self.assertEqual(job.state, "cancelled")
        self.assertFalse(job.message)
        self.assertFalse(self.folders_of(job))
        self.assertFalse(self.notes_to(self.owner))

    def test_a_query_that_was_interrupted_by_somebody_else(self):
        job = self.ask()
        with (
            patch.object(export_module, "write_export", side_effect=QueryCanceled),
            mute_logger(f"{LOGGER}.queue"),
        ):
            self.run_scheduler()
        self.assertEqual(job.state, "failed")

    def test_cancelling_reaches_the_query(self):
        """The lock tells which process reads for a job: a query of it ends, another goes on."""
        job = self.ask().sudo()
        database = self.env.cr.dbname
        mine, other = (db_connect(database).cursor() for _each in range(2))
        self.addCleanup(mine.close)
        self.addCleanup(other.close)
        ended = {}

        def read(cr, job_id):
            cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", (queue.LOCK, job_id))
            ready.wait()
            try:
                cr.execute("SELECT pg_sleep(%s)", (3,), log_exceptions=False)
                ended[job_id] = "by itself"
            except QueryCanceled:
                ended[job_id] = "interrupted"

        ready = threading.Barrier(3)
        readers = [
            threading.Thread(target=read, args=(mine, job.id)),
            threading.Thread(target=read, args=(other, job.id + 1)),
        ]
        for reader in readers:
            reader.start()
        ready.wait()
        readers[0].join(timeout=0.5)  # until it sleeps
        self.env.cr.postcommit.clear()  # of what this test's own records are to send
        job.action_cancel()
        self.env.cr.postcommit.run()
        for reader in readers:
            reader.join()
        self.assertEqual(ended, {job.id: "interrupted", job.id + 1: "by itself"})

    def test_a_full_disk(self):
        for file_format in ("xlsx", "csv"):
            job = self.ask(file_format=file_format)
            with self.on_full_disk():
                self.run_scheduler()
            with self.subTest(file_format=file_format):
                self.assertEqual(job.state, "failed")
                self.assertIn("disk is full", job.message)
                self.assertFalse(job.attachment_id)
                self.assertFalse(self.folders_of(job))
        self.assertEqual(len(self.notes_to(self.owner)), 2)

    def test_a_full_disk_at_once(self):
        job = self.ask()
        with self.on_full_disk(), self.assertRaisesRegex(UserError, "disk is full"):
            job.sudo()._run_at_once()

    def on_full_disk(self):
        """Files are written to a device that is always full."""
        write_export = export_module.write_export

        def write(env, request, path, **kwargs):
            os.symlink("/dev/full", path)
            return write_export(env, request, path, **kwargs)

        return patch.object(export_module, "write_export", write)

    def test_an_error_of_ours(self):
        job = self.ask()
        with (
            patch.object(export_module, "write_export", side_effect=ZeroDivisionError),
            mute_logger(f"{LOGGER}.queue"),
        ):
            self.run_scheduler()
        self.assertEqual(job.state, "failed")
        self.assertIn("server's log", job.message)

    def test_a_file_that_cannot_be_kept(self):
        job = self.ask()
        loggers = ("odoo.sql_db", "odoo.addons.customer_sales_report.models")
        with (
            # more bytes than Odoo can note of a file
            patch.object(files.os.path, "getsize", return_value=2**31),
            mute_logger(*loggers),
        ):
            self.run_scheduler()
        self.assertEqual(job.state, "failed")
        self.assertIn("server's log", job.message)
        self.assertFalse(job.attachment_id)

    def test_a_killed_worker(self):
        """What was running when its process ended begins again, twice; then it is reported."""
        job = self.ask()
        for starts, state in ((1, "done"), (2, "done"), (3, "failed")):
            job.sudo().write({"state": "running", "starts": starts, "rows_done": 3})
            left = tempfile.mkdtemp(prefix=job.sudo()._folder_prefix())
            Path(left, "half a file").touch()
            self.run_scheduler()
            with self.subTest(starts=starts):
                self.assertEqual(job.state, state)
                self.assertFalse(os.path.exists(left))
        self.assertIn("stopped 3 times", job.message)

    def folders_of(self, job):
        folder = Path(tempfile.gettempdir())
        return list(folder.glob(f"{job.sudo()._folder_prefix()}*"))

    # -- Afterwards -------------------------------------------------------------------------

    def test_files_go_after_some_days(self):
        self.env["res.config.settings"].create({"customer_sales_export_days": 3}).execute()
        job = self.ask()
        self.run_scheduler()
        attachment = job.sudo().attachment_id
        with freeze_time(job.finished_on + timedelta(days=2, hours=23)):
            job.sudo()._gc_expired()
        self.assertTrue(job.exists())
        with freeze_time(job.finished_on + timedelta(days=3, seconds=1)):
            job.sudo()._gc_expired()
        self.assertFalse(job.exists() or attachment.exists())

    def test_told_when_the_browser_is_open_again(self):
        job = self.ask()
        self.run_scheduler()
        jobs = self.env(user=self.owner.id)[JOB]
        self.assertFalse(self.env(user=self.other.id)[JOB]._untold())
        self.assertEqual([note["id"] for note in jobs._untold()], job.ids)
        jobs.browse(job.id).told()
        self.assertFalse(jobs._untold())

    def test_export_again(self):
        job = self.ask(columns=["price_subtotal"])
        self.run_scheduler()
        self.invoice((self.mug, 7), day="2026-05-05")
        again = self.env(user=self.owner.id)[JOB].browse(job.action_repeat()["res_id"])
        self.run_scheduler()
        self.assertEqual(again.state, "done")
        self.assertEqual(self.rows_of_file(again)[0], [70])

    def test_nobody_else_sees_it(self):
        job = self.ask()
        for user in (self.other, self.manager):
            seen = job.with_user(user)
            self.assertFalse(seen.search([("id", "=", job.id)]))
            with self.assertRaises(AccessError):
                seen.read(["title"])
            with self.assertRaises(AccessError):
                seen.action_cancel()
            self.assertEqual(seen.progress_of(job.id), {})
        self.assertEqual(job.progress_of(job.id)["state"], "waiting")

    def test_nobody_makes_or_changes_one_by_hand(self):
        job = self.ask()
        with self.assertRaises(AccessError):
            job.write({"state": "done"})
        with self.assertRaises(AccessError):
            job.create({"title": "Mine"})


@tagged("post_install", "-at_install", "smoke")
class TestDownload(JobCommon, HttpCase):
    def download(self, job, user=None):
        user = user or self.owner
        self.authenticate(user.login, user.login)
        return self.url_open(f"/customer_sales_report/export/{job.id}", allow_redirects=False)

    def test_the_owners_finished_file(self):
        job = self.ask(title="مبيعات: مارس/أبريل")
        self.assertEqual(self.download(job).status_code, 404)
        job.sudo()._run_at_once()
        response = self.download(job)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content, self.content(job))
        headers = response.headers
        self.assertEqual(
            headers["Content-Type"],
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
        # مبيعات- مارس-أبريل.xlsx
        self.assertEqual(
            headers["Content-Disposition"],
            "attachment; filename*=UTF-8''%D9%85%D8%A8%D9%8A%D8%B9%D8%A7%D8%AA-%20"
            "%D9%85%D8%A7%D8%B1%D8%B3-%D8%A3%D8%A8%D8%B1%D9%8A%D9%84.xlsx",
        )
        self.assertEqual(headers["Content-Length"], str(job.file_size))
        self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(headers["Cache-Control"], "no-store")

    def test_csv(self):
        job = self.ask(file_format="csv")
        job.sudo()._run_at_once()
        response = self.download(job)
        self.assertEqual(response.headers["Content-Type"], "text/csv; charset=utf-8")
        self.assertTrue(response.content.startswith(b"\xef\xbb\xbfDate,Document Number,"))

    def test_nobody_else(self):
        job = self.ask()
        job.sudo()._run_at_once()
        for user in (self.other, self.manager):
            self.assertEqual(self.download(job, user).status_code, 404)
            attachment = f"/web/content/{job.sudo().attachment_id.id}"
            self.assertEqual(self.url_open(attachment).status_code, 404)
        self.logout()
        response = self.url_open(f"/customer_sales_report/export/{job.id}", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_a_page_knows_what_ended_while_no_browser_was_open(self):
        job = self.ask()
        self.run_scheduler()
        key = "customer_sales_ended_exports"
        for user, ended in ((self.owner, [job.id]), (self.other, [])):
            self.authenticate(user.login, user.login)
            response = self.url_open("/web/session/get_session_info", json={"params": {}})
            notes = response.json()["result"][key]
            self.assertEqual([note["id"] for note in notes], ended)

    def test_files_in_a_file_store(self):
        self.keep_files_in_a_store()
        job = self.ask()
        job.sudo()._run_at_once()
        attachment = job.sudo().attachment_id
        self.assertTrue(attachment.store_fname)
        response = self.download(job)
        self.assertEqual(response.status_code, 200)
        self.assertEqual(load_workbook(BytesIO(response.content)).sheetnames, ["Lines"])
