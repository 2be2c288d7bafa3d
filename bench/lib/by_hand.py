"""The stored tables of customers, each by one statement written by hand: what there is to be done.

They know this database alone: one currency of a company, a time zone, the settings as they are
when the app is installed. Whether they come to the same as the app's tables is checked by whoever
runs them.
"""

from odoo.tools import SQL


def purchases(zones) -> SQL:
    """One row for each document that counts as a sale.

    :param zones: pairs of a company's id and the name of its time zone
    """
    return SQL(
        """
        CREATE TEMPORARY TABLE bench_purchase ON COMMIT DROP AS
        SELECT document_ref, MIN(move_id) AS move_id, MIN(pos_order_id) AS pos_order_id,
               MIN(company_id) AS company_id, MIN(partner_id) AS partner_id,
               MIN(contact_id) AS contact_id, MIN(user_id) AS user_id, MAX(channel) AS channel,
               MIN(day) AS date,
               CASE SIGN(SUM(net)) WHEN 1 THEN 'purchase' WHEN -1 THEN 'return' ELSE 'nil' END
                    AS kind,
               SUM(net) AS net, SUM(quantity) AS quantity, COUNT(*) AS line_count,
               SUM(cost) AS cost
          FROM (
                SELECT 'account.move,' || move.id AS document_ref, move.id AS move_id,
                       NULL::integer AS pos_order_id, line.company_id, line.partner_id,
                       move.partner_id AS contact_id, move.invoice_user_id AS user_id,
                       CASE WHEN ordered.order_line_id IS NOT NULL THEN 'sales'
                            ELSE 'direct' END AS channel,
                       move.invoice_date AS day, -line.balance AS net,
                       sold.quantity AS quantity,
                       sold.quantity * (product.standard_price ->> line.company_id::text)::numeric
                            AS cost
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = line.product_uom_id
                  JOIN uom_uom own ON own.id = template.uom_id
             LEFT JOIN sale_order_line_invoice_rel ordered ON ordered.invoice_line_id = line.id
            CROSS JOIN LATERAL (
                        SELECT CASE WHEN move.move_type = 'out_refund' THEN -1 ELSE 1 END
                               * line.quantity * uom.factor::numeric / own.factor::numeric
                       ) AS sold (quantity)
                 WHERE line.display_type = 'product' AND move.state = 'posted'
                   AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
             UNION ALL
                SELECT 'pos.order,' || receipt.id, NULL, receipt.id, receipt.company_id,
                       partner.commercial_partner_id, receipt.partner_id, receipt.user_id,
                       CASE WHEN line.sale_order_origin_id IS NULL THEN 'pos' ELSE 'sales' END,
                       (receipt.date_order AT TIME ZONE 'UTC' AT TIME ZONE zone.name)::date,
                       SIGN(line.qty * line.price_unit) * ABS(line.price_subtotal), line.qty,
                       line.total_cost
                  FROM pos_order_line line
                  JOIN pos_order receipt ON receipt.id = line.order_id
                  JOIN UNNEST(%s, %s) AS zone (company_id, name)
                    ON zone.company_id = receipt.company_id
             LEFT JOIN res_partner partner ON partner.id = receipt.partner_id
             LEFT JOIN account_move invoice ON invoice.id = receipt.account_move
                 WHERE receipt.state IN ('paid', 'done')
                   AND (receipt.account_move IS NULL OR invoice.state <> 'posted')
               ) AS line
      GROUP BY document_ref
        """,
        [company_id for company_id, _zone in zones],
        [zone for _company_id, zone in zones],
    )


