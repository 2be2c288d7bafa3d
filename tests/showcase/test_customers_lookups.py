"""Conditions on customers in a transaction that only reads, as those of the web client do."""

from contextlib import ExitStack
from unittest.mock import patch

from odoo.api import Environment
from odoo.tests import TransactionCase, tagged

from ...models.who.asked import who_condition
from ...models.who.customer_sales_of_lines_mixin import of_lines_condition
from . import require_showcase

ADDON = "odoo.addons.customer_sales_report"
FINDING = (
    f"{ADDON}.models.who.customer_sales_who_mixin",
    f"{ADDON}.models.who.customer_sales_of_lines_mixin",
    f"{ADDON}.report.customer_sales_report.conditions",
)
STORED = tuple(f"customer.sales.{name}" for name in ("profile", "product", "purchase"))


@tagged("post_install", "-at_install")
class TestCustomersLookups(TransactionCase):
    """They are found once, and nothing else is found than by the plain query."""

    def setUp(self):
        super().setUp()
        # A transaction of its own: that of the test has written.
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        user = self.env.ref("base.user_admin")
        self.envs = [
            Environment(cr, user.id, {"allowed_company_ids": companies, "tz": "Asia/Riyadh"})
            for companies in (user.company_ids.ids, user.company_id.ids)
        ]
        require_showcase(self.envs[0]["customer.sales.report"].sudo())

    def domains(self):
        year = {"period": "last_365"}
        categories = self.env["product.category"].search([]).ids
        return [
            [who_condition("bought", least=5)],
            [who_condition("bought", **year), who_condition("not_bought", period="last_90")],
            [who_condition("bought", categories=categories, most=3)],
            [who_condition("largest", percent=20), who_condition("largest", customers=30, **year)],
            ["|", who_condition("above_average"), who_condition("is", status=["new", "lost"])],
            ["!", who_condition("last", **{"from": "2026-01-01"})],
            [who_condition("bought", **{"from": "2999-01-01"})],
            [who_condition("not_bought", **{"from": "2999-01-01"})],
        ]

    def test_same_rows(self):
        """As with nothing looked up, of one company and of several."""
        lines = [of_lines_condition([["channel", "=", "pos"], ["counts_as_sale", "=", True]])]
        for env in self.envs:
            for name in (*STORED, "customer.sales.report"):
                for domain in (*self.domains(), *([lines] if name in STORED else [])):
                    with self.subTest(model=name, domain=domain, companies=env.companies):
                        found = env[name].search(domain).ids
                        self.assertEqual(env[name].search_count(domain), len(found))
                        with ExitStack() as stack:
                            for module in FINDING:
                                stack.enter_context(patch(f"{module}.find", return_value=None))
                            plain = env[name].search(domain).ids
                        self.assertEqual(sorted(found), sorted(plain))

    def test_some_are_found(self):
        """The questions above have answers, and not all customers are among them."""
        for env in self.envs:
            profiles = env["customer.sales.profile"]
            everybody = profiles.search_count([])
            counts = [profiles.search_count(domain) for domain in self.domains()]
            self.assertEqual(counts[-2:], [0, everybody])
            for count in counts[:-2]:
                self.assertTrue(0 < count < everybody, counts)
