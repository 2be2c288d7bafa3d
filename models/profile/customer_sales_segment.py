from odoo import api, fields, models

from ...tools.limits import check_name


class CustomerSalesSegment(models.Model):
    """A group of customers of like scores, and what to do about them."""

    _name = "customer.sales.segment"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Customer Segments"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    color = fields.Integer(help="The color of the segment's badge.")
    description = fields.Text(translate=True, help="Which customers these are.")
    advice = fields.Text(string="What to do", translate=True)
    is_lost = fields.Boolean(
        string="Without a Purchase in the Year",
        help="Customers that bought before, and nothing in the last 365 days, are in this segment.",
    )

    @api.constrains("name")
    def _check_name(self):
        for segment in self:
            check_name(self.env, segment.name)
