"""What makes the report fast: it is evaluated source by source, and no more than is asked for.

PostgreSQL pushes simple conditions through a UNION ALL by itself. It does not do what these do,
each measured in ``bench/``:

- **Conditions with a join or a sub-select** (the customer's country, a name to search for):
  :meth:`CustomerSalesQuery.select` puts the whole WHERE clause into every branch.
- **Columns that are not asked for** are left out there, with the joins that only they need:
  below a UNION ALL, PostgreSQL would compute all of them before it sorts or counts. Which are is
  known where columns are named by fields (:mod:`.by_fields`); else none is left out.
- **A page** is read in two steps: which rows are on it, by the few columns that tell, and then
  these rows, by their ids, with all that is to be shown.
- **Groups** are sorted after grouping (:class:`.SortedGroups`).
- **ORDER BY date LIMIT n**: the newest n rows are among the newest n of each source, so each
  branch is sorted and cut on its own, along an index that Odoo already has.
- **Row ids and days**: :func:`narrow` turns ids back into the ids of each source's lines, and a
  range of days into a range of the source's own timestamps.
- **Customers** of orders and receipts are found by their contacts (:mod:`.search_terms`).

Where PostgreSQL has no statistics, as after a restore, it is left less choice
(:mod:`.missing_statistics`).

The sources do their part: flat joins on unique keys, no sub-select for each line, rates and taxes
as constants (:class:`.Reader`), so that PostgreSQL can compute them with several processes at once.

Whatever it does not understand is left to the plain query, with the same result.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from functools import partial

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL
from odoo.tools.query import Query

from .by_fields import columns_in
from .days import SLACK, midnight
from .expression import FALSE, Expression
from .missing_statistics import are_missing, by_indexes, with_less_choice
from .search_terms import Term
from .sorted_groups import SortedGroups
from .source import SOURCE_SLOTS, Source, opaque

# Context of a search whose query brings the sources itself, so that the plain table is not needed
PUSHDOWN = "customer_sales_pushdown"

# Up to so many rows are found first and read then.
PAGE_ROWS = 20_000

ORDER_TERM = re.compile(r"\s*(\w+)(?:\s+(asc|desc))?\s*", re.IGNORECASE)


def narrow(sources: list[Source], domain) -> list[Source]:
    """Add to each source what ``domain`` says of ids and days, in terms of its own columns, and
    leave out those that cannot have a row of it.

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
        elif condition.operator == "in":
            sources = [source for source in sources if not _is_never(source, condition)]
    return sources


def _is_never(source: Source, condition) -> bool:
    """Whether no line of ``source`` has the boolean that ``condition`` asks to be true."""
    return source.columns.get(condition.field_expr) == FALSE and list(condition.value) == [True]


def _narrow_to_ids(sources: list[Source], row_ids) -> list[Source]:
    narrowed = []
    for source in sources:
        line_ids = tuple(
            row_id // SOURCE_SLOTS
            for row_id in row_ids
            if isinstance(row_id, int) and row_id % SOURCE_SLOTS == source.slot
        )
        if line_ids:
            narrowed.append(source.where_also(Expression("line.id IN %s", line_ids)))
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
    timestamp = source.timestamp
    if first:
        source = source.where_also(Expression("%s >= %s", timestamp, midnight(first) - SLACK))
    if last:
        source = source.where_also(Expression("%s < %s", timestamp, midnight(last) + SLACK))
    return source


