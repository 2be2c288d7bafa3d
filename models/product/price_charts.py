from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ...tools.number_text import number_text
from .price_derivation import purchases_select
from .product_derivation import SAME_PRICE, documents_select

BINS = 8  # of purchases by their price, at most
FEWEST_IN_BIN = 5
PRICE_STEPS = 10  # of customers by what they pay


class CustomerSalesPriceReport(models.Model):
    """What a price report says in words and shows as graphs."""

    _inherit = "customer.sales.price.report"

    response_words = fields.Char(
        compute="_compute_response_words", exportable=False, string="Price Response in Words"
    )
    response_chart = fields.Json(
        compute="_compute_response_chart",
        exportable=False,
        help="What the same customer took of the product at other prices than its usual one.",
    )
    spread_chart = fields.Json(
        compute="_compute_spread_chart",
        exportable=False,
        help="How many customers paid which price in the last 365 days.",
    )

    @api.depends("answer", "effect", "effect_low", "effect_high", "response_purchases")
    @api.depends_context("lang")
    def _compute_response_words(self):
        for price in self:
            price.response_words = price._response_sentence()

    def _response_sentence(self) -> str:
        self.ensure_one()
        counts = {
            "purchases": number_text(self.env, self.response_purchases),
            "customers": number_text(self.env, self.response_customers),
        }
        if self.answer == "little":
            return self.env._(
                "Too little to say: it takes 30 purchases of 5 customers that bought it at "
                "different prices. So far there are %(purchases)s of %(customers)s.",
                **counts,
            )
        if self.answer == "unclear":
            return self.env._(
                "No clear response: at a price 10 %% higher, the same customer takes between "
                "%(low)s and %(high)s per purchase. From %(purchases)s purchases of %(customers)s "
                "customers.",
                low=self._change_words(self.effect_low),
                high=self._change_words(self.effect_high),
                **counts,
            )
        # The smaller change first
        ends = sorted((self.effect_low, self.effect_high), key=abs)
        words = {
            "effect": self._percent(self.effect),
            "from": self._percent(ends[0]),
            "to": self._percent(ends[1]),
            **counts,
        }
        if self.effect < 0:
            return self.env._(
                "At a price 10 %% higher, the same customer takes about %(effect)s %% less per "
                "purchase (%(from)s %% to %(to)s %%). From %(purchases)s purchases of "
                "%(customers)s customers.",
                **words,
            )
        return self.env._(
            "At a price 10 %% higher, the same customer takes about %(effect)s %% more per "
            "purchase (%(from)s %% to %(to)s %%). From %(purchases)s purchases of "
            "%(customers)s customers.",
            **words,
        )

    def _percent(self, share: float) -> str:
        return number_text(self.env, round(100 * abs(share)))

    def _change_words(self, share: float) -> str:
        if share < 0:
            return self.env._("%s %% less", self._percent(share))
        return self.env._("%s %% more", self._percent(share))

    @api.depends_context("lang")
    def _compute_response_chart(self):
        for price in self:
            bins = [each for each in price._response_bins() if each[2] >= FEWEST_IN_BIN]
            price.response_chart = {
                "title": self.env._("Quantity of a purchase beside the customer's usual one"),
                "axis": self.env._("Price beside the customer's usual one"),
                "labels": [self._signed(price_step) for price_step, _quantity, _count in bins],
                "values": [round(100 * quantity, 1) for _price, quantity, _count in bins],
                "notes": [
                    self.env._("%s purchases", number_text(self.env, count))
                    for _price, _quantity, count in bins
                ],
                "unit": "%",
            }

    def _signed(self, share: float) -> str:
        percent = round(100 * share, 1)
        sign = "+" if percent > 0 else "−" if percent < 0 else ""
        return f"{sign}{number_text(self.env, abs(percent))} %"

    def _response_bins(self) -> list[tuple[float, float, int]]:
        """Purchases by their price beside the customer's own mean: its mean, the mean of the
        quantity beside the customer's own mean, as shares, and the number of purchases."""
        self.ensure_one()
        refreshes = self.env["customer.sales.refresh"].sudo()
        day = refreshes._last(self.company_id).as_of or refreshes._today(self.company_id)
        documents = documents_select(
            refreshes._report(self.company_id), day, product_ids=self.product_id.ids
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH compared AS (
                    SELECT log_price - AVG(log_price) OVER customer AS log_price,
                           log_quantity - AVG(log_quantity) OVER customer AS log_quantity,
                           MAX(price) OVER customer
                               > MIN(price) OVER customer * (1 + %(same)s) AS differs
                      FROM (%(purchases)s) purchase
                    WINDOW customer AS (PARTITION BY partner_id)
                ), enough AS (
                    SELECT GREATEST(LEAST(COUNT(*) / %(fewest)s, %(bins)s), 1)::integer AS bins
                      FROM compared WHERE differs
                )
                SELECT EXP(AVG(log_price)) - 1, EXP(AVG(log_quantity)) - 1, COUNT(*)
                  FROM (
                    SELECT log_price, log_quantity,
                           NTILE((SELECT bins FROM enough))
                               OVER (ORDER BY log_price, log_quantity) AS bin
                      FROM compared
                     WHERE differs
                  ) AS binned
              GROUP BY bin
              ORDER BY bin
                """,
                bins=BINS,
                fewest=FEWEST_IN_BIN,
                same=SAME_PRICE,
                purchases=purchases_select(SQL("(%s)", documents)),
            )
        )
        return [(float(price), float(quantity), count) for price, quantity, count in rows]

    @api.depends_context("lang")
    def _compute_spread_chart(self):
        for price in self:
            steps = price._price_steps()
            price.spread_chart = {
                "title": self.env._("Customers by the price they paid in the last 365 days"),
                "axis": self.env._("Average price of the customer"),
                "labels": [price._range_words(low, high) for low, high, _count in steps],
                "values": [count for _low, _high, count in steps],
                "notes": [],
                "unit": "",
            }

    def _range_words(self, low: float, high: float) -> str:
        first, last = (
            formatLang(self.env, each, currency_obj=self.currency_id) for each in (low, high)
        )
        return first if first == last else f"{first} – {last}"

    def _price_steps(self) -> list[tuple[float, float, int]]:
        """The customers of the year by what they pay: from, to, how many; in equal steps."""
        self.ensure_one()
        [[low, high, prices]] = self.env.execute_query(
            SQL(
                "SELECT MIN(price_year), MAX(price_year), ARRAY_AGG(price_year) "
                "FROM customer_sales_product "
                "WHERE company_id = %s AND product_id = %s AND price_year IS NOT NULL",
                self.company_id.id,
                self.product_id.id,
            )
        )
        if not prices:
            return []
        if low == high:
            return [(low, high, len(prices))]
        step = (high - low) / PRICE_STEPS
        counts = [0] * PRICE_STEPS
        for price in prices:
            counts[min(int((price - low) / step), PRICE_STEPS - 1)] += 1
        return [
            (low + place * step, low + (place + 1) * step, count)
            for place, count in enumerate(counts)
        ]

    # ---------------------------------------------------------------------------------------
    # Where the numbers lead
    # ---------------------------------------------------------------------------------------

    @api.readonly
    def action_open_buyers(self):
        """The customers of the product."""
        self.ensure_one()
        return self.env["customer.sales.product"]._open_buyers(self.product_id)

    @api.readonly
    def action_open_below_median(self):
        """The customers that pay less than the median price."""
        self.ensure_one()
        return self.env["customer.sales.product"]._open_buyers(
            self.product_id, ("price_gap", "<", 0)
        )
