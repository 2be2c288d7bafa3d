"""What a condition looks up in the report itself, such as the customers of a certain total.

The calls of one page of a list look the same up several times: which rows are on it, how many there
are. Each time would read all lines again. So it is found once in a transaction, and is a constant
afterwards: text that PostgreSQL wrote and reads again, never a list in Python.
"""

from typing import NamedTuple

from odoo.tools import SQL

# Up to so many values are kept while a transaction lasts: some ten megabytes of text at most.
KEPT_VALUES = 500_000

CACHE = "customer_sales_lookups"


class Found(NamedTuple):
    """What a SELECT has found.

    :param count: the number of values
    :param array: the values as an array in PostgreSQL's notation; None if they are too many
    """

    count: int
    array: str | None


def find(env, select: SQL) -> Found | None:
    """What ``select`` finds, looked up once in a transaction.

    :param select: a SELECT of different values, in a column named ``key``
    :return: None in a transaction that has written: what was found may not be true any more. One
        that has not written sees the same all the time.
    """
    env.flush_query(select)
    [[is_written]] = env.execute_query(SQL("SELECT pg_current_xact_id_if_assigned() IS NOT NULL"))
    if is_written:
        return None
    kept = env.cr.cache.setdefault(CACHE, {})
    name = repr(select)  # its parameters cannot always be hashed
    if name not in kept:
        env.cr.execute(
            SQL(
                "SELECT COUNT(*), CASE WHEN COUNT(*) <= %s "
                "THEN COALESCE(ARRAY_AGG(key), '{}')::text END FROM (%s) AS found",
                KEPT_VALUES,
                select,
            ),
            log_exceptions=False,  # who sets a limit of time expects it to be reached
        )
        kept[name] = Found(*env.cr.fetchone())
    return kept[name]
