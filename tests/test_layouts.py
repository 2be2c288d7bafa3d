"""How the list of sales lines is arranged, and who may arrange it for whom."""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import convert_file, mute_logger

REPORT = "customer.sales.report"
LAYOUT = "customer.sales.layout"
USER, MANAGER, MARGIN = (
    f"customer_sales_report.group_customer_sales_{name}" for name in ("user", "manager", "margin")
)


def columns(names):
    """Columns as the list sends them; a plus stands for totalled, brackets for optional."""
    return [
        {
            "name": word.strip("()+"),
            "label": False,
            "is_shown": "(" not in word,
            "is_totalled": "+" in word,
        }
        for word in names.split()
    ]


def words(sent_columns):
    """The reverse of :func:`columns`."""
    return " ".join(
        f"{'' if column['is_shown'] else '('}{column['name']}"
        f"{'+' if column['is_totalled'] else ''}{'' if column['is_shown'] else ')'}"
        for column in sent_columns
    )


@tagged("post_install", "-at_install")
class LayoutCommon(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = new_test_user(cls.env, "layout_anna", f"base.group_user,{USER}")
        cls.ben = new_test_user(cls.env, "layout_ben", f"base.group_user,{USER}")
        cls.boss = new_test_user(cls.env, "layout_boss", f"base.group_user,{MANAGER}")

    def rpc(self, user, method, *args, model=LAYOUT, **context):
        """Call a method as a browser does."""
        self.env.invalidate_all()
        context = {"allowed_company_ids": user.company_ids.ids, **context}
        return call_kw(
            self.env(user=user, su=False, context={})[model], method, args, {"context": context}
        )

    @contextmanager
    def refused(self, error, pattern):
        """As in a browser, where what was done before the error is undone."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), pattern)

    def save(self, user, names=None, layout_id=False, **values):
        """Save a layout as the list does; return its id."""
        if names is not None:
            values["columns"] = columns(names)
        return self.rpc(user, "save_layout", REPORT, values, layout_id)["saved_id"]

    def seen(self, user, **context):
        """What the list offers: name -> columns in words, beside the ready-made ones."""
        return {
            layout["name"]: words(layout["columns"])
            for layout in self.rpc(user, "get_layouts", REPORT, **context)["layouts"]
            if not self.env[LAYOUT].browse(layout["id"]).sudo().ready_made
        }

    def default(self, user, **context):
        """The name of the layout that the user's list opens with."""
        default_id = self.rpc(user, "get_layouts", REPORT, **context)["default_id"]
        return self.env[LAYOUT].browse(default_id).sudo().name


@tagged("post_install", "-at_install")
class TestLayouts(LayoutCommon):
    def test_saved_and_found_again(self):
        self.save(self.anna, "date (city) price_subtotal+", name="Mine")
        self.assertEqual(self.seen(self.anna), {"Mine": "date (city) price_subtotal+"})

    def test_label_of_ones_own(self):
        sent = [{**columns("date")[0], "label": "Day"}]
        self.rpc(self.anna, "save_layout", REPORT, {"name": "Mine", "columns": sent})
        [layout] = [
            each for each in self.rpc(self.anna, "get_layouts", REPORT)["layouts"] if each["is_own"]
        ]
        self.assertEqual(layout["columns"][0]["label"], "Day")

    def test_changed(self):
        layout_id = self.save(self.anna, "date city", name="Mine")
        self.save(self.anna, "city (date) quantity+", layout_id, name="Still mine")
        self.assertEqual(self.seen(self.anna), {"Still mine": "city (date) quantity+"})

    def test_the_answer_has_the_new_order(self):
        layout_id = self.save(self.anna, "date city quantity", name="Mine")
        answer = self.rpc(
            self.anna,
            "save_layout",
            REPORT,
            {"columns": columns("quantity (date) city")},
            layout_id,
        )
        [sent] = [layout for layout in answer["layouts"] if layout["id"] == layout_id]
        self.assertEqual(words(sent["columns"]), "quantity (date) city")

    def test_renamed_only(self):
        layout_id = self.save(self.anna, "date city", name="Mine")
        self.save(self.anna, None, layout_id, name="Other")
        self.assertEqual(self.seen(self.anna), {"Other": "date city"})

    def test_deleted(self):
        layout_id = self.save(self.anna, "date", name="Mine", is_default=True)
        answer = self.rpc(self.anna, "delete_layout", REPORT, layout_id)
        self.assertFalse(answer["default_id"])
        self.assertEqual(self.seen(self.anna), {})
        with self.refused(UserError, "does not exist any more"):
            self.save(self.anna, "date", layout_id, name="Mine")

    def test_duplicated(self):
        layout_id = self.save(self.anna, "date (city) price_subtotal+", name="Mine")
        self.rpc(self.anna, "copy", [layout_id])
        self.assertEqual(
            self.seen(self.anna),
            {
                "Mine": "date (city) price_subtotal+",
                "Mine (copy)": "date (city) price_subtotal+",
            },
        )

    def test_columns_of_properties(self):
        """They are named by the field that holds them and their own name."""
        self.env[LAYOUT]._check_model(REPORT)
        report = self.env[REPORT]
        self.assertEqual(report._accessible_columns(["date.abc", "gone.abc"]), ["date.abc"])

    def test_number_of_queries(self):
        """As many with twenty layouts as with one: layouts, their columns, the default."""
        self.save(self.anna, "date city", name="Mine", is_default=True)

        def count():
            self.env.invalidate_all()
            layouts = self.env(user=self.anna, su=False)[LAYOUT]
            layouts.env.user.has_group(MANAGER)
            before = self.env.cr.sql_log_count
            layouts.get_layouts(REPORT)
            return self.env.cr.sql_log_count - before

        count()
        with_one = count()
        for number in range(20):
            self.save(self.anna, "date city quantity", name=f"Layout {number}")
        count()
        self.assertEqual(count(), with_one)
        self.assertLessEqual(with_one, 6)

    def test_headings_of_the_panel(self):
        answer = self.rpc(self.anna, "get_column_groups", model=REPORT)
        self.assertEqual(
            [key for key, _heading in answer["groups"]],
            ["customer", "document", "product", "amounts", "custom"],
        )
        expected = {
            "commercial_partner_id": "customer",
            "country_id": "customer",
            "date": "document",
            "journal_id": "document",
            "user_id": "document",
            "product_id": "product",
            "categ_id": "product",
            "product_type": "product",
            "quantity": "amounts",
            "price_subtotal": "amounts",
        }
        self.assertLessEqual(expected.items(), answer["group_of"].items())
        self.assertNotIn("margin", answer["group_of"])
        self.anna.group_ids += self.env.ref(MARGIN)
        answer = self.rpc(self.anna, "get_column_groups", model=REPORT)
        self.assertEqual(answer["group_of"]["margin"], "amounts")

    def test_custom_fields_of_customers(self):
        """They are offered under a heading of their own, and can be in layouts."""
        self.env["ir.model.fields"].create(
            {
                "name": "x_layout_loyalty",
                "field_description": "Loyalty",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "char",
            }
        )
        answer = self.rpc(self.anna, "get_column_groups", model=REPORT)
        self.assertEqual(answer["group_of"]["x_layout_loyalty"], "custom")
        self.save(self.anna, "date x_layout_loyalty", name="Mine", is_default=True)
        self.assertEqual(self.seen(self.anna), {"Mine": "date x_layout_loyalty"})
        Layout = self.env(user=self.anna, su=False)[LAYOUT]
        self.assertEqual(Layout._default_columns(REPORT), ["date", "x_layout_loyalty"])


@tagged("post_install", "-at_install")
class TestReadyMade(LayoutCommon):
    def ready_made(self, user):
        return {
            layout["name"]: layout
            for layout in self.rpc(user, "get_layouts", REPORT)["layouts"]
            if not layout["is_own"]
        }

    def test_are_there(self):
        self.assertLessEqual(
            {"Sales review", "Accounting reconciliation", "Products", "CRM", "Everything"},
            self.ready_made(self.anna).keys(),
        )

    def test_have_columns_of_the_list(self):
        """Each of their columns exists, and is in the list for who may see it."""
        Report = self.env[REPORT]
        arch, _view = Report._get_view(view_type="list")
        in_list = {node.get("name") for node in arch.iter("field")}
        for name, spec in Report._ready_made_layouts().items():
            names = f"{spec.get('shown', '')} {spec.get('optional', '')}".split()
            with self.subTest(layout=name):
                self.assertLessEqual(set(names), in_list)
                self.assertEqual(len(names), len(set(names)))
                self.assertLessEqual(set(spec.get("totalled", "").split()), set(names))

    def test_headings_are_short(self):
        """Beside the customer a heading need not say whose city it is."""
        layout = self.env.ref("customer_sales_report.layout_crm")
        columns = layout.with_user(self.boss)._for_list()["columns"]
        headings = {column["name"]: column["label"] for column in columns}
        self.assertEqual(headings["partner_category_ids"], "Tags")
        self.assertEqual(headings["city"], "City")
        self.assertFalse(headings["date"])

    def test_columns_in_words(self):
        """What the form shows of a layout that has no columns of its own, and of one that has."""
        crm = self.env.ref("customer_sales_report.layout_crm").with_user(self.boss)
        self.assertEqual(
            crm.shown_columns,
            "Customer, Contact, Tags, Account Manager, City, Country, Industry, Date, Product, "
            "Untaxed Total",
        )
        self.assertTrue(crm.optional_columns.startswith("Document Number, Salesperson"))
        own = self.env[LAYOUT].create(
            {
                "name": "Own",
                "model": REPORT,
                "user_id": self.boss.id,
                "column_ids": [
                    Command.create({"name": "date", "label": "Day"}),
                    Command.create({"name": "margin", "visibility": "optional"}),
                ],
            }
        )
        own = own.with_user(self.boss)
        self.assertEqual((own.shown_columns, own.optional_columns), ("Day", ""))
        # Who may not see the margin is not told more of it than its technical name.
        self.assertEqual(own.column_ids.mapped("title"), ["Date", "margin"])

    def test_everything(self):
        """The list's own columns, whatever they are; also those that come later."""
        self.assertIsNone(self.ready_made(self.anna)["Everything"]["columns"])
        layout = self.env.ref("customer_sales_report.layout_everything")
        names = [column["name"] for column in layout._columns()]
        self.assertLessEqual({"date", "margin", "vat", "price_subtotal"}, set(names))
        self.assertNotIn("currency_id", names)

    def test_changed_and_reset(self):
        layout = self.env.ref("customer_sales_report.layout_products")
        shipped = words(layout._columns())
        self.save(self.boss, "date product_id", layout.id)
        self.assertEqual(
            words(self.ready_made(self.anna)["Products"]["columns"]), "date product_id"
        )
        self.assertTrue(self.ready_made(self.anna)["Products"]["is_changed"])
        self.rpc(self.boss, "reset_layout", REPORT, layout.id)
        self.assertEqual(words(layout._columns()), shipped)

    def test_survive_upgrades(self):
        """Loading the app's data again changes nothing that somebody has arranged, renamed or
        deleted, and an untouched layout stays as shipped."""
        products = self.env.ref("customer_sales_report.layout_products")
        self.save(self.boss, "date product_id", products.id, name="Our products")
        self.rpc(
            self.boss,
            "delete_layout",
            REPORT,
            self.env.ref("customer_sales_report.layout_crm").id,
        )
        own = self.save(self.anna, "date", name="Mine", is_default=True)
        convert_file(
            self.env,
            "customer_sales_report",
            "data/customer_sales_layout_data.xml",
            idref={},
            mode="update",
            noupdate=True,
        )
        self.assertEqual(products.name, "Our products")
        self.assertEqual(
            words(self.ready_made(self.anna)["Our products"]["columns"]), "date product_id"
        )
        self.assertNotIn("CRM", self.ready_made(self.anna))
        self.assertEqual(self.default(self.anna), "Mine")
        self.assertTrue(self.env[LAYOUT].browse(own).exists())

    def test_cannot_be_deleted(self):
        """An upgrade would bring them back. The list archives them."""
        layout = self.env.ref("customer_sales_report.layout_crm")
        with self.refused(UserError, "“CRM” comes with the app"):
            self.rpc(self.boss, "unlink", [layout.id])

    def test_duplicated(self):
        layout = self.env.ref("customer_sales_report.layout_crm")
        copy = self.env[LAYOUT].browse(self.rpc(self.anna, "copy", [layout.id]))
        self.assertEqual(copy.user_id, self.anna)
        self.assertFalse(copy.ready_made)
        self.assertEqual(words(copy._columns()), words(layout._columns()))
        copy.name = "x" * 200
        again = self.env[LAYOUT].browse(self.rpc(self.anna, "copy", [copy.id]))
        self.assertEqual(again.name, "x" * 193 + " (copy)")


@tagged("post_install", "-at_install")
class TestLayoutPermissions(LayoutCommon):
    def test_layouts_of_others_are_invisible(self):
        """To administrators as well."""
        layout_id = self.save(self.anna, "date", name="Mine")
        for other in (self.ben, self.boss):
            with self.subTest(user=other.login):
                self.assertEqual(self.seen(other), {})
                self.assertFalse(self.rpc(other, "search", [("id", "=", layout_id)]))
                self.assertFalse(
                    self.rpc(
                        other,
                        "search",
                        [("layout_id", "=", layout_id)],
                        model="customer.sales.layout.column",
                    )
                )
                with self.assertRaises(AccessError):
                    self.rpc(other, "read", [layout_id], ["name"])
                with self.assertRaises(AccessError):
                    self.rpc(other, "write", [layout_id], {"name": "Stolen"})
                with self.refused(UserError, "does not exist any more"):
                    self.save(other, "city", layout_id, name="Stolen")
                self.rpc(other, "delete_layout", REPORT, layout_id)
        self.assertEqual(self.seen(self.anna), {"Mine": "date"})

    def test_administrators_share(self):
        layout_id = self.save(self.boss, "date city", name="Ours", is_shared=True)
        self.assertEqual(self.seen(self.anna), {"Ours": "date city"})
        self.save(self.boss, "city date", layout_id)
        self.assertEqual(self.seen(self.anna), {"Ours": "city date"})
        self.save(self.boss, None, layout_id, is_shared=False)
        self.assertEqual(self.seen(self.anna), {})
        self.assertEqual(self.seen(self.boss), {"Ours": "city date"})

    def test_others_do_not(self):
        with self.refused(AccessError, "Only administrators of Customer Sales share"):
            self.save(self.anna, "date", name="Ours", is_shared=True)
        own = self.save(self.anna, "date", name="Mine")
        with self.refused(AccessError, "Only administrators of Customer Sales share"):
            self.save(self.anna, None, own, is_shared=True)
        shared = self.save(self.boss, "date", name="Ours", is_shared=True)
        with self.refused(AccessError, "Save it as a layout of your own"):
            self.save(self.anna, "city", shared)
        with self.assertRaises(AccessError):
            self.rpc(self.anna, "delete_layout", REPORT, shared)
        with self.assertRaises(AccessError):
            self.rpc(
                self.anna,
                "reset_layout",
                REPORT,
                self._changed_ready_made(),
            )
        self.assertEqual(self.seen(self.anna), {"Mine": "date", "Ours": "date"})

    def _changed_ready_made(self):
        layout = self.env.ref("customer_sales_report.layout_products")
        self.save(self.boss, "date", layout.id)
        return layout.id

    def test_nor_by_writing_records(self):
        """What the list's own calls refuse, the records refuse as well."""
        shared = self.save(self.boss, "date", name="Ours", is_shared=True)
        own = self.save(self.anna, "date", name="Mine")
        values = {"name": "X", "model": REPORT, "column_ids": [Command.create({"name": "date"})]}
        refused = [
            ("create", [{**values, "user_id": False}]),
            ("create", [{**values, "user_id": self.ben.id}]),
            ("write", [own], {"user_id": False}),
            ("write", [own], {"user_id": self.ben.id}),
            ("write", [shared], {"name": "X"}),
            ("write", [shared], {"column_ids": [Command.create({"name": "city"})]}),
            ("unlink", [shared]),
        ]
        for method, *args in refused:
            with self.subTest(method=method, args=args), self.assertRaises(AccessError):
                self.rpc(self.anna, method, *args)
        for method, *args in [
            ("create", [{**values, "ready_made": "products"}]),
            ("write", [own], {"ready_made": "products"}),
        ]:
            with self.subTest(method=method, args=args):
                with self.assertRaisesRegex(UserError, "cannot be understood"):
                    self.rpc(self.anna, method, *args)
        line = self.env[LAYOUT].browse(shared).column_ids
        for method, *args in [
            ("write", line.ids, {"name": "city"}),
            ("unlink", line.ids),
            ("create", [{"layout_id": shared, "name": "city"}]),
        ]:
            with self.subTest(line=method), self.assertRaises(AccessError):
                self.rpc(self.anna, method, *args, model=line._name)
        self.assertEqual(self.seen(self.ben), {"Ours": "date"})

    def test_without_a_level(self):
        nobody = new_test_user(self.env, "layout_nobody", "base.group_user")
        with self.assertRaises(AccessError):
            self.rpc(nobody, "get_layouts", REPORT)
        with self.assertRaises(AccessError):
            self.rpc(nobody, "get_column_groups", model=REPORT)
        with self.assertRaises(AccessError):
            self.save(nobody, "date", name="Mine")

    def test_lists_that_cannot_be_arranged(self):
        for model in ("res.partner", "no.such.model", "customer.sales.export.log", None):
            with self.subTest(model=model), self.refused(UserError, "cannot be arranged"):
                self.rpc(self.boss, "get_layouts", model)

    def test_losing_a_permission(self):
        """A column that one may not see any more is left out, and comes back with the
        permission, whatever was changed meanwhile."""
        self.anna.group_ids += self.env.ref(MARGIN)
        layout_id = self.save(
            self.anna, "date margin+ city (margin_percent) price_subtotal+", name="Mine"
        )
        self.anna.group_ids -= self.env.ref(MARGIN)
        self.assertEqual(self.seen(self.anna), {"Mine": "date city price_subtotal+"})
        # each hidden column stays behind the one before it, or at the end if that is taken out
        self.save(self.anna, "price_subtotal date (zip)", layout_id)
        self.assertEqual(self.seen(self.anna), {"Mine": "price_subtotal date"})
        self.anna.group_ids += self.env.ref(MARGIN)
        self.assertEqual(
            self.seen(self.anna), {"Mine": "price_subtotal date margin+ (margin_percent)"}
        )

    def test_shared_layout_changed_without_the_permission(self):
        """An administrator who may not see margins takes none from those who may."""
        self.boss.group_ids += self.env.ref(MARGIN)
        layout_id = self.save(self.boss, "margin date", name="Ours", is_shared=True)
        self.boss.group_ids -= self.env.ref(MARGIN)
        self.save(self.boss, "date city", layout_id)
        self.anna.group_ids += self.env.ref(MARGIN)
        self.assertEqual(self.seen(self.anna), {"Ours": "margin date city"})
        self.assertEqual(self.seen(self.ben), {"Ours": "date city"})

    def test_ready_made_changed_without_the_permission(self):
        everything = self.env.ref("customer_sales_report.layout_everything")
        self.save(self.boss, "date city", everything.id)
        self.assertIn("margin", everything.column_ids.mapped("name"))


@tagged("post_install", "-at_install")
class TestDefaultLayout(LayoutCommon):
    def test_each_user_has_one(self):
        self.save(self.anna, "date", name="Mine", is_default=True)
        self.assertEqual(self.default(self.anna), "Mine")
        self.assertFalse(self.default(self.ben))
        self.save(self.anna, "city", name="Other", is_default=True)
        self.assertEqual(self.default(self.anna), "Other")

    def test_a_shared_one(self):
        """It is the default of those who choose it, and of nobody else."""
        shared = self.save(self.boss, "date", name="Ours", is_shared=True)
        self.rpc(self.anna, "set_default", REPORT, shared)
        self.rpc(self.ben, "set_default", REPORT, shared)
        self.rpc(self.ben, "set_default", REPORT, False)
        self.assertEqual(
            [self.default(user) for user in (self.anna, self.ben, self.boss)],
            ["Ours", False, False],
        )

    def test_not_shared_any_more(self):
        """The list opens as shipped, and with the layout again when it is shared again."""
        shared = self.save(self.boss, "date", name="Ours", is_shared=True)
        self.rpc(self.anna, "set_default", REPORT, shared)
        self.save(self.boss, None, shared, is_shared=False)
        self.assertFalse(self.default(self.anna))
        self.save(self.boss, None, shared, is_shared=True)
        self.assertEqual(self.default(self.anna), "Ours")

    def test_not_that_of_another(self):
        layout_id = self.save(self.anna, "date", name="Mine")
        self.rpc(self.ben, "set_default", REPORT, layout_id)
        self.assertFalse(self.default(self.ben))

    def test_reset(self):
        self.save(self.anna, "date", name="Mine", is_default=True)
        self.rpc(self.anna, "set_default", REPORT, False)
        self.assertFalse(self.default(self.anna))
        self.assertEqual(self.seen(self.anna), {"Mine": "date"})

    def test_of_a_company(self):
        """A layout of one company is offered there only, and goes before the general one."""
        second = self.env["res.company"].create({"name": "Second"})
        self.anna.company_ids += second
        first = self.anna.company_id
        self.save(self.anna, "date", name="Everywhere", is_default=True)
        self.save(self.anna, "city", name="There", company_id=second.id, is_default=True)

        def opens(company):
            return self.default(self.anna, allowed_company_ids=company.ids)

        self.assertEqual([opens(first), opens(second)], ["Everywhere", "There"])
        self.assertEqual(
            self.seen(self.anna, allowed_company_ids=first.ids), {"Everywhere": "date"}
        )
        with self.assertRaises(AccessError):
            self.save(self.ben, "city", name="There", company_id=second.id)

    def test_columns_for_exports(self):
        """In the layout's order, those shown, and those that the user may see."""
        Layout = self.env(user=self.anna, su=False)[LAYOUT]
        self.assertEqual(
            Layout._default_columns(REPORT)[:4],
            ["date", "document_number", "document_type", "commercial_partner_id"],
        )
        self.assertNotIn("partner_id", Layout._default_columns(REPORT))
        self.anna.group_ids += self.env.ref(MARGIN)
        self.save(self.anna, "price_subtotal margin (city) date", name="Mine", is_default=True)
        self.assertEqual(Layout._default_columns(REPORT), ["price_subtotal", "margin", "date"])
        self.anna.group_ids -= self.env.ref(MARGIN)
        self.env.invalidate_all()
        self.assertEqual(Layout._default_columns(REPORT), ["price_subtotal", "date"])

    def test_columns_for_exports_of_other_lists(self):
        names = self.env[LAYOUT]._default_columns("customer.sales.export.log")
        self.assertIn("user_id", names)


@tagged("post_install", "-at_install")
class TestBadLayouts(LayoutCommon):
    def test_empty(self):
        with self.refused(ValidationError, "“Mine” has no columns"):
            self.save(self.anna, "", name="Mine")
        layout_id = self.save(self.anna, "date", name="Mine")
        with self.refused(ValidationError, "“Mine” has no columns"):
            self.save(self.anna, "", layout_id)
        with self.refused(ValidationError, "has no columns"):
            self.rpc(self.anna, "create", [{"name": "Mine too", "model": REPORT}])

    def test_without_a_name(self):
        with self.refused(ValidationError, "Give the layout a name"):
            self.save(self.anna, "date", name="  ")

    def test_duplicate_name(self):
        self.save(self.anna, "date", name="Mine")
        with self.refused(ValidationError, "You already have a layout named “ mine”"):
            self.save(self.anna, "city", name=" mine")
        self.save(self.ben, "city", name="Mine")
        self.save(self.boss, "city", name="Mine", is_shared=True)
        with self.refused(ValidationError, "already is a shared layout named “Mine”"):
            self.save(self.boss, "date", name="Mine", is_shared=True)
        with self.refused(ValidationError, "already is a shared layout named “CRM”"):
            self.save(self.boss, "date", name="CRM", is_shared=True)

    def test_same_name_in_two_companies(self):
        second = self.env["res.company"].create({"name": "Second"})
        self.boss.company_ids += second
        first = self.boss.company_id
        for company in (first, second):
            self.save(self.boss, "date", name="Ours", is_shared=True, company_id=company.id)
        with self.assertRaises(ValidationError):
            self.save(self.boss, "date", name="Ours", is_shared=True)

    def test_unknown_column(self):
        with self.refused(ValidationError, "Did you mean “price_subtotal”"):
            self.save(self.anna, "date price_subtotall", name="Mine")
        with self.refused(ValidationError, "“qqqq” is not a column of the list"):
            self.save(self.anna, "qqqq", name="Mine")
        self.assertEqual(self.seen(self.anna), {})

    def test_removed_field(self):
        """The column drops out, the layout stays, and goes on to be changed."""
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_layout_test",
                "field_description": "Of a test",
                "model_id": self.env["ir.model"]._get_id(REPORT),
                "ttype": "char",
                "store": False,
                "compute": "for row in self: row['x_layout_test'] = ''",
            }
        )
        layout_id = self.save(self.anna, "date x_layout_test city", name="Mine", is_default=True)
        self.assertEqual(self.seen(self.anna), {"Mine": "date x_layout_test city"})
        field.unlink()
        self.assertEqual(self.seen(self.anna), {"Mine": "date city"})
        self.assertEqual(self.default(self.anna), "Mine")
        self.save(self.anna, "city date", layout_id)
        self.assertEqual(self.seen(self.anna), {"Mine": "city date"})
        self.assertEqual(
            self.env[LAYOUT].browse(layout_id).column_ids.mapped("name"), ["city", "date"]
        )


