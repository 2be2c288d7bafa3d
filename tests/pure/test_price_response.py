"""The response to the price: by hand, and against simulated worlds of known elasticity."""

from math import exp, log
from unittest import TestCase

import numpy as np

from ...tools.statistics.price_response import (
    Sums,
    change_of_quantity,
    price_response,
    t_quantile,
)

WORLDS = 10_000
#: Customers, purchases of each
SIZES = ((5, 6), (12, 5), (60, 4))


def sums_of(log_price, log_quantity) -> Sums:
    """The sums of one world.

    :param log_price: shape (customers, purchases of each)
    :param log_quantity: of the same shape
    """
    x = log_price - log_price.mean(axis=1, keepdims=True)
    y = log_quantity - log_quantity.mean(axis=1, keepdims=True)
    return Sums(x.size, len(x), (x * x).sum(), (x * y).sum(), (y * y).sum())


def worlds(elasticity: float, customers: int, purchases: int, *, pieces=False):
    """Customers of very different size, who are the larger the less they pay, as discounts go.

    :param pieces: whether quantities are whole numbers
    """
    generator = np.random.default_rng(17)
    for _number in range(WORLDS):
        size = generator.normal(4.0, 1.0, (customers, 1))
        usual = 3.0 - 0.1 * size
        log_price = usual + generator.normal(0, 0.1, (customers, purchases))
        noise = generator.normal(0, 0.3, (customers, purchases))
        log_quantity = size + elasticity * (log_price - usual) + noise
        if pieces:
            log_quantity = np.log(np.maximum(np.round(np.exp(log_quantity)), 1))
        yield sums_of(log_price, log_quantity)


class TestByHand(TestCase):
    def test_an_exact_response(self):
        """Twice the price, a quarter of the quantity: −2, without any doubt."""
        log_price = np.log([[1.0, 2.0, 4.0, 1.0, 2.0, 4.0]] * 5)
        response = price_response(sums_of(log_price, 7 - 2 * log_price))
        for value in (response.slope, response.low, response.high):
            self.assertAlmostEqual(value, -2)
        self.assertTrue(response.is_clear)

    def test_the_formula(self):
        """n = 30, c = 5, S_xx = 2, S_xy = −1, S_yy = 3: the slope is −0.5, s² = 2.5 / 24, its
        standard error √(s²/2) = 0.2282, and t of 24 degrees of freedom 2.0639."""
        response = price_response(Sums(30, 5, 2.0, -1.0, 3.0))
        self.assertAlmostEqual(response.slope, -0.5)
        self.assertAlmostEqual(response.high - response.slope, 2.0639 * 0.228218, places=4)
        self.assertAlmostEqual(response.slope - response.low, 2.0639 * 0.228218, places=4)
        self.assertTrue(response.is_clear)
        self.assertFalse(price_response(Sums(30, 5, 2.0, -0.1, 3.0)).is_clear)

    def test_too_little(self):
        for sums in (
            Sums(29, 5, 2.0, -1.0, 3.0),
            Sums(30, 4, 2.0, -1.0, 3.0),
            Sums(30, 29, 2.0, -1.0, 3.0),
            Sums(30, 5, 0.0, 0.0, 3.0),
            Sums(0, 0, 0.0, 0.0, 0.0),
        ):
            with self.subTest(sums=sums):
                self.assertIsNone(price_response(sums))

    def test_at_a_price_ten_percent_higher(self):
        self.assertAlmostEqual(change_of_quantity(-1.5), exp(-1.5 * log(1.1)) - 1)
        self.assertAlmostEqual(change_of_quantity(0), 0)

    def test_quantiles_of_students_t(self):
        """Published values, Abramowitz and Stegun, table 26.10."""
        for freedom, published in (
            (10, 2.228),
            (14, 2.145),
            (24, 2.064),
            (60, 2.000),
            (120, 1.980),
        ):
            with self.subTest(freedom=freedom):
                self.assertAlmostEqual(t_quantile(0.975, freedom), published, delta=0.0006)
        self.assertAlmostEqual(t_quantile(0.025, 14), -2.145, delta=0.0006)


class TestWorlds(TestCase):
    def of_a_hundred(self, count: int) -> int:
        return round(100 * count / WORLDS)

    def test_known_elasticities_come_back(self):
        """They lie in their interval in 95 of 100 worlds; and large customers who pay little are
        not taken for a response."""
        for elasticity in (-3.0, -1.2, 0.0, 0.8):
            for customers, purchases in SIZES:
                held = total = 0
                for sums in worlds(elasticity, customers, purchases):
                    response = price_response(sums)
                    held += response.low <= elasticity <= response.high
                    total += response.slope
                with self.subTest(elasticity=elasticity, customers=customers):
                    self.assertGreaterEqual(self.of_a_hundred(held), 95)
                    self.assertAlmostEqual(total / WORLDS, elasticity, delta=0.03)

    def test_no_response_is_not_mistaken_for_one(self):
        for customers, purchases in SIZES:
            for pieces in (False, True):
                clear = sum(
                    price_response(sums).is_clear
                    for sums in worlds(0.0, customers, purchases, pieces=pieces)
                )
                with self.subTest(customers=customers, pieces=pieces):
                    self.assertLessEqual(self.of_a_hundred(clear), 5)

    def test_a_response_is_found(self):
        """Of 60 customers, an elasticity of −1.2 is told from none in nearly every world."""
        clear = sum(price_response(sums).high < 0 for sums in worlds(-1.2, 60, 4))
        self.assertGreaterEqual(self.of_a_hundred(clear), 95)
