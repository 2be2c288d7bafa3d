"""Reads the rows of a request from the database, a few at a time."""

import itertools
from collections.abc import Iterator
from functools import cached_property

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL

from ...tools.domain_words import domain_words
from ...tools.export_request import ExportRequest
from ...tools.sql.by_fields import by_fields
from .anonymization import filter_tells_who, order_tells_who
from .columns import Column, ColumnFactory
from .pseudonyms import Pseudonyms

CHUNK = 2000  # rows in memory at a time
WORK_MEM = "64MB"  # for each step of a query that sorts or joins

_cursor_numbers = itertools.count(1)


class ExportRows:
    """The rows of a request, as the current user may see them.

    All is read through the report's own search, so that record rules, companies and private
    fields are minded as everywhere, and through a cursor of the server, so that a million rows
    take no more memory than a few. What is read within one transaction is of one moment.

    :param env: the user's environment, without superuser mode
    """

    def __init__(self, env, request: ExportRequest):
        self.env = env
        self.request = request
        self.model = env[request.model].with_context(active_test=False)
        self.domain = Domain(request.domain)
        self.pseudonyms = Pseudonyms(env) if request.without_names else None

    @property
    def language(self):
        """The language of the user, as a record."""
        languages = self.env["res.lang"]
        return languages._lang_get(self.env.lang or "en_US") or languages.search([], limit=1)

    def check(self):
        """
        :raise UserError: if the user may not export
        :raise AccessError: if the user may not see the rows or one of the columns
        """
        self.model.check_access("read")
        self.model._check_export()
        self.model._check_paths([name] for name in self.request.columns)

    def lines(self, order: str | None = None, domain=None):
        """A query of the lines, and what makes columns for it."""
        domain = by_fields(self.domain if domain is None else domain)
        query = self.model._search(domain, order=order)
        factory = ColumnFactory(self.model, query, self.pseudonyms, self.request.headings)
        return query, factory

    def order(self) -> str:
        """The order of the lines."""
        order = self.request.order or self.model._order
        if self.request.without_names and order_tells_who(self.model, order):
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

    def fetch(self, select: SQL) -> list[tuple]:
        """All rows of a query that has few."""
        self._prepare()
        self._execute(select)
        return self.env.cr.fetchall()

    def stream(self, select: SQL) -> Iterator[list[tuple]]:
        """The rows of a query that may have many, a chunk at a time.

        The transaction must not end meanwhile.
        """
        self._prepare()
        # PostgreSQL would plan for the first tenth of the rows to come fast.
        self._execute(SQL("SET LOCAL cursor_tuple_fraction = 1.0"))
        name = SQL.identifier(f"customer_sales_export_{next(_cursor_numbers)}")
        self._execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, select))
        fetch = SQL("FETCH FORWARD %s FROM %s", CHUNK, name)
        while True:
            self._execute(fetch)
            rows = self.env.cr.fetchall()
            if not rows:
                break
            yield rows
        self._execute(SQL("CLOSE %s", name))

    def spool(self, select: SQL, path: str):
        """Write the rows of a query that may have many to the file ``path``, as PostgreSQL's COPY
        writes texts; nothing is written for NULL."""
        cr = self.env.cr
        self._prepare()
        code = cr.mogrify(select.code, select.params).decode()
        with open(path, "wb") as file:
            cr.copy_expert(f"COPY ({code}) TO STDOUT (NULL '')", file)

    def _prepare(self):
        """Let PostgreSQL run a query over many rows well, in this transaction."""
        self.env.flush_all()
        self.model._without_jit()
        # The default of 4 MB sends the sorting of some ten thousand rows to the disk.
        self.env.cr.execute(
            SQL(
                "SELECT set_config('work_mem', %(wanted)s, TRUE) WHERE "
                "pg_size_bytes(current_setting('work_mem')) < pg_size_bytes(%(wanted)s)",
                wanted=WORK_MEM,
            )
        )

    def _execute(self, query: SQL):
        """Run a query that the user may interrupt: nothing that belongs in the log as an error."""
        self.env.cr.execute(query, log_exceptions=False)

    def cells(self, columns: list[Column], chunks) -> Iterator[list[tuple]]:
        """The rows of ``chunks`` with their cells as they are shown.

        :param chunks: lists of rows that begin with the values of ``columns``
        """
        labels = [
            (position, column.labels)
            for position, column in enumerate(columns)
            if column.labels is not None
        ]
        for rows in chunks:
            values = list(zip(*rows, strict=True))
            for position, known in labels:
                known.learn(set(values[position]))
                values[position] = [
                    None if value is None else known[value] for value in values[position]
                ]
            yield list(zip(*values, strict=True))

    def filter_words(self) -> str:
        """The filter in words. A file without names does not tell a filter that could name one."""
        if self.request.without_names and filter_tells_who(self.model, self.domain):
            return self.env._("not shown, as it could tell who the customers are")
        return domain_words(self.model, self.domain)

    # -- What counts ------------------------------------------------------------------------

    @property
    def basis(self) -> str:
        """The field that says which rows count, so that no figure counts a sale twice: what was
        ordered, where the filter asks for that, else net sales."""
        restricted = {name for name in ("counts_as_order", "counts_as_sale") if self._asks(name)}
        return "counts_as_order" if restricted == {"counts_as_order"} else "counts_as_sale"

    @property
    def is_restricted(self) -> bool:
        """Whether the filter itself lets only rows through that count."""
        return self._asks(self.basis)

    def _asks(self, name: str) -> bool:
        domain = self.domain.optimize(self.model)
        conditions = domain.children if isinstance(domain, DomainAnd) else [domain]
        return any(
            isinstance(condition, DomainCondition)
            and condition.field_expr == name
            and condition.operator == "in"
            and set(condition.value) == {True}
            for condition in conditions
        )

    def counting(self):
        """A query of the rows that count, and what makes columns for it."""
        return self.lines(domain=self.domain & Domain(self.basis, "=", True))
