"""Customers that MBG/CNBD-k describes perfectly."""

import numpy as np

from ...tools.statistics.mbg_cnbd import Model


def simulate(model: Model, customers: int, weeks: float, generator) -> list[np.ndarray]:
    """Purchase times of customers of a known model.

    :param generator: a numpy random generator
    :return: for each customer the times, in weeks after the first purchase, which is at 0
    """
    rates = generator.gamma(model.r, 1 / model.alpha, customers)
    stops = generator.beta(model.a, model.b, customers)
    times = []
    for rate, stop in zip(rates, stops, strict=True):
        own, now = [0.0], 0.0
        while generator.random() >= stop:
            now += generator.gamma(model.k, 1 / max(rate, 1e-12))
            if now > weeks:
                break
            own.append(now)
        times.append(np.array(own))
    return times
