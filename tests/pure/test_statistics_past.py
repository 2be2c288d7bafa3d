"""Predictions made on past days and tried on what came since, by hand and in simulated worlds."""

import json
from dataclasses import replace
from unittest import TestCase

import numpy as np
from scipy.special import hyp2f1

from ...tools.statistics import features, gamma_gamma, mbg_cnbd
from ...tools.statistics.forecast import Fit
from ...tools.statistics.mbg_cnbd import Model
from ...tools.statistics.past import Past
from ...tools.statistics.purchase_days import PurchaseDays
from ...tools.statistics.reasons import reasons
from ...tools.statistics.rhythm import DAYS_A_WEEK, rhythm_of
from ...tools.statistics.seasons import QUARTER, seasons
from ...tools.statistics.trial import try_on_past
from .simulated_customers import simulate

TRUE = Model(2, r=1.2, alpha=2.5, a=0.6, b=2.5)
CUSTOMERS, DAYS = 1500, 1100
TODAY = 700_000 + DAYS


def world(season=None, true=TRUE) -> PurchaseDays:
    """Customers of a known model, whose first purchases are spread over two years; every purchase
    at about 100. In the last 90 days of each 365 they may buy for more."""
    generator = np.random.default_rng(11)
    first = generator.integers(0, 730, CUSTOMERS)
    rows = {}
    for customer, own in enumerate(simulate(true, CUSTOMERS, DAYS / 7, generator)):
        for time in own:
            day = int(first[customer] + time * DAYS_A_WEEK)
            if day < DAYS:
                is_season = (DAYS - 1 - day) % 365 < QUARTER
                gross = 100 * generator.gamma(4, 1 / 4) * (season if season and is_season else 1)
                rows[customer, day] = gross
    return PurchaseDays.of_rows(
        (customer, 700_001 + day, gross) for (customer, day), gross in sorted(rows.items())
    )


class TestPurchaseDays(TestCase):
    def test_by_hand(self):
        bought = PurchaseDays.of_rows([(3, 10, 5.0), (3, 12, 7.0), (8, 11, 2.0), (8, 20, 1.0)])
        self.assertEqual(bought.until(11).gross.tolist(), [5.0, 2.0])
        self.assertEqual(bought.within(10, 2).gross.tolist(), [7.0, 2.0])
        known = bought.known(12)
        self.assertEqual(known.customers.tolist(), [3, 8])
        self.assertEqual(known.purchase_days.tolist(), [2, 1])
        self.assertEqual(known.gross.tolist(), [12.0, 2.0])
        past = Past(bought)
        self.assertEqual(past.bought_within(12, 8).tolist(), [False, True])
        self.assertEqual(past.gross_within(12, 8).tolist(), [0.0, 1.0])
        self.assertEqual(len(PurchaseDays.of_rows([]).known(5)), 0)

    def test_what_is_lacking(self):
        def lacks(*rows):
            return Past(PurchaseDays.of_rows(sorted(rows))).lacks(50)

        self.assertEqual(lacks(), "nobody")
        self.assertEqual(lacks((1, 51, 1.0)), "nobody")
        self.assertEqual(lacks((1, 50, 1.0), (2, 50, 1.0)), "one_day")
        once = [(customer, 1 + customer % 50, 1.0) for customer in range(100)]
        self.assertEqual(lacks(*once[:99]), "few_customers")
        self.assertEqual(lacks(*once), "once")
        twice = [(customer, 50, 1.0) for customer in range(100) if customer % 50 < 49]
        self.assertEqual(lacks(*once, *twice[:29]), "few_repeats")
        self.assertIsNone(lacks(*once, *twice[:30]))


class TestSlopes(TestCase):
    """The derivatives that fits go by, against small differences."""

    def assertSlopes(self, function, slopes, parameters):  # noqa: N802
        for place, slope in enumerate(slopes):
            step = np.zeros(len(parameters))
            step[place] = 1e-5
            difference = (function(parameters + step) - function(parameters - step)) / 2e-5
            self.assertAlmostEqual(slope / difference, 1, 4)

    def test_purchases(self):
        rhythm = world().known(TODAY).rhythm
        weights = np.ones(len(rhythm))
        for k in (1, 2, 5):
            parameters = np.array([0.8, 3.0, 0.7, 2.0])
            with self.subTest(k=k):
                self.assertSlopes(
                    lambda p, k=k: mbg_cnbd.log_likelihood(Model(k, *p), rhythm).sum(),
                    mbg_cnbd._gradient(Model(k, *parameters), rhythm, weights),
                    parameters,
                )

    def test_spend(self):
        generator = np.random.default_rng(5)
        count = generator.integers(1, 9, 500).astype(float)
        average = generator.gamma(3, 20, 500)
        parameters = np.array([5.0, 3.0, 12.0])
        self.assertSlopes(
            lambda p: gamma_gamma._log_likelihood(*p, count, average).mean(),
            gamma_gamma._slopes(*parameters, count, average),
            parameters,
        )


