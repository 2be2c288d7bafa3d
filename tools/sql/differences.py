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
    # Before rows are updated, whose old versions would have to be passed over. And as a difference
    # of sets, which is known before the first row is inserted: of a table that it takes for empty,
    # PostgreSQL would look through those just inserted for each one to insert.
    cr.execute(
        SQL(
            "INSERT INTO %(stored)s (%(columns)s) SELECT %(columns)s FROM %(derived)s derived "
            "JOIN (SELECT %(key)s FROM %(derived)s "
            "EXCEPT SELECT %(key)s FROM %(stored)s JOIN %(derived)s USING (%(key)s)) missing "
            "USING (%(key)s)",
            columns=_listed([*key, *columns]),
            key=_listed(key),
            **names,
        )
    )
    inserted = cr.rowcount
    cr.execute(SQL("SELECT COUNT(*) FROM %s", names["derived"]))
    [count] = cr.fetchone()
    updated = 0
    if inserted < count:
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
                old=_listed(columns, "stored"),
                new=_listed(columns, "derived"),
                **names,
            )
        )
        updated = cr.rowcount
    found = Differences(inserted, updated, deleted)
    if inserted + deleted > MANY:
        # The statements that follow read the table before PostgreSQL's own vacuuming comes by.
        cr.execute(SQL("ANALYZE %s", names["stored"]))
    return found


def _listed(names: Sequence[str], *table: str) -> SQL:
    return SQL(", ").join(SQL.identifier(*table, name) for name in names)


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
                _listed(key),
            )
        )
    # Their number and the key are all that joins need to know.
    keys = SQL(" (%s)", _listed(key)) if key else SQL()
    cr.execute(SQL("ANALYZE %s%s", SQL.identifier(name), keys))
    return count
