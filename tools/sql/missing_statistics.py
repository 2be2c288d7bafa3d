"""What keeps the report fast before PostgreSQL has analysed the tables, as after a restore.

Without statistics PostgreSQL expects each condition to be true of one row in two hundred. So it
takes a company for a good way to find the newest lines, although most lines are of that company.
Then :class:`.CustomerSalesQuery` leaves it less choice: it is told whether to begin with documents
or with lines, and conditions that do not lead to few lines are put so that no index is used for
them.
"""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace

from odoo.tools import SQL

from .search_terms import Term
from .source import First, Source, opaque

# A smaller table, in bytes, is read as a whole in no time.
LARGE = 16 * 1024 * 1024

NOT_MISSING = "customer_sales_statistics_not_missing"


def are_missing(env, sources: Iterable[Source]) -> bool:
    """Whether one of the large tables that ``sources`` read has not been analysed yet.

    Where none is missing, it is not asked again as long as the server runs: PostgreSQL analyses
    tables by itself as they grow.
    """
    if getattr(env.registry, NOT_MISSING, False):
        return False
    tables = {source.lines for source in sources}
    tables |= {source.documents.table for source in sources if source.documents}
    [[missing]] = env.execute_query(
        SQL(
            """
            SELECT EXISTS (
                SELECT FROM unnest(%s) AS sales (name)
                 WHERE pg_relation_size(name::regclass) > %s
                   AND NOT EXISTS (
                        SELECT FROM pg_stats
                         WHERE schemaname = CURRENT_SCHEMA
                           AND tablename = name
                           AND attname = 'id'))
            """,
            sorted(tables),
            LARGE,
        )
    )
    if not missing:
        setattr(env.registry, NOT_MISSING, True)
    return missing


def with_less_choice(source: Source, terms: Sequence[Term], *, walks: bool) -> Source:
    """``source`` in a form that can only be read in a good way.

    :param terms: what its lines are searched for by
    :param walks: whether the first rows by date are asked for
    """
    ways = {term.first_in(source) for term in terms if term.leads_to_few}
    if ways:
        first = First.LINES if First.LINES in ways else First.DOCUMENTS
    else:
        first = First.DOCUMENTS if walks else None
    return replace(source, where=opaque(source.where), first=first)


@contextmanager
def by_indexes(env):
    """Have PostgreSQL find rows by indexes, and read no table as a whole that has one."""
    env.cr.execute(SQL("SET LOCAL enable_seqscan = off"))
    yield
    env.cr.execute(SQL("SET LOCAL enable_seqscan TO DEFAULT"))
