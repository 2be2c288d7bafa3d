from odoo import api, fields, models


class ResUsersSettings(models.Model):
    _inherit = "res.users.settings"

    customer_sales_export_templates = fields.Json(
        help="The templates of exports from Customer Sales that the user used, the last one first."
    )
    customer_sales_filter = fields.Json(
        string="Filter of Customer Sales",
        help="What the user last asked for in the filter dialog of Customer Sales.",
    )
    customer_sales_own_told = fields.Boolean(
        string="Told of Own Customers",
        help="The user has read, in Customer Sales, whose sales are shown there.",
    )

    @api.model
    def _get_fields_blacklist(self):
        # The dialog asks for it; no page needs it from the start.
        return [*super()._get_fields_blacklist(), "customer_sales_filter"]
