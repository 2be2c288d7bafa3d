from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...tools.duration_text import days_ago_text, duration_text
from ...tools.number_text import amount_text
from .predicted import MAIN
from .purchase_day_rows import read_purchase_days

REASONS = 3
CERTAIN = 0.995  # what lies beyond is not rounded to certainty


class CustomerSalesProfile(models.Model):
    """What is predicted of a customer, in words on its page, with the reasons for it."""

    _inherit = "customer.sales.profile"

    prediction_words = fields.Char(
        compute="_compute_prediction_words",
        string="Prediction in Words",
        exportable=False,
        help="How likely the customer buys again, and what moves that most.",
    )

    @api.depends("p_alive", "chance_90", "expected_purchases", "expected_sales", "purchase_days")
    @api.depends_context("lang")
    def _compute_prediction_words(self):
        Prediction = self.env["customer.sales.prediction"].sudo()
        used = {company: Prediction._current(company)._used() for company in self.company_id}
        for profile in self:
            fit = used[profile.company_id].get(MAIN)
            is_predicted = fit is not None and profile.p_alive
            profile.prediction_words = profile._prediction_sentences(fit) if is_predicted else False

    def _prediction_sentences(self, fit) -> str:
        self.ensure_one()
        sentences = [
            self.env._("Still a customer: %s likely.", self._percent(self.p_alive)),
            self.env._(
                "Buys within 90 days: %(chance)s likely (%(reasons)s).",
                chance=self._percent(self.chance_90),
                reasons="; ".join(self._reasons(fit)),
            ),
            self.env._(
                "Expected in a year: %(purchases)s purchase days, %(sales)s.",
                purchases=formatLang(self.env, self.expected_purchases, digits=1),
                sales=amount_text(self.env, self.expected_sales, self.currency_id),
            ),
        ]
        return " ".join(sentences)

    def _percent(self, share: float) -> str:
        if share >= CERTAIN:
            return self.env._("more than 99 %")
        if share < 1 - CERTAIN:
            return self.env._("less than 1 %")
        return self.env._("%s %%", round(100 * share))

    def _reasons(self, fit) -> list[str]:
        """What moves the chance to buy most, such as "bought 4 times in the last 90 days: raises
        it"."""
        from ...tools.statistics.reasons import reasons

        day = self._as_of()
        bought = read_purchase_days(self.env(su=True), self.company_id, day, self.partner_id.ids)
        texts, facts = [], set()
        for name, value, added in reasons(fit, bought, day.toordinal(), MAIN):
            fact = self._fact(name, value)
            if fact in facts:
                continue
            facts.add(fact)
            raises, lowers = self.env._("%s: raises it", fact), self.env._("%s: lowers it", fact)
            texts.append(raises if added > 0 else lowers)
            if len(texts) == REASONS:
                break
        return texts

    def _fact(self, name: str, value: float) -> str:
        """A feature of the customer and its value, as a salesperson says it; see
        :data:`.features.NAMES`."""
        count = round(value)

        def days() -> str:
            return duration_text(self.env, count)

        if name.startswith("last_"):
            return self._bought_within(count, int(name.removeprefix("last_")))
        if self.purchase_days == 1 and (name.endswith("gap") or name == "spread_of_gaps"):
            return self.env._("bought on one day only")
        facts = {
            "days_since_last": lambda: self.env._(
                "last purchase %s", days_ago_text(self.env, count)
            ),
            "days_since_first": lambda: self.env._(
                "first purchase %s", days_ago_text(self.env, count)
            ),
            "purchase_days": lambda: self.env._("%s purchase days in all", count),
            "gross": lambda: self.env._(
                "bought for %s in all", amount_text(self.env, value, self.currency_id)
            ),
            "purchase_days_per_day": lambda: self.env._(
                "a purchase every %s since the first", duration_text(self.env, round(1 / value))
            ),
            "mean_gap": lambda: self.env._("%s from purchase to purchase on average", days()),
            "largest_gap": lambda: self.env._("%s the longest pause so far", days()),
            "ratio_to_usual_gap": lambda: self.env._(
                "the last purchase %s times the usual gap ago",
                formatLang(self.env, value, digits=1),
            ),
            "spread_of_gaps": lambda: self.env._("gaps vary by %s", days()),
            "p_alive": lambda: self.env._("still a customer: %s likely", self._percent(value)),
            "chance": lambda: self.env._(
                "%s of customers with such a rhythm buy", self._percent(value)
            ),
        }
        return facts[name]()

    def _bought_within(self, count: int, days: int) -> str:
        if count == 0:
            return self.env._("bought nothing in the last %s days", days)
        if count == 1:
            return self.env._("bought once in the last %s days", days)
        return self.env._(
            "bought %(count)s times in the last %(days)s days", count=count, days=days
        )
