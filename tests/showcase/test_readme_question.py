"""The question that the README gives as an example of the filter has an answer in the showcase, on
whatever day of the year it was made."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from . import require_showcase


@tagged("post_install", "-at_install")
class TestReadmeQuestion(TransactionCase):
    def test_wholesale_customers_of_riyadh(self):
        report = self.env["customer.sales.report"]
        require_showcase(report)
        last_day = report.search([("counts_as_sale", "=", True)], order="date desc", limit=1).date
        sales = [
            ("counts_as_sale", "=", True),
            ("is_positive", "=", True),
            ("city", "=", "Riyadh"),
            ("partner_category_ids.name", "=", "Wholesale"),
            ("commercial_partner_id.is_company", "=", True),
        ]
        first_days = dict(report._read_group(sales, ["commercial_partner_id"], ["date:min"]))
        year_ago = last_day - relativedelta(years=1)
        long_ago = [customer.id for customer, day in first_days.items() if day < year_ago]
        quarter = fields.Date.subtract(last_day, days=89)
        totals = report._read_group(
            [*sales, ("date", ">=", quarter), ("commercial_partner_id", "in", long_ago)],
            ["commercial_partner_id"],
            ["price_subtotal:sum"],
        )
        self.assertIn(
            "Diriyah Fine Foods", [customer.name for customer, total in totals if total >= 10_000]
        )
