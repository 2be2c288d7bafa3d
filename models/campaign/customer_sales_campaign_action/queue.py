import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ....tools.number_text import number_text
from ....tools.server_limits import long_work
from ....tools.terms import CAMPAIGN_GROUP, LEVEL_GROUP, UNFINISHED
from ....tools.user_env import user_env

_logger = logging.getLogger(__name__)

BATCH = 50  # customers of a transaction
MESSAGE = 500  # characters of what is noted of a failure


class Skipped(Exception):
    """This customer is left out of an action; the text says why."""


class CustomerSalesCampaignAction(models.Model):
    """Doing it, some customers at a time.

    What is made for a customer and the note that it was made are of one transaction: whenever the
    server stops, what was noted is done and nothing else is, and the next run goes on from there.
    The action is locked meanwhile, so that no two processes do the same.
    """

    _inherit = "customer.sales.campaign.action"

    @api.model
    def _process_queue(self):
        """What the scheduler does: go on with what waits, or with what a process left that is no
        more."""
        cron = self.env["ir.cron"]
        unfinished = [("state", "in", UNFINISHED)]
        cron._commit_progress(remaining=self.search_count(unfinished))
        with long_work() as note_progress:
            for action in self.search(unfinished, order="id"):
                action = action.with_context(lang=action.user_id.lang)
                while action._go_on_or_give_up():
                    note_progress()
                    cron._commit_progress()
                    self.env.invalidate_all()
                if not cron._commit_progress(1):
                    break

    def _go_on_or_give_up(self) -> bool:
        """As :meth:`_go_on`. What fails as a whole keeps no other action waiting."""
        try:
            with self.env.cr.savepoint():
                return self._go_on()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            _logger.exception("Action %s failed", self.id)
            self._give_up(
                self.env._(
                    "It could not be done. Your administrator finds why in the server's log."
                )
            )
            return False

    def _go_on(self) -> bool:
        """Do the next customers, in this transaction.

        :return: whether there are more
        """
        self.ensure_one()
        if not self.try_lock_for_update() or self.state not in UNFINISHED:
            return False  # another process does it, or it was cancelled
        if message := self._why_not():
            self._give_up(message)
            return False
        self._begin()
        self._do_batch(BATCH)
        if self._waiting_steps(1):
            return True
        self._end()
        return False

    def _why_not(self) -> str | None:
        """Why who asked for it may not have it done any more."""
        user = self.user_id
        if not user.active:
            return self.env._("The user %s is archived.", user.name)
        if not (user.has_group(CAMPAIGN_GROUP) and user.has_group(LEVEL_GROUP)):
            return self.env._("%s may not act on campaigns any more.", user.name)
        if self.company_id not in user.company_ids:
            return self.env._("%s does not work for this company any more.", user.name)
        if self.kind not in self._asker()[self._name]._offered():
            return self.env._(
                "%s has no right to this any more, or its app is not installed.", user.name
            )
        return None

    def _begin(self):
        if self.state == "waiting":
            self.state = "running"

    def _do_batch(self, number: int):
        """Do the next so many customers, each of which succeeds or fails by itself."""
        for step in self._waiting_steps(number):
            step.write(self._do_step(step))
        self.env.flush_all()

    def _waiting_steps(self, number: int):
        """The next so many steps that have not been done."""
        return self.env["customer.sales.campaign.step"].search(
            [("action_id", "=", self.id), ("state", "=", "waiting")], limit=number, order="id"
        )

    def _do_step(self, step) -> dict:
        """Do it for one customer; return what is to be noted of it."""
        now = fields.Datetime.now()
        asker = self._asker()
        partner = asker["res.partner"].browse(step.customer_id.partner_id.id)
        try:
            with self.env.cr.savepoint():
                if not partner.sudo().active:
                    raise Skipped(self.env._("Archived"))
                if not step.customer_id.with_env(asker)._filtered_access("read"):
                    raise Skipped(self.env._("Not among the customers of %s", asker.user.name))
                made = getattr(self, f"_do_{self.kind}")(asker, partner)
                self.env.flush_all()
        except Skipped as skipped:
            return {"state": "skipped", "message": str(skipped), "done_on": now}
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            if not isinstance(error, UserError):
                _logger.exception("Action %s failed for contact %s", self.id, partner.id)
            first_line = str(error).partition("\n")[0][:MESSAGE]
            return {"state": "failed", "message": first_line, "done_on": now}
        return {
            "state": "done",
            "done_on": now,
            "res_model": made._name if made else False,
            "res_id": made.id if made else False,
        }

    def _asker(self):
        """The environment of who asked for it, with the rights of now."""
        return user_env(self.env, self.user_id, self.company_id.ids)

    def _end(self):
        """Note that it is done, for all to see who follow the campaign."""
        self.write({"state": "done", "finished_on": fields.Datetime.now()})
        if hasattr(self, hook := f"_end_{self.kind}"):
            getattr(self, hook)()
        self.invalidate_recordset(["done_count", "skipped_count"])
        self.campaign_id.with_user(self.user_id).sudo().message_post(
            body=self.env._(
                "%(action)s. Customers for whom it was done: %(done)s, for whom not: %(skipped)s.",
                action=self.display_name,
                done=number_text(self.env, self.done_count),
                skipped=number_text(self.env, self.skipped_count),
            )
        )

    def _give_up(self, message: str):
        steps = self.step_ids.filtered(lambda step: step.state == "waiting")
        steps.state = "cancelled"
        self.write({"state": "failed", "finished_on": fields.Datetime.now(), "message": message})
        self.campaign_id.message_post(
            body=self.env._(
                "%(action)s was given up: %(reason)s", action=self.display_name, reason=message
            )
        )
