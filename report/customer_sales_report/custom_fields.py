from datetime import date, datetime

from lxml import etree

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ...models.custom_fields.custom_customer_fields import (
    private_custom_fields,
    property_column,
    property_definitions,
)
from ...models.privacy.reach import Reach

# Types that Odoo's search bar looks values up in
SEARCHED_TYPES = {
    "boolean",
    "char",
    "float",
    "html",
    "integer",
    "many2many",
    "many2one",
    "monetary",
    "selection",
    "text",
}

# Types that are columns of a list by a widget of their own
LIST_WIDGETS = {"many2many": "many2many_tags"}

# Types that one can group by and get groups of more than one row
GROUPED_TYPES = {
    "boolean",
    "char",
    "date",
    "datetime",
    "integer",
    "many2many",
    "many2one",
    "selection",
}

# What a property of a type is in SQL, if its value in the JSON is of the kind named
SCALARS = {
    "boolean": ("boolean", SQL("boolean")),
    "char": ("string", SQL("text")),
    "date": ("string", SQL("date")),
    "datetime": ("string", SQL("timestamp")),
    "float": ("number", SQL("double precision")),
    "html": ("string", SQL("text")),
    "integer": ("number", SQL("integer")),
    "many2one": ("number", SQL("integer")),
    "selection": ("string", SQL("text")),
    "text": ("string", SQL("text")),
}


