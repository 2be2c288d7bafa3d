from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools.constants import GC_UNLINK_LIMIT

from ...tools.terms import SCHEDULE, SCHEDULE_RECIPIENT

KEPT = timedelta(days=90)


class CustomerSalesScheduleRun(models.Model):
    """One mail of a scheduled report, or why there was none. The app alone writes it."""

    _name = "customer.sales.schedule.run"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Run of a Scheduled Report"
    _order = "id desc"

    create_date = fields.Datetime(string="Made on", readonly=True)
    schedule_id = fields.Many2one(
        SCHEDULE, string="Report", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users", string="Recipient", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("waiting", "In the Mail Queue"), ("sent", "Sent"), ("failed", "Failed")],
        string="Status",
        required=True,
        readonly=True,
        help="In the Mail Queue: made, and handed to Odoo's own queue of mails.",
    )
    row_count = fields.Integer(string="Rows", readonly=True, help="How many rows it tells of.")
    message = fields.Text(string="Note", readonly=True, help="Why it failed.")
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, ondelete="set null", index="btree_not_null", groups=NO_ACCESS
    )

    @api.depends("schedule_id")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.schedule_id.name

    @api.model
    def _note_delivery(self):
        """Note what became of the mails in the queue. Odoo deletes those that were sent."""
        for run in self.sudo().search([("state", "=", "waiting")]):
            mail = run.mail_id
            recipient = self.env[SCHEDULE_RECIPIENT].search(
                [("schedule_id", "=", run.schedule_id.id), ("user_id", "=", run.user_id.id)]
            )
            if not mail or mail.state == "sent":
                run.state = "sent"
                recipient.failures = 0
            elif mail.state in ("exception", "cancel"):
                message = self.env._(
                    "The mail server did not take the mail: %s", mail.failure_reason or mail.state
                )
                run.write({"state": "failed", "message": message})
                recipient._count_failure(message)

    @api.autovacuum
    def _gc_old(self):
        old = self.search(
            [("create_date", "<", fields.Datetime.now() - KEPT), ("state", "!=", "waiting")],
            limit=GC_UNLINK_LIMIT,
        )
        old.unlink()
        return len(old), len(old) == GC_UNLINK_LIMIT
