from odoo import api, models

from ...tools.terms import REPORT


class PropertiesBaseDefinition(models.Model):
    """The report's columns follow the properties of contacts."""

    _inherit = "properties.base.definition"

    @api.model_create_multi
    def create(self, vals_list):
        definitions = super().create(vals_list)
        definitions._set_up_report()
        return definitions

    def write(self, vals):
        result = super().write(vals)
        self._set_up_report()
        return result

    def unlink(self):
        of_contacts = self._of_contacts()
        result = super().unlink()
        if of_contacts:
            self._set_up_report_before_commit()
        return result

    def _of_contacts(self):
        return self.sudo().filtered(
            lambda base: (
                base.properties_field_id.model == "res.partner"
                and base.properties_field_id.name == "properties"
            )
        )

    def _set_up_report(self):
        if self._of_contacts():
            self._set_up_report_before_commit()

    @api.model
    def _set_up_report_before_commit(self):
        """A contact's form writes definitions in the midst of writing the contact: no time to
        change models."""
        if REPORT not in self.env:
            return
        precommit = self.env.cr.precommit
        if not precommit.data.get("customer_sales_custom_fields"):
            precommit.data["customer_sales_custom_fields"] = True
            precommit.add(self.env[REPORT].sudo()._set_up_changed_properties)
