import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS, Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import format_date

from ...tools.client_values import mapping, not_understood
from ...tools.mailed import MailedTable
from ...tools.number_text import amount_text, percent_text
from ...tools.record_names import names_as_reader
from ...tools.terms import LEVEL_GROUP, PROFILE, UNFINISHED
from ...tools.user_env import user_env
from ..mail_html import mail_html, queue_mail
from .changes import (
    GONE,
    PRODUCT,
    STOPPED,
    TOLD_SHARE,
    WON_BACK,
    State,
    changes,
    remembered,
    share_of,
    state_of,
)

_logger = logging.getLogger(__name__)

ROWS = 50  # of a kind of change, in a mail
EVENTS = ("lost", "dormant", "slowing", WON_BACK, STOPPED)  # the gravest first
SWITCHES = {event: f"is_{event}" for event in EVENTS}


class CustomerSalesAlert(models.Model):
    """What a user wants to be told of his or her customers: once a day, after the refresh of the
    night, what has changed since the last time.

    What was told last is kept, so that nothing is told twice; whoever begins is told nothing of
    the past.
    """

    _name = "customer.sales.alert"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.privacy.mixin"]
    _description = "Alerts on Customers"
    _order = "id"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="For",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="cascade",
        help="Whose customers: those assigned to this user, and contacts of companies that are.",
    )
    active = fields.Boolean(string="On", default=True, help="Off: nothing is told.")
    channel = fields.Selection(
        [("mail", "E-mail"), ("activity", "Activity")],
        string="Tell me by",
        required=True,
        default="mail",
        help="One mail, or one activity, on each day on which there is something to tell.",
    )
    is_slowing = fields.Boolean(
        string="Slowing", default=True, help="A customer takes longer than usual to buy again."
    )
    is_dormant = fields.Boolean(
        string="Dormant", default=True, help="A customer has not bought for far longer than usual."
    )
    is_lost = fields.Boolean(
        string="Lost", default=True, help="A customer will probably not buy any more."
    )
    is_won_back = fields.Boolean(
        string="Won Back", default=True, help="A customer who was dormant or lost has bought."
    )
    is_stopped = fields.Boolean(
        string="Stopped a Product",
        default=True,
        help="A customer does not buy a product any more that made at least a tenth of the "
        "customer's purchases, by net sales of the last two years.",
    )
    last_date = fields.Datetime(
        string="Last Looked", readonly=True, help="When changes were last looked for."
    )
    # Of customers that the user may not see any more as well
    told = fields.Json(readonly=True, groups=NO_ACCESS, help="What was told last, for programs.")

    _one_a_user = models.UniqueIndex("(user_id)", "You have alerts already.")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("My Alerts")

    # ---------------------------------------------------------------------------------------
    # Setting them
    # ---------------------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        alerts = super().create(vals_list)
        alerts._learn()
        return alerts

    def write(self, vals):
        result = super().write(vals)
        if mapping(vals).get("active"):
            self._learn()
        return result

    @api.model
    def _check_written(self, values):
        """
        :raise UserError: if it is for somebody else, or says what the app alone notes
        """
        values = mapping(values)
        if not self.env.su and (
            values.get("user_id", self.env.uid) != self.env.uid or "last_date" in values
        ):
            raise not_understood(self.env)

    @api.constrains("channel", "active")
    def _check_address(self):
        for alert in self:
            user = alert.sudo().user_id
            if alert.active and alert.channel == "mail" and not user.email_normalized:
                raise ValidationError(
                    self.env._(
                        "%s has no e-mail address. Enter one in the preferences, or choose "
                        "Activity.",
                        user.name,
                    )
                )

    @api.model
    def action_open_mine(self):
        """The alerts of the current user; new ones where there are none yet."""
        self.check_access("read")
        mine = self.with_context(active_test=False).search([("user_id", "=", self.env.uid)])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My Alerts"),
            "res_model": self._name,
            "res_id": mine.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    def _learn(self):
        """Take everything as it is now for told."""
        for alert in self.sudo():
            env = alert._reader()
            state = state_of(env) if env["customer.sales.profile"].has_access("read") else State()
            alert.write({"told": state.as_json(), "last_date": fields.Datetime.now()})

    def _reader(self):
        """The environment of the user who is told, in all his or her companies."""
        user = self.sudo().user_id
        return user_env(self.env, user, (user.company_id | user.company_ids).ids)

    # ---------------------------------------------------------------------------------------
    # Telling
    # ---------------------------------------------------------------------------------------

    @api.model
    def _process_due(self):
        """Tell whoever was not told today, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        alerts = self.search([("last_date", "<", fields.Datetime.now())])
        cron._commit_progress(remaining=len(alerts))
        for alert in alerts:
            alert.invalidate_recordset()
            alert._tell_if_due()
            if not cron._commit_progress(1):
                break

    def _tell_if_due(self):
        """What keeps one user from being told keeps nobody else, and is tried again next time."""
        try:
            with self.env.cr.savepoint():
                if self.try_lock_for_update() and self._is_due():
                    self._tell()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception("Alerts %s could not be told", self.id)

    def _is_due(self) -> bool:
        """Whether all documents were derived anew since the user was last told, on another day."""
        env = self._reader()
        today = fields.Date.context_today(self.with_env(env))
        last_day = fields.Datetime.context_timestamp(self.with_env(env), self.last_date).date()
        if not self.active or last_day >= today:
            return False
        of_night = Domain("kind", "=", "full") & Domain("company_id", "in", env.companies.ids)
        refreshes = self.env["customer.sales.refresh"]
        at_work = of_night & Domain("state", "in", UNFINISHED)
        done = of_night & Domain("state", "=", "done") & Domain("started_on", ">", self.last_date)
        return bool(refreshes.search(done, limit=1) and not refreshes.search(at_work, limit=1))

    def _tell(self):
        user = self.user_id
        if not (user.active and user.has_group(LEVEL_GROUP)):
            self.active = False
            return
        env = self._reader()
        before, now = State.from_json(self.told), state_of(env)
        found = changes(before, now)
        told = remembered(before, now).as_json()
        self.write({"told": told, "last_date": fields.Datetime.now()})
        tables = self._tables(env, {event: found.get(event) for event in EVENTS})
        if not tables:
            return
        if self.channel == "mail" and user.email_normalized:
            self._send_mail(env, tables)
        else:
            self._plan_activity(env, tables)

    def _tables(self, env, found: dict[str, list[int]]) -> list[MailedTable]:
        tables = []
        for event, ids in found.items():
            if ids and self[SWITCHES[event]]:
                make = self._products_table if event == STOPPED else self._customers_table
                tables += make(env, event, ids)
        return tables

    def _titles(self, env) -> dict[str, str]:
        return {
            "lost": env._("Lost"),
            "dormant": env._("Dormant"),
            "slowing": env._("Slowing"),
            WON_BACK: env._("Won Back"),
            STOPPED: env._("Stopped a Product"),
        }

    def _customers_table(self, env, event: str, ids: list[int]) -> list[MailedTable]:
        profiles = env[PROFILE].search([("id", "in", ids)], order="net_year desc, id")
        names = names_as_reader(profiles.partner_id)
        return self._titled_table(
            env,
            event,
            [env._("Customer"), env._("Last Purchase"), env._("Net of the Year")],
            [
                [
                    names[profile.partner_id.id],
                    format_date(env, profile.last_purchase),
                    amount_text(env, profile.net_year, profile.currency_id),
                ]
                for profile in profiles
            ],
        )

    def _products_table(self, env, event: str, ids: list[int]) -> list[MailedTable]:
        """Of the products that customers stopped, those that were a tenth of what they bought. Who
        buys nothing any more is told of as dormant or lost."""
        found = env[PRODUCT].search([("id", "in", ids)])
        stopped = found.filtered(lambda each: each.profile_id.status not in GONE)
        shares = {}
        for each in stopped:
            profile = each.profile_id
            row = {"net_year": each.net_year, "net_before": each.net_before}
            shares[each] = share_of(row, profile.net_year + profile.net_before)
        told = sorted(
            (each for each in stopped if shares[each] >= TOLD_SHARE),
            key=lambda each: (-shares[each], each.id),
        )
        customers = names_as_reader(stopped.partner_id)
        products = names_as_reader(stopped.product_id)
        return self._titled_table(
            env,
            event,
            [
                env._("Customer"),
                env._("Product"),
                env._("Last Bought"),
                env._("Share of Purchases"),
            ],
            [
                [
                    customers[each.partner_id.id],
                    products[each.product_id.id],
                    format_date(env, each.last_purchase),
                    percent_text(env, shares[each]),
                ]
                for each in told
            ],
        )

    def _titled_table(self, env, event, headings, rows) -> list[MailedTable]:
        if not rows:
            return []
        numbers = [False] * (len(headings) - 1) + [True]
        title = self._titles(env)[event]
        left_out = max(len(rows) - ROWS, 0)
        return [MailedTable(headings, numbers, rows[:ROWS], title=title, left_out=left_out)]

    def _subject(self, env, tables: list[MailedTable]) -> str:
        """Such as “Customers: Lost 2, Won Back 1”."""
        parts = [f"{table.title} {table.row_count}" for table in tables]
        return env._("Customers: %s", ", ".join(parts))

    def _send_mail(self, env, tables: list[MailedTable]):
        subject = self._subject(env, tables)
        url = self.get_base_url()
        action = self.env.ref("customer_sales_report.action_customer_sales_profile")
        values = {
            "tables": tables,
            "view_url": f"{url}/odoo/{action.path}",
            "alert_url": f"{url}/odoo/customer-sales-alerts/{self.id}",
        }
        body = mail_html(env, "alert_mail", env._("Your Customers"), values)
        queue_mail(env, subject, body, self.user_id)
        env["customer.sales.export.log"]._log_export(
            env[PROFILE],
            [["partner_id"], ["status"], ["last_purchase"], ["net_year"]],
            domain=None,
            row_count=sum(table.row_count for table in tables),
            file_name=env._("E-mail: %s", subject),
        )

    def _plan_activity(self, env, tables: list[MailedTable]):
        note = Markup("").join(
            Markup("<p><b>%s</b></p><ul>%s</ul>")
            % (
                table.title,
                Markup("").join(Markup("<li>%s</li>") % ", ".join(row) for row in table.rows),
            )
            for table in tables
        )
        # The user asked for it: no mail says that somebody assigned it.
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        activities.create(
            {
                "user_id": self.user_id.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "summary": self._subject(env, tables),
                "note": note,
                "date_deadline": fields.Date.context_today(self.with_env(env)),
            }
        )
