"""What is expected of each customer, by a fit that can be kept as plain numbers."""

from dataclasses import asdict, dataclass

import numpy as np

from . import gamma_gamma, mbg_cnbd
from .features import features
from .gamma_gamma import SpendModel
from .mbg_cnbd import WEEKS_A_YEAR, Model
from .purchase_days import Known, PurchaseDays
from .rhythm import DAYS_A_WEEK
from .trained_chance import TrainedChance

QUARTERS_A_YEAR = 4


@dataclass(frozen=True)
class Fit:
    """All that predicting needs.

    :param usual: repeats, weeks since the last and since the first purchase of the customer in the
        middle
    :param trained: the trained chance for one horizon, where it is used; else None
    """

    model: Model
    spend: SpendModel
    usual: tuple[float, float, float]
    trained: TrainedChance | None = None

    def to_json(self) -> dict:
        return {
            "model": asdict(self.model),
            "spend": asdict(self.spend),
            "usual": list(self.usual),
            "trained": self.trained and self.trained.to_json(),
        }

    @classmethod
    def from_json(cls, values: dict) -> "Fit":
        """The same fit again, to the last bit."""
        trained = values["trained"]
        return cls(
            Model(**values["model"]),
            SpendModel(**values["spend"]),
            tuple(values["usual"]),
            trained and TrainedChance.from_json(trained),
        )

    def chance(self, bought: PurchaseDays, day: int, days: int) -> np.ndarray:
        """The chance of each customer known on a day to buy in the days after it, shape (n,)."""
        if self.trained is None:
            known = bought.known(day)
            return mbg_cnbd.chance(self.model, known.rhythm, days / DAYS_A_WEEK)
        return self.trained.predict(self.features(bought, day, days))

    def features(self, bought: PurchaseDays, day: int, days: int) -> np.ndarray:
        """What the trained chance looks at, shape (n, 14)."""
        columns = bought.customers, bought.days, bought.gross
        return features(self.model, *columns, day, days)[1]

    def p_alive(self, known: Known) -> np.ndarray:
        """The probability that each is still a customer, shape (n,)."""
        return mbg_cnbd.p_alive(self.model, known.rhythm)

    def expected_purchases(self, known: Known, weeks: float) -> np.ndarray:
        """The purchase days that are expected of each within ``weeks``, shape (n,)."""
        return mbg_cnbd.expected_purchases(self.model, known.rhythm, weeks)

    def expected_spend(self, known: Known) -> np.ndarray:
        """What each is expected to spend on a purchase day, shape (n,), before returns."""
        count = known.purchase_days
        return gamma_gamma.expected_spend(self.spend, count, known.gross / count)

    def lifetime_value(self, known: Known, years: int, discount: float) -> np.ndarray:
        """What is expected to be sold to each within some years, in today's money, shape (n,).

        Quarter by quarter, each discounted from its middle.

        :param discount: a year's, such as 0.1
        """
        total, before = np.zeros(len(known)), np.zeros(len(known))
        for quarter in range(1, QUARTERS_A_YEAR * years + 1):
            weeks = quarter * WEEKS_A_YEAR / QUARTERS_A_YEAR
            until = self.expected_purchases(known, weeks)
            total += (until - before) / (1 + discount) ** ((quarter - 0.5) / QUARTERS_A_YEAR)
            before = until
        return total * self.expected_spend(known)
