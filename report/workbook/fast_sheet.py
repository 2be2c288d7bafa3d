"""A worksheet that takes many rows at once, and writes the file that xlsxwriter would write.

xlsxwriter makes an object for each cell and calls a dozen methods to write it. Here each column of
cells becomes texts in one go. What they look like is learnt from xlsxwriter: a number and a plain
text differ from another only between their tags, and all else (texts with markup, links, days in
words) is written by it, once for each that is different. Whether the result is what the release at
hand writes is tried once a process; where it is not, its own methods do the work.
"""

import functools
import io
import logging
import math
import re
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...tools.safe_text import CELL_LIMIT

_logger = logging.getLogger(__name__)

NUMBERS = {int, float}
#: Different cells of a column that are kept: names repeat, numbers of documents do not
REMEMBERED = 5_000
# Behind the number of the row
_START = re.compile(r'<(?:c r="[A-Z]+|row r=")\d+')
# What xlsxwriter writes in another way than it is: markup, control characters, spaces at the ends
_ODD = re.compile(r"[&<>_\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]|^\s|\s$")
_SAMPLE = "a"


class FastSheet(Worksheet):
    """A worksheet of a workbook with ``constant_memory``."""

    def __init__(self):
        super().__init__()
        self._columns = {}

    def write_rows(
        self, row: int, rows: Sequence[Sequence], formats: Sequence, write: Callable, level: int = 0
    ):
        """Write rows of cells below all that has been written.

        :param row: the first, counted from 0
        :param rows: cells; None where there is none
        :param formats: of the cells at each position
        :param write: writes one cell: called with sheet, row, position, value and format. What it
            writes must not depend on the row.
        :param level: of the outline
        :raise TypeError: if a number is infinite or none, as xlsxwriter does
        """
        way = self.write_at_once if is_as_xlsxwriter() else self.write_one_by_one
        way(row, rows, formats, write, level)

    def write_one_by_one(self, row, rows, formats, write, level=0):
        """Write rows by xlsxwriter's own methods; see :meth:`write_rows`."""
        for number, cells in enumerate(rows, row):
            if level:
                self.set_row(number, None, None, {"level": level})
            for position, value in enumerate(cells):
                if value is not None:
                    write(self, number, position, value, formats[position])
            forget_row(self, number - 1)

    def write_at_once(self, row, rows, formats, write, level=0):
        """Write rows as texts; see :meth:`write_rows`."""
        if not rows:
            return
        last = row + len(rows) - 1
        if row > self.previous_row:
            self._write_single_row(row)
            forget_row(self, row - 1)
        tag = self._behind_the_row(lambda: self._write_row(row, None))
        if level:
            self.set_row(row, None, None, {"level": level})  # the sheet tells its deepest level
            forget_row(self, row)
            tag = tag.replace(">", f' outlineLevel="{level}">')
        numbers = range(row + 1, last + 2)
        cells = []
        for position, values in enumerate(zip(*rows, strict=True)):
            if position not in self._columns:
                self._columns[position] = _Column(self, position, formats[position], write)
            cells.append(self._columns[position].texts(values, numbers))
        tags = [f'<row r="{number}{tag}' for number in numbers]
        self.fh.write("".join(map("".join, zip(tags, *cells, ["</row>"] * len(rows), strict=True))))
        self._check_dimensions(row, 0)
        self._check_dimensions(last, len(cells) - 1)
        self.previous_row = last + 1

    def cell(self, position: int, write: Callable[[int], None]) -> str:
        """A cell as xlsxwriter writes it, behind the number of its row.

        :param write: writes it into the row that it is called with
        """
        row = self.previous_row
        write(row)
        cell = self.table.pop(row)[position]
        return self._behind_the_row(lambda: self._write_cell(row, position, cell))

    def _behind_the_row(self, write: Callable[[], None]) -> str:
        file, self.fh = self.fh, io.StringIO()
        try:
            write()
            return _START.sub("", self.fh.getvalue(), count=1)
        finally:
            self.fh = file


