from .tour_common import TourCase


class TestOverviewTours(TourCase):
    """The first screen to what is behind its figures; two periods compared, and why they differ."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sales.profile"]._refresh(cls.company, full=True)

    def go(self, path, tour):
        self.start_tour(f"/odoo/{path}", tour, login="customer_sales_tour")

    def go_all(self):
        self.go("customer-sales-overview", "customer_sales_overview")
        self.go("customer-sales-compared", "customer_sales_compared")
        self.go("customer-sales-change", "customer_sales_change")

    def test_in_english(self):
        self.go_all()

    def test_in_arabic(self):
        self.turn_to_arabic()
        self.go_all()
