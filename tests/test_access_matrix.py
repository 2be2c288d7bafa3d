"""Who sees what, in one table: every kind of user by every way in.

``EXPECTED`` is what an administrator is told, and what all tests below hold the addon to. The
kinds of users and the documents A to K are described in ``access_common.py``.
"""

import json
import warnings
from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.http import Request
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .access_common import KINDS, LETTERS, REPORT, AccessCommon, amount, letter_of

# Odoo itself does not always follow a path through an id.
NOT_ALWAYS_FOLLOWED = {"domain on the contact itself": (ValueError,)}

EXPECTED = """
kind of user               documents              costs  contacts  exports  log  campaigns
no access                  -                      no     no        no       no   no
accountant only            -                      no     no        no       no   no
salesman only              -                      no     no        no       no   no
cashier only               -                      no     no        no       no   no
permissions, no level      -                      no     no        no       no   no
portal                     -                      no     no        no       no   no
public                     -                      no     no        no       no   no
own customers              A C D E F I J          no     no        no       no   read
own, margins               A C D E F I J          yes    no        no       no   read
own, contacts, export      A C D E F I J          no     yes       yes      no   read
own, campaigns             A C D E F I J          no     no        no       no   act
all customers              A B C D E F I J K      no     no        no       no   read
all, margins, export       A B C D E F I J K      yes    no        yes      no   read
all, campaigns             A B C D E F I J K      no     no        no       no   act
all, in company 2          G H                    no     no        no       no   read
all, in two companies      A B C D E F G H I J K  no     no        no       no   read
administrator              A B C D E F I J K      no     no        no       yes  act
administrator, everything  A B C D E F I J K      yes    yes       yes      yes  act
"""

CAMPAIGN = "customer.sales.campaign"
EXPORT_WIZARD, EXPORT_JOB = "customer.sales.export", "customer.sales.export.job"

PROFILE = "customer.sales.profile"
# What is exported as a workbook beside the lines -> its column of the customer
EXPORTED_REPORTS = {
    PROFILE: "partner_id",
    "customer.sales.product": "partner_id",
    "customer.sales.retention.report": "partner_id",
    "customer.sales.comparison.report": "commercial_partner_id",
    "customer.sales.change.report": "commercial_partner_id",
}

# Where Odoo reports a refused download, as an error
EXPORT_LOGGER = "odoo.addons.web.controllers.export"

COST_FIELDS = ["cost", "margin", "margin_percent"]
CONTACT_FIELDS = ["email", "phone", "street", "street2", "zip", "vat"]
FIGURE = {"price_subtotal": {}}


def _rows_by_reading(test, user):
    """Each row of each document by its id, as whoever guesses ids would."""
    return [
        row["price_subtotal"]
        for row_id in test.all_row_ids
        if isinstance(read := test.outcome(user, REPORT, "read", [row_id]), list)
        for row in read
    ]


def _rows_of_ids(test, user, row_ids):
    report = test.env[REPORT].sudo().with_context(allowed_company_ids=[*user.company_ids.ids])
    return report.browse(row_ids).mapped("price_subtotal")


COMPARISON, CHANGE = "customer.sales.comparison.report", "customer.sales.change.report"
# All documents are of the current period.
ALL_DAYS = {
    "customer_sales_compared": {
        "current": "own",
        "current_first": "2026-01-01",
        "current_last": "2999-12-31",
        "base": "period_before",
    }
}

# Way in -> (test, user) -> the untaxed totals of the rows it gives. Denied ways raise.
WAYS_TO_ROWS = {
    "list": lambda test, user: [
        row["price_subtotal"]
        for row in test.rpc(user, REPORT, "web_search_read", [], FIGURE)["records"]
    ],
    "search": lambda test, user: _rows_of_ids(test, user, test.rpc(user, REPORT, "search", [])),
    "search_read": lambda test, user: [
        row["price_subtotal"] for row in test.rpc(user, REPORT, "search_read", [])
    ],
    "search, newest rows": lambda test, user: _rows_of_ids(
        test, user, test.rpc(user, REPORT, "search", [], limit=500, order="date desc, id desc")
    ),
    "search by id": lambda test, user: _rows_of_ids(
        test, user, test.rpc(user, REPORT, "search", [("id", "in", test.all_row_ids)])
    ),
    "name_search": lambda test, user: _rows_of_ids(
        test, user, [row_id for row_id, _name in test.rpc(user, REPORT, "name_search", limit=500)]
    ),
    "pivot": lambda test, user: [
        total
        for group in test.rpc(
            user, REPORT, "formatted_read_group", [], ["document_ref"], ["price_subtotal:sum"]
        )
        for total in [group["price_subtotal:sum"]]
    ],
    "grouped list": lambda test, user: [
        record["price_subtotal"]
        for group in test.rpc(
            user,
            REPORT,
            "web_read_group",
            [],
            ["date:month"],
            ["price_subtotal:sum"],
            auto_unfold=True,
            unfold_read_specification=FIGURE,
            unfold_read_default_limit=500,
        )["groups"]
        for record in group["__records"]
    ],
    "graph": lambda test, user: [
        value
        for group in test.rpc(
            user, REPORT, "formatted_read_group", [], ["date:year"], ["price_subtotal:array_agg"]
        )
        for value in group["price_subtotal:array_agg"]
    ],
    "list of two periods": lambda test, user: [
        row["price_subtotal"]
        for row in test.rpc(user, COMPARISON, "web_search_read", [], FIGURE, context=ALL_DAYS)[
            "records"
        ]
    ],
    "pivot of two periods": lambda test, user: [
        group["net_sales_current:sum"] + group["ordered_current:sum"] * (kind == "sale.order")
        for group in test.rpc(
            user,
            COMPARISON,
            "formatted_read_group",
            [],
            ["document_ref"],
            ["net_sales_current:sum", "ordered_current:sum"],
            context=ALL_DAYS,
        )
        for kind in [group["document_ref"].partition(",")[0]]
    ],
}

