"""Exports that were made before they had an owner."""

from pathlib import Path

from odoo.modules.migration import load_script
from odoo.tests import tagged

from .export_job_common import JobCommon

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0" / "pre-migrate.py"
RULES = ["customer_sales_export_job_own_rule", "customer_sales_export_job_company_rule"]


@tagged("post_install", "-at_install")
class TestMigration(JobCommon):
    def migrate(self, *orphans):
        """Bring the table to what it was, with some jobs whose maker was deleted, and migrate."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(
            "UPDATE customer_sales_export_job SET create_uid = "
            "CASE WHEN id = ANY(%s) THEN NULL ELSE user_id END",
            ([job.id for job in orphans],),
        )
        cr.execute("ALTER TABLE customer_sales_export_job DROP COLUMN user_id, DROP line_count")
        load_script(str(SCRIPT), "pre-migrate").migrate(cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_owners(self):
        jobs = [self.ask(), self.ask(user=self.other), self.ask(), self.ask()]
        done, waiting = jobs[2].sudo(), jobs[3].sudo()
        done.write({"state": "done", "finished_on": "2026-03-01 10:00:00"})
        self.migrate(done, waiting)
        root = self.env.ref("base.user_root")
        records = [job.sudo() for job in jobs]
        self.assertEqual([job.user_id for job in records], [self.owner, self.other, root, root])
        self.assertEqual(
            [job.state for job in records], ["waiting", "waiting", "done", "cancelled"]
        )
        self.assertEqual([job.line_count for job in records], [6] * 4)
        self.assertEqual(str(done.finished_on), "2026-03-01 10:00:00")
        self.assertTrue(waiting.finished_on)  # so that it expires
        self.run_scheduler()
        self.assertEqual(records[0].state, "done")

    def test_rules_are_made_anew(self):
        """The data file does not change rules that are there; it makes those that are not."""
        names = [f"customer_sales_report.{name}" for name in RULES]
        rules = [self.env.ref(name) for name in names]
        self.assertIn("user_id", rules[0].domain_force)
        self.migrate()
        self.env.registry.clear_cache()
        self.assertFalse([rule for rule in rules if rule.exists()])
        for name in names:
            self.assertFalse(self.env.ref(name, raise_if_not_found=False))
