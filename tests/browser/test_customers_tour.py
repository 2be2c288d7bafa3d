from .tour_common import TourCase


class TestCustomersTour(TourCase):
    """From the list of customers to a customer's page, to lines and to a document."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sales.profile"]._refresh(cls.company, full=True)

    def go(self):
        self.start_tour(
            "/odoo/customer-sales-customers",
            "customer_sales_customers",
            login="customer_sales_tour",
        )

    def test_in_english(self):
        self.go()

    def test_in_arabic(self):
        self.turn_to_arabic()
        self.go()
