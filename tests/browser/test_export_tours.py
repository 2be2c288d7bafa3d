"""Exporting in a browser."""

import json
from io import BytesIO

from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import new_test_user

from ..export_common import ExportCommon
from ..export_job_common import JobCommon
from ..profile_common import CustomerSalesProfileCommon
from .common import BrowserCase


class ExportToursCommon(ExportCommon, BrowserCase):
    """Sales, and a user who may export them."""

    def setUp(self):
        super().setUp()
        self.make_sales()
        self.user = new_test_user(
            self.env,
            "customer_sales_export_tour",
            "customer_sales_report.group_customer_sales_all,base.group_allow_export",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def files(self):
        jobs = self.env["customer.sales.export.job"].sudo()
        return jobs.search([("user_id", "=", self.user.id)], order="id")


class TestExportTour(ExportToursCommon):
    """In a browser: from the list, the pivot, selected rows, the filter, in the background."""

    def test_from_list_pivot_and_selected_rows(self):
        self.start_tour(
            "/odoo/customer-sales", "customer_sales_export", login="customer_sales_export_tour"
        )
        files = self.files()
        self.assertEqual(files.mapped("state"), ["done"] * 3)
        self.assertEqual(
            [file.request["contents"] for file in files],
            [["summary", "lines"], ["lines", "customers"], ["summary", "lines"]],
        )
        self.assertEqual(files[1].request["group_by"], ["commercial_partner_id", "date:month"])
        self.assertEqual(files[2].request["domain"][0][:2], ["id", "in"])
        self.assertEqual(len(files[2].request["domain"][0][2]), 2)
        self.assertTrue(json.dumps(files[0].request))

    def test_from_the_filter_dialog(self):
        self.start_tour(
            "/odoo/customer-sales",
            "customer_sales_export_filtered",
            login="customer_sales_export_tour",
        )
        [file] = self.files()
        self.assertEqual((file.state, file.row_count), ("done", 1))
        sheet = load_workbook(BytesIO(file.attachment_id.raw))["Lines"]
        self.assertEqual(sheet.max_row, 3)

    def test_in_the_background(self):
        self.env["ir.config_parameter"].sudo().set_param("customer_sales_report.export_seconds", 0)
        self.start_tour(
            "/odoo/customer-sales",
            "customer_sales_export_background",
            login="customer_sales_export_tour",
        )
        self.assertEqual(self.files().mapped("state"), ["cancelled"])


class TestExportReportsTour(CustomerSalesProfileCommon, ExportToursCommon):
    """In a browser: from the customers, their pivot, and the segments."""

    def setUp(self):
        super().setUp()
        self.refresh()

    def test_from_customers(self):
        self.start_tour(
            "/odoo/customer-sales-customers",
            "customer_sales_export_reports",
            login="customer_sales_export_tour",
        )
        listed, pivoted = self.files()
        self.assertEqual(listed.request["contents"], ["summary", "lines"])
        self.assertEqual(listed.request["columns"][-1], "sales_at_stake")
        self.assertEqual(listed.request["columns"][0], "partner_id")
        self.assertEqual(pivoted.request["contents"], ["summary", "totals"])
        self.assertEqual(pivoted.request["group_by"], ["segment_id", "status"])
        self.assertEqual(pivoted.request["measures"], ["net_year"])

    def test_from_segments(self):
        self.start_tour(
            "/odoo/customer-sales-segments",
            "customer_sales_export_segments",
            login="customer_sales_export_tour",
        )
        self.assertEqual(self.files().request["contents"], ["summary", "segments"])


class TestJobsOnPhone(JobCommon, BrowserCase):
    """Cards instead of the list, whose buttons do not fit on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_download_and_cancel(self):
        written = self.ask(title="Written")
        self.run_scheduler()
        waiting = self.ask(title="Waits")
        failed = self.ask(title="Fails")
        failed.sudo().write({"state": "failed", "message": "No more room"})
        self.start_tour(
            "/odoo/customer-sales-exports", "customer_sales_export_phone", login="export_owner"
        )
        jobs = written | waiting | failed
        self.assertEqual(jobs.mapped("state"), ["done", "cancelled", "failed"])
