"""Which months a table shows one by one, and which are taken for mistakes."""

from datetime import date
from unittest import TestCase

from ...tools.usual_months import usual_months

TODAY = date(2026, 5, 20)


class TestUsualMonths(TestCase):
    def assertSpan(self, days, first, last, months):  # noqa: N802
        usual = usual_months((date.fromisoformat(day) for day in days), TODAY)
        self.assertEqual((str(usual[0]), str(usual[-1]), len(usual)), (first, last, months))

    def test_from_the_first_to_the_last(self):
        self.assertSpan(["2026-04-01", "2025-11-01"], "2025-11-01", "2026-04-01", 6)

    def test_a_pause_of_ten_years_is_one(self):
        self.assertSpan(["2016-04-01", "2026-04-01"], "2016-04-01", "2026-04-01", 121)

    def test_odd_years_stay_out(self):
        odd = ["0206-03-01", "2062-01-01", "9206-01-01", "9999-12-01", "0001-01-01"]
        self.assertSpan(["2026-03-01", "2026-04-01", *odd], "2026-03-01", "2026-04-01", 2)

    def test_of_as_many_those_nearest_to_today(self):
        self.assertSpan(["0206-03-01", "2026-03-01", "9206-03-01"], "2026-03-01", "2026-03-01", 1)

    def test_an_odd_one_alone(self):
        self.assertSpan(["9206-03-01"], "9206-03-01", "9206-03-01", 1)

    def test_never_thousands(self):
        days = [f"{year:04}-01-01" for year in range(1, 9999, 10)]
        self.assertSpan(days, "9891-02-01", "9991-01-01", 1200)

    def test_nothing(self):
        self.assertEqual(usual_months([], TODAY), [])
        self.assertEqual(usual_months([None], TODAY), [])
