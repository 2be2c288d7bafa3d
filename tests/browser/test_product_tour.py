from odoo import Command, fields
from odoo.tests import new_test_user

from ..prepared_company import PreparedCompanyCommon
from .common import BrowserCase


class TestProductTour(PreparedCompanyCommon, BrowserCase):
    """From a customer to its products, to a product's customers, and to a quotation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.company_data["company"]
        cls.product = cls.env["product.product"].create({"name": "Tour Product", "list_price": 110})
        cls.customer, rival = cls.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Tour Customer", "Tour Rival")]
        )
        for partner in (cls.customer, rival):
            line = {
                "product_id": cls.product.id,
                "quantity": 3,
                "price_unit": 100,
                "tax_ids": [],
            }
            cls.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [Command.create(line)],
                }
            ).action_post()
        cls.env["customer.sales.profile"].sudo()._refresh(company, full=True)
        new_test_user(
            cls.env,
            login="customer_sales_product_tour",
            groups="customer_sales_report.group_customer_sales_all,"
            "sales_team.group_sale_salesman_all_leads",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def test_from_customer_to_products(self):
        profiles = self.env["customer.sales.profile"].sudo()
        profile = profiles.search([("partner_id", "=", self.customer.id)])
        self.start_tour(
            f"/odoo/customer.sales.profile/{profile.id}",
            "customer_sales_product",
            login="customer_sales_product_tour",
        )

    def test_from_product_to_customers(self):
        self.start_tour(
            f"/odoo/product.template/{self.product.product_tmpl_id.id}",
            "customer_sales_of_product",
            login="customer_sales_product_tour",
        )

    def test_to_a_quotation(self):
        order = self.env["sale.order"].sudo().create({"partner_id": self.customer.id})
        self.start_tour(
            f"/odoo/sale.order/{order.id}",
            "customer_sales_bought_before",
            login="customer_sales_product_tour",
        )
        self.assertEqual(order.order_line.product_id, self.product)
        self.assertEqual(order.order_line.product_uom_qty, 3)
        by_hand = order.copy({"order_line": False})
        by_hand.order_line = [Command.create({"product_id": self.product.id, "product_uom_qty": 3})]
        self.assertEqual(order.order_line.price_unit, by_hand.order_line.price_unit)
