"""Receipts as the back end of the point of sale makes them."""

from odoo import Command


def new_receipt(config, customer, moment, lines):
    """A receipt in draft.

    :param lines: values of its lines, without amounts
    """
    if not config.current_session_id:
        config.open_ui()
    receipt = config.env["pos.order"].create(
        {
            "session_id": config.current_session_id.id,
            "company_id": config.company_id.id,
            "partner_id": customer.id,
            "date_order": moment,
            "amount_total": 0,
            "amount_paid": 0,
            "amount_tax": 0,
            "amount_return": 0,
            "lines": [
                Command.create({"price_subtotal": 0, "price_subtotal_incl": 0, **line})
                for line in lines
            ],
        }
    )
    compute(receipt)
    return receipt


def compute(receipt):
    """Reckon the amounts of a receipt from its lines' quantities and prices."""
    for line in receipt.lines:
        line._onchange_amount_line_all()
    receipt._compute_prices()


def pay(receipt):
    """Pay a receipt in full."""
    context = {"active_id": receipt.id, "active_ids": receipt.ids}
    wizard = receipt.env["pos.make.payment"].with_context(**context).create({})
    wizard.check()
