"""Whatever stands in the custom fields of contacts, every screen of the app opens, and what stands
there can be changed and removed."""

import json

from lxml import etree

from odoo.tests import new_test_user
from odoo.tools import mute_logger

from ..tools.terms import CUSTOMER_MODELS
from .custom_fields_common import REPORT, CustomFieldsCommon
from .export_common import ExportCommon
from .pure.odd_definitions import NO_LISTS, ODD, TWO_HUNDRED

# One property of each type
ALL_KINDS = [
    *({"name": kind, "type": kind} for kind in ("boolean", "char", "date", "datetime", "float")),
    *({"name": kind, "type": kind} for kind in ("integer", "monetary", "text")),
    {"name": "some_html", "type": "html"},
    {"name": "selection", "type": "selection", "selection": [["a", "A"]]},
    {"name": "tags", "type": "tags", "tags": [["a", "A", 1]]},
    {"name": "many2one", "type": "many2one", "comodel": "res.country"},
    {"name": "many2many", "type": "many2many", "comodel": "res.country"},
]

# JSON that a contact may have where the property is of another type
ODD_VALUES = [
    *("null", "true", "false", "0", "-1", "1.5", "3000000000", "1e400", "1e-400", "2147483648"),
    *('""', '"a"', '"2026-02-31"', '"0000-01-01"', '"10:00:00"', '"2026-05-17 25:00:00"'),
    *('"12345-01-01"', '"2026-05-17T10:00:00"', '"2026-05-17 10:00:00+02"', '"<p>"', '"[1]"'),
    *("[]", "[null]", "[1, 1]", '["a", "a"]', "[[1, 2]]", "[3000000000]", '["b", 5, {}]'),
    *("{}", '{"a": 1}', "[[1]]", "[true]", "99999999999999999999"),
]


def number_name(name, number):
    """A name that is not the odd one, or a label that is that name, with a number."""
    return f"{name}{number}" if name in ("a", "b", "c") else name


def numbered(definition, number):
    """A definition with a name of its own."""
    if not (isinstance(definition, dict) and isinstance(definition.get("name"), str)):
        return definition
    return definition | {"name": number_name(definition["name"], number)}


def of_all_kinds(value):
    """The JSON of a contact that has a value for each of ``ALL_KINDS``."""
    values = ", ".join(f"{json.dumps(each['name'])}: {value}" for each in ALL_KINDS)
    return f"{{{values}}}"


