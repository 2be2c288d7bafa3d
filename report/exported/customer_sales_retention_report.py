from odoo import api, models

from ...tools.export_request import GROUPED, LINES, RETENTION, SUMMARY, TOTALS
from ...tools.terms import EXPORTED

STAYING = {
    *("company_id", "currency_id", "first_purchase", "cohort", "elapsed", "is_over"),
    *("active_customers", "share", "net", "first_net", "net_kept", "net_per_customer"),
    *("segment_id", "status", "first_channel", "country_id", "state_id", "industry_id"),
    "user_id",
}


class CustomerSalesRetentionReport(models.Model):
    """Retention as a workbook, with the colors of its heat map."""

    _name = "customer.sales.retention.report"
    _inherit = ["customer.sales.retention.report", EXPORTED]

    @api.model
    def _sheets(self):
        return SUMMARY, RETENTION, TOTALS, LINES, GROUPED

    @api.model
    def _name_of_rows(self):
        return self.env._("Customers and Periods")

    @api.model
    def _retained(self) -> tuple[str, ...]:
        """The measures that a table of cohorts and periods can have."""
        return "share", "net_kept", "active_customers", "net", "net_per_customer"

    @api.model
    def _columns_without_names(self):
        return STAYING

    @api.model
    def _numbered_columns(self):
        return {"partner_id": "C"}

    @api.model
    def _shares(self):
        return {"share": 1, "net_kept": 1}

    @api.model
    def _more_words(self, request):
        return {
            "month": self.env._("By months"),
            "quarter": self.env._("By quarters"),
            "year": self.env._("By years"),
        }[self._for_request(request)._period()]

    @api.model
    def _note_of_export(self):
        return self._stored_until()
