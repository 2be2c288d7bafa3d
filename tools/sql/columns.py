"""Lists of columns in a statement."""

from collections.abc import Iterable, Mapping

from odoo.tools import SQL


def listed(names: Iterable[str], *table: str) -> SQL:
    """The columns, of the table or alias if there is one."""
    return SQL(", ").join(SQL.identifier(*table, name) for name in names)


def named(columns: Mapping[str, SQL]) -> SQL:
    """What to select: expressions, each under the name of its column."""
    return SQL(", ").join(
        SQL("%s AS %s", expression, SQL.identifier(name)) for name, expression in columns.items()
    )
