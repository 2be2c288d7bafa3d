"""Which months a table shows one by one, where some dates were mistyped."""

from collections.abc import Iterable, Iterator
from datetime import date

GAP = 120  # months without a sale: what lies beyond is taken for a mistake
MOST = 1200  # months in a row, in any case


def usual_months(days: Iterable[date | None], today: date) -> list[date]:
    """The months of a business, by their first days, none left out between the first and the last.

    Documents of the year 0206 or 9206 are in every real database. Months that more than ten years
    without any sale part from the others are left out: the most months stay, and of as many those
    nearest to today.

    :param days: first days of the months that have sales; None for sales without a date
    """
    runs = list(_runs(sorted(_number(day) for day in set(days) if day)))
    if not runs:
        return []
    now = _number(today)
    usual = max(runs, key=lambda run: (len(run), -min(abs(number - now) for number in run)))
    last = usual[-1]
    first = max(usual[0], last - MOST + 1)
    return [_first_day(number) for number in range(first, last + 1)]


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    """The numbers, in runs between which there are gaps."""
    run = []
    for number in numbers:
        if run and number - run[-1] > GAP:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_day(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
