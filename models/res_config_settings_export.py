from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .customer_sales_export_job import DAYS, DAYS_PARAMETER

SECONDS_PARAMETER = "customer_sales_report.export_seconds"
SECONDS = 10


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_sales_export_seconds = fields.Integer(
        string="Download at once up to",
        config_parameter=SECONDS_PARAMETER,
        default=SECONDS,
        help="Exports that are expected to take longer are written in the background.",
    )
    customer_sales_export_days = fields.Integer(
        string="Keep files for",
        config_parameter=DAYS_PARAMETER,
        default=DAYS,
        help="Days after which exported files are deleted.",
    )

    @api.constrains("customer_sales_export_seconds", "customer_sales_export_days")
    def _check_customer_sales_export(self):
        for settings in self:
            if settings.customer_sales_export_seconds < 1:
                raise ValidationError(
                    self.env._("Enter at least 1 second: the shortest exports download at once.")
                )
            if settings.customer_sales_export_days < 1:
                raise ValidationError(
                    self.env._("Enter at least 1 day: files have to be kept to be downloaded.")
                )
