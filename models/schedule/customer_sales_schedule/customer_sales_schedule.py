from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ....tools.client_values import is_id, mapping, not_understood
from ....tools.compared_periods import BASE, CURRENT, OWN, YEAR_BEFORE
from ....tools.limits import check_name, name_of_copy
from ....tools.notification import notification
from ....tools.number_text import number_text
from ....tools.schedule_times import DAILY, MONTHLY, WEEKLY
from ....tools.terms import (
    CHANGE,
    COMPARISON,
    EXPORT_GROUP,
    PROFILE,
    REPORT,
    SCHEDULE_RECIPIENT,
    SCHEDULE_RUN,
)

# Whose favorites can be sent
FAVORITE_MODELS = (
    *(REPORT, COMPARISON, CHANGE, PROFILE),
    *("customer.sales.purchase", "customer.sales.product", "customer.sales.price.report"),
    "customer.sales.history",
)
RECIPIENTS = 100  # of a schedule
SCHEDULES = 50  # of an owner
HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]
# Whoever takes a report out of the archive wants it from the next time on, not the times missed.
TIMES = {"frequency", "weekday", "month_day", "hour", "company_ids", "active"}


class CustomerSalesSchedule(models.Model):
    """A report that is sent by e-mail again and again: what it shows, when, and to whom.

    Each recipient's is made with that user's rights, in the user's language and at the user's hour:
    see ``customer.sales.schedule.recipient``. Its owner only says what is sent.
    """

    _name = "customer.sales.schedule"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.privacy.mixin"]
    _description = "Scheduled Report"
    _order = "name, id"

    name = fields.Char(
        string="Title",
        required=True,
        help="The subject of the mail, the title of the workbook and the name of its file.",
    )
    active = fields.Boolean(default=True, help="Archived reports are not sent.")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        index=True,
        ondelete="cascade",
        help="Who set it up, and is told when it stops. It is sent while the owner may export.",
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        required=True,
        default=lambda self: self.env.companies,
        help="Whose sales it shows: of these companies, to each recipient those that he or she is "
        "allowed.",
    )
    view = fields.Selection(
        [
            ("customers", "Customers"),
            ("comparison", "Periods Compared"),
            ("overview", "Overview"),
            ("favorite", "Favorite"),
        ],
        string="Show",
        required=True,
        default="customers",
        help="What is sent. A favorite is sent with its filter, groups, order and column layout.",
    )
    favorite_id = fields.Many2one(
        "ir.filters",
        ondelete="set null",
        index="btree_not_null",
        domain=lambda self: [
            ("model_id", "in", FAVORITE_MODELS),
            ("user_ids", "in", [self.env.uid, False]),
        ],
        help="A filter that was saved in one of the app's screens. When it is changed, what is "
        "sent changes too.",
    )
    current = fields.Selection(
        [each for each in CURRENT if each[0] != OWN],
        string="Period",
        required=True,
        default="last_month",
        help="The period that is compared. It moves with the calendar.",
    )
    base = fields.Selection(
        [each for each in BASE if each[0] != OWN],
        string="Compared with",
        required=True,
        default=YEAR_BEFORE,
    )
    content = fields.Selection(
        [("table", "Table in the Mail"), ("workbook", "Workbook Attached")],
        string="As",
        required=True,
        default="table",
        help="A table shows the first rows and the totals. A workbook has all rows.",
    )
    frequency = fields.Selection(
        [(DAILY, "Daily"), (WEEKLY, "Weekly"), (MONTHLY, "Monthly")],
        required=True,
        default=WEEKLY,
    )
    weekday = fields.Selection(WEEKDAYS, string="Day of the Week", required=True, default="0")
    month_day = fields.Integer(
        string="Day of the Month",
        required=True,
        default=1,
        help="In a month that has no such day, the last day of the month.",
    )
    hour = fields.Selection(
        HOURS,
        string="At",
        required=True,
        default="7",
        help="At this hour by each recipient's own clock.",
    )
    recipient_ids = fields.One2many(
        SCHEDULE_RECIPIENT, "schedule_id", string="Recipients", copy=True
    )
    run_ids = fields.One2many(SCHEDULE_RUN, "schedule_id", string="Last Runs")
    times = fields.Char(
        string="When", compute="_compute_times", help="When it is sent, by each recipient's clock."
    )
    stopped_count = fields.Integer(
        string="Stopped",
        compute="_compute_stopped_count",
        help="Recipients to whom it is not sent any more. The report says why.",
    )

    is_mine = fields.Boolean(compute="_compute_is_mine", help="The user may change it.")
    is_recipient = fields.Boolean(
        compute="_compute_is_recipient",
        search="_search_is_recipient",
        help="The user is one of its recipients.",
    )

    # ---------------------------------------------------------------------------------------
    # What a schedule has to be
    # ---------------------------------------------------------------------------------------

    @api.model
    def default_get(self, fields_list):
        """Who sets one up is its first recipient."""
        defaults = super().default_get(fields_list)
        if "recipient_ids" in fields_list and "recipient_ids" not in defaults:
            defaults["recipient_ids"] = [Command.create({"user_id": self.env.uid})]
        return defaults

    def write(self, vals):
        result = super().write(vals)
        if TIMES & mapping(vals).keys():
            self.recipient_ids.sudo()._set_next_date()
        if "active" in mapping(vals):
            self.recipient_ids.sudo().is_wanted = False
        return result

    @api.model
    def _check_written(self, values):
        """
        :raise UserError: if the user may not export, or gives the report to somebody else
        """
        values = mapping(values)
        check_name(self.env, values.get("name"))
        if self.env.su:
            return
        self._check_export()
        favorite_id = values.get("favorite_id")
        if (
            values.get("user_id", self.env.uid) != self.env.uid
            or values.get("run_ids")
            or (favorite_id and not is_id(favorite_id))
        ):
            raise not_understood(self.env)

    def copy_data(self, default=None):
        return [
            # Nothing of a record that is copied already
            values
            and {
                **values,
                "name": name_of_copy(self.env, schedule.name),
                "user_id": self.env.uid,
                **(default or {}),
            }
            for schedule, values in zip(self, super().copy_data(default), strict=True)
        ]

    @api.constrains("name", "month_day", "view", "favorite_id", "company_ids", "user_id")
    def _check_schedule(self):
        for schedule in self:
            if not (schedule.name or "").strip():
                raise ValidationError(self.env._("Give the report a title."))
            if not 1 <= schedule.month_day <= 31:
                raise ValidationError(
                    self.env._(
                        "The day of the month is between 1 and 31. In shorter months 31 is the "
                        "last day."
                    )
                )
            if schedule.view == "favorite":
                schedule._check_favorite()
            if not schedule.company_ids:
                raise ValidationError(self.env._("Choose the companies whose sales it shows."))
            if foreign := schedule.company_ids - schedule.user_id.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "The owner has no access to %s. Choose other companies.",
                        ", ".join(foreign.sudo().mapped("name")),
                    )
                )

    def _check_favorite(self):
        favorite = self.favorite_id.sudo()
        if not favorite:
            raise ValidationError(
                self.env._(
                    "Choose the favorite that is to be sent. Favorites are saved in the search "
                    "bar of the app's screens."
                )
            )
        if favorite.user_ids and self.user_id not in favorite.user_ids:
            raise ValidationError(
                self.env._("This favorite is somebody else's. Choose one of your own.")
            )
        if favorite.model_id not in FAVORITE_MODELS:
            raise ValidationError(
                self.env._(
                    "This favorite cannot be sent. Choose one of sales, customers, purchases or "
                    "products."
                )
            )

    @api.constrains("user_id")
    def _check_number(self):
        for owner in self.user_id:
            owned = self.sudo().with_context(active_test=False)
            if owned.search_count([("user_id", "=", owner.id)]) > SCHEDULES:
                raise ValidationError(
                    self.env._(
                        "There are %s scheduled reports already. Delete some that nobody needs.",
                        number_text(self.env, SCHEDULES),
                    )
                )

    def _check_recipients(self):
        """
        :raise ValidationError: if they are too many
        """
        for schedule in self:
            if len(schedule.sudo().recipient_ids) > RECIPIENTS:
                raise ValidationError(
                    self.env._(
                        "A report has %s recipients at most.", number_text(self.env, RECIPIENTS)
                    )
                )

    # ---------------------------------------------------------------------------------------
    # In words
    # ---------------------------------------------------------------------------------------

    @api.depends("frequency", "weekday", "month_day", "hour")
    @api.depends_context("lang")
    def _compute_times(self):
        weekdays = dict(self._fields["weekday"]._description_selection(self.env))
        hours = dict(HOURS)
        for schedule in self:
            hour = hours.get(schedule.hour, "")
            if schedule.frequency == MONTHLY:
                schedule.times = self.env._(
                    "Monthly on day %(day)s at %(hour)s", day=schedule.month_day, hour=hour
                )
            elif schedule.frequency == WEEKLY:
                day = weekdays.get(schedule.weekday, "")
                schedule.times = self.env._("Every %(day)s at %(hour)s", day=day, hour=hour)
            else:
                schedule.times = self.env._("Daily at %(hour)s", hour=hour)

    @api.depends("recipient_ids.state")
    def _compute_stopped_count(self):
        stopped = Domain("schedule_id", "in", self.ids) & Domain("state", "=", "stopped")
        counts = dict(
            self.env[SCHEDULE_RECIPIENT].sudo()._read_group(stopped, ["schedule_id"], ["__count"])
        )
        for schedule in self:
            schedule.stopped_count = counts.get(schedule._origin, 0)

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        may_export = self.env.user.has_group(EXPORT_GROUP)
        changeable = self._filtered_access("write") if may_export else self.browse()
        for schedule in self:
            schedule.is_mine = not schedule.id or schedule in changeable

    # A record rule asks this in superuser mode. Reading `recipient_ids` for it would leave them in
    # the cache for the user, who may not see all of them.

    @api.depends("recipient_ids.user_id")
    @api.depends_context("uid")
    def _compute_is_recipient(self):
        own = self.env[SCHEDULE_RECIPIENT].sudo().search(self._own_lines())
        got = own.schedule_id
        for schedule in self:
            schedule.is_recipient = schedule in got

    @api.model
    def _search_is_recipient(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("recipient_ids", "any!", self._own_lines())

    @api.model
    def _own_lines(self) -> Domain:
        return Domain("user_id", "=", self.env.uid)

    # ---------------------------------------------------------------------------------------
    # Buttons
    # ---------------------------------------------------------------------------------------

    def action_send_now(self):
        """Send the report to all its recipients now, besides the next time.

        :return: a notification
        :raise UserError: if the user may not export, or there is nobody to send it to
        """
        self.ensure_one()
        self.check_access("write")
        self._check_export()
        if not self.active:
            raise ValidationError(
                self.env._("This report is archived, and is not sent. Unarchive it first.")
            )
        recipients = self.recipient_ids.filtered(lambda each: each.state == "active")
        if not recipients:
            raise ValidationError(
                self.env._("There is nobody to send it to. Add a recipient, or resume one.")
            )
        recipients.sudo().is_wanted = True
        self.env.ref("customer_sales_report.ir_cron_customer_sales_schedule").sudo()._trigger()
        return notification(
            self.env._("The report is being made and sent. Last Runs tell what became of it.")
        )

    def action_preview(self):
        """Show the mail as the current user would get it."""
        self.ensure_one()
        self.check_access("read")
        preview = self.env["customer.sales.schedule.preview"].create({"schedule_id": self.id})
        return preview._get_records_action(target="new", name=self.env._("Preview"))

    def action_leave(self):
        """Take the current user out of the recipients."""
        self.check_access("read")
        lines = self.env[SCHEDULE_RECIPIENT].sudo()
        lines.search(self._own_lines() & Domain("schedule_id", "in", self.ids)).unlink()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "name": self.env._("Scheduled Reports"),
            "target": "main",
        }