class _Column:
    """The cells of one column of a sheet, as texts."""

    def __init__(self, sheet: FastSheet, position: int, cell_format, write: Callable):
        self._sheet, self._position = sheet, position
        self._format, self._write = cell_format, write
        self._start = f'<c r="{xlsxwriter.utility.xl_col_to_name(position)}'
        self._cells = {}

    def texts(self, values: Sequence, numbers: Sequence[int]) -> list[str]:
        """
        :param numbers: of the rows, counted from 1
        """
        start = self._start
        types = set(map(type, values))
        types.discard(type(None))
        if types <= NUMBERS and all(map(math.isfinite, filter(None, values))):
            if not types:
                return [""] * len(values)
            before, after = self._number
            return [
                "" if value is None else f"{start}{number}{before}{value:.16G}{after}"
                for value, number in zip(values, numbers, strict=True)
            ]
        cells = self._known(values)
        return [
            "" if value is None else f"{start}{number}{cells[value]}"
            for value, number in zip(values, numbers, strict=True)
        ]

    def _known(self, values) -> dict:
        cells = self._cells
        if len(cells) > REMEMBERED:
            cells.clear()
        for value in set(values).difference(cells, [None]):
            if type(value) is str and not _ODD.search(value) and len(value) <= CELL_LIMIT // 2:
                before, after = self._text
                cells[value] = f"{before}{value}{after}"
            else:
                cells[value] = self._written(value)
        return cells

    @functools.cached_property
    def _number(self) -> tuple[str, str]:
        """What stands before and after a number."""
        before, after = self._written(0).split("0</v>")
        return before, f"</v>{after}"

    @functools.cached_property
    def _text(self) -> tuple[str, str]:
        """What stands before and after a text."""
        before, after = self._written(_SAMPLE).split(f">{_SAMPLE}<")
        return f"{before}>", f"<{after}"

    def _written(self, value) -> str:
        def write(row):
            self._write(self._sheet, row, self._position, value, self._format)

        return self._sheet.cell(self._position, write)


def forget_row(sheet: Worksheet, row: int):
    """Give back the memory of a row's height and level, which have been written: xlsxwriter keeps
    them for all rows, under names that its releases differ in."""
    for name in ("row_info", "set_rows", "row_sizes"):
        getattr(sheet, name, {}).pop(row, None)


@functools.cache
def is_as_xlsxwriter() -> bool:
    """Whether :meth:`FastSheet.write_at_once` writes what xlsxwriter at hand writes."""
    try:
        is_equal = _file_of(True) == _file_of(False)
    except Exception:
        _logger.warning("xlsxwriter %s cannot be hastened", xlsxwriter.__version__, exc_info=True)
        return False
    if not is_equal:
        _logger.warning("xlsxwriter %s writes another way", xlsxwriter.__version__)
    return is_equal


def _file_of(is_fast: bool) -> dict[str, bytes]:
    """The parts of a workbook with a few rows of all kinds, but that which has the time."""

    def write(sheet, row, position, value, cell_format):
        if isinstance(value, tuple):
            sheet.write_formula(row, position, value[0], cell_format, value[1])
        elif isinstance(value, str):
            sheet.write_string(row, position, value, cell_format)
        else:
            sheet.write_number(row, position, value, cell_format)

    links = [('=HYPERLINK("https://x/?a=1&b=2","x")', "x"), ('=HYPERLINK("https://y","<y")', "<y")]
    rows = [
        ("plain", 1, -0.1, links[0], "both"),
        ("a & <b>", 0.1 + 0.2, 1e21, links[1], 3),
        (" spaces ", 12345678.905, None, None, 0.5),
        ("_x0041_\tline\nline", None, 1 / 3, links[0], "both"),
        ("عربي", 7, 0, None, None),
        ("plain", -5, 1e-7, None, "_x"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.xlsx"
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet("Trial", FastSheet)
        formats = [
            book.add_format(properties)
            for properties in ({"num_format": "@"}, {"num_format": "0.0"}, {"bold": True}, {}, {})
        ]
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, "Title", formats[2])
        sheet.write_formula(1, 1, "=SUM(B3:B8)", formats[1], 5)
        add = sheet.write_at_once if is_fast else sheet.write_one_by_one
        add(2, rows[:1], formats, write)
        add(3, rows[1:], formats, write)
        end = 2 + len(rows)
        sheet.set_row(end, None, None, {"level": 1})
        sheet.write_string(end, 0, "Group", formats[0])
        add(end + 1, rows, formats, write, 2)
        sheet.write_string(end + 1 + len(rows), 0, "End", formats[0])
        sheet.autofilter(1, 0, 1 + len(rows), 4)
        book.close()
        with zipfile.ZipFile(path) as parts:
            return {
                name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"
            }
