from collections.abc import Callable

from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import Expression

# What a receipt's line and its line on an invoice have in common beside the product
PAIRED_BY = {"price_unit": "price_unit", "qty": "quantity"}


class CustomerSalesReport(models.Model):
    """What the products sold cost: what Odoo recorded with the sale, so that the margin of last
    year does not move with the costs of today, which stand in where nothing was recorded."""

    _inherit = "customer.sales.report"

    _depends = {
        "account.move.line": ["display_type", "price_unit", "product_uom_id"],
        "pos.order.line": ["is_total_cost_computed", "total_cost"],
        "product.product": ["standard_price"],
        "uom.uom": ["factor"],
    }

    @api.model
    def _order_cost(self, quantity: SQL, company: SQL, reader_amount, document_amount) -> SQL:
        """The cost noted on the order line where margins on orders are used, else today's."""
        noted = self._noted_cost("line")
        if noted is None:
            return reader_amount(self._standard_cost(quantity, company))
        return document_amount(Expression("line.product_uom_qty * COALESCE(%s, 0)", noted))

    @api.model
    def _pos_cost(self, quantity: SQL, company: SQL, reader_amount, document_amount) -> SQL:
        """The cost at the moment of the sale; until Odoo has computed it, as of goods that are
        delivered later, today's."""
        return Expression(
            "CASE WHEN line.is_total_cost_computed THEN %s ELSE %s END",
            document_amount(Expression("COALESCE(line.total_cost, 0)")),
            reader_amount(self._standard_cost(quantity, company)),
        )

    @api.model
    def _invoice_cost(self, quantity: SQL, company: SQL, signed) -> SQL:
        """The cost of goods sold that the invoice books; else the cost on the receipt or on the
        order line that it invoices; else today's. In the company's currency.

        :param quantity: of the line, in the product's own unit
        :param signed: function of a figure of the line that gives it the sign of the sale
        """
        costs = [
            Expression("-goods.balance", needs="goods"),
            signed(Expression("line.quantity * credited_goods.cost", needs="credited_goods")),
            Expression("%s * receipt_cost.cost", quantity, needs="receipt_cost"),
            Expression("%s * product_on_receipt.cost", quantity, needs="product_on_receipt"),
        ]
        if self._noted_cost("order_line") is not None:
            in_reference_unit = Expression(
                "line.quantity * COALESCE(line_uom.factor, 1)", needs="line_uom"
            )
            costs.append(signed(Expression("%s * noted.cost", in_reference_unit, needs="noted")))
        costs.append(self._standard_cost(quantity, company))
        return Expression("COALESCE(%s)", Expression(", ").join(costs))

    @api.model
    def _invoice_cost_joins(self) -> dict[str, Callable[[], SQL]]:
        """The joins that :meth:`_invoice_cost` needs, by their alias.

        Each takes the first of several lines that could be meant, by leaving out those that have
        another before them: a join that PostgreSQL can make in any order and in parallel.
        """
        return {
            "goods": self._goods_join,
            "credited_goods": self._credited_goods_join,
            "receipt_cost": lambda: self._receipt_cost_join("receipt_cost", PAIRED_BY),
            "product_on_receipt": lambda: self._receipt_cost_join("product_on_receipt", {}),
            "noted": self._noted_cost_join,
        }

    @api.model
    def _goods_join(self) -> SQL:
        """The journal item that takes the goods of the line out of the stock. It comes with another
        for what is spent, whose price is negative."""
        return SQL(
            """
            LEFT JOIN (
                SELECT item.cogs_origin_id, item.balance
                  FROM account_move_line item
                 WHERE item.cogs_origin_id IS NOT NULL AND item.price_unit >= 0
                   AND NOT EXISTS (
                        SELECT FROM account_move_line other
                         WHERE other.cogs_origin_id = item.cogs_origin_id
                           AND other.price_unit >= 0 AND other.id < item.id)
            ) AS goods ON goods.cogs_origin_id = line.id
            """
        )

    @api.model
    def _credited_goods_join(self) -> SQL:
        """What one of the goods cost on the invoice that a credit note takes back: the credit note
        that cancels an invoice has no such items of its own lines."""
        return SQL(
            """
            LEFT JOIN (
                SELECT item.move_id, item.product_id, item.product_uom_id, item.quantity,
                       -item.balance / item.quantity AS cost
                  FROM account_move_line item
                 WHERE item.cogs_origin_id IS NOT NULL AND item.price_unit >= 0
                   AND item.quantity <> 0
                   AND NOT EXISTS (
                        SELECT FROM account_move_line other
                         WHERE other.cogs_origin_id IS NOT NULL AND other.price_unit >= 0
                           AND other.move_id = item.move_id
                           AND other.product_id = item.product_id
                           AND other.product_uom_id = item.product_uom_id
                           AND other.quantity = item.quantity
                           AND other.id < item.id)
            ) AS credited_goods
              ON credited_goods.move_id = move.reversed_entry_id
             AND credited_goods.product_id = line.product_id
             AND credited_goods.product_uom_id = line.product_uom_id
             AND credited_goods.quantity = line.quantity
            """
        )

    @api.model
    def _receipt_cost_join(self, alias: str, paired_by: dict[str, str]) -> SQL:
        """What one of the product cost on the receipt that the line invoices.

        :param paired_by: column of the receipt's line -> that of the invoice's line that equals it,
            up to the sign
        """
        # A credit note is linked through the invoice that it takes back.
        return SQL(
            """
            LEFT JOIN (
                SELECT receipt.account_move, sold.*, %(cost)s AS cost
                  FROM pos_order receipt
                  JOIN pos_order_line sold ON sold.order_id = receipt.id
                 WHERE sold.is_total_cost_computed AND sold.qty <> 0
                   AND NOT EXISTS (
                        SELECT FROM pos_order other_receipt
                          JOIN pos_order_line other ON other.order_id = other_receipt.id
                         WHERE other_receipt.account_move = receipt.account_move
                           AND other.product_id = sold.product_id %(same_as_other)s
                           AND other.is_total_cost_computed AND other.qty <> 0
                           AND other.id < sold.id)
            ) AS %(alias)s
              ON %(alias)s.account_move = COALESCE(move.reversed_entry_id, move.id)
             AND %(alias)s.product_id = line.product_id %(same_as_line)s
            """,
            alias=SQL.identifier(alias),
            cost=self._in_company_currency(
                Expression("(sold.total_cost / sold.qty)"), Expression("receipt.currency_rate")
            ),
            same_as_other=_same("other", "sold", {name: name for name in paired_by}),
            same_as_line=_same(alias, "line", paired_by),
        )

    @api.model
    def _noted_cost_join(self) -> SQL:
        """The cost noted on the order line that the line invoices, of one reference unit."""
        return SQL(
            """
            LEFT JOIN (
                SELECT link.invoice_line_id, %s / COALESCE(order_uom.factor, 1) AS cost
                  FROM sale_order_line_invoice_rel link
                  JOIN sale_order_line order_line ON order_line.id = link.order_line_id
                  JOIN sale_order origin ON origin.id = order_line.order_id
                  LEFT JOIN uom_uom order_uom ON order_uom.id = order_line.product_uom_id
                 WHERE NOT EXISTS (
                        SELECT FROM sale_order_line_invoice_rel other
                         WHERE other.invoice_line_id = link.invoice_line_id
                           AND other.order_line_id < link.order_line_id)
            ) AS noted ON noted.invoice_line_id = line.id
            """,
            self._in_company_currency(
                self._noted_cost("order_line"), Expression("origin.currency_rate")
            ),
        )

    @api.model
    def _noted_cost(self, alias: str) -> SQL | None:
        """The cost of one unit noted on an order line, in the order's currency; None where margins
        on orders are not used."""
        OrderLine = self.env["sale.order.line"].sudo()
        if "purchase_price" not in OrderLine._fields:
            return None
        return Expression(
            "(%s)::numeric", Expression(OrderLine._field_to_sql(alias, "purchase_price"))
        )

    @api.model
    def _standard_cost(self, quantity: SQL, company: SQL) -> SQL:
        """The cost of ``quantity`` of the row's ``product`` today, in the company's currency."""
        return Expression(
            "(%s) * COALESCE((product.standard_price ->> %s::text)::numeric, 0)",
            quantity,
            company,
            needs="product",
        )


def _same(left: str, right: str, columns: dict[str, str]) -> SQL:
    """The further condition that columns of two tables are the same up to the sign."""
    return SQL(" ").join(
        SQL("AND ABS(%s) = ABS(%s)", SQL.identifier(left, name), SQL.identifier(right, other))
        for name, other in columns.items()
    )
