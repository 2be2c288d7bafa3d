"""What makes the report fast: conditions, ids and the newest rows are looked for in each source.

PostgreSQL pushes simple conditions through a UNION ALL by itself. It does not push what these
three do, each measured in ``bench/``:

- **Conditions with a join or a sub-select** (the customer's country, a name to search for):
  :meth:`CustomerSalesQuery.select` puts the whole WHERE clause into every branch.
- **ORDER BY date LIMIT n**: the newest n rows are among the newest n of each source, so each
  branch is sorted and cut on its own, along an index that Odoo already has.
- **Row ids and days**: :func:`narrow` turns ids back into the ids of each source's lines, and a
  range of days into a range of the source's own timestamps.

Whatever it does not understand is left to the plain query, with the same result.
"""

import re
from datetime import date, datetime, time, timedelta

from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL
from odoo.tools.query import Query

from .customer_sales_source import SOURCE_SLOTS, Source

# Local time is never farther from UTC than 14 hours, and sets its clocks back by some hours at
# times: within two days of a timestamp lie all the rows that its local day can be compared with.
SLACK = timedelta(days=2)

ORDER_TERM = re.compile(r"\s*(\w+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)


def narrow(sources: list[Source], domain) -> list[Source]:
    """Add to each source what ``domain`` says of ids and days, in terms of its own columns.

    The conditions only repeat what the domain says anyway; they are there for the indexes.

    :param domain: a fully optimized domain on the report
    :return: the sources that can hold rows of the domain
    """
    conditions = domain.children if isinstance(domain, DomainAnd) else [domain]
    for condition in conditions:
        if not isinstance(condition, DomainCondition):
            continue
        if condition.field_expr == "id" and condition.operator == "in":
            sources = _narrow_to_ids(sources, condition.value)
        elif condition.field_expr == "date":
            sources = [_narrow_to_days(source, condition) for source in sources]
    return sources


def _narrow_to_ids(sources: list[Source], row_ids) -> list[Source]:
    narrowed = []
    for source in sources:
        line_ids = tuple(
            row_id // SOURCE_SLOTS
            for row_id in row_ids
            if isinstance(row_id, int) and row_id % SOURCE_SLOTS == source.slot
        )
        if line_ids:
            narrowed.append(source.where_also(SQL("line.id IN %s", line_ids)))
    return narrowed


def _narrow_to_days(source: Source, condition) -> Source:
    operator, value = condition.operator, condition.value
    if source.timestamp is None:
        return source
    if operator in (">", ">=") and isinstance(value, date):
        first, last = value, None
    elif operator in ("<", "<=") and isinstance(value, date):
        first, last = None, value
    elif operator == "in" and value and all(isinstance(day, date) for day in value):
        first, last = min(value), max(value)
    else:
        return source
    if first:
        source = source.where_also(SQL("%s >= %s", source.timestamp, _midnight(first) - SLACK))
    if last:
        source = source.where_also(SQL("%s < %s", source.timestamp, _midnight(last) + SLACK))
    return source


def _midnight(day: date) -> datetime:
    # Far from the ends of the calendar, where there is no room for the slack.
    day = min(max(day, date(1000, 1, 1)), date(9000, 1, 1))
    return datetime.combine(day, time.min)


class CustomerSalesQuery(Query):
    """The query of a search on the report, evaluated source by source.

    :param query: the query that the search built
    :param model: the report
    :param sources: the sources to read, narrowed to the search's domain
    :param order: the order of the search, as text
    :param selects: name -> SELECT that conditions of the search refer to by its name
    """

    def __init__(
        self,
        query: Query,
        model,
        sources: list[Source],
        order: str | None,
        selects: dict[str, SQL] | None = None,
    ):
        super().__init__(query._env, query.table, query._tables[query.table])
        self._joins = query._joins
        self._where_clauses = query._where_clauses
        self._order = query._order
        self._order_groupby = query._order_groupby
        self.limit = query.limit
        self.offset = query.offset
        self._model = model
        self._sources = sources
        self._selects = selects or {}
        # What the search itself put there is pushed into the branches. Joins and conditions
        # that grouping adds later stay outside.
        self._pushed_joins = dict(query._joins)
        self._pushed_where = list(query._where_clauses)
        self._pushed_order = query._order
        self._date_direction = self._direction_of_date(order)

    def select(self, *args):
        plain = Query(self._env, self.table, self._pushed_table(args))
        plain._where_clauses = self._where_clauses[len(self._pushed_where) :]
        plain._joins = self._joins
        plain.groupby, plain.having = self.groupby, self.having
        plain._order, plain.limit, plain.offset = self._order, self.limit, self.offset
        return plain.select(*args)

    def subselect(self, *args):
        # Odoo's own leaves the order out, and with it what stands before the branches.
        return SQL("(%s)", self.select(*args)) if self._selects else super().subselect(*args)

    def __len__(self):
        if self._ids is None and not (self.limit or self.offset):
            return self._env.execute_query(self.select("COUNT(*)"))[0][0]
        return super().__len__()

    def _pushed_table(self, args) -> SQL:
        """The UNION ALL of the sources, each with the conditions of the search."""
        if not self._sources:
            # None can have rows of the domain; the plain table knows the columns.
            return SQL("(SELECT * FROM %s AS nothing WHERE FALSE)", self._tables[self.table])
        ordered = self._can_order_branches(args)
        return SQL(
            "(%s%s%s)",
            self._with_selects(),
            SQL(" UNION ALL ").join(
                self._ordered_branch(source) if ordered else self._branch(source)
                for source in self._sources
            ),
            # The fields to write to the database before reading
            SQL(to_flush=self._tables[self.table].to_flush),
        )

    def _with_selects(self) -> SQL:
        """What all branches refer to is run once."""
        if not self._selects:
            return SQL()
        return SQL(
            "WITH %s ",
            SQL(", ").join(
                SQL("%s AS MATERIALIZED (%s)", SQL.identifier(name), select)
                for name, select in self._selects.items()
            ),
        )

    def _branch(self, source: Source) -> SQL:
        return SQL(
            "(SELECT %s.* %s)",
            SQL.identifier(self.table),
            self._branch_from(self._model._source_select(source)),
        )

    def _branch_from(self, source_select: SQL, *conditions: SQL) -> SQL:
        """FROM and WHERE of the search on one source, under the report's own alias."""
        branch = Query(self._env, self.table, SQL("(%s)", source_select))
        branch._joins = self._pushed_joins
        conditions = [*self._pushed_where, *conditions]
        return SQL(
            "FROM %s WHERE %s", branch.from_clause, SQL(" AND ").join(conditions or [SQL("TRUE")])
        )

    # -------------------------------------------------------------------------------------
    # The first rows by date
    # -------------------------------------------------------------------------------------

    def _direction_of_date(self, order: str | None) -> str | None:
        """ASC or DESC where rows are sorted by date first, then by columns of their own."""
        terms = [ORDER_TERM.fullmatch(term) for term in (order or "").split(",")]
        if not all(terms) or terms[0][1] != "date":
            return None
        columns = [self._model._fields.get(term[1]) for term in terms]
        if not all(field and field.column_type and not field.relational for field in columns):
            return None
        return (terms[0][2] or "asc").upper()

    def _can_order_branches(self, args) -> bool:
        own_column = re.compile(rf'("{self.table}"\."\w+")?')
        return bool(
            self._date_direction
            and self.limit
            and not self.groupby
            and self._order is self._pushed_order
            and len(self._where_clauses) == len(self._pushed_where)
            and all(own_column.fullmatch(SQL(arg).code) for arg in args)
        )

    def _ordered_branch(self, source: Source) -> SQL:
        """The rows of one source that can be among the rows asked for."""
        rows = self.limit + (self.offset or 0)
        descending = self._date_direction == "DESC"
        select = self._model._source_select(source, with_timestamp=True)
        if source.timestamp is None:
            # Every sale has a date; said aloud, it spares walking the index over the journal
            # entries that have none.
            conditions = [SQL("%s IS NOT NULL", SQL.identifier(self.table, "date"))]
        else:
            conditions = self._up_to_last_row(select, rows, descending)
        return SQL(
            "(SELECT %s.* %s ORDER BY %s LIMIT %s)",
            SQL.identifier(self.table),
            self._branch_from(select, *conditions),
            self._order,
            rows,
        )

    def _up_to_last_row(self, select: SQL, rows: int, descending: bool) -> list[SQL]:
        """Conditions on the timestamp that let through at least the first ``rows`` rows.

        The local day has no index; the timestamp has, and follows it closely.
        """
        timestamp = SQL.identifier(self.table, "_timestamp")
        last = SQL(
            "(SELECT %s %s ORDER BY %s %s OFFSET %s LIMIT 1)",
            timestamp,
            self._branch_from(select),
            timestamp,
            SQL("DESC" if descending else "ASC"),
            rows - 1,
        )
        # A bound on either side makes PostgreSQL expect a narrow range, and so use the index.
        if descending:
            return [
                SQL("%s >= COALESCE(%s - %s, '-infinity')", timestamp, last, SLACK),
                SQL("%s <= 'infinity'", timestamp),
            ]
        return [
            SQL("%s <= COALESCE(%s + %s, 'infinity')", timestamp, last, SLACK),
            SQL("%s >= '-infinity'", timestamp),
        ]
