"""Whose export is written when, and by whom: turns, sizes, locks, and limits to how many."""

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.export.customer_sales_export_job import customer_sales_export_job as job_module
from ..models.export.customer_sales_export_job import files, queue
from ..report import customer_sales_exported_mixin as export_module
from .export_job_common import CRON, JOB, JobCommon


@tagged("post_install", "-at_install")
class TestQueue(JobCommon):
    # -- Turns and sizes --------------------------------------------------------------------

    def written(self):
        """The titles of the exports that the scheduler writes, in order."""
        titles = []
        write_export = export_module.write_export

        def write(env, request, path, **kwargs):
            titles.append(request.title)
            return write_export(env, request, path, **kwargs)

        with patch.object(export_module, "write_export", write):
            self.run_scheduler()
        return titles

    def test_users_take_turns(self):
        for title in ("A1", "A2", "A3"):
            self.ask(title=title)
        self.ask(title="B1", user=self.other)
        self.assertEqual(self.written()[:2], ["A1", "B1"])

    def test_who_was_not_served_for_longest_is_next(self):
        now = fields.Datetime.now()
        for user, minutes in ((self.owner, 1), (self.other, 60)):
            job = self.ask(user=user, title="Before").sudo()
            job.write({"state": "done", "started_on": now - timedelta(minutes=minutes)})
        for title in ("A1", "A2"):
            self.ask(title=title)
        self.ask(title="C1", user=self.manager)
        self.ask(title="B1", user=self.other)
        self.assertEqual(self.written()[:3], ["C1", "B1", "A1"])

    def test_small_ones_do_not_wait_for_a_large_one(self):
        large = self.ask(rows=queue.SMALL + 1)
        small = self.ask(user=self.other, rows=queue.SMALL)
        for job, action in ((large, f"{CRON}_large"), (small, CRON)):
            self.env["ir.cron.trigger"].sudo().search([]).unlink()
            job.sudo()._run_in_background()
            triggers = self.env["ir.cron.trigger"].sudo().search([])
            self.assertEqual(triggers.cron_id, self.env.ref(action))
        self.run_scheduler()
        self.assertEqual((large.state, small.state), ("waiting", "done"))
        self.run_scheduler(large=True)
        self.assertEqual(large.state, "done")

    def test_an_export_of_many_lines_and_few_rows_is_large(self):
        job = self.ask("customers", rows=queue.SMALL + 1)
        self.assertEqual((job.line_count, job.row_count), (queue.SMALL + 1, 0))
        self.run_scheduler()
        self.assertEqual(job.state, "waiting")

    def test_small_ones_come_first_where_one_process_does_all(self):
        small, large = self.env.ref(CRON), self.env.ref(f"{CRON}_large")
        self.assertLess(small.priority, large.priority)

    # -- The lock: of the process that writes, which here is another connection's ----------

    def elsewhere(self):
        cr = db_connect(self.env.cr.dbname).cursor()
        self.addCleanup(cr.close)
        return cr

    def lock_elsewhere(self, job):
        cr = self.elsewhere()
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (queue.LOCK, job.id))
        self.assertEqual(cr.fetchone(), (True,))
        return cr

    def assertFree(self, job):  # noqa: N802
        self.lock_elsewhere(job).rollback()

    def test_a_live_job_is_not_started_again(self):
        """As when the scheduler's own connection was cut, and another process has its turn."""
        job, next_one = self.ask(), self.ask()
        job.sudo().write({"state": "running", "starts": 1, "rows_done": 3})
        folder = tempfile.mkdtemp(prefix=job.sudo()._folder_prefix())
        writer = self.lock_elsewhere(job)
        self.run_scheduler()
        self.assertEqual((job.state, job.starts, job.rows_done), ("running", 1, 3))
        self.assertTrue(os.path.exists(folder))
        self.assertEqual(next_one.state, "done")
        # The process that wrote it is killed.
        writer._cnx.close()
        self.run_scheduler()
        self.assertEqual((job.state, job.starts), ("done", 2))
        self.assertFalse(os.path.exists(folder))

    def test_a_job_that_another_process_has_taken(self):
        job = self.ask()
        self.lock_elsewhere(job)
        with mute_logger("odoo.addons.base.models.ir_cron"):  # which finds nothing done
            self.run_scheduler()
        self.assertEqual((job.state, job.starts), ("waiting", 0))

    def test_it_is_held_while_writing_and_free_afterwards(self):
        held = []

        def write(env, *_args, **_kwargs):
            cr = self.elsewhere()
            [job] = self.env[JOB].sudo().search([("state", "=", "running")])
            cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (queue.LOCK, job.id))
            held.append(not cr.fetchone()[0])
            return end()

        def cancel():
            with self.registry.cursor() as cr:
                self.env(cr=cr, user=self.owner.id)[JOB].browse(job.id).action_cancel()
            raise queue.Cancelled

        for end in (lambda: 6, lambda: 1 / 0, cancel):
            job = self.ask()
            with (
                self.subTest(end),
                patch.object(export_module, "write_export", write),
                mute_logger("odoo.addons.customer_sales_report.models"),
            ):
                self.run_scheduler()
                self.assertNotIn(job.state, ("waiting", "running"))
                self.assertFree(job)
        self.assertEqual(held, [True] * 3)

    def test_progress_of_a_process_whose_job_was_started_again(self):
        job = self.ask().sudo()
        job.write({"state": "running", "starts": 1})
        progress = queue._Progress(job, lambda: None)
        job.starts = 2
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.assertRaises(queue.Cancelled):
            progress(3)
        self.assertEqual(job.rows_done, 0)

    # -- Limits ----------------------------------------------------------------------------

    def test_unfinished_exports(self):
        for _number in range(job_module.UNFINISHED_LIMIT):
            last = self.ask()
        sentence = "10 of your exports are not finished yet. Wait until one is, or cancel one"
        with self.assertRaisesRegex(UserError, sentence):
            self.ask()
        with self.assertRaisesRegex(UserError, sentence):
            last.action_repeat()
        self.ask(user=self.other)  # whose own are counted apart
        last.action_cancel()
        self.ask()

    def test_repeated_exports(self):
        job = self.ask()
        job.sudo().state = "done"
        for _number in range(job_module.UNFINISHED_LIMIT):
            job.action_repeat()
        with self.assertRaisesRegex(UserError, "not finished yet"):
            job.action_repeat()
        waiting = (
            self.env[JOB]
            .sudo()
            .search_count([("user_id", "=", self.owner.id), ("state", "=", "waiting")])
        )
        self.assertEqual(waiting, 10)

    def test_kept_exports(self):
        with patch.object(job_module, "KEPT_LIMIT", 3):
            jobs = [self.ask() for _number in range(3)]
            for job in jobs:
                job.sudo().state = "done"
            with self.assertRaisesRegex(UserError, "3 of your exports are kept.*Delete some"):
                self.ask()
            jobs[0].unlink()
            self.ask()

    def test_in_all_companies(self):
        """Selecting another company is no way to have more."""
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.owner.company_ids |= elsewhere
        for _number in range(job_module.UNFINISHED_LIMIT):
            self.ask()
        jobs = self.env(user=self.owner.id, su=False)[JOB].with_company(elsewhere)
        with self.assertRaisesRegex(UserError, "not finished yet"):
            jobs.with_context(allowed_company_ids=elsewhere.ids)._ask(self.request("lines"), 6)

    def test_a_repeated_export_is_counted_anew(self):
        job = self.ask()
        self.run_scheduler()
        self.invoice((self.mug, 7), day="2026-05-05")
        again = self.env(user=self.owner.id)[JOB].browse(job.action_repeat()["res_id"])
        self.assertEqual((job.line_count, again.line_count, again.row_count), (6, 7, 7))

    # -- The owner -------------------------------------------------------------------------

    def test_the_owner_is_who_asked(self):
        """Whoever made the record: programs make it with other users' rights."""
        job = self.ask().sudo()
        self.assertEqual(job.user_id, self.owner)
        root = self.env.ref("base.user_root")
        self.env.cr.execute(
            "UPDATE customer_sales_export_job SET create_uid = %s WHERE id = %s", (root.id, job.id)
        )
        job.invalidate_recordset()
        self.run_scheduler()
        self.assertEqual(job.state, "done")
        self.assertEqual(job.with_user(self.owner).read(["title"])[0]["title"], "Sales")
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual(entry.user_id, self.owner)
        self.assertEqual(len(self.notes_to(self.owner)), 1)

    def test_a_maker_who_is_not_the_owner_sees_nothing(self):
        job = self.ask().sudo()
        job.user_id = self.other
        self.assertFalse(job.with_user(self.owner).search([("id", "=", job.id)]))
        self.assertTrue(job.with_user(self.other).search([("id", "=", job.id)]))

    # -- Folders ---------------------------------------------------------------------------

    def test_databases_of_similar_names(self):
        """A folder of job 5 of `prod_12` is none of job 12 of `prod`."""
        names = ("prod", "prod_12", "prod_1", "prod-1", "prod*", "p")
        prefixes = {
            (name, job_id): files.folder_prefix(name, job_id)
            for name in names
            for job_id in (1, 12, 125)
        }
        for key, prefix in prefixes.items():
            for other_key, other in prefixes.items():
                if key != other_key:
                    self.assertFalse(other.startswith(prefix), (key, other_key))

    def test_only_its_own_are_removed(self):
        job = self.ask().sudo()
        own = Path(tempfile.mkdtemp(prefix=job._folder_prefix()))
        others = [
            Path(tempfile.mkdtemp(prefix=prefix))
            for prefix in (
                files.folder_prefix(f"{self.env.cr.dbname}_{job.id}", 5),
                self.env[JOB].browse(job.id * 10)._folder_prefix(),
                f"{files.FOLDER_PREFIX}_{self.env.cr.dbname}_{job.id}_",  # of an earlier release
            )
        ]
        job._remove_folders()
        self.assertFalse(own.exists())
        self.assertEqual([folder.exists() for folder in others], [True] * 3)
        for folder in others:
            folder.rmdir()
