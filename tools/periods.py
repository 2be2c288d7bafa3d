"""Periods that move with the calendar, such as this quarter, and their days."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools.date_utils import end_of, start_of

# All of them, by name
PERIODS = [
    ("today", "Today"),
    ("this_week", "This Week"),
    ("last_week", "Last Week"),
    ("this_month", "This Month"),
    ("last_month", "Last Month"),
    ("this_quarter", "This Quarter"),
    ("last_quarter", "Last Quarter"),
    ("this_year", "This Year"),
    ("last_year", "Last Year"),
    ("year_to_date", "Year to Date"),
    ("last_7", "Last 7 Days"),
    ("last_30", "Last 30 Days"),
    ("last_90", "Last 90 Days"),
    ("last_365", "Last 365 Days"),
]

# Periods counted back from today, which is their last day: name -> days
LAST_DAYS = {"last_7": 7, "last_30": 30, "last_90": 90, "last_365": 365}

# Months of the periods that are whole months
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_days(period: str, today: date, week_start: int) -> tuple[date, date]:
    """The first and the last day of a period.

    :param period: one of the values of ``customer.sales.report``'s field ``period``
    :param week_start: the first day of the week, 1 for Monday to 7 for Sunday
    """
    if period == "today":
        return today, today
    if period in LAST_DAYS:
        return today - timedelta(days=LAST_DAYS[period] - 1), today
    if period == "year_to_date":
        return start_of(today, "year"), today
    which, unit = period.split("_")
    if unit == "week":
        first = today - timedelta(days=(today.isoweekday() - week_start) % 7)
        if which == "last":
            first -= timedelta(days=7)
        return first, first + timedelta(days=6)
    if which == "last":
        today -= relativedelta(months=MONTHS[unit])
    return start_of(today, unit), end_of(today, unit)


def a_year_earlier(day: date) -> date:
    """The same day a year before; of a leap day, the last of February."""
    return day - relativedelta(years=1)
