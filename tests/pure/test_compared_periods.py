"""Which days a choice of two periods means."""

from datetime import date
from unittest import TestCase

from ...tools.compared_periods import ComparedPeriods, Days, compared_periods

TODAY = date(2026, 11, 26)


def days(first, last):
    return Days(date.fromisoformat(first), date.fromisoformat(last))


# Choice of the current period and of the base -> their days
BY_NAME = [
    # Over: whole periods, however long each is
    ("last_month", "period_before", ("2026-10-01", "2026-10-31"), ("2026-09-01", "2026-09-30")),
    ("last_month", "year_before", ("2026-10-01", "2026-10-31"), ("2025-10-01", "2025-10-31")),
    ("last_quarter", "period_before", ("2026-07-01", "2026-09-30"), ("2026-04-01", "2026-06-30")),
    ("last_year", "year_before", ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
    ("last_year", "period_before", ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
    # Not over: the same number of days
    ("this_month", "period_before", ("2026-11-01", "2026-11-26"), ("2026-10-01", "2026-10-26")),
    ("this_quarter", "year_before", ("2026-10-01", "2026-11-26"), ("2025-10-01", "2025-11-26")),
    ("this_quarter", "period_before", ("2026-10-01", "2026-11-26"), ("2026-07-01", "2026-08-26")),
    ("this_year", "year_before", ("2026-01-01", "2026-11-26"), ("2025-01-01", "2025-11-26")),
    # The last days include today.
    ("last_30", "period_before", ("2026-10-28", "2026-11-26"), ("2026-09-28", "2026-10-27")),
    ("last_365", "period_before", ("2025-11-27", "2026-11-26"), ("2024-11-27", "2025-11-26")),
    ("last_90", "year_before", ("2026-08-29", "2026-11-26"), ("2025-08-29", "2025-11-26")),
]


class TestComparedPeriods(TestCase):
    def test_by_name(self):
        for current, base, current_days, base_days in BY_NAME:
            with self.subTest(current=current, base=base):
                expected = ComparedPeriods(days(*current_days), days(*base_days))
                self.assertEqual(compared_periods(current, base, TODAY), expected)

    def test_not_beyond_the_base(self):
        """30 days of March have no 30 days of February to be compared with."""
        found = compared_periods("this_month", "period_before", date(2026, 3, 30))
        self.assertEqual(
            found, (days("2026-03-01", "2026-03-30"), days("2026-02-01", "2026-02-28"))
        )

    def test_same_number_of_days_after_a_leap_day(self):
        """60 days of a year are 60 of the leap year before it, until its 29 February."""
        found = compared_periods("this_year", "year_before", date(2025, 3, 1))
        self.assertEqual(
            found, (days("2025-01-01", "2025-03-01"), days("2024-01-01", "2024-02-29"))
        )
        self.assertEqual((found.current.count, found.base.count), (60, 60))

    def test_own_days(self):
        own = days("2026-03-10", "2026-03-19")
        found = compared_periods("own", "period_before", TODAY, own)
        self.assertEqual(found, (own, days("2026-02-28", "2026-03-09")))
        found = compared_periods("own", "year_before", TODAY, own)
        self.assertEqual(found, (own, days("2025-03-10", "2025-03-19")))
        other = days("2020-01-01", "2020-12-31")
        self.assertEqual(compared_periods("own", "own", TODAY, own, other), (own, other))

    def test_own_days_that_are_not_over(self):
        found = compared_periods("own", "period_before", TODAY, days("2026-11-17", "2026-12-16"))
        self.assertEqual(
            found, (days("2026-11-17", "2026-11-26"), days("2026-10-18", "2026-10-27"))
        )

    def test_own_days_to_come(self):
        own = days("2027-01-01", "2027-01-31")
        self.assertEqual(compared_periods("own", "year_before", TODAY, own).current, own)

    def test_leap_day_of_ones_own(self):
        own = days("2024-02-29", "2024-02-29")
        self.assertEqual(
            compared_periods("own", "year_before", TODAY, own).base,
            days("2023-02-28", "2023-02-28"),
        )

    def test_beginning_of_the_calendar(self):
        own = days("0001-01-01", "0001-12-31")
        for base in ("period_before", "year_before"):
            with self.subTest(base=base), self.assertRaises(OverflowError):
                compared_periods("own", base, TODAY, own)

    def test_ranges(self):
        apart = compared_periods("this_quarter", "year_before", TODAY)
        self.assertEqual(apart.ranges, [apart.base, apart.current])
        adjacent = compared_periods("last_month", "period_before", TODAY)
        self.assertEqual(adjacent.ranges, [days("2026-09-01", "2026-10-31")])
        inside = ComparedPeriods(days("2026-03-01", "2026-03-10"), days("2026-01-01", "2026-12-31"))
        self.assertEqual(inside.ranges, [days("2026-01-01", "2026-12-31")])
