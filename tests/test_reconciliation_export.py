"""The reconciliation as a workbook: what it says, who gets it, and the log of it."""

from io import BytesIO

from openpyxl import load_workbook

from odoo import Command
from odoo.tests import HttpCase, new_test_user, tagged

from ..tools.export_refused import ExportRefused
from .common import CustomerSalesPosCommon

MANAGER = "customer_sales_report.group_customer_sales_manager"
EXPORT = "base.group_allow_export"


@tagged("post_install", "-at_install")
class TestReconciliationExport(HttpCase, CustomerSalesPosCommon):
    """Invoices of 50, 20 and 20, the last two credited: 90 - 40 = 50."""

    def setUp(self):
        super().setUp()
        self.invoice((self.mug, 5), partner=self.ann, day="2026-03-10")
        returned = self.invoice((self.mug, 2), partner=self.ann, day="2026-03-11")
        self.credit(returned, day="2026-03-12")
        self.credit(self.invoice((self.mug, 2), day="2026-03-13"), day="2026-03-14")
        self.manager = self.new_user("reconciling", MANAGER, EXPORT)

    def new_user(self, login, *groups):
        return new_test_user(
            self.env,
            login,
            groups=",".join(["base.group_user", *groups]),
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def compared(self, user):
        wizard = self.env(user=user, su=False)["customer.sales.reconciliation"].create(
            {"date_from": "2026-01-01", "date_to": "2026-12-31", "company_id": self.company.id}
        )
        wizard.action_compare()
        return wizard

    def download(self, user, wizard):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/customer_sales_report/reconciliation/{wizard.id}")

    def test_what_it_says(self):
        wizard = self.compared(self.manager)
        action = wizard.action_export()
        self.assertEqual(action["url"], f"/customer_sales_report/reconciliation/{wizard.id}")
        response = self.download(self.manager, wizard)
        self.assertEqual(response.status_code, 200)
        sheet = load_workbook(BytesIO(response.content))["Reconciliation"]
        rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
        self.assertEqual(rows["Period"][0], "01/01/2026 to 12/31/2026")
        self.assertEqual(rows["Result"][0], "Equal")
        self.assertEqual(rows["Invoices and Credit Notes"][1:], [50, 50, 0])
        self.assertEqual(rows["Invoices without an order or POS receipt"][0], 90)
        self.assertEqual(rows["Credit notes"][0], -40)
        bold = {row[0].value for row in sheet.iter_rows() if row[0].font.b}
        self.assertLessEqual({"Ordered", "Net Sales", "Invoices and Credit Notes"}, bold)
        self.assertNotIn("Credit notes", bold)

    def test_it_is_logged(self):
        wizard = self.compared(self.manager)
        response = self.download(self.manager, wizard)
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual(entry.user_id, self.manager)
        self.assertEqual(entry.company_ids, self.company)
        self.assertEqual(entry.file_name, "Reconciliation 2026-01-01 to 2026-12-31.xlsx")
        self.assertEqual(entry.file_size, len(response.content))
        self.assertEqual(entry.row_count, len(wizard.line_ids))
        self.assertIn("Customer", entry.columns)

    def test_who_may_not_export(self):
        reader = self.new_user("reconciling_reader", MANAGER)
        wizard = self.compared(reader)
        with self.assertRaises(ExportRefused):
            wizard.action_export()
        self.assertEqual(self.download(reader, wizard).status_code, 403)

    def test_nobody_gets_that_of_another(self):
        wizard = self.compared(self.manager)
        for login, group in (
            ("reconciling_other", MANAGER),
            ("reconciling_all", "customer_sales_report.group_customer_sales_all"),
        ):
            other = self.new_user(login, group, EXPORT)
            self.assertEqual(self.download(other, wizard).status_code, 404)

    def test_what_was_not_compared_has_no_file(self):
        wizard = self.env(user=self.manager, su=False)["customer.sales.reconciliation"].create({})
        self.assertEqual(self.download(self.manager, wizard).status_code, 404)
