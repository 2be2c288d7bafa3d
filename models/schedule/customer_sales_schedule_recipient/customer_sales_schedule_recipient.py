from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.client_values import is_id, mapping, not_understood
from ....tools.schedule_ended import ScheduleEnded
from ....tools.schedule_times import next_time
from ....tools.terms import SCHEDULE


class CustomerSalesScheduleRecipient(models.Model):
    """A recipient of a scheduled report: when the next is due, and whether it is still sent."""

    _name = "customer.sales.schedule.recipient"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.privacy.mixin"]
    _description = "Recipient of a Scheduled Report"
    _order = "id"
    _rec_name = "user_id"

    schedule_id = fields.Many2one(
        SCHEDULE, string="Report", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recipient",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('share', '=', False)]",
        help="Gets the report with his or her own rights, in his or her language.",
    )
    next_date = fields.Datetime(string="Next", readonly=True, copy=False, index=True)
    last_date = fields.Datetime(string="Last Sent", readonly=True, copy=False)
    is_wanted = fields.Boolean(readonly=True, copy=False, help="It is to be sent at once.")
    starts = fields.Integer(
        readonly=True, copy=False, help="How often the one that is due was begun."
    )
    failures = fields.Integer(
        readonly=True, copy=False, help="How many could not be sent since the last that could."
    )
    state = fields.Selection(
        [("active", "Active"), ("stopped", "Stopped")],
        string="Status",
        required=True,
        readonly=True,
        default="active",
        copy=False,
        help="Stopped: a right has ended, or sending failed several times. The note says which.",
    )
    message = fields.Text(readonly=True, copy=False, help="Why it stopped.")
    note = fields.Text(compute="_compute_note", help="What there is to know of this recipient.")

    _once = models.UniqueIndex(
        "(schedule_id, user_id)", "A recipient gets a report once. Take the second line out."
    )

    @api.depends("user_id", "message", "state")
    @api.depends_context("lang")
    def _compute_note(self):
        for recipient in self:
            user = recipient.sudo().user_id
            if recipient.state == "stopped":
                recipient.note = recipient.message
            elif user and not user.tz:
                recipient.note = self.env._(
                    "Has no time zone: the hour is that of %(zone)s. It can be set in the user's "
                    "preferences.",
                    zone=recipient.schedule_id._zone(user),
                )
            else:
                recipient.note = False

    # ---------------------------------------------------------------------------------------
    # What a recipient has to be
    # ---------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        recipients = super().create(vals_list)
        recipients.sudo()._set_next_date()
        return recipients

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in mapping(vals):
            self.sudo()._begin_anew()
        return result

    @api.model
    def _check_written(self, values):
        """What becomes of a report is noted by the app alone.

        :raise UserError: if the user may not export, or says more than who gets which report
        """
        if self.env.su:
            return
        self._check_export()
        values = mapping(values)
        if values.keys() - {"schedule_id", "user_id"} or not all(
            is_id(value) for value in values.values() if value
        ):
            raise not_understood(self.env)
        # What may be wrong with a user is said by name.
        user_id = values.get("user_id")
        if user_id and not self.env["res.users"].browse(user_id)._filtered_access("read"):
            raise not_understood(self.env)

    # Of the report's own constraints none is asked when a line is made by itself.
    @api.constrains("schedule_id")
    def _check_number(self):
        self.schedule_id._check_recipients()

    @api.constrains("user_id")
    def _check_user(self):
        for recipient in self:
            user = recipient.sudo().user_id
            try:
                recipient._check_can_receive(user)
            except ScheduleEnded as error:
                raise ValidationError(str(error)) from error

    def _check_can_receive(self, user):
        """
        :raise ScheduleEnded: if a user cannot get this report
        """
        self.schedule_id._reader(user)
        if not user.email_normalized:
            raise ScheduleEnded(
                self.env._(
                    "%s has no e-mail address that mails can be sent to. Enter one in Settings › "
                    "Users.",
                    user.name,
                )
            )

    def _set_next_date(self):
        """Set when the next is due, from now on."""
        now = fields.Datetime.now()
        for recipient in self:
            schedule = recipient.schedule_id
            recipient.next_date = next_time(
                now,
                schedule._zone(recipient.user_id),
                schedule.frequency,
                int(schedule.hour),
                int(schedule.weekday),
                schedule.month_day,
            )

    def _begin_anew(self):
        self.write(
            {"state": "active", "message": False, "failures": 0, "starts": 0, "is_wanted": False}
        )
        self._set_next_date()

    def action_resume(self):
        """Send the report to stopped recipients again, from the next time on.

        :raise UserError: if the reason is still there
        """
        self.check_access("write")
        self._check_export()
        self._check_user()
        self.filtered(lambda each: each.state == "stopped").sudo()._begin_anew()
        return True
