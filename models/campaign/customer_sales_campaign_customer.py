from odoo import api, fields, models

from ..profile.customer_sales_profile import CLASSES, STATUSES


class CustomerSalesCampaignCustomer(models.Model):
    """A customer of a campaign, as it was on the day it was chosen. The app alone writes it."""

    _name = "customer.sales.campaign.customer"
    _inherit = ["customer.sales.privacy.mixin", "customer.sales.currency.mixin"]
    _description = "Customers of Campaigns"
    _order = "net_year desc, id"
    _rec_name = "partner_id"
    _rows_grant_names = True

    campaign_id = fields.Many2one(
        "customer.sales.campaign", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="campaign_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    profile_id = fields.Many2one(
        "customer.sales.profile",
        string="Customer Today",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What is known of the customer today.",
    )
    role = fields.Selection(
        [("addressed", "Addressed"), ("control", "Left Alone"), ("left_out", "Left Out")],
        string="Part",
        readonly=True,
        help="Addressed: something is done about it. Left alone: drawn by lot, to compare with. "
        "Left out: cannot take part.",
    )
    reason = fields.Selection(
        [
            ("archived", "Archived"),
            ("other_campaign", "In another running campaign"),
            ("no_address", "No e-mail address"),
            ("opted_out", "Opted out of mailings"),
            ("same_address", "Same address as another customer"),
        ],
        string="Why Left Out",
        readonly=True,
    )
    status = fields.Selection(STATUSES, readonly=True, help="The status on the day it was chosen.")
    segment_id = fields.Many2one(
        "customer.sales.segment",
        readonly=True,
        ondelete="set null",
        help="The segment on the day it was chosen.",
    )
    segment_color = fields.Integer(
        related="segment_id.color", aggregator=None, exportable=False, string="Segment Color"
    )
    abc_class = fields.Selection(
        CLASSES, string="Class", readonly=True, help="The class on the day it was chosen."
    )
    net_year = fields.Monetary(
        string="Net of the Year",
        readonly=True,
        help="Net sales of the 365 days until the day it was chosen.",
    )
    chance_90 = fields.Float(
        string="Buys within 90 Days",
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="How likely it was on that day that the customer buys within 90 days.",
    )
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    state = fields.Selection(related="campaign_id.state", string="Campaign's Status")
    step_ids = fields.One2many(
        "customer.sales.campaign.step", "customer_id", string="What Was Done", readonly=True
    )
    done_words = fields.Char(
        string="Done", compute="_compute_done_words", help="What was done about this customer."
    )

    # A constraint, not an index: Odoo's merging of contacts asks for constraints, and then drops
    # what the contacts have both.
    _once_a_campaign = models.Constraint(
        "UNIQUE(campaign_id, partner_id)", "A customer is in a campaign once."
    )

    @api.depends("step_ids.state", "step_ids.action_id")
    def _compute_done_words(self):
        for customer in self:
            done = customer.step_ids.filtered(lambda step: step.state == "done")
            customer.done_words = ", ".join(done.action_id.mapped("display_name"))

    @api.readonly
    def action_open_customer(self):
        """The page of the customer as it is today, or its contact."""
        self.ensure_one()
        return (self.profile_id or self.partner_id).get_formview_action()
