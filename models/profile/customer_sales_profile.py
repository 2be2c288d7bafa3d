from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.terms import ALL_GROUP, CONTACT_GROUP, MARGIN_GROUP
from ..customer_sales_ratio_mixin import Ratio
from .profile_derivation import derived_columns, fact_columns

STATUSES = [
    ("new", "New"),
    ("active", "Active"),
    ("slowing", "Slowing"),
    ("dormant", "Dormant"),
    ("lost", "Lost"),
]
CLASSES = [("a", "A"), ("b", "B"), ("c", "C")]
SCORES = "From 1 to 5, the best. Empty without a purchase in the last 365 days."


class CustomerSalesProfile(models.Model):
    """A customer of a company: value, rhythm, status and segment.

    The rows are derived in sets from ``customer.sales.purchase``; see
    :mod:`.customer_sales_refresh`. All that is said of time counts on the days of the company,
    until the day of the last refresh.
    """

    _name = "customer.sales.profile"
    _inherit = [
        "customer.sales.custom.fields.mixin",
        "customer.sales.layout.mixin",
        "customer.sales.ratio.mixin",
        "customer.sales.currency.mixin",
        "customer.sales.who.mixin",
        "customer.sales.of.lines.mixin",
    ]
    _description = "Customers"
    _order = "net_year desc, partner_id"
    _rec_name = "partner_id"
    _log_access = False
    _rows_grant_names = True
    _speaks_of_all_documents = True

    # Who
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The company that sold to this customer.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The company or person that bought, whichever of its contacts is on the documents.",
    )
    only_user_id = fields.Many2one(
        "res.users",
        readonly=True,
        string="Only Salesperson",
        help="The salesperson of all the customer's documents, where they have but one.",
    )
    has_several_users = fields.Boolean(
        readonly=True,
        string="Several Salespersons",
        help="The customer's documents are of different salespersons.",
    )

    # All time
    first_purchase = fields.Date(readonly=True, help="The day of the customer's first purchase.")
    last_purchase = fields.Date(readonly=True, help="The day of the customer's last purchase.")
    documents = fields.Integer(
        readonly=True, help="Invoices, credit notes and receipts that count as sales."
    )
    purchases = fields.Integer(
        readonly=True, help="Documents with a positive untaxed total, of all time."
    )
    purchase_days = fields.Integer(
        readonly=True,
        help="Days with at least one purchase. Two purchases on one day are one purchase day.",
    )
    # Those of several customers are the same products in part.
    products = fields.Integer(
        readonly=True, aggregator=None, help="How many different products were bought."
    )
    gross = fields.Monetary(
        readonly=True, help="The untaxed total of all purchases, before returns."
    )
    returns = fields.Monetary(
        readonly=True, help="The untaxed total of all returns, as a negative amount."
    )
    net = fields.Monetary(
        string="Net Sales", readonly=True, help="Gross and returns together, of all time, untaxed."
    )
    average_purchase = fields.Monetary(
        readonly=True,
        aggregator="avg",
        help="Gross ÷ purchases. Grouped, the gross of all divided by all purchases.",
    )

    # The year and the year before
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
    gross_year = fields.Monetary(
        string="Gross of the Year",
        readonly=True,
        help="The untaxed total of the purchases of the last 365 days.",
    )
    gross_before = fields.Monetary(
        string="Gross of the Year Before",
        readonly=True,
        help="The untaxed total of the purchases of the 365 days before the last 365.",
    )
    purchases_year = fields.Integer(
        string="Purchases of the Year", readonly=True, help="Purchases of the last 365 days."
    )
    purchases_before = fields.Integer(
        string="Purchases of the Year Before",
        readonly=True,
        help="Purchases of the 365 days before the last 365.",
    )
    average_purchase_year = fields.Monetary(
        string="Average Purchase of the Year",
        readonly=True,
        aggregator="avg",
        help="Gross ÷ purchases, of the last 365 days. Grouped, a ratio of sums.",
    )
    average_purchase_before = fields.Monetary(
        string="Average Purchase of the Year Before",
        readonly=True,
        aggregator="avg",
        help="Gross ÷ purchases, of the 365 days before the last 365. Grouped, a ratio of sums.",
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
    cost_before = fields.Monetary(
        string="Cost of the Year Before",
        readonly=True,
        groups=MARGIN_GROUP,
        help="What the products sold in the 365 days before the last 365 cost you.",
    )
    margin_before = fields.Monetary(
        string="Margin of the Year Before",
        readonly=True,
        groups=MARGIN_GROUP,
        help="Net of the year before less its cost.",
    )
    # By its own net and its share, any one customer tells the net of all.
    share = fields.Float(
        readonly=True,
        groups=ALL_GROUP,
        digits=(16, 6),
        help="The customer's share of the net of the year of all customers, walk-ins left out.",
    )
    cumulative_share = fields.Float(
        readonly=True,
        groups=ALL_GROUP,
        digits=(16, 6),
        aggregator=None,
        help="The share of this customer and all customers that rank before it.",
    )
    rank = fields.Integer(
        readonly=True,
        aggregator=None,
        help="The customer's place by net of the year, among those that bought in it.",
    )
    abc_class = fields.Selection(
        CLASSES,
        string="Class",
        readonly=True,
        help="A: the largest customers, that together make 80 % of the net of the year, unless "
        "Settings say otherwise. B: those that make it 95 %. C: the others. Empty: bought nothing "
        "in the year.",
    )
    net_months = fields.Json(
        string="Net by Month",
        readonly=True,
        exportable=False,
        help="Net sales of each of the last 24 months, this month included.",
    )

    # Rhythm and status
    usual_gap = fields.Float(
        readonly=True,
        digits=(16, 1),
        aggregator="avg",
        help="The median of the days from one purchase day to the next.",
    )
    days_since = fields.Integer(
        string="Days since",
        readonly=True,
        aggregator="avg",
        help="Days since the last purchase.",
    )
    next_purchase = fields.Date(
        string="Next Expected",
        readonly=True,
        help="The last purchase and the usual gap after it: when the customer would buy again.",
    )
    overdue_days = fields.Integer(
        string="Overdue",
        readonly=True,
        aggregator="avg",
        help="Days since the next purchase was expected.",
    )
    status = fields.Selection(
        STATUSES,
        readonly=True,
        help="New: the first purchase was a short while ago. Active, slowing, dormant, lost: by "
        "how long the customer has not bought, compared with its own usual gap. The limits "
        "are in Settings.",
    )
    sales_at_stake = fields.Monetary(
        string="Sales at Stake",
        readonly=True,
        help="How much of the net of the year may be lost: all of it where the customer is "
        "dormant or lost, half of it where it is slowing.",
    )

    # Recency, frequency, monetary value
    r_score = fields.Integer(
        string="R", readonly=True, aggregator="avg", help=f"How recently it bought. {SCORES}"
    )
    f_score = fields.Integer(
        string="F",
        readonly=True,
        aggregator="avg",
        help=f"How often it bought in the last 365 days. {SCORES}",
    )
    m_score = fields.Integer(
        string="M",
        readonly=True,
        aggregator="avg",
        help=f"The net of the year. {SCORES}",
    )
    fm_score = fields.Integer(
        string="FM", readonly=True, aggregator="avg", help="The mean of F and M, halves up."
    )
    segment_id = fields.Many2one(
        "customer.sales.segment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What the scores R and FM say together, by the grid on the screen Segments.",
    )

    segment_color = fields.Integer(
        related="segment_id.color", aggregator=None, exportable=False, string="Segment Color"
    )

    # Facts of the contact
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
    active_partner = fields.Boolean(related="partner_id.active", string="Contact Active")
    email = fields.Char(related="partner_id.email", groups=CONTACT_GROUP)
    phone = fields.Char(related="partner_id.phone", groups=CONTACT_GROUP)
    street = fields.Char(related="partner_id.street", groups=CONTACT_GROUP)
    street2 = fields.Char(related="partner_id.street2", groups=CONTACT_GROUP)
    zip = fields.Char(related="partner_id.zip", string="ZIP", groups=CONTACT_GROUP)
    vat = fields.Char(related="partner_id.vat", string="Tax ID", groups=CONTACT_GROUP)

    # A constraint, not an index: Odoo's merging of contacts asks for constraints, and then drops
    # what the contacts have both. The next refresh derives it anew.
    _one_a_company = models.Constraint(
        "UNIQUE(company_id, partner_id)", "A customer of a company has one profile."
    )
    # Who first bought when: cohorts
    _first_key = models.Index("(company_id, first_purchase) INCLUDE (id, partner_id)")
    # The list as it opens
    _net_year_order = models.Index("(net_year DESC)")
    # Whom to call, on the first screen
    _stake_key = models.Index("(sales_at_stake DESC, id) WHERE sales_at_stake > 0")

    @api.private
    def init(self):
        # The places of all customers move when one buys. A row is written to the page that it is
        # on, where there is room, and no index has to follow it there.
        self.env.cr.execute(
            SQL("ALTER TABLE %s SET (fillfactor = 50)", SQL.identifier(self._table))
        )

    @api.model
    def _ratios(self):
        return {
            **super()._ratios(),
            "average_purchase": Ratio("gross", "purchases"),
            "average_purchase_year": Ratio("gross_year", "purchases_year"),
            "average_purchase_before": Ratio("gross_before", "purchases_before"),
            "net_change_percent": Ratio("net_change", "net_before", needs_base=True),
        }

    @api.model
    @api.private
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """As everywhere, but the rows of a page are read when it is known which they are: sorting
        all customers with all that is known of each takes twice as long."""
        if not limit or field_names is not None and not field_names:
            return super().search_fetch(domain, field_names, offset, limit, order)
        page = super().search_fetch(domain, [], offset, limit, order)
        if not page:  # which fields may be read is asked all the same
            return super().search_fetch(domain, field_names, offset, limit, order)
        page.fetch(field_names)
        return page

    # ---------------------------------------------------------------------------------------
    # Deriving
    # ---------------------------------------------------------------------------------------

    @api.model
    def _fact_columns(self, company, day):
        """Hook: the columns that follow from a customer's own purchases, with an SQL expression
        each; see :func:`.profile_derivation.fact_columns`."""
        return fact_columns(company, day)

    @api.model
    def _derived_columns(self, company, day, limits):
        """Hook: the columns that follow from the facts of the customer alone, with an SQL
        expression each; see :func:`.profile_derivation.derived_columns`."""
        return derived_columns(company, day, limits)

    @api.model
    def _refresh(self, companies=None, full=False, as_of=None):
        """Bring purchases and profiles up to date.

        :param companies: which companies' (records); all by default
        :param full: derive everything anew, rather than what changed since the last refresh
        :param as_of: the day at whose end the profiles are to stand (a date); by default the
            company's today. Another day needs ``full``.
        :return: the entries that were written to the log of refreshes
        """
        companies = companies or self.env["res.company"].sudo().search([("active", "=", True)])
        return self.env["customer.sales.refresh"].sudo()._run(companies, full=full, as_of=as_of)
