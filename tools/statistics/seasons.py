"""Where sales have a season, models of this family expect every quarter to be like the last ones.

What came ÷ what was expected tells so, quarter by quarter; and what it was in the same quarter of
last year may correct what is expected of the next.
"""

from dataclasses import dataclass

from .past import Past

QUARTER, YEAR = 90, 365
QUARTERS_A_YEAR = 4
#: There is a season where a quarter of the last year came to so many times what was expected.
SEASON = 1.3
#: A correction is tried on so many quarters.
TRIED = 2


@dataclass(frozen=True)
class Quarter:
    """What was expected of a quarter, and what came.

    :param start: the number of the day on which it was predicted, the day before the first
    :param factor: actual ÷ expected of the same quarter a year before; None where that is unknown
    """

    start: int
    expected: float
    actual: float
    factor: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.actual / self.expected if self.expected > 0 else None

    def misses(self, factor: float) -> float:
        """How far the expectation was off, in shares of what came, when multiplied so."""
        return abs(self.expected * factor - self.actual) / self.actual if self.actual > 0 else 0.0


@dataclass(frozen=True)
class Seasons:
    """The last quarters, the oldest first.

    :param factor: by which the same quarter of last year corrects what is expected of the next;
        None where it is unknown, or was no better on the past
    """

    quarters: list[Quarter]
    factor: float | None

    @property
    def has_season(self) -> bool:
        return any((quarter.ratio or 0) >= SEASON for quarter in self.quarters)


def quarter_after(past: Past, day: int) -> Quarter | None:
    """What was expected of the quarter after a day; None where too little was known then."""
    if past.lacks(day) is not None:
        return None
    expected = float(past.expected_sales(day, QUARTER).sum())
    return Quarter(day, expected, float(past.gross_within(day, QUARTER).sum()))


def seasons(past: Past, today: int) -> Seasons:
    """The seasons of the last year, and whether the year before would have foretold them."""
    starts = [today - QUARTER * number for number in range(1, QUARTERS_A_YEAR + 1)]
    quarters = []
    for number, start in enumerate(starts):
        quarter = quarter_after(past, start)
        if quarter is None:
            break
        if number < TRIED and (before := quarter_after(past, start - YEAR)):
            quarter = Quarter(start, quarter.expected, quarter.actual, before.ratio)
        quarters.append(quarter)
    tried = [quarter for quarter in quarters[:TRIED] if quarter.factor is not None]
    factor = None
    if len(tried) == TRIED:
        corrected = sum(quarter.misses(quarter.factor) for quarter in tried)
        if corrected < sum(quarter.misses(1.0) for quarter in tried):
            same_quarter = quarter_after(past, today - YEAR)
            factor = same_quarter and same_quarter.ratio
    return Seasons(quarters[::-1], factor)
