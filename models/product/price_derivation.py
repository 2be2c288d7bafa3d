"""What is paid for each product, and what customers do at a higher price: from the documents and
facts of :mod:`.product_derivation`, of all customers of a company."""

from odoo.tools import SQL

from ...tools.sql.differences import apply_differences, create_scratch
from ...tools.statistics.price_response import Sums, change_of_quantity, price_response
from .product_derivation import DOCUMENTS, FACTS, SAME_PRICE, relative_change

TABLE = "customer_sales_price_report"
SCRATCH = "customer_sales_price_derived"
KEY = ("company_id", "product_id")
#: A median of fewer would tell one customer what another pays.
FEWEST_CUSTOMERS = 5
#: Digits of sums that do not depend on the order in which PostgreSQL adds them up
DIGITS = 9

#: What the statistics make of the sums
ANSWERS = {
    "answer": "varchar",
    "slope": "double precision",
    "effect": "double precision",
    "effect_low": "double precision",
    "effect_high": "double precision",
}


def prices_select(company) -> SQL:
    """One row for each product that any customer has bought."""
    return SQL(
        """
        WITH paid AS (
            SELECT product_id, partner_id, sold_year, quantity_year,
                   sold_year / NULLIF(quantity_year, 0) AS price
              FROM %(facts)s
        ), spread AS (
            SELECT product_id,
                   COUNT(*)::integer AS customers,
                   COUNT(price)::integer AS customers_year,
                   SUM(sold_year) AS sold_year,
                   SUM(quantity_year) AS quantity_year,
                   MIN(price) AS lowest_price,
                   MAX(price) AS highest_price,
                   PERCENTILE_CONT(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY price)
                       AS quartiles
              FROM paid
          GROUP BY product_id
        ), prices AS (
            SELECT spread.*,
                   CASE WHEN customers_year >= %(fewest)s THEN quartiles[2]::numeric END
                       AS median_price
              FROM spread
        ), gain AS (
            SELECT paid.product_id,
                   SUM(median_price * paid.quantity_year - paid.sold_year) AS gain
              FROM paid
              JOIN prices ON prices.product_id = paid.product_id
             WHERE median_price IS NOT NULL AND paid.quantity_year > 0 AND %(gap)s < 0
          GROUP BY paid.product_id
        ), response AS (%(response)s)
        SELECT %(company)s::integer AS company_id, prices.product_id,
               prices.customers, customers_year, prices.sold_year, prices.quantity_year,
               prices.sold_year / NULLIF(prices.quantity_year, 0) AS price_year,
               lowest_price, highest_price,
               quartiles[1]::numeric AS lower_quartile,
               quartiles[3]::numeric AS upper_quartile,
               median_price,
               COALESCE(gain.gain, 0) AS median_gain,
               COALESCE(response.purchases, 0)::integer AS response_purchases,
               COALESCE(response.customers, 0)::integer AS response_customers,
               response.s_xx, response.s_xy, response.s_yy,
               %(answers)s
          FROM prices
     LEFT JOIN gain ON gain.product_id = prices.product_id
     LEFT JOIN response ON response.product_id = prices.product_id
        """,
        facts=SQL.identifier(FACTS),
        gap=relative_change(SQL("paid.price"), SQL("median_price")),
        fewest=FEWEST_CUSTOMERS,
        company=company.id,
        response=response_select(),
        answers=SQL(", ").join(
            SQL("NULL::%s AS %s", SQL(column_type), SQL.identifier(name))
            for name, column_type in ANSWERS.items()
        ),
    )


def response_select() -> SQL:
    """The sums that :func:`.price_response` needs, by product."""
    return SQL(
        """
        SELECT product_id,
               SUM(purchases) AS purchases, COUNT(*) AS customers,
               SUM(s_xx) AS s_xx, SUM(s_xy) AS s_xy, SUM(s_yy) AS s_yy
          FROM (
            SELECT product_id, partner_id, COUNT(*) AS purchases,
                   ROUND(REGR_SXX(log_quantity, log_price)::numeric, %(digits)s) AS s_xx,
                   ROUND(REGR_SXY(log_quantity, log_price)::numeric, %(digits)s) AS s_xy,
                   ROUND(REGR_SYY(log_quantity, log_price)::numeric, %(digits)s) AS s_yy
              FROM (%(purchases)s) purchase
          GROUP BY product_id, partner_id
            HAVING MAX(price) > MIN(price) * (1 + %(same)s)
          ) customer
      GROUP BY product_id
        """,
        digits=DIGITS,
        purchases=purchases_select(SQL.identifier(DOCUMENTS)),
        same=SAME_PRICE,
    )


def purchases_select(documents: SQL) -> SQL:
    """The purchases of products with their price and quantity.

    :param documents: rows as of :func:`.documents_select`
    """
    return SQL(
        """
        SELECT product_id, partner_id, sold / sold_quantity AS price, sold_quantity AS quantity,
               LN((sold / sold_quantity)::float8) AS log_price,
               LN(sold_quantity::float8) AS log_quantity
          FROM %s AS document
         WHERE net > 0 AND sold > 0
        """,
        documents,
    )


def derive_prices(env, company):
    """Bring the prices of all products of a company to what :data:`DOCUMENTS` and :data:`FACTS`
    say, which must be of all customers."""
    create_scratch(env.cr, SCRATCH, prices_select(company), KEY)
    env.cr.execute(
        SQL(
            "SELECT product_id, response_purchases, response_customers, s_xx, s_xy, s_yy FROM %s",
            SQL.identifier(SCRATCH),
        )
    )
    products, answers = [], []
    for product_id, purchases, customers, *sums in env.cr.fetchall():
        products.append(product_id)
        answers.append(_answer(Sums(purchases, customers, *(float(each or 0) for each in sums))))
    env.cr.execute(
        SQL(
            "UPDATE %(scratch)s derived SET %(values)s FROM UNNEST(%(arrays)s) "
            "AS told(product_id, %(names)s) WHERE told.product_id = derived.product_id",
            scratch=SQL.identifier(SCRATCH),
            values=SQL(", ").join(
                SQL("%s = told.%s", SQL.identifier(name), SQL.identifier(name)) for name in ANSWERS
            ),
            arrays=SQL(", ").join(
                [
                    SQL("%s::integer[]", products),
                    *(
                        SQL("%s::%s[]", [answer[name] for answer in answers], SQL(column_type))
                        for name, column_type in ANSWERS.items()
                    ),
                ]
            ),
            names=SQL(", ").join(map(SQL.identifier, ANSWERS)),
        )
    )
    columns = [
        name
        for name, field in env["customer.sales.price.report"]._fields.items()
        if field.store and name not in ("id", *KEY)
    ]
    scope = SQL("stored.company_id = %s", company.id)
    return apply_differences(env.cr, TABLE, SCRATCH, KEY, columns, scope)


def _answer(sums: Sums) -> dict:
    response = price_response(sums)
    if response is None:
        return dict.fromkeys(ANSWERS) | {"answer": "little"}
    return {
        "answer": "clear" if response.is_clear else "unclear",
        "slope": round(response.slope, DIGITS),
        "effect": round(change_of_quantity(response.slope), DIGITS),
        "effect_low": round(change_of_quantity(response.low), DIGITS),
        "effect_high": round(change_of_quantity(response.high), DIGITS),
    }