class CustomerSalesReport(models.Model):
    """The custom fields of contacts, as columns, search fields and groups.

    Manual fields are related fields, which Odoo searches and groups by itself. Properties are in
    one JSON column of the contact, and are taken out of it here.
    """

    _inherit = "customer.sales.report"

    @api.model
    def _valid_field_parameter(self, field, name):
        return name == "customer_property" or super()._valid_field_parameter(field, name)

    # ---------------------------------------------------------------------------------------
    # Who sees them
    # ---------------------------------------------------------------------------------------

    def _post_model_setup__(self):
        """A custom field that takes its values from others is as private as they are."""
        super()._post_model_setup__()
        # By SQL, as no record can be read while models are being set up
        private = private_custom_fields(self.env.cr)
        reach = Reach(self.env, self._allowed_fields(), private)
        for field in self.sudo()._custom_fields():
            if not field.related:
                continue
            if needed := reach.groups(self, field.related.split(".")):
                # One of several groups would be enough for Odoo, where all of them are needed.
                field.groups = needed.pop() if len(needed) == 1 else NO_ACCESS

    # ---------------------------------------------------------------------------------------
    # Which fields
    # ---------------------------------------------------------------------------------------

    @api.model
    def _custom_fields(self) -> list:
        """The report's fields for custom fields of contacts that the user has access to, by
        label."""
        custom_fields = [
            field
            for field in self._fields.values()
            if field.manual
            and (
                getattr(field, "customer_property", None)
                or field.related == f"commercial_partner_id.{field.name}"
            )
            and (self.env.su or self._has_field_access(field, "read"))
        ]
        return sorted(custom_fields, key=lambda field: field.string)

    @api.model
    def _label_of(self, field) -> str:
        """The label of a field in the user's language."""
        return field.get_description(self.env, ["string"])["string"]

    @api.model
    def _custom_field_path(self, field) -> str:
        """What the custom field ``field`` is called on the contact: a name, or a property."""
        definition = getattr(field, "customer_property", None)
        return f"properties.{definition['name']}" if definition else field.name

    @api.model
    def _set_up_custom_fields(self):
        """Take the custom fields of contacts over as they are now."""
        self.env.flush_all()
        self.pool._setup_models__(self.env.cr, [self._name])

    @api.model
    def _set_up_changed_properties(self):
        """Take the properties of contacts over, if any came, went or changed."""
        self.env.flush_all()
        current = {
            field.name: field.customer_property
            for field in self._custom_fields()
            if getattr(field, "customer_property", None)
        }
        definitions = property_definitions(self.env.cr)
        wanted = {property_column(definition): definition for definition in definitions}
        wanted.pop(None, None)
        if current != wanted:
            self._set_up_custom_fields()

    # ---------------------------------------------------------------------------------------
    # In the views
    # ---------------------------------------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        custom_fields = [
            field for field in self.sudo()._custom_fields() if field.groups != NO_ACCESS
        ]
        if view_type == "list":
            for field in custom_fields:
                arch.append(_node("field", field, optional="hide", **_widget(field)))
        elif view_type == "search" and custom_fields:
            self._add_search_nodes(arch, custom_fields)
        return arch, view

    @api.model
    def _add_search_nodes(self, arch, custom_fields):
        searched = [field for field in custom_fields if field.type in SEARCHED_TYPES]
        last_field = arch.xpath("./field[last()]")
        for field in reversed(searched):
            node = _node("field", field)
            if last_field:
                last_field[0].addnext(node)
            else:
                arch.insert(0, node)
        groups = arch.find("group")
        if groups is None:
            return
        groups.append(etree.Element("separator"))
        for field in custom_fields:
            if field.type in GROUPED_TYPES and field._description_groupable(self.env(su=True)):
                node = _node("filter", field, context=repr({"group_by": field.name}))
                node.set("name", f"group_{field.name}")
                node.set("string", self._label_of(field))
                groups.append(node)

    # ---------------------------------------------------------------------------------------
    # Properties: reading
    # ---------------------------------------------------------------------------------------

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_properties(self):
        columns = [
            field for field in self._fields.values() if getattr(field, "customer_property", None)
        ]
        of_customers = self._properties_of(self.commercial_partner_id)
        for field in columns:
            name = field.customer_property["name"]
            values = {
                customer_id: self._column_value(field, of_customer.get(name))
                for customer_id, of_customer in of_customers.items()
            }
            if field.relational:
                values = self._as_reader(field, values)
            for row in self:
                row[field.name] = values.get(row.commercial_partner_id.id, False)

    @api.model
    def _row_grants_names(self, field):
        return super()._row_grants_names(field) and not self._customer_property(field.name)

    @api.model
    def _as_reader(self, field, values: dict) -> dict:
        """The values of a relational property without what the reader may not read: whoever may
        write a contact can put the number of any record into its properties."""
        listed = {
            key: value if isinstance(value, list) else [value]
            for key, value in values.items()
            if value
        }
        records = self.env[field.comodel_name].browse(
            {each for ids in listed.values() for each in ids}
        )
        readable = set(records.exists().sudo(False)._filtered_access("read").ids)
        return {
            key: [each for each in ids if each in readable]
            if field.type == "many2many"
            else ids[0] in readable and ids[0]
            for key, ids in listed.items()
        }

    @api.model
    def _properties_of(self, partners) -> dict[int, dict]:
        """The values of the properties of contacts: id of the contact -> name of the property ->
        its value as Odoo reads it."""
        return {
            partner["id"]: {each["name"]: each.get("value") for each in partner["properties"]}
            for partner in partners.read(["properties"])
        }

    @api.model
    def _column_value(self, field, value):
        """The value of a property as the column shows it."""
        if not value:
            return value if field.type in ("integer", "float") and value == 0 else False
        definition = field.customer_property
        if definition["type"] == "tags":
            labels = {tag[0]: tag[1] for tag in definition.get("tags") or []}
            return ", ".join(labels[tag] for tag in value if tag in labels)
        if definition["type"] == "many2one":
            return value[0] if isinstance(value, (list, tuple)) else value
        if definition["type"] == "many2many":
            return [record[0] if isinstance(record, (list, tuple)) else record for record in value]
        if definition["type"] == "selection":
            return value if value in field.get_values(self.env) else False
        return value

    # ---------------------------------------------------------------------------------------
    # Properties: in SQL
    # ---------------------------------------------------------------------------------------

    @api.model
    def _customer_property(self, name: str) -> dict | None:
        """The definition of the property that a column is; None if it is another column."""
        return getattr(self._fields.get(name), "customer_property", None)

    @api.model
    def _property_json(self, alias: str, name: str, query) -> SQL:
        """The value of a property as it is in the contact's JSON."""
        self._check_field_access(self._fields[name], "read")
        customer = self._fields["commercial_partner_id"]
        contacts, contact = customer.join(self.sudo(), alias, query)
        return contacts._field_to_sql(
            contact, f"properties.{self._customer_property(name)['name']}", query
        )

    def _field_to_sql(self, alias, field_expr, query=None):
        definition = self._customer_property(field_expr)
        if not definition:
            return super()._field_to_sql(alias, field_expr, query)
        field = self._fields[field_expr]
        if definition["type"] == "tags" or field.type not in SCALARS:
            raise ValueError(f"Several values in {field}")
        kind, sql_type = SCALARS[field.type]
        json_value = self._property_json(alias, field_expr, query)
        value = SQL("NULLIF(%s #>> '{}', '')::%s", json_value, sql_type)
        condition = SQL("jsonb_typeof(%s) = %s", json_value, kind)
        if field.type == "many2one":
            comodel = self.env[field.comodel_name]
            condition = SQL(
                "%s AND %s::integer IN (SELECT id FROM %s)",
                condition,
                json_value,
                SQL.identifier(comodel._table),
            )
            value = SQL("(%s)::integer", json_value)
        return SQL("(CASE WHEN %s THEN %s END)", condition, value)

    def _read_group_groupby(self, alias, groupby_spec, query):
        definition = self._customer_property(groupby_spec)
        if not definition or definition["type"] not in ("tags", "many2many"):
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_paths([[groupby_spec]])
        json_value = self._property_json(alias, groupby_spec, query)
        each = query.make_alias(alias, groupby_spec)
        values = SQL(
            "jsonb_array_elements_text(CASE WHEN jsonb_typeof(%(json)s) = 'array' "
            "THEN %(json)s ELSE '[]' END)",
            json=json_value,
        )
        if definition["type"] == "tags":
            tags = definition.get("tags") or []
            labels = SQL(
                "(SELECT label.name FROM unnest(%s::text[], %s::text[]) AS label(tag, name) "
                "WHERE label.tag = %s.value)",
                [tag[0] for tag in tags],
                [tag[1] for tag in tags],
                SQL.identifier(each),
            )
            result, exists = labels, SQL("%s IS NOT NULL", labels)
        else:
            comodel = self.env[self._fields[groupby_spec].comodel_name]
            result = SQL("%s.value::integer", SQL.identifier(each))
            exists = SQL("%s IN (SELECT id FROM %s)", result, SQL.identifier(comodel._table))
        query.add_join("LEFT JOIN", each, SQL("LATERAL %s", values), exists)
        return result

    # ---------------------------------------------------------------------------------------
    # Properties: searching
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search_customer_property(self, name: str, operator: str, value):
        """The domain that a condition on the column of a property stands for."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        field, definition = self._fields[name], self._customer_property(name)
        path = f"properties.{definition['name']}"
        if definition["type"] == "tags":
            operator, value = "in", self._tags_like(definition, operator, value)
        elif field.relational and not (
            operator == "in" and all(isinstance(each, int) for each in value)
        ):
            operator, value = "in", self._records_like(field, operator, value)
        if operator != "in":
            return self._of_customer(Domain(path, operator, _in_json(value)))
        # A property of several values is compared with one at a time.
        conditions = [Domain(path, "=", _in_json(each)) for each in value]
        domain = self._of_customer(Domain.OR(conditions))
        if any(each is False for each in value):
            domain |= Domain("commercial_partner_id", "=", False)
        return domain

    @api.model
    def _of_customer(self, domain: Domain) -> Domain:
        return Domain("commercial_partner_id", "any!", domain)

    @api.model
    def _tags_like(self, definition: dict, operator: str, value) -> list:
        """The tags whose labels meet a condition; False stands for none."""
        tags = definition.get("tags") or []
        if operator == "in":
            return [tag[0] for tag in tags if tag[1] in value] + [False] * (False in value)
        text = str(value).strip("%").lower()
        return [tag[0] for tag in tags if text in tag[1].lower()]

    @api.model
    def _records_like(self, field, operator: str, value) -> list:
        """The ids of the records that a relational property is compared with by their names."""
        comodel = self.env[field.comodel_name].with_context(active_test=False)
        if operator == "in":
            names = [each for each in value if isinstance(each, str)]
            found = comodel.search([("display_name", "in", names)]) if names else comodel
            return [*found.ids, *(each for each in value if not isinstance(each, str))]
        if operator == "any":
            return comodel.search(value).ids
        return comodel.search([("display_name", operator, value)]).ids


def _node(tag: str, field, **attributes):
    node = etree.Element(tag, name=field.name, **attributes)
    if field.groups:
        node.set("groups", field.groups)
    return node


def _widget(field) -> dict[str, str]:
    return {"widget": LIST_WIDGETS[field.type]} if field.type in LIST_WIDGETS else {}


def _in_json(value):
    """A value of a condition as JSON has it."""
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, date):
        return fields.Date.to_string(value)
    return value
