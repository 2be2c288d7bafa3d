"""The sheet of lines, with the columns that were chosen."""

from dataclasses import replace

from odoo.tools import SQL

from ...tools.export_request import LINES
from .book import Link, Table
from .columns import LINK, MONEY, NUMBERS, PERCENT
from .export_rows import shown_cells

LINKED = "document_number"


class Lines:
    """The lines of a request, read with the cells as they are shown.

    :param extra: a function of the column factory that gives what to read behind the columns
    :param as_texts: numbers are read as texts: amounts and percentages with the decimals that they
        have on the screen, others with all their digits
    :param first_order: a function of the column factory that gives what to sort by first
    """

    def __init__(self, reader, extra=None, first_order=None, as_texts: bool = False):
        self.reader = reader
        query, factory = reader.lines(reader.order())
        if first_order:
            # The query of a domain that nothing fulfils has no order.
            terms = [*first_order(factory), *filter(None, [query._order])]
            query._order = SQL(", ").join(terms)
        self.factory = factory
        self.columns = factory.make(reader.request.columns)
        self._links = self._link_positions()
        self._read = [
            _text(column) if as_texts and column.kind in NUMBERS else column.sql
            for column in self.columns
        ]
        if self._links:
            self._read.append(factory.expression("document_ref"))
        self._extra = extra(factory) if extra else []
        self.select = query.select(*self._read, *self._extra)

    @property
    def shown_columns(self):
        """The columns as the sheet shows them."""
        return [
            replace(column, kind=LINK) if position in self._links else column
            for position, column in enumerate(self.columns)
        ]

    def chunks(self):
        """Chunks of rows of cells.

        Where something extra is read, each row is a pair of its cells and of that.
        """
        raw = self.reader.stream(self.select)
        if not self._extra and not self._links:
            yield from shown_cells(self.columns, raw)
            return
        width, read = len(self.columns), len(self._read)
        for rows in raw:
            cells = next(shown_cells(self.columns, [[row[:width] for row in rows]]))
            if self._links:
                cells = [
                    self._with_links(row, values[width])
                    for row, values in zip(cells, rows, strict=True)
                ]
            if self._extra:
                cells = [(row, values[read:]) for row, values in zip(cells, rows, strict=True)]
            yield cells

    def _link_positions(self) -> set[int]:
        request = self.reader.request
        if not request.has_links or request.without_names:
            return set()
        return {position for position, column in enumerate(self.columns) if column.name == LINKED}

    def _with_links(self, row: tuple, reference: str | None) -> list:
        row = list(row)
        for position in self._links:
            if row[position] and reference:
                row[position] = Link(row[position], self._address(reference))
        return row

    def _address(self, reference: str) -> str:
        model, _separator, record_id = reference.partition(",")
        return f"{self._base_url}/odoo/{model}/{record_id}"

    @property
    def _base_url(self) -> str:
        return self.reader.model.get_base_url()


def _text(column) -> SQL:
    """A number as a text; 12.3 for 12.3 %, as the heading says percent."""
    if column.kind == PERCENT:
        return SQL("ROUND((%s * 100)::numeric, %s)::text", column.sql, column.digits)
    if column.kind == MONEY:
        return SQL("ROUND((%s)::numeric, %s)::text", column.sql, column.digits)
    return SQL("(%s)::text", column.sql)


def write_lines(book, reader, words):
    """Write the sheet of lines."""
    totals = reader.totals()
    lines = Lines(reader)
    table = Table(book, words.sheet(LINES), lines.shown_columns, reader.count, totals)
    table.fill(lines.chunks())
