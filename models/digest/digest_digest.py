from datetime import date, datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.terms import LEVEL_GROUP, PROFILE
from ..profile.profile_derivation import status_by_rhythm

BOUGHT, NEW, LOST = (
    "kpi_customer_sales_bought",
    "kpi_customer_sales_new",
    "kpi_customer_sales_lost",
)
ACTIONS = {
    BOUGHT: "action_customer_sales_purchase",
    NEW: "action_customer_sales_digest_new",
    LOST: "action_customer_sales_digest_lost",
}


class DigestDigest(models.Model):
    """Customers in Odoo's periodic e-mail, each reader's own as the rules of profiles say.

    A period counts whole days of the company: the day that the mail is sent on is not over, and
    not among them.
    """

    _inherit = "digest.digest"

    kpi_customer_sales_bought = fields.Boolean("Customers Who Bought")
    kpi_customer_sales_bought_value = fields.Integer(
        compute="_compute_kpi_customer_sales_bought_value",
        help="Customers with at least one purchase in the period, walk-ins left out.",
    )
    kpi_customer_sales_new = fields.Boolean("New Customers")
    kpi_customer_sales_new_value = fields.Integer(
        compute="_compute_kpi_customer_sales_new_value",
        help="Customers whose first purchase was in the period.",
    )
    kpi_customer_sales_lost = fields.Boolean("Lost Customers")
    kpi_customer_sales_lost_value = fields.Integer(
        compute="_compute_kpi_customer_sales_lost_value",
        help="Customers that became lost in the period, by their rhythm, and have not bought "
        "since.",
    )

    def _compute_kpi_customer_sales_bought_value(self):
        self._count_customers(BOUGHT, self._count_bought)

    def _compute_kpi_customer_sales_new_value(self):
        self._count_customers(NEW, self._count_new)

    def _compute_kpi_customer_sales_lost_value(self):
        self._count_customers(LOST, self._count_lost)

    def _count_customers(self, name: str, count):
        """
        :param count: of the customers of a company, called with it, and the first and last day
        :raise AccessError: if the reader has no level of this app: Odoo leaves the figure out of
            that reader's mail
        """
        if not self.env.user.has_group(LEVEL_GROUP):
            raise AccessError(
                self.env._("You have no access to Customer Sales. Ask your administrator for it.")
            )
        for digest in self:
            company = digest.company_id or self.env.company
            days = digest._days_of_period(company)
            digest[f"{name}_value"] = count(company, *days) if days else 0

    def _days_of_period(self, company) -> tuple[date, date] | None:
        """The first and the last day; None where there is no period."""
        times = [self.env.context.get(key) for key in ("start_datetime", "end_datetime")]
        if not all(isinstance(time, datetime) for time in times):
            return None
        zone = pytz.timezone(company.sudo()._customer_sales_timezone())
        # Odoo names the company's zone on them, though they are in UTC.
        first, after = (
            pytz.utc.localize(time.replace(tzinfo=None)).astimezone(zone).date() for time in times
        )
        last = after - timedelta(days=1)
        return (first, last) if first <= last else None

    def _count_bought(self, company, first: date, last: date) -> int:
        domain = Domain(
            [
                ("company_id", "=", company.id),
                ("kind", "=", "purchase"),
                ("partner_id", "!=", False),
                ("date", ">=", first),
                ("date", "<=", last),
            ]
        )
        [[count]] = self.env["customer.sales.purchase"]._read_group(
            domain, [], ["partner_id:count_distinct"]
        )
        return count

    def _count_new(self, company, first: date, last: date) -> int:
        return self.env[PROFILE].search_count(
            [
                ("company_id", "=", company.id),
                ("first_purchase", ">=", first),
                ("first_purchase", "<=", last),
            ]
        )

    def _count_lost(self, company, first: date, last: date) -> int:
        before = first - timedelta(days=1)
        visible = self.env[PROFILE]._search([("company_id", "=", company.id)])
        limits = company.sudo()
        # As the history tells who was lost at the ends of months
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM customer_sales_profile fact WHERE fact.id IN %s "
                "AND %s = 'lost' AND %s <> 'lost'",
                visible.subselect(),
                status_by_rhythm(limits, last),
                status_by_rhythm(limits, before),
            )
        )
        return count

    @api.model
    def _tell_of_customers(self):
        """Let the e-mail that Odoo comes with tell of customers, where there still is one."""
        if digest := self.env.ref("digest.digest_digest_default", raise_if_not_found=False):
            digest.write(dict.fromkeys(ACTIONS, True))

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("customer_sales_report.menu_customer_sales_root").id
        for name, action in ACTIONS.items():
            actions[name] = f"customer_sales_report.{action}?menu_id={menu}"
        return actions
