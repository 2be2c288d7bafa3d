"""More than a server has time for is refused with a sentence, and what is allowed grows no faster
than what is asked."""

import json
from time import process_time

from odoo.exceptions import UserError

from .access_common import REPORT, AccessCommon

LAYOUT, TEMPLATE, FILTER, EXPORT = (
    f"customer.sales.{name}" for name in ("layout", "export.template", "filter", "export")
)


def nested(depth):
    domain = [("id", "=", 1)]
    for _level in range(depth):
        domain = [("commercial_partner_id", "any", domain)]
    return domain


def alternatives(depth):
    """Conditions each of which is an alternative to all that follow, or must hold with them."""
    domain = [("document_number", "=", "A")]
    for level in range(depth):
        domain = ["|" if level % 2 else "&", ("document_number", "=", f"{level}"), *domain]
    return domain


def total(minimum):
    value = {"amount": "price_subtotal", "min": minimum, "max": None, "domain": []}
    return json.dumps(value)


class TestFilters(AccessCommon):
    """What may be searched for, through every way in."""

    def assertLimit(self, sentence, allowed, refused):  # noqa: N802
        search = self.env[REPORT].with_user(self.users["all, margins, export"]).search_count
        search(allowed, limit=1)
        with self.assertRaisesRegex(UserError, sentence):
            search(refused, limit=1)

    def test_conditions(self):
        numbers = [("document_number", "ilike", f"A{number}") for number in range(1001)]
        self.assertLimit("more than 1,000 conditions", numbers[:1000], numbers)
        self.assertLimit(
            "more than 1,000 conditions",
            ["|"] * 999 + numbers[:1000],
            ["|"] * 1000 + numbers,
        )
        inner = [("partner_id", "any", [("name", "ilike", "a")] * 300)] * 4
        self.assertLimit("more than 1,000 conditions", inner[:3], inner)

    def test_a_list_too_long_is_not_even_read(self):
        domain = ["|"] * 500_000 + [("document_number", "=", "A")] * 500_001
        start = process_time()
        self.assertLimit("more than 1,000 conditions", [], domain)
        self.assertLess(process_time() - start, 1)

    def test_depth(self):
        self.assertLimit("more than 30 levels deep", nested(29), nested(30))
        self.assertLimit("more than 30 levels deep", nested(29), nested(900))
        self.assertLimit("more than 30 levels deep", alternatives(29), alternatives(30))
        self.assertLimit("more than 30 levels deep", alternatives(29), alternatives(900))

    def test_values(self):
        ids = list(range(100_001))
        self.assertLimit("more than 100,000 values", [("id", "in", ids[1:])], [("id", "in", ids)])
        half = [("id", "in", ids[:50_001]), ("partner_id", "in", ids[:50_000])]
        self.assertLimit("more than 100,000 values", half[:1], half)

    def test_plain_export(self):
        """What Odoo's own export can write, and what can write more."""
        rows = self.env[REPORT].with_user(self.users["all, margins, export"])
        with self.assertRaisesRegex(UserError, "100,000 rows at most.*Export as Workbook"):
            rows.browse(range(1, 100_002)).export_data(["document_number"])

    def test_texts(self):
        text = "x" * 1001
        self.assertLimit(
            "more than 1,000 characters",
            [("document_number", "ilike", text[1:])],
            [("document_number", "ilike", text)],
        )
        self.assertLimit(
            "more than 1,000 characters",
            [("commercial_partner_id", "in", [text[1:]])],
            [("commercial_partner_id", "in", ["a", text])],
        )

    def test_totals(self):
        totals = [("customer_total", "=", total(number)) for number in range(11)]
        sentence = "more than 10 totals or first purchases"
        self.assertLimit(sentence, totals[:10], totals)
        values = [total(number) for number in range(11)]
        self.assertLimit(
            sentence, [("customer_total", "in", values[:10])], [("customer_total", "in", values)]
        )
        mixed = [*totals[:9], ("customer_since", ">", "2020-01-01")]
        self.assertLimit(
            sentence,
            mixed,
            ["|", *mixed[:2], *mixed[2:], ("document_total", "=", total(1))],
        )
        long = json.dumps({**json.loads(total(1)), "domain": nested(31)})
        with self.assertRaisesRegex(UserError, "more than 30 levels"):
            self.env[REPORT].search([("customer_total", "=", long)])

    def test_ways_in(self):
        user = self.users["all, margins, export"]
        for number, (model, method, arguments) in enumerate(
            [
                (REPORT, "formatted_read_group", [nested(31), ["channel"], ["__count"]]),
                (REPORT, "web_search_read", [nested(31), {"date": {}}]),
                (REPORT, "search_panel_select_range", ["country_id"]),
                (TEMPLATE, "search", [[("user_id", "any", nested(31))]]),
                ("customer.sales.export.job", "search_count", [nested(31)]),
            ]
        ):
            options = {"comodel_domain": nested(31)} if number == 2 else {}
            with self.subTest(method=method), self.assertRaisesRegex(UserError, "30 levels deep"):
                self.rpc(user, model, method, *arguments, **options)
        for domain in (nested(31), ["|"] * 1000 + [("id", "=", 1)] * 1001):
            context = {"active_model": REPORT, "active_domain": domain, "columns": ["date"]}
            with self.assertRaises(UserError):
                self.rpc(user, EXPORT, "default_get", ["domain"], context=context)
            with self.assertRaises(UserError):
                self.rpc(user, EXPORT, "create", {"title": "Sales", "domain": domain})


