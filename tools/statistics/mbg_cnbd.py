"""MBG/CNBD-k: will customers buy again, who owe no notice when they stop.

Gaps between purchase days are Erlang-k, with a rate that is gamma(r, alpha) among customers; after
each purchase, the first included, a customer stops for good with a probability that is beta(a, b)
among them. k = 1 is MBG/NBD; the greater k, the more regularly customers buy.

Sources: Batislam, Denizel, Filiztekin 2007, "Empirical validation and comparison of models for
customer base analysis"; Reutterer, Platzer, Schröder 2021, "Leveraging purchase regularity for
predicting customer behavior the easy way".

Arrays have one element a customer, times are in weeks.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, digamma, expit, gammaln, hyp2f1

from .rhythm import Rhythm

#: Logarithms of parameters are looked for in this range: beyond it nothing is told apart.
LOG_RANGE = (-12.0, 12.0)
STARTS = ((1.0, 5.0, 1.0, 1.0), (0.3, 2.0, 0.5, 3.0))
#: Regularities that are tried
LARGEST_K = 12
#: A model is fitted to so many customers at most: more would hardly move its four parameters.
LARGEST_SAMPLE = 10_000
WEEKS_A_YEAR = 52.0
QUADRATURE = 64  # points: within 0.3 % for the parameters of any business


@dataclass(frozen=True)
class Model:
    """A fitted model.

    :param k: regularity of the gaps
    :param r: shape of the rates among customers
    :param alpha: their scale, in weeks
    :param a: of the probability to stop
    :param b: of the probability to go on
    :param log_likelihood: of the customers it was fitted to
    """

    k: int
    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")


def log_silence(k: int, r: float, alpha: float, repeats, last, until):
    """The logarithm of S: how likely no purchase came between the last one and ``until``, given
    that the customer has not stopped, up to a factor that all such terms share.

    S(t) = Σ_{j<k} (r+kx)_j ((t−t_x)/(alpha+t))^j / j!, (y)_j the rising factorial. It neither
    overflows nor vanishes: the first term is 1, and the others are few.
    """
    ratio = (until - last) / (alpha + until)
    return np.log(sum(_silence_terms(k, r + k * repeats, ratio)))


def _silence_terms(k: int, shape, ratio) -> list[np.ndarray]:
    """The terms of S: j = 0 … k−1."""
    terms = [np.ones(np.broadcast(shape, ratio).shape)]
    for j in range(1, k):
        terms.append(terms[-1] * (shape + j - 1) / j * ratio)
    return terms


def _log_odds_stopped(model, rhythm: Rhythm):
    """ln of (stopped ÷ alive), as the data have it."""
    k, r, alpha, a, b = model.k, model.r, model.alpha, model.a, model.b
    return (
        np.log(a)
        - np.log(b + rhythm.repeats)
        + (r + k * rhythm.repeats) * np.log((alpha + rhythm.age) / (alpha + rhythm.last))
        - log_silence(k, r, alpha, rhythm.repeats, rhythm.last, rhythm.age)
    )


def _of_repeats(function, repeats):
    """A function of the number of repeats, shape (n,): it is slow, and the numbers are few."""
    counts = np.arange(int(repeats.max(initial=0)) + 1.0)
    return function(counts)[repeats.astype(int)]


def log_likelihood(model: Model, rhythm: Rhythm):
    """The logarithm of each customer's likelihood, shape (n,)."""
    k, r, alpha, a, b = model.k, model.r, model.alpha, model.a, model.b

    def of_repeats(x):
        return (
            betaln(a, b + x + 1) - betaln(a, b) + gammaln(r + k * x) - gammaln(r) - x * gammaln(k)
        )

    shape = r + k * rhythm.repeats
    now, then = alpha + rhythm.age, alpha + rhythm.last
    alive = log_silence(k, r, alpha, rhythm.repeats, rhythm.last, rhythm.age)
    stopped = np.log(a / (b + rhythm.repeats)) + shape * np.log(now / then)
    return (
        _of_repeats(of_repeats, rhythm.repeats)
        + (k - 1) * rhythm.log_gaps
        + r * np.log(alpha)
        - shape * np.log(now)
        + np.logaddexp(alive, stopped)
    )


def _gradient(model: Model, rhythm: Rhythm, weights):
    """The derivatives of the weighted sum of :func:`log_likelihood` by r, alpha, a and b."""
    k, r, alpha, a, b = model.k, model.r, model.alpha, model.a, model.b
    x, shape = rhythm.repeats, model.r + model.k * rhythm.repeats
    now, then = alpha + rhythm.age, alpha + rhythm.last
    log_ratio = np.log(now / then)
    terms = _silence_terms(k, shape, (rhythm.age - rhythm.last) / now)
    silence = sum(terms)
    # The probability to have stopped, and how S moves with its shape and with alpha
    stopped = expit(np.log(a / (b + x)) + shape * log_ratio - np.log(silence))
    by_shape, by_alpha, harmonic = 0.0, 0.0, 0.0
    for j, term in enumerate(terms[1:], start=1):
        harmonic = harmonic + 1 / (shape + j - 1)
        by_shape = by_shape + term * harmonic
        by_alpha = by_alpha - term * j
    alive = (1 - stopped) / silence
    of_shape, of_a, of_b = (
        _of_repeats(function, x)
        for function in (
            lambda x: digamma(r + k * x) - digamma(r),
            lambda x: digamma(a + b) - digamma(a + b + x + 1),
            lambda x: digamma(b + x + 1) - digamma(b),
        )
    )
    slopes = (
        of_shape + np.log(alpha / now) + alive * by_shape + stopped * log_ratio,
        r / alpha - shape / now + alive * by_alpha / now + stopped * shape * (1 / now - 1 / then),
        of_a + stopped / a,
        of_a + of_b - stopped / (b + x),
    )
    return np.array([weights @ slope for slope in slopes])


