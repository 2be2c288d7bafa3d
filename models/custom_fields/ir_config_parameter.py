from odoo import api, models

from ...tools.terms import PRIVATE_PARAMETER, REPORT


class IrConfigParameter(models.Model):
    """Custom fields are private from the moment that the parameter says so, whoever writes it."""

    _inherit = "ir.config_parameter"

    @api.model_create_multi
    def create(self, vals_list):
        parameters = super().create(vals_list)
        if parameters._name_private_fields():
            self._set_up_report()
        return parameters

    def write(self, vals):
        before = self._name_private_fields()
        result = super().write(vals)
        if before or self._name_private_fields():
            self._set_up_report()
        return result

    def unlink(self):
        before = self._name_private_fields()
        result = super().unlink()
        if before:
            self._set_up_report()
        return result

    def _name_private_fields(self) -> bool:
        return any(parameter.key == PRIVATE_PARAMETER for parameter in self)

    @api.model
    def _set_up_report(self):
        if REPORT in self.env:
            self.env[REPORT].sudo()._set_up_custom_fields()
