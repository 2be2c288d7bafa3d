"""What moves a customer's chance, away from that of a usual customer."""

from dataclasses import replace

import numpy as np
from scipy.special import expit

from . import mbg_cnbd
from .features import EDGE, NAMES
from .forecast import Fit
from .purchase_days import PurchaseDays
from .rhythm import DAYS_A_WEEK


def reasons(fit: Fit, bought: PurchaseDays, day: int, days: int) -> list[tuple[str, float, float]]:
    """What moves the chance of one customer, what moves it most first.

    :param bought: the purchase days of that customer alone
    :return: (name of a feature, its value in days, purchases or money, what it adds to the
        log-odds)
    """
    values = _values(fit.features(bought, day, days)[0])
    if fit.trained is not None:
        added = fit.trained.contributions(fit.features(bought, day, days))[0]
        found = dict(zip(NAMES, added, strict=True))
    else:
        found = _against_usual(fit, bought, day, days)
    order = sorted(found, key=lambda name: -abs(found[name]))
    return [(name, values[name], float(found[name])) for name in order]


def _values(row) -> dict[str, float]:
    """Features as people know them: most are logarithms."""
    values = {name: float(np.expm1(value)) for name, value in zip(NAMES, row, strict=True)}
    place = {name: number for number, name in enumerate(NAMES)}
    values["purchase_days"] = float(np.exp(row[place["purchase_days"]]))
    for name in ("purchase_days_per_day", "p_alive"):
        values[name] = float(row[place[name]])
    values["chance"] = float(expit(row[place["chance"]]))
    return values


def _against_usual(fit: Fit, bought: PurchaseDays, day: int, days: int) -> dict[str, float]:
    """How the chance by the model changes when one figure of the customer is, instead, that of the
    customer in the middle."""
    rhythm = bought.known(day).rhythm
    usual_repeats, usual_since, usual_age = fit.usual
    since, age = rhythm.age - rhythm.last, rhythm.age

    def log_odds(repeats, since, age):
        age = np.maximum(age, since)
        asked = replace(rhythm, repeats=repeats, last=age - since, age=age)
        chance = np.clip(mbg_cnbd.chance(fit.model, asked, days / DAYS_A_WEEK), EDGE, 1 - EDGE)
        return float(np.log(chance / (1 - chance))[0])

    own = log_odds(rhythm.repeats, since, age)
    instead = {
        "purchase_days": (np.array([usual_repeats]), since, age),
        "days_since_last": (rhythm.repeats, np.array([usual_since]), age),
        "days_since_first": (rhythm.repeats, since, np.array([usual_age])),
    }
    return {name: own - log_odds(*figures) for name, figures in instead.items()}
