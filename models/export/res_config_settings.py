from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.terms import (
    FILE_DAYS,
    FILE_DAYS_PARAMETER,
    LOG_DAYS,
    LOG_DAYS_PARAMETER,
    MOST_DAYS,
    SECONDS_AT_ONCE,
    SECONDS_AT_ONCE_PARAMETER,
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_sales_export_seconds = fields.Integer(
        string="Download at once up to",
        config_parameter=SECONDS_AT_ONCE_PARAMETER,
        default=SECONDS_AT_ONCE,
        help="Exports that are expected to take longer are written in the background.",
    )
    customer_sales_export_days = fields.Integer(
        string="Keep files for",
        config_parameter=FILE_DAYS_PARAMETER,
        default=FILE_DAYS,
        help="Days after which exported files are deleted.",
    )
    customer_sales_export_log_days = fields.Integer(
        string="Keep entries for",
        config_parameter=LOG_DAYS_PARAMETER,
        default=LOG_DAYS,
        help="Days after which entries of the export log are deleted.",
    )

    @api.constrains("customer_sales_export_seconds", "customer_sales_export_days")
    def _check_customer_sales_export(self):
        for settings in self:
            if settings.customer_sales_export_seconds < 1:
                raise ValidationError(
                    self.env._("Enter at least 1 second: the shortest exports download at once.")
                )
            if not 1 <= settings.customer_sales_export_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Enter 1 to %s days: files have to be kept to be downloaded.", MOST_DAYS
                    )
                )

    @api.constrains("customer_sales_export_log_days")
    def _check_customer_sales_export_log_days(self):
        if any(not 1 <= each.customer_sales_export_log_days <= MOST_DAYS for each in self):
            raise ValidationError(
                self.env._(
                    "Keep the export log for 1 to %s days, so that it can be read.", MOST_DAYS
                )
            )
