from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse

from ...tools.terms import COUNTS_AS_SALE
from .profile_derivation import RHYTHM_DAYS, year_of

PURCHASES_SHOWN = 20


class CustomerSalesProfile(models.Model):
    """What a customer's page shows beside the columns of the list, and where its numbers lead."""

    _inherit = "customer.sales.profile"

    rhythm_words = fields.Char(
        compute="_compute_rhythm_words", exportable=False, string="Rhythm in Words"
    )
    segment_advice = fields.Text(
        related="segment_id.advice", string="What to do", exportable=False, aggregator=None
    )
    months_chart = fields.Json(compute="_compute_months_chart", exportable=False)
    recent_purchase_ids = fields.Many2many(
        "customer.sales.purchase",
        compute="_compute_recent_purchase_ids",
        string="Last Purchases",
        exportable=False,
    )

    @api.depends("usual_gap", "days_since", "purchase_days", "last_purchase")
    def _compute_rhythm_words(self):
        for profile in self:
            profile.rhythm_words = profile._rhythm_sentence()

    def _rhythm_sentence(self) -> str:
        self.ensure_one()
        if not self.last_purchase:
            return self.env._("Has returned goods, and bought nothing that counts as a sale.")
        last = {
            0: self.env._("last today"),
            1: self.env._("last yesterday"),
        }.get(self.days_since) or self.env._("last %s days ago", self.days_since)
        if self.purchase_days < RHYTHM_DAYS:
            if self.purchase_days == 1:
                return self.env._("Bought on one day, %s.", last)
            return self.env._("Bought on %(days)s days, %(last)s.", days=2, last=last)
        gap = round(self.usual_gap)
        if gap <= 1:
            return self.env._("Buys every day as a rule, %s.", last)
        return self.env._("Buys every %(gap)s days as a rule, %(last)s.", gap=gap, last=last)

    @api.depends("net_months")
    @api.depends_context("lang")
    def _compute_months_chart(self):
        locale = babel_locale_parse(self.env.lang)
        for profile in self:
            months = profile.net_months or []
            last = profile._as_of().replace(day=1)
            days = [last - relativedelta(months=ago) for ago in reversed(range(12))]
            profile.months_chart = {
                "labels": [format_skeleton("MMMyy", day, locale=locale) for day in days],
                "year": months[12:],
                "before": months[:12],
            }

    def _as_of(self):
        """The company's day until which the profile counts."""
        self.ensure_one()
        refreshes = self.env["customer.sales.refresh"].sudo()
        return refreshes._last(self.company_id).as_of or refreshes._today(self.company_id)

    def _compute_recent_purchase_ids(self):
        for profile in self:
            profile.recent_purchase_ids = self.env["customer.sales.purchase"].search(
                profile._documents_domain(), limit=PURCHASES_SHOWN
            )

    # ---------------------------------------------------------------------------------------
    # Where the numbers lead
    # ---------------------------------------------------------------------------------------

    def _documents_domain(self) -> Domain:
        self.ensure_one()
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "partner_id", "=", self.partner_id.id
        )

    def _lines_domain(self) -> Domain:
        self.ensure_one()
        return (
            Domain(COUNTS_AS_SALE, "=", True)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("commercial_partner_id", "=", self.partner_id.id)
        )

    def _open(self, action: str, domain, name: str | None = None, context=None) -> dict:
        action = self.env["ir.actions.actions"]._for_xml_id(f"customer_sales_report.{action}")
        action["domain"] = list(domain)
        action["context"] = context or {}
        if name:
            action["display_name"] = f"{self.partner_id.display_name}: {name}"
        return action

    @api.readonly
    def action_open_purchases(self):
        """The purchases of the customer, newest first; ``kind`` in the context narrows them."""
        domain = self._documents_domain()
        kind = self.env.context.get("kind")
        if kind in ("purchase", "return"):
            domain &= Domain("kind", "=", kind)
        name = self.env._("Returns") if kind == "return" else self.env._("Purchases")
        return self._open("action_customer_sales_purchase", domain, name)

    @api.readonly
    def action_open_lines(self):
        """The lines behind a number: ``span`` in the context is ``year`` or ``before``; all time by
        default."""
        domain = self._lines_domain()
        year, before = year_of(self._as_of())
        span = self.env.context.get("span")
        if span == "year":
            domain &= Domain("date", ">=", year) & Domain("date", "<=", self._as_of())
        elif span == "before":
            domain &= Domain("date", ">=", before) & Domain("date", "<", year)
        return self._open("action_customer_sales_lines", domain, self.env._("Lines"))

    @api.readonly
    def action_open_contact(self):
        """The contact itself, with its conversations and activities."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_plan_activity(self):
        """Plan an activity on the contact."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule Activity"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "target": "new",
            "context": {
                "active_model": "res.partner",
                "active_ids": self.partner_id.ids,
                "active_id": self.partner_id.id,
            },
        }
