from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.query import Query

from ...tools.record_names import names_as_reader
from ...tools.terms import COUNTS_AS_SALE, MARGIN_GROUP
from ..customer_sales_ratio_mixin import Ratio
from . import affinity_derivation, price_derivation, product_derivation, product_indexes

STATUSES = [("active", "Active"), ("slowing", "Slowing"), ("stopped", "Stopped")]


class Derived(NamedTuple):
    """What a refresh did.

    :param differences: rows that were not what the documents say
    :param moved: rows that others have moved, since the medians are those of now
    """

    differences: int
    moved: int


class CustomerSalesProduct(models.Model):
    """A product that a customer of a company has bought: how often, at which price, and whether it
    still does.

    The rows are derived in sets from ``customer.sales.report``; see :mod:`.product_derivation`.
    Prices are untaxed, after discount, of one of the product's own unit, in the company's currency.
    """

    _name = "customer.sales.product"
    _inherit = [
        "customer.sales.custom.fields.mixin",
        "customer.sales.layout.mixin",
        "customer.sales.ratio.mixin",
        "customer.sales.currency.mixin",
        "customer.sales.who.mixin",
        "customer.sales.of.lines.mixin",
    ]
    _description = "Products by Customer"
    _order = "net_year desc, id desc"
    _rec_name = "product_id"
    _log_access = False
    _rows_grant_names = True
    _speaks_of_all_documents = True
    _columns_of_lines = {
        "company_id": "company_id",
        "partner_id": "commercial_partner_id",
        "product_id": "product_id",
    }

    # Who and what
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The company that sold the product.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    profile_id = fields.Many2one(
        "customer.sales.profile",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The customer with all that is known of it.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The company or person that bought, whichever of its contacts is on the documents.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The product bought, in its size, color and so on.",
    )
    product_tmpl_id = fields.Many2one(
        related="product_id.product_tmpl_id",
        string="Product, All Variants",
        help="The product, all its variants taken together.",
    )
    categ_id = fields.Many2one(related="product_id.categ_id", string="Product Category")
    product_uom_id = fields.Many2one(
        related="product_id.uom_id",
        string="Unit",
        help="The product's own unit, in which quantities and prices are given.",
    )

    # How often, and whether still
    status = fields.Selection(
        STATUSES,
        readonly=True,
        help="Active, slowing or stopped: by how long the customer has not bought the product, "
        "compared with its own usual gap. The limits are those of customers, in Settings; stopped "
        "are what is dormant and lost there. Empty: never bought at a price.",
    )
    first_purchase = fields.Date(
        string="First Bought", readonly=True, help="The first day on which the product was bought."
    )
    last_purchase = fields.Date(
        string="Last Bought", readonly=True, help="The last day on which the product was bought."
    )
    purchases = fields.Integer(
        string="Times",
        readonly=True,
        help="Documents on which the product was bought: those with a positive untaxed total of "
        "it. Returns and gifts do not count.",
    )
    purchases_year = fields.Integer(
        string="Times in the Year", readonly=True, help="Those of the last 365 days."
    )
    purchase_days = fields.Integer(
        readonly=True,
        help="Days on which the product was bought. Twice on one day is one day.",
    )
    usual_gap = fields.Float(
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="The median of the days from one day on which the product was bought to the next.",
    )
    next_purchase = fields.Date(
        string="Next Expected",
        readonly=True,
        help="The day last bought and the usual gap after it: when the customer would buy again.",
    )
    days_since = fields.Integer(
        string="Days since",
        compute="_compute_days",
        exportable=False,
        help="Days since the product was last bought.",
    )
    overdue_days = fields.Integer(
        string="Overdue",
        compute="_compute_days",
        search="_search_overdue_days",
        aggregator=None,
        help="Days since the product was expected to be bought again.",
    )

    # How much
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Of all time, returns deducted and gifts included, in the product's own unit.",
    )
    quantity_bought = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="Of the documents on which the product was bought.",
    )
    quantity_per_purchase = fields.Float(
        digits="Product Unit",
        readonly=True,
        aggregator="avg",
        help="The quantity bought ÷ times. Grouped, a ratio of sums.",
    )
    net = fields.Monetary(
        string="Net of All Time", readonly=True, help="Untaxed total, returns deducted."
    )
    gross = fields.Monetary(
        readonly=True, help="Untaxed total of the documents on which the product was bought."
    )
    net_year = fields.Monetary(
        string="Net of the Year",
        readonly=True,
        help="Net sales of the last 365 days, today included.",
    )
    net_before = fields.Monetary(
        string="Net of the Year Before",
        readonly=True,
        help="Net sales of the 365 days before the last 365.",
    )
    net_change = fields.Monetary(
        string="Change", readonly=True, help="Net of the year less net of the year before."
    )
    net_change_percent = fields.Float(
        string="Change %",
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="The change as a share of the net of the year before. Empty where that was not "
        "positive. Grouped, the change of all as a share of all.",
    )
    sales_lost = fields.Monetary(
        readonly=True,
        help="Where the product was stopped: by how much the net of the year is below the net of "
        "the year before.",
    )
    cost_year = fields.Monetary(
        string="Cost of the Year",
        readonly=True,
        groups=MARGIN_GROUP,
        help="What the products sold in the last 365 days cost you.",
    )
    margin_year = fields.Monetary(
        string="Margin of the Year",
        readonly=True,
        groups=MARGIN_GROUP,
        help="Net of the year less its cost.",
    )

    # At which price
    last_price = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="The price on the day last bought: untaxed, after discount, of one unit.",
    )
    previous_price = fields.Monetary(
        string="Price Before",
        readonly=True,
        aggregator=None,
        help="The price on the day before that on which the product was bought.",
    )
    price_change = fields.Monetary(
        readonly=True, aggregator=None, help="The last price less the price before."
    )
    price_change_percent = fields.Float(
        string="Price Change %",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="The price change as a share of the price before.",
    )
    average_price = fields.Monetary(
        readonly=True,
        aggregator="avg",
        help="Of all time: untaxed total ÷ quantity of the lines sold at a price, neither returns "
        "nor gifts. Grouped, a ratio of sums.",
    )
    lowest_price = fields.Monetary(
        readonly=True, aggregator="min", help="The lowest price of one line, gifts left out."
    )
    highest_price = fields.Monetary(
        readonly=True, aggregator="max", help="The highest price of one line."
    )
    sold = fields.Monetary(
        string="Sold at a Price",
        readonly=True,
        help="Untaxed total of the lines sold at a price, neither returns nor gifts.",
    )
    sold_quantity = fields.Float(
        string="Quantity at a Price",
        digits="Product Unit",
        readonly=True,
        help="Quantity of the lines sold at a price, neither returns nor gifts.",
    )
    undiscounted = fields.Monetary(
        string="Before Discount",
        readonly=True,
        help="What the lines sold at a price would have been without their discount.",
    )
    discount_amount = fields.Monetary(
        readonly=True, help="What the discount on the lines took off, gifts left out."
    )
    discount = fields.Float(
        string="Discount %",
        digits="Discount",
        readonly=True,
        aggregator="avg",
        help="The discount amount in percent of the amount before discount. Grouped, a ratio of "
        "sums.",
    )

    # Beside what others pay
    sold_year = fields.Monetary(
        string="Sold in the Year",
        readonly=True,
        help="Untaxed total of the lines sold at a price in the last 365 days.",
    )
    quantity_year = fields.Float(
        string="Quantity of the Year",
        digits="Product Unit",
        readonly=True,
        help="Quantity of the lines sold at a price in the last 365 days.",
    )
    price_year = fields.Monetary(
        string="Price of the Year",
        readonly=True,
        aggregator="avg",
        help="Average price of the last 365 days. Grouped, a ratio of sums.",
    )
    median_price = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="The median of what the customers that bought the product in the last 365 days paid "
        "on average, as of last night. Empty where they are fewer than five.",
    )
    price_gap = fields.Float(
        string="To the Median %",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="How far the price of the year is above the median price, or below it.",
    )
    median_gain = fields.Monetary(
        string="More at the Median",
        readonly=True,
        help="What the quantity of the year would have brought more at the median price, where "
        "the customer pays less.",
    )

    # The customer
    customer_status = fields.Selection(related="profile_id.status", string="Customer Status")
    segment_id = fields.Many2one(related="profile_id.segment_id", string="Customer Segment")
    abc_class = fields.Selection(related="profile_id.abc_class", string="Customer Class")
    customer_first_purchase = fields.Date(
        related="profile_id.first_purchase", string="Customer's First Purchase"
    )
    customer_last_purchase = fields.Date(
        related="profile_id.last_purchase", string="Customer's Last Purchase"
    )
    chance_band = fields.Selection(related="profile_id.chance_band", string="Chance to Buy")
    country_id = fields.Many2one(related="partner_id.country_id", string="Country")
    state_id = fields.Many2one(related="partner_id.state_id", string="State")
    city = fields.Char(related="partner_id.city", string="City")
    industry_id = fields.Many2one(related="partner_id.industry_id", string="Industry")
    category_ids = fields.Many2many(related="partner_id.category_id", string="Tags")
    user_id = fields.Many2one(
        related="partner_id.user_id",
        string="Salesperson",
        help="The salesperson in charge of the customer.",
    )

    # A constraint, not an index, as of profiles
    _product_key = models.Constraint(
        "UNIQUE(company_id, partner_id, product_id)",
        "A customer of a company has one row for each product.",
    )

    @api.model
    def _ratios(self):
        return {
            **super()._ratios(),
            "quantity_per_purchase": Ratio("quantity_bought", "purchases"),
            "net_change_percent": Ratio("net_change", "net_before", needs_base=True),
            "average_price": Ratio("sold", "sold_quantity"),
            "price_year": Ratio("sold_year", "quantity_year"),
            "discount": Ratio("discount_amount", "undiscounted", 100),
        }

    @api.model
    def _column_group(self, field):
        if field.name == "status":
            return "product"
        if field.name in ("profile_id", "customer_status", "abc_class", "segment_id"):
            return "customer"
        return super()._column_group(field)

    # ---------------------------------------------------------------------------------------
    # What counts in days
    # ---------------------------------------------------------------------------------------

    @api.depends("last_purchase", "next_purchase", "company_id")
    def _compute_days(self):
        day_of = self._days_as_of()
        for product in self:
            day = day_of.get(product.company_id.id)
            last, following = product.last_purchase, product.next_purchase
            product.days_since = (day - last).days if day and last else 0
            product.overdue_days = max((day - following).days, 0) if day and following else 0

    @api.model
    def _days_as_of(self) -> dict:
        """The day until which the rows of each company count, by the company's id."""
        self.env["customer.sales.refresh"].flush_model(["company_id", "state", "kind", "as_of"])
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT DISTINCT ON (company_id) company_id, as_of FROM customer_sales_refresh "
                    "WHERE state = 'done' AND kind IN ('light', 'full') "
                    "ORDER BY company_id, id DESC"
                )
            )
        )

    @api.model
    def _search_overdue_days(self, operator, value):
        if operator not in (">", ">=", "<", "<=", "in", "not in"):
            return NotImplemented

        def condition(model, alias, query):
            overdue = model._field_to_sql(alias, "overdue_days", query)
            if operator in ("in", "not in"):
                return SQL("%s %s %s", overdue, SQL(operator.upper()), tuple(value) or (None,))
            return SQL("%s %s %s", overdue, SQL(operator), value)

        return Domain.custom(to_sql=condition)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "overdue_days":
            return super()._field_to_sql(alias, field_expr, query)
        company = super()._field_to_sql(alias, "company_id", query)
        days = SQL(" ").join(
            SQL("WHEN %s = %s THEN %s::date", company, company_id, day)
            for company_id, day in self._days_as_of().items()
        )
        return SQL(
            "GREATEST(CASE WHEN FALSE THEN NULL %s END - %s, 0)",
            days,
            super()._field_to_sql(alias, "next_purchase", query),
        )

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """For a page of millions of rows: what rows are sorted by is sorted first, and their rows
        are looked up as they are needed."""
        if field_name == "overdue_days":
            # The most overdue are those that were expected first, and that has an index.
            direction = SQL("ASC NULLS LAST" if direction.code == "DESC" else "DESC NULLS FIRST")
            return SQL("%s %s", self._field_to_sql(alias, "next_purchase", query), direction)
        field = self._fields.get(field_name)
        is_related = field is not None and field.related
        source, _dot, path = (field.related if is_related else field_name).partition(".")
        is_of_few = source == "company_id" or source == "product_id" and path
        if is_of_few and field is not None and field.type == "many2one":
            return self._order_by_place(alias, source, path, direction, nulls, query)
        term = super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        joined = query.make_alias(alias, source)
        if self._fields[source].required and joined in query._joins:
            # Or PostgreSQL does not know that each row has one.
            query.add_where(SQL("%s IS NOT NULL", SQL.identifier(joined, "id")))
        return term

    def _order_by_place(self, alias, source, path, direction, nulls, query):
        """Order by the place of products or companies, of which there are few, among all others.

        :param source: the field with them
        :param path: from there to what they are sorted by; themselves, where it is empty
        """
        joined = query.make_alias(alias, f"{source}_by_{path.replace('.', '_')}")
        if joined in query._joins:  # by the same once more tells nothing apart
            return SQL()
        records = self.env[self._fields[source].comodel_name].sudo()
        # All of them: a search would follow what the context says of theirs.
        ranked = Query(self.env, records._table)
        if path:
            order = records._order_to_sql(f"{path} {direction.code} {nulls.code}", ranked)
        else:
            reverse = direction.code == "DESC"
            order = records._order_to_sql(records._order, ranked, reverse=reverse)
        place = SQL("DENSE_RANK() OVER (ORDER BY %s)", order)
        select = ranked.select(
            SQL("%s AS id", SQL.identifier(ranked.table, "id")), SQL("%s AS place", place)
        )
        # OFFSET keeps PostgreSQL from sorting the rows instead.
        query.add_join(
            "JOIN",
            joined,
            SQL("(SELECT * FROM (%s) AS ranked ORDER BY place OFFSET 0)", select),
            SQL("%s = %s", SQL.identifier(alias, source), SQL.identifier(joined, "id")),
        )
        term = SQL.identifier(joined, "place")
        query._order_groupby.append(term)
        return term

    # ---------------------------------------------------------------------------------------
    # Where the numbers lead
    # ---------------------------------------------------------------------------------------

    @api.readonly
    def action_open_lines(self):
        """The sales lines of the product to the customer."""
        self.ensure_one()
        domain = (
            Domain(COUNTS_AS_SALE, "=", True)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("commercial_partner_id", "=", self.partner_id.id)
            & Domain("product_id", "=", self.product_id.id)
            & Domain("date", "<=", self.profile_id._as_of())
        )
        return self._open_action("action_customer_sales_lines", domain, self.product_id)

    @api.readonly
    def action_open_customer(self):
        """The customer's page."""
        self.ensure_one()
        return self.profile_id.get_formview_action()

    @api.readonly
    def action_open_buyers(self):
        """All customers of the product."""
        self.ensure_one()
        return self._open_buyers(self.product_id)

    @api.model
    def _open_buyers(self, products, *domain):
        """The customers of products: who buys them, at which price, who stopped."""
        return self._open_action(
            "action_customer_sales_product",
            Domain("product_id", "in", products.ids) & Domain(list(domain)),
            products,
        )

    @api.model
    def _open_action(self, name: str, domain: Domain, products) -> dict:
        action = self.env["ir.actions.actions"]._for_xml_id(f"customer_sales_report.{name}")
        action["domain"] = list(domain)
        action["context"] = {}
        if len(products.ids) == 1:
            action["display_name"] = names_as_reader(products)[products.ids[0]]
        return action

    # ---------------------------------------------------------------------------------------
    # Deriving
    # ---------------------------------------------------------------------------------------

    @api.model
    def _fact_columns(self, day):
        """Hook: the columns that follow from the documents of one customer and product, with an
        SQL expression each; see :func:`.product_derivation.fact_columns`."""
        return product_derivation.fact_columns(day)

    @api.model
    def _derived_columns(self, company, day):
        """Hook: the columns that follow from facts, with an SQL expression each; see
        :func:`.product_derivation.derived_columns`."""
        return product_derivation.derived_columns(company, day)

    @api.model
    def _derive_documents(self, report, day, partner_ids=None) -> SQL:
        """Read what customers bought of each product, which the rest is derived from.

        :param report: ``customer.sales.report`` in superuser mode, of the one company
        :param partner_ids: the customers; all by default
        :return: a SELECT of how many ``products`` each ``partner_id`` has bought
        """
        product_derivation.derive_documents(report, day, partner_ids)
        return product_derivation.products_select()

    @api.model
    def _derive_all(self, day) -> Derived:
        """Derive everything of the company anew, and the medians that prices are compared with,
        from the documents that are derived of all customers; profiles come before."""
        env, company = self.env, self.env.company
        product_derivation.derive_facts(env, company, day)
        is_first = not env["customer.sales.price.report"].search(
            [("company_id", "=", company.id)], limit=1
        )
        if is_first:  # spares writing each row twice
            price_derivation.derive_prices(env, company)
        differences = product_derivation.derive_products(env, company, day).total
        moved = 0
        if not is_first:
            price_derivation.derive_prices(env, company)
            moved = product_derivation.update_prices(env, company)
        affinity_derivation.derive_affinities(env, company)
        env["customer.sales.affinity"]._refresh_record(company, day)
        self._invalidate()
        return Derived(differences, moved)

    @api.model
    def _create_indexes(self, note=lambda: None):
        """Make the indexes that lists are ordered by, where there are none yet; see
        :mod:`.product_indexes`.

        :param note: called after each one
        """
        product_indexes.create_indexes(self.env.cr, note)

    @api.model
    def _derive_changes(self, day, partner_ids=None) -> int:
        """Derive what customers of the company bought anew, from the documents that are derived of
        them.

        :param partner_ids: these customers; all by default
        :return: how many rows were not what the documents say
        """
        env, company = self.env, self.env.company
        product_derivation.derive_facts(env, company, day)
        differences = product_derivation.derive_products(env, company, day, partner_ids).total
        self._invalidate()
        return differences

    @api.model
    def _invalidate(self):
        for name in ("product", "price.report", "affinity"):
            self.env[f"customer.sales.{name}"].invalidate_model()
