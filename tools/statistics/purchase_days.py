"""The purchase days of all customers of a company, and what they come to until a day."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .rhythm import Rhythm, rhythm_of

ROW = np.dtype([("customer", "i8"), ("day", "i8"), ("gross", "f8")])


@dataclass(frozen=True)
class PurchaseDays:
    """m purchase days, ordered by customer and day; no day twice for a customer.

    :param customers: shape (m,), integers: the customer of each
    :param days: shape (m,), integers: its number
    :param gross: shape (m,): what was bought on it, above 0
    """

    customers: np.ndarray
    days: np.ndarray
    gross: np.ndarray

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[int, int, float]]) -> "PurchaseDays":
        """From rows of customer, number of the day and gross, in order."""
        table = np.fromiter(rows, ROW)
        return cls(*(np.ascontiguousarray(table[name]) for name in ROW.names))

    def __len__(self):
        return len(self.days)

    def until(self, day: int) -> "PurchaseDays":
        """Those that had come at the end of a day."""
        counted = self.days <= day
        return PurchaseDays(self.customers[counted], self.days[counted], self.gross[counted])

    def within(self, after: int, days: int) -> "PurchaseDays":
        """Those of the ``days`` days after a day."""
        counted = (self.days > after) & (self.days <= after + days)
        return PurchaseDays(self.customers[counted], self.days[counted], self.gross[counted])

    def known(self, day: int) -> "Known":
        """The customers that had bought at the end of a day."""
        until = self.until(day)
        customers, rhythm = rhythm_of(until.customers, until.days, day)
        return Known(customers, rhythm, until.gross_of(customers))

    def gross_of(self, customers: np.ndarray) -> np.ndarray:
        """What each of some customers bought for.

        :param customers: shape (n,), ascending
        """
        among = np.isin(self.customers, customers)
        places = np.searchsorted(customers, self.customers[among])
        return np.bincount(places, self.gross[among], len(customers))


@dataclass(frozen=True)
class Known:
    """n customers as they stand on a day.

    :param customers: shape (n,), ascending
    :param gross: shape (n,), what each has bought for
    """

    customers: np.ndarray
    rhythm: Rhythm
    gross: np.ndarray

    def __len__(self):
        return len(self.customers)

    @property
    def purchase_days(self) -> np.ndarray:
        return self.rhythm.repeats + 1
