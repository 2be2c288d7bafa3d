"""A chance of buying that is trained on the company's own past: a logistic regression.

Being linear, it explains itself: see :mod:`.reasons`. Source: Hastie, Tibshirani, Friedman 2009,
"The Elements of Statistical Learning", section 4.4.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class TrainedChance:
    """A trained chance.

    :param mean: shape (14,), of the features it was trained on
    :param spread: shape (14,), their standard deviation
    :param weights: shape (14,), of the standardised features, in log-odds
    :param intercept: log-odds of a customer with mean features
    """

    mean: np.ndarray
    spread: np.ndarray
    weights: np.ndarray
    intercept: float

    def to_json(self) -> dict:
        return {
            "mean": self.mean.tolist(),
            "spread": self.spread.tolist(),
            "weights": self.weights.tolist(),
            "intercept": self.intercept,
        }

    @classmethod
    def from_json(cls, values: dict) -> "TrainedChance":
        """The same again, to the last bit."""
        arrays = (np.array(values[name]) for name in ("mean", "spread", "weights"))
        return cls(*arrays, values["intercept"])

    def contributions(self, matrix):
        """What each feature adds to the log-odds of each customer, shape (n, 14)."""
        return (matrix - self.mean) / self.spread * self.weights

    def predict(self, matrix):
        """The chance of each customer, shape (n,), from 0 to 1.

        :param matrix: shape (n, 14), as :func:`.features.features` gives it
        """
        logits = self.intercept + self.contributions(matrix).sum(axis=1)
        return 1 / (1 + np.exp(-logits))


def train(matrices, outcomes) -> TrainedChance:
    """Train on one or several past days.

    :param matrices: for each day the features as they were then, shape (n, 14)
    :param outcomes: for each day who bought afterwards, shape (n,), 0 or 1
    :raise ValueError: if all did, or none
    """
    # Whoever only predicts is spared it: it takes a second to import.
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    matrix, outcome = np.vstack(matrices), np.concatenate(outcomes)
    if len(np.unique(outcome)) < 2:
        raise ValueError("All customers did the same: there is nothing to learn.")
    scaler = StandardScaler().fit(matrix)
    regression = LogisticRegression(C=1.0, max_iter=1000)
    regression.fit(scaler.transform(matrix), outcome)
    return TrainedChance(
        scaler.mean_, scaler.scale_, regression.coef_[0], float(regression.intercept_[0])
    )
