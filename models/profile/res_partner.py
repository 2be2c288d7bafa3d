from odoo import api, fields, models

from ...tools.terms import LEVEL_GROUP
from .customer_sales_profile import STATUSES


class ResPartner(models.Model):
    """Contacts know what kind of customer they are."""

    _inherit = "res.partner"

    customer_sales_profile_id = fields.Many2one(
        "customer.sales.profile",
        compute="_compute_customer_sales_profile",
        groups=LEVEL_GROUP,
        exportable=False,
        help="The customer that this contact belongs to, in the current company.",
    )
    customer_sales_status = fields.Selection(
        STATUSES,
        compute="_compute_customer_sales_profile",
        groups=LEVEL_GROUP,
        exportable=False,
        string="Customer Status",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "company")
    def _compute_customer_sales_profile(self):
        profiles = self.env["customer.sales.profile"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company.id),
            ]
        )
        profile_of = {profile.partner_id.id: profile for profile in profiles}
        for partner in self:
            profile = profile_of.get(partner.commercial_partner_id.id, profiles.browse())
            partner.customer_sales_profile_id = profile
            partner.customer_sales_status = profile.status

    def action_open_customer_sales_profile(self):
        """The page of the customer that this contact belongs to."""
        self.ensure_one()
        return self.customer_sales_profile_id.get_formview_action()
