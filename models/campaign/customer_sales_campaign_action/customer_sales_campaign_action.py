from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.client_values import is_id, mapping, not_understood
from ....tools.limits import check_name
from ....tools.number_text import number_text
from ....tools.terms import UNFINISHED, WORK_STATES

#: About so many customers it is done while the user waits.
AT_ONCE = 100
KINDS = [
    ("activity", "Activity"),
    ("email", "E-mail"),
    ("tag", "Tag"),
    ("mailing_list", "Mailing List"),
    ("opportunity", "Opportunity"),
    ("coupon", "Coupon"),
]
#: What may be done again about something else
REPEATED = ("activity", "opportunity")
TEXT = 10_000  # characters of a description


class CustomerSalesCampaignAction(models.Model):
    """Something that is done about each of the customers addressed by a campaign, once.

    It is done with the rights of who asked for it, at once or in the background; what was made and
    what was not is in ``customer.sales.campaign.step``. The app alone writes it.
    """

    _name = "customer.sales.campaign.action"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Actions of Campaigns"
    _order = "id"
    _rec_name = "target_name"
    _rows_grant_names = True

    campaign_id = fields.Many2one(
        "customer.sales.campaign", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="campaign_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, string="Action")
    target_id = fields.Integer(
        readonly=True, help="The template, tag, list, program or type of activity, for programs."
    )
    target_name = fields.Char(
        string="What",
        readonly=True,
        help="The template, tag, list, program or activity, as it was called then.",
    )
    details = fields.Json(readonly=True, exportable=False)
    user_id = fields.Many2one(
        "res.users",
        string="Asked for by",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="With whose rights it is done.",
    )
    create_date = fields.Datetime(string="Asked for on", readonly=True)
    finished_on = fields.Datetime(readonly=True)
    state = fields.Selection(
        WORK_STATES,
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    message = fields.Text(readonly=True, help="Why it was given up.")
    row_count = fields.Integer(
        string="Customers", compute="_compute_progress", help="Customers it is about."
    )
    rows_done = fields.Integer(compute="_compute_progress")
    rows_left = fields.Integer(compute="_compute_progress")
    done_count = fields.Integer(string="Done", compute="_compute_progress")
    skipped_count = fields.Integer(
        string="Not Done",
        compute="_compute_progress",
        help="Customers for whom it could not be done; their steps say why.",
    )
    progress = fields.Float(
        compute="_compute_progress", help="For how many it has been tried, in percent."
    )
    step_ids = fields.One2many(
        "customer.sales.campaign.step", "action_id", string="Steps", readonly=True
    )

    # Two may ask for the same at the same time, and neither sees the other's.
    _once_a_campaign = models.UniqueIndex(
        "(campaign_id, kind, COALESCE(target_id, 0), "
        f"(CASE WHEN kind IN {REPEATED} THEN COALESCE(target_name, '') ELSE '' END))",
        "This is being done in this campaign already: each customer gets it once.",
    )

    @api.depends("step_ids.state")
    def _compute_progress(self):
        counts = {
            (action.id, state): count
            for action, state, count in self.env["customer.sales.campaign.step"]
            .sudo()
            ._read_group([("action_id", "in", self.ids)], ["action_id", "state"], ["__count"])
        }
        for action in self:
            states = ("waiting", "done", "skipped", "failed", "cancelled")
            of = {state: counts.get((action.id, state), 0) for state in states}
            action.row_count = sum(of.values())
            action.done_count = of["done"]
            action.skipped_count = of["skipped"] + of["failed"] + of["cancelled"]
            action.rows_left = of["waiting"]
            action.rows_done = action.row_count - of["waiting"]
            action.progress = 100.0 * action.rows_done / action.row_count if action.row_count else 0

    @api.depends("kind", "target_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for action in self:
            kind = kinds.get(action.kind, "")
            action.display_name = f"{kind}: {action.target_name}" if action.target_name else kind

    # ---------------------------------------------------------------------------------------
    # Asking for it
    # ---------------------------------------------------------------------------------------

    @api.model
    def _ask(self, campaign, kind: str, target_id: int | None, details: dict):
        """Do something about each customer addressed, or have it done.

        :param target_id: of the template, tag, list, program or type of activity
        :param details: ``summary``, ``note``, ``day``, as far as the kind has them
        :raise UserError: if it may not be done, or has been done already
        """
        campaign._check_running()
        details = mapping(details)
        check_name(self.env, details.get("summary"))
        if len(details.get("note") or "") > TEXT:
            raise UserError(self.env._("The note is longer than %s characters. Shorten it.", TEXT))
        if kind not in self._offered():
            raise UserError(
                self.env._(
                    "This cannot be done: its app is not installed, or you do not have the right "
                    "to do it."
                )
            )
        if target_id and not is_id(target_id):
            raise not_understood(self.env)
        name = getattr(self, f"_{kind}_name")(target_id, details)
        self._check_not_done(campaign, kind, target_id, name)
        of_role = campaign.sudo().customer_ids.grouped("role")
        nobody = self.env["customer.sales.campaign.customer"].sudo()
        control, customers = (of_role.get(role, nobody) for role in ("control", "addressed"))
        action = self.sudo().create(
            {
                "campaign_id": campaign.id,
                "kind": kind,
                "target_id": target_id,
                "target_name": name,
                "details": details,
                "user_id": self.env.uid,
            }
        )
        # Nor is anybody written to where somebody who is left alone would read it.
        repeated = (
            campaign.sudo()._with_repeated_address(control + customers) if kind == "email" else ()
        )
        reason = self.env._("Same address as another customer")
        action.env["customer.sales.campaign.step"].create(
            [
                {
                    "action_id": action.id,
                    "customer_id": customer.id,
                    **({"state": "skipped", "message": reason} if customer.id in repeated else {}),
                }
                for customer in customers
            ]
        )
        campaign.message_post(
            body=self.env._(
                "%(action)s. Customers: %(count)s.",
                action=action.display_name,
                count=number_text(self.env, len(customers)),
            )
        )
        if len(customers) <= AT_ONCE:
            action._begin()
            action._do_batch(AT_ONCE)
            action._end()
        else:
            self.env.ref("customer_sales_report.ir_cron_customer_sales_campaign").sudo()._trigger()
        return action.sudo(False)

    def _check_not_done(self, campaign, kind: str, target_id: int | None, name: str):
        """
        :raise UserError: if the campaign does the same already; what was cancelled can go on
        """
        domain = [
            ("campaign_id", "=", campaign.id),
            ("kind", "=", kind),
            ("target_id", "=", target_id or 0),
        ]
        if kind in REPEATED:
            domain.append(("target_name", "=", name))
        same = self.sudo().search(domain)
        if same:
            raise UserError(
                self.env._(
                    "“%s” has been done in this campaign already: each customer gets it once.",
                    same[0].display_name,
                )
            )

    # ---------------------------------------------------------------------------------------
    # Buttons
    # ---------------------------------------------------------------------------------------

    def action_cancel(self):
        """Stop: what is done stays done, the other customers are left out."""
        campaigns = self.campaign_id
        campaigns._check_permission()
        campaigns.check_access("write")
        self._cancel()
        return True

    def _cancel(self):
        unfinished = self.sudo().filtered(lambda action: action.state in UNFINISHED)
        unfinished.step_ids.filtered(lambda step: step.state == "waiting").state = "cancelled"
        unfinished.write({"state": "cancelled", "finished_on": fields.Datetime.now()})

    def action_resume(self):
        """Go on with what was cancelled or given up: with the customers that it did not come to.

        :raise UserError: if the campaign is not running
        """
        for action in self:
            action.campaign_id._check_running()
            if action.state not in ("cancelled", "failed"):
                raise UserError(self.env._("Only what was cancelled can go on."))
            if action.user_id != self.env.user:
                raise UserError(
                    self.env._("It was asked for by %s, who alone can go on.", action.user_id.name)
                )
            steps = action.sudo().step_ids
            steps.filtered(lambda step: step.state == "cancelled").state = "waiting"
            action.sudo().write({"state": "waiting", "finished_on": False, "message": False})
        self.env.ref("customer_sales_report.ir_cron_customer_sales_campaign").sudo()._trigger()
        return True

    @api.model
    @api.readonly
    def progress_of(self, action_id: int) -> dict:
        """How far an action is, for the progress bar."""
        if not is_id(action_id):
            raise not_understood(self.env)
        action = self.search([("id", "=", action_id)])
        names = ["state", "row_count", "rows_done", "rows_left", "progress"]
        return action.read(names)[0] if action else {}

    @api.readonly
    def action_open_steps(self):
        """The customers it is about, and what came of it."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_campaign_step"
        )
        action["domain"] = [("action_id", "=", self.id)]
        action["display_name"] = self.display_name
        return action
