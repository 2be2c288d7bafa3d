"""A file without names: what stays in it, and what stands in the place of names.

What could tell who a customer is has no end: custom fields, columns of other addons, a pricelist
made for one customer. So only what is named here stays.
"""

from contextlib import suppress
from datetime import date

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainNary, DomainNot
from odoo.tools.date_utils import parse_date

from ...tools.domain_words import domain_words

# Columns of the lines that become numbers: the number's prefix
NUMBERED = {"commercial_partner_id": "C", "partner_id": "A", "document_number": "D"}

# Columns of the lines that tell nobody's name, and conditions that have no column
STAYING = {
    # The document
    *("document_type", "channel", "line_kind", "company_id", "journal_id", "config_id"),
    *("payment_state", "user_id", "team_id", "cashier", "is_positive"),
    # Its day
    *("date", "period", "period_year_earlier", "customer_since"),
    # The customer, with many others
    *("country_id", "state_id", "city", "industry_id", "partner_user_id"),
    *("customer_status", "segment_id", "abc_class"),
    # What was sold
    *("product_id", "product_tmpl_id", "categ_id", "product_type", "product_uom_id"),
    # How much
    *("quantity", "price_unit", "price_subtotal", "price_tax", "price_total"),
    *("discount", "discount_amount", "price_undiscounted", "cost", "margin", "margin_percent"),
    *("net_sales", "ordered", "price_subtotal_currency", "currency_id", "document_currency_id"),
    # Where it counts
    *("counts_as_sale", "counts_as_order"),
}


def title_without_names(env) -> str:
    """The title of every such file: another, such as a favorite's name, could be a customer's."""
    return env._("Customer Sales")


def stays(model, name: str) -> bool:
    """Whether a file without names has the column ``name``, perhaps as numbers."""
    return name in model._numbered_columns() or name in model._columns_without_names()


def staying_groups(model, group_by: list[str]) -> list[str]:
    """Those groupings that a file without names has."""
    return [spec for spec in group_by if stays(model, spec.partition(":")[0])]


def order_tells_nothing(model, order: str) -> bool:
    """Whether rows in this order are in that of columns which the file may have as they are."""
    names = {term.split()[0] for term in order.split(",") if term.strip()}
    return names <= {"id", *model._columns_without_names()}


def filter_words(model, domain) -> str:
    """What ``domain`` selects, as far as it cannot tell who a customer is."""
    domain = Domain(domain)
    parts = domain.children if isinstance(domain, DomainAnd) else [domain]
    told = [part for part in parts if _tells_nothing(model, part)]
    if not told:
        return model.env._("not shown, as it could tell who the customers are")
    words = domain_words(model, Domain.AND(told))
    if len(told) == len(parts):
        return words
    return model.env._(
        "%s, and conditions not shown, as they could tell who the customers are", words
    )


def _tells_nothing(model, domain: Domain) -> bool:
    if domain.is_true() or domain.is_false():
        return True
    if isinstance(domain, DomainCondition):
        return _condition_tells_nothing(model, domain)
    if isinstance(domain, DomainNot):
        return _tells_nothing(model, domain.child)
    if isinstance(domain, DomainNary):
        return all(_tells_nothing(model, child) for child in domain.children)
    return False


def _condition_tells_nothing(model, condition: DomainCondition) -> bool:
    name, _dot, rest = condition.field_expr.partition(".")
    value = condition.value
    values = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
    field = model._fields.get(name)
    if field is None:
        return False
    if name in model._numbered_columns() and field.type == "many2one":
        # Whether there is a customer at all
        return not rest and all(each is False for each in values)
    if name not in model._columns_without_names():
        return False
    if rest:  # such as `product_id.seller_ids`; or `date.month_number`
        return field.type == "date" and all(isinstance(each, int) for each in values)
    return all(_is_chosen(model, field, each) for each in values)


def _is_chosen(model, field, value) -> bool:
    """Whether a value in a condition is one of a kind, rather than words that somebody typed."""
    if value is False or value is None:
        return True
    if field.type == "selection":
        return value in field.get_values(model.env)
    if field.type == "date" and isinstance(value, str):
        with suppress(ValueError):
            return bool(parse_date(value, model.env))
    return isinstance(value, (bool, int, float, date))
