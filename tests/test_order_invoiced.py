"""Orders and what becomes of them: each sale once, whatever documents it left behind."""

from odoo import Command

from .common import CustomerSalesCommon


class TestOrderInvoiced(CustomerSalesCommon):
    def test_two_parts_with_down_payment_credited_in_part(self):
        """10 mugs at 10 are ordered: 100.

        A down payment of 30 % is invoiced: +30. The first invoice is for 4 mugs less that down
        payment: 40 - 30 = 10. The second for the other 6: 60. One mug comes back: -10.
        Ordered stays 100. Net sales: 30 + 10 + 60 - 10 = 90; the down payment has come and gone,
        so that of products alone there are 40 + 60 - 10 = 90 as well, for 9 mugs.
        """
        order = self.sales_order((self.mug, 10))
        down_payment = self.invoice_order(
            order, day="2026-03-06", advance_payment_method="percentage", amount=30
        )
        mug_line = order.order_line.filtered("product_id")

        def four_mugs(invoice):
            invoice.invoice_line_ids.filtered(
                lambda line: line.sale_line_ids == mug_line
            ).quantity = 4

        first = self.invoice_order(order, day="2026-03-10", change=four_mugs)
        second = self.invoice_order(order, day="2026-04-02")

        def one_mug(credit_note):
            credit_note.invoice_line_ids.quantity = 1

        credit_note = self.credit(second, day="2026-04-09", change=one_mug)
        documents = [order, down_payment, first, second, credit_note]
        self.assertRows(
            self.rows_of(*documents).filtered(
                lambda row: row.line_kind == "product" or row.price_subtotal
            ),
            """
            type              date        kind          channel  quantity  untaxed  sale  ordered
            sales_order       2026-03-05  product       sales          10      100  no    yes
            customer_invoice  2026-03-06  down_payment  sales           1       30  yes   no
            customer_invoice  2026-03-10  product       sales           4       40  yes   no
            customer_invoice  2026-03-10  down_payment  sales          -1      -30  yes   no
            customer_invoice  2026-04-02  product       sales           6       60  yes   no
            credit_note       2026-04-09  product       sales          -1      -10  yes   no
            """,
        )
        self.assertTotals(net_sales=90, ordered=100)
        products = [("counts_as_sale", "=", True), ("line_kind", "=", "product")]
        self.assertEqual(self.total(*products), 90)
        self.assertEqual(self.total(*products, field="quantity"), 9)
        self.assertEqual(self.total(("line_kind", "=", "down_payment")), 0)

    def test_down_payment_alone(self):
        """A down payment of 50 is net sales once invoiced, as in the invoice analysis, and never
        ordered: the line that it leaves on the order is no row."""
        order = self.sales_order((self.mug, 10))
        down_payment = self.invoice_order(order, advance_payment_method="fixed", fixed_amount=50)
        self.assertTrue(order.order_line.filtered("is_downpayment"))
        self.assertRows([order], "kind  quantity  untaxed  ordered\nproduct  10  100  yes")
        self.assertRows(
            [down_payment],
            """
            type              kind          quantity  untaxed  sale
            customer_invoice  down_payment         1       50  yes
            """,
        )
        self.assertTotals(net_sales=50, ordered=100)

    def test_down_payment_credited(self):
        """A down payment that is credited is gone as well: 50 - 50."""
        order = self.sales_order((self.mug, 10))
        down_payment = self.invoice_order(order, advance_payment_method="fixed", fixed_amount=50)
        self.assertRows(
            [self.credit(down_payment)],
            """
            type         kind          channel  quantity  untaxed
            credit_note  down_payment  sales          -1      -50
            """,
        )
        self.assertTotals(net_sales=0, ordered=100)

    def test_two_orders_on_one_invoice(self):
        """Orders of 20 and 100 on one invoice of 120 plus 15 tax."""
        orders = self.sales_order((self.mug, 2)) + self.sales_order((self.lamp, 1))
        invoice = self.invoice_order(orders)
        self.assertRows(
            [invoice],
            """
            channel  product  quantity  untaxed  total
            sales    Mug             2       20     20
            sales    Lamp            1      100    115
            """,
        )
        self.assertTotals(net_sales=120, ordered=120)

    def test_line_added_by_hand(self):
        """What is added to an order's invoice by hand belongs to that sale: its channel is the
        order's, though it was never ordered."""
        order = self.sales_order((self.mug, 2))

        def add_a_lamp(invoice):
            invoice.invoice_line_ids = [Command.create({"product_id": self.lamp.id})]

        invoice = self.invoice_order(order, change=add_a_lamp)
        self.assertRows(
            [invoice],
            """
            channel  product  untaxed
            sales    Mug           20
            sales    Lamp         100
            """,
        )
        self.assertTotals(net_sales=120, ordered=20)

    def test_more_invoiced_than_ordered(self):
        """The invoice says what was sold, 3 mugs at 9; the order what was ordered, 2 at 10."""
        order = self.sales_order((self.mug, 2))

        def change(invoice):
            invoice.invoice_line_ids.write({"quantity": 3, "price_unit": 9})

        invoice = self.invoice_order(order, change=change)
        self.assertRows(
            [order, invoice],
            """
            type              quantity  untaxed
            sales_order              2       20
            customer_invoice         3       27
            """,
        )
        self.assertTotals(net_sales=27, ordered=20)

    def test_invoice_reset_and_cancelled(self):
        """An order whose invoice is cancelled is ordered and not sold."""
        order = self.sales_order((self.mug, 2))
        invoice = self.invoice_order(order)
        self.assertTotals(net_sales=20, ordered=20)
        invoice.button_draft()
        self.assertTotals(net_sales=0, ordered=20)
        invoice.button_cancel()
        self.assertTotals(net_sales=0, ordered=20)
