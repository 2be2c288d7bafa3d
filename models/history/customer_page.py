from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse

from .history_derivation import MOST_MONTHS


class CustomerSalesProfile(models.Model):
    """A customer's page shows what the customer was, month by month."""

    _inherit = "customer.sales.profile"

    history_ids = fields.One2many(
        "customer.sales.history",
        "profile_id",
        string="Months",
        exportable=False,
        help="What the customer was at the ends of months.",
    )
    history_months = fields.Json(
        compute="_compute_history_months",
        exportable=False,
        string="Over Time",
        help="Segment and status at the ends of the last 36 months.",
    )

    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_history_months(self):
        locale = babel_locale_parse(self.env.lang)
        history = self.env["customer.sales.history"]
        for profile in self:
            months = history.search(
                [("profile_id", "=", profile.id)], order="month_end desc", limit=MOST_MONTHS
            )
            statuses = dict(history._fields["monthly_status"]._description_selection(self.env))
            profile.history_months = [
                {
                    "key": month.month_end.isoformat(),
                    "month": format_skeleton("yMMM", month.month_end, locale=locale),
                    "status": month.monthly_status,
                    "status_name": statuses.get(month.monthly_status, ""),
                    "segment": month.segment_id.name or "",
                    "color": month.segment_id.color,
                    "class": (month.abc_class or "").upper(),
                    "net": month.net_year,
                }
                for month in reversed(months)
            ]

    @api.readonly
    def action_open_history(self):
        """The customer's months, newest first."""
        self.ensure_one()
        action = self._open(
            "action_customer_sales_history",
            [("profile_id", "=", self.id)],
            self.env._("Over Time"),
        )
        return action | {"view_mode": "list", "views": [(False, "list")]}
