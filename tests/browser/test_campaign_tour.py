from datetime import timedelta

from .tour_common import TourCase


class TestCampaignTour(TourCase):
    """From a segment to a campaign, to activities, to what it brought."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.sales.profile"]._refresh(cls.company, full=True)
        for group in (
            "customer_sales_report.group_customer_sales_campaign",
            "base.group_partner_manager",
        ):
            cls.user.group_ids += cls.env.ref(group)

    def go(self):
        self.start_tour(
            "/odoo/customer-sales-segments",
            "customer_sales_campaign",
            login="customer_sales_tour",
        )
        activity = self.customer.activity_ids
        self.assertEqual((activity.summary, activity.user_id), ("Tour Call", self.user))

    def go_to_results(self):
        campaigns = self.env["customer.sales.campaign"].with_user(self.user)
        campaigns = campaigns.with_company(self.company)
        profile = self.env["customer.sales.profile"].sudo()
        profile = profile.search([("partner_id", "=", self.customer.id)])
        chosen = campaigns.new_campaign("customer.sales.profile", ids=profile.ids)
        campaign = campaigns.browse(chosen["res_id"])
        campaign.name = "Tour Campaign"
        campaign.action_start()
        campaign.sudo().date -= timedelta(days=91)
        campaign.action_finish()
        campaign.action_update_results()
        self.start_tour(
            "/odoo/customer-sales-campaigns",
            "customer_sales_campaign_results",
            login="customer_sales_tour",
        )

    def test_results_in_english(self):
        self.go_to_results()

    def test_results_in_arabic(self):
        self.turn_to_arabic()
        self.go_to_results()

    def test_in_english(self):
        self.go()

    def test_in_arabic(self):
        self.turn_to_arabic()
        self.go()
