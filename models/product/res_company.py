from odoo import fields, models
from odoo.fields import NO_ACCESS


class ResCompany(models.Model):
    """What refreshes keep of a company's products."""

    _inherit = "res.company"

    customer_sales_suggestions_record = fields.Json(
        readonly=True,
        groups=NO_ACCESS,
        help="How good suggestions of products would have been, as last tried on the company's own "
        "past, for programs.",
    )
