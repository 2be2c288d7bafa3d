from odoo import fields, models

# The settings that tell the status of a product
RHYTHM = (
    "shortest_gap slowing_ratio dormant_ratio lost_ratio slowing_days dormant_days lost_days"
).split()


class ResCompany(models.Model):
    """What refreshes keep of a company's products."""

    _inherit = "res.company"

    customer_sales_suggestions_record = fields.Json(
        readonly=True,
        help="How good suggestions of products would have been, as last tried on the company's own "
        "past, for programs.",
    )
    customer_sales_noted_rhythm = fields.Json(
        readonly=True,
        help="The settings by which the products of customers have their status, for programs.",
    )

    def _customer_sales_note_rhythm(self) -> bool:
        """Note the settings that tell the status of a product; return whether they have changed."""
        self.ensure_one()
        settings = [self[f"customer_sales_{name}"] for name in RHYTHM]
        if settings == self.customer_sales_noted_rhythm:
            return False
        self.customer_sales_noted_rhythm = settings
        return True
