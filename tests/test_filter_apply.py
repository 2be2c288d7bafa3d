"""What the filter dialog is put to: the preview, the search bar, the favorites, the next time."""

import json
import sys

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from .filter_common import FilterCommon

REPORT = "customer.sales.report"


class TestFilterApply(FilterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            "filter_user",
            "customer_sales_report.group_customer_sales_all",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @property
    def Filter(self):  # noqa: N802
        """The dialog as a user opens it, who is no administrator."""
        return self.env["customer.sales.filter"].with_user(self.user)

    def applied(self, **values):
        """What a dialog over a view hands to it."""
        wizard = self.Filter.with_context(customer_sales_filter_in_view=True).create(values)
        action = wizard.action_apply()
        self.assertEqual(action["type"], "ir.actions.act_window_close")
        return action["infos"]["customerSales"]

    # -- The preview ----------------------------------------------------------------------

    def test_preview(self):
        """Net sales: 8 lines on the 7 documents but the order, one line each and two on H; 10 +
        50 - 50 + 200 + 20 + 30 + 47 = 307; three customers, and nobody."""
        values = {"counted": "net_sales", "customer_ids": [Command.set([])]}
        preview = self.Filter.with_context(customer_sales_filter={}).preview(values)
        self.assertEqual(preview["state"], "found")
        self.assertEqual(preview["words"], "8 lines · 7 documents · 3 customers · $\xa0307.00")

    def test_preview_of_one(self):
        values = {"counted": "ordered", "customer_ids": [Command.link(self.acme.id)]}
        self.assertEqual(
            self.Filter.preview(values)["words"], "1 line · 1 document · 1 customer · $\xa020.00"
        )

    def test_preview_writes_nothing(self):
        before = self.env["customer.sales.filter"].sudo().search_count([])
        self.Filter.preview({"counted": "all"})
        self.assertEqual(self.env["customer.sales.filter"].sudo().search_count([]), before)

    def test_preview_of_a_tag_that_is_gone(self):
        """It is deleted while the dialog is open: a sentence says so, and the dialog stays."""
        tag = self.env["res.partner.category"].create({"name": "Gone"})
        values = {"counted": "all", "tag_ids": [Command.link(tag.id)]}
        tag.unlink()
        preview = self.Filter.preview(values)
        self.assertEqual(preview["state"], "error")
        self.assertRegex(preview["words"], "does not exist or has been deleted")

    def test_preview_of_a_saved_filter(self):
        """After a sentence of complaint the dialog has been saved, and sends what changes."""
        wizard = self.Filter.create({"counted": "all", "customer_ids": self.bob.ids})
        self.assertIn("2 lines", wizard.preview({}, wizard.id)["words"])
        self.assertIn(
            "1 line ",
            wizard.preview({"channels": wizard._ticks("channels", {"pos"})}, wizard.id)["words"],
        )

    def test_preview_of_very_many(self):
        """Then documents are not told apart; here two lines are very many."""
        module = "odoo.addons.customer_sales_report.wizards.filter.preview"
        self.patch(sys.modules[module], "LINES_WITH_DOCUMENTS", 0)
        preview = self.Filter.with_context(customer_sales_filter={}).preview({"counted": "ordered"})
        self.assertEqual(preview["words"], "3 lines · 2 customers · $\xa070.00")

    def test_preview_is_one_query(self):
        wizard = self.Filter.create({"counted": "net_sales"})
        wizard._preview_counts()
        # Beside it: the estimate, three settings of the preview's own and the one that comes with
        # groups, the savepoint, and going back to it.
        with self.assertQueryCount(10):
            wizard._preview_counts()

    def test_preview_of_customers_totals(self):
        """In net sales Acme comes to 10 + 50 - 50 = 10, Bob to 220, Acme North to 47, and nobody to
        30, who is no customer. The documents of Bob and Acme North are D, F and H."""
        module = "odoo.addons.customer_sales_report.wizards.filter.preview"
        for limits, expected, without_documents in (
            ({"amount_range": "min", "amount_min": 40}, "4 lines · 3 documents · 2 customers", 0),
            ({"amount_range": "max", "amount_max": 30}, "3 lines · 3 documents · 1 customer", 0),
            (
                {"amount_range": "between", "amount_min": 47, "amount_max": 220},
                "4 lines · 3 documents · 2 customers",
                0,
            ),
            # 20 soaps with taxes are 23, 2 lamps 230; 47 and taxes are 54.05.
            (
                {"amount_range": "min", "amount_min": 100, "amount": "price_total"},
                "2 lines · 2 documents · 1 customer",
                0,
            ),
            # 4 mugs and a service; Acme's mugs come to one, and Bob's purchases to three pieces.
            (
                {"amount_range": "min", "amount_min": 4, "amount": "quantity"},
                "2 lines · 1 document · 1 customer",
                0,
            ),
            # Acme North and Acme have been customers since before March.
            (
                {"amount_range": "min", "amount_min": 40, "since_to": "2025-12-31"},
                "2 lines · 1 document · 1 customer",
                0,
            ),
            # Of very many
            ({"amount_range": "min", "amount_min": 40}, "4 lines · 2 customers", 1),
        ):
            with self.subTest(limits=limits):
                if without_documents:
                    self.patch(sys.modules[module], "LINES_WITH_DOCUMENTS", 0)
                values = {"counted": "net_sales", "amount_of": "customer", **limits}
                wizard = self.Filter.create(values)
                preview = wizard.preview({}, wizard.id)
                self.assertEqual(preview["words"].rpartition(" · ")[0], expected)
                found = self.report.with_user(self.user).search(wizard._filter_domain())
                self.assertEqual(len(found), int(expected.split()[0]))

    def test_preview_gives_up(self):
        """More than can be counted at once is no error, and does not hold the user up."""
        preview = type(self.env["customer.sales.filter"])
        wizard = self.Filter.create({"counted": "all"})
        original = preview._select_counts

        def slow(self, end):
            self._stop_at(end)
            self.env.cr.execute("SELECT pg_sleep(20)", log_exceptions=False)
            return original(self, end)

        self.patch(preview, "_select_counts", slow)
        preview = wizard.preview({}, wizard.id)
        self.assertEqual(preview["state"], "large")
        self.assertRegex(preview["words"], r"About [\d,]+ lines: too many")
        self.assertTrue(wizard.exists())

    # -- Apply ----------------------------------------------------------------------------

    def test_apply_over_a_view(self):
        applied = self.applied(counted="ordered", customer_ids=self.acme.ids)
        self.assertEqual(
            [(facet["name"], facet["description"]) for facet in applied["facets"]],
            [("customers", "Customer: Acme"), ("counted", "Ordered")],
        )
        self.assertEqual(applied["facets"][1]["domain"], "[['counts_as_order', '=', True]]")
        json.dumps(applied)

    def test_apply_from_the_menu(self):
        action = self.Filter.create({"counted": "all", "cities": "Riyadh"}).action_apply()
        self.assertEqual(action["res_model"], REPORT)
        [facet] = action["context"]["customer_sales_applied"]["facets"]
        self.assertEqual(facet["description"], "Customer City: Riyadh")

    def test_apply_counts_only_what_was_not_previewed(self):
        """Apply adds nothing to the list's time when the preview has found the same sales."""
        wizard = self.Filter.create({"cities": "Atlantis"})
        self.assertFalse(wizard.preview({}, wizard.id)["previewed"])
        wizard = self.Filter.create({"cities": "Riyadh"})
        previewed = wizard.preview({}, wizard.id)["previewed"]
        wizard.previewed = previewed
        searched = []
        report = type(self.env[REPORT])
        original = report._search

        def search(self, *args, **kwargs):
            searched.append(args)
            return original(self, *args, **kwargs)

        self.patch(report, "_search", search)
        wizard.action_apply()
        self.assertEqual(searched, [])
        wizard.cities = "Cairo"
        wizard.action_apply()
        self.assertTrue(searched)

    # -- The next time --------------------------------------------------------------------

    def last(self):
        """The dialog after a click on the filter used last."""
        context = self.Filter.create({}).action_last()["context"]
        return self.Filter.with_context(**context).create({})

    def test_leads_back_to_what_was_applied(self):
        values = {
            "customer_ids": self.acme.ids,
            "customer_scope": "alone",
            "period": "dates",
            "date_from": "2026-03-01",
            "counted": "all",
            "document_types": self.Filter._ticks("document_types", {"sales_order"}),
            "partner_domain": "[('ref', '!=', False)]",
            "amount_range": "max",
            "amount_max": 99.5,
        }
        self.applied(**values)
        again = self.last()
        self.assertEqual(again.customer_ids, self.acme)
        self.assertEqual(str(again.date_from), "2026-03-01")
        self.assertEqual(again._ticked("document_types"), ["sales_order"])
        self.assertEqual(again.amount_max, 99.5)
        self.assertEqual(
            again._filter_domain(),
            self.Filter.with_context(customer_sales_filter={}).create(values)._filter_domain(),
        )
        self.assertFalse(self.Filter.create({}).customer_ids, "It opens empty")
        other = self.env["customer.sales.filter"].create({})
        self.assertFalse(other.last_words, "Everyone has their own")

    def test_words_of_what_was_applied(self):
        """They lead to it, unless the dialog shows it already."""
        self.assertFalse(self.Filter.create({}).last_words)
        self.applied(counted="all", customer_ids=self.acme.ids)
        self.assertEqual(self.Filter.create({}).last_words, "Customer: Acme")
        self.assertFalse(self.last().last_words)
        settings = self.user.res_users_settings_id.sudo()
        settings.customer_sales_filter = {"period": "dates", "partner_domain": "[("}
        self.assertFalse(self.Filter.create({}).last_words)

    def test_clear(self):
        self.applied(counted="all", customer_ids=self.acme.ids)
        action = self.Filter.create({}).action_clear()
        empty = self.env[action["res_model"]].with_context(**action["context"])
        empty = empty.with_user(self.user).create({})
        self.assertFalse(empty.customer_ids)
        self.assertEqual(empty.counted, "net_sales")
        self.assertEqual(self.last().customer_ids, self.acme)

    def test_what_is_gone_is_not_remembered(self):
        gone = self.env["res.partner.category"].create({"name": "Gone"})
        self.applied(tag_ids=(gone | self.wholesale).ids, counted="all")
        gone.unlink()
        self.assertEqual(self.last().tag_ids, self.wholesale)
        self.user.res_users_settings_id.sudo().customer_sales_filter = {
            "counted": "something",
            "no_field": 1,
            "tag_ids": self.wholesale.ids,
        }
        again = self.last()
        self.assertEqual((again.counted, again.tag_ids), ("net_sales", self.wholesale))

    def test_remembered_is_not_sent_to_every_page(self):
        self.applied(counted="all")
        settings = self.user.res_users_settings_id
        self.assertNotIn("customer_sales_filter", settings._res_users_settings_format())

    # -- Favorites -----------------------------------------------------------------------

    def favorites(self, user):
        return self.env["ir.filters"].with_user(user).get_filters(REPORT)

    def test_save_for_me(self):
        wizard = self.Filter.with_context(
            customer_sales_filter_in_view=True,
            customer_sales_filter_group_by=["commercial_partner_id", "date:month"],
        ).create({"period": "this_month", "favorite_name": " My Month "})
        self.documents["A"].button_draft()
        self.documents["A"].invoice_date = self.env.cr.now().date()
        self.documents["A"].action_post()
        favorite = wizard.action_save()["infos"]["customerSales"]["favorite"]
        self.assertEqual(favorite["name"], "My Month")
        mine = next(each for each in self.favorites(self.user) if each["id"] == favorite["id"])
        self.assertIn("'period', '=', 'this_month'", mine["domain"])
        self.assertEqual(mine["context"], "{'group_by': ['commercial_partner_id', 'date:month']}")
        self.assertNotIn(favorite["id"], [each["id"] for each in self.favorites(self.env.user)])

    def test_save_for_everyone(self):
        with self.assertRaises(AccessError):
            self.Filter.create({"favorite_name": "Ours", "favorite_shared": True})
        manager = new_test_user(
            self.env,
            "filter_manager",
            "customer_sales_report.group_customer_sales_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        wizard = self.env["customer.sales.filter"].with_user(manager)
        wizard.create({"favorite_name": "Ours", "favorite_shared": True}).action_save()
        self.assertIn("Ours", [each["name"] for each in self.favorites(self.user)])
        # Nobody shares by handing over another's dialog.
        stolen = self.Filter.create({"favorite_name": "Ours 2"})
        stolen.sudo().favorite_shared = True
        with self.assertRaises(AccessError):
            stolen.action_save()

    def test_bad_names(self):
        with self.assertRaisesRegex(UserError, "Give the filter a name"):
            self.Filter.create({"favorite_name": "  "}).action_save()
        self.Filter.create({"favorite_name": "Twice"}).action_save()
        with self.assertRaisesRegex(UserError, "already"):
            self.Filter.create({"favorite_name": "twice"}).action_save()

    def test_names_with_wildcards(self):
        """``%``, ``_`` and ``\\`` stand for themselves: none of these is the other's name."""
        names = ["Sale_1", "SaleX1", "10 %", "10 and %", "10 %%", "a\\b", "a\\\\b"]
        for name in names:
            self.Filter.create({"favorite_name": name}).action_save()
        self.assertEqual(
            sorted(each["name"] for each in self.favorites(self.user) if each["name"] in names),
            sorted(names),
        )
        for name in names:
            with self.assertRaisesRegex(UserError, "already"):
                self.Filter.create({"favorite_name": name.upper()}).action_save()

    # -- Access ---------------------------------------------------------------------------

    def test_of_ones_own(self):
        wizard = self.Filter.create({})
        with self.assertRaises(AccessError):
            self.env["customer.sales.filter"].browse(wizard.id).read(["counted"])
        nobody = new_test_user(self.env, "filter_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["customer.sales.filter"].with_user(nobody).create({})
        with self.assertRaises(AccessError):
            self.env["customer.sales.filter"].with_user(nobody).preview({"counted": "all"})

    def test_totals_are_of_what_one_may_see(self):
        """One who sees only own customers: Acme comes to nothing, Bob's invoice is not theirs."""
        own = new_test_user(
            self.env,
            "filter_own",
            "customer_sales_report.group_customer_sales_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.bob.user_id = own
        (
            self.documents["A"] | self.documents["B"] | self.documents["C"]
        ).invoice_user_id = self.keeper
        wizard = self.env["customer.sales.filter"].with_user(own)
        rows = self.report.with_user(own).search(
            wizard.create({"amount_range": "min", "amount_min": 1})._filter_domain()
        )
        self.assertNotIn(self.acme, rows.commercial_partner_id)
        self.assertIn(self.bob, rows.commercial_partner_id)

    def test_fields_of_apps_without_access_are_not_offered(self):
        """Whoever may not read points of sale or journals could not choose one."""
        arch = self.Filter.get_view(view_type="form")["arch"]
        self.assertNotIn('name="config_ids"', arch)
        self.assertNotIn('name="journal_ids"', arch)
        self.assertIn('name="tag_ids"', arch)
        wizard = self.Filter.create({"counted": "ordered"})
        wizard.invalidate_recordset()  # as the next request finds it
        self.assertTrue(wizard._filter_domain())
        self.assertEqual(wizard._values_to_remember()["counted"], "ordered")
        self.assertIn(
            'name="journal_ids"',
            self.env["customer.sales.filter"].get_view(view_type="form")["arch"],
        )
