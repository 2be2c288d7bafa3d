"""A file for sharing outside: what it has instead of names, and that nothing tells them.

Each column, grouping and filter that there is, custom fields included, is put into a file, and all
parts of the file are searched for what is secret.
"""

import re

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..report.workbook.columns import exportable
from ..report.workbook.export_rows import ExportRows
from ..report.workbook.grouped_sheet import DEEPEST, supported
from ..tools.day_text import day_text
from .custom_fields_common import CustomFieldsCommon
from .export_common import ExportCommon

REPORT = "customer.sales.report"
NUMBER = re.compile(r"C-[A-Z2-7]{12}")
EVERYTHING = [
    *("summary", "lines", "grouped", "by_customer", "customers", "customer_products"),
    "customer_months",
]


@tagged("post_install", "-at_install")
class TestWithoutNames(CustomFieldsCommon, ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_secret", "char", label="Note")
        cls.manual_field("x_agent_id", "many2one", relation="res.partner", label="Agent")
        cls.properties(
            memo={"type": "char", "string": "Memo"},
            buyer={"type": "many2one", "string": "Buyer", "comodel": "res.partner"},
        )
        pricelist = cls.env["product.pricelist"].create({"name": "Secret Pricelist"})
        cls.campaign = cls.env["utm.campaign"].create({"name": "Secret Campaign"})
        cls.ann.name = "Secret Ann"
        cls.acme.write(
            {
                "name": "Secret Acme",
                "ref": "Secret Reference",
                "email": "secret@example.com",
                "phone": "Secret Phone",
                "street": "Secret Street",
                "street2": "Secret Floor",
                "zip": "SECRETZIP",
                "vat": "SECRETVAT",
                "comment": "Secret Comment",
                "category_id": [Command.create({"name": "Secret Tag"})],
                "country_id": cls.env.ref("base.eg").id,
                "specific_property_product_pricelist": pricelist.id,
                "x_secret": "Secret Note",
                "x_agent_id": cls.ann.id,
                "properties": {"memo": "Secret Memo", "buyer": cls.ann.id},
            }
        )
        cls.mug.seller_ids = [Command.create({"partner_id": cls.acme.id})]

    def setUp(self):
        super().setUp()
        self.make_sales()
        self.order = self.sales_order((self.mug, 1), campaign_id=self.campaign.id)
        self.order.client_order_ref = "Secret Order"

    @property
    def every_row(self):
        return [("company_id", "=", self.company.id)]

    @property
    def columns(self):
        return list(exportable(self.env[REPORT]))

    def assertTellsNothing(self, path):  # noqa: N802
        text = self.whole_text(path)
        self.assertNotIn("secret", text.lower())
        self.assertNotIn("HYPERLINK", text)
        for document in (self.first, self.returned, self.walk_in, self.order):
            self.assertNotIn(document.name, text)

    def test_no_column_tells_a_name(self):
        columns = self.columns
        self.assertLess(
            {"x_secret", "x_agent_id", "x_property_memo", "vat", "pricelist_id"}, set(columns)
        )
        path = self.export(
            *EVERYTHING,
            domain=self.every_row,
            columns=columns,
            group_by=["partner_id", "commercial_partner_id"],
            order="commercial_partner_id",
            headings=dict.fromkeys(columns, "Secret Heading"),
            title="All of Secret Acme",
            has_links=True,
            without_names=True,
        )
        self.assertTellsNothing(path)
        self.assertRegex(self.whole_text(path), NUMBER)

    def test_with_names_all_of_it_would_be_there(self):
        path = self.export("lines", domain=self.every_row, columns=self.columns)
        text = self.whole_text(path)
        for word in (
            *("Secret Acme", "Secret Ann", "secret@example.com", "Secret Phone", "Secret Street"),
            *("Secret Floor", "SECRETZIP", "SECRETVAT", "Secret Tag", "Secret Note"),
            *("Secret Memo", "Secret Pricelist", "Secret Campaign", self.first.name),
        ):
            self.assertIn(word, text)

    def test_no_grouping_tells_a_name(self):
        report = self.env[REPORT]
        specs = [
            spec
            for name, field in report._fields.items()
            for spec in supported(report, [f"{name}:week" if field.type == "date" else name])
        ]
        self.assertLess(
            {"email", "vat", "document_number", "x_secret", "x_property_buyer", "partner_id"},
            set(specs),
        )
        for start in range(0, len(specs), DEEPEST):
            group_by = specs[start : start + DEEPEST]
            with self.subTest(group_by):
                self.assertTellsNothing(
                    self.export(
                        "grouped",
                        domain=self.every_row,
                        columns=["quantity"],
                        group_by=group_by,
                        without_names=True,
                    )
                )

    def test_no_filter_tells_a_name(self):
        """Each field compared with a secret text, a record of secret name, and one step on."""
        report = self.env[REPORT]
        record = self.acme.id
        domains = [
            [condition]
            for name, field in report._fields.items()
            if field.store or field.search
            for condition in (
                [(name, "ilike", "Secret Acme"), (name, "=", "Secret Acme")]
                + [(name, "in", ["Secret Acme", False]), (f"{name}.name", "=", "Secret Acme")]
                + [(name, "any", [("name", "=", "Secret Acme")])]
                + ([(name, "=", record)] if field.comodel_name == "res.partner" else [])
            )
        ]
        domains += [
            ["|", ("channel", "=", "pos"), ("email", "=", "secret@example.com")],
            ["!", ("vat", "=", "SECRETVAT")],
            [("product_id.seller_ids.partner_id", "=", record)],
            [("product_tmpl_id", "any", [("seller_ids.partner_id.name", "=", "Secret Acme")])],
            [("document_number", "=", self.first.name)],
            [("customer_total", "=", '{"domain": [["email", "=", "secret@example.com"]]}')],
        ]
        for domain in domains:
            rows = ExportRows(self.env, self.request(domain=domain, without_names=True))
            words = rows.filter_words().lower()
            with self.subTest(domain):
                self.assertNotIn("secret", words)
                self.assertNotIn(self.first.name.lower(), words)

    def test_no_filter_tells_a_name_in_a_file(self):
        for condition in (
            ("commercial_partner_id", "ilike", "Secret"),
            ("commercial_partner_id", "=", self.acme.id),
            ("partner_category_ids.name", "=", "Secret Tag"),
            ("commercial_partner_id.email", "=", "secret@example.com"),
            ("x_secret", "=", "Secret Note"),
        ):
            path = self.export(
                *EVERYTHING, domain=[*self.domain, condition], without_names=True, title="Secret"
            )
            with self.subTest(condition):
                self.assertTellsNothing(path)
                self.assertIn("conditions not shown", self.whole_text(path))

    def test_no_order_tells_a_name(self):
        report = self.env[REPORT]
        for order in ("commercial_partner_id", "date, email", "partner_id.name", "x_secret desc"):
            rows = ExportRows(self.env, self.request(order=order, without_names=True))
            self.assertEqual(rows.order(), report._order)
        rows = ExportRows(self.env, self.request(order="quantity desc, id", without_names=True))
        self.assertEqual(rows.order(), "quantity desc, id")

    def test_what_an_addon_adds_is_left_out_until_it_is_on_the_list(self):
        report_class = type(self.env[REPORT])
        staying = self.env[REPORT]._columns_without_names()
        self.patch(report_class, "_columns_without_names", lambda report: {*staying, "x_secret"})
        path = self.export("lines", columns=["x_secret", "x_agent_id"], without_names=True)
        text = self.whole_text(path)
        self.assertIn("Secret Note", text)
        self.assertNotIn("Secret Ann", text)

    def test_nor_does_a_csv_file(self):
        path = self.export(
            file_format="csv",
            domain=self.every_row,
            columns=self.columns,
            headings=dict.fromkeys(self.columns, "Secret Heading"),
            without_names=True,
        )
        self.assertTellsNothing(path)
        self.assertRegex(self.whole_text(path), NUMBER)

    def test_the_number_is_the_same_everywhere(self):
        number = self._number_of_bolt()
        self.assertRegex(number, NUMBER)
        sheet = self.workbook("lines", without_names=True)["Lines"]
        self.assertEqual(sheet["C3"].value, number)
        sheet = self.workbook("by_customer", without_names=True)["By Customer"]
        groups = [row[0].value for row in sheet.iter_rows(3) if row[0].value]
        self.assertIn(f"{number} (1)", groups)
        with open(self.export(file_format="csv", without_names=True), encoding="utf-8") as file:
            self.assertIn(number, file.read())

    def _number_of_bolt(self):
        domain = [*self.domain, ("commercial_partner_id", "=", self.bolt.id)]
        book = self.workbook("customers", domain=domain, without_names=True)
        return book["Customers"]["A3"].value

    def test_a_grouping_by_document_has_its_number(self):
        sheet = self.workbook(
            "grouped", group_by=["document_number"], columns=["quantity"], without_names=True
        )["Groups"]
        groups = [row[0].value for row in sheet.iter_rows(3) if row[0].value]
        self.assertRegex(groups[0], r"^D-[A-Z2-7]{12} \(\d\)$")

    def test_another_database_has_other_numbers(self):
        number = self._number_of_bolt()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("customer_sales_report.pseudonym_secret", "another")
        self.assertNotEqual(self._number_of_bolt(), number)

    def test_what_stays(self):
        columns = ["country_id", "product_id", "city", "user_id", "email", "partner_category_ids"]
        sheet = self.workbook("lines", columns=columns, without_names=True)["Lines"]
        self.assertEqual(
            [cell.value for cell in sheet[2]],
            ["Customer Country", "Product Variant", "Customer City", "Salesperson"],
        )
        self.assertIn("Egypt", [row[0].value for row in sheet.iter_rows(3)])

    def test_walk_ins_stay_nobody(self):
        domain = [*self.domain, ("commercial_partner_id", "=", False)]
        sheet = self.workbook("customers", domain=domain, without_names=True)["Customers"]
        self.assertEqual(sheet["A3"].value, "Walk-in")

    def test_filters_that_name_nobody_are_told(self):
        egypt = self.env.ref("base.eg")
        a_month_ago = day_text(self.env, fields.Date.today() - relativedelta(months=1))
        for condition, words in (
            (("commercial_partner_id", "!=", False), "Customer is not Walk-in"),
            (("country_id", "in", egypt.ids), "Customer Country: Egypt"),
            (("date", ">=", "2026-01-01"), "Date: from Jan 1, 2026"),
            (("date", ">=", "today -1m"), f"Date: from {a_month_ago}"),
            (("date.month_number", "=", 3), "Date › month_number is 3"),
            (("document_type", "=", "pos_receipt"), "Document Type: POS Receipt"),
            (("price_total", ">", 5), "Total is above 5"),
        ):
            domain = [("counts_as_sale", "=", True), condition]
            rows = ExportRows(self.env, self.request(domain=domain, without_names=True))
            self.assertEqual(rows.filter_words(), f"Net Sales, and {words}")
        domain = [("counts_as_sale", "=", True), ("email", "ilike", "x")]
        rows = ExportRows(self.env, self.request(domain=domain, without_names=True))
        self.assertEqual(
            rows.filter_words(),
            "Net Sales, and conditions not shown, as they could tell who the customers are",
        )
