from contextlib import contextmanager

from odoo import api, models
from odoo.orm.model_classes import pop_field
from odoo.tools import ormcache

from ...tools.safe_text import label_text
from ...tools.terms import CUSTOMER_MODELS
from .custom_customer_fields import custom_field_data, is_shown


class IrModelFields(models.Model):
    """Gives each report on customers a column for every custom field of contacts.

    These columns exist in the registry alone: they come with the contact's field and go with it,
    and leave nothing behind in the database.
    """

    _inherit = "ir.model.fields"

    def _get_manual_field_data(self, model_name):
        data = super()._get_manual_field_data(model_name)
        if model_name not in CUSTOMER_MODELS:
            return data
        contact_data = super()._get_manual_field_data("res.partner")
        return {**custom_field_data(self.env, model_name, contact_data), **data}

    def _instanciate_attrs(self, field_data):
        attrs = super()._instanciate_attrs(field_data)
        return attrs and {**attrs, **field_data.get("customer_sales_attrs", {})}

    @api.model
    @ormcache("model_name", "self.env.lang", cache="stable")
    def _get_fields_cached(self, model_name):
        """The labels, with the translations of the contact's own field."""
        info = super()._get_fields_cached(model_name)
        if model_name not in CUSTOMER_MODELS or model_name not in self.env:
            return info
        contact_info = super()._get_fields_cached("res.partner")
        labels = {
            field.name: {
                **contact_info[field.name],
                "field_description": label_text(
                    contact_info[field.name]["field_description"], field.name
                ),
            }
            for field in self.env[model_name].sudo()._custom_fields()
            if field.name in contact_info
        }
        return {**labels, **info}

    # ---------------------------------------------------------------------------------------
    # Nothing in the database
    # ---------------------------------------------------------------------------------------

    def _reflect_fields(self, model_names):
        with _without_custom_fields(self.env, model_names):
            return super()._reflect_fields(model_names)

    # ---------------------------------------------------------------------------------------
    # Coming and going
    # ---------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._mark_reports()
        return super().create(vals_list)

    def write(self, vals):
        if self._shown_in_report():
            self._mark_reports()
        return super().write(vals)

    def _prepare_update(self):
        """Contact fields do not go, nor change their names, while other fields depend on them."""
        names = set(self._shown_in_report().mapped("name"))
        if not names:
            return super()._prepare_update()
        columns = [
            field
            for report in _reports(self.env)
            for field in report.sudo()._custom_fields()
            if field.name in names and field.related
        ]
        self.pool._discard_fields(columns)
        for column in columns:
            pop_field(self.env.registry[column.model_name], column.name)
        fields = super()._prepare_update()
        self._mark_reports()
        return fields

    @api.model
    def _mark_reports(self):
        """Have the reports set up together with the contacts, when Odoo next does so."""
        for report in _reports(self.env):
            self.env.registry[report._name]._setup_done__ = False

    def _shown_in_report(self):
        if not _reports(self.env):
            return self.browse()
        return self.filtered(
            lambda field: (
                field.model == "res.partner"
                and field.state == "manual"
                and is_shown(field.name, field.ttype)
            )
        )


class IrModelFieldsSelection(models.Model):
    _inherit = "ir.model.fields.selection"

    def _reflect_selections(self, model_names):
        with _without_custom_fields(self.env, model_names):
            return super()._reflect_selections(model_names)


def _reports(env) -> list:
    """The reports on customers that the registry has by now."""
    return [env[name] for name in CUSTOMER_MODELS if name in env]


@contextmanager
def _without_custom_fields(env, model_names):
    """Hide the custom columns of those of the models that are reports on customers."""
    hidden = []
    for report in _reports(env):
        if report._name in model_names:
            model_fields = env.registry[report._name]._fields__
            for field in report._custom_fields():
                hidden.append((model_fields, field.name, model_fields.pop(field.name)))
    try:
        yield
    finally:
        for model_fields, name, field in hidden:
            model_fields[name] = field