@tagged("post_install", "-at_install")
class TestLayoutImport(LayoutCommon):
    """By Odoo's own import and export."""

    FIELDS = ("name", "model", "column_ids/name", "column_ids/visibility", "column_ids/is_totalled")

    def load(self, user, *rows):
        return self.rpc(user, "load", list(self.FIELDS), [list(row) for row in rows])

    def test_import(self):
        answer = self.load(
            self.anna,
            ("Mine", REPORT, "date", "shown", ""),
            ("", "", "city", "Optional", ""),
            ("", "", "price_subtotal", "shown", "1"),
        )
        self.assertFalse(answer["messages"])
        self.assertEqual(self.seen(self.anna), {"Mine": "date (city) price_subtotal+"})

    def test_unknown_column(self):
        self.save(self.anna, "date", name="Before")
        answer = self.load(
            self.anna,
            ("Good", REPORT, "date", "shown", ""),
            ("Bad", REPORT, "date", "shown", ""),
            ("", "", "pricesubtotal", "shown", ""),
        )
        self.assertFalse(answer["ids"])
        self.assertIn(
            "“pricesubtotal” is not a column of the list", answer["messages"][0]["message"]
        )
        self.assertEqual(self.seen(self.anna), {"Before": "date"})

    def test_duplicate_name(self):
        self.save(self.anna, "date", name="Mine")
        answer = self.load(self.anna, ("Mine", REPORT, "city", "shown", ""))
        self.assertIn("You already have a layout named", answer["messages"][0]["message"])
        self.assertEqual(self.seen(self.anna), {"Mine": "date"})

    def test_empty(self):
        answer = self.load(self.anna, ("Mine", REPORT, "", "", ""))
        self.assertIn("has no columns", answer["messages"][0]["message"])

    def test_the_same_column_twice(self):
        answer = self.load(
            self.anna, ("Mine", REPORT, "date", "shown", ""), ("", "", "date", "shown", "")
        )
        self.assertIn("“date” is in the layout “Mine” twice", answer["messages"][0]["message"])

    def test_unknown_list(self):
        # Odoo's import tries to create what it has complained of, which its log tells.
        with mute_logger("odoo.sql_db"):
            answer = self.load(self.anna, ("Mine", "res.partner", "name", "shown", ""))
        self.assertIn("res.partner", answer["messages"][0]["message"])

    def test_there_and_back(self):
        self.boss.group_ids += self.env.ref("base.group_allow_export")
        layout_id = self.save(self.boss, "price_total+ date (city)", name="Ours", is_shared=True)
        exported = self.rpc(self.boss, "export_data", [layout_id], list(self.FIELDS))["datas"]
        self.rpc(self.boss, "delete_layout", REPORT, layout_id)
        rows = [[str(cell or "") for cell in row] for row in exported]
        self.assertFalse(self.load(self.boss, *rows)["messages"])
        self.assertEqual(self.seen(self.boss), {"Ours": "price_total+ date (city)"})
