from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.python_packages import missing_packages
from ..profile.profile_derivation import status_by_rhythm
from . import predicted
from .predicted import MAIN
from .purchase_day_rows import read_purchase_days
from .trial_groups import trial_groups

HORIZONS = (30, 90)
VERDICTS = [
    ("earned", "In Use"),
    ("no_better", "No Better than a Simple Rule"),
    ("untried", "Too Little History to Try"),
    ("nobody", "No Customers"),
    ("one_day", "One Day of History"),
    ("few_customers", "Too Few Customers"),
    ("once", "Nobody Bought Twice"),
    ("few_repeats", "Too Few Repeat Purchases"),
    ("no_packages", "Python Packages Missing"),
]
RECENT = relativedelta(days=90)  # fits older than this are kept once a month
OF_ITS_TIME = relativedelta(days=75)  # so long a fit tells the status at the ends of months


class CustomerSalesPrediction(models.Model):
    """A fit: what the purchases of all customers of a company until a day tell of any of them, and
    how good that would have been one horizon ago.

    A full refresh adds one for each horizon. What is predicted of each customer is on its profile.
    """

    _name = "customer.sales.prediction"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Predictions"
    _order = "as_of desc, horizon desc, id desc"
    _log_access = False
    _rec_name = "as_of"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    as_of = fields.Date(
        string="Trained until",
        required=True,
        readonly=True,
        help="The purchases until the end of this day were taken into account.",
    )
    horizon = fields.Selection(
        [("30", "30 Days"), ("90", "90 Days")],
        string="Ahead",
        required=True,
        readonly=True,
        help="For how many days ahead the chance of buying is told.",
    )
    is_current = fields.Boolean(
        string="Newest", readonly=True, help="The one that customers are predicted by now."
    )
    verdict = fields.Selection(
        VERDICTS,
        required=True,
        readonly=True,
        help="Predictions are shown on customers where they were better, one horizon ago, than two "
        "simple rules.",
    )
    customers = fields.Integer(
        readonly=True, aggregator=None, help="Customers with a purchase until that day."
    )
    repeats = fields.Integer(
        string="Repeat Purchases",
        readonly=True,
        aggregator=None,
        help="Their purchase days after each one's first.",
    )
    way = fields.Selection(
        [("model", "Model"), ("trained", "Trained on Your Past")],
        string="Chance by",
        readonly=True,
        help="Model: the rhythm of all customers alone (MBG/CNBD-k). Trained: a logistic "
        "regression on what your customers did before, where that was better in the trial.",
    )
    regularity = fields.Integer(
        string="Regularity k",
        readonly=True,
        aggregator=None,
        help="How regularly customers buy: 1 at random, the greater the more regularly.",
    )
    parameters = fields.Json(readonly=True, exportable=False)

    # The trial: predicted one horizon ago, compared with what came since
    tried_on = fields.Date(
        readonly=True, help="The day on which these predictions would have been made."
    )
    tried_customers = fields.Integer(
        readonly=True, aggregator=None, help="Customers that were known on that day."
    )
    tried_bought = fields.Integer(
        string="Bought since", readonly=True, aggregator=None, help="Those that bought since."
    )
    brier = fields.Float(
        string="Brier Score",
        readonly=True,
        digits=(16, 3),
        aggregator="avg",
        help="The mean squared difference between the chance and what came: the lower, the "
        "better. 0 is perfect.",
    )
    area = fields.Float(
        string="Area under the Curve",
        readonly=True,
        digits=(16, 3),
        aggregator="avg",
        help="How often one who bought had been given a higher chance than one who did not: the "
        "higher, the better. 0.5 is a coin, 1 perfect.",
    )
    brier_same_share = fields.Float(
        string="Brier Score: One Share for All",
        readonly=True,
        digits=(16, 3),
        aggregator="avg",
        help="Of the rule that everybody buys with the same chance: the share of all that bought "
        "in the period before.",
    )
    brier_two_shares = fields.Float(
        string="Brier Score: Two Shares",
        readonly=True,
        digits=(16, 3),
        aggregator="avg",
        help="Of the rule that there is one chance for those who bought in the days before, and "
        "one for all others.",
    )
    records = fields.Json(
        readonly=True,
        exportable=False,
        help="Brier score, area and calibration of each model and of the rules.",
    )
    statuses = fields.Json(readonly=True, exportable=False)
    segments = fields.Json(readonly=True, exportable=False)
    seasons = fields.Json(readonly=True, exportable=False)

    expected_sales = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="What the customers known on the day of the trial were expected to buy for since, "
        "before returns.",
    )
    actual_sales = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="What they bought for, before returns.",
    )
    next_sales = fields.Monetary(
        string="Sales Ahead",
        readonly=True,
        aggregator=None,
        help="What the customers of today are expected to buy for in the days ahead, before "
        "returns.",
    )
    season_factor = fields.Float(
        readonly=True,
        digits=(16, 2),
        aggregator=None,
        help="Actual ÷ expected of the same quarter of last year, where correcting by it would "
        "have been better in the last two quarters.",
    )

    _fit_key = models.UniqueIndex("(company_id, as_of, horizon)")

    # ---------------------------------------------------------------------------------------
    # Fitting
    # ---------------------------------------------------------------------------------------

    @api.model
    def _fit(self, report, day: date, horizons=HORIZONS) -> list[dict]:
        """Fit to the purchases of a company until the end of a day, and try it on the past.
        Overwrites the table of facts.

        :param report: ``customer.sales.report`` in superuser mode, of the one company
        :param horizons: in days
        :return: the values of a record for each horizon, which :meth:`_keep` takes
        """
        company = report.env.company
        common = {"company_id": company.id, "as_of": day, "customers": 0, "repeats": 0}
        if missing_packages():
            return [{**common, "horizon": str(days), "verdict": "no_packages"} for days in horizons]
        from threadpoolctl import threadpool_limits

        from ...tools.statistics.past import Past

        # Several threads for sums of a few thousand numbers only wait for each other.
        with threadpool_limits(1):
            past = Past(read_purchase_days(self.env, company, day))
            known = past.known(day.toordinal())
            common |= {"customers": len(known), "repeats": int(known.rhythm.repeats.sum())}
            return [
                {**common, "horizon": str(days), **self._fit_horizon(report, past, day, days)}
                for days in horizons
            ]

    @api.model
    def _fit_horizon(self, report, past, day: date, days: int) -> dict:
        from ...tools.statistics.trial import try_on_past

        today = day.toordinal()
        if lacking := past.lacks(today):
            return {"verdict": lacking}
        trial = try_on_past(past, today, days)
        is_trained = trial is not None and trial.is_trained_better
        fit = past.fit(today, days, is_trained)
        values = {
            "verdict": "untried",
            "way": "trained" if fit.trained else "model",
            "regularity": fit.model.k,
            "parameters": fit.to_json(),
        }
        values["next_sales"] = float(past.expected_sales(today, days).sum())
        if days == MAIN:
            values |= self._seasons(past, today)
        if trial is None:
            return values
        values |= {
            "verdict": "earned" if trial.has_earned_its_place else "no_better",
            "tried_on": date.fromordinal(trial.start),
            "tried_customers": trial.customers,
            "tried_bought": trial.bought,
            "brier": trial.best.brier,
            "area": trial.best.area if 0 < trial.bought < trial.customers else False,
            "brier_same_share": trial.same_share.brier,
            "brier_two_shares": trial.two_shares.brier,
            "records": trial.to_json(),
        }
        start = trial.start
        values |= {
            "expected_sales": float(past.expected_sales(start, days).sum()),
            "actual_sales": float(past.gross_within(start, days).sum()),
        }
        if days == MAIN:
            values |= self._trial_groups(report, past, start)
        return values

    @api.model
    def _trial_groups(self, report, past, start: int) -> dict:
        """What was expected of the customers on a past day, and what they were and did."""
        from ...tools.statistics import mbg_cnbd

        known = past.known(start)
        expected, sales = past.expected_sales(start, MAIN), past.gross_within(start, MAIN)
        alive = mbg_cnbd.p_alive(past.model(start), known.rhythm)
        return trial_groups(
            report,
            date.fromordinal(start),
            {
                "partner_id": known.customers.tolist(),
                "p_alive": [str(round(chance, 4)) for chance in alive.tolist()],
                "expected": expected.tolist(),
                "bought": past.bought_within(start, MAIN).tolist(),
                "sales": sales.tolist(),
            },
        )

    @api.model
    def _seasons(self, past, today: int) -> dict:
        from ...tools.statistics.seasons import seasons

        found = seasons(past, today)
        return {
            "seasons": {
                "has_season": found.has_season,
                "quarters": [
                    {
                        "first": date.fromordinal(quarter.start + 1).isoformat(),
                        "last": date.fromordinal(quarter.start + MAIN).isoformat(),
                        "expected": quarter.expected,
                        "actual": quarter.actual,
                        "factor": quarter.factor,
                    }
                    for quarter in found.quarters
                ],
            },
            "season_factor": found.factor or False,
        }

    @api.model
    def _keep(self, fits: list[dict], is_current: bool = True):
        """Keep what :meth:`_fit` gave, instead of those of the same company and day.

        :param is_current: customers are predicted by them from now on
        """
        [company_id] = {values["company_id"] for values in fits}
        [as_of] = {values["as_of"] for values in fits}
        of_company = [("company_id", "=", company_id)]
        self.search([*of_company, ("as_of", "=", as_of)]).unlink()
        if is_current:
            self.search([*of_company, ("is_current", "=", True)]).is_current = False
        return self.create([{**values, "is_current": is_current} for values in fits])

    @api.autovacuum
    def _gc_old(self):
        """Of old fits, keep the last of each month."""
        old = self.search(
            [("as_of", "<", fields.Date.today() - RECENT), ("is_current", "=", False)],
            order="company_id, horizon, as_of desc, id",
        )
        kept, months = self.browse(), set()
        for fit in old:
            month = fit.company_id, fit.horizon, fit.as_of.year, fit.as_of.month
            if month not in months:
                months.add(month)
                kept |= fit
        (old - kept).unlink()

    # ---------------------------------------------------------------------------------------
    # Predicting
    # ---------------------------------------------------------------------------------------

    @api.model
    def _current(self, company):
        """The fits by which the customers of a company are predicted now."""
        return self.search([("company_id", "=", company.id), ("is_current", "=", True)])

    @api.model
    def _followed_by_chances(self, company) -> list:
        """All that what is predicted of the customers of a company follows from, beside what they
        bought and the day."""
        return [
            self._current(company).ids,
            missing_packages(),
            company.customer_sales_lifetime_years,
            company.customer_sales_discount_rate,
            company.currency_id.decimal_places,
        ]

    @api.model
    def _shows_chances(self) -> bool:
        """Whether customers of the companies selected show chances to buy."""
        # Nothing but that is told of the trials: users of Own Customers do not see these.
        shown = [
            ("company_id", "in", self.env.companies.ids),
            ("is_current", "=", True),
            ("horizon", "=", str(MAIN)),
            ("verdict", "=", "earned"),
        ]
        return bool(self.sudo().search_count(shown, limit=1))

    @api.model
    def _predict(self, company, day: date, partner_ids=None, fits=None):
        """Put what is predicted of the customers of a company, as they stand at the end of a day,
        into the table that profiles are derived from. See :mod:`.predicted`.

        :param partner_ids: of which customers; all by default
        :param fits: by which; by default the current ones
        """
        fits = self._current(company) if fits is None else fits
        used = fits._used()
        if not used:
            predicted.fill_table(self.env, company, predicted.nothing())
            return
        bought = read_purchase_days(self.env, company, day, partner_ids)
        found = predicted.predict(bought, day, used, company)
        predicted.fill_table(self.env, company, found)

    @api.model
    def _predict_as_then(self, report, day: date):
        """Put what was to be predicted at the end of a past day, as far as the status goes by it,
        into the table that profiles are derived from: by a fit of its time, one that was made then
        or :data:`OF_ITS_TIME` before, or else by one that is made now and kept. Overwrites the
        table of facts.

        :return: the fits, of what the status goes by at least; see :meth:`_status_way`
        """
        company = report.env.company
        made = [
            ("company_id", "=", company.id),
            ("as_of", "<=", day),
            ("as_of", ">", day - OF_ITS_TIME),
        ]
        last = self.search(made, order="as_of desc", limit=1).as_of
        fits = (
            self.search([("company_id", "=", company.id), ("as_of", "=", last)]) if last else last
        )
        fits = fits or self._keep(self._fit(report, day, [MAIN]), is_current=False)
        found = predicted.nothing()
        if fit := fits._used().get(MAIN):
            bought = read_purchase_days(self.env, company, day)
            found = predicted.predict_alive(bought, day, fit)
        predicted.fill_table(self.env, company, found)
        return fits

    @api.model
    def _status_as_then(self, report, day: date) -> SQL:
        """The status of ``fact`` at the end of a past day, as :meth:`_status_expression`, with what
        was to be predicted then in the table of predictions. Overwrites the table of facts."""
        company = report.env.company
        if company.customer_sales_status_by == "rhythm" or missing_packages():
            predicted.fill_table(self.env, company, predicted.nothing())
            return status_by_rhythm(company, day)
        return self._predict_as_then(report, day)._status_expression(company, day)

    def _status_expression(self, company, day: date) -> SQL:
        """The status of ``fact`` in the way that these fits say; it may refer to ``prediction``."""
        by_prediction = self._status_way() == "prediction"
        status = predicted.status_by_prediction if by_prediction else status_by_rhythm
        return status(company, day)

    def _used(self) -> dict:
        """Of these fits those that customers are predicted by: horizon in days -> ``Fit``. They
        have earned their place, or tell the status because the company wants it so."""
        used = self.filtered(lambda fit: fit.verdict == "earned")
        if self._status_way() == "prediction":
            used |= self._main()
        if not used or missing_packages():
            return {}
        from ...tools.statistics.forecast import Fit

        return {int(fit.horizon): Fit.from_json(fit.parameters) for fit in used}

    def _main(self):
        """Of these fits that which P(alive), what is expected in a year, and the status go by."""
        return self.filtered(lambda fit: fit.horizon == str(MAIN))[:1]

    def _status_way(self) -> str:
        """How the company of these fits, of one day, tells the status of customers: ``rhythm`` or
        ``prediction``."""
        main = self._main()
        choice = main.company_id.customer_sales_status_by
        is_fit = choice == "automatic" and main.verdict == "earned"
        is_wanted = choice == "prediction" and bool(main.parameters)
        return "prediction" if (is_fit or is_wanted) and not missing_packages() else "rhythm"

    def _shown_columns(self) -> set[str]:
        """The columns of :data:`.predicted.COLUMNS` that customers show: of fits that have earned
        their place."""
        return {
            name
            for fit in self
            if fit.verdict == "earned"
            for name in predicted.OF_HORIZON[int(fit.horizon)]
        }
