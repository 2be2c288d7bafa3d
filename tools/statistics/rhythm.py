"""What the models need of each customer's purchase days."""

from dataclasses import dataclass

import numpy as np

DAYS_A_WEEK = 7.0


@dataclass(frozen=True)
class Rhythm:
    """The purchase days of n customers until a day, summed up. All times are in weeks.

    :param repeats: shape (n,), purchase days after the first: x
    :param last: shape (n,), from the first purchase day to the last: t_x
    :param age: shape (n,), from the first purchase day until the day: T
    :param log_gaps: shape (n,), the sum of the logarithms of the gaps; 0 without repeats: L
    """

    repeats: np.ndarray
    last: np.ndarray
    age: np.ndarray
    log_gaps: np.ndarray

    def __len__(self):
        return len(self.repeats)

    def grouped(self) -> tuple["Rhythm", np.ndarray]:
        """Equal customers once, and how many customers each stands for.

        The sums of logarithms are averaged: the likelihood is linear in them.
        """
        keys = np.column_stack([self.repeats, self.last, self.age])
        unique, inverse, weights = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
        log_gaps = np.bincount(inverse.ravel(), self.log_gaps, len(unique)) / weights
        return Rhythm(*unique.T, log_gaps), weights.astype(float)

    def sample(self, size: int) -> "Rhythm":
        """At most so many customers, drawn by chance, the same each time."""
        if len(self) <= size:
            return self
        return self.at(np.random.default_rng(len(self)).choice(len(self), size, replace=False))

    def at(self, selected) -> "Rhythm":
        """The customers at a mask or at indices."""
        return Rhythm(
            self.repeats[selected], self.last[selected], self.age[selected], self.log_gaps[selected]
        )


def rhythm_of(customers, days, until: int) -> tuple[np.ndarray, Rhythm]:
    """Sum up purchase days.

    :param customers: shape (m,), integers: the customer of each purchase day
    :param days: shape (m,), integers: its number, no day twice for a customer
    :param until: the number of the last day that counts; later ones are left out
    :return: the customers with at least one purchase day until then, ascending, and their rhythm
    """
    customers, days = np.asarray(customers), np.asarray(days)
    counted = days <= until
    customers, days = customers[counted], days[counted]
    order = np.lexsort((days, customers))
    customers, days = customers[order], days[order]
    known, starts, counts = np.unique(customers, return_index=True, return_counts=True)
    ends = starts + counts - 1
    gaps = np.diff(days) / DAYS_A_WEEK
    logs = np.zeros(len(days))
    within = customers[1:] == customers[:-1] if len(days) else np.zeros(0, bool)
    logs[1:][within] = np.log(gaps[within])
    log_gaps = np.add.reduceat(logs, starts) if len(days) else np.zeros(0)
    return known, Rhythm(
        repeats=(counts - 1).astype(float),
        last=(days[ends] - days[starts]) / DAYS_A_WEEK,
        age=(until - days[starts]) / DAYS_A_WEEK,
        log_gaps=log_gaps,
    )