# Way in -> (test, user, field) -> anything. Denied ways raise.
WAYS_TO_A_FIELD = {
    "read": lambda test, user, field: [
        test.rpc(user, REPORT, "read", [row_id], [field])
        for row_id in test.rpc(user, REPORT, "search", [])
    ],
    "list": lambda test, user, field: test.rpc(user, REPORT, "web_search_read", [], {field: {}}),
    "search_read": lambda test, user, field: test.rpc(user, REPORT, "search_read", [], [field]),
    "search": lambda test, user, field: test.rpc(user, REPORT, "search", [(field, "!=", False)]),
    "search, hidden in the domain": lambda test, user, field: test.rpc(
        user,
        REPORT,
        "search_count",
        ["|", ("date", "=", False), "!", "&", (field, "=", 1), ("id", "!=", 0)],
    ),
    "order": lambda test, user, field: test.rpc(
        user, REPORT, "search", [], order=f"date, {field} desc"
    ),
    "group": lambda test, user, field: test.rpc(
        user, REPORT, "formatted_read_group", [], [field], ["__count"]
    ),
    "values of a group": lambda test, user, field: test.rpc(
        user, REPORT, "formatted_read_group", [], ["date:month"], [f"{field}:array_agg"]
    ),
    "largest of a group": lambda test, user, field: test.rpc(
        user, REPORT, "formatted_read_group", [], [], [f"{field}:max"]
    ),
    "condition on groups": lambda test, user, field: test.rpc(
        user,
        REPORT,
        "formatted_read_group",
        [],
        ["date:month"],
        ["__count"],
        having=[(f"{field}:max", "!=", 0 if field in COST_FIELDS else "")],
    ),
    "order of groups": lambda test, user, field: test.rpc(
        user,
        REPORT,
        "formatted_read_group",
        [],
        ["date:month"],
        ["__count"],
        order=f"{field}:max desc",
    ),
}

# Way round -> (test, user) -> anything. Each reaches for the customer's e-mail.
WAYS_ROUND_TO_CONTACTS = {
    "domain through the contact": lambda test, user: test.rpc(
        user, REPORT, "search", [("partner_id.email", "like", "secret")]
    ),
    "domain in a domain": lambda test, user: test.rpc(
        user, REPORT, "search", [("commercial_partner_id", "any", [("vat", "!=", False)])]
    ),
    "domain through a contact's contacts": lambda test, user: test.rpc(
        user, REPORT, "search", [("commercial_partner_id.child_ids.phone", "!=", False)]
    ),
    "group through the contact": lambda test, user: test.rpc(
        user, REPORT, "formatted_read_group", [], ["commercial_partner_id.email"], ["__count"]
    ),
    "domain on the row itself": lambda test, user: test.rpc(
        user, REPORT, "search", [("id", "any", [("email", "!=", False)])]
    ),
    "domain on the contact itself": lambda test, user: test.rpc(
        user, REPORT, "search", [("partner_id.id", "any", [("id.email", "!=", False)])]
    ),
    "list of the groups": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_read_group",
        [],
        ["commercial_partner_id"],
        groupby_read_specification={"commercial_partner_id": {"email": {}}},
    ),
    "rows of the groups": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_read_group",
        [],
        ["date:month"],
        auto_unfold=True,
        unfold_read_specification={"partner_id": {"fields": {"phone": {}}}},
    ),
    "another name of the tax ID": lambda test, user: test.rpc(
        user, REPORT, "search", [("commercial_partner_id.peppol_endpoint", "!=", False)]
    ),
    "colors of a progress bar": lambda test, user: test.rpc(
        user,
        REPORT,
        "read_progress_bar",
        [],
        "date:month",
        {"field": "email", "colors": {"secret@example.com": "success"}},
    ),
    "columns of a name search": lambda test, user: test.rpc(
        user, REPORT, "web_name_search", "", {"display_name": {}, "email": {}}
    ),
    "filter of a search panel": lambda test, user: test.rpc(
        user,
        REPORT,
        "search_panel_select_range",
        "commercial_partner_id",
        comodel_domain=[("email", "like", "secret")],
    ),
    "filters of a search panel": lambda test, user: test.rpc(
        user,
        REPORT,
        "search_panel_select_multi_range",
        "commercial_partner_id",
        comodel_domain=[("vat", "!=", False)],
    ),
    "order of a list in a list": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [],
        {"commercial_partner_id": {"fields": {"child_ids": {"fields": {}, "order": "email"}}}},
    ),
    "list through the document": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [],
        {"document_ref": {"fields": {"partner_id": {"fields": {"email": {}}}}}},
    ),
    "list through the contact": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [],
        {"commercial_partner_id": {"fields": {"email": {}}}},
    ),
    "list of two periods": lambda test, user: test.rpc(
        user, COMPARISON, "web_search_read", [], {"email": {}}, context=ALL_DAYS
    ),
    "changes through the customer": lambda test, user: test.rpc(
        user, CHANGE, "search", [("commercial_partner_id.email", "!=", False)], context=ALL_DAYS
    ),
    "changes by a contact detail": lambda test, user: test.rpc(
        user, CHANGE, "formatted_read_group", [], ["vat"], ["change:sum"], context=ALL_DAYS
    ),
    "bridge of a contact detail": lambda test, user: test.rpc(
        user, CHANGE, "get_bridge", [("phone", "!=", False)], context=ALL_DAYS
    ),
}


