from odoo import Command, fields
from odoo.tests import new_test_user

from ..prepared_company import PreparedCompanyCommon
from .common import BrowserCase


class TourCase(PreparedCompanyCommon, BrowserCase):
    """A customer with one posted invoice of today, 3 x 100.00, and a user who may see it."""

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
        cls.user = new_test_user(
            cls.env,
            login="customer_sales_tour",
            groups="customer_sales_report.group_customer_sales_all,account.group_account_invoice",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