def fit(rhythm: Rhythm, k: int | None = None) -> Model:
    """The likeliest model.

    :param k: the regularity; by default the likeliest of :func:`fit_each`
    :raise ValueError: without customers
    """
    if k is not None:
        return _fit_k(*_fitted_to(rhythm), k)
    return likeliest(fit_each(rhythm))


def fit_each(rhythm: Rhythm) -> list[Model]:
    """The likeliest model of each regularity k = 1, 2, 3 … until the likelihood falls twice.

    :raise ValueError: without customers
    """
    grouped, weights = _fitted_to(rhythm)
    models = [_fit_k(grouped, weights, 1)]
    while models.index(likeliest(models)) > len(models) - 3 and len(models) < LARGEST_K:
        models.append(_fit_k(grouped, weights, len(models) + 1))
    return models


def likeliest(models: list[Model]) -> Model:
    return max(models, key=lambda model: model.log_likelihood)


def _fitted_to(rhythm: Rhythm):
    if not len(rhythm):
        raise ValueError("A model needs customers.")
    return rhythm.sample(LARGEST_SAMPLE).grouped()


def _fit_k(rhythm: Rhythm, weights, k: int) -> Model:
    scale = weights.sum()

    def cost(logs):
        model = Model(k, *np.exp(logs))
        value = weights @ log_likelihood(model, rhythm)
        slopes = _gradient(model, rhythm, weights) * np.exp(logs)
        return -value / scale, -slopes / scale

    best = min(
        (
            minimize(
                cost,
                np.log(start),
                jac=True,
                method="L-BFGS-B",
                bounds=[LOG_RANGE] * 4,
            )
            for start in STARTS
        ),
        key=lambda result: result.fun,
    )
    return Model(k, *map(float, np.exp(best.x)), log_likelihood=float(-best.fun * scale))


def p_alive(model: Model, rhythm: Rhythm):
    """The probability that each customer has not stopped, shape (n,), from 0 to 1."""
    return expit(-_log_odds_stopped(model, rhythm))


def chance(model: Model, rhythm: Rhythm, weeks: float):
    """The probability that each customer buys within ``weeks``, shape (n,), from 0 to 1.

    Exact, since nobody stops between purchases: P(alive) times the probability that a silence that
    lasted until today does not last so much longer.
    """
    shape = model.r + model.k * rhythm.repeats
    later = rhythm.age + weeks
    now = log_silence(model.k, model.r, model.alpha, rhythm.repeats, rhythm.last, rhythm.age)
    then = log_silence(model.k, model.r, model.alpha, rhythm.repeats, rhythm.last, later)
    log_silent = then - now + shape * np.log((model.alpha + rhythm.age) / (model.alpha + later))
    return p_alive(model, rhythm) * -np.expm1(np.minimum(log_silent, 0.0))


def expected_purchases(model: Model, rhythm: Rhythm, weeks: float):
    """The purchase days that are expected of each customer within ``weeks``, shape (n,).

    Exact for k = 1; for greater k the number of purchases is taken as that of k = 1 with alpha' =
    k·alpha. Where the hypergeometric function gives up, by numbers far from those of any real
    business, the same expectation is integrated.
    """
    r, a, b = model.r, model.a, model.b
    if abs(a - 1) < 1e-4:
        a = 1 + 1e-4
    alpha, x = model.alpha * model.k, rhythm.repeats
    after = alpha + rhythm.age + weeks
    with np.errstate(all="ignore"):
        power = hyp2f1(r + x, b + x + 1, a + b + x, weeks / after)
        shrink = np.exp((r + x) * np.log((alpha + rhythm.age) / after))
        expected = (a + b + x) / (a - 1) * (1 - shrink * power)
    unknown = ~np.isfinite(expected)
    if unknown.any():
        since = alpha + rhythm.age[unknown]
        expected[unknown] = _integrated_purchases(r, a, b, x[unknown], weeks / since)
    return p_alive(model, rhythm) * np.maximum(expected, 0.0)


def _integrated_purchases(r: float, a: float, b: float, repeats, span):
    """The purchase days expected of customers that have not stopped, integrated over the
    probability p to stop after a purchase, which is beta(a, b+x+1) among them:
    (1 − (1 + p·span)^−(r+x)) / p.

    :param span: shape (n,), the time ahead ÷ (alpha + the time since the first purchase)
    """
    points, weights = np.polynomial.legendre.leggauss(QUADRATURE)
    numbers, places = np.unique(repeats, return_inverse=True)
    stopping = betaincinv(a, b + numbers[:, None] + 1, (points + 1) / 2)
    stopping = np.maximum(stopping, np.finfo(float).tiny)[places]
    bought = -np.expm1(-(r + repeats)[:, None] * np.log1p(stopping * span[:, None]))
    return bought / stopping @ (weights / 2)
