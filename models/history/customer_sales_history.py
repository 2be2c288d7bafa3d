from odoo import api, fields, models
from odoo.tools import SQL

from ..profile.customer_sales_profile import STATUSES

#: What a customer was in a month: its status at the end of it, but for those that came back
MONTHLY_STATUSES = [*STATUSES, ("won_back", "Won Back")]

OF_A_YEAR = {"net_year", "purchases_year"}


class CustomerSalesHistory(models.Model):
    """A customer of a company as it stood at the end of a month.

    The rows are derived in sets from ``customer.sales.purchase``, as profiles are; see
    :mod:`.history_derivation`. Those of months long past stay as they were.
    """

    _name = "customer.sales.history"
    _inherit = ["customer.sales.custom.fields.mixin", "customer.sales.currency.mixin"]
    _description = "Customer History"
    _order = "month_end desc, net_year desc, partner_id"
    _rec_name = "partner_id"
    _log_access = False
    _rows_grant_names = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
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
    profile_id = fields.Many2one(
        "customer.sales.profile",
        string="Customer Today",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="What is known of the customer today, of all its documents.",
    )
    month_end = fields.Date(
        string="Month",
        required=True,
        readonly=True,
        help="The last day of the month. Documents dated until then count.",
    )

    # As it was then
    status = fields.Selection(
        STATUSES,
        readonly=True,
        help="The status at the end of the month. Empty for those that have never bought anything.",
    )
    monthly_status = fields.Selection(
        MONTHLY_STATUSES,
        string="Status of the Month",
        readonly=True,
        help="The status at the end of the month. Won back: dormant or lost a month before, and "
        "bought since.",
    )
    abc_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")],
        string="Class",
        readonly=True,
        help="The class by net of the 365 days until the end of the month.",
    )
    segment_id = fields.Many2one(
        "customer.sales.segment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The segment at the end of the month.",
    )
    segment_color = fields.Integer(
        related="segment_id.color", aggregator=None, exportable=False, string="Segment Color"
    )
    r_score = fields.Integer(
        string="R", readonly=True, aggregator="avg", help="How recently it had bought, from 1 to 5."
    )
    f_score = fields.Integer(
        string="F", readonly=True, aggregator="avg", help="How often it had bought, from 1 to 5."
    )
    m_score = fields.Integer(
        string="M", readonly=True, aggregator="avg", help="For how much, from 1 to 5."
    )
    fm_score = fields.Integer(
        string="FM", readonly=True, aggregator="avg", help="The mean of F and M, halves up."
    )
    net_year = fields.Monetary(
        string="Net of the Year",
        readonly=True,
        help="Net sales of the 365 days until the end of the month. Of several months, their mean.",
    )
    purchases_year = fields.Integer(
        string="Purchases of the Year",
        readonly=True,
        help="Purchases of the 365 days until the end of the month. Of several months, their mean.",
    )

    # A month before
    previous_status = fields.Selection(
        STATUSES, readonly=True, help="The status at the end of the month before."
    )
    previous_class = fields.Selection(
        [("a", "A"), ("b", "B"), ("c", "C")],
        readonly=True,
        help="The class at the end of the month before.",
    )
    previous_segment_id = fields.Many2one(
        "customer.sales.segment",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The segment at the end of the month before.",
    )

    # Facts of the contact
    country_id = fields.Many2one(related="partner_id.country_id", string="Country")
    category_ids = fields.Many2many(related="partner_id.category_id", string="Tags")
    user_id = fields.Many2one(
        related="partner_id.user_id",
        string="Salesperson",
        help="The salesperson in charge of the customer.",
    )

    # A constraint, not an index, as of profiles
    _customer_key = models.Constraint(
        "UNIQUE(company_id, partner_id, month_end)",
        "A customer of a company has one row for each month.",
    )
    _month_key = models.Index("(company_id, month_end)")
    _profile_key = models.Index("(profile_id, month_end)")
    # Few among many, and counted on the first screen
    _won_back_key = models.Index(
        "(company_id, month_end, profile_id) WHERE monthly_status = 'won_back'"
    )
    _lost_key = models.Index(
        "(company_id, month_end, profile_id) WHERE status = 'lost' AND previous_status != 'lost'"
    )

    def _read_group_select(self, aggregate_spec, query):
        total = super()._read_group_select(aggregate_spec, query)
        name, _colon, aggregator = aggregate_spec.partition(":")
        if name not in OF_A_YEAR or aggregator not in ("sum", "sum_currency"):
            return total
        # The years until two months' ends are the same days for the most part: their sum says
        # nothing.
        months = super()._read_group_select("month_end:count_distinct", query)
        mean = SQL("(%s)::numeric / NULLIF(%s, 0)", total, months)
        return SQL("ROUND(%s)::integer", mean) if name == "purchases_year" else mean

    @api.model
    def _months_kept(self) -> tuple:
        """The first and the last month's end that the selected companies have a history of; twice
        None where they have none."""
        [months] = self.env.execute_query(
            SQL(
                "SELECT MIN(edge.first), MAX(edge.last) FROM UNNEST(%s) AS company(id), LATERAL ("
                "SELECT MIN(month_end) AS first, MAX(month_end) AS last "
                "FROM customer_sales_history WHERE company_id = company.id) AS edge",
                self.env.companies.ids,
            )
        )
        return months

    @api.readonly
    def action_open_customer(self):
        """The page of the customer."""
        self.ensure_one()
        return self.profile_id.get_formview_action()
