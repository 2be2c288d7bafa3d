"""Rows that are written at once make the workbook that xlsxwriter would write, cell by cell."""

import random
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from unittest.mock import patch

import xlsxwriter
from openpyxl import load_workbook

from odoo.tests import BaseCase, tagged

from ..report.workbook import fast_sheet
from ..report.workbook.book import Link, write_cell
from . import test_export_workbook as export_workbook

LOGGER = "odoo.addons.customer_sales_report.report.workbook.fast_sheet"
ODD = [
    *("plain", " spaces ", "\ttab", "two\nlines\r\nthree", "a & <b> \"c\" 'd'", "_x0041_", "_", ""),
    *("=1+1", "+1", "@a", "عربي", "\u200fmark", "\x00\x07\x1f\x7f", "\ud800", "\ufffe", "😀" * 3),
    *("<r><t>rich</t></r>", "a" * 32_768, "😀" * 16_384, "&amp;", "1", "1e5", "\u00a0nbsp\u00a0"),
]
NUMBERS = [0, -0.0, 1, -1, 0.1 + 0.2, 1 / 3, 1e21, 1e-7, 123456789.125, 2**53 + 1, 46000.999988426]
LINKS = [
    Link("INV/2026/1", "https://example.com/odoo/account.move/1"),
    Link('a "quoted" & <b>', "https://example.com/?a=1&b=2"),
    Link("x" * 300, "https://example.com"),
    Link("=1", "https://example.com/" + "y" * 300),
]


@tagged("post_install", "-at_install")
class TestFastSheet(BaseCase):
    def sheet_of(self, way: str, rows, level=0):
        """What is read back of rows written by one of the ways: values and formats."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "book.xlsx"
            book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
            sheet = book.add_worksheet("Sheet", fast_sheet.FastSheet)
            formats = [book.add_format({"num_format": f"0.{'0' * n}"}) for n in range(1, 5)]
            write = partial(write_cell, SimpleNamespace())
            sheet.set_row(1, 33)
            sheet.write_string(1, 0, "Header")
            for first in range(0, len(rows), 7):
                getattr(sheet, way)(2 + first, rows[first : first + 7], formats, write, level)
            sheet.write_string(2 + len(rows), 1, "End")
            book.close()
            read = load_workbook(path)["Sheet"]
        heights = {
            number: (row.height, row.outlineLevel) for number, row in read.row_dimensions.items()
        }
        cells = [[(cell.value, cell.number_format) for cell in row] for row in read.iter_rows()]
        return read.dimensions, heights, cells

    def assertSame(self, rows, level=0):  # noqa: N802
        at_once = self.sheet_of("write_at_once", rows, level)
        self.assertEqual(at_once, self.sheet_of("write_one_by_one", rows, level))
        return at_once

    def test_this_release(self):
        self.assertTrue(fast_sheet.is_as_xlsxwriter())

    def test_odd_cells(self):
        rows = [(text, number, None, text) for text in ODD for number in NUMBERS[:3]]
        rows += [(None, number, link, "x") for number in NUMBERS for link in LINKS]
        _dimensions, _heights, cells = self.assertSame(rows)
        self.assertEqual(cells[2][:2], [("plain", "0.0"), (0, "0.00")])
        self.assertEqual(len(cells), 2 + len(rows) + 1)

    def test_levels(self):
        _dimensions, heights, _cells = self.assertSame([("a", 1, None, None)] * 9, level=2)
        self.assertEqual([heights[row] for row in (2, 3, 11)], [(33, 0), (None, 2), (None, 2)])

    def test_random_cells(self):
        choice = random.Random(19).choice
        values = [*ODD, *NUMBERS, *LINKS, None, None, None]
        rows = [("first", *(choice(values) for _column in range(3))) for _row in range(300)]
        self.assertSame(rows)

    def test_more_texts_than_are_remembered(self):
        with patch.object(fast_sheet, "REMEMBERED", 3):
            self.assertSame([(f"text & {number}", 1, None, "x") for number in range(30)])

    def test_no_numbers(self):
        for value in (float("nan"), float("inf")):
            for way in ("write_at_once", "write_one_by_one"):
                with self.assertRaises(TypeError):
                    self.sheet_of(way, [("a", value, None, None)])

    def test_another_release(self):
        """A release of xlsxwriter that writes otherwise, or has other insides, does the work."""
        self.addCleanup(fast_sheet.is_as_xlsxwriter.cache_clear)

        def gone(_sheet, _write):
            raise AttributeError("_write_row")

        for learnt in (lambda _sheet, _write: '" other="1">', gone):
            fast_sheet.is_as_xlsxwriter.cache_clear()
            insides = patch.object(fast_sheet.FastSheet, "_behind_the_row", learnt)
            with insides, self.assertLogs(LOGGER, "WARNING"):
                self.assertFalse(fast_sheet.is_as_xlsxwriter())
                _dimensions, _heights, cells = self.sheet_of("write_rows", [("a", 1, None, None)])
            self.assertEqual(cells[2][:2], [("a", "0.0"), (1, "0.00")])


class OneByOne:
    """The tests of workbooks, as they are where a release of xlsxwriter does the work itself."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(fast_sheet, "is_as_xlsxwriter", return_value=False))


class TestWorkbookOneByOne(OneByOne, export_workbook.TestWorkbook):
    pass


class TestFurtherSheetsOneByOne(OneByOne, export_workbook.TestFurtherSheets):
    pass
