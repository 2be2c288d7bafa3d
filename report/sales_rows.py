"""Reads rows of the report from the database, few at once or many a few at a time."""

import itertools
from collections.abc import Iterator

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL

from ..tools.sql.by_fields import by_fields
from ..tools.terms import COUNTS_AS_ORDER, COUNTS_AS_SALE

CHUNK = 2000  # rows in memory at a time
WORK_MEM = "64MB"  # for each step of a query that sorts or joins

_cursor_numbers = itertools.count(1)


class SalesRows:
    """The rows of a domain, as the user of the report's environment may see them.

    All is read through the report's own search, so that record rules, companies and private
    fields are minded as everywhere, and through a cursor of the server, so that a million rows
    take no more memory than a few. What is read within one transaction is of one moment.

    :param report: an empty recordset of the report, without superuser mode
    :param domain: anything that makes a domain
    """

    def __init__(self, report, domain):
        self.model = report.with_context(active_test=False)
        self.env = self.model.env
        self.domain = Domain(domain)

    def query(self, order: str | None = None, domain=None):
        """A query of the rows, to select :meth:`expression` of it from."""
        domain = by_fields(self.domain if domain is None else domain)
        return self.model._search(domain, order=order)

    def expression(self, query, name: str) -> SQL:
        """A stored field, in terms of a query."""
        return self.model._field_to_sql(query.table, name, query)

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
        # Many expressions take longer to compile than to compute.
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
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

    # -- What counts ------------------------------------------------------------------------

    @property
    def basis(self) -> str:
        """The field that says which rows count, so that no figure counts a sale twice: what was
        ordered, where the domain asks for that, else net sales."""
        restricted = {name for name in (COUNTS_AS_ORDER, COUNTS_AS_SALE) if self._asks(name)}
        return COUNTS_AS_ORDER if restricted == {COUNTS_AS_ORDER} else COUNTS_AS_SALE

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
        """A query of the rows that count."""
        return self.query(domain=self.domain & Domain(self.basis, "=", True))
