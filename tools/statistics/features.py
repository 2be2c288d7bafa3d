"""What is known of customers on a day, as the columns of a matrix that a chance is trained on."""

import numpy as np

from . import mbg_cnbd
from .rhythm import DAYS_A_WEEK, rhythm_of

#: Spans, in days, in which purchase days are counted
SPANS = (30, 90, 180)
NAMES = (
    "days_since_last",
    "days_since_first",
    "purchase_days",
    "gross",
    "purchase_days_per_day",
    "last_30",
    "last_90",
    "last_180",
    "mean_gap",
    "largest_gap",
    "ratio_to_usual_gap",
    "spread_of_gaps",
    "p_alive",
    "chance",
)
#: Without a repeat there is no gap: so many days stand for it.
NO_GAP = 365.0
EDGE = 1e-6  # of chances, so that their log-odds stay finite


def features(model, customers, days, gross, until: int, horizon: int) -> tuple:
    """The features of all customers that have bought until a day.

    :param model: an :class:`.mbg_cnbd.Model`, fitted to what was known on that day
    :param customers: shape (m,), integers: the customer of each purchase day
    :param days: shape (m,), integers: its number, no day twice for a customer
    :param gross: shape (m,): what was bought on it
    :param until: the number of the last day that counts
    :param horizon: in how many days they buy or do not
    :return: the customers (n,), and their features (n, 14) in the order of :data:`NAMES`
    """
    customers, days, gross = map(np.asarray, (customers, days, gross))
    counted = days <= until
    customers, days, gross = customers[counted], days[counted], gross[counted]
    order = np.lexsort((days, customers))
    customers, days, gross = customers[order], days[order], gross[order]
    known, rhythm = rhythm_of(customers, days, until)
    _known, starts, counts = np.unique(customers, return_index=True, return_counts=True)
    since_last = until - days[starts + counts - 1]
    since_first = until - days[starts]
    within = {span: np.add.reduceat((days > until - span).astype(float), starts) for span in SPANS}
    mean_gap, largest_gap, usual_gap, spread = _gaps(days, starts, counts)
    alive = mbg_cnbd.p_alive(model, rhythm)
    chance = mbg_cnbd.chance(model, rhythm, horizon / DAYS_A_WEEK)
    chance = np.clip(chance, EDGE, 1 - EDGE)
    total = np.maximum(np.add.reduceat(gross, starts), 0)
    return known, np.column_stack(
        [
            np.log1p(since_last),
            np.log1p(since_first),
            np.log(counts),
            np.log1p(total),
            counts / (since_first + 1),
            *(np.log1p(within[span]) for span in SPANS),
            np.log1p(mean_gap),
            np.log1p(largest_gap),
            np.log1p(since_last / np.maximum(usual_gap, 1)),
            np.log1p(spread),
            alive,
            np.log(chance / (1 - chance)),
        ]
    )


def _gaps(days, starts, counts):
    """Mean, largest and median gap of each customer, and the standard deviation of the gaps.

    :param days: shape (m,), sorted by customer and day
    :param starts: shape (n,), where each customer's days begin
    :param counts: shape (n,), how many they are
    """
    figures = np.full((4, len(starts)), NO_GAP)
    figures[3] = 0.0
    repeats = counts - 1
    known = repeats > 0
    if not known.any():
        return figures
    repeats = repeats[known]
    # The gaps of those with any, without the jumps from one customer to the next
    within = np.ones(len(days), bool)
    within[starts] = False
    gaps = np.diff(days, prepend=0).astype(float)[within]
    first = np.cumsum(repeats) - repeats
    owner = np.repeat(np.arange(len(repeats)), repeats)
    mean = np.add.reduceat(gaps, first) / repeats
    figures[0, known] = mean
    figures[1, known] = np.maximum.reduceat(gaps, first)
    figures[3, known] = np.sqrt(np.add.reduceat((gaps - mean[owner]) ** 2, first) / repeats)
    ordered = gaps[np.lexsort((gaps, owner))]
    middle = ordered[first + (repeats - 1) // 2] + ordered[first + repeats // 2]
    figures[2, known] = middle / 2
    return figures
