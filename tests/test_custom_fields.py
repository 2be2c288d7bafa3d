"""Custom fields of contacts in the report, without code and without an update."""

from ast import literal_eval
from datetime import date, datetime

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..tools.terms import PRIVATE_PARAMETER
from .custom_fields_common import PROPERTIES, REPORT, CustomFieldsCommon


class TestManualFields(CustomFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_tier", "char", label="Tier")
        cls.manual_field("x_limit", "integer", label="Limit")
        cls.manual_field("x_until", "date", label="Until")
        cls.manual_field("x_vip", "boolean", label="VIP")
        cls.manual_field("x_agent_id", "many2one", label="Agent", relation="res.partner")
        cls.manual_field("x_served_ids", "many2many", label="Served", relation="res.country")
        cls.manual_field(
            "x_size",
            "selection",
            label="Size",
            selection_ids=[
                (0, 0, {"value": "s", "name": "Small"}),
                (0, 0, {"value": "l", "name": "Large"}),
            ],
        )
        cls.spain = cls.env.ref("base.es")
        cls.acme.write(
            {
                "x_tier": "Gold",
                "x_limit": 500,
                "x_until": "2026-05-01",
                "x_vip": True,
                "x_agent_id": cls.ann.id,
                "x_served_ids": [(6, 0, cls.spain.ids)],
                "x_size": "l",
            }
        )

    def test_columns_and_groups_and_search_fields(self):
        arch = etree.fromstring(self.view("list"))
        for name in ("x_tier", "x_limit", "x_until", "x_agent_id", "x_served_ids", "x_size"):
            [column] = arch.findall(f"field[@name='{name}']")
            self.assertEqual(column.get("optional"), "hide")
        arch = etree.fromstring(self.view("search"))
        self.assertTrue(arch.findall("field[@name='x_tier']"))
        [group] = arch.findall(".//group/filter[@name='group_x_size']")
        self.assertEqual(group.get("context"), "{'group_by': 'x_size'}")
        self.assertEqual(group.get("string"), "Size")
        description = self.report.fields_get(["x_tier", "x_size", "x_limit"])
        self.assertEqual(description["x_tier"]["string"], "Tier")
        self.assertEqual(description["x_size"]["selection"], [("s", "Small"), ("l", "Large")])
        self.assertNotIn("aggregator", description["x_limit"])

    def test_read(self):
        row = self.report.search([*self.of_company, ("commercial_partner_id", "=", self.acme.id)])
        [values] = row.read(["x_tier", "x_limit", "x_until", "x_vip", "x_agent_id", "x_size"])
        self.assertEqual(values["x_tier"], "Gold")
        self.assertEqual(values["x_limit"], 500)
        self.assertEqual(values["x_agent_id"][0], self.ann.id)
        self.assertEqual(values["x_size"], "l")
        self.assertEqual(row.x_served_ids, self.spain)

    def test_search(self):
        self.assertEqual(self.found(("x_tier", "ilike", "gol")), ["Acme"])
        self.assertEqual(self.found(("x_limit", ">", 499)), ["Acme"])
        self.assertEqual(self.found(("x_until", "<", "2026-06-01")), ["Acme"])
        self.assertEqual(self.found(("x_vip", "=", False)), ["Globex"])
        self.assertEqual(self.found(("x_agent_id", "ilike", "ann")), ["Acme"])
        self.assertEqual(self.found(("x_served_ids", "in", self.spain.ids)), ["Acme"])
        self.assertEqual(self.found(("x_size", "=", "l")), ["Acme"])
        self.assertEqual(self.found(("x_size", "=", False)), ["Globex"])

    def test_group(self):
        self.assertEqual(self.groups("x_tier"), {"Gold": 10, False: 100})
        self.assertEqual(self.groups("x_until:month"), {date(2026, 5, 1): 10, False: 100})
        self.assertEqual(self.groups("x_vip"), {False: 100, True: 10})
        self.assertEqual(self.groups("x_agent_id"), {self.ann.display_name: 10, False: 100})
        self.assertEqual(self.groups("x_served_ids"), {"Spain": 10, False: 100})
        self.assertEqual(self.groups("x_size"), {"l": 10, False: 100})

    def test_of_the_contact_in_the_filter(self):
        empty = self.env["customer.sales.filter"].with_context(customer_sales_filter={})
        choices = dict(empty.fields_get(["custom_field"])["custom_field"]["selection"])
        self.assertEqual(choices["x_tier"], "Tier")
        wizard = empty.new({"custom_field": "x_tier", "partner_domain": "[('x_vip', '=', True)]"})
        wizard._onchange_custom_field()
        self.assertFalse(wizard.custom_field)
        rows = self.report.search([*self.of_company, *wizard._filter_domain()])
        self.assertEqual(rows.commercial_partner_id, self.acme)
        [section] = [each for each in wizard._checked_sections() if each.name == "contact"]
        self.assertEqual(
            wizard._words_of([section]), ["Customer › VIP is Yes, and Customer › Tier is set"]
        )

    def test_nothing_in_the_database(self):
        self.registry.init_models(self.env.cr, [REPORT], {"module": "customer_sales_report"})
        fields = self.env["ir.model.fields"].sudo()
        self.assertFalse(fields.search([("model", "=", REPORT), ("name", "=like", "x_%")]))
        self.assertIn("x_tier", self.report._fields)


class TestManualFieldGoes(CustomFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_tier", "char", label="Tier")
        cls.acme.x_tier = "Gold"

    def test_renamed_and_deleted(self):
        field = self.env["ir.model.fields"].sudo()._get("res.partner", "x_tier")
        field.name = "x_class"
        self.assertNotIn("x_tier", self.report._fields)
        self.assertEqual(self.found(("x_class", "=", "Gold")), ["Acme"])
        wizard = self.env["customer.sales.filter"].create(
            {"partner_domain": "[('x_class', '=', 'Gold')]"}
        )
        field.unlink()
        self.assertNotIn("x_class", self.report._fields)
        self.assertNotIn("x_class", self.view("list"))
        self.assertNotIn("x_class", self.view("search"))
        with self.assertRaisesRegex(UserError, "no field “x_class” any more"):
            wizard.action_apply()


class TestCopiesOfPrivateFields(CustomFieldsCommon):
    """A custom field is as private as what it takes its values from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_mail", "char", label="Mail", related="email", readonly=True)
        cls.manual_field("x_mail_again", "char", label="Again", related="x_mail", readonly=True)
        cls.manual_field(
            "x_greeting",
            "char",
            label="Greeting",
            compute="for each in self: each['x_greeting'] = f'Dear {each.email}'",
            depends="name, email",
            store=False,
        )
        cls.manual_field(
            "x_login", "char", label="Portal Login", related="user_ids.login", readonly=True
        )
        cls.manual_field("x_town", "char", label="Town", related="city", readonly=True)
        cls.manual_field("x_bank_id", "many2one", label="Bank Account", relation="res.partner.bank")
        cls.acme.write({"email": "secret@acme.example", "city": "Cairo"})
        level = "customer_sales_report.group_customer_sales_all"
        contact = "customer_sales_report.group_customer_sales_contact"
        for name, groups in (("without", level), ("with_contact", f"{level},{contact}")):
            user = new_test_user(
                cls.env,
                f"copies_{name}",
                groups,
                company_id=cls.company.id,
                company_ids=cls.company.ids,
            )
            setattr(cls, name, user)

    def test_columns(self):
        private = {"x_mail", "x_mail_again", "x_greeting", "x_bank_id"}
        for user, hidden in (
            (self.without, {*private, "x_login"}),
            (self.with_contact, {"x_login"}),
        ):
            report = self.env[REPORT].with_user(user)
            arch = report.get_view(view_type="list")["arch"]
            views = report.get_views([(False, "list"), (False, "search"), (False, "pivot")])
            for name in (*private, "x_login", "x_town"):
                with self.subTest(user=user.login, column=name):
                    is_shown = name not in hidden
                    self.assertEqual(name in report.fields_get(), is_shown)
                    self.assertEqual(f'name="{name}"' in arch, is_shown)
                    self.assertEqual(name in views["models"][REPORT]["fields"], is_shown)
                    self.assertEqual(report._may_reach(["commercial_partner_id", name]), is_shown)
                    if is_shown:
                        report.search([]).read([name])
                    else:
                        for domain in (
                            [(name, "!=", False)],
                            [(f"commercial_partner_id.{name}", "!=", False)],
                        ):
                            with self.assertRaises(AccessError):
                                report.search(domain)
                        with self.assertRaises(AccessError):
                            report.search([]).read([name])

    def test_what_was_saved_with_them(self):
        """A layout, a favorite and a template that has such a column do not break the list."""
        self.env["customer.sales.layout"].sudo().create(
            {
                "name": "With mail",
                "model": REPORT,
                "user_id": False,
                "column_ids": [(0, 0, {"name": name}) for name in ("date", "x_mail", "x_login")],
            }
        )
        self.env["ir.filters"].sudo().create(
            {
                "name": "By mail",
                "model_id": REPORT,
                "user_ids": [],
                "context": "{'group_by': ['x_mail', 'date:month'], 'pivot_measures': ['__count']}",
                "sort": '["x_mail desc", "date"]',
            }
        )
        for user, columns, groups, sort in (
            (self.without, ["date"], ["date:month"], '["date"]'),
            (
                self.with_contact,
                ["date", "x_mail"],
                ["x_mail", "date:month"],
                '["x_mail desc", "date"]',
            ),
        ):
            layouts = self.env["customer.sales.layout"].with_user(user).get_layouts(REPORT)
            [layout] = [each for each in layouts["layouts"] if each["name"] == "With mail"]
            self.assertEqual([column["name"] for column in layout["columns"]], columns)
            favorites = self.env["ir.filters"].with_user(user).get_filters(REPORT)
            [favorite] = [each for each in favorites if each["name"] == "By mail"]
            context = literal_eval(favorite["context"])
            self.assertEqual(context, {"group_by": groups, "pivot_measures": ["__count"]})
            self.assertEqual(favorite["sort"], sort)


class TestOtherServersLearn(CustomFieldsCommon):
    """Each process of Odoo has columns of its own: it sets them up anew when the registry of the
    one that changed something is said to have changed."""

    def assertTold(self):  # noqa: N802
        self.env.cr.flush()
        self.assertTrue(self.registry.registry_invalidated)
        self.registry.registry_invalidated = False

    def test_other_servers_learn(self):
        self.registry.registry_invalidated = False
        self.manual_field("x_tier", "char", label="Tier")
        self.assertTold()
        self.properties(grade=PROPERTIES["grade"])
        self.assertTold()
        self.mark_private("x_tier")
        self.assertTold()
        self.properties()
        self.assertTold()
        self.env["ir.model.fields"].sudo()._get("res.partner", "x_tier").unlink()
        self.assertTold()


class TestProperties(CustomFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.properties(**PROPERTIES)
        cls.acme.properties = {
            "grade": "A",
            "vip": True,
            "seats": 12,
            "score": 4.5,
            "signed": "2026-05-17",
            "called": "2026-05-17 10:00:00",
            "size": "l",
            "labels": ["g", "n"],
            "buyer": cls.ann.id,
            "banks": cls.env.ref("base.es").ids,
            "memo": "Long text",
        }
        cls.globex.properties = {"grade": "B", "labels": ["n"], "size": "s"}

    def test_columns_and_groups_and_search_fields(self):
        arch = etree.fromstring(self.view("list"))
        columns = {column.get("name") for column in arch.findall("field[@optional='hide']")}
        shown = {f"x_property_{name}" for name in PROPERTIES if name != "line"}
        self.assertLessEqual(shown, columns)
        self.assertNotIn("x_property_line", columns)
        arch = etree.fromstring(self.view("search"))
        grouped = {
            group.get("name").removeprefix("group_x_property_")
            for group in arch.findall(".//group/filter")
        }
        self.assertLessEqual(
            {"grade", "vip", "seats", "signed", "called", "size", "labels", "buyer", "banks"},
            grouped,
        )
        self.assertTrue(grouped.isdisjoint({"score", "memo"}))
        self.assertEqual(
            self.report.fields_get(["x_property_grade"])["x_property_grade"]["string"], "Grade"
        )

    def test_read(self):
        row = self.report.search([*self.of_company, ("commercial_partner_id", "=", self.acme.id)])
        self.assertEqual(row.x_property_grade, "A")
        self.assertIs(row.x_property_vip, True)
        self.assertEqual(row.x_property_seats, 12)
        self.assertEqual(row.x_property_score, 4.5)
        self.assertEqual(row.x_property_signed, date(2026, 5, 17))
        self.assertEqual(row.x_property_called, datetime(2026, 5, 17, 10))
        self.assertEqual(row.x_property_size, "l")
        self.assertEqual(row.x_property_labels, "Gold, New")
        self.assertEqual(row.x_property_buyer, self.ann)
        self.assertEqual(row.x_property_banks, self.env.ref("base.es"))
        self.assertEqual(row.x_property_memo, "Long text")

    def test_search(self):
        self.assertEqual(self.found(("x_property_grade", "=", "A")), ["Acme"])
        self.assertEqual(self.found(("x_property_grade", "ilike", "b")), ["Globex"])
        self.assertEqual(self.found(("x_property_grade", "in", ["A", "B"])), ["Acme", "Globex"])
        self.assertEqual(self.found(("x_property_grade", "!=", "A")), ["Globex"])
        self.assertEqual(self.found(("x_property_vip", "=", True)), ["Acme"])
        self.assertEqual(self.found(("x_property_vip", "=", False)), ["Globex"])
        self.assertEqual(self.found(("x_property_seats", ">", 11)), ["Acme"])
        self.assertEqual(self.found(("x_property_seats", "=", False)), ["Globex"])
        self.assertEqual(self.found(("x_property_signed", ">=", "2026-05-01")), ["Acme"])
        self.assertEqual(self.found(("x_property_called", "<", "2026-05-18 00:00:00")), ["Acme"])
        self.assertEqual(self.found(("x_property_size", "in", ["s", "l"])), ["Acme", "Globex"])
        self.assertEqual(self.found(("x_property_labels", "ilike", "gol")), ["Acme"])
        self.assertEqual(self.found(("x_property_labels", "=", "New")), ["Acme", "Globex"])
        self.assertEqual(self.found(("x_property_buyer", "ilike", "ann")), ["Acme"])
        self.assertEqual(self.found(("x_property_buyer", "=", self.ann.id)), ["Acme"])
        self.assertEqual(self.found(("x_property_banks", "ilike", "spain")), ["Acme"])
        self.assertEqual(self.found(("x_property_banks", "=", False)), ["Globex"])

    def test_group(self):
        self.assertEqual(self.groups("x_property_grade"), {"A": 10, "B": 100})
        self.assertEqual(self.groups("x_property_vip"), {False: 100, True: 10})
        self.assertEqual(self.groups("x_property_seats"), {12: 10, False: 100})
        self.assertEqual(self.groups("x_property_signed:month"), {date(2026, 5, 1): 10, False: 100})
        self.assertEqual(
            self.groups("x_property_called:day"), {datetime(2026, 5, 17): 10, False: 100}
        )
        self.assertEqual(self.groups("x_property_size"), {"l": 10, "s": 100})
        self.assertEqual(self.groups("x_property_labels"), {"Gold": 10, "New": 110})
        self.assertEqual(self.groups("x_property_buyer"), {self.ann.display_name: 10, False: 100})
        self.assertEqual(self.groups("x_property_banks"), {"Spain": 10, False: 100})

    def test_groups_open(self):
        """What the web client shows in each group are the group's own rows."""
        for groupby in ("x_property_labels", "x_property_size", "x_property_signed:month"):
            groups = self.report.formatted_read_group(
                self.of_company, [groupby], ["__count", "price_subtotal:sum"]
            )
            for group in groups:
                with self.subTest(group=group):
                    rows = self.report.search([*self.of_company, *group["__extra_domain"]])
                    self.assertEqual(len(rows), group["__count"])
                    self.assertEqual(
                        sum(rows.mapped("price_subtotal")), group["price_subtotal:sum"]
                    )

    def test_of_the_contact_in_the_filter(self):
        empty = self.env["customer.sales.filter"].with_context(customer_sales_filter={})
        choices = dict(empty.fields_get(["custom_field"])["custom_field"]["selection"])
        self.assertEqual(choices["properties.grade"], "Grade")
        wizard = empty.create({"partner_domain": "[('properties.grade', '=', 'A')]"})
        rows = self.report.search([*self.of_company, *wizard._filter_domain()])
        self.assertEqual(rows.commercial_partner_id, self.acme)

    def test_comes_and_goes_with_the_property(self):
        self.properties(grade=PROPERTIES["grade"], city2={"type": "char", "string": "Town"})
        self.assertIn("x_property_city2", self.report._fields)
        self.assertNotIn("x_property_size", self.report._fields)
        self.assertNotIn("x_property_size", self.view("list"))
        self.properties(**PROPERTIES)

    def test_sorted(self):
        rows = self.report.search(self.of_company, order="x_property_grade desc")
        self.assertEqual(rows.commercial_partner_id.mapped("name"), ["Globex", "Acme"])


class TestPrivateCustomFields(CustomFieldsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_secret", "char", label="Secret")
        cls.properties(
            hush={"type": "char", "string": "Hush"}, open={"type": "char", "string": "Open"}
        )
        cls.acme.write({"x_secret": "s3cret", "properties": {"hush": "hushed", "open": "opened"}})
        cls.mark_private("x_secret", "x_property_hush")
        level = "customer_sales_report.group_customer_sales_all"
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.without = new_test_user(cls.env, "custom_without", level, **companies)
        cls.permitted = new_test_user(
            cls.env,
            "custom_permitted",
            f"{level},customer_sales_report.group_customer_sales_contact",
            **companies,
        )

    def report_of(self, user):
        self.env.invalidate_all()
        return self.env[REPORT].with_user(user)

    def test_permitted(self):
        report = self.report_of(self.permitted)
        rows = report.search([*self.of_company, ("x_secret", "=", "s3cret")])
        self.assertEqual(rows.x_property_hush, "hushed")
        self.assertIn("x_secret", report.get_view(view_type="list")["arch"])
        self.assertIn("group_x_property_hush", report.get_view(view_type="search")["arch"])
        names = dict(
            self.env["customer.sales.filter"].with_user(self.permitted)._selection_custom_field()
        )
        self.assertIn("x_secret", names)

    def test_hidden_in_views_and_choices(self):
        report = self.report_of(self.without)
        for kind in ("list", "search"):
            arch = report.get_view(view_type=kind)["arch"]
            self.assertNotIn("x_secret", arch)
            self.assertNotIn("x_property_hush", arch)
            self.assertIn("x_property_open", arch)
        self.assertNotIn("x_secret", report.fields_get())
        names = dict(
            self.env["customer.sales.filter"].with_user(self.without)._selection_custom_field()
        )
        self.assertIn("properties.open", names)
        self.assertNotIn("x_secret", names)
        self.assertNotIn("properties.hush", names)

    def test_every_way_in(self):
        report = self.report_of(self.without)
        row = report.search(self.of_company, limit=1)
        private = ("x_secret", "x_property_hush")
        on_contact = ("x_secret", "properties", "properties.hush")
        ways = {
            **{
                f"search {name}": lambda n=name: report.search([(n, "ilike", "h")])
                for name in private
            },
            **{
                f"search contact {name}": lambda n=name: report.search(
                    [(f"commercial_partner_id.{n}", "ilike", "h")]
                )
                for name in on_contact
                if name != "properties"
            },
            **{
                f"any {name}": lambda n=name: report.search(
                    [("partner_id", "any", [(n, "ilike", "h")])]
                )
                for name in on_contact
                if name != "properties"
            },
            **{f"read {name}": lambda n=name: row.read([n]) for name in private},
            **{f"web_read {name}": lambda n=name: row.web_read({n: {}}) for name in private},
            **{
                f"web_read contact {name}": lambda n=name: row.web_read(
                    {"commercial_partner_id": {"fields": {n: {}}}}
                )
                for name in ("x_secret", "properties")
            },
            **{f"group {name}": lambda n=name: report._read_group([], [n]) for name in private},
            **{
                f"group contact {name}": lambda n=name: report._read_group(
                    [], [f"commercial_partner_id.{n}"]
                )
                for name in ("x_secret", "properties.hush")
            },
            **{f"order {name}": lambda n=name: report.search([], order=n) for name in private},
            "wizard": lambda: (
                self.env["customer.sales.filter"]
                .with_user(self.without)
                .create({"partner_domain": "[('x_secret', '=', 's3cret')]"})
                .action_apply()
            ),
            "wizard property": lambda: (
                self.env["customer.sales.filter"]
                .with_user(self.without)
                .create({"partner_domain": "[('properties.hush', '=', 'hushed')]"})
                .action_apply()
            ),
        }
        for way, go in ways.items():
            with self.subTest(way=way), self.assertRaises(AccessError):
                go()
        self.assertTrue(report.search([("commercial_partner_id.properties.open", "=", "opened")]))

    def test_settings(self):
        """An administrator ticks a field, and takes the tick off again."""
        Settings = self.env["res.config.settings"].sudo()
        ticks = Settings.get_values()["customer_sales_private_fields"]
        self.assertEqual(ticks["x_secret"], {"label": "Secret", "checked": True})
        self.assertFalse(ticks["x_property_open"]["checked"])
        ticks["x_secret"]["checked"] = False
        Settings.create({"customer_sales_private_fields": ticks}).set_values()
        report = self.report_of(self.without)
        self.assertTrue(report.search([*self.of_company, ("x_secret", "=", "s3cret")]))
        self.mark_private("x_secret", "x_property_hush")

    def test_settings_of_others(self):
        """Odoo tells anybody what Settings begin with; which fields are private is not part."""
        for user in (self.without, self.env.ref("base.public_user")):
            values = self.env["res.config.settings"].with_user(user).default_get([])
            self.assertNotIn("customer_sales_private_fields", values)

    def test_parameter(self):
        """Who writes the system parameter by hand hides a field at once, and shows it again."""
        parameters = self.env["ir.config_parameter"].sudo()
        condition = [*self.of_company, ("x_secret", "=", "s3cret")]

        def assert_private(is_private):
            report = self.report_of(self.without)
            self.assertNotEqual(is_private, "x_secret" in report.fields_get())
            self.assertNotEqual(is_private, 'name="x_secret"' in report.get_view()["arch"])
            if is_private:
                with self.assertRaises(AccessError):
                    report.search(condition)
            else:
                self.assertEqual(len(report.search(condition)), 1)

        parameter = parameters.search([("key", "=", PRIVATE_PARAMETER)])
        assert_private(True)
        parameter.value = "x_property_hush"
        assert_private(False)
        parameter.value = "x_property_hush, x_secret"
        assert_private(True)
        parameter.key = "customer_sales_report.another"
        assert_private(False)
        parameter.key = PRIVATE_PARAMETER
        assert_private(True)
        parameter.unlink()
        assert_private(False)
        parameters.create({"key": PRIVATE_PARAMETER, "value": "x_secret"})
        assert_private(True)
        parameters.set_param(PRIVATE_PARAMETER, False)
        assert_private(False)
        self.mark_private("x_secret", "x_property_hush")
