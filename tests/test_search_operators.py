"""Every condition that Odoo's domain editor offers on a field of the report finds rows, or is
refused with a sentence."""

import json

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tools import mute_logger

from ..tools.domain_words import domain_words
from .custom_fields_common import PROPERTIES, CustomFieldsCommon
from .filter_common import FilterCommon

REPORT = "customer.sales.report"
EXPORT = "customer.sales.export"

# What the editor makes of its operators, by type of field: web/static/src/core/domain_selector/
# domain_selector_operator_editor.js and tree_editor/virtual_operators.js
TEXTS = [
    ("=", "Gold"),
    ("!=", "Gold"),
    ("ilike", "a_%"),
    ("not ilike", "a"),
    ("=ilike", "a%"),
    ("=ilike", "%"),
    ("=", ""),
    ("=", False),
    ("!=", False),
]
DAYS = ["2026-03-10", "0001-01-01", "0206-03-10", "9206-03-10", "9999-12-31", "today", "today -7d"]
CHOICE = object()  # stands for a value that the field has
CHOICES = [
    ("=", CHOICE),
    ("!=", CHOICE),
    ("in", [CHOICE]),
    ("in", []),
    ("not in", [CHOICE]),
    ("not in", []),
    ("=", False),
    ("!=", False),
    ("in", [CHOICE, False]),
]
NUMBERS = [
    *((operator, value) for operator in ("=", "!=", "<", ">") for value in (5, 0, -1, 2**40)),
    ("=", False),
    ("!=", False),
    ("in", [5, 6]),
]
RECORDS = [
    ("in", [1, 2]),
    ("in", []),
    ("not in", [1]),
    ("not in", []),
    ("ilike", "a"),
    ("not ilike", "a"),
    ("ilike", ""),
    ("=", False),
    ("!=", False),
    ("=", 1),
    ("any", [("id", "in", [1])]),
    ("not any", [("id", "in", [1])]),
]
DATES = [
    *((operator, day) for operator in ("=", "<", ">", "<=", ">=", "!=") for day in DAYS),
    ("in", DAYS),
    ("not in", DAYS),
    ("in", [*DAYS, False]),
    ("=", False),
    ("!=", False),
]
OTHERS = [
    *((operator, "account.move,1") for operator in ("=", "!=", "<", ">", "=like", "=ilike")),
    *((operator, "move") for operator in ("ilike", "not ilike", "like", "not like")),
    ("in", ["account.move,1"]),
    ("not in", ["account.move,1"]),
    ("=", False),
    ("!=", False),
]
CONDITIONS = {
    "boolean": [(operator, value) for operator in ("=", "!=") for value in (True, False)],
    "selection": CHOICES,
    **dict.fromkeys(("char", "text", "html"), TEXTS),
    **dict.fromkeys(("date", "datetime"), DATES),
    **dict.fromkeys(("integer", "float", "monetary"), NUMBERS),
    **dict.fromkeys(("many2one", "many2many", "one2many"), RECORDS),
    "reference": OTHERS,
}
BETWEEN = {
    "date": [
        ("2026-03-01", "2026-03-31"),
        ("0001-01-01", "9999-12-31"),
        ("9999-12-31", "0001-01-01"),
        ("today", "today +1d"),
        ("today =1d -1m", "today =1d"),
        ("today =1m =1d", "today +1d"),
        ("today =1d -12m", "today =1d"),
    ],
    **dict.fromkeys(("integer", "float", "monetary"), [(1, 1000), (0, 0)]),
}


# Why some are refused
PERIOD_MISSING = "Every day is in some period. Choose which one."


def domains(field, description):
    """What the editor can make of a field."""
    name, kind = field, description["type"]
    choices = [value for value, _label in description.get("selection", [])]
    for number, (operator, value) in enumerate(CONDITIONS[kind]):
        if CHOICE in (value if isinstance(value, list) else [value]):
            value = choices[0] if value is CHOICE else [choices[0], *value[1:]]
        yield [(name, operator, value)]
        if number % 4 == 0:
            yield ["!", (name, operator, value)]
    for first, last in BETWEEN.get("date" if kind == "datetime" else kind, []):
        yield ["&", (name, ">=", first), (name, "<=", last)]
    if first_range := BETWEEN.get(kind):
        first, last = first_range[0]
        yield ["&", (name, ">=", first), (name, "<", last)]


