"""The colors of a pivot table are in its workbook too."""

import io
from unittest import TestCase

import xlsxwriter
from openpyxl import load_workbook

from ...tools.cell_colors import colored


def workbook(rows):
    """A workbook as Odoo saves pivot tables: two rows of heads, the title of each row first."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Retention")
        for number, row in enumerate(rows, 2):
            sheet.write(number, 0, row["title"])
            for column, value in enumerate(row["values"], 1):
                sheet.write(number, column, value["value"])
    return content.getvalue()


class TestCellColors(TestCase):
    def sheet_of(self, *values):
        rows = [{"title": "January", "indent": 0, "values": list(values)}]
        table = {"col_group_headers": [[]], "measure_headers": [{"title": "Share"}], "rows": rows}
        content = workbook(rows)
        return content, colored(content, table)

    def cells(self, *values):
        _before, content = self.sheet_of(*values)
        return load_workbook(io.BytesIO(content)).active[3]

    def test_colors_and_percents(self):
        name, light, dark, plain = self.cells(
            {"value": 0.25, "color": "c0e0e0", "is_percent": True},
            {"value": 0.75, "color": "017e84", "is_percent": True},
            {"value": 7},
        )
        self.assertEqual(
            [cell.value for cell in (name, light, dark, plain)], ["January", 0.25, 0.75, 7]
        )
        self.assertEqual(light.fill.fgColor.rgb, "00c0e0e0")
        self.assertEqual(dark.fill.fgColor.rgb, "00017e84")
        self.assertEqual(dark.font.color.rgb, "00ffffff")
        self.assertEqual((light.number_format, plain.number_format), ("0.0%", "General"))
        self.assertEqual((name.fill.fill_type, plain.fill.fill_type), (None, None))

    def test_what_is_no_color(self):
        for color in ("red", "=1+1", 7, "c0e0e", "C0E0E0;", ["c0e0e0"]):
            with self.subTest(color=color):
                _name, cell = self.cells({"value": 1, "color": color})
                self.assertEqual((cell.value, cell.fill.fill_type), (1, None))

    def test_without_colors_as_odoo_made_it(self):
        before, after = self.sheet_of({"value": 1})
        self.assertIs(before, after)
