"""Every export leaves an entry that tells what left, and old entries go by themselves."""

import json
from datetime import date, timedelta
from io import BytesIO

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.http import Request
from odoo.tests import HttpCase, TransactionCase, tagged

from ..tools.domain_words import domain_words
from .access_common import REPORT, AccessCommon

LOG = "customer.sales.export.log"


class TestExportLog(AccessCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.users["administrator, everything"]

    def new_entries(self):
        return self.env[LOG].sudo().search([("user_id", "=", self.user.id)])

    def download(self, route, parameters):
        self.authenticate(self.user.login, self.user.login)
        return self.url_open(
            route, data={"data": json.dumps(parameters), "csrf_token": Request.csrf_token(self)}
        )

    def export(self, route, columns, **parameters):
        return self.download(
            route,
            {
                "model": REPORT,
                "fields": [{"name": name, "label": name, "type": "char"} for name in columns],
                "ids": False,
                "domain": [],
                "import_compat": False,
                "context": {"allowed_company_ids": self.company_1.ids},
                **parameters,
            },
        )

    def test_odoos_export_of_a_filter(self):
        domain = [
            ("counts_as_sale", "=", True),
            ("commercial_partner_id", "=", self.rivals_customer.id),
        ]
        response = self.export("/web/export/csv", ["date", "document_number"], domain=domain)
        self.assertEqual(response.status_code, 200)
        entry = self.new_entries()
        rows = response.text.strip().splitlines()[1:]
        self.assertRecordValues(
            entry,
            [
                {
                    "user_id": self.user.id,
                    "company_ids": self.company_1.ids,
                    "model_id": self.env["ir.model"]._get_id(REPORT),
                    "domain": str(["&", *domain]),
                    "filter_words": "Net Sales is Yes, and Customer is Rival's Customer",
                    "columns": "Date (date)\nDocument Number (document_number)",
                    "row_count": len(rows),
                    "has_contact_details": False,
                    "file_name": "Customer Sales (customer.sales.report).csv",
                    "file_size": len(response.content),
                }
            ],
        )
        self.assertEqual(len(rows), 2 + 3 * len(self.partners_of_own))  # A, B, C, F and I

    def test_odoos_export_of_selected_rows_as_a_workbook(self):
        rows = self.env[REPORT].with_user(self.user).search([], limit=2)
        response = self.export("/web/export/xlsx", ["price_subtotal"], ids=rows.ids)
        sheet = load_workbook(BytesIO(response.content)).active
        entry = self.new_entries()
        self.assertEqual(entry.row_count, sheet.max_row - 1)
        self.assertEqual(entry.row_count, 2)
        self.assertEqual(entry.filter_words, "2 rows picked one by one")
        self.assertEqual(entry.domain, str([("id", "in", rows.ids)]))
        self.assertTrue(entry.file_name.endswith(".xlsx"))
        self.assertEqual(entry.file_size, len(response.content))

    def test_odoos_export_of_groups(self):
        response = self.export(
            "/web/export/xlsx", ["price_subtotal"], groupby=["commercial_partner_id"]
        )
        self.assertEqual(response.status_code, 200)
        entry = self.new_entries()
        self.assertEqual(entry.filter_words, "everything")
        self.assertEqual(entry.row_count, 3 + 6 * len(self.partners_of_own))

    def test_contact_details_are_told(self):
        for columns, told in (
            (["commercial_partner_id", "city"], False),
            (["vat"], True),
            (["partner_id/email"], True),
            (["commercial_partner_id/country_id/name"], False),
        ):
            with self.subTest(columns=columns):
                self.assertEqual(self.export("/web/export/csv", columns).status_code, 200)
                self.assertEqual(self.new_entries()[0].has_contact_details, told)

    def test_an_export_by_a_program(self):
        rows = self.env[REPORT].with_user(self.user).search([], limit=3)
        self.rpc(self.user, REPORT, "export_data", rows.ids, ["partner_id/name"])
        entry = self.new_entries()
        self.assertEqual(entry.row_count, 3)
        self.assertEqual(entry.columns, "Contact › Name (partner_id/name)")
        self.assertFalse(entry.file_name)
        self.assertEqual(entry.display_name, "Customer Sales")

    def test_a_refused_export_leaves_nothing(self):
        self.user.group_ids -= self.env.ref("base.group_allow_export")
        with self.assertLogs("odoo.addons.web.controllers.export", "ERROR"):
            self.assertEqual(self.export("/web/export/csv", ["date"]).status_code, 500)
        self.assertFalse(self.new_entries())

    def test_pivot_table(self):
        table = {
            "model": REPORT,
            "title": "Sales by Customer",
            "measure_count": 1,
            "col_group_headers": [],
            "measure_headers": [],
            "rows": [{"title": "Total", "indent": 0, "values": [{"value": 1}]}],
            "domain": [["channel", "=", "direct"]],
            "group_bys": ["email", "date:month"],
            "measures": ["price_subtotal", "__count"],
        }
        response = self.download("/web/pivot/export_xlsx", table)
        self.assertEqual(response.status_code, 200)
        self.assertRecordValues(
            self.new_entries(),
            [
                {
                    "filter_words": "Channel is Direct",
                    "columns": "Customer Email (email)\nDate (date)\n"
                    "Untaxed Total (price_subtotal)",
                    "row_count": 1,
                    "has_contact_details": True,
                    "file_name": "Sales by Customer.xlsx",
                    "file_size": len(response.content),
                }
            ],
        )
        with self.subTest("a client that does not tell"):
            for key in ("domain", "group_bys", "measures"):
                del table[key]
            self.download("/web/pivot/export_xlsx", table)
            self.assertEqual(self.new_entries()[0].filter_words, "unknown")
        with self.subTest("without the right to export"):
            self.user.group_ids -= self.env.ref("base.group_allow_export")
            response = self.download("/web/pivot/export_xlsx", table)
            self.assertEqual(response.status_code, 500)
            self.assertIn("You may not export data", response.text)
            self.assertEqual(len(self.new_entries()), 2)

    def test_pivot_table_of_another_model_is_not_ours(self):
        table = {
            "model": "res.partner",
            "title": "Contacts",
            "measure_count": 0,
            "col_group_headers": [],
            "measure_headers": [],
            "rows": [],
        }
        self.assertEqual(self.download("/web/pivot/export_xlsx", table).status_code, 200)
        self.assertFalse(self.new_entries())


@tagged("post_install", "-at_install")
class TestRetention(TransactionCase):
    def entry(self):
        return self.env[LOG]._log_export(self.env[REPORT], [["date"]], domain=[], row_count=1)

    def ages_left(self, *ages):
        """Of entries so many days old, the ages of those that a clean-up leaves."""
        now = fields.Datetime.now()
        entries = {age: self.entry() for age in ages}
        for age, entry in entries.items():
            self.env.cr.execute(
                "UPDATE customer_sales_export_log SET create_date = %s WHERE id = %s",
                (now - timedelta(days=age), entry.id),
            )
        self.env.invalidate_all()
        with freeze_time(now):
            self.env[LOG]._gc_old_entries()
        return [age for age, entry in entries.items() if entry.exists()]

    def test_a_year_unless_told_otherwise(self):
        self.assertEqual(self.ages_left(1, 364, 365, 366, 1000), [1, 364, 365])

    def test_setting(self):
        self.env["res.config.settings"].create({"customer_sales_export_log_days": 30}).execute()
        self.assertEqual(self.ages_left(29, 30, 31), [29, 30])

    def test_a_senseless_parameter_deletes_nothing_early(self):
        for value in ("0", "-5", "soon"):
            self.env["ir.config_parameter"].set_param(
                "customer_sales_report.export_log_days", value
            )
            self.assertEqual(self.ages_left(364, 366), [364])

    def test_less_than_a_day_is_refused(self):
        with self.assertRaises(ValidationError):
            self.env["res.config.settings"].create({"customer_sales_export_log_days": 0})

    def test_many_picked_rows_are_noted_in_part(self):
        domain = [("id", "in", list(range(1, 5001)))]
        entry = self.env[LOG]._log_export(
            self.env[REPORT], [["date"]], domain=domain, row_count=5000
        )
        self.assertEqual(entry.filter_words, "5,000 rows picked one by one")
        self.assertEqual(entry.domain, str([("id", "in", list(range(1, 1001)))]))


@tagged("post_install", "-at_install")
class TestDomainWords(TransactionCase):
    """A filter, as the log tells it."""

    def assertWords(self, domain, words):  # noqa: N802
        self.assertEqual(domain_words(self.env[REPORT], domain), words)

    def test_conditions(self):
        egypt = self.env.ref("base.eg")
        for domain, words in (
            ([], "everything"),
            ([(0, "=", 1)], "nothing"),
            ([("counts_as_sale", "=", True)], "Net Sales is Yes"),
            ([("counts_as_sale", "!=", False)], "Net Sales is not No"),
            ([("document_type", "=", "pos_refund")], "Document Type is POS Refund"),
            (
                [("channel", "in", ["sales", "direct"])],
                "Channel is Sales or Direct",
            ),
            ([("country_id", "=", egypt.id)], "Customer Country is Egypt"),
            (
                [("country_id", "not in", [egypt.id, False])],
                "Customer Country is not Egypt or not set",
            ),
            ([("commercial_partner_id", "=", False)], "Customer is not set"),
            ([("commercial_partner_id", "!=", False)], "Customer is set"),
            ([("commercial_partner_id", "ilike", "noor")], "Customer contains noor"),
            ([("document_number", "not ilike", "INV")], "Document Number does not contain INV"),
            ([("partner_id", "child_of", [0])], "Contact is or belongs to 0"),
            ([("date", ">=", "today -1m")], "Date is at least today -1m"),
            ([("date", "<", date(2026, 3, 1))], "Date is below 03/01/2026"),
            ([("price_total", ">", 99.5)], "Total is above 99.5"),
            ([("document_number", "=like", "INV%")], "Document Number =like INV%"),
            (
                [("product_uom_id", "in", [0, -1, -2, -3, -4, -5, -6])],
                "Unit is 0 or -1 or -2 or -3 or -4 or 2 more",
            ),
        ):
            with self.subTest(domain=domain):
                self.assertWords(domain, words)

    def test_sentences(self):
        self.assertWords(
            ["|", ("quantity", "<", 0), "&", ("city", "=", "Cairo"), ("channel", "=", "pos")],
            "Quantity is below 0, or (Customer City is Cairo, and Channel is Point of Sale)",
        )
        self.assertWords(
            ["!", "|", ("quantity", "<", 0), ("city", "=", "Cairo")],
            "not (Quantity is below 0), and Customer City is not Cairo",
        )

    def test_relations(self):
        self.assertWords(
            [("commercial_partner_id.country_id.code", "=", "EG")],
            "Customer › Country › Country Code is EG",
        )
        self.assertWords(
            [("partner_id", "any", [("city", "=", "Cairo"), ("is_company", "=", False)])],
            "Contact › City is Cairo, and Contact › Is a Company is No",
        )
        self.assertWords(
            [("partner_id", "not any", [("city", "=", "Cairo")])],
            "not (Contact › City is Cairo)",
        )
