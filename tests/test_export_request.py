"""What was asked for, kept while the app is updated."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..tools import export_request
from ..tools.export_request import ExportRequest
from .export_job_common import JOB, JobCommon

STORED = {
    "model": "customer.sales.report",
    "domain": [["counts_as_sale", "=", True]],
    "columns": ["date", "price_subtotal"],
    "contents": ["summary", "lines"],
    "title": "March",
    "has_links": True,
    "headings": {"date": "Day"},
}
LOGGER = "odoo.addons.customer_sales_report.models.export"


@tagged("post_install", "-at_install")
class TestStoredRequest(BaseCase):
    def test_it_comes_back(self):
        request = ExportRequest(**STORED)
        stored = request.as_json()
        self.assertEqual(stored["version"], 1)
        self.assertEqual(ExportRequest.from_json(stored), request)

    def test_of_the_first_release(self):
        """Which had no versions."""
        request = ExportRequest.from_json(STORED)
        self.assertEqual((request.title, request.has_links), ("March", True))

    def test_names_that_are_no_more_or_not_yet(self):
        request = ExportRequest.from_json(STORED | {"has_logo": True, "colour": "red"})
        self.assertEqual(request, ExportRequest(**STORED))
        self.assertEqual((request.file_format, request.group_by), ("xlsx", []))

    def test_a_name_that_was_changed(self):
        stored = {("filter" if name == "domain" else name): STORED[name] for name in STORED}
        with patch.dict(export_request.RENAMED, {"filter": "domain"}):
            self.assertEqual(ExportRequest.from_json(stored), ExportRequest(**STORED))

    def test_unreadable(self):
        without_domain = {name: value for name, value in STORED.items() if name != "domain"}
        for stored in (
            None,
            [],
            "everything",
            {},
            without_domain,  # which must not become everything
            STORED | {"version": 2},
            STORED | {"version": "1"},
            STORED | {"columns": "date"},
            STORED | {"columns": [1]},
            STORED | {"headings": {"date": None}},
            STORED | {"has_links": "no"},
        ):
            with self.subTest(stored), self.assertRaises(ValueError):
                ExportRequest.from_json(stored)


@tagged("post_install", "-at_install")
class TestWaitingRequest(JobCommon):
    """Jobs that waited while something was changed."""

    def test_of_an_earlier_release(self):
        job = self.ask(columns=["price_subtotal"], order="date")
        stored = dict(job.sudo().request)
        stored.pop("version")
        stored["lines_filter"] = stored.pop("domain")
        stored["is_new"] = True
        job.sudo().request = stored
        with patch.dict(export_request.RENAMED, {"lines_filter": "domain"}):
            self.run_scheduler()
            self.assertEqual(job.state, "done")
            self.assertEqual(self.rows_of_file(job)[0], [20])
            self.assertEqual(job.action_repeat()["res_model"], JOB)

    def test_that_nobody_can_read(self):
        good = self.ask().sudo().request
        for changed in (
            good | {"columns": ["date", "no_such_column"]},
            good | {"domain": [["no_such_field", "=", 1]]},
            good | {"model": "no.such.model"},
            good | {"version": 99},
            {"nothing": True},
            None,
        ):
            job = self.ask()
            job.sudo().request = changed
            with self.subTest(changed), mute_logger(LOGGER + ".customer_sales_export_job"):
                self.run_scheduler()
                self.assertEqual(job.state, "failed")
                self.assertIn("is not all there any more", job.message)
                self.assertFalse(job.attachment_id)
                with self.assertRaisesRegex(UserError, "any more"):
                    job.action_repeat()

    def test_in_the_language_of_its_owner(self):
        self.env["res.lang"]._activate_lang("ar_001")
        job = self.ask()
        job.sudo().write({"lang": "ar_001", "request": None})
        languages = []
        job_class = type(self.env[JOB])
        with (
            patch.object(job_class, "_fail", lambda job, _message: languages.append(job.env.lang)),
            mute_logger(LOGGER + ".customer_sales_export_job"),
        ):
            self.run_scheduler()
        self.assertEqual(languages, ["ar_001"])
