from contextlib import contextmanager

from odoo import api, models
from odoo.orm.model_classes import pop_field
from odoo.tools import ormcache

from ...tools.safe_text import label_text
from ...tools.terms import REPORT
from .custom_customer_fields import custom_field_data, is_shown


class IrModelFields(models.Model):
    """Gives the report a column for every custom field of contacts.

    These columns exist in the registry alone: they come with the contact's field and go with it,
    and leave nothing behind in the database.
    """

    _inherit = "ir.model.fields"

    def _get_manual_field_data(self, model_name):
        data = super()._get_manual_field_data(model_name)
        if model_name != REPORT:
            return data
        contact_data = super()._get_manual_field_data("res.partner")
        return {**custom_field_data(self.env, contact_data), **data}

    def _instanciate_attrs(self, field_data):
        attrs = super()._instanciate_attrs(field_data)
        return attrs and {**attrs, **field_data.get("customer_sales_attrs", {})}

    @api.model
    @ormcache("model_name", "self.env.lang", cache="stable")
    def _get_fields_cached(self, model_name):
        """The labels, with the translations of the contact's own field."""
        info = super()._get_fields_cached(model_name)
        if model_name != REPORT or model_name not in self.env:
            return info
        contact_info = super()._get_fields_cached("res.partner")
        labels = {
            field.name: {
                **contact_info[field.name],
                "field_description": label_text(
                    contact_info[field.name]["field_description"], field.name
                ),
            }
            for field in self.env[REPORT].sudo()._custom_fields()
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
        self._mark_report()
        return super().create(vals_list)

    def write(self, vals):
        if self._shown_in_report():
            self._mark_report()
        return super().write(vals)

    def _prepare_update(self):
        """Contact fields do not go, nor change their names, while other fields depend on them."""
        names = set(self._shown_in_report().mapped("name"))
        if not names:
            return super()._prepare_update()
        columns = [
            field
            for field in self.env[REPORT].sudo()._custom_fields()
            if field.name in names and field.related
        ]
        self.pool._discard_fields(columns)
        for column in columns:
            pop_field(self.env.registry[REPORT], column.name)
        fields = super()._prepare_update()
        self._mark_report()
        return fields

    @api.model
    def _mark_report(self):
        """Have the report set up together with the contacts, when Odoo next does so."""
        if REPORT in self.env:
            self.env.registry[REPORT]._setup_done__ = False

    def _shown_in_report(self):
        if REPORT not in self.env:
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


@contextmanager
def _without_custom_fields(env, model_names):
    """Hide the custom columns of the report, if it is among the models."""
    if REPORT not in model_names:
        yield
        return
    model_fields = env.registry[REPORT]._fields__
    hidden = {field.name: model_fields.pop(field.name) for field in env[REPORT]._custom_fields()}
    try:
        yield
    finally:
        model_fields.update(hidden)
