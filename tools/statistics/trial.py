"""Predictions tried on the past: made as they would have been then, compared with what came."""

from dataclasses import dataclass
from math import isnan

import numpy as np

from .past import Past
from .record import area_under_curve, brier_score, calibration


@dataclass(frozen=True)
class Record:
    """How good chances were: see :mod:`.record`.

    :param area: under the ROC curve, NaN where all or none bought
    :param calibration: (mean predicted, share that bought, customers) in tenths of the customers
    """

    area: float
    brier: float
    calibration: list[tuple[float, float, int]]


@dataclass(frozen=True)
class Trial:
    """What was predicted on a past day, and what came in the days after it.

    :param start: the number of that day
    :param customers: that were known on it
    :param bought: how many of them bought in the days after
    :param model: the record of the chance of MBG/CNBD-k
    :param at_random: of the chance of k = 1, purchases at random; None where the model is that
    :param trained: of the trained chance; None where there was no period to train on
    :param same_share: of the rule that everybody buys with the same chance
    :param two_shares: of the rule that there is one chance for those who bought in as many days
        before, and one for the others
    """

    start: int
    customers: int
    bought: int
    model: Record
    at_random: Record | None
    trained: Record | None
    same_share: Record
    two_shares: Record

    def to_json(self) -> dict:
        """The records by their names, as plain numbers; without a number where there is none."""
        return {
            name: None
            if (record := getattr(self, name)) is None
            else {
                "area": None if isnan(record.area) else record.area,
                "brier": record.brier,
                "calibration": [list(tenth) for tenth in record.calibration],
            }
            for name in ("model", "at_random", "trained", "same_share", "two_shares")
        }

    @property
    def is_trained_better(self) -> bool:
        return self.trained is not None and self.trained.brier < self.model.brier

    @property
    def best(self) -> Record:
        return self.trained if self.is_trained_better else self.model

    @property
    def has_earned_its_place(self) -> bool:
        return self.best.brier < min(self.same_share.brier, self.two_shares.brier)


def try_on_past(past: Past, today: int, days: int) -> Trial | None:
    """Compare what would have been predicted ``days`` ago with what came since.

    :return: None where too little was known then, or in the period before it, which tells the
        shares of the simple rules
    """
    start = today - days
    before = start - days
    if past.lacks(start) is not None or not len(past.known(before)):
        return None
    came = past.bought_within(start, days)
    trained = past.trained(start, days)
    share, of_recent, of_others = _shares(past, before, days)
    recent = _was_recent(past, start, days)
    return Trial(
        start=start,
        customers=len(came),
        bought=int(came.sum()),
        model=_record(past.chance(start, days), came),
        at_random=_record(past.chance(start, days, at_random=True), came)
        if past.model(start).k > 1
        else None,
        trained=trained and _record(trained.predict(past.features(start, days)), came),
        same_share=_record(np.full(len(came), share), came),
        two_shares=_record(np.where(recent, of_recent, of_others), came),
    )


def _was_recent(past: Past, day: int, days: int) -> np.ndarray:
    """Which of the customers known on a day had bought in the days until it."""
    recent = past.bought.within(day - days, days).customers
    return np.isin(past.known(day).customers, recent)


def _shares(past: Past, day: int, days: int) -> tuple[float, float, float]:
    """Which share bought in the days after a day: of all, of those who had bought in the days
    before, and of the others."""
    came, recent = past.bought_within(day, days), _was_recent(past, day, days)
    share = float(came.mean())
    parts = (came[recent], came[~recent])
    return share, *(float(part.mean()) if len(part) else share for part in parts)


def _record(predicted, came) -> Record:
    return Record(
        area_under_curve(predicted, came),
        brier_score(predicted, came),
        calibration(predicted, came),
    )
