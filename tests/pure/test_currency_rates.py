"""Which rate of a currency holds on a day."""

from datetime import date
from unittest import TestCase

from ...tools.sql.currency_conversion import CurrencyRates

OWN, SHARED = True, False


def rate(rates, day):
    rates = [(date(2026, 3, day), rate, own) for day, rate, own in rates]
    return CurrencyRates(rates).at(date(2026, 3, day))


class TestCurrencyRates(TestCase):
    def test_the_newest_so_far(self):
        rates = [(5, 2.0, SHARED), (10, 3.0, SHARED)]
        self.assertEqual([rate(rates, day) for day in (5, 9, 10, 31)], [2.0, 2.0, 3.0, 3.0])

    def test_the_first_to_come(self):
        self.assertEqual(rate([(5, 2.0, SHARED), (10, 3.0, SHARED)], 1), 2.0)

    def test_a_companys_own_first(self):
        """Even an older one; but one to come gives way to a shared one so far."""
        rates = [(5, 2.0, OWN), (10, 3.0, SHARED), (20, 4.0, OWN)]
        self.assertEqual([rate(rates, day) for day in (1, 5, 15, 20)], [2.0, 2.0, 2.0, 4.0])
        rates = [(5, 3.0, SHARED), (20, 4.0, OWN)]
        self.assertEqual([rate(rates, day) for day in (1, 10, 20)], [4.0, 3.0, 4.0])

    def test_none(self):
        self.assertEqual(rate([], 1), 1.0)
