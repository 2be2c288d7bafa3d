"""How many queries it takes to open the app: of the views alone, when a server has been asked
before, next to none."""

from lxml import etree

from odoo.tests import TransactionCase, new_test_user, tagged

from .custom_fields_common import PROPERTIES, REPORT

# Queries for the views of an action: access, favorites, bindings of actions
FEW = 5


@tagged("post_install", "-at_install")
class TestOpening(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(lambda: cls.registry.reset_changes())
        cls.user = new_test_user(
            cls.env,
            "opens_views",
            "customer_sales_report.group_customer_sales_manager,"
            "customer_sales_report.group_customer_sales_margin,"
            "customer_sales_report.group_customer_sales_contact,"
            "base.group_allow_export",
        )

    def assertFewQueries(self, call):  # noqa: N802
        """A call makes few queries when its server has been asked the same before."""
        call()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(FEW):
            call()

    def assertViewsOpen(self):  # noqa: N802
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "customer.sales.%")]
        )
        self.assertGreaterEqual(len(actions), 10)
        for action in actions:
            model = self.env[action.res_model].with_user(self.user).with_context(lang="en_US")
            # As the web client asks: a form alone has neither search bar nor favorites.
            is_searched = action.view_mode != "form"
            views = list(action.views)
            if is_searched:
                views.append((action.search_view_id.id, "search"))
            options = {
                "action_id": action.id,
                "load_filters": is_searched,
                "toolbar": action.target != "new",
            }
            with self.subTest(action=action.xml_id):
                self.assertFewQueries(lambda m=model, v=views, o=options: m.get_views(v, o))
        report = self.env[REPORT].with_user(self.user)
        for lang in (False, "en_US"):
            with self.subTest(lang=lang):
                self.assertFewQueries(report.with_context(lang=lang).fields_get)

    def test_views(self):
        self.assertViewsOpen()

    def test_groups_are_not_edited(self):
        """A group's menu would edit or delete the user, company or product that it is of."""
        actions = self.env["ir.actions.act_window"].search(
            [("res_model", "=like", "customer.sales.%")]
        )
        seen = set()
        for action in actions:
            for view_id, kind in action.views:
                if kind not in ("list", "kanban") or action.target == "new":
                    continue
                arch = etree.fromstring(self.env[action.res_model].get_view(view_id, kind)["arch"])
                seen.add(arch.get("string"))
                with self.subTest(action=action.xml_id, kind=kind):
                    self.assertEqual((arch.get("group_edit"), arch.get("group_delete")), ("0", "0"))
                    # Odoo's own list shows the menu nevertheless, with nothing in it.
                    self.assertTrue(kind == "kanban" or arch.get("js_class"))
        self.assertGreater(len(seen), 10)

    def test_views_with_custom_fields(self):
        self.env["properties.base.definition"].sudo()._get_definition_for_property_field(
            "res.partner", "properties"
        ).properties_definition = [{"name": name, **each} for name, each in PROPERTIES.items()]
        self.env.cr.flush()
        self.assertIn("x_property_grade", self.env[REPORT]._fields)
        self.assertViewsOpen()

    def test_company_with_currencies_and_taxes(self):
        """What the lines depend on is no matter of the views."""
        currency = self.env.ref("base.EUR")
        currency.active = True
        company = self.env["res.company"].create({"name": "Europe", "currency_id": currency.id})
        self.user.company_ids += company
        self.env["account.tax"].create(
            [
                {
                    "name": f"{number} %",
                    "amount": number,
                    "company_id": company.id,
                    "country_id": self.env.ref("base.be").id,
                    "price_include_override": "tax_included",
                    "tax_group_id": self.env["account.tax.group"]
                    .create({"name": f"{number}", "company_id": company.id})
                    .id,
                }
                for number in range(1, 4)
            ]
        )
        report = self.env[REPORT].with_user(self.user)
        both = (self.user.company_id + company).ids
        self.assertFewQueries(report.with_context(allowed_company_ids=both).fields_get)
