from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ...models.history.history_derivation import MOST_MONTHS, last_month_ends
from ...tools.compared_periods import ComparedPeriods, Days
from .customer_sales_overview import HISTORY

#: What the history tells of a customer that was won back or became lost in a month
MOVES = {
    "won_back": Domain("monthly_status", "=", "won_back"),
    "lost": Domain("status", "=", "lost") & Domain("previous_status", "not in", [False, "lost"]),
}


class Moved(NamedTuple):
    """Who was won back and who became lost: ids of profiles."""

    won_back: list[int]
    lost: list[int]


class CustomerSalesOverview(models.AbstractModel):
    """Who was won back and who became lost: known at the ends of months, and today."""

    _inherit = "customer.sales.overview"

    @api.model
    def _moved(self, periods: ComparedPeriods, scope: Domain) -> tuple[Moved | None, Moved | None]:
        """Of the months that began in either period and are over in it; in the current one, since
        the last of all months' ends as well, where it goes on.

        :return: None where nothing is known, and for the base where the current period has
            another number of months, or a month that is not over: they would not compare
        """
        current, base = (self._month_ends_in(days) for days in periods)
        _first, last = self.env[HISTORY]._months_kept()
        today = fields.Date.context_today(self)
        goes_on = (
            last
            and last < today
            and periods.current.first <= last + timedelta(days=1)
            and today <= periods.current.last
        )
        moved = self._moved_in(current, scope, last if goes_on else None)
        comparable = base and not goes_on and len(base) == len(current)
        return moved, self._moved_in(base, scope) if comparable else None

    @api.model
    def _month_ends_in(self, days: Days) -> list:
        """The ends of the months that are within the days, as far back as a history is kept."""
        kept = last_month_ends(fields.Date.context_today(self), MOST_MONTHS)
        return [end for end in kept if days.first <= end.replace(day=1) and end <= days.last]

    @api.model
    def _moved_in(self, month_ends: list, scope: Domain, last=None) -> Moved | None:
        """
        :param last: the last month's end; those who moved after it count as well
        """
        if not month_ends and not last:
            return None
        since = {
            "won_back": Domain("status", "in", ["dormant", "lost"])
            & Domain("profile_id.last_purchase", ">", last),
            "lost": Domain("status", "!=", "lost") & Domain("profile_id.status", "=", "lost"),
        }
        found = {}
        for name, move in MOVES.items():
            domain = Domain("month_end", "in", month_ends) & move
            if last:
                domain |= Domain("month_end", "=", last) & since[name]
            groups = self.env[HISTORY]._read_group(scope & domain, ["profile_id"], [])
            found[name] = [profile.id for [profile] in groups]
        return Moved(**found)

    @api.model
    def _moves_by_month(self, scope: Domain, months: list) -> dict[str, list[int]]:
        """How many were won back and became lost in each of the months, those that are over."""
        found = {}
        for name, move in MOVES.items():
            counts = dict(
                self.env[HISTORY]._read_group(
                    scope & move & Domain("month_end", ">=", months[0]),
                    ["month_end:month"],
                    ["__count"],
                )
            )
            found[name] = [counts.get(month, 0) for month in months]
        return found
