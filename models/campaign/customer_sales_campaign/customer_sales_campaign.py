from secrets import randbelow

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....tools.client_values import is_number, mapping, not_understood
from ....tools.limits import check_name
from ....tools.terms import CAMPAIGN_GROUP, LEVEL_GROUP

CONTROL_PERCENT = 20
MOST_PERCENT = 90
#: What whoever may write a campaign says of it; all else the app itself writes.
SAID = {"name", "user_id", "note", "cost"}
#: What decides whom it reaches, as long as it has not begun
DECIDING = {"reach", "control_percent"}


class CustomerSalesCampaign(models.Model):
    """Something done about customers, and whether it made a difference.

    The customers are a list that is fixed when it is made: see :mod:`.target_list`. Some are left
    alone by lot, which alone makes it possible to tell: see :mod:`.results`. What is done are the
    actions, in ``customer.sales.campaign.action``.
    """

    _name = "customer.sales.campaign"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.privacy.mixin", "mail.thread"]
    _description = "Campaign"
    _order = "id desc"

    name = fields.Char(string="Campaign", required=True, tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who sees this campaign and its totals, beside those who see all customers. Gets the "
        "activities of customers without a salesperson.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("finished", "Finished")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        group_expand=True,
        tracking=True,
    )
    chosen_on = fields.Date(readonly=True, help="The day on which the list was made.")
    date = fields.Date(
        string="Started on",
        readonly=True,
        help="Purchases count from the day after. The customers that are left alone are fixed "
        "from here on.",
    )
    note = fields.Text(help="What this is about: the offer, the words to use.")
    source = fields.Text(
        string="Chosen from",
        readonly=True,
        help="What the customers were filtered by when they were chosen.",
    )
    reach = fields.Selection(
        [("other", "Calls, visits and other ways"), ("email", "E-mail")],
        string="Reached by",
        default="other",
        required=True,
        help="By e-mail, customers without an address are left out, and those who opted out of "
        "mailings.",
    )
    control_percent = fields.Integer(
        string="Left Alone (%)",
        default=CONTROL_PERCENT,
        help="So many of a hundred customers are chosen by lot, alike in status and class, and "
        "nothing is done about them. Only by comparing with them can be told afterwards whether it "
        "helped. 0: nobody is left alone, and nothing can be told.",
    )
    seed = fields.Integer(
        string="Number of the Draw",
        readonly=True,
        help="The customers left alone follow from this number and the list alone: whoever doubts "
        "the draw can draw again.",
    )
    cost = fields.Monetary(
        help="What it cost: printing, postage, presents. It is deducted from what was gained."
    )
    customer_ids = fields.One2many(
        "customer.sales.campaign.customer", "campaign_id", string="Customers", readonly=True
    )
    action_ids = fields.One2many(
        "customer.sales.campaign.action", "campaign_id", string="Actions", readonly=True
    )
    chosen_count = fields.Integer(
        string="Chosen", compute="_compute_counts", help="Customers on the list."
    )
    addressed_count = fields.Integer(
        string="Addressed",
        compute="_compute_counts",
        help="Customers about whom something is done.",
    )
    control_count = fields.Integer(
        string="Left Alone",
        compute="_compute_counts",
        help="Customers that were drawn by lot to be left alone.",
    )
    left_out_count = fields.Integer(
        string="Left Out",
        compute="_compute_counts",
        help="Customers that were chosen and cannot take part; the list says why.",
    )

    @api.depends("customer_ids.role")
    def _compute_counts(self):
        # Of all, also those that the reader does not see one by one: whoever sees a campaign sees
        # its totals.
        counts = {
            (campaign.id, role): count
            for campaign, role, count in self.env["customer.sales.campaign.customer"]
            .sudo()
            ._read_group([("campaign_id", "in", self.ids)], ["campaign_id", "role"], ["__count"])
        }
        for campaign in self:
            campaign.addressed_count = counts.get((campaign.id, "addressed"), 0)
            campaign.control_count = counts.get((campaign.id, "control"), 0)
            campaign.left_out_count = counts.get((campaign.id, "left_out"), 0)
            campaign.chosen_count = (
                campaign.addressed_count + campaign.control_count + campaign.left_out_count
            )

    @api.constrains("control_percent")
    def _check_control_percent(self):
        for campaign in self:
            if not 0 <= campaign.control_percent <= MOST_PERCENT:
                raise ValidationError(
                    self.env._("Leave alone between 0 and %s %% of the customers.", MOST_PERCENT)
                )

    @api.constrains("cost")
    def _check_cost(self):
        if any(campaign.cost < 0 for campaign in self):
            raise ValidationError(self.env._("What a campaign cost is not below zero."))

    @api.constrains("name")
    def _check_name(self):
        if not all((campaign.name or "").strip() for campaign in self):
            raise ValidationError(self.env._("Give the campaign a name."))

    @api.constrains("user_id")
    def _check_user(self):
        for campaign in self:
            user, company = campaign.sudo().user_id, campaign.company_id
            is_there = user.active and user.has_group(LEVEL_GROUP) and company in user.company_ids
            if not is_there:
                raise ValidationError(
                    self.env._(
                        "Whoever is responsible for a campaign uses Customer Sales in %s. Choose "
                        "such a user.",
                        company.name,
                    )
                )

    # ---------------------------------------------------------------------------------------
    # Who may do what
    # ---------------------------------------------------------------------------------------

    @api.model
    def _check_permission(self):
        """
        :raise AccessError: if the user may not create campaigns and act on them
        """
        user = self.env.user
        if not (user.has_group(LEVEL_GROUP) and user.has_group(CAMPAIGN_GROUP)):
            raise AccessError(
                self.env._(
                    "Creating campaigns and acting on them needs the permission “%s”. Ask your "
                    "administrator for it.",
                    self.env.ref(CAMPAIGN_GROUP).sudo().name,
                )
            )

    @api.model
    def get_empty_list_help(self, help_message):
        """Whoever may not create campaigns is not told how to, but what would be here."""
        if self.env.user.has_group(CAMPAIGN_GROUP):
            return super().get_empty_list_help(help_message)
        return Markup("<p class='o_view_nocontent_smiling_face'>%s</p><p>%s</p>") % (
            self.env._("No campaigns to show"),
            self.env._(
                "Campaigns that you are responsible for, and those that reach your customers, "
                "appear here. To create one takes the permission “%s”: ask your administrator for "
                "it.",
                self.env.ref(CAMPAIGN_GROUP).sudo().name,
            ),
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(
                self.env._(
                    "A campaign begins with its customers: tick them in the list of customers, and "
                    "choose New Campaign in the menu Actions."
                )
            )
        return super().create([{"seed": randbelow(2**31), **vals} for vals in vals_list])

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if mapping(vals) != vals or not vals.keys() <= SAID | DECIDING:
            raise not_understood(self.env)
        self._check_permission()
        check_name(self.env, vals.get("name"))
        for number in (vals.get("cost") or 0, vals.get("control_percent") or 0):
            if not is_number(number):
                raise not_understood(self.env)
        decides = not vals.keys().isdisjoint(DECIDING)
        if decides and any(campaign.state != "draft" for campaign in self):
            raise UserError(
                self.env._(
                    "Whom a campaign reaches and how many are left alone is fixed once it has "
                    "started."
                )
            )
        result = super().write(vals)
        if decides:
            self._arrange()
        if "cost" in vals:
            self.sudo()._update_results()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(campaign.state != "draft" for campaign in self):
            raise UserError(
                self.env._(
                    "A campaign that has started cannot be deleted: it is the record of what was "
                    "done. Finish it instead."
                )
            )

    # ---------------------------------------------------------------------------------------
    # Buttons
    # ---------------------------------------------------------------------------------------

    def action_start(self):
        """Begin: who is left alone is fixed from now on.

        :raise UserError: if it has begun, or there is nobody to address
        """
        self._check_permission()
        self.check_access("write")
        for campaign in self:
            if campaign.state != "draft":
                raise UserError(self.env._("“%s” has started already.", campaign.name))
            # Since they were chosen, customers may have come into another campaign.
            campaign._arrange()
            if not campaign.addressed_count:
                raise UserError(
                    self.env._(
                        "There is nobody to address in “%s”: all its customers are left out or "
                        "left alone.",
                        campaign.name,
                    )
                )
            today = self.env["customer.sales.refresh"]._today(campaign.company_id)
            campaign.sudo().write({"state": "running", "date": today})
            campaign.sudo()._update_results()
        return True

    def action_finish(self):
        """End: its customers are free for other campaigns. Results still come in."""
        self._check_permission()
        self.check_access("write")
        for campaign in self:
            if campaign.state != "running":
                raise UserError(self.env._("“%s” is not running.", campaign.name))
            campaign.action_ids._cancel()
            campaign.sudo().state = "finished"
        return True

    def action_update_results(self):
        """Count again what the customers have bought since."""
        self.check_access("read")
        self.sudo()._update_results()
        return True

    def action_act(self):
        """The dialog that asks what to do about the customers."""
        self.ensure_one()
        self._check_running()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_campaign_act"
        )
        action["context"] = {"default_campaign_id": self.id}
        return action

    def _check_running(self):
        """
        :raise UserError: if nothing may be done, or not by this user
        """
        self._check_permission()
        self.check_access("write")
        if self.state != "running":
            raise UserError(self.env._("“%s” is not running. Start it first.", self.name))

    @api.readonly
    def action_open_customers(self):
        """The customers of the campaign; ``role`` in the context narrows them."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_campaign_customer"
        )
        action["domain"] = [("campaign_id", "=", self.id)]
        action["context"] = {}
        role = self.env.context.get("role")
        if role in ("addressed", "control", "left_out"):
            action["context"] = {f"search_default_{role}": 1}
        action["display_name"] = self.name
        return action
