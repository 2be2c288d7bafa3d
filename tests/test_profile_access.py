"""Who sees which customers: exactly those of whose documents they may see every one."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .profile_common import CustomerSalesProfileCommon

GROUP = "customer_sales_report.group_customer_sales_{}"


@tagged("post_install", "-at_install")
class TestProfileAccess(CustomerSalesProfileCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.users = {
            name: new_test_user(cls.env, f"profile_{name}", groups=groups, **companies)
            for name, groups in (
                ("own", GROUP.format("user")),
                ("all", GROUP.format("all")),
                ("manager", GROUP.format("manager")),
                ("margin", f"{GROUP.format('all')},{GROUP.format('margin')}"),
                ("contact", f"{GROUP.format('all')},{GROUP.format('contact')}"),
                ("outsider", "base.group_user"),
            )
        }
        cls.other = new_test_user(cls.env, "profile_colleague", groups="base.group_user")

    def setUp(self):
        super().setUp()
        me, other = self.users["own"], self.other
        # Customer -> its salesperson, its parent's, and those of its documents
        self.cases = {
            "assigned": (me, None, [other]),
            "parent assigned": (None, me, [other]),
            "mine": (None, None, [me, me]),
            "nobody's": (None, None, [None]),
            "mine and nobody's": (None, None, [me, None]),
            "mixed": (None, None, [me, other]),
            "another's": (other, None, [other]),
            "another's and nobody's": (None, None, [other, None]),
        }
        self.customers = {}
        for name, (user, parents_user, sellers) in self.cases.items():
            parent = self.new_customer(
                f"Parent of {name}", user_id=parents_user and parents_user.id
            )
            customer = self.new_customer(name, parent_id=parent.id, user_id=user and user.id)
            self.customers[name] = customer
            for seller in sellers:
                self.buys(customer, ("2026-06-01", 10), invoice_user_id=seller and seller.id)
        self.refresh()
        self.env.flush_all()

    def seen(self, model, user, field="partner_id"):
        records = self.env[model].with_user(user).search([("company_id", "=", self.company.id)])
        return records.mapped(field)

    def test_own_customers(self):
        names = set(self.seen("customer.sales.profile", self.users["own"]).sudo().mapped("name"))
        self.assertEqual(
            names, {"assigned", "parent assigned", "mine", "nobody's", "mine and nobody's"}
        )

    def test_as_the_rule_of_lines(self):
        """A profile is seen where each of its documents is, by the lines and by the purchases."""
        for name, user in self.users.items():
            if name == "outsider":
                continue
            profiles = self.seen("customer.sales.profile", user)
            purchases = self.seen("customer.sales.purchase", user, "document_ref")
            rows = self.report.with_user(user).search([("company_id", "=", self.company.id)])
            self.assertEqual(len(rows), len(purchases), name)
            for customer in self.customers.values():
                documents = (
                    self.env["customer.sales.purchase"]
                    .sudo()
                    .search_count([("partner_id", "=", customer.id)])
                )
                visible = rows.filtered(lambda row, c=customer: row.commercial_partner_id == c)
                with self.subTest(user=name, customer=customer.name):
                    self.assertEqual(customer in profiles, len(visible) == documents)

    def test_outsiders(self):
        for model in (
            "customer.sales.profile",
            "customer.sales.purchase",
            "customer.sales.segment",
            "customer.sales.refresh",
            "customer.sales.product",
            "customer.sales.price.report",
            "customer.sales.affinity",
        ):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.users["outsider"]).search([])
        for method in ("segments_overview",):
            with self.assertRaises(AccessError):
                getattr(
                    self.env["customer.sales.profile"].with_user(self.users["outsider"]), method
                )()
        with self.assertRaises(AccessError):
            self.env["customer.sales.refresh"].with_user(self.users["outsider"]).state_of()

    def test_costs_and_contact_details(self):
        Profile = self.env["customer.sales.profile"]
        for field, needed in (
            ("cost_year", "margin"),
            ("margin_year", "margin"),
            ("email", "contact"),
            ("vat", "contact"),
            ("street", "contact"),
        ):
            for name in ("own", "all", "margin", "contact"):
                records = Profile.with_user(self.users[name]).search([], limit=1)
                with self.subTest(field=field, user=name):
                    if name == needed:
                        records.read([field])
                        records.search([(field, "!=", False)])
                        continue
                    for way in (
                        lambda r=records, f=field: r.read([f]),
                        lambda r=records, f=field: r.search([(f, "!=", False)]),
                        lambda r=records, f=field: r.search([], order=f),
                        lambda r=records, f=field: (
                            r.search([("partner_id.email", "!=", False)])
                            if f == "email"
                            else r.read([f])
                        ),
                    ):
                        self.assertRaises(AccessError, way)

    def test_nobody_writes(self):
        profile = self.profile(self.customers["mine"]).with_user(self.users["manager"])
        for change in (
            lambda: profile.write({"rank": 1}),
            profile.unlink,
            lambda: profile.create({"company_id": 1, "partner_id": 1}),
        ):
            self.assertRaises(AccessError, change)
        with self.assertRaises(AccessError):
            self.env["customer.sales.refresh"].with_user(self.users["all"]).action_refresh_now()

    def test_segments_overview_counts_what_one_sees(self):
        overview = self.env["customer.sales.profile"].with_user(self.users["own"])
        overview = overview.with_context(allowed_company_ids=self.company.ids).segments_overview()
        self.assertEqual(sum(segment["customers"] for segment in overview["segments"]), 5)
        self.assertEqual(sum(cell["customers"] for cell in overview["cells"]), 5)
        self.assertFalse(overview["can_edit"])
