"""What keeps the report fast before PostgreSQL has analysed the tables, as after a restore.

Without statistics PostgreSQL expects each condition to be true of one row in two hundred. So it
takes a company for a good way to find the newest lines, although most lines are of that company.
Then :class:`.CustomerSalesQuery` leaves it less choice: it is told whether to begin with documents
or with lines, and conditions that do not lead to few lines are put so that no index is used for
them.
"""

from collections.abc import Sequence
from dataclasses import replace

from odoo.tools import SQL

from .customer_sales_source import First, Source
from .search_terms import Term

TABLES = (
    "account_move",
    "account_move_line",
    "pos_order",
    "pos_order_line",
    "sale_order",
    "sale_order_line",
)

# A smaller table, in bytes, is read as a whole in no time.
LARGE = 16 * 1024 * 1024

SEEN = "customer_sales_statistics_seen"


def are_missing(env) -> bool:
    """Whether one of the large tables has not been analysed yet.

    Once they all have been, they are taken to have statistics for as long as the server runs.
    """
    if getattr(env.registry, SEEN, False):
        return False
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
            list(TABLES),
            LARGE,
        )
    )
    if not missing:
        setattr(env.registry, SEEN, True)
    return missing


def set_planner(env, *, by_index: bool):
    """Keep PostgreSQL, for this query, from what it would do because it misjudges it.

    :param by_index: whether the query's rows can be found by an index
    """
    env.cr.execute(SQL("SET LOCAL jit = off; SET LOCAL enable_seqscan = %s", not by_index))


def opaque(condition: SQL) -> SQL:
    """``condition`` in a form that PostgreSQL has no index for and expects to be true of half of
    the rows."""
    return SQL("CASE WHEN %s THEN TRUE ELSE FALSE END", condition)


def with_less_choice(source: Source, terms: Sequence[Term], *, walks: bool) -> Source:
    """``source`` for a search of ``terms``, in a form that can only be read in a good way.

    :param walks: whether the first rows by date are asked for
    """
    ways = {term.first_in(source) for term in terms if term.leads_to_few}
    if ways:
        first = First.LINES if First.LINES in ways else First.DOCUMENTS
    else:
        first = First.DOCUMENTS if walks else None
    return replace(source, where=opaque(source.where), first=first)
