"""Invoices, credit notes, sales receipts and vendor bills, with taxes and payments."""

from odoo.tools import SQL

from .bulk import count, create_table, insert_like, reserve_ids


def write_moves(env):
    """Write the invoices and payments of ``bench_sale``, and link the invoices to their orders.

    They are noted in the temporary tables ``bench_move`` (sale_id, record_id) and
    ``bench_move_line`` (sale_id, position, line, record_id).
    """
    create_table(env, "bench_move", _moves(env))
    create_table(env, "bench_move_line", _move_lines(env))
    _insert_invoices(env)
    _insert_lines(env, "bench_move_line")
    env.cr.execute(
        SQL("""
            INSERT INTO sale_order_line_invoice_rel (order_line_id, invoice_line_id)
            SELECT order_line.record_id, move_line.record_id
              FROM bench_move_line AS move_line
              JOIN bench_order_line AS order_line USING (sale_id, position)
             WHERE move_line.line = 'product'
        """)
    )
    env.cr.execute(
        SQL("""
            INSERT INTO account_move_line_account_tax_rel (account_move_line_id, account_tax_id)
            SELECT line.record_id, tax.tax_id
              FROM bench_move_line AS line JOIN bench_tax AS tax USING (company_id)
             WHERE line.line = 'product'
        """)
    )
    create_table(env, "bench_payment", _payments(env))
    create_table(env, "bench_payment_line", _payment_lines(env))
    _insert_payments(env)
    _insert_lines(env, "bench_payment_line")


def _moves(env):
    """``direction`` is the sign of the entry on the partner's account."""
    moves = SQL("SELECT count(*) FROM bench_sale WHERE has_move")
    [[number]] = env.execute_query(moves)
    return SQL(
        """
        SELECT sale.*, total.subtotal, total.total, example.example_id,
               invoice_date + 30 AS due,
               CASE WHEN move_state = 'posted' THEN
                    CASE move_type WHEN 'out_refund' THEN 'RINV' WHEN 'in_invoice' THEN 'BILL'
                                   ELSE 'INV' END
                    || to_char(invoice_date, '/YYYY/') || to_char(sale_id, 'FM00000000') END
                    AS name,
               CASE WHEN move_type IN ('out_refund', 'in_invoice') THEN -1 ELSE 1 END AS direction,
               round(total.subtotal / rate, 2) AS company_subtotal,
               round(total.total / rate, 2) AS company_total,
               %s + row_number() OVER (ORDER BY sale_id) AS record_id
          FROM (SELECT sale.*, moment::date + (sale_id %% 6) AS invoice_date
                  FROM bench_sale AS sale WHERE has_move) AS sale
          JOIN bench_total AS total USING (sale_id)
          JOIN bench_example AS example
            ON example.company_id = sale.company_id AND example.kind = sale.move_type
               AND example.line IS NULL
        """,
        reserve_ids(env, "account_move", number),
    )


def _move_lines(env):
    """Product lines, one line of taxes and one to pay; ``balance`` in the company's currency."""
    moves = count(env, "bench_move")
    last = reserve_ids(env, "account_move_line", count(env, "bench_line") + 2 * moves)
    return SQL(
        """
        SELECT line.*, round(line.amount / line.rate, 2) AS balance, example.example_id,
               %s + row_number() OVER (ORDER BY line.move_id, line.line, line.position)
                    AS record_id
          FROM (
                SELECT 'product' AS line, position, product_id, uom_id, label, quantity, price,
                       discount, line.subtotal, line.total, -direction * line.subtotal AS amount,
                       FALSE AS reconciled,
                       sale_id, move.record_id AS move_id, name, invoice_date, due, move_state,
                       move_type, company_id, currency_id, rate, commercial_id
                  FROM bench_move AS move JOIN bench_line AS line USING (sale_id)
                 UNION ALL
                SELECT 'tax', 0, NULL, NULL, 'Tax', NULL, NULL, NULL, NULL, NULL,
                       direction * (subtotal - total), FALSE,
                       sale_id, record_id, name, invoice_date, due, move_state,
                       move_type, company_id, currency_id, rate, commercial_id
                  FROM bench_move
                 UNION ALL
                SELECT 'payment_term', 0, NULL, NULL, name, NULL, NULL, NULL, NULL, NULL,
                       direction * total, is_paid,
                       sale_id, record_id, name, invoice_date, due, move_state,
                       move_type, company_id, currency_id, rate, commercial_id
                  FROM bench_move
               ) AS line
          JOIN bench_example AS example
            ON example.company_id = line.company_id AND example.kind = line.move_type
               AND example.line = line.line
        """,
        last,
    )


