"""Opening a document asks for the rights of its own app, in a plain sentence."""

from odoo.exceptions import UserError

from .access_common import OWN, REPORT, AccessCommon


class TestOpenDocument(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.users["own customers"]

    def row_of(self, letter):
        [document] = self.documents[letter][:1]
        rows = self.env[REPORT].with_user(self.user)
        return rows.search([("document_ref", "=", f"{document._name},{document.id}")])

    def give(self, *groups):
        for name in groups:
            self.user.group_ids += self.env.ref(name)

    def list_arch(self):
        views = self.rpc(self.user, REPORT, "get_views", [(False, "list")])
        return views["views"]["list"]["arch"]

    def test_no_app_at_all(self):
        """Rows are no links, and whoever opens one all the same is told what is missing."""
        self.assertNotIn("action_open_document", self.list_arch())
        for letter, app in (("A", "Invoicing"), ("D", "Sales")):
            row = self.row_of(letter)
            with self.assertRaisesRegex(
                UserError, f"opening {row.document_number} needs access to the app {app}"
            ):
                row.action_open_document()

    def test_another_persons_document(self):
        self.give("sales_team.group_sale_salesman")
        self.assertIn("action_open_document", self.list_arch())
        row = self.row_of("D")
        with self.assertRaisesRegex(
            UserError, f"{row.document_number} is not among the documents that you may open in"
        ):
            row.action_open_document()

    def test_an_invoice_needs_invoicing(self):
        """A salesperson reads invoices, but not the payments that the invoice's form counts."""
        self.give("sales_team.group_sale_salesman_all_leads")
        self.row_of("D").action_open_document()
        with self.assertRaisesRegex(UserError, "needs access to the app Invoicing"):
            self.row_of("A").action_open_document()

    def test_with_the_rights(self):
        self.give("sales_team.group_sale_salesman_all_leads", "account.group_account_invoice")
        for letter in "AD":
            action = self.row_of(letter).action_open_document()
            [document] = self.documents[letter][:1]
            self.assertEqual((action["res_model"], action["res_id"]), (document._name, document.id))

    def test_the_list_of_one_is_not_served_to_another(self):
        """The view is cached; with and without links are two entries."""
        self.assertNotIn("action_open_document", self.list_arch())
        self.user = self.users["own, margins"]
        self.assertTrue(self.user.has_group(OWN))
        self.give("account.group_account_invoice")
        self.assertIn("action_open_document", self.list_arch())
