"""Which columns of the report a query needs.

The ORM names a column by its field: the SQL that it makes carries the field (``SQL.to_flush``). So
whoever leaves naming to the ORM needs the columns of these fields, and whoever writes SQL by hand
may mean any: ``SELECT *``, a whole row (``to_jsonb("customer_sales_report")``), a quoted name. What
is not known to name all its columns by fields gets all of them.
"""

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainCustom, DomainNot, DomainOr
from odoo.tools import SQL


class ByFields(list):
    """The domain of a search whose caller names columns by fields alone, in all that it selects
    and adds to the query. See :func:`by_fields`."""


def by_fields(domain) -> ByFields:
    """``domain``, to be searched by somebody who lets the ORM make the SQL of columns."""
    return ByFields([Domain(domain)])


class FieldCondition(DomainCustom):
    """A custom condition whose SQL names columns by fields alone (``model._field_to_sql``)."""

    __slots__ = ()


def names_by_fields(domain: Domain) -> bool:
    """Whether the SQL of a fully optimized domain names columns by fields alone.

    A query as a value is one of its own, and names no columns of the one around it.
    """
    match domain:
        case DomainCustom():
            return isinstance(domain, FieldCondition)
        case DomainNot():
            return names_by_fields(domain.child)
        case DomainAnd() | DomainOr():
            return all(map(names_by_fields, domain.children))
        case DomainCondition(value=Domain() as inner):
            return names_by_fields(inner)
        case DomainCondition(value=value):
            return not isinstance(value, SQL)
    return True


def columns_in(sql: SQL, model) -> set[str]:
    """The columns of ``model`` that ``sql`` names by fields."""
    return {field.name for field in sql.to_flush if field.model_name == model._name}
