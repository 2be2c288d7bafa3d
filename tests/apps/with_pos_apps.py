"""Receipts with global discounts, loyalty and restaurants installed.

Not for ``./dev/test``, whose database has none of these apps: see ``dev/lib/with_apps.py``.
"""

from odoo import Command

from ..common import CustomerSalesPosCommon


class TestPosApps(CustomerSalesPosCommon):
    def test_global_discount(self):
        """10 % off the whole of 100 is a line of -10 of its own kind, on the receipt, on its
        refund and on its invoice."""
        discount = self.product_named("Discount", 0, type="service")
        self.config.write({"module_pos_discount": True, "discount_product_id": discount.id})
        receipt = self.receipt(
            (self.mug, 10), (discount, 1, {"price_unit": -10}), partner=self.acme
        )
        refund = self.refund(receipt)
        invoice = self.invoice_receipts(receipt)
        self.assertRows(
            [receipt, refund, invoice],
            """
            type              kind      quantity  untaxed  discount  sale
            pos_receipt       product         10      100         0  no
            pos_receipt       discount         1      -10         0  no
            pos_refund        product        -10     -100         0  yes
            pos_refund        discount        -1       10         0  yes
            customer_invoice  product         10      100         0  yes
            customer_invoice  discount         1      -10         0  yes
            """,
        )
        self.assertTotals(net_sales=0, ordered=0)

    def test_reward(self):
        """A reward of 10 % on 10 mugs, and a mug that is free: both are rewards."""
        program = self.env["loyalty.program"].create(
            {
                "name": "Ten",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "rule_ids": [Command.create({"minimum_qty": 10})],
                "reward_ids": [
                    Command.create(
                        {"reward_type": "discount", "discount": 10, "discount_mode": "percent"}
                    )
                ],
            }
        )
        reward = program.reward_ids
        claimed = {"is_reward_line": True, "reward_id": reward.id, "points_cost": 1}
        receipt = self.receipt(
            (self.mug, 10),
            (reward.discount_line_product_id, 1, {"price_unit": -10, **claimed}),
            (self.mug, 1, {"price_unit": 0, **claimed}),
        )
        self.assertRows(
            [receipt],
            """
            kind     quantity  untaxed
            product        10      100
            reward          1      -10
            reward          1        0
            """,
        )
        self.assertTotals(net_sales=90, ordered=90)

    def test_restaurant(self):
        """A table's receipt is a receipt."""
        self.close_session()
        self.config.module_pos_restaurant = True
        self.open_new_session()
        floor = self.env["restaurant.floor"].create(
            {
                "name": "Terrace",
                "pos_config_ids": [Command.link(self.config.id)],
                "table_ids": [Command.create({"table_number": 1})],
            }
        )
        receipt = self.receipt(
            (self.mug, 2), table_id=floor.table_ids.id, customer_count=2, partner=self.acme
        )
        self.assertEqual(receipt.table_id, floor.table_ids)
        self.assertRows([receipt], "type  customer  untaxed\npos_receipt  Acme  20")

    def test_website_order_settled(self):
        """An order of the website that is paid at the point of sale is of the channel website."""
        website = self.env["website"].sudo().create({"name": "Shop", "company_id": self.company.id})
        order = self.sales_order((self.mug, 2), website_id=website.id)
        settled = {
            "sale_order_origin_id": order.id,
            "sale_order_line_id": order.order_line.id,
        }
        receipt = self.receipt((self.mug, 2, settled), partner=self.acme)
        self.assertRows(
            [order, receipt, self.invoice_receipts(receipt)],
            """
            type              channel  untaxed  sale  ordered
            sales_order       website       20  no    yes
            pos_receipt       website       20  no    no
            customer_invoice  website       20  yes   no
            """,
        )
