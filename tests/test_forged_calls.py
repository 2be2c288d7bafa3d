"""Whatever a program sends to the models of the app is answered, or refused as Odoo refuses."""

import inspect
import json
import os
import random

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.who.asked import who_condition
from ..models.who.customer_sales_of_lines_mixin import of_lines_condition
from ..tools.export_request import ExportRequest
from .access_common import REPORT, AccessCommon
from .forgeries import QUIET, REFUSALS, Ids, is_ours, mutated, trace

# The same calls each time. To try others, many of them, name another seed and number:
# FORGED_CALLS=20000 FORGED_SEED=7
CALLS = int(os.environ.get("FORGED_CALLS", "400"))
SEED = int(os.environ.get("FORGED_SEED", "19"))

MODULE = "customer_sales_report"

# Methods that Odoo lets programs call, though they have nothing to say to them, or only to whoever
# sets up the database (test_settings) or has a file (test_forged_downloads)
NOT_CALLED = {
    *("with_context", "session_info", "get_values", "set_values", "action_download"),
}

KINDS = (
    "administrator, everything",
    "own, contacts, export",
    "own customers",
    "all, in two companies",
    "no access",
    "portal",
)
LAYOUT, TEMPLATE, FILTER, EXPORT, JOB = (
    f"customer.sales.{name}"
    for name in ("layout", "export.template", "filter", "export", "export.job")
)
RECONCILIATION = "customer.sales.reconciliation"
PROFILE, PURCHASE = "customer.sales.profile", "customer.sales.purchase"
OVERVIEW = "customer.sales.overview"
HISTORY, MOVEMENT, RETENTION = (
    f"customer.sales.{name}" for name in ("history", "movement.report", "retention.report")
)
PRODUCT, PRICES, BEFORE = (
    f"customer.sales.{name}" for name in ("product", "price.report", "bought.before")
)
SCHEDULE, RECIPIENT, PREVIEW, ALERT = (
    f"customer.sales.{name}"
    for name in ("schedule", "schedule.recipient", "schedule.preview", "alert")
)
COMPARISON, CHANGE, PERIODS = (
    f"customer.sales.{name}" for name in ("comparison.report", "change.report", "comparison")
)
CAMPAIGN, ACTION, ACT = (f"customer.sales.campaign{name}" for name in ("", ".action", ".act"))
TOTAL = (
    '{"amount": "price_subtotal", "min": 1, "max": null, "domain": [["counts_as_sale", "=", true]]}'
)


