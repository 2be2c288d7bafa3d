"""Names are read as the reader: whose number one knows, one does not learn the name of."""

import json

from odoo import Command

from .access_common import REPORT, AccessCommon

FILTER, EXPORT = "customer.sales.filter", "customer.sales.export"
TRICKS = {"show_email": True, "show_vat": True, "show_address": True}


class TestNamesAsReader(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env["res.partner"].create(
            {"name": "Classified Ltd", "company_id": cls.company_2.id}
        )
        cls.foreign_product = cls.env["product.product"].create(
            {"name": "Classified Thing", "company_id": cls.company_2.id}
        )
        cls.exporter = cls.users["all, margins, export"]
        cls.reader = cls.users["all customers"]

    def assertNotTold(self, result, *numbers):  # noqa: N802
        text = json.dumps(result, default=str)
        self.assertNotIn("Classified", text)
        for number in numbers:
            self.assertIn(str(number), text)

    # -- Words of a filter ----------------------------------------------------------------

    def words(self, user, domain):
        context = {"active_model": REPORT, "active_domain": domain, "columns": ["date"]}
        [wizard_id] = self.rpc(user, EXPORT, "create", [{"title": "x"}], context=context)
        return self.rpc(user, EXPORT, "read", [wizard_id], ["filter_words"])[0]["filter_words"]

    def test_words_of_a_filter(self):
        secret = self.env["res.partner"].create({"name": "Open Ltd"})
        for path, record in (
            ("commercial_partner_id", self.foreign),
            ("partner_id.parent_id", self.foreign),
            ("product_id", self.foreign_product),
            ("product_tmpl_id", self.foreign_product.product_tmpl_id),
        ):
            with self.subTest(path=path):
                words = self.words(self.exporter, [(path, "=", record.id)])
                self.assertNotTold(words, record.id)
        words = self.words(self.exporter, [("commercial_partner_id", "=", secret.id)])
        self.assertEqual(words, "Customer: Open Ltd")

    def test_words_with_contexts_that_reveal(self):
        seller = self.env["product.supplierinfo"].create(
            {
                "partner_id": self.foreign.id,
                "product_tmpl_id": self.product.product_tmpl_id.id,
                "product_name": "Classified Name",
                "company_id": False,
            }
        )
        for path, record, context in (
            ("commercial_partner_id", self.rivals_customer, TRICKS),
            ("product_id", self.product, {"seller_id": seller.id}),
            ("product_id", self.product, {"partner_id": self.foreign.id}),
        ):
            context = {
                "active_model": REPORT,
                "active_domain": [(path, "=", record.id)],
                "columns": ["date"],
                **context,
            }
            [wizard_id] = self.rpc(
                self.exporter, EXPORT, "create", [{"title": "x"}], context=context
            )
            words = self.rpc(self.exporter, EXPORT, "read", [wizard_id], ["filter_words"])
            with self.subTest(path=path):
                self.assertNotTold(words)
                self.assertIn(record.name, json.dumps(words))
                self.assertNotIn("secret", json.dumps(words).lower())

    def test_facets(self):
        """Of whatever can be put into the filter dialog."""
        team = (
            self.env["crm.team"]
            .sudo()
            .create({"name": "Classified Team", "company_id": self.company_2.id})
        )
        for values, number in (
            ({"product_tmpl_ids": self.foreign_product.product_tmpl_id.ids}, None),
            ({"team_ids": team.ids}, None),
            ({"customer_ids": self.foreign.ids}, None),
            ({"partner_domain": f"[('parent_id', '=', {self.foreign.id})]"}, self.foreign.id),
        ):
            with self.subTest(values=values):
                commands = {
                    name: [Command.set(value)] if isinstance(value, list) else value
                    for name, value in values.items()
                }
                preview = self.outcome(self.reader, FILTER, "preview", dict(commands))
                self.assertNotTold(preview if isinstance(preview, dict) else "refused")
                made = self.outcome(
                    self.reader, FILTER, "create", [{**commands, "previewed": "x"}], context={}
                )
                if isinstance(made, list):
                    wizard = self.env[FILTER].browse(made).with_user(self.reader)
                    wizard = wizard.with_context(
                        allowed_company_ids=self.reader.company_ids.ids, **TRICKS
                    )
                    try:
                        words = wizard._words_of(wizard._checked_sections())
                    except Exception as refusal:  # noqa: BLE001 - whatever it says
                        words = str(refusal)
                    self.assertNotTold(words, *[number] if number else [])

    # -- Relations that one writes oneself --------------------------------------------------

    def test_template_of_another(self):
        teller = self.users["administrator, everything"]
        [template_id] = self.rpc(
            teller,
            "customer.sales.export.template",
            "create",
            [{"name": "Classified", "columns": ["date"], "contents": ["lines"]}],
        )
        context = {"active_model": REPORT, "columns": ["date"]}
        [wizard_id] = self.rpc(self.exporter, EXPORT, "create", [{"title": "x"}], context=context)
        # Were it to come in by any way
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sales_export SET template_id = %s WHERE id = %s",
            [template_id, wizard_id],
        )
        self.env.invalidate_all()
        specification = {"template_id": {"fields": {"display_name": {}}}}
        for way, result in {
            "read": self.rpc(self.exporter, EXPORT, "read", [wizard_id], ["template_id"]),
            "search_read": self.rpc(self.exporter, EXPORT, "search_read", [], ["template_id"]),
            "list": self.rpc(self.exporter, EXPORT, "web_read", [wizard_id], specification),
            "group": self.rpc(
                self.exporter, EXPORT, "formatted_read_group", [], ["template_id"], ["__count"]
            ),
            "form": self.outcome(
                self.exporter,
                EXPORT,
                "onchange",
                [],
                {"template_id": template_id, "title": "x"},
                [],
                specification,
                context=context,
            ),
        }.items():
            with self.subTest(way=way):
                self.assertNotTold(result, *([template_id] if way != "form" else []))

    def test_wizards_with_contexts_that_reveal(self):
        [wizard_id] = self.rpc(
            self.reader, FILTER, "create", [{"customer_ids": self.rivals_customer.ids}]
        )
        specification = {"customer_ids": {"fields": {"display_name": {}}, "context": TRICKS}}
        for context in ({}, TRICKS):
            read = self.rpc(
                self.reader, FILTER, "web_read", [wizard_id], specification, context=context
            )
            self.assertEqual(read[0]["customer_ids"][0]["display_name"], "Rival's Customer")

    def test_properties(self):
        """Who writes a contact's properties does not learn the name of what they lead to."""
        self.addCleanup(self.registry.reset_changes)
        base = self.env["properties.base.definition"].sudo()
        base = base._get_definition_for_property_field("res.partner", "properties")
        base.properties_definition = [
            {"name": "buyer", "type": "many2one", "string": "Buyer", "comodel": "res.partner"},
            {"name": "all", "type": "many2many", "string": "All", "comodel": "res.partner"},
        ]
        self.env.cr.flush()
        self.rivals_customer.properties = {"buyer": self.foreign.id, "all": self.foreign.ids}
        columns = ["x_property_buyer", "x_property_all"]
        for way, result in {
            "read": self.rpc(self.exporter, REPORT, "search_read", [], columns),
            "list": self.rpc(
                self.exporter,
                REPORT,
                "web_search_read",
                [],
                {name: {"fields": {"display_name": {}}} for name in columns},
            ),
            **{
                f"group {name}": self.rpc(
                    self.exporter, REPORT, "formatted_read_group", [], [name], ["__count"]
                )
                for name in columns
            },
            "export": self.rpc(
                self.exporter,
                REPORT,
                "export_data",
                self.rpc(self.exporter, REPORT, "search", []),
                columns,
            ),
        }.items():
            with self.subTest(way=way):
                self.assertNotTold(result)
