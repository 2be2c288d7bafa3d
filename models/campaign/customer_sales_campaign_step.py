from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerSalesCampaignStep(models.Model):
    """What an action does about one customer: to do, done once, or not, and why. The app alone
    writes it. It is what keeps anything from being done twice."""

    _name = "customer.sales.campaign.step"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Steps of Campaigns"
    _order = "id"
    _rec_name = "action_id"
    _rows_grant_names = True

    action_id = fields.Many2one(
        "customer.sales.campaign.action",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    customer_id = fields.Many2one(
        "customer.sales.campaign.customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="customer_id.company_id", store=True, index=True, precompute=True
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Done"),
            ("skipped", "Left Out"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
    )
    done_on = fields.Datetime(readonly=True)
    message = fields.Char(string="Why Not", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(
        string="Made", model_field="res_model", readonly=True, exportable=False
    )

    _once = models.Constraint("UNIQUE(action_id, customer_id)", "An action is done once.")

    @api.readonly
    def action_open(self):
        """What was made: the activity, the opportunity, the coupon; else the contact.

        :raise UserError: if it is no more
        """
        self.ensure_one()
        # A message is shown by its contact.
        if not self.res_model or self.res_model == "mail.message":
            return self.customer_id.partner_id.get_formview_action()
        made = self.env[self.res_model].browse(self.res_id) if self.res_model in self.env else None
        if not made or not made.exists():
            raise UserError(self.env._("It is not there any more: done, or deleted."))
        return made.get_formview_action()