class OddCustomFieldsCommon(CustomFieldsCommon, ExportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = new_test_user(
            cls.env,
            "odd_fields_reader",
            "customer_sales_report.group_customer_sales_all,base.group_allow_export",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def assertScreensOpen(self, *names, tried=None):  # noqa: N802
        """Every screen opens for somebody who may read no more than sales, and shows the columns
        ``names``; the first ``tried`` of them, or all, are searched, grouped and sorted by."""
        self.env.flush_all()
        self.env.invalidate_all()
        env = self.env(user=self.everybody, su=False)
        report = env[REPORT]
        views = report.get_views(
            [(False, kind) for kind in ("list", "pivot", "graph", "search")], {"toolbar": True}
        )
        arches = {
            kind: etree.fromstring(view["arch"].encode()) for kind, view in views["views"].items()
        }
        listed = [node.get("name") for node in arches["list"].findall("field")]
        self.assertLessEqual(set(names), set(listed))
        descriptions = report.fields_get()
        json.dumps(descriptions)
        self.assertLessEqual(set(names), descriptions.keys())
        self.assertRowsShown(listed, names[:tried], report)
        choices = env["customer.sales.filter"].fields_get(["custom_field"])
        json.dumps(choices)
        for model in ("customer.sales.filter", "customer.sales.export"):
            wizard = env[model].with_context(active_model=REPORT, active_domain=self.of_company)
            wizard.get_views([(False, "form")])
            wizard.default_get(list(wizard._fields))
        json.dumps(env["customer.sales.layout"].sudo()._default_columns(REPORT))
        ticks = self.env["res.config.settings"].sudo().get_values()["customer_sales_private_fields"]
        json.dumps(ticks)
        self.assertLessEqual(set(names), ticks.keys())

    def assertRowsShown(self, listed, tried=(), report=None):  # noqa: N802
        """The list reads the columns ``listed``; the columns ``tried`` are searched, grouped and
        sorted by."""
        report = self.env[REPORT] if report is None else report
        descriptions = report.fields_get(listed)
        specification = {
            name: {"fields": {"display_name": {}}}
            if descriptions[name]["type"] in ("many2one", "many2many", "reference")
            else {}
            for name in listed
        }
        page = report.web_search_read(self.of_company, specification, limit=80)
        self.assertEqual(len(page["records"]), 2)
        for name in tried:
            self.assertColumnWorks(report, descriptions[name])

    def assertColumnWorks(self, report, description):  # noqa: N802
        """One can search, group and sort by a column, where it says so."""
        name = description["name"]
        if description["searchable"]:
            conditions = [("=", False), ("!=", False)]
            if description["type"] in ("char", "html", "selection", "text"):
                conditions.append(("ilike", "a"))
            for operator, value in conditions:
                report.search_count([*self.of_company, (name, operator, value)])
        self.assertGrouped(description, report)
        if description["sortable"]:
            self.assertEqual(len(report.search(self.of_company, order=name)), 2)

    def assertGrouped(self, description, report=None):  # noqa: N802
        """One can group by a column, where it says so."""
        report = self.env[REPORT] if report is None else report
        if description["groupable"]:
            moment = description["type"] in ("date", "datetime")
            groupby = f"{description['name']}:month" if moment else description["name"]
            groups = report.formatted_read_group(self.of_company, [groupby], ["price_subtotal:sum"])
            self.assertGreaterEqual(sum(group["price_subtotal:sum"] for group in groups), 110)


class TestOddProperties(OddCustomFieldsCommon):
    @property
    def base(self):
        return (
            self.env["properties.base.definition"]
            .sudo()
            ._get_definition_for_property_field("res.partner", "properties")
        )

    def put(self, definitions, values="{}"):
        """Put JSON where properties are defined, and where Acme has them, as it is."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE properties_base_definition SET properties_definition = %s WHERE id = %s",
            [json.dumps(definitions), self.base.id],
        )
        self.env.cr.execute(
            "UPDATE res_partner SET properties = %s WHERE id = %s", [values, self.acme.id]
        )
        self.env.invalidate_all()
        self.env[REPORT].sudo()._set_up_changed_properties()

    def columns(self):
        """Name of the property -> label, of those that are columns."""
        report = self.env[REPORT].sudo()
        return {prop.name: prop.label for prop in report._property_columns().values()}

    def test_definitions(self):
        """All that is odd about one part of a definition at once, under names of their own."""
        for part, oddities in ODD.items():
            definitions, columns = [], {}
            for number, (odd, named) in enumerate(oddities.values()):
                definitions += [numbered(definition, number) for definition in odd]
                columns |= {
                    number_name(name, number): number_name(label, number)
                    for name, label in named.items()
                }
            with self.subTest(part):
                self.assertOpensAndChanges(definitions, columns)

    def test_no_definitions(self):
        for definitions in NO_LISTS:
            with self.subTest(definitions):
                self.put(definitions)
                self.assertEqual(self.columns(), {})
        self.assertOpensAndChanges("a", {})

    def test_two_hundred(self):
        columns = {f"p{number}": f"P {number}" for number in range(200)}
        self.assertOpensAndChanges(TWO_HUNDRED, columns, tried=8)

    def assertOpensAndChanges(self, definitions, columns, tried=None):  # noqa: N802
        self.put(definitions)
        self.assertEqual(self.columns(), columns)
        self.assertScreensOpen(*(f"x_property_{name}" for name in columns), tried=tried)
        self.properties(b={"type": "char", "string": "B"})
        self.assertEqual(self.columns(), {"b": "B"})
        self.properties()
        self.assertEqual(self.columns(), {})

    def test_values(self):
        self.put(ALL_KINDS)
        names = [f"x_property_{definition['name']}" for definition in ALL_KINDS]
        described = self.env[REPORT].fields_get(names)
        sorted_by = ", ".join(name for name in names if described[name]["sortable"])
        for values in [*map(of_all_kinds, ODD_VALUES), "[]", "5", '"a"', "null"]:
            with self.subTest(values):
                self.put(ALL_KINDS, values)
                self.assertRowsShown(names)
                self.assertEqual(len(self.env[REPORT].search(self.of_company, order=sorted_by)), 2)
                for name in names:
                    self.assertGrouped(described[name])
        self.put([])

    def test_exported(self):
        names = [f"x_property_{definition['name']}" for definition in ALL_KINDS]
        for value in ODD_VALUES:
            with self.subTest(value):
                self.put(ALL_KINDS, of_all_kinds(value))
                self.export("lines", columns=["commercial_partner_id", *names])
        self.put([])

    def test_same_in_list_and_groups(self):
        """The list reads a value as the groups do: of another type it is none."""
        for name, value, expected in (
            ("integer", "1.5", 1),
            ("integer", "3000000000", False),
            ("integer", '"7"', False),
            ("boolean", "1", False),
            ("char", "5", False),
            ("many2one", "999999999", False),
        ):
            with self.subTest(name=name, value=value):
                self.put(ALL_KINDS, f'{{"{name}": {value}}}')
                column = f"x_property_{name}"
                domain = [*self.of_company, ("commercial_partner_id", "=", self.acme.id)]
                row = self.env[REPORT].search(domain)
                self.assertEqual(row[column] or False, expected)
                [(grouped, count)] = row._read_group(domain, [column], ["__count"])
                self.assertEqual((grouped or False, count), (expected, 1))
        self.put([])

    def test_repeated_values_count_once(self):
        spain = self.env.ref("base.es")
        self.put(ALL_KINDS, f'{{"many2many": [{spain.id}, {spain.id}], "tags": ["a", "a"]}}')
        self.assertEqual(self.groups("x_property_many2many"), {"Spain": 10, False: 100})
        self.assertEqual(self.groups("x_property_tags"), {"A": 10, False: 100})
        self.put([])

    def test_clash_with_a_manual_field(self):
        self.manual_field("x_property_a", "integer", label="Manual")
        self.acme["x_property_a"] = 7
        self.properties(a={"type": "char", "string": "Property"})
        self.assertEqual(self.columns(), {})
        self.assertScreensOpen("x_property_a")
        self.assertEqual(self.groups("x_property_a"), {7: 10, 0: 100})
        self.assertUntold(lambda: self.properties(a={"type": "char", "string": "Changed"}))
        self.env["ir.model.fields"].sudo()._get("res.partner", "x_property_a").unlink()
        self.assertEqual(self.columns(), {"a": "Changed"})

    def assertUntold(self, change):  # noqa: N802
        self.registry.registry_invalidated = False
        change()
        self.assertFalse(self.registry.registry_invalidated)

    def test_other_servers_are_spared(self):
        """Nothing but what makes another column has them set up their models anew."""
        tags = [["g", "Gold", 1], ["n", "New", 2]]
        first = {"type": "tags", "string": "Labels", "tags": tags}
        recolored = first | {"tags": [["g", "Gold", 5], ["n", "New", 6]]}
        second = {"type": "char", "string": "Grade"}
        self.properties(labels=first, grade=second)
        for change in (
            lambda: self.properties(labels=first, grade=second | {"default": "A"}),
            lambda: self.properties(labels=first, grade=second | {"suffix": "€"}),
            lambda: self.properties(labels=first, grade=second | {"view_in_cards": True}),
            lambda: self.properties(grade=second, labels=first),
            lambda: self.properties(labels=recolored, grade=second),
            lambda: self.properties(labels=first, grade=second, line={"type": "separator"}),
        ):
            self.assertUntold(change)
        self.properties(labels=first, grade=second | {"string": "Class"})
        self.assertTrue(self.registry.registry_invalidated)
        self.assertEqual(self.columns(), {"labels": "Labels", "grade": "Class"})


SAME_LABELS = "odoo.addons.base.models.ir_model"


class TestOddManualFields(OddCustomFieldsCommon):
    @mute_logger(SAME_LABELS)
    def test_names(self):
        names = ["x_Tier", "x_tier", "x_name", "x_display_name", "x_id", "x_" + "n" * 61]
        for name in [*names, "x_a$b"]:
            self.manual_field(name, "char")
        self.assertScreensOpen(*names)
        # Odoo would let one sort by it, and then refuse.
        self.assertNotIn("x_a$b", self.env[REPORT]._fields)

    @mute_logger(SAME_LABELS)
    def test_x_active_is_no_sign_of_archived_sales(self):
        self.manual_field("x_active", "boolean", label="Active")
        self.acme["x_active"] = True
        self.assertScreensOpen("x_active")
        self.assertEqual(self.found(), ["Acme", "Globex"])
        self.assertEqual(self.groups("x_active"), {False: 100, True: 10})

    def test_labels(self):
        for label, shown in (("A\x0bB", "A B"), (" ", "x_tier"), ("\x1b", "x_tier")):
            self.manual_field("x_tier", "char", label=label)
            self.assertScreensOpen("x_tier")
            report = self.env[REPORT].with_context(lang="en_US")
            self.assertEqual(report.fields_get(["x_tier"])["x_tier"]["string"], shown)
            self.env["ir.model.fields"].sudo()._get("res.partner", "x_tier").unlink()

    def test_kinds(self):
        self.manual_field("x_size", "selection")
        self.manual_field("x_fee", "monetary", currency_field="currency_id")
        self.manual_field("x_own_currency_id", "many2one", relation="res.currency")
        self.manual_field("x_own", "monetary", currency_field="x_own_currency_id")
        self.manual_field("x_page", "html")
        self.manual_field("x_parameter_id", "many2one", relation="ir.config_parameter")
        self.manual_field("x_ref", "reference")
        self.manual_field(
            "x_many_ids", "one2many", relation="res.partner", relation_field="parent_id"
        )
        self.manual_field("x_picture", "binary")
        self.assertScreensOpen(
            *("x_size", "x_fee", "x_own_currency_id", "x_own", "x_page", "x_parameter_id")
        )
        for name in ("x_ref", "x_many_ids", "x_picture"):
            self.assertNotIn(name, self.env[REPORT]._fields)

    def test_not_searchable(self):
        """What Odoo cannot search is no field of the search bar."""
        self.manual_field(
            "x_twice",
            "integer",
            store=False,
            readonly=True,
            depends="color",
            compute="for record in self: record['x_twice'] = 2 * record.color",
        )
        self.assertScreensOpen("x_twice")
        self.assertFalse(etree.fromstring(self.view("search")).findall(".//field[@name='x_twice']"))

    @mute_logger("odoo.orm.fields_relational", "odoo.orm.model_classes", "odoo.registry")
    def test_records_of_a_model_that_is_gone(self):
        self.manual_field("x_friend_id", "many2one", relation="res.partner")
        self.manual_field("x_friend_ids", "many2many", relation="res.partner")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_model_fields SET relation = 'gone.model', domain = '[((' "
            "WHERE model = 'res.partner' AND name IN ('x_friend_id', 'x_friend_ids')"
        )
        self.env.invalidate_all()
        self.registry._setup_models__(self.env.cr, ["res.partner", *CUSTOMER_MODELS])
        self.assertScreensOpen()
        self.env["ir.model.fields"].sudo().search(
            [("model", "=", "res.partner"), ("name", "in", ["x_friend_id", "x_friend_ids"])]
        ).unlink()
        self.assertScreensOpen()
