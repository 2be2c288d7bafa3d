"""Lines under the groups they belong to, each with its totals, as groups that fold."""

from dataclasses import replace
from functools import partial

from odoo.tools import SQL, groupby

from ...tools.number_text import number_text
from .anonymization import staying_groups
from .book import (
    FIRST_ROW,
    HEADER_ROW,
    TOTALS_ROW,
    length,
    set_widths,
    write_cell,
    write_header,
    write_sum,
)
from .columns import LINK, TEXT, Column, can_be_read, is_property, name_of_nothing
from .fast_sheet import forget_row
from .lines_sheet import Lines
from .styles import GROUP, TOTAL

DEEPEST = 6  # Excel folds seven levels, the lowest of which are the lines
PERIODS = {"day", "week", "month", "quarter", "year"}
MEASURED_ROWS = 500  # whose texts decide how wide the columns are


def supported(model, group_by: list[str]) -> list[str]:
    """Those groupings that a sheet can show: by a record, a choice, a text or a period.

    A row that is in several groups at once, as by tags, has no one place on a sheet.
    """
    names = []
    for spec in group_by:
        name, _colon, period = spec.partition(":")
        field = model._fields.get(name)
        if field is None or not can_be_read(model, field) or _has_several_values(field):
            continue
        if field.type in ("many2one", "selection", "boolean", "char", "integer") or (
            field.type == "date" and (period or "month") in PERIODS
        ):
            names.append(spec)
    return names[:DEEPEST]


def _has_several_values(field) -> bool:
    return is_property(field) and field.customer_property.has_several_values


class Grouping:
    """One level of groups.

    :param spec: a field, with a period for dates, such as ``date:month``
    """

    def __init__(self, model, spec: str):
        self.name, _colon, period = spec.partition(":")
        self.field = model._fields[self.name]
        self.period = (period or "month") if self.field.type == "date" else None
        self.label = self.field.get_description(model.env, ["string"])["string"]
        self._name_of_nothing = name_of_nothing(model.env, self.field)

    def order(self, factory, by_name: bool) -> SQL:
        """What brings the lines of a group together.

        :param by_name: records may stand in the order of their names
        """
        if self.period:
            return self.expression(factory)
        order = self.name
        if self.field.type == "many2one":
            # By id as well: records of one name would mingle.
            order = f"{self.name}, {self.name}.id" if by_name else f"{self.name}.id"
        return factory.model._order_to_sql(order, factory.query)

    def expression(self, factory) -> SQL:
        if not self.period:
            return factory.expression(self.name)
        # As on the screen: weeks begin on the day that is usual in the language.
        spec = f"{self.name}:{self.period}"
        return factory.model._read_group_groupby(factory.query.table, spec, factory.query)

    def words_of(self, value, labels, words) -> str:
        """What a group is called.

        :param value: as :meth:`expression` has it
        :param labels: of the column factory, for this grouping
        """
        if value is None:
            return self._name_of_nothing or words.nothing
        if labels is not None:
            labels.learn([value])
            return labels[value] or words.nothing
        if self.period:
            return words.period(value, self.period)
        return str(value)


class GroupSums:
    """How many lines each group has, and what they come to.

    :param groupings: from the outermost
    """

    def __init__(self, reader, groupings: list[Grouping]):
        query, factory = reader.lines()
        keys = [grouping.expression(factory) for grouping in groupings]
        summed = [column for column in factory.make(reader.request.columns) if column.is_summed]
        self._names = [column.name for column in summed]
        levels = (SQL("(%s)", SQL(", ").join(keys[:depth])) for depth in range(len(keys) + 1))
        query.groupby = SQL("GROUPING SETS (%s)", SQL(", ").join(levels))
        select = query.select(
            SQL("GROUPING(%s)", SQL(", ").join(keys)),
            *keys,
            "COUNT(*)",
            *(SQL("SUM(%s)", column.sql) for column in summed),
        )
        self._groups, self._inner = {}, {}
        for rows in reader.stream(select):
            for mask, *values in rows:
                # The inner groupings that a row does not have are the low bits of the mask.
                group = tuple(values[: len(keys) - mask.bit_length()])
                count, *sums = values[len(keys) :]
                self._groups[group] = count, sums
                for depth in range(len(group)):
                    self._inner[group[:depth]] = self._inner.get(group[:depth], 0) + 1

    def lines(self, group: tuple = ()) -> int:
        return self._groups[group][0] if group in self._groups else 0

    def rows(self, group: tuple = ()) -> int:
        """The rows that a group takes below its own: its lines and the groups in it."""
        return self.lines(group) + self._inner.get(group, 0)

    def of(self, group: tuple = ()) -> dict[str, float]:
        """Name of a column -> its sum."""
        sums = self._groups[group][1] if group in self._groups else [0.0] * len(self._names)
        return {name: total or 0.0 for name, total in zip(self._names, sums, strict=True)}


