"""Receipts and their invoices: the invoice is the sale while it is posted, else the receipt."""

from .common import CustomerSalesPosCommon


class TestPosInvoiced(CustomerSalesPosCommon):
    def test_at_once(self):
        """4 mugs, invoiced while they are paid: sold once, for 40, by the invoice; ordered once,
        by the receipt."""
        receipt = self.receipt((self.mug, 4), partner=self.ann, invoiced=True)
        self.assertRows(
            [receipt, receipt.account_move],
            """
            type              channel  date        customer  quantity  untaxed  sale  ordered
            pos_receipt       pos      2026-03-07  Acme             4       40  no    yes
            customer_invoice  pos      2026-03-07  Acme             4       40  yes   no
            """,
        )
        self.assertTotals(net_sales=40, ordered=40)
        self.close_session()
        self.assertTotals(net_sales=40, ordered=40)

    def test_after_closing(self):
        """A receipt of a closed session is invoiced: the sale moves to the invoice, and the
        entries that take it out of the session's closing are none."""
        receipt = self.receipt((self.mug, 4), (self.soap, 1), partner=self.acme)
        self.close_session()
        self.assertRows(
            [receipt],
            """
            quantity  untaxed  total  sale  ordered
                   4       40     40  yes   yes
                   1       20     23  yes   yes
            """,
        )
        invoice = self.invoice_receipts(receipt)
        self.assertRows(
            [receipt, invoice],
            """
            type              channel  quantity  untaxed  total  sale  ordered
            pos_receipt       pos             4       40     40  no    yes
            pos_receipt       pos             1       20     23  no    yes
            customer_invoice  pos             4       40     40  yes   no
            customer_invoice  pos             1       20     23  yes   no
            """,
        )
        self.assertTotals(net_sales=60, ordered=60)

    def test_several_on_one_invoice(self):
        """Receipts of 40, 10 and 100 on one invoice are one sale of 150, not three times 150."""
        receipts = (
            self.receipt((self.mug, 4), partner=self.acme)
            + self.receipt((self.mug, 1), partner=self.acme)
            + self.receipt((self.lamp, 1), partner=self.acme)
        )
        self.close_session()
        invoice = self.invoice_receipts(receipts)
        self.assertEqual(len(invoice), 1)
        self.assertRows(
            [receipts, invoice],
            """
            type              product  quantity  untaxed  total  sale  ordered
            pos_receipt       Mug             4       40     40  no    yes
            pos_receipt       Mug             1       10     10  no    yes
            pos_receipt       Lamp            1      100    115  no    yes
            customer_invoice  Mug             4       40     40  yes   no
            customer_invoice  Mug             1       10     10  yes   no
            customer_invoice  Lamp            1      100    115  yes   no
            """,
        )
        self.assertTotals(net_sales=150, ordered=150)

    def test_sale_and_refund_on_one_invoice(self):
        """A receipt of 40 and its refund of -40 on one document: Odoo makes it a credit note of
        lines that come in and go out."""
        receipt = self.receipt((self.mug, 4), partner=self.acme)
        refund = self.refund(receipt)
        document = self.invoice_receipts(receipt + refund)
        self.assertRows(
            [receipt, refund, document],
            """
            type         channel  quantity  untaxed  sale  ordered
            pos_receipt  pos             4       40  no    yes
            pos_refund   pos            -4      -40  no    yes
            credit_note  pos             4       40  yes   no
            credit_note  pos            -4      -40  yes   no
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_invoice_reset_and_cancelled(self):
        """While its invoice is a draft, or once it is cancelled, the receipt is the sale again."""
        receipt = self.receipt((self.mug, 4), partner=self.acme, invoiced=True)
        invoice = receipt.account_move
        self.close_session()  # an invoice of an open session cannot be reset
        as_receipt = "type  untaxed  sale  ordered\npos_receipt  40  yes  yes"
        as_invoice = """
            type              untaxed  sale  ordered
            pos_receipt            40  no    yes
            customer_invoice       40  yes   no
        """
        self.assertRows([receipt, invoice], as_invoice)
        invoice.button_draft()
        self.assertRows([receipt, invoice], as_receipt)
        self.assertTotals(net_sales=40, ordered=40)
        invoice.action_post()
        self.assertRows([receipt, invoice], as_invoice)
        self.assertTotals(net_sales=40, ordered=40)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertRows([receipt, invoice], as_receipt)
        self.assertTotals(net_sales=40, ordered=40)

    def test_invoice_reversed(self):
        """The credit note takes the invoice back; the receipt does not come up again instead of
        it. 40 - 40 sold, 40 ordered."""
        receipt = self.receipt((self.mug, 4), partner=self.acme, invoiced=True)
        self.close_session()
        credit_note = self.credit(receipt.account_move)
        self.assertRows(
            [receipt, receipt.account_move, credit_note],
            """
            type              channel  date        quantity  untaxed  sale  ordered
            pos_receipt       pos      2026-03-07         4       40  no    yes
            customer_invoice  pos      2026-03-07         4       40  yes   no
            credit_note       pos      2026-03-20        -4      -40  yes   no
            """,
        )
        self.assertTotals(net_sales=0, ordered=40)

    def test_invoice_to_another_address(self):
        """The receipt names Ann, the invoice Acme's invoice address: the customer is Acme."""
        address = self.env["res.partner"].create(
            {"name": "Acme Accounting", "parent_id": self.acme.id, "type": "invoice"}
        )
        receipt = self.receipt((self.mug, 4), partner=self.ann, invoiced=True)
        self.assertEqual(receipt.account_move.partner_id, address)
        self.assertRows(
            [receipt, receipt.account_move],
            """
            type              customer  contact
            pos_receipt       Acme      Ann
            customer_invoice  Acme      Acme Accounting
            """,
        )
