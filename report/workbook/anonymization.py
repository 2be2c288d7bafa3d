"""What a file without names leaves out, and what it puts in its place."""

from odoo.fields import Domain

# Columns that become numbers: the number's prefix
NUMBERED = {"commercial_partner_id": "C", "partner_id": "A", "document_number": "D"}
# What leads to a customer, and does not tell which one
HARMLESS = {"country_id", "state_id", "city", "industry_id", "partner_user_id"}
PARTNER_COLUMNS = ("commercial_partner_id", "partner_id")


def tells_who(model, name: str) -> bool:
    """Whether the column ``name`` may stay out of a file without names: contact details, tags and
    whatever else somebody has written down about a customer."""
    field = model._fields[name]
    if name in NUMBERED or name in HARMLESS:
        return False
    if name == "document_ref":
        return True
    if not field.related:
        # A column that is derived from nobody knows what may tell anything.
        return not field.store
    return field.related.split(".")[0] in PARTNER_COLUMNS


def filter_tells_who(model, domain) -> bool:
    """Whether the words of a filter could name a customer or a document."""
    for condition in Domain(domain).iter_conditions():
        name = condition.field_expr.split(".")[0]
        if name in NUMBERED or (name in model._fields and tells_who(model, name)):
            if condition.field_expr in PARTNER_COLUMNS and condition.value in (False, [False]):
                continue  # whether there is a customer at all
            return True
    return False


def order_tells_who(model, order: str) -> bool:
    """Whether rows in this order would stand in the order of names."""
    names = [term.split()[0].split(".")[0] for term in order.split(",") if term.strip()]
    return any(
        name in NUMBERED or (name in model._fields and tells_who(model, name)) for name in names
    )
