from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html

from ....tools.client_values import is_day, not_understood
from ....tools.terms import CONTACT_GROUP
from .queue import Skipped


class CustomerSalesCampaignAction(models.Model):
    """What can be done with the apps Email Marketing, CRM, and Coupons & Loyalty, where they are
    installed. As :mod:`.kinds`."""

    _inherit = "customer.sales.campaign.action"

    @api.model
    def _offered(self):
        offered = super()._offered()
        may = {
            # Whoever looks into the list sees the addresses.
            "mailing_list": self._may("mailing.contact", "create")
            and self._may("mailing.list", "read")
            and self.env.user.has_group(CONTACT_GROUP),
            "opportunity": self._may("crm.lead", "create"),
            "coupon": self._may("loyalty.card", "create") and self._may("loyalty.program", "read"),
        }
        return offered + [kind for kind, is_offered in may.items() if is_offered]

    @api.model
    def _may(self, model: str, operation: str) -> bool:
        return model in self.env and self.env[model].has_access(operation)

    # -- Mailing lists ----------------------------------------------------------------------

    @api.model
    def _mailing_list_name(self, target_id, details):
        missing = self.env._("Choose a mailing list.")
        return self._chosen("mailing.list", target_id, missing).name

    def _do_mailing_list(self, asker, partner):
        self._check_may_write_to(partner)
        mailing_list = asker["mailing.list"].browse(self.target_id).exists()
        if not mailing_list:
            raise UserError(self.env._("The mailing list was deleted."))
        address = partner.sudo().email_normalized
        contacts = asker["mailing.contact"].search([("email_normalized", "=", address)])
        subscriptions = contacts.subscription_ids.filtered(
            lambda subscription: subscription.list_id == mailing_list
        )
        if any(subscriptions.mapped("opt_out")):
            raise Skipped(self.env._("Opted out of mailings"))
        if subscriptions:
            return subscriptions[0].contact_id
        if contacts:
            contacts[0].write({"list_ids": [Command.link(mailing_list.id)]})
            return contacts[0]
        return asker["mailing.contact"].create(
            {
                "name": partner.sudo().name,
                "email": partner.sudo().email,
                "list_ids": [Command.link(mailing_list.id)],
            }
        )

    def _end_mailing_list(self):
        # The addresses have left for another app.
        customers = self._asker()["customer.sales.campaign.customer"]
        customers.env["customer.sales.export.log"]._log_export(
            customers,
            [["partner_id", "email"]],
            domain=[("campaign_id", "=", self.campaign_id.id), ("role", "=", "addressed")],
            row_count=self.done_count,
            file_name=self.display_name,
        )

    # -- Opportunities ----------------------------------------------------------------------

    @api.model
    def _opportunity_name(self, target_id, details):
        return details.get("summary") or ""

    def _do_opportunity(self, asker, partner):
        summary = self.details.get("summary") or self.campaign_id.name
        return asker["crm.lead"].create(
            {
                "type": "opportunity",
                "name": f"{summary}: {partner.sudo().display_name}",
                "partner_id": partner.id,
                "user_id": self._salesperson(partner).id,
                "company_id": self.company_id.id,
                "description": plaintext2html(self.details.get("note") or ""),
            }
        )

    # -- Coupons ----------------------------------------------------------------------------

    @api.model
    def _coupon_name(self, target_id, details):
        missing = self.env._("Choose a coupon program.")
        program = self._chosen("loyalty.program", target_id, missing)
        if program.program_type != "coupons":
            raise UserError(missing)
        if details.get("day") and not is_day(details["day"]):
            raise not_understood(self.env)
        return program.name

    def _do_coupon(self, asker, partner):
        program = asker["loyalty.program"].browse(self.target_id).exists()
        if not program:
            raise UserError(self.env._("The coupon program was deleted."))
        # Whoever opted out gets the coupon from a person, and no mail of the program's.
        quiet = not partner.sudo().email_normalized or bool(
            self.campaign_id._opted_out(partner.sudo())
        )
        return (
            asker["loyalty.card"]
            .with_context(loyalty_no_mail=quiet, lang=partner.sudo().lang or asker.lang)
            .create(
                {
                    "program_id": program.id,
                    "partner_id": partner.id,
                    "points": 1,
                    "expiration_date": self.details.get("day") or False,
                }
            )
        )
