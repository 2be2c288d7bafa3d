"""How customers buy: when, and how much compared with their usual purchase.

steady      about the same purchase at about the same interval
growing     ever more often, and more each time: some three times the first half year's sales
seasonal    only before and in Ramadan, and in the autumn gift season; much each time
one_time    a single purchase
slowing     ever less often, and less each time
gone        steady, then nothing any more since eight to twelve months
new         first purchase in the last three months
first_time  a single purchase in the last ten days
second      two small purchases, the last one three to five weeks ago
lapsed      much and often, then nothing any more since five to six months
returning   steady, but everything comes back
asking      asks for quotations and never orders
"""

from datetime import timedelta

SEASON = {2, 3, 10, 11}  # months


def purchases(behaviour, interval, first, today, rng):
    """Yield (day, size) of each purchase; size 1 is the customer's usual purchase.

    :param behaviour: one of the names above
    :param interval: days between two purchases of a steady customer
    :param first: the first day of the showcase; the last one is ``today``
    """
    if behaviour == "one_time":
        yield first + timedelta(rng.randrange((today - first).days)), 1.0
        return
    if behaviour == "first_time":
        yield today - timedelta(rng.randrange(2, 10)), 1.0
        return
    if behaviour == "second":
        last = today - timedelta(rng.randrange(20, 26))
        yield last - timedelta(rng.randrange(40, 60)), 1.0
        yield last, 0.8
        return
    if behaviour == "new":
        first = max(first, today - timedelta(rng.randrange(45, 90)))
    last = today
    if behaviour == "gone":
        last = today - timedelta(rng.randrange(240, 370))
    if behaviour == "lapsed":
        last = today - timedelta(rng.randrange(150, 180))
    day = first + timedelta(rng.randrange(interval))
    while day <= last:
        age = (day - first) / (today - first)
        pause, size = _rhythm(behaviour, age)
        if behaviour != "seasonal" or day.month in SEASON:
            yield day, size * rng.uniform(0.75, 1.3)
        day += timedelta(max(1, round(interval * pause * rng.uniform(0.7, 1.3))))


def _rhythm(behaviour, age):
    """How long until the next purchase and how much this time, relative to a steady customer.

    :param age: from 0 on the first day to 1 today
    """
    if behaviour == "growing":
        return 1.5 - age, 0.6 + 1.2 * age
    if behaviour == "slowing":
        return 0.6 + 4 * age**2, 1.2 - 0.7 * age
    if behaviour == "seasonal":
        return 0.4, 1.7
    return 1.0, 1.0
