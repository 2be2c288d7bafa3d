from odoo.tests import no_retry

from odoo.addons.web.tests.test_js import HOOTCommon as Hoot
from odoo.addons.web.tests.test_js import unit_test_error_checker

from .common import BrowserCase

# Collected here as a test case of its own otherwise
suite_id = Hoot._generate_hash
del Hoot


class TestHoot(BrowserCase):
    """The unit tests of the browser's side: static/tests/**/*.test.js."""

    @no_retry
    def test_unit_tests(self):
        suite = suite_id(self, "@customer_sales_report")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            code="",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
