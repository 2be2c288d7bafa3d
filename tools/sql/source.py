from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from odoo.tools import SQL

from .expression import Expression

# A row's id is `line id * SOURCE_SLOTS + slot`: stable, unique over all sources, and readable
# back into the line it came from. 16 slots leave room for the sources of other addons and keep
# ids below 2^53, the largest integer a web client holds exactly, up to 5.6e14 lines a source.
SOURCE_SLOTS = 16


def opaque(condition: SQL) -> Expression:
    """``condition`` in a form that PostgreSQL has no index for and expects to be true of half of
    the rows."""
    return Expression("CASE WHEN %s THEN TRUE ELSE FALSE END", condition)


def in_slots_of_their_own(sources: list["Source"]) -> list["Source"]:
    """``sources``, of which no two may have rows of one id.

    :raise ValueError: if two have the same slot, or one has a slot that there is not
    """
    taken = {}
    for source in sources:
        if not 0 < source.slot < SOURCE_SLOTS:
            raise ValueError(
                f"The source of {source.lines} has slot {source.slot}: "
                f"it must be from 1 to {SOURCE_SLOTS - 1}."
            )
        if other := taken.get(source.slot):
            raise ValueError(
                f"The sources of {other.lines} and {source.lines} both have slot {source.slot}: "
                "give one of them another, or their rows have the same ids."
            )
        taken[source.slot] = source
    return sources


@dataclass(frozen=True)
class Documents:
    """The documents that the lines of a source stand on.

    :param table: the table of the documents
    :param alias: what the source's expressions call it
    :param link: the lines' column that refers to it
    """

    table: str
    alias: str
    link: str


class First(Enum):
    """What PostgreSQL is told to read first, one by one, and to look the others up by."""

    LINES = 1
    DOCUMENTS = 2


@dataclass(frozen=True)
class Source:
    """One kind of document line that the report reads.

    Its expressions say which aliases they need; one in plain ``SQL`` gets all joins.

    :param slot: number of the source, 0 < slot < :data:`SOURCE_SLOTS`, never reused
    :param columns: column of the report -> SQL expression; a stored field of the report that
        is missing here is NULL for this source
    :param lines: the table of the lines, which the expressions call ``line``
    :param where: the condition that makes a line a sale
    :param documents: the documents of the lines; None where the line is its own document
    :param contact: the contact whose commercial partner the customer is; None where the customer
        is no column of a contact, but of the line or its document
    :param timestamp: the indexed UTC timestamp whose local day is the row's date; None where
        the date is a column of its own
    :param joins: alias -> the further join that brings it, perhaps with others, made only for a
        query that needs one; each keeps the number of lines as it is
    :param first: what to read first; None to leave that to PostgreSQL
    """

    slot: int
    columns: dict[str, SQL]
    lines: str
    where: SQL
    documents: Documents | None = None
    contact: SQL | None = None
    timestamp: SQL | None = None
    joins: dict[str, Callable[[], SQL]] = field(default_factory=dict)
    first: First | None = None

    def where_also(self, condition: SQL) -> "Source":
        """This source with one more condition."""
        return replace(self, where=Expression("%s AND %s", self.where, condition))

    def select(self, columns: Iterable[SQL]) -> SQL:
        """The query of ``columns`` of all lines."""
        selected = Expression(", ").join(columns)
        needs = Expression("%s %s", selected, self.where).needs
        joins = dict.fromkeys(
            join for alias, join in self.joins.items() if needs is None or alias in needs
        )
        return SQL(
            "(SELECT %s FROM %s WHERE %s)",
            selected,
            SQL(" ").join([self._from_clause, *(join() for join in joins)]),
            self.where,
        )

    @property
    def _from_clause(self) -> SQL:
        """The lines with their documents: flat, so that PostgreSQL can push conditions down and
        drop unused joins, unless it is told what to read first."""
        if not self.documents:
            return SQL("%s line", SQL.identifier(self.lines))
        if self.first is None:
            template = "%(lines)s line JOIN %(documents)s %(alias)s ON %(alias)s.id = line.%(link)s"
        elif self.first is First.LINES:
            template = (
                "%(lines)s line CROSS JOIN LATERAL ("
                "SELECT * FROM %(documents)s WHERE id = line.%(link)s OFFSET 0) AS %(alias)s"
            )
        else:
            template = (
                "%(documents)s %(alias)s CROSS JOIN LATERAL ("
                "SELECT * FROM %(lines)s WHERE %(link)s = %(alias)s.id OFFSET 0) AS line"
            )
        return SQL(
            template,
            lines=SQL.identifier(self.lines),
            documents=SQL.identifier(self.documents.table),
            alias=SQL.identifier(self.documents.alias),
            link=SQL.identifier(self.documents.link),
        )

    @property
    def row_id(self) -> Expression:
        """The report's id of a line of this source."""
        return Expression("line.id::bigint * %s + %s", SOURCE_SLOTS, self.slot)
