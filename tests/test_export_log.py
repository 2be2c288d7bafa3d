"""Every export leaves an entry that tells what left, and old entries go by themselves."""

import html
import json
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import unquote

from freezegun import freeze_time
from openpyxl import load_workbook
from werkzeug.datastructures import FileStorage

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.http import Request
from odoo.tests import HttpCase, TransactionCase, tagged

from ..controllers import pivot
from ..tools.domain_words import domain_words
from ..tools.export_request import ExportRequest
from .access_common import CONTACT, REPORT, AccessCommon

LOG = "customer.sales.export.log"


class LogCommon(AccessCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.users["administrator, everything"]
        cls.manager = cls.users["administrator"]

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


class PivotCommon(LogCommon):
    """A pivot table of two measures, by e-mail and month, saved as a spreadsheet."""

    def save(self, without=None, **values):
        table = {
            "model": REPORT,
            "title": "Sales by Customer",
            "measure_count": 2,
            "col_group_headers": [],
            "measure_headers": [],
            "rows": [{"title": "Total", "indent": 0, "values": [{"value": 1}, {"value": 2}]}],
            "domain": [["channel", "=", "direct"]],
            "group_bys": ["email", "date:month"],
            "measures": ["price_subtotal", "__count"],
            "allowed_company_ids": self.company_1.ids,
            **values,
        }
        table.pop(without, None)
        return self.download("/web/pivot/export_xlsx", table)

    def assertRefused(self, response, sentence):  # noqa: N802
        entries = self.new_entries()
        self.assertEqual(response.status_code, 500)  # as Odoo's client expects it
        self.assertIn(sentence, html.unescape(response.text))
        self.assertEqual(self.new_entries(), entries)


class TestExportLog(LogCommon):
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
                    "filter_words": "Net Sales, and Customer: Rival's Customer",
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

    def test_groups_are_told_as_columns_are(self):
        """Contact details in the headings of groups leave the house as those in columns do."""
        self.export("/web/export/xlsx", ["quantity"], groupby=["email", "date:month"])
        entry = self.new_entries()
        self.assertEqual(entry.columns, "Quantity (quantity)\nCustomer Email (email)\nDate (date)")
        self.assertTrue(entry.has_contact_details)
        self.export("/web/export/xlsx", ["email"], groupby=["city"])
        entry = self.new_entries()[0]
        self.assertEqual(entry.columns, "Customer Email (email)\nCustomer City (city)")
        self.assertTrue(entry.has_contact_details)
        self.export("/web/export/xlsx", ["quantity"], groupby=["city"])
        self.assertFalse(self.new_entries()[0].has_contact_details)

    def test_our_own_export_tells_its_groups(self):
        for values, columns, told in (
            ({}, "Quantity (quantity)\nCustomer Email (email)", True),
            ({"without_names": True}, "Quantity (quantity)", False),
            ({"contents": ["lines"]}, "Quantity (quantity)", False),
        ):
            request = ExportRequest(
                **{
                    "model": REPORT,
                    "domain": [],
                    "columns": ["quantity"],
                    "contents": ["lines", "grouped"],
                    "title": "Sales",
                    "group_by": ["email"],
                    **values,
                }
            )
            jobs = self.env(user=self.user.id, su=False)["customer.sales.export.job"]
            jobs._ask(request, 1)._run_at_once()
            entry = self.new_entries()[0]
            with self.subTest(values):
                self.assertEqual((entry.columns, entry.has_contact_details), (columns, told))

    def test_net_sales_leave_with_an_entry_or_not_at_all(self):
        """The fields on contacts, by whatever way another model leads to them."""
        order = self.documents["D"][0]
        for record, path in (
            (self.rivals_customer, "customer_net_sales"),
            (self.rivals_customer.child_ids[:1], "parent_id/customer_net_sales"),
            (self.user, "customer_net_sales"),
            (self.user, "partner_id/customer_net_sales"),
            (order, "partner_id/customer_net_sales"),
            (self.rivals_customer, "customer_sales_status"),
            (self.rivals_customer, "customer_sales_profile_id"),
            (self.rivals_customer, "customer_sales_profile_id/.id"),
            (self.rivals_customer, "customer_sales_profile_id/net_year"),
            (self.user, "partner_id/customer_sales_profile_id/net_year"),
            (order, "partner_id/customer_sales_profile_id/partner_id/name"),
        ):
            with self.subTest(path, model=record._name):
                self.user.group_ids += self.env.ref("base.group_erp_manager")
                self.user.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
                with self.assertRaisesRegex(UserError, "cannot be exported from here"):
                    self.rpc(self.user, record._name, "export_data", record.ids, ["id", path])
        self.assertFalse(self.new_entries())
        # Superuser mode is free of it, as everywhere.
        self.assertTrue(self.rivals_customer.sudo().export_data(["customer_net_sales"])["datas"])

    def test_a_manager_of_one_company_reads_nothing_of_another(self):
        both = self.company_1 | self.company_2
        Log = self.env[LOG]
        entries = {
            companies: Log.with_context(allowed_company_ids=companies.ids)._log_export(
                self.env[REPORT], [["date"]], domain=[("city", "=", "Secret")], row_count=1
            )
            for companies in (self.company_1, self.company_2, both)
        }
        log = self.env(user=self.manager.id, su=False)[LOG]
        log = log.with_context(allowed_company_ids=self.company_1.ids)
        domain = [("id", "in", [entry.id for entry in entries.values()])]
        self.assertEqual(log.search(domain), entries[self.company_1])
        with self.assertRaises(AccessError):
            log.browse(entries[both].id).read(["filter_words"])
        self.manager.company_ids = both
        self.assertEqual(log.search(domain), entries[self.company_1] | entries[both])


class TestPivotExport(PivotCommon):
    def test_it_is_written_to_the_log(self):
        response = self.save()
        self.assertEqual(response.status_code, 200)
        self.assertRecordValues(
            self.new_entries(),
            [
                {
                    "company_ids": self.company_1.ids,
                    "filter_words": "Channel: Direct",
                    "columns": "Customer Email (email)\nDate (date)\n"
                    "Untaxed Total (price_subtotal)",
                    "row_count": 1,
                    "has_contact_details": True,
                    "file_name": "Sales by Customer.xlsx",
                    "file_size": len(response.content),
                }
            ],
        )
        # The file has the same name.
        self.assertIn("Sales by Customer.xlsx", unquote(response.headers["Content-Disposition"]))

    def test_companies_are_those_selected(self):
        self.user.company_ids = self.company_1 | self.company_2
        for companies in (self.company_1, self.company_2, self.company_2 | self.company_1):
            self.assertEqual(
                self.save(allowed_company_ids=companies.ids).status_code, 200, companies
            )
            self.assertEqual(self.new_entries()[0].company_ids, companies)

    def test_the_name_of_the_file_is_one(self):
        response = self.save(title="Sales\nof/all: [customers], whatever they are called\r\n")
        self.assertEqual(response.status_code, 200)
        name = "Sales-of-all- [customers], whatever they are called--.xlsx"
        self.assertEqual(self.new_entries().file_name, name)
        self.assertIn(name, unquote(response.headers["Content-Disposition"]))
        self.assertEqual(load_workbook(BytesIO(response.content)).active.max_row, 1)

    def test_what_the_browser_says_is_checked(self):
        rows = [{"title": "Total", "indent": 3, "values": [{"value": 1}]}]
        for forged in (
            {"group_bys": ["nothing"]},
            {"group_bys": ["partner_id.nothing"]},
            {"group_bys": [5]},
            {"group_bys": "email"},
            {"measures": ["nothing", "__count"]},
            {"measures": []},  # of the two that the table has
            {"rows": rows},  # deeper than its groups
            {"rows": 5},
            {"col_group_headers": [[], [], [], []]},
            {"domain": [["nothing", "=", 1]]},
            {"domain": "everything"},
            {"allowed_company_ids": self.company_2.ids},
            {"allowed_company_ids": []},
            {"allowed_company_ids": "all"},
        ):
            with self.subTest(forged):
                self.assertRefused(self.save(**forged), "Reload the page")
        for name in ("domain", "group_bys", "measures", "allowed_company_ids", "rows"):
            with self.subTest(missing=name):
                self.assertRefused(self.save(without=name), "Reload the page")

    def test_without_the_permission_to_see_a_column(self):
        self.user.group_ids -= self.env.ref(CONTACT)
        self.assertRefused(self.save(), "See customers' contact details")

    def test_without_the_right_to_export(self):
        self.user.group_ids -= self.env.ref("base.group_allow_export")
        self.assertRefused(self.save(), "You may not export data")
        self.assertIn("ExportRefused", self.save().text)

    def test_that_of_another_model_is_not_ours(self):
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

    def test_colors_are_saved_as_shown(self):
        """A heat map, by whoever may export, and logged as any other table."""
        values = {
            "model": "customer.sales.retention.report",
            "title": "Retention",
            "measure_count": 1,
            "col_group_headers": [[{"title": "0", "width": 1, "height": 1}]],
            "measure_headers": [{"title": "Share of Customers", "is_bold": False}],
            "rows": [
                {"title": "2026", "indent": 0, "values": [{"value": 0.5, "color": "017e84"}]},
            ],
            "domain": [["is_over", "=", True]],
            "group_bys": ["cohort:year", "elapsed"],
            "measures": ["share"],
        }
        response = self.save(**values)
        self.assertEqual(response.status_code, 200)
        sheet = load_workbook(BytesIO(response.content)).active
        self.assertEqual((sheet["B3"].value, sheet["B3"].fill.fgColor.rgb), (0.5, "00017e84"))
        entry = self.new_entries()
        self.assertEqual(entry.filter_words, "Period Over is Yes")
        self.assertEqual(entry.file_size, len(response.content))
        self.user.group_ids -= self.env.ref("base.group_allow_export")
        self.assertRefused(self.save(**values), "You may not export data")

    def test_every_pivot_of_the_app_says_what_it_shows(self):
        names = self.env.registry.descendants(["customer.sales.privacy.mixin"], "_inherit")
        views = self.env["ir.ui.view"].search([("type", "=", "pivot"), ("model", "in", [*names])])
        self.assertGreater(len(views), 3)
        for view in views:
            with self.subTest(view.xml_id):
                self.assertRegex(view.arch, 'js_class="customer_sales_[a-z_]*pivot"')

    def test_the_route_stays_read_only_for_other_models(self):
        for model, is_read_only in (("res.partner", True), (REPORT, False)):
            data = FileStorage(BytesIO(json.dumps({"model": model}).encode()))
            posted = SimpleNamespace(files={"data": data}, form={})
            request = SimpleNamespace(httprequest=posted, env=self.env)
            with patch.object(pivot, "request", request):
                self.assertEqual(pivot._is_of_another_model(), is_read_only)
            self.assertTrue(data.stream.tell())
            self.assertIn(model.encode(), pivot._content(data))


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
        self.env["ir.config_parameter"].set_param("customer_sales_report.export_log_days", 10**9)
        self.assertEqual(self.ages_left(364, 3660), [364, 3660])

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

    @freeze_time("2026-03-11 12:00:00")
    def test_conditions(self):
        egypt = self.env.ref("base.eg")
        for domain, words in (
            ([], "everything"),
            ([(0, "=", 1)], "nothing"),
            ([("counts_as_sale", "=", True)], "Net Sales"),
            ([("counts_as_sale", "!=", False)], "Counts in Net Sales is not No"),
            ([("document_type", "=", "pos_refund")], "Document Type: POS Refund"),
            (
                [("channel", "in", ["sales", "direct"])],
                "Channel: Sales or Direct",
            ),
            ([("country_id", "=", egypt.id)], "Customer Country: Egypt"),
            (
                [("country_id", "not in", [egypt.id, False])],
                "Customer Country is not Egypt or not set",
            ),
            ([("commercial_partner_id", "=", False)], "Customer is Walk-in"),
            ([("commercial_partner_id", "!=", False)], "Customer is not Walk-in"),
            ([("commercial_partner_id", "ilike", "noor")], "Customer contains noor"),
            ([("document_number", "not ilike", "INV")], "Document Number does not contain INV"),
            ([("partner_id", "child_of", [0])], "Contact is or belongs to 0"),
            ([("date", ">=", "today -1m")], "Date: from Feb 11, 2026"),
            ([("date", "<", date(2026, 3, 1))], "Date is below Mar 1, 2026"),
            ([("price_total", ">", 99.5)], "Total is above 99.5"),
            ([("document_number", "=like", "INV%")], "Document Number =like INV%"),
            (
                [("product_uom_id", "in", [0, -1, -2, -3, -4, -5, -6])],
                "Unit: 0 or -1 or -2 or -3 or -4 or 2 more",
            ),
        ):
            with self.subTest(domain=domain):
                self.assertWords(domain, words)

    def test_sentences(self):
        self.assertWords(
            ["|", ("quantity", "<", 0), "&", ("city", "=", "Cairo"), ("channel", "=", "pos")],
            "Quantity is below 0, or (Customer City is Cairo, and Channel: Point of Sale)",
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
