"""Receipts and refunds of the points of sale, in weekly sessions."""

from odoo.tools import SQL

from .bulk import count, create_table, insert_like, reserve_ids


def write_receipts(env):
    """Write the receipts of ``bench_sale``, with the payment of each."""
    _insert_sessions(env)
    create_table(env, "bench_receipt", _receipts(env))
    insert_like(
        env,
        "pos_order",
        SQL("SELECT * FROM bench_receipt"),
        name="source.number",
        pos_reference="source.number",
        uuid="gen_random_uuid()",
        access_token="gen_random_uuid()",
        session_id="source.session_id",
        date_order="source.moment",
        create_date="source.moment",
        partner_id="source.partner_id",
        user_id="source.user_id",
        crm_team_id="source.team_id",
        account_move="source.move_id",
        is_refund="source.sign < 0",
        amount_total="source.sign * source.total",
        amount_tax="source.sign * (source.total - source.subtotal)",
        amount_paid="source.sign * source.total",
    )
    create_table(env, "bench_receipt_line", _receipt_lines(env))
    insert_like(
        env,
        "pos_order_line",
        SQL("SELECT * FROM bench_receipt_line"),
        order_id="source.order_record_id",
        name="source.number || '/' || source.position",
        uuid="gen_random_uuid()",
        product_id="source.product_id",
        full_product_name="source.label",
        qty="source.units",
        qty_delivered="source.units",
        price_unit="source.price",
        discount="source.discount",
        price_subtotal="source.subtotal",
        price_subtotal_incl="source.total",
        total_cost="source.units * source.cost",
        is_total_cost_computed="TRUE",
        sale_order_origin_id="source.order_id",
        sale_order_line_id="source.order_line_id",
        create_date="source.moment",
    )
    env.cr.execute(
        SQL("""
            INSERT INTO account_tax_pos_order_line_rel (pos_order_line_id, account_tax_id)
            SELECT line.record_id, tax.tax_id
              FROM bench_receipt_line AS line JOIN bench_tax AS tax USING (company_id)
        """)
    )
    insert_like(
        env,
        "pos_payment",
        _payments(env),
        pos_order_id="source.receipt_id",
        session_id="source.session_id",
        uuid="gen_random_uuid()",
        payment_date="source.moment",
        amount="source.amount",
        create_date="source.moment",
    )


def _insert_sessions(env):
    """Closed sessions, one per company and week, noted in ``bench_session``."""
    weeks = SQL(
        "SELECT company_id, date_trunc('week', moment) AS week, min(moment) AS start_at,"
        " max(moment) AS stop_at FROM bench_sale WHERE has_receipt GROUP BY 1, 2"
    )
    [[number]] = env.execute_query(SQL("SELECT count(*) FROM (%s) AS weeks", weeks))
    create_table(
        env,
        "bench_session",
        SQL(
            """
            SELECT weeks.*, example.example_id,
                   %s + row_number() OVER (ORDER BY week, weeks.company_id) AS record_id
              FROM (%s) AS weeks
              JOIN bench_example AS example
                ON example.company_id = weeks.company_id AND example.kind = 'session'
            """,
            reserve_ids(env, "pos_session", number),
            weeks,
        ),
    )
    insert_like(
        env,
        "pos_session",
        SQL("SELECT * FROM bench_session"),
        name="'POS/' || to_char(source.record_id, 'FM00000')",
        start_at="source.start_at",
        stop_at="source.stop_at",
        move_id="NULL",
    )


def _receipts(env):
    [[number]] = env.execute_query(SQL("SELECT count(*) FROM bench_sale WHERE has_receipt"))
    return SQL(
        """
        SELECT sale.*, total.subtotal, total.total, session.record_id AS session_id,
               move.record_id AS move_id, sale_order.record_id AS order_id, example.example_id,
               CASE WHEN sale.kind = 'shop_refund' THEN -1 ELSE 1 END AS sign,
               'Shop ' || sale.company_id || ' - ' || to_char(sale.sale_id, 'FM00000000')
                    AS number,
               %s + row_number() OVER (ORDER BY sale.sale_id) AS record_id
          FROM bench_sale AS sale
          JOIN bench_total AS total USING (sale_id)
          JOIN bench_session AS session
            ON session.company_id = sale.company_id
               AND session.week = date_trunc('week', sale.moment)
          JOIN bench_example AS example
            ON example.company_id = sale.company_id AND example.kind = 'receipt'
               AND example.line IS NULL
          LEFT JOIN bench_move AS move USING (sale_id)
          LEFT JOIN bench_order AS sale_order USING (sale_id)
         WHERE sale.has_receipt
        """,
        reserve_ids(env, "pos_order", number),
    )


def _receipt_lines(env):
    """A refund has negative quantities and positive amounts, as the till sends it."""
    return SQL(
        """
        SELECT receipt.record_id AS order_record_id, receipt.company_id, receipt.number,
               receipt.moment,
               receipt.order_id, order_line.record_id AS order_line_id,
               line.position, line.product_id, line.label, line.discount, line.cost,
               line.subtotal, line.total, line.price / line.units AS price,
               receipt.sign * line.quantity * line.units AS units, example.example_id,
               %s + row_number() OVER (ORDER BY line.sale_id, line.position) AS record_id
          FROM bench_receipt AS receipt
          JOIN bench_line AS line USING (sale_id)
          JOIN bench_example AS example
            ON example.company_id = receipt.company_id AND example.kind = 'receipt'
               AND example.line = 'product'
          LEFT JOIN bench_order_line AS order_line USING (sale_id, position)
        """,
        reserve_ids(env, "pos_order_line", count(env, "bench_line")),
    )


def _payments(env):
    return SQL(
        """
        SELECT receipt.sale_id, receipt.record_id AS receipt_id, receipt.session_id,
               receipt.moment, receipt.sign * receipt.total AS amount, example.example_id,
               %s + row_number() OVER (ORDER BY receipt.record_id) AS record_id
          FROM bench_receipt AS receipt
          JOIN bench_example AS example
            ON example.company_id = receipt.company_id AND example.kind = 'receipt'
               AND example.line = 'payment'
        """,
        reserve_ids(env, "pos_payment", count(env, "bench_receipt")),
    )
