from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.mail import email_normalize_all

from ....tools.client_values import ids as ids_of
from ....tools.client_values import not_understood
from ....tools.day_text import day_text
from ....tools.limits import check_domain
from ....tools.number_text import number_text
from ....tools.statistics.control_group import draw_control_group
from ....tools.terms import PROFILE

MOST = 20_000  # customers of a campaign, as many as can be ticked in a list
#: Where customers are chosen -> the model that its rows are records of
SOURCES = {
    PROFILE: PROFILE,
    "customer.sales.product": "customer.sales.product",
    # Its rows are of two months that are chosen, and have the ids of the second month's.
    "customer.sales.movement.report": "customer.sales.history",
}
#: What is noted of customers on the day
NOTED = ("status", "segment_id", "abc_class", "net_year", "chance_90")


class CustomerSalesCampaign(models.Model):
    """Whom a campaign is about: those chosen, as they were that day; who is left out, and why; and
    who is left alone."""

    _inherit = "customer.sales.campaign"

    @api.model
    def new_campaign(self, model, ids=None, domain=None):
        """A campaign for customers, as a draft.

        :param str model: where they were chosen: customers, products by customer or movement
        :param ids: of the rows that were ticked
        :param domain: what the rows were filtered by, where none was ticked
        :return: a window action on the campaign
        :raise UserError: if there are none, too many, or of several companies
        """
        self._check_permission()
        is_source = isinstance(model, str) and model in SOURCES
        if not is_source or bool(ids) == (domain is not None):
            raise not_understood(self.env)
        if ids:
            if ids_of(ids) != ids:
                raise not_understood(self.env)
            rows, domain = self.env[SOURCES[model]], Domain("id", "in", ids)
        else:
            check_domain(self.env, domain)
            rows, domain = self.env[model], Domain(domain)
        profiles = self._profiles_of(rows, domain)
        today = self.env["customer.sales.refresh"]._today(profiles.company_id)
        words = self.env["customer.sales.export.log"]._filter_values(rows, domain)
        campaign = self.sudo().create(
            {
                "name": self._name_for(profiles, today),
                "chosen_on": today,
                "user_id": self.env.uid,
                "company_id": profiles.company_id.id,
                "source": words["filter_words"],
            }
        )
        campaign._list(profiles)
        campaign._arrange()
        return campaign.sudo(False)._get_records_action()

    @api.model
    def _profiles_of(self, rows, domain: Domain):
        """The customers that rows are of, as far as the user sees all of them.

        :raise UserError: if there are none, too many, or of several companies
        """
        if rows._name == PROFILE:
            profiles = rows.search(domain, limit=MOST + 1)
        else:
            groups = rows._read_group(domain, ["profile_id"], limit=MOST + 1)
            found = [profile.id for [profile] in groups if profile]
            profiles = self.env[PROFILE].search([("id", "in", found)])
        if not profiles:
            raise UserError(self.env._("There are no customers to begin a campaign with."))
        if len(profiles) > MOST:
            raise UserError(
                self.env._(
                    "A campaign has at most %s customers. Filter the list further.",
                    number_text(self.env, MOST),
                )
            )
        if len(profiles.company_id) > 1:
            raise UserError(
                self.env._(
                    "These customers are of several companies. Select one company at the top, and "
                    "choose again."
                )
            )
        return profiles

    @api.model
    def _name_for(self, profiles, today) -> str:
        day = day_text(self.env, today)
        segments = {profile.segment_id for profile in profiles}
        if len(segments) == 1 and (segment := segments.pop()):
            return f"{segment.name}, {day}"
        return self.env._("Customers of %s", day)

    def _list(self, profiles):
        """Note customers as they are today."""
        self.env["customer.sales.campaign.customer"].sudo().create(
            [
                {
                    "campaign_id": self.id,
                    "profile_id": profile.id,
                    "partner_id": profile.partner_id.id,
                    **{
                        name: profile[name].id if name == "segment_id" else profile[name]
                        for name in NOTED
                    },
                }
                for profile in profiles.sudo()
            ]
        )

    def _arrange(self):
        """Say anew who is left out, and draw who is left alone."""
        for campaign in self.sudo():
            reasons = campaign._reasons()
            strata = {
                customer.id: (customer.status or "", customer.abc_class or "")
                for customer in campaign.customer_ids
                if customer.id not in reasons
            }
            share = campaign.control_percent / 100
            drawn = draw_control_group(strata, share, campaign.seed)
            roles = {}
            for customer in campaign.customer_ids:
                reason = reasons.get(customer.id, False)
                role = "left_out" if reason else "control" if customer.id in drawn else "addressed"
                if (customer.role, customer.reason) != (role, reason):
                    roles.setdefault((role, reason), []).append(customer.id)
            for (role, reason), changed in roles.items():
                campaign.customer_ids.browse(changed).write({"role": role, "reason": reason})
        self.invalidate_recordset(
            ["addressed_count", "control_count", "left_out_count", "chosen_count"]
        )

    def _reasons(self) -> dict[int, str]:
        """Why customers on the list cannot take part: id -> reason."""
        self.ensure_one()
        customers = self.customer_ids
        partners = customers.partner_id
        busy = self._busy_partners(partners)
        opted_out = self._opted_out(partners) if self.reach == "email" else set()
        repeated = self._with_repeated_address(customers) if self.reach == "email" else set()
        reasons = {}
        for customer in customers:
            partner = customer.partner_id
            if not partner.active:
                reasons[customer.id] = "archived"
            elif partner in busy:
                reasons[customer.id] = "other_campaign"
            elif self.reach == "email" and not partner.email_normalized:
                reasons[customer.id] = "no_address"
            elif partner.id in opted_out:
                reasons[customer.id] = "opted_out"
            elif customer.id in repeated:
                reasons[customer.id] = "same_address"
        return reasons

    def _busy_partners(self, partners):
        """Those addressed or left alone by another campaign of the company that is running."""
        return (
            self.env["customer.sales.campaign.customer"]
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("campaign_id", "!=", self.id),
                    ("campaign_id.state", "=", "running"),
                    ("campaign_id.company_id", "=", self.company_id.id),
                    ("role", "in", ["addressed", "control"]),
                ]
            )
            .partner_id
        )

    @api.model
    def _opted_out(self, partners) -> set[int]:
        """Those whose address is on Odoo's list of whom not to write to: ids of partners."""
        # A contact can have several, and mails go to all of them.
        addresses = {partner.id: email_normalize_all(partner.email) for partner in partners}
        blacklist = self.env["mail.blacklist"].sudo()
        every = {address for of_partner in addresses.values() for address in of_partner}
        blocked = set(blacklist.search([("email", "in", list(every))]).mapped("email"))
        return {
            partner_id
            for partner_id, of_partner in addresses.items()
            if not blocked.isdisjoint(of_partner)
        }

    @api.model
    def _with_repeated_address(self, customers) -> set[int]:
        """Those of a campaign's customers whose address an active one before them has as well: one
        mail is enough there, and who reads it is not left alone. Ids of customers."""
        taken, repeated = set(), set()
        for customer in customers:
            if not customer.partner_id.active:
                continue
            addresses = email_normalize_all(customer.partner_id.email)
            if not taken.isdisjoint(addresses):
                repeated.add(customer.id)
            taken.update(addresses)
        return repeated