class TestExpectedPurchases(TestCase):
    def test_integrated(self):
        """Where the hypergeometric function is known, the integral gives the same."""
        repeats, age = np.array([0.0, 3.0, 25.0]), np.array([2.0, 30.0, 100.0])
        for r, alpha, a, b in ((0.5, 6.0, 0.9, 1.6), (0.9, 4.5, 0.1, 2.1), (3.0, 20.0, 4.0, 9.0)):
            after = alpha + age + 52
            power = hyp2f1(r + repeats, b + repeats + 1, a + b + repeats, 52 / after)
            shrink = ((alpha + age) / after) ** (r + repeats)
            expected = (a + b + repeats) / (a - 1) * (1 - shrink * power)
            found = mbg_cnbd._integrated_purchases(r, a, b, repeats, 52 / (alpha + age))
            np.testing.assert_allclose(found, expected, rtol=1e-3)

    def test_a_business_without_chance(self):
        """Parameters at the ends of their range, where the function gives up."""
        rhythm = rhythm_of([1, 1, 2, 3, 3, 3], [0, 60, 5, 1, 62, 120], until=200)[1]
        model = Model(2, r=18691.9, alpha=91479.0, a=1.79, b=2529.8)
        found = mbg_cnbd.expected_purchases(model, rhythm, 13)
        self.assertTrue(np.isfinite(found).all())
        alive = mbg_cnbd.p_alive(model, rhythm)
        # Nobody stops, everybody buys r / (k alpha) times a week
        np.testing.assert_allclose(found / alive, 13 * 18691.9 / (2 * 91479.0), rtol=0.01)


class TestGaps(TestCase):
    def test_by_hand(self):
        """Gaps of 7, 14 and 3 days; none; and one of 10."""
        days = np.array([0, 7, 21, 24, 5, 30, 40])
        found = features._gaps(days, np.array([0, 4, 5]), np.array([4, 1, 2]))
        mean, largest, usual, spread = found.round(4).tolist()
        self.assertEqual(mean, [8.0, 365.0, 10.0])
        self.assertEqual(largest, [14.0, 365.0, 10.0])
        self.assertEqual(usual, [7.0, 365.0, 10.0])
        self.assertEqual(spread, [round(np.std([7, 14, 3]), 4), 0.0, 0.0])


