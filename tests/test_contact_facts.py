"""What contacts know of their customer, as far as a reader may see it: read, searched, grouped."""

from datetime import date

from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .profile_common import CustomerSalesProfileCommon

GROUP = "customer_sales_report.group_customer_sales_{}"


@tagged("post_install", "-at_install")
class TestContactFacts(CustomerSalesProfileCommon):
    """On 30 June 2026:

    ======== ===================== ======== ======= ================
    customer bought                status   class   salesperson
    ======== ===================== ======== ======= ================
    Active   10 June 2025, 800     active   A       (documents of) me
             and 1 June 2026, 800
    Gone     10 January 2024, 100  lost             another
    Fresh    20 June 2026, 100     new      B       another
    Never
    ======== ===================== ======== ======= ================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.me, cls.reader, cls.outsider = (
            new_test_user(cls.env, f"contacts_{name}", groups=groups, **company)
            for name, groups in (
                ("own", GROUP.format("user")),
                ("all", GROUP.format("all")),
                ("outsider", "base.group_user"),
            )
        )
        other = new_test_user(cls.env, "contacts_colleague", groups="base.group_user", **company)
        cls.active, cls.gone, cls.fresh, cls.never = (
            cls.env["res.partner"].create({"name": name, "is_company": True, "ref": "facts"})
            for name in ("Active", "Gone", "Fresh", "Never")
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Ann", "parent_id": cls.active.id, "ref": "facts"}
        )

        def buys(customer, seller, *purchases):
            cls.buys(cls, customer, *purchases, invoice_user_id=seller.id)

        buys(cls.active, cls.me, ("2025-06-10", 800), ("2026-06-01", 800))
        buys(cls.gone, other, ("2024-01-10", 100))
        buys(cls.fresh, other, ("2026-06-20", 100))
        cls.refresh(cls)
        cls.env.flush_all()

    def contacts(self, user):
        return self.env["res.partner"].with_user(user).with_company(self.company)

    def found(self, user, *condition):
        contacts = self.contacts(user).search([("ref", "=", "facts"), condition], order="name")
        return contacts.mapped("name")

    def test_read(self):
        person = self.contacts(self.reader).browse(self.person.id)
        self.assertEqual(person.customer_sales_status, "active")
        self.assertEqual(person.customer_sales_class, "a")
        self.assertEqual(person.customer_sales_last_purchase, date(2026, 6, 1))
        self.assertEqual(
            person.customer_sales_segment_id.name, self.profile(self.active).segment_id.name
        )
        gone = self.contacts(self.me).browse(self.gone.id)
        self.assertFalse(gone.customer_sales_status)
        never = self.contacts(self.reader).browse(self.never.id)
        self.assertFalse(never.customer_sales_profile_id)

    def test_search(self):
        for condition, everybody, mine in (
            (("customer_sales_status", "=", "active"), ["Active", "Ann"], ["Active", "Ann"]),
            (("customer_sales_status", "in", ["dormant", "lost"]), ["Gone"], []),
            (("customer_sales_status", "=", False), ["Never"], ["Fresh", "Gone", "Never"]),
            (
                ("customer_sales_status", "!=", False),
                ["Active", "Ann", "Fresh", "Gone"],
                ["Active", "Ann"],
            ),
            (
                ("customer_sales_status", "not in", ["lost"]),
                ["Active", "Ann", "Fresh", "Never"],
                ["Active", "Ann", "Fresh", "Gone", "Never"],
            ),
            (("customer_sales_class", "=", "a"), ["Active", "Ann"], ["Active", "Ann"]),
            (("customer_sales_class", "=", False), ["Gone", "Never"], ["Fresh", "Gone", "Never"]),
            (("customer_sales_last_purchase", "<", "2025-01-01"), ["Gone"], []),
            (("customer_sales_last_purchase", "=", False), ["Never"], ["Fresh", "Gone", "Never"]),
            (("customer_sales_segment_id.name", "=", "Lost"), ["Gone"], []),
            (("customer_sales_segment_id", "=", False), ["Never"], ["Fresh", "Gone", "Never"]),
            (
                ("customer_sales_profile_id.net_year", ">", 500),
                ["Active", "Ann"],
                ["Active", "Ann"],
            ),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(self.found(self.reader, *condition), everybody)
                self.assertEqual(self.found(self.me, *condition), mine)

    def test_never_bought(self):
        """Who sees their own customers alone cannot know it of others'."""
        self.never.user_id = self.me
        self.fresh.user_id = self.reader
        for user, found in ((self.reader, ["Never"]), (self.me, ["Never"])):
            contacts = self.contacts(user)
            arch = etree.fromstring(contacts.get_view(view_type="search")["arch"])
            [node] = arch.xpath("//filter[@string='Never Bought']")
            domain = safe_eval(node.get("domain"), {"uid": user.id})
            names = contacts.search([("ref", "=", "facts"), *domain], order="name").mapped("name")
            self.assertEqual(names, found)

    def test_group(self):
        def groups(user, spec):
            return dict(
                self.contacts(user)._read_group([("ref", "=", "facts")], [spec], ["__count"])
            )

        by_status = groups(self.reader, "customer_sales_status")
        self.assertEqual(by_status, {"active": 2, "lost": 1, "new": 1, False: 1})
        self.assertEqual(groups(self.me, "customer_sales_status"), {"active": 2, False: 3})
        by_month = groups(self.reader, "customer_sales_last_purchase:month")
        self.assertEqual(by_month, {date(2026, 6, 1): 3, date(2024, 1, 1): 1, False: 1})
        by_segment = groups(self.reader, "customer_sales_segment_id")
        self.assertEqual({segment.name: count for segment, count in by_segment.items()}["Lost"], 1)
        description = self.contacts(self.reader).fields_get(["customer_sales_segment_id"])
        self.assertTrue(description["customer_sales_segment_id"]["groupable"])

    def test_another_company(self):
        """In a company from which they bought nothing they have nothing."""
        other = self.env["res.company"].create({"name": "Another company"})
        contacts = self.env["res.partner"].with_company(other)
        self.assertEqual(
            contacts.search_count([("ref", "=", "facts"), ("customer_sales_status", "=", False)]), 5
        )

    def test_outsiders(self):
        contacts = self.contacts(self.outsider)
        for name in ("customer_sales_status", "customer_sales_segment_id"):
            with self.subTest(name=name):
                with self.assertRaises(AccessError):
                    contacts.search([(name, "!=", False)])
                with self.assertRaises(AccessError):
                    contacts._read_group([], [name], ["__count"])
                with self.assertRaises(AccessError):
                    contacts.browse(self.active.id).read([name])

    def test_no_query_for_each(self):
        contacts = self.contacts(self.reader).search([("ref", "=", "facts")])
        counts = []
        for some in (contacts[:1], contacts[:1], contacts):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("customer_sales_status")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
