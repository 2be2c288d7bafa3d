"""Which products go together: bought by the same customers of the year, and how good suggestions
made of that would have been.

Similarity of two products = customers who bought both ÷ √(customers of one × customers of the
other). A customer's score for a product it has not bought = the sum over the products it bought in
the year.
"""

from datetime import date, timedelta

from odoo.tools import SQL

from ...tools.sql.differences import apply_differences, create_scratch
from ..profile.profile_derivation import year_of
from .product_derivation import DOCUMENTS, TABLE

AFFINITY = "customer_sales_affinity"
SCRATCH = "customer_sales_affinity_derived"
BOUGHT = "customer_sales_affinity_bought"
BASKET = "customer_sales_affinity_basket"
SIMILAR = "customer_sales_affinity_similar"
KEY = ("company_id", "product_id", "other_product_id")
COLUMNS = ("customers", "similarity")

FEWEST_CUSTOMERS = 5
#: Whoever buys more products than this, such as a reseller of everything, says little of what goes
#: together, and would make most of the pairs.
MOST_PRODUCTS = 1000
#: Of each product the most similar ones count. Tried on Online Retail: of ten suggestions 9.6 %
#: come true with 20, 8.6 % with 50, and 8.5 % with all.
NEIGHBOURS = 20
SUGGESTED = 10

# Trying on the past
TRIED = "customer_sales_affinity_tried"
TRIED_BOUGHT = "customer_sales_affinity_tried_bought"
#: For how long it is looked what was bought, and what was popular
TRIED_DAYS = timedelta(days=90)
#: Of so many customers; of more the share would be the same.
TRIED_CUSTOMERS = 2000
#: Of fewer than this, the share would be chance.
FEWEST_TRIED = 30


def derive_similarities(cr, name: str, bought: SQL):
    """Put the most similar products of each into the scratch table ``name``: ``product_id``,
    ``other_product_id``, ``customers`` that bought both, ``similarity``.

    :param bought: a SELECT of ``partner_id`` and ``product_id``, each pair once
    """
    # Tables rather than parts of one statement, so that PostgreSQL knows how many pairs there are:
    # taken for a few, they would be compared each with each.
    create_scratch(cr, BOUGHT, bought, ("partner_id", "product_id"))
    create_scratch(cr, BASKET, _baskets_select(), ("partner_id", "product_id"))
    create_scratch(cr, name, _similarities_select(), ("product_id", "other_product_id"))


def _baskets_select() -> SQL:
    """The pairs that say what goes together, with how many customers bought the product."""
    return SQL(
        """
        WITH bought AS MATERIALIZED (
            SELECT partner_id, product_id
              FROM %(bought)s
             WHERE partner_id IN (SELECT partner_id FROM %(bought)s
                                  GROUP BY partner_id HAVING COUNT(*) <= %(most)s)
        )
        SELECT bought.partner_id, bought.product_id, known.customers
          FROM bought
          JOIN (SELECT product_id, COUNT(*) AS customers FROM bought
                GROUP BY product_id HAVING COUNT(*) >= %(fewest)s) AS known
            ON known.product_id = bought.product_id
        """,
        bought=SQL.identifier(BOUGHT),
        fewest=FEWEST_CUSTOMERS,
        most=MOST_PRODUCTS,
    )


def _similarities_select() -> SQL:
    return SQL(
        """
        WITH pair AS MATERIALIZED (
            SELECT one.product_id, other.product_id AS other_product_id, COUNT(*) AS customers,
                   MIN(one.customers) AS of_one, MIN(other.customers) AS of_other
              FROM %(basket)s one
              JOIN %(basket)s other
                ON other.partner_id = one.partner_id AND other.product_id > one.product_id
          GROUP BY one.product_id, other.product_id
        ), both_ways AS (
            SELECT product_id, other_product_id, customers, of_one, of_other FROM pair
             UNION ALL
            SELECT other_product_id, product_id, customers, of_other, of_one FROM pair
        ), ranked AS (
            SELECT both_ways.*,
                   ROW_NUMBER() OVER (
                       PARTITION BY product_id
                       ORDER BY customers / SQRT(of_other) DESC, other_product_id
                   ) AS place
              FROM both_ways
        )
        SELECT product_id, other_product_id, customers::integer,
               ROUND((customers / SQRT(of_one * of_other))::numeric, 9) AS similarity
          FROM ranked
         WHERE place <= %(neighbours)s
        """,
        basket=SQL.identifier(BASKET),
        neighbours=NEIGHBOURS,
    )


def derive_affinities(env, company):
    """Bring what goes together to what the products by customer say."""
    bought = SQL(
        "SELECT partner_id, product_id FROM %s WHERE company_id = %s AND purchases_year > 0",
        SQL.identifier(TABLE),
        company.id,
    )
    derive_similarities(env.cr, SIMILAR, bought)
    select = SQL(
        "SELECT %s::integer AS company_id, similar_products.* FROM %s AS similar_products",
        company.id,
        SQL.identifier(SIMILAR),
    )
    create_scratch(env.cr, SCRATCH, select, KEY)
    scope = SQL("stored.company_id = %s", company.id)
    return apply_differences(env.cr, AFFINITY, SCRATCH, KEY, COLUMNS, scope)


