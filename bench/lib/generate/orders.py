"""Sales orders."""

from odoo.tools import SQL

from .bulk import count, create_table, insert_like, reserve_ids


def write_orders(env):
    """Write the orders of ``bench_sale``.

    They are noted in the temporary tables ``bench_order`` (sale_id, record_id) and
    ``bench_order_line`` (sale_id, position, record_id).
    """
    create_table(env, "bench_order", _orders(env))
    create_table(env, "bench_order_line", _order_lines(env))
    insert_like(
        env,
        "sale_order",
        SQL("SELECT * FROM bench_order"),
        name="'S' || to_char(source.sale_id, 'FM00000000')",
        state="source.order_state",
        date_order="source.moment",
        create_date="source.moment",
        partner_id="source.partner_id",
        partner_invoice_id="source.partner_id",
        partner_shipping_id="source.partner_id",
        user_id="source.user_id",
        team_id="source.team_id",
        currency_id="source.currency_id",
        currency_rate="source.rate",
        amount_untaxed="source.subtotal",
        amount_tax="source.total - source.subtotal",
        amount_total="source.total",
        invoice_status="source.invoice_status",
    )
    insert_like(
        env,
        "sale_order_line",
        SQL("SELECT * FROM bench_order_line"),
        order_id="source.order_id",
        sequence="source.position",
        state="source.order_state",
        order_partner_id="source.partner_id",
        salesman_id="source.user_id",
        currency_id="source.currency_id",
        product_id="source.product_id",
        product_uom_id="source.uom_id",
        name="source.label",
        product_uom_qty="source.quantity",
        price_unit="source.price",
        technical_price_unit="source.price",
        discount="source.discount",
        price_subtotal="source.subtotal",
        price_total="source.total",
        price_tax="source.total - source.subtotal",
        price_reduce_taxexcl="round(source.subtotal / source.quantity, 2)",
        price_reduce_taxinc="round(source.total / source.quantity, 2)",
        invoice_status="source.invoice_status",
        qty_delivered="source.invoiced * source.quantity",
        qty_invoiced="source.invoiced * source.quantity",
        qty_to_invoice="source.open * source.quantity",
        untaxed_amount_invoiced="source.invoiced * source.subtotal",
        untaxed_amount_to_invoice="source.open * source.subtotal",
        create_date="source.moment",
    )
    env.cr.execute(
        SQL("""
            INSERT INTO account_tax_sale_order_line_rel (sale_order_line_id, account_tax_id)
            SELECT line.record_id, tax.tax_id
              FROM bench_order_line AS line JOIN bench_tax AS tax USING (company_id)
        """)
    )


def _orders(env):
    orders = SQL("(SELECT count(*) FROM bench_sale WHERE has_order)")
    [[number]] = env.execute_query(SQL("SELECT %s", orders))
    return SQL(
        """
        SELECT sale.*, total.subtotal, total.total, example.example_id,
               %s + row_number() OVER (ORDER BY sale.sale_id) AS record_id,
               CASE WHEN sale.has_move THEN 'invoiced'
                    WHEN sale.kind = 'order_open' THEN 'to invoice' ELSE 'no' END
                    AS invoice_status,
               sale.has_move::int AS invoiced, (sale.kind = 'order_open')::int AS open
          FROM bench_sale AS sale
          JOIN bench_total AS total USING (sale_id)
          JOIN bench_example AS example
            ON example.company_id = sale.company_id AND example.kind = 'order'
               AND example.line IS NULL
         WHERE sale.has_order
        """,
        reserve_ids(env, "sale_order", number),
    )


def _order_lines(env):
    last = reserve_ids(env, "sale_order_line", count(env, "bench_line"))
    return SQL(
        """
        SELECT sale.record_id AS order_id, sale.company_id, sale.partner_id, sale.user_id,
               sale.currency_id,
               sale.order_state, sale.invoice_status, sale.invoiced, sale.open, sale.moment,
               line.*, example.example_id,
               %s + row_number() OVER (ORDER BY line.sale_id, line.position) AS record_id
          FROM bench_order AS sale
          JOIN bench_line AS line USING (sale_id)
          JOIN bench_example AS example
            ON example.company_id = sale.company_id AND example.kind = 'order'
               AND example.line = 'product'
        """,
        last,
    )
