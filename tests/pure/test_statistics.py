"""Will customers buy again: against simulated worlds, and the properties that hold for any."""

from unittest import TestCase

import numpy as np

from ...tools.statistics import gamma_gamma, mbg_cnbd, record
from ...tools.statistics.mbg_cnbd import Model
from ...tools.statistics.rhythm import DAYS_A_WEEK, Rhythm, rhythm_of
from .simulated_customers import simulate

# Of any k a purchase every few weeks
TRUE = {k: Model(k, r=1.2, alpha=5.0 / k, a=0.8, b=2.5) for k in (1, 2, 3)}
CUSTOMERS, WEEKS, LATER = 3000, 60.0, 13.0


def world(k: int):
    """Customers of a known model, as they stand after 60 weeks, and who bought in the 13 after."""
    times = simulate(TRUE[k], CUSTOMERS, WEEKS + LATER, np.random.default_rng(k))
    known = [own[own <= WEEKS] for own in times]
    rhythm = Rhythm(
        repeats=np.array([len(own) - 1.0 for own in known]),
        last=np.array([own[-1] for own in known]),
        age=np.full(CUSTOMERS, WEEKS),
        log_gaps=np.array([np.log(np.diff(own)).sum() for own in known]),
    )
    return rhythm, np.array([(own > WEEKS).sum() for own in times])


class TestRhythm(TestCase):
    def test_by_hand(self):
        """Days 0, 7 and 21; one day; and one that comes after the last day that counts."""
        known, rhythm = rhythm_of([5, 5, 5, 9, 9], [0, 7, 21, 14, 40], until=28)
        self.assertEqual(known.tolist(), [5, 9])
        self.assertEqual(rhythm.repeats.tolist(), [2, 0])
        self.assertEqual(rhythm.last.tolist(), [3, 0])
        self.assertEqual(rhythm.age.tolist(), [4, 2])
        self.assertAlmostEqual(rhythm.log_gaps[0], np.log(1) + np.log(2))

    def test_nobody(self):
        known, rhythm = rhythm_of([], [], until=28)
        self.assertEqual((len(known), len(rhythm)), (0, 0))

    def test_equal_customers_once(self):
        rhythm = rhythm_of([1, 1, 2, 2, 3], [0, 7, 0, 7, 3], until=70)[1]
        grouped, weights = rhythm.grouped()
        self.assertEqual(sorted(weights.tolist()), [1, 2])
        model = TRUE[2]
        self.assertAlmostEqual(
            weights @ mbg_cnbd.log_likelihood(model, grouped),
            mbg_cnbd.log_likelihood(model, rhythm).sum(),
        )


class TestModel(TestCase):
    def test_parameters_come_back(self):
        """The rate and the share that stops, within the error of 3,000 customers; and k."""
        for k, true in TRUE.items():
            with self.subTest(k=k):
                fitted = mbg_cnbd.fit(world(k)[0])
                self.assertEqual(fitted.k, k)
                self.assertAlmostEqual(
                    fitted.r / fitted.alpha / k, true.r / true.alpha / k, delta=0.03
                )
                self.assertAlmostEqual(
                    fitted.a / (fitted.a + fitted.b), true.a / (true.a + true.b), delta=0.03
                )

    def test_the_chance_is_calibrated(self):
        """Against simulated futures, in tenths of the customers: within 5 points."""
        for k, true in TRUE.items():
            rhythm, later = world(k)
            chance = mbg_cnbd.chance(true, rhythm, LATER)
            for predicted, came, count in record.calibration(chance, later > 0):
                with self.subTest(k=k, predicted=predicted):
                    self.assertEqual(count, CUSTOMERS / 10)
                    self.assertAlmostEqual(predicted, came, delta=0.06)
            self.assertAlmostEqual(chance.mean(), (later > 0).mean(), delta=0.02)

    def test_expected_purchases(self):
        rhythm, later = world(1)
        expected = mbg_cnbd.expected_purchases(TRUE[1], rhythm, LATER)
        self.assertAlmostEqual(expected.sum() / later.sum(), 1, delta=0.05)

    def test_odd_customers(self):
        """Thousands of purchases, one, the last today, silent for decades: all finite."""
        rhythm = Rhythm(
            repeats=np.array([5000.0, 0, 3, 3, 0]),
            last=np.array([520.0, 0, 10, 1, 0]),
            age=np.array([520.0, 0, 10, 5000, 5000]),
            log_gaps=np.array([-9000.0, 0, 1, -3, 0]),
        )
        for model in TRUE.values():
            for result in (
                mbg_cnbd.log_likelihood(model, rhythm),
                mbg_cnbd.p_alive(model, rhythm),
                mbg_cnbd.chance(model, rhythm, 13),
                mbg_cnbd.expected_purchases(model, rhythm, 52),
            ):
                self.assertTrue(np.isfinite(result).all())
            alive = mbg_cnbd.p_alive(model, rhythm)
            self.assertTrue(((alive >= 0) & (alive <= 1)).all())
            self.assertLess(alive[3], 0.01)

    def test_no_customers(self):
        with self.assertRaisesRegex(ValueError, "needs customers"):
            mbg_cnbd.fit(rhythm_of([], [], until=1)[1])

    def test_longer_is_likelier(self):
        rhythm = world(2)[0]
        month, quarter = (mbg_cnbd.chance(TRUE[2], rhythm, days / DAYS_A_WEEK) for days in (30, 90))
        self.assertTrue((quarter > month).all())


class TestSpend(TestCase):
    def test_parameters_come_back_in_any_currency(self):
        generator = np.random.default_rng(7)
        count = generator.integers(1, 12, 4000).astype(float)
        rate = generator.gamma(4.0, 1 / 15.0, 4000)
        average = generator.gamma(6.0 * count, 1 / (rate * count))
        for factor in (1, 1000):
            model = gamma_gamma.fit(count, average * factor)
            with self.subTest(factor=factor):
                self.assertAlmostEqual(model.mean / factor, 6.0 * 15.0 / 3.0, delta=1.0)
                spend = gamma_gamma.expected_spend(model, [0, 1000], [0, 50 * factor])
                self.assertAlmostEqual(spend[0], model.mean)
                self.assertAlmostEqual(spend[1] / factor, 50, delta=0.5)


class TestRecord(TestCase):
    def test_by_hand(self):
        predicted, happened = [0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1]
        self.assertAlmostEqual(record.brier_score(predicted, happened), 0.1425)
        # Of four pairs three are right, and one is a tie.
        self.assertAlmostEqual(record.area_under_curve(predicted, happened), 0.875)
        self.assertTrue(np.isnan(record.area_under_curve(predicted, [1, 1, 1, 1])))
        [lower, higher] = record.calibration(predicted, happened, groups=2)
        self.assertEqual(lower, (0.25, 0.0, 2))
        self.assertAlmostEqual(higher[0], 0.6)
        self.assertEqual(higher[1:], (1.0, 2))
