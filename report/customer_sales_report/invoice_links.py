"""What an invoice line came from: the lines of orders that it is linked to, and the receipt that it
is the invoice of, whose lines Odoo does not link.

Each is a condition or a value of ``line``, looked up line by line where few are asked for. EXISTS
leaves PostgreSQL the choice to read the linked lines once instead, where many are: so what can be
said with it is. There can be several order lines, so a plain join would count a line twice.
"""

from odoo.tools import SQL

from ...tools.sql.expression import Expression

# A credit note is linked through the invoice that it takes back. A receipt's line is known on its
# invoice by what was sold at which price.
_RECEIPT_LINES = Expression(
    """
    pos_order receipt
      JOIN pos_order_line receipt_line ON receipt_line.order_id = receipt.id
      LEFT JOIN sale_order_line settled ON settled.id = receipt_line.sale_order_line_id
     WHERE receipt.account_move = COALESCE(move.reversed_entry_id, move.id)
       AND receipt_line.product_id = line.product_id
    """
)
_AT_THE_SAME_PRICE = Expression("receipt_line.price_unit = line.price_unit")


def has_order_line() -> SQL:
    """The condition that the line is linked to an order: for few lines, as those of a product."""
    return Expression(
        "(SELECT TRUE FROM sale_order_line_invoice_rel link"
        " WHERE link.invoice_line_id = line.id LIMIT 1) IS TRUE"
    )


def any_order_line(condition: SQL) -> SQL:
    """The condition that ``condition`` is true of an ``order_line`` that the line invoices."""
    return Expression(
        "EXISTS (SELECT FROM sale_order_line_invoice_rel link"
        " JOIN sale_order_line order_line ON order_line.id = link.order_line_id"
        " WHERE link.invoice_line_id = line.id AND %s)",
        condition,
    )


def any_receipt_line(condition: SQL) -> SQL:
    """The condition that ``condition`` is true of the ``receipt_line`` that the line invoices, or
    of the order line that it has ``settled``."""
    return Expression(
        "EXISTS (SELECT FROM %s AND %s AND %s)", _RECEIPT_LINES, _AT_THE_SAME_PRICE, condition
    )


def of_order_lines(value: SQL, tail: SQL) -> SQL:
    """``value`` of the ``order_line`` that the line invoices and of its order, ``origin``.

    :param tail: which of several is taken
    """
    return Expression(
        """
        (SELECT %s
           FROM sale_order_line_invoice_rel link
           JOIN sale_order_line order_line ON order_line.id = link.order_line_id
           JOIN sale_order origin ON origin.id = order_line.order_id
          WHERE link.invoice_line_id = line.id
             %s)
        """,
        value,
        tail,
    )


def of_receipt_lines(value: SQL, condition: SQL, tail: SQL) -> SQL:
    """``value`` of the ``receipt_line`` s of the line's product, and of their ``receipt``.

    :param condition: which of them count
    :param tail: which of several is taken
    """
    return Expression("(SELECT %s FROM %s AND %s %s)", value, _RECEIPT_LINES, condition, tail)
