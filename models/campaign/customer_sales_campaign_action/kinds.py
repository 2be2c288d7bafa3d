from datetime import date

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html

from ....tools.client_values import is_day, not_understood
from .queue import Skipped

MAIL_CRON = "mail.ir_cron_mail_scheduler_action"


class CustomerSalesCampaignAction(models.Model):
    """What can be done with Odoo alone: activities, e-mails and tags.

    Of each kind: ``_<kind>_name``, which names what is done or raises why it cannot be, as the user
    who asks; and ``_do_<kind>``, which does it for one customer in the environment of that user,
    and returns what was made.
    """

    _inherit = "customer.sales.campaign.action"

    @api.model
    def _offered(self) -> list[str]:
        """Hook: the kinds that the current user can have done."""
        # Odoo asks for the right to change a contact to plan something about it as well.
        if self.env["res.partner"].has_access("write"):
            return ["activity", "email", "tag"]
        return ["email"]

    @api.model
    def _chosen(self, model: str, target_id: int | None, missing: str):
        """The record chosen, as the user sees it.

        :param missing: what to tell where none is
        """
        found = self.env[model].search([("id", "=", target_id or 0)])
        if not found:
            raise UserError(missing)
        return found

    def _salesperson(self, partner):
        """Who is in charge of a customer, or of the campaign where nobody is; who asked for it
        where that user is gone."""
        partner = partner.sudo()
        for user in (partner.user_id, partner.parent_id.user_id, self.campaign_id.user_id):
            if user.active and not user.share and self.company_id in user.company_ids:
                return user
        return self.user_id

    # -- Activities -------------------------------------------------------------------------

    @api.model
    def _activity_name(self, target_id, details):
        missing = self.env._("Choose a type of activity.")
        kind = self._chosen("mail.activity.type", target_id, missing)
        if not is_day(details.get("day")):
            raise not_understood(self.env)
        return details.get("summary") or kind.name

    def _do_activity(self, asker, partner):
        # Each salesperson would get an e-mail for each customer.
        return partner.with_context(mail_activity_quick_update=True).activity_schedule(
            activity_type_id=self.target_id,
            date_deadline=date.fromisoformat(self.details["day"]),
            summary=self.details.get("summary") or self.campaign_id.name,
            note=plaintext2html(self.details.get("note") or ""),
            user_id=self._salesperson(partner).id,
        )

    # -- E-mails ----------------------------------------------------------------------------

    @api.model
    def _email_name(self, target_id, details):
        missing = self.env._("Choose a template for contacts.")
        template = self._chosen("mail.template", target_id, missing)
        if template.sudo().model != "res.partner":
            raise UserError(missing)
        return template.name

    def _do_email(self, asker, partner):
        self._check_may_write_to(partner)
        template = asker["mail.template"].browse(self.target_id).exists()
        if not template:
            raise UserError(self.env._("The template was deleted."))
        if template.sudo().model != "res.partner":
            # It would be made of whatever else has the customer's number.
            raise UserError(self.env._("The template is not for contacts any more."))
        # One mail to one customer, whomever else the template would write to.
        values = {
            "email_to": False,
            "email_cc": False,
            "recipient_ids": [Command.set(partner.ids)],
            # The contact keeps the message when the mail has gone.
            "is_notification": True,
        }
        in_language = template.with_context(lang=partner.sudo().lang or asker.lang)
        mail_id = in_language.send_mail(partner.id, force_send=False, email_values=values)
        return self.env["mail.mail"].sudo().browse(mail_id).mail_message_id

    def _check_may_write_to(self, partner):
        """
        :raise Skipped: if there is no address, or it is on the list of whom not to write to
        """
        if not partner.sudo().email_normalized:
            raise Skipped(self.env._("No e-mail address"))
        if self.campaign_id._opted_out(partner.sudo()):
            raise Skipped(self.env._("Opted out of mailings"))

    def _end_email(self):
        # The mails wait in Odoo's queue.
        self.env.ref(MAIL_CRON).sudo()._trigger()

    # -- Tags -------------------------------------------------------------------------------

    @api.model
    def _tag_name(self, target_id, details):
        return self._chosen("res.partner.category", target_id, self.env._("Choose a tag.")).name

    def _do_tag(self, asker, partner):
        tag = asker["res.partner.category"].browse(self.target_id).exists()
        if not tag:
            raise UserError(self.env._("The tag was deleted."))
        partner.write({"category_id": [Command.link(tag.id)]})
        return partner
