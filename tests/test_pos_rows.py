"""Rows of receipts of the point of sale."""

from odoo import Command

from .common import CustomerSalesPosCommon


class TestPosRows(CustomerSalesPosCommon):
    def test_receipt(self):
        """2 mugs at 10; a lamp at 100 plus 15 %; 3 soaps at 23, of which 20 untaxed, on the day of
        the payment and on the till of the shop. Nobody ordered it before, so it counts as ordered
        as well as sold."""
        receipt = self.receipt((self.mug, 2), (self.lamp, 1), (self.soap, 3), partner=self.ann)
        rows = self.rows_of(receipt)
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
            pos_receipt  pos      product  2026-03-07  Acme      Ann      yes   yes
            """,
        )
        self.assertEqual(rows[0].config_id, self.config)
        self.assertEqual(rows[0].document_ref, receipt)
        self.assertEqual(rows[0].action_open_document()["res_id"], receipt.id)
        self.assertTotals(net_sales=180, ordered=180)

    def test_session(self):
        """Closing the session changes no figure."""
        receipt = self.receipt((self.mug, 2), (self.soap, 1))
        table = """
            product  quantity  untaxed  total  cost  sale
            Mug             2       20     20    12  yes
            Soap            1       20     23    12  yes
        """
        self.assertEqual(receipt.state, "paid")
        self.assertRows([receipt], table)
        self.close_session()
        self.assertEqual(receipt.state, "done")
        self.assertRows([receipt], table)

    def test_state(self):
        """An order that is not paid yet, or cancelled, is no sale."""
        data = self.create_ui_order_data([(self.mug, 2)], {"state": "draft"}, payments=[])
        [order] = self.env["pos.order"].sync_from_ui([data])["pos.order"]
        order = self.env["pos.order"].browse(order["id"])
        self.assertEqual(order.state, "draft")
        self.assertFalse(self.rows_of(order))
        order.action_pos_order_cancel()
        self.assertFalse(self.rows_of(order))
        self.assertTotals(net_sales=0, ordered=0)

    def test_walk_in(self):
        """A sale to nobody in particular is in the totals, under no customer."""
        receipt = self.receipt((self.mug, 2))
        self.receipt((self.mug, 1), partner=self.acme)
        self.assertRows(
            [receipt],
            """
            customer  contact  country_id  untaxed
            -         -        -                20
            """,
        )
        groups = self.report._read_group(
            [("company_id", "=", self.company.id)],
            ["commercial_partner_id"],
            ["price_subtotal:sum"],
        )
        self.assertCountEqual(groups, [(self.acme, 10), (self.env["res.partner"], 20)])
        self.assertTotals(net_sales=30, ordered=30)

    def test_line_discount(self):
        """25 % off 4 mugs takes 10 off 40; 100 % off a soap at 23 takes its 20 untaxed."""
        receipt = self.receipt((self.mug, 4, {"discount": 25}), (self.soap, 1, {"discount": 100}))
        self.assertRows(
            [receipt],
            """
            product  discount  untaxed  total  discounted  undiscounted
            Mug            25       30     30          10            40
            Soap          100        0      0          20            20
            """,
        )

    def test_nothing_to_pay(self):
        """No price, no quantity: rows with no amount, and no division by zero."""
        self.mug.list_price = 0
        receipt = self.receipt((self.mug, 3), (self.lamp, 0))
        self.assertRows(
            [receipt],
            """
            type         product  quantity  price  untaxed  cost  margin  margin %
            pos_receipt  Mug             3      0        0    18     -18         0
            pos_receipt  Lamp            0      0        0     0       0         0
            """,
        )

    def test_tip(self):
        """A tip of 5 is a line of its own kind."""
        tip = self.product_named("Tip", 5, type="service")
        self.config.write({"iface_tipproduct": True, "tip_product_id": tip.id})
        receipt = self.receipt((self.mug, 2), (tip, 1))
        self.assertRows(
            [receipt],
            """
            product  kind     untaxed
            Mug      product       20
            Tip      tip            5
            """,
        )

    def test_combo(self):
        """2 breakfasts at 12 hold a mug and a soap each, at 3.64 and 8.36. The parent line has
        neither value nor quantity."""
        self.soap.taxes_id = False
        self.mug.list_price, self.soap.list_price = 3.64, 8.36
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
            "Breakfast", 0, type="combo", combo_ids=[Command.set(choices.ids)]
        )
        receipt = self.receipt((breakfast, 2), (self.mug, 2), (self.soap, 2))
        parent, *children = receipt.lines
        for child, choice in zip(children, choices, strict=True):
            child.write({"combo_parent_id": parent.id, "combo_item_id": choice.combo_item_ids.id})
        self.assertRows(
            [receipt],
            """
            product    product_type  quantity  price  untaxed
            Breakfast  combo                0   0.00     0.00
            Mug        consu                2   3.64     7.28
            Soap       consu                2   8.36    16.72
            """,
        )
        invoice = self.invoice_receipts(self._with_customer(receipt))
        self.assertRows(
            [invoice],
            """
            product  product_type  quantity  price  untaxed
            Mug      consu                2   3.64     7.28
            Soap     consu                2   8.36    16.72
            """,
        )
        self.assertTotals(net_sales=24, ordered=24)

    def test_cash_rounding(self):
        """9.97 for a mug are paid with 9.95: the customer bought for 9.97, and what rounding
        took off is no sale, on the receipt or on its invoice."""
        self.mug.list_price = 9.97
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To 0.05",
                "rounding": 0.05,
                "rounding_method": "HALF-UP",
                "strategy": "add_invoice_line",
                "profit_account_id": self.cash_rounding_a.profit_account_id.id,
                "loss_account_id": self.cash_rounding_a.loss_account_id.id,
            }
        )
        self.config.write({"cash_rounding": True, "rounding_method": rounding.id})
        data = self.create_ui_order_data(
            [(self.mug, 1)], customer=self.acme, payments=[(self.cash_pm1, 9.95)]
        )
        [order] = self.env["pos.order"].sync_from_ui([data])["pos.order"]
        receipt = self.env["pos.order"].browse(order["id"])
        self.assertEqual((receipt.amount_paid, receipt.state), (9.95, "paid"))
        self.assertRows([receipt], "quantity  untaxed  total\n1  9.97  9.97")
        invoice = self.invoice_receipts(receipt)
        self.assertEqual(invoice.amount_total, 9.95)
        self.assertRows([invoice], "quantity  untaxed  total\n1  9.97  9.97")

    def test_two_payments(self):
        """A receipt of 100 paid 40 in cash and 60 by card is one sale of 100."""
        data = self.create_ui_order_data(
            [(self.mug, 10)], payments=[(self.cash_pm1, 40), (self.bank_pm1, 60)]
        )
        self.env["pos.order"].sync_from_ui([data])
        self.assertTotals(net_sales=100, ordered=100)

    def test_cost_of_goods(self):
        """The cost of goods posted with an invoice is no row; the cost on the row is the
        product's. A receipt keeps the cost of its day, 6, when the product's becomes 7."""
        self.mug.write({"is_storable": True, "categ_id": self.categ_anglo.id})
        self.mug.categ_id.property_cost_method = "standard"
        receipt = self.receipt((self.mug, 2), partner=self.acme)
        self.close_session()
        self.mug.standard_price = 7
        invoice = self.invoice((self.mug, 1))
        self.assertRows(
            [receipt, invoice],
            """
            type              quantity  untaxed  cost  margin
            pos_receipt              2       20    12       8
            customer_invoice         1       10     7       3
            """,
        )

    def _with_customer(self, receipt):
        receipt.partner_id = self.acme
        return receipt
