"""Documents made by Odoo's own flow: slow, and the pattern for all that is written in bulk."""

from uuid import uuid4

from odoo.fields import Command
from odoo.tools import SQL, groupby

MOVE_TYPES = {"customer_invoice": "out_invoice", "credit_note": "out_refund"}


def write_documents(env, numbers):
    """Make the documents with these numbers, and note their ids in ``online_retail_document``."""
    documents = _read_documents(env, numbers)
    invoices = [document for document in documents if document["kind"] in MOVE_TYPES]
    receipts = [document for document in documents if document["kind"] not in MOVE_TYPES]
    record_ids = {document["number"]: _post_invoice(env, document).id for document in invoices}
    for _day, day_receipts in groupby(receipts, key=lambda receipt: receipt["day"]):
        record_ids |= _sell_in_one_session(env, day_receipts)
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            UPDATE online_retail_document AS document
               SET record_id = made.record_id
              FROM unnest(%s, %s) AS made (number, record_id)
             WHERE document.number = made.number
            """,
            list(record_ids),
            list(record_ids.values()),
        )
    )


def _read_documents(env, numbers):
    """The documents with these numbers as dictionaries, by time, each with its ``lines``."""
    env.cr.execute(
        SQL(
            """
            SELECT document.number, document.kind, document.day, document.moment, document.total,
                   customer.partner_id,
                   json_agg(json_build_object(
                       'product_id', product.product_id, 'label', product.label,
                       'quantity', line.quantity, 'price', line.price, 'subtotal', line.subtotal
                   ) ORDER BY line.position) AS lines
              FROM online_retail_document AS document
              JOIN online_retail_line AS line USING (number)
              JOIN online_retail_product AS product USING (code)
         LEFT JOIN online_retail_customer AS customer USING (customer)
             WHERE document.number = ANY(%s)
             GROUP BY document.number, document.kind, document.day, document.moment,
                      document.total, customer.partner_id
             ORDER BY document.moment, document.number
            """,
            numbers,
        )
    )
    return env.cr.dictfetchall()


def _post_invoice(env, document):
    """The invoice or credit note, posted under the file's number."""
    move = env["account.move"].create(
        {
            "move_type": MOVE_TYPES[document["kind"]],
            "name": document["number"],
            "partner_id": document["partner_id"],
            "invoice_date": document["day"],
            "invoice_date_due": document["day"],
            "invoice_user_id": env.ref("base.user_admin").id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": line["product_id"],
                        "quantity": abs(line["quantity"]),
                        "price_unit": line["price"],
                    }
                )
                for line in document["lines"]
            ],
        }
    )
    move.action_post()
    return move


def _sell_in_one_session(env, receipts):
    """Sell and refund as the till does, and close the session.

    :return: the orders' ids by the file's numbers
    """
    config = env["pos.config"].search([("company_id", "=", env.company.id)])
    session = env["pos.session"].create(
        {"config_id": config.id, "user_id": env.ref("base.user_admin").id}
    )
    session.set_opening_control(0, "")
    env["pos.order"].sync_from_ui([_till_order(session, receipt) for receipt in receipts])
    session.action_pos_session_closing_control()
    return {order.pos_reference: order.id for order in session.order_ids}


def _till_order(session, receipt):
    """The receipt as the till sends it: a refund has negative quantities and positive amounts."""
    is_refund = receipt["kind"] == "pos_refund"
    sign = -1 if is_refund else 1
    total = float(receipt["total"])
    return {
        "uuid": str(uuid4()),
        "access_token": str(uuid4()),
        "state": "paid",
        "pos_reference": receipt["number"],
        "is_refund": is_refund,
        "date_order": receipt["moment"],
        "session_id": session.id,
        "user_id": session.user_id.id,
        "amount_total": total,
        "amount_paid": total,
        "amount_tax": 0,
        "amount_return": 0,
        "lines": [
            Command.create(
                {
                    "product_id": line["product_id"],
                    "full_product_name": line["label"],
                    "qty": line["quantity"],
                    "price_unit": line["price"],
                    "price_subtotal": sign * line["subtotal"],
                    "price_subtotal_incl": sign * line["subtotal"],
                }
            )
            for line in receipt["lines"]
        ],
        "payment_ids": [
            Command.create(
                {
                    "amount": total,
                    "payment_date": receipt["moment"],
                    "payment_method_id": session.payment_method_ids.id,
                }
            )
        ],
    }
