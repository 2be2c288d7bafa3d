"""When a report is due by its reader's clock."""

from datetime import datetime
from unittest import TestCase

from ...tools.schedule_times import next_time


class TestScheduleTimes(TestCase):
    def assertNext(self, after, expected, zone, frequency, hour, **on):  # noqa: N802
        """The times are in UTC."""
        found = next_time(datetime.fromisoformat(after), zone, frequency, hour, **on)
        self.assertEqual(found, datetime.fromisoformat(expected))

    def test_daily(self):
        """Riyadh is three hours ahead all year."""
        for after, expected in (
            ("2026-03-10 03:59:59", "2026-03-10 04:00:00"),
            ("2026-03-10 04:00:00", "2026-03-11 04:00:00"),
            ("2026-12-31 20:00:00", "2027-01-01 04:00:00"),
        ):
            self.assertNext(after, expected, "Asia/Riyadh", "daily", 7)

    def test_a_day_that_has_begun_there(self):
        """At 20:00 UTC it is 5 in the morning of the next day in Tokyo."""
        self.assertNext("2026-03-10 20:00", "2026-03-10 22:00", "Asia/Tokyo", "daily", 7)

    def test_weekly(self):
        """10 March 2026 is a Tuesday."""
        for weekday, expected in (
            (0, "2026-03-16 07:00"),
            (1, "2026-03-17 07:00"),
            (2, "2026-03-11 07:00"),
            (6, "2026-03-15 07:00"),
        ):
            self.assertNext("2026-03-10 07:00", expected, "UTC", "weekly", 7, weekday=weekday)

    def test_ends_of_months(self):
        for after, expected in (
            ("2026-01-31 06:00", "2026-01-31 07:00"),
            ("2026-01-31 07:00", "2026-02-28 07:00"),
            ("2026-02-28 07:00", "2026-03-31 07:00"),
            ("2026-03-31 07:00", "2026-04-30 07:00"),
            ("2028-02-01 00:00", "2028-02-29 07:00"),
            ("2026-12-31 07:00", "2027-01-31 07:00"),
        ):
            self.assertNext(after, expected, "UTC", "monthly", 7, month_day=31)

    def test_the_29th(self):
        after = "2026-01-29 07:00"
        self.assertNext(after, "2026-02-28 07:00", "UTC", "monthly", 7, month_day=29)
        self.assertNext("2026-02-28 07:00", "2026-03-29 07:00", "UTC", "monthly", 7, month_day=29)

    def test_summer_time(self):
        """Berlin: from 29 March 2026 two hours ahead instead of one, until 25 October."""
        for after, expected in (
            ("2026-03-27 12:00", "2026-03-28 06:00"),
            ("2026-03-28 12:00", "2026-03-29 05:00"),
            ("2026-10-24 12:00", "2026-10-25 06:00"),
        ):
            self.assertNext(after, expected, "Europe/Berlin", "daily", 7)

    def test_an_hour_that_is_skipped(self):
        """There is no 2 o'clock on 29 March in Berlin: at 1:00 UTC it is 3."""
        self.assertNext("2026-03-28 12:00", "2026-03-29 01:00", "Europe/Berlin", "daily", 2)
        self.assertNext("2026-03-29 01:00", "2026-03-30 00:00", "Europe/Berlin", "daily", 2)

    def test_an_hour_that_comes_twice(self):
        """On 25 October it is 2 o'clock in Berlin at 0:00 and at 1:00 UTC: once is enough."""
        self.assertNext("2026-10-24 12:00", "2026-10-25 00:00", "Europe/Berlin", "daily", 2)
        self.assertNext("2026-10-25 00:00", "2026-10-26 01:00", "Europe/Berlin", "daily", 2)

    def test_midnight_that_is_skipped(self):
        """In Cairo the 24th of April 2026 begins at 1 o'clock, which is 22:00 UTC."""
        self.assertNext("2026-04-23 12:00", "2026-04-23 22:00", "Africa/Cairo", "daily", 0)
