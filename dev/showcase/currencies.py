"""Exchange rates, one a month."""

import random

from dateutil.relativedelta import relativedelta

# Riyals for one unit, and how far the rate may wander
CURRENCIES = {"USD": (3.75, 0.0008), "EUR": (4.08, 0.09), "AED": (1.021, 0.0008)}


def create_rates(env, first, last):
    """Note each month's rate, a month before ``first`` included."""
    values = []
    for code, (riyals, spread) in CURRENCIES.items():
        currency = env["res.currency"].with_context(active_test=False).search([("name", "=", code)])
        currency.active = True
        rng = random.Random(f"{code} {last}")
        drift = 0.0
        day = first - relativedelta(months=1)
        while day <= last:
            drift = 0.8 * drift + rng.uniform(-0.5, 0.5)
            rate = riyals * (1 + spread * drift)
            values.append({"currency_id": currency.id, "name": day, "rate": 1 / rate})
            day += relativedelta(months=1)
    # Of no company: each converts through the riyal.
    env["res.currency.rate"].create([value | {"company_id": False} for value in values])
