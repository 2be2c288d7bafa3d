"""From a quotation: what its customer has bought before, and what goes with it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .test_products import CustomerSalesProductCommon


@tagged("post_install", "-at_install")
class TestBoughtBefore(CustomerSalesProductCommon):
    def dialog(self, order):
        action = order.action_customer_sales_bought_before()
        return self.env[action["res_model"]].with_user(order.env.user).browse(action["res_id"])

    def line_of(self, dialog, product):
        return dialog.line_ids.filtered(lambda line: line.product_id == product)

    def test_quantity_and_unit_as_usual(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        for day, quantity in (("2026-03-01", 2), ("2026-04-01", 2), ("2026-05-01", 5)):
            self.sells(self.acme, day, quantity, 12.0, product_uom_id=dozen.id)
        self.sells(self.acme, "2026-06-01", 6, 1.5)
        self.sells(self.acme, "2026-06-02", 3, 10.0, self.mug)
        self.refresh()
        dialog = self.dialog(self.quotation((self.lamp, 1), partner=self.ann))
        line = self.line_of(dialog, self.thing)
        # 6, 24, 24 and 60 pieces; mostly in dozens
        self.assertEqual((line.quantity, line.product_uom_id), (2.0, dozen))
        self.assertEqual((line.status, str(line.last_purchase)), ("active", "2026-06-01"))
        self.assertEqual((line.last_price, line.price), (18.0, 12.0))
        mug = self.line_of(dialog, self.mug)
        self.assertEqual((mug.quantity, mug.product_uom_id), (3.0, self.mug.uom_id))

    def test_adding(self):
        """The price is Odoo's own, by the pricelist of the quotation."""
        self.sells(self.acme, "2026-05-01", 4, 8.0, self.mug)
        self.sells(self.acme, "2026-05-01", 4, 8.0, self.soap)
        self.refresh()
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Ten less",
                "item_ids": [Command.create({"compute_price": "percentage", "percent_price": 10})],
            }
        )
        order = self.quotation((self.lamp, 1), pricelist_id=pricelist.id)
        dialog = self.dialog(order)
        mug = self.line_of(dialog, self.mug)
        self.assertEqual((mug.price, mug.last_price), (9.0, 8.0))
        with self.assertRaisesRegex(UserError, "Tick the products"):
            dialog.action_add()
        mug.write({"is_ticked": True, "quantity": 7})
        dialog.action_add()
        added = order.order_line[-1]
        self.assertEqual(
            (added.product_id, added.product_uom_qty, added.price_reduce_taxexcl),
            (self.mug, 7.0, 9.0),
        )
        self.assertEqual(len(order.order_line), 2)

    def test_currency_of_the_quotation(self):
        currency = self.env["res.currency"].create(
            {
                "name": "CSB",
                "symbol": "b",
                "rate_ids": [Command.create({"name": "2020-01-01", "rate": 4.0})],
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Abroad", "currency_id": currency.id}
        )
        self.sells(self.acme, "2026-05-01", 4, 8.0, self.mug)
        self.refresh()
        order = self.quotation((self.lamp, 1), pricelist_id=pricelist.id)
        line = self.line_of(self.dialog(order), self.mug)
        one = self.company.currency_id._convert(1, currency, self.company, order.date_order)
        self.assertGreater(one, 1)
        self.assertEqual(line.currency_id, currency)
        self.assertAlmostEqual(line.last_price, 8 * one, delta=0.05)
        self.assertAlmostEqual(line.price, 10 * one, delta=0.05)

    def test_what_is_sold_no_more(self):
        self.sells(self.acme, "2026-05-01", 4, 8.0, self.mug)
        self.sells(self.acme, "2026-05-01", 4, 8.0)
        self.refresh()
        self.mug.active = False
        dialog = self.dialog(self.quotation((self.lamp, 1)))
        self.assertEqual(dialog.line_ids.product_id, self.thing)

    def test_suggestions(self):
        for name in "ABCDE":
            customer = self.new_customer(name)
            self.invoice((self.mug, 1), (self.lamp, 1), partner=customer, day="2026-05-01")
        self.sells(self.acme, "2026-05-01", 4, 8.0, self.mug)
        self.refresh()
        dialog = self.dialog(self.quotation((self.soap, 1)))
        suggested = dialog.line_ids.filtered(lambda line: line.kind == "suggested")
        self.assertEqual(suggested.product_id, self.lamp)
        self.assertEqual(suggested.reason, "Bought by customers of Mug")
        suggested.is_ticked = True
        dialog.action_add()
        self.assertIn(self.lamp, dialog.order_id.order_line.product_id)

    def test_nothing_bought(self):
        self.refresh()
        dialog = self.dialog(self.quotation((self.lamp, 1)))
        self.assertFalse(dialog.line_ids)
        self.assertIn("has bought nothing yet", dialog.message)

    def test_orders_are_left_alone(self):
        self.sells(self.acme, "2026-05-01", 4, 8.0)
        self.refresh()
        order = self.quotation((self.lamp, 1))
        dialog = self.dialog(order)
        dialog.line_ids.is_ticked = True
        self.confirm(order)
        with self.assertRaisesRegex(UserError, "no quotation any more"):
            order.action_customer_sales_bought_before()
        with self.assertRaisesRegex(UserError, "no quotation any more"):
            dialog.action_add()

    def test_quantities_are_above_zero(self):
        self.sells(self.acme, "2026-05-01", 4, 8.0)
        self.refresh()
        dialog = self.dialog(self.quotation((self.lamp, 1)))
        with self.assertRaisesRegex(ValidationError, "above 0"):
            dialog.line_ids.quantity = 0

    def test_who_may(self):
        """The customer of a rival has nothing to show; without a level there is no dialog, and no
        quotation of others either way."""
        self.acme.user_id = self.env.user
        self.sells(self.acme, "2026-05-01", 4, 8.0)
        self.refresh()
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        salesman = "sales_team.group_sale_salesman_all_leads"
        own = new_test_user(
            self.env,
            "before_own",
            groups=f"{salesman},customer_sales_report.group_customer_sales_user",
            **companies,
        )
        outsider = new_test_user(self.env, "before_outsider", groups=salesman, **companies)
        order = self.quotation((self.lamp, 1))
        self.assertFalse(self.dialog(order.with_user(own)).line_ids)
        with self.assertRaises(AccessError):
            order.with_user(outsider).action_customer_sales_bought_before()
        dialog = self.dialog(order)
        with self.assertRaises(AccessError):
            dialog.with_user(own).action_add()