def suggestions_select(company, partner) -> SQL:
    """The products that customers with similar purchases buy and this one does not, the best
    first: ``product_id``, and ``reason_id``, the product it bought that says most for it."""
    return SQL(
        """
        SELECT other_product_id AS product_id,
               (ARRAY_AGG(affinity.product_id ORDER BY similarity DESC, affinity.product_id))[1]
                   AS reason_id
          FROM %(affinity)s affinity
          JOIN %(products)s bought
            ON bought.company_id = affinity.company_id AND bought.partner_id = %(partner)s
               AND bought.product_id = affinity.product_id AND bought.purchases_year > 0
          JOIN product_product product ON product.id = other_product_id AND product.active
          JOIN product_template template
            ON template.id = product.product_tmpl_id AND template.sale_ok
         WHERE affinity.company_id = %(company)s
           AND NOT EXISTS (
                SELECT FROM %(products)s own
                 WHERE own.company_id = affinity.company_id AND own.partner_id = %(partner)s
                   AND own.product_id = other_product_id AND own.purchases > 0)
      GROUP BY other_product_id
      ORDER BY SUM(similarity) DESC, other_product_id
         LIMIT %(limit)s
        """,
        affinity=SQL.identifier(AFFINITY),
        products=SQL.identifier(TABLE),
        company=company.id,
        partner=partner.id,
        limit=SUGGESTED,
    )


def try_on_past(env, until: date, last: date) -> dict:
    """How many of ten suggestions would have come true, from :data:`DOCUMENTS` of all customers.

    :param until: the day until which purchases are known
    :param last: the last day of those that came since
    :return: ``until`` and ``last`` as texts, ``customers`` that bought something new, ``precision``
        of the suggestions and ``popular``, that of the most popular products of 90 days; the last
        two are None where the customers are too few
    """
    year, _before = year_of(until)
    documents = SQL.identifier(DOCUMENTS)
    create_scratch(
        env.cr,
        TRIED_BOUGHT,
        SQL(
            "SELECT partner_id, product_id, BOOL_OR(date >= %(year)s AND date <= %(until)s) "
            "AS in_year, MIN(date) > %(until)s AS is_new, "
            "BOOL_OR(date > %(recent)s AND date <= %(until)s) AS is_recent "
            "FROM %(documents)s WHERE net > 0 AND date <= %(last)s GROUP BY partner_id, product_id",
            year=year,
            until=until,
            recent=until - TRIED_DAYS,
            last=last,
            documents=documents,
        ),
        ("partner_id", "product_id"),
    )
    bought = SQL.identifier(TRIED_BOUGHT)
    in_year = SQL("SELECT partner_id, product_id FROM %s WHERE in_year", bought)
    derive_similarities(env.cr, TRIED, in_year)
    [[customers, precision, popular]] = env.execute_query(
        SQL(
            """
            WITH customer AS MATERIALIZED (
                SELECT partner_id
                  FROM %(bought)s
              GROUP BY partner_id
                HAVING BOOL_OR(is_new) AND BOOL_OR(in_year)
              ORDER BY HASHINT4(partner_id), partner_id
                 LIMIT %(tried)s
            ), known AS MATERIALIZED (
                SELECT bought.* FROM %(bought)s bought JOIN customer USING (partner_id)
            ), scored AS (
                SELECT known.partner_id, other_product_id AS product_id,
                       SUM(similarity) AS score
                  FROM known
                  JOIN %(similar)s AS similar_products
                    ON similar_products.product_id = known.product_id
                 WHERE known.in_year
              GROUP BY known.partner_id, other_product_id
            ), suggested AS (
                SELECT scored.*,
                       ROW_NUMBER() OVER (
                           PARTITION BY partner_id ORDER BY score DESC, product_id) AS place
                  FROM scored
                 WHERE NOT EXISTS (
                        SELECT FROM known
                         WHERE known.partner_id = scored.partner_id AND NOT is_new
                           AND known.product_id = scored.product_id)
            ), popular AS (
                SELECT product_id, COUNT(*) AS customers
                  FROM %(bought)s
                 WHERE is_recent
              GROUP BY product_id
              ORDER BY customers DESC, product_id
                 LIMIT %(popular)s
            ), usual AS (
                SELECT customer.partner_id, popular.product_id,
                       ROW_NUMBER() OVER (
                           PARTITION BY customer.partner_id
                           ORDER BY popular.customers DESC, popular.product_id) AS place
                  FROM customer
            CROSS JOIN popular
                 WHERE NOT EXISTS (
                        SELECT FROM known
                         WHERE known.partner_id = customer.partner_id AND NOT is_new
                           AND known.product_id = popular.product_id)
            )
            SELECT (SELECT COUNT(*) FROM customer),
                   (SELECT COUNT(*) FROM suggested
                      JOIN known USING (partner_id, product_id)
                     WHERE place <= %(suggested)s AND is_new),
                   (SELECT COUNT(*) FROM usual
                      JOIN known USING (partner_id, product_id)
                     WHERE place <= %(suggested)s AND is_new)
            """,
            bought=bought,
            similar=SQL.identifier(TRIED),
            tried=TRIED_CUSTOMERS,
            suggested=SUGGESTED,
            # Enough for everybody to be left ten that it has not bought
            popular=MOST_PRODUCTS + SUGGESTED,
        )
    )
    record = {"until": until.isoformat(), "last": last.isoformat(), "customers": customers}
    if customers < FEWEST_TRIED:
        return {**record, "precision": None, "popular": None}
    suggestions = customers * SUGGESTED
    return {**record, "precision": precision / suggestions, "popular": popular / suggestions}
