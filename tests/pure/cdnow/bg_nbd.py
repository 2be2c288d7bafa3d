"""BG/NBD, to compare with published values: as MBG/CNBD-1, but all survive their first purchase.

Source: Fader, Hardie, Lee 2005, "Counting your customers the easy way". Arrays have one element a
customer, times are in weeks.
"""

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, expit, gammaln, hyp2f1

from ....tools.statistics.mbg_cnbd import LOG_RANGE, STARTS, Model
from ....tools.statistics.rhythm import Rhythm


def log_likelihood(model: Model, rhythm: Rhythm):
    """The logarithm of each customer's likelihood, shape (n,)."""
    r, alpha, a, b, x = model.r, model.alpha, model.a, model.b, rhythm.repeats
    alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + rhythm.age)
    with np.errstate(divide="ignore", invalid="ignore"):
        stopped = betaln(a + 1, b + x - 1) - betaln(a, b) - (r + x) * np.log(alpha + rhythm.last)
    stopped = np.where(x > 0, stopped, -np.inf)
    return gammaln(r + x) - gammaln(r) + r * np.log(alpha) + np.logaddexp(alive, stopped)


def fit(rhythm: Rhythm) -> Model:
    """The likeliest model."""
    grouped, weights = rhythm.grouped()
    scale = weights.sum()

    def cost(logs):
        value = weights @ log_likelihood(Model(1, *np.exp(logs)), grouped)
        return -value / scale if np.isfinite(value) else 1e10

    best = min(
        (
            minimize(cost, np.log(start), method="L-BFGS-B", bounds=[LOG_RANGE] * 4)
            for start in STARTS
        ),
        key=lambda result: result.fun,
    )
    return Model(1, *map(float, np.exp(best.x)), log_likelihood=float(-best.fun * scale))


def p_alive(model: Model, rhythm: Rhythm):
    """The probability that each customer has not stopped, shape (n,), from 0 to 1."""
    r, alpha, a, b, x = model.r, model.alpha, model.a, model.b, rhythm.repeats
    with np.errstate(divide="ignore"):
        log_odds = (
            np.log(a)
            - np.log(np.maximum(b + x - 1, 1e-300))
            + (r + x) * np.log((alpha + rhythm.age) / (alpha + rhythm.last))
        )
    return np.where(x > 0, expit(-log_odds), 1.0)


def expected_purchases(model: Model, rhythm: Rhythm, weeks: float):
    """The purchase days that are expected of each customer within ``weeks``, shape (n,)."""
    r, alpha, a, b, x = model.r, model.alpha, model.a, model.b, rhythm.repeats
    after = alpha + rhythm.age + weeks
    power = hyp2f1(r + x, b + x, a + b + x - 1, weeks / after)
    shrink = np.exp((r + x) * np.log((alpha + rhythm.age) / after))
    return p_alive(model, rhythm) * (a + b + x - 1) / (a - 1) * (1 - shrink * power)


def expected_of_new(model: Model, weeks: float) -> float:
    """The repeat purchase days that are expected of a new customer within ``weeks``."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    power = hyp2f1(r, b, a + b - 1, weeks / (alpha + weeks))
    return float((a + b - 1) / (a - 1) * (1 - (alpha / (alpha + weeks)) ** r * power))
