"""The custom fields of contacts, manual ones and properties, as columns of other models."""

from odoo.tools import SQL

from ...tools.customer_property import CustomerProperty, customer_property
from ...tools.safe_text import label_text
from ...tools.terms import CONTACT_GROUP, PRIVATE_PARAMETER, private_names

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


def is_shown(name: str, manual_type: str) -> bool:
    """Whether a manual field becomes a column of the report. Odoo lets a name have a ``$``, but
    does not sort by it."""
    return manual_type in SHOWN_TYPES and name.isidentifier()


def custom_field_data(env, model_name: str, contact_data: dict[str, dict]) -> dict[str, dict]:
    """The columns of a report for the custom fields of contacts.

    :param model_name: the report, one of ``CUSTOMER_MODELS``
    :param contact_data: name -> row of ``ir_model_fields`` of the contacts' manual fields
    :return: the same for the report's columns, with ``customer_sales_attrs``: the attributes that
        the field has beside those that its row says
    """
    private = private_custom_fields(env.cr)
    customer = env.registry[model_name]._customer_field
    data = {
        name: {
            **row,
            "field_description": label_text(row["field_description"], name),
            "related": f"{customer}.{name}",
            "compute": None,
            "store": False,
            "readonly": True,
            "required": False,
            "index": False,
            "company_dependent": False,
            "group_expand": False,
            "domain": None,  # of what can be chosen: nothing is, here
            "customer_sales_attrs": _attrs(row["ttype"], name in private),
        }
        for name, row in contact_data.items()
        if is_shown(name, row["ttype"])
    }
    for name, prop in property_columns(env).items():
        if name not in data:
            data[name] = _property_data(model_name, prop, name in private)
    return data


def property_columns(env) -> dict[str, CustomerProperty]:
    """The properties of contacts that are columns, by the names of these. Of several of one name,
    the first is."""
    columns = {}
    for definition in property_definitions(env.cr):
        prop = customer_property(definition)
        if prop and (not prop.is_relational or _has_records(env, prop.comodel)):
            columns.setdefault(prop.column, prop)
    return columns


def property_definitions(cr) -> list:
    """The definitions of the properties that contacts have, whatever stands there."""
    cr.execute(
        SQL(
            "SELECT base.properties_definition FROM properties_base_definition base "
            "JOIN ir_model_fields field ON field.id = base.properties_field_id "
            "WHERE field.model = 'res.partner' AND field.name = 'properties'"
        )
    )
    definitions = []
    for (value,) in cr.fetchall():
        definitions += value if isinstance(value, list) else []
    return definitions


def _has_records(env, model_name: str) -> bool:
    """Whether a property can be of records of a model: one that has a table, and lasting rows."""
    if model_name not in env.registry:
        return False
    model_class = env.registry[model_name]
    return model_class._auto and not (model_class._abstract or model_class._transient)


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


def _property_data(model_name: str, prop: CustomerProperty, is_private: bool) -> dict:
    name = prop.column
    attrs = {
        **_attrs(prop.column_type, is_private),
        "compute": "_compute_customer_properties",
        "compute_sudo": True,
        "search": lambda report, operator, value: report._search_customer_property(
            name, operator, value
        ),
        "customer_property": prop,
    }
    if prop.kind == "selection":
        # A function: the labels are not among Odoo's translations.
        attrs["selection"] = lambda report: list(prop.options)
    return {
        "id": 0,
        "model": model_name,
        "name": name,
        "ttype": prop.column_type,
        "state": "manual",
        "field_description": prop.label,
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
        "relation": prop.comodel,
        "on_delete": None,
        "domain": None,
        "relation_table": None,
        "column1": None,
        "column2": None,
        "compute": None,
        "customer_sales_attrs": attrs,
    }
