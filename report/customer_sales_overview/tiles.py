from collections import Counter
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ...tools.compared_periods import ComparedPeriods, Days
from .customer_sales_overview import PURCHASES

TREND = 12  # months
PURCHASE = Domain("kind", "=", "purchase")


class CustomerSalesOverview(models.AbstractModel):
    """The tiles: a figure of the period, its change against the base, and its last months."""

    _inherit = "customer.sales.overview"

    @api.model
    def _tiles(self, periods: ComparedPeriods, scope: Domain, profiles: dict) -> list[dict]:
        """
        :param profiles: as of :meth:`_profile_groups`
        :return: for each ``key``, ``name``, ``help``, ``kind`` (money, integer or share);
            ``value`` (None where nothing is known) and ``base`` (None where there is nothing to
            compare with); ``change``, a share of the base, of shares in points, None where it
            tells nothing; ``trend`` and what it ``opens``; ``is_bad`` where less is better
        """
        current, base = (self._sums(days, scope) for days in periods)
        started = {day: count for day, count, *_sums in profiles["first_purchase:day"] if day}
        trends = self._trends(scope, started)
        in_current = scope & self._within(periods.current)
        new = Domain("first_purchase", "!=", False)
        moved, moved_before = self._moved(periods, scope)
        earlier = _earlier(periods)
        stake = sum(float(amount or 0) for *_others, amount in profiles[""])

        def open_purchases(name, more=Domain.TRUE, **context):
            domain = in_current & more
            return self._opens("action_customer_sales_purchase", name, domain, **context)

        def open_profiles(name, domain):
            return self._opens("action_customer_sales_profile", name, scope & domain)

        def tile(key, name, words, kind, value, before, opens, **more):
            return {
                "key": key,
                "name": name,
                "help": words,
                "kind": kind,
                "value": value,
                "base": before,
                "change": _change(kind, value, before),
                "trend": trends.get(key, []),
                "is_bad": False,
                "opens": opens,
                **more,
            }

        return [
            tile(
                "net",
                self.env._("Net Sales"),
                self.env._("What was invoiced or paid at a till, returns deducted, without taxes."),
                "money",
                current["net"],
                base["net"],
                open_purchases(self.env._("Net Sales")),
            ),
            tile(
                "customers",
                self.env._("Customers Who Bought"),
                self.env._("Customers with at least one purchase. Walk-ins are not among them."),
                "integer",
                current["customers"],
                base["customers"],
                open_purchases(
                    self.env._("Customers Who Bought"),
                    PURCHASE & Domain("partner_id", "!=", False),
                    group_by=["partner_id"],
                ),
            ),
            tile(
                "new",
                self.env._("New Customers"),
                self.env._("Customers whose first purchase of all was in the period."),
                "integer",
                *(
                    sum(count for day, count in started.items() if days.first <= day <= days.last)
                    for days in periods
                ),
                open_profiles(
                    self.env._("New Customers"),
                    new & self._within(periods.current, "first_purchase"),
                ),
            ),
            tile(
                "won_back",
                self.env._("Won Back"),
                self.env._(
                    "Customers that were dormant or lost at a month's end, and bought after it. "
                    "Counted by the months that began in the period."
                ),
                "integer",
                *(each and len(each.won_back) for each in (moved, moved_before)),
                open_profiles(
                    self.env._("Won Back"), Domain("id", "in", moved.won_back if moved else [])
                ),
            ),
            tile(
                "lost",
                self.env._("Lost Customers"),
                self.env._(
                    "Customers that became lost: they have not bought for far longer than usual. "
                    "Counted by the months that began in the period."
                ),
                "integer",
                *(each and len(each.lost) for each in (moved, moved_before)),
                open_profiles(
                    self.env._("Lost Customers"), Domain("id", "in", moved.lost if moved else [])
                ),
                is_bad=True,
            ),
            tile(
                "average",
                self.env._("Average Purchase"),
                self.env._("The untaxed total of the purchases, divided by their number."),
                "money",
                current["average"],
                base["average"],
                open_purchases(self.env._("Average Purchase"), PURCHASE),
            ),
            tile(
                "retention",
                self.env._("Retention"),
                self.env._(
                    "Of the customers that bought in the period compared with, the share that "
                    "bought again."
                ),
                "share",
                self._retention(periods, scope, base["customers"]),
                earlier and self._retention(earlier, scope),
                self._opens("action_customer_sales_retention", self.env._("Retention"), scope),
            ),
            tile(
                "returns",
                self.env._("Returns"),
                self.env._("The untaxed total of credit notes and refunds."),
                "money",
                current["returns"],
                base["returns"],
                open_purchases(self.env._("Returns"), Domain("kind", "=", "return")),
                # They are below 0: how much more was returned
                change=_change("money", -current["returns"], -base["returns"]),
                is_bad=True,
            ),
            tile(
                "stake",
                self.env._("Sales at Stake"),
                self.env._(
                    "How much of the sales of the last 365 days may be lost, as it stands today."
                ),
                "money",
                stake,
                None,
                open_profiles(self.env._("Sales at Stake"), Domain("sales_at_stake", ">", 0)),
                is_bad=True,
            ),
        ]

    @api.model
    def _sums(self, days: Days, scope: Domain) -> dict:
        """Net sales, returns, average purchase, and customers who bought."""
        groups = {
            kind: (float(net), count, customers)
            for kind, net, count, customers in self.env[PURCHASES]._read_group(
                scope & self._within(days),
                ["kind"],
                ["net:sum_currency", "__count", "partner_id:count_distinct"],
            )
        }
        gross, count, customers = groups.get("purchase", (0.0, 0, 0))
        returns = groups.get("return", (0.0, 0, 0))[0]
        return {
            "net": gross + returns,
            "returns": returns,
            "average": gross / count if count else 0.0,
            "customers": customers,
        }

    @api.model
    def _trends(self, scope: Domain, started: dict) -> dict[str, list[float]]:
        """Key of a tile -> its figure in each of the last months, this one included.

        :param started: day -> number of customers who first bought on it
        """
        months = self._month_starts(TREND)
        since = scope & self._since(months[0])
        found = {
            (month, kind): (float(net), count, customers)
            for month, kind, net, count, customers in self.env[PURCHASES]._read_group(
                since,
                ["date:month", "kind"],
                ["net:sum_currency", "__count", "partner_id:count_distinct"],
            )
        }
        none = (0.0, 0, 0)
        bought = [found.get((month, "purchase"), none) for month in months]
        returned = [found.get((month, "return"), none)[0] for month in months]
        new = Counter()
        for day, count in started.items():
            new[day.replace(day=1)] += count
        return {
            **self._moves_by_month(scope, months),
            "net": [gross + back for (gross, _n, _c), back in zip(bought, returned, strict=True)],
            "returns": returned,
            "average": [gross / count if count else 0.0 for gross, count, _customers in bought],
            "customers": [customers for _gross, _count, customers in bought],
            "new": [new[month] for month in months],
        }

    # -- Retention -----------------------------------------------------------------------------

    @api.model
    def _buyers(self, days: Days, scope: Domain) -> Domain:
        return scope & self._within(days) & PURCHASE & Domain("partner_id", "!=", False)

    @api.model
    def _again(self, periods: ComparedPeriods, scope: Domain) -> Domain:
        """Purchases of customers that bought in the base."""
        before = self.env[PURCHASES]._search(self._buyers(periods.base, scope))
        return Domain("partner_id", "in", before.subselect("partner_id"))

    @api.model
    def _retention(
        self, periods: ComparedPeriods, scope: Domain, before: int | None = None
    ) -> float | None:
        """
        :param before: how many bought in the base, where that is known already
        :return: None where nobody did
        """
        Purchases = self.env[PURCHASES]
        count = ["partner_id:count_distinct"]
        if before is None:
            [[before]] = Purchases._read_group(self._buyers(periods.base, scope), [], count)
        again = self._buyers(periods.current, scope) & self._again(periods, scope)
        [[stayed]] = Purchases._read_group(again, [], count)
        return stayed / before if before else None


def _earlier(periods: ComparedPeriods) -> ComparedPeriods | None:
    """The base, and what lies as far before it as it lies before the current period; None where
    that is before the beginning of the calendar."""
    distance = periods.current.first - periods.base.first
    if distance <= timedelta():
        return ComparedPeriods(periods.base, periods.base)
    try:
        before = Days(periods.base.first - distance, periods.base.last - distance)
    except OverflowError:
        return None
    return ComparedPeriods(periods.base, before)


def _change(kind: str, value: float | None, base: float | None) -> float | None:
    """As a share of the base, which must be above 0; of shares, in points."""
    if value is None or base is None:
        return None
    if kind == "share":
        return value - base
    return value / base - 1 if base > 0 else None
