"""What is known of each customer: from purchases to profiles.

In three steps. *Facts* follow from a customer's own purchases. What is *derived* follows from the
facts of the customer, the day, the settings, and the limits and fits of the night. Both are derived
for those customers alone whose purchases have changed, where nothing else has. The *places* of
customers among all others move with the net of any of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from odoo.tools import SQL

from ...tools.sql.amounts import is_above_nothing
from ...tools.sql.columns import listed, named
from ...tools.sql.differences import (
    Differences,
    apply_differences,
    create_scratch,
    update_differing,
)

TABLE = "customer_sales_profile"
FACTS = "customer_sales_profile_facts"
SCRATCH = "customer_sales_profile_derived"
PREDICTED = "customer_sales_predicted"
RANKED = "customer_sales_profile_ranked"
PLACES = "customer_sales_profile_places"
KEY = ("company_id", "partner_id")

YEAR = timedelta(days=365)
MONTHS = 24
#: With fewer purchase days than this a customer has no rhythm of its own.
RHYTHM_DAYS = 3
SCORES = ("r", "f", "m")
#: The facts that status, scores and segment follow from
STATUS_FACTS = (
    "first_purchase",
    "last_purchase",
    "purchases",
    "purchase_days",
    "usual_gap",
    "net_year",
    "purchases_year",
)
NO_PRODUCTS = SQL("SELECT NULL::integer AS partner_id, 0 AS products WHERE FALSE")


def year_of(day: date) -> tuple[date, date]:
    """The first day of the year that ends with ``day``, and of the year before."""
    first = day - YEAR + timedelta(days=1)
    return first, first - YEAR


def fact_columns(company, day: date) -> dict[str, SQL]:
    """What follows from a customer's own purchases: column -> expression.

    The expressions may refer to ``purchase``, the customer's documents until ``day`` as a group,
    and to ``rhythm``, one row with ``purchase_days`` and ``usual_gap``; ``product`` has
    ``products``.
    """
    year, before = year_of(day)
    bought, returned = SQL("purchase.kind = 'purchase'"), SQL("purchase.kind = 'return'")
    in_year = SQL("purchase.date >= %s", year)
    in_before = SQL("purchase.date >= %s AND purchase.date < %s", before, year)

    def total(column: str, *conditions: SQL) -> SQL:
        return SQL(
            "COALESCE(SUM(purchase.%s) FILTER (WHERE %s), 0)",
            SQL.identifier(column),
            SQL(" AND ").join(conditions or [SQL("TRUE")]),
        )

    def count(*conditions: SQL) -> SQL:
        return SQL("(COUNT(*) FILTER (WHERE %s))::integer", SQL(" AND ").join(conditions))

    month = SQL("EXTRACT(YEAR FROM purchase.date) * 12 + EXTRACT(MONTH FROM purchase.date)")
    this_month = day.year * 12 + day.month
    months = (
        total("net", SQL("%s = %s", month, this_month - ago)) for ago in reversed(range(MONTHS))
    )
    only_user = SQL("MIN(purchase.user_id) = MAX(purchase.user_id)")
    return {
        "only_user_id": SQL("CASE WHEN %s THEN MIN(purchase.user_id) END", only_user),
        "has_several_users": SQL("COALESCE(NOT %s, FALSE)", only_user),
        "first_purchase": SQL("MIN(purchase.date) FILTER (WHERE %s)", bought),
        "last_purchase": SQL("MAX(purchase.date) FILTER (WHERE %s)", bought),
        "documents": SQL("COUNT(*)::integer"),
        "purchases": count(bought),
        "purchase_days": SQL("COALESCE(MIN(rhythm.purchase_days), 0)::integer"),
        "products": SQL("COALESCE(MIN(product.products), 0)::integer"),
        "gross": total("net", bought),
        "returns": total("net", returned),
        "net": total("net"),
        "net_year": total("net", in_year),
        "net_before": total("net", in_before),
        "gross_year": total("net", bought, in_year),
        "gross_before": total("net", bought, in_before),
        "purchases_year": count(bought, in_year),
        "purchases_before": count(bought, in_before),
        "cost_year": total("cost", in_year),
        "cost_before": total("cost", in_before),
        "net_months": SQL("to_jsonb(ARRAY[%s])", SQL(", ").join(months)),
        "usual_gap": SQL("MIN(rhythm.usual_gap)::numeric"),
    }


def facts_select(
    env,
    company,
    day: date,
    partner_ids: Sequence[int] | None = None,
    names: Sequence[str] | None = None,
    products: SQL = NO_PRODUCTS,
) -> SQL:
    """The facts of all customers of a company, or of some.

    :param names: the facts wanted; all by default
    :param products: a SELECT of how many ``products`` each ``partner_id`` has bought
    """
    columns = env["customer.sales.profile"]._fact_columns(company, day)
    if names is not None:
        columns = {name: columns[name] for name in names}
    among = SQL("TRUE")
    if partner_ids is not None:
        among = SQL("partner_id = ANY(%s)", list(partner_ids))
    return SQL(
        """
        WITH document AS MATERIALIZED (
            SELECT partner_id, date, kind, net, cost, user_id
              FROM customer_sales_purchase
             WHERE company_id = %(company)s AND date <= %(day)s AND partner_id IS NOT NULL
               AND %(among)s
        ), gap AS (
            SELECT partner_id, date - LAG(date) OVER (PARTITION BY partner_id ORDER BY date) AS days
              FROM (SELECT DISTINCT partner_id, date FROM document WHERE kind = 'purchase') bought
        ), rhythm AS (
            SELECT partner_id, COUNT(*) AS purchase_days,
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days) AS usual_gap
              FROM gap
          GROUP BY partner_id
        ), product AS (%(products)s)
        SELECT %(company)s::integer AS company_id, purchase.partner_id, %(columns)s
          FROM document purchase
     LEFT JOIN rhythm ON rhythm.partner_id = purchase.partner_id
     LEFT JOIN product ON product.partner_id = purchase.partner_id
      GROUP BY purchase.partner_id
        """,
        company=company.id,
        day=day,
        among=among,
        products=products,
        columns=named(columns),
    )


def fact_ratio(numerator: str, denominator: str) -> SQL:
    """One fact ÷ another; NULL where that is 0."""
    return SQL(
        "fact.%s / NULLIF(fact.%s, 0)", SQL.identifier(numerator), SQL.identifier(denominator)
    )


def year_columns() -> dict[str, SQL]:
    """What the facts of the year and of the one before come to: column -> expression."""
    return {
        "net_change": SQL("fact.net_year - fact.net_before"),
        "net_change_percent": SQL(
            "CASE WHEN %s THEN (fact.net_year - fact.net_before) / fact.net_before END",
            is_above_nothing(SQL("fact.net_before")),
        ),
        "margin_year": SQL("fact.net_year - fact.cost_year"),
    }


def derived_columns(company, day: date, limits: dict[str, list[float]]) -> dict[str, SQL]:
    """What follows from the facts of a customer: column -> expression.

    The expressions may refer to ``fact``, which has the columns of the facts; to ``score``, with
    ``r``, ``f``, ``m`` and ``fm``; to ``segment``; and to ``prediction``, what is predicted of the
    customer.
    """
    days_since = SQL("(%s::date - fact.last_purchase)", day)
    next_purchase = SQL("(fact.last_purchase + ROUND(fact.usual_gap)::integer)")
    status = status_by_rhythm(company, day)
    return {
        "average_purchase": fact_ratio("gross", "purchases"),
        "average_purchase_year": fact_ratio("gross_year", "purchases_year"),
        "average_purchase_before": fact_ratio("gross_before", "purchases_before"),
        **year_columns(),
        "margin_before": SQL("fact.net_before - fact.cost_before"),
        "days_since": days_since,
        "next_purchase": next_purchase,
        "overdue_days": SQL("GREATEST(%s::date - %s, 0)", day, next_purchase),
        "status": status,
        "sales_at_stake": SQL(
            "GREATEST(fact.net_year, 0) * CASE %s "
            "WHEN 'slowing' THEN 0.5 WHEN 'dormant' THEN 1 WHEN 'lost' THEN 1 ELSE 0 END",
            status,
        ),
        "r_score": SQL("score.r"),
        "f_score": SQL("score.f"),
        "m_score": SQL("score.m"),
        "fm_score": SQL("score.fm"),
        "segment_id": SQL("segment.id"),
    }


def place_columns() -> dict[str, SQL]:
    """What compares a customer with all others: column -> expression of ``place``, its place among
    those that bought in the year."""
    names = ("share", "cumulative_share", "rank", "abc_class")
    return {name: SQL("place.%s", SQL.identifier(name)) for name in names}


def status_by_rhythm(company, day: date) -> SQL:
    """The status of ``fact`` by its rhythm; NULL for who never bought."""
    return SQL(
        """
        CASE
            WHEN fact.last_purchase IS NULL THEN NULL
            WHEN %s::date - fact.first_purchase <= %s THEN 'new'
            ELSE CASE %s
                WHEN 0 THEN 'active' WHEN 1 THEN 'slowing' WHEN 2 THEN 'dormant' ELSE 'lost' END
        END
        """,
        day,
        company.customer_sales_new_days,
        rhythm_stage(company, SQL("(%s::date - fact.last_purchase)", day)),
    )


def rhythm_stage(company, days_since: SQL) -> SQL:
    """How far ``fact`` has come from buying as usual, by its ``purchase_days`` and ``usual_gap``: 0
    buys, 1 is slowing, 2 and 3 have stopped."""
    return SQL(
        """
        CASE WHEN fact.purchase_days >= %(rhythm_days)s
             THEN WIDTH_BUCKET(%(days)s / GREATEST(fact.usual_gap, %(shortest)s), %(ratios)s)
             ELSE WIDTH_BUCKET(%(days)s, %(limits)s) END
        """,
        rhythm_days=RHYTHM_DAYS,
        days=days_since,
        shortest=company.customer_sales_shortest_gap,
        ratios=_numbers(
            [
                company.customer_sales_slowing_ratio,
                company.customer_sales_dormant_ratio,
                company.customer_sales_lost_ratio,
            ]
        ),
        limits=SQL(
            "ARRAY[%s, %s, %s]::integer[]",
            company.customer_sales_slowing_days,
            company.customer_sales_dormant_days,
            company.customer_sales_lost_days,
        ),
    )


def _numbers(values: Sequence[float]) -> SQL:
    """An array of exact numbers."""
    return SQL("%s::numeric[]", [str(value) for value in values])


def _values(day: date) -> dict[str, SQL]:
    """What the scores compare with their limits: the more, the better."""
    return {
        "r": SQL("(fact.last_purchase - %s::date)::numeric", day),
        "f": SQL("fact.purchases_year::numeric"),
        "m": SQL("fact.net_year"),
    }


def score_limits(cr, company, day: date) -> dict[str, list[float]]:
    """The limits of the scores, from the facts in :data:`FACTS`: the quintiles, or those in
    Settings where customers are few or all alike.

    :return: ``r``, ``f``, ``m`` -> four rising numbers, as texts, so that they stay exact
    """
    values = _values(day)
    cr.execute(
        SQL(
            "SELECT COUNT(*), AVG(fact.net_year), %s FROM %s fact WHERE fact.purchases_year > 0",
            SQL(", ").join(
                SQL(
                    "PERCENTILE_CONT(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY %(value)s), "
                    "MIN(%(value)s) = MAX(%(value)s)",
                    value=SQL("(%s)::float8", values[score]),
                )
                for score in SCORES
            ),
            SQL.identifier(FACTS),
        )
    )
    count, mean, *found = cr.fetchone()
    limits = {}
    for position, score in enumerate(SCORES):
        quintiles, are_equal = found[2 * position : 2 * position + 2]
        if count >= company.customer_sales_fewest_scored and not are_equal:
            limits[score] = quintiles
            continue
        fixed = company._customer_sales_fixed_limits(score)
        if score == "r":
            limits[score] = [-days for days in reversed(fixed)]
        elif score == "m":
            limits[score] = [float(mean or 0) * percent / 100 for percent in fixed]
        else:
            limits[score] = fixed
    return limits


def _score(value: SQL, limits: Sequence[float]) -> SQL:
    """1 + the number of limits that ``value`` exceeds."""
    return SQL(
        "(1 + (SELECT COUNT(*) FROM UNNEST(%s) AS limits(value) WHERE %s > limits.value))::integer",
        _numbers(limits),
        value,
    )


def _places(company) -> SQL:
    """The CTE ``place``, from another one that is called ``fact``."""
    return SQL(
        """
        bought AS (
            SELECT partner_id, net_year,
                   SUM(net_year) OVER (ORDER BY net_year DESC, partner_id) AS cumulative,
                   RANK() OVER (ORDER BY net_year DESC)::integer AS rank
              FROM fact
             WHERE purchases_year > 0
        ), place AS (
            SELECT partner_id, rank, net_year / total.net AS share,
                   cumulative / total.net AS cumulative_share,
                   CASE WHEN total.net IS NULL THEN NULL
                        WHEN cumulative - net_year < %(class_a)s * total.net THEN 'a'
                        WHEN cumulative - net_year < %(class_b)s * total.net THEN 'b'
                        ELSE 'c' END AS abc_class
              FROM bought
        CROSS JOIN (SELECT NULLIF(GREATEST(SUM(net_year), 0), 0) AS net FROM fact) total
        )
        """,
        class_a=company.customer_sales_class_a,
        class_b=company.customer_sales_class_b,
    )


def profiles_select(
    env,
    company,
    day: date,
    limits: dict[str, list[float]],
    facts: Sequence[str] | None = None,
    derived: dict[str, SQL] | None = None,
    predictions: str | None = None,
) -> SQL:
    """Columns of the profiles of a company, from the facts in :data:`FACTS`.

    :param facts: those wanted, all by default
    :param derived: as of :func:`derived_columns` and :func:`place_columns`, all by default
    :param predictions: a table with what is predicted of each customer, for expressions that refer
        to ``prediction``
    """
    Profile = env["customer.sales.profile"]
    if facts is None:
        facts = list(Profile._fact_columns(company, day))
    if derived is None:
        derived = Profile._derived_columns(company, day, limits) | place_columns()
    values = _values(day)
    scores = {
        score: SQL(
            "CASE WHEN fact.purchases_year > 0 THEN %s END", _score(values[score], limits[score])
        )
        for score in SCORES
    }
    return SQL(
        """
        WITH fact AS MATERIALIZED (SELECT * FROM %(facts)s), %(places)s, score AS (
            SELECT partner_id, r, f, m, (f + m + 1) / 2 AS fm
              FROM (SELECT partner_id, %(r)s AS r, %(f)s AS f, %(m)s AS m FROM fact) scored
        )
        SELECT fact.company_id, fact.partner_id, %(columns)s
          FROM fact
     LEFT JOIN place ON place.partner_id = fact.partner_id
     LEFT JOIN score ON score.partner_id = fact.partner_id
     LEFT JOIN customer_sales_segment_cell cell
            ON cell.r_score = score.r AND cell.fm_score = score.fm
     LEFT JOIN LATERAL (
                SELECT id FROM customer_sales_segment
                 WHERE CASE WHEN fact.purchases_year > 0 THEN id = cell.segment_id
                            ELSE is_lost AND fact.purchases > 0 END
              ORDER BY sequence, id LIMIT 1) AS segment ON TRUE
     %(predicted)s
        """,
        predicted=SQL(
            "LEFT JOIN %s prediction ON prediction.partner_id = fact.partner_id",
            SQL.identifier(predictions),
        )
        if predictions
        else SQL(),
        facts=SQL.identifier(FACTS),
        places=_places(company),
        columns=SQL(", ").join([listed(facts, "fact"), named(derived)]),
        **scores,
    )


def derive_facts(
    env,
    company,
    day: date,
    partner_ids: Sequence[int] | None = None,
    **wanted,
):
    """Put the facts of all customers of a company, or of some, into :data:`FACTS`.

    :param wanted: ``names`` and ``products``, as of :func:`facts_select`
    """
    select = facts_select(env, company, day, partner_ids, **wanted)
    create_scratch(env.cr, FACTS, select, ("partner_id",))


def derive_profiles(
    env,
    company,
    day: date,
    limits: dict[str, list[float]],
    partner_ids: Sequence[int] | None = None,
) -> Differences:
    """Bring the profiles of a company to what the facts in :data:`FACTS` say, and to what is
    predicted in :data:`PREDICTED`.

    :param partner_ids: the customers that these are of; all by default. The profiles of the others
        must be of the same day and settings: their places alone may change, which are no
        differences.
    """
    Profile = env["customer.sales.profile"]
    derived = Profile._derived_columns(company, day, limits)
    scope = SQL("stored.company_id = %s", company.id)
    if partner_ids is None:
        derived |= place_columns()
    else:
        scope = SQL("%s AND stored.partner_id = ANY(%s)", scope, list(partner_ids))
    select = profiles_select(env, company, day, limits, derived=derived, predictions=PREDICTED)
    create_scratch(env.cr, SCRATCH, select, KEY)
    columns = [*Profile._fact_columns(company, day), *derived]
    found = apply_differences(env.cr, TABLE, SCRATCH, KEY, columns, scope)
    if partner_ids is not None:
        update_places(env.cr, company)
    return found


def update_places(cr, company):
    """Bring the places of all customers of a company to what their profiles say.

    By way of tables that PostgreSQL knows the size of: profiles that it has not analysed yet it
    takes for one, and would rank all customers anew for each of them.
    """
    columns = place_columns()
    # Without those that have no place, and neither had one nor move that of others
    ranked = SQL(
        "SELECT id, partner_id, net_year, purchases_year FROM %s WHERE company_id = %s "
        "AND (purchases_year > 0 OR net_year <> 0 OR rank IS NOT NULL)",
        SQL.identifier(TABLE),
        company.id,
    )
    create_scratch(cr, RANKED, ranked, ("partner_id",))
    places = SQL(
        "WITH fact AS (SELECT * FROM %s), %s SELECT fact.id, %s FROM fact "
        "LEFT JOIN place ON place.partner_id = fact.partner_id",
        SQL.identifier(RANKED),
        _places(company),
        named(columns),
    )
    create_scratch(cr, PLACES, places, ("id",))
    source = SQL("FROM %s place", SQL.identifier(PLACES))
    update_differing(cr, TABLE, columns, source, SQL("stored.id = place.id"))
