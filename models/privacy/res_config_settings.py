from odoo import api, fields, models

from ...tools.client_values import mapping
from ...tools.terms import PRIVATE_PARAMETER, REPORT


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_sales_private_fields = fields.Json(
        string="Private Custom Fields",
        help="The custom fields of contacts that need the permission to see customers' contact "
        "details in Customer Sales. Other apps show them as before.",
    )

    @api.model
    def get_values(self):
        values = super().get_values()
        if not self.has_access("create"):
            return values  # Odoo tells anybody what Settings begin with
        report = self.env[REPORT].sudo()
        private = report._private_custom_fields()
        return {
            **values,
            "customer_sales_private_fields": {
                field.name: {
                    "label": report._label_of(field),
                    "checked": field.name in private,
                }
                for field in report._custom_fields()
                if field.name in private or not field.groups
            },
        }

    def set_values(self):
        result = super().set_values()
        report = self.env[REPORT].sudo()
        before = report._private_custom_fields()
        ticks = mapping(self.customer_sales_private_fields)
        private = {
            name
            for name in before | set(ticks)
            if mapping(ticks.get(name)).get("checked", name in before)
        }
        if private != before:
            self.env["ir.config_parameter"].sudo().set_param(
                PRIVATE_PARAMETER, ",".join(sorted(private))
            )
        return result