def _read_group(test, user):
    """Odoo warns of this method, and still lets programs call it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return test.rpc(user, REPORT, "read_group", [], ["margin:sum"], ["date:month"])


WAYS_ROUND_TO_COSTS = {
    "domain through the product": lambda test, user: test.rpc(
        user, REPORT, "search", [("product_id.standard_price", ">", 0)]
    ),
    "domain through its template": lambda test, user: test.rpc(
        user, REPORT, "search", [("product_tmpl_id", "any", [("standard_price", ">", 0)])]
    ),
    "list through the product": lambda test, user: test.rpc(
        user, REPORT, "web_search_read", [], {"product_id": {"fields": {"standard_price": {}}}}
    ),
    "list through the document": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [("document_type", "=", "pos_receipt")],
        {"document_ref": {"fields": {"margin": {}}}},
    ),
    "filter of a search panel": lambda test, user: test.rpc(
        user,
        REPORT,
        "search_panel_select_range",
        "product_id",
        comodel_domain=[("standard_price", ">", 0)],
    ),
    "columns of a name search": lambda test, user: test.rpc(
        user, REPORT, "web_name_search", "", {"display_name": {}, "cost": {}}
    ),
    "groups of old": _read_group,
    "ratio of sums": lambda test, user: test.rpc(
        user, REPORT, "formatted_read_group", [], [], ["margin_percent:avg"]
    ),
    "sum": lambda test, user: test.rpc(user, REPORT, "formatted_read_group", [], [], ["cost:sum"]),
    "sum of a difference": lambda test, user: test.rpc(
        user, REPORT, "formatted_read_group", [], [], ["margin:sum"]
    ),
    "sum in a currency": lambda test, user: test.rpc(
        user, REPORT, "formatted_read_group", [], [], ["margin:sum_currency"]
    ),
    **{
        f"compared: {aggregate}": lambda test, user, aggregate=aggregate: test.rpc(
            user, COMPARISON, "formatted_read_group", [], [], [aggregate], context=ALL_DAYS
        )
        for aggregate in (
            "margin_current:sum",
            "margin_change:sum_currency",
            "margin_base:max",
            "margin_percent_current:avg",
            "margin_change_percent:avg",
        )
    },
    "list of two periods": lambda test, user: test.rpc(
        user, COMPARISON, "web_search_read", [], {"margin_current": {}}, context=ALL_DAYS
    ),
    "bridge of a cost": lambda test, user: test.rpc(
        user, CHANGE, "get_bridge", [("product_id.standard_price", ">", 0)], context=ALL_DAYS
    ),
}


def _searching(path):
    return lambda test, user: test.rpc(user, REPORT, "search", [(path, "!=", False)])


# Way out of the app -> (test, user) -> anything. Refused to everybody, whatever the permissions.
WAYS_OUT = {
    **{
        f"domain: {path}": _searching(path)
        for path in (
            "commercial_partner_id.bank_ids",
            "commercial_partner_id.bank_ids.acc_number",
            "commercial_partner_id.bank_ids.display_name",
            "commercial_partner_id.message_ids.body",
            "commercial_partner_id.message_ids.email_from",
            "commercial_partner_id.user_ids.login",
            "commercial_partner_id.credit_limit",
            "commercial_partner_id.invoice_ids.amount_total",
            "partner_id.child_ids.sale_order_ids",
            "partner_id.activity_ids.note",
            "user_id.login",
            "user_id.email",
            "user_id.partner_id.phone",
            "company_id.partner_id.email",
            "company_id.bank_ids",
            "journal_id.bank_account_id",
            "product_id.seller_ids",
            "product_id.seller_ids.price",
            "product_tmpl_id.message_ids",
            "product_id.stock_quant_ids",
        )
    },
    "domain, not any": lambda test, user: test.rpc(
        user, REPORT, "search", [("partner_id", "not any", [("bank_ids", "=", False)])]
    ),
    "domain, child of": lambda test, user: test.rpc(
        user, REPORT, "search", [("partner_id.bank_ids", "child_of", [1])]
    ),
    "domain, a name": lambda test, user: test.rpc(
        user, REPORT, "search", [("partner_id.user_ids", "ilike", "secret")]
    ),
    "domain of a total": lambda test, user: test.rpc(
        user,
        REPORT,
        "search",
        [
            (
                "customer_total",
                "=",
                json.dumps(
                    {
                        "amount": "price_subtotal",
                        "min": 1,
                        "domain": [["partner_id.bank_ids.acc_number", "!=", False]],
                    }
                ),
            )
        ],
    ),
    "search panel": lambda test, user: test.rpc(
        user,
        REPORT,
        "search_panel_select_range",
        "commercial_partner_id",
        comodel_domain=[("bank_ids.acc_number", "ilike", "DE")],
    ),
    "groups of a search panel": lambda test, user: test.rpc(
        user,
        REPORT,
        "search_panel_select_multi_range",
        "commercial_partner_id",
        group_by="property_account_receivable_id",
    ),
    "group": lambda test, user: test.rpc(
        user,
        REPORT,
        "formatted_read_group",
        [],
        ["commercial_partner_id.property_account_receivable_id"],
        ["__count"],
    ),
    "list": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [],
        {"commercial_partner_id": {"fields": {"bank_ids": {"fields": {"display_name": {}}}}}},
    ),
    "list through the document": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [],
        {"document_ref": {"fields": {"message_ids": {"fields": {"body": {}}}}}},
    ),
    "order in a list": lambda test, user: test.rpc(
        user,
        REPORT,
        "web_search_read",
        [],
        {
            "commercial_partner_id": {
                "fields": {"child_ids": {"fields": {}, "order": "signup_type"}}
            }
        },
    ),
}


def _expected():
    """Kind of user -> documents, costs, contacts, exports, log, campaigns."""
    _header, *lines = EXPECTED.strip().splitlines()
    table = {}
    for line in lines:
        kind, *documents, costs, contacts, exports, log, campaigns = _cells(line)
        table[kind] = {
            "documents": [] if documents == ["-"] else documents,
            "costs": costs == "yes",
            "contacts": contacts == "yes",
            "exports": exports == "yes",
            "log": log == "yes",
            "campaigns": campaigns,
        }
    return table


def _cells(line):
    width = len("administrator, everything  ")
    return [line[:width].strip(), *line[width:].split()]


class TestAccessMatrix(AccessCommon):
    def setUp(self):
        super().setUp()
        self.expected = _expected()

    def test_the_table_has_every_kind_of_user(self):
        self.assertEqual(set(self.expected), {*KINDS, "portal", "public"})

    def each(self):
        for kind, expected in self.expected.items():
            yield kind, self.users[kind], expected

    def documents_seen(self, kind, expected):
        """The letters of the documents that a user sees, each as often as it sees one."""
        own = kind.startswith("own")
        return sorted(
            letter
            for letter in expected["documents"]
            for _document in self.documents[letter][: 1 if own else None]
        )

    def assertRefused(self, outcome):  # noqa: N802
        """Access is denied, or the record does not even exist for the user's companies."""
        self.assertTrue(isinstance(outcome, type) and issubclass(outcome, UserError), outcome)

    # -- Rows -----------------------------------------------------------------------------

    def test_rows(self):
        for kind, user, expected in self.each():
            for way, rows in WAYS_TO_ROWS.items():
                with self.subTest(user=kind, way=way):
                    if not expected["documents"]:
                        with self.assertRaises(AccessError):
                            rows(self, user)
                        continue
                    self.assertEqual(
                        sorted(letter_of(total) for total in rows(self, user)),
                        self.documents_seen(kind, expected),
                    )

    def test_rows_by_guessed_ids(self):
        for kind, user, expected in self.each():
            with self.subTest(user=kind):
                self.assertEqual(
                    sorted(letter_of(total) for total in _rows_by_reading(self, user)),
                    self.documents_seen(kind, expected),
                )

    def test_nobody_writes(self):
        for kind, user, _expected in self.each():
            for method, args in (
                ("write", (self.all_row_ids[:1], {"date": "2026-01-01"})),
                ("unlink", (self.all_row_ids[:1],)),
                ("create", ({"date": "2026-01-01"},)),
                ("copy", (self.all_row_ids[:1],)),
            ):
                with self.subTest(user=kind, method=method):
                    self.assertRefused(self.outcome(user, REPORT, method, *args))

    def test_customer_form(self):
        for kind, user, expected in self.each():
            with self.subTest(user=kind):
                fields = self.outcome(user, "res.partner", "fields_get")
                shown = isinstance(fields, dict) and "customer_net_sales" in fields
                self.assertEqual(shown, bool(expected["documents"]))
                if shown:
                    views = self.rpc(user, "res.partner", "get_views", [(False, "form")])
                    arch = views["views"]["form"]["arch"]
                    self.assertIn("action_view_customer_sales", arch)
                    [partner] = self.rpc(
                        user,
                        "res.partner",
                        "web_read",
                        self.rivals_customer.ids,
                        {"customer_net_sales": {}},
                    )
                    seen = self.documents_seen(kind, expected)
                    self.assertEqual(
                        partner["customer_net_sales"],
                        sum(amount(letter) for letter in seen if letter in "ABCFI"),
                    )

    def test_menus(self):
        for kind, user, expected in self.each():
            if kind in ("portal", "public"):
                continue  # they have no menus
            with self.subTest(user=kind):
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                for menu in ("root", "lines", "campaign", "in_sale", "in_account", "in_pos"):
                    record = self.env.ref(f"customer_sales_report.menu_customer_sales_{menu}")
                    self.assertEqual(record.id in menus, bool(expected["documents"]), menu)
                log = self.env.ref("customer_sales_report.menu_customer_sales_export_log")
                self.assertEqual(log.id in menus, expected["log"])

    def test_campaigns(self):
        """Who may have none, read them, and create them and act on them."""
        companies = self.company_1 | self.company_2
        self.env["customer.sales.profile"].sudo()._refresh(companies, full=True)
        for kind, user, expected in self.each():
            with self.subTest(user=kind):
                chosen = ("customer.sales.profile", None, [])
                created = self.outcome(user, CAMPAIGN, "new_campaign", *chosen)
                found = self.outcome(user, CAMPAIGN, "search", [])
                may = "act" if isinstance(created, dict) else "read"
                self.assertEqual(may if isinstance(found, list) else "no", expected["campaigns"])

    # -- Costs and contact details --------------------------------------------------------

    def check_field(self, user, field, way, reach, permitted):
        with self.subTest(user=user.login, way=way, field=field):
            if permitted:
                reach(self, user, field)
            else:
                with self.assertRaises(AccessError):
                    reach(self, user, field)

    def test_every_way_to_costs_and_contact_details(self):
        for _kind, user, expected in self.each():
            for way, reach in WAYS_TO_A_FIELD.items():
                self.check_field(user, "margin", way, reach, expected["costs"])
                self.check_field(user, "email", way, reach, expected["contacts"])

    def test_every_cost_and_every_contact_detail(self):
        for _kind, user, expected in self.each():
            for way in ("search_read", "search", "order", "values of a group"):
                for field in COST_FIELDS:
                    self.check_field(user, field, way, WAYS_TO_A_FIELD[way], expected["costs"])
                for field in CONTACT_FIELDS:
                    self.check_field(user, field, way, WAYS_TO_A_FIELD[way], expected["contacts"])

    def test_ways_round(self):
        for kind, user, expected in self.each():
            for ways, permission in (
                (WAYS_ROUND_TO_CONTACTS, "contacts"),
                (WAYS_ROUND_TO_COSTS, "costs"),
            ):
                for way, reach in ways.items():
                    with self.subTest(user=kind, way=way):
                        if expected[permission]:
                            with suppress(*NOT_ALWAYS_FOLLOWED.get(way, ())):
                                reach(self, user)
                        else:
                            with self.assertRaises(AccessError):
                                reach(self, user)

    def test_ways_out(self):
        for kind, user, _expected in self.each():
            for way, reach in WAYS_OUT.items():
                with self.subTest(user=kind, way=way), self.assertRaises(AccessError):
                    reach(self, user)

    def test_a_search_panel_finds_customers_by_name_alone(self):
        for kind, user, expected in self.each():
            if not expected["documents"] or kind == "all, in company 2":
                continue
            for domain, by_name in (
                ([("display_name", "ilike", "rival's cust")], True),
                ([("display_name", "ilike", "secret@example")], False),
                ([("child_ids", "ilike", "secret.contact")], False),
                ([("commercial_partner_id", "=", "SECRET123")], False),
                ([("user_id", "=", "access_rival")], False),
            ):
                with self.subTest(user=kind, domain=domain):
                    found = self.rpc(
                        user,
                        REPORT,
                        "search_panel_select_range",
                        "commercial_partner_id",
                        comodel_domain=domain,
                    )["values"]
                    by_contact = expected["contacts"] and domain[0][0] != "user_id"
                    self.assertEqual(bool(found), by_name or by_contact)

    def test_exports_of_what_leads_out(self):
        user = self.users["administrator, everything"]
        row_ids = self.rpc(user, REPORT, "search", [])
        for column in ("partner_id/bank_ids", "user_id/login", "document_ref/message_ids/body"):
            with self.subTest(column=column), self.assertRaises(AccessError):
                self.rpc(user, REPORT, "export_data", row_ids, [column])

    def test_hidden_fields_are_absent(self):
        for kind, user, expected in self.each():
            if not expected["documents"]:
                continue
            hidden = [
                *(COST_FIELDS if not expected["costs"] else []),
                *(CONTACT_FIELDS if not expected["contacts"] else []),
            ]
            fields = self.rpc(user, REPORT, "fields_get")
            views = self.rpc(
                user,
                REPORT,
                "get_views",
                [(False, "list"), (False, "pivot"), (False, "graph"), (False, "search")],
            )
            for field in COST_FIELDS + CONTACT_FIELDS:
                with self.subTest(user=kind, field=field):
                    absent = field in hidden
                    self.assertEqual(field not in fields, absent)
                    self.assertEqual(field not in views["models"][REPORT]["fields"], absent)
                    self.assertEqual(
                        f'name="{field}"' not in views["views"]["list"]["arch"], absent
                    )

    def test_display_names_tell_no_contact_details(self):
        tricks = {"show_email": True, "show_vat": True, "show_address": True}
        names_by_way = {
            "read": lambda user: self.rpc(
                user, REPORT, "search_read", [], ["partner_id"], context=tricks
            ),
            "list": lambda user: self.rpc(
                user,
                REPORT,
                "web_search_read",
                [],
                {"commercial_partner_id": {"fields": {"display_name": {}}, "context": tricks}},
            ),
            "group": lambda user: self.rpc(
                user,
                REPORT,
                "formatted_read_group",
                [],
                ["commercial_partner_id"],
                ["__count"],
                context=tricks,
            ),
        }
        secrets = ("secret", "SECRET", "Hidden Street")
        for kind, user, expected in self.each():
            if not expected["documents"] or kind == "all, in company 2":
                continue
            for way, names in names_by_way.items():
                with self.subTest(user=kind, way=way):
                    text = json.dumps(names(user), default=str)
                    self.assertIn("Customer", text)
                    told = any(secret in text for secret in secrets)
                    self.assertEqual(told, expected["contacts"])

    def test_customers_are_found_by_name_alone(self):
        """Whoever may not see e-mails and tax IDs cannot guess them by searching for them."""
        for kind, user, expected in self.each():
            if not expected["documents"] or kind == "all, in company 2":
                continue
            for domain, by_name in (
                ([("commercial_partner_id", "ilike", "rival's cust")], True),
                ([("commercial_partner_id", "ilike", "secret@example")], False),
                ([("commercial_partner_id", "=", "SECRET123")], False),
                ([("partner_id", "child_of", "secret@example")], False),
                ([("partner_id.display_name", "ilike", "secret@example")], False),
                ([("partner_id", "any", [("display_name", "ilike", "SECRET123")])], False),
            ):
                with self.subTest(user=kind, domain=domain):
                    found = bool(self.rpc(user, REPORT, "search_count", domain))
                    self.assertEqual(found, by_name or expected["contacts"])

    # -- Exports --------------------------------------------------------------------------

    def test_export_data(self):
        for kind, user, expected in self.each():
            row_ids = self.outcome(user, REPORT, "search", [])
            row_ids = row_ids if isinstance(row_ids, list) else self.all_row_ids
            for field, permitted in (
                ("price_subtotal", expected["exports"]),
                ("cost", expected["exports"] and expected["costs"]),
                ("product_id/standard_price", expected["exports"] and expected["costs"]),
                ("email", expected["exports"] and expected["contacts"]),
                ("commercial_partner_id/email", expected["exports"] and expected["contacts"]),
                ("partner_id/child_ids/phone", expected["exports"] and expected["contacts"]),
            ):
                with self.subTest(user=kind, column=field):
                    exported = self.outcome(
                        user,
                        REPORT,
                        "export_data",
                        row_ids,
                        [field],
                        context={"import_compat": False},
                    )
                    if not permitted:
                        self.assertRefused(exported)
                        continue
                    self.assertIn("datas", exported)
                    if field == "price_subtotal":
                        self.assertEqual(
                            sorted(letter_of(total) for [total] in exported["datas"]),
                            self.documents_seen(kind, expected),
                        )

    def test_export_of_rows_one_may_not_see(self):
        for kind, user, expected in self.each():
            seen = set(self.outcome(user, REPORT, "search", []) if expected["exports"] else [])
            foreign = [row_id for row_id in self.all_row_ids if row_id not in seen]
            with self.subTest(user=kind):
                self.assertTrue(foreign)
                self.assertRefused(
                    self.outcome(user, REPORT, "export_data", foreign, ["price_subtotal"])
                )

    # -- The export wizard, its files and what is saved under a name -----------------------

    def export_wizard(self, user, columns, **values):
        """The id of an export wizard of a user: of everything, as CSV."""
        context = {
            "active_model": REPORT,
            "active_domain": [],
            "columns": columns,
            "allowed_company_ids": user.company_ids.ids,
        }
        [wizard_id] = self.rpc(
            user, EXPORT_WIZARD, "create", [{"file_format": "csv", **values}], context=context
        )
        return wizard_id

    def test_export_wizard(self):
        for kind, user, expected in self.each():
            with self.subTest(user=kind):
                if not expected["exports"]:
                    with self.assertRaises(UserError):
                        self.export_wizard(user, ["price_subtotal"])
                    continue
                wizard_id = self.export_wizard(user, ["price_subtotal"])
                self.rpc(user, EXPORT_WIZARD, "action_export", [wizard_id])
                job = self.env[EXPORT_JOB].sudo().search([("user_id", "=", user.id)])
                _header, *lines = job.attachment_id.raw.decode("utf-8-sig").splitlines()
                self.assertEqual(
                    sorted(letter_of(float(line)) for line in lines),
                    self.documents_seen(kind, expected),
                )

    def refresh_tables(self):
        for company in self.company_1 | self.company_2:
            self.env["customer.sales.profile"].sudo()._refresh(company, full=True)

    def workbook_lines(self, user, model, columns, **values):
        """The lines of the CSV file that a user exports of a report, without its header."""
        context = {
            "active_model": model,
            "active_domain": [],
            "columns": columns,
            "allowed_company_ids": user.company_ids.ids,
            **ALL_DAYS,
        }
        values = {"file_format": "csv", **values}
        [wizard_id] = self.rpc(user, EXPORT_WIZARD, "create", [values], context=context)
        self.rpc(user, EXPORT_WIZARD, "action_export", [wizard_id], context=context)
        job = self.env[EXPORT_JOB].sudo().search([("user_id", "=", user.id)], limit=1)
        _header, *lines = job.attachment_id.raw.decode("utf-8-sig").splitlines()
        return lines

    def test_workbooks_of_reports(self):
        """Each has the rows that its list shows the user, and nobody else has any."""
        self.refresh_tables()
        for model, customer in EXPORTED_REPORTS.items():
            for kind, user, expected in self.each():
                with self.subTest(user=kind, model=model):
                    if not expected["exports"]:
                        with self.assertRaises(UserError):
                            self.workbook_lines(user, model, [customer])
                        continue
                    rows = self.rpc(user, model, "search_count", [], context=ALL_DAYS)
                    lines = self.workbook_lines(user, model, [customer])
                    self.assertTrue(rows)
                    self.assertEqual(len(lines), rows)

    def test_workbooks_of_own_customers(self):
        """A, B, C, F and I are of one customer, of whose documents B is the rival's alone."""
        self.refresh_tables()
        user = self.users["own, contacts, export"]
        [own_customer, subsidiary, _contact] = self.partners_of_own[user]
        for model in (PROFILE, "customer.sales.product", "customer.sales.retention.report"):
            lines = self.workbook_lines(user, model, ["partner_id"])
            with self.subTest(model=model):
                self.assertEqual(set(lines), {own_customer.name, subsidiary.display_name})
        everybody = self.users["all, margins, export"]
        lines = self.workbook_lines(everybody, PROFILE, ["partner_id"])
        self.assertIn(self.rivals_customer.name, lines)

    def test_costs_and_contacts_in_workbooks_of_reports(self):
        """Left out of what a dialog opens with, and refused to whoever writes them into it."""
        self.refresh_tables()
        for kind, user, expected in self.each():
            if not expected["exports"]:
                continue
            for model, column, permission in (
                (PROFILE, "margin_year", "costs"),
                (PROFILE, "cost_before", "costs"),
                (PROFILE, "email", "contacts"),
                (PROFILE, "vat", "contacts"),
                ("customer.sales.product", "margin_year", "costs"),
                (COMPARISON, "margin_current", "costs"),
                (COMPARISON, "phone", "contacts"),
                (CHANGE, "email", "contacts"),
            ):
                customer = EXPORTED_REPORTS[model]
                with self.subTest(user=kind, model=model, column=column):
                    lines = self.workbook_lines(user, model, [customer, column])
                    job = self.env[EXPORT_JOB].sudo().search([("user_id", "=", user.id)], limit=1)
                    self.assertEqual(column in job.request["columns"], expected[permission])
                    self.assertTrue(lines)
                    for forged in (
                        {"column_ids": [(0, 0, {"name": column})]},
                        {"domain": [(column, "!=", False)]},
                        {"order": f"{column} desc"},
                        {
                            "file_format": "xlsx",
                            "sheet_totals": True,
                            "group_by": [customer],
                            "measures": [column],
                        },
                    ):
                        outcome = self.forged_workbook(user, model, customer, forged)
                        if expected[permission]:
                            self.assertFalse(isinstance(outcome, type), outcome)
                        else:
                            self.assertRefused(outcome)

    def forged_workbook(self, user, model, customer, forged):
        """What comes of an export for which a program asks."""
        context = {"active_model": model, "active_domain": [], "columns": [customer], **ALL_DAYS}
        values = {"file_format": "csv", **forged}
        try:
            with self.env.cr.savepoint():
                [wizard_id] = self.rpc(user, EXPORT_WIZARD, "create", [values], context=context)
                return self.rpc(user, EXPORT_WIZARD, "action_export", [wizard_id], context=context)
        except UserError as error:
            return type(error)

    def test_no_other_model_is_exported(self):
        """Whatever a program calls the report: bank accounts, users, the log."""
        user = self.users["administrator, everything"]
        for model in ("res.partner.bank", "res.users", "customer.sales.export.log", "nothing", 5):
            with self.subTest(model=model):
                context = {"active_model": model, "active_domain": [], "columns": ["date"]}
                [wizard_id] = self.rpc(user, EXPORT_WIZARD, "create", [{}], context=context)
                wizard = self.env[EXPORT_WIZARD].sudo().browse(wizard_id)
                self.assertEqual(wizard.model, REPORT)
                if isinstance(model, str):
                    self.assertRefused(
                        self.outcome(user, EXPORT_WIZARD, "write", [wizard_id], {"model": model})
                    )

    def test_figures_of_the_digest(self):
        """By the reader's own rights: those without a level read none."""
        self.refresh_tables()
        digest = self.env["digest.digest"].sudo()
        digest = digest.create({"name": "Morning", "company_id": False})
        for kind, user, expected in self.each():
            if kind in ("portal", "public"):
                continue
            with self.subTest(user=kind):
                for kpi in ("bought", "new", "lost"):
                    name = f"kpi_customer_sales_{kpi}_value"
                    outcome = self.outcome(user, "digest.digest", "read", digest.ids, [name])
                    if expected["documents"]:
                        self.assertEqual(outcome[0][name], 0)
                    else:
                        self.assertRefused(outcome)

    def test_forged_export_wizards(self):
        """A wizard holds what a program writes into it; what it asks for is checked again."""
        for kind, user, expected in self.each():
            if not expected["exports"]:
                continue
            for field, permission in (("margin", "costs"), ("email", "contacts")):
                for forged in (
                    {"column_ids": [(0, 0, {"name": field})]},
                    {"domain": [(field, "!=", False)]},
                    {"order": f"{field} desc"},
                    {
                        "file_format": "xlsx",
                        "sheet_summary": False,
                        "sheet_lines": False,
                        "sheet_grouped": True,
                        "group_by": [field],
                    },
                ):
                    with self.subTest(user=kind, forged=forged):
                        outcome = self.outcome(
                            user,
                            EXPORT_WIZARD,
                            "action_export",
                            [self.export_wizard(user, ["date"], **forged)],
                        )
                        if expected[permission]:
                            self.assertIsInstance(outcome, dict)
                        elif isinstance(outcome, dict):
                            # Left out instead of refused: then nothing of it is in the file.
                            job = self.env[EXPORT_JOB].sudo().search([], limit=1)
                            self.assertEqual(job.user_id, user)
                            self.assertNotIn(b"secret", job.attachment_id.raw)
                            self.assertNotIn(field, job.request["columns"])
                            # Either is a filter that says nothing.
                            self.assertIn(job.request["domain"], ([], [[1, "=", 1]]))
                            self.assertFalse(job.request["order"])
                        else:
                            self.assertRefused(outcome)

    def test_wizards_and_files_of_others(self):
        teller = self.users["administrator, everything"]
        wizard_id = self.export_wizard(teller, ["price_subtotal"])
        self.rpc(teller, EXPORT_WIZARD, "action_export", [wizard_id])
        job = self.env[EXPORT_JOB].sudo().search([("user_id", "=", teller.id)])
        for kind, user, _expected in self.each():
            if user == teller:
                continue
            for model, record_id, methods in (
                (EXPORT_WIZARD, wizard_id, ("read", "action_export", "action_save_template")),
                (EXPORT_JOB, job.id, ("read", "action_repeat", "action_cancel", "unlink")),
                ("ir.attachment", job.attachment_id.id, ("read",)),
            ):
                for method in methods:
                    with self.subTest(user=kind, model=model, method=method):
                        self.assertRefused(self.outcome(user, model, method, [record_id]))
            with self.subTest(user=kind, way="progress"):
                outcome = self.outcome(user, EXPORT_JOB, "progress_of", job.id)
                self.assertTrue(outcome == {} or issubclass(outcome, UserError))
        self.assertEqual(job.state, "done")

    def test_layouts_and_templates_of_others(self):
        """One's own stay one's own; what is shared is read by those with a level, and by nobody
        else."""
        teller = self.users["administrator, everything"]
        values = {"model": REPORT, "name": "Mine"}
        for model, more in (
            ("customer.sales.layout", {"column_ids": [(0, 0, {"name": "date"})]}),
            ("customer.sales.export.template", {"columns": ["date"], "contents": ["lines"]}),
        ):
            own, shared = (
                self.rpc(teller, model, "create", [{**values, **more, "user_id": owner}])[0]
                for owner in (teller.id, False)
            )
            for kind, user, expected in self.each():
                if user == teller:
                    continue
                with self.subTest(user=kind, model=model):
                    self.assertRefused(self.outcome(user, model, "read", [own], ["name"]))
                    outcome = self.outcome(user, model, "read", [shared], ["name"])
                    if expected["documents"]:
                        self.assertEqual(outcome[0]["name"], "Mine")
                    else:
                        self.assertRefused(outcome)
                    for record_id in (own,) if kind == "administrator" else (own, shared):
                        self.assertRefused(
                            self.outcome(user, model, "write", [record_id], {"name": "Yours"})
                        )
                        self.assertRefused(self.outcome(user, model, "unlink", [record_id]))

    def test_log(self):
        log = "customer.sales.export.log"
        of_company = self.env(context={"allowed_company_ids": self.company_1.ids})
        entry = of_company[log]._log_export(
            of_company[REPORT],
            [["date"]],
            domain=[],
            row_count=1,
        )
        for kind, user, expected in self.each():
            with self.subTest(user=kind):
                if not expected["log"]:
                    for method, args in (
                        ("search", ([],)),
                        ("read", (entry.ids,)),
                        ("formatted_read_group", ([], ["user_id"], ["__count"])),
                    ):
                        with self.assertRaises(AccessError):
                            self.rpc(user, log, method, *args)
                else:
                    self.assertIn(entry.id, self.rpc(user, log, "search", []))
                for method, args in (
                    ("write", (entry.ids, {"row_count": 0})),
                    ("unlink", (entry.ids,)),
                    ("copy", (entry.ids,)),
                    ("create", ({"user_id": user.id, "model_id": entry.model_id.id},)),
                ):
                    with self.assertRaises(AccessError):
                        self.rpc(user, log, method, *args)

    # -- Going around ---------------------------------------------------------------------

    def test_private_methods_are_not_called(self):
        user = self.users["administrator, everything"]
        for model, method in (
            (REPORT, "_search"),
            (REPORT, "_read_group"),
            (REPORT, "_sources"),
            ("customer.sales.export.log", "_log_export"),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self.rpc(user, model, method, [])

    def test_another_company_is_not_selected(self):
        for kind, user, _expected in self.each():
            if kind == "all, in two companies":
                continue
            foreign = self.company_1 | self.company_2
            with self.subTest(user=kind), self.assertRaises(AccessError):
                self.rpc(
                    user,
                    REPORT,
                    "search",
                    [],
                    context={"allowed_company_ids": (foreign - user.company_ids).ids},
                )

    def test_totals_follow_the_selected_companies(self):
        user = self.users["all, in two companies"]
        for companies, letters in (
            (self.company_1, "ABCDEFIJK"),
            (self.company_2, "GH"),
            (self.company_1 | self.company_2, LETTERS),
        ):
            rows = self.rpc(
                user,
                REPORT,
                "search_read",
                [],
                ["price_subtotal"],
                context={"allowed_company_ids": companies.ids},
            )
            self.assertEqual({letter_of(row["price_subtotal"]) for row in rows}, set(letters))

    def test_an_inter_company_customer_is_a_customer(self):
        [group] = self.rpc(
            self.users["all, in company 2"],
            REPORT,
            "formatted_read_group",
            [("commercial_partner_id", "=", self.company_1.partner_id.id)],
            ["commercial_partner_id"],
            ["price_subtotal:sum"],
        )
        self.assertEqual(letter_of(group["price_subtotal:sum"]), "H")

    def test_sql_in_values(self):
        user = self.users["own customers"]
        for attempt in (
            "' OR 1=1 --",
            "%') OR TRUE --",
            "x'; UPDATE res_users SET active = FALSE; --",
        ):
            for domain in (
                [("document_number", "=", attempt)],
                [("document_number", "ilike", attempt)],
                [("commercial_partner_id", "ilike", attempt)],
            ):
                with self.subTest(domain=domain):
                    self.assertEqual(self.rpc(user, REPORT, "search", domain), [])
        for order, error in (
            ("date; DROP TABLE res_users", UserError),
            ("(SELECT 1)", UserError),
            ("partner_id.email", AccessError),
        ):
            with self.subTest(order=order), self.assertRaises(error):
                self.rpc(user, REPORT, "search", [], order=order)
        with self.assertRaises(ValueError):
            self.rpc(user, REPORT, "formatted_read_group", [], ["date:month'"], ["__count"])

    def test_favorites(self):
        """A favorite of another user stays theirs; a shared one gives nothing beyond one's own
        rights."""
        teller, reader = self.users["administrator, everything"], self.users["own customers"]
        favorite = {
            "name": "High margins",
            "model_id": REPORT,
            "domain": "[('margin', '>', 0)]",
            "user_ids": [(6, 0, teller.ids)],
        }
        [private_id] = self.rpc(teller, "ir.filters", "create", [favorite])
        read = self.outcome(reader, "ir.filters", "read", [private_id])
        self.assertEqual(read, AccessError)
        shown = self.rpc(reader, "ir.filters", "get_filters", REPORT)
        self.assertNotIn("High margins", [each["name"] for each in shown])
        for domain in ([("margin", ">", 0)], [("email", "!=", False)]):
            with self.assertRaises(AccessError):
                self.rpc(reader, REPORT, "web_search_read", domain, FIGURE)


class TestAccessOverHttp(AccessCommon, HttpCase):
    """The same through the web server: JSON-RPC and downloads."""

    def test_json_rpc(self):
        expected = _expected()
        call = {
            "model": REPORT,
            "method": "search_read",
            "args": [[], ["price_subtotal"]],
            "kwargs": {},
        }
        for kind in ("no access", "portal", "own customers", "all customers"):
            user = self.users[kind]
            self.authenticate(user.login, _password(user))
            with mute_logger("odoo.http"):  # which warns of each refusal
                response = self.url_open(
                    "/web/dataset/call_kw", json={"jsonrpc": "2.0", "params": call}
                ).json()
            with self.subTest(user=kind):
                if not expected[kind]["documents"]:
                    self.assertIn("AccessError", response["error"]["data"]["name"])
                    continue
                self.assertEqual(
                    {letter_of(row["price_subtotal"]) for row in response["result"]},
                    set(expected[kind]["documents"]),
                )

    def test_json_rpc_without_a_session(self):
        self.authenticate(None, None)
        response = self.url_open(
            "/web/dataset/call_kw",
            json={
                "jsonrpc": "2.0",
                "params": {"model": REPORT, "method": "search", "args": [[]], "kwargs": {}},
            },
        ).json()
        self.assertIn("SessionExpired", response["error"]["data"]["name"])

    def test_downloads(self):
        """Odoo's own export routes, by those who may and those who may not."""
        expected = _expected()
        parameters = {
            "model": REPORT,
            "fields": [{"name": "price_subtotal", "label": "Untaxed", "type": "monetary"}],
            "ids": False,
            "domain": [],
            "import_compat": False,
        }
        for kind in ("no access", "portal", "own customers", "all, margins, export"):
            user = self.users[kind]
            self.authenticate(user.login, _password(user))
            for route in ("/web/export/csv", "/web/export/xlsx"):
                with self.subTest(user=kind, route=route), mute_logger(EXPORT_LOGGER):
                    response = self.url_open(
                        route,
                        data={
                            "data": json.dumps(parameters),
                            "csrf_token": Request.csrf_token(self),
                        },
                    )
                    self.assertEqual(
                        response.status_code == 200, expected[kind]["exports"], response.text[:2000]
                    )

    @mute_logger("odoo.http")  # which says that the dialog's own parameters are ignored
    def offered(self, model, **parameters):
        """The fields that Odoo's export dialog offers, by their paths."""
        answer = self.url_open(
            "/web/export/get_fields",
            json={
                "jsonrpc": "2.0",
                "params": {"model": model, "domain": [], "import_compat": False, **parameters},
            },
        ).json()
        return {field["id"]: field for field in answer["result"]}

    def test_the_export_dialog_offers_what_can_be_reached(self):
        for kind, contacts in (("all, margins, export", False), ("own, contacts, export", True)):
            user = self.users[kind]
            self.authenticate(user.login, _password(user))
            of_rows = self.offered(REPORT)
            self.assertEqual("email" in of_rows, contacts)
            self.assertEqual("margin" in of_rows, not contacts)
            customer = of_rows["commercial_partner_id"]
            self.assertTrue(customer["children"])
            more = {"parent_name": "Customer", "parent_field": {"field_type": "many2one"}}
            of_customers = self.offered(**customer["params"] | more)
            self.assertIn("commercial_partner_id/city", of_customers)
            self.assertEqual("commercial_partner_id/email" in of_customers, contacts)
            for name in ("bank_ids", "message_ids", "user_ids"):
                self.assertNotIn(f"commercial_partner_id/{name}", of_customers)
            salesperson = of_customers["commercial_partner_id/user_id"]
            of_users = self.offered(**salesperson["params"] | more)
            self.assertIn("commercial_partner_id/user_id/name", of_users)
            self.assertNotIn("commercial_partner_id/user_id/login", of_users)
            with self.subTest("of a path that is none, nothing leads on"):
                forged = {"prefix": "product_id/x", "customer_sales_model": REPORT, **more}
                offered = self.offered("res.partner", **forged)
                self.assertFalse(any(field["children"] for field in offered.values()))
                self.assertTrue(self.offered("res.partner", customer_sales_model={"a": 1}))
            with self.subTest("other apps' dialogs offer what they always did"):
                self.assertIn("bank_ids", self.offered("res.partner"))
            with self.subTest("and nothing of this app"):
                for model, prefix in (("res.partner", ""), ("res.users", ""), ("res.partner", "x")):
                    offered = self.offered(model, prefix=prefix)
                    self.assertFalse([name for name in offered if "customer_sales" in name])
                    self.assertNotIn("customer_net_sales", {n.split("/")[-1] for n in offered})

    def test_the_wizards_download(self):
        """The file goes to whoever asked for it, as long as they may export, and to nobody else."""
        owner = self.users["all, margins, export"]
        context = {"active_model": REPORT, "columns": ["price_subtotal"]}
        [wizard_id] = self.rpc(
            owner, EXPORT_WIZARD, "create", [{"file_format": "csv"}], context=context
        )
        self.rpc(owner, EXPORT_WIZARD, "action_export", [wizard_id])
        job = self.env[EXPORT_JOB].sudo().search([("user_id", "=", owner.id)])
        routes = (
            f"/customer_sales_report/export/{job.id}",
            f"/web/content/{job.attachment_id.id}?download=1",
        )
        for kind in ("no access", "portal", "own, contacts, export", "administrator, everything"):
            user = self.users[kind]
            self.authenticate(user.login, _password(user))
            for route in routes:
                with self.subTest(user=kind, route=route):
                    self.assertIn(self.url_open(route).status_code, (403, 404))
        self.authenticate(None, None)
        for route in routes:
            with self.subTest(user="nobody", route=route):
                response = self.url_open(route, allow_redirects=False)
                self.assertIn(response.status_code, (303, 403, 404))
        self.authenticate(owner.login, _password(owner))
        response = self.url_open(routes[0])
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.content, job.attachment_id.raw)
        owner.group_ids -= self.env.ref("base.group_allow_export")
        self.assertEqual(self.url_open(routes[0]).status_code, 403)


def _password(user):
    return user.login + "x" * (8 - len(user.login))
