"""Worlds on which the report was once wrong, found by test_random_worlds.py."""

from odoo.tests import tagged

from .test_random_worlds import InvariantsCase


@tagged("post_install", "-at_install")
class TestFoundByRandom(InvariantsCase):
    def test_pages_of_rows_that_compare_equal(self):
        """Sorted by a column that many rows share, pages repeated some rows and left out others.

        Each page is a query of its own, and the rows of the three sources reached it in another
        order every time.
        """
        world = {
            "time_zone": "UTC",
            "tax_rounding": "round_globally",
            "documents": [
                {
                    "kind": "receipt",
                    "company": 0,
                    "customer": "zoe",
                    "day": "2025-03-15",
                    "hour": "23:59:59",
                    "point_of_sale": "coins",
                    "lines": [("mug", 1, 1234.56, 0), ("soap", -1, 10, 0), ("mug", 1, 9.99, 10)],
                    "extras": (),
                    "life": ["pay", "invoice_receipt", "credit_invoice"],
                },
                {
                    "kind": "invoice",
                    "type": "out_refund",
                    "company": 1,
                    "customer": "ann",
                    "day": "2025-03-01",
                    "currency": "company",
                    "lines": [("soap", 1, 10, 0), ("lamp", 0.5, 100, 33.33), ("mug", -1, 0, 10)],
                    "extras": (),
                    "life": ["post"],
                },
            ],
            "endings": [],
        }
        for page in (3, 5, 7):
            self.assertInvariants(world, ["document_type", "channel", "company_id"], page)
