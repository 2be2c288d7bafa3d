"""How good predictions were: calibration, Brier score, area under the ROC curve."""

import numpy as np
from scipy.stats import rankdata


def brier_score(predicted, happened) -> float:
    """The mean squared difference: 0 is perfect; the lower, the better.

    :param predicted: shape (n,), probabilities
    :param happened: shape (n,), 0 or 1
    """
    return float(np.mean((np.asarray(predicted, float) - np.asarray(happened, float)) ** 2))


def area_under_curve(predicted, happened) -> float:
    """The probability that one to whom it happened was predicted a higher chance than one to whom
    it did not (ties count half): 0.5 is a coin, 1 perfect; NaN where all are alike."""
    happened = np.asarray(happened, bool)
    positive, negative = int(happened.sum()), int((~happened).sum())
    if not positive or not negative:
        return float("nan")
    ranks = rankdata(predicted)
    return float((ranks[happened].sum() - positive * (positive + 1) / 2) / (positive * negative))


def calibration(predicted, happened, groups: int = 10) -> list[tuple[float, float, int]]:
    """Predicted against what came, in groups of about equal size from the lowest to the highest.

    :return: (mean predicted, share to whom it happened, customers), without empty groups
    """
    predicted, happened = np.asarray(predicted, float), np.asarray(happened, float)
    order = np.argsort(predicted, kind="stable")
    return [
        (float(predicted[part].mean()), float(happened[part].mean()), len(part))
        for part in np.array_split(order, groups)
        if len(part)
    ]
