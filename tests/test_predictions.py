"""Whether customers buy again: fitted, tried, shown where it has earned its place, kept true."""

import sys
from datetime import date, timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .prediction_common import (
    FORMER,
    PREDICTED,
    REGULARS,
    CustomerSalesPredictionCommon,
    PredictionCommon,
)
from .profile_common import TODAY

GROUP = "customer_sales_report.group_customer_sales_{}"


@tagged("post_install", "-at_install")
class TestPredictions(CustomerSalesPredictionCommon):
    def predicted(self, partner):
        return self.profile(partner).read(PREDICTED)[0]

    def test_what_a_fit_says(self):
        self.refresh()
        fit = self.fits()[90]
        self.assertEqual(
            (fit.as_of, fit.verdict, fit.customers, fit.tried_on, fit.tried_customers),
            (TODAY, "earned", REGULARS + FORMER, date(2026, 4, 1), REGULARS + FORMER),
        )
        # Every regular buys within 90 days, nobody else does.
        self.assertEqual(fit.tried_bought, REGULARS)
        self.assertEqual(
            fit.repeats, len(self.invoices) - REGULARS - FORMER, "one purchase day an invoice"
        )
        self.assertLess(fit.brier, min(fit.brier_same_share, fit.brier_two_shares))
        self.assertGreater(fit.area, 0.85)
        came = sum(
            move.amount_untaxed for move in self.invoices if move.invoice_date > date(2026, 4, 1)
        )
        self.assertAlmostEqual(fit.actual_sales, came, 2)
        name, customers, expected, actual, ratio = fit.segments_table["total"]
        self.assertEqual((name, customers), ("All", REGULARS + FORMER))
        self.assertAlmostEqual(actual, came, 2)
        self.assertAlmostEqual(expected, fit.expected_sales, 2)
        self.assertAlmostEqual(ratio, actual / expected)
        for record in fit.records.values():
            if record:
                self.assertEqual(sum(count for *_, count in record["calibration"]), 110)

    def column_of_chances(self):
        """Whether the list of customers opens with it."""
        view = self.env["customer.sales.profile"].get_view(view_type="list")
        return etree.fromstring(view["arch"]).find("field[@name='chance_90']").get("optional")

    def test_customers(self):
        self.refresh()
        regular, former = self.profile(self.regulars[0]), self.profile(self.former[0])
        self.assertGreater(regular.p_alive, 0.7)
        self.assertTrue(0.6 <= regular.chance_90 < 0.8)
        self.assertEqual(regular.chance_band, "60")
        self.assertLess(former.p_alive, 0.3)
        self.assertEqual(former.chance_band, "0")
        self.assertEqual(self.column_of_chances(), "show")
        self.assertLess(regular.chance_30, regular.chance_90)
        self.assertTrue(2 < regular.expected_purchases < 6)
        self.assertAlmostEqual(regular.expected_sales / regular.expected_purchases, 100, delta=10)
        self.assertTrue(
            regular.expected_sales < regular.lifetime_value < 3 * regular.expected_sales
        )
        self.assertEqual((regular.status, former.status in ("dormant", "lost")), ("active", True))
        self.assertAlmostEqual(
            former.sales_at_stake, round(former.net_year * (1 - former.p_alive), 2), 2
        )

    def test_refreshes_agree(self):
        """After purchases, a light refresh leaves what a full one by the same fit would; one right
        after that finds nothing, and the next fit moves all."""
        self.refresh()
        self.assertEqual(self.refresh().differences, 0)
        self.assertEqual(self.refresh().rescored, 0)
        before = self.predicted(self.former[0])
        self.post([(self.former[0], TODAY, 40), (self.regulars[1], TODAY, 70)])
        self.invoices[:3].button_draft()
        self.refresh(full=False)
        self.assertNotEqual(self.predicted(self.former[0]), before)
        light = self.rows_of_tables()
        entry = self.refresh()
        self.assertEqual(entry.differences, 0)
        self.assertGreater(entry.rescored, 0)
        self.assertNotEqual(self.rows_of_tables(), light)

    def test_days_move_on(self):
        self.refresh(TODAY - timedelta(days=9))
        silent = next(
            profile
            for profile in map(self.profile, self.regulars)
            if max(
                self.invoices.filtered(
                    lambda move, p=profile: move.partner_id == p.partner_id
                ).mapped("invoice_date")
            )
            == profile.last_purchase
        )
        before = silent.p_alive
        self.refresh(TODAY, full=False)
        self.assertLess(silent.p_alive, before)
        self.assertEqual(self.fits()[90].as_of, TODAY - timedelta(days=9))
        self.assertEqual(self.refresh(TODAY).differences, 0)

    def test_from_nothing(self):
        self.refresh()
        before = self.rows_of_tables()
        self.env.cr.execute(
            "DELETE FROM customer_sales_profile WHERE company_id = %s", [self.company.id]
        )
        self.refresh()
        self.assertEqual(self.rows_of_tables(), before)

    def test_status_follows_settings(self):
        self.refresh()
        main = self.fits()[90]
        self.assertEqual(main._status_way(), "prediction")
        self.company.customer_sales_status_by = "rhythm"
        self.assertEqual(main._status_way(), "rhythm")
        self.refresh(full=False)
        # Two purchases 14 days apart are no rhythm: 90, 180, 365 days
        former = self.profile(self.former[0])
        self.assertEqual((former.days_since, former.status), (227, "dormant"))
        self.assertEqual(former.sales_at_stake, 80.0)
        self.company.customer_sales_status_by = "prediction"
        self.company.customer_sales_lost_alive = 0.29
        self.refresh(full=False)
        self.assertEqual(former.status, "lost")
        for values in (
            {"customer_sales_lost_alive": 0.4},
            {"customer_sales_slowing_alive": 1.0},
            {"customer_sales_lifetime_years": 0},
            {"customer_sales_discount_rate": 1.0},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.company.write(values)

    def test_statuses_a_quarter_ago(self):
        """By both ways each customer has one status, and as many bought since."""
        self.refresh()
        rows = self.fits()[90].statuses_table["rows"]
        self.assertEqual([row[0] for row in rows], ["New", "Active", "Slowing", "Dormant", "Lost"])
        for way in (1, 2):
            with self.subTest(way=way):
                customers, bought = map(sum, zip(*(row[way] for row in rows), strict=True))
                self.assertEqual((customers, bought), (REGULARS + FORMER, REGULARS))

    def test_lifetime_by_settings(self):
        self.refresh()
        three = self.profile(self.regulars[0]).lifetime_value
        self.company.customer_sales_lifetime_years = 1
        self.company.customer_sales_discount_rate = 0.0
        self.refresh()
        regular = self.profile(self.regulars[0])
        self.assertLess(regular.lifetime_value, three)
        self.assertAlmostEqual(regular.lifetime_value, regular.expected_sales, delta=0.02)

    def test_as_then(self):
        """A past day is predicted by a fit of its own, kept; customers stay as they are."""
        self.refresh()
        before, current = self.rows_of_tables(), self.fits()
        Prediction = self.env["customer.sales.prediction"].sudo()
        report = self.env["customer.sales.refresh"].sudo()._report(self.company)
        day = date(2026, 5, 31)
        fits = Prediction._predict_as_then(report, day)
        self.assertEqual(set(fits.mapped("as_of")), {day})
        self.env.cr.execute("SELECT COUNT(*), COUNT(p_alive) FROM customer_sales_predicted")
        customers, predicted = self.env.cr.fetchone()
        self.assertEqual(customers, REGULARS + FORMER)
        self.assertEqual(fits._main().verdict, "earned")
        self.assertEqual(predicted, customers)
        self.assertEqual(Prediction._predict_as_then(report, day), fits)
        self.assertEqual((self.rows_of_tables(), self.fits()), (before, current))

    def test_history_by_the_predictions_of_its_time(self):
        """At the end of May, as a refresh of that day says it: by what was to be predicted then,
        and by rhythm where the company wants it so."""
        may = date(2026, 5, 31)
        profiles = self.env["customer.sales.profile"].sudo()
        Refresh = self.env["customer.sales.refresh"].sudo()

        def statuses(model, *domain):
            records = self.env[model].sudo().search([("company_id", "=", self.company.id), *domain])
            return {record.partner_id: record.status for record in records}

        kept = {}
        for way in ("prediction", "rhythm"):
            self.company.customer_sales_status_by = way
            profiles._refresh(self.company, full=True, as_of=may)
            then = statuses("customer.sales.profile")
            self.env["customer.sales.prediction"].sudo().search([]).unlink()
            self.refresh()
            Refresh._build_history(self.company, date(2026, 6, 30))
            kept[way] = statuses("customer.sales.history", ("month_end", "=", may))
            with self.subTest(way=way):
                self.assertEqual(len(then), REGULARS + FORMER)
                self.assertEqual(kept[way], then)
        self.assertNotEqual(kept["prediction"], kept["rhythm"])

    def test_old_fits_are_thinned(self):
        Prediction = self.env["customer.sales.prediction"].sudo()
        values = {"company_id": self.company.id, "horizon": "90", "verdict": "nobody"}
        days = [date(2020, 1, 30), date(2020, 1, 31), date(2020, 2, 3)]
        Prediction.create([{**values, "as_of": day} for day in days])
        Prediction._gc_old()
        kept = Prediction.search([("company_id", "=", self.company.id)])
        self.assertEqual(kept.mapped("as_of"), [days[2], days[1]])

    def test_who_sees_fits(self):
        self.refresh()
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        for level, number in (("user", 0), ("all", 2), ("manager", 2)):
            user = new_test_user(self.env, f"fits_{level}", groups=GROUP.format(level), **companies)
            found = self.env["customer.sales.prediction"].with_user(user).search([])
            with self.subTest(level=level):
                self.assertEqual(len(found), number)
                self.assertTrue(all(found.mapped("verdict_words")))
                self.assertEqual(len(found.mapped("segments_table")), number)
                with self.assertRaises(AccessError):
                    self.fits()[90].with_user(user).write({"verdict": "earned"})

    def test_own_customers_have_reasons(self):
        """Whoever may see a customer may read why: the fit behind it stays hidden."""
        self.regulars[0].user_id = new_test_user(
            self.env,
            "reasons",
            groups=GROUP.format("user"),
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.refresh()
        profile = self.profile(self.regulars[0]).with_user(self.regulars[0].user_id)
        words = profile.prediction_words
        self.assertRegex(
            words, r"^Still a customer: \d+ % likely\. Buys within 90 days: \d+ % likely \("
        )
        self.assertRegex(words, "raises it|lowers it")
        self.assertEqual(words.count(";"), 2, words)

    def test_reasons_of_any_size(self):
        """A customer may have bought for more than there are days."""
        self.refresh()
        profile = self.profile(self.regulars[0])
        self.assertIn("5,000,000,000,000.00", profile._fact("gross", 5e12))
        self.assertEqual(profile._fact("largest_gap", 40.2), "40 days the longest pause so far")
        self.assertEqual(profile._fact("spread_of_gaps", 1.0), "gaps vary by 1 day")

    def test_no_better_than_a_rule(self):
        """Regulars stop, and the others come back: what was predicted was worse than a rule."""
        late = self.invoices.filtered(lambda move: move.invoice_date > date(2026, 4, 1))
        late.button_draft()
        self.post([(former, date(2026, 5, 1), 40) for former in self.former])
        self.refresh()
        self.assertSaid(
            "Not shown on customers: when tried on the last 90 days, a simple rule was at least as "
            "good.",
            horizon="90",
        )
        self.assertEqual(self.column_of_chances(), "hide")
        regular = self.profile(self.regulars[0])
        self.assertFalse(regular.p_alive or regular.chance_90 or regular.expected_sales)
        fit = self.fits()[90]
        self.assertGreater(fit.brier, min(fit.brier_same_share, fit.brier_two_shares))
        by_rhythm = self.statuses()
        # Who wants it so has the status by it, and sees nothing else of it.
        self.company.customer_sales_status_by = "prediction"
        self.assertEqual(fit._status_way(), "prediction")
        self.refresh(full=False)
        self.assertNotEqual(self.statuses(), by_rhythm)
        self.assertFalse(regular.p_alive or regular.prediction_words)
        self.post([(self.regulars[5], TODAY, 10)])
        self.refresh(full=False)
        self.assertEqual(self.refresh().differences, 0)

    def statuses(self):
        profiles = self.env["customer.sales.profile"].sudo()
        profiles = profiles.search([("company_id", "=", self.company.id)])
        return {profile.partner_id: profile.status for profile in profiles}

    def test_without_packages(self):
        """Neither numpy nor scipy nor scikit-learn: fields are empty, Settings say what to install,
        and when they are back, so are the predictions."""
        statistics = "odoo.addons.customer_sales_report.tools.statistics."
        loaded = [name for name in sys.modules if name.startswith(statistics)]
        self.refresh()
        with patch.dict(sys.modules):
            for name in loaded:
                del sys.modules[name]
            sys.modules.update(dict.fromkeys(("numpy", "scipy", "sklearn", "threadpoolctl")))
            self.post([(self.former[0], TODAY, 40)])
            self.refresh(full=False)
            self.assertNothingPredicted()
            words = (
                "Nothing is predicted: Python packages are missing on the server. Install them "
                "(pip install numpy scipy scikit-learn) and restart Odoo."
            )
            Settings = self.env["res.config.settings"].with_company(self.company)
            self.assertEqual(Settings.create({}).customer_sales_packages_words, words)
            self.assertEqual(self.refresh().differences, 0)
            self.assertSaid(words)
            self.assertNothingPredicted()
            self.assertEqual(self.profile(self.former[1]).status, "dormant")
        self.refresh()
        self.assertTrue(self.profile(self.former[0]).p_alive)
        self.assertFalse(Settings.create({}).customer_sales_packages_words)


@tagged("post_install", "-at_install")
class TestTooLittle(PredictionCommon):
    """Where nothing can be predicted, fields are empty and the screen says why."""

    def business(self, customers, days_of):
        """Customers who bought on these days.

        :param days_of: function of the customer's number
        """
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(customers)]
        )
        self.post(
            [
                (partner, day, 10)
                for number, partner in enumerate(partners)
                for day in sorted(set(days_of(number)))
            ]
        )
        self.refresh()
        self.assertNothingPredicted()

    def test_nobody(self):
        self.business(0, lambda number: [])
        self.assertSaid("Nothing is predicted: nobody has bought yet.")

    def test_few_customers(self):
        self.business(3, lambda number: [date(2026, 1, 10), date(2026, 2, 10)])
        self.assertSaid(
            "Nothing is predicted: it takes 100 customers to tell chance from rhythm, and there "
            "are 3."
        )

    def test_one_day(self):
        self.business(2, lambda number: [TODAY])
        self.assertSaid(
            "Nothing is predicted: all purchases are of one day. Who buys again shows in time."
        )

    def test_once(self):
        self.business(100, lambda number: [TODAY - timedelta(days=number)])
        self.assertSaid(
            "Nothing is predicted: of all customers (100) none has bought on a second day."
        )

    def test_few_repeats(self):
        self.business(
            100,
            lambda number: [TODAY - timedelta(days=number), *[TODAY] * (1 <= number <= 5)],
        )
        self.assertSaid(
            "Nothing is predicted: it takes 30 repeated purchases, and of all customers (100) "
            "there are 5."
        )
        [word] = (
            self.env["res.config.settings"]
            .with_company(self.company)
            .create({})
            .mapped("customer_sales_way_words")
        )
        self.assertEqual(word, "Now by rhythm. " + self.fits()[90].verdict_words)

    def test_untried(self):
        self.business(100, lambda number: [TODAY - timedelta(days=number % 20), TODAY])
        self.assertSaid(
            "Not shown on customers: predictions are tried on the past first, and there is too "
            "little of it. It takes 100 customers 90 days ago, and sales before that.",
            horizon="90",
        )
