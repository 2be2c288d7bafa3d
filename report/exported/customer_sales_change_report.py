from odoo import api, models

from ...models.customer_sales_ratio_mixin import Ratio
from ...tools.export_request import BRIDGE, GROUPED, LINES, SUMMARY, TOTALS
from ...tools.terms import CHANGE, EXPORTED
from ..customer_sales_change_report.effects import EFFECTS
from ..customer_sales_customer_mixin.profile_columns import PROFILE_COLUMNS

STAYING = {
    *("company_id", "product_id", "product_tmpl_id", "categ_id", "product_type", "line_kind"),
    *("country_id", "state_id", "city", "industry_id", "partner_user_id", *PROFILE_COLUMNS),
    *("currency_id", "document_currency_id", "net_base", "net_current"),
    *("change", "change_percent", *EFFECTS),
}


class CustomerSalesChangeReport(models.Model):
    """Why sales changed as a workbook: the effects by what the screen groups by, and the bridge."""

    _name = CHANGE
    _inherit = [CHANGE, EXPORTED]

    @api.model
    def _sheets(self):
        return SUMMARY, TOTALS, LINES, GROUPED, BRIDGE

    @api.model
    def _name_of_rows(self):
        return self.env._("Effects")

    @api.model
    def _usual_groups(self):
        return ["commercial_partner_id"]

    @api.model
    def _order_of_totals(self):
        return "change", False

    @api.model
    def _columns_without_names(self):
        return STAYING

    @api.model
    def _numbered_columns(self):
        return {"commercial_partner_id": "C"}

    @api.model
    def _columns_in_sql(self):
        return set(PROFILE_COLUMNS)

    @api.model
    def _shares(self):
        return {"change_percent": 1}

    @api.model
    def _ratios_of_sums(self):
        return {"change_percent": Ratio("change", "net_base", needs_base=True)}

    @api.model
    def _more_words(self, request):
        return self._words_of_days(request.compared or self._compared_choice())

    @api.model
    def _bridge_of_export(self, domain, names):
        return self._bridge_of_rows(domain, names=names)
