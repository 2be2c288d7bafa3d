"""What a text becomes in a cell, a sheet's name and a file's name."""

from time import process_time
from unittest import TestCase

from ...tools.safe_text import (
    CELL_LIMIT,
    cell_text,
    csv_text,
    file_name,
    header_text,
    label_text,
    sheet_name,
)


class TestSafeText(TestCase):
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

    def test_file_names_of_long_titles(self):
        """A title of 500,000 characters took 93 seconds."""
        start = process_time()
        for character, kept in (("x", 180), ("é", 90), ("ش", 90), ("€", 60), ("😀", 45)):
            self.assertEqual(file_name(character * 500_000, ".xlsx"), character * kept + ".xlsx")
        self.assertLess(process_time() - start, 2)

    def test_file_names(self):
        self.assertEqual(file_name("../../etc/passwd", ".csv"), "-..-etc-passwd.csv")
        self.assertEqual(file_name("مبيعات 2026", ".xlsx"), "مبيعات 2026.xlsx")
        self.assertEqual(file_name("a\r\nb\u202ecsv.exe", ".xlsx"), "a--b-csv.exe.xlsx")
        self.assertEqual(file_name("...", ".xlsx"), "-.xlsx")
        self.assertLessEqual(len(file_name("م" * 300, ".xlsx").encode()), 200)

    def test_headers_of_pages(self):
        self.assertEqual(header_text("R&D"), "R&&D")

    def test_label_is_one_line_of_text(self):
        for label, expected in (
            ("Grade", "Grade"),
            (" A\x0bB\r\nC\ufffe ", "A B C"),
            (5, "5"),
            (2.5, "2.5"),
            ("\x1b", "name"),
            (None, "name"),
            (True, "name"),
            (["A"], "name"),
        ):
            with self.subTest(label):
                self.assertEqual(label_text(label, "name"), expected)
