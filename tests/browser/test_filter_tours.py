from odoo import Command, fields
from odoo.tests import new_test_user

from ..prepared_company import PreparedCompanyCommon
from .common import BrowserCase


class FilterToursCommon(PreparedCompanyCommon, BrowserCase):
    """Two invoices of today: Tour Customer's over 300, and
    Tour Other's over 50, who is of Tour City and has the custom field "Tour Tier"."""

    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(lambda: cls.registry.reset_changes())
        super().setUpClass()
        cls.env["ir.model.fields"].sudo().create(
            {
                "name": "x_tour_tier",
                "ttype": "char",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "state": "manual",
                "field_description": "Tour Tier",
            }
        )
        product = cls.env["product.product"].create({"name": "Tour Product"})
        for name, price, tier in (("Tour Customer", 300, False), ("Tour Other", 50, "Gold")):
            customer = cls.env["res.partner"].create(
                {"name": name, "x_tour_tier": tier, "city": tier and "Tour City"}
            )
            line = {"product_id": product.id, "price_unit": price, "tax_ids": []}
            cls.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "partner_id": customer.id,
                    "invoice_date": fields.Date.today(),
                    "invoice_line_ids": [Command.create(line)],
                }
            ).action_post()
        company = cls.company_data["company"]
        cls.user = new_test_user(
            cls.env,
            login="customer_sales_filter",
            groups="customer_sales_report.group_customer_sales_all,account.group_account_invoice",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def tour(self, name):
        self.start_tour("/odoo/customer-sales", name, login="customer_sales_filter")


class TestFilterTours(FilterToursCommon):
    """The filter dialog as its user uses it."""

    def test_filter(self):
        """Fill in, apply, refine, save, reopen, clear."""
        with self.assertLogs("odoo.http", "WARNING") as log:
            self.tour("customer_sales_filter")
        self.assertEqual(len(log.records), 1, log.output)
        self.assertIn("No sales match this filter", log.output[0])
        [favorite] = self.env["ir.filters"].search([("name", "=", "Tour Favorite")])
        self.assertEqual(favorite.user_ids, self.user)
        self.assertIn("customer_total", favorite.domain)
        self.assertIn('"min": 250', favorite.domain)

    def test_from_the_menu(self):
        """The list it leads to has all views."""
        self.tour("customer_sales_filter_menu")

    def test_groups_stay(self):
        self.start_tour(
            "/odoo/customer-sales-by-customer",
            "customer_sales_filter_groups",
            login="customer_sales_filter",
        )

    def test_groups_stay_in_arabic(self):
        self.turn_to_arabic()
        self.start_tour(
            "/odoo/customer-sales-by-customer",
            "customer_sales_filter_groups_arabic",
            login="customer_sales_filter",
        )


class TestFilterToursOnPhone(FilterToursCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_phone(self):
        self.tour("customer_sales_filter_phone")

    def test_phone_in_arabic(self):
        self.turn_to_arabic()
        self.tour("customer_sales_filter_phone_arabic")


class FilterWhoToursCommon(FilterToursCommon):
    """Customers have profiles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sales.profile"]._refresh(cls.company_data["company"], full=True)


class TestFilterWhoTours(FilterWhoToursCommon):
    """Which customers: asked, shown as customers, kept, and shown as their lines."""

    def go(self):
        self.tour("customer_sales_filter_who")
        [favorite] = self.env["ir.filters"].search([("name", "=", "Tour Largest")])
        self.assertEqual(favorite.model_id, "customer.sales.profile")
        self.assertIn("largest", favorite.domain)

    def test_in_english(self):
        self.go()

    def test_in_arabic(self):
        self.turn_to_arabic()
        self.go()


class TestFilterWhoToursOnPhone(FilterWhoToursCommon):
    browser_size = "390x844"
    touch_enabled = True

    def go(self):
        self.start_tour(
            "/odoo/customer-sales-customers",
            "customer_sales_filter_who_phone",
            login="customer_sales_filter",
        )

    def test_phone(self):
        self.go()

    def test_phone_in_arabic(self):
        self.turn_to_arabic()
        self.go()
