from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import FALSE, Expression, column
from ...tools.sql.product_join import LINE_UOM_JOINS, PRODUCT_JOINS
from ...tools.sql.reader import Reader
from ...tools.sql.source import Documents, Source

INVOICE_SLOT = 1


class CustomerSalesReport(models.Model):
    """Product lines of posted customer invoices, credit notes and sales receipts."""

    _inherit = "customer.sales.report"

    _depends = {
        "account.move": [
            "name",
            "state",
            "move_type",
            "partner_id",
            "invoice_user_id",
            "team_id",
            "invoice_date",
            "payment_state",
            "amount_untaxed",
            "currency_id",
            "invoice_currency_rate",
            "reversed_entry_id",
            "campaign_id",
            "medium_id",
            "source_id",
        ],
        "account.move.line": [
            "move_id",
            "company_id",
            "partner_id",
            "product_id",
            "product_uom_id",
            "display_type",
            "journal_id",
            "quantity",
            "price_unit",
            "discount",
            "balance",
            "price_subtotal",
            "price_total",
            "is_downpayment",
            "sale_line_ids",
        ],
        "pos.order": ["account_move"],
        "pos.order.line": ["order_id", "sale_order_origin_id"],
    }

    @api.model
    def _sources(self, reader):
        return [
            *super()._sources(reader),
            Source(
                slot=INVOICE_SLOT,
                columns=self._invoice_columns(reader),
                lines="account_move_line",
                documents=Documents("account_move", "move", "move_id"),
                where=self._invoice_where(),
                joins={
                    **PRODUCT_JOINS,
                    **LINE_UOM_JOINS,
                    **reader.joins("account.move.line"),
                    "invoice_channel": self._invoice_channel_join,
                    **self._invoice_cost_joins(),
                },
            ),
        ]

    @api.model
    def _invoice_columns(self, reader: Reader) -> dict[str, SQL]:
        """Hook: column of the report -> SQL expression on an invoice line."""
        day, company = column("move", "invoice_date"), Expression("line.company_id")
        rate = column("move", "invoice_currency_rate")

        # A credit note's figures are stored positive; a sale's sign is the opposite of the
        # journal item's balance.
        def signed(figure: SQL) -> SQL:
            return Expression(
                "CASE WHEN move.move_type = 'out_refund' THEN -(%s) ELSE %s END",
                figure,
                figure,
                needs="move",
            )

        quantity = signed(self._in_product_unit(Expression("line.quantity")))

        def reader_amount(amount: SQL) -> SQL:
            return reader.conversion.convert(amount, company, day)

        def document_amount(amount: SQL) -> SQL:
            return reader_amount(self._in_company_currency(signed(amount), rate))

        subtotal = reader_amount(Expression("-line.balance"))
        undiscounted = reader.included_taxes.without(
            Expression("line.price_unit"), Expression("line.quantity")
        )
        return {
            "document_type": Expression(
                "(CASE move.move_type WHEN 'out_invoice' THEN 'customer_invoice' "
                "WHEN 'out_refund' THEN 'credit_note' ELSE 'sales_receipt' END)::varchar",
                needs="move",
            ),
            "document_ref": Expression("('account.move,' || move.id)::varchar", needs="move"),
            "document_number": column("move", "name"),
            "channel": self._invoice_channel(),
            "line_kind": self._invoice_line_kind(),
            "company_id": company,
            "date": day,
            # As in Odoo's invoice analysis: the journal item's partner is the commercial one.
            "commercial_partner_id": Expression("line.partner_id"),
            "partner_id": column("move", "partner_id"),
            "user_id": column("move", "invoice_user_id"),
            "team_id": column("move", "team_id"),
            "product_id": Expression("line.product_id"),
            "product_tmpl_id": column("product", "product_tmpl_id"),
            "categ_id": column("template", "categ_id"),
            "product_type": column("template", "type"),
            "product_uom_id": column("template", "uom_id"),
            "journal_id": Expression("line.journal_id"),
            "payment_state": column("move", "payment_state"),
            "campaign_id": column("move", "campaign_id"),
            "medium_id": column("move", "medium_id"),
            "source_id": column("move", "source_id"),
            "quantity": quantity,
            "price_subtotal": subtotal,
            # What the document says of taxes: where they are rounded for the document as a whole,
            # the journal item is a cent off what it was made from.
            "price_tax": document_amount(Expression("line.price_total - line.price_subtotal")),
            "price_total": document_amount(Expression("line.price_total")),
            "discount": Expression("line.discount"),
            "discount_amount": self._discount_amount(
                subtotal, Expression("line.discount"), document_amount(undiscounted)
            ),
            "cost": reader_amount(self._invoice_cost(quantity, company, signed)),
            "document_currency_id": column("move", "currency_id"),
            "price_subtotal_currency": signed(Expression("line.price_subtotal")),
            "counts_as_sale": Expression("TRUE"),
            "counts_as_order": FALSE,
            "is_positive": Expression(
                "(move.move_type <> 'out_refund' AND move.amount_untaxed > 0)", needs="move"
            ),
        }

    @api.model
    def _invoice_where(self) -> SQL:
        """Hook: which invoice lines are sales."""
        return Expression(
            "line.display_type = 'product' AND move.state = 'posted' "
            "AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt') "
            "AND line.company_id IN %s",
            tuple(self.env.companies.ids),
            needs="move",
        )
