from collections.abc import Iterable, Iterator

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.models import fix_import_export_id_paths

from ...tools.terms import (
    BY_NAME_ALONE,
    CONTACT_GROUP,
    EXPORT_GROUP,
    LEVEL_GROUP,
    MARGIN_GROUP,
    PRIVATE_PARAMETER,
    PROPERTY_PREFIX,
    REVEALING_CONTEXT,
    private_names,
)

# What needs a permission of this app on the models that its own lead to: permission -> model ->
# fields. Some of these fields belong to apps that need not be installed.
PRIVATE_FIELDS = {
    CONTACT_GROUP: {
        "res.partner": {
            "email",
            "email_normalized",
            "email_formatted",
            "phone",
            "phone_sanitized",
            "phone_mobile_search",
            "mobile",
            "street",
            "street2",
            "street_name",
            "street_number",
            "street_number2",
            "zip",
            "vat",
            # In some countries the tax ID is made from it, and peppol's addresses from either
            "company_registry",
            "peppol_eas",
            "peppol_endpoint",
            "contact_address",
            "contact_address_complete",
            "contact_address_inline",
            "pos_contact_address",
            "invoice_emails",
            "partner_latitude",
            "partner_longitude",
        },
        # What other records keep of a customer's contact details
        "mail.message": {"email_from", "reply_to", "incoming_email_cc", "incoming_email_to"},
        "mail.notification": {"mail_email_address"},
        "pos.order": {"email", "mobile"},
        "res.partner.bank": {"acc_number", "sanitized_acc_number"},
        "snailmail.letter": {"street", "street2", "zip"},
        "website.visitor": {"email", "mobile"},
    },
    MARGIN_GROUP: {
        "product.product": {"standard_price", "avg_cost", "total_value"},
        "product.template": {"standard_price"},
        # What a vendor asks, and what stock and the goods sold are worth
        "product.supplierinfo": {"price", "price_discounted", "discount"},
        "product.value": {"value", "current_value"},
        "stock.lot": {"standard_price", "avg_cost", "total_value"},
        "stock.move": {"value", "value_manual", "remaining_value", "price_unit"},
        "stock.quant": {"value"},
        "account.move.line": {
            "amount_currency",
            "balance",
            "credit",
            "debit",
            "price_subtotal",
            "price_total",
            "price_unit",
        },
        "sale.order": {"margin", "margin_percent"},
        "sale.order.line": {"purchase_price", "margin", "margin_percent"},
        "pos.order": {"margin", "margin_percent"},
        "pos.order.line": {"total_cost", "margin", "margin_percent"},
    },
}


