"""One document of each kind and company, made by Odoo's own flow: what the bulk is copied from."""

from datetime import date, datetime
from uuid import uuid4

from odoo.fields import Command
from odoo.tools import SQL

from .business import FIRST_YEAR

MOVE_TYPES = ["out_invoice", "out_refund", "out_receipt", "in_invoice"]
DAY = date(FIRST_YEAR, 1, 1)


def create_examples(env, companies, product):
    """Make the documents, and note them in temporary tables.

    ``bench_example``: company_id, kind, line, example_id; ``line`` is NULL for the document
    itself, else it says which kind of line on it.
    ``bench_tax``: company_id, tax_id.
    """
    partner = env["res.partner"].create({"name": "Example"})
    records = []
    for company in companies:
        inside = env(context=env.context | {"allowed_company_ids": company.ids})
        for kind, line, record in _company_examples(inside, company, partner, product):
            records.append((company.id, kind, line, record.id))
    env.flush_all()
    env.cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE bench_example AS"
            " SELECT * FROM unnest(%s, %s, %s, %s) AS row (company_id, kind, line, example_id)",
            *map(list, zip(*records, strict=True)),
        )
    )
    env.cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE bench_tax AS SELECT id AS company_id,"
            " account_sale_tax_id AS tax_id FROM res_company WHERE id = ANY(%s)",
            companies.ids,
        )
    )


def _company_examples(env, company, partner, product):
    """Yield (kind, line, record)."""
    order = _confirm_order(env, partner, product)
    yield "order", None, order
    yield "order", "product", order.order_line
    for move_type in MOVE_TYPES:
        move = _post_move(env, company, move_type, partner, product)
        yield move_type, None, move
        for display_type in ("product", "tax", "payment_term"):
            lines = move.line_ids.filtered(lambda line, x=display_type: line.display_type == x)
            yield move_type, display_type, lines
        if move_type == "out_invoice":
            payment = _pay(env, move)
            yield "payment", None, payment
            receivable = payment.line_ids.filtered(lambda line: line.credit)
            yield "payment", "receivable", receivable
            yield "payment", "bank", payment.line_ids - receivable
    receipt = _sell(env, company, product)
    yield "receipt", None, receipt
    yield "receipt", "product", receipt.lines
    yield "receipt", "payment", receipt.payment_ids
    yield "session", None, receipt.session_id


def _confirm_order(env, partner, product):
    order = env["sale.order"].create(
        {
            "partner_id": partner.id,
            "date_order": datetime.combine(DAY, datetime.min.time()),
            "order_line": [
                Command.create({"product_id": product.id, "product_uom_qty": 1, "price_unit": 100})
            ],
        }
    )
    order.action_confirm()
    return order


def _post_move(env, company, move_type, partner, product):
    tax = company.account_purchase_tax_id if move_type == "in_invoice" else None
    tax = tax or company.account_sale_tax_id
    move = env["account.move"].create(
        {
            "move_type": move_type,
            "partner_id": partner.id,
            "invoice_date": DAY,
            "date": DAY,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": product.id,
                        "quantity": 1,
                        "price_unit": 100,
                        "tax_ids": [Command.set(tax.ids)],
                    }
                )
            ],
        }
    )
    move.action_post()
    return move


def _pay(env, invoice):
    """The journal entry of a payment."""
    journal = env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", invoice.company_id.id)], limit=1
    )
    receivable = invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
    entry = env["account.move"].create(
        {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": DAY,
            "partner_id": invoice.partner_id.id,
            "line_ids": [
                Command.create(
                    {
                        "account_id": account.id,
                        "partner_id": invoice.partner_id.id,
                        "name": "Payment",
                        "balance": balance,
                    }
                )
                for account, balance in (
                    (journal.default_account_id, invoice.amount_total),
                    (receivable.account_id, -invoice.amount_total),
                )
            ],
        }
    )
    entry.action_post()
    return entry


def _sell(env, company, product):
    """A receipt, sold as the till does, in a session that is then closed."""
    config = env["pos.config"].search([("company_id", "=", company.id)], limit=1)
    session = env["pos.session"].create(
        {"config_id": config.id, "user_id": env.ref("base.user_admin").id}
    )
    session.set_opening_control(0, "")
    values = {
        "uuid": str(uuid4()),
        "access_token": str(uuid4()),
        "state": "paid",
        "pos_reference": "example",
        "date_order": datetime.combine(DAY, datetime.min.time()),
        "session_id": session.id,
        "user_id": session.user_id.id,
        "amount_total": 100,
        "amount_paid": 100,
        "amount_tax": 0,
        "amount_return": 0,
        "lines": [
            Command.create(
                {
                    "product_id": product.id,
                    "full_product_name": product.display_name,
                    "qty": 1,
                    "price_unit": 100,
                    "price_subtotal": 100,
                    "price_subtotal_incl": 100,
                }
            )
        ],
        "payment_ids": [
            Command.create(
                {
                    "amount": 100,
                    "payment_date": datetime.combine(DAY, datetime.min.time()),
                    "payment_method_id": session.payment_method_ids[:1].id,
                }
            )
        ],
    }
    env["pos.order"].sync_from_ui([values])
    session.action_pos_session_closing_control()
    return session.order_ids
