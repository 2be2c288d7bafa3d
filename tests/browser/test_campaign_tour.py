from .tour_common import TourCase


class TestCampaignTour(TourCase):
    """From a segment to a campaign, to activities, to what it brought."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sales.profile"]._refresh(cls.company, full=True)
        cls.user = cls.env["res.users"].search([("login", "=", "customer_sales_tour")])
        cls.user.group_ids += cls.env.ref("customer_sales_report.group_customer_sales_campaign")

    def go(self):
        self.start_tour(
            "/odoo/customer-sales-segments",
            "customer_sales_campaign",
            login="customer_sales_tour",
        )
        activity = self.customer.activity_ids
        self.assertEqual((activity.summary, activity.user_id), ("Tour Call", self.user))

    def test_in_english(self):
        self.go()

    def test_in_arabic(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.user.lang = "ar_001"
        self.go()
