"""The reconciliation as an assertion, for any test that has made documents."""

from ..report.reconciliation import Reconciliation


class ReconciliationAssertions:
    """To be mixed into a test case."""

    def assertCompaniesReconciled(self, env, companies=None, date_from=None, date_to=None):  # noqa: N802
        """Every total of the report equals Odoo's own, for each company on its own.

        :param env: environment of the reader, for the time zone
        :param companies: the companies selected by default
        """
        for company in companies or env.companies:
            reconciliation = Reconciliation(env, company, date_from, date_to)
            explained = [
                f"{company.name}: {difference}: {reconciliation.documents(difference)}"
                for difference in reconciliation.differences()
            ]
            self.assertEqual(explained, [])
            self.assertEqual(reconciliation.rows_astray(), [], company.name)
            totals = {(total.check, total.measure): total for total in reconciliation.totals()}
            for total in totals.values():
                self.assertAlmostEqual(total.reported, total.expected, 4, company.name)
            self.assertAlmostEqual(
                totals["orders", "price_subtotal"].reported + sum(reconciliation.bridge().values()),
                totals["sales", "price_subtotal"].reported,
                4,
                company.name,
            )
