"""Did it help? Worked by hand."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .campaign_common import CAMPAIGN, CRON, CampaignCommon

LOGGER = "odoo.addons.customer_sales_report.models.campaign.customer_sales_campaign.results"


@tagged("post_install", "-at_install")
class TestCampaignResults(CampaignCommon):
    def counted(self, campaign, day):
        """The results as of a day: days -> result."""
        self.refresh(date.fromisoformat(day))
        campaign.action_update_results()
        return {result["days"]: result for result in campaign.results}

    def test_shares(self):
        """Of 40 customers 32 are addressed, 16 of which buy for 100; of 8 left alone 2 buy for 50.
        By hand, of Newcombe: Wilson's limits are 0.3363 and 0.6637, 0.0715 and 0.5907; so 25 points
        more, between 25 − √(0.1637² + 0.3407²) = −13 and 25 + √(0.1637² + 0.1785²) = 49."""
        partners = self.customers(40)
        self.refresh()
        campaign = self.started(partners)
        addressed = self.of_role(campaign, "addressed")
        control = self.of_role(campaign, "control")
        self.assertEqual((len(addressed), len(control)), (32, 8))
        self.post([(partner, "2026-07-10", 100) for partner in addressed[:16]])
        self.post([(partner, "2026-07-30", 50) for partner in control[:2]])
        # On the day of the start, and after 30 days
        self.post([(addressed[20], "2026-06-30", 7), (addressed[21], "2026-07-31", 7)])
        # Through the last of them, of which documents are still coming
        self.assertFalse(self.counted(campaign, "2026-07-30")[30]["is_over"])
        result = self.counted(campaign, "2026-07-31")[30]
        self.assertTrue(result["is_over"])
        self.assertEqual(
            result["addressed"], {"customers": 32, "bought": 16, "purchases": 16, "net": 1600}
        )
        self.assertEqual(
            result["control"], {"customers": 8, "bought": 2, "purchases": 2, "net": 100}
        )
        self.assertEqual(
            campaign.verdict_words.splitlines(),
            [
                "30 days: of 32 addressed 16 bought, of 8 left alone 2: 25 points more (−13 to "
                "49): too few to tell. Too few customers to compare what they bought for.",
                "60 days: to be told when they are over, on Aug 29, 2026.",
                "90 days: to be told when they are over, on Sep 28, 2026.",
            ],
        )
        rows = campaign.results_table["rows"]
        self.assertEqual(rows[0], ["30 days: Addressed", 32, 16, 0.5, 16, 1600, 50])
        self.assertEqual(rows[1], ["30 days: Left alone", 8, 2, 0.25, 2, 100, 12.5])
        self.assertEqual(rows[2][0], "60 days, so far: Addressed")
        self.assertEqual(
            campaign.differences_table["rows"],
            [["30 days: share that bought, in points", "25", "−13", "49"]],
        )
        self.assertEqual(self.counted(campaign, "2026-08-30")[60]["addressed"]["bought"], 17)

    def test_without_a_control_group(self):
        partners = self.customers(3)
        self.refresh()
        campaign = self.started(partners, control_percent=0)
        self.post([(partners[0], "2026-07-10", 100)])
        result = self.counted(campaign, "2026-07-31")[30]
        self.assertIsNone(result["share"])
        self.assertIsNone(result["net"])
        self.assertTrue(
            campaign.verdict_words.startswith(
                "30 days: of 3 addressed 1 bought. Nobody was left alone, so nothing can be told "
                "of whether it helped."
            )
        )

    def test_what_it_brought_less_its_cost(self):
        """50 customers, 10 left alone who buy nothing; the 40 addressed buy for 100 each: 100 more
        a customer, 4,000 in all, 3,500 less the cost of 500."""
        partners = self.customers(50)
        self.refresh()
        campaign = self.started(partners)
        self.post([(one, "2026-07-10", 100) for one in self.of_role(campaign, "addressed")])
        net = self.counted(campaign, "2026-07-31")[30]["net"]
        self.assertEqual((net["value"], net["low"], net["high"]), (100, 100, 100))
        rows = campaign.differences_table["rows"]
        self.assertEqual(rows[1], ["30 days: purchases a customer", "1", "1", "1"])
        campaign.cost = 500
        [words, *_later] = campaign.verdict_words.splitlines()
        self.assertIn("100 points more", words)
        self.assertIn("it helped. Net a customer:", words)
        self.assertIn("less the cost of", words)
        self.assertIn("3,500", words)

    def test_returns_count(self):
        partners = self.customers(2)
        self.refresh()
        campaign = self.started(partners, control_percent=0)
        self.buys(partners[0], ("2026-07-10", 100), ("2026-07-12", -30))
        figures = self.counted(campaign, "2026-07-31")[30]["addressed"]
        self.assertEqual(figures, {"customers": 2, "bought": 1, "purchases": 1, "net": 70})

    def test_judgements(self):
        campaign = self.env[CAMPAIGN]
        for low, high, little, words in (
            (0.02, 0.3, 0.05, "it helped"),
            (-0.3, -0.02, 0.05, "it did harm"),
            (-0.03, 0.04, 0.05, "it made little difference"),
            (-0.03, 0.14, 0.05, "too few to tell"),
            (-0.03, 0.04, None, "too few to tell"),
        ):
            difference = {"low": low, "high": high}
            self.assertEqual(campaign._judgement(difference, little), words)

    def run_counting(self):
        with self.enter_registry_test_mode():
            self.env.ref(f"{CRON}_results").sudo().method_direct_trigger()
        self.env.invalidate_all()

    def test_one_that_cannot_be_counted_keeps_no_other(self):
        partners = self.customers(4)
        self.refresh()
        broken, other = (self.started(each) for each in (partners[:2], partners[2:]))
        today = self.env["customer.sales.refresh"]._today(self.company)
        (broken | other).sudo().write({"date": today, "results": False})
        result_of = type(broken)._result

        def result(campaign, days, as_of):
            if campaign == broken:
                raise ZeroDivisionError
            return result_of(campaign, days, as_of)

        with patch.object(type(broken), "_result", result), mute_logger(LOGGER):
            self.run_counting()
        self.assertFalse(broken.results)
        self.assertEqual(len(other.results), 3)

    def test_it_ends_by_itself(self):
        """After the 90 days, when the purchases of the last of them are known."""
        partners = self.customers(2)
        self.refresh()
        today = self.env["customer.sales.refresh"]._today(self.company)
        campaign = self.started(partners)
        campaign.sudo().date = today.replace(day=1)
        self.refresh(today)
        self.run_counting()
        self.assertEqual((campaign.state, campaign.results_as_of), ("running", today))
        for days, state in ((90, "running"), (91, "finished")):
            campaign.sudo().date = today - timedelta(days=days)
            self.run_counting()
            self.assertEqual(campaign.state, state)
