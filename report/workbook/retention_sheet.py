"""The sheet of retention: cohorts of customers against the periods since, colored as a heat map; a
table for each measure."""

from ...tools.export_request import RETENTION
from ...tools.safe_text import cell_text
from .columns import NUMBER, PERCENT, TEXT, WHOLE, Column
from .heat import heat
from .styles import GROUP, HEADER, TITLE

COHORT_WIDTH, SIZE_WIDTH, PERIOD_WIDTH = 22, 11, 9
AMOUNT_WIDTH = 14
# Of the table: the cohort and how many customers it has
BEFORE = 2


def write_retention(book, reader, words):
    """Write the sheet."""
    _Retention(book, reader, words).draw()


class _Retention:
    def __init__(self, book, reader, words):
        self.book, self.reader, self.words = book, reader, words
        self.env, self.model = reader.env, reader.model
        _query, factory = reader.lines()
        names = [name for name in reader.request.measures if name in self.model._retained()]
        # Amounts in several currencies have no one place in a cell.
        columns = [column for column in factory.make(names) if column.name in names]
        self.columns = columns or factory.make(["share"])

    def draw(self):
        self.name = self.book.reserve_name(self.words.sheet(RETENTION))
        self.sheet = self.book.sheet(self.name, is_reserved=True)
        period = self.model._period()
        names = [f"{column.name}:{self._aggregator(column)}" for column in self.columns]
        found = self.model._read_group(
            self.reader.domain, [f"cohort:{period}", "elapsed"], [*names, "__count"]
        )
        self.cells = {(cohort, elapsed): values for cohort, elapsed, *values in found}
        self.overall = {
            elapsed: values
            for elapsed, *values in self.model._read_group(self.reader.domain, ["elapsed"], names)
        }
        self.cohorts = sorted({cohort for cohort, _elapsed in self.cells})
        self.periods = sorted({elapsed for _cohort, elapsed in self.cells})
        self._set_widths()
        row = 0
        for place, column in enumerate(self.columns):
            row = self._write_table(row, place, column, period) + 2

    def _aggregator(self, column: Column) -> str:
        return self.model._fields[column.name].aggregator

    def _set_widths(self):
        is_narrow = all(column.kind == PERCENT for column in self.columns)
        self.sheet.set_column(0, 0, COHORT_WIDTH)
        self.sheet.set_column(1, 1, SIZE_WIDTH)
        last = BEFORE + max(len(self.periods) - 1, 0)
        self.sheet.set_column(BEFORE, last, PERIOD_WIDTH if is_narrow else AMOUNT_WIDTH)
        self.sheet.freeze_panes(0, BEFORE)

    def _write_table(self, row: int, place: int, column: Column, period: str) -> int:
        """
        :param place: of the column among those read
        :return: the last row of the table
        """
        styles = self.book.styles
        self.sheet.set_row(row, 24)
        self.sheet.write_string(row, 0, cell_text(column.label), styles.get(TITLE, font_size=14))
        later = {
            "month": self.env._("Months later"),
            "quarter": self.env._("Quarters later"),
            "year": self.env._("Years later"),
        }
        row += 1
        side = styles.side(TEXT)
        self.sheet.write_string(row, BEFORE, later[period], styles.get(None, align=side))
        row += 1
        header = styles.get(HEADER, align=side)
        self.sheet.write_string(row, 0, self.env._("First Bought in"), header)
        numbers = styles.get(HEADER, kind=WHOLE)
        self.sheet.write_string(row, 1, self.env._("Customers"), numbers)
        for offset, elapsed in enumerate(self.periods, BEFORE):
            self.sheet.write_number(row, offset, elapsed, numbers)
        # The first period is all there is to compare with.
        largest = max(
            (
                float(values[place] or 0)
                for (_cohort, elapsed), values in self.cells.items()
                if elapsed
            ),
            default=0.0,
        )
        for cohort in self.cohorts:
            row += 1
            self._write_cohort(row, cohort, place, column, largest, period)
        if self.cohorts:
            row += 1
            self._write_average(row, place, column)
        return row

    def _write_cohort(self, row: int, cohort, place: int, column: Column, largest, period: str):
        styles = self.book.styles
        name = self.words.period(cohort, period) if cohort else self.words.nothing
        self.sheet.write_string(row, 0, cell_text(name), styles.get())
        sizes = [values[-1] for (each, _elapsed), values in self.cells.items() if each == cohort]
        self.sheet.write_number(row, 1, max(sizes), styles.get(None, WHOLE))
        for offset, elapsed in enumerate(self.periods, BEFORE):
            values = self.cells.get((cohort, elapsed))
            if values is None or values[place] is None:
                continue
            look = heat(float(values[place]), largest) if elapsed else {}
            style = styles.get(None, column.kind, column.digits, **look)
            self.sheet.write_number(row, offset, float(values[place]), style)

    def _write_average(self, row: int, place: int, column: Column):
        """Of ratios that of everybody, else the total by cohort, as on the screen."""
        styles = self.book.styles
        self.sheet.write_string(row, 0, self.env._("Average of all cohorts"), styles.get(GROUP))
        self.sheet.write_blank(row, 1, None, styles.get(GROUP))
        is_ratio = self._aggregator(column) == "avg"
        kind, digits = (NUMBER, 1) if column.kind == WHOLE else (column.kind, column.digits)
        style = styles.get(GROUP, kind, digits)
        for offset, elapsed in enumerate(self.periods, BEFORE):
            value = self.overall[elapsed][place]
            if value is None:
                self.sheet.write_blank(row, offset, None, style)
                continue
            count = sum((cohort, elapsed) in self.cells for cohort in self.cohorts)
            self.sheet.write_number(row, offset, float(value) / (1 if is_ratio else count), style)
