from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .customer_sales_export_log import RETENTION_DAYS, RETENTION_PARAMETER


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_sales_export_log_days = fields.Integer(
        string="Keep entries for",
        config_parameter=RETENTION_PARAMETER,
        default=RETENTION_DAYS,
        help="Days after which entries of the export log are deleted.",
    )

    @api.constrains("customer_sales_export_log_days")
    def _check_customer_sales_export_log_days(self):
        if any(settings.customer_sales_export_log_days < 1 for settings in self):
            raise ValidationError(
                self.env._("Keep the export log for at least one day, so that it can be read.")
            )
