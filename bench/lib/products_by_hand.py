"""The table of products by customer by one statement written by hand: what there is to be done.

As :mod:`by_hand`, it knows this database alone. Lines of other kinds than products, such as tips,
have products of their own, whose lines are few: the generated documents have none of them.
"""

from odoo.tools import SQL


def products(zones, day) -> SQL:
    """One row for each company, customer and product.

    :param zones: pairs of a company's id and the name of its time zone
    :param day: the last day that counts
    """
    return SQL(
        """
        CREATE TEMPORARY TABLE bench_product ON COMMIT DROP AS
        WITH line AS (
            SELECT line.company_id, line.partner_id, line.product_id, move.invoice_date AS day,
                   move.id AS document, -line.balance AS net, sold.quantity,
                   sold.quantity * (product.standard_price ->> line.company_id::text)::numeric
                        AS cost,
                   -line.balance * 100 / NULLIF(100 - line.discount, 0) AS undiscounted
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom uom ON uom.id = line.product_uom_id
              JOIN uom_uom own ON own.id = template.uom_id
        CROSS JOIN LATERAL (
                    SELECT CASE WHEN move.move_type = 'out_refund' THEN -1 ELSE 1 END
                           * line.quantity * uom.factor::numeric / own.factor::numeric
                   ) AS sold (quantity)
             WHERE line.display_type = 'product' AND move.state = 'posted'
               AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
               AND line.is_downpayment IS NOT TRUE AND move.invoice_date <= %(day)s
         UNION ALL
            SELECT receipt.company_id, partner.commercial_partner_id, line.product_id,
                   (receipt.date_order AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date,
                   -receipt.id, SIGN(line.qty * line.price_unit) * ABS(line.price_subtotal),
                   line.qty, line.total_cost,
                   line.price_subtotal * 100 / NULLIF(100 - line.discount, 0)
              FROM pos_order_line line
              JOIN pos_order receipt ON receipt.id = line.order_id
              JOIN UNNEST(%(companies)s, %(zones)s) AS zone (company_id, name)
                ON zone.company_id = receipt.company_id
              JOIN res_partner partner ON partner.id = receipt.partner_id
         LEFT JOIN account_move invoice ON invoice.id = receipt.account_move
             WHERE receipt.state IN ('paid', 'done')
               AND (receipt.account_move IS NULL OR invoice.state <> 'posted')
               AND (receipt.date_order AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date <= %(day)s
        ), document AS (
            SELECT company_id, partner_id, product_id, day, document,
                   SUM(net) AS net, SUM(quantity) AS quantity, SUM(cost) AS cost,
                   SUM(net) FILTER (WHERE net > 0 AND quantity > 0) AS sold,
                   SUM(quantity) FILTER (WHERE net > 0 AND quantity > 0) AS sold_quantity,
                   SUM(undiscounted) FILTER (WHERE net > 0 AND quantity > 0) AS undiscounted,
                   MIN(net / quantity) FILTER (WHERE net > 0 AND quantity > 0) AS lowest,
                   MAX(net / quantity) FILTER (WHERE net > 0 AND quantity > 0) AS highest
              FROM line
          GROUP BY 1, 2, 3, 4, 5
        ), bought AS (
            SELECT company_id, partner_id, product_id, day,
                   COUNT(*) FILTER (WHERE net > 0) AS purchases,
                   SUM(net) FILTER (WHERE net > 0) AS gross,
                   SUM(quantity) FILTER (WHERE net > 0) AS bought,
                   SUM(net) AS net, SUM(quantity) AS quantity, SUM(cost) AS cost,
                   SUM(sold) AS sold, SUM(sold_quantity) AS sold_quantity,
                   SUM(undiscounted) AS undiscounted, MIN(lowest) AS lowest,
                   MAX(highest) AS highest
              FROM document
          GROUP BY 1, 2, 3, 4
        ), paced AS (
            SELECT bought.*,
                   CASE WHEN purchases > 0 THEN day - MAX(day) FILTER (WHERE purchases > 0) OVER (
                       PARTITION BY company_id, partner_id, product_id ORDER BY day
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) END AS gap
              FROM bought
        )
        SELECT company_id, partner_id, product_id,
               MIN(day) FILTER (WHERE purchases > 0) AS first_purchase,
               MAX(day) FILTER (WHERE purchases > 0) AS last_purchase,
               SUM(purchases) AS purchases,
               COUNT(*) FILTER (WHERE purchases > 0) AS purchase_days,
               SUM(quantity) AS quantity, SUM(bought) AS quantity_bought, SUM(net) AS net,
               SUM(gross) AS gross, SUM(sold) AS sold, SUM(sold_quantity) AS sold_quantity,
               SUM(undiscounted) AS undiscounted, MIN(lowest) AS lowest_price,
               MAX(highest) AS highest_price,
               (ARRAY_AGG(sold / sold_quantity ORDER BY day DESC) FILTER (WHERE sold > 0))[1]
                    AS last_price,
               (ARRAY_AGG(sold / sold_quantity ORDER BY day DESC) FILTER (WHERE sold > 0))[2]
                    AS previous_price,
               COALESCE(SUM(net) FILTER (WHERE day > %(day)s::date - 365), 0) AS net_year,
               COALESCE(SUM(net) FILTER (WHERE day > %(day)s::date - 730
                                           AND day <= %(day)s::date - 365), 0) AS net_before,
               SUM(cost) FILTER (WHERE day > %(day)s::date - 365) AS cost_year,
               SUM(sold) FILTER (WHERE day > %(day)s::date - 365) AS sold_year,
               SUM(sold_quantity) FILTER (WHERE day > %(day)s::date - 365) AS quantity_year,
               PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY gap) AS usual_gap
          FROM paced
      GROUP BY company_id, partner_id, product_id
        """,
        companies=[company_id for company_id, _zone in zones],
        zones=[zone for _company_id, zone in zones],
        day=day,
    )
