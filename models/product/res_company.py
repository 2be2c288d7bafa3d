from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_sales_suggestions_record = fields.Json(
        readonly=True,
        help="How good suggestions of products would have been, as last tried on the company's own "
        "past, for programs.",
    )
