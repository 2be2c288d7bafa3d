"""What the filter shows beside sales lines: customers, their products, purchases. The world: that
of ``test_filter_who``."""

import json

from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.who.customer_sales_of_lines_mixin import of_lines_condition
from ..tools.domain_words import domain_words
from .test_filter_who import WhoCommon, in_march, remembered

MODELS = {
    "customers": "customer.sales.profile",
    "products": "customer.sales.product",
    "purchases": "customer.sales.purchase",
}
COMPARED = {
    "current": "own",
    "current_first": "2026-01-01",
    "current_last": "2026-03-31",
    "base": "own",
    "base_first": "2025-01-01",
    "base_last": "2025-12-31",
}


class TestFilterShown(WhoCommon):
    def assertShows(self, shown, expected, **values):  # noqa: N802
        """The filter finds these: names of customers or products, letters of purchases."""
        with self.subTest(shown=shown, values=values):
            wizard = self.filter(shown=shown, **values)
            rows = self.env[MODELS[shown]].search(wizard._filter_domain())
            if shown == "purchases":
                letters = {document: letter for letter, document in self.documents.items()}
                found = [letters[row.document_ref] for row in rows]
            elif shown == "products":
                found = [f"{row.partner_id.name}: {row.product_id.name}" for row in rows]
            else:
                found = rows.mapped("partner_id.name")
            self.assertEqual(sorted(found), sorted(expected))

    def test_all(self):
        self.assertShows("customers", ["Acme", "Acme North", "Bob"])
        self.assertShows("customers", ["Acme", "Acme North", "Bob"], counted="all")
        self.assertShows("purchases", "ABCDFGH")
        self.assertShows(
            "products",
            ["Acme: Mug", "Acme North: Mug", "Acme North: Visit", "Bob: Lamp", "Bob: Soap"],
        )

    def test_who(self):
        for values, customers, purchases in (
            ({"bought": "anything", **in_march("bought")}, ["Acme", "Bob"], "ABCDF"),
            (
                {
                    **{"bought": "anything", "bought_period": "dates", "bought_to": "2026-02-28"},
                    **{"missing": "anything", **in_march("missing")},
                },
                ["Acme North"],
                "H",
            ),
            ({"missing": "anything", **in_march("missing")}, ["Acme North"], "H"),
            ({"largest": "customers", "largest_number": 1}, ["Bob"], "DF"),
            ({"statuses": {"new"}}, ["Acme"], "ABC"),
            ({"abc_classes": {"a"}}, ["Acme North", "Bob"], "DFH"),
            ({"last_from": "2026-03-08"}, ["Acme"], "ABC"),
            ({"since_to": "2026-02-28"}, ["Acme North", "Bob"], "DFH"),
            ({"since_from": "2026-03-01"}, ["Acme"], "ABC"),
        ):
            self.assertShows("customers", customers, **values)
            self.assertShows("purchases", purchases, **values)

    def test_facts_of_customers(self):
        for values, customers, purchases in (
            ({"customer_ids": self.bob.ids}, ["Bob"], "DF"),
            # Acme North belongs to Acme.
            ({"customer_ids": self.acme.ids}, ["Acme", "Acme North"], "ABCH"),
            ({"customer_ids": self.ann.ids}, ["Acme"], "BC"),
            ({"customer_ids": self.acme.ids, "customer_scope": "alone"}, ["Acme"], "A"),
            ({"customer_type": "person"}, ["Bob"], "DF"),
            ({"tag_ids": self.wholesale.ids}, ["Acme"], "ABC"),
            ({"state_ids": self.riyadh.ids}, ["Acme"], "ABC"),
            ({"cities": "Riyadh, Cairo"}, ["Acme", "Bob"], "ABCDF"),
            ({"industry_ids": self.industry.ids}, ["Acme"], "ABC"),
            ({"partner_user_ids": self.keeper.ids}, ["Acme"], "ABC"),
            ({"partner_domain": "[('ref', '=', 'A-1')]"}, ["Acme"], "ABC"),
        ):
            self.assertShows("customers", customers, **values)
            self.assertShows("purchases", purchases, **values)

    def test_sales(self):
        """Those with any line that meets all of it: in March, of mugs, at a till, of an amount."""
        march = {"period": "dates", "date_from": "2026-03-01", "date_to": "2026-03-31"}
        self.assertShows("customers", ["Acme", "Bob"], **march)
        self.assertShows("purchases", "ABCFG", **march)
        self.assertShows("products", ["Acme: Mug", "Bob: Soap"], **march)
        self.assertShows("customers", ["Bob"], channels={"pos"})
        self.assertShows("purchases", "FG", channels={"pos"})
        self.assertShows("customers", ["Acme"], counted="ordered", document_types={"sales_order"})
        mugs = {"product_tmpl_ids": self.products(self.mug)}
        self.assertShows("customers", ["Acme", "Acme North"], **mugs)
        self.assertShows("purchases", "ABCGH", **mugs)
        self.assertShows("products", ["Acme: Mug", "Acme North: Mug"], **mugs)
        self.assertShows("products", ["Acme: Mug"], **mugs, **march)
        # One line must meet it all: Bob bought lamps, and in March.
        lamps = {"product_tmpl_ids": self.products(self.lamp)}
        self.assertShows("customers", [], **lamps, **march)
        self.assertShows("customers", ["Bob"], amount_range="min", amount_min=48)
        self.assertShows("customers", [], amount_range="min", amount_min=48, **march)
        self.assertShows(
            "purchases", "BDH", amount_range="min", amount_min=47, amount_of="document"
        )

    def test_read_back(self):
        """What the dialog asks is read from the facets of what it shows."""
        others = [
            {"counted": "ordered"},
            {"customer_ids": self.acme.ids},
            {"customer_ids": self.ann.ids},
            {"customer_type": "company"},
            {"tag_ids": self.wholesale.ids, "cities": "Riyadh, Hail"},
            {"partner_user_ids": self.keeper.ids, "partner_domain": "[['ref', '=', 'A-1']]"},
            {"since_from": "2026-01-01", "since_to": "2026-02-10"},
            {"period": "last_quarter", "channels": {"pos"}},
            {"period": "dates", "date_from": "2026-03-01"},
            {"product_tmpl_ids": self.products(self.mug), "categ_ids": self.cups.ids},
            {"user_ids": self.keeper.ids, "returns": "without"},
            {"amount_range": "min", "amount_min": 48.0, "period": "this_year"},
            {"company_ids": self.company.ids, "bought": "anything", "counted": "all"},
        ]
        for shown, model in MODELS.items():
            for values in (*self.asked(), *others):
                with self.subTest(shown=shown, values=values):
                    wizard = self.filter(shown=shown, **values)
                    domains = [section.domain for section in wizard._checked_sections()]
                    for facets in (domains, [wizard._filter_domain()]):
                        read = self.opened(model, *facets)
                        self.assertEqual(read._filter_domain(), wizard._filter_domain())
                        self.assertFalse(read.kept)
                        expected = remembered(wizard)
                        if expected["counted"] == "all":
                            expected["counted"] = "net_sales"  # which finds the same
                        self.assertEqual(remembered(read), expected)

    def test_filters_of_the_search_bars(self):
        """Odoo's own facets are what the dialog opens with, as far as it can ask them."""
        read = self.opened(
            MODELS["customers"],
            [["status", "in", ["dormant", "lost"]]],
            ["&", ["first_purchase", ">=", "2026-01-01"], ["first_purchase", "<=", "2026-12-31"]],
            ["|", ["abc_class", "=", "a"], ["abc_class", "=", "b"]],
            [["user_id", "=", self.keeper.id]],
            [["overdue_days", ">", 0]],
        )
        self.assertEqual(read.shown, "customers")
        self.assertEqual(read._ticked("statuses"), ["dormant", "lost"])
        self.assertEqual((str(read.since_from), str(read.since_to)), ("2026-01-01", "2026-12-31"))
        self.assertEqual(read._ticked("abc_classes"), ["a", "b"])
        self.assertEqual(read.partner_user_ids, self.keeper)
        [kept] = json.loads(read.kept)
        self.assertEqual(kept["model"], MODELS["customers"])
        self.assertIn(["overdue_days", ">", 0], read._filter_domain())
        # A column of the same name says something else: the last purchase of a product.
        read = self.opened(MODELS["products"], [["last_purchase", ">=", "2026-01-01"]])
        self.assertFalse(read.last_from)
        self.assertTrue(read.kept)
        read = self.opened(MODELS["purchases"], [["quantity", ">=", 5]], [["kind", "=", "return"]])
        self.assertFalse(read.amount_range)
        self.assertEqual(len(json.loads(read.kept)), 2)

    def test_two_conditions_on_lines(self):
        """Of two, each of which a line of its own may meet, one is read, and one kept."""
        march = of_lines_condition([["date", ">=", "2026-03-01"], ["channel", "!=", "pos"]])
        lamps = of_lines_condition([["product_id", "=", self.lamp.id]])
        read = self.opened(MODELS["customers"], [march], [lamps])
        self.assertEqual(str(read.date_from), "2026-03-01")
        kept = json.loads(read.kept)
        self.assertEqual(
            [each["model"] for each in kept], ["customer.sales.report", MODELS["customers"]]
        )
        self.assertFalse(self.env[MODELS["customers"]].search(read._filter_domain()))
        bought = of_lines_condition([["date", "<", "2026-03-01"], ["channel", "!=", "pos"]])
        found = self.env[MODELS["customers"]].search([lamps, bought])
        self.assertEqual(found.partner_id, self.bob)
        read.write({"period": False, "date_from": False, "kept": json.dumps(kept[1:])})
        found = self.env[MODELS["customers"]].search(read._filter_domain())
        self.assertEqual(found.partner_id, self.bob)

    def test_what_is_asked_of_one_model_alone(self):
        """Conditions of a list stay with it, and those of lines go along."""
        read = self.opened(MODELS["customers"], [["overdue_days", ">", 0]])
        read.shown = "lines"
        preview = read.preview({}, read.id)
        self.assertEqual(preview["state"], "error")
        self.assertEqual(
            preview["words"],
            "“Facet” can be asked of Customers alone. Take it out, or show these.",
        )
        number = self.documents["D"].name
        read = self.opened("customer.sales.report", [["document_number", "=", number]])
        read.shown = "customers"
        read.company_ids = self.company
        found = self.env[MODELS["customers"]].search(read._filter_domain())
        self.assertEqual(found.partner_id, self.bob)

    def test_preview(self):
        for shown, values, words in (
            ("customers", {}, "3 customers"),
            ("customers", {"statuses": {"new"}}, "1 customer"),
            ("products", {}, "5 products of customers · 3 customers"),
            ("products", {"tag_ids": self.wholesale.ids}, "1 product of a customer · 1 customer"),
            ("purchases", {}, "7 documents · 3 customers"),
        ):
            wizard = self.filter(shown=shown, **values)
            preview = wizard.preview({}, wizard.id)
            self.assertEqual((preview["state"], preview["words"]), ("found", words))
            self.assertTrue(preview["previewed"])
        wizard = self.filter(shown="customers", cities="Atlantis", statuses={"new"})
        preview = wizard.preview({}, wizard.id)
        self.assertEqual(preview["state"], "empty")
        self.assertEqual(
            preview["words"],
            "Nothing of this kind matches this filter. “City contains Atlantis” excludes all that "
            "the other conditions find.",
        )
        wizard = self.filter(
            shown="customers", bought="anything", missing="anything", **in_march("bought")
        )
        self.assertIn("Did not buy: anything", wizard.preview({}, wizard.id)["words"])
        with self.assertRaisesRegex(UserError, "Nothing of this kind"):
            wizard.action_apply()

    def test_previewed_of_something_else(self):
        """What was found among lines need not be among customers."""
        wizard = self.filter(period="dates", date_from="2026-03-08", channels={"pos"})
        wizard.previewed = wizard.preview({}, wizard.id)["previewed"]
        wizard.shown = "customers"
        with self.assertRaises(UserError):
            wizard.action_apply()

    def test_applied(self):
        """Over its own view the dialog closes; else it opens what is asked for."""
        for shown, model in MODELS.items():
            values = {"shown": shown, "bought": "anything"}
            over = {"customer_sales_filter_in_view": True, "customer_sales_filter_model": model}
            Filter = self.env["customer.sales.filter"]
            action = Filter.with_context(**over).create(values).action_apply()
            self.assertEqual(action["type"], "ir.actions.act_window_close")
            [facet] = action["infos"]["customerSales"]["facets"]
            self.assertEqual(facet["description"], "Bought: anything")
            over["customer_sales_filter_model"] = "customer.sales.report"
            over["customer_sales_filter_within"] = [["commercial_partner_id", "=", 0]]
            for opened in (Filter, Filter.with_context(**over)):
                action = opened.create(values).action_apply()
                self.assertEqual((action["res_model"], action["target"]), (model, "main"))
                applied = action["context"]["customer_sales_applied"]
                self.assertEqual(len(applied["facets"]), 1)

    def test_favorites_are_of_what_is_shown(self):
        Filter = self.env["customer.sales.filter"]
        for shown, model in {**MODELS, "comparison": "customer.sales.comparison.report"}.items():
            context = {
                "customer_sales_filter_in_view": True,
                "customer_sales_filter_model": model,
                "customer_sales_filter_on_screen": [],
                "customer_sales_filter_group_by": ["company_id"],
                "customer_sales_compared": COMPARED,
            }
            wizard = Filter.with_context(**context).create({"favorite_name": "Kept"})
            self.assertEqual(wizard.shown, shown)
            wizard.statuses = wizard._ticks("statuses", ["new"])
            if shown == "comparison":
                wizard.statuses = wizard._ticks("statuses")
            applied = wizard.action_save()["infos"]["customerSales"]
            favorite = self.env["ir.filters"].browse(applied["favorite"]["id"])
            self.assertEqual((favorite.model_id, favorite.name), (model, "Kept"))
            kept = {"group_by": ["company_id"]}
            if shown == "comparison":
                kept["customer_sales_compared"] = COMPARED
            self.assertEqual(favorite.context, repr(kept))
            self.assertIsInstance(self.env[model].search(favorite._get_eval_domain()).ids, list)
            with self.assertRaisesRegex(UserError, "already"):
                wizard.action_save()
            # It is read and updated as what it is, and not as another.
            again = Filter.with_context(
                **context, customer_sales_filter_favorite=favorite.id
            ).create({})
            self.assertEqual(again.favorite_words, "Kept")
            again.action_update()
            again.shown = "lines"
            self.assertFalse(again.favorite_words)
            with self.assertRaises(UserError):
                again.action_update()
        wizard = Filter.with_context(**context).create(
            {"shown": "customers", "favorite_name": "Grouped otherwise"}
        )
        action = wizard.action_save()
        self.assertEqual(action["res_model"], MODELS["customers"])
        favorite = action["context"]["customer_sales_applied"]["favorite"]
        self.assertEqual(favorite["context"], "{'group_by': []}")

    def test_remembered(self):
        wizard = self.filter(shown="customers", bought="anything")
        wizard.action_apply()
        last = self.env["customer.sales.filter"].create({})
        self.assertIn("Customers", last.last_words)
        self.assertIn("Bought: anything", last.last_words)
        opened = self.env["customer.sales.filter"].with_context(**last.action_last()["context"])
        self.assertEqual(
            (opened.create({}).shown, opened.create({}).bought), ("customers", "anything")
        )

    def test_words(self):
        wizard = self.filter(
            shown="customers",
            company_ids=False,
            tag_ids=[Command.set(self.wholesale.ids)],
            channels={"pos"},
        )
        words = ["Tags: Wholesale", "Sales: Net Sales, and Channel: Point of Sale"]
        sections = wizard._checked_sections()
        self.assertEqual(wizard._words_of(sections), words)
        profiles = self.env[MODELS["customers"]]
        self.assertEqual(domain_words(profiles, wizard._filter_domain()), ", and ".join(words))
        self.assertEqual(domain_words(profiles, ["!", sections[1].domain[0]]), f"not ({words[1]})")

    def test_exports_lines_alone(self):
        self.env.user.group_ids |= self.env.ref("base.group_allow_export")
        with self.assertRaisesRegex(UserError, "exports sales lines"):
            self.filter(shown="customers").action_export()
        wizard = self.filter(shown="comparison").with_context(customer_sales_compared=COMPARED)
        action = wizard.action_export()
        self.assertEqual(action["context"]["active_model"], "customer.sales.comparison.report")

    def test_forged(self):
        for value in (
            *("7", "[]", "null", "{}", '{"domain": 7}', '{"domain": [["x", "=", 1]]}'),
            '{"domain": [["of_lines", "=", "{}"]]}',
            '{"domain": [["date", "between", 1]]}',
            '{"domain": "[]"}',
            "[" * 10_000,
            7,
        ):
            for model in MODELS.values():
                for operator in ("like", "not like"):
                    with (
                        self.subTest(value=value, model=model, operator=operator),
                        self.assertRaisesRegex(UserError, "condition on sales"),
                    ):
                        self.env[model].search([("of_lines", operator, value)], limit=1)
                with self.subTest(model=model), self.assertRaises(UserError):
                    self.env[model].search([("of_lines", "=", '{"domain": []}')], limit=1)
        for model in ("res.partner", "x", 7, None):
            kept = json.dumps([{"words": "x", "domain": [], "model": model}])
            with self.subTest(model=model), self.assertRaisesRegex(UserError, "search bar"):
                self.filter(kept=kept)._filter_domain()
        for model in ("res.partner", 7, ["customer.sales.report"]):
            context = {"customer_sales_filter_model": model}
            Filter = self.env["customer.sales.filter"].with_context(**context)
            self.assertEqual(Filter.create({}).shown, "lines")
