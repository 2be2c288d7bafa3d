"""Receipts with global discounts, loyalty and restaurants installed.

Not for ``./dev/test``, whose database has none of these apps: see ``dev/lib/with_apps.py``.
"""

from odoo import Command
from odoo.tests import new_test_user

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
        """A reward of 10 % on 10 mugs, and a mug that is free: both are rewards, on the receipt, on
        its invoice and on the refund. 10 mugs and a mug given away without one are products."""
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
            partner=self.acme,
        )
        table = """
            kind     quantity  untaxed
            product        10      100
            reward          1      -10
            reward          1        0
        """
        self.assertRows([receipt], table)
        invoice = self.invoice_receipts(receipt)
        self.assertRows([invoice], table)
        reward.discount_line_product_id = self.product_named("Another", 0)
        self.assertRows([receipt], table)
        self.assertRows([invoice], table)
        self.assertRows(
            [self.credit(invoice)],
            """
            kind     quantity  untaxed
            product       -10     -100
            reward         -1       10
            reward         -1        0
            """,
        )
        given = self.receipt((self.mug, 10), (self.mug, 1, {"price_unit": 0}), partner=self.acme)
        table = "kind  quantity\nproduct  10\nproduct  1"
        self.assertRows([given], table)
        self.assertRows([self.invoice_receipts(given)], table)
        self.assertTotals(net_sales=100, ordered=190)

    def test_cashier(self):
        """Where employees log in at the till, the sale is the employee's: the salesperson is the
        employee's user, and the cashier's name is the employee's, whether there is a user or not.
        On receipts without an employee it is the session's user."""
        administrator = self.env["base"].sudo().env
        zoe = new_test_user(administrator, "zoe", name="Zoe Till")
        employees = administrator["hr.employee"].create(
            [{"name": "Zoe", "user_id": zoe.id}, {"name": "Bob"}]
        )
        receipts = [
            self.receipt((self.mug, 1), employee_id=employee_id)
            for employee_id in (*employees.ids, False)
        ]
        me = self.env.user
        rows = self.rows_of(*receipts)
        self.assertEqual(rows.user_id, zoe | me)
        self.assertEqual(
            [(row.user_id, row.cashier) for row in rows],
            [(zoe, "Zoe"), (me, "Bob"), (me, me.name)],
        )
        mine = [("company_id", "=", self.company.id)]
        self.assertEqual(self.report.search([*mine, ("user_id", "=", zoe.id)]), rows[0])
        self.assertEqual(self.report.search([*mine, ("cashier", "=", "Bob")]), rows[1])
        groups = self.report._read_group(mine, ["cashier"], ["net_sales:sum"])
        self.assertCountEqual(groups, [("Zoe", 10), ("Bob", 10), (me.name, 10)])

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

    def test_orders_of_two_channels_settled(self):
        """A website order and a sales order are paid on one receipt: the invoice's lines have the
        channels of their own orders, as the receipt's have, and its delivery charge is one."""
        website = self.env["website"].sudo().create({"name": "Shop", "company_id": self.company.id})
        charge = self.product_named("Charge", 5, type="service")
        carrier = self.env["delivery.carrier"].create(
            {"name": "Van", "fixed_price": 5, "delivery_type": "fixed", "product_id": charge.id}
        )
        orders = self.sales_order((self.mug, 2), website_id=website.id)
        orders += self.quotation((self.lamp, 1))
        orders[1].set_delivery_line(carrier, 5)
        self.confirm(orders[1])
        receipt = self.receipt(
            *(
                (
                    line.product_id,
                    line.product_uom_qty,
                    {"sale_order_origin_id": line.order_id.id, "sale_order_line_id": line.id},
                )
                for line in orders.order_line
            ),
            partner=self.acme,
        )
        carrier.product_id = self.product_named("Postage", 5, type="service")
        self.assertRows(
            [receipt, self.invoice_receipts(receipt)],
            """
            type              product  channel  kind      untaxed
            pos_receipt       Mug      website  product        20
            pos_receipt       Lamp     sales    product       100
            pos_receipt       Charge   sales    delivery        5
            customer_invoice  Mug      website  product        20
            customer_invoice  Lamp     sales    product       100
            customer_invoice  Charge   sales    delivery        5
            """,
        )
