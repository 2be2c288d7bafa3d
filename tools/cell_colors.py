"""The colors of a pivot table, put into the workbook that Odoo makes of it."""

import io
import re

from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

COLOR = re.compile(r"[0-9a-f]{6}")
PERCENT = "0.0%"
#: From this brightness of the background down, of 255, white is easier to read.
DARK = 110


def colored(content: bytes, table: dict) -> bytes:
    """The workbook with the colors of the cells.

    :param content: the workbook, as Odoo's pivot tables are saved
    :param table: what it was made of; values may have ``color``, six hexadecimal digits, and
        ``is_percent``
    """
    if not any(_is_marked(cell) for row in table["rows"] for cell in row["values"]):
        return content
    book = load_workbook(io.BytesIO(content))
    first_row = len(table["col_group_headers"]) + bool(table["measure_headers"]) + 1
    for number, row in enumerate(table["rows"], first_row):
        for column, value in enumerate(row["values"], 2):
            _mark(book.active.cell(number, column), value)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _is_marked(value: dict) -> bool:
    return bool(value.get("color") or value.get("is_percent"))


def _mark(cell, value: dict):
    if value.get("is_percent") is True:
        cell.number_format = PERCENT
    color = value.get("color")
    if isinstance(color, str) and COLOR.fullmatch(color):
        cell.fill = PatternFill("solid", fgColor=color)
        parts = [int(color[start : start + 2], 16) for start in (0, 2, 4)]
        if sum(parts) / len(parts) < DARK:
            cell.font = Font(color="ffffff")
