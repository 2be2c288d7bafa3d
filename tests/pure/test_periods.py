"""The days of periods that move with the calendar."""

from datetime import date
from unittest import TestCase

from ...tools.periods import PERIODS, a_year_earlier, period_days

MONDAY, SATURDAY, SUNDAY = 1, 6, 7


class TestPeriods(TestCase):
    def assertDays(self, period, today, first, last, week_start=MONDAY):  # noqa: N802
        days = period_days(period, date.fromisoformat(today), week_start)
        self.assertEqual(days, (date.fromisoformat(first), date.fromisoformat(last)))

    def test_calendar(self):
        """2028-02-29 is a Tuesday, and a leap day."""
        for period, first, last in (
            ("today", "2028-02-29", "2028-02-29"),
            ("this_week", "2028-02-28", "2028-03-05"),
            ("last_week", "2028-02-21", "2028-02-27"),
            ("this_month", "2028-02-01", "2028-02-29"),
            ("last_month", "2028-01-01", "2028-01-31"),
            ("this_quarter", "2028-01-01", "2028-03-31"),
            ("last_quarter", "2027-10-01", "2027-12-31"),
            ("this_year", "2028-01-01", "2028-12-31"),
            ("last_year", "2027-01-01", "2027-12-31"),
            ("year_to_date", "2028-01-01", "2028-02-29"),
            ("last_7", "2028-02-23", "2028-02-29"),
            ("last_30", "2028-01-31", "2028-02-29"),
            ("last_90", "2027-12-02", "2028-02-29"),
            ("last_365", "2027-03-02", "2028-02-29"),
        ):
            with self.subTest(period=period):
                self.assertDays(period, "2028-02-29", first, last)

    def test_ends_of_months(self):
        """A month before the 31st of March is February, whatever its length."""
        self.assertDays("last_month", "2027-03-31", "2027-02-01", "2027-02-28")
        self.assertDays("last_quarter", "2027-05-31", "2027-01-01", "2027-03-31")
        self.assertDays("last_year", "2028-02-29", "2027-01-01", "2027-12-31")

    def test_weeks(self):
        """2026-03-08 is a Sunday: the last day of a week, its first, or its second."""
        for week_start, first, last in (
            (MONDAY, "2026-03-02", "2026-03-08"),
            (SUNDAY, "2026-03-08", "2026-03-14"),
            (SATURDAY, "2026-03-07", "2026-03-13"),
        ):
            with self.subTest(week_start=week_start):
                self.assertDays("this_week", "2026-03-08", first, last, week_start)

    def test_each_has_days(self):
        for period, _label in PERIODS:
            first, last = period_days(period, date(2026, 12, 31), SUNDAY)
            self.assertLessEqual(first, last)

    def test_a_year_earlier(self):
        self.assertEqual(a_year_earlier(date(2027, 3, 11)), date(2026, 3, 11))
        self.assertEqual(a_year_earlier(date(2028, 2, 29)), date(2027, 2, 28))
