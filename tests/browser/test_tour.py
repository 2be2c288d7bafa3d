from .tour_common import TourCase


class TestTour(TourCase):
    """What a user does, in a browser."""

    def test_customer_sales(self):
        """From the app's menu through its views to a document and a favorite."""
        self.start_tour("/odoo", "customer_sales", login="customer_sales_tour")

    def test_button_on_customer(self):
        """From a customer to its lines, the contact's included: 3 x 100.00."""
        self.start_tour(
            f"/odoo/res.partner/{self.customer.id}",
            "customer_sales_of_partner",
            login="customer_sales_tour",
        )