class CustomerSalesPrivacyMixin(models.AbstractModel):
    """What every model of this app that holds sales keeps to.

    - A field with ``groups`` cannot be searched, grouped or ordered by without the group either.
      Odoo checks this for stored fields only; for related ones it is done here.
    - Costs and contact details are out of reach through relations as well, such as
      ``partner_id.email`` in a domain or ``product_id/standard_price`` in an export.
    - An export needs Odoo's right to export and a level of this app, and is logged.

    Code in superuser mode is free of the first two, as everywhere in Odoo.
    """

    _name = "customer.sales.privacy.mixin"
    _description = "Customer Sales: Privacy"

    # ---------------------------------------------------------------------------------------
    # Private fields
    # ---------------------------------------------------------------------------------------

    @api.model
    def _private_fields(self) -> dict[str, dict[str, set[str]]]:
        """Hook: the fields of other models that need a permission of this app.

        :return: external id of the group -> name of the model -> names of its fields
        """
        if not (custom := self._private_custom_fields()):
            return PRIVATE_FIELDS
        of_contacts = PRIVATE_FIELDS[CONTACT_GROUP]
        return {
            **PRIVATE_FIELDS,
            CONTACT_GROUP: {**of_contacts, "res.partner": of_contacts["res.partner"] | custom},
        }

    @api.model
    def _private_custom_fields(self) -> set[str]:
        """The custom fields of contacts that an administrator has marked private, by the names of
        their columns in the report."""
        return private_names(self.env["ir.config_parameter"].sudo().get_param(PRIVATE_PARAMETER))

    @api.model
    def _path_groups(self, path: list[str]) -> set[str]:
        """The permissions of this app that a path of field names from this model needs.

        :param path: such as ``["partner_id", "email"]``
        :return: external ids of groups
        """
        return self._path_groups_from(self, path)

    @api.model
    def _path_groups_from(self, model, path: list[str]) -> set[str]:
        """As :meth:`_path_groups`, for a path that starts from ``model``."""
        needed = set()
        private_fields = self._private_fields()
        for depth, field in enumerate(self._path_fields(path, model)):
            for group, fields_by_model in private_fields.items():
                if any(
                    origin.name in fields_by_model.get(origin.model_name, ())
                    for origin in _origins(field)
                ) or (field.model_name == self._name and group in (field.groups or "").split(",")):
                    needed.add(group)
            if field.type == "reference":
                # It leads on to whichever of its models a row has a document of.
                for name in field.get_values(self.env):
                    needed |= self._path_groups_from(self.env[name], path[depth + 1 :])
            if field.type == "properties":
                names = ".".join(path[depth:]).split(".")
                needed |= self._property_groups(field, names[1:2])
        return needed

    @api.model
    def _property_groups(self, field, names: list[str]) -> set[str]:
        """The permissions that a property needs.

        :param field: the field that holds the properties
        :param names: the name of the property; empty for all that the field holds
        """
        if field.base_field.model_name != "res.partner":
            return set()
        private = {
            name for name in self._private_custom_fields() if name.startswith(PROPERTY_PREFIX)
        }
        asked = {PROPERTY_PREFIX + name for name in names} or private
        return {CONTACT_GROUP} if asked & private else set()

    @api.model
    def _path_fields(self, path: list[str], model=None) -> Iterator:
        """The fields along a path, as far as it leads along fields that exist.

        :param model: where the path starts, by default here
        """
        model = self if model is None else model
        for name in path:
            # A property is named by its field and its own name: `properties.abc`
            field = model._fields.get(name.partition(".")[0])
            if field is None:
                return
            yield field
            if not field.relational:
                return
            model = self.env[field.comodel_name]

    @api.model
    def _check_paths(self, paths: Iterable[list[str]]):
        """
        :raise AccessError: if the user lacks a permission that one of the paths needs
        """
        if self.env.su:
            return
        for path in paths:
            if field := self._fields.get(path[0]):
                self._check_field_access(field, "read")
            for group in self._path_groups(path):
                if not self.env.user.has_group(group):
                    raise AccessError(
                        self.env._(
                            "“%(field)s” needs the permission “%(permission)s”. "
                            "Ask your administrator for it.",
                            field=self._path_label(path),
                            permission=self.env.ref(group).sudo().name,
                        )
                    )

    @api.model
    def _path_label(self, path: list[str]) -> str:
        """The path as a user reads it, such as ``Customer › Email``."""
        labels = [
            field.get_description(self.env, ["string"])["string"]
            for field in self._path_fields(path)
        ]
        return " › ".join(labels + path[len(labels) :])

    @api.model
    def _value_words(self, field_name: str, value) -> str | None:
        """Hook: what a value in a domain says, where it is not for a reader's eyes as it is.

        :return: words to stand after "is"; None if the value is one like any other
        """
        return None

    # ---------------------------------------------------------------------------------------
    # The ways in
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, **kwargs):
        model = self._for_search(domain)
        return super(CustomerSalesPrivacyMixin, model)._search(domain, *args, **kwargs)

    @api.model
    def _for_search(self, domain):
        """The model to search ``domain`` on: one that finds customers by what the user may see.

        :raise AccessError: if the user lacks a permission that the domain needs
        """
        self._check_paths(_domain_paths(Domain(domain)))
        return self.with_context(**{BY_NAME_ALONE: True}) if self._hides_contact_details() else self

    def _traverse_related_sql(self, alias, field, query):
        self._check_field_access(field, "read")
        return super()._traverse_related_sql(alias, field, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_paths([groupby_spec.partition(":")[0].split(".")])
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.readonly
    def web_read(self, specification):
        self._check_paths(_specification_paths(specification))
        if self._hides_contact_details():
            specification = _without_revealing_context(specification)
        return super().web_read(specification)

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        self._check_panel(field_name, kwargs)
        return super().search_panel_select_range(field_name, **kwargs)

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        self._check_panel(field_name, kwargs)
        return super().search_panel_select_multi_range(field_name, **kwargs)

    @api.model
    def _check_panel(self, field_name: str, options: dict):
        """What a search panel filters and groups the records of a field by."""
        paths = list(_domain_paths(Domain(options.get("comodel_domain") or [])))
        if options.get("group_by"):
            paths.append(options["group_by"].split("."))
        self._check_paths([[field_name], *([field_name, *path] for path in paths)])

    def with_context(self, ctx=None, /, **overrides):
        records = super().with_context(ctx, **overrides)
        context = records.env.context
        if not REVEALING_CONTEXT.isdisjoint(context) and records._hides_contact_details():
            kept = {key: value for key, value in context.items() if key not in REVEALING_CONTEXT}
            return records.with_env(records.env(context=kept))
        return records

    @api.model
    def _hides_contact_details(self) -> bool:
        return not (self.env.su or self.env.user.has_group(CONTACT_GROUP))

    # ---------------------------------------------------------------------------------------
    # Export
    # ---------------------------------------------------------------------------------------

    def export_data(self, fields_to_export):
        self._check_export()
        paths = [fix_import_export_id_paths(field) for field in fields_to_export]
        self._check_paths(paths)
        result = super().export_data(fields_to_export)
        self.env["customer.sales.export.log"]._log_export(
            self, paths, domain=Domain("id", "in", self.ids), row_count=len(self)
        )
        return result

    @api.model
    def _check_export(self):
        """
        :raise UserError: if the user may not export from this app; superuser mode changes nothing
        """
        if not self.env.user.has_group(EXPORT_GROUP):
            raise UserError(
                self.env._("You may not export data. Ask your administrator for the right to.")
            )
        if not self.env.user.has_group(LEVEL_GROUP):
            raise UserError(
                self.env._("You have no access to Customer Sales. Ask your administrator for it.")
            )


def _origins(field) -> Iterator:
    """The field itself and those it takes its values from: a user's e-mail, for instance, is a
    field of the user's contact."""
    while field is not None:
        yield field
        field = field.related_field


def _domain_paths(domain: Domain) -> Iterator[list[str]]:
    """The paths of field names in a domain, those in its sub-domains included."""
    for condition in domain.iter_conditions():
        path = condition.field_expr.split(".")
        yield path
        if condition.operator.rstrip("!") in ("any", "not any") and isinstance(
            condition.value, (Domain, list, tuple)
        ):
            for inner_path in _domain_paths(Domain(condition.value)):
                yield path + inner_path


def _specification_paths(specification: dict) -> Iterator[list[str]]:
    """The paths of field names in a specification of ``web_read``."""
    for name, field_specification in specification.items():
        yield [name]
        for inner_path in _specification_paths(field_specification.get("fields") or {}):
            yield [name, *inner_path]
        for term in (field_specification.get("order") or "").split(","):
            if term.strip():
                yield [name, *term.split()[0].split(".")]


def _without_revealing_context(specification: dict) -> dict:
    """A specification of ``web_read`` whose contexts leave display names as they are."""
    cleaned = {}
    for name, field_specification in specification.items():
        cleaned[name] = dict(field_specification)
        if context := field_specification.get("context"):
            cleaned[name]["context"] = {
                key: value for key, value in context.items() if key not in REVEALING_CONTEXT
            }
        if inner := field_specification.get("fields"):
            cleaned[name]["fields"] = _without_revealing_context(inner)
    return cleaned