class CustomerSalesQuery(Query):
    """The query of a search on the report, evaluated source by source.

    :param query: the query that the search built, in a context with :data:`PUSHDOWN`
    :param model: the report
    :param sources: the report's sources
    :param domain: the fully optimized domain of the search
    :param order: the order of the search, as text
    :param named: name -> what a WITH clause says of it, which conditions of the search refer to
    :param terms: further conditions of the search, which its query does not have yet
    :param searched_by_fields: whether the conditions of the search name columns by fields alone
    :param used_by_fields: whether whoever uses the query does, in all that is selected and added
    """

    def __init__(
        self,
        query: Query,
        model,
        sources: list[Source],
        domain,
        order: str | None,
        named: dict[str, SQL] | None = None,
        terms: Sequence[Term] = (),
        *,
        searched_by_fields: bool = True,
        used_by_fields: bool = False,
    ):
        super().__init__(model.env, query.table, query._tables[query.table])
        self._joins = query._joins
        self._where_clauses = query._where_clauses
        self._order = query._order
        self._order_groupby = query._order_groupby
        self.limit = query.limit
        self.offset = query.offset
        self._model = model
        self._all_sources = sources
        self._named = named or {}
        self._date_direction = self._direction_of_date(order)
        # What the search itself put there is pushed into the branches. Joins and conditions
        # that grouping adds later stay outside.
        self._pushed_where = list(query._where_clauses)
        self._pushed_joins = dict(query._joins)
        self._pushed_order = query._order
        self._terms = terms
        for term in terms:
            self.add_where(term.sql)
        self._pushed_count = len(self._where_clauses)
        self._searched_by_fields = searched_by_fields
        self._used_by_fields = used_by_fields
        #: The columns that are being fetched
        self._fetched: set[str] | None = None
        self._goes_by_indexes = False
        if are_missing(model.env, sources):
            model._without_jit()
            if any(term.leads_to_few for term in terms):
                self._date_direction = None  # they are sorted when they are found
                # A total that the search compares with reads all lines.
                self._goes_by_indexes = not named
            walks = bool(self.limit and self._date_direction)
            self._pushed_where = [opaque(condition) for condition in self._pushed_where]
            sources = [with_less_choice(source, terms, walks=walks) for source in sources]
        for term in terms:
            sources = [term.narrow(source) for source in sources]
        self._sources = narrow(sources, domain)
        #: Set when the order of its groups refers to them after grouping
        self.sorted_groups: SortedGroups | None = None

    def select(self, *args):
        """As everywhere. Without ``args``, and while fields are fetched, it is known to select
        columns, and which; other ``args`` may be any SQL."""
        if not args:
            return self._select(SQL.identifier(self.table, "id"), columns=set())
        return self._select(*args, columns=self._fetched)

    def _select(self, *args, columns: set[str] | None = None) -> SQL:
        """
        :param columns: the columns that ``args`` are, beside the id; None if they are something
            else, such as sums
        """
        outside = Query(self._env, self.table, SQL())
        outside._where_clauses = self._where_clauses[self._pushed_count :]
        outside._joins = self._joins
        outside.groupby, outside.having = self.groupby, self.having
        outside._order, outside.limit, outside.offset = self._order, self.limit, self.offset
        select = (
            partial(self.sorted_groups.select, outside) if self.sorted_groups else outside.select
        )
        is_of_columns = columns is not None and self._is_as_searched()
        names = None
        if self._used_by_fields or is_of_columns:
            names = columns_in(select(*args), self._model) | (columns or set())
        outside._tables[self.table] = self._pushed_table(names, is_of_columns)
        return SQL("%s%s", self._with_named(), select(*args))

    def _is_as_searched(self) -> bool:
        """Whether nothing was added to what the search asked for."""
        return (
            not self.groupby
            and not self.having
            and self._order is self._pushed_order
            and len(self._where_clauses) == self._pushed_count
            and len(self._joins) == len(self._pushed_joins)
        )

    @contextmanager
    def fetching(self, fields):
        """The context in which the ORM selects the columns of ``fields``."""
        self._fetched = {field.name for field in fields}
        try:
            yield
        finally:
            self._fetched = None

    @property
    def from_clause(self) -> SQL:
        """The plain table, for those who build a query of their own around this one."""
        plain = Query(self._env, self.table, SQL("(%s)", self._model._table_query))
        plain._joins = self._joins
        return plain.from_clause

    def subselect(self, *args):
        if self._ids is not None and not args:
            return super().subselect()
        return SQL("(%s)", self.select(*args))

    def __len__(self):
        if self._ids is not None:
            return len(self._ids)
        if self.limit or self.offset:
            count = SQL("SELECT COUNT(*) FROM (%s) AS found", self._select(SQL(), columns=set()))
        else:
            count = self._select(SQL("COUNT(*)"), columns=set())
        with self._guided():
            return self._env.execute_query(count)[0][0]

    def is_page(self) -> bool:
        """Whether it asks for so few rows that it pays to find them first, by the columns that
        tell which they are, and to read the others of these rows only."""
        return bool(self.limit and self.limit <= PAGE_ROWS)

    def of_rows(self, row_ids) -> "CustomerSalesQuery":
        """The query of rows that this one has found."""
        query = Query(self._env, self.table, self._tables[self.table])
        query.add_where(SQL("%s IN %s", SQL.identifier(self.table, "id"), tuple(row_ids)))
        return CustomerSalesQuery(
            query, self._model, self._all_sources, Domain("id", "in", row_ids), None
        )

    def _pushed_table(self, names: set[str] | None, is_of_columns: bool) -> SQL:
        """The UNION ALL of the sources, each with the conditions of the search.

        :param names: the columns that are needed beside the id; None for all
        :param is_of_columns: whether each row is selected by itself, so that those asked for are
            among the first ones of each source
        """
        if not self._sources:
            # None can have rows of the domain, but the columns are needed.
            return SQL("(%s)", self._branch(self._all_sources[0].where_also(FALSE), names))
        if not (self.limit and is_of_columns):
            branch = self._branch
        elif not self._order:
            branch = self._limited_branch
        elif self._date_direction:
            branch = self._ordered_branch
        else:
            branch = self._branch
        return SQL(
            "(%s%s)",
            SQL(" UNION ALL ").join(branch(source, names) for source in self._sources),
            # The fields to write to the database before reading
            SQL(to_flush=self._tables[self.table].to_flush),
        )

    def _with_named(self) -> SQL:
        """What all branches refer to. It stands before the whole query: beside the branches it
        would keep PostgreSQL from planning them and the rest together."""
        if not self._named:
            return SQL()
        return SQL(
            "WITH %s ",
            SQL(", ").join(
                SQL("%s AS %s", SQL.identifier(name), body) for name, body in self._named.items()
            ),
        )

    def _branch(self, source: Source, names: set[str] | None) -> SQL:
        return SQL("(%s)", self._branch_select(source, names))

    def _branch_select(self, source: Source, names: set[str] | None, *conditions: SQL) -> SQL:
        """The columns of ``names`` of those of the search's rows of one source of which further
        ``conditions`` hold."""
        columns = (SQL.identifier(self.table, name) for name in self._model._columns(names))
        return SQL(
            "SELECT %s %s", SQL(", ").join(columns), self._branch_from(source, names, *conditions)
        )

    def _branch_from(self, source: Source, names, *conditions: SQL, timestamp=False) -> SQL:
        """FROM and WHERE of the search and of further ``conditions`` on one source, under the
        report's own alias.

        :param timestamp: whether the source's timestamp is needed as well
        """
        conditions = [
            *self._pushed_where,
            *(term.sql for term in self._terms if not term.is_on_contact(source)),
            *conditions,
        ]
        if not self._searched_by_fields:
            names = None
        elif names is not None:
            joins = (term for join in self._pushed_joins.values() for term in join)
            names = names | columns_in(SQL(" ").join([*conditions, *joins]), self._model)
        select = self._model._source_select(source, names, timestamp=timestamp)
        branch = Query(self._env, self.table, select)
        branch._joins = self._pushed_joins
        return SQL(
            "FROM %s WHERE %s", branch.from_clause, SQL(" AND ").join(conditions or [SQL("TRUE")])
        )

    # -------------------------------------------------------------------------------------
    # The first rows
    # -------------------------------------------------------------------------------------

    @property
    def _first_rows(self) -> int:
        return self.limit + (self.offset or 0)

    def _limited_branch(self, source: Source, names: set[str] | None) -> SQL:
        """Any rows of one source, as many as are asked for: for counting up to a limit."""
        return SQL(
            "(SELECT * FROM %s AS branch LIMIT %s)", self._branch(source, names), self._first_rows
        )

    def _direction_of_date(self, order: str | None) -> str | None:
        """ASC or DESC where rows are sorted by date first, then by columns of their own."""
        terms = [ORDER_TERM.fullmatch(term) for term in (order or "").split(",")]
        if not all(terms) or terms[0][1] != "date":
            return None
        columns = [self._model._fields.get(term[1]) for term in terms]
        if not all(field and field.column_type and not field.relational for field in columns):
            return None
        return (terms[0][2] or "asc").upper()

    def _ordered_branch(self, source: Source, names: set[str] | None) -> SQL:
        """The rows of one source that can be among the rows asked for."""
        # Every sale has a date; said aloud, it spares walking the index over the journal entries
        # that have none.
        date_field = self._model._fields["date"]
        dated = SQL("%s IS NOT NULL", date_field.to_sql(self._model, self.table))
        return SQL(
            "(%s ORDER BY %s LIMIT %s)",
            self._branch_select(source, names, dated),
            self._order,
            self._first_rows,
        )

    def get_result_ids(self):
        if self._ids is None and self._finds_first_by_timestamp():
            self._sources = self._narrowed_to_first_rows()
        with self._guided():
            return super().get_result_ids()

    def _guided(self):
        """The context in which PostgreSQL finds the rows as it has to."""
        guided = self._goes_by_indexes and self._ids is None
        return by_indexes(self._env) if guided else nullcontext()

    def _finds_first_by_timestamp(self) -> bool:
        """Whether a page is asked for that can be found by timestamps first. These are a column
        beside those of the report, which a condition on the whole row must not see."""
        return bool(
            self.limit
            and self._first_rows <= PAGE_ROWS
            and self._date_direction
            and self._searched_by_fields
            and self._is_as_searched()
        )

    def _narrowed_to_first_rows(self) -> list[Source]:
        """The sources narrowed to rows that include the first ones.

        Where the date is the local day of a timestamp, the day has no index. The timestamp has,
        and follows it closely: so the last of the first rows by timestamp is looked up, and tells
        how far to read. It goes into the query as a constant, for PostgreSQL to know how many
        rows that are, and whether another index leads to fewer.
        """
        timed = [source for source in self._sources if source.timestamp is not None]
        if not timed:
            return self._sources
        timestamp = SQL.identifier(self.table, "_timestamp")
        newest = SQL(" UNION ALL ").join(
            SQL(
                "(SELECT %s, %s, %s %s ORDER BY %s %s LIMIT %s)",
                source.slot,
                SQL.identifier(self.table, "id"),
                timestamp,
                self._branch_from(source, set(), timestamp=True),
                timestamp,
                SQL(self._date_direction),
                2 * self._first_rows,
            )
            for source in timed
        )
        to_flush = SQL(to_flush=self._tables[self.table].to_flush)
        found = defaultdict(list)
        for slot, row_id, moment in self._env.execute_query(
            SQL("%s%s%s", self._with_named(), newest, to_flush)
        ):
            found[slot].append((moment, row_id))
        return [
            narrowed
            for source in self._sources
            for narrowed in (
                [source]
                if source.timestamp is None
                else self._narrowed_to_first(source, found[source.slot])
            )
        ]

    def _narrowed_to_first(self, source: Source, rows: list[tuple[datetime, int]]) -> list[Source]:
        """``source`` narrowed by twice as many of its first rows as are asked for."""
        candidates = rows
        if len(rows) >= self._first_rows:
            last = rows[self._first_rows - 1][0]
            if self._date_direction == "DESC":
                operator, bound = Expression(">="), last - SLACK
                candidates = [row for row in rows if row[0] >= bound]
            else:
                operator, bound = Expression("<="), last + SLACK
                candidates = [row for row in rows if row[0] <= bound]
            if len(candidates) == 2 * self._first_rows:  # and perhaps more
                until = Expression("%s %s %s", source.timestamp, operator, bound)
                return [source.where_also(until)]
        narrowed = _narrow_to_ids([source], [row_id for _moment, row_id in candidates])
        if not narrowed:
            return []
        # The span of time leads to the documents of many lines sooner than their ids.
        moments = [moment for moment, _row_id in candidates]
        span = Expression("%s BETWEEN %s AND %s", source.timestamp, min(moments), max(moments))
        return [narrowed[0].where_also(span)]
