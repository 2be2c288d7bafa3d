"""The conditions of a search that lead to its lines.

The customer of an order or receipt is a column of its contact. PostgreSQL, which has statistics of
each table by itself, cannot tell from it how many receipts a customer has: one with half of all
looks like any other. So the contacts are looked up first, and stand in the query as constants.
"""

from dataclasses import dataclass

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL

from .expression import FALSE, Expression, needs_of
from .source import First, Source

CUSTOMER = "commercial_partner_id"

# Columns that have an index in one of the sources, or lead to another that has
COLUMNS = {"id", "document_number", "partner_id", "product_id", "product_tmpl_id", CUSTOMER}

LIKE_OPERATORS = {"like", "ilike", "=like", "=ilike"}

# More records than these have many lines, and are not worth looking up.
FEW_RECORDS = 1000


@dataclass(frozen=True)
class Term:
    """One of the conditions that must all hold.

    :param column: the column of the report that it is on
    :param sql: the condition
    :param contacts: the contacts of the customers that it asks for; None where it asks for none,
        or they have many
    """

    column: str
    sql: SQL
    contacts: tuple[int, ...] | None = None

    @property
    def leads_to_few(self) -> bool:
        """Whether it leads to few lines. Most periods that are asked for have many."""
        return self.column != "date" and (self.column != CUSTOMER or self.contacts is not None)

    def is_on_contact(self, source: Source) -> bool:
        """Whether it is put to ``source`` as a condition on the contact."""
        return self.contacts is not None and source.contact is not None

    def narrow(self, source: Source) -> Source:
        """``source`` with the condition, where that is on the contact."""
        if not self.is_on_contact(source):
            return source
        if not self.contacts:
            return source.where_also(FALSE)
        return source.where_also(Expression("%s IN %s", source.contact, self.contacts))

    def first_in(self, source: Source) -> First:
        """Whether it leads to the lines of ``source`` or to their documents."""
        if self.is_on_contact(source):
            expression = source.contact
        else:
            expression = source.columns.get(self.column, source.row_id)
        needs = needs_of(expression) or ()
        is_on_documents = source.documents and source.documents.alias in needs
        return First.DOCUMENTS if is_on_documents else First.LINES


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
    column, operator, value = condition.field_expr, condition.operator, condition.value
    if column == "date":
        return operator in ("in", "<", "<=", ">", ">=")
    if column not in COLUMNS:
        return False
    if operator == "in":
        return len(value) <= FEW_RECORDS and all(value)
    return operator in LIKE_OPERATORS


def make_term(model, query, condition: DomainCondition) -> Term:
    """The term of a condition that can lead to lines.

    :param model: the report
    :param query: the query of the search
    """
    contacts = None
    if condition.field_expr == CUSTOMER:
        contacts = _few_contacts(model.env, condition.value)
    return Term(condition.field_expr, condition._to_sql(model, query.table, query), contacts)


def _few_contacts(env, customers) -> tuple[int, ...] | None:
    Partner = env["res.partner"].sudo().with_context(active_test=False)
    found = Partner._search([("commercial_partner_id", "in", customers)], limit=FEW_RECORDS + 1)
    contacts = found.get_result_ids()
    return contacts if len(contacts) <= FEW_RECORDS else None
