"""Suggestions of products on a real company: do customers buy later what is suggested?"""

from datetime import date
from unittest.mock import patch

from odoo.addons.customer_sales_report.models.product import affinity_derivation

from ..suggestions_tried import suggestions_tried

UNTIL, LAST = date(2011, 9, 9), date(2011, 12, 9)


class SuggestionsOfOnlineRetail:
    """With ``loaded``, the environment of the loaded company."""

    def test_better_than_the_most_popular(self):
        """Trained until 9 September 2011, of the products that each customer bought newly
        afterwards: at least 1.5 times as many are among ten suggestions as among the ten most
        popular products of 90 days."""
        env = self.loaded
        with patch.object(affinity_derivation, "TRIED_CUSTOMERS", 10_000):
            record = suggestions_tried(env, env.company, UNTIL, LAST)
        self.assertGreater(record["customers"], 1800)
        self.assertGreaterEqual(record["precision"], 1.5 * record["popular"])
        self.assertAlmostEqual(record["precision"], 0.096, delta=0.01)
        self.assertAlmostEqual(record["popular"], 0.054, delta=0.01)
