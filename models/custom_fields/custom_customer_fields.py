"""The custom fields of contacts, manual ones and properties, as columns of the report."""

import json

from odoo.tools import SQL

from ...tools.terms import (
    CONTACT_GROUP,
    PRIVATE_PARAMETER,
    PROPERTY_PREFIX,
    REPORT,
    private_names,
)

# Types of manual fields that a list shows
SHOWN_TYPES = {
    "boolean",
    "char",
    "date",
    "datetime",
    "float",
    "html",
    "integer",
    "many2many",
    "many2one",
    "monetary",
    "selection",
    "text",
}

# Type of a property -> type of its column
PROPERTY_TYPES = {
    "boolean": "boolean",
    "char": "char",
    "date": "date",
    "datetime": "datetime",
    "float": "float",
    "html": "html",
    "integer": "integer",
    "many2many": "many2many",
    "many2one": "many2one",
    "monetary": "float",
    "selection": "selection",
    "tags": "char",
    "text": "text",
}


def is_shown(manual_type: str) -> bool:
    """Whether manual fields of a type become columns of the report."""
    return manual_type in SHOWN_TYPES


def custom_field_data(cr, contact_data: dict[str, dict]) -> dict[str, dict]:
    """The columns of the report for the custom fields of contacts.

    :param contact_data: name -> row of ``ir_model_fields`` of the contacts' manual fields
    :return: the same for the report's columns, with ``customer_sales_attrs``: the attributes that
        the field has beside those that its row says
    """
    private = private_custom_fields(cr)
    data = {
        name: {
            **row,
            "related": f"commercial_partner_id.{name}",
            "compute": None,
            "store": False,
            "readonly": True,
            "required": False,
            "index": False,
            "company_dependent": False,
            "group_expand": False,
            "customer_sales_attrs": _attrs(row["ttype"], name in private),
        }
        for name, row in contact_data.items()
        if is_shown(row["ttype"])
    }
    for definition in property_definitions(cr):
        name = property_column(definition)
        if name and name not in data:
            data[name] = _property_data(name, definition, name in private)
    return data


def property_definitions(cr) -> list[dict]:
    """The definitions of the properties that contacts have."""
    cr.execute(
        SQL(
            "SELECT base.properties_definition FROM properties_base_definition base "
            "JOIN ir_model_fields field ON field.id = base.properties_field_id "
            "WHERE field.model = 'res.partner' AND field.name = 'properties'"
        )
    )
    definitions = []
    for (value,) in cr.fetchall():
        definitions += (json.loads(value) if isinstance(value, str) else value) or []
    return definitions


def property_column(definition: dict) -> str | None:
    """The name of the column for a property; None if it is not for a list."""
    name, kind = definition.get("name"), definition.get("type")
    if (
        not name
        or kind not in PROPERTY_TYPES
        or (kind.startswith("many") and not definition.get("comodel"))
    ):
        return None
    return PROPERTY_PREFIX + name.lower()


def private_custom_fields(cr) -> set[str]:
    """The names of the columns that need the permission to see contact details."""
    cr.execute(SQL("SELECT value FROM ir_config_parameter WHERE key = %s", PRIVATE_PARAMETER))
    return {name for (value,) in cr.fetchall() for name in private_names(value)}


def _attrs(column_type: str, is_private: bool) -> dict:
    attrs = {}
    if column_type in ("integer", "float", "monetary"):
        # A customer's figure stands on each of its lines: their sum says nothing.
        attrs["aggregator"] = None
    if is_private:
        attrs["groups"] = CONTACT_GROUP
    return attrs


def _property_data(name: str, definition: dict, is_private: bool) -> dict:
    column_type = PROPERTY_TYPES[definition["type"]]
    attrs = {
        **_attrs(column_type, is_private),
        "compute": "_compute_customer_properties",
        "compute_sudo": True,
        "search": lambda report, operator, value: report._search_customer_property(
            name, operator, value
        ),
        "customer_property": definition,
    }
    if column_type == "selection":
        options = [(value, label) for value, label in definition.get("selection") or []]
        # A function: the labels are not among Odoo's translations.
        attrs["selection"] = lambda report: options
    return {
        "id": 0,
        "model": REPORT,
        "name": name,
        "ttype": column_type,
        "state": "manual",
        "field_description": definition.get("string") or definition["name"],
        "help": None,
        "index": False,
        "copied": False,
        "related": None,
        "required": False,
        "readonly": True,
        "store": False,
        "company_dependent": False,
        "translate": None,
        "size": None,
        "sanitize": True,
        "sanitize_overridable": False,
        "sanitize_tags": True,
        "sanitize_attributes": True,
        "sanitize_style": False,
        "sanitize_form": True,
        "strip_style": False,
        "strip_classes": False,
        "group_expand": False,
        "relation": definition.get("comodel"),
        "on_delete": None,
        "domain": None,
        "relation_table": None,
        "column1": None,
        "column2": None,
        "compute": None,
        "customer_sales_attrs": attrs,
    }
