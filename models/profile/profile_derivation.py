"""What is known of each customer: from purchases to profiles.

In two steps. *Facts* follow from a customer's own purchases; they are derived for those customers
alone whose purchases have changed. The rest compares customers with each other, or with the day,
and is derived for all from the facts.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from odoo.tools import SQL

from ...tools.sql.differences import Differences, apply_differences, create_scratch

TABLE = "customer_sales_profile"
FACTS = "customer_sales_profile_facts"
SCRATCH = "customer_sales_profile_derived"
PREDICTED = "customer_sales_predicted"
KEY = ("company_id", "partner_id")

YEAR = timedelta(days=365)
MONTHS = 24
#: With fewer purchase days than this a customer has no rhythm of its own.
RHYTHM_DAYS = 3
SCORES = ("r", "f", "m")
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
    report,
    day: date,
    partner_ids: Sequence[int] | None = None,
    names: Sequence[str] | None = None,
) -> SQL:
    """The facts of all customers of a company, or of some.

    :param report: ``customer.sales.report`` in superuser mode, of the one company
    :param names: the facts wanted; all by default
    """
    env, company = report.env, report.env.company
    columns = env["customer.sales.profile"]._fact_columns(company, day)
    if names is not None:
        columns = {name: columns[name] for name in names}
    products = NO_PRODUCTS
    if "products" in columns:
        products = report._products_by_customer(day, partner_ids)
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
        columns=SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in columns.items()
        ),
    )


def derived_columns(company, day: date, limits: dict[str, list[float]]) -> dict[str, SQL]:
    """What follows from facts, of this customer or of all: column -> expression.

    The expressions may refer to ``fact``, which has the columns of the facts; to ``place``, the
    customer's place among those that bought in the year; to ``score``, with ``r``, ``f``, ``m`` and
    ``fm``; to ``segment``; and to ``prediction``, what is predicted of the customer.
    """
    days_since = SQL("(%s::date - fact.last_purchase)", day)
    next_purchase = SQL("(fact.last_purchase + ROUND(fact.usual_gap)::integer)")
    status = status_by_rhythm(company, day)

    def ratio(numerator: str, denominator: str) -> SQL:
        return SQL(
            "fact.%s / NULLIF(fact.%s, 0)", SQL.identifier(numerator), SQL.identifier(denominator)
        )

    return {
        "average_purchase": ratio("gross", "purchases"),
        "average_purchase_year": ratio("gross_year", "purchases_year"),
        "average_purchase_before": ratio("gross_before", "purchases_before"),
        "net_change": SQL("fact.net_year - fact.net_before"),
        "net_change_percent": SQL(
            "CASE WHEN fact.net_before > 0 "
            "THEN (fact.net_year - fact.net_before) / fact.net_before END"
        ),
        "margin_year": SQL("fact.net_year - fact.cost_year"),
        "margin_before": SQL("fact.net_before - fact.cost_before"),
        "share": SQL("place.share"),
        "cumulative_share": SQL("place.cumulative_share"),
        "rank": SQL("place.rank"),
        "abc_class": SQL("place.abc_class"),
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
    :param derived: as of :func:`derived_columns`, all by default
    :param predictions: a table with what is predicted of each customer, for expressions that refer
        to ``prediction``
    """
    Profile = env["customer.sales.profile"]
    if facts is None:
        facts = list(Profile._fact_columns(company, day))
    if derived is None:
        derived = Profile._derived_columns(company, day, limits)
    values = _values(day)
    scores = {
        score: SQL(
            "CASE WHEN fact.purchases_year > 0 THEN %s END", _score(values[score], limits[score])
        )
        for score in SCORES
    }
    return SQL(
        """
        WITH fact AS MATERIALIZED (SELECT * FROM %(facts)s),
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
        ), score AS (
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
        class_a=company.customer_sales_class_a,
        class_b=company.customer_sales_class_b,
        columns=SQL(", ").join(
            [
                *(SQL("fact.%s", SQL.identifier(name)) for name in facts),
                *(
                    SQL("%s AS %s", expression, SQL.identifier(name))
                    for name, expression in derived.items()
                ),
            ]
        ),
        **scores,
    )


def derive_facts(
    report,
    day: date,
    partner_ids: Sequence[int] | None = None,
    names: Sequence[str] | None = None,
):
    """Put the facts of all customers of a company into :data:`FACTS`.

    :param partner_ids: the customers whose purchases have changed; all by default. Those of the
        others are taken from their profiles, which must be of the same day.
    :param names: the facts wanted of all customers; all by default
    """
    env, company = report.env, report.env.company
    select = facts_select(report, day, partner_ids, names)
    if partner_ids is not None:
        names = SQL(", ").join(
            SQL.identifier(name)
            for name in (*KEY, *env["customer.sales.profile"]._fact_columns(company, day))
        )
        select = SQL(
            "SELECT %(names)s FROM (%(anew)s) anew UNION ALL SELECT %(names)s FROM %(table)s "
            "WHERE company_id = %(company)s AND partner_id <> ALL(%(partners)s)",
            names=names,
            anew=select,
            table=SQL.identifier(TABLE),
            company=company.id,
            partners=list(partner_ids),
        )
    create_scratch(env.cr, FACTS, select, ("partner_id",))


def derive_profiles(env, company, day: date, limits: dict[str, list[float]]) -> Differences:
    """Bring the profiles of a company to what the facts in :data:`FACTS` say, and to what is
    predicted in :data:`PREDICTED`."""
    Profile = env["customer.sales.profile"]
    columns = [
        *Profile._fact_columns(company, day),
        *Profile._derived_columns(company, day, limits),
    ]
    select = profiles_select(env, company, day, limits, predictions=PREDICTED)
    create_scratch(env.cr, SCRATCH, select, KEY)
    scope = SQL("stored.company_id = %s", company.id)
    return apply_differences(env.cr, TABLE, SCRATCH, KEY, columns, scope)
