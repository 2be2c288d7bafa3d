import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.account.models.account_move import PAYMENT_STATE_SELECTION

from ...tools.fields.derived_selection import DerivedSelection
from ...tools.fields.document_number import DocumentNumber
from ...tools.names_of_nothing import NO_PRODUCT, WALK_IN
from ...tools.sql import search_terms
from ...tools.sql.by_fields import ByFields, names_by_fields
from ...tools.sql.expression import Expression
from ...tools.sql.query import PUSHDOWN, CustomerSalesQuery
from ...tools.sql.reader import Reader
from ...tools.sql.source import Source, in_slots_of_their_own
from ...tools.terms import (
    CHANNELS,
    COUNTS_AS_ORDER,
    COUNTS_AS_SALE,
    DOCUMENT_MODELS,
    DOCUMENT_TYPES,
    LINE_KINDS,
)

# Amounts that are the sum or the difference of two others, none of which is ever NULL
SUMS = {
    "price_undiscounted": ("price_subtotal", "+", "discount_amount"),
    "margin": ("price_subtotal", "-", "cost"),
}

# Measures that are the untaxed total where a row counts -> the column that says so
COUNTED = {"net_sales": COUNTS_AS_SALE, "ordered": COUNTS_AS_ORDER}

ORDERED_BY_ID = re.compile(r"(^|,)\s*id\b")


