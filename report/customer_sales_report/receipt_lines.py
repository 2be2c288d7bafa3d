from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import Expression, column
from ...tools.sql.product_join import PRODUCT_JOINS
from ...tools.sql.reader import Reader
from ...tools.sql.source import Documents, Source

POS_SLOT = 3

POS_JOINS = {
    "invoice": lambda: SQL("LEFT JOIN account_move invoice ON invoice.id = pos.account_move"),
    "partner": lambda: SQL("LEFT JOIN res_partner partner ON partner.id = pos.partner_id"),
    "journal": lambda: SQL(
        "LEFT JOIN pos_config config ON config.id = pos.config_id "
        "LEFT JOIN account_journal journal ON journal.id = config.journal_id"
    ),
    "company": lambda: SQL("LEFT JOIN res_company company ON company.id = pos.company_id"),
    "origin": lambda: SQL("LEFT JOIN sale_order origin ON origin.id = line.sale_order_origin_id"),
}


class CustomerSalesReport(models.Model):
    """Lines of paid point-of-sale receipts, sales and refunds."""

    _inherit = "customer.sales.report"

    _depends = {
        "account.journal": ["currency_id"],
        "account.move": ["state"],
        "pos.config": ["journal_id"],
        "pos.order": [
            "name",
            "state",
            "date_order",
            "company_id",
            "partner_id",
            "user_id",
            "crm_team_id",
            "pricelist_id",
            "config_id",
            "sale_journal",
            "currency_rate",
            "account_move",
        ],
        "pos.order.line": [
            "order_id",
            "product_id",
            "qty",
            "price_unit",
            "discount",
            "price_subtotal",
            "price_subtotal_incl",
            "total_cost",
            "is_total_cost_computed",
            "refunded_orderline_id",
            "sale_order_line_id",
            "sale_order_origin_id",
        ],
        "res.company": ["currency_id"],
    }

    @api.model
    def _sources(self, reader):
        return [
            *super()._sources(reader),
            Source(
                slot=POS_SLOT,
                columns=self._pos_columns(reader),
                lines="pos_order_line",
                documents=Documents("pos_order", "pos", "order_id"),
                contact=column("pos", "partner_id"),
                where=self._pos_where(),
                joins={**POS_JOINS, **PRODUCT_JOINS, **reader.joins("pos.order.line")},
                timestamp=column("pos", "date_order"),
            ),
        ]

    @api.model
    def _pos_columns(self, reader: Reader) -> dict[str, SQL]:
        """Hook: column of the report -> SQL expression on a point-of-sale line."""
        day = self._local_day(column("pos", "date_order"))
        company = column("pos", "company_id")
        # The parent line of a combo has no value: its children carry value and quantity.
        quantity = Expression(
            "CASE WHEN template.type = 'combo' THEN 0 ELSE line.qty END", needs="template"
        )

        def reader_amount(amount: SQL) -> SQL:
            return reader.conversion.convert(amount, company, day)

        def document_amount(amount: SQL) -> SQL:
            return reader_amount(self._in_company_currency(amount, column("pos", "currency_rate")))

        def signed(amount: SQL) -> SQL:
            # Refund lines carry a positive or a negative subtotal, depending on the version and
            # the way the refund was made. Quantity and price never lie.
            return Expression(
                "CASE WHEN (line.qty < 0) = (line.price_unit < 0) "
                "THEN ABS(%(amount)s) ELSE -ABS(%(amount)s) END",
                amount=amount,
            )

        subtotal = document_amount(signed(Expression("line.price_subtotal")))
        return {
            # A settled order's negative line, such as its down payment, is deducted, not refunded.
            "document_type": Expression(
                "(CASE WHEN line.qty < 0 AND (line.sale_order_line_id IS NULL "
                "OR line.refunded_orderline_id IS NOT NULL) "
                "THEN 'pos_refund' ELSE 'pos_receipt' END)::varchar"
            ),
            "document_ref": Expression("('pos.order,' || pos.id)::varchar", needs="pos"),
            "document_number": column("pos", "name"),
            "channel": Expression(
                "(CASE WHEN line.sale_order_origin_id IS NULL THEN 'pos' ELSE %s END)::varchar",
                self._order_channel("origin"),
            ),
            "line_kind": self._line_kind(self._pos_line_flags()),
            "company_id": company,
            "date": day,
            "commercial_partner_id": column("partner", "commercial_partner_id"),
            "partner_id": column("pos", "partner_id"),
            "user_id": column("pos", "user_id"),
            "team_id": column("pos", "crm_team_id"),
            "product_id": Expression("line.product_id"),
            "product_tmpl_id": column("product", "product_tmpl_id"),
            "categ_id": column("template", "categ_id"),
            "product_type": column("template", "type"),
            "product_uom_id": column("template", "uom_id"),
            "journal_id": column("pos", "sale_journal"),
            "config_id": column("pos", "config_id"),
            "pricelist_id": column("pos", "pricelist_id"),
            "quantity": quantity,
            "price_subtotal": subtotal,
            "price_total": document_amount(signed(Expression("line.price_subtotal_incl"))),
            "discount": Expression("line.discount"),
            "discount_amount": self._discount_amount(
                subtotal,
                Expression("line.discount"),
                document_amount(
                    reader.included_taxes.without(Expression("line.qty * line.price_unit"))
                ),
            ),
            "cost": Expression(
                "CASE WHEN line.is_total_cost_computed THEN %s ELSE %s END",
                document_amount(Expression("COALESCE(line.total_cost, 0)")),
                reader_amount(self._standard_cost(quantity, company)),
            ),
            # A point of sale has the currency of its journal, else the company's.
            "document_currency_id": Expression(
                "COALESCE(journal.currency_id, company.currency_id)", needs=("journal", "company")
            ),
            "price_subtotal_currency": signed(Expression("line.price_subtotal")),
            # Said in two parts for PostgreSQL, which takes IS DISTINCT FROM on an outer join to
            # be nearly always false, and would look up the rows one by one.
            "counts_as_sale": Expression(
                "(pos.account_move IS NULL OR invoice.state <> 'posted')", needs=("pos", "invoice")
            ),
            "counts_as_order": Expression("line.sale_order_line_id IS NULL"),
        }

    @api.model
    def _pos_line_flags(self) -> dict[str, SQL]:
        """Line kind -> condition on the receipt line, as far as the installed apps have it."""
        OrderLine = self.env["pos.order.line"].sudo()
        if "is_reward_line" not in OrderLine._fields:
            return {}
        return {"reward": Expression(OrderLine._field_to_sql("line", "is_reward_line"))}

    @api.model
    def _pos_where(self) -> SQL:
        """Hook: which point-of-sale lines are sales or refunds."""
        return Expression(
            "pos.state IN ('paid', 'done') AND pos.company_id IN %s",
            tuple(self.env.companies.ids),
            needs="pos",
        )
