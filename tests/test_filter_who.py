"""Which customers: by what they bought and did not buy, how often, how much, and of what kind they
are. The world: ``filter_common``, as it stands at the end of 31 March 2026."""

import json
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.who.asked import who_condition
from ..tools.domain_words import domain_words
from .filter_common import FilterCommon

PROFILE = "customer.sales.profile"
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


def in_march(name):
    return {f"{name}_period": "dates", f"{name}_from": "2026-03-01", f"{name}_to": "2026-03-31"}


def remembered(wizard):
    """What a dialog remembers; records in any order."""
    return {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in wizard._values_to_remember().items()
    }


class WhoCommon(FilterCommon):
    """Purchases: of Acme A and B, of Bob D and F, of Acme North H; C is a return, E an order, and
    nobody bought G. Net: Acme 10, Bob 220, Acme North 47."""

    def setUp(self):
        super().setUp()
        self.refresh()

    def refresh(self):
        self.env[PROFILE].sudo()._refresh(self.company, full=True, as_of=date(2026, 3, 31))

    def products(self, *products):
        templates = self.env["product.template"].union(*(each.product_tmpl_id for each in products))
        return [Command.set(templates.ids)]

    def opened(self, model, *domains):
        """The dialog over a view of a model with these facets."""
        facets = [{"words": "Facet", "domain": json.loads(json.dumps(each))} for each in domains]
        context = {
            "customer_sales_filter_on_screen": facets,
            "customer_sales_filter_in_view": True,
            "customer_sales_filter_model": model,
        }
        return self.env["customer.sales.filter"].with_context(**context).create({})

    def asked(self):
        """The values of filters, each of which asks something of customers."""
        cups, segment = self.cups.ids, self.env["customer.sales.segment"].search([], limit=2).ids
        return [
            {"statuses": {"new", "slowing"}},
            {"abc_classes": {"a"}},
            {"segment_ids": segment},
            {"bought": "anything"},
            {"bought": "anything", "bought_period": "last_quarter"},
            {"bought": "anything", **in_march("bought")},
            {"bought": "anything", "bought_times_range": "least", "bought_times": 10.0},
            {"bought": "anything", "bought_times_range": "most", "bought_times": 1.0},
            {"bought": "products", "bought_product_ids": self.products(self.mug, self.lamp)},
            {"bought": "categories", "bought_categ_ids": cups, **in_march("bought")},
            {
                "bought": "anything",
                "bought_period": "last_year",
                "also": "products",
                "also_product_ids": self.products(self.mug),
                "also_period": "this_year",
                "also_times_range": "exactly",
                "also_times": 2.0,
            },
            {"missing": "anything", "missing_period": "dates", "missing_from": "2026-03-01"},
            {"missing": "categories", "missing_categ_ids": cups},
            {"last_from": "2026-03-01"},
            {"last_from": "2026-03-01", "last_to": "2026-03-31"},
            {"largest": "customers", "largest_number": 5.0},
            {"largest": "percent", "largest_number": 2.5, "largest_period": "this_year"},
            {"largest": "above_average", **in_march("largest")},
        ]


