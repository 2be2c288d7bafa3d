from collections.abc import Collection

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd
from odoo.tools import SQL

from ...models.customer_sales_compared_mixin import COMPARED
from ...tools.client_values import is_id
from ...tools.sql.amounts import is_above_nothing
from ...tools.sql.by_fields import by_fields
from ...tools.sql.columns import listed, named
from ...tools.sql.query import PUSHDOWN
from ...tools.terms import CHANGE, COMPARISON, COUNTS_AS_SALE, LINE_KINDS
from .effects import DECIMALS, PERIODS, grouped_lines, line_columns, rounded, with_effects

CUSTOMER = ("commercial_partner_id", "company_id")

# What a row is of, in terms of the lines. They are sorted in this order: by customers first, which
# tell most of them apart.
KEY = (*CUSTOMER, "product_id", "line_kind", "document_currency_id")

AMOUNTS = {"net_base": "net_0", "net_current": "net_1", "change": "net_1 - net_0"}

# Context with a domain on the lines that are added up. Only a domain as Python has it, which no
# client can send.
LINES = "customer_sales_change_lines"

# Rows are found by the customers of their lines, up to so many of them.
FEW_ROWS = 5000
# Memory for adding the lines up
WORK_MEM = "128MB"


class CustomerSalesChangeReport(models.Model):
    """Why net sales changed between two periods: a row for each company, customer, product, kind of
    line and currency of the documents, with effects that add up to the change.

    The rows are added up from the lines that count as sales and that their reader may see, also in
    superuser mode: who is new or lost is so among these. See :mod:`.effects`.
    """

    _name = CHANGE
    _inherit = [
        "customer.sales.customer.mixin",
        "customer.sales.compared.mixin",
        "customer.sales.layout.mixin",
    ]
    _description = "Customer Sales: Why Sales Changed"
    _auto = False
    _rec_name = "product_id"
    _order = "change, id"
    _rows_grant_names = True
    _checks_search_itself = True

    company_id = fields.Many2one(help="The company that made the sales.")
    commercial_partner_id = fields.Many2one(
        help="The company or person that bought. Empty for walk-in customers, who count as one."
    )
    product_id = fields.Many2one(
        "product.product",
        string="Product Variant",
        readonly=True,
        help="The exact product sold, with its size, color and so on.",
    )
    product_tmpl_id = fields.Many2one(
        "product.template",
        string="Product",
        readonly=True,
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
        help="Whether goods or a service were sold.",
    )
    line_kind = fields.Selection(
        LINE_KINDS,
        readonly=True,
        help="Products sold, or what comes with a sale: delivery charges, global discounts, "
        "loyalty rewards, tips, gift cards and down payments.",
    )
    document_currency_id = fields.Many2one(
        "res.currency", readonly=True, help="The currency the documents were written in."
    )
    currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        help="The currency of the amounts: the currency of your current company.",
    )

    net_base = fields.Monetary(
        string="Base", readonly=True, help="Net sales, untaxed, of the base period."
    )
    net_current = fields.Monetary(
        string="Current", readonly=True, help="Net sales, untaxed, of the current period."
    )
    change = fields.Monetary(
        readonly=True, help="Net sales of the current period less those of the base period."
    )
    change_percent = fields.Float(
        string="Change %",
        digits=(16, 4),
        readonly=True,
        aggregator="avg",
        help="The change as a share of the base. Empty where that is not positive.",
    )
    lost_customers = fields.Monetary(
        readonly=True,
        help="All that was sold in the base period to customers who bought nothing in the current "
        "one.",
    )
    new_customers = fields.Monetary(
        readonly=True,
        help="All that was sold in the current period to customers who bought nothing in the base "
        "period.",
    )
    products_dropped = fields.Monetary(
        readonly=True,
        help="Products that a customer bought in the base period and not in the current one, while "
        "buying others.",
    )
    products_added = fields.Monetary(
        readonly=True,
        help="Products that a customer bought in the current period and not in the base period, "
        "while buying others.",
    )
    volume = fields.Monetary(
        readonly=True,
        help="More or less was bought of the same product: the difference in quantity at the "
        "average price of the base period.",
    )
    price = fields.Monetary(
        readonly=True,
        help="The price before discounts rose or fell, in the currency of the documents, for what "
        "was bought in the current period.",
    )
    discount = fields.Monetary(
        readonly=True,
        help="Discounts on lines became smaller or larger, for what was bought in the current "
        "period.",
    )
    exchange_rate = fields.Monetary(
        readonly=True,
        help="The documents' currency is worth more or less than it was in the base period.",
    )
    returns = fields.Monetary(
        readonly=True,
        help="Less or more was taken back or credited than in the base period. Returns are "
        "negative sales.",
    )
    other = fields.Monetary(
        readonly=True,
        help="Lines that are no products: delivery, global discounts, rewards, tips, gift cards, "
        "down payments.",
    )

    # ---------------------------------------------------------------------------------------
    # The query
    # ---------------------------------------------------------------------------------------

    @property
    def _table_query(self) -> SQL:
        if self.env.context.get(PUSHDOWN):
            return SQL()  # The search brings the table.
        return self._select_changes(Domain.TRUE)

    @api.model
    def _select_changes(self, lines: Domain) -> SQL:
        """A SELECT of the rows that lines of a domain are added up to."""
        currency = self.env.company.currency_id
        columns = [
            SQL("split.id"),
            listed(KEY, "split"),
            SQL("split.product_tmpl_id, split.categ_id, split.product_type"),
            SQL("%s AS currency_id", currency.id),
            named({name: rounded(SQL(amount), DECIMALS) for name, amount in AMOUNTS.items()}),
            SQL(
                "CASE WHEN %s THEN (net_1 - net_0) / net_0 END AS change_percent",
                is_above_nothing(SQL("net_0")),
            ),
        ]
        return with_effects(
            SQL("(%s)", self._select_sums(lines)),
            columns,
            currency.decimal_places,
        )

    @api.model
    def _select_sums(self, lines: Domain) -> SQL:
        """The sums of either period by what a row is of, and in which its customer bought.

        The products are read once, behind a fence, rather than looked up row by row.
        """
        bought = SQL(", ").join(
            SQL(
                "BOOL_OR(%s) OVER (PARTITION BY %s) AS %s",
                SQL.identifier(f"any_{period}"),
                listed(CUSTOMER, "grouped"),
                SQL.identifier(f"bought_{period}"),
            )
            for period in PERIODS
        )
        return SQL(
            "SELECT known.*, product.product_tmpl_id, product.categ_id, product.product_type "
            "FROM (SELECT grouped.*, %s FROM (%s) AS grouped) AS known LEFT JOIN ("
            "SELECT product.id, product.product_tmpl_id, template.categ_id, "
            "template.type AS product_type FROM product_product product "
            "JOIN product_template template ON template.id = product.product_tmpl_id OFFSET 0"
            ") AS product ON product.id = known.product_id",
            bought,
            self._select_grouped_lines(lines),
        )

    @api.model
    def _select_grouped_lines(self, domain: Domain) -> SQL:
        # As the reader in any case: a row that superuser mode has read would stay in the cache.
        lines = self.env[COMPARISON].sudo(False).with_context(active_test=False)
        query = lines._search(by_fields(Domain(COUNTS_AS_SALE, "=", True) & domain))

        def column(name: str) -> SQL:
            if query.is_empty():
                field_type = SQL(lines._fields[name].column_type[1])
                return SQL("NULL::%s", field_type)
            return lines._field_to_sql(query.table, name, query)

        columns = [
            named({name: column(name) for name in KEY}),
            *line_columns(column),
        ]
        if query.is_empty():
            selected = SQL("SELECT %s WHERE FALSE", SQL(", ").join(columns))
        else:
            selected = query.select(*columns)
        return grouped_lines(selected, KEY)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        model = self._for_search(domain, order)
        domain = Domain(domain).optimize_full(model)
        pushing = model.with_context(**{PUSHDOWN: True})
        query = super(CustomerSalesChangeReport, pushing)._search(
            domain, offset, limit, order, **kwargs
        )
        if not query.is_empty():
            self._let_postgresql_add_up()
            lines = self.env.context.get(LINES)
            lines = lines if isinstance(lines, Domain) else Domain.TRUE
            customers = model._conditions_on_customers(domain)
            query._tables[self._table] = SQL("(%s)", model._select_changes(customers & lines))
        return query

    @api.model
    def _let_postgresql_add_up(self):
        """Let PostgreSQL work in memory, and not compile what takes less time than compiling it.
        It is allowed on a replica."""
        self.env.cr.execute(
            SQL(
                "SELECT set_config('jit', 'off', TRUE), CASE WHEN "
                "pg_size_bytes(current_setting('work_mem')) < pg_size_bytes(%(wanted)s) "
                "THEN set_config('work_mem', %(wanted)s, TRUE) END",
                wanted=WORK_MEM,
            )
        )

    @api.model
    def _conditions_on_customers(self, domain: Domain) -> Domain:
        """What a domain says of customers alone, as a condition on the lines: others need not be
        added up. A condition on products is not among it, as whether a customer is new or lost is
        told by all its lines."""
        columns = self._columns_of_customers()
        found = []
        for condition in domain.children if isinstance(domain, DomainAnd) else [domain]:
            names = {each.field_expr.partition(".")[0] for each in condition.iter_conditions()}
            if names and names <= columns:
                found.append(condition)
            elif names == {"id"} and (customers := self._customers_of_rows(condition)):
                found.append(customers)
        return Domain.AND(found)

    @api.model
    def _columns_of_customers(self) -> set[str]:
        return {*self.env["customer.sales.customer.mixin"]._fields, *self._custom_names()} - {"id"}

    @api.model
    def _custom_names(self) -> set[str]:
        return {field.name for field in self.sudo()._custom_fields()}

    @api.model
    def _customers_of_rows(self, condition) -> Domain | None:
        """The condition that lines are of the customers of some rows; None if they are many."""
        values = getattr(condition, "value", None)
        if getattr(condition, "operator", None) != "in" or not isinstance(values, Collection):
            return None
        if len(values) > FEW_ROWS:
            return None
        # The number of a row is that of its first line.
        ids = [value for value in values if is_id(value)]
        lines = self.env[COMPARISON].sudo(False)
        customers = lines._read_group([("id", "in", ids)], ["commercial_partner_id"])
        return Domain("commercial_partner_id", "in", [customer.id for (customer,) in customers])

    def exists(self):
        """As everywhere, but looked up among the rows of their customers."""
        existing = set(self.sudo()._search([("id", "in", self.ids)]))
        return self.filtered(lambda row: not row.ids or row.id in existing)

    # ---------------------------------------------------------------------------------------
    # Grouping
    # ---------------------------------------------------------------------------------------

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec == "change_percent:avg":
            change, base = (
                self._read_group_select(f"{name}:sum", query) for name in ("change", "net_base")
            )
            return SQL("CASE WHEN %s THEN %s / %s END", is_above_nothing(base), change, base)
        # Every row is in the reader's currency already.
        if aggregate_spec == "currency_id:array_agg_distinct":
            return SQL("ARRAY[%s]", self.env.company.currency_id.id)
        name, _separator, aggregator = aggregate_spec.partition(":")
        field = self._fields.get(name)
        if aggregator == "sum_currency" and field is not None and field.type == "monetary":
            return self._read_group_select(f"{name}:sum", query)
        return super()._read_group_select(aggregate_spec, query)

    # ---------------------------------------------------------------------------------------
    # What is behind a row
    # ---------------------------------------------------------------------------------------

    @api.readonly
    def action_open_lines(self):
        """Open the lines of both periods that a row is added up from.

        :return: a window action on the compared lines
        :raise UserError: if there are none any more
        """
        self.ensure_one()
        if not self.exists():
            raise UserError(self.env._("These sales do not exist any more. Refresh the page."))
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_compared_lines"
        )
        action["domain"] = [
            (COUNTS_AS_SALE, "=", True),
            *((name, "=", _plain(self[name])) for name in KEY),
        ]
        action["context"] = {COMPARED: self._compared_choice()}
        return action


def _plain(value):
    """A value of a field, as a domain has it."""
    return value.id if isinstance(value, models.BaseModel) else value