def profiles(day) -> SQL:
    """One row for each customer of a company, from the purchases that the app has stored.

    :param day: the last day that counts
    """
    return SQL(
        """
        CREATE TEMPORARY TABLE bench_profile ON COMMIT DROP AS
        WITH document AS MATERIALIZED (
            SELECT company_id, partner_id, date, kind, net, cost, user_id,
                   date > %(day)s::date - 365 AS in_year,
                   date > %(day)s::date - 730 AND date <= %(day)s::date - 365 AS in_before
              FROM customer_sales_purchase
             WHERE date <= %(day)s AND partner_id IS NOT NULL
        ), rhythm AS (
            SELECT company_id, partner_id, COUNT(*) AS purchase_days,
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days) AS usual_gap
              FROM (SELECT company_id, partner_id,
                           date - LAG(date) OVER (PARTITION BY company_id, partner_id
                                                  ORDER BY date) AS days
                      FROM (SELECT DISTINCT company_id, partner_id, date FROM document
                             WHERE kind = 'purchase') AS bought) AS gap
          GROUP BY company_id, partner_id
        ), product AS (
            SELECT company_id, partner_id, COUNT(DISTINCT product_id) AS products
              FROM (SELECT line.company_id, line.partner_id, line.product_id
                      FROM account_move_line line
                      JOIN account_move move ON move.id = line.move_id
                     WHERE line.display_type = 'product' AND move.state = 'posted'
                       AND move.move_type IN ('out_invoice', 'out_receipt')
                       AND line.quantity > 0 AND line.is_downpayment IS NOT TRUE
                       AND move.invoice_date <= %(day)s
                 UNION ALL
                    SELECT receipt.company_id, partner.commercial_partner_id, line.product_id
                      FROM pos_order_line line
                      JOIN pos_order receipt ON receipt.id = line.order_id
                      JOIN res_partner partner ON partner.id = receipt.partner_id
                 LEFT JOIN account_move invoice ON invoice.id = receipt.account_move
                     WHERE receipt.state IN ('paid', 'done') AND line.qty > 0
                       AND (receipt.account_move IS NULL OR invoice.state <> 'posted')
                       AND receipt.date_order < %(day)s::date + 1) AS sold
          GROUP BY company_id, partner_id
        ), fact AS MATERIALIZED (
            SELECT company_id, partner_id,
                   MIN(user_id) AS first_user, MAX(user_id) AS last_user, COUNT(*) AS documents,
                   MIN(date) FILTER (WHERE kind = 'purchase') AS first_purchase,
                   MAX(date) FILTER (WHERE kind = 'purchase') AS last_purchase,
                   COUNT(*) FILTER (WHERE kind = 'purchase') AS purchases,
                   COUNT(*) FILTER (WHERE kind = 'purchase' AND in_year) AS purchases_year,
                   COUNT(*) FILTER (WHERE kind = 'purchase' AND in_before) AS purchases_before,
                   COALESCE(SUM(net) FILTER (WHERE kind = 'purchase'), 0) AS gross,
                   COALESCE(SUM(net) FILTER (WHERE kind = 'return'), 0) AS returns,
                   SUM(net) AS net,
                   COALESCE(SUM(net) FILTER (WHERE in_year), 0) AS net_year,
                   COALESCE(SUM(net) FILTER (WHERE in_before), 0) AS net_before,
                   COALESCE(SUM(net) FILTER (WHERE kind = 'purchase' AND in_year), 0)
                        AS gross_year,
                   COALESCE(SUM(net) FILTER (WHERE kind = 'purchase' AND in_before), 0)
                        AS gross_before,
                   COALESCE(SUM(cost) FILTER (WHERE in_year), 0) AS cost_year
              FROM document
          GROUP BY company_id, partner_id
        ), month AS (
            SELECT company_id, partner_id, JSONB_OBJECT_AGG(ago, net) AS net_months
              FROM (SELECT company_id, partner_id, SUM(net) AS net,
                           (EXTRACT(YEAR FROM AGE(DATE_TRUNC('month', %(day)s::date),
                                                  DATE_TRUNC('month', date))) * 12
                            + EXTRACT(MONTH FROM AGE(DATE_TRUNC('month', %(day)s::date),
                                                     DATE_TRUNC('month', date))))::integer AS ago
                      FROM document
                     WHERE date >= DATE_TRUNC('month', %(day)s::date) - INTERVAL '23 months'
                  GROUP BY 1, 2, 4) AS monthly
          GROUP BY company_id, partner_id
        ), quintile AS (
            SELECT company_id,
                   PERCENTILE_CONT(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (
                        ORDER BY (last_purchase - %(day)s::date)::float8) AS r,
                   PERCENTILE_CONT(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (
                        ORDER BY purchases_year::float8) AS f,
                   PERCENTILE_CONT(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (
                        ORDER BY net_year::float8) AS m
              FROM fact
             WHERE purchases_year > 0
          GROUP BY company_id
        ), place AS (
            SELECT company_id, partner_id,
                   RANK() OVER (PARTITION BY company_id ORDER BY net_year DESC) AS rank,
                   SUM(net_year) OVER (PARTITION BY company_id
                                       ORDER BY net_year DESC, partner_id) AS cumulative,
                   SUM(net_year) OVER (PARTITION BY company_id) AS total
              FROM fact
             WHERE purchases_year > 0
        ), score AS (
            SELECT fact.company_id, fact.partner_id,
                   1 + (SELECT COUNT(*) FROM UNNEST(quintile.r) AS step
                         WHERE fact.last_purchase - %(day)s::date > step) AS r,
                   1 + (SELECT COUNT(*) FROM UNNEST(quintile.f) AS step
                         WHERE fact.purchases_year > step) AS f,
                   1 + (SELECT COUNT(*) FROM UNNEST(quintile.m) AS step
                         WHERE fact.net_year > step) AS m
              FROM fact
              JOIN quintile USING (company_id)
             WHERE fact.purchases_year > 0
        )
        SELECT fact.*, rhythm.purchase_days, rhythm.usual_gap, product.products, month.net_months,
               fact.gross / NULLIF(fact.purchases, 0) AS average_purchase,
               fact.gross_year / NULLIF(fact.purchases_year, 0) AS average_purchase_year,
               fact.gross_before / NULLIF(fact.purchases_before, 0) AS average_purchase_before,
               fact.net_year - fact.net_before AS net_change,
               CASE WHEN fact.net_before > 0
                    THEN fact.net_year / fact.net_before - 1 END AS net_change_percent,
               fact.net_year - fact.cost_year AS margin_year,
               place.rank, fact.net_year / NULLIF(place.total, 0) AS share,
               place.cumulative / NULLIF(place.total, 0) AS cumulative_share,
               CASE WHEN place.cumulative - fact.net_year < 0.8 * place.total THEN 'a'
                    WHEN place.cumulative - fact.net_year < 0.95 * place.total THEN 'b'
                    WHEN place.rank IS NOT NULL THEN 'c' END AS abc_class,
               %(day)s::date - fact.last_purchase AS days_since,
               fact.last_purchase + ROUND(rhythm.usual_gap)::integer AS next_purchase,
               CASE WHEN fact.last_purchase IS NULL THEN NULL
                    WHEN %(day)s::date - fact.first_purchase <= 30 THEN 'new'
                    ELSE (ARRAY['active', 'slowing', 'dormant', 'lost'])[1 +
                        CASE WHEN rhythm.purchase_days >= 3
                             THEN WIDTH_BUCKET((%(day)s::date - fact.last_purchase)
                                               / GREATEST(rhythm.usual_gap, 7),
                                               ARRAY[1.5, 2, 3]::float8[])
                             ELSE WIDTH_BUCKET(%(day)s::date - fact.last_purchase,
                                               ARRAY[90, 180, 365]) END] END AS status,
               score.r, score.f, score.m, (score.f + score.m + 1) / 2 AS fm, cell.segment_id
          FROM fact
     LEFT JOIN rhythm USING (company_id, partner_id)
     LEFT JOIN product USING (company_id, partner_id)
     LEFT JOIN month USING (company_id, partner_id)
     LEFT JOIN place USING (company_id, partner_id)
     LEFT JOIN score USING (company_id, partner_id)
     LEFT JOIN customer_sales_segment_cell cell
            ON cell.r_score = score.r AND cell.fm_score = (score.f + score.m + 1) / 2
        """,
        day=day,
    )
