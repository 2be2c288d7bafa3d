"""What was predicted on a past day and what came, by status and by segment of that day."""

from collections import defaultdict
from datetime import date

from odoo.tools import SQL

from ...tools.sql.differences import create_scratch
from ..profile.profile_derivation import (
    STATUS_FACTS,
    derive_facts,
    profiles_select,
    score_limits,
    status_by_rhythm,
)
from .predicted import status_by_prediction

TABLE = "customer_sales_predicted_then"
WAYS = ("rhythm", "prediction")


def trial_groups(report, day: date, tried: dict[str, list]) -> dict:
    """Sum up a trial by what the customers were on its day. Overwrites the table of facts.

    :param report: ``customer.sales.report`` in superuser mode, of the one company
    :param tried: ``partner_id``, and of each ``p_alive``, ``expected`` sales, whether it
        ``bought`` and its ``sales`` since
    :return: ``statuses``: way to tell them -> status -> [customers, that bought since];
        ``segments``: [id, customers, expected, sales] of each, 0 as the id of none
    """
    env, company = report.env, report.env.company
    names = ("partner_id", "p_alive", "expected", "bought", "sales")
    select = SQL(
        "SELECT * FROM UNNEST(%s::integer[], %s::numeric[], %s::float8[], %s::boolean[], "
        "%s::float8[]) AS tried(%s)",
        *(tried[name] for name in names),
        SQL(", ").join(map(SQL.identifier, names)),
    )
    create_scratch(env.cr, TABLE, select, ("partner_id",))
    derive_facts(env, company, day, names=STATUS_FACTS)
    profiles = profiles_select(
        env,
        company,
        day,
        score_limits(env.cr, company, day),
        facts=STATUS_FACTS,
        derived={
            "rhythm": status_by_rhythm(company, day),
            "prediction": status_by_prediction(company, day),
            "segment_id": SQL("COALESCE(segment.id, 0)"),
        },
        predictions=TABLE,
    )
    rows = env.execute_query(
        SQL(
            """
            SELECT profile.rhythm, profile.prediction, profile.segment_id,
                   COUNT(*), COUNT(*) FILTER (WHERE tried.bought),
                   SUM(tried.expected), SUM(tried.sales)
              FROM (%s) profile
              JOIN %s tried USING (partner_id)
          GROUP BY 1, 2, 3
            """,
            profiles,
            SQL.identifier(TABLE),
        )
    )
    statuses = {way: defaultdict(lambda: [0, 0]) for way in WAYS}
    segments = defaultdict(lambda: [0, 0.0, 0.0])
    for by_rhythm, by_prediction, segment_id, customers, bought, expected, sales in rows:
        for way, status in zip(WAYS, (by_rhythm, by_prediction), strict=True):
            _add(statuses[way][status], customers, bought)
        _add(segments[segment_id], customers, expected, sales)
    return {
        "statuses": {way: dict(found) for way, found in statuses.items()},
        "segments": [[segment_id, *sums] for segment_id, sums in sorted(segments.items())],
    }


def _add(sums: list, *values):
    for place, value in enumerate(values):
        sums[place] += value
