"""What each customer buys of each product: from the sales lines to products by customer.

In three steps. *Documents*: what of a product is on a document; profiles count products by them.
*Facts*: what follows from the documents of one customer and product; they are derived for the
customers whose documents have changed. The rest compares with the day, and with what other
customers pay: the medians of the night (:mod:`.price_derivation`), which stay until the next, so
that nobody else moves.
"""

from collections.abc import Sequence
from datetime import date

from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.sql.amounts import is_above_nothing
from ...tools.sql.by_fields import by_fields
from ...tools.sql.columns import listed, named
from ...tools.sql.differences import (
    Differences,
    apply_differences,
    create_scratch,
    update_differing,
)
from ...tools.terms import COUNTS_AS_SALE
from ..profile.profile_derivation import fact_ratio, rhythm_stage, year_columns, year_of

TABLE = "customer_sales_product"
DOCUMENTS = "customer_sales_product_documents"
FACTS = "customer_sales_product_facts"
SCRATCH = "customer_sales_product_derived"
KEY = ("company_id", "partner_id", "product_id")

#: Prices that differ by a smaller share than this differ by the rounding of amounts.
SAME_PRICE = 0.001

#: For the sorts of a refresh of everything: with the 4 MB of PostgreSQL they would go to the disk.
WORK_MEM = "64MB"


def documents_select(
    report,
    day: date,
    partner_ids: Sequence[int] | None = None,
    product_ids: Sequence[int] | None = None,
) -> SQL:
    """What of a product is on a document: one row for each ``partner_id``, ``product_id`` and
    ``document``, until ``day``.

    ``is_bought`` is false where all lines are returns.
    ``sold``, ``sold_quantity``, ``undiscounted``, ``lowest`` and ``highest`` are of the lines that
    were sold at a price: neither returns nor gifts.

    :param report: ``customer.sales.report`` in superuser mode, of the one company
    """
    domain = [
        (COUNTS_AS_SALE, "=", True),
        ("line_kind", "=", "product"),
        ("product_id", "!=", False),
        ("commercial_partner_id", "!=", False),
        ("date", "<=", day),
    ]
    for name, ids in {"commercial_partner_id": partner_ids, "product_id": product_ids}.items():
        if ids is not None:
            domain.append((name, "in", list(ids)))
    query = report._search(by_fields(Domain(domain)))

    def column(name: str) -> SQL:
        return report._field_to_sql(query.table, name, query)

    names = {
        "partner_id": "commercial_partner_id",
        "product_id": "product_id",
        "date": "date",
        "net": "price_subtotal",
        "quantity": "quantity",
        "cost": "cost",
        "undiscounted": "price_undiscounted",
    }
    lines = query.select(
        # Only to tell documents apart
        SQL('%s COLLATE "C" AS document', column("document_ref")),
        named({ours: column(theirs) for ours, theirs in names.items()}),
    )
    return SQL(
        """
        SELECT partner_id, product_id, date, document,
               SUM(net)::numeric AS net,
               SUM(quantity)::numeric AS quantity,
               BOOL_OR(quantity > 0) AS is_bought,
               SUM(cost)::numeric AS cost,
               SUM(net) FILTER (WHERE %(priced)s)::numeric AS sold,
               SUM(quantity) FILTER (WHERE %(priced)s)::numeric AS sold_quantity,
               SUM(undiscounted) FILTER (WHERE %(priced)s)::numeric AS undiscounted,
               MIN(net / quantity) FILTER (WHERE %(priced)s)::numeric AS lowest,
               MAX(net / quantity) FILTER (WHERE %(priced)s)::numeric AS highest
          FROM (%(lines)s) AS line
      GROUP BY partner_id, product_id, date, document
        """,
        priced=SQL("net > 0 AND quantity > 0"),
        lines=lines,
    )


def products_select() -> SQL:
    """How many ``products`` each ``partner_id`` in :data:`DOCUMENTS` has bought."""
    return SQL(
        "SELECT partner_id, COUNT(DISTINCT product_id) AS products FROM %s WHERE is_bought "
        "GROUP BY partner_id",
        SQL.identifier(DOCUMENTS),
    )


