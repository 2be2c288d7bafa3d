from odoo import api, models

from ...tools.export_request import (
    BRIDGE,
    BY_CUSTOMER,
    COMPARED,
    CUSTOMERS,
    GROUPED,
    LINES,
    MONTHS,
    PRODUCTS,
    SUMMARY,
)
from ...tools.terms import CHANGE, EXPORTED, PROFILE, REPORT
from ..customer_sales_customer_mixin.profile_columns import PROFILE_COLUMNS
from ..workbook.anonymization import NUMBERED, STAYING
from ..workbook.customers_sheet import profile_names
from .counted_once import MIXES


class CustomerSalesReport(models.Model):
    """How the report is written to a file."""

    _name = REPORT
    _inherit = [REPORT, EXPORTED]

    @api.model
    def _sheets(self):
        return (
            *(SUMMARY, LINES, GROUPED, BY_CUSTOMER, CUSTOMERS, PRODUCTS, MONTHS),
            *(COMPARED, BRIDGE),
        )

    @api.model
    def _name_of_rows(self):
        return self.env._("Lines")

    @api.model
    def _columns_without_names(self):
        return STAYING

    @api.model
    def _numbered_columns(self):
        return NUMBERED

    @api.model
    def _columns_in_sql(self):
        return set(PROFILE_COLUMNS)

    @api.model
    def _shares(self):
        return {"discount": 100, "margin_percent": 1}

    @api.model
    def _is_summed(self, field):
        # Amounts in the currencies of the documents have a column for each.
        is_of_currency = field.name == "price_subtotal_currency"
        return super()._is_summed(field) or (is_of_currency and not self.env.context.get(MIXES))

    @api.model
    def _exported_groups(self, request):
        groups = super()._exported_groups(request)
        if CUSTOMERS in request.contents:
            profiles = self.env[PROFILE]
            groups |= set().union(
                *(profiles._path_groups([name]) for name in profile_names(profiles))
            )
        return groups

    @api.model
    def _bridge_of_export(self, domain, names):
        return self.env[CHANGE]._bridge_of_lines(domain, names=names)
