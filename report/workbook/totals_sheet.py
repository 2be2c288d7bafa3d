"""The sheet of totals: one row for each group that the screen shows, and what its rows come to."""

from odoo.tools import SQL

from ...tools.export_request import TOTALS
from .book import Table
from .columns import TEXT, WHOLE, Column
from .grouped_sheet import Grouping, shown_groups


def write_totals(book, reader, words):
    """Write the sheet, if there is anything to group by that it can show."""
    group_by = reader.request.group_by or reader.model._usual_groups()
    if group_by := shown_groups(reader, group_by):
        _Totals(book, reader, words, group_by).draw()


class _Totals:
    def __init__(self, book, reader, words, group_by: list[str]):
        self.book, self.reader, self.words = book, reader, words
        self.query, self.factory = reader.lines()
        self.groupings = [Grouping(reader.model, spec) for spec in group_by]
        self.keys = [grouping.expression(self.factory) for grouping in self.groupings]
        self.columns = self.factory.totals(reader.request.measures or reader.request.columns)
        self._labels = [self.factory.labels_of(grouping.name) for grouping in self.groupings]

    def draw(self):
        selected = self._select()
        summed = [column for column in self.columns if column.is_summed]
        names = [SQL.identifier(f"total_{number}") for number in range(len(self.columns))]
        sums = [
            SQL("SUM(%s)::float8", name)
            for name, column in zip(names, self.columns, strict=True)
            if column.is_summed
        ]
        keys = [SQL.identifier(f"key_{number}") for number in range(len(self.keys))]
        [[count, *totals]] = self.reader.fetch(
            SQL(
                "SELECT %s FROM (%s) AS groups (%s)",
                SQL(", ").join([SQL("COUNT(*)"), *sums]),
                selected,
                SQL(", ").join([*keys, SQL.identifier("rows"), *names]),
            )
        )
        table = Table(
            self.book,
            self.words.sheet(TOTALS),
            [*self._key_columns(), self._count_column(), *self.columns],
            count,
            {
                "_rows": self.reader.count,
                **{column.name: total or 0.0 for column, total in zip(summed, totals, strict=True)},
            },
            frozen_columns=len(self.keys),
        )
        table.fill(self._chunks(selected))

    def _key_columns(self) -> list[Column]:
        return [
            Column(
                f"_group_{position}",
                grouping.label,
                WHOLE if grouping.field.type == "integer" else TEXT,
            )
            for position, grouping in enumerate(self.groupings)
        ]

    def _count_column(self) -> Column:
        return Column("_rows", self.words.rows, WHOLE, is_summed=True)

    def _select(self) -> SQL:
        """A SELECT of the keys of each group, how many rows it has, and its totals."""
        self.query.groupby = SQL(", ").join(self.keys)
        self.query._order = SQL(", ").join(self._order())
        totals = [column.sql for column in self.columns]
        return self.query.select(*self.keys, SQL("COUNT(*)"), *totals)

    def _order(self) -> list[SQL]:
        """Periods and numbers in their order, all else by what it comes to; the groups of an outer
        group together."""
        name, is_descending = self.reader.model._order_of_totals() or (None, True)
        chosen = [column for column in self.columns if column.name == name]
        chosen = chosen or [column for column in self.columns if column.is_summed]
        amount = chosen[0].sql if chosen else SQL("COUNT(*)")
        direction = SQL("DESC NULLS LAST" if is_descending else "ASC NULLS LAST")
        terms = []
        for depth, (grouping, key) in enumerate(zip(self.groupings, self.keys, strict=True), 1):
            if not grouping.period and grouping.field.type != "integer":
                total = amount
                if depth < len(self.keys):
                    outer = SQL(", ").join(self.keys[:depth])
                    total = SQL("SUM(%s) OVER (PARTITION BY %s)", amount, outer)
                terms.append(SQL("%s %s", total, direction))
            terms.append(key)
        return terms

    def _chunks(self, selected: SQL):
        depth = len(self.keys)
        for rows in self.reader.stream(selected):
            for values, labels in zip(
                zip(*(row[:depth] for row in rows), strict=True), self._labels, strict=True
            ):
                if labels is not None:
                    labels.learn({value for value in values if value is not None})
            yield [(*self._names(row[:depth]), *row[depth:]) for row in rows]

    def _names(self, key: tuple) -> list:
        return [
            value
            if value is not None and grouping.field.type == "integer"
            else grouping.words_of(value, labels, self.words)
            for value, grouping, labels in zip(key, self.groupings, self._labels, strict=True)
        ]