def fact_columns(day: date) -> dict[str, SQL]:
    """What follows from the documents of one customer and product: column -> expression.

    The expressions may refer to ``day``, the days on which there are any as a group; see
    :func:`facts_select`.
    """
    year, before = year_of(day)
    in_year = SQL("day.date >= %s", year)
    in_before = SQL("day.date >= %s AND day.date < %s", before, year)
    bought, priced = SQL("day.purchases > 0"), SQL("day.sold > 0")

    def total(column: str, *conditions: SQL) -> SQL:
        return SQL(
            "COALESCE(SUM(day.%s) FILTER (WHERE %s), 0)",
            SQL.identifier(column),
            SQL(" AND ").join(conditions or [SQL("TRUE")]),
        )

    def price(place: int) -> SQL:
        return SQL(
            "(ARRAY_AGG(day.sold / day.sold_quantity ORDER BY day.date DESC) "
            "FILTER (WHERE %s))[%s]",
            priced,
            place,
        )

    return {
        "first_purchase": SQL("MIN(day.date) FILTER (WHERE %s)", bought),
        "last_purchase": SQL("MAX(day.date) FILTER (WHERE %s)", bought),
        "purchases": SQL("%s::integer", total("purchases")),
        "purchases_year": SQL("%s::integer", total("purchases", in_year)),
        "purchase_days": SQL("(COUNT(*) FILTER (WHERE %s))::integer", bought),
        "quantity": total("quantity"),
        "quantity_bought": total("bought"),
        "net": total("net"),
        "gross": total("gross"),
        "sold": total("sold"),
        "sold_quantity": total("sold_quantity"),
        "undiscounted": total("undiscounted"),
        "lowest_price": SQL("MIN(day.lowest)"),
        "highest_price": SQL("MAX(day.highest)"),
        "last_price": price(1),
        "previous_price": price(2),
        "net_year": total("net", in_year),
        "net_before": total("net", in_before),
        "cost_year": total("cost", in_year),
        "sold_year": total("sold", in_year),
        "quantity_year": total("sold_quantity", in_year),
        "usual_gap": SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY day.gap)::numeric"),
    }


def facts_select(env, company, day: date) -> SQL:
    """The facts of the customers and products in :data:`DOCUMENTS`.

    A product bought twice a day is bought on one day, at the price of both together.
    """
    return SQL(
        """
        WITH day AS (
            SELECT partner_id, product_id, date,
                   COUNT(*) FILTER (WHERE %(is_bought)s) AS purchases,
                   SUM(net) FILTER (WHERE %(is_bought)s) AS gross,
                   SUM(quantity) FILTER (WHERE %(is_bought)s) AS bought,
                   SUM(net) AS net, SUM(quantity) AS quantity, SUM(cost) AS cost,
                   SUM(sold) AS sold, SUM(sold_quantity) AS sold_quantity,
                   SUM(undiscounted) AS undiscounted,
                   MIN(lowest) AS lowest, MAX(highest) AS highest
              FROM %(documents)s
          GROUP BY partner_id, product_id, date
        ), paced AS (
            SELECT day.*,
                   CASE WHEN purchases > 0
                        THEN date - MAX(date) FILTER (WHERE purchases > 0) OVER earlier END AS gap
              FROM day
            WINDOW earlier AS (PARTITION BY partner_id, product_id ORDER BY date
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        )
        SELECT %(company)s::integer AS company_id, day.partner_id, day.product_id, %(columns)s
          FROM paced day
      GROUP BY day.partner_id, day.product_id
        """,
        documents=SQL.identifier(DOCUMENTS),
        is_bought=is_above_nothing(SQL("net")),
        company=company.id,
        columns=named(env["customer.sales.product"]._fact_columns(day)),
    )


def price_columns() -> dict[str, SQL]:
    """How the price of the year stands to what others pay: column -> expression of ``fact`` and
    ``prices``, the row of the product in ``customer_sales_price_report``."""
    is_compared = SQL("fact.quantity_year > 0 AND prices.median_price > 0")
    gap = relative_change(SQL("fact.sold_year / fact.quantity_year"), SQL("prices.median_price"))
    return {
        "median_price": SQL("CASE WHEN %s THEN prices.median_price END", is_compared),
        "price_gap": SQL("CASE WHEN %s THEN %s END", is_compared, gap),
        "median_gain": SQL(
            "CASE WHEN %s AND %s < 0 THEN prices.median_price * fact.quantity_year "
            "- fact.sold_year ELSE 0 END",
            is_compared,
            gap,
        ),
    }


def relative_change(price: SQL, base: SQL) -> SQL:
    """By which share a price is above another; 0 where they are the same but for rounding."""
    return SQL(
        "CASE WHEN ABS(%(price)s / %(base)s - 1) < %(same)s THEN 0 "
        "ELSE ROUND(%(price)s / %(base)s - 1, 6) END",
        price=price,
        base=base,
        same=SAME_PRICE,
    )


