"""The conditions of a search that lead to its lines.

The customer of an order or receipt is a column of its contact. PostgreSQL, which has statistics of
each table by itself, cannot tell from it how many receipts a customer has: one with half of all
looks like any other. So the contacts are looked up first, and stand in the query as constants.
"""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL

from .customer_sales_source import First, Source, tables

CUSTOMER, CONTACT = "commercial_partner_id", "partner_id"

# Columns that have an index in one of the sources, or lead to another that has
COLUMNS = {"id", "date", "document_number", "product_id", "product_tmpl_id", CONTACT, CUSTOMER}

OPERATORS = {"in", "<", "<=", ">", ">=", "like", "ilike", "=like", "=ilike"}

# More values than these lead to many lines, and are not worth looking up.
FEW_VALUES = 1000


@dataclass(frozen=True)
class Term:
    """One of the conditions that must all hold.

    :param column: the column of the report that it is on
    :param sql: the condition
    :param by_contact: the same, on the contact of the line; None where it is not on the customer,
        or the customers have many contacts
    """

    column: str
    sql: SQL
    by_contact: SQL | None = None

    @property
    def leads_to_few(self) -> bool:
        """Whether it leads to few lines. Most periods that are asked for have many."""
        return self.column != "date"

    def of(self, source: Source) -> SQL:
        """The condition as it is best put to ``source``."""
        return self.by_contact if self._is_by_contact(source) else self.sql

    def first_in(self, source: Source) -> First:
        """Whether it leads to the lines of ``source`` or to their documents."""
        column = CONTACT if self._is_by_contact(source) else self.column
        expression = source.columns.get(column, source.row_id)
        is_on_documents = source.documents and source.documents.alias in tables(expression)
        return First.DOCUMENTS if is_on_documents else First.LINES

    def _is_by_contact(self, source: Source) -> bool:
        """Whether ``source`` has the customer from a record that it joins."""
        expression = source.columns.get(self.column)
        return bool(self.by_contact and expression and tables(expression) & source.joins.keys())


def split(domain: Domain) -> tuple[list[DomainCondition], Domain]:
    """The conditions of a fully optimized domain that can lead to its lines, and the others."""
    conditions = domain.children if isinstance(domain, DomainAnd) else [domain]
    leading, others = [], []
    for condition in conditions:
        (leading if _can_lead(condition) else others).append(condition)
    return leading, Domain.AND(others)


def _can_lead(condition: Domain) -> bool:
    if not isinstance(condition, DomainCondition):
        return False
    if condition.field_expr not in COLUMNS or condition.operator not in OPERATORS:
        return False
    if condition.operator != "in":
        return True
    return len(condition.value) <= FEW_VALUES and all(condition.value)


def make_term(model, query, condition: DomainCondition) -> Term:
    """The term of a condition in a ``query`` on the report ``model``."""
    by_contact = None
    if condition.field_expr == CUSTOMER:
        contacts = _contacts(model.env, condition.value)
        if len(contacts) <= FEW_VALUES:
            by_contact = _to_sql(Domain(CONTACT, "in", contacts), model, query)
    return Term(condition.field_expr, _to_sql(condition, model, query), by_contact)


def _contacts(env, customers) -> tuple[int, ...]:
    """The contacts of ``customers``, or more than :data:`FEW_VALUES` of them."""
    Partner = env["res.partner"].sudo().with_context(active_test=False)
    query = Partner._search([("commercial_partner_id", "in", customers)], limit=FEW_VALUES + 1)
    return query.get_result_ids()


def _to_sql(domain: Domain, model, query) -> SQL:
    return domain.optimize_full(model)._to_sql(model, query.table, query)