class GroupedLines:
    """The sheet of lines grouped by one or more columns.

    A group's row stands above its lines and tells how many they are and what they come to. Excel
    folds the lines away; with them shown or not, the totals stay the same.
    """

    def __init__(self, book, reader, words, group_by: list[str]):
        self.book, self.words = book, words
        groupings = [Grouping(reader.model, spec) for spec in group_by]
        self.groupings = groupings
        self.sums = GroupSums(reader, groupings)
        by_name = not reader.request.without_names
        self.lines = Lines(
            reader,
            lambda factory: [grouping.expression(factory) for grouping in groupings],
            lambda factory: [grouping.order(factory, by_name) for grouping in groupings],
        )
        heading = " › ".join(grouping.label for grouping in groupings)
        self.columns = [Column("_group", heading), *self.lines.shown_columns]
        self._labels = [self.lines.factory.labels_of(grouping.name) for grouping in groupings]
        self._line_formats = self._formats(None, self.columns)
        # A group has no document to open.
        plain = [
            replace(column, kind=TEXT) if column.kind == LINK else column for column in self.columns
        ]
        self._group_formats = self._formats(GROUP, plain)
        self._total_formats = self._formats(TOTAL, plain)

    def _formats(self, style, columns):
        return [self.book.styles.get(style, column.kind, column.digits) for column in columns]

    def draw(self, name: str):
        self._name, self._is_first = name, True
        self._start_sheet()
        open_group = None
        for rows in self.lines.chunks():
            for group, pairs in groupby(rows, key=lambda pair: tuple(pair[1])):
                lines = [cells for cells, _key in pairs]
                while lines:
                    if self._row >= self.book.row_limit:
                        self._continue()
                        open_group = None
                    if group != open_group:
                        self._open_groups(group, open_group or ())
                        open_group = group
                    space = self.book.row_limit - self._row
                    self._write_lines(lines[:space])
                    lines = lines[space:]
            self.book.advance(len(rows))
        self._finish_sheet()

    # -- Sheets -----------------------------------------------------------------------------

    def _start_sheet(self):
        self._sheet = self.book.sheet(self._name)
        # Groups stand above and before their lines.
        self._sheet.outline_settings(True, False, True, False)
        self._lengths = [0] * len(self.columns)
        self._write_totals()
        write_header(self.book, self._sheet, HEADER_ROW, self.columns)
        self._row = FIRST_ROW

    def _write_totals(self):
        words = self.book.words
        text = words["total"] if self._is_first else words["continued"] % self._name
        self._sheet.write_string(TOTALS_ROW, 0, text, self._total_formats[0])
        if self._is_first:
            self._write_sums(TOTALS_ROW, FIRST_ROW, self.sums.rows(), (), self._total_formats)

    def _write_sums(self, row: int, first: int, rows: int, group: tuple, formats):
        """The totals of a group: formulas, or numbers where its lines go on in another sheet."""
        totals = self.sums.of(group)
        last = first + rows - 1
        is_whole = first <= last < self.book.row_limit
        for position, column in enumerate(self.columns[1:], 1):
            if column.is_summed and is_whole:
                cells = (first, position, last, position)
                write_sum(self._sheet, row, position, cells, formats[position], totals[column.name])
            elif column.is_summed:
                self._sheet.write_number(row, position, totals[column.name], formats[position])
            else:
                self._sheet.write_blank(row, position, None, formats[position])

    def _continue(self):
        self._finish_sheet()
        self._is_first = False
        self._start_sheet()

    def _finish_sheet(self):
        self._sheet.freeze_panes(FIRST_ROW, 1)
        self._sheet.repeat_rows(TOTALS_ROW, HEADER_ROW)
        set_widths(self._sheet, self.columns, self._lengths)

    # -- Rows -------------------------------------------------------------------------------

    def _open_groups(self, group: tuple, before: tuple):
        """Write the rows of the groups that begin with the line to come."""
        depth = 0
        while depth < len(group) and group[: depth + 1] == before[: depth + 1]:
            depth += 1
        if self._row + len(group) - depth >= self.book.row_limit:
            self._continue()
            depth = 0
        for level in range(depth, len(group)):
            self._write_group(group[: level + 1], level)

    def _write_group(self, group: tuple, level: int):
        row = self._row
        count = number_text(self.words.env, self.sums.lines(group))
        name = self.groupings[level].words_of(group[-1], self._labels[level], self.words)
        label = f"{'    ' * level}{name} ({count})"
        self._sheet.set_row(row, None, None, {"level": level})
        write_cell(self.book, self._sheet, row, 0, label, self._group_formats[0])
        self._lengths[0] = max(self._lengths[0], len(label))
        self._write_sums(row, row + 1, self.sums.rows(group), group, self._group_formats)
        forget_row(self._sheet, row - 1)
        self._row += 1

    def _write_lines(self, lines):
        rows = [(None, *cells) for cells in lines]
        for cells in rows[: max(MEASURED_ROWS - self._row, 0)]:
            for position, value in enumerate(cells):
                self._lengths[position] = max(self._lengths[position], length(value))
        write, level = partial(write_cell, self.book), len(self.groupings)
        self._sheet.write_rows(self._row, rows, self._line_formats, write, level)
        self._row += len(rows)


def shown_groups(reader, group_by: list[str]) -> list[str]:
    """Those groupings that a sheet can show, and the file may have."""
    group_by = supported(reader.model, group_by)
    if reader.request.without_names:
        group_by = staying_groups(reader.model, group_by)
    return group_by


def write_groups(book, reader, words, content: str, group_by: list[str]):
    """Write the sheet of lines in groups, if it can show any of these."""
    if group_by := shown_groups(reader, group_by):
        GroupedLines(book, reader, words, group_by).draw(words.sheet(content))
