from datetime import date

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...tools.duration_text import duration_text
from ...tools.number_text import amount_text, number_text
from ...tools.python_packages import PREDICTING, missing_packages
from ...tools.statistics.limits import FEWEST_CUSTOMERS, FEWEST_REPEATS

DAYS_A_WEEK = 7


class CustomerSalesPrediction(models.Model):
    """What a fit comes to, in words for its screen."""

    _inherit = "customer.sales.prediction"

    verdict_words = fields.Char(
        compute="_compute_words", string="Do Customers Show It?", exportable=False
    )
    trial_words = fields.Char(compute="_compute_words", string="Trial", exportable=False)
    parameters_words = fields.Text(compute="_compute_words", string="In Words", exportable=False)
    season_words = fields.Text(
        compute="_compute_words", string="Seasons in Words", exportable=False
    )

    @api.depends("as_of", "horizon")
    @api.depends_context("lang")
    def _compute_display_name(self):
        horizons = dict(self._fields["horizon"]._description_selection(self.env))
        for fit in self:
            day = format_date(self.env, fit.as_of)
            fit.display_name = f"{day}, {horizons[fit.horizon]}" if fit.as_of else False

    @api.depends("verdict", "parameters", "records", "seasons", "season_factor", "next_sales")
    @api.depends_context("lang")
    def _compute_words(self):
        for fit in self:
            fit.verdict_words = fit._verdict_sentence()
            fit.trial_words = fit._trial_sentence()
            fit.parameters_words = fit._parameters_sentences()
            fit.season_words = fit._season_sentences()

    def _verdict_sentence(self) -> str:
        """Whether predictions are shown on customers, and if not why."""
        self.ensure_one()
        if self.verdict == "earned":
            return self.env._(
                "Shown on customers: better than both simple rules when tried on the last %s days.",
                self.horizon,
            )
        return {
            "no_better": lambda: self.env._(
                "Not shown on customers: when tried on the last %s days, a simple rule was at "
                "least as good.",
                self.horizon,
            ),
            "untried": lambda: self.env._(
                "Not shown on customers: predictions are tried on the past first, and there is "
                "too little of it. It takes %(customers)s customers %(days)s days ago, and sales "
                "before that.",
                customers=FEWEST_CUSTOMERS,
                days=self.horizon,
            ),
            "nobody": lambda: self.env._("Nothing is predicted: nobody has bought yet."),
            "one_day": lambda: self.env._(
                "Nothing is predicted: all purchases are of one day. Who buys again shows in time."
            ),
            "few_customers": lambda: self.env._(
                "Nothing is predicted: it takes %(needed)s customers to tell chance from rhythm, "
                "and there are %(count)s.",
                count=self.customers,
                needed=FEWEST_CUSTOMERS,
            ),
            "once": lambda: self.env._(
                "Nothing is predicted: of all customers (%s) none has bought on a second day.",
                self.customers,
            ),
            "few_repeats": lambda: self.env._(
                "Nothing is predicted: it takes %(needed)s repeated purchases, and of all "
                "customers (%(customers)s) there are %(count)s.",
                customers=self.customers,
                count=self.repeats,
                needed=FEWEST_REPEATS,
            ),
            "no_packages": lambda: (
                self._packages_sentence()
                or self.env._("Python packages were missing. The next refresh predicts.")
            ),
        }[self.verdict]()

    @api.model
    def _packages_sentence(self) -> str:
        """What to install on the server; empty where nothing is missing."""
        if not missing_packages():
            return ""
        return self.env._(
            "Nothing is predicted: Python packages are missing on the server. Install them "
            "(pip install %s) and restart Odoo.",
            " ".join(PREDICTING.values()),
        )

    def _way_sentence(self) -> str:
        """By which way the status of customers is told now, of fits of one day."""
        main = self._main()
        if not main:
            return ""
        if self._status_way() == "prediction":
            return self.env._("Now by prediction.")
        if main.verdict == "earned":
            return self.env._("Now by rhythm.")
        return self.env._("Now by rhythm. %s", main.verdict_words)

    def _trial_sentence(self) -> str:
        self.ensure_one()
        if not self.tried_on:
            return ""
        return self.env._(
            "What would have been predicted on %(day)s, compared with what came: of "
            "%(customers)s customers %(bought)s bought in the %(days)s days after.",
            day=format_date(self.env, self.tried_on),
            customers=number_text(self.env, self.tried_customers),
            bought=number_text(self.env, self.tried_bought),
            days=self.horizon,
        )

    def _parameters_sentences(self) -> str:
        self.ensure_one()
        if not self.parameters:
            return ""
        model = self.parameters["model"]
        if model["k"] == 1:
            rhythm = self.env._("Purchases come at random (k = 1).")
        elif model["k"] <= 3:
            rhythm = self.env._("Purchases come rather regularly (k = %s).", model["k"])
        else:
            rhythm = self.env._("Purchases come very regularly (k = %s).", model["k"])
        stopping = 100 * model["a"] / (model["a"] + model["b"])
        gap = DAYS_A_WEEK * model["k"] * model["alpha"] / model["r"]
        return " ".join(
            [
                rhythm,
                self.env._("Of 100 customers %s stop after the first purchase.", round(stopping)),
                self.env._(
                    "Those who have not stopped buy every %s on average.",
                    duration_text(self.env, round(gap)),
                ),
                self.env._("The chance to buy is that of the model alone.")
                if self.way == "model"
                else self.env._("The chance to buy is trained on what your customers did before."),
            ]
        )

    def _season_sentences(self) -> str:
        self.ensure_one()
        if not self.seasons or not self.seasons["has_season"]:
            return ""
        quarters = [quarter for quarter in self.seasons["quarters"] if quarter["expected"] > 0]
        best = max(quarters, key=lambda quarter: quarter["actual"] / quarter["expected"])
        sentences = [
            self.env._(
                "Your sales have a season: from %(first)s to %(last)s customers bought for "
                "%(ratio)s %% of what was expected of them. Predictions know no seasons: they "
                "expect the next quarter to be like the time before.",
                first=format_date(self.env, date.fromisoformat(best["first"])),
                last=format_date(self.env, date.fromisoformat(best["last"])),
                ratio=round(100 * best["actual"] / best["expected"]),
            )
        ]
        if self.season_factor:
            sentences.append(
                self.env._(
                    "Corrected by the same quarter of last year, which would have been better in "
                    "the last two quarters, customers will buy for %(corrected)s in the next 90 "
                    "days, instead of %(expected)s.",
                    corrected=amount_text(
                        self.env, self.next_sales * self.season_factor, self.currency_id
                    ),
                    expected=amount_text(self.env, self.next_sales, self.currency_id),
                )
            )
        return " ".join(sentences)
