import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from odoo.tools import SQL

# A row's id is `line id * SOURCE_SLOTS + slot`: stable, unique over all sources, and readable
# back into the line it came from. 16 slots leave room for the sources of other addons and keep
# ids below 2^53, the largest integer a web client holds exactly, up to 5.6e14 lines a source.
SOURCE_SLOTS = 16


def words(sql: SQL) -> set[str]:
    """The names in ``sql``, and some words that are none."""
    return set(re.findall(r"\w+", sql.code))


def tables(sql: SQL) -> set[str]:
    """The aliases of the tables whose columns are in ``sql``."""
    return set(re.findall(r"(\w+)\"?\.", sql.code))


@dataclass(frozen=True)
class Source:
    """One kind of document line that the report reads.

    :param slot: number of the source, 0 < slot < :data:`SOURCE_SLOTS`, never reused
    :param columns: column of the report -> SQL expression; a stored field of the report that
        is missing here is NULL for this source
    :param from_clause: the FROM clause without its keyword: the line's table under the alias
        ``line``, flat, so that PostgreSQL can push conditions down and drop unused joins
    :param where: the condition that makes a line a sale
    :param timestamp: the indexed UTC timestamp whose local day is the row's date; None where
        the date is a column of its own
    :param joins: alias -> the further join that brings it, perhaps with others, made only for a
        query of that alias' columns; each keeps the number of lines as it is
    """

    slot: int
    columns: dict[str, SQL]
    from_clause: SQL
    where: SQL
    timestamp: SQL | None = None
    joins: dict[str, Callable[[], SQL]] = field(default_factory=dict)

    def where_also(self, condition: SQL) -> "Source":
        """This source with one more condition."""
        return replace(self, where=SQL("%s AND %s", self.where, condition))

    def select(self, columns: Iterable[SQL]) -> SQL:
        """The query of ``columns`` of all lines."""
        selected = SQL(", ").join(columns)
        used = tables(selected) | tables(self.where)
        joins = dict.fromkeys(join for alias, join in self.joins.items() if alias in used)
        return SQL(
            "(SELECT %s FROM %s WHERE %s)",
            selected,
            SQL(" ").join([self.from_clause, *(join() for join in joins)]),
            self.where,
        )

    @property
    def row_id(self) -> SQL:
        """The report's id of a line of this source."""
        return SQL("line.id::bigint * %s + %s", SOURCE_SLOTS, self.slot)
