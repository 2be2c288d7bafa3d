from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import babel_locale_parse

from ...tools.duration_text import days_ago_text, duration_text
from ...tools.terms import COUNTS_AS_SALE
from .profile_derivation import MONTHS, RHYTHM_DAYS, year_of

PURCHASES_SHOWN = 20


class CustomerSalesProfile(models.Model):
    """What a customer's page shows beside the columns of the list, and where its numbers lead."""

    _inherit = "customer.sales.profile"

    returns_year = fields.Monetary(
        string="Returns of the Year",
        compute="_compute_returns",
        exportable=False,
        help="The untaxed total of the returns of the last 365 days, as a negative amount.",
    )
    returns_before = fields.Monetary(
        string="Returns of the Year Before",
        compute="_compute_returns",
        exportable=False,
        help="The untaxed total of the returns of the 365 days before the last 365.",
    )
    ranked_customers = fields.Integer(
        compute="_compute_ranked_customers",
        exportable=False,
        help="How many customers have a rank: those that bought in the last 365 days.",
    )
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

    @api.depends("net_year", "gross_year", "net_before", "gross_before")
    def _compute_returns(self):
        for profile in self:
            profile.returns_year = profile.net_year - profile.gross_year
            profile.returns_before = profile.net_before - profile.gross_before

    @api.depends("company_id")
    def _compute_ranked_customers(self):
        # Also of those that the reader may not see: the rank is among them.
        counts = dict(
            self.sudo()._read_group(
                [("company_id", "in", self.company_id.ids), ("rank", ">", 0)],
                ["company_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.ranked_customers = counts.get(profile.company_id, 0)

    @api.depends("usual_gap", "days_since", "purchase_days", "last_purchase")
    def _compute_rhythm_words(self):
        for profile in self:
            profile.rhythm_words = profile._rhythm_sentence()

    def _rhythm_sentence(self) -> str:
        self.ensure_one()
        if not self.last_purchase:
            return self.env._("Has returned goods, and bought nothing that counts as a sale.")
        last = self.env._("last %s", days_ago_text(self.env, self.days_since))
        if self.purchase_days < RHYTHM_DAYS:
            if self.purchase_days == 1:
                return self.env._("Bought on one day, %s.", last)
            return self.env._("Bought on 2 days, %s.", last)
        gap = int(self.usual_gap + 0.5)  # halves up, as the next purchase is expected
        if gap <= 1:
            return self.env._("Buys every day as a rule, %s.", last)
        return self.env._(
            "Buys every %(gap)s as a rule, %(last)s.", gap=duration_text(self.env, gap), last=last
        )

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
            counted = Domain("date", "<=", profile._as_of())
            profile.recent_purchase_ids = self.env["customer.sales.purchase"].search(
                profile._documents_domain() & counted, limit=PURCHASES_SHOWN
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

    def _asked_days(self) -> Domain:
        """The days that the context asks for: ``span`` is ``year`` or ``before``, or ``months_ago``
        counts from this month back to one of the 24; all time by default. Documents dated later
        than today do not count yet."""
        day = self._as_of()
        year, before = year_of(day)
        counted = Domain("date", "<=", day)
        months_ago = self.env.context.get("months_ago")
        if isinstance(months_ago, int) and 0 <= months_ago < MONTHS:
            first = day.replace(day=1) - relativedelta(months=months_ago)
            next_month = first + relativedelta(months=1)
            return counted & Domain("date", ">=", first) & Domain("date", "<", next_month)
        match self.env.context.get("span"):
            case "year":
                return counted & Domain("date", ">=", year)
            case "before":
                return Domain("date", ">=", before) & Domain("date", "<", year)
        return counted

    @api.readonly
    def action_open_purchases(self):
        """The documents behind a number, newest first: of all time or of the ``span`` in the
        context; ``kind`` there is ``purchase`` or ``return``; ``day`` is ``first`` or ``last``."""
        self.ensure_one()
        domain = self._documents_domain() & self._asked_days()
        kind = self.env.context.get("kind")
        if kind in ("purchase", "return"):
            domain &= Domain("kind", "=", kind)
        day = {"first": self.first_purchase, "last": self.last_purchase}.get(
            self.env.context.get("day")
        )
        if day:
            domain &= Domain("date", "=", day)
        name = self.env._("Returns") if kind == "return" else self.env._("Purchases")
        return self._open("action_customer_sales_purchase", domain, name)

    @api.readonly
    def action_open_lines(self):
        """The lines behind a number: of all time, or of the ``span`` or month in the context;
        ``product_tmpl_id`` there narrows them to a product."""
        self.ensure_one()
        domain = self._lines_domain() & self._asked_days()
        product_id = self.env.context.get("product_tmpl_id")
        if isinstance(product_id, int):
            domain &= Domain("product_tmpl_id", "=", product_id)
        return self._open("action_customer_sales_lines", domain, self.env._("Lines"))

    @api.readonly
    def action_open_alike(self):
        """The customers that this one is among: ``by`` in the context is ``segment_id``,
        ``abc_class``, ``status`` or ``scores``; those of its company by default."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        by = self.env.context.get("by")
        for name in {"scores": ["r_score", "fm_score"]}.get(by, [by]):
            if name in ("segment_id", "abc_class", "status", "r_score", "fm_score"):
                value = self[name]
                domain &= Domain(name, "=", value.id if name == "segment_id" else value)
        action = self._open("action_customer_sales_profile", domain)
        if by == "segment_id" and self.segment_id:
            action["display_name"] = self.segment_id.display_name
        return action

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
