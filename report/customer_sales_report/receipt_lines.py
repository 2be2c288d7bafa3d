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
    "settled": lambda: SQL(
        "LEFT JOIN sale_order_line settled ON settled.id = line.sale_order_line_id"
    ),
    "cashier": lambda: SQL(
        "LEFT JOIN (res_users till_user JOIN res_partner cashier "
        "ON cashier.id = till_user.partner_id) ON till_user.id = pos.user_id"
    ),
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
            "amount_total",
            "amount_tax",
            "fiscal_position_id",
        ],
        "pos.order.line": [
            "order_id",
            "product_id",
            "qty",
            "price_unit",
            "discount",
            "price_subtotal",
            "price_subtotal_incl",
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
                joins={
                    **POS_JOINS,
                    **self._employee_joins(),
                    **PRODUCT_JOINS,
                    **reader.joins("pos.order.line"),
                },
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

        # Both amounts of a refund's line are positive or negative, depending on the version and the
        # way the refund was made. Quantity and price never lie about the total. Where that is 0,
        # there is something left of it only for a tax included in the price of what was given
        # away: the tax is owed for what was sold, and given back for what was taken back.
        # Most lines are plain sales, which are told first.
        def signed(amount: SQL, left: SQL) -> SQL:
            return Expression(
                "CASE WHEN line.price_subtotal_incl > 0 AND line.qty >= 0 AND line.price_unit >= 0 "
                "THEN %(amount)s WHEN line.price_subtotal_incl = 0 "
                "THEN CASE WHEN line.qty < 0 THEN %(left)s ELSE -%(left)s END "
                "WHEN (line.price_subtotal_incl > 0) = ((line.qty < 0) = (line.price_unit < 0)) "
                "THEN %(amount)s ELSE -(%(amount)s) END",
                amount=amount,
                left=left,
            )

        tax_left = Expression("ABS(line.price_subtotal)")
        untaxed = signed(Expression("line.price_subtotal"), tax_left)
        tax = signed(
            Expression("(line.price_subtotal_incl - line.price_subtotal)"),
            Expression("(%s)", Expression("-%s", tax_left)),
        )
        total = signed(Expression("line.price_subtotal_incl"), Expression("0"))
        subtotal = document_amount(untaxed)
        return {
            # One document, one sign, whatever its lines say
            "document_type": Expression(
                "(CASE WHEN pos.amount_total < 0 THEN 'pos_refund' ELSE 'pos_receipt' END)"
                "::varchar",
                needs="pos",
            ),
            "document_ref": Expression("('pos.order,' || pos.id)::varchar", needs="pos"),
            "document_number": column("pos", "name"),
            "channel": Expression(
                "(CASE WHEN line.sale_order_origin_id IS NULL THEN 'pos' ELSE %s END)::varchar",
                self._order_channel("origin"),
            ),
            "line_kind": self._pos_line_kind(),
            "company_id": company,
            "date": day,
            "commercial_partner_id": column("partner", "commercial_partner_id"),
            "partner_id": column("pos", "partner_id"),
            "user_id": self._pos_user(),
            "cashier": self._pos_cashier(),
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
            "price_tax": document_amount(tax),
            "price_total": document_amount(total),
            "discount": Expression("line.discount"),
            "discount_amount": self._discount_amount(
                subtotal,
                Expression("line.discount"),
                document_amount(
                    reader.included_taxes.without(
                        Expression("line.price_unit"), Expression("line.qty")
                    )
                ),
            ),
            "cost": self._pos_cost(quantity, company, reader_amount, document_amount),
            # A point of sale has the currency of its journal, else the company's.
            "document_currency_id": Expression(
                "COALESCE(journal.currency_id, company.currency_id)", needs=("journal", "company")
            ),
            "price_subtotal_currency": untaxed,
            # Said in two parts for PostgreSQL, which takes IS DISTINCT FROM on an outer join to
            # be nearly always false, and would look up the rows one by one.
            "counts_as_sale": Expression(
                "(pos.account_move IS NULL OR invoice.state <> 'posted')", needs=("pos", "invoice")
            ),
            "counts_as_order": Expression("line.sale_order_line_id IS NULL"),
            "is_positive": Expression("(pos.amount_total - pos.amount_tax > 0)", needs="pos"),
        }

    @api.model
    def _employees_log_in(self) -> bool:
        return "employee_id" in self.env["pos.order"]._fields

    @api.model
    def _employee_joins(self) -> dict:
        if not self._employees_log_in():
            return {}
        employee = self.env["pos.order"].sudo()._field_to_sql("pos", "employee_id")
        return {
            "employee": lambda: SQL("LEFT JOIN hr_employee employee ON employee.id = %s", employee)
        }

    @api.model
    def _pos_user(self) -> SQL:
        """The user who sold. An employee need not be one: the session's user answers for them."""
        user = column("pos", "user_id")
        if not self._employees_log_in():
            return user
        return Expression("COALESCE(%s, %s)", self._of_employee("user_id"), user)

    @api.model
    def _pos_cashier(self) -> SQL:
        """The name of who worked the till."""
        user = column("cashier", "name")
        if not self._employees_log_in():
            return user
        return Expression("COALESCE(%s, %s)", self._of_employee("name"), user)

    @api.model
    def _of_employee(self, name: str) -> SQL:
        Employee = self.env["hr.employee"].sudo()
        return Expression(Employee._field_to_sql("employee", name), needs="employee")

    @api.model
    def _pos_where(self) -> SQL:
        """Hook: which point-of-sale lines are sales or refunds."""
        return Expression(
            "pos.state IN ('paid', 'done') AND pos.company_id IN %s",
            tuple(self.env.companies.ids),
            needs="pos",
        )
