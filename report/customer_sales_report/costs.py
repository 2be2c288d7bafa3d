from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import Expression
from . import invoice_links


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
        return Expression(
            "COALESCE(%s)",
            Expression(", ").join(
                [
                    *self._booked_costs(),
                    Expression("%s * %s", quantity, self._receipt_unit_cost()),
                    *self._noted_costs_of_orders(signed),
                    self._standard_cost(quantity, company),
                ]
            ),
        )

    @api.model
    def _booked_costs(self) -> list[SQL]:
        """What the journal items of the invoice say, in either way that Odoo writes them.

        They come in pairs: what leaves the stock, whose price is positive, and what is spent. A
        credit note that reverses an invoice has copies of them, which do not tell the line that
        they are of: the lines of one product share the cost by quantity.
        """
        if "cogs_origin_id" not in self.env["account.move.line"]._fields:
            return []
        of_line = Expression(
            "(SELECT -SUM(goods.balance) FROM account_move_line goods"
            " WHERE goods.cogs_origin_id = line.id AND goods.price_unit >= 0)"
        )
        of_product = Expression(
            """
            CASE WHEN move.reversed_entry_id IS NOT NULL THEN (
                SELECT -SUM(goods.balance) / NULLIF(SUM(ABS(goods.quantity)), 0)
                       * ABS(line.quantity)
                  FROM account_move_line goods
                 WHERE goods.move_id = line.move_id
                   AND goods.display_type = 'cogs'
                   AND goods.cogs_origin_id IS NULL
                   AND goods.product_id = line.product_id
                   AND goods.product_uom_id = line.product_uom_id
                   AND goods.price_unit >= 0
            ) END
            """
        )
        return [of_line, of_product]

    @api.model
    def _receipt_unit_cost(self) -> SQL:
        """What one unit of the product cost on the receipts of the invoice."""
        return invoice_links.of_receipt_lines(
            Expression(
                "SUM(ABS(%s)) / NULLIF(SUM(ABS(receipt_line.qty)), 0)",
                self._in_company_currency(
                    Expression("receipt_line.total_cost"), Expression("receipt.currency_rate")
                ),
            ),
            Expression("receipt_line.is_total_cost_computed"),
        )

    @api.model
    def _noted_costs_of_orders(self, signed) -> list[SQL]:
        """The cost noted on the order line, which is of one of its own units."""
        noted = self._noted_cost("order_line")
        if noted is None:
            return []
        cost = invoice_links.of_order_lines(
            Expression(
                "AVG(%s / COALESCE(order_uom.factor, 1))",
                self._in_company_currency(noted, Expression("origin.currency_rate")),
            ),
            Expression("LEFT JOIN uom_uom order_uom ON order_uom.id = order_line.product_uom_id"),
        )
        return [
            signed(
                Expression(
                    "line.quantity * COALESCE(line_uom.factor, 1) * %s", cost, needs="line_uom"
                )
            )
        ]

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
