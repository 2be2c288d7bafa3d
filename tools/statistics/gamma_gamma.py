"""Gamma-Gamma: what a customer spends per purchase day, from few purchases to many.

Source: Fader, Hardie 2013, "The Gamma-Gamma model of monetary value". Spend is gamma(p, v) with v
gamma(q, gamma) among customers. Arrays have one element a customer.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma, gammaln

LOG_RANGE = (-10.0, 15.0)
#: A model is fitted to so many customers at most.
LARGEST_SAMPLE = 10_000
STARTS = ((6.0, 4.0, 15.0), (1.0, 1.5, 10.0))


@dataclass(frozen=True)
class SpendModel:
    """A fitted model.

    :param scale: amounts are divided by it before fitting, so that any currency fits as well
    """

    p: float
    q: float
    v: float
    scale: float
    log_likelihood: float = float("nan")

    @property
    def mean(self) -> float:
        """The expected spend per purchase day of a customer of whom nothing is known; infinite
        spreads (q <= 1) have none, and give the scale."""
        return self.scale * self.p * self.v / (self.q - 1) if self.q > 1 else self.scale


def _log_likelihood(p, q, v, count, average):
    return (
        gammaln(p * count + q)
        - gammaln(p * count)
        - gammaln(q)
        + q * np.log(v)
        + (p * count - 1) * np.log(average)
        + p * count * np.log(count)
        - (p * count + q) * np.log(v + count * average)
    )


def _slopes(p, q, v, count, average):
    """The derivatives of the mean of :func:`_log_likelihood` by p, q and v."""
    own, both = p * count, v + count * average
    of_shape = digamma(own + q)
    return (
        np.mean(count * (of_shape - digamma(own) + np.log(average * count / both))),
        np.mean(of_shape) - digamma(q) + np.mean(np.log(v / both)),
        np.mean(q / v - (own + q) / both),
    )


def fit(count, average) -> SpendModel:
    """The likeliest model.

    :param count: shape (n,), purchase days that the average is of, at least 1
    :param average: shape (n,), gross per purchase day, above 0
    """
    count, average = np.asarray(count, float), np.asarray(average, float)
    scale = float(np.median(average)) / STARTS[0][2] / 1.5
    if len(count) > LARGEST_SAMPLE:
        sample = np.random.default_rng(len(count)).choice(len(count), LARGEST_SAMPLE, replace=False)
        count, average = count[sample], average[sample]
    scaled = average / scale

    def cost(logs):
        parameters = np.exp(logs)
        value = np.mean(_log_likelihood(*parameters, count, scaled))
        return -value, -np.array(_slopes(*parameters, count, scaled)) * parameters

    best = min(
        (
            minimize(cost, np.log(start), jac=True, method="L-BFGS-B", bounds=[LOG_RANGE] * 3)
            for start in STARTS
        ),
        key=lambda result: result.fun,
    )
    p, q, v = map(float, np.exp(best.x))
    likelihood = -best.fun * len(count) - float(len(count) * np.log(scale))
    return SpendModel(p, q, v, scale, float(likelihood))


def expected_spend(model: SpendModel, count, average):
    """The expected spend per purchase day of each customer, shape (n,).

    :param count: shape (n,), purchase days that the average is of; 0 where nothing is known
    """
    count, average = np.asarray(count, float), np.asarray(average, float) / model.scale
    known = model.p * count
    weight = known + model.q - 1
    own = np.where(count > 0, model.p * (model.v + count * average) / np.maximum(weight, 1e-9), 0)
    return np.where((count > 0) & (weight > 0), model.scale * own, model.mean)
