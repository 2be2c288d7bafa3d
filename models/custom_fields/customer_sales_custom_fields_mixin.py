from collections import defaultdict
from datetime import date, datetime

from lxml import etree

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ...tools.customer_property import CustomerProperty
from ...tools.sql.property_value import one_value, several_values
from ...tools.terms import CUSTOMER_MODELS
from ..privacy.reach import Reach
from .custom_customer_fields import private_custom_fields, property_columns

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


class CustomerSalesCustomFieldsMixin(models.AbstractModel):
    """The custom fields of contacts, as columns, search fields and groups of a model whose rows are
    of a customer each: one of ``CUSTOMER_MODELS``.

    Manual fields are related fields, which Odoo searches and groups by itself. Properties are in
    one JSON column of the contact, and are taken out of it here.
    """

    _name = "customer.sales.custom.fields.mixin"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Customer Sales: Custom Fields of Customers"
    _customer_field = "partner_id"  # the field of a row that is its customer

    @api.model
    def _valid_field_parameter(self, field, name):
        if name == "tracking" and field.manual:
            return True  # which a copy of a tracked field of contacts has from it
        return name == "customer_property" or super()._valid_field_parameter(field, name)

    # ---------------------------------------------------------------------------------------
    # Who sees them
    # ---------------------------------------------------------------------------------------

    def _post_model_setup__(self):
        """A custom field that takes its values from others is as private as they are."""
        result = super()._post_model_setup__()
        # Odoo takes a field `x_active` for what tells archived rows from others. Of a contact, it
        # is a custom field like any other.
        self.env.registry[self._name]._active_name = None
        # By SQL, as no record can be read while models are being set up
        private = private_custom_fields(self.env.cr)
        reach = Reach(self.env, self._allowed_fields(), private)
        for field in self.sudo()._custom_fields():
            if not field.related:
                continue
            if needed := reach.groups(self, field.related.split(".")):
                # One of several groups would be enough for Odoo, where all of them are needed.
                field.groups = needed.pop() if len(needed) == 1 else NO_ACCESS
        return result

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
                or field.related == f"{self._customer_field}.{field.name}"
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
        prop = getattr(field, "customer_property", None)
        return f"properties.{prop.name}" if prop else field.name

    @api.model
    def _set_up_custom_fields(self):
        """Take the custom fields of contacts over as they are now, in all reports on customers."""
        self.env.flush_all()
        self.pool._setup_models__(
            self.env.cr, [name for name in CUSTOMER_MODELS if name in self.env]
        )

    @api.model
    def _set_up_changed_properties(self):
        """Take the properties of contacts over, if any column came, went or changed: what Odoo
        keeps of a property beside that, such as its default value, is nothing to other servers."""
        self.env.flush_all()
        current = self._property_columns()
        wanted = {
            name: prop
            for name, prop in property_columns(self.env).items()
            if name in current or name not in self._fields
        }
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
        searched = [
            field
            for field in custom_fields
            if field.type in SEARCHED_TYPES and field._description_searchable
        ]
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
        described = self.sudo().fields_get([field.name for field in custom_fields], ["groupable"])
        for field in custom_fields:
            if field.type in GROUPED_TYPES and described[field.name]["groupable"]:
                node = _node("filter", field, context=repr({"group_by": field.name}))
                node.set("name", f"group_{field.name}")
                node.set("string", self._label_of(field))
                groups.append(node)

    # ---------------------------------------------------------------------------------------
    # Properties: reading
    # ---------------------------------------------------------------------------------------

    @api.depends(lambda self: [self._customer_field])
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_properties(self):
        names = list(self._property_columns())
        of_customers = self._properties_of(self[self._customer_field], names)
        for name in names:
            values = {
                customer_id: of_customer[name] for customer_id, of_customer in of_customers.items()
            }
            if self._fields[name].relational:
                values = self._as_reader(self._fields[name], values)
            for row in self:
                row[name] = values.get(row[self._customer_field].id, False)

    @api.model
    def _row_grants_names(self, field):
        return super()._row_grants_names(field) and not self._customer_property(field.name)

    @api.model
    def _as_reader(self, field, values: dict) -> dict:
        """The values of a relational property without what the reader may not read: whoever may
        write a contact can put the number of any record into its properties."""
        listed = {key: _ids(value) for key, value in values.items() if value}
        records = self.env[field.comodel_name].browse(
            {each for ids in listed.values() for each in ids}
        )
        readable = set(records.sudo(False)._filtered_access("read").ids)
        return {
            key: [each for each in ids if each in readable]
            if field.type == "many2many"
            else ids[0] in readable and ids[0]
            for key, ids in listed.items()
        }

    @api.model
    def _property_columns(self) -> dict[str, CustomerProperty]:
        """The properties that columns of the report are, by the names of the columns."""
        return {
            name: field.customer_property
            for name, field in self._fields.items()
            if getattr(field, "customer_property", None)
        }

    @api.model
    def _properties_of(self, partners, names: list[str]) -> dict[int, dict]:
        """The values of the properties of contacts: id of the contact -> name of the column -> its
        value, of records the ids of those that exist.

        Odoo reads no property at all where it cannot understand the definition of one of them.
        """
        properties = {name: self._customer_property(name) for name in names}
        stored = self.env["res.partner"]._fields["properties"]
        values = {
            partner_id: {
                name: prop.value_of(of_contact.get(prop.name)) for name, prop in properties.items()
            }
            for partner_id, of_contact in self.env.execute_query(
                SQL(
                    "SELECT id, CASE jsonb_typeof(properties) WHEN 'object' THEN properties "
                    "ELSE '{}' END FROM res_partner WHERE id IN %s",
                    tuple(partners.ids) or (None,),
                    to_flush=stored,
                )
            )
        }
        self._keep_existing_records(properties, values.values())
        return values

    @api.model
    def _keep_existing_records(self, properties: dict[str, CustomerProperty], values):
        """Leave the ids of records that are gone out of values of properties."""
        by_comodel = defaultdict(list)
        for name, prop in properties.items():
            if prop.is_relational:
                by_comodel[prop.comodel].append(name)
        for comodel, names in by_comodel.items():
            ids = {each for row in values for name in names for each in _ids(row[name])}
            existing = set(self.env[comodel].browse(ids).exists().ids)
            for row in values:
                for name in names:
                    kept = [each for each in _ids(row[name]) if each in existing]
                    several = properties[name].has_several_values
                    row[name] = kept if several else (kept or [False])[0]

    # ---------------------------------------------------------------------------------------
    # Properties: in SQL
    # ---------------------------------------------------------------------------------------

    @api.model
    def _customer_property(self, name: str) -> CustomerProperty | None:
        """The property that a column is; None if it is another column."""
        return getattr(self._fields.get(name), "customer_property", None)

    @api.model
    def _property_json(self, alias: str, name: str, query) -> SQL:
        """The value of a property as it is in the contact's JSON."""
        self._check_field_access(self._fields[name], "read")
        customer = self._fields[self._customer_field]
        contacts, contact = customer.join(self.sudo(), alias, query)
        return contacts._field_to_sql(
            contact, f"properties.{self._customer_property(name).name}", query
        )

    @api.model
    def _property_table(self, prop: CustomerProperty) -> str | None:
        """The table that the records of a property are in."""
        return self.env[prop.comodel]._table if prop.is_relational else None

    def _field_to_sql(self, alias, field_expr, query=None):
        prop = self._customer_property(field_expr)
        if not prop:
            return super()._field_to_sql(alias, field_expr, query)
        if prop.has_several_values:
            raise ValueError(f"Several values in {field_expr}")
        json_value = self._property_json(alias, field_expr, query)
        return one_value(prop, json_value, self._property_table(prop))

    def _read_group_groupby(self, alias, groupby_spec, query):
        prop = self._customer_property(groupby_spec)
        if not (prop and prop.has_several_values):
            return super()._read_group_groupby(alias, groupby_spec, query)
        self._check_paths([[groupby_spec]])
        json_value = self._property_json(alias, groupby_spec, query)
        values = several_values(prop, json_value, self._property_table(prop))
        each = query.make_alias(alias, groupby_spec)
        value = SQL.identifier(each, "value")
        query.add_join("LEFT JOIN", each, SQL("LATERAL %s", values), SQL("%s IS NOT NULL", value))
        return value

    # ---------------------------------------------------------------------------------------
    # Properties: searching
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search_customer_property(self, name: str, operator: str, value):
        """The domain that a condition on the column of a property stands for."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        prop = self._customer_property(name)
        path = f"properties.{prop.name}"
        if prop.kind == "tags":
            operator, value = "in", self._tags_like(prop, operator, value)
        elif prop.is_relational and not (
            operator == "in" and all(isinstance(each, int) for each in value)
        ):
            operator, value = "in", self._records_like(prop, operator, value)
        if operator != "in":
            return self._of_customer(Domain(path, operator, _in_json(value)))
        # A property of several values is compared with one at a time.
        conditions = [Domain(path, "=", _in_json(each)) for each in value]
        domain = self._of_customer(Domain.OR(conditions))
        if any(each is False for each in value):
            domain |= Domain(self._customer_field, "=", False)
        return domain

    @api.model
    def _of_customer(self, domain: Domain) -> Domain:
        return Domain(self._customer_field, "any!", domain)

    @api.model
    def _tags_like(self, prop: CustomerProperty, operator: str, value) -> list:
        """The tags whose labels meet a condition; False stands for none."""
        if operator == "in":
            return [tag for tag, label in prop.options if label in value] + [False] * (
                False in value
            )
        text = str(value).strip("%").lower()
        return [tag for tag, label in prop.options if text in label.lower()]

    @api.model
    def _records_like(self, prop: CustomerProperty, operator: str, value) -> list:
        """The ids of the records that a relational property is compared with by their names."""
        comodel = self.env[prop.comodel].with_context(active_test=False)
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


def _ids(value) -> list[int]:
    """The ids in a value of a property of records."""
    return value if isinstance(value, list) else [value] if value else []


def _in_json(value):
    """A value of a condition as JSON has it."""
    if isinstance(value, datetime):
        return fields.Datetime.to_string(value)
    if isinstance(value, date):
        return fields.Date.to_string(value)
    return value
