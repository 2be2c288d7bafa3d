from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import FALSE, Expression, column
from ...tools.sql.product_join import LINE_UOM_JOINS, PRODUCT_JOINS
from ...tools.sql.reader import Reader
from ...tools.sql.source import Documents, Source

ORDER_SLOT = 2

ORDER_JOINS = {
    "partner": lambda: SQL("LEFT JOIN res_partner partner ON partner.id = sale.partner_id"),
}


class CustomerSalesReport(models.Model):
    """Product lines of confirmed sales orders."""

    _inherit = "customer.sales.report"

    _depends = {
        "sale.order": [
            "name",
            "state",
            "date_order",
            "company_id",
            "partner_id",
            "user_id",
            "team_id",
            "pricelist_id",
            "amount_untaxed",
            "currency_id",
            "currency_rate",
            "campaign_id",
            "medium_id",
            "source_id",
        ],
        "sale.order.line": [
            "order_id",
            "product_id",
            "product_uom_id",
            "product_uom_qty",
            "price_unit",
            "discount",
            "price_subtotal",
            "price_total",
            "display_type",
            "is_downpayment",
        ],
    }

    @api.model
    def _sources(self, reader):
        return [
            *super()._sources(reader),
            Source(
                slot=ORDER_SLOT,
                columns=self._order_columns(reader),
                lines="sale_order_line",
                documents=Documents("sale_order", "sale", "order_id"),
                contact=column("sale", "partner_id"),
                where=self._order_where(),
                joins={
                    **ORDER_JOINS,
                    **PRODUCT_JOINS,
                    **LINE_UOM_JOINS,
                    **reader.joins("sale.order.line"),
                },
                timestamp=column("sale", "date_order"),
            ),
        ]

    @api.model
    def _order_columns(self, reader: Reader) -> dict[str, SQL]:
        """Hook: column of the report -> SQL expression on a sales order line."""
        day = self._local_day(column("sale", "date_order"))
        company = column("sale", "company_id")
        rate = column("sale", "currency_rate")
        # The parent line of a combo has no value: its children carry value and quantity.
        quantity = Expression(
            "CASE WHEN template.type = 'combo' THEN 0 ELSE %s END",
            self._in_product_unit(Expression("line.product_uom_qty")),
            needs="template",
        )

        def reader_amount(amount: SQL) -> SQL:
            return reader.conversion.convert(amount, company, day)

        def document_amount(amount: SQL) -> SQL:
            return reader_amount(self._in_company_currency(amount, rate))

        subtotal = document_amount(Expression("line.price_subtotal"))
        return {
            "document_type": Expression("'sales_order'::varchar"),
            "document_ref": Expression("('sale.order,' || sale.id)::varchar", needs="sale"),
            "document_number": column("sale", "name"),
            "channel": Expression("(%s)::varchar", self._order_channel("sale")),
            "line_kind": self._order_line_kind(),
            "company_id": company,
            "date": day,
            "commercial_partner_id": column("partner", "commercial_partner_id"),
            "partner_id": column("sale", "partner_id"),
            "user_id": column("sale", "user_id"),
            "team_id": column("sale", "team_id"),
            "product_id": Expression("line.product_id"),
            "product_tmpl_id": column("product", "product_tmpl_id"),
            "categ_id": column("template", "categ_id"),
            "product_type": column("template", "type"),
            "product_uom_id": column("template", "uom_id"),
            "pricelist_id": column("sale", "pricelist_id"),
            "campaign_id": column("sale", "campaign_id"),
            "medium_id": column("sale", "medium_id"),
            "source_id": column("sale", "source_id"),
            "quantity": quantity,
            "price_subtotal": subtotal,
            "price_total": document_amount(Expression("line.price_total")),
            "discount": Expression("line.discount"),
            "discount_amount": self._discount_amount(
                subtotal,
                Expression("line.discount"),
                document_amount(
                    reader.included_taxes.without(
                        Expression("line.price_unit"), Expression("line.product_uom_qty")
                    )
                ),
            ),
            "cost": self._order_cost(quantity, company, reader_amount, document_amount),
            "document_currency_id": column("sale", "currency_id"),
            "price_subtotal_currency": Expression("line.price_subtotal"),
            "counts_as_sale": FALSE,
            "counts_as_order": Expression("line.is_downpayment IS NOT TRUE"),
            "is_positive": Expression("(sale.amount_untaxed > 0)", needs="sale"),
        }

    @api.model
    def _order_where(self) -> SQL:
        """Hook: which order lines are confirmed sales.

        Those of quantity 0 are none: optional products that were not chosen, lines that were
        emptied, and the lines that Odoo keeps for down payments.
        """
        return Expression(
            "line.display_type IS NULL AND line.product_uom_qty <> 0 "
            "AND sale.state = 'sale' AND sale.company_id IN %s",
            tuple(self.env.companies.ids),
            needs="sale",
        )
