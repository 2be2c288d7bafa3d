from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..models.customer_sales_ratio_mixin import Ratio
from ..models.profile.customer_sales_profile import STATUSES
from ..tools.client_values import not_understood
from ..tools.periods import MONTHS
from ..tools.terms import CHANNELS

PERIOD = "retention_period"  # key of the context
CURRENCIES = "currency_id:array_agg_distinct"
# Aggregates of groups of which those of larger groups follow
ADDED_UP = {
    "__count",
    CURRENCIES,
    "share:avg",
    "net_kept:avg",
    "active_customers:sum",
    *(f"{name}:{way}" for name in ("net", "first_net") for way in ("sum", "sum_currency")),
}
SLOTS = 2048  # periods that a customer may have; years like 0206 are in every real database


class CustomerSalesRetentionReport(models.Model):
    """Customers by the period of their first purchase against the periods since: a row for each
    customer and period, from the first on, period 0.

    The periods are months; ``retention_period`` in the context may make them quarters or years.
    The average of ``share`` is the share that bought again, of those who had the time to: periods
    that are not over say so.
    """

    _name = "customer.sales.retention.report"
    _inherit = [
        "customer.sales.custom.fields.mixin",
        "customer.sales.ratio.mixin",
        "customer.sales.currency.mixin",
    ]
    _description = "Retention of Customers"
    _auto = False
    _order = "cohort desc, partner_id, elapsed"
    _rec_name = "partner_id"
    _rows_grant_names = True
    _depends = {
        "customer.sales.profile": ["company_id", "partner_id", "first_purchase", "segment_id"],
        "customer.sales.refresh": ["company_id", "state", "kind", "as_of", "started_on"],
        "customer.sales.purchase": ["company_id", "partner_id", "date", "kind", "net", "channel"],
    }

    company_id = fields.Many2one(
        "res.company", readonly=True, help="The company that sold to this customer."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        help="The company or person that bought, whichever of its contacts is on the documents.",
    )
    profile_id = fields.Many2one(
        "customer.sales.profile",
        string="Customer Today",
        readonly=True,
        help="What is known of the customer today.",
    )
    first_purchase = fields.Date(readonly=True, help="The day of the customer's first purchase.")
    cohort = fields.Date(
        string="First Bought in",
        readonly=True,
        help="The first day of the month, quarter or year of the customer's first purchase.",
    )
    elapsed = fields.Integer(
        string="Periods Later",
        readonly=True,
        aggregator=None,
        help="How many months, quarters or years after that of the first purchase. 0 is that of "
        "the first purchase itself.",
    )
    is_over = fields.Boolean(
        string="Period Over",
        readonly=True,
        help="Everybody has had all of the period to buy in.",
    )

    active_customers = fields.Integer(
        string="Customers Who Bought",
        readonly=True,
        help="Customers with a purchase in the period.",
    )
    share = fields.Float(
        string="Share of Customers",
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="Of the customers who first bought together, the share that bought in the period.",
    )
    net = fields.Monetary(
        string="Net Sales",
        readonly=True,
        help="Net sales of the period, returns included, from the first purchase on.",
    )
    first_net = fields.Monetary(
        string="Net of the First Period",
        readonly=True,
        help="Net sales of the period of the first purchase.",
    )
    net_kept = fields.Float(
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="Net sales of the period as a share of those of the first period, of the same "
        "customers.",
    )
    net_per_customer = fields.Monetary(
        readonly=True,
        aggregator="avg",
        help="Net sales of the period. Grouped, the average of all customers who had the time to "
        "buy, whether they did or not.",
    )

    # Which customers
    segment_id = fields.Many2one(
        "customer.sales.segment", readonly=True, help="The segment of the customer today."
    )
    status = fields.Selection(STATUSES, readonly=True, help="The status of the customer today.")
    first_channel = fields.Selection(
        CHANNELS,
        string="Channel of First Purchase",
        readonly=True,
        help="Where the customer first bought. Of several on one day, the one that comes first of "
        "website, sales, point of sale and direct.",
    )
    country_id = fields.Many2one(related="partner_id.country_id", string="Country")
    state_id = fields.Many2one(related="partner_id.state_id", string="State")
    industry_id = fields.Many2one(related="partner_id.industry_id", string="Industry")
    category_ids = fields.Many2many(related="partner_id.category_id", string="Tags")
    user_id = fields.Many2one(
        related="partner_id.user_id",
        string="Salesperson",
        help="The salesperson in charge of the customer.",
    )

    @api.model
    def _ratios(self):
        return {**super()._ratios(), "net_kept": Ratio("net", "first_net", needs_base=True)}

    @api.model
    def _period(self) -> str:
        """``month``, ``quarter`` or ``year``.

        :raise UserError: if the context has something else
        """
        period = self.env.context.get(PERIOD) or "month"
        if not isinstance(period, str) or period not in MONTHS:
            raise not_understood(self.env)
        return period

    @api.model
    def _last_days(self) -> SQL:
        """A SELECT of each selected company's ``id``, ``day``, the last one that its customers tell
        of, and ``day_over``, the last one that was over then: its own today was not."""
        return SQL(
            "SELECT DISTINCT ON (company_id) company_id AS id, as_of AS day, "
            "CASE WHEN as_of < started_on::date - 1 THEN as_of ELSE as_of - 1 END AS day_over "
            "FROM customer_sales_refresh "
            "WHERE company_id = ANY(%s) AND state = 'done' AND kind IN ('light', 'full') "
            "ORDER BY company_id, customer_sales_refresh.id DESC",
            self.env.companies.ids,
        )

    @property
    def _table_query(self) -> SQL:
        period = self._period()
        months = MONTHS[period]

        def number(day: SQL) -> SQL:
            """The number of the period of a day, of all that there are."""
            return SQL(
                "((DATE_PART('year', %(day)s)::integer * 12 "
                "+ DATE_PART('month', %(day)s)::integer - 1) / %(months)s)",
                day=day,
                months=months,
            )

        days = self._last_days()
        # The fences keep PostgreSQL from computing the number of a period anew wherever it is used.
        purchases = SQL(
            "FROM (SELECT customer.id, %s - customer.first AS elapsed, purchase.net, purchase.kind "
            "FROM customer_sales_purchase purchase "
            "JOIN (SELECT profile.id, profile.company_id, profile.partner_id, company.day, "
            "%s AS first FROM customer_sales_profile profile "
            "JOIN (%s) AS company ON company.id = profile.company_id OFFSET 0) AS customer "
            "ON customer.company_id = purchase.company_id "
            "AND customer.partner_id = purchase.partner_id "
            "WHERE purchase.company_id = ANY(%s) AND purchase.date <= customer.day "
            "OFFSET 0) AS purchase WHERE purchase.elapsed BETWEEN 0 AND %s - 1",
            number(SQL("purchase.date")),
            number(SQL("profile.first_purchase")),
            days,
            self.env.companies.ids,
            SLOTS,
        )
        # Each of the joined selects has one row at most for a row of customers and their periods,
        # so that PostgreSQL leaves out those whose columns are not asked for. Whether a customer
        # bought in a period is a bit in a row of bits: looking up each period would take as long
        # again as all the rest. A select of its own keeps what is computed by customer from being
        # computed by period.
        return SQL(
            """
            SELECT customer.id::bigint * %(slots)s + customer.elapsed AS id,
                   customer.id AS profile_id, customer.company_id, customer.partner_id,
                   customer.segment_id, customer.status, customer.first_purchase,
                   customer.cohort, customer.elapsed,
                   customer.elapsed <= customer.periods_over AS is_over,
                   COALESCE(GET_BIT(bought.periods, customer.elapsed), 0) AS active_customers,
                   COALESCE(GET_BIT(bought.periods, customer.elapsed), 0)::float8 AS share,
                   COALESCE(sold.net, 0) AS net,
                   COALESCE(sold.net, 0) AS net_per_customer,
                   COALESCE(at_first.net, 0) AS first_net,
                   COALESCE(sold.net, 0) / NULLIF(GREATEST(at_first.net, 0), 0) AS net_kept,
                   channel.channel AS first_channel
              FROM (
                    SELECT profile.*, GENERATE_SERIES(0, profile.periods) AS elapsed
                      FROM (
                            SELECT profile.id, profile.company_id, profile.partner_id,
                                   profile.segment_id, profile.status, profile.first_purchase,
                                   %(cohort)s AS cohort,
                                   LEAST(%(last)s - %(first)s, %(slots)s - 1) AS periods,
                                   %(over)s - %(first)s AS periods_over
                              FROM customer_sales_profile profile
                              JOIN (%(days)s) AS company
                                ON company.id = profile.company_id
                             WHERE profile.first_purchase <= company.day
                            OFFSET 0
                           ) AS profile
                   ) AS customer
         LEFT JOIN (
                    SELECT purchase.id, BIT_OR(%(first_bit)s >> purchase.elapsed) AS periods
                    %(purchases)s AND purchase.kind = 'purchase'
                  GROUP BY purchase.id
                   ) AS bought
                ON bought.id = customer.id
         LEFT JOIN (
                    SELECT purchase.id::bigint * %(slots)s + purchase.elapsed AS id,
                           SUM(purchase.net) AS net
                    %(purchases)s
                  GROUP BY 1
                   ) AS sold
                ON sold.id = customer.id::bigint * %(slots)s + customer.elapsed
         LEFT JOIN (
                    SELECT purchase.id, SUM(purchase.net) AS net
                    %(purchases)s AND purchase.elapsed = 0
                  GROUP BY purchase.id
                   ) AS at_first
                ON at_first.id = customer.id
         LEFT JOIN (
                    SELECT profile.id, MAX(purchase.channel) AS channel
                      FROM customer_sales_profile profile
                      JOIN customer_sales_purchase purchase
                        ON purchase.company_id = profile.company_id
                       AND purchase.partner_id = profile.partner_id
                       AND purchase.date = profile.first_purchase
                     WHERE purchase.kind = 'purchase' AND profile.company_id = ANY(%(companies)s)
                  GROUP BY profile.id
                   ) AS channel
                ON channel.id = customer.id
            """,
            slots=SLOTS,
            first_bit=SQL("B'1'::bit(%s)", SQL(str(SLOTS))),
            purchases=purchases,
            cohort=SQL("DATE_TRUNC(%s, profile.first_purchase::timestamp)::date", period),
            first=number(SQL("profile.first_purchase")),
            last=number(SQL("company.day")),
            # The last period that is over is the one before that of the day after
            over=SQL("%s - 1", number(SQL("(company.day_over + 1)"))),
            days=days,
            companies=self.env.companies.ids,
        )

    # ---------------------------------------------------------------------------------------
    # Speed
    # ---------------------------------------------------------------------------------------

    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        self._prepare_for_many_rows()
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        """A heat map's totals are added up from its cells: to group all rows four times takes half
        as long again."""
        self._prepare_for_many_rows()
        # In the order in which Odoo sorts groups
        cells = list(dict.fromkeys(spec for groupby in grouping_sets for spec in groupby))
        rows = []
        is_in_order = order in (None, "", ", ".join(cells))
        if is_in_order and self._adds_up_from_cells(cells, grouping_sets, aggregates):
            parts = list(dict.fromkeys(part for spec in aggregates for part in _parts(spec)))
            [rows] = super()._read_grouping_sets(domain, [cells], parts)
        if not rows:
            return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)
        return [
            self._added_up(rows, [cells.index(spec) for spec in groupby], parts, aggregates)
            for groupby in grouping_sets
        ]

    @api.model
    def _adds_up_from_cells(self, cells, grouping_sets, aggregates) -> bool:
        # Of a period and a number a row has one each, and their groups are in their own order.
        is_map = {f"cohort:{self._period()}", "elapsed"} >= {*cells}
        has_one_currency = len(self.env.companies.sudo().currency_id) == 1
        return (
            len(cells) == 2
            and is_map
            and has_one_currency
            and all({*groupby} <= {*cells} for groupby in grouping_sets)
            and ADDED_UP >= {*aggregates}
        )

    def _added_up(self, rows, positions, parts, aggregates) -> list[tuple]:
        """The groups by some of the groupings of ``rows``.

        :param rows: groups, with their groupings and then ``parts``
        :param positions: of the groupings that are left
        """
        groups = defaultdict(list)
        for row in rows:
            key = tuple(row[position] for position in sorted(positions))
            groups[key].append(row[len(row) - len(parts) :])
        ratio = self._ratios()["net_kept"]

        def figure(spec, totals):
            if spec == "share:avg":
                return totals["share:sum"] / totals["__count"]
            if spec == "net_kept:avg":
                share = ratio.of(
                    totals[f"{ratio.numerator}:sum"], totals[f"{ratio.denominator}:sum"]
                )
                return False if share is None else share
            return totals[spec]

        added_up = []
        for key in sorted(groups):
            columns = zip(*groups[key], strict=True)
            totals = {
                part: sum(column, []) if part == CURRENCIES else sum(value or 0 for value in column)
                for part, column in zip(parts, columns, strict=True)
            }
            if CURRENCIES in totals:
                totals[CURRENCIES] = sorted({*totals[CURRENCIES]})
            by_position = dict(zip(sorted(positions), key, strict=True))
            names = (by_position[position] for position in positions)
            added_up.append((*names, *(figure(spec, totals) for spec in aggregates)))
        return added_up

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec == f"cohort:{self._period()}":
            # The first day of such a period already: to truncate it takes a tenth of all the rest.
            return self._field_to_sql(alias, "cohort", query)
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _prepare_for_many_rows(self):
        """Until the end of the transaction: compiling takes longer than it saves, and what is
        looked up should not go to disk."""
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
        self.env.cr.execute(SQL("SET LOCAL work_mem = '64MB'"))

    @api.readonly
    def action_open_customer(self):
        """The page of the customer."""
        self.ensure_one()
        # Whatever the periods: a row has the id of the customer's in it.
        profile = self.env["customer.sales.profile"].browse(self.id // SLOTS)
        return profile.get_formview_action()


def _parts(aggregate: str) -> list[str]:
    """The sums that an aggregate follows from."""
    parts = {"share:avg": ["share:sum", "__count"], "net_kept:avg": ["net:sum", "first_net:sum"]}
    return parts.get(aggregate, [aggregate])
