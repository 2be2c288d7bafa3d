from odoo import api, fields, models


class CustomerSalesProfile(models.Model):
    """The campaigns that a customer is in."""

    _inherit = "customer.sales.profile"

    campaign_count = fields.Integer(
        string="Campaigns",
        compute="_compute_campaign_count",
        exportable=False,
        help="Campaigns that this customer was chosen for.",
    )

    def _compute_campaign_count(self):
        counts = dict(
            self.env["customer.sales.campaign.customer"]._read_group(
                [("profile_id", "in", self.ids)], ["profile_id"], ["__count"]
            )
        )
        for profile in self:
            profile.campaign_count = counts.get(profile, 0)

    @api.readonly
    def action_open_campaigns(self):
        """The campaigns of the customer, and what was done about it in each."""
        self.ensure_one()
        domain = [("profile_id", "=", self.id)]
        name = self.env._("Campaigns")
        return self._open("action_customer_sales_campaign_customer", domain, name)
