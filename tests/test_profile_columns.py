"""Lines know what kind of customer theirs is, as far as the reader may see it."""

from odoo.tests import new_test_user, tagged

from .profile_common import CustomerSalesProfileCommon


@tagged("post_install", "-at_install")
class TestProfileColumns(CustomerSalesProfileCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.salesperson = new_test_user(
            cls.env,
            "profile_salesperson",
            groups="customer_sales_report.group_customer_sales_user",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.active = self.new_customer("Active")
        self.lost = self.new_customer("Lost")
        self.buys(self.active, ("2026-05-01", 300), ("2026-06-01", 100))
        self.buys(self.lost, ("2024-06-01", 50))
        self.refresh()
        self.domain = [("company_id", "=", self.company.id)]

    def groups(self, name, user=None):
        report = self.report.with_user(user) if user else self.report
        return {
            getattr(value, "name", value): float(net)
            for value, net in report._read_group(self.domain, [name], ["price_subtotal:sum"])
        }

    def test_columns(self):
        [row] = self.report.search([*self.domain, ("commercial_partner_id", "=", self.lost.id)])
        self.assertEqual(
            (row.customer_status, row.segment_id.name, row.abc_class), ("lost", "Lost", False)
        )

    def test_groups(self):
        self.assertEqual(self.groups("customer_status"), {"active": 400.0, "lost": 50.0})
        self.assertEqual(self.groups("abc_class"), {"a": 400.0, False: 50.0})
        self.assertEqual(self.groups("segment_id"), {"Potential Loyalists": 400.0, "Lost": 50.0})

    def test_filters(self):
        def found(*condition):
            return sum(self.report.search([*self.domain, condition]).mapped("price_subtotal"))

        for condition, net in (
            (("customer_status", "=", "lost"), 50),
            (("customer_status", "!=", "lost"), 400),
            (("customer_status", "in", ["lost", "active"]), 450),
            (("customer_status", "=", False), 0),
            (("abc_class", "=", False), 50),
            (("abc_class", "!=", False), 400),
            (("abc_class", "in", ["a", False]), 450),
            (("segment_id", "ilike", "loyal"), 400),
            (("segment_id.name", "=", "Lost"), 50),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(found(*condition), net)

    def test_order(self):
        rows = self.report.search(self.domain, order="customer_status, price_subtotal")
        self.assertEqual(rows.mapped("price_subtotal"), [100, 300, 50])

    def test_a_salesperson_sees_what_the_profiles_rule_lets_through(self):
        """Documents of nobody are theirs to see; the profile, once another has sold as well, is
        not."""
        self.env["account.move"].search(
            [("company_id", "=", self.company.id)]
        ).invoice_user_id = False
        self.refresh()
        self.assertEqual(
            self.groups("customer_status", self.salesperson), {"active": 400.0, "lost": 50.0}
        )
        other = new_test_user(self.env, "profile_other", groups="base.group_user")
        self.buys(self.active, ("2026-06-02", 5), invoice_user_id=other.id)
        self.refresh()
        self.assertEqual(
            self.groups("customer_status", self.salesperson), {False: 400.0, "lost": 50.0}
        )
        rows = self.report.with_user(self.salesperson).search(self.domain)
        self.assertEqual(set(rows.mapped("customer_status")), {False, "lost"})
        self.assertFalse(
            self.report.with_user(self.salesperson).search(
                [*self.domain, ("customer_status", "=", "active")]
            )
        )
