"""What was known of the customers on past days, and what the models said of them then."""

from functools import cache

import numpy as np

from . import gamma_gamma, mbg_cnbd
from .features import features
from .forecast import Fit
from .gamma_gamma import SpendModel
from .limits import FEWEST_CUSTOMERS, FEWEST_REPEATS
from .mbg_cnbd import Model
from .purchase_days import Known, PurchaseDays
from .rhythm import DAYS_A_WEEK
from .trained_chance import TrainedChance, train

#: A chance is trained on so many past periods at most.
PERIODS = 2


class Past:
    """Models as they would have been fitted on past days, each once.

    :param bought: all purchase days until today
    """

    def __init__(self, bought: PurchaseDays):
        self.bought = bought
        # Not decorated methods, which would keep this alive
        self.known = cache(self._known)
        self.models = cache(self._models)
        self.spend = cache(self._spend)
        self.features = cache(self._features)
        self.trained = cache(self._trained)

    def _known(self, day: int) -> Known:
        return self.bought.known(day)

    def lacks(self, day: int) -> str | None:
        """What there is too little of on a day to fit a model: ``nobody``, ``few_customers``,
        ``one_day``, ``once`` or ``few_repeats``; None where there is enough."""
        known = self.known(day)
        repeats = known.rhythm.repeats.sum()
        if not len(known):
            return "nobody"
        if not known.rhythm.age.any():
            return "one_day"
        if len(known) < FEWEST_CUSTOMERS:
            return "few_customers"
        if not repeats:
            return "once"
        if repeats < FEWEST_REPEATS:
            return "few_repeats"
        return None

    def _models(self, day: int) -> list[Model]:
        """Of each regularity k = 1, 2, 3 …"""
        return mbg_cnbd.fit_each(self.known(day).rhythm)

    def model(self, day: int) -> Model:
        return mbg_cnbd.likeliest(self.models(day))

    def _spend(self, day: int) -> SpendModel:
        """Fitted to the average gross per purchase day of the customers with a repeat."""
        known = self.known(day)
        counted = (known.rhythm.repeats > 0) & (known.gross > 0)
        count = known.purchase_days[counted]
        return gamma_gamma.fit(count, known.gross[counted] / count)

    def fit(self, day: int, days: int, with_trained: bool) -> Fit:
        """All that predicting from a day on needs.

        :param days: for which a trained chance is wanted
        """
        rhythm = self.known(day).rhythm
        usual = (rhythm.repeats, rhythm.age - rhythm.last, rhythm.age)
        return Fit(
            self.model(day),
            self.spend(day),
            tuple(float(np.median(figures)) for figures in usual),
            self.trained(day, days) if with_trained else None,
        )

    def bought_within(self, day: int, days: int) -> np.ndarray:
        """Which of the customers known on a day bought in the days after it, shape (n,)."""
        return np.isin(self.known(day).customers, self.bought.within(day, days).customers)

    def gross_within(self, day: int, days: int) -> np.ndarray:
        """What each of the customers known on a day bought for in the days after it."""
        return self.bought.within(day, days).gross_of(self.known(day).customers)

    def chance(self, day: int, days: int, *, at_random: bool = False) -> np.ndarray:
        """The chance of each by the model, shape (n,).

        :param at_random: by that of k = 1, whichever is the likeliest
        """
        model = self.models(day)[0] if at_random else self.model(day)
        return mbg_cnbd.chance(model, self.known(day).rhythm, days / DAYS_A_WEEK)

    def expected_sales(self, day: int, days: int) -> np.ndarray:
        """What each of the customers known on a day was expected to buy for in the days after."""
        known = self.known(day)
        expected = mbg_cnbd.expected_purchases(self.model(day), known.rhythm, days / DAYS_A_WEEK)
        count = known.purchase_days
        return expected * gamma_gamma.expected_spend(self.spend(day), count, known.gross / count)

    def _features(self, day: int, days: int) -> np.ndarray:
        bought = self.bought
        return features(self.model(day), bought.customers, bought.days, bought.gross, day, days)[1]

    def _trained(self, day: int, days: int) -> TrainedChance | None:
        """The chance of buying, trained on what came until a day; None without a past period to
        train on."""
        periods = [
            start
            for start in (day - days * number for number in range(1, PERIODS + 1))
            if self.lacks(start) is None
        ]
        outcomes = [self.bought_within(start, days) for start in periods]
        if not periods or len(np.unique(np.concatenate(outcomes))) < 2:
            return None
        return train([self.features(start, days) for start in periods], outcomes)
