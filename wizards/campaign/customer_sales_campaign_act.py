from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Days from today until which an activity is planned
DAYS = 7


class CustomerSalesCampaignAct(models.TransientModel):
    """The dialog that asks what to do about the customers of a campaign."""

    _name = "customer.sales.campaign.act"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Act on a Campaign"

    campaign_id = fields.Many2one(
        "customer.sales.campaign", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        selection="_selection_kind",
        string="Action",
        required=True,
        default=lambda self: self._selection_kind()[0][0],
        help="What your apps can do and you have the right to.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        default=lambda self: self.env.ref("mail.mail_activity_data_call", False),
        domain="[('res_model', 'in', [False, 'res.partner'])]",
    )
    summary = fields.Char(help="What it is about. Empty: the name of the campaign.")
    note = fields.Text(help="What whoever does it should know.")
    day = fields.Date(
        string="Until",
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DAYS),
        help="The day until which it is to be done.",
    )
    expires_on = fields.Date(
        string="Valid until", help="The last day of the coupons. Empty: for good."
    )
    template_id = fields.Many2one(
        "mail.template",
        string="E-mail Template",
        domain="[('model', '=', 'res.partner')]",
        help="A template for contacts. Each customer gets it in its own language, through Odoo's "
        "queue of mails.",
    )
    tag_id = fields.Many2one("res.partner.category")
    list_choice = fields.Selection(selection="_selection_list", string="Mailing List")
    program_choice = fields.Selection(selection="_selection_program", string="Coupon Program")
    addressed_count = fields.Integer(compute="_compute_addressed_count")

    @api.depends("campaign_id")
    def _compute_addressed_count(self):
        """Of no campaign that the user does not see: a program can ask about any."""
        self.campaign_id._origin.check_access("read")
        for dialog in self:
            dialog.addressed_count = dialog.campaign_id._origin.addressed_count

    @api.constrains("expires_on")
    def _check_expires_on(self):
        for dialog in self:
            if dialog.expires_on and dialog.expires_on < fields.Date.context_today(dialog):
                raise ValidationError(
                    self.env._("The last day of the coupons is over. Choose a later one.")
                )

    @api.model
    def _selection_kind(self):
        actions = self.env["customer.sales.campaign.action"]
        names = dict(actions._fields["kind"]._description_selection(self.env))
        return [(kind, names[kind]) for kind in actions._offered()]

    @api.model
    def _selection_list(self):
        return self._choices("mailing_list", "mailing.list", [])

    @api.model
    def _selection_program(self):
        return self._choices("coupon", "loyalty.program", [("program_type", "=", "coupons")])

    @api.model
    def _choices(self, kind: str, model: str, domain: list) -> list[tuple[str, str]]:
        """The records of an app that need not be there, as a selection."""
        if kind not in self.env["customer.sales.campaign.action"]._offered():
            return []
        return [(str(each.id), each.display_name) for each in self.env[model].search(domain)]

    def action_do(self):
        """Do it for each customer addressed, at once or in the background.

        :raise UserError: if it may not be done, or has been done already
        """
        self.ensure_one()
        target_id = {
            "activity": self.activity_type_id.id,
            "email": self.template_id.id,
            "tag": self.tag_id.id,
            "mailing_list": int(self.list_choice or 0),
            "coupon": int(self.program_choice or 0),
        }.get(self.kind)
        details = {}
        if self.kind in ("activity", "opportunity"):
            details = {"summary": self.summary or "", "note": self.note or ""}
        day = {"activity": self.day, "coupon": self.expires_on}.get(self.kind)
        if day:
            details["day"] = fields.Date.to_string(day)
        self.env["customer.sales.campaign.action"]._ask(
            self.campaign_id, self.kind, target_id or None, details
        )
        return {"type": "ir.actions.act_window_close"}
