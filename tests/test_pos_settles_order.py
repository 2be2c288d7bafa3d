"""Sales orders that are paid at the point of sale: ordered once, sold once."""

from .common import CustomerSalesPosCommon


class TestPosSettlesOrder(CustomerSalesPosCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.down_payment = cls.product_named("Down Payment", 0, type="service")
        cls.config.down_payment_product_id = cls.down_payment

    def settle(self, order_line, quantity, **values):
        """A receipt's line that settles a sales order's line."""
        product = order_line.product_id or self.down_payment
        return (
            product,
            quantity,
            {
                "price_unit": order_line.price_unit,
                "sale_order_origin_id": order_line.order_id.id,
                "sale_order_line_id": order_line.id,
                **values,
            },
        )

    def test_settled(self):
        """10 mugs are ordered, and paid at the point of sale: ordered by the order, sold by the
        receipt, in the channel of the order."""
        order = self.sales_order((self.mug, 10))
        receipt = self.receipt(self.settle(order.order_line, 10), partner=self.acme)
        self.assertRows(
            [order, receipt],
            """
            type         channel  quantity  untaxed  sale  ordered
            sales_order  sales          10      100  no    yes
            pos_receipt  sales          10      100  yes   no
            """,
        )
        self.assertTotals(net_sales=100, ordered=100)
        self.assertEqual(order.invoice_status, "invoiced")

    def test_settled_and_invoiced(self):
        """The same with an invoice: it is the sale, in the channel of the order."""
        order = self.sales_order((self.mug, 10))
        receipt = self.receipt(self.settle(order.order_line, 10), partner=self.acme, invoiced=True)
        self.assertRows(
            [order, receipt, receipt.account_move],
            """
            type              channel  quantity  untaxed  sale  ordered
            sales_order       sales          10      100  no    yes
            pos_receipt       sales          10      100  no    no
            customer_invoice  sales          10      100  yes   no
            """,
        )
        self.assertTotals(net_sales=100, ordered=100)

    def test_settled_in_part(self):
        """Of 10 mugs, 4 are paid at the point of sale with a soap besides, and 6 invoiced by the
        order. Sold 40 + 20 + 60; ordered 100, and the soap: 20."""
        order = self.sales_order((self.mug, 10))
        receipt = self.receipt(self.settle(order.order_line, 4), (self.soap, 1), partner=self.acme)
        invoice = self.invoice_order(order)
        self.assertRows(
            [order, receipt, invoice],
            """
            type              channel  product  quantity  untaxed  sale  ordered
            sales_order       sales    Mug            10      100  no    yes
            pos_receipt       sales    Mug             4       40  yes   no
            pos_receipt       pos      Soap            1       20  yes   yes
            customer_invoice  sales    Mug             6       60  yes   no
            """,
        )
        self.assertTotals(net_sales=120, ordered=120)

    def test_down_payment_at_the_point_of_sale(self):
        """A down payment of 30 on 100 is paid at the point of sale, and deducted when the rest is
        settled there: sold 30, then 100 - 30; ordered 100 throughout. The deduction is no
        refund, and neither is ever an order row's value."""
        order = self.sales_order((self.mug, 10))
        paid = self.receipt(
            (self.down_payment, 1, {"price_unit": 30, "sale_order_origin_id": order.id}),
            partner=self.acme,
        )
        self.assertTotals(net_sales=30, ordered=100)
        mugs, section, deduction = order.order_line
        self.assertEqual(section.display_type, "line_section")
        settled = self.receipt(self.settle(mugs, 10), self.settle(deduction, -1), partner=self.acme)
        self.assertRows(
            [order, paid, settled],
            """
            type         channel  kind          quantity  untaxed  sale  ordered
            sales_order  sales    product             10      100  no    yes
            pos_receipt  sales    down_payment         1       30  yes   no
            pos_receipt  sales    product             10      100  yes   no
            pos_receipt  sales    down_payment        -1      -30  yes   no
            """,
        )
        self.assertTotals(net_sales=100, ordered=100)
        self.assertEqual(self.total(("line_kind", "=", "down_payment")), 0)

    def test_down_payment_invoiced_at_the_point_of_sale(self):
        """The same with invoices: the lines of the down payment keep their kind on them."""
        order = self.sales_order((self.mug, 10))
        paid = self.receipt(
            (self.down_payment, 1, {"price_unit": 30, "sale_order_origin_id": order.id}),
            partner=self.acme,
            invoiced=True,
        )
        mugs, _section, deduction = order.order_line
        settled = self.receipt(
            self.settle(mugs, 10), self.settle(deduction, -1), partner=self.acme, invoiced=True
        )
        self.assertRows(
            [paid.account_move, settled.account_move],
            """
            type              channel  kind          quantity  untaxed  sale
            customer_invoice  sales    down_payment         1       30  yes
            customer_invoice  sales    product             10      100  yes
            customer_invoice  sales    down_payment        -1      -30  yes
            """,
        )
        self.assertTotals(net_sales=100, ordered=100)

    def test_invoiced_down_payment_settled(self):
        """A down payment of 30 is invoiced by the order, and deducted at the point of sale: sold
        30 by the invoice, 100 - 30 by the receipt."""
        order = self.sales_order((self.mug, 10))
        invoice = self.invoice_order(order, advance_payment_method="fixed", fixed_amount=30)
        mugs, _section, deduction = order.order_line
        receipt = self.receipt(self.settle(mugs, 10), self.settle(deduction, -1), partner=self.acme)
        self.assertRows(
            [invoice, receipt],
            """
            type              kind          quantity  untaxed  sale
            customer_invoice  down_payment         1       30  yes
            pos_receipt       product             10      100  yes
            pos_receipt       down_payment        -1      -30  yes
            """,
        )
        self.assertTotals(net_sales=100, ordered=100)

    def test_settled_and_refunded(self):
        """What was settled and comes back is a refund; what was ordered stays ordered, as in the
        sales analysis."""
        order = self.sales_order((self.mug, 10))
        receipt = self.receipt(self.settle(order.order_line, 10), partner=self.acme)
        refund = self.refund(receipt)
        self.assertRows(
            [refund],
            """
            type        channel  quantity  untaxed  sale  ordered
            pos_refund  sales         -10     -100  yes   no
            """,
        )
        self.assertTotals(net_sales=0, ordered=100)