class TestSearchOperators(CustomFieldsCommon):
    def rpc(self, model, method, *args, **kwargs):
        return call_kw(self.env[model], method, args, kwargs)

    @mute_logger("odoo.addons.base.models.ir_model")  # two fields of one label
    def test_every_operator_of_every_field(self):
        for kind in ("char", "boolean", "integer", "float", "date", "datetime", "text", "html"):
            self.manual_field(f"x_{kind}", kind)
        self.manual_field("x_country", "many2one", relation="res.country")
        self.manual_field("x_countries", "many2many", relation="res.country")
        self.properties(**PROPERTIES)
        self.env.user.group_ids = [
            Command.link(self.env.ref(group).id)
            for group in (
                "base.group_allow_export",
                "customer_sales_report.group_customer_sales_contact",
            )
        ]
        searchable = {
            name: description
            for name, description in self.rpc(REPORT, "fields_get").items()
            if description.get("searchable", True)
        }
        self.assertGreater(len(searchable), 70)
        self.assertLess({"id", "period", "customer_since", "x_property_labels"}, {*searchable})
        refused = {}
        for name, description in searchable.items():
            for domain in domains(name, description):
                with self.subTest(domain=domain):
                    try:
                        self.search(domain)
                    except UserError as error:
                        refused.setdefault(str(error), set()).add(name)
            self.look(name, domain)
        self.assertEqual(refused, {PERIOD_MISSING: {"period", "period_year_earlier"}})

    def search(self, domain):
        self.rpc(REPORT, "search_count", domain, limit=1)
        self.assertTrue(domain_words(self.env[REPORT], domain))

    def look(self, name, domain):
        """As list, pivot and export dialog do."""
        context = {"active_model": REPORT, "active_domain": domain, "columns": ["date"]}
        fields = ["domain", "filter_words", "row_count"]
        try:
            self.rpc(REPORT, "web_search_read", domain, {name: {}}, limit=2)
            self.rpc(REPORT, "formatted_read_group", domain, ["channel"], ["price_subtotal:sum"])
            found = self.rpc(EXPORT, "default_get", fields, context=context)
        except UserError as error:
            self.assertEqual(str(error), PERIOD_MISSING)
        else:
            json.dumps(found["domain"])


class TestIds(CustomFieldsCommon):
    """Rows are picked by their ids, and those of the export dialog can be changed by hand."""

    def test_ids(self):
        self.env.user.group_ids |= self.env.ref("base.group_allow_export")
        first, second = self.env[REPORT].search(self.of_company, order="id").ids
        for domain, count, words in [
            ([("id", "in", [first, second])], 2, "2 rows picked one by one"),
            ([("id", "=", first)], 1, f"ID is {first}"),
            ([("id", ">", first)], 1, f"ID is above {first}"),
            ([("id", ">=", first)], 2, f"ID is at least {first}"),
            (["!", ("id", "in", [first, 16])], 1, f"ID is not {first} or 16"),
            ([("id", "=", False)], 0, "ID is not set"),
            ([("id", "=", 2**62)], 0, f"ID is {2**62}"),
        ]:
            with self.subTest(domain=domain):
                Export = self.env[EXPORT].with_context(
                    active_model=REPORT, active_domain=[*domain, *self.of_company]
                )
                found = Export.default_get(["row_count"])
                self.assertEqual(found["row_count"], count)
                Export = self.env[EXPORT].with_context(active_model=REPORT, active_domain=domain)
                self.assertEqual(Export.default_get(["filter_words"])["filter_words"], words)
                entry = self.env["customer.sales.export.log"]._log_export(
                    self.env[REPORT], [["date"]], domain=domain, row_count=count
                )
                self.assertEqual(entry.filter_words, words)


class TestCustomerSince(FilterCommon):
    """Acme since 10 March 2026, its branch since 1 December 2025, Bob since 10 February 2026. Carol
    has only ever ordered, and nobody is no customer."""

    def setUp(self):
        super().setUp()
        carol = self.env["res.partner"].create({"name": "Carol"})
        self.documents["Z"] = self.sales_order((self.mug, 1), partner=carol)

    def test_customer_since(self):
        for operator, value, letters in [
            ("=", "2026-03-10", "ABCE"),
            ("=", "2026-03-12", ""),
            ("!=", "2026-03-10", "DFGHZ"),
            ("in", ["2026-03-10", "2025-12-01"], "ABCEH"),
            ("not in", ["2026-03-10", "2025-12-01"], "DFGZ"),
            ("in", ["2025-12-01", False], "GHZ"),
            ("not in", ["2025-12-01", False], "ABCDEF"),
            ("=", False, "GZ"),
            ("!=", False, "ABCDEFH"),
            ("<", "2026-03-10", "DFH"),
            (">=", "2026-03-10", "ABCE"),
            ("<=", "0001-01-01", ""),
            ("<=", "9999-12-31", "ABCDEFH"),
            (">", "9999-12-31", ""),
        ]:
            domain = [("customer_since", operator, value)]
            of_company = [("company_id", "=", self.company.id)]
            with self.subTest(domain=domain):
                self.assertEqual(self.letters([*domain, *of_company]), letters)
                rest = "".join(sorted(set("ABCDEFGHZ") - set(letters)))
                self.assertEqual(self.letters(["!", *domain, *of_company]), rest)
                # as one of two alternatives, it cannot be looked up beforehand
                either = ["|", ("id", "=", 0), *domain, *of_company]
                self.assertEqual(self.letters(either), letters)

    def test_what_is_no_date(self):
        for value in ("doomsday", 5, "today +99999999y", ["2026-03-10"], True):
            with self.subTest(value=value), self.assertRaises(UserError):
                self.report.search([("customer_since", ">", value)])
