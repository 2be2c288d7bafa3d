from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import Expression, column
from . import invoice_links


class CustomerSalesReport(models.Model):
    """Where a sale was made, whatever document it ended in."""

    _inherit = "customer.sales.report"

    @api.model
    def _orders_differ_in_channel(self) -> bool:
        return "website_id" in self.env["sale.order"]._fields

    @api.model
    def _order_channel(self, order_alias: str) -> SQL:
        """The channel of a sale made by the sales order ``order_alias``."""
        if not self._orders_differ_in_channel():
            return Expression("'sales'")
        return Expression(
            "CASE WHEN %s IS NULL THEN 'sales' ELSE 'website' END",
            column(order_alias, "website_id"),
        )

    @api.model
    def _invoice_channel(self) -> SQL:
        """The channel of an invoice line: that of its own order, else that of its invoice.

        Where all orders are of one channel, an invoice of any order is of that channel.
        """
        whole_invoice = column("invoice_channel", "channel")
        if not self._orders_differ_in_channel():
            return whole_invoice
        channel = self._order_channel("origin")
        return Expression(
            "COALESCE(%s, %s, %s)::varchar",
            invoice_links.of_order_lines(channel, tail=Expression("ORDER BY origin.id LIMIT 1")),
            invoice_links.of_receipt_lines(
                Expression(
                    "(SELECT %s FROM sale_order origin"
                    " WHERE origin.id = receipt_line.sale_order_origin_id)",
                    channel,
                ),
                Expression("receipt_line.sale_order_origin_id IS NOT NULL"),
                tail=Expression("ORDER BY receipt_line.id LIMIT 1"),
            ),
            whole_invoice,
        )

    @api.model
    def _invoice_channel_join(self) -> SQL:
        """The join that brings ``invoice_channel.channel``, computed once for each invoice.

        It is the channel of the whole invoice: a line added by hand belongs to its order's sale.
        OFFSET 0 keeps each step to itself: PostgreSQL, without statistics, takes an invoice for one
        of thousands of lines, and would walk the orders from their beginning to find its first.
        """
        return SQL(
            """
            CROSS JOIN LATERAL (
                SELECT COALESCE(
                    (SELECT %(order_channel)s
                       FROM (SELECT id FROM account_move_line
                              WHERE move_id = move.id OFFSET 0) AS sibling
                 CROSS JOIN LATERAL (SELECT order_line_id FROM sale_order_line_invoice_rel
                              WHERE invoice_line_id = sibling.id OFFSET 0) AS rel
                       JOIN sale_order_line order_line ON order_line.id = rel.order_line_id
                       JOIN sale_order origin ON origin.id = order_line.order_id
                      %(first_order)s LIMIT 1),
                    (SELECT %(order_channel)s
                       FROM (SELECT id FROM pos_order
                              WHERE account_move = move.id OFFSET 0) AS receipt
                 CROSS JOIN LATERAL (SELECT sale_order_origin_id FROM pos_order_line
                              WHERE order_id = receipt.id OFFSET 0) AS receipt_line
                       JOIN sale_order origin ON origin.id = receipt_line.sale_order_origin_id
                      %(first_order)s LIMIT 1),
                    CASE WHEN EXISTS (
                                SELECT FROM pos_order receipt
                                 WHERE receipt.account_move IN (move.id, move.reversed_entry_id))
                         THEN 'pos' ELSE 'direct' END
                )::varchar AS channel
                OFFSET 0
            ) AS invoice_channel
            """,
            order_channel=self._order_channel("origin"),
            # Where all orders are of one channel, any will do.
            first_order=SQL("ORDER BY origin.id" if self._orders_differ_in_channel() else ""),
        )
