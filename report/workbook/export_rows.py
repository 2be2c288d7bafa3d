"""The rows of a request, with what makes cells of them."""

from collections.abc import Iterator
from functools import cached_property

from odoo.tools import SQL

from ...tools.domain_words import domain_words
from ...tools.export_request import ExportRequest
from ..sales_rows import SalesRows
from .anonymization import filter_words, order_tells_nothing, title_without_names
from .columns import DAY, MOMENT, Column, ColumnFactory
from .labels import day_cell
from .pseudonyms import Pseudonyms


class ExportRows(SalesRows):
    """The rows of a request, as the current user may see them.

    :param env: the user's environment, without superuser mode
    """

    def __init__(self, env, request: ExportRequest):
        super().__init__(env[request.model]._for_request(request), request.domain)
        self.request = request
        self.pseudonyms = Pseudonyms(env) if request.without_names else None

    @property
    def language(self):
        return language_of(self.env)

    @property
    def title(self) -> str:
        request = self.request
        return title_without_names(self.env) if request.without_names else request.title

    def check(self):
        """
        :raise UserError: if the user may not export
        :raise AccessError: if the user may not see the rows or one of the columns
        """
        self.model.check_access("read")
        self.model._check_export()
        self.model._check_paths([name] for name in self.request.names)

    def lines(self, order: str | None = None):
        """A query of the lines, and what makes columns for it."""
        query = self.query(order)
        factory = ColumnFactory(self._adding_up, query, self.pseudonyms, self.request.headings)
        return query, factory

    @cached_property
    def _adding_up(self):
        return self.model._adding_up(self.domain)

    def order(self) -> str:
        """The order of the lines."""
        order = self.request.order or self.model._order
        if self.request.without_names and not order_tells_nothing(self.model, order):
            return self.model._order
        return order

    @cached_property
    def count(self) -> int:
        """How many lines there are."""
        return self.model.search_count(self.domain)

    def totals(self) -> dict[str, float]:
        """The sums of the columns that have one, by name."""
        query, factory = self.lines()
        summed = [column for column in factory.make(self.request.columns) if column.is_summed]
        [[self.count, *sums]] = self.fetch(
            query.select("COUNT(*)", *(SQL("SUM(%s)", column.sql) for column in summed))
        )
        names = [column.name for column in summed]
        return {name: total or 0.0 for name, total in zip(names, sums, strict=True)}

    def filter_words(self) -> str:
        """The filter in words; in a file without names, as far as it names nobody."""
        words = filter_words if self.request.without_names else domain_words
        more = self.model._more_words(self.request)
        return ". ".join(filter(None, (words(self.model, self.domain), more)))


def shown_cells(columns: list[Column], chunks) -> Iterator[list[tuple]]:
    """The rows of ``chunks`` with their cells as they are shown.

    :param chunks: lists of rows that begin with the values of ``columns``
    """
    labels = [
        (position, column.labels, column.empty)
        for position, column in enumerate(columns)
        if column.labels is not None
    ]
    days = [place for place, column in enumerate(columns) if column.kind in (DAY, MOMENT)]
    for rows in chunks:
        values = list(zip(*rows, strict=True))
        for position, known, empty in labels:
            known.learn(set(values[position]))
            values[position] = [
                empty if value is None else known[value] for value in values[position]
            ]
        for position in days:
            values[position] = map(day_cell, values[position])
        yield list(zip(*values, strict=True))


def language_of(env):
    """The language of the user, as a record."""
    languages = env["res.lang"]
    return languages._lang_get(env.lang or "en_US") or languages.search([], limit=1)