class TestFilterWho(WhoCommon):
    def test_bought(self):
        self.assertFinds("ABCDFH", bought="anything")
        self.assertFinds("ABCDF", bought="anything", **in_march("bought"))
        self.assertFinds("DFH", bought="anything", bought_period="dates", bought_to="2026-02-28")
        with freeze_time("2026-04-15 12:00:00"):
            self.assertFinds("ABCDF", bought="anything", bought_period="last_quarter")
            self.assertFinds("H", bought="anything", bought_period="last_year")
        # Whatever is counted: of Acme the order as well
        self.assertFinds("ABCDEF", counted="all", bought="anything", **in_march("bought"))

    def test_bought_products(self):
        """The receipt of nobody is of nobody."""
        mug, lamp = self.products(self.mug), self.products(self.lamp, self.service)
        self.assertFinds("ABCH", bought="products", bought_product_ids=mug)
        self.assertFinds("DFH", bought="products", bought_product_ids=lamp)
        self.assertFinds("ABCH", bought="categories", bought_categ_ids=self.cups.ids)
        self.assertFinds("ABC", bought="products", bought_product_ids=mug, **in_march("bought"))

    def test_how_often(self):
        """Acme bought mugs on A and B; the return C is no purchase. Acme North on H."""
        mug = {"bought": "products", "bought_product_ids": self.products(self.mug)}
        for range_, times, everything, mugs in (
            ("least", 1, "ABCDFH", "ABCH"),
            ("least", 2, "ABCDF", "ABC"),
            ("least", 3, "", ""),
            ("most", 1, "H", "H"),
            ("most", 2, "ABCDFH", "ABCH"),
            ("exactly", 1, "H", "H"),
            ("exactly", 2, "ABCDF", "ABC"),
        ):
            often = {"bought_times_range": range_, "bought_times": times}
            self.assertFinds(everything, bought="anything", **often)
            self.assertFinds(mugs, **mug, **often)

    def test_returned_at_once(self):
        """A document on which a product comes to nothing is no purchase of it."""
        mug = {"bought": "products", "bought_product_ids": self.products(self.mug)}
        self.documents["I"] = self.invoice((self.mug, 1), (self.mug, -1), (self.lamp, 1))
        self.refresh()
        self.assertFinds("ABCI", **mug, bought_times_range="exactly", bought_times=2)

    def test_did_not_buy(self):
        """Nobody is no customer."""
        self.assertFinds("H", missing="anything", **in_march("missing"))
        self.assertFinds("", missing="anything")
        self.assertFinds("DF", missing="products", missing_product_ids=self.products(self.mug))
        self.assertFinds("DF", missing="categories", missing_categ_ids=self.cups.ids)
        self.assertFinds(
            "DFH",
            missing="products",
            missing_product_ids=self.products(self.mug),
            **in_march("missing"),
        )
        # One who has never bought, and ordered
        self.documents["I"] = self.sales_order((self.mug, 1), partner=self.keeper.partner_id)
        self.assertFinds("I", counted="all", missing="anything")

    def test_bought_one_and_not_another(self):
        mug, service = self.products(self.mug), self.products(self.service)
        self.assertFinds(
            "ABC",
            bought="products",
            bought_product_ids=mug,
            missing="products",
            missing_product_ids=service,
        )

    def test_bought_in_two_periods(self):
        """Bob in February and in March."""
        february = {"bought_period": "dates", "bought_to": "2026-02-28"}
        self.assertFinds("DF", bought="anything", **february, also="anything", **in_march("also"))

    def test_last_purchase(self):
        """Acme North on 2025-12-01, Bob on 2026-03-07, Acme on 2026-03-12: the return on the 20th
        is none."""
        self.assertFinds("H", last_to="2025-12-31")
        self.assertFinds("DF", last_from="2026-03-01", last_to="2026-03-07")
        self.assertFinds("ABC", last_from="2026-03-08")
        self.assertFinds("", last_from="2026-03-13")

    def test_of_the_future(self):
        """Of a year that was typed wrong: nothing is bought in it before it has come."""
        self.invoice((self.mug, 1), partner=self.bob, day="9206-01-01")
        self.refresh()
        later = self.env["customer.sales.report"].search([("date", ">", "2030-01-01")])
        self.assertEqual(len(later), 1)
        missing = {"missing": "anything", "missing_period": "dates", "missing_from": "2026-03-13"}
        for values in (
            {"last_from": "2026-03-01", "last_to": "2026-03-07"},
            {"bought": "anything", **missing},
            {"bought": "anything", **missing, "missing_to": "9999-12-31"},
        ):
            with self.subTest(values=values):
                rows = self.env["customer.sales.report"].search(
                    self.filter(**values)._filter_domain()
                )
                self.assertIn(self.bob, rows.commercial_partner_id)

    def test_the_largest(self):
        """In March Bob comes to 20, and Acme to 10."""
        for largest, number, letters, in_period in (
            ("customers", 1, "DF", "DF"),
            ("customers", 2, "DFH", "ABCDF"),
            ("percent", 33, "DF", "DF"),
            ("percent", 34, "DFH", "DF"),
            ("percent", 51, "DFH", "ABCDF"),
            ("percent", 100, "ABCDFH", "ABCDF"),
            # 277 ÷ 3, and 30 ÷ 2
            ("above_average", 0, "DF", "DF"),
        ):
            values = {"largest": largest, "largest_number": number}
            self.assertFinds(letters, **values)
            self.assertFinds(in_period, **values, **in_march("largest"))

    def test_as_large_as_the_last_one_let_in(self):
        self.documents["I"] = self.invoice((self.mug, 22), partner=self.env.user.partner_id)
        self.refresh()
        self.assertFinds("DFI", largest="customers", largest_number=1)

    def test_kinds(self):
        """Acme is a customer for 21 days; Bob last bought 24 days ago, Acme North 120. Of the 277
        Bob makes 79 %, and Acme North what is over 80 %."""
        self.assertFinds("ABC", statuses={"new"})
        self.assertFinds("DF", statuses={"active"})
        self.assertFinds("ABCH", statuses={"new", "slowing"})
        self.assertFinds("DFH", abc_classes={"a"})
        self.assertFinds("ABC", abc_classes={"c"})
        profile = self.env[PROFILE].search(
            [("company_id", "=", self.company.id), ("partner_id", "=", self.bob.id)]
        )
        found = self.filter(segment_ids=profile.segment_id.ids)._filter_domain()
        self.assertLessEqual(set("DF"), set(self.letters(found)))

    def test_chances(self):
        """They are offered where predictions have earned their place, and only there."""
        self.assertFalse(self.filter().has_chances)
        self.assertEqual(self.filter()._tick_choices("chance_bands"), {})
        self.patch(type(self.env["customer.sales.filter"]), "_has_chances", lambda self: True)
        self.assertTrue(self.filter().has_chances)
        self.env[PROFILE].sudo().search(
            [("company_id", "=", self.company.id), ("partner_id", "=", self.bob.id)]
        ).chance_band = "60"
        self.env.flush_all()
        self.assertFinds("DF", chance_bands={"40", "60"})
        self.assertFinds("", chance_bands={"80"})
        for model, shown in (("customer.sales.report", "lines"), (PROFILE, "customers")):
            wizard = self.filter(chance_bands={"40", "60"}, shown=shown)
            read = self.opened(model, wizard._filter_domain())
            self.assertEqual(read._ticked("chance_bands"), ["40", "60"])
        read = self.opened(PROFILE, [("chance_band", "=", "60")])
        self.assertEqual((read._ticked("chance_bands"), read.kept), (["60"], False))

    def test_amounts_are_of_these_customers(self):
        """Bob came to 220, Acme to 10."""
        customer = {"bought": "anything", **in_march("bought")}
        self.assertFinds("DF", amount_range="min", amount_min=48, **customer)
        wizard = self.filter(amount_range="min", amount_min=48, **customer)
        preview = wizard.preview({}, wizard.id)
        self.assertEqual(preview["words"], "2 lines · 2 documents · 1 customer · $\xa0220.00")

    def test_everywhere_alike(self):
        """Looked up once for the query, or in the place of a condition among others: the same rows
        for a reader, in superuser mode, in groups, in the opposite, and of two periods."""
        company = Domain("company_id", "=", self.company.id)
        for values, letters in (
            ({"bought": "anything", **in_march("bought")}, "ABCDF"),
            ({"missing": "anything", **in_march("missing")}, "H"),
            ({"largest": "percent", "largest_number": 34}, "DFH"),
            (
                {
                    **{"bought": "anything", "bought_period": "dates", "bought_to": "2026-02-28"},
                    **{"also": "anything", **in_march("also")},
                },
                "DF",
            ),
        ):
            domain = Domain(self.filter(company_ids=False, **values)._filter_domain())
            reader = self.report.with_context(allowed_company_ids=self.company.ids)
            self.assertFalse(reader.env.su)
            for report in (self.report.sudo(), reader):
                with self.subTest(values=values, su=report.env.su):
                    both = report.search(domain & company)
                    numbers = {self.documents[letter].name for letter in letters}
                    self.assertEqual(set(both.mapped("document_number")), numbers)
                    other = Domain("document_number", "=", "none")
                    self.assertEqual(report.search((domain | other) & company), both)
                    [[count]] = report._read_group(domain & company, [], ["__count"])
                    self.assertEqual(count, len(both))
                    everything = report.search(company & Domain("counts_as_sale", "=", True))
                    opposite = report.search(
                        company & ~domain & Domain("counts_as_sale", "=", True)
                    )
                    self.assertEqual(opposite, everything - both)

    def test_read_back(self):
        """What the dialog asks is read back as it was, as facets, and as one of a favorite."""
        for values in self.asked():
            with self.subTest(values=values):
                wizard = self.filter(**values)
                domains = [section.domain for section in wizard._checked_sections()]
                for facets in (domains, [wizard._filter_domain()]):
                    read = self.opened("customer.sales.report", *facets)
                    self.assertEqual(remembered(read), remembered(wizard))
                    self.assertEqual(read._filter_domain(), wizard._filter_domain())

    def test_more_than_the_dialog_can_ask(self):
        """Three things bought, and two at the top: the rest is kept, and counts."""
        bought = [
            who_condition("bought", **{"from": day, "to": day})
            for day in ("2026-03-10", "2026-03-12", "2025-12-01")
        ]
        read = self.opened("customer.sales.report", bought)
        self.assertEqual((read.bought_from, read.also_from), (date(2026, 3, 10), date(2026, 3, 12)))
        [kept] = json.loads(read.kept)
        self.assertEqual(kept["words"], "Bought: anything, Dec 1, 2025")
        self.assertEqual(self.letters(read._filter_domain()), "")
        two = [
            who_condition("largest", customers=2),
            who_condition("largest", customers=1, **MARCH),
        ]
        read = self.opened("customer.sales.report", two)
        self.assertEqual((read.largest_number, len(json.loads(read.kept))), (2, 1))
        self.assertEqual(self.letters(read._filter_domain()), "DF")
        odd = [who_condition("bought", least=2, most=3)]
        self.assertEqual(len(json.loads(self.opened("customer.sales.report", odd).kept)), 1)

    # -- Words -----------------------------------------------------------------------------

    @freeze_time("2026-11-26 12:00:00")
    def test_words(self):
        segment = self.env["customer.sales.segment"].search([], limit=1)
        mug, lamp = self.products(self.mug), self.products(self.lamp, self.soap)
        for values, words in (
            ({"statuses": {"new", "lost"}}, "Customer Status: New or Lost"),
            ({"abc_classes": {"a"}}, "Customer Class: A"),
            ({"segment_ids": segment.ids}, f"Customer Segment: {segment.name}"),
            ({"bought": "anything"}, "Bought: anything"),
            (
                {"bought": "anything", "bought_period": "last_quarter"},
                "Bought: anything, Last Quarter (Jul 1 – Sep 30, 2026)",
            ),
            (
                {"bought": "products", "bought_product_ids": lamp, **in_march("bought")},
                "Bought: Lamp or Soap, Mar 1 – 31, 2026",
            ),
            (
                {"bought": "anything", "bought_times_range": "least", "bought_times": 1000},
                "Bought: anything, purchases ≥ 1,000",
            ),
            (
                {"bought": "anything", "bought_times_range": "exactly", "bought_times": 2},
                "Bought: anything, purchases = 2",
            ),
            (
                {"also": "products", "also_product_ids": mug, "also_period": "dates"},
                "Bought: Mug",
            ),
            (
                {"missing": "categories", "missing_categ_ids": self.cups.ids},
                "Did not buy: Cups",
            ),
            (
                {"missing": "anything", "missing_period": "dates", "missing_from": "2026-03-01"},
                "Did not buy: anything, from Mar 1, 2026",
            ),
            ({"last_to": "2026-03-31"}, "Last purchase: until Mar 31, 2026"),
            ({"largest": "customers", "largest_number": 1000}, "The largest 1,000 by net sales"),
            (
                {"largest": "percent", "largest_number": 2.5, **in_march("largest")},
                "The largest 2.5% by net sales: Mar 1 – 31, 2026",
            ),
            ({"largest": "above_average"}, "Net sales above average"),
        ):
            with self.subTest(values=values):
                wizard = self.filter(company_ids=False, counted="all", **values)
                self.assertEqual(wizard._words_of(wizard._checked_sections()), [words])
        chance = [who_condition("is", chance_band=["60", "80"])]
        self.assertEqual(
            domain_words(self.report, chance), "Chance to Buy: 60 to 80 % or 80 % and more"
        )
        self.assertEqual(
            domain_words(self.report, ["!", who_condition("bought")]),
            "not (Bought: anything)",
        )

    # -- What is no question -----------------------------------------------------------------

    def test_complaints(self):
        whole = "“Bought”: enter how often as a whole number from 1 to 1,000,000."
        often = {"bought": "anything", "bought_times_range": "least"}
        for values, sentence in (
            ({"bought": "products"}, "“Bought”: choose at least one product."),
            ({"also": "categories"}, "“And Bought”: choose at least one category."),
            ({"missing": "products"}, "“Did Not Buy”: choose at least one product."),
            ({**often, "bought_times": 0}, whole),
            ({**often, "bought_times": -3}, whole),
            ({**often, "bought_times": 2_000_000}, whole),
            (
                {"largest": "customers", "largest_number": 1.5},
                "“By Net Sales”: enter how many customers as a whole number from 1 to 1,000,000.",
            ),
            (
                {"largest": "percent", "largest_number": 100.5},
                "“By Net Sales”: enter a percentage above 0, up to 100.",
            ),
            (
                {"largest": "percent", "largest_number": -1},
                "“By Net Sales”: enter a percentage above 0, up to 100.",
            ),
            (
                {"last_from": "2026-03-02", "last_to": "2026-03-01"},
                "“Last purchase” must begin before it ends. Change one of its days.",
            ),
            *(
                (
                    {
                        name: choice,
                        f"{name}_period": "dates",
                        f"{name}_from": "2026-03-02",
                        f"{name}_to": "2026-03-01",
                    },
                    f"“{label}”: the first day is after the last one. Change one of the two.",
                )
                for name, choice, label in (
                    ("bought", "anything", "Bought"),
                    ("also", "anything", "And Bought"),
                    ("missing", "anything", "Did Not Buy"),
                    ("largest", "above_average", "By Net Sales"),
                )
            ),
        ):
            with self.subTest(values=values):
                wizard = self.filter(**values)
                preview = wizard.preview({}, wizard.id)
                self.assertEqual((preview["state"], preview["words"]), ("error", sentence))
                with self.assertRaisesRegex(UserError, sentence[:20]):
                    wizard.action_apply()
        for number in (float("nan"), float("inf"), 1e300, "7", True):
            with self.subTest(number=number):
                for sent in (
                    {**often, "bought_times": number},
                    {"largest": "percent", "largest_number": number},
                ):
                    try:
                        self.assertEqual(self.filter().preview(sent)["state"], "error")
                    except UserError as error:
                        self.assertIn("cannot be understood", str(error))

    def test_forged_ticks(self):
        """Nested deeper than Python copies them."""
        nested = []
        for _level in range(480):
            nested = [nested]
        dialog = self.env["customer.sales.filter"].create({"statuses": nested})
        self.assertRaisesRegex(UserError, "be understood", dialog._ticked, "statuses")

    def test_forged_values(self):
        """Whatever stands in a domain is answered, or refused with a sentence."""
        for value in (
            *("x", "7", "[]", "null", "{}", '{"who": 1}', '{"who": "nobody"}', "[" * 10_000),
            '{"who": "bought", "products": []}',
            '{"who": "bought", "products": ["1"]}',
            '{"who": "bought", "products": [1, -1]}',
            '{"who": "bought", "more": 1}',
            '{"who": "bought", "least": 0}',
            '{"who": "bought", "least": 1.5}',
            '{"who": "bought", "least": 5, "most": 4}',
            '{"who": "bought", "least": NaN}',
            '{"who": "bought", "least": 1000000000000}',
            '{"who": "bought", "period": "always"}',
            '{"who": "bought", "period": "today", "from": "2026-01-01"}',
            '{"who": "bought", "from": "today"}',
            '{"who": "bought", "from": "2026-02-01", "to": "2026-01-01"}',
            '{"who": "not_bought", "least": 1}',
            '{"who": "last"}',
            '{"who": "largest"}',
            '{"who": "largest", "percent": 0}',
            '{"who": "largest", "percent": 1e400}',
            '{"who": "largest", "percent": true}',
            '{"who": "largest", "percent": 5, "customers": 5}',
            '{"who": "is"}',
            '{"who": "is", "net": [1]}',
            '{"who": "is", "status": "new"}',
            '{"who": "is", "status": [[]]}',
            7,
        ):
            for model in (
                "customer.sales.report",
                "customer.sales.comparison.report",
                *(PROFILE, "customer.sales.product", "customer.sales.purchase"),
            ):
                with self.subTest(value=value, model=model):
                    for operator in ("like", "not like"):
                        with self.assertRaisesRegex(UserError, "condition on customers"):
                            self.env[model].search([("customers_who", operator, value)], limit=1)
        for operator in ("=", "in", "!=", "ilike", ">"):
            with self.subTest(operator=operator), self.assertRaises(UserError):
                self.report.search([("customers_who", operator, who_condition("bought")[2])])
        unknown = [who_condition("is", status=["gone", "new"])]
        self.assertTrue(self.env[PROFILE].search(unknown))
        with self.assertRaisesRegex(UserError, "more than 10 totals"):
            domain = [who_condition("bought")] * 11
            self.report.search(domain)
