from odoo import api, fields, models
from odoo.tools import SQL

from .predicted import BANDS, COLUMNS, band

BAND_NAMES = {
    "0": "Below 20 %",
    "20": "20 to 40 %",
    "40": "40 to 60 %",
    "60": "60 to 80 %",
    "80": "80 % and more",
}


class CustomerSalesProfile(models.Model):
    """Whether the customer will buy again, and what it is worth.

    Empty where predictions have not earned their place; see ``customer.sales.prediction``.
    """

    _inherit = "customer.sales.profile"

    p_alive = fields.Float(
        string="Still a Customer",
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="How likely the customer has not stopped buying from you for good. Nobody tells you "
        "when they do: this goes by how often and how recently it bought, compared with all your "
        "customers.",
    )
    chance_30 = fields.Float(
        string="Buys within 30 Days",
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="How likely the customer buys in the next 30 days. Of ten customers with 70 %, seven "
        "do.",
    )
    chance_90 = fields.Float(
        string="Buys within 90 Days",
        readonly=True,
        digits=(16, 4),
        aggregator="avg",
        help="How likely the customer buys in the next 90 days. Of ten customers with 70 %, seven "
        "do.",
    )
    chance_band = fields.Selection(
        [(value, BAND_NAMES[value]) for value in BANDS],
        string="Chance to Buy",
        readonly=True,
        help="How likely the customer buys in the next 90 days, in bands.",
    )
    expected_purchases = fields.Float(
        readonly=True,
        digits=(16, 2),
        help="On how many days of the next year the customer is expected to buy. Added up, it is "
        "what to expect of a group of customers.",
    )
    expected_sales = fields.Monetary(
        readonly=True,
        help="What the customer is expected to buy for in the next year, untaxed, before returns.",
    )
    lifetime_value = fields.Monetary(
        readonly=True,
        help="What the customer is expected to buy for in the years to come, in today's money: "
        "three years, less 10 % for each year of waiting, unless Settings say otherwise. "
        "Untaxed, before returns and costs.",
    )
    status = fields.Selection(
        help="New: the first purchase was a short while ago. Active, slowing, dormant, lost: by "
        "how likely the customer still is one, where predictions have earned their place; else by "
        "how long it has not bought, compared with its own usual gap. The limits are in Settings.",
    )
    sales_at_stake = fields.Monetary(
        help="How much of the net of the year may be lost: as much of it as the customer is "
        "likely to have stopped. Where the status goes by the rhythm, all of it of dormant and "
        "lost customers, and half of it of slowing ones.",
    )

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        is_list = view_type == "list"
        return (*key, is_list and self.env["customer.sales.prediction"]._shows_chances())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """A column of chances that would be empty for everybody waits in the column menu."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list" and not self.env["customer.sales.prediction"]._shows_chances():
            for node in arch.iterfind("field[@name='chance_90']"):
                node.set("optional", "hide")
        return arch, view

    @api.model
    def _derived_columns(self, company, day, limits):
        columns = super()._derived_columns(company, day, limits)
        fits = self.env["customer.sales.prediction"]._current(company)
        shown = fits._shown_columns()
        columns |= {
            name: SQL("prediction.%s", SQL.identifier(name))
            if name in shown
            else SQL("NULL::numeric")
            for name in COLUMNS
        }
        columns["chance_band"] = band(columns["chance_90"])
        columns["status"] = fits._status_expression(company, day)
        if fits._status_way() == "prediction":
            columns["sales_at_stake"] = SQL(
                "CASE WHEN prediction.p_alive IS NULL THEN %s "
                "ELSE ROUND(GREATEST(fact.net_year, 0) * (1 - prediction.p_alive), %s) END",
                columns["sales_at_stake"],
                company.currency_id.decimal_places,
            )
        return columns
