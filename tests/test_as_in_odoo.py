"""What may surprise and is so in Odoo's own reports too, with the figures of the README."""

from freezegun import freeze_time

from .common import CustomerSalesPosCommon


class TestAsInOdoo(CustomerSalesPosCommon):
    def test_contact_of_another_company(self):
        """Ann goes from Acme to Zenith: her invoice stays Acme's, her order and receipt follow."""
        documents = [
            self.invoice((self.mug, 2), partner=self.ann),
            self.sales_order((self.mug, 2), partner=self.ann),
            self.receipt((self.mug, 2), partner=self.ann),
        ]
        zenith = self.env["res.partner"].create({"name": "Zenith", "is_company": True})
        self.ann.parent_id = zenith
        self.assertRows(
            documents,
            """
            type              customer  untaxed
            customer_invoice  Acme           20
            sales_order       Zenith         20
            pos_receipt       Zenith         20
            """,
        )

    def test_receipt_invoiced_later(self):
        """Sold on 30 March, invoiced on 2 April when the session is closed: net sales of April,
        ordered in March."""
        with freeze_time("2026-03-30 12:00:00"):
            receipt = self.receipt((self.mug, 10), partner=self.acme, moment="2026-03-30 12:00:00")
            self.close_session()
        self.assertRows([receipt], "date  sale  ordered\n2026-03-30  yes  yes")
        with freeze_time("2026-04-02 12:00:00"):
            invoice = self.invoice_receipts(receipt)
        self.assertRows(
            [receipt, invoice],
            """
            date        untaxed  sale  ordered
            2026-03-30      100  no    yes
            2026-04-02      100  yes   no
            """,
        )

    def test_another_pays(self):
        """Acme orders, its bank gets the invoice: ordered by the one, net sales of the other."""
        bank = self.env["res.partner"].create({"name": "Bank", "is_company": True})
        order = self.sales_order((self.mug, 2), partner_invoice_id=bank.id)
        self.assertRows(
            [order, self.invoice_order(order)],
            """
            type              customer  untaxed  sale  ordered
            sales_order       Acme           20  no    yes
            customer_invoice  Bank           20  yes   no
            """,
        )

    def test_cents_of_taxes(self):
        """Two lines with taxes of 0.125 on an invoice that is rounded as a whole: 0.13 each, and
        0.25 together."""
        self.company.tax_calculation_rounding_method = "round_globally"
        tax = self.env["account.tax"].create({"name": "12.5 %", "amount": 12.5})
        pen = self.product_named("Pen", 1, taxes=tax)
        invoice = self.invoice((pen, 1), (pen, 1))
        self.assertEqual((invoice.amount_untaxed, invoice.amount_tax), (2, 0.25))
        self.assertRows([invoice], "untaxed  tax  total\n1  0.13  1.13\n1  0.13  1.13")

    def test_branch(self):
        """A branch is a company: its sales are there when it is selected."""
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env.user.company_ids |= branch
        receivable = self.company_data["default_account_receivable"]
        self.acme.with_company(branch).property_account_receivable_id = receivable
        invoice = self.invoice((self.mug, 2), company=branch)
        self.assertEqual(invoice.company_id, branch)
        domain = [("document_ref", "=", f"account.move,{invoice.id}")]
        for companies, found in ((self.company, 0), (branch, 1), (self.company + branch, 1)):
            with self.subTest(companies=companies.mapped("name")):
                report = self.report.with_context(allowed_company_ids=companies.ids)
                self.assertEqual(report.search_count(domain), found)
