"""Two periods to compare: the current one, and the base that it is measured against."""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo.tools.date_utils import end_of, start_of

from .periods import LAST_DAYS, MONTHS, a_year_earlier, period_days

# Values of the choice, in their order; own days are the last of either.
OWN = "own"
CURRENT = [
    ("this_month", "This Month"),
    ("last_month", "Last Month"),
    ("this_quarter", "This Quarter"),
    ("last_quarter", "Last Quarter"),
    ("this_year", "This Year"),
    ("last_year", "Last Year"),
    ("last_30", "Last 30 Days"),
    ("last_90", "Last 90 Days"),
    ("last_365", "Last 365 Days"),
    (OWN, "Own Dates"),
]
BEFORE, YEAR_BEFORE = "period_before", "year_before"
BASE = [
    (BEFORE, "The Period Before"),
    (YEAR_BEFORE, "The Same Period Last Year"),
    (OWN, "Own Dates"),
]


class Days(NamedTuple):
    """A range of days.

    :param first: its first day
    :param last: its last day, which belongs to it
    """

    first: date
    last: date

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1


class ComparedPeriods(NamedTuple):
    """What is compared.

    :param current: the days in question
    :param base: the days they are measured against
    """

    current: Days
    base: Days

    @property
    def ranges(self) -> list[Days]:
        """The days of both, in ranges that do not overlap."""
        earlier, later = sorted(self)
        if later.first > earlier.last + timedelta(days=1):
            return [earlier, later]
        return [Days(earlier.first, max(earlier.last, later.last))]


def compared_periods(
    current: str,
    base: str,
    today: date,
    own_current: Days | None = None,
    own_base: Days | None = None,
) -> ComparedPeriods:
    """The days of a choice. A period that is not over ends today, and is compared with as many days
    of the base, none of which is beyond the period that the base is taken from.

    :param current: a value of :data:`CURRENT`
    :param base: a value of :data:`BASE`
    :param own_current: the days where ``current`` is :data:`OWN`
    :param own_base: the days where ``base`` is :data:`OWN`; they are taken as they are
    :raise OverflowError: if the base would lie before the beginning of the calendar
    """
    # No period of the choice is a week, so that it does not matter when one begins.
    whole = own_current if current == OWN else Days(*period_days(current, today, 1))
    days = Days(whole.first, min(whole.last, today)) if whole.first <= today else whole
    if base == OWN:
        return ComparedPeriods(days, own_base)
    before = _base_of(current, base, whole)
    if days != whole:
        until = before.first + timedelta(days=days.count - 1)
        before = Days(before.first, min(until, before.last))
    return ComparedPeriods(days, before)


def _base_of(current: str, base: str, whole: Days) -> Days:
    """The whole period that ``whole`` is compared with."""
    unit = current.partition("_")[2]
    try:
        if base == YEAR_BEFORE:
            if unit in MONTHS:
                first = a_year_earlier(whole.first)
                return Days(first, end_of(first, unit))
            first = a_year_earlier(whole.first)
            if current in LAST_DAYS:
                return Days(first, first + timedelta(days=whole.count - 1))
            return Days(first, a_year_earlier(whole.last))
        if unit in MONTHS:
            first = start_of(whole.first - relativedelta(months=MONTHS[unit]), unit)
            return Days(first, end_of(first, unit))
        last = whole.first - timedelta(days=1)
        return Days(last - timedelta(days=whole.count - 1), last)
    except ValueError as error:  # of relativedelta, for a year 0
        raise OverflowError(str(error)) from error
