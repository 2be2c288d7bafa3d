"""Brings a stored table to what was derived anew, touching only the rows that differ."""

from collections.abc import Sequence
from typing import NamedTuple

from odoo.tools import SQL

#: From so many rows on, what PostgreSQL knows of a table is of no use for the next statements.
MANY = 10_000


class Differences(NamedTuple):
    """How many rows a table had to change."""

    inserted: int
    updated: int
    deleted: int

    @property
    def total(self) -> int:
        return sum(self)


def apply_differences(
    cr, table: str, derived: str, key: Sequence[str], columns: Sequence[str], scope: SQL
) -> Differences:
    """Make the rows of ``table`` in ``scope`` equal to those of ``derived``.

    :param derived: a table with the columns ``key`` and ``columns``, unique in ``key``, whose rows
        all belong to ``scope``
    :param key: columns that identify a row, never NULL
    :param columns: the other columns
    :param scope: condition on ``table``, under the alias ``stored``
    """
    names = {"stored": SQL.identifier(table), "derived": SQL.identifier(derived)}
    same = SQL(" AND ").join(
        SQL("stored.%s = derived.%s", SQL.identifier(name), SQL.identifier(name)) for name in key
    )
    cr.execute(
        SQL(
            "DELETE FROM %(stored)s stored WHERE %(scope)s AND NOT EXISTS ("
            "SELECT FROM %(derived)s derived WHERE %(same)s)",
            scope=scope,
            same=same,
            **names,
        )
    )
    deleted = cr.rowcount

    def row(alias: str) -> SQL:
        return SQL(", ").join(SQL.identifier(alias, name) for name in columns)

    cr.execute(
        SQL(
            "UPDATE %(stored)s stored SET %(values)s FROM %(derived)s derived WHERE %(same)s "
            "AND %(scope)s AND ROW(%(old)s) IS DISTINCT FROM ROW(%(new)s)",
            values=SQL(", ").join(
                SQL("%s = derived.%s", SQL.identifier(name), SQL.identifier(name))
                for name in columns
            ),
            same=same,
            scope=scope,
            old=row("stored"),
            new=row("derived"),
            **names,
        )
    )
    updated = cr.rowcount
    cr.execute(SQL("SELECT FROM %s LIMIT 1", names["stored"]))
    # Of a table that it knows to be empty, PostgreSQL would look through all rows for each one to
    # insert: those, too, that the statement itself has inserted.
    missing = SQL("NOT EXISTS (SELECT FROM %(stored)s stored WHERE %(same)s)", same=same, **names)
    cr.execute(
        SQL(
            "INSERT INTO %(stored)s (%(columns)s) SELECT %(columns)s FROM %(derived)s derived "
            "WHERE %(missing)s",
            columns=SQL(", ").join(SQL.identifier(name) for name in (*key, *columns)),
            missing=missing if cr.rowcount else SQL("TRUE"),
            **names,
        )
    )
    found = Differences(cr.rowcount, updated, deleted)
    if found.total > MANY:
        # The statements that follow read the table before PostgreSQL's own vacuuming comes by.
        cr.execute(SQL("ANALYZE %s", names["stored"]))
    return found


def create_scratch(cr, name: str, select: SQL, key: Sequence[str] = ()) -> int:
    """Put the rows of ``select`` into a table that lives until the transaction ends.

    :param key: columns that are to have a unique index
    :return: how many rows they are
    """
    cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(name)))
    cr.execute(SQL("CREATE TEMPORARY TABLE %s ON COMMIT DROP AS %s", SQL.identifier(name), select))
    count = cr.rowcount
    if key:
        cr.execute(
            SQL(
                "CREATE UNIQUE INDEX ON %s (%s)",
                SQL.identifier(name),
                SQL(", ").join(SQL.identifier(column) for column in key),
            )
        )
    # Their number and the key are all that joins need to know.
    keys = SQL(" (%s)", SQL(", ").join(SQL.identifier(column) for column in key)) if key else SQL()
    cr.execute(SQL("ANALYZE %s%s", SQL.identifier(name), keys))
    return count
