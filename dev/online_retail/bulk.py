"""The documents that Odoo's own flow has not made, written by SQL in the columns that reports read.

Each row is like the one that Odoo's own flow made for a document of the same kind: ``_insert_like``
copies from that row each column that has one value on all documents of a kind, and is told the
others.
"""

from contextlib import contextmanager

from odoo.tools import SQL

from .own_flow import MOVE_TYPES
from .staging import create_table, update_statistics


def write_documents(env, step):
    """Write every document of ``online_retail_document`` that has no record yet.

    :param step: called with one sentence before each step
    """
    env.flush_all()
    invoices, receipts = _read_examples(env)
    _stage_documents(env)
    with _checking_at_the_end(env, "account_move_line"):
        for kind, example in invoices.items():
            step(f"writing documents: {kind}")
            _write_invoices(env, kind, example)
        step("checking their references")
    if receipts:
        _write_sessions(env, next(iter(receipts.values())).session_id)
    with _checking_at_the_end(env, "pos_order_line"):
        for kind, example in receipts.items():
            step(f"writing documents: {kind}")
            _write_receipts(env, kind, example)
        step("checking their references")
    _raise_customer_ranks(env)
    env.invalidate_all()


@contextmanager
def _checking_at_the_end(env, table):
    """Check the foreign keys of ``table`` all at once at the end.

    Looking up each row in a dozen tables as it is inserted takes longer than all the rest.
    """
    query = SQL(
        """
        SELECT conname, pg_get_constraintdef(oid)
          FROM pg_constraint
         WHERE conrelid = %s::regclass AND contype = 'f'
        """,
        table,
    )
    keys = [
        (SQL.identifier(name), SQL(definition)) for name, definition in env.execute_query(query)
    ]
    _alter(env, table, [SQL("DROP CONSTRAINT %s", name) for name, _definition in keys])
    yield
    _alter(env, table, [SQL("ADD CONSTRAINT %s %s", name, definition) for name, definition in keys])


def _alter(env, table, changes):
    env.cr.execute(SQL("ALTER TABLE %s %s", SQL.identifier(table), SQL(", ").join(changes)))


def _read_examples(env):
    """What Odoo's own flow made: an invoice by kind, and a receipt by kind."""
    invoices, receipts = {}, {}
    query = SQL("""
        SELECT kind, min(record_id)
          FROM online_retail_document
         WHERE record_id IS NOT NULL
         GROUP BY kind
    """)
    for kind, record_id in env.execute_query(query):
        if kind in MOVE_TYPES:
            invoices[kind] = env["account.move"].browse(record_id)
        else:
            receipts[kind] = env["pos.order"].browse(record_id)
    return invoices, receipts


def _stage_documents(env):
    """Give the documents to write an id each, ascending by time, and find what they name.

    Temporary tables ``online_retail_bulk``, the documents, and ``online_retail_bulk_line``; their
    amounts are positive.
    """
    documents = SQL("""
        SELECT document.number, document.kind, document.day, document.moment, document.total,
               abs(document.total) AS amount,
               customer.partner_id, customer.partner_name,
               CASE WHEN document.customer IS NULL
                    THEN nextval('pos_order_id_seq')
                    ELSE nextval('account_move_id_seq')
               END AS record_id
          FROM (
                SELECT *
                  FROM online_retail_document
                 WHERE record_id IS NULL
                 ORDER BY moment, number
               ) AS document
     LEFT JOIN online_retail_customer AS customer USING (customer)
    """)
    create_table(env, "online_retail_bulk", documents)
    lines = SQL("""
        SELECT document.kind, document.record_id, document.number, document.day,
               document.partner_id, line.position, line.quantity, line.price,
               abs(line.subtotal) AS amount, product.product_id, product.label,
               row_number() OVER (PARTITION BY line.number ORDER BY line.position) AS line_number
          FROM online_retail_bulk AS document
          JOIN online_retail_line AS line USING (number)
          JOIN online_retail_product AS product USING (code)
    """)
    create_table(env, "online_retail_bulk_line", lines)


def _insert_like(env, table, example, source, **values):
    """Insert a row into ``table`` for each row of ``source``, in its order.

    :param example: the id of the row from which all columns but those of ``values`` are copied
    :param source: a query
    :param values: expressions over the rows of ``source``, by column; a column that the installed
        apps do not have is passed over
    """
    query = SQL(
        """
        SELECT column_name
          FROM information_schema.columns
         WHERE table_schema = current_schema AND table_name = %s
        """,
        table,
    )
    columns = [name for (name,) in env.execute_query(query) if name != "id" or "id" in values]
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM (%s) AS source, %s AS example"
            " WHERE example.id = %s",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(name) for name in columns),
            SQL(", ").join(values.get(name, SQL.identifier("example", name)) for name in columns),
            source,
            SQL.identifier(table),
            example,
        )
    )
    update_statistics(env, table)


def _documents(kind):
    return SQL("SELECT * FROM online_retail_bulk WHERE kind = %s ORDER BY record_id", kind)


def _lines(kind):
    return SQL("SELECT * FROM online_retail_bulk_line WHERE kind = %s ORDER BY position", kind)


