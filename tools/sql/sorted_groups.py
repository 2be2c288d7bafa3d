from copy import copy

from odoo.tools import SQL
from odoo.tools.query import Query

ALIAS = "customer_sales_groups"


class SortedGroups:
    """Groups that are sorted once they are there.

    What groups are sorted by, such as the name of a customer, is looked up for each group. Odoo
    joins it to the rows and groups by it, which makes PostgreSQL sort all rows by texts; a
    sub-select in the order would keep it from adding up the rows with several processes.

    :param env: the reader's environment
    """

    def __init__(self, env):
        self._groups = Query(env, ALIAS)
        self._columns: list[SQL] = []

    def column(self, expression: SQL) -> SQL:
        """What ``expression``, one of the query that groups, is called afterwards."""
        self._columns.append(expression)
        return SQL.identifier(ALIAS, f"order_{len(self._columns)}")

    def order_by_record(self, name: str, column: SQL, comodel, reverse: bool, nulls: str) -> SQL:
        """The terms of an ORDER BY clause that sort by the records of ``comodel`` whose ids are
        in ``column``, as the comodel sorts them.

        :param name: what the records are grouped by
        :param reverse: whether to sort the last record first
        :param nulls: NULLS FIRST or NULLS LAST; where it is empty, as PostgreSQL does it
        """
        alias = self._groups.make_alias(ALIAS, name)
        condition = SQL("%s = %s", column, SQL.identifier(alias, "id"))
        self._groups.add_join("LEFT JOIN", alias, comodel._table, condition)
        terms = [comodel._order_to_sql("", self._groups, alias=alias, reverse=reverse)]
        if nulls:
            missing = "IS NOT NULL" if nulls == "NULLS FIRST" else "IS NULL"
            terms.insert(0, SQL("%s %s", column, SQL(missing)))
        return SQL(", ").join(terms)

    def select(self, grouping: Query, *args) -> SQL:
        """As ``grouping.select``, but sorted and cut to a page after grouping.

        :param grouping: the query that groups, whose order refers to what :meth:`column` gave
        """
        groups, rows = self._groups, copy(grouping)
        groups._order, groups.limit, groups.offset = rows._order, rows.limit, rows.offset
        rows._order = rows.limit = rows.offset = None
        values = {f"value_{number}": SQL(arg) for number, arg in enumerate(args, 1)}
        orders = {f"order_{number}": column for number, column in enumerate(self._columns, 1)}
        groups._tables[ALIAS] = SQL(
            "(%s)",
            rows.select(
                *(
                    SQL("%s AS %s", expression, SQL.identifier(name))
                    for name, expression in (values | orders).items()
                )
            ),
        )
        return groups.select(*(SQL.identifier(ALIAS, name) for name in values))
