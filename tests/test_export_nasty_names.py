"""Text is text, whatever it begins with, in the files themselves."""

import csv

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from odoo.tests import tagged

from .export_common import ExportCommon

RLM, LRM = "\u200f", "\u200e"
FAMILY = "👨‍👩‍👧"
NASTY = [
    "=1+1",
    "+966 55 000",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://example.com","Win")',
    "<r><t>rich</t></r>",
    "</t></is></c>",
    "_x0041_",
    "00123",
    "1E5",
    "TRUE",
    "#N/A",
    " leading and trailing ",
    "two\nlines",
    f"{RLM}شركة{LRM}",
    FAMILY,
    "O'Hara / Söhne [GmbH] *?:\\",
    "Ω" * 300,
    "",
]


@tagged("post_install", "-at_install")
class TestNastyNames(ExportCommon):
    def setUp(self):
        super().setUp()
        for number, text in enumerate(NASTY):
            partner = self.env["res.partner"].create({"name": text or "-", "is_company": True})
            product = self.product_named(text or "-", 10)
            self.invoice((product, 1), partner=partner, day=f"2026-03-{number + 1:02}")
        self.names = [text.strip() or "-" for text in NASTY]

    def cells_of(self, sheet, column):
        return [row[column] for row in sheet.iter_rows(3)]

    def test_workbook(self):
        contents = ["summary", "lines", "by_customer", "customers", "customer_products"]
        columns = ["commercial_partner_id", "product_tmpl_id", "price_subtotal"]
        path = self.export(*contents, columns=columns, order="date", title="=cmd|' /C calc'!A0")
        book = load_workbook(path)
        texts = [cell.value for cell in self.cells_of(book["Lines"], 1)]
        names = self.env["product.template"].browse(
            self.report.search(self.domain, order="date").product_tmpl_id.ids
        )
        self.assertEqual(
            # As Excel does, and openpyxl leaves to its user
            [unescape(text).strip() for text in texts],
            [name.strip() for name in names.mapped("display_name")],
        )
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.data_type == "f":
                        self.assertRegex(cell.value, r"^=(SUBTOTAL|IFERROR|IF)\(")
        self.assertEqual(book["Summary"]["A1"].value, "=cmd|' /C calc'!A0")
        self.assertEqual(book["Summary"]["A1"].data_type, "s")

    def test_csv(self):
        columns = ["product_tmpl_id", "price_subtotal"]
        path = self.export(file_format="csv", columns=columns, order="date")
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))[1:]
        self.assertEqual(len(rows), len(NASTY))
        for name, amount in rows:
            self.assertNotIn(name[:1], ("=", "+", "-", "@", "\t", "\r"))
            self.assertEqual(amount, "10.00")
