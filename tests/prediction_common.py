import random
from datetime import date, timedelta

from .profile_common import TODAY, CustomerSalesProfileCommon

REGULARS, FORMER = 56, 54
PREDICTED = (
    "p_alive chance_30 chance_90 chance_band expected_purchases expected_sales lifetime_value"
).split()


class PredictionCommon(CustomerSalesProfileCommon):
    def fits(self):
        """The fits of the company now: horizon -> record."""
        current = self.env["customer.sales.prediction"].sudo()._current(self.company)
        return {int(fit.horizon): fit for fit in current}

    def assertSaid(self, sentence, horizon=None):  # noqa: N802
        """The fits, or that of one horizon, say this; and so does what tells the status by."""
        fits = self.env["customer.sales.prediction"].sudo()._current(self.company)
        self.assertEqual(len(fits), 2)
        said = fits.filtered(lambda fit: horizon in (None, fit.horizon)).mapped("verdict_words")
        self.assertEqual(set(said), {sentence})
        self.assertEqual(fits._way_sentence(), f"Now by rhythm. {sentence}")

    def assertNothingPredicted(self):  # noqa: N802
        profiles = self.env["customer.sales.profile"].sudo()
        profiles = profiles.search([("company_id", "=", self.company.id)])
        for name in (*PREDICTED, "prediction_words"):
            self.assertFalse(any(profiles.mapped(name)), name)


class CustomerSalesPredictionCommon(PredictionCommon):
    """A business whose customers tell by their rhythm whether they come back: regulars buy every
    25 to 88 days until today; the others came twice and have stayed away, one after the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first, chance = date(2025, 11, 1), random.Random(5)
        purchases = []
        cls.regulars = cls.env["res.partner"].create(
            [{"name": f"Regular {number}"} for number in range(REGULARS)]
        )
        for number, regular in enumerate(cls.regulars):
            day = first + timedelta(days=number % 28)
            while day <= TODAY:
                purchases.append((regular, day, 100 + number))
                day += timedelta(days=chance.randint(25, 88))
        cls.former = cls.env["res.partner"].create(
            [{"name": f"Former {number}"} for number in range(FORMER)]
        )
        for number, former in enumerate(cls.former):
            day = first + timedelta(days=2 * number)
            purchases += [(former, day, 40), (former, day + timedelta(days=14), 40)]
        cls.invoices = cls.post(purchases)
