"""How many customers stay, and what they bring, by ten customers worked by hand."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..report.customer_sales_retention_report import ADDED_UP
from .history_common import CustomerSalesHistoryCommon

GROUP = "customer_sales_report.group_customer_sales_{}"
JANUARY, FEBRUARY, MARCH, JUNE = (date(2026, month, 1) for month in (1, 2, 3, 6))
DORAS = date(2025, 2, 1)


@tagged("post_install", "-at_install")
class TestRetention(CustomerSalesHistoryCommon):
    def setUp(self):
        super().setUp()
        self.enter_late()
        self.refresh()

    def retention(self, **context):
        model = self.env["customer.sales.retention.report"].with_context(
            allowed_company_ids=self.company.ids, **context
        )
        model.invalidate_model()
        return model

    def cells(self, *measures, period="month", domain=()):
        """(first day of the cohort, periods later) -> the measures."""
        groups = self.retention(retention_period=period)._read_group(
            list(domain), [f"cohort:{period}", "elapsed"], list(measures)
        )
        return {
            (cohort, elapsed): tuple(round(float(value), 4) for value in values)
            for cohort, elapsed, *values in groups
        }

    def test_customers_by_month(self):
        """How many had the time to buy, how many did, and their share; Emil, who only returned, is
        of no cohort."""
        found = self.cells("__count", "active_customers:sum", "share:avg")
        doras = {key: found.pop(key) for key in list(found) if key[0] == DORAS}
        self.assertEqual(
            found,
            {
                # Anna, Bert, Cora, Jona
                (JANUARY, 0): (4, 4, 1),
                (JANUARY, 1): (4, 1, 0.25),  # Anna; Jona returned
                (JANUARY, 2): (4, 1, 0.25),
                (JANUARY, 3): (4, 2, 0.5),  # Anna, Bert
                (JANUARY, 4): (4, 1, 0.25),
                (JANUARY, 5): (4, 1, 0.25),
                # Greta
                (FEBRUARY, 0): (1, 1, 1),
                (FEBRUARY, 1): (1, 0, 0),
                (FEBRUARY, 2): (1, 1, 1),  # the late invoice
                (FEBRUARY, 3): (1, 0, 0),
                (FEBRUARY, 4): (1, 0, 0),
                # Fritz, on the night of the last day, and Hans
                (MARCH, 0): (2, 2, 1),
                (MARCH, 1): (2, 2, 1),
                (MARCH, 2): (2, 0, 0),
                (MARCH, 3): (2, 0, 0),
                # Ines
                (JUNE, 0): (1, 1, 1),
            },
        )
        self.assertEqual(len(doras), 17)
        self.assertEqual([key[1] for key, value in doras.items() if value[1]], [0, 15])

    def test_totals_of_a_map(self):
        """Added up from its cells, they are what each grouping has by itself."""
        sets = [[], ["elapsed"], ["cohort:month"], ["cohort:month", "elapsed"]]
        model = self.retention()
        for domain in ([], [("is_over", "=", True)], [("id", "=", False)]):
            for measures in (
                sorted(ADDED_UP),
                ["share:avg"],
                ["net_kept:avg", "__count"],
                ["net_per_customer:avg", "share:avg"],  # not of cells
            ):
                together = model._read_grouping_sets(
                    domain, sets, measures, order="elapsed, cohort:month"
                )
                in_order = model._read_grouping_sets(domain, sets, ["first_net:avg"])
                for groupby, groups, others in zip(sets, together, in_order, strict=True):
                    width = len(groupby)
                    self.assertEqual(
                        [group[:width] for group in groups], [group[:width] for group in others]
                    )
                    alone = model._read_group(domain, groupby, measures)
                    alone = {group[:width]: group for group in alone}
                    self.assertEqual(len(groups), len(alone))
                    for group in groups:
                        expected = alone[group[:width]]
                        for value, other in zip(group, expected, strict=True):
                            if isinstance(other, float):
                                self.assertAlmostEqual(value, other, 6)
                            else:
                                self.assertEqual((type(value), value), (type(other), other))

    def test_net_by_month(self):
        found = self.cells("net:sum", "net_kept:avg", "net_per_customer:avg")
        self.assertEqual(
            {key: value for key, value in found.items() if key[0] in (JANUARY, MARCH)},
            {
                (JANUARY, 0): (920, 1, 230),
                (JANUARY, 1): (-150, -0.163, -37.5),
                (JANUARY, 2): (100, 0.1087, 25),
                (JANUARY, 3): (140, 0.1522, 35),
                (JANUARY, 4): (100, 0.1087, 25),
                (JANUARY, 5): (100, 0.1087, 25),
                (MARCH, 0): (110, 1, 55),
                (MARCH, 1): (120, 1.0909, 60),
                (MARCH, 2): (0, 0, 0),
                (MARCH, 3): (0, 0, 0),
            },
        )

    def test_by_quarter(self):
        first, second = date(2026, 1, 1), date(2026, 4, 1)
        found = self.cells("__count", "share:avg", "net:sum", "net_kept:avg", period="quarter")
        self.assertEqual(
            {key: value for key, value in found.items() if key[0] in (first, second)},
            {
                (first, 0): (7, 1, 1080, 1),
                # Anna, Bert, Greta, Fritz, Hans
                (first, 1): (7, 0.7143, 860, 0.7963),
                (second, 0): (1, 1, 1000, 1),
            },
        )
        self.assertEqual(found[date(2025, 1, 1), 5], (1, 1, 200, 0.6667))

    def test_by_year(self):
        """2026 is not over, which its cells say."""
        found = self.cells("__count", "share:avg", "net:sum", period="year")
        this_year, last_year = date(2026, 1, 1), date(2025, 1, 1)
        self.assertEqual(
            found,
            {
                (last_year, 0): (1, 1, 300),
                (last_year, 1): (1, 1, 200),
                (this_year, 0): (8, 1, 2940),
            },
        )
        over = [("is_over", "=", True)]
        self.assertEqual(self.cells("__count", period="year", domain=over), {(last_year, 0): (1,)})

    def test_the_average_of_all(self):
        """Of everybody who had the time to buy in that period: not of the cohorts' averages."""
        groups = self.retention()._read_group(
            [("cohort", ">=", "2026-01-01")], ["elapsed"], ["__count", "share:avg", "net_kept:avg"]
        )
        self.assertEqual(
            {
                elapsed: (count, round(share, 4), round(kept, 4))
                for elapsed, count, share, kept in groups
            },
            {
                0: (8, 1, 1),
                1: (7, 0.4286, -0.0265),  # 3 of 7; 30 − 60 of 1,130
                2: (7, 0.2857, 0.4425),  # 2 of 7; 500 of 1,130
                3: (7, 0.2857, 0.1239),
                4: (5, 0.2, 0.098),
                5: (4, 0.25, 0.1087),
            },
        )

    def test_periods_that_are_not_over(self):
        self.refresh(date(2026, 6, 29))
        self.env.invalidate_all()
        latest = self.retention().search([("cohort", "=", JANUARY), ("elapsed", ">=", 4)])
        self.assertEqual({(row.elapsed, row.is_over) for row in latest}, {(4, True), (5, False)})
        # What is dated later does not count yet.
        self.refresh(date(2026, 6, 9))
        self.assertFalse(self.retention().search([("cohort", "=", JUNE)]))
        latest = self.retention().search([("cohort", "=", JANUARY), ("elapsed", "=", 5)])
        self.assertEqual(set(latest.mapped("net")), {0})

    def test_in_the_last_minutes_of_a_month(self):
        """Where clocks show UTC, Fritz bought twice in March and not in April."""
        self.company.partner_id.tz = "UTC"
        self.refresh()
        found = self.cells("active_customers:sum", "net:sum")
        self.assertEqual(found[MARCH, 0], (2, 130))
        self.assertEqual(found[MARCH, 1], (1, 100))

    def test_groups_of_customers(self):
        partners = self.customers
        tag = self.env["res.partner.category"].create({"name": "Cafés"})
        (partners["Anna"] | partners["Hans"]).category_id = tag
        partners["Anna"].country_id = self.env.ref("base.sa")
        partners["Bert"].user_id = self.env.user
        retention = self.retention()

        def names(*domain):
            return retention.search([("elapsed", "=", 0), *domain]).partner_id.mapped("name")

        for domain, expected in (
            (("category_ids", "in", tag.ids), {"Anna", "Hans"}),
            (("country_id.code", "=", "SA"), {"Anna"}),
            (("user_id", "=", self.env.uid), {"Bert"}),
            (("first_channel", "=", "pos"), {"Fritz"}),
            (("segment_id", "=", "Champions"), {"Anna"}),
            (("status", "=", "lost"), {"Bert", "Hans"}),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(set(names(domain)), expected)
        for group in ("category_ids", "country_id", "user_id", "first_channel", "segment_id"):
            with self.subTest(group=group):
                counts = retention._read_group([("elapsed", "=", 0)], [group], ["__count"])
                self.assertEqual(sum(count for _value, count in counts), 9)

    def test_the_first_channel(self):
        """Hans bought in a shop on the day of his first invoice: invoices without an order are the
        last of the channels. What Anna buys in it later is of no matter."""
        self.receipt((self.mug, 1), partner=self.customers["Anna"], moment="2026-05-02 10:00:00")
        self.receipt((self.mug, 1), partner=self.customers["Hans"], moment="2026-03-01 10:00:00")
        self.refresh()
        rows = self.retention().search([("elapsed", "=", 0), ("first_channel", "=", "pos")])
        self.assertEqual(set(rows.partner_id.mapped("name")), {"Fritz", "Hans"})

    def test_a_row_opens_its_customer(self):
        for period in ("month", "quarter", "year"):
            rows = self.retention(retention_period=period).search(
                [("partner_id", "=", self.customers["Dora"].id)]
            )
            for row in rows:
                action = row.action_open_customer()
                self.assertEqual(action["res_id"], self.profile(self.customers["Dora"]).id)
                self.assertEqual(row.profile_id.id, action["res_id"])

    def test_numbers_of_rows_beyond_those_of_postgresql_s_integers(self):
        self.env["customer.sales.product"].sudo().search(
            [("company_id", "=", self.company.id)]
        ).unlink()
        self.env.cr.execute(
            "UPDATE customer_sales_profile SET id = id + 2000000000 WHERE company_id = %s",
            [self.company.id],
        )
        self.env.invalidate_all()
        self.assertEqual(len(self.retention().search([("elapsed", "=", 0)])), 9)
        self.assertEqual(self.cells("net:sum")[JANUARY, 0], (920,))

    def test_odd_years(self):
        self.buys(self.customers["Ines"], ("1206-01-01", 1))
        self.refresh()
        rows = self.retention().search([("partner_id", "=", self.customers["Ines"].id)])
        self.assertEqual((min(rows.mapped("elapsed")), max(rows.mapped("elapsed"))), (0, 2047))
        self.assertEqual(len(set(rows.ids)), 2048)

    def test_what_is_no_period(self):
        for value in ("week", 7, ["month"], {}):
            if not value:
                continue
            with self.subTest(value=value), self.assertRaises(UserError):
                self.retention(retention_period=value).search([])

    def test_who_sees_whom(self):
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        own, everything, outsider = (
            new_test_user(self.env, f"retention_{name}", groups=groups, **companies)
            for name, groups in (
                ("own", GROUP.format("user")),
                ("all", GROUP.format("all")),
                ("outsider", "base.group_user"),
            )
        )
        colleague = new_test_user(self.env, "retention_colleague", groups="base.group_user")
        invoices = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "like", "out_%")]
        )
        invoices.invoice_user_id = colleague
        self.customers["Cora"].user_id = own
        self.refresh()
        retention = self.retention()
        for user, expected in ((own, {"Cora"}), (everything, set(self.customers) - {"Emil"})):
            rows = retention.with_user(user).search([("elapsed", "=", 0)])
            self.assertEqual(set(rows.partner_id.sudo().mapped("name")), expected)
        with self.assertRaises(AccessError):
            retention.with_user(outsider).search([])

    def test_nothing_is_kept_of_less_than_nothing(self):
        """Who returned more than it bought in its first month, and bought for 50 in the next."""
        customer = self.new_customer("Returned")
        self.buys(customer, ("2026-02-02", 10), ("2026-02-03", -40), ("2026-03-02", 50))
        self.refresh()
        domain = [("partner_id", "=", customer.id), ("elapsed", "=", 1)]
        rows = self.retention()
        [[net, kept]] = rows._read_group(domain, [], ["net:sum", "net_kept:avg"])
        self.assertEqual((net, kept), (50, False))
        row = rows.search(domain)
        self.assertEqual((row.net, row.net_kept), (50, 0))
