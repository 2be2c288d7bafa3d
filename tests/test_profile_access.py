"""Who sees which customers: exactly those of whose documents they may see every one."""

from odoo.exceptions import AccessError, UserError
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
            "customer.sales.campaign",
            "customer.sales.campaign.customer",
            "customer.sales.campaign.action",
            "customer.sales.campaign.step",
            "customer.sales.campaign.act",
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

    def test_nobody_writes_the_log_of_refreshes(self):
        """One that says that it began tomorrow would keep the next from seeing what changes."""
        refreshes = self.env["customer.sales.refresh"].with_user(self.users["manager"])
        values = {"company_id": self.company.id, "kind": "light", "state": "done"}
        for change in (
            lambda: refreshes.create({**values, "started_on": "2099-01-01"}),
            lambda: refreshes.search([], limit=1).write({"started_on": "2099-01-01"}),
            lambda: refreshes.search([]).unlink(),
        ):
            self.assertRaises(AccessError, change)
        self.assertEqual(refreshes.action_refresh_now()["type"], "ir.actions.client")
        asked = refreshes.search([("state", "=", "waiting")])
        self.assertEqual(asked.user_id, self.users["manager"])

    def test_limits_of_scores_are_nobodys_business(self):
        """They are amounts that customers buy for, and everybody reads companies."""
        self.assertIn("m", self.company.sudo().customer_sales_score_limits)
        for name, user in self.users.items():
            company = self.company.with_user(user)
            with self.subTest(user=name):
                self.assertNotIn("customer_sales_score_limits", company.fields_get())
                for way in (
                    lambda c=company: c.read(["customer_sales_score_limits"]),
                    lambda c=company: c.search([("customer_sales_score_limits", "!=", False)]),
                ):
                    self.assertRaises(AccessError, way)

    def test_settings_are_no_business_of_customers(self):
        """Who logs in to the portal may read its company: not what the company makes of it."""
        portal = new_test_user(
            self.env,
            "profile_portal",
            groups="base.group_portal",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        company = self.company.with_user(portal)
        self.assertEqual(company.read(["name"])[0]["name"], self.company.name)
        ours = [name for name in company._fields if name.startswith("customer_sales_")]
        self.assertGreater(len(ours), 20)
        for name in ours:
            with self.subTest(field=name):
                self.assertRaises(AccessError, company.read, [name])
                with self.assertRaises(AccessError):
                    company.search([], order=name)

    def test_days_between_are_of_the_purchases_that_one_sees(self):
        """Of a customer who bought on 1 June from another and on 11 June from me, I see one."""
        customer = self.new_customer("Ours")
        self.buys(customer, ("2026-06-01", 10), invoice_user_id=self.other.id)
        self.buys(customer, ("2026-06-11", 10), invoice_user_id=self.users["own"].id)
        self.refresh()
        days = {}
        for name in ("own", "all"):
            purchases = self.env["customer.sales.purchase"].with_user(self.users[name])
            purchases = purchases.search([("partner_id", "=", customer.id)])
            days[name] = {f"{each.date}": each.days_between for each in purchases}
        self.assertEqual(days["own"], {"2026-06-11": 0})
        self.assertEqual(days["all"], {"2026-06-11": 10, "2026-06-01": 0})

    def test_numbers_of_documents_without_invoicing(self):
        """A purchase is called by its number, as lines are, and opens for those who may."""
        [invoice] = self.buys(self.customers["mine"], ("2026-06-20", 10), ref="secret reference")
        self.refresh()
        purchase = self.env["customer.sales.purchase"].search([("move_id", "=", invoice.id)])
        for name in ("all", "manager"):
            [row] = purchase.with_user(self.users[name]).read(["display_name"])
            self.assertEqual(row["display_name"], invoice.name)
            with self.assertRaisesRegex(UserError, f"opening {invoice.name} needs access"):
                purchase.with_user(self.users[name]).action_open_document()
        accountant = self.users["all"]
        accountant.group_ids += self.env.ref("account.group_account_invoice")
        action = purchase.with_user(accountant).action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", invoice.id))

    def test_own_customers_do_not_tell_what_all_come_to(self):
        """Net of the year ÷ share is the net of all customers."""
        for field in ("share", "cumulative_share"):
            records = self.env["customer.sales.profile"].with_user(self.users["own"]).search([])
            for way in (
                lambda r=records, f=field: r.read([f]),
                lambda r=records, f=field: r.search([(f, ">", 0.1)]),
                lambda r=records, f=field: r.search([], order=f),
                lambda r=records, f=field: r.formatted_read_group([], [], [f"{f}:max"]),
            ):
                self.assertRaises(AccessError, way)
            self.assertTrue(records.with_user(self.users["all"]).read([field]))

    def test_segments_overview_counts_what_one_sees(self):
        overview = self.env["customer.sales.profile"].with_user(self.users["own"])
        overview = overview.with_context(allowed_company_ids=self.company.ids).segments_overview()
        self.assertEqual(sum(segment["customers"] for segment in overview["segments"]), 5)
        self.assertEqual(sum(cell["customers"] for cell in overview["cells"]), 5)
        self.assertFalse(overview["can_edit"])
