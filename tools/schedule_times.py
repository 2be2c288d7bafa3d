"""When a report is due that is sent at an hour of its reader's clock."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytz

DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"


def next_time(
    after: datetime, zone: str, frequency: str, hour: int, weekday: int = 0, month_day: int = 1
) -> datetime:
    """The first time after another at which the clocks of a time zone show an hour.

    An hour that a clock put forward skips comes with the hour after it; of an hour that comes twice
    the first counts. In a month that has no such day, its last day counts.

    :param after: in UTC, without a time zone of its own, as is the result
    :param frequency: one of the constants above
    :param hour: from 0 to 23
    :param weekday: where it is weekly: 0 for Monday to 6 for Sunday
    :param month_day: where it is monthly: from 1 to 31
    """
    clocks = pytz.timezone(zone)
    today = after.replace(tzinfo=UTC).astimezone(clocks).date()
    for day in _days(today, frequency, weekday, month_day):
        found = _in_utc(clocks, datetime.combine(day, time(hour)))
        if found > after:
            return found
    raise OverflowError("The calendar ends.")


def _days(today: date, frequency: str, weekday: int, month_day: int) -> Iterator[date]:
    """The days in question, from ``today`` or earlier on."""
    if frequency == MONTHLY:
        year, month = today.year, today.month
        while True:
            yield date(year, month, min(month_day, monthrange(year, month)[1]))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    step = 7 if frequency == WEEKLY else 1
    day = today + timedelta(days=(weekday - today.weekday()) % 7 if step == 7 else 0)
    while True:
        yield day
        day += timedelta(days=step)


def _in_utc(clocks, shown: datetime) -> datetime:
    try:
        local = clocks.localize(shown, is_dst=None)
    except pytz.NonExistentTimeError:
        local = clocks.localize(shown, is_dst=False)
    except pytz.AmbiguousTimeError:
        local = clocks.localize(shown, is_dst=True)
    return local.astimezone(UTC).replace(tzinfo=None)