class TestTrial(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past = Past(world())

    def test_rules_by_hand(self):
        """100 customers. Of the 60 that bought in the days 81 to 90, 30 came back in the next ten;
        of the other 40, 10. So the chances are 0.4; or 0.5 and 0.25."""
        rows = []
        for customer in range(100):
            rows += [(customer, 10 + customer % 5, 1.0), (customer, 40, 1.0)]
            if customer < 60:
                rows.append((customer, 85, 1.0))
            if customer < 30 or 60 <= customer < 70:
                rows.append((customer, 95, 1.0))
            if customer < 20:
                rows.append((customer, 105, 1.0))
        trial = try_on_past(Past(PurchaseDays.of_rows(sorted(rows))), 110, 10)
        self.assertEqual((trial.start, trial.customers, trial.bought), (100, 100, 20))
        self.assertAlmostEqual(trial.same_share.brier, 0.2 * 0.6**2 + 0.8 * 0.4**2)
        # Recent on day 100: 0 to 29 and 60 to 69, of whom 0 to 19 bought
        brier = (20 * 0.5**2 + 20 * 0.5**2 + 60 * 0.25**2) / 100
        self.assertAlmostEqual(trial.two_shares.brier, brier)
        # Of 20 × 80 pairs, 60 others are below and 20 are equal
        self.assertAlmostEqual(trial.two_shares.area, (60 + 20 / 2) / 80)
        self.assertEqual(trial.same_share.area, 0.5)

    def test_in_a_true_world(self):
        """Where the model is true, chances come true, and beat the rules."""
        trial = try_on_past(self.past, TODAY, 90)
        self.assertTrue(trial.has_earned_its_place)
        for predicted, came, _customers in trial.model.calibration:
            self.assertAlmostEqual(predicted, came, delta=0.11)
        self.assertGreater(trial.model.area, 0.75)
        # The gaps of this world are regular: without that its chances are worse.
        self.assertGreater(trial.at_random.brier, trial.model.brier)

    def test_no_regularity_to_leave_out(self):
        past = Past(world(true=replace(TRUE, k=1)))
        self.assertEqual(past.model(TODAY - 90).k, 1)
        self.assertIsNone(try_on_past(past, TODAY, 90).at_random)

    def test_too_little_to_try(self):
        self.assertIsNone(try_on_past(self.past, 700_001 + 100, 90))

    def test_no_hindsight(self):
        """What is predicted on a day does not change with what comes."""
        start = TODAY - 90
        before = Past(self.past.bought.until(start))
        for name, arguments in (("chance", (start, 90)), ("expected_sales", (start, 90))):
            np.testing.assert_array_equal(
                getattr(self.past, name)(*arguments), getattr(before, name)(*arguments)
            )
        np.testing.assert_array_equal(
            self.past.trained(start, 90).weights, before.trained(start, 90).weights
        )


class TestFit(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bought = world()
        cls.fit = Past(cls.bought).fit(TODAY, 90, with_trained=True)

    def test_kept_as_numbers(self):
        again = Fit.from_json(json.loads(json.dumps(self.fit.to_json())))
        known = self.bought.known(TODAY)
        for fit, other in ((self.fit, again),):
            np.testing.assert_array_equal(
                fit.chance(self.bought, TODAY, 90), other.chance(self.bought, TODAY, 90)
            )
            np.testing.assert_array_equal(
                fit.lifetime_value(known, 3, 0.1), other.lifetime_value(known, 3, 0.1)
            )

    def test_some_customers_alone(self):
        """A customer is predicted the same with others and without."""
        known = self.bought.known(TODAY).customers
        chances = self.fit.chance(self.bought, TODAY, 90)
        for place in (0, 7, len(known) - 1):
            own = self.bought.customers == known[place]
            alone = PurchaseDays(
                self.bought.customers[own], self.bought.days[own], self.bought.gross[own]
            )
            self.assertAlmostEqual(self.fit.chance(alone, TODAY, 90)[0], chances[place], 12)

    def test_lifetime_value(self):
        """Without a discount the sum of what is expected; with one, less, by the quarter."""
        known = self.bought.known(TODAY)
        spend = self.fit.expected_spend(known)
        three = self.fit.expected_purchases(known, 3 * 52) * spend
        np.testing.assert_allclose(self.fit.lifetime_value(known, 3, 0.0), three)
        year = self.fit.lifetime_value(known, 1, 0.1)
        parts = [self.fit.expected_purchases(known, weeks) for weeks in (0, 13, 26, 39, 52)]
        expected = sum(
            (later - earlier) / 1.1 ** ((2 * quarter + 1) / 8)
            for quarter, (earlier, later) in enumerate(zip(parts, parts[1:], strict=False))
        )
        np.testing.assert_allclose(year, expected * spend)

    def test_reasons(self):
        """They add up to the chance where it is trained; by the model, they are what changes when
        the customer was a usual one in that respect."""
        own = self.bought.customers == self.bought.known(TODAY).customers[3]
        alone = PurchaseDays(
            self.bought.customers[own], self.bought.days[own], self.bought.gross[own]
        )
        found = reasons(self.fit, alone, TODAY, 90)
        self.assertEqual({name for name, *_ in found}, set(features.NAMES))
        sizes = [abs(added) for *_, added in found]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        chance = self.fit.chance(alone, TODAY, 90)[0]
        log_odds = self.fit.trained.intercept + sum(added for *_, added in found)
        self.assertAlmostEqual(1 / (1 + np.exp(-log_odds)), chance)
        values = {name: value for name, value, _added in found}
        self.assertAlmostEqual(values["purchase_days"], own.sum())
        self.assertAlmostEqual(values["days_since_last"], TODAY - alone.days[-1])
        self.assertAlmostEqual(values["gross"], alone.gross.sum(), 6)
        by_model = Fit(self.fit.model, self.fit.spend, self.fit.usual)
        found = reasons(by_model, alone, TODAY, 90)
        self.assertEqual(
            {name for name, *_ in found}, {"purchase_days", "days_since_last", "days_since_first"}
        )


class TestSeasons(TestCase):
    def test_without(self):
        found = seasons(Past(world()), TODAY)
        self.assertEqual(len(found.quarters), 4)
        self.assertFalse(found.has_season)
        for quarter in found.quarters:
            self.assertAlmostEqual(quarter.ratio, 1, delta=0.25)

    def test_with(self):
        """In the last quarter of the year customers spend twice as much: so they did a year before,
        which corrects what is expected."""
        found = seasons(Past(world(season=2.0)), TODAY)
        last = found.quarters[-1]
        self.assertEqual(last.start, TODAY - QUARTER)
        self.assertTrue(found.has_season)
        self.assertGreater(last.ratio, 1.4)
        self.assertGreater(last.factor, 1.3)
        self.assertLess(last.misses(last.factor), last.misses(1.0))
        # The next quarter is not of the season.
        self.assertLess(found.factor, 1.2)

    def test_one_year(self):
        bought = world(season=2.0)
        first = TODAY - 500
        late = PurchaseDays(
            *(
                column[bought.days > first]
                for column in (bought.customers, bought.days, bought.gross)
            )
        )
        self.assertIsNone(seasons(Past(late), TODAY).factor)
