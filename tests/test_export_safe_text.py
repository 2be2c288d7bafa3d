"""What a text becomes in a cell, a sheet's name and a file's name."""

import csv

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from odoo.tests import BaseCase, tagged

from ..tools.safe_text import (
    CELL_LIMIT,
    cell_text,
    cell_texts,
    csv_text,
    file_name,
    header_text,
    sheet_name,
)
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
class TestSafeText(BaseCase):
    def test_plain_text_stays(self):
        self.assertEqual(cell_text("plain"), "plain")

    def test_control_characters_are_shown(self):
        self.assertEqual(cell_text("a\x00b\x07c\x7f"), "a␀b␇c␡")
        self.assertEqual(cell_text("a\ud800b\ufffe"), "a\ufffdb\ufffd")
        self.assertEqual(cell_text("one\r\ntwo\rthree\x0b"), "one\ntwo\nthree␋")

    def test_long_texts_are_cut_where_one_sees_it(self):
        self.assertEqual(cell_text("a" * CELL_LIMIT), "a" * CELL_LIMIT)
        cut = cell_text("a" * (CELL_LIMIT + 1))
        self.assertEqual((len(cut), cut[-5:]), (CELL_LIMIT, "a […]"))
        # An emoji takes two of the units that Excel counts, and is not cut in half.
        cut = cell_text("😀" * CELL_LIMIT)
        self.assertLessEqual(len(cut.encode("utf-16-le")) // 2, CELL_LIMIT)
        self.assertTrue(cut.endswith("😀 […]"))

    def test_many_at_once(self):
        """A column's texts become what each of them becomes alone."""
        for odd in ("a\x07b", "one\r\ntwo", "<r><t>rich</t></r>", "a" * (CELL_LIMIT + 1), "\ud800"):
            texts = ["plain", None, odd, "plain"]
            expected = [text if text is None else cell_text(text) for text in texts]
            with self.subTest(odd=odd[:20]):
                self.assertNotEqual(expected[2], odd)
                self.assertEqual(cell_texts(texts), expected)
        self.assertEqual(cell_texts([None, None]), [None, None])
        self.assertEqual(cell_texts([]), [])

    def test_csv_cells_are_no_formulas(self):
        for text in ("=1", "+1", "-1", "@a", "\t=1", "＝1"):
            self.assertEqual(csv_text(text), f"'{text}")
        self.assertEqual(csv_text("\r=1"), "'\n=1")
        self.assertEqual(csv_text("a=1"), "a=1")

    def test_sheet_names(self):
        taken = set()
        self.assertEqual(sheet_name("Sales / 2026 [a]:*?\\", taken), "Sales - 2026 -a-----")
        self.assertEqual(sheet_name("Sales / 2026 [a]:*?\\", taken), "Sales - 2026 -a----- (2)")
        self.assertEqual(sheet_name("'quoted'", taken), "quoted")
        self.assertEqual(sheet_name("History", taken), "History_")
        self.assertEqual(len(sheet_name("x" * 50, taken)), 31)
        self.assertEqual(sheet_name("X" * 50, taken), "X" * 27 + " (2)")
        self.assertEqual(sheet_name("", taken), "-")

    def test_file_names(self):
        self.assertEqual(file_name("../../etc/passwd", ".csv"), "-..-etc-passwd.csv")
        self.assertEqual(file_name("مبيعات 2026", ".xlsx"), "مبيعات 2026.xlsx")
        self.assertEqual(file_name("a\r\nb\u202ecsv.exe", ".xlsx"), "a--b-csv.exe.xlsx")
        self.assertEqual(file_name("...", ".xlsx"), "-.xlsx")
        self.assertLessEqual(len(file_name("م" * 300, ".xlsx").encode()), 200)

    def test_headers_of_pages(self):
        self.assertEqual(header_text("R&D"), "R&&D")


@tagged("post_install", "-at_install")
class TestNastyNames(ExportCommon):
    """Text is text, whatever it begins with, in the files themselves."""

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
                        self.assertRegex(cell.value, r"^=(SUBTOTAL|IFERROR)\(")
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
            self.assertEqual(amount, "10")
