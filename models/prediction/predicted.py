"""What is predicted of each customer, as a table that profiles are derived from."""

from datetime import date

from odoo.tools import SQL

from ...tools.sql.differences import create_scratch
from ..profile.profile_derivation import PREDICTED, status_by_rhythm

SHARES = ("p_alive", "chance_30", "chance_90")
AMOUNTS = ("expected_sales", "lifetime_value")
COLUMNS = (*SHARES, "expected_purchases", *AMOUNTS)
WEEKS = 52
#: The horizon that P(alive), what is expected in a year, and the status go by
MAIN = 90
#: Horizon in days -> which columns follow from a fit for it
OF_HORIZON = {
    30: ("chance_30",),
    MAIN: ("p_alive", "chance_90", "expected_purchases", *AMOUNTS),
}

BANDS = ("0", "20", "40", "60", "80")  # of chances, in percent
STATUSES = ("lost", "dormant", "slowing", "active")  # by rising P(alive)


def predict(bought, day: date, fits: dict, company) -> dict[str, list]:
    """What is expected of each customer.

    :param bought: :class:`.PurchaseDays` of the customers
    :param fits: horizon in days -> :class:`.Fit`
    :return: ``partner_id`` and :data:`COLUMNS`, each a list; None where nothing is predicted
    """
    today = day.toordinal()
    known = bought.known(today)
    columns = dict.fromkeys(COLUMNS)
    for days, fit in fits.items():
        columns[f"chance_{days}"] = fit.chance(bought, today, days)
    if fit := fits.get(MAIN):
        purchases = fit.expected_purchases(known, WEEKS)
        columns |= {
            "p_alive": fit.p_alive(known),
            "expected_purchases": purchases,
            "expected_sales": purchases * fit.expected_spend(known),
            "lifetime_value": fit.lifetime_value(
                known,
                company.customer_sales_lifetime_years,
                company.customer_sales_discount_rate,
            ),
        }
    return {
        "partner_id": known.customers.tolist(),
        **{
            name: [None] * len(known) if values is None else values.tolist()
            for name, values in columns.items()
        },
    }


def predict_alive(bought, day: date, fit) -> dict[str, list]:
    """Of :func:`predict`, what the status goes by alone: P(alive), by the fit for :data:`MAIN`."""
    known = bought.known(day.toordinal())
    return {
        "partner_id": known.customers.tolist(),
        **{name: [None] * len(known) for name in COLUMNS},
        "p_alive": fit.p_alive(known).tolist(),
    }


def nothing() -> dict[str, list]:
    """What :func:`predict` would return of no customer."""
    return dict.fromkeys(("partner_id", *COLUMNS), [])


def fill_table(env, company, predicted: dict[str, list]):
    """Put what is predicted into :data:`PREDICTED`, rounded, so that it is the same to the last
    digit whoever else was predicted along.

    :param predicted: as of :func:`predict`
    """
    digits = company.currency_id.decimal_places
    places = {**dict.fromkeys(SHARES, 4), "expected_purchases": 2, **dict.fromkeys(AMOUNTS, digits)}
    select = SQL(
        "SELECT partner_id, %s FROM UNNEST(%s::integer[], %s) AS anew(partner_id, %s)",
        SQL(", ").join(
            SQL(
                "CASE WHEN %(name)s IS NOT NULL "
                "THEN GREATEST(ROUND(%(name)s::numeric, %(places)s), %(least)s) END AS %(name)s",
                name=name,
                places=places[column],
                # 0 would read as unknown.
                least=SQL("0.0001") if column in SHARES else SQL("0"),
            )
            for column in COLUMNS
            for name in [SQL.identifier(column)]
        ),
        predicted["partner_id"],
        SQL(", ").join(SQL("%s::float8[]", predicted[column]) for column in COLUMNS),
        SQL(", ").join(map(SQL.identifier, COLUMNS)),
    )
    create_scratch(env.cr, PREDICTED, select, ("partner_id",))


def status_by_prediction(company, day: date) -> SQL:
    """The status of ``fact`` by its ``prediction``, where there is one; else by its rhythm."""
    limits = (
        company.customer_sales_lost_alive,
        company.customer_sales_dormant_alive,
        company.customer_sales_slowing_alive,
    )
    return SQL(
        """
        CASE
            WHEN prediction.p_alive IS NULL THEN %(rhythm)s
            WHEN %(day)s::date - fact.first_purchase <= %(new_days)s THEN 'new'
            ELSE (%(statuses)s)[1 + WIDTH_BUCKET(prediction.p_alive, %(limits)s::numeric[])]
        END
        """,
        rhythm=status_by_rhythm(company, day),
        day=day,
        new_days=company.customer_sales_new_days,
        statuses=SQL("%s::text[]", list(STATUSES)),
        limits=[str(limit) for limit in limits],
    )


def band(column: SQL) -> SQL:
    """The band of a chance, one of :data:`BANDS`."""
    limits = [str(int(low) / 100) for low in BANDS[1:]]
    return SQL(
        "CASE WHEN %(column)s IS NOT NULL "
        "THEN (%(bands)s::text[])[1 + WIDTH_BUCKET(%(column)s, %(limits)s::numeric[])] END",
        column=column,
        bands=list(BANDS),
        limits=limits,
    )
