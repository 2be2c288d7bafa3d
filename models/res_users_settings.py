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
    customer_sales_compared = fields.Json(
        string="Compared Periods of Customer Sales",
        help="The two periods that the user last chose to compare in Customer Sales.",
    )

    @api.model
    def _get_fields_blacklist(self):
        # Who needs them asks for them; no page does from the start.
        ours = ["customer_sales_filter", "customer_sales_compared"]
        return [*super()._get_fields_blacklist(), *ours]