def _write_invoices(env, kind, example):
    """Write the invoices, or the credit notes, with their product lines and the line to pay."""
    if kind == "customer_invoice":
        signed_amount, payment_reference = SQL("source.amount"), SQL("source.number")
    else:
        signed_amount, payment_reference = SQL("-source.amount"), SQL("NULL")
    _insert_like(
        env,
        "account_move",
        example.id,
        _documents(kind),
        id=SQL("source.record_id"),
        name=SQL("source.number"),
        payment_reference=payment_reference,
        sequence_prefix=SQL("regexp_replace(source.number, '[0-9]+$', '')"),
        sequence_number=SQL("substring(source.number FROM '[0-9]+$')::integer"),
        date=SQL("source.day"),
        invoice_date=SQL("source.day"),
        invoice_date_due=SQL("source.day"),
        partner_id=SQL("source.partner_id"),
        commercial_partner_id=SQL("source.partner_id"),
        partner_shipping_id=SQL("source.partner_id"),
        invoice_partner_display_name=SQL("source.partner_name"),
        amount_untaxed=SQL("source.amount"),
        amount_total=SQL("source.amount"),
        amount_residual=SQL("source.amount"),
        amount_untaxed_signed=signed_amount,
        amount_untaxed_in_currency_signed=signed_amount,
        amount_total_signed=signed_amount,
        amount_total_in_currency_signed=signed_amount,
        amount_residual_signed=signed_amount,
    )
    _insert_like(
        env,
        "account_move_line",
        example.line_ids.filtered(lambda line: line.display_type == "product")[0].id,
        _lines(kind),
        product_id=SQL("source.product_id"),
        name=SQL("source.label"),
        quantity=SQL("abs(source.quantity)"),
        price_unit=SQL("source.price"),
        price_subtotal=SQL("source.amount"),
        price_total=SQL("source.amount"),
        **_entry_values(SQL("(0 - (%s))", signed_amount)),
    )
    _insert_like(
        env,
        "account_move_line",
        example.line_ids.filtered(lambda line: line.display_type == "payment_term").id,
        _documents(kind),
        name=payment_reference,
        date_maturity=SQL("source.day"),
        amount_residual=signed_amount,
        amount_residual_currency=signed_amount,
        **_entry_values(signed_amount),
    )


def _entry_values(balance):
    """The columns that every line of a journal entry has, by its balance."""
    return {
        "move_id": SQL("source.record_id"),
        "move_name": SQL("source.number"),
        "date": SQL("source.day"),
        "invoice_date": SQL("source.day"),
        "partner_id": SQL("source.partner_id"),
        "balance": balance,
        "amount_currency": balance,
        "debit": SQL("greatest(%s, 0)", balance),
        "credit": SQL("-least(%s, 0)", balance),
    }


def _write_sessions(env, example):
    """Write one closed session of the point of sale for each day, named after the day."""
    _insert_like(
        env,
        "pos_session",
        example.id,
        SQL("""
            SELECT day, min(moment) AS start_at, max(moment) AS stop_at
              FROM online_retail_bulk
             WHERE partner_id IS NULL
             GROUP BY day
             ORDER BY day
        """),
        name=SQL("%s || '/' || source.day", example.config_id.name),
        start_at=SQL("source.start_at"),
        stop_at=SQL("source.stop_at"),
        move_id=SQL("NULL"),
    )


def _write_receipts(env, kind, example):
    """Write the receipts, or the refunds, with their lines and the one payment of each."""
    config = example.config_id
    orders = SQL(
        """
        SELECT document.*, session.id AS session_id
          FROM (%s) AS document
          JOIN pos_session AS session ON session.name = %s || '/' || document.day
         WHERE session.config_id = %s
         ORDER BY document.record_id
        """,
        _documents(kind),
        config.name,
        config.id,
    )
    _insert_like(
        env,
        "pos_order",
        example.id,
        orders,
        id=SQL("source.record_id"),
        session_id=SQL("source.session_id"),
        name=SQL("%s || ' - ' || source.number", config.name),
        pos_reference=SQL("source.number"),
        uuid=SQL("gen_random_uuid()"),
        access_token=SQL("gen_random_uuid()"),
        date_order=SQL("source.moment"),
        amount_total=SQL("source.total"),
        amount_paid=SQL("source.total"),
    )
    _insert_like(
        env,
        "pos_order_line",
        example.lines[0].id,
        _lines(kind),
        order_id=SQL("source.record_id"),
        name=SQL("source.number || '/' || source.line_number"),
        uuid=SQL("gen_random_uuid()"),
        product_id=SQL("source.product_id"),
        full_product_name=SQL("source.label"),
        qty=SQL("source.quantity"),
        qty_delivered=SQL("source.quantity"),
        price_unit=SQL("source.price"),
        price_subtotal=SQL("source.amount"),
        price_subtotal_incl=SQL("source.amount"),
    )
    _insert_like(
        env,
        "pos_payment",
        example.payment_ids.id,
        orders,
        pos_order_id=SQL("source.record_id"),
        session_id=SQL("source.session_id"),
        uuid=SQL("gen_random_uuid()"),
        payment_date=SQL("source.moment"),
        amount=SQL("source.total"),
    )


def _raise_customer_ranks(env):
    """Count each customer's documents, as posting them would have."""
    env.cr.execute(
        SQL("""
        UPDATE res_partner AS partner
           SET customer_rank = partner.customer_rank + documents.count
          FROM (
                SELECT partner_id, count(*)
                  FROM online_retail_bulk
                 GROUP BY partner_id
               ) AS documents
         WHERE documents.partner_id = partner.id
        """)
    )
