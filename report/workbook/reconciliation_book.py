"""The reconciliation as a workbook: its totals, the way from ordered to net sales, what differs."""

from dataclasses import dataclass, field

from .book import Book, write_cell, write_header
from .columns import DAY, MONEY, TEXT, Column
from .labels import day_cell, day_number
from .styles import GROUP, LABEL, TITLE

WIDTHS = {TEXT: 34, DAY: 14, MONEY: 20}
ROW = 15  # points


@dataclass(frozen=True)
class Part:
    """A table of the workbook.

    :param heading: above the table; on a sheet of its own, the sheet's name
    :param columns: of the table
    :param rows: texts, days, amounts or None, as many as there are columns
    :param bold: which rows are totals, by their place
    """

    heading: str
    columns: list[Column]
    rows: list[tuple]
    bold: frozenset[int] = field(default_factory=frozenset)


def write_reconciliation(book: Book, title: str, facts: list, parts: list[Part], more: list[Part]):
    """Write the sheets of a reconciliation.

    :param title: on the first sheet, and its name
    :param facts: (label, text) of what was compared
    :param parts: below each other on the first sheet
    :param more: each on a sheet of its own
    """
    sheet = book.sheet(title)
    _set_widths(sheet, max((part.columns for part in parts), key=len))
    sheet.set_row(0, 2 * ROW)
    sheet.write_string(0, 0, title, book.styles.get(TITLE))
    row = 1
    for label, text in facts:
        sheet.write_string(row, 0, label, book.styles.get(LABEL))
        sheet.write_string(row, 1, text, book.styles.get())
        row += 1
    for part in parts:
        row += 1
        sheet.write_string(row, 0, part.heading, book.styles.get(GROUP))
        row = _write_part(book, sheet, row + 1, part)
    for part in more:
        sheet = book.sheet(part.heading)
        _set_widths(sheet, part.columns)
        _write_part(book, sheet, 0, part)
        sheet.freeze_panes(1, 0)


def _write_part(book, sheet, row: int, part: Part) -> int:
    """
    :return: the row behind the table
    """
    write_header(book, sheet, row, part.columns)
    for number, values in enumerate(part.rows):
        row += 1
        style = GROUP if number in part.bold else None
        for position, (column, value) in enumerate(zip(part.columns, values, strict=True)):
            if column.kind == DAY and value:
                value = day_cell(day_number(value))
            cell_format = book.styles.get(style, column.kind, column.digits)
            write_cell(book, sheet, row, position, value, cell_format)
    return row + 1


def _set_widths(sheet, columns: list[Column]):
    for position, column in enumerate(columns):
        sheet.set_column(position, position, WIDTHS[column.kind])
