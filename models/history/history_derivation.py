"""What each customer was at the ends of months: from purchases to history.

A month is derived as a full refresh at the end of its last day would derive the profiles, by the
same expressions: this file has no definition of its own but that of who was won back.
"""

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ...tools.sql.columns import listed
from ...tools.sql.differences import apply_differences, create_scratch
from ..profile.profile_derivation import (
    PREDICTED,
    STATUS_FACTS,
    derive_facts,
    place_columns,
    profiles_select,
    score_limits,
)

TABLE = "customer_sales_history"
SCRATCH = "customer_sales_history_derived"
BEFORE = "customer_sales_history_before"
KEY = ("company_id", "partner_id", "month_end")
#: So many months are built where there is no history.
MOST_MONTHS = 36
#: So many are derived again each night: documents may be entered late.
RECENT_MONTHS = 3

DERIVED = ("abc_class", "r_score", "f_score", "m_score", "fm_score", "segment_id")
COLUMNS = (
    "profile_id",
    "status",
    "monthly_status",
    *DERIVED,
    "net_year",
    "purchases_year",
    "previous_status",
    "previous_class",
    "previous_segment_id",
)


def month_end_of(day: date) -> date:
    """The last day of the month of ``day``."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def last_month_ends(day: date, count: int) -> list[date]:
    """The last ``count`` ends of months until ``day``, that day included, in order."""
    last = day if day == month_end_of(day) else day.replace(day=1) - timedelta(days=1)
    return [month_end_of(last - relativedelta(months=ago)) for ago in reversed(range(count))]


def months_to_derive(env, company, day: date) -> tuple[list[date], list[date]]:
    """The ends of months that the history should be derived for, in order.

    :param day: the last day that is over
    :return: those there is nothing of, and those to derive now: they and what follows them, and
        the last few
    """
    ends = last_month_ends(day, MOST_MONTHS)
    rows = env.execute_query(
        SQL(
            """
            SELECT month_end FROM UNNEST(%(ends)s::date[]) AS month(month_end)
             WHERE NOT EXISTS (SELECT FROM customer_sales_history history
                                WHERE history.company_id = %(company)s
                                  AND history.month_end = month.month_end)
               AND EXISTS (SELECT FROM customer_sales_purchase purchase
                            WHERE purchase.company_id = %(company)s
                              AND purchase.partner_id IS NOT NULL
                              AND purchase.date <= month.month_end)
          ORDER BY month_end
            """,
            ends=ends,
            company=company.id,
        )
    )
    missing = [month_end for (month_end,) in rows]
    after_missing = {month_end_of(month_end + timedelta(days=1)) for month_end in missing}
    wanted = {*missing, *after_missing, *ends[-RECENT_MONTHS:]}
    return missing, [month_end for month_end in ends if month_end in wanted]


def derive_history(report, month_ends: list[date], note=lambda percent: None) -> int:
    """Bring the history of a company to what its purchases say of these ends of months.

    :param report: ``customer.sales.report`` in superuser mode, of the one company
    :param month_ends: in order, since each one looks back at the one before
    :param note: called with how much has been done, in percent
    :return: how many rows were not what they should be
    """
    cr, company = report.env.cr, report.env.company
    cr.execute(SQL("SET LOCAL work_mem = '64MB'"))  # many customers are sorted many times
    changed = 0
    for number, month_end in enumerate(month_ends, 1):
        # By a prediction of its time, where the company tells the status so
        status = report.env["customer.sales.prediction"]._status_as_then(report, month_end)
        derive_facts(report.env, company, month_end, names=STATUS_FACTS)
        limits = score_limits(cr, company, month_end)
        _look_back(cr, company, month_end)
        select = _select(report.env, company, month_end, limits, status)
        changed += _apply(cr, company, month_end, select)
        if changed and number in (1, len(month_ends)):
            # Before PostgreSQL gets round to it, it would take the rows of a month for few.
            cr.execute(SQL("ANALYZE %s", SQL.identifier(TABLE)))
        note(100 * number // len(month_ends))
    return changed


def _look_back(cr, company, month_end: date):
    """Put what customers were at the end of the month before into :data:`BEFORE`: looked up in the
    history itself, PostgreSQL would take a month that it has not analysed yet for empty."""
    select = SQL(
        "SELECT partner_id, status, abc_class, segment_id FROM %s "
        "WHERE company_id = %s AND month_end = %s",
        SQL.identifier(TABLE),
        company.id,
        _month_before(month_end),
    )
    create_scratch(cr, BEFORE, select, ("partner_id",))


def _month_before(month_end: date) -> date:
    return month_end.replace(day=1) - timedelta(days=1)


def _apply(cr, company, month_end: date, select: SQL) -> int:
    """Make the history of a month what ``select`` says; return how many rows were not."""
    scope = SQL("stored.company_id = %s AND stored.month_end = %s", company.id, month_end)
    create_scratch(cr, SCRATCH, select, KEY)
    cr.execute(SQL("SELECT FROM %s stored WHERE %s LIMIT 1", SQL.identifier(TABLE), scope))
    if cr.rowcount:
        return apply_differences(cr, TABLE, SCRATCH, KEY, COLUMNS, scope).total
    columns = listed((*KEY, *COLUMNS))
    cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM %s",
            SQL.identifier(TABLE),
            columns,
            columns,
            SQL.identifier(SCRATCH),
        )
    )
    return cr.rowcount


def _select(env, company, month_end: date, limits: dict[str, list[float]], status: SQL) -> SQL:
    """All columns of the history of a company at one end of a month.

    :param status: of ``fact`` and ``prediction``
    """
    every = env["customer.sales.profile"]._derived_columns(company, month_end, limits)
    every |= place_columns()
    derived = {name: every[name] for name in DERIVED} | {"status": status}
    return SQL(
        """
        SELECT customer.company_id, customer.partner_id, %(month_end)s::date AS month_end,
               profile.id AS profile_id,
               customer.status,
               CASE WHEN previous.status IN ('dormant', 'lost')
                     AND customer.last_purchase > %(before)s
                    THEN 'won_back' ELSE customer.status END AS monthly_status,
               %(derived)s,
               customer.net_year, customer.purchases_year,
               previous.status AS previous_status,
               previous.abc_class AS previous_class,
               previous.segment_id AS previous_segment_id
          FROM (%(customers)s) AS customer
          JOIN customer_sales_profile profile
            ON profile.company_id = customer.company_id
           AND profile.partner_id = customer.partner_id
     LEFT JOIN %(history_before)s previous ON previous.partner_id = customer.partner_id
        """,
        month_end=month_end,
        before=_month_before(month_end),
        history_before=SQL.identifier(BEFORE),
        derived=listed(DERIVED, "customer"),
        customers=profiles_select(
            env, company, month_end, limits, STATUS_FACTS, derived, predictions=PREDICTED
        ),
    )
