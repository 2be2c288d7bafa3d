"""The workbook: what all its sheets have in common. It knows nothing of sales."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_range

from ...tools.safe_text import cell_text, header_text, sheet_name
from .columns import DAY, LINK, MOMENT, NUMBERS, PERCENT, TEXT, WHOLE, Column
from .fast_sheet import FastSheet
from .styles import HEADER, TOTAL, Styles

ROW_LIMIT = 1_048_576  # rows of a sheet in Excel
COLUMN_LIMIT = 16_384
TOTALS_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2  # of a table
WIDTHS = {DAY: 12, MOMENT: 18, PERCENT: 10, WHOLE: 10}
NARROWEST, WIDEST = 9, 44
PAGE_WIDTH = 240  # characters that one can still read on a printed page
A4 = 9
# In a formula, a text has 255 characters at most, and so has an address.
FORMULA_TEXT_LIMIT = 255
RIGHT_TO_LEFT_MARK = "\u200f"


@dataclass(frozen=True)
class Link:
    """A cell that opens an address."""

    text: str
    address: str


class Book:
    """A workbook that is written row by row to a file.

    :param path: the file to write
    :param language: a record of ``res.lang``, which gives formats and direction
    :param properties: title, author and so on, as of xlsxwriter
    :param folder: where parts of the file lie until it is complete
    :param words: ``total``, ``continued`` (with %s) and ``page`` (with the places
        ``page`` and ``pages``) in the language
    :param row_limit: rows of a sheet
    """

    def __init__(
        self,
        path: str,
        language,
        *,
        properties: dict,
        folder: str,
        words: dict,
        row_limit: int = ROW_LIMIT,
    ):
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": folder})
        self._book.set_properties({key: cell_text(text) for key, text in properties.items()})
        self._book.set_size(2400, 1400)
        self.styles = Styles(self._book, language)
        self.is_right_to_left = language.direction == "rtl"
        self.row_limit = row_limit
        #: Called with the number of rows that a table has written since the last call
        self.advance: Callable[[int], None] = lambda rows: None
        self.words = words
        self._title = properties["title"]
        self._sheet_names = set()

    def close(self):
        """
        :raise OSError: if the file cannot be written
        """
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error

    def chart(self, kind: str, subtype: str | None = None):
        return self._book.add_chart({"type": kind, "subtype": subtype})

    def reserve_name(self, name: str) -> str:
        """The name that a sheet called ``name`` gets."""
        return sheet_name(name, self._sheet_names)

    def sheet(self, name: str, *, is_reserved: bool = False):
        """A new sheet, with the direction and page set-up that all have.

        :param is_reserved: the name comes from :meth:`reserve_name`
        """
        sheet = self._book.add_worksheet(
            name if is_reserved else self.reserve_name(name), FastSheet
        )
        if self.is_right_to_left:
            sheet.right_to_left()
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(self._sides(header_text(self._title), "&A"))
        # The numbers are fields of their own, at which spaces would change sides.
        mark = RIGHT_TO_LEFT_MARK if self.is_right_to_left else ""
        page = self.words["page"] % {
            "page": f"{mark}&P{mark}",
            "pages": f"{mark}&N{mark}",
        }
        sheet.set_footer(self._sides("&D", page))
        return sheet

    def _sides(self, start: str, end: str) -> str:
        """A header or footer, the left side first, as programs expect it."""
        left, right = (end, start) if self.is_right_to_left else (start, end)
        return f"&L{left}&R{right}"


class Table:
    """A sheet with one row for each record, with totals that follow the filter; further sheets
    where one has too few rows.

    :param columns: of the table
    :param count: how many rows there will be
    :param totals: name of a column -> its total, which programs show that do not calculate
    :param frozen_columns: columns at the beginning that stay in sight
    """

    def __init__(
        self,
        book: Book,
        name: str,
        columns: list[Column],
        count: int,
        totals: dict[str, float],
        frozen_columns: int = 0,
    ):
        self.book, self.columns, self.totals = book, columns, totals
        self._frozen_columns = frozen_columns
        self.rows_of_a_sheet = book.row_limit - FIRST_ROW
        sheets = max(1, -(-count // self.rows_of_a_sheet))
        self._lasts = [
            FIRST_ROW - 1 + min(self.rows_of_a_sheet, count - number * self.rows_of_a_sheet)
            for number in range(sheets)
        ]
        self._names = [book.reserve_name(name) for _number in range(sheets)]
        self._formats = [book.styles.get(None, column.kind, column.digits) for column in columns]
        self._lengths = [0] * len(columns)
        self._number = -1
        self._sheets = []
        self._next_sheet()

    def fill(self, chunks: Iterable[list]):
        """Write rows of cells: texts, numbers, :class:`Link` or None."""
        for rows in chunks:
            start = 0
            while start < len(rows):
                space = self._lasts[self._number] + 1 - self._row
                if not space:
                    self._next_sheet()
                    continue
                self._write_rows(rows[start : start + space])
                start += space
            self.book.advance(len(rows))
        self._finish()

    def _write_rows(self, rows):
        if not self._sheets[1:] and self._row == FIRST_ROW:
            self._measure(rows)
        write = partial(write_cell, self.book)
        self._sheet.write_rows(self._row, rows, self._formats, write)
        self._row += len(rows)

    def _measure(self, rows):
        """Remember how long the texts of the first rows are."""
        for position, column in enumerate(self.columns):
            if column.kind in (TEXT, LINK):
                lengths = sorted(length(cells[position]) for cells in rows)
                # A few long names are cut; nine in ten are not.
                self._lengths[position] = lengths[len(lengths) * 9 // 10] if lengths else 0

    def _next_sheet(self):
        self._number += 1
        self._sheet = self.book.sheet(self._names[self._number], is_reserved=True)
        self._sheets.append(self._sheet)
        self._write_top()
        self._row = FIRST_ROW

    def _write_top(self):
        sheet, is_first = self._sheet, not self._number
        styles = self.book.styles
        positions = {column.name: position for position, column in enumerate(self.columns)}
        for position, column in enumerate(self.columns):
            style = styles.get(TOTAL, column.kind if column.kind != LINK else TEXT, column.digits)
            sheet.write_blank(TOTALS_ROW, position, None, style)
            if is_first and column.is_summed:
                total = self.totals.get(column.name, 0.0)
                sheet.write_formula(TOTALS_ROW, position, f"={self._sum(position)}", style, total)
            elif is_first and (ratio := column.ratio) and positions.keys() >= set(ratio[:2]):
                above, below = (self._sum(positions[name]) for name in ratio[:2])
                formula = f'=IFERROR({above}/{below},"")'
                if ratio.needs_base:
                    formula = f'=IF({below}>0,{above}/{below},"")'
                value = ratio.of(*(self.totals.get(name, 0.0) for name in ratio[:2]))
                value = "" if value is None else value
                sheet.write_formula(TOTALS_ROW, position, formula, style, value)
        if not self.columns[0].is_summed and not self.columns[0].ratio:
            words = self.book.words
            text = words["total"] if is_first else words["continued"] % self._names[0]
            sheet.write_string(TOTALS_ROW, 0, cell_text(text), styles.get(TOTAL))
        write_header(self.book, sheet, HEADER_ROW, self.columns)

    def _sum(self, position: int) -> str:
        """The formula of what a column adds up to on all sheets, as far as rows are shown."""
        sums = []
        for number, (name, last) in enumerate(zip(self._names, self._lasts, strict=True)):
            cells = xl_range(FIRST_ROW, position, max(last, FIRST_ROW), position)
            quoted = name.replace("'", "''")
            sums.append(f"SUBTOTAL(9,{cells})" if not number else f"SUBTOTAL(9,'{quoted}'!{cells})")
        return "+".join(sums) if len(sums) == 1 else f"({'+'.join(sums)})"

    def _finish(self):
        for sheet, last in zip(self._sheets, self._lasts, strict=True):
            sheet.freeze_panes(FIRST_ROW, self._frozen_columns)
            sheet.repeat_rows(TOTALS_ROW, HEADER_ROW)
            sheet.autofilter(HEADER_ROW, 0, max(last, HEADER_ROW), len(self.columns) - 1)
            width = set_widths(sheet, self.columns, self._lengths)
            # A crosstab takes several pages side by side, each with the names.
            sheet.fit_to_pages(max(1, round(width / PAGE_WIDTH)), 0)
            if self._frozen_columns:
                sheet.repeat_columns(0, self._frozen_columns - 1)


def write_header(book: Book, sheet, row: int, columns: list[Column]):
    sheet.set_row(row, 32)
    for position, column in enumerate(columns):
        # Above numbers at their side, and clear of the filter's button there
        is_number = column.kind in NUMBERS
        style = book.styles.get(
            HEADER,
            align=book.styles.side(column.kind),
            indent=2 if is_number and not book.is_right_to_left else 1,
        )
        sheet.write_string(row, position, cell_text(column.label), style)


def set_widths(sheet, columns: list[Column], lengths: list[int]) -> int:
    """Make columns as wide as their kind or texts ask for.

    :param lengths: of the texts in each column
    :return: the width of all, in characters
    """
    total = 0
    for position, column in enumerate(columns):
        # The button of the filter takes two characters, and bold ones are wider.
        header = _in_two_lines(column.label) + 5
        width = max(WIDTHS.get(column.kind, 14), header, lengths[position] + 3)
        width = min(max(width, NARROWEST), WIDEST)
        sheet.set_column(position, position, width)
        total += width
    return total


def _in_two_lines(label: str) -> int:
    """How wide ``label`` is on two lines, which is what a header has room for."""
    words = label.split()
    lines = (
        max(len(" ".join(words[:number])), len(" ".join(words[number:])))
        for number in range(len(words) + 1)
    )
    return min(lines)


def write_cell(book: Book, sheet, row: int, position: int, value, cell_format):
    """A text, a number, a :class:`Link`, or nothing but the format."""
    if value is None:
        sheet.write_blank(row, position, None, cell_format)
    elif isinstance(value, str):
        sheet.write_string(row, position, cell_text(value), cell_format)
    elif isinstance(value, Link):
        write_link(sheet, row, position, value, cell_format)
    else:
        sheet.write_number(row, position, value, cell_format)


def write_link(sheet, row: int, position: int, link: Link, cell_format):
    """A formula: Excel opens no more than 65,530 links of the other kind in a sheet, and
    xlsxwriter would keep them all in memory."""
    text = cell_text(link.text)
    if len(text) > FORMULA_TEXT_LIMIT or len(link.address) > FORMULA_TEXT_LIMIT:
        sheet.write_string(row, position, text, cell_format)
        return
    quoted = [part.replace('"', '""') for part in (link.address, text)]
    formula = '=HYPERLINK("{}","{}")'.format(*quoted)
    sheet.write_formula(row, position, formula, cell_format, text)


def write_sum(sheet, row: int, position: int, cells: tuple, cell_format, total: float):
    """The sum of a range, as far as its rows are shown.

    :param cells: first row, first column, last row and last column
    :param total: the sum, for programs that show and do not calculate
    """
    formula = f"=SUBTOTAL(9,{xl_range(*cells)})"
    sheet.write_formula(row, position, formula, cell_format, total)


def length(value) -> int:
    """Of the longest line of a text or link."""
    if isinstance(value, Link):
        value = value.text
    return max(map(len, value.splitlines()), default=0) if isinstance(value, str) else 0
