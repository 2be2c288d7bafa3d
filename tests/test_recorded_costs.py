"""What the products cost: what was recorded with the sale, whatever they cost today."""

from .common import CustomerSalesPosCommon


class TestRecordedCosts(CustomerSalesPosCommon):
    def cost_more_today(self):
        self.mug.standard_price = 7

    def book_goods(self):
        """Let invoices book the cost of the goods sold."""
        self.mug.write({"is_storable": True, "categ_id": self.categ_anglo.id})
        self.mug.categ_id.property_cost_method = "standard"
        self.mug.standard_price = 6

    def test_nothing_recorded(self):
        """An invoice without order or receipt, whose goods are not booked, has today's cost."""
        invoice = self.invoice((self.mug, 2))
        self.cost_more_today()
        self.assertRows([invoice], "quantity  cost  margin\n2  14  6")

    def test_receipt(self):
        """2 mugs at 6 on a receipt, 12, also on its invoice, which came later, and on the credit
        note of that; the soap has a cost of its own."""
        receipt = self.receipt((self.mug, 2), (self.soap, 1), partner=self.acme)
        self.cost_more_today()
        self.soap.standard_price = 20
        invoice = self.invoice_receipts(receipt)
        self.assertRows(
            [receipt, invoice, self.credit(invoice)],
            """
            type              product  quantity  untaxed  cost  margin
            pos_receipt       Mug             2       20    12       8
            pos_receipt       Soap            1       20    12       8
            customer_invoice  Mug             2       20    12       8
            customer_invoice  Soap            1       20    12       8
            credit_note       Mug            -2      -20   -12      -8
            credit_note       Soap           -1      -20   -12      -8
            """,
        )

    def test_receipts_on_one_invoice(self):
        """A mug when it cost 6 and 3 when they cost 7, on one invoice: 6 + 21 = 27 for 4."""
        receipts = self.receipt((self.mug, 1), partner=self.acme)
        self.cost_more_today()
        receipts += self.receipt((self.mug, 3), partner=self.acme)
        self.mug.standard_price = 9
        rows = self.rows_of(self.invoice_receipts(receipts))
        self.assertEqual((sum(rows.mapped("quantity")), sum(rows.mapped("cost"))), (4, 27))

    def test_goods_sold(self):
        """An invoice that books its goods, 2 x 6 and a dozen at 72, keeps that cost, and so does
        its credit note, made in either way."""
        self.book_goods()
        dozen = {"product_uom_id": self.uom_dozen.id, "price_unit": 108}
        invoice = self.invoice((self.mug, 2), (self.mug, 1, dozen))
        other = self.invoice((self.mug, 1), (self.mug, 3))
        self.cost_more_today()
        goods = invoice.line_ids.filtered(lambda line: line.display_type == "cogs")
        self.assertEqual(sum(goods.filtered("debit").mapped("debit")), 84)
        cancelled = other._reverse_moves(
            [{"invoice_date": "2026-03-20", "date": "2026-03-20"}], cancel=True
        )
        self.assertEqual(cancelled.state, "posted")
        self.assertRows(
            [invoice, self.credit(invoice), other, cancelled],
            """
            type              quantity  untaxed  cost  margin
            customer_invoice         2       20    12       8
            customer_invoice        12      108    72      36
            credit_note             -2      -20   -12      -8
            credit_note            -12     -108   -72     -36
            customer_invoice         1       10     6       4
            customer_invoice         3       30    18      12
            credit_note             -1      -10    -6      -4
            credit_note             -3      -30   -18     -12
            """,
        )
