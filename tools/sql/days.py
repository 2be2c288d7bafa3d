"""Rows of some days. A source tells days, or moments in UTC, whose day depends on the reader.

To tell the day of a moment takes PostgreSQL longer than to read its row. Moments far enough from
the ends of a range are in it or outside, whatever the zone; of the others the day is looked at.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from .expression import Expression
from .source import Source

# Local time is never farther from UTC than 14 hours, and sets its clocks back by some hours at
# times: within two days of a timestamp lie all the rows that its local day can be compared with.
SLACK = timedelta(days=2)


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC; of one without room for the slack, of the nearest that has."""
    day = min(max(day, date.min + SLACK), date.max - 2 * SLACK)
    return datetime.combine(day, time.min)


def is_within(source: Source, first: date, last: date) -> Expression:
    """Whether the day of a row is one of a range."""
    exact = Expression("(%s BETWEEN %s AND %s)", source.columns["date"], first, last)
    if source.timestamp is None:
        return exact
    return Expression(
        "CASE WHEN %(moment)s >= %(surely_from)s AND %(moment)s < %(surely_until)s THEN TRUE "
        "WHEN %(moment)s < %(from)s OR %(moment)s >= %(until)s THEN FALSE ELSE %(exact)s END",
        moment=source.timestamp,
        surely_from=midnight(first) + SLACK,
        surely_until=midnight(last) - SLACK,
        exact=exact,
        **_bounds(first, last),
    )


def days_within(source: Source, ranges: Sequence[tuple[date, date]]) -> Source:
    """``source`` with the rows of some ranges of days alone, each of a first and a last day."""
    conditions = []
    for first, last in ranges:
        condition = is_within(source, first, last)
        if source.timestamp is not None:
            # By an index, if there is one
            condition = Expression(
                "(%(moment)s >= %(from)s AND %(moment)s < %(until)s AND %(condition)s)",
                moment=source.timestamp,
                condition=condition,
                **_bounds(first, last),
            )
        conditions.append(condition)
    return source.where_also(Expression("(%s)", Expression(" OR ").join(conditions)))


def _bounds(first: date, last: date) -> dict[str, datetime | Expression]:
    """From when, and until when a moment may be in a range; the ends of the calendar are open."""
    has_end = last < date.max - 2 * SLACK
    return {
        "from": midnight(first) - SLACK,
        "until": midnight(last) + SLACK if has_end else Expression("'infinity'::timestamp"),
    }