@tagged("post_install", "-at_install")
class TestForgedCalls(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        columns = [{"name": "date"}, {"name": "cost", "label": "What it took"}]
        save = cls.env[LAYOUT].with_user(cls.users["administrator, everything"]).save_layout
        shared = save(REPORT, {"name": "All", "is_shared": True, "columns": columns})
        cls.layout_id = shared["saved_id"]
        cls.columns = columns
        template = {"name": "All", "user_id": False, "columns": ["date"], "contents": ["lines"]}
        cls.template = cls.env[TEMPLATE].sudo().create(template)
        request = ExportRequest(REPORT, [], ["date"], ["lines"], title="Sales")
        cls.job = cls.env[JOB].with_user(cls.users[KINDS[0]])._ask(request, 3)
        cls.env[PROFILE].sudo()._refresh(cls.company_1, full=True)
        cls.purchase_id = (
            cls.env["customer.sales.purchase"]
            .sudo()
            .search([("company_id", "=", cls.company_1.id)], limit=1)
            .id
        )
        cls.env["customer.sales.refresh"].sudo()._build_history(cls.company_1)
        cls.history_id = (
            cls.env[HISTORY].sudo().search([("company_id", "=", cls.company_1.id)], limit=1).id
        )
        cls.profile_id = (
            cls.env[PROFILE].sudo().search([("company_id", "=", cls.company_1.id)], limit=1).id
        )

        user = cls.users[KINDS[0]]
        lines = [Command.create({"user_id": user.id})]
        schedule = {"name": "All", "recipient_ids": lines}
        cls.schedule = cls.env[SCHEDULE].with_user(user).create(schedule)
        cls.alert = cls.env[ALERT].with_user(user).create({})
        favorite = {"name": "Sent", "model_id": REPORT, "user_ids": False}
        cls.favorite = cls.env["ir.filters"].create(favorite)
        user.group_ids += cls.env.ref("base.group_partner_manager")  # to plan activities
        campaigns = cls.env[CAMPAIGN].with_user(user)
        for name in ("draft", "campaign"):
            chosen = campaigns.new_campaign(PROFILE, ids=[cls.profile_id])
            setattr(cls, name, campaigns.browse(chosen["res_id"]))
        cls.campaign.action_start()
        cls.call_type = cls.env.ref("mail.mail_activity_data_call")
        details = {"summary": "Call", "day": "2026-07-01"}
        asked = (cls.campaign, "activity", cls.call_type.id, details)
        cls.action = cls.env[ACTION].with_user(user)._ask(*asked)

        quotation = {"partner_id": cls.rivals_customer.id}
        cls.quotation = cls.env["sale.order"].sudo().create(quotation)

    # -- What programs send ---------------------------------------------------------------

    def domains(self):
        return [
            [["date", ">=", "2026-03-01"], ["counts_as_sale", "=", True]],
            ["|", ["document_number", "ilike", "INV"], ["commercial_partner_id", "ilike", "a"]],
            [["customer_total", "=", TOTAL], ["period", "in", ["this_year", "last_year"]]],
            [["commercial_partner_id", "any", [["country_id.code", "in", ["SA", "EG"]]]]],
            ["!", ["customer_since", "=", "2026-03-10"], ["id", "in", self.all_row_ids[:3]]],
            [who_condition("bought", products=self.product.product_tmpl_id.ids, least=1)],
            ["!", who_condition("largest", percent=20, period="this_year")],
        ]

    def domains_of_customers(self):
        """On what the filter shows beside sales lines."""
        lines = [["date", ">=", "2026-01-01"], ["counts_as_sale", "=", True]]
        return [
            [who_condition("bought", **{"from": "2020-01-01", "least": 1})],
            [who_condition("not_bought", categories=self.product.categ_id.ids)],
            [who_condition("largest", customers=3), who_condition("above_average")],
            [who_condition("last", to="2030-01-01"), who_condition("is", status=["new"])],
            [of_lines_condition(lines)],
        ]

    def calls(self):
        """(model, method, arguments), each of which somebody is answered."""
        rows = self.all_row_ids
        groups = [["commercial_partner_id", "date:month"], ["price_unit:avg", "margin:sum"]]
        specification = {
            "commercial_partner_id": {"fields": {"name": {}, "country_id": {"fields": {}}}},
            "partner_category_ids": {"fields": {"name": {}}, "order": "name desc", "context": {}},
        }
        for domain in self.domains():
            yield REPORT, "search", {"domain": domain, "order": "date desc, margin"}
            yield REPORT, "search_count", {"domain": domain}
            yield (
                REPORT,
                "web_search_read",
                {"domain": domain, "specification": specification, "limit": 3, "offset": 0},
            )
            yield (
                REPORT,
                "formatted_read_group",
                {
                    "domain": domain,
                    "groupby": groups[0],
                    "aggregates": groups[1],
                    "order": "commercial_partner_id desc, price_unit:avg",
                    "having": [],
                    "limit": 5,
                },
            )
            yield (
                REPORT,
                "web_read_group",
                {"domain": domain, "groupby": groups[0], "aggregates": groups[1], "limit": 3},
            )
        yield REPORT, "web_read", [Ids(rows[:2]), specification]
        yield REPORT, "read", [Ids(rows[:2]), ["date", "cost"]]
        yield REPORT, "export_data", [Ids(rows[:2]), ["date", "commercial_partner_id/name"]]
        yield REPORT, "action_open_document", [Ids(rows[:1])]
        yield REPORT, "exists", [Ids(rows[:2])]
        yield REPORT, "get_column_groups", []
        yield from self.calls_of_profiles()
        yield from self.calls_of_products()
        yield REPORT, "get_reachable_fields", []
        yield "res.partner", "action_view_customer_sales", [Ids(self.rivals_customer.ids)]
        yield REPORT, "fields_get", {"allfields": ["date"], "attributes": ["string"]}
        yield REPORT, "get_views", {"views": [[False, "list"], [False, "search"]], "options": {}}
        for method in ("search_panel_select_range", "search_panel_select_multi_range"):
            panel = {
                "field_name": "country_id",
                "comodel_domain": [["code", "=", "SA"]],
                "search_domain": [["counts_as_sale", "=", True]],
                "enable_counters": True,
                "group_by": "currency_id",
            }
            yield REPORT, method, panel
        yield from self.calls_of_two_periods()
        yield from self.calls_of_campaigns()
        yield from self.calls_of_layouts()
        yield from self.calls_of_filters()
        yield from self.calls_of_exports()
        yield from self.calls_of_reconciliations()
        yield from self.calls_of_schedules()

    def calls_of_profiles(self):
        for method in (
            "action_open_alike",
            "action_open_contact",
            "action_open_history",
            "action_open_lines",
            "action_open_products",
            "action_open_purchases",
            "action_plan_activity",
        ):
            yield PROFILE, method, [Ids([self.profile_id])]
        yield "customer.sales.purchase", "action_open_document", [Ids([self.purchase_id])]
        yield PROFILE, "segments_overview", []
        yield from self.calls_over_time()
        yield PROFILE, "pareto_curve", [[["abc_class", "in", ["a", "b"]]]]
        yield "customer.sales.refresh", "state_of", []
        yield "customer.sales.refresh", "action_refresh_now", []
        customer = Ids(self.rivals_customer.ids)
        yield "res.partner", "action_open_customer_sales_profile", [customer]

    def calls_over_time(self):
        months = {"movement_from": "2026-01-31", "movement_to": "2026-06-30"}
        row = Ids([self.history_id])
        yield HISTORY, "action_open_customer", [row]
        yield MOVEMENT, "action_open_customer", [row]
        yield MOVEMENT, "movement_options", {"context": months}
        yield (
            MOVEMENT,
            "formatted_read_group",
            {
                "domain": [["status_move", "=", "worse"]],
                "groupby": ["from_status", "to_segment_id"],
                "aggregates": ["net_to:sum", "__count"],
                "context": months,
            },
        )
        yield RETENTION, "action_open_customer", [Ids([self.profile_id * 2048 + 1])]
        yield (
            RETENTION,
            "formatted_read_group",
            {
                "domain": [["is_over", "=", True]],
                "groupby": ["cohort:quarter", "elapsed"],
                "aggregates": ["share:avg", "net_kept:avg", "net:sum"],
                "context": {"retention_period": "quarter"},
            },
        )

    def calls_of_products(self):
        rows = self.env[PRODUCT].sudo().search([("company_id", "=", self.company_1.id)], limit=2)
        for method in ("action_open_buyers", "action_open_customer", "action_open_lines"):
            yield PRODUCT, method, [Ids(rows[:1].ids)]
        overdue = [["overdue_days", ">", 3], ["price_gap", "<", 0]]
        search = {"domain": overdue, "order": "overdue_days desc, partner_id"}
        yield PRODUCT, "search", search
        groups = {"groupby": ["categ_id"], "aggregates": ["price_year:avg"], "domain": overdue[:1]}
        yield PRODUCT, "formatted_read_group", groups
        prices = self.env[PRICES].sudo().search([("company_id", "=", self.company_1.id)], limit=1)
        for method in ("action_open_buyers", "action_open_below_median"):
            yield PRICES, method, [Ids(prices.ids)]
        for product in (self.product, self.product.product_tmpl_id):
            yield product._name, "action_open_customer_sales_buyers", [Ids(product.ids)]
        yield "sale.order", "action_customer_sales_bought_before", [Ids(self.quotation.ids)]
        yield BEFORE, "create+action_add", [{"order_id": self.quotation.id}]
        line = {"product_id": self.product.id, "product_uom_id": 1, "kind": "bought", "quantity": 2}
        values = {"order_id": self.quotation.id, "line_ids": [[0, 0, {**line, "is_ticked": True}]]}
        yield BEFORE, "create+action_add", [values]
        fields = {"bought_ids": {"fields": {"price": {}, "last_price": {}}}, "message": {}}
        fields |= {"line_ids": {"fields": {"quantity": {}}}, "order_id": {}}
        yield BEFORE, "onchange", [Ids(), values, ["line_ids"], fields]

    def calls_of_two_periods(self):
        choice = {
            "current": "own",
            "current_first": "2026-01-01",
            "current_last": "2026-12-31",
            "base": "year_before",
        }
        yield OVERVIEW, "overview", []
        customers = {"mine": True, "country_id": self.env.ref("base.sa").id, "category_id": 1}
        yield OVERVIEW, "overview", [choice, customers]
        for context in ({"customer_sales_compared": choice}, {}):
            yield COMPARISON, "get_compared_periods", {"context": context}
            yield CHANGE, "get_bridge", {"domain": self.domains()[1][2:], "context": context}
            for model, figure in ((COMPARISON, "net_sales_change"), (CHANGE, "change")):
                grouped = {
                    "domain": [["commercial_partner_id", "ilike", "a"]],
                    "groupby": ["commercial_partner_id"],
                    "aggregates": [f"{figure}:sum", f"{figure}_percent:avg"],
                    "order": f"{figure}:sum desc",
                    "limit": 3,
                }
                yield model, "web_read_group", {**grouped, "context": context}
                specification = {figure: {}, "country_id": {"fields": {"code": {}}}}
                listed = {"domain": [], "specification": specification, "limit": 3}
                yield model, "web_search_read", {**listed, "context": context}
        rows = self.all_row_ids[:2]
        yield CHANGE, "action_open_lines", [Ids(rows[:1])]
        yield CHANGE, "exists", [Ids(rows)]
        yield COMPARISON, "exists", [Ids(rows)]
        yield COMPARISON, "choose_compared_periods", [choice]
        yield CHANGE, "choose_compared_periods", {"choice": choice}
        yield PERIODS, "create", [[choice]]
        yield PERIODS, "create+action_apply", [choice]
        names = ["current", "base", "current_first", "base_last"]
        context = {"customer_sales_compared": choice}
        yield PERIODS, "default_get", {"fields_list": names, "context": context}
        yield PERIODS, "onchange", [Ids(), choice, ["current"], {"words": {}}]

    def calls_of_campaigns(self):
        draft, running = Ids(self.draft.ids), Ids(self.campaign.ids)
        customers = self.campaign.sudo().customer_ids
        filtered = [["abc_class", "in", ["a", "b", "c"]], ["net", ">", 0]]
        yield CAMPAIGN, "new_campaign", [PROFILE, [self.profile_id]]
        yield CAMPAIGN, "get_empty_list_help", ["<p>Create one</p>"]
        for model in (PROFILE, PRODUCT, MOVEMENT):
            domain = filtered if model == PROFILE else [["company_id", "=", self.company_1.id]]
            yield CAMPAIGN, "new_campaign", {"model": model, "domain": domain}
        yield CAMPAIGN, "create", [[{"name": "Mine", "company_id": self.company_1.id}]]
        values = {"name": "Ours", "note": "Hello", "cost": 5.5, "control_percent": 30}
        yield CAMPAIGN, "write", [draft, {**values, "reach": "email", "user_id": self.rival.id}]
        yield CAMPAIGN, "web_save", [draft, values, {"name": {}, "verdict_words": {}}]
        yield CAMPAIGN, "copy", [draft]
        yield CAMPAIGN, "unlink", [draft]
        yield CAMPAIGN, "action_start", [draft]
        for method in (
            *("action_act", "action_finish", "action_update_results", "action_open_customers"),
        ):
            yield CAMPAIGN, method, [running]
        yield PROFILE, "action_open_campaigns", [Ids([self.profile_id])]
        yield "customer.sales.campaign.customer", "action_open_customer", [Ids(customers.ids)]
        yield "customer.sales.campaign.step", "action_open", [Ids(customers.step_ids.ids)]
        for method in ("action_cancel", "action_resume", "action_open_steps"):
            yield ACTION, method, [Ids(self.action.ids)]
        yield ACTION, "progress_of", [self.action.id]
        tag = self.env["res.partner.category"].search([], limit=1)
        values = {
            "campaign_id": self.campaign.id,
            "kind": "activity",
            "activity_type_id": self.call_type.id,
            "summary": "Ask",
            "note": "Kindly",
            "day": "2026-07-01",
        }
        yield ACT, "create+action_do", [values]
        yield ACT, "create+action_do", [{**values, "kind": "tag", "tag_id": tag.id}]
        specification = {"campaign_id": {"fields": {"name": {}}}, "kind": {}}
        yield ACT, "onchange", [Ids(), values, ["kind"], specification]

    def calls_of_layouts(self):
        values = {
            "name": "Mine",
            "is_shared": False,
            "company_id": self.company_1.id,
            "columns": [{"name": "date", "label": "Day", "is_shown": True}, {"name": "quantity"}],
            "is_default": True,
        }
        yield LAYOUT, "get_layouts", [REPORT]
        yield LAYOUT, "save_layout", [REPORT, values, False]
        yield LAYOUT, "save_layout", [REPORT, {"columns": self.columns}, self.layout_id]
        yield LAYOUT, "set_default", [REPORT, self.layout_id]
        yield LAYOUT, "delete_layout", [REPORT, self.layout_id]
        yield LAYOUT, "reset_layout", [REPORT, self.layout_id]
        yield LAYOUT, "action_reset", [Ids([self.layout_id])]
        yield LAYOUT, "copy", [Ids([self.layout_id]), {"name": "Copy"}]
        columns = [Command.create({"name": "date", "label": "Day", "visibility": "shown"})]
        values = {"name": "Other", "model": REPORT, "column_ids": columns}
        yield LAYOUT, "create", [[values]]
        yield LAYOUT, "write", [Ids([self.layout_id]), {"name": "Another", "model": REPORT}]
        yield LAYOUT, "copy_data", [Ids([self.layout_id])]
        yield LAYOUT, "unlink", [Ids([self.layout_id])]

    def calls_of_filters(self):
        tick = {"label": "x", "checked": True}
        values = {
            "customer_ids": [[6, 0, self.rivals_customer.ids]],
            "customer_scope": "family",
            "country_ids": [[4, 1]],
            "cities": "Riyadh, Hail",
            "customer_type": "company",
            "since_from": "2020-01-01",
            "since_to": "2026-12-31",
            "partner_domain": "[('name', 'ilike', 'a'), ('id', 'in', [1, 2])]",
            "custom_field": False,
            "period": "dates",
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "year_earlier": False,
            "counted": "net_sales",
            "document_types": {"customer_invoice": tick},
            "channels": {"direct": tick},
            "returns": "without",
            "product_tmpl_ids": [[6, 0, self.product.product_tmpl_id.ids]],
            "categ_ids": [[6, 0, self.product.categ_id.ids]],
            "product_type": "consu",
            "left_out_kinds": {"tip": tick},
            "user_ids": [[6, 0, [2]]],
            "amount": "price_subtotal",
            "amount_of": "customer",
            "amount_range": "between",
            "amount_min": 1.5,
            "amount_max": 1e6,
            "favorite_name": "Mine",
            "favorite_id": 1,
            "kept": '[{"words": "Number", "domain": [["document_number", "ilike", "INV"]]}]',
            "previewed": "x",
        }
        templates, categories = self.product.product_tmpl_id.ids, self.product.categ_id.ids
        who = {
            "shown": "customers",
            "counted": "all",
            "statuses": {"new": tick},
            "abc_classes": {"a": tick},
            "chance_bands": {"60": tick},
            "bought": "products",
            "bought_product_ids": [[6, 0, templates]],
            "bought_period": "dates",
            "bought_from": "2020-01-01",
            "bought_to": "2030-01-01",
            "bought_times_range": "least",
            "bought_times": 1,
            "also": "categories",
            "also_categ_ids": [[6, 0, categories]],
            "also_period": "this_year",
            "missing": "anything",
            "missing_period": "last_year",
            "last_from": "2020-01-01",
            "largest": "percent",
            "largest_number": 50,
            "largest_period": "last_365",
            "favorite_name": "Of customers",
        }
        few = {"counted": "all", "amount_range": "min", "amount_min": 1, "favorite_name": "100 %"}
        for sent in (
            values,
            {**values, "year_earlier": True},
            few,
            {**few, "amount_of": "line"},
            {**few, "amount_of": "document"},
            who,
            {**who, "shown": "lines"},
            {"shown": "customers", "counted": "all", "favorite_name": "All of them"},
        ):
            yield FILTER, "preview", {"values": sent, "saved_id": None}
            yield FILTER, "create", [[sent]]
            chosen = {**sent, "custom_field": False}
            yield FILTER, "onchange", [Ids(), chosen, ["custom_field"], {"partner_domain": {}}]
            for action in (
                *("action_apply", "action_save", "action_update", "action_export"),
                *("action_clear", "action_last"),
            ):
                yield FILTER, f"create+{action}", [sent]
        remembered = {
            "customer_ids": self.rivals_customer.ids,
            "document_types": ["customer_invoice"],
            "period": "this_year",
            "since_from": "2020-01-01",
            "cities": "Riyadh",
            "amount_min": 5.0,
            "year_earlier": True,
        }
        names = ["customer_ids", "document_types", "period", "since_from", "cities", "amount_min"]
        yield (
            FILTER,
            "default_get",
            {"fields_list": names, "context": {"customer_sales_filter": remembered}},
        )
        on_screen = {
            "customer_sales_filter_on_screen": [
                {"words": "Facet", "domain": domain} for domain in self.domains()
            ],
            "customer_sales_filter_favorite": 1,
        }
        yield FILTER, "default_get", {"fields_list": [*names, "kept"], "context": on_screen}
        for model in (PROFILE, PRODUCT, PURCHASE):
            for domain in self.domains_of_customers():
                yield model, "search_count", {"domain": domain}
            on_screen = {
                "customer_sales_filter_model": model,
                "customer_sales_filter_on_screen": [
                    {"words": "Facet", "domain": domain} for domain in self.domains_of_customers()
                ],
            }
            fields_list = ["shown", "bought", "bought_times", "largest", "last_to", "kept"]
            yield FILTER, "default_get", {"fields_list": fields_list, "context": on_screen}
        for text in ("Riyadh", ""):
            yield FILTER, "suggest_cities", {"text": text}
        yield "ir.filters", "get_filters", [REPORT, False]
        context = {"group_by": ["date:month"], "pivot_measures": ["margin", "__count"]}
        yield "ir.filters", "favorite+get_filters", [context, ["date desc", "margin"]]
        grouped = {"customer_sales_filter_group_by": ["date:month"]}
        yield FILTER, "create+action_export", [few, grouped]
        yield "res.users.settings", "remembered+filter", [remembered]
        yield "res.users.settings", "remembered+templates", [[self.template.id]]

    def calls_of_exports(self):
        context = {
            "active_model": REPORT,
            "active_ids": self.all_row_ids[:3],
            "active_domain": self.domains()[0],
            "group_by": ["commercial_partner_id", "date:month"],
            "order_by": [{"name": "date", "asc": False}, "quantity"],
            "columns": ["date", "document_number", "quantity"],
            "headings": {"date": "Day"},
            "title": "Customer Sales",
        }
        names = [
            "title",
            "domain",
            "group_by",
            "order",
            "row_count",
            "filter_words",
            "column_ids",
            "can_group",
        ]
        yield EXPORT, "default_get", {"fields_list": names, "context": context}
        without_ids = {**context, "active_ids": []}
        yield EXPORT, "default_get", {"fields_list": names, "context": without_ids}
        for domain in self.domains():
            context = {**without_ids, "active_domain": domain}
            yield EXPORT, "default_get", {"fields_list": names, "context": context}
        for model, group in (
            (PROFILE, "segment_id"),
            (PRODUCT, "product_id"),
            (RETENTION, "cohort:quarter"),
            (COMPARISON, "commercial_partner_id"),
            (CHANGE, "product_tmpl_id"),
        ):
            context = {
                "active_model": model,
                "active_domain": [["company_id", "=", self.company_1.id]],
                "group_by": [group],
                "view_type": "pivot",
                "measures": ["net_year", "share", "change"],
                "retention_period": "quarter",
                "customer_sales_compared": {"current": "this_year", "base": "year_before"},
            }
            names = ["model", "domain", "measures", "retention_period", "column_ids", "sheet_lines"]
            yield EXPORT, "default_get", {"fields_list": names, "context": context}
            yield EXPORT, "create+action_export", [{"sheet_lines": True}, context]
        values = {
            "title": "Sales",
            "domain": self.domains()[0],
            "group_by": ["commercial_partner_id", "date:month"],
            "order": "date desc, quantity",
            "row_count": 3,
            "filter_words": "everything",
            "file_format": "xlsx",
            "sheet_summary": True,
            "sheet_grouped": True,
            "sheet_months": True,
            "measure": "quantity",
            "model": REPORT,
            "measures": ["quantity"],
            "retention_period": "year",
            "has_links": True,
            "without_names": False,
            "template_id": self.template.id,
            "template_name": "Mine",
            "share_template": False,
            "column_ids": [
                [0, 0, {"name": "date", "label": "Day", "sequence": 1}],
                [0, 0, {"name": "quantity"}],
            ],
        }
        csv = {**values, "file_format": "csv", "without_names": True}
        for sent in (values, csv):
            yield EXPORT, "create", [[sent]]
            yield EXPORT, "create+action_export", [sent]
            yield EXPORT, "create+action_save_template", [sent]
            fields = {"duration_words": {}, "can_group": {}, "column_ids": {}}
            yield EXPORT, "onchange", [Ids(), sent, ["template_id", "group_by"], fields]
        template = {
            "name": "Other",
            "model": REPORT,
            "columns": ["date", "quantity"],
            "headings": {"date": "Day"},
            "contents": ["summary", "lines"],
            "measure": "quantity",
            "file_format": "csv",
        }
        yield TEMPLATE, "create", [[template]]
        yield TEMPLATE, "write", [Ids(self.template.ids), template]
        yield TEMPLATE, "web_save", [Ids(self.template.ids), template, {}]
        search = {"name": "a", "domain": [], "operator": "ilike", "limit": 5}
        yield TEMPLATE, "name_search", search
        yield TEMPLATE, "web_search_read", {"domain": [["name", "=", "a"]], "specification": {}}
        yield JOB, "progress_of", [self.job.id]
        for action in ("action_cancel", "action_repeat", "told"):
            yield JOB, action, [Ids(self.job.ids)]

    def calls_of_reconciliations(self):
        values = {
            "company_id": self.company_1.id,
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "state": "new",
        }
        line = {
            "section": "difference",
            "check": "sales",
            "bridge_item": "orders",
            "measure": "price_subtotal",
            "customer_id": 1,
            "date": "2026-03-01",
            "document_ref": "account.move,1",
            "reported": 1,
            "expected": 2.5,
        }
        yield RECONCILIATION, "create", [[values]]
        yield RECONCILIATION, "create+action_compare", [values]
        yield RECONCILIATION, "create+action_export", [values]
        yield RECONCILIATION, "create+write", [values, {"date_from": "2025-01-01"}]
        yield RECONCILIATION, "onchange", [Ids(), values, ["date_from"], {"state": {}}]
        yield RECONCILIATION, "line+action_open", [values, line]
        without_document = {**line, "document_ref": False}
        yield RECONCILIATION, "line+action_open", [values, without_document]

    def calls_of_schedules(self):
        values = {
            "name": "Mine",
            "view": "favorite",
            "favorite_id": self.favorite.id,
            "company_ids": [[6, 0, self.company_1.ids]],
            "current": "this_month",
            "base": "year_before",
            "content": "workbook",
            "frequency": "monthly",
            "weekday": "3",
            "month_day": 31,
            "hour": "7",
            "recipient_ids": [[0, 0, {"user_id": self.users[KINDS[0]].id}]],
        }
        schedule = Ids(self.schedule.ids)
        yield SCHEDULE, "create", [[values]]
        yield SCHEDULE, "write", [schedule, values]
        yield SCHEDULE, "web_save", [schedule, {"view": "overview", "hour": "9"}, {"times": {}}]
        yield SCHEDULE, "onchange", [Ids(), values, ["view"], {"times": {}, "favorite_id": {}}]
        yield SCHEDULE, "default_get", {"fields_list": ["recipient_ids", "company_ids", "hour"]}
        yield SCHEDULE, "search", {"domain": [["is_recipient", "=", True], ["view", "=", "x"]]}
        yield SCHEDULE, "create+action_preview", [{**values, "content": "table"}]
        yield SCHEDULE, "copy", [schedule, {"name": "Copy"}]
        yield SCHEDULE, "copy_data", [schedule]
        for action in ("action_send_now", "action_leave", "action_preview"):
            yield SCHEDULE, action, [schedule]
        yield PREVIEW, "create", [[{"schedule_id": self.schedule.id}]]
        lines = self.schedule.recipient_ids
        yield RECIPIENT, "action_resume", [Ids(lines.ids)]
        line = {"schedule_id": self.schedule.id, "user_id": self.users[KINDS[1]].id}
        yield RECIPIENT, "create", [[line]]
        yield RECIPIENT, "write", [Ids(lines.ids), {"user_id": line["user_id"]}]
        context = {"group_by": ["date:month"], "customer_sales_layout": self.layout_id}
        yield "ir.filters", "favorite+preview", [context, ["date desc"], self.domains()[0]]
        alert = {"channel": "activity", "is_lost": False, "active": True}
        yield ALERT, "create", [[alert]]
        yield ALERT, "write", [Ids(self.alert.ids), alert]
        yield ALERT, "action_open_mine", []

    # -- Sending them ---------------------------------------------------------------------

    def send(self, user, model, method, arguments):
        """Make one call, whose arguments may be anything, and undo it."""
        step, _plus, action = method.partition("+")
        if not action:
            if isinstance(arguments, dict) and not {"user", "model", "method"} & arguments.keys():
                return self.rpc(user, model, method, **arguments)
            return self.rpc(user, model, method, *arguments)
        if step == "favorite" and action == "preview":
            return self.of_sent_favorite(user, *arguments)
        if step == "favorite":
            return self.of_favorite(user, *arguments)
        if step == "remembered":
            return self.remembered(user, action, *arguments)
        values, *more = arguments
        context = _context(more) if (step, action) == ("create", "action_export") else {}
        try:
            record_id = self.rpc(user, model, "create", values, context=context)
        except Exception as error:
            error.add_note("create")
            raise
        if step == "line":
            values = {**more[0], "reconciliation_id": record_id}
            line = self.rpc(user, f"{model}.line", "create", values)
            return self.rpc(user, f"{model}.line", action, [line])
        if action == "write":
            return self.rpc(user, model, "write", [record_id], *more)
        return self.rpc(user, model, action, [record_id], context=_context(more))

    def remembered(self, user, what, value=None):
        """What is kept in a user's settings, which users write themselves."""
        settings = self.env["res.users.settings"].with_user(user).sudo()
        settings = settings._find_or_create_for_user(user)
        if what == "filter":
            settings.customer_sales_filter = value
            return self.rpc(user, FILTER, "onchange", [], {}, [], {"cities": {}})
        settings.customer_sales_export_templates = value
        return self.rpc(user, TEMPLATE, "name_search", "")

    def of_favorite(self, user, context=None, sort=None):
        """What is kept in a favorite, whose texts users write themselves."""
        favorite = {"name": "Mine", "model_id": REPORT, "user_ids": user.ids}
        favorite |= {"context": repr(context), "sort": json.dumps(sort), "domain": "[]"}
        self.rpc(user, "ir.filters", "create", favorite)
        return self.rpc(user, "ir.filters", "get_filters", REPORT)

    def of_sent_favorite(self, user, context=None, sort=None, domain=None):
        """What is kept in a favorite that goes into a mail."""
        values = {"context": repr(context), "sort": json.dumps(sort), "domain": repr(domain)}
        self.favorite.sudo().write(values)
        schedule = {"name": "Mine", "view": "favorite", "favorite_id": self.favorite.id}
        schedule_id = self.rpc(user, SCHEDULE, "create", schedule)
        action = self.rpc(user, SCHEDULE, "action_preview", [schedule_id])
        return self.rpc(user, PREVIEW, "web_read", [action["res_id"]], {"body": {}})

    def error_of(self, kind, model, method, arguments):
        """What a call ends with, once it has been undone; None for an answer."""
        try:
            with mute_logger(*QUIET), self.env.cr.savepoint():
                self.send(self.users[kind], model, method, arguments)
                self.env.flush_all()
                raise _Undo
        except _Undo:
            return None
        except Exception as error:
            return error

    # -- What comes of it -----------------------------------------------------------------

    def test_calls_as_they_are_meant(self):
        """They are worth forging: an administrator is answered, or told that nothing is found."""
        answered = 0
        for model, method, arguments in self.calls():
            with self.subTest(model=model, method=method, arguments=arguments):
                error = self.error_of(KINDS[0], model, method, arguments)
                self.assertIsInstance(error, (type(None), *REFUSALS), trace(error))
                answered += error is None
        self.assertGreater(answered, 90)

    def test_forged_calls(self):
        generator = random.Random(SEED)
        calls = list(self.calls())
        for _number in range(CALLS):
            model, method, arguments = generator.choice(calls)
            kind = generator.choice(KINDS)
            forged = mutated(generator, arguments)
            error = self.error_of(kind, model, method, forged)
            if error and not isinstance(error, REFUSALS):
                with self.subTest(kind=kind, model=model, method=method, arguments=forged):
                    failed = "create" if getattr(error, "__notes__", None) else method
                    self.assertFalse(is_ours(error, self.env["base"], failed), trace(error))

    def test_settings(self):
        Settings = self.env["res.config.settings"].sudo()
        for ticks in (5, ["x"], {"x": 5}, {"x": {"checked": [[]]}}):
            with self.subTest(ticks=ticks):
                Settings.create({"customer_sales_private_fields": ticks}).set_values()
                Settings.get_values()

    def test_every_public_method_is_among_them(self):
        """Whoever adds a method that programs can call adds a call of it here."""
        called = {method.rpartition("+")[2] for _model, method, _arguments in self.calls()}
        public = {
            name
            for model in self.env.values()
            for each in type(model).mro()
            if each.__module__.startswith(f"odoo.addons.{MODULE}.")
            for name, value in vars(each).items()
            if inspect.isfunction(value)
            and not name.startswith("_")
            and not getattr(value, "_api_private", False)
        }
        self.assertEqual(public - called - NOT_CALLED, set())


def _context(more: list) -> dict:
    return more[0] if more and isinstance(more[0], dict) else {}


class _Undo(Exception):
    """Ends a call that was answered."""