class TestNames(AccessCommon):
    """Names and lists that people make."""

    def refused(self, sentence, model, method, *arguments, **options):
        with self.subTest(model=model, method=method, arguments=str(arguments)[:100]):
            with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
                self.answer(model, method, *arguments, **options)
                self.env.flush_all()

    def answer(self, model, method, *arguments, **options):
        user = self.users["administrator, everything"]
        return self.rpc(user, model, method, *arguments, **options)

    def test_names(self):
        long, column = "x" * 201, {"name": "date"}
        sentence = "longer than 200 characters"
        self.refused(sentence, EXPORT, "create", {"title": long})
        self.refused(sentence, EXPORT, "create", {"title": "Sales", "template_name": long})
        columns = [[0, 0, {"name": "date", "label": long}]]
        self.refused(sentence, EXPORT, "create", {"title": "Sales", "column_ids": columns})
        self.refused(sentence, TEMPLATE, "create", {"name": long})
        self.refused(sentence, TEMPLATE, "create", {"name": "x", "headings": {"date": long}})
        self.refused(sentence, TEMPLATE, "create", {"name": "x", "model": "y" * 201})
        self.refused(sentence, "customer.sales.segment", "create", {"name": long})
        [template] = self.answer(TEMPLATE, "create", [{"name": "x"}])
        self.refused(sentence, TEMPLATE, "write", [template], {"name": "x" * 500_000})
        layout = {"name": long, "columns": [column]}
        self.refused(sentence, LAYOUT, "save_layout", REPORT, layout)
        layout = {"name": "x", "columns": [{"name": "date", "label": long}]}
        self.refused(sentence, LAYOUT, "save_layout", REPORT, layout)
        layout = {"name": "x", "columns": [{"name": "y" * 201}]}
        self.refused(sentence, LAYOUT, "save_layout", REPORT, layout)
        filter_id = self.answer(FILTER, "create", {"counted": "all", "favorite_name": long})
        self.refused(sentence, FILTER, "action_save", [filter_id])
        self.refused(
            "cannot be kept", LAYOUT, "save_layout", REPORT, {"name": "\0", "columns": [column]}
        )

    def test_a_page_of_a_long_name(self):
        """A favorite's name is the title, however long somebody named it elsewhere."""
        context = {"active_model": REPORT, "title": "x" * 500_000, "columns": ["date"] * 10_000}
        defaults = self.answer(EXPORT, "default_get", ["title", "column_ids"], context=context)
        self.assertEqual(defaults["title"], "x" * 200)
        self.assertEqual(len(defaults["column_ids"]), 1)

    def test_columns_of_a_layout(self):
        columns = [{"name": f"date.{number}"} for number in range(501)]
        layout = {"name": "x", "columns": columns}
        self.refused("more than 500 columns", LAYOUT, "save_layout", REPORT, layout)
        layout = {"name": "x", "columns": columns[:500]}
        self.assertTrue(self.answer(LAYOUT, "save_layout", REPORT, layout)["saved_id"])

    def test_layouts_of_a_list(self):
        column = {"name": "date"}
        values = [
            {"name": f"Layout {number}", "model": REPORT, "column_ids": [[0, 0, column]]}
            for number in range(200)
        ]
        self.answer(LAYOUT, "create", values)
        layout = {"name": "One more", "columns": [column]}
        self.refused("There are 200 layouts", LAYOUT, "save_layout", REPORT, layout)

    def test_rows_and_columns_at_once(self):
        for model in (REPORT, "customer.sales.profile", "customer.sales.purchase"):
            with self.subTest(model):
                rows, sentence = list(range(1, 100_002)), "More than 100,000 rows"
                self.refused(sentence, model, "read", rows, ["id"])
                self.refused(sentence, model, "web_read", rows, {"id": {}})
                missing, sentence = list(range(10**9, 10**9 + 1001)), "do not exist any more"
                self.refused(sentence, model, "read", missing, ["id"])
                self.refused(sentence, model, "web_read", missing, {"company_id": {"fields": {}}})
                names, sentence = ["company_id"] * 1601, "More than 1,600 columns"
                self.refused(sentence, model, "export_data", [1], names)
                self.refused(sentence, model, "formatted_read_group", [], names, ["__count"])
                self.refused(sentence, model, "formatted_read_group", [], names[:1], names)
                sets = [names[:1]] * 1601
                self.refused(sentence, model, "formatted_read_grouping_sets", [], sets, [])
                self.refused("cannot be understood", model, "search", [], limit=2**63)

    def test_templates_of_an_owner(self):
        values = [{"name": f"Template {number}"} for number in range(200)]
        ids = self.answer(TEMPLATE, "create", values)
        sentence = "There are 200 templates"
        self.refused(sentence, TEMPLATE, "create", {"name": "One more"})
        shared = self.answer(TEMPLATE, "create", {"name": "One more", "user_id": False})
        own = self.users["administrator, everything"].id
        self.refused(sentence, TEMPLATE, "write", [shared], {"user_id": own})
        self.answer(TEMPLATE, "unlink", ids[:1])
        self.assertTrue(self.answer(TEMPLATE, "create", {"name": "One more"}))

    def test_a_large_template(self):
        sentence = "500 columns at most"
        for values in (
            {"columns": ["date"] * 501},
            {"contents": ["lines"] * 501},
            {"headings": {f"x{number}": "" for number in range(501)}},
        ):
            self.refused(sentence, TEMPLATE, "create", {"name": "x", **values})
        nested = []
        for _level in range(300):
            nested = [nested]
        for name in ("columns", "contents", "headings"):
            values = {"name": "x", name: nested}
            self.refused("cannot be understood", TEMPLATE, "create", values)
        headings = {"x" * 201: "Day"}
        self.refused("longer than 200", TEMPLATE, "create", {"name": "x", "headings": headings})

    def test_choices_in_the_filter(self):
        ids = list(range(1, 1002))
        answer = self.answer(FILTER, "preview", {"customer_ids": [[6, 0, ids]]})
        self.assertEqual(answer["state"], "error")
        self.assertIn("You chose more than 1,000 in “Customers”", answer["words"])
        cities = ",".join(f"City {number}" for number in ids)
        answer = self.answer(FILTER, "preview", {"cities": cities})
        self.assertIn("You wrote more than 1,000 cities", answer["words"])
        for conditions in (
            "[" * 9000 + "]" * 9000,
            "-" * 19_000 + "1",
            "[('name', 'ilike', 'a')," * 2000,
            repr(nested(31)),
            repr([("name", "=", "a")] * 1000),
        ):
            with self.subTest(conditions=conditions[:30]):
                answer = self.answer(FILTER, "preview", {"partner_domain": conditions})
                self.assertEqual(answer["state"], "error")
        # what was remembered is cut rather than refused
        remembered = {"customer_ids": self.rivals_customer.ids * 100_000}
        context = {"customer_sales_filter": remembered}
        defaults = self.answer(FILTER, "default_get", ["customer_ids"], context=context)
        self.assertEqual(defaults["customer_ids"], [(6, 0, self.rivals_customer.ids)])
