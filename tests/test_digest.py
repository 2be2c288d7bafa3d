"""Customers in Odoo's periodic e-mail, by customers worked by hand.

Days are those of the company, in Riyadh: a mail sent on 30 June at 22:30 UTC is one of 1 July
there, and tells of 30 June.
"""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .profile_common import CustomerSalesProfileCommon

GROUP = "customer_sales_report.group_customer_sales_{}"
KPIS = ("bought", "new", "lost")
# In UTC, as Odoo has the ends of periods
NOW = datetime(2026, 6, 30, 22, 30)


@tagged("post_install", "-at_install")
class TestDigest(CustomerSalesProfileCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Riyadh"
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.reader = new_test_user(cls.env, "digest_all", GROUP.format("all"), **companies)
        cls.own = new_test_user(cls.env, "digest_own", GROUP.format("user"), **companies)
        cls.outsider = new_test_user(cls.env, "digest_outsider", "base.group_user", **companies)
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Morning",
                "company_id": cls.company.id,
                **{f"kpi_customer_sales_{kpi}": True for kpi in KPIS},
            }
        )

    def setUp(self):
        super().setUp()
        self.anna, self.bert, self.cora, self.dora, self.emil = (
            self.new_customer(name) for name in ("Anna", "Bert", "Cora", "Dora", "Emil")
        )
        # Bought twice on the last day, and before
        self.buys(self.anna, ("2026-06-01", 10), ("2026-06-30", 10), ("2026-06-30", 20))
        # First on the last day
        self.buys(self.bert, ("2026-06-30", 10))
        # First a week ago; returned on the last day
        self.buys(self.cora, ("2026-06-24", 10), ("2026-06-30", -5))
        # Every ten days until 31 May: lost from the 30th day after it on, 30 June
        self.buys(self.dora, ("2026-05-11", 10), ("2026-05-21", 10), ("2026-05-31", 10))
        # Once, 365 days before 25 June
        self.buys(self.emil, ("2025-06-25", 10))
        self.refresh()

    def figures(self, days, user=None, end=NOW, digest=None):
        """Who bought, who is new and who was lost, in the days before the mail."""
        digest = (digest or self.digest).with_user(user or self.reader)
        digest = digest.with_company(self.company).with_context(
            start_datetime=end - timedelta(days=days), end_datetime=end
        )
        digest.invalidate_recordset()
        return tuple(digest[f"kpi_customer_sales_{kpi}_value"] for kpi in KPIS)

    def test_figures(self):
        # Anna and Bert bought on 30 June, Bert for the first time, and Dora was lost.
        self.assertEqual(self.figures(1), (2, 1, 1))
        # From 24 June on: Cora as well, who is new; Emil was lost on 25 June.
        self.assertEqual(self.figures(7), (3, 2, 2))
        # From 1 June on: Anna too is new.
        self.assertEqual(self.figures(30), (3, 3, 2))
        # The day before: nothing
        self.assertEqual(self.figures(1, end=NOW - timedelta(days=1)), (0, 0, 0))

    def test_as_the_profiles_tell(self):
        """Lost in a period are those who are lost at its end, and were not before it."""
        lost = {}
        for day in (date(2026, 6, 23), date(2026, 6, 29), date(2026, 6, 30)):
            self.refresh(day)
            lost[day] = {
                customer
                for customer in (self.anna, self.bert, self.cora, self.dora, self.emil)
                if self.profile(customer).status == "lost"
            }
        self.assertEqual(list(lost.values()), [set(), {self.emil}, {self.emil, self.dora}])

    def test_days_of_the_company(self):
        """At 20:30 UTC, 30 June is not over in Riyadh; in New York it is not at 22:30 either."""
        self.assertEqual(self.figures(1, end=NOW.replace(hour=20)), (0, 0, 0))
        self.company.partner_id.tz = "America/New_York"
        self.assertEqual(self.figures(1), (0, 0, 0))

    def test_of_the_readers_own_customers(self):
        """Anna's and Dora's documents are mine, and Bert's another's; those of nobody I see too."""
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        for customer, seller in (
            (self.anna, self.own),
            (self.dora, self.own),
            (self.bert, self.reader),
            (self.cora, self.reader),
            (self.emil, self.reader),
        ):
            of_customer = moves.filtered(lambda move, c=customer: move.partner_id == c)
            of_customer.invoice_user_id = seller
        self.refresh()
        self.assertEqual(self.figures(7, self.own), (1, 0, 1))
        self.assertEqual(self.figures(7), (3, 2, 2))

    def test_of_each_company(self):
        other = self.setup_other_company()["company"]
        other.partner_id.tz = "Asia/Riyadh"
        self.reader.company_ids |= other
        self.invoice(
            (self.thing, 5, {"tax_ids": False}), partner=self.anna, company=other, day="2026-06-30"
        )
        self.env["customer.sales.profile"].sudo()._refresh(
            other, full=True, as_of=date(2026, 6, 30)
        )
        elsewhere = self.digest.copy({"company_id": other.id})
        for digest, figures in ((self.digest, (2, 1, 1)), (elsewhere, (1, 1, 0))):
            reader = digest.with_user(self.reader).with_context(
                start_datetime=NOW - timedelta(days=1),
                end_datetime=NOW,
                allowed_company_ids=(self.company | other).ids,
            )
            reader.invalidate_recordset()
            found = tuple(reader[f"kpi_customer_sales_{kpi}_value"] for kpi in KPIS)
            self.assertEqual(found, figures, digest.company_id.name)
        # Of a digest of no company, the reader's
        self.assertEqual(self.figures(1, digest=self.digest.copy({"company_id": False})), (2, 1, 1))
        # Of a company that is not the reader's, nothing
        self.assertEqual(self.figures(1, self.own, digest=elsewhere), (0, 0, 0))

    def test_without_a_level(self):
        with self.assertRaises(AccessError):
            self.figures(1, self.outsider)
        with freeze_time(NOW):
            kpis = self.digest._compute_kpis(self.company, self.outsider)
        self.assertFalse([kpi for kpi in kpis if "customer_sales" in kpi["kpi_name"]])

    def test_the_mail(self):
        with freeze_time(NOW):
            kpis = self.digest._compute_kpis(self.company, self.reader)
            found = {kpi["kpi_name"].removeprefix("kpi_customer_sales_"): kpi for kpi in kpis}
            columns = ("kpi_col1", "kpi_col2", "kpi_col3")
            values = {name: [found[name][column]["value"] for column in columns] for name in KPIS}
            self.digest._action_send_to_user(self.reader)
        # A month before 1 July is 31 May, on which Dora bought for the last time.
        self.assertEqual(values, {"bought": [2, 3, 4], "new": [1, 2, 3], "lost": [1, 2, 2]})
        self.assertEqual(found["lost"]["kpi_fullname"], "Lost Customers")
        for kpi in found.values():
            action, _question, menu = kpi["kpi_action"].partition("?menu_id=")
            self.assertTrue(self.env.ref(action).res_model.startswith("customer.sales."))
            self.assertTrue(self.env["ir.ui.menu"].browse(int(menu)).exists())
        mail = self.env["mail.mail"].sudo().search([], order="id desc", limit=1)
        self.assertIn("Customers Who Bought", mail.body_html)

    def test_no_period(self):
        """As whoever reads the fields without one, or with something else, finds them."""
        for context in ({}, {"start_datetime": "x", "end_datetime": [1]}):
            digest = self.digest.with_user(self.reader).with_context(**context)
            digest.invalidate_recordset()
            self.assertEqual(digest.kpi_customer_sales_bought_value, 0)

    def test_the_mail_that_odoo_comes_with(self):
        digest = self.env.ref("digest.digest_digest_default")
        digest._tell_of_customers()
        self.assertTrue(digest.kpi_customer_sales_bought and digest.kpi_customer_sales_lost)
        digest.unlink()
        self.env["digest.digest"]._tell_of_customers()