class CustomerSalesReport(models.Model):
    """Every product line of every confirmed sales document, joined to its customer.

    The table is a query, not a database view, because it depends on the reader: the companies
    selected, their currency and the time zone. Each source of lines is described in a file of
    its own, which extends :meth:`_sources`.
    """

    _name = "customer.sales.report"
    _inherit = ["customer.sales.customer.mixin", "customer.sales.ratio.mixin"]
    _description = "Customer Sales"
    _auto = False
    _rec_name = "document_number"
    _order = "date desc, id desc"

    # Identity
    document_type = DerivedSelection(
        DOCUMENT_TYPES,
        readonly=True,
        help="The kind of document this line is on. One sale can leave an order, a receipt and "
        "an invoice behind; the Net Sales filter counts it once. A receipt of the point of sale is "
        "a refund when its total is negative.",
    )
    document_ref = fields.Reference(
        DOCUMENT_MODELS,
        string="Document",
        readonly=True,
        aggregator="count_distinct",
        help="The document this line is on. Grouped, the number of different documents.",
    )
    document_number = DocumentNumber(
        readonly=True,
        help="The number printed on the invoice, order or receipt.",
    )
    channel = DerivedSelection(
        CHANNELS,
        readonly=True,
        help="Where the sale was made, whatever document it ended in: a sales order, the website, "
        "a point of sale, or an invoice written without any of them (direct). A line of an "
        "invoice has the channel of its own order.",
    )
    line_kind = DerivedSelection(
        LINE_KINDS,
        readonly=True,
        help="Tells the products sold from the lines that come with a sale: delivery charges, "
        "global discounts, loyalty rewards, tips, gift cards and down payments.",
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, help="The company that made the sale."
    )

    # When
    date = fields.Date(
        readonly=True,
        help="Invoices: the invoice date. Orders and receipts: the day they were confirmed or "
        "paid, in your time zone.",
    )

    # Who
    commercial_partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        falsy_value_label=WALK_IN,
        help="The company or person the sale belongs to, whichever of its contacts or addresses "
        "is on the document. Empty for walk-in customers.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        falsy_value_label=WALK_IN,
        help="The contact or address on the document itself.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        readonly=True,
        help="Who made this sale. On receipts of the point of sale, the cashier: the employee's "
        "user where employees log in at the till, else the user of the session.",
    )
    cashier = fields.Char(
        readonly=True,
        help="On receipts of the point of sale, who worked the till: the employee where employees "
        "log in, who need not be a user, else the user of the session.",
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        readonly=True,
        help="The sales team on the document.",
    )

    # What
    product_id = fields.Many2one(
        "product.product",
        string="Product Variant",
        readonly=True,
        falsy_value_label=NO_PRODUCT,
        help="The exact product sold, with its size, color and so on.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        readonly=True,
        falsy_value_label=NO_PRODUCT,
        help="The product sold, all its variants taken together.",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        readonly=True,
        help="The category of the product sold.",
    )
    product_type = fields.Selection(
        [("consu", "Goods"), ("service", "Service"), ("combo", "Combo")],
        readonly=True,
        help="Whether goods or a service were sold. A combo has no value of its own: "
        "the products chosen in it carry the value.",
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        readonly=True,
        help="The product's own unit, in which the quantity is given.",
    )

    # Where
    journal_id = fields.Many2one(
        "account.journal",
        readonly=True,
        help="The journal of the invoice or of the point of sale's session.",
    )
    config_id = fields.Many2one(
        "pos.config",
        string="Point of Sale",
        readonly=True,
        help="The point of sale that printed the receipt.",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        readonly=True,
        help="The pricelist of the order or receipt. Invoices have none.",
    )
    payment_state = fields.Selection(
        PAYMENT_STATE_SELECTION,
        string="Payment Status",
        readonly=True,
        help="Whether the invoice has been paid. Only invoices have a payment status.",
    )
    campaign_id = fields.Many2one(
        "utm.campaign", readonly=True, help="The marketing campaign that led to the sale."
    )
    medium_id = fields.Many2one(
        "utm.medium", readonly=True, help="The medium that led to the sale, such as e-mail."
    )
    source_id = fields.Many2one(
        "utm.source", readonly=True, help="The source that led to the sale, such as a newsletter."
    )

    # How much
    currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        help="The currency of the amounts: the currency of your current company.",
    )
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="How much was sold, in the product's own unit. Returns are negative.",
    )
    price_unit = fields.Monetary(
        string="Average Price",
        readonly=True,
        aggregator="avg",
        help="Untaxed price of one unit after discounts. Grouped, the untaxed total divided by "
        "the quantity.",
    )
    net_sales = fields.Monetary(
        readonly=True,
        help="Untaxed total where the line counts in net sales, else 0: invoices, credit notes and "
        "sales receipts, and receipts of the point of sale that have no posted invoice. Each sale "
        "is in its total once, whatever documents are shown.",
    )
    ordered = fields.Monetary(
        readonly=True,
        help="Untaxed total where the line counts in what was ordered, else 0: sales orders "
        "without down payments, and receipts of the point of sale that do not settle a sales "
        "order.",
    )
    price_subtotal = fields.Monetary(
        string="Untaxed Total",
        readonly=True,
        help="Amount without taxes, after discounts. Returns are negative. Orders and invoices "
        "together have no total: Net Sales and Ordered do, which count each sale once.",
    )
    price_tax = fields.Monetary(
        string="Taxes", readonly=True, help="The taxes on the line. Returns are negative."
    )
    price_total = fields.Monetary(
        string="Total",
        readonly=True,
        help="Amount with taxes, after discounts. Returns are negative.",
    )
    discount_amount = fields.Monetary(
        readonly=True,
        help="What the discount on the line took off the untaxed amount: the amount before "
        "discount less the untaxed total. Global discounts are lines of their own and not in this "
        "figure.",
    )
    price_undiscounted = fields.Monetary(
        string="Untaxed before Discount",
        readonly=True,
        help="Price times quantity, without the taxes that are included in the price: the amount "
        "before the discount on the line.",
    )
    discount = fields.Float(
        string="Discount %",
        digits="Discount",
        readonly=True,
        aggregator="avg",
        help="Discount on the line, in percent. Grouped, the discount amount as a share of the "
        "untaxed amount before discount.",
    )
    cost = fields.Monetary(
        readonly=True,
        help="What the products cost you, as recorded with the sale: on invoices the cost of goods "
        "sold in the journal, else the cost on their receipt or order; on receipts the cost when "
        "they were sold; on orders the cost noted there, where margins on orders are used. The "
        "product's cost today only where nothing was recorded.",
    )
    margin = fields.Monetary(readonly=True, help="Untaxed total less cost.")
    margin_percent = fields.Float(
        string="Margin %",
        digits=(16, 4),
        readonly=True,
        aggregator="avg",
        help="Margin as a share of the untaxed total. Grouped, the total margin divided by the "
        "untaxed total.",
    )
    document_currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        help="The currency the document was written in.",
    )
    price_subtotal_currency = fields.Monetary(
        string="Untaxed Total in Currency",
        currency_field="document_currency_id",
        readonly=True,
        aggregator=None,  # documents differ in currency
        help="Untaxed total in the currency of the document. It is not added up, as documents "
        "can be in different currencies.",
    )

    # Where it counts
    counts_as_sale = fields.Boolean(
        string="Counts in Net Sales",
        readonly=True,
        help="Counts in net sales: invoices, credit notes and sales receipts, and receipts of the "
        "point of sale that have no posted invoice. Each sale is in this total once.",
    )
    counts_as_order = fields.Boolean(
        string="Counts in Ordered",
        readonly=True,
        help="Counts in what was ordered: sales orders without down payments, and receipts of "
        "the point of sale that do not settle a sales order.",
    )
    is_positive = fields.Boolean(
        string="Positive Document",
        readonly=True,
        help="The untaxed total of the whole document is positive. Such a document that counts in "
        "net sales is a purchase.",
    )

    _depends = {
        "res.currency.rate": ["currency_id", "company_id", "name", "rate"],
        "res.partner": ["commercial_partner_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["categ_id", "type", "uom_id"],
        "uom.uom": ["factor"],
    }

    # ---------------------------------------------------------------------------------------
    # The query
    # ---------------------------------------------------------------------------------------

    @property
    def _table_query(self) -> SQL:
        if self.env.context.get(PUSHDOWN):
            return SQL()  # The query of the search brings the table.
        return SQL(" UNION ALL ").join(
            self._source_select(source)
            for source in in_slots_of_their_own(self._sources(Reader(self.env)))
        )

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        if isinstance(order, str) and order and not ORDERED_BY_ID.search(order):
            # Rows that compare equal come from any source first, and another on each page.
            order = f"{order}, id desc"
        used_by_fields = isinstance(domain, ByFields)
        domain, named = self._without_totals(Domain(domain))
        # Once for both uses of it: names that are typed are looked up on the way.
        domain = domain.optimize_full(self)
        leading, others = search_terms.split(domain)
        pushing = self.with_context(**{PUSHDOWN: True})
        query = super(CustomerSalesReport, pushing)._search(others, offset, limit, order, **kwargs)
        if query.is_empty():
            return self.browse()._as_query()
        terms = [search_terms.make_term(pushing, query, condition) for condition in leading]
        return CustomerSalesQuery(
            query,
            self,
            in_slots_of_their_own(self._sources(Reader(self.env))),
            domain,
            order,
            named,
            terms,
            searched_by_fields=names_by_fields(domain) and self._rules_name_by_fields(),
            used_by_fields=used_by_fields,
        )

    @api.model
    def _rules_name_by_fields(self) -> bool:
        """Whether the SQL of the record rules names columns by fields alone."""
        rules = self.env["ir.rule"]._compute_domain(self._name, "read")
        return names_by_fields(rules.optimize_full(self.sudo().with_context(active_test=False)))

    def _fetch_query(self, query, fields):
        if not isinstance(query, CustomerSalesQuery):
            return super()._fetch_query(query, fields)
        if query.is_page():
            rows = self.browse(query.get_result_ids())
            if not rows:
                return rows
            query = query.of_rows(rows.ids)
            with query.fetching(fields):
                super()._fetch_query(query, fields)
            return rows
        with query.fetching(fields):
            return super()._fetch_query(query, fields)

    @api.model
    def _sources(self, reader: Reader) -> list[Source]:
        """Hook: the sources of lines. Extend it to add one.

        The slots 1 to 3 are taken by invoices, sales orders and the point of sale.
        """
        return []

    @api.model
    def _columns(self, names: set[str] | None = None) -> list[str]:
        """The columns of the table in their order: the id and those of ``names``, or all."""
        stored = (name for name, field in self._fields.items() if field.store and name != "id")
        return ["id", *(name for name in stored if names is None or name in names)]

    @api.model
    def _source_select(
        self, source: Source, names: set[str] | None = None, *, timestamp: bool = False
    ) -> SQL:
        """The SELECT of one source, its columns in the order of the report's fields.

        :param names: the columns to select beside the id; all by default
        :param timestamp: whether to select the source's timestamp as well, as ``_timestamp``
        :raise ValueError: if the source has a column that is no stored field of the report
        """
        expressions = {"id": source.row_id, **self._with_derived_columns(source.columns)}
        if unknown := expressions.keys() - set(self._columns()):
            raise ValueError(f"Not stored fields of {self._name}: {sorted(unknown)}")
        columns = []
        for name in self._columns(names):
            expression = expressions.get(name)
            if expression is None:
                expression = Expression(f"NULL::{self._fields[name].column_type[0]}")
            columns.append(Expression("%s AS %s", expression, Expression.identifier(name)))
        if timestamp:
            columns.append(Expression("%s AS _timestamp", source.timestamp))
        return source.select(columns)

    @api.model
    def _with_derived_columns(self, columns: dict[str, SQL]) -> dict[str, SQL]:
        """Add the columns that follow from others in the same way in every source."""
        subtotal = columns["price_subtotal"]
        sums = {
            name: Expression("(%s) %s (%s)", columns[left], Expression(operator), columns[right])
            for name, (left, operator, right) in SUMS.items()
        }
        tax = Expression("(%s) - (%s)", columns["price_total"], subtotal)
        counted = {
            name: self._where_counted(subtotal, columns[counts]) for name, counts in COUNTED.items()
        }
        return {
            "price_tax": tax,  # unless the source knows better
            **columns,
            **sums,
            **counted,
            "currency_id": Expression("%s", self.env.company.currency_id.id),
            "price_unit": Expression("(%s) / NULLIF(%s, 0)", subtotal, columns["quantity"]),
            "margin_percent": Expression("(%s) / NULLIF(%s, 0)", sums["margin"], subtotal),
        }

    @api.model
    def _where_counted(self, amount: SQL, counts: SQL) -> SQL:
        """``amount`` where ``counts`` is true, else 0."""
        if counts.code in ("TRUE", "FALSE"):  # of all lines of a source
            return amount if counts.code == "TRUE" else Expression("0::numeric")
        return Expression("CASE WHEN %s THEN %s ELSE 0 END", counts, amount)

    # ---------------------------------------------------------------------------------------
    # Expressions that the sources share
    # ---------------------------------------------------------------------------------------

    @api.model
    def _local_day(self, timestamp: SQL) -> SQL:
        """The day of a UTC timestamp in the reader's time zone, as Odoo groups datetimes."""
        return Expression("timezone(%s, timezone('UTC', %s))::date", str(self.env.tz), timestamp)

    @api.model
    def _in_company_currency(self, amount: SQL, rate: SQL) -> SQL:
        """``amount`` of a document in the company's currency, at the rate stored with it.

        Nearly all documents have a rate of 1, and dividing a numeric costs more than all the
        joins of the query together.
        """
        return Expression(
            "CASE WHEN %(rate)s = 1 OR COALESCE(%(rate)s, 0) = 0 THEN %(amount)s "
            "ELSE (%(amount)s) / %(rate)s END",
            amount=amount,
            rate=rate,
        )

    @api.model
    def _discount_amount(self, subtotal: SQL, discount: SQL, undiscounted: SQL) -> SQL:
        """What a discount of ``discount`` percent took off a line.

        It is the amount before discount, ``undiscounted``, less what was left of it: derived back
        from ``subtotal`` alone it would be off by the rounding, many times over.
        """
        return Expression(
            "CASE WHEN COALESCE(%s, 0) = 0 THEN 0 ELSE (%s) - (%s) END",
            discount,
            undiscounted,
            subtotal,
        )

    @api.model
    def _in_product_unit(self, quantity: SQL) -> SQL:
        """``quantity`` of ``line_uom`` in ``product_uom``, the product's own unit."""
        return Expression(
            "CASE WHEN line_uom.id = product_uom.id THEN %(quantity)s ELSE %(quantity)s "
            "* COALESCE(line_uom.factor, 1) / COALESCE(product_uom.factor, 1) END",
            quantity=quantity,
            needs=("line_uom", "product_uom"),
        )

    # ---------------------------------------------------------------------------------------
    # Reading
    # ---------------------------------------------------------------------------------------

    def exists(self):
        """As everywhere, but each id is looked up in its own source."""
        existing = set(self.sudo()._search([("id", "in", self.ids)]))
        return self.filtered(lambda row: not row.ids or row.id in existing)

    @api.readonly
    def action_open_document(self):
        """Open the invoice, order or receipt of this line.

        :return: a window action on the document
        :raise UserError: if the document does not exist any more
        """
        self.ensure_one()
        return self._open_document(self.document_ref, self.document_number)

    @api.model
    def _open_document(self, document, number: str) -> dict:
        """The action that opens a document.

        :param document: a record that may be gone, or None
        :param number: the document's number, as the reader knows it
        """
        if not document:
            raise UserError(self.env._("This document does not exist any more. Refresh the page."))
        return document.get_formview_action()
