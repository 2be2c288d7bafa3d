"""Words for tests of exports in the background."""

from contextlib import nullcontext
from io import BytesIO
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from odoo.tests import HttpCase, new_test_user
from odoo.tools import config

from .export_common import ExportCommon

JOB = "customer.sales.export.job"
CRON = "customer_sales_report.ir_cron_customer_sales_export"
ALL = "customer_sales_report.group_customer_sales_all"
USER = f"{ALL},base.group_allow_export"


class JobCommon(ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.owner = new_test_user(cls.env, "export_owner", USER, **values)
        cls.other = new_test_user(cls.env, "export_other", USER, **values)
        manager = "customer_sales_report.group_customer_sales_manager,base.group_allow_export"
        cls.manager = new_test_user(cls.env, "export_manager", manager, **values)

    def setUp(self):
        super().setUp()
        self.make_sales()

    def ask(self, *contents, user=None, rows=6, **values):
        """A job that waits, as its owner sees it."""
        user = user or self.owner
        request = self.request(*(contents or ["lines"]), **values)
        jobs = self.env(user=user.id, su=False)[JOB].with_company(self.company)
        return jobs.browse(jobs._ask(request, rows).id)

    def keep_files_in_a_store(self):
        """Keep files of attachments in a store of this test's own: Odoo clears a store of what no
        committed attachment has, whichever test runs beside."""
        folder = self.enterContext(TemporaryDirectory())
        self.patch(config, "filestore", lambda database: folder)
        self.env["ir.config_parameter"].sudo().set_param("ir_attachment.location", "file")

    def run_scheduler(self, large=False):
        # Beside a web server it is in this mode already.
        has_server = isinstance(self, HttpCase)
        with nullcontext() if has_server else self.enter_registry_test_mode():
            self.env.ref(f"{CRON}{'_large' if large else ''}").sudo().method_direct_trigger()

    def content(self, job):
        return job.sudo().attachment_id.raw

    def rows_of_file(self, job):
        """The rows of the lines, without total and header."""
        sheet = load_workbook(BytesIO(self.content(job)))["Lines"]
        return [[cell.value for cell in row] for row in sheet.iter_rows(3)]

    def notes_to(self, user):
        """What was sent to the browser of a user."""
        self.env.cr.precommit.run()  # which writes the messages
        messages = self.env["bus.bus"].sudo().search([], order="id")
        return [
            message.message
            for message in messages
            if "export_ended" in message.message
            and f'"res.partner",{user.partner_id.id}]' in message.channel.replace(" ", "")
        ]
