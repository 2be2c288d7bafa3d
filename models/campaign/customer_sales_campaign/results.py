import logging
from collections import defaultdict
from dataclasses import asdict
from datetime import timedelta
from math import isfinite

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ....tools.statistics.two_groups import (
    Difference,
    Stratum,
    mean_difference,
    share_difference,
)

_logger = logging.getLogger(__name__)

#: After so many days it is asked whether it helped.
HORIZONS = (30, 60, 90)
#: After so many days nothing more is counted: documents of the last ones may come late.
LAST_DAY = 120
MEASURES = ("purchases", "net")
SIDES = ("addressed", "control")
NOT_YET = {"share": None, "purchases": None, "net": None}


class CustomerSalesCampaign(models.Model):
    """What customers bought afterwards, those addressed and those left alone.

    Everybody addressed counts, also who was not reached in the end: the lot decided no more than
    whom to try. Purchases are those of ``customer.sales.purchase``, from the day after the start.
    """

    _inherit = "customer.sales.campaign"

    results = fields.Json(
        readonly=True,
        exportable=False,
        help="For programs: of each of 30, 60 and 90 days what both sides bought, and the "
        "differences with their limits.",
    )
    results_as_of = fields.Date(
        string="Counted until", readonly=True, help="Purchases count until the end of this day."
    )

    @api.model
    def _update_campaigns(self):
        """What the scheduler does: count, and end what is over."""
        today = fields.Date.today()
        counted = self.search(
            [("state", "!=", "draft"), ("date", ">=", today - timedelta(days=LAST_DAY))]
        )
        for campaign in counted:
            try:
                with self.env.cr.savepoint():
                    campaign._update_campaign()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception:  # which keeps no other campaign from being counted
                _logger.exception("Campaign %s could not be counted", campaign.id)
            self.env["ir.cron"]._commit_progress(1)

    def _update_campaign(self):
        self._update_results()
        if self.state == "running" and self._is_over(HORIZONS[-1], self.results_as_of):
            self.action_ids._cancel()
            self.state = "finished"

    def _end(self, days: int):
        """The last day that counts of so many."""
        return self.date + timedelta(days=days)

    def _is_over(self, days: int, as_of) -> bool:
        """Whether nothing can be bought any more on the last day that counts: on the day until
        which refreshes count, documents are still coming."""
        return as_of > self._end(days)

    def _update_results(self):
        """Count what customers have bought since the start, in superuser mode."""
        for campaign in self:
            if campaign.state == "draft":
                continue
            refreshes = self.env["customer.sales.refresh"]
            as_of = refreshes._last(campaign.company_id).as_of or campaign.date
            campaign.write(
                {
                    "results": [campaign._result(days, as_of) for days in HORIZONS],
                    "results_as_of": as_of,
                }
            )

    def _result(self, days: int, as_of) -> dict:
        """What both sides bought within so many days, and by how much they differ.

        :return: ``days``, and the day ``until`` which they last; ``is_over``; ``addressed`` and
            ``control``, each with the numbers of ``customers``, and of those that ``bought``, of
            ``purchases``, and ``net``; the differences of the ``share`` that bought, and of the
            means of ``purchases`` and ``net``, each with ``value``, ``low`` and ``high``, None
            where nothing can be told, as before the days are over
        """
        strata = self._bought(min(self._end(days), as_of))
        sides = {
            side: {
                "customers": sum(len(each[side]) for each in strata.values()),
                "bought": sum(bool(row[0]) for each in strata.values() for row in each[side]),
                "purchases": sum(row[0] for each in strata.values() for row in each[side]),
                "net": sum(row[1] for each in strata.values() for row in each[side]),
            }
            for side in SIDES
        }
        is_over = self._is_over(days, as_of)
        return {
            "days": days,
            "until": self._end(days).isoformat(),
            "is_over": is_over,
            **sides,
            **(self._differences(strata, sides) if is_over else NOT_YET),
        }

    def _differences(self, strata: dict, sides: dict) -> dict:
        addressed, control = sides["addressed"], sides["control"]
        differences = {
            measure: mean_difference(
                [
                    Stratum(*([row[index] for row in each[side]] for side in SIDES))
                    for each in strata.values()
                ],
                seed=self.seed,
            )
            for index, measure in enumerate(MEASURES)
        }
        differences["share"] = share_difference(
            addressed["bought"], addressed["customers"], control["bought"], control["customers"]
        )
        return {measure: _told(difference) for measure, difference in differences.items()}

    def _bought(self, until) -> dict:
        """What each customer bought: (status, class) -> side -> [(purchases, net)].

        :param until: the last day that counts
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer.status, customer.abc_class, customer.role,
                       COUNT(purchase.id) FILTER (WHERE purchase.kind = 'purchase'),
                       COALESCE(SUM(purchase.net), 0)
                  FROM customer_sales_campaign_customer customer
             LEFT JOIN customer_sales_purchase purchase
                    ON purchase.company_id = customer.company_id
                   AND purchase.partner_id = customer.partner_id
                   AND purchase.date > %(start)s AND purchase.date <= %(until)s
                 WHERE customer.campaign_id = %(campaign)s AND customer.role IN %(sides)s
              GROUP BY customer.id
              ORDER BY customer.id
                """,
                start=self.date,
                until=until,
                campaign=self.id,
                sides=SIDES,
            )
        )
        strata = defaultdict(lambda: {side: [] for side in SIDES})
        for status, abc_class, role, purchases, net in rows:
            strata[status, abc_class][role].append((purchases, float(net)))
        return strata


def _told(difference: Difference | None) -> dict | None:
    """As JSON, which has no infinity."""
    if difference is None or not all(map(isfinite, (difference.low, difference.high))):
        return None
    return asdict(difference)
