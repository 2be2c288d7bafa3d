"""Figures of customers, as the README defines them: by the sign of each document's total."""

from datetime import date

from odoo.tests import tagged

from ..report.figures import Figures
from ..report.sales_rows import SalesRows
from .common import CustomerSalesPosCommon


@tagged("post_install", "-at_install")
class TestFigures(CustomerSalesPosCommon):
    def figures(self, *domain):
        report = self.env["customer.sales.report"]
        return Figures(SalesRows(report, [("company_id", "=", self.company.id), *domain]))

    def assertTotal(self, total, **expected):  # noqa: N802
        self.assertEqual({name: getattr(total, name) for name in expected}, expected)

    def test_a_receipt_that_sells_and_takes_back_is_one_return(self):
        """20 sold and 45 taken back on one receipt: a document of -25."""
        chair = self.product_named("Chair", 45)
        self.receipt((self.mug, 2), (chair, -1), partner=self.acme)
        overall = self.figures().overall
        self.assertEqual((overall.documents, overall.customers), (1, 1))
        self.assertTotal(
            overall.total, purchases=0, gross=0, returns=-25, net=-25, first=None, average=None
        )

    def test_a_receipt_that_sells_more_than_it_takes_back_is_one_purchase(self):
        self.receipt((self.lamp, 1), (self.mug, -2), partner=self.acme)
        total = self.figures().overall.total
        day = date(2026, 3, 7)
        self.assertTotal(
            total, purchases=1, gross=80, returns=0, net=80, first=day, last=day, average=80
        )

    def test_a_document_of_zero_is_neither(self):
        self.invoice((self.mug, 1, {"discount": 100}), day="2026-03-01")
        self.invoice((self.mug, 1), (self.product_named("Cup", 5), -2), day="2026-03-02")
        self.invoice((self.mug, 3), day="2026-03-10")
        overall = self.figures().overall
        self.assertEqual(overall.documents, 3)
        day = date(2026, 3, 10)
        self.assertTotal(
            overall.total, purchases=1, gross=30, returns=0, net=30, first=day, last=day, average=30
        )

    def test_customers(self):
        bolt = self.env["res.partner"].create({"name": "Bolt", "is_company": True})
        sold = self.invoice((self.mug, 10), day="2026-03-10")
        self.credit(
            sold,
            day="2026-03-20",
            change=lambda credit: credit.invoice_line_ids.write({"quantity": 4}),
        )
        self.invoice((self.lamp, 3), day="2026-04-02", partner=bolt)
        self.receipt((self.mug, 2))
        rows = [row for chunk in self.figures().customers() for row in chunk]
        self.assertEqual([customer for customer, _total in rows], [bolt.id, self.acme.id, None])
        self.assertTotal(rows[1][1], purchases=1, quantity=6, gross=100, returns=-40, net=60)
        self.assertTotal(rows[1][1], first=date(2026, 3, 10), last=date(2026, 3, 10))
        self.assertTotal(rows[2][1], purchases=1, gross=20)

    def test_a_documents_total_is_of_the_rows_asked_for(self):
        chair = self.product_named("Chair", 45)
        self.receipt((self.mug, 2), (chair, -1), partner=self.acme)
        total = self.figures(("product_id", "=", self.mug.id)).overall.total
        self.assertTotal(total, purchases=1, gross=20, returns=0)

    def test_months(self):
        self.invoice((self.mug, 1), day="2026-03-10")
        self.invoice((self.mug, 2), day="2026-05-10")
        self.invoice((self.mug, 3), day="9206-05-10")
        months = self.figures().months()
        self.assertEqual(
            months.sums,
            [(date(2026, 3, 1), 10), (date(2026, 4, 1), 0), (date(2026, 5, 1), 20)],
        )
        self.assertEqual(months.others, 30)
