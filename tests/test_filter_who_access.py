"""Conditions on customers count what the reader may see, and rank among whom the reader may see.
The world: ``access_common``."""

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from ..models.who.asked import who_condition
from ..models.who.customer_sales_of_lines_mixin import of_lines_condition
from .access_common import REPORT, AccessCommon, letter_of

PROFILE = "customer.sales.profile"
FILTER = "customer.sales.filter"


class TestFilterWhoAccess(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env[PROFILE].sudo()._refresh(cls.company_1 | cls.company_2, full=True)
        cls.own = cls.users["own customers"]

    def letters(self, user, *conditions):
        """The documents whose net sales the user finds."""
        domain = [("counts_as_sale", "=", True), *conditions]
        rows = self.rpc(user, REPORT, "search_read", domain, ["price_subtotal", "document_ref"])
        ours = {f"{each._name},{each.id}" for docs in self.documents.values() for each in docs}
        return "".join(
            sorted(letter_of(row["price_subtotal"]) for row in rows if row["document_ref"] in ours)
        )

    def customers(self, user, *conditions):
        rows = self.rpc(user, PROFILE, "search_read", list(conditions), ["partner_id"])
        return sorted(row["partner_id"][1] for row in rows)

    def test_counts_what_is_seen(self):
        """Of Rival's Customer "own" sees A, C, F and I: four purchases, and not B."""
        rivals = ("commercial_partner_id", "=", self.rivals_customer.id)
        for least, letters in ((4, "ACFI"), (5, "")):
            condition = who_condition("bought", least=least)
            self.assertEqual(self.letters(self.own, condition, rivals), letters)
            product = who_condition(
                "bought", least=least, products=self.product.product_tmpl_id.ids
            )
            self.assertEqual(self.letters(self.own, product, rivals), letters)
        everything = self.letters(self.users["all customers"], who_condition("bought", least=5))
        self.assertIn("B", everything)

    def test_ranks_among_whom_the_reader_sees(self):
        """By lines "own" sees Own Customer with 512, Rival's Customer with 1 + 4 + 32 + 256 and the
        Subsidiary with 16. Of customers as a whole, Rival's Customer is not among them, and takes
        no place."""
        largest = who_condition("largest", customers=2)
        self.assertEqual(self.letters(self.own, largest), "ACFIJ")
        self.assertEqual(self.customers(self.own, largest), ["Own Customer", "Subsidiary"])
        # Half of three, and half of two
        half = who_condition("largest", percent=50)
        self.assertEqual(self.letters(self.own, half), "ACFIJ")
        self.assertEqual(self.customers(self.own, half), ["Own Customer"])
        # 821 ÷ 3 = 274 < 293; 528 ÷ 2 = 264
        average = who_condition("above_average")
        self.assertEqual(self.letters(self.own, average), "ACFIJ")
        self.assertEqual(self.customers(self.own, average), ["Own Customer"])

    def test_kinds_of_customers_seen_alone(self):
        """A profile tells of all documents: Rival's Customer is of no kind to "own"."""
        kind = who_condition("is", status=["new", "active", "slowing", "dormant", "lost"])
        self.assertEqual(self.letters(self.own, kind), "EJ")
        self.assertIn("B", self.letters(self.users["all customers"], kind))

    def test_lines_behind_rows(self):
        """Own Customer has no line of another salesperson's that "own" may not see; of Rival's
        Customer, which "own" does not find, no line helps."""
        lines = of_lines_condition([["price_subtotal", "=", 512.0]])
        self.assertEqual(self.customers(self.own, lines), ["Own Customer"])
        rivals = of_lines_condition([["commercial_partner_id", "=", self.rivals_customer.id]])
        self.assertEqual(self.customers(self.own, rivals), [])
        hidden = of_lines_condition([["price_subtotal", "=", 2.0]])
        self.assertEqual(self.customers(self.own, hidden), [])
        private = [
            of_lines_condition([["margin", ">", 0]]),
            of_lines_condition([["email", "=", "secret@example.com"]]),
            of_lines_condition([["commercial_partner_id.email", "=", "secret@example.com"]]),
        ]
        for condition in private:
            for model in (PROFILE, "customer.sales.product", "customer.sales.purchase"):
                with (
                    self.subTest(model=model, condition=condition),
                    mute_logger("odoo.models"),
                    self.assertRaises(AccessError),
                ):
                    self.rpc(self.own, model, "search", [condition])

    def test_each_company_by_itself(self):
        """In company 2 the largest is company 1 with H; what Own Customer bought there does not
        count in company 1."""
        both = self.users["all, in two companies"]
        largest = who_condition("largest", customers=1)
        rows = self.rpc(both, REPORT, "search_read", [largest], ["company_id", "price_subtotal"])
        of_2 = {row["price_subtotal"] for row in rows if row["company_id"][0] == self.company_2.id}
        self.assertEqual(of_2, {128.0})
        self.assertIn(256.0, {row["price_subtotal"] for row in rows})
        # Who never bought in March of the other company
        missing = who_condition("not_bought")
        self.assertEqual(
            self.rpc(both, REPORT, "search_count", [missing, ("counts_as_sale", "=", True)]), 0
        )

    def test_dialog(self):
        """Whoever has a level asks; chances are told to nobody where none are shown."""
        for kind in ("own customers", "all customers", "administrator, everything"):
            user = self.users[kind]
            values = {"shown": "customers", "bought": "anything", "counted": "net_sales"}
            preview = self.rpc(user, FILTER, "preview", values)
            self.assertEqual(preview["state"], "found", preview)
            [found] = self.rpc(user, FILTER, "create", [values]) and [True]
            self.assertTrue(found)
        words = self.rpc(self.own, FILTER, "preview", {"shown": "customers"})["words"]
        self.assertEqual(words, "2 customers")
