from odoo import api, models

#: Columns of the profile -> where the panel that arranges columns offers them
GROUPS = {
    "status": "rhythm",
    "usual_gap": "rhythm",
    "days_since": "rhythm",
    "last_purchase": "rhythm",
    "first_purchase": "rhythm",
    "next_purchase": "rhythm",
    "overdue_days": "rhythm",
    "purchase_days": "rhythm",
    "segment_id": "scores",
    "abc_class": "scores",
    "rank": "scores",
    "share": "scores",
    "cumulative_share": "scores",
    "r_score": "scores",
    "f_score": "scores",
    "m_score": "scores",
    "fm_score": "scores",
    "net": "all_time",
    "gross": "all_time",
    "returns": "all_time",
    "documents": "all_time",
    "purchases": "all_time",
    "products": "all_time",
    "average_purchase": "all_time",
}


class CustomerSalesProfile(models.Model):
    """How the columns of the list are offered for choice."""

    _inherit = "customer.sales.profile"

    @api.model
    def _column_groups(self):
        groups = super()._column_groups()
        return {
            "customer": groups["customer"],
            "amounts": self.env._("Last 365 Days"),
            "rhythm": self.env._("Rhythm"),
            "scores": self.env._("Scores and Shares"),
            "all_time": self.env._("All Time"),
            "custom": groups["custom"],
        }

    @api.model
    def _column_group(self, field):
        if group := GROUPS.get(field.name):
            return group
        group = super()._column_group(field)
        return group if group in ("amounts", "custom") else "customer"
