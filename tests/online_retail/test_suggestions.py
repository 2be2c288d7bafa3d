"""Suggestions of products on a real company: do customers buy later what is suggested?"""

import os
from datetime import date
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from .test_online_retail import online_retail

DATA_SET = os.environ.get("ONLINE_RETAIL_CSV", "")
UNTIL, LAST = date(2011, 9, 9), date(2011, 12, 9)

if Path(DATA_SET).is_file():

    @tagged("post_install", "-at_install")
    class TestSuggestions(TransactionCase):
        def test_better_than_the_most_popular(self):
            """Trained until 9 September 2011, of the products that each customer bought newly
            afterwards: at least 1.5 times as many are among ten suggestions as among the ten most
            popular products of 90 days."""
            env = online_retail.load(self.env, DATA_SET)
            derivation = "odoo.addons.customer_sales_report.models.product.affinity_derivation"
            with patch(f"{derivation}.TRIED_CUSTOMERS", 10_000):
                record = env["customer.sales.affinity"]._try_on_past(env.company, UNTIL, LAST)
            self.assertGreater(record["customers"], 1800)
            self.assertGreaterEqual(record["precision"], 1.5 * record["popular"])
            self.assertAlmostEqual(record["precision"], 0.096, delta=0.01)
            self.assertAlmostEqual(record["popular"], 0.054, delta=0.01)