def derived_columns(company, day: date) -> dict[str, SQL]:
    """What follows from facts, of this customer and product or of others: column -> expression.

    The expressions may refer to ``fact``, which has the columns of the facts, and to ``prices``.
    """
    price_change = relative_change(SQL("fact.last_price"), SQL("fact.previous_price"))
    status = SQL(
        "CASE WHEN fact.last_purchase IS NOT NULL THEN "
        "CASE %s WHEN 0 THEN 'active' WHEN 1 THEN 'slowing' ELSE 'stopped' END END",
        rhythm_stage(company, SQL("(%s::date - fact.last_purchase)", day)),
    )
    return {
        "quantity_per_purchase": fact_ratio("quantity_bought", "purchases"),
        "average_price": fact_ratio("sold", "sold_quantity"),
        "price_year": fact_ratio("sold_year", "quantity_year"),
        "price_change": SQL(
            "CASE WHEN fact.previous_price IS NULL THEN NULL WHEN %s = 0 THEN 0 "
            "ELSE fact.last_price - fact.previous_price END",
            price_change,
        ),
        "price_change_percent": SQL(
            "CASE WHEN fact.previous_price IS NOT NULL THEN %s END", price_change
        ),
        "discount_amount": SQL("fact.undiscounted - fact.sold"),
        "discount": SQL(
            "100 * (fact.undiscounted - fact.sold) / NULLIF(fact.undiscounted, 0)",
        ),
        **year_columns(),
        "next_purchase": SQL("fact.last_purchase + ROUND(fact.usual_gap)::integer"),
        "status": status,
        "sales_lost": SQL(
            "CASE WHEN %s = 'stopped' THEN GREATEST(fact.net_before - fact.net_year, 0) ELSE 0 END",
            status,
        ),
        **price_columns(),
    }


def derive_documents(report, day: date, partner_ids: Sequence[int] | None = None):
    """Put what of each product is on the documents of all customers of a company, or of some, into
    :data:`DOCUMENTS`."""
    if partner_ids is None:
        report.env.cr.execute(SQL("SET LOCAL work_mem = %s", WORK_MEM))
    documents = documents_select(report, day, partner_ids)
    create_scratch(
        report.env.cr, DOCUMENTS, documents, sorted_by=("partner_id", "product_id", "date")
    )


def derive_facts(env, company, day: date):
    """Put the facts of the customers and products in :data:`DOCUMENTS` into :data:`FACTS`."""
    create_scratch(env.cr, FACTS, facts_select(env, company, day), sorted_by=KEY)


def derive_products(
    env, company, day: date, partner_ids: Sequence[int] | None = None
) -> Differences:
    """Bring the products by customer to what :data:`FACTS` says.

    :param partner_ids: the customers that these facts are of; all by default
    """
    Product = env["customer.sales.product"]
    facts, derived = Product._fact_columns(day), Product._derived_columns(company, day)
    select = SQL(
        """
        SELECT fact.company_id, fact.partner_id, fact.product_id, profile.id AS profile_id,
               %(columns)s
          FROM %(facts)s fact
          JOIN customer_sales_profile profile
            ON profile.company_id = fact.company_id AND profile.partner_id = fact.partner_id
     LEFT JOIN customer_sales_price_report prices
            ON prices.company_id = fact.company_id AND prices.product_id = fact.product_id
        """,
        facts=SQL.identifier(FACTS),
        columns=SQL(", ").join([listed(facts, "fact"), named(derived)]),
    )
    create_scratch(env.cr, SCRATCH, select, KEY)
    scope = SQL("stored.company_id = %s", company.id)
    if partner_ids is not None:
        scope = SQL("%s AND stored.partner_id = ANY(%s)", scope, list(partner_ids))
    columns = ["profile_id", *facts, *derived]
    return apply_differences(env.cr, TABLE, SCRATCH, KEY, columns, scope)


def update_prices(env, company) -> int:
    """Bring the price position of all rows of a company to the medians of now.

    :return: how many rows changed
    """
    # Each product that anybody has bought has a row there.
    prices = SQL("FROM customer_sales_price_report prices")
    of_product = SQL(
        "fact.company_id = %s AND prices.company_id = fact.company_id "
        "AND prices.product_id = fact.product_id",
        company.id,
    )
    return update_differing(env.cr, TABLE, price_columns(), prices, of_product, alias="fact")
