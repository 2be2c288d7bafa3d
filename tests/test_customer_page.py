"""The customer's page: what it says beside the columns of the list, and where its numbers lead."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .profile_common import CustomerSalesProfileCommon


@tagged("post_install", "-at_install")
class TestCustomerPage(CustomerSalesProfileCommon):
    """The year is 1 July 2025 to 30 June 2026, the year before begins on 1 July 2024."""

    def setUp(self):
        super().setUp()
        self.buys(
            self.acme,
            ("2024-06-30", 7),
            ("2024-07-01", 1000),
            ("2025-06-30", -40),
            ("2025-07-01", 100),
            ("2025-07-11", 300),
            ("2025-07-31", -50),
            ("2026-06-01", 60),
        )
        self.refresh()
        self.page = self.profile(self.acme)

    def opened(self, method, **context):
        """The rows that a number opens, as the page's reader sees them."""
        page = self.page.with_context(**context)
        action = getattr(page, method)()
        rows = self.env[action["res_model"]].sudo()
        return rows.with_context(allowed_company_ids=self.company.ids).search(action["domain"])

    def net_of_lines(self, **context):
        return sum(self.opened("action_open_lines", **context).mapped("price_subtotal"))

    def days(self, **context):
        return [str(day) for day in self.opened("action_open_purchases", **context).mapped("date")]

    def test_two_years(self):
        self.assertProfile(
            self.acme,
            net_year=410.0,
            net_before=960.0,
            returns_year=-50.0,
            returns_before=-40.0,
            purchases_year=3,
            purchases_before=1,
            # Each costs a quarter
            margin_year=307.5,
            margin_before=720.0,
        )

    def test_numbers_open_their_lines(self):
        self.assertEqual(self.net_of_lines(span="year"), self.page.net_year)
        self.assertEqual(self.net_of_lines(span="before"), self.page.net_before)
        self.assertEqual(self.net_of_lines(), self.page.net)

    def test_documents_of_tomorrow(self):
        """They do not count yet, so that no number opens them."""
        self.buys(self.acme, ("2026-07-01", 500), ("2026-07-20", 700))
        self.refresh()
        self.page = self.profile(self.acme)
        self.test_numbers_open_their_lines()
        self.test_months_open_their_lines()
        self.test_numbers_open_their_documents()
        self.assertEqual(str(self.page.recent_purchase_ids[0].date), "2026-06-01")
        [bought] = self.env["customer.sales.product"].search(
            [("partner_id", "=", self.acme.id), ("company_id", "=", self.company.id)]
        )
        lines = self.env["customer.sales.report"].search(bought.action_open_lines()["domain"])
        self.assertEqual(sum(lines.mapped("price_subtotal")), bought.net)

    def test_months_open_their_lines(self):
        chart = self.page.months_chart
        self.assertEqual(chart["labels"][0], "Jul 2025")
        self.assertEqual(chart["year"], [350, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60])
        self.assertEqual(chart["before"], [1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -40])
        for ago, net in enumerate(reversed(chart["before"] + chart["year"])):
            self.assertEqual(self.net_of_lines(months_ago=ago), net, ago)
        # What is no month of the chart narrows nothing.
        for ago in (24, -1, "1", None):
            self.assertEqual(self.net_of_lines(months_ago=ago), self.page.net, ago)

    def test_numbers_open_their_documents(self):
        year = ["2026-06-01", "2025-07-11", "2025-07-01"]
        self.assertEqual(self.days(kind="purchase", span="year"), year)
        self.assertEqual(self.days(kind="purchase", span="before"), ["2024-07-01"])
        self.assertEqual(self.days(kind="return", span="year"), ["2025-07-31"])
        self.assertEqual(self.days(kind="return", span="before"), ["2025-06-30"])
        self.assertEqual(len(self.days(kind="purchase")), self.page.purchases)
        self.assertEqual(len(self.days()), self.page.documents)
        self.assertEqual(self.days(kind="purchase", day="first"), ["2024-06-30"])
        self.assertEqual(self.days(kind="purchase", day="last"), ["2026-06-01"])

    def test_purchases_open_their_documents(self):
        purchase = self.page.recent_purchase_ids[:1]
        action = purchase.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("account.move", purchase.move_id.id)
        )
        reader = new_test_user(
            self.env,
            "page_reader",
            "customer_sales_report.group_customer_sales_all",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaisesRegex(UserError, "needs access to the app"):
            purchase.with_user(reader).action_open_document()

    def test_days_between_purchases(self):
        between = {
            str(purchase.date): purchase.days_between for purchase in self.page.recent_purchase_ids
        }
        self.assertEqual(
            between,
            {
                "2026-06-01": 325,
                "2025-07-31": 0,  # a return
                "2025-07-11": 10,
                "2025-07-01": 365,
                "2025-06-30": 0,
                "2024-07-01": 1,
                "2024-06-30": 0,  # the first
            },
        )

    def test_rank_and_those_alike(self):
        rival = self.new_customer("Rival")
        gone = self.new_customer("Gone")
        self.buys(rival, ("2026-06-02", 500))
        self.buys(gone, ("2024-01-01", 500))
        self.refresh()
        self.assertProfile(self.acme, rank=2, ranked_customers=2)
        self.assertProfile(gone, rank=0, ranked_customers=2)
        acme, rival = self.profile(self.acme), self.profile(rival)
        self.assertEqual((acme.abc_class, rival.abc_class), ("a", "a"))
        self.assertEqual(self.opened("action_open_alike", by="abc_class"), rival + acme)
        self.assertEqual(self.opened("action_open_alike", by="status"), acme)
        self.assertEqual(len(self.opened("action_open_alike")), 3)
        scores = self.opened("action_open_alike", by="scores")
        self.assertEqual(
            set(scores.mapped(lambda row: (row.r_score, row.fm_score))),
            {(acme.r_score, acme.fm_score)},
        )
        self.assertEqual(
            self.opened("action_open_alike", by="segment_id").segment_id, acme.segment_id
        )
        # Nothing else can be asked for by the context.
        self.assertEqual(len(self.opened("action_open_alike", by="cost_year")), 3)

    def test_columns_are_offered_under_headings(self):
        offered = self.env["customer.sales.profile"].get_column_groups()
        headings = dict(offered["groups"])
        self.assertLessEqual(set(offered["group_of"].values()), set(headings))
        for column, heading in (
            ("partner_id", "Customer"),
            ("country_id", "Customer"),
            ("net_year", "Last 365 Days"),
            ("net", "All Time"),
            ("usual_gap", "Rhythm"),
            ("segment_id", "Scores and Shares"),
        ):
            self.assertEqual(headings[offered["group_of"][column]], heading, column)

    def test_in_words(self):
        def words(*days, today=date(2026, 6, 30)):
            customer = self.new_customer("In Words")
            self.buys(customer, *((day, 1) for day in days))
            self.refresh(today)
            return self.profile(customer).rhythm_words

        self.assertEqual(
            words("2026-05-01", "2026-05-15", "2026-05-29"),
            "Buys every 14 days as a rule, last 32 days ago.",
        )
        # Of 14.5 days, when the next purchase is expected 15 days after the last
        self.assertEqual(
            words("2026-05-01", "2026-05-15", "2026-05-30"),
            "Buys every 15 days as a rule, last 31 days ago.",
        )
        self.assertEqual(words("2026-06-30"), "Bought on one day, last today.")
        self.assertEqual(words("2026-06-28", "2026-06-29"), "Bought on 2 days, last yesterday.")
        self.assertEqual(
            words("2026-06-28", "2026-06-29", "2026-06-30"), "Buys every day as a rule, last today."
        )


@tagged("post_install", "-at_install")
class TestParetoCurve(CustomerSalesProfileCommon):
    def curve(self, *domain):
        profiles = self.env["customer.sales.profile"].with_context(
            allowed_company_ids=self.company.ids
        )
        found = profiles.pareto_curve([("company_id", "=", self.company.id), *domain])
        points = [
            (point["customers"], point["net"], point["smallest"]) for point in found["points"]
        ]
        return points, found["customers"], found["net"]

    def test_largest_first(self):
        """Net of the year of 30, 50, 5 and 15: half of it is one customer's, 95 % that of three.
        Who bought nothing in the year is not among them."""
        customers = [self.new_customer(f"Customer {number}") for number in range(5)]
        for customer, net in zip(customers, (30, 50, 5, 15), strict=False):
            self.buys(customer, ("2026-06-01", net))
        self.buys(customers[4], ("2024-01-01", 1000))
        self.refresh()
        points, count, net = self.curve()
        self.assertEqual(points, [(1, 50, 50), (2, 80, 30), (3, 95, 15), (4, 100, 5)])
        self.assertEqual((count, net), (4, 100))
        # Of some of them
        self.assertEqual(
            self.curve(("net_year", "<", 40)), ([(1, 30, 30), (2, 45, 15), (3, 50, 5)], 3, 50)
        )

    def test_nobody(self):
        self.refresh()
        self.assertEqual(self.curve(), ([], 0, 0.0))

    def test_few_points_of_many_customers(self):
        partners = self.env["res.partner"].create([{"name": f"P{n}"} for n in range(401)])
        self.buys(self.acme, ("2026-06-01", 1))
        self.refresh()
        acme = self.profile(self.acme)
        self.env.cr.execute(
            "INSERT INTO customer_sales_profile (company_id, partner_id, rank, net_year) "
            "SELECT %s, id, 1, 2 FROM res_partner WHERE id = ANY(%s)",
            [self.company.id, partners.ids],
        )
        self.env.invalidate_all()
        points, count, net = self.curve()
        self.assertEqual((count, net), (402, 803.0))
        self.assertEqual(len(points), 202)  # each second one, and the first
        self.assertEqual(points[0], (1, 2.0, 2.0))
        self.assertEqual(points[-1], (402, 803.0, acme.net_year))

    def test_several_currencies(self):
        """100 euros at today's rate of 0.5 are 200 dollars."""
        dollar, euro = self.env.ref("base.USD"), self.env.ref("base.EUR")
        euro.active = True
        abroad = self.env["res.company"].create({"name": "Abroad", "currency_id": euro.id})
        here = self.env["res.company"].create({"name": "Here", "currency_id": dollar.id})
        rates = self.env["res.currency.rate"]
        for currency, rate in ((dollar, 1), (euro, 0.5)):
            currency.rate_ids.unlink()
            rates.create(
                {
                    "currency_id": currency.id,
                    "rate": rate,
                    "name": "2020-01-01",
                    "company_id": False,
                }
            )
        partner = self.new_customer("Both")
        segment = self.env["customer.sales.segment"].search([], limit=1)
        for company in here + abroad:
            self.env.cr.execute(
                "INSERT INTO customer_sales_profile "
                "(company_id, partner_id, segment_id, rank, net_year, gross_year, purchases_year) "
                "VALUES (%s, %s, %s, 1, 100, 100, 1)",
                [company.id, partner.id, segment.id],
            )
        reader = new_test_user(
            self.env,
            "two_companies",
            "customer_sales_report.group_customer_sales_all",
            company_id=here.id,
            company_ids=[Command.set((here + abroad).ids)],
        )
        profiles = self.env["customer.sales.profile"].with_user(reader)
        profiles = profiles.with_context(allowed_company_ids=(here + abroad).ids)
        found = profiles.pareto_curve([])
        self.assertEqual(
            [(point["customers"], round(point["net"], 6)) for point in found["points"]],
            [(1, 200.0), (2, 300.0)],
        )
        self.assertEqual(found["currency_id"], dollar.id)
        overview = profiles.segments_overview()
        [shown] = [each for each in overview["segments"] if each["customers"]]
        self.assertEqual(
            (shown["customers"], round(shown["net"], 6), round(shown["average"], 6)), (2, 300, 150)
        )
        self.assertEqual(overview["currency_id"], dollar.id)
