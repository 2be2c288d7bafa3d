from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.periods import PERIODS, a_year_earlier
from ...tools.terms import RETURNS
from .customer_sales_filter import Section


class CustomerSalesFilter(models.TransientModel):
    """Which sales: when, what is counted, of which products, and who sold."""

    _inherit = "customer.sales.filter"

    # When
    period = fields.Selection(
        [*PERIODS, ("dates", "From … to …")],
        help="Periods by name move with the calendar, in favorites too. Weeks begin on the day "
        "that is usual in your language; the last days include today. Empty: any time.",
    )
    date_from = fields.Date(string="From", help="The first day. Empty: from the beginning.")
    date_to = fields.Date(string="To", help="The last day. Empty: without an end.")
    year_earlier = fields.Boolean(
        string="Same Period Last Year",
        help="The same period a year earlier: for this month, that month of last year; for the "
        "year to date, last year up to the same day.",
    )

    # What is counted
    counted = fields.Selection(
        [("net_sales", "Net Sales"), ("ordered", "Ordered"), ("all", "All documents")],
        string="Count as",
        default="net_sales",
        required=True,
        help="Net sales: what was invoiced, or paid at a point of sale; each sale once. Ordered: "
        "sales orders, and receipts that settle none. All documents: side by side, so that one "
        "sale can be in several.",
    )
    document_types = fields.Json(
        default=lambda self: self._ticks("document_types"),
        help="Only documents of these types. None ticked: all.",
    )
    channels = fields.Json(
        default=lambda self: self._ticks("channels"),
        help="Only sales made in these channels, whatever document they ended in. None ticked: "
        "all.",
    )
    returns = fields.Selection(
        [("with", "Yes"), ("without", "No"), ("only", "Only returns")],
        string="Include Returns",
        default="with",
        required=True,
        help="Returns are credit notes and refunds of the point of sale; their amounts are "
        "negative.",
    )

    # Products
    product_tmpl_ids = fields.Many2many(
        "product.template",
        string="Products",
        context={"active_test": False},
        help="Sales of any of these products, all their variants taken together.",
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Variants",
        context={"active_test": False},
        groups="product.group_product_variant",
        help="Sales of any of these variants, beside the products chosen.",
    )
    categ_ids = fields.Many2many(
        "product.category",
        string="Categories",
        help="Sales of products in these categories and those below them.",
    )
    product_type = fields.Selection(
        [("consu", "Goods"), ("service", "Services")],
        string="Goods or Services",
        help="Empty: both.",
    )
    left_out_kinds = fields.Json(
        string="Leave Out",
        default=lambda self: self._ticks("left_out_kinds"),
        help="Lines that come with a sale and are not what was bought.",
    )

    # Who sold
    user_ids = fields.Many2many(
        "res.users",
        relation="customer_sales_filter_user_rel",
        string="Salespersons",
        help="Sales made by any of these; on receipts of the point of sale, the cashier.",
    )
    team_ids = fields.Many2many(
        "crm.team", string="Sales Teams", help="Documents of any of these sales teams."
    )
    config_ids = fields.Many2many(
        "pos.config", string="Points of Sale", help="Receipts of any of these points of sale."
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Journals",
        help="Invoices, or sessions of a point of sale, in any of these journals.",
    )
    company_ids = fields.Many2many(
        "res.company",
        relation="customer_sales_filter_company_rel",
        string="Companies",
        help="Sales made by any of these companies, among those selected at the top right.",
    )

    @api.model
    def _tick_choices(self, name):
        column = {
            "document_types": "document_type",
            "channels": "channel",
            "left_out_kinds": "line_kind",
        }.get(name)
        if not column:
            return super()._tick_choices(name)
        field = self.env["customer.sales.report"]._fields[column]
        choices = dict(field._description_selection(self.env))
        if name == "left_out_kinds":
            del choices["product"]
        return choices

    def _complaints(self):
        complaints = super()._complaints()
        if self._dates() and self.date_from and self.date_to and self.date_from > self.date_to:
            complaints.append(
                self.env._("The first day is after the last one. Change one of the two.")
            )
        days = (self.date_from, self.date_to) if self._dates() and self.year_earlier else ()
        if any(day and day.year == date.min.year for day in days):
            complaints.append(
                self.env._("There is no year before the year 1. Change the days of the period.")
            )
        return complaints

    def _sales_sections(self):
        sections = [
            self._period_section(),
            self._counted_section(),
            self._ticks_section("document_types", "document_type"),
            self._ticks_section("channels", "channel"),
            self._returns_section(),
            *self._product_sections(),
            self._records_section("user_ids", "user_id"),
            self._records_section("team_ids", "team_id"),
            self._records_section("config_ids", "config_id"),
            self._records_section("journal_ids", "journal_id"),
            self._records_section("company_ids", "company_id"),
        ]
        return list(filter(None, sections))

    # ---------------------------------------------------------------------------------------
    # Sections
    # ---------------------------------------------------------------------------------------

    def _dates(self) -> bool:
        return self.period == "dates" and bool(self.date_from or self.date_to)

    def _period_section(self):
        if self._dates():
            first, last = self.date_from, self.date_to
            if self.year_earlier:
                first, last = first and a_year_earlier(first), last and a_year_earlier(last)
            return Section("period", self._days_domain("date", first, last))
        if not self.period or self.period == "dates":
            return None
        name = "period_year_earlier" if self.year_earlier else "period"
        return Section("period", [(name, "=", self.period)])

    def _counted_section(self):
        column = {"net_sales": "counts_as_sale", "ordered": "counts_as_order"}.get(self.counted)
        if not column:
            return None
        return Section("counted", [(column, "=", True)])

    def _returns_section(self):
        if self.returns == "with":
            return None
        operator = "in" if self.returns == "only" else "not in"
        return Section("returns", [("document_type", operator, RETURNS)])

    def _product_sections(self):
        products, variants = self.product_tmpl_ids, self.sudo().product_ids
        sections = []
        if products or variants:
            domains = []
            if products:
                domains.append(Domain("product_tmpl_id", "in", products.ids))
            if variants:
                domains.append(Domain("product_id", "in", variants.ids))
            sections.append(Section("products", list(Domain.OR(domains))))
        sections.append(self._records_section("categ_ids", "categ_id", "child_of"))
        if self.product_type:
            sections.append(Section("product_type", [("product_type", "=", self.product_type)]))
        if left_out := self._ticked("left_out_kinds"):
            sections.append(Section("left_out_kinds", [("line_kind", "not in", left_out)]))
        return sections
