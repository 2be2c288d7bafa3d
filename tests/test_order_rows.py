"""Rows of confirmed sales orders."""

from odoo import Command

from .common import CustomerSalesCommon


class TestOrderRows(CustomerSalesCommon):
    def test_order(self):
        """2 mugs at 10; a lamp at 100 plus 15 %; 3 soaps at 23, of which 20 untaxed. An order is
        what was ordered, never a sale."""
        order = self.sales_order((self.mug, 2), (self.lamp, 1), (self.soap, 3), partner=self.ann)
        rows = self.rows_of(order)
        self.assertRows(
            rows,
            """
            product  quantity  price  untaxed  tax  total  cost  margin
            Mug             2     10       20    0     20    12       8
            Lamp            1    100      100   15    115    60      40
            Soap            3     20       60    9     69    36      24
            """,
        )
        self.assertRows(
            rows[0],
            """
            type         channel  kind     date        customer  contact  sale  ordered
            sales_order  sales    product  2026-03-05  Acme      Ann      no    yes
            """,
        )
        self.assertEqual(rows[0].document_ref, order)
        self.assertEqual(rows[0].action_open_document()["res_id"], order.id)
        self.assertTotals(net_sales=0, ordered=180)

    def test_state(self):
        """Quotations, sent or not, and cancelled orders are nothing yet or any more; a locked
        order is confirmed as before."""
        order = self.quotation((self.mug, 2))
        self.assertFalse(self.rows_of(order))
        order.action_quotation_sent()
        self.assertFalse(self.rows_of(order))
        order.action_confirm()
        self.assertTotals(net_sales=0, ordered=20)
        order.action_lock()
        self.assertTotals(net_sales=0, ordered=20)
        order.action_unlock()
        order._action_cancel()
        self.assertFalse(self.rows_of(order))

    def test_product_lines_only(self):
        """Sections and notes are no rows."""
        order = self.sales_order(
            (self.env["product.product"], 0, {"display_type": "line_section", "name": "Kitchen"}),
            (self.mug, 2),
            (self.env["product.product"], 0, {"display_type": "line_note", "name": "Fragile"}),
        )
        self.assertRows([order], "product  quantity  untaxed\nMug  2  20")

    def test_dozens(self):
        """2 dozen mugs at 108 a dozen and 6 single ones at 10: 24 at 9 and 6 at 10, so 30 mugs at
        (216 + 60) / 30 = 9.20 on average. Eggs are kept in dozens: 30 of them at 0.50 are 2.5."""
        eggs = self.product_named("Eggs", 6, cost=3, uom_id=self.uom_dozen.id)
        dozen = {"product_uom_id": self.uom_dozen.id, "price_unit": 108}
        unit = {"product_uom_id": self.uom_unit.id, "price_unit": 0.5}
        table = """
            product  unit    quantity  price  untaxed  cost  margin
            Mug      Units       24.0   9.00   216.00   144      72
            Mug      Units        6.0  10.00    60.00    36      24
            Eggs     Dozens       2.5   6.00    15.00   7.5     7.5
        """
        order = self.sales_order((self.mug, 2, dozen), (self.mug, 6), (eggs, 30, unit))
        self.assertRows([order], table)
        invoice = self.invoice_order(order)
        self.assertRows([invoice], table)
        self.assertRows(
            [self.credit(invoice)],
            """
            product  unit    quantity  price  untaxed  cost  margin
            Mug      Units      -24.0   9.00  -216.00  -144     -72
            Mug      Units       -6.0  10.00   -60.00   -36     -24
            Eggs     Dozens      -2.5   6.00   -15.00  -7.5    -7.5
            """,
        )
        [[average]] = self.report._read_group(
            [("document_ref", "=", f"account.move,{invoice.id}"), ("product_id", "=", self.mug.id)],
            aggregates=["price_unit:avg"],
        )
        self.assertAlmostEqual(average, 9.2)

    def test_nothing_to_pay(self):
        """No price: a row with no amount, and no division by zero."""
        order = self.sales_order((self.mug, 3, {"price_unit": 0}))
        self.assertRows(
            [order, self.invoice_order(order)],
            """
            type              quantity  price  untaxed  total  cost  margin  margin %
            sales_order              3      0        0      0    18     -18         0
            customer_invoice         3      0        0      0    18     -18         0
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_no_quantity(self):
        """An optional product that was not chosen, and a line set to 0 after the confirmation, are
        no rows. An order of these alone is no document, and its customer has bought nothing."""
        order = self.sales_order((self.mug, 2), (self.lamp, 0), (self.soap, 1))
        order.order_line[2].product_uom_qty = 0
        self.assertRows([order], "product  quantity  price  untaxed\nMug  2  10  20")
        empty = self.sales_order((self.lamp, 0), partner=self.ann)
        self.assertFalse(self.rows_of(empty))
        self.assertEqual(
            self.report._read_group(
                [("company_id", "=", self.company.id)],
                aggregates=["document_ref:count_distinct", "price_unit:avg", "__count"],
            ),
            [(1, 10, 1)],
        )
        self.assertTotals(net_sales=0, ordered=20)

    def test_line_discounts(self):
        """25 % off 4 mugs at 10 takes 10 off 40. 10 % off 10 soaps, 200 untaxed, takes 20. 100 %
        off 3 mugs takes all 30. Together 10 + 20 + 30 = 60 off 270: 22.2 %, though the average of
        the three percentages is 45."""
        table = """
            product  discount  quantity  untaxed  total  discounted  undiscounted
            Mug            25         4       30     30          10            40
            Soap           10        10      180    207          20           200
            Mug           100         3        0      0          30            30
        """
        order = self.sales_order(
            (self.mug, 4, {"discount": 25}),
            (self.soap, 10, {"discount": 10}),
            (self.mug, 3, {"discount": 100}),
        )
        self.assertRows([order], table)
        invoice = self.invoice_order(order)
        self.assertRows([invoice], table)
        [[discount, amount]] = self.report._read_group(
            [("document_ref", "=", f"account.move,{invoice.id}")],
            aggregates=["discount:avg", "discount_amount:sum"],
        )
        self.assertAlmostEqual(discount, 100 * 60 / 270)
        self.assertAlmostEqual(amount, 60)
        self.assertRows(
            [self.credit(invoice)],
            """
            product  discount  quantity  untaxed  total  discounted  undiscounted
            Mug            25        -4      -30    -30         -10           -40
            Soap           10       -10     -180   -207         -20          -200
            Mug           100        -3        0      0         -30           -30
            """,
        )

    def test_given_away_tax_included(self):
        """100 % off a soap at 23 takes off 20: its tax was never ours."""
        table = """
            product  discount  untaxed  discounted  undiscounted
            Soap          100        0          20            20
        """
        order = self.sales_order((self.soap, 1, {"discount": 100}))
        self.assertRows([order], table)
        self.assertRows([self.invoice_order(order)], table)

    def test_global_discount(self):
        """10 % off 10 mugs is a line of its own of -10, on the order and on its invoice; no line
        has a discount of its own."""
        order = self.sales_order((self.mug, 10))
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "so_discount",
                "discount_percentage": 0.1,
            }
        ).action_apply_discount()
        table = """
            kind      quantity  untaxed  discount  discounted
            product         10      100         0           0
            discount         1      -10         0           0
        """
        self.assertRows([order], table)
        self.assertRows([self.invoice_order(order)], table)
        self.assertTotals(net_sales=90, ordered=90)

    def test_combo(self):
        """A breakfast at 12 holds a mug and a soap. The parent line has neither value nor
        quantity: the mug and the soap share the 12 by their own prices, 10 : 23. On the invoice
        the parent is a section."""
        self.soap.taxes_id = False
        choices = self.env["product.combo"].create(
            [
                {
                    "name": product.name,
                    "combo_item_ids": [Command.create({"product_id": product.id})],
                }
                for product in (self.mug, self.soap)
            ]
        )
        breakfast = self.product_named(
            "Breakfast", 12, type="combo", combo_ids=[Command.set(choices.ids)]
        )
        order = self.sales_order((breakfast, 2))
        order.order_line = [
            Command.create(
                {
                    "product_id": choice.combo_item_ids.product_id.id,
                    "product_uom_qty": 2,
                    "combo_item_id": choice.combo_item_ids.id,
                    "linked_line_id": order.order_line[0].id,
                }
            )
            for choice in choices
        ]
        self.assertRows(
            [order],
            """
            product    product_type  quantity  price  untaxed
            Breakfast  combo                0   0.00     0.00
            Mug        consu                2   3.64     7.28
            Soap       consu                2   8.36    16.72
            """,
        )
        self.assertRows(
            [self.invoice_order(order)],
            """
            product  product_type  quantity  price  untaxed
            Mug      consu                2   3.64     7.28
            Soap     consu                2   8.36    16.72
            """,
        )
        self.assertTotals(net_sales=24, ordered=24)
