"""Customers' figures, status, scores, segments and classes, by examples worked by hand."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .profile_common import CustomerSalesProfileCommon


@tagged("post_install", "-at_install")
class TestProfileFigures(CustomerSalesProfileCommon):
    def test_a_customers_figures(self):
        self.buys(
            self.acme,
            ("2024-07-01", 1000),  # the first day of the year before
            ("2025-06-30", 200),  # its last day
            ("2025-07-01", 300),  # the first day of the year
            ("2026-05-01", 100),
            ("2026-05-15", 60),
            ("2026-05-15", 40),  # twice on one day
            ("2026-06-30", -90),
            ("2026-07-01", 5000),  # tomorrow
        )
        self.refresh()
        self.assertProfile(
            self.acme,
            first_purchase=date(2024, 7, 1),
            last_purchase=date(2026, 5, 15),
            documents=7,
            purchases=6,
            purchase_days=5,
            products=1,
            gross=1700.0,
            returns=-90.0,
            net=1610.0,
            average_purchase=283.3333,
            net_year=410.0,
            net_before=1200.0,
            net_change=-790.0,
            net_change_percent=-0.6583,
            gross_year=500.0,
            purchases_year=4,
            purchases_before=2,
            average_purchase_year=125.0,
            average_purchase_before=600.0,
            cost_year=102.5,
            margin_year=307.5,
            # gaps of 364, 1, 304 and 14 days
            usual_gap=159.0,
            days_since=46,
            next_purchase=date(2026, 10, 21),
            overdue_days=0,
            share=1.0,
            rank=1,
            abc_class="a",
        )
        months = self.profile(self.acme).net_months
        self.assertEqual(len(months), 24)
        # July 2024 is the first of them, June 2026 the last.
        self.assertEqual((months[0], months[11], months[12]), (1000, 200, 300))
        self.assertEqual((months[22], months[23]), (200, -90))

    def test_the_median_of_an_odd_number_of_gaps(self):
        self.buys(self.acme, ("2026-01-01", 1), ("2026-01-03", 1), ("2026-01-13", 1))
        self.buys(self.acme, ("2026-03-01", 1))
        self.refresh()
        # 2, 10 and 47 days
        self.assertProfile(self.acme, usual_gap=10.0, next_purchase=date(2026, 3, 11))
        self.assertProfile(self.acme, overdue_days=111)

    def test_no_percentage_without_a_positive_base(self):
        self.buys(self.acme, ("2025-01-01", 50), ("2025-01-02", -80), ("2026-01-01", 100))
        self.refresh()
        self.assertProfile(self.acme, net_before=-30.0, net_change=130.0)
        self.env.cr.execute(
            "SELECT net_change_percent IS NULL FROM customer_sales_profile WHERE partner_id = %s",
            [self.acme.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (True,))

    def test_no_percentage_of_a_group_without_a_positive_base(self):
        """Returns of 30 the year before: nothing is told. With another customer's 80, 50: 230 now
        is 360 % more."""

        def told():
            Profile = self.env["customer.sales.profile"].sudo()
            [[percent]] = Profile._read_group(
                [("company_id", "=", self.company.id)], [], ["net_change_percent:avg"]
            )
            return percent

        self.buys(self.acme, ("2025-01-02", -30), ("2026-01-01", 100))
        self.refresh()
        self.assertFalse(told())
        self.buys(self.new_customer("Other"), ("2025-01-01", 80), ("2026-01-01", 130))
        self.refresh()
        self.assertAlmostEqual(float(told()), 3.6)

    def test_who_only_returned(self):
        self.buys(self.acme, ("2026-03-01", -80))
        self.refresh()
        self.assertProfile(
            self.acme,
            documents=1,
            purchases=0,
            first_purchase=False,
            status=False,
            net=-80.0,
            returns=-80.0,
            segment_id="",
            abc_class=False,
            r_score=0,
        )

    def test_products_are_those_that_were_bought(self):
        """A gift is one of them, and what was only returned is none."""
        self.buys(self.acme, ("2026-06-01", 10))
        self.invoice((self.mug, 1, {"price_unit": 0}), partner=self.acme, day="2026-06-01")
        self.invoice((self.lamp, 1), partner=self.acme, day="2026-06-02", move_type="out_refund")
        self.refresh()
        self.assertProfile(self.acme, products=2)

    def test_a_document_of_zero_is_no_purchase(self):
        self.buys(self.acme, ("2026-03-01", 10))
        given_away = self.draft_invoice(
            (self.thing, 5, {"discount": 100}), day="2026-04-01", partner=self.acme
        )
        given_away.action_post()
        self.refresh()
        self.assertProfile(self.acme, documents=2, purchases=1, last_purchase=date(2026, 3, 1))
        purchase = self.env["customer.sales.purchase"].search([("move_id", "=", given_away.id)])
        self.assertEqual(purchase.kind, "nil")

    def test_a_leap_day(self):
        self.buys(self.acme, ("2027-02-28", 10), ("2028-02-29", 20))
        self.refresh(date(2029, 2, 27))
        # 28 February 2028 to 27 February 2029 are 366 days: the year begins on the 29th.
        self.assertProfile(self.acme, net_year=20.0, net_before=0.0, days_since=364)
        self.refresh(date(2029, 2, 28))
        self.assertProfile(self.acme, net_year=0.0, net_before=20.0, days_since=365)

    def test_odd_years(self):
        self.buys(self.acme, ("2026-06-01", 10))
        self.buys(self.acme, ("9206-01-01", 1))
        old = self.new_customer("Old")
        self.buys(old, ("1206-01-01", 1))
        self.refresh()
        self.assertProfile(self.acme, last_purchase=date(2026, 6, 1), documents=1)
        self.assertProfile(old, status="lost", segment_id="Lost")

    def test_salespersons(self):
        [bob, eve] = self.env["res.users"].create(
            [{"name": name, "login": f"profile_{name}"} for name in ("Bob", "Eve")]
        )
        for users, only, several in (
            ([bob, bob], "Bob", False),
            ([bob, None], "Bob", False),
            ([None], "", False),
            ([bob, eve], "", True),
        ):
            customer = self.new_customer("Customer")
            for user in users:
                self.buys(customer, ("2026-06-01", 1), invoice_user_id=user.id if user else False)
            self.refresh()
            with self.subTest(users=users):
                self.assertProfile(customer, only_user_id=only, has_several_users=several)

    def test_average_of_a_group(self):
        self.buys(self.acme, ("2026-06-01", 100), ("2026-06-02", 200), ("2026-06-03", 300))
        self.buys(self.new_customer("Other"), ("2026-06-01", 1000), ("2025-06-01", 400))
        self.refresh()
        [[purchase, change]] = (
            self.env["customer.sales.profile"]
            .sudo()
            ._read_group(
                [("company_id", "=", self.company.id)],
                aggregates=["average_purchase:avg", "net_change_percent:avg"],
            )
        )
        self.assertAlmostEqual(float(purchase), 2000 / 5)
        self.assertAlmostEqual(float(change), (1600 - 400) / 400)


@tagged("post_install", "-at_install")
class TestProfileStatus(CustomerSalesProfileCommon):
    def test_by_rhythm(self):
        # Every 10 days, last on the day given: limits at 15, 20 and 30 days
        days = ("2026-01-01", "2026-01-11", "2026-01-21")
        self.buys(self.acme, *((day, 1) for day in days))
        for today, status in (
            ("2026-01-31", "new"),  # the first purchase was 30 days ago
            ("2026-02-01", "active"),
            ("2026-02-04", "active"),
            ("2026-02-05", "slowing"),  # 15 days
            ("2026-02-09", "slowing"),
            ("2026-02-10", "dormant"),  # 20 days
            ("2026-02-19", "dormant"),
            ("2026-02-20", "lost"),  # 30 days
        ):
            self.refresh(date.fromisoformat(today))
            with self.subTest(today=today):
                self.assertProfile(self.acme, status=status)

    def test_the_shortest_gap(self):
        self.buys(self.acme, ("2026-01-01", 1), ("2026-01-02", 1), ("2026-01-03", 1))
        # Every day, which counts as every 7 days
        for today, status in (("2026-02-04", "lost"), ("2026-01-24", "new")):
            self.refresh(date.fromisoformat(today))
            self.assertProfile(self.acme, status=status)
        self.company.customer_sales_new_days = 0
        for today, status in (
            ("2026-01-13", "active"),  # 10 of 7 days
            ("2026-01-14", "slowing"),
            ("2026-01-17", "dormant"),
            ("2026-01-24", "lost"),
        ):
            self.refresh(date.fromisoformat(today))
            with self.subTest(today=today):
                self.assertProfile(self.acme, status=status)

    def test_by_days_without_a_rhythm(self):
        self.buys(self.acme, ("2025-01-01", 1), ("2025-01-02", 1))
        for today, status in (
            ("2025-04-01", "active"),  # 89 days
            ("2025-04-02", "slowing"),
            ("2025-07-01", "dormant"),
            ("2026-01-01", "dormant"),
            ("2026-01-02", "lost"),
        ):
            self.refresh(date.fromisoformat(today))
            with self.subTest(today=today):
                self.assertProfile(self.acme, status=status)

    def test_sales_at_stake(self):
        self.buys(self.acme, ("2026-01-01", 100))  # 180 days ago
        slowing = self.new_customer("Slowing")
        self.buys(slowing, ("2026-03-15", 100))
        negative = self.new_customer("Negative")
        self.buys(negative, ("2025-12-01", 100), ("2025-12-02", -300))
        self.refresh()
        self.assertProfile(self.acme, status="dormant", sales_at_stake=100.0)
        self.assertProfile(slowing, status="slowing", sales_at_stake=50.0)
        self.assertProfile(negative, status="dormant", sales_at_stake=0.0)

    def test_limits_must_rise(self):
        with self.assertRaisesRegex(ValidationError, "slowing first"):
            self.company.customer_sales_dormant_ratio = 1.2
        with self.assertRaisesRegex(ValidationError, "Class A"):
            self.company.customer_sales_class_a = 0.97
        for text in ("30", "30, 60, 60, 90", "a, b, c, d", "4, 3, 2, 1", "nan, 1, 2, 3", ""):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                self.company.customer_sales_r_limits = text or " "


@tagged("post_install", "-at_install")
class TestProfileClasses(CustomerSalesProfileCommon):
    def classes(self, *amounts):
        customers = [self.new_customer(f"Customer {amount}") for amount in amounts]
        for customer, amount in zip(customers, amounts, strict=True):
            self.buys(customer, ("2026-06-01", amount))
        self.refresh()
        return [self.profile(customer).abc_class for customer in customers]

    def test_shares_at_the_limits(self):
        self.assertEqual(self.classes(80, 15, 5), ["a", "b", "c"])

    def test_who_carries_the_share_over_a_limit(self):
        self.assertEqual(self.classes(79, 17, 4), ["a", "a", "c"])

    def test_one_customer(self):
        self.assertEqual(self.classes(7), ["a"])

    def test_ranks(self):
        customers = [self.new_customer(name) for name in "ABCD"]
        for customer, amount in zip(customers, (50, 30, 30, 10), strict=True):
            self.buys(customer, ("2026-06-01", amount))
        former = self.new_customer("Former")
        self.buys(former, ("2025-06-01", 500))
        self.refresh()
        self.assertEqual([self.profile(one).rank for one in customers], [1, 2, 2, 4])
        self.assertProfile(former, rank=0, abc_class=False, share=0.0)
        self.assertProfile(customers[1], share=0.25, cumulative_share=0.6667)
        self.assertProfile(customers[3], cumulative_share=1.0)

    def test_walk_ins_are_no_customers(self):
        self.assertEqual(self.classes(80, 20), ["a", "b"])
        total = sum(self.env["customer.sales.profile"].sudo().search([]).mapped("share"))
        self.assertTrue(total)


@tagged("post_install", "-at_install")
class TestProfileScores(CustomerSalesProfileCommon):
    def scores(self, customer):
        profile = self.profile(customer)
        return profile.r_score, profile.f_score, profile.m_score, profile.fm_score

    def test_fewer_than_25_customers(self):
        """Limits of Settings: 30, 60, 120, 240 days; 1, 2, 4, 8 purchases; of the mean net."""
        customers = {
            "today": [("2026-06-30", 10)],
            "29 days": [("2026-06-01", 10)] * 2,
            "30 days": [("2026-05-31", 10)] * 3,
            "239 days": [("2025-11-03", 30)] * 9,
            "240 days": [("2025-11-02", 20)],
        }
        partners = {name: self.new_customer(name) for name in customers}
        for name, purchases in customers.items():
            self.buys(partners[name], *purchases)
        self.refresh()
        # Net 10, 20, 30, 270 and 20, mean 70: limits at 17.5, 35, 70 and 140
        expected = {
            "today": (5, 1, 1, 1),
            "29 days": (5, 2, 2, 2),
            "30 days": (4, 3, 2, 3),
            "239 days": (2, 5, 5, 5),
            "240 days": (1, 1, 2, 2),
        }
        self.assertEqual({name: self.scores(one) for name, one in partners.items()}, expected)
        self.assertEqual(
            {name: self.profile(one).segment_id.name for name, one in partners.items()},
            {
                "today": "New Customers",
                "29 days": "Potential Loyalists",
                "30 days": "Potential Loyalists",
                "239 days": "Can't Lose Them",
                "240 days": "Hibernating",
            },
        )

    def test_quintiles(self):
        """25 customers: net 1 to 25, bought on different days, once each."""
        partners = [self.new_customer(f"Customer {number}") for number in range(1, 26)]
        for number, partner in enumerate(partners, 1):
            self.buys(partner, (f"2026-06-{number:02}", number))
        self.refresh()
        # The limits of 1 to 25 are at 5.8, 10.6, 15.4 and 20.2; all bought once: by Settings.
        self.assertEqual(
            [self.scores(partners[number - 1])[:3] for number in (5, 6, 10, 11, 15, 16, 20, 21)],
            [
                (1, 1, 1),
                (2, 1, 2),
                (2, 1, 2),
                (3, 1, 3),
                (3, 1, 3),
                (4, 1, 4),
                (4, 1, 4),
                (5, 1, 5),
            ],
        )

    def test_ties_at_a_quintile(self):
        """Net of 25 customers: ten times 10, ten times 20, five times 30."""
        amounts = [10] * 10 + [20] * 10 + [30] * 5
        partners = [self.new_customer(f"Customer {number}") for number in range(25)]
        for partner, amount in zip(partners, amounts, strict=True):
            self.buys(partner, ("2026-06-01", amount))
        self.refresh()
        # Limits: at place 4.8 of 24: 10; at 9.6: 16; at 14.4: 20; at 19.2: 22
        self.assertEqual(
            [self.profile(partners[place]).m_score for place in (0, 9, 10, 19, 20, 24)],
            [1, 1, 3, 3, 5, 5],
        )

    def test_limits_stay_between_nights(self):
        self.buys(self.acme, ("2026-06-01", 100))
        other = self.new_customer("Other")
        self.buys(other, ("2026-06-01", 100))
        self.refresh()
        before = self.scores(other)
        self.buys(self.acme, ("2026-06-02", 10_000))
        self.refresh(full=False)
        self.assertEqual(self.scores(other), before)
        entry = self.refresh()
        self.assertEqual(entry.differences, 0)
        self.assertEqual(entry.rescored, 2)
        self.assertEqual(self.scores(other)[2], 1)

    def test_another_grid(self):
        self.buys(self.acme, ("2026-06-30", 10))
        segment = self.env["customer.sales.segment"].sudo().create({"name": "Ours"})
        cells = self.env["customer.sales.segment.cell"].sudo()
        cell = cells.search([("r_score", "=", 5), ("fm_score", "=", 2)])
        cell.segment_id = segment
        self.refresh()
        self.assertEqual(self.scores(self.acme), (5, 1, 3, 2))
        self.assertProfile(self.acme, segment_id="Ours")