def _insert_invoices(env):
    insert_like(
        env,
        "account_move",
        SQL("SELECT * FROM bench_move"),
        name="source.name",
        sequence_prefix="regexp_replace(source.name, '[0-9]+$', '')",
        sequence_number="source.sale_id",
        state="source.move_state",
        payment_state="CASE WHEN source.is_paid OR source.has_receipt AND source.move_state"
        " = 'posted' THEN 'paid' ELSE 'not_paid' END",
        payment_reference="source.name",
        invoice_origin="CASE WHEN source.has_order"
        " THEN 'S' || to_char(source.sale_id, 'FM00000000') END",
        date="source.invoice_date",
        invoice_date="source.invoice_date",
        invoice_date_due="source.due",
        partner_id="source.partner_id",
        commercial_partner_id="source.commercial_id",
        partner_shipping_id="source.partner_id",
        invoice_partner_display_name="source.customer_name",
        invoice_user_id="source.user_id",
        team_id="source.team_id",
        currency_id="source.currency_id",
        invoice_currency_rate="source.rate",
        amount_untaxed="source.subtotal",
        amount_tax="source.total - source.subtotal",
        amount_total="source.total",
        amount_residual="CASE WHEN source.is_paid THEN 0 ELSE source.total END",
        amount_untaxed_signed="source.direction * source.company_subtotal",
        amount_untaxed_in_currency_signed="source.direction * source.subtotal",
        amount_tax_signed="source.direction * (source.company_total - source.company_subtotal)",
        amount_total_signed="source.direction * source.company_total",
        amount_total_in_currency_signed="source.direction * source.total",
        amount_residual_signed="CASE WHEN source.is_paid THEN 0"
        " ELSE source.direction * source.company_total END",
        create_date="source.moment",
    )


def _insert_lines(env, table):
    insert_like(
        env,
        "account_move_line",
        SQL("SELECT * FROM %s", SQL.identifier(table)),
        move_id="source.move_id",
        move_name="source.name",
        parent_state="source.move_state",
        date="source.invoice_date",
        invoice_date="CASE WHEN source.move_type = 'entry' THEN NULL ELSE source.invoice_date END",
        date_maturity="CASE WHEN source.line = 'payment_term' THEN source.due END",
        partner_id="source.commercial_id",
        name="source.label",
        product_id="source.product_id",
        product_uom_id="source.uom_id",
        quantity="source.quantity",
        price_unit="COALESCE(source.price, example.price_unit)",
        discount="COALESCE(source.discount, 0)",
        price_subtotal="COALESCE(source.subtotal, 0)",
        price_total="COALESCE(source.total, 0)",
        currency_id="source.currency_id",
        amount_currency="source.amount",
        balance="source.balance",
        debit="greatest(source.balance, 0)",
        credit="-least(source.balance, 0)",
        reconciled="source.reconciled",
        amount_residual="CASE WHEN source.line = 'payment_term' AND NOT source.reconciled"
        " THEN source.balance ELSE 0 END",
        amount_residual_currency="CASE WHEN source.line = 'payment_term'"
        " AND NOT source.reconciled THEN source.amount ELSE 0 END",
        create_date="source.invoice_date",
    )


def _payments(env):
    [[number]] = env.execute_query(SQL("SELECT count(*) FROM bench_move WHERE is_paid"))
    return SQL(
        """
        SELECT move.sale_id, move.company_id, move.partner_id, move.commercial_id,
               move.total AS amount, move.company_total AS balance, move.currency_id, due AS day,
               'BNK1' || to_char(due, '/YYYY/') || to_char(sale_id, 'FM00000000') AS name,
               example.example_id,
               %s + row_number() OVER (ORDER BY due, sale_id) AS record_id
          FROM bench_move AS move
          JOIN bench_example AS example
            ON example.company_id = move.company_id AND example.kind = 'payment'
               AND example.line IS NULL
         WHERE move.is_paid
        """,
        reserve_ids(env, "account_move", number),
    )


def _payment_lines(env):
    last = reserve_ids(env, "account_move_line", 2 * count(env, "bench_payment"))
    return SQL(
        """
        SELECT line.*, payment.record_id AS move_id, payment.name, 'posted' AS move_state,
               'entry' AS move_type, payment.day AS invoice_date, NULL::date AS due,
               payment.commercial_id, NULL::int AS product_id, NULL::int AS uom_id,
               'Payment' AS label, NULL::numeric AS quantity, NULL::numeric AS price,
               NULL::numeric AS discount, NULL::numeric AS subtotal, NULL::numeric AS total,
               payment.currency_id, sign * payment.amount AS amount,
               sign * payment.balance AS balance, example.example_id,
               %s + row_number() OVER (ORDER BY payment.record_id, line.line) AS record_id
          FROM bench_payment AS payment
         CROSS JOIN (VALUES ('bank', 1, FALSE), ('receivable', -1, TRUE))
                 AS line (line, sign, reconciled)
          JOIN bench_example AS example
            ON example.company_id = payment.company_id AND example.kind = 'payment'
               AND example.line = line.line
        """,
        last,
    )


def _insert_payments(env):
    insert_like(
        env,
        "account_move",
        SQL("SELECT * FROM bench_payment"),
        name="source.name",
        sequence_prefix="regexp_replace(source.name, '[0-9]+$', '')",
        sequence_number="source.sale_id",
        date="source.day",
        partner_id="source.partner_id",
        commercial_partner_id="source.commercial_id",
        amount_total="source.amount",
        amount_total_signed="source.balance",
        amount_total_in_currency_signed="source.amount",
        create_date="source.day",
    )
