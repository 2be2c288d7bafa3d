from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import BrowserCase


class TestTour(AccountTestInvoicingCommon, BrowserCase):
    """What a user does, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        customer = cls.env["res.partner"].create({"name": "Tour Customer", "is_company": True})
        cls.contact = cls.env["res.partner"].create(
            {"name": "Tour Contact", "parent_id": customer.id}
        )
        cls.customer = customer
        product = cls.env["product.product"].create({"name": "Tour Product"})
        invoice = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.contact.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": 3,
                            "price_unit": 100,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        new_test_user(
            cls.env,
            login="customer_sales_tour",
            groups="customer_sales_report.group_customer_sales_all,account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def test_customer_sales(self):
        """From the app's menu through its views to a document and a favourite."""
        self.start_tour("/odoo", "customer_sales", login="customer_sales_tour")

    def test_button_on_customer(self):
        """From a customer to its lines, the contact's included: 3 x 100.00."""
        self.start_tour(
            f"/odoo/res.partner/{self.customer.id}",
            "customer_sales_of_partner",
            login="customer_sales_tour",
        )
