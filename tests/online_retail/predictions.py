"""What the app predicts of the customers of Online Retail, against what was worked out by hand, and
against what they did."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.addons.customer_sales_report.models.product import customer_sales_product
from odoo.addons.customer_sales_report.models.profile.profile_derivation import NO_PRODUCTS

#: Day on which 90 days are predicted -> area under the curve and Brier score of the model and of
#: the trained chance
BY_HAND = {
    date(2011, 6, 9): {"model": (0.746, 0.203), "trained": (0.759, 0.202)},
    date(2011, 9, 9): {"model": (0.737, 0.214), "trained": (0.738, 0.209)},
}
#: Chance and share that bought, of the lowest three and the highest three tenths on 9 June
TENTHS_BY_HAND = [
    (0.21, 0.25),
    (0.26, 0.27),
    (0.30, 0.29),
    (0.64, 0.64),
    (0.75, 0.72),
    (0.91, 0.94),
]
QUARTER = timedelta(days=90)
STATUSES = ("active", "slowing", "dormant", "lost")

#: Products take five sixths of a refresh, and customers' predictions know nothing of them.
without_products = patch.multiple(
    customer_sales_product.CustomerSalesProduct,
    _derive_documents=lambda self, report, day, partner_ids=None: NO_PRODUCTS,
    _derive_all=lambda self, day: customer_sales_product.Derived(0, 0),
    _derive_changes=lambda self, day, partner_ids=None: 0,
)


class PredictionsOfOnlineRetail:
    """With ``loaded``, the environment of the loaded company."""

    def refreshed(self, day):
        """The fit for 90 days after a full refresh as of a day."""
        env, company = self.loaded, self.loaded.company
        env["customer.sales.profile"].sudo()._refresh(company, full=True, as_of=day)
        fits = env["customer.sales.prediction"].sudo()._current(company)
        return fits._main()

    @without_products
    def test_predictions(self):
        """Fitted on these days, tried on the quarter after them: at least as good as by hand, the
        chances come true, and each status buys again more often than the next."""
        for start, ways in BY_HAND.items():
            fit = self.refreshed(start + QUARTER)
            with self.subTest(day=start):
                self.assertEqual((fit.tried_on, fit.verdict, fit.way), (start, "earned", "trained"))
                for way, (area, brier) in ways.items():
                    record = fit.records[way]
                    self.assertGreaterEqual(round(record["area"], 3), area, way)
                    self.assertLessEqual(round(record["brier"], 3), brier + 0.001, way)
                self.assertIn("Purchases come rather regularly (k = 2)", fit.parameters_words)
                self.assertEqual(fit._status_way(), "prediction")
                shares = [
                    bought / customers
                    for customers, bought in map(fit.statuses["prediction"].get, STATUSES)
                ]
                self.assertEqual(shares, sorted(shares, reverse=True))
                self.assertGreater(shares[0], shares[-1] + 0.2)
        # The tenths of 9 June that were found by hand are those of k = 1, the areas those of k = 2.
        fit = self.refreshed(date(2011, 6, 9) + QUARTER)
        tenths = fit.records["at_random"]["calibration"]
        found = [(predicted, came) for predicted, came, _n in (*tenths[:3], *tenths[-3:])]
        for pair, by_hand in zip(found, TENTHS_BY_HAND, strict=True):
            for share, expected in zip(pair, by_hand, strict=True):
                self.assertAlmostEqual(share, expected, delta=0.016)
        for way, most in (("at_random", 0.04), ("model", 0.065), ("trained", 0.085)):
            tenths = fit.records[way]["calibration"]
            off = sum(abs(predicted - came) for predicted, came, _n in tenths) / 10
            self.assertLess(off, most, way)

    @without_products
    def test_profiles(self):
        """What stands on the customers on 9 June comes true until 7 September: by chance, by band,
        and by status."""
        start = date(2011, 6, 9)
        env, company = self.loaded, self.loaded.company
        fit = self.refreshed(start)
        self.assertEqual(fit.verdict, "earned")
        rows = self.customers_and_whether_they_bought(start)
        brier = sum((chance - bought) ** 2 for _s, chance, _b, bought in rows) / len(rows)
        self.assertLess(brier, 0.21)
        shares = self.shares_by(rows, 2)
        self.assertEqual(
            [shares[band] for band in ("0", "20", "40", "60", "80") if band in shares],
            sorted(shares.values()),
        )
        by_status = self.shares_by(rows, 0)
        ordered = [by_status[status] for status in STATUSES if status in by_status]
        self.assertEqual(ordered, sorted(ordered, reverse=True))
        profile = (
            env["customer.sales.profile"]
            .sudo()
            .search([("company_id", "=", company.id)], order="net desc", limit=1)
        )
        self.assertEqual(profile.prediction_words.count(";"), 2)
        # A light refresh by the same fit, and a full one, agree
        light = env["customer.sales.profile"].sudo()._refresh(company, as_of=start)
        self.assertEqual(light.differences, 0)
        full = env["customer.sales.profile"].sudo()._refresh(company, full=True, as_of=start)
        self.assertEqual((full.differences, full.rescored), (0, 0))

    @without_products
    def test_season(self):
        """Before Christmas customers buy for far more than their rhythm tells, and it is said."""
        fit = self.refreshed(date(2011, 12, 8))
        self.assertTrue(fit.seasons["has_season"])
        self.assertIn("Your sales have a season", fit.season_words)
        self.assertGreater(fit.actual_sales / fit.expected_sales, 1.3)
        self.assertFalse(fit.season_factor, "there is one year only")
        self.assertEqual(self.refreshed(date(2011, 9, 7)).season_words, "")

    def customers_and_whether_they_bought(self, start):
        """(status, chance, band, whether it bought in the quarter after) of each with a chance."""
        self.loaded.cr.execute(
            """
            SELECT profile.status, profile.chance_90::float8, profile.chance_band,
                   EXISTS (SELECT FROM customer_sales_purchase purchase
                            WHERE purchase.company_id = profile.company_id
                              AND purchase.partner_id = profile.partner_id
                              AND purchase.kind = 'purchase'
                              AND purchase.date > %s AND purchase.date <= %s)
              FROM customer_sales_profile profile
             WHERE profile.company_id = %s AND profile.chance_90 IS NOT NULL
            """,
            [start, start + QUARTER, self.loaded.company.id],
        )
        return self.loaded.cr.fetchall()

    def shares_by(self, rows, place):
        """The share that bought, by status or band."""
        found = {}
        for row in rows:
            found.setdefault(row[place], []).append(row[-1])
        return {key: sum(bought) / len(bought) for key, bought in found.items()}
