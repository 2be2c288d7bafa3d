"""The purchase days of a company's customers, read in one go as arrays."""

from collections.abc import Iterator, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

#: Older ones are typing errors: a year 0206 would be two thousand years of silence.
REMEMBERED = relativedelta(years=50)
ROWS_AT_ONCE = 10_000


def read_purchase_days(env, company, day: date, partner_ids: Sequence[int] | None = None):
    """The purchase days until the end of a day, as :class:`.PurchaseDays`; days are numbered as
    ``date.toordinal`` does.

    :param partner_ids: of some customers; of all by default
    """
    from ...tools.statistics.purchase_days import PurchaseDays

    among = SQL("TRUE")
    if partner_ids is not None:
        among = SQL("partner_id = ANY(%s)", list(partner_ids))
    env.cr.execute(
        SQL(
            """
            SELECT partner_id, date - DATE '0001-01-01' + 1, SUM(net)::float8
              FROM customer_sales_purchase
             WHERE company_id = %(company)s AND kind = 'purchase' AND partner_id IS NOT NULL
               AND date > %(first)s AND date <= %(day)s AND %(among)s
          GROUP BY partner_id, date
          ORDER BY partner_id, date
            """,
            company=company.id,
            first=max(day, date(60, 1, 1)) - REMEMBERED,
            day=day,
            among=among,
        )
    )
    return PurchaseDays.of_rows(_fetched(env.cr))


def _fetched(cr) -> Iterator[tuple]:
    while rows := cr.fetchmany(ROWS_AT_ONCE):
        yield from rows
