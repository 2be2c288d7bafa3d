"""Two periods of sales: February 2024 is the base, March 2024 is current."""

from .common import CustomerSalesCommon

BASE_DAY, CURRENT_DAY = "2024-02-10", "2024-03-10"
CHOICE = {
    "current": "own",
    "current_first": "2024-03-01",
    "current_last": "2024-03-31",
    "base": "own",
    "base_first": "2024-02-01",
    "base_last": "2024-02-29",
}
EFFECTS = (
    "lost_customers new_customers products_dropped products_added volume price discount "
    "exchange_rate returns other"
).split()
COMPARISON, CHANGE = "customer.sales.comparison.report", "customer.sales.change.report"


class ComparedAssertions:
    """For cases with a ``company``."""

    def compared(self, model, choice=None):
        """A model of two periods as a fresh request reads it."""
        report = self.env[model].with_context(customer_sales_compared=choice or CHOICE)
        report.invalidate_model()
        return report

    def sums(self, model, names, domain=()):
        """The sums of columns of the company's rows, rounded; None where there is none."""
        report = self.compared(model)
        [amounts] = report._read_group(
            [("company_id", "=", self.company.id), *domain],
            [],
            [f"{name}:{report._fields[name].aggregator}" for name in names],
        )
        return [None if amount is False else round(amount, 4) + 0.0 for amount in amounts]

    def assertEffects(self, *domain, **expected):  # noqa: N802
        """The effects of the company's rows; those not named are 0. They add up to the change."""
        names = [*EFFECTS, "change"]
        found = dict(zip(names, self.sums(CHANGE, names, domain), strict=True))
        change = found.pop("change")
        self.assertEqual({name: amount for name, amount in found.items() if amount}, expected)
        self.assertAlmostEqual(sum(found.values()), change, 4)


class CustomerSalesComparedCommon(ComparedAssertions, CustomerSalesCommon):
    def base(self, *lines, **values):
        """An invoice of the base period, of lines as of :meth:`invoice`."""
        return self.invoice(*lines, **{"day": BASE_DAY, **values})

    def current(self, *lines, **values):
        """An invoice of the current period."""
        return self.invoice(*lines, **{"day": CURRENT_DAY, **values})
