"""Control groups and what they tell: by hand, and against simulated campaigns."""

import random
from collections import Counter
from math import exp
from unittest import TestCase

from ...tools.statistics.control_group import draw_control_group
from ...tools.statistics.two_groups import (
    Stratum,
    mean_difference,
    share_difference,
    wilson,
)

#: Of so many simulated campaigns an interval of 95 % may miss the truth in 5 %, and, by chance of
#: the simulation alone, three standard errors more.
SHARES, MEANS = 2000, 500


def fewest(number: int) -> float:
    return 0.95 - 3 * (0.95 * 0.05 / number) ** 0.5


class TestControlGroup(TestCase):
    def test_share_of_each_stratum(self):
        """Of 50, 30 and 20 alike customers a fifth each: 10, 6 and 4."""
        strata = {
            number: "a" if number < 50 else "b" if number < 80 else "c" for number in range(100)
        }
        drawn = draw_control_group(strata, 0.2, seed=7)
        self.assertEqual(Counter(strata[one] for one in drawn), {"a": 10, "b": 6, "c": 4})

    def test_small_strata_have_their_share_together(self):
        """Of 20 strata of 3 each a fifth would be 0.6: 12 in all, none of more than one."""
        strata = {number: number // 3 for number in range(60)}
        drawn = draw_control_group(strata, 0.2, seed=7)
        self.assertEqual(len(drawn), 12)
        self.assertEqual(set(Counter(strata[one] for one in drawn).values()), {1})

    def test_it_follows_from_its_number(self):
        strata = dict.fromkeys(range(1000), "a")
        again = dict.fromkeys(reversed(range(1000)), "a")
        drawn = draw_control_group(strata, 0.2, seed=7)
        self.assertEqual(drawn, draw_control_group(again, 0.2, seed=7))
        self.assertNotEqual(drawn, draw_control_group(strata, 0.2, seed=8))
        self.assertEqual(draw_control_group(strata, 0, seed=7), set())
        self.assertEqual(draw_control_group({}, 0.2, seed=7), set())

    def test_everybody_is_as_likely(self):
        """Of 10 customers 2, drawn 3,000 times: each about 600 times, four standard errors of 22
        allowed."""
        strata = dict.fromkeys(range(10), "a")
        times = Counter(
            one for seed in range(3000) for one in draw_control_group(strata, 0.2, seed)
        )
        for one in range(10):
            self.assertLess(abs(times[one] - 600), 88)


class TestShares(TestCase):
    def test_published(self):
        """Newcombe (1998), table II, examples a to h, method 10."""
        for counts, low, high in (
            ((56, 70, 48, 80), 0.0524, 0.3339),
            ((9, 10, 3, 10), 0.1705, 0.8090),
            ((10, 10, 0, 20), 0.6791, 1.0000),
            ((10, 10, 0, 10), 0.6075, 1.0000),
            ((5, 56, 0, 29), -0.0381, 0.1926),
            ((0, 10, 0, 20), -0.1611, 0.2775),
            ((0, 10, 0, 10), -0.2775, 0.2775),
        ):
            difference = share_difference(*counts)
            with self.subTest(counts):
                self.assertAlmostEqual(difference.low, low, 4)
                self.assertAlmostEqual(difference.high, high, 4)

    def test_by_hand(self):
        """Of 80 addressed 31 bought, of 20 left alone 5: 13.75 points more, between −10 and 31."""
        difference = share_difference(31, 80, 5, 20)
        self.assertAlmostEqual(difference.value, 0.1375)
        self.assertEqual((round(100 * difference.low), round(100 * difference.high)), (-10, 31))
        self.assertLess(difference.low, 0)
        self.assertGreater(difference.high, 0)
        self.assertGreater(share_difference(40, 80, 2, 20).low, 0)
        self.assertIsNone(share_difference(31, 80, 0, 0))

    def test_wilson(self):
        """Nobody of ten: from 0 to 28 %."""
        low, high = wilson(0, 10)
        self.assertAlmostEqual(low, 0)
        self.assertAlmostEqual(high, 0.2775, 4)

    def test_limits_hold_the_truth(self):
        generator = random.Random(3)

        def bought(chance, of):
            return sum(generator.random() < chance for _each in range(of))

        for addressed, control in ((80, 20), (200, 50), (40, 40)):
            for chance, other in ((0.3, 0.3), (0.1, 0.1), (0.45, 0.3), (0.6, 0.7)):
                held = sum(
                    found.low <= chance - other <= found.high
                    for _number in range(SHARES)
                    for found in [
                        share_difference(
                            bought(chance, addressed), addressed, bought(other, control), control
                        )
                    ]
                )
                with self.subTest(addressed=addressed, chance=chance, other=other):
                    self.assertGreaterEqual(held / SHARES, fewest(SHARES))


class TestMeans(TestCase):
    def test_by_hand(self):
        """Ten who bought for 20 each, ten for 10 each: 10 more; that all were alike cannot be."""
        difference = mean_difference([Stratum([20.0] * 10, [10.0] * 10)], seed=1)
        self.assertEqual(difference.value, 10)
        self.assertTrue(difference.low > 0)
        # With the difference taken off, all are alike, and any draw gives the same.
        self.assertEqual((difference.low, difference.high), (10, 10))

    def test_too_few(self):
        self.assertIsNone(mean_difference([Stratum([1.0] * 9, [1.0] * 10)], seed=1))
        self.assertIsNone(mean_difference([Stratum([1.0] * 10, [])], seed=1))

    def test_it_follows_from_its_number(self):
        generator = random.Random(3)
        stratum = Stratum(*([generator.random() for _each in range(20)] for _side in "ab"))
        self.assertEqual(mean_difference([stratum], 1), mean_difference([stratum], 1))

    def worlds(self, number, addressed, control, effect, factor):
        """Skewed sales: a third buys, log-normal, customers of one class ten times as much.

        :param effect: by how much the chance to buy is raised
        :param factor: what amounts are multiplied by
        """
        generator = random.Random(17)

        def sales(of, chance, times):
            return [
                times * generator.lognormvariate(0, 1) if generator.random() < chance else 0.0
                for _each in range(of)
            ]

        for _number in range(number):
            yield [
                Stratum(
                    sales(addressed // 2, 0.3 + effect, factor * size),
                    sales(control // 2, 0.3, size),
                )
                for size in (1, 10)
            ]

    def test_limits_hold_the_truth(self):
        """Also where there is no effect at all: it is not called one more than 5 times in 100."""
        for addressed, control in ((80, 20), (160, 40)):
            for effect, factor in ((0, 1), (0.15, 1), (0, 1.3)):
                truth = 5.5 * exp(0.5) * ((0.3 + effect) * factor - 0.3)
                held = sum(
                    found.low <= truth <= found.high
                    for seed, strata in enumerate(
                        self.worlds(MEANS, addressed, control, effect, factor)
                    )
                    for found in [mean_difference(strata, seed, draws=199)]
                )
                with self.subTest(addressed=addressed, effect=effect, factor=factor):
                    self.assertGreaterEqual(held / MEANS, fewest(MEANS))
