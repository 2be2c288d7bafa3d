"""The filter dialog opens with what is on the screen, and leads back to it."""

import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tests import new_test_user

from .filter_common import FilterCommon

REPORT = "customer.sales.report"


class TestFilterScreen(FilterCommon):
    def letters(self, domain):
        return super().letters(Domain(domain) & Domain("company_id", "=", self.company.id))

    def opened(self, *facets, **context):
        """The dialog over a view with these facets: domains, or words and domains."""
        facets = [facet if isinstance(facet, tuple) else ("Facet", facet) for facet in facets]
        facets = [{"words": words, "domain": domain} for words, domain in facets]
        context = {"customer_sales_filter_on_screen": facets, **context}
        return self.env["customer.sales.filter"].with_context(**context).create({})

    def test_every_field(self):
        """What the dialog asks is read back as it was, and finds the same."""
        for values in (
            {"counted": "net_sales"},
            {"counted": "ordered"},
            {"counted": "all"},
            {"customer_ids": (self.acme | self.bob).ids},
            {"customer_ids": self.acme.ids, "customer_scope": "alone"},
            {"customer_type": "company"},
            {"customer_type": "person"},
            {"tag_ids": self.wholesale.ids},
            {"country_ids": self.env.ref("base.sa").ids},
            {"state_ids": self.riyadh.ids},
            {"cities": "Riyadh"},
            {"cities": "Riyadh, Hail, Cairo"},
            {"industry_ids": self.industry.ids},
            {"partner_user_ids": self.keeper.ids},
            {"since_from": "2026-01-01"},
            {"since_from": "2026-01-01", "since_to": "2026-02-10"},
            {"partner_domain": "[['ref', '=', 'A-1']]"},
            {"period": "last_quarter"},
            {"period": "this_month", "year_earlier": True},
            {"period": "dates", "date_from": "2026-03-01", "date_to": "2026-03-31"},
            {"period": "dates", "date_to": "2026-03-31"},
            {"document_types": {"credit_note", "pos_receipt"}},
            {"channels": {"pos"}},
            {"returns": "without"},
            {"returns": "only"},
            {"product_tmpl_ids": self.mug.product_tmpl_id.ids},
            {"product_ids": self.mug.ids, "product_tmpl_ids": self.lamp.product_tmpl_id.ids},
            {"categ_ids": self.cups.ids},
            {"product_type": "service"},
            {"left_out_kinds": {"tip", "delivery"}},
            {"user_ids": self.keeper.ids},
            {"team_ids": self.team.ids},
            {"config_ids": self.config.ids},
            {"journal_ids": self.documents["A"].journal_id.ids},
            {"amount_range": "min", "amount_min": 48.0},
            {"amount_range": "max", "amount_max": 0.0, "amount_of": "document"},
            {
                "amount_range": "between",
                "amount_min": 1.0,
                "amount_max": 2.0,
                "amount": "price_total",
            },
            {"amount_range": "between", "amount_min": 1.0, "amount_max": 50.0, "amount_of": "line"},
            {"amount_range": "max", "amount_max": 5.0, "amount": "quantity", "amount_of": "line"},
        ):
            with self.subTest(values=values):
                wizard = self.filter(**values)
                domains = [section.domain for section in wizard._checked_sections()]
                # As facets, and as the one domain of a favorite
                for facets in (domains, [wizard._filter_domain()]):
                    read = self.opened(*json.loads(json.dumps(facets)))
                    self.assertEqual(read._values_to_remember(), wizard._values_to_remember())
                    self.assertEqual(read._filter_domain(), wizard._filter_domain())

    def test_filters_of_the_search_bar(self):
        """Odoo's own facets: of one group beside each other, a year, a customer, products."""
        types = ["|", ["document_type", "=", "credit_note"], ["document_type", "=", "pos_refund"]]
        year = ["&", ["date", ">=", "2026-01-01"], ["date", "<=", "2026-12-31"]]
        customer = [["commercial_partner_id", "child_of", self.acme.id]]
        read = self.opened(types, year, customer, [["line_kind", "=", "product"]])
        self.assertEqual(read._ticked("document_types"), ["credit_note", "pos_refund"])
        self.assertEqual(
            (read.period, str(read.date_from), str(read.date_to)),
            ("dates", "2026-01-01", "2026-12-31"),
        )
        self.assertEqual(read.customer_ids, self.acme)
        self.assertNotIn("product", read._ticked("left_out_kinds"))
        self.assertEqual(len(read._ticked("left_out_kinds")), 6)
        self.assertFalse(read.kept)
        self.assertEqual(read.counted, "all")

    def test_what_the_dialog_cannot_ask_is_kept(self):
        """It counts, is told in the words of its facet, and can be taken out."""
        number = self.documents["A"].name
        read = self.opened(
            ("Number: A", [["document_number", "=", number]]), [["counts_as_sale", "=", True]]
        )
        [kept] = json.loads(read.kept)
        self.assertEqual(kept["words"], "Number: A")
        self.assertEqual(self.letters(read._filter_domain()), "A")
        self.assertEqual(read._words_of(read._checked_sections()), ["Net Sales", "Number: A"])
        read.kept = False
        self.assertEqual(self.letters(read._filter_domain()), "ABCDFGH")

    def test_of_a_favorite_the_rest_is_kept(self):
        read = self.opened(
            ("Mine", [["counts_as_sale", "=", True], ["commercial_partner_id", "!=", False]])
        )
        self.assertEqual(read.counted, "net_sales")
        [kept] = json.loads(read.kept)
        self.assertEqual(kept["words"], "Customer is not Walk-in")
        self.assertEqual(self.letters(read._filter_domain()), "ABCDFH")

    def test_contradictions_are_kept(self):
        """Two facets that ask the same field for different things stay two conditions."""
        read = self.opened([["city", "ilike", "Riyadh"]], [["city", "ilike", "Cairo"]])
        self.assertEqual(read.cities, "Riyadh")
        self.assertEqual(len(json.loads(read.kept)), 1)
        self.assertEqual(self.letters(read._filter_domain()), "")
        both = self.opened([["counts_as_sale", "=", True]], [["counts_as_order", "=", True]])
        self.assertEqual(both.counted, "net_sales")
        self.assertEqual(self.letters(both._filter_domain()), "FG")

    def test_totals_are_under_kept_conditions(self):
        """Acme's invoice A alone comes to 10."""
        read = self.opened(
            [["document_number", "=", self.documents["A"].name]], [["counts_as_sale", "=", True]]
        )
        read.write({"amount_range": "min", "amount_min": 10})
        self.assertEqual(self.letters(read._filter_domain()), "A")
        read.amount_min = 11
        self.assertEqual(self.letters(read._filter_domain()), "")

    def test_what_cannot_be_chosen_is_kept(self):
        """A record that is gone, or out of sight: dropping it would find more."""
        read = self.opened([["partner_category_ids", "in", [2**31]]])
        self.assertFalse(read.tag_ids)
        self.assertEqual(len(json.loads(read.kept)), 1)
        user = new_test_user(
            self.env,
            "filter_reads_no_journals",
            "customer_sales_report.group_customer_sales_all",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        facet = {"words": "J", "domain": [["journal_id", "in", [1]]]}
        Filter = self.env["customer.sales.filter"].with_user(user)
        read = Filter.with_context(customer_sales_filter_on_screen=[facet]).create({})
        self.assertEqual(len(json.loads(read.kept)), 1)

    def test_empty(self):
        """From the menu nothing is on the screen: net sales. Over a view without facets, all."""
        self.assertEqual(self.env["customer.sales.filter"].create({}).counted, "net_sales")
        self.assertEqual(self.opened().counted, "all")

    def test_within_what_the_view_is_of(self):
        """Over the sales of Bob the dialog counts Bob's: D and F, 220."""
        within = [["commercial_partner_id", "=", self.bob.id]]
        read = self.opened([["counts_as_sale", "=", True]], customer_sales_filter_within=within)
        preview = read.preview({}, read.id)
        self.assertEqual(preview["words"], "2 lines · 2 documents · 1 customer · $\xa0220.00")
        self.assertIn(within[0], read.action_export()["context"]["active_domain"])
        self.assertNotIn(within[0], read._filter_domain())
        read.cities = "Riyadh"
        with self.assertRaisesRegex(UserError, "No sales match"):
            read.action_apply()

    def test_forged(self):
        for facets in (
            7,
            [7],
            [{}],
            [{"words": "x"}],
            [{"words": "x", "domain": "["}],
            [{"domain": []}],
        ):
            with self.subTest(facets=facets), self.assertRaises(UserError):
                self.env["customer.sales.filter"].with_context(
                    customer_sales_filter_on_screen=facets
                ).create({})
        for kept in ("7", "[7]", "{", '[{"words": 1, "domain": []}]', '[{"words": "x"}]', "[[]]"):
            wizard = self.filter(kept=kept)
            with self.subTest(kept=kept), self.assertRaisesRegex(UserError, "search bar"):
                wizard._filter_domain()
        wizard = self.filter().with_context(customer_sales_filter_within=7)
        with self.assertRaises(UserError):
            wizard.action_apply()

    # -- Nothing found ---------------------------------------------------------------------

    def assertReason(self, sentence, **values):  # noqa: N802
        with self.subTest(values=values):
            wizard = self.filter(**values)
            preview = wizard.preview({}, wizard.id)
            self.assertEqual(preview["state"], "empty")
            self.assertEqual(
                preview["words"].replace("\xa0", " "),
                f"No sales match this filter. {sentence}",
            )
            with self.assertRaisesRegex(UserError, "No sales match this filter"):
                wizard.action_apply()

    @freeze_time("2026-04-15 12:00:00")
    def test_which_condition_excludes_all(self):
        orders = "Sales orders never count in Net Sales. Count as Ordered, or all documents."
        invoices = (
            "Invoices, credit notes and sales receipts never count in Ordered. Count as Net Sales, "
            "or all documents."
        )
        self.assertReason(orders, document_types={"sales_order"})
        self.assertReason(invoices, counted="ordered", document_types={"credit_note"})
        self.assertReason(
            "Returns are left out, and nothing else is ticked under Documents. Include returns.",
            returns="without",
            document_types={"credit_note"},
        )
        self.assertReason(
            "Only returns are asked for, and none are ticked under Documents. Tick one.",
            returns="only",
            document_types={"customer_invoice"},
        )
        self.assertReason(
            "“Customer City: Atlantis” excludes all that the other conditions find.",
            cities="Atlantis",
        )
        # Bob came to 220, and in March to 20.
        march = {"period": "dates", "date_from": "2026-03-01", "date_to": "2026-03-31"}
        self.assertReason(
            "“Date: Mar 1 – 31, 2026” and “≥ $ 100.00 per customer” exclude each other. Take one "
            "of them out.",
            amount_range="min",
            amount_min=100,
            **march,
        )
        self.assertReason(
            "No sale at all meets “Customer City: Atlantis” and “This Week (Apr 12 – 18, 2026)”.",
            cities="Atlantis",
            period="this_week",
        )

    def test_a_reason_that_takes_too_long_is_not_waited_for(self):
        def slow(self, sections, end):
            self._stop_at(end)
            self.env.cr.execute("SELECT pg_sleep(20)", log_exceptions=False)

        self.patch(type(self.env["customer.sales.filter"]), "_finds", slow)
        self.assertReason("Take a condition out, or widen one.", cities="Atlantis")

    # -- Cities ----------------------------------------------------------------------------

    def test_cities_are_suggested(self):
        """Lines: Riyadh (Acme) 4 with the order, Cairo (Bob) 2, Hail (Acme North) 2."""
        Filter = self.env["customer.sales.filter"].with_context(
            allowed_company_ids=self.company.ids
        )
        self.assertEqual(Filter.suggest_cities(), ["Riyadh", "Cairo", "Hail"])
        self.assertEqual(Filter.suggest_cities("ai"), ["Cairo", "Hail"])
        self.assertEqual(Filter.suggest_cities(" RIY "), ["Riyadh"])
        for text in ("%", "_", "Atlantis", "x" * 100_000, 7):
            self.assertEqual(Filter.suggest_cities(text), [])
        self.bob.city = "Cairo, Giza"
        self.env.flush_all()
        self.assertEqual(Filter.suggest_cities("Cairo"), [], "A comma stands between several")

    def test_cities_of_sales_that_one_may_see(self):
        own = new_test_user(
            self.env,
            "filter_own_cities",
            "customer_sales_report.group_customer_sales_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        documents = self.documents
        (
            documents["A"] | documents["B"] | documents["C"] | documents["H"]
        ).invoice_user_id = self.keeper
        documents["E"].user_id = self.keeper
        self.bob.user_id = own
        self.env.flush_all()
        Filter = self.env["customer.sales.filter"].with_user(own)
        self.assertEqual(Filter.suggest_cities(), ["Cairo"])

    def test_cities_of_very_many_sales(self):
        """They take too long: then of the customers whose figures are stored, which are none."""

        def slow(self, text, end):
            self._stop_at(end)
            self.env.cr.execute("SELECT pg_sleep(20)", log_exceptions=False)

        self.patch(type(self.env["customer.sales.filter"]), "_cities_of_sales", slow)
        profiles = self.env["customer.sales.profile"]
        stored = {city for (city,) in profiles._read_group([("city", "!=", False)], ["city"])}
        self.assertLessEqual(set(self.env["customer.sales.filter"].suggest_cities()), stored)

    # -- Favorites ------------------------------------------------------------------------

    def favorite(self, users, **values):
        return (
            self.env["ir.filters"]
            .sudo()
            .create(
                {
                    "name": "Kept",
                    "model_id": REPORT,
                    "domain": "[('city', 'ilike', 'Cairo')]",
                    "context": "{'group_by': ['channel'], 'customer_sales_layout': 3}",
                    "sort": '["date desc"]',
                    "user_ids": [Command.set(users.ids)],
                    **values,
                }
            )
        )

    def member(self, login, level):
        return new_test_user(
            self.env,
            login,
            f"customer_sales_report.group_customer_sales_{level}",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

    def read_back(self, favorite, user):
        """The dialog of a user over a view that shows a favorite."""
        Filter = self.env["customer.sales.filter"].with_user(user)
        return Filter.with_context(
            customer_sales_filter_in_view=True,
            customer_sales_filter_group_by=["date:month"],
            customer_sales_filter_favorite=favorite.id,
            customer_sales_filter_on_screen=[
                {"words": "Kept", "domain": [["city", "ilike", "Cairo"]]}
            ],
        ).create({})

    def test_update_a_favorite(self):
        user = self.member("filter_updates", "all")
        favorite = self.favorite(user, is_default=True)
        wizard = self.read_back(favorite, user)
        self.assertEqual((wizard.cities, wizard.favorite_words), ("Cairo", "Kept"))
        wizard.cities = "Riyadh"
        applied = wizard.action_update()["infos"]["customerSales"]
        self.assertEqual(applied["favorite"]["id"], favorite.id)
        self.assertEqual(favorite.domain, "[['city', 'ilike', 'Riyadh']]")
        self.assertEqual(
            favorite.context, "{'group_by': ['date:month'], 'customer_sales_layout': 3}"
        )
        self.assertEqual(
            (favorite.name, favorite.user_ids, favorite.is_default, favorite.sort),
            ("Kept", user, True, '["date desc"]'),
        )
        # or as a new one
        wizard.favorite_name = "Other"
        wizard.action_save()
        self.assertEqual(favorite.domain, "[['city', 'ilike', 'Riyadh']]")
        self.assertTrue(self.env["ir.filters"].search([("name", "=", "Other")]))

    def test_whose_favorite_it_is_stays_theirs(self):
        """Own ones are their owner's to change; those for everyone an administrator's."""
        user, manager = self.member("filter_user_a", "all"), self.member("filter_boss", "manager")
        other = self.member("filter_user_b", "all")
        nobody = self.env["res.users"]
        for users, allowed, refused in (
            (user, [user], [other, manager]),
            (user | other, [], [user, other, manager]),
            (nobody, [manager], [user]),
        ):
            favorite = self.favorite(users)
            for each in allowed:
                self.read_back(favorite, each).action_update()
                self.assertEqual(favorite.user_ids, users)
            for each in refused:
                wizard = self.read_back(favorite, each)
                self.assertFalse(wizard.favorite_words)
                with self.assertRaisesRegex(UserError, "not yours to change"):
                    wizard.action_update()
            favorite.unlink()

    def test_favorites_of_other_models_and_gone_ones(self):
        user = self.member("filter_forger", "all")
        favorite = self.favorite(user, model_id="res.partner")
        wizard = self.read_back(favorite, user)
        self.assertFalse(wizard.favorite_words)
        with self.assertRaisesRegex(UserError, "not yours to change"):
            wizard.action_update()
        favorite.unlink()
        with self.assertRaisesRegex(UserError, "not yours to change"):
            wizard.action_update()

    def test_an_emptied_dialog_is_of_no_favorite(self):
        user = self.member("filter_clears", "all")
        wizard = self.read_back(self.favorite(user), user)
        action = wizard.action_clear()
        empty = self.env["customer.sales.filter"].with_user(user).with_context(**action["context"])
        self.assertFalse(empty.create({}).favorite_words)

    def test_the_domain_of_a_favorite_leads_back_to_the_dialog(self):
        """What was saved is read back as it was."""
        wizard = self.filter(cities="Riyadh", period="this_year", amount_range="min", amount_min=5)
        domain = list(Domain(wizard._filter_domain()))
        self.assertEqual(self.opened(domain)._values_to_remember(), wizard._values_to_remember())
