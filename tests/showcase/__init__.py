"""What looks at thousands of documents: the database that dev/showcase fills.

Some need the package Hypothesis too. They are run by pytest, and are no part of the tests that an
Odoo runs by itself, whose database has other documents.
"""


def require_showcase(report):
    """Fail at once where few rows, or none, would let everything pass."""
    if report.search_count([], limit=500) < 500:
        raise AssertionError("These tests need the database that dev/showcase fills.")
