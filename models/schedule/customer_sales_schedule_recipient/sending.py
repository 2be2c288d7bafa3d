import logging

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ....tools.schedule_ended import ScheduleEnded
from ....tools.server_limits import long_work
from ....tools.terms import SCHEDULE_RUN

_logger = logging.getLogger(__name__)

FAILURES = 3  # one after the other, after which it is not tried any more
STARTS = 3  # how often one report is begun when the server stops under it
MAIL_QUEUE = "mail.ir_cron_mail_scheduler_action"
CRON = "customer_sales_report.ir_cron_customer_sales_schedule"


class CustomerSalesScheduleRecipient(models.Model):
    """Sending what is due.

    Several processes may do it at a time. Each occasion is one transaction: with the row locked,
    the next time is set, the mail goes to Odoo's queue and the run is noted, all or nothing. A
    process that is killed has sent nothing, and another begins anew; one that comes too late finds
    the next time set.
    """

    _inherit = "customer.sales.schedule.recipient"

    @api.model
    def _due(self) -> Domain:
        now = fields.Datetime.now()
        is_time = Domain("next_date", "<=", now) | Domain("is_wanted", "=", True)
        return is_time & Domain("state", "=", "active") & Domain("schedule_id.active", "=", True)

    @api.model
    def _process_due(self):
        """Send what is due, each in a transaction of its own."""
        cron = self.env["ir.cron"]
        self.env[SCHEDULE_RUN]._note_delivery()
        recipients = self.search(self._due(), order="next_date, id")
        cron._commit_progress(remaining=len(recipients))
        for recipient in recipients:
            recipient._for_its_owner()._send_due()
            if not cron._commit_progress(1):
                break
        if recipients:
            self.env.ref(MAIL_QUEUE)._trigger()
            # To note what became of the mails
            soon = fields.Datetime.add(fields.Datetime.now(), minutes=3)
            self.env.ref(CRON)._trigger(at=soon)

    def _for_its_owner(self):
        """These, with messages in the language of whom they are told to."""
        return self.with_context(lang=self.schedule_id.user_id.lang)

    def _send_due(self):
        """Make one report, whatever comes of it; ends with a transaction to commit."""
        self.ensure_one()
        if not self._is_turn():
            return
        self.starts += 1
        start = self.starts
        self.env["ir.cron"]._commit_progress()
        try:
            with long_work():
                if self._is_turn(start):
                    self._check_starts()
                    self._send()
                    self.env.flush_all()
        except SerializationFailure:
            self._roll_back()  # it stays due
        except Exception as error:
            self._roll_back()
            if not isinstance(error, (UserError, OSError)):
                _logger.exception("Scheduled report %s failed", self.schedule_id.id)
            if self._is_turn(start):
                self._note_failure(error)

    def _is_turn(self, start: int | None = None) -> bool:
        """Whether it is this process' turn to send what is due; the row is locked then, until the
        end of the transaction.

        :param start: the number of the start that this process has noted
        """
        try:
            self.invalidate_recordset()
            is_free = bool(self.try_lock_for_update(allow_referencing=True))
        except SerializationFailure:  # another process has just sent it
            self._roll_back()
            return False
        return (
            is_free
            and bool(self.filtered_domain(self._due()))
            and (start is None or start == self.starts)
        )

    def _roll_back(self):
        self.env.cr.rollback()
        self.env.invalidate_all()

    def _check_starts(self):
        if self.starts > STARTS:
            raise UserError(
                self.env._("The server stopped %s times while it made this report.", STARTS)
            )

    def _send(self):
        """Make the report, hand it to the mail queue and set when the next is due."""
        self._check_can_receive(self.user_id)
        mail, row_count = self.schedule_id._make_mail(self.user_id)
        self.env[SCHEDULE_RUN].create(
            {
                "schedule_id": self.schedule_id.id,
                "user_id": self.user_id.id,
                "state": "waiting",
                "row_count": row_count,
                "mail_id": mail.id,
            }
        )
        self.last_date = fields.Datetime.now()
        self._set_done()

    def _set_done(self):
        """What was due is over."""
        self.write({"starts": 0, "is_wanted": False})
        if self.next_date <= fields.Datetime.now():
            self._set_next_date()

    # ---------------------------------------------------------------------------------------
    # Failing
    # ---------------------------------------------------------------------------------------

    def _note_failure(self, error: Exception):
        message = str(error) if isinstance(error, UserError) else self._unexpected()
        self._set_done()
        self.env[SCHEDULE_RUN].create(
            {
                "schedule_id": self.schedule_id.id,
                "user_id": self.user_id.id,
                "state": "failed",
                "message": message,
            }
        )
        if isinstance(error, (ScheduleEnded, AccessError)):
            self._stop(message)
        else:
            self._count_failure(message)

    def _unexpected(self) -> str:
        return self.env._(
            "The report could not be made. Your administrator finds why in the server's log."
        )

    def _count_failure(self, message: str):
        for recipient in self:
            recipient.failures += 1
            if recipient.failures >= FAILURES and recipient.state == "active":
                recipient._stop(message)

    def _stop(self, message: str):
        """Send no more to this recipient, and tell the owner why."""
        self.ensure_one()
        self.write({"state": "stopped", "message": message})
        schedule, owner = self.schedule_id, self.schedule_id.user_id
        if not owner.active:
            return
        note = self._for_its_owner()
        self.env["mail.thread"].message_notify(
            partner_ids=owner.partner_id.ids,
            model=schedule._name,
            res_id=schedule.id,
            subject=note.env._("Scheduled report stopped: %s", schedule.name),
            body=note.env._(
                "“%(report)s” is not sent to %(user)s any more: %(reason)s When that is put "
                "right, resume it under Exports › Scheduled Reports.",
                report=schedule.name,
                user=self.user_id.name,
                reason=message,
            ),
        )
