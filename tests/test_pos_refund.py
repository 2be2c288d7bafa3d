"""Refunds at the point of sale: negative, whatever sign Odoo stored."""

from odoo import Command

from .common import CustomerSalesPosCommon


class TestPosRefund(CustomerSalesPosCommon):
    def test_open_session(self):
        """All of 4 mugs and a soap (23, of which 20 untaxed) comes back in the same session."""
        receipt = self.receipt((self.mug, 4), (self.soap, 1), partner=self.ann)
        refund = self.refund(receipt)
        self.assertRows(
            [receipt, refund],
            """
            type         date        product  quantity  price  untaxed  total  cost  margin
            pos_receipt  2026-03-07  Mug             4     10       40     40    24      16
            pos_receipt  2026-03-07  Soap            1     20       20     23    12       8
            pos_refund   2026-03-17  Mug            -4     10      -40    -40   -24     -16
            pos_refund   2026-03-17  Soap           -1     20      -20    -23   -12      -8
            """,
        )
        self.assertRows(
            self.rows_of(refund)[0],
            """
            channel  kind     customer  contact  sale  ordered
            pos      product  Acme      Ann      yes   yes
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_closed_session(self):
        """A receipt of a closed session is refunded in the next one: 4 x 10 less 4 x 10."""
        receipt = self.receipt((self.mug, 4))
        self.close_session()
        self.open_new_session()
        refund = self.refund(receipt)
        self.close_session()
        self.assertRows(
            [receipt, refund],
            """
            type         quantity  untaxed  cost  sale
            pos_receipt         4       40    24  yes
            pos_refund         -4      -40   -24  yes
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_both_signs(self):
        """A refund of a soap (23, of which 20 untaxed) has negative subtotals when the form of the
        receipt makes it, and positive ones when the point of sale sends it: -20 and -23 both
        times."""
        receipts = self.receipt((self.soap, 1)) + self.receipt((self.soap, 1))
        by_form = self.refund(receipts[0])
        sent = {
            "price_subtotal": 20,
            "price_subtotal_incl": 23,
            "refunded_orderline_id": receipts[1].lines.id,
        }
        paid_back = {"payment_method_id": self.cash_pm1.id, "amount": -23}
        by_till = self.receipt(
            (self.soap, -1, sent),
            is_refund=True,
            amount_total=-23,
            amount_tax=-3,
            amount_paid=-23,
            payment_ids=[Command.create({**paid_back, "name": "2026-03-07 12:00:00"})],
        )
        self.assertEqual(by_form.lines.price_subtotal, -20)
        self.assertEqual(by_till.lines.price_subtotal, 20)
        self.assertRows(
            [by_form, by_till],
            """
            type        quantity  price  untaxed  tax  total  in currency
            pos_refund        -1     20      -20   -3    -23          -20
            pos_refund        -1     20      -20   -3    -23          -20
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_part(self):
        """1 of 4 mugs comes back."""

        def one_mug(refund):
            refund.lines.qty = -1

        refund = self.refund(self.receipt((self.mug, 4)), change=one_mug)
        self.assertRows([refund], "type  quantity  untaxed\npos_refund  -1  -10")
        self.assertTotals(net_sales=30, ordered=30)

    def test_exchange(self):
        """On one receipt a mug comes back for a lamp: 100 - 10 = 90 untaxed. It is one document,
        a purchase of 90."""
        receipt = self.receipt((self.mug, -1), (self.lamp, 1))
        self.assertRows(
            [receipt],
            """
            type         product  quantity  untaxed  total  is_positive
            pos_receipt  Mug            -1      -10    -10  yes
            pos_receipt  Lamp            1      100    115  yes
            """,
        )
        self.assertTotals(net_sales=90, ordered=90)

    def test_exchange_refunded(self):
        """Of such a receipt only the lamp can come back, not the mug that already did."""
        refund = self.refund(self.receipt((self.mug, -1), (self.lamp, 1)))
        self.assertRows([refund], "type  product  quantity  untaxed\npos_refund  Lamp  -1  -100")
        self.assertTotals(net_sales=-10, ordered=-10)

    def test_discounts(self):
        """A refund takes back the discount as well: 4 mugs at 25 % off, 30 after 10 off; and a
        line with a negative price, 5 off the whole, is given back: +5."""
        coupon = self.product_named("Coupon", -5, type="service")
        receipt = self.receipt((self.mug, 4, {"discount": 25}), (coupon, 1))
        refund = self.refund(receipt)
        self.assertRows(
            [receipt, refund],
            """
            type         product  quantity  price  untaxed  discount  discounted
            pos_receipt  Mug             4   7.50       30        25          10
            pos_receipt  Coupon          1  -5.00       -5         0           0
            pos_refund   Mug            -4   7.50      -30        25         -10
            pos_refund   Coupon         -1  -5.00        5         0           0
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_refund_of_invoiced_receipt(self):
        """The refund of an invoiced receipt ends in a credit note, in the channel of the point of
        sale; the receipts count as ordered, the invoice and the credit note as sold."""
        receipt = self.receipt((self.mug, 4), partner=self.acme, invoiced=True)
        refund = self.refund(receipt)
        self.invoice_receipts(refund)
        self.assertRows(
            [receipt, receipt.account_move, refund, refund.account_move],
            """
            type              channel  quantity  untaxed  sale  ordered
            pos_receipt       pos             4       40  no    yes
            customer_invoice  pos             4       40  yes   no
            pos_refund        pos            -4      -40  no    yes
            credit_note       pos            -4      -40  yes   no
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_refund_without_credit_note(self):
        """The receipt was invoiced, its refund was not: the invoice is a sale of 40, the refund
        one of -40."""
        receipt = self.receipt((self.mug, 4), partner=self.acme, invoiced=True)
        refund = self.refund(receipt)
        self.assertRows(
            [receipt, receipt.account_move, refund],
            """
            type              quantity  untaxed  sale
            pos_receipt              4       40  no
            customer_invoice         4       40  yes
            pos_refund              -4      -40  yes
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)
