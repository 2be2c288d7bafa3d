from odoo import api, models
from odoo.fields import Domain

from ...models.customer_sales_ratio_mixin import Ratio
from ...tools.export_request import BRIDGE, GROUPED, LINES, SUMMARY, TOTALS
from ...tools.terms import COMPARISON
from ..customer_sales_comparison_report.compared_figures import (
    BASE,
    CHANGE,
    COLUMNS,
    CURRENT,
    FIGURES,
    PERCENT,
    Kind,
)
from ..customer_sales_comparison_report.customer_sales_comparison_report import (
    IN_PERIOD,
    OF_BOTH_PERIODS,
)


class CustomerSalesComparisonReport(models.Model):
    """Two periods as a workbook: the figures by what the screen groups by, and why they changed."""

    _inherit = COMPARISON

    @api.model
    def _sheets(self):
        return SUMMARY, TOTALS, LINES, GROUPED, BRIDGE

    @api.model
    def _usual_groups(self):
        return ["commercial_partner_id"]

    @api.model
    def _order_of_totals(self):
        return "net_sales_change", False

    @api.model
    def _columns_without_names(self):
        return {*super()._columns_without_names(), *COLUMNS, *IN_PERIOD.values()}

    @api.model
    def _columns_left_out(self):
        return {*super()._columns_left_out(), *OF_BOTH_PERIODS}

    @api.model
    def _shares(self):
        shares = {}
        for name, factor in super()._shares().items():
            shares |= {f"{name}_{part}": factor for part in (CURRENT, BASE, CHANGE)}
        return shares | {f"{name}_{PERCENT}": 1 for name in FIGURES}

    @api.model
    def _ratios_of_sums(self):
        # The change of a ratio is no ratio of sums.
        return {
            f"{name}_{PERCENT}": Ratio(f"{name}_{CHANGE}", f"{name}_{BASE}", needs_base=True)
            for name, figure in FIGURES.items()
            if figure.kind is Kind.SUM
        }

    @api.model
    def _is_summed(self, field):
        name, _part = COLUMNS.get(field.name, (None, None))
        # Customers of two groups may be the same.
        return super()._is_summed(field) and (not name or FIGURES[name].kind is Kind.SUM)

    @api.model
    def _more_words(self, request):
        return self._words_of_days(request.compared or self._compared_choice())

    @api.model
    def _bridge_of_export(self, domain, names):
        return super()._bridge_of_export(self._domain_on_lines(Domain(domain)), names)
