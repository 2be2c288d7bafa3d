from odoo import api, models

from ...tools.export_request import GROUPED, LINES, SEGMENTS, SUMMARY, TOTALS
from ...tools.terms import EXPORTED, PROFILE

STAYING = {
    # The customer, with many others
    *("company_id", "currency_id", "country_id", "state_id", "city", "industry_id", "user_id"),
    *("only_user_id", "has_several_users", "active_partner", "status", "segment_id", "abc_class"),
    *("r_score", "f_score", "m_score", "fm_score", "chance_band"),
    # When it buys
    *("first_purchase", "last_purchase", "usual_gap", "days_since", "next_purchase"),
    *("overdue_days", "p_alive", "chance_30", "chance_90", "expected_purchases"),
    # How much
    *("documents", "purchases", "purchase_days", "products", "gross", "returns", "net"),
    *("average_purchase", "net_year", "net_before", "net_change", "net_change_percent"),
    *("gross_year", "gross_before", "purchases_year", "purchases_before"),
    *("average_purchase_year", "average_purchase_before", "cost_year", "margin_year"),
    *("cost_before", "margin_before", "share", "cumulative_share", "rank", "sales_at_stake"),
    *("expected_sales", "lifetime_value"),
}


class CustomerSalesProfile(models.Model):
    """Customers as a workbook, and their segments."""

    _name = PROFILE
    _inherit = [PROFILE, EXPORTED]

    @api.model
    def _sheets(self):
        return SUMMARY, SEGMENTS, TOTALS, LINES, GROUPED

    @api.model
    def _name_of_rows(self):
        return self.env._("Customers")

    @api.model
    def _columns_without_names(self):
        return STAYING

    @api.model
    def _numbered_columns(self):
        return {"partner_id": "C"}

    @api.model
    def _shares(self):
        names = "net_change_percent share cumulative_share p_alive chance_30 chance_90"
        return dict.fromkeys(names.split(), 1)

    @api.model
    def _note_of_export(self):
        return self._stored_until()
