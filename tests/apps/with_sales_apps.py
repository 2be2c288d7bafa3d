"""Orders and invoices with delivery, loyalty, margins, a website and a localisation installed.

Not for ``./dev/test``, whose database has none of these apps: see ``dev/lib/with_apps.py``.
"""

from odoo import Command

from ..common import CustomerSalesCommon


class TestSalesApps(CustomerSalesCommon):
    def test_delivery(self):
        """A delivery charge of 5 on 10 mugs is a line of its own kind, on the order, on its invoice
        and on the credit note, and stays one when the carrier is archived or gets another product.
        Postage that was sold by itself before is what it was, though it is the carrier's now."""
        charge = self.product_named("Charge", 5, type="service")
        carrier = self.env["delivery.carrier"].create(
            {"name": "Van", "fixed_price": 5, "delivery_type": "fixed", "product_id": charge.id}
        )
        order = self.quotation((self.mug, 10))
        order.set_delivery_line(carrier, 5)
        self.confirm(order)
        table = """
            product  kind      quantity  untaxed
            Mug      product         10      100
            Charge   delivery         1        5
        """
        self.assertRows([order], table)
        invoice = self.invoice_order(order)
        self.assertRows([invoice], table)
        postage = self.product_named("Postage", 5, type="service")
        by_itself = self.sales_order((postage, 1))
        invoice_of_it = self.invoice_order(by_itself)
        for change in ({"active": False}, {"product_id": postage.id}):
            carrier.write(change)
            self.assertRows([order], table)
            self.assertRows([invoice], table)
            for document in (by_itself, invoice_of_it):
                self.assertRows([document], "product  kind\nPostage  product")
        self.assertTotals(net_sales=110, ordered=110)
        self.assertRows(
            [self.credit(invoice)],
            """
            product  kind      quantity  untaxed
            Mug      product        -10     -100
            Charge   delivery        -1       -5
            """,
        )
        # Nothing is recorded of an invoice without an order: its product tells.
        by_hand = self.invoice((postage, 1), (charge, 1))
        self.assertRows([by_hand], "product  kind\nPostage  delivery\nCharge  product")

    def program(self, program_type, **values):
        """A loyalty program of one rule and one reward, applied by itself."""
        return self.env["loyalty.program"].create(
            {
                "name": program_type,
                "program_type": program_type,
                "trigger": "auto",
                "applies_on": "current",
                "company_id": self.company.id,
                **values,
            }
        )

    def claim(self, order, program, card=None):
        """Apply the reward of the program to an order."""
        order._update_programs_and_rewards()
        card = card or order.coupon_point_ids.coupon_id.filtered(
            lambda coupon: coupon.program_id == program
        )
        self.assertNotIn("error", order._apply_program_reward(program.reward_ids, card))

    def test_loyalty_discount(self):
        """10 % off for everybody who buys 10 mugs: a reward of -10, on the order and on its
        invoice."""
        program = self.program(
            "promotion",
            rule_ids=[Command.create({"minimum_qty": 10, "product_ids": self.mug.ids})],
            reward_ids=[
                Command.create(
                    {
                        "reward_type": "discount",
                        "discount": 10,
                        "discount_mode": "percent",
                        "discount_applicability": "order",
                    }
                )
            ],
        )
        order = self.quotation((self.mug, 10))
        self.claim(order, program)
        self.confirm(order)
        table = """
            kind     quantity  untaxed
            product        10      100
            reward          1      -10
        """
        invoice = self.invoice_order(order)
        self.assertRows([order], table)
        self.assertRows([invoice], table)
        program.reward_ids.discount_line_product_id = self.product_named("Another", 0)
        self.assertRows([order], table)
        self.assertRows([invoice], table)
        self.assertTotals(net_sales=90, ordered=90)

    def test_free_product(self):
        """A lamp is free with 10 mugs: it is a reward at 100 % discount, 100 off, on the order, on
        its invoice and on the credit note. A lamp sold at that discount is none."""
        program = self.program(
            "promotion",
            rule_ids=[Command.create({"minimum_qty": 10, "product_ids": self.mug.ids})],
            reward_ids=[
                Command.create({"reward_type": "product", "reward_product_id": self.lamp.id})
            ],
        )
        order = self.quotation((self.mug, 10))
        self.claim(order, program)
        self.confirm(order)
        invoice = self.invoice_order(order)
        self.assertRows(
            [order, invoice],
            """
            type              product  kind     quantity  untaxed  discounted
            sales_order       Mug      product        10      100           0
            sales_order       Lamp     reward          1        0         100
            customer_invoice  Mug      product        10      100           0
            customer_invoice  Lamp     reward          1        0         100
            """,
        )
        self.assertRows([self.credit(invoice)], "kind  quantity\nproduct  -10\nreward  -1")
        given = self.sales_order((self.lamp, 1, {"discount": 100}))
        self.assertRows([given, self.invoice_order(given)], "kind\nproduct\nproduct")
        self.assertTotals(net_sales=0, ordered=100)

    def test_gift_card(self):
        """A gift card of 50 is sold, and spent on 10 mugs: 50 and 100 - 50. Both lines are of the
        kind gift card, so that products alone come to 100."""
        card_product = self.product_named("Gift Card", 50, type="service")
        program = self.program(
            "gift_card",
            applies_on="future",
            rule_ids=[
                Command.create(
                    {
                        "product_ids": card_product.ids,
                        "reward_point_amount": 1,
                        "reward_point_mode": "money",
                        "reward_point_split": True,
                    }
                )
            ],
            reward_ids=[
                Command.create(
                    {
                        "reward_type": "discount",
                        "discount": 1,
                        "discount_mode": "per_point",
                        "discount_applicability": "order",
                    }
                )
            ],
        )
        bought = self.quotation((card_product, 1))
        bought._update_programs_and_rewards()
        self.confirm(bought)
        card = self.env["loyalty.card"].search([("program_id", "=", program.id)])
        self.assertEqual(card.points, 50)
        spent = self.quotation((self.mug, 10))
        self.assertNotIn("error", spent._try_apply_code(card.code))
        self.claim(spent, program, card)
        self.confirm(spent)
        invoices = [self.invoice_order(bought), self.invoice_order(spent)]
        self.assertRows(
            [bought, spent],
            """
            kind       quantity  untaxed
            gift_card         1       50
            product          10      100
            gift_card         1      -50
            """,
        )
        self.assertRows(
            invoices,
            """
            kind       quantity  untaxed
            gift_card         1       50
            product          10      100
            gift_card         1      -50
            """,
        )
        self.assertTotals(net_sales=100, ordered=100)

    def test_cost_noted_on_the_order(self):
        """Where margins on orders are used, an order keeps the cost of its day, 2 x 6, when the
        product's becomes 7; a dozen's cost is 12 x 6. So does its invoice, in pieces as well, and
        the credit note. A mug added by hand has today's."""
        order = self.sales_order(
            (self.mug, 2),
            (self.mug, 1, {"product_uom_id": self.uom_dozen.id, "price_unit": 108}),
        )
        self.mug.standard_price = 7

        def in_pieces(invoice):
            invoice.invoice_line_ids[1].write(
                {"product_uom_id": self.mug.uom_id.id, "quantity": 12, "price_unit": 9}
            )
            invoice.invoice_line_ids = [Command.create({"product_id": self.mug.id})]

        invoice = self.invoice_order(order, change=in_pieces)
        self.assertRows(
            [order, invoice, self.credit(invoice)],
            """
            type              quantity  untaxed  cost  margin
            sales_order              2       20    12       8
            sales_order             12      108    72      36
            customer_invoice         2       20    12       8
            customer_invoice        12      108    72      36
            customer_invoice         1       10     7       3
            credit_note             -2      -20   -12      -8
            credit_note            -12     -108   -72     -36
            credit_note             -1      -10    -7      -3
            """,
        )

    def test_cost_noted_in_another_currency(self):
        """An order in euros, 2 to the dollar, notes the cost of 6 dollars as 12 euros; the invoice
        costs 2 x 6 dollars, when the cost is 7 and the rate has changed."""
        euro = self.setup_other_currency("EUR", rates=[("2026-01-01", 2)])
        pricelist = self.env["product.pricelist"].create({"name": "EUR", "currency_id": euro.id})
        order = self.sales_order((self.mug, 2, {"price_unit": 20}), pricelist_id=pricelist.id)
        self.assertEqual(order.order_line.purchase_price, 12)
        self.mug.standard_price = 7
        self.assertRows(
            [order, self.invoice_order(order)],
            """
            type              untaxed  cost
            sales_order            20    12
            customer_invoice       20    12
            """,
        )

    def test_website(self):
        """An order of the website, its invoice and its credit note are of the channel website."""
        website = self.env["website"].sudo().create({"name": "Shop", "company_id": self.company.id})
        order = self.sales_order((self.mug, 2), website_id=website.id)
        invoice = self.invoice_order(order)
        by_hand = self.sales_order((self.mug, 2))
        self.assertRows(
            [order, invoice, self.credit(invoice), by_hand],
            """
            type              channel  untaxed
            sales_order       website       20
            customer_invoice  website       20
            credit_note       website      -20
            sales_order       sales         20
            """,
        )

    def test_channels_on_one_invoice(self):
        """A website order and a sales order on one invoice: each line has its own order's channel,
        what was added by hand that of the invoice, which is the first order's; so has the credit
        note."""
        website = self.env["website"].sudo().create({"name": "Shop", "company_id": self.company.id})
        orders = self.sales_order((self.mug, 2), website_id=website.id)
        orders += self.sales_order((self.lamp, 1))

        def add_a_soap(invoice):
            invoice.invoice_line_ids = [Command.create({"product_id": self.soap.id})]

        invoice = self.invoice_order(orders, change=add_a_soap)
        self.assertEqual(len(invoice), 1)
        self.assertRows(
            [invoice, self.credit(invoice)],
            """
            type              product  channel  untaxed
            customer_invoice  Mug      website       20
            customer_invoice  Lamp     sales        100
            customer_invoice  Soap     website       20
            credit_note       Mug      website      -20
            credit_note       Lamp     sales       -100
            credit_note       Soap     website      -20
            """,
        )

    def test_debit_note(self):
        """3 mugs were invoiced at 10 each, which is 10 too little; a copy of the whole invoice as a
        debit note is 30 more. Both are customer invoices and purchases, and count in net sales."""
        invoice = self.invoice((self.mug, 3))
        notes = self.env["account.move"]
        for copies, day in ((False, "2026-03-12"), (True, "2026-03-13")):
            wizard = self.env["account.debit.note"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
            note = wizard.create({"date": day, "copy_lines": copies}).create_debit()
            note = self.env["account.move"].browse(note["res_id"])
            if not copies:
                line = {"product_id": self.mug.id, "quantity": 1, "price_unit": 10}
                note.invoice_line_ids = [Command.create(line)]
            note.action_post()
            notes += note
        self.assertRows(
            [invoice, *notes],
            """
            type              date        product  quantity  untaxed
            customer_invoice  2026-03-10  Mug             3       30
            customer_invoice  2026-03-12  Mug             1       10
            customer_invoice  2026-03-13  Mug             3       30
            """,
        )
        self.assertTotals(net_sales=70, ordered=0)
        self.env["customer.sales.profile"]._refresh(self.company, full=True)
        purchases = self.env["customer.sales.purchase"].search([("move_id", "in", notes.ids)])
        self.assertEqual(sorted(purchases.mapped("net")), [10, 30])
        profile = self.env["customer.sales.profile"].search([("company_id", "=", self.company.id)])
        self.assertEqual((profile.purchases, profile.gross), (3, 70))


class TestSaudiCompany(CustomerSalesCommon):
    chart_template = "sa"
    country_code = "SA"

    def test_invoice(self):
        """A lamp at 100 SAR with the 15 % VAT of the country, invoiced and credited."""
        self.assertEqual(self.company.currency_id.name, "SAR")
        self.lamp.taxes_id = self.company.account_sale_tax_id
        invoice = self.invoice((self.lamp, 1))
        self.assertRows(
            [invoice, self.credit(invoice)],
            """
            type              currency  untaxed  tax  total
            customer_invoice  SAR           100   15    115
            credit_note       SAR          -100  -15   -115
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)
