"""Changes are added up from the lines that their reader may see."""

from odoo.exceptions import AccessError

from .access_common import KINDS, REPORT, AccessCommon
from .test_access_matrix import ALL_DAYS, CHANGE, COMPARISON

COUNTED = [("counts_as_sale", "=", True)]


class TestComparedAccess(AccessCommon):
    def test_changes_are_of_the_lines_one_may_see(self):
        """For every kind of user, by customer: the lines, the comparison, the changes."""
        for kind in KINDS:
            user = self.users[kind]
            with self.subTest(kind=kind):
                lines = self.totals(user, REPORT, "net_sales", COUNTED)
                if lines is AccessError:
                    self.assertIs(self.totals(user, CHANGE, "net_current"), AccessError)
                    self.assertIs(self.outcome(user, CHANGE, "get_bridge", []), AccessError)
                    continue
                self.assertTrue(lines)
                self.assertEqual(self.totals(user, COMPARISON, "net_sales_current", COUNTED), lines)
                self.assertEqual(self.totals(user, CHANGE, "net_current"), lines)
                bridge = self.rpc(user, CHANGE, "get_bridge", [], context=ALL_DAYS)
                self.assertEqual(bridge["steps"][-1]["amount"], sum(lines.values()))

    def totals(self, user, model, name, domain=()):
        """Id of the customer -> sum, or the error that refused it."""
        groups = self.outcome(
            user,
            model,
            "formatted_read_group",
            list(domain),
            ["commercial_partner_id"],
            [f"{name}:sum"],
            context=ALL_DAYS,
        )
        if groups is AccessError:
            return groups
        return {
            (group["commercial_partner_id"] or [False])[0]: group[f"{name}:sum"] for group in groups
        }

    def test_superuser_mode_adds_nothing(self):
        """What superuser mode reads for a user stays in the cache, and so is the user's own."""
        user = self.users["own customers"]
        changes = self.env(user=user, su=False)[CHANGE].with_context(
            **ALL_DAYS, allowed_company_ids=user.company_ids.ids
        )
        own = changes._read_group([], [], ["net_current:sum"])
        self.assertEqual(changes.sudo()._read_group([], [], ["net_current:sum"]), own)

    def test_names_tell_no_contact_details(self):
        """Whatever a client asks for in the context, words name customers by their names."""
        context = {**ALL_DAYS, "show_email": True, "show_address": True, "show_vat": True}
        user = self.users["all customers"]
        sentences = self.rpc(user, CHANGE, "get_bridge", [], context=context)["sentences"]
        self.assertTrue(sentences)
        self.assertNotIn("example.com", " ".join(sentences))
