from odoo import fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    customer_sales_export_templates = fields.Json(
        help="The templates of exports from Customer Sales that the user used, the last one first."
    )
