import json

import psycopg2.errors
from lxml import etree

from odoo.fields import Domain
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from . import require_showcase

REPORT = "customer.sales.report"
GROUPS = (
    "customer_sales_report.group_customer_sales_all,"
    "customer_sales_report.group_customer_sales_margin,"
    "customer_sales_report.group_customer_sales_contact,"
    "account.group_account_invoice,sales_team.group_sale_salesman_all_leads,"
    "point_of_sale.group_pos_user"
)


@tagged("post_install", "-at_install")
class TestReadOnly(TransactionCase):
    """Whatever is opened, nothing is written: in a read-only transaction, as on a replica."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].search([])
        cls.user = new_test_user(
            cls.env,
            "replica_reader",
            GROUPS,
            company_id=companies[0].id,
            company_ids=companies.ids,
            tz="Asia/Riyadh",
        )
        # In another language too, and with the companies' different currencies.
        cls.context = {"allowed_company_ids": companies.ids, "lang": "ar_001", "tz": cls.user.tz}
        report = cls.env[REPORT].with_context(**cls.context)
        require_showcase(report)
        cls.rows = report.search([], limit=500)
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.env.invalidate_all()
        self.env.cr.execute("SET TRANSACTION READ ONLY")

    def ask(self, model, method, *args, **kwargs):
        """Call a method as the web client does, as the reader."""
        env = self.env(user=self.user.id, context=self.context, su=False)
        return call_kw(env[model], method, args, kwargs | {"context": self.context})

    def views(self, action):
        """The views of a window action, by their type: (architecture, fields)."""
        kinds = [*action["view_mode"].split(","), "search"]
        ids = {kind: view_id for view_id, kind in action["views"]}
        ids["search"] = action["search_view_id"]
        found = self.ask(
            action["res_model"], "get_views", [[ids.get(kind) or False, kind] for kind in kinds]
        )
        return {
            kind: (
                etree.fromstring(found["views"][kind]["arch"]),
                found["models"][action["res_model"]]["fields"],
            )
            for kind in kinds
        }

    def actions(self):
        """The app's window actions on the report."""
        actions = self.env["ir.actions.act_window"].search([("res_model", "=", REPORT)])
        external_ids = actions.get_external_id()
        return [
            {
                "id": external_ids[action.id],
                "res_model": action.res_model,
                "view_mode": action.view_mode,
                "views": action.views,
                "search_view_id": action.search_view_id.id,
            }
            for action in actions
            if external_ids[action.id].startswith("customer_sales_report.")
        ]

    @staticmethod
    def groupings(search):
        """What the search view offers to group by."""
        filters = search.iterfind(".//filter[@context]")
        contexts = [safe_eval(node.get("context")) for node in filters]
        groupings = [context["group_by"] for context in contexts if "group_by" in context]
        return [f"{name}:month" if name == "date" else name for name in groupings]

    @staticmethod
    def filters(search):
        """The domains that the search view offers, but those that the client computes itself."""
        domains = [node.get("domain") for node in search.iterfind(".//filter[@domain]")]
        return [safe_eval(text) for text in domains if text and "uid" not in text]

    def test_transaction_is_read_only(self):
        """Writing fails here, so that the other tests can tell."""
        with self.assertRaises(psycopg2.errors.ReadOnlySqlTransaction), mute_logger("odoo.sql_db"):
            self.env.cr.execute("UPDATE res_partner SET name = name")

    def test_views(self):
        """Each view of each menu of the app: lists and their counters, pivots, graphs."""
        actions = self.actions()
        self.assertGreaterEqual(len(actions), 5)
        for action in actions:
            with self.subTest(action=action["id"]):
                for kind, (arch, fields) in self.views(action).items():
                    self.open_view(kind, arch, fields)

    def open_view(self, kind, arch, fields):
        columns = [node.get("name") for node in arch.findall("field")]
        if kind == "list":
            page = self.ask(
                REPORT,
                "web_search_read",
                domain=[],
                specification={
                    name: {"fields": {"display_name": {}}}
                    if fields[name]["type"] in ("many2one", "many2many", "reference")
                    else {}
                    for name in columns
                },
                limit=80,
                order=arch.get("default_order", ""),
                count_limit=10001,
            )
            self.assertEqual(len(page["records"]), 80)
        elif kind in ("pivot", "graph"):
            groupby = [
                f"{name}:{node.get('interval', 'month')}" if name == "date" else name
                for node in arch.findall("field")
                if (name := node.get("name")) and node.get("type") != "measure"
            ]
            measures = [
                f"{name}:{fields[name]['aggregator']}"
                for node in arch.findall("field[@type='measure']")
                if (name := node.get("name"))
            ]
            sets = self.ask(
                REPORT,
                "formatted_read_grouping_sets",
                [],
                [groupby[:length] for length in range(len(groupby) + 1)],
                [*measures, "__count"],
            )
            self.assertTrue(all(sets))

    def test_searches(self):
        """Each grouping and each filter of the search view, and what is typed into it."""
        [action] = [a for a in self.actions() if a["id"].endswith("action_customer_sales_lines")]
        search, _fields = self.views(action)["search"]
        groupings, filters = self.groupings(search), self.filters(search)
        self.assertGreaterEqual(len(groupings), 10)
        for grouping in groupings:
            with self.subTest(grouping=grouping):
                groups = self.ask(
                    REPORT,
                    "web_read_group",
                    [("counts_as_sale", "=", True)],
                    [grouping],
                    ["price_subtotal:sum", "margin_percent:avg", "discount:avg", "__count"],
                    limit=80,
                )
                self.assertTrue(groups["groups"])
        typed = [
            [("commercial_partner_id", "child_of", "a")],
            [("document_number", "ilike", "00")],
            [("product_tmpl_id", "ilike", "a")],
        ]
        for domain in [*filters, *typed]:
            with self.subTest(domain=json.dumps(domain)):
                found = self.ask(REPORT, "web_search_read", domain, {"date": {}}, limit=80)
                self.assertEqual(
                    self.ask(REPORT, "search_count", list(Domain(domain)), limit=80),
                    len(found["records"]),
                )

    def test_rows_and_documents(self):
        """Reading rows, opening their documents, and net sales on the customer's form."""
        row_ids = self.rows[:40].ids
        self.assertEqual(len(self.ask(REPORT, "web_read", row_ids, {"document_number": {}})), 40)
        by_type = {row.document_type: row for row in self.rows}
        for document_type, row in by_type.items():
            with self.subTest(document_type=document_type):
                action = self.ask(REPORT, "action_open_document", [row.id])
                self.assertEqual(action["res_id"], row.document_ref.id)
                views = [[False, "form"]]
                self.ask(action["res_model"], "get_views", views)
                self.ask(action["res_model"], "web_read", [action["res_id"]], {"name": {}})
        customer = self.rows.commercial_partner_id[0]
        [form] = self.ask("res.partner", "web_read", [customer.id], {"customer_net_sales": {}})
        self.assertIn("customer_net_sales", form)
