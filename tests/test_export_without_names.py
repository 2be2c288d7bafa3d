"""A file for sharing outside: what it has instead of names, and that nothing tells them."""

import re
import zipfile

from odoo.tests import tagged

from .export_common import ExportCommon

NUMBER = re.compile(r"C-[A-Z2-7]{12}")
EVERYTHING = [
    *("summary", "lines", "grouped", "by_customer", "customers", "customer_products"),
    "customer_months",
]


@tagged("post_install", "-at_install")
class TestWithoutNames(ExportCommon):
    def setUp(self):
        super().setUp()
        tag = self.env["res.partner.category"].create({"name": "Secret Tag"})
        self.acme.write(
            {
                "name": "Secret Acme",
                "ref": "Secret Reference",
                "email": "secret@example.com",
                "phone": "Secret Phone",
                "street": "Secret Street",
                "vat": "SECRETVAT",
                "category_id": tag.ids,
                "country_id": self.env.ref("base.eg").id,
            }
        )
        self.ann.name = "Secret Ann"
        self.make_sales()

    @property
    def all_columns(self):
        report = self.env["customer.sales.report"]
        columns, _headings = self.env["customer.sales.export"]._columns_looked_at()
        wanted = ["commercial_partner_id", "partner_id", "partner_category_ids", "email", "phone"]
        wanted += ["street", "vat", "zip", "country_id", "document_number"]
        return [name for name in dict.fromkeys([*columns, *wanted]) if name in report._fields]

    def whole_text(self, path):
        """All that is in the file, unpacked."""
        if not zipfile.is_zipfile(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
        with zipfile.ZipFile(path) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )

    def assertTellsNothing(self, path):  # noqa: N802
        text = self.whole_text(path)
        self.assertNotIn("secret", text.lower())
        self.assertNotIn("HYPERLINK", text)
        for document in (self.first, self.returned, self.walk_in):
            self.assertNotIn(document.name, text)
        self.assertTrue(NUMBER.search(text))

    def test_no_sheet_tells_a_name(self):
        filters = [
            self.domain,
            [*self.domain, ("commercial_partner_id", "ilike", "Secret")],
            [*self.domain, ("commercial_partner_id", "=", self.acme.id)],
            [*self.domain, ("partner_category_ids.name", "=", "Secret Tag")],
            [*self.domain, ("commercial_partner_id.email", "=", "secret@example.com")],
        ]
        for domain in filters:
            path = self.export(
                *EVERYTHING,
                domain=domain,
                columns=self.all_columns,
                group_by=["partner_id", "commercial_partner_id"],
                order="commercial_partner_id",
                has_links=True,
                without_names=True,
            )
            with self.subTest(domain=domain):
                self.assertTellsNothing(path)

    def test_nor_does_a_csv_file(self):
        path = self.export(file_format="csv", columns=self.all_columns, without_names=True)
        self.assertTellsNothing(path)

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
        return self.workbook("customers", without_names=True)["Customers"]["A3"].value

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
        sheet = self.workbook("customers", without_names=True)["Customers"]
        self.assertEqual(sheet["A5"].value, "Walk-in")

    def test_filters_that_name_nobody_are_told(self):
        path = self.export("summary", without_names=True)
        self.assertIn("Net Sales is Yes", self.whole_text(path))
        path = self.export(
            "summary",
            without_names=True,
            domain=[*self.domain, ("commercial_partner_id", "!=", False)],
        )
        self.assertIn("Customer is set", self.whole_text(path))
