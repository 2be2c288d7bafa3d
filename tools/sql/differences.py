"""Brings a stored table to what was derived anew, touching only the rows that differ."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from odoo.tools import SQL

from .columns import listed

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
            columns=listed([*key, *columns]),
            key=listed(key),
            **names,
        )
    )
    inserted = cr.rowcount
    cr.execute(SQL("SELECT COUNT(*) FROM %s", names["derived"]))
    [count] = cr.fetchone()
    updated = 0
    if inserted < count:
        updated = update_differing(
            cr,
            table,
            {name: SQL.identifier("derived", name) for name in columns},
            SQL("FROM %s derived", names["derived"]),
            SQL("%s AND %s", same, scope),
        )
    found = Differences(inserted, updated, deleted)
    if inserted + deleted > MANY:
        # The statements that follow read the table before PostgreSQL's own vacuuming comes by.
        cr.execute(SQL("ANALYZE %s", names["stored"]))
    return found


def update_differing(
    cr,
    table: str,
    columns: Mapping[str, SQL],
    source: SQL,
    condition: SQL,
    alias: str = "stored",
) -> int:
    """Set columns to the expressions given, in the rows that have other values.

    :param source: the FROM clause of the expressions
    :param condition: which rows
    :param alias: what expressions and condition call ``table``
    :return: how many rows had other values
    """
    cr.execute(
        SQL(
            "UPDATE %(table)s %(alias)s SET %(values)s %(source)s WHERE %(condition)s "
            "AND ROW(%(old)s) IS DISTINCT FROM ROW(%(new)s)",
            table=SQL.identifier(table),
            alias=SQL.identifier(alias),
            values=SQL(", ").join(
                SQL("%s = %s", SQL.identifier(name), expression)
                for name, expression in columns.items()
            ),
            source=source,
            condition=condition,
            old=listed(columns, alias),
            new=SQL(", ").join(columns.values()),
        )
    )
    return cr.rowcount


def create_scratch(
    cr, name: str, select: SQL, key: Sequence[str] = (), *, sorted_by: Sequence[str] = ()
) -> int:
    """Put the rows of ``select`` into a table that lives until the transaction ends.

    :param key: columns that are to have a unique index
    :param sorted_by: without a key, the columns that rows are grouped or joined by
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
                listed(key),
            )
        )
    # Their number and these columns are all that joins need to know.
    cr.execute(SQL("ANALYZE %s (%s)", SQL.identifier(name), listed(key or sorted_by)))
    return count
