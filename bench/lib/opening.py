"""Measures what opening each screen of the app asks: its views, and what they show first."""

import json
from ast import literal_eval
from pathlib import Path

from actions import Action, Call
from lxml import etree
from measure import machine, make_clients, measure
from reports import OURS

from views import COUNT_LIMIT, PAGE, ListView, measures


def main(env, options, target):
    """Measure, and write the result as JSON to the file ``target``.

    :param options: JSON: as for ``measure:main``
    """
    options = json.loads(options)
    [client] = make_clients(env, [OURS], None)
    opened = [*screens(client.env), *contacts(client)]
    env.cr.rollback()
    results = [
        {
            "name": name,
            "calls": {
                kind: measure(
                    env.registry, client, Action(name, lambda _, c=call: c, 0, 0), options
                )
                for kind, call in calls.items()
            },
        }
        for name, calls in opened
        if options["only"] in name
    ]
    content = {"machine": machine(env), "options": options, "screens": results}
    Path(target).write_text(json.dumps(content, indent=1))


def contacts(client):
    """The figure that the app adds to contacts: on a form, and on a page of a list."""
    fields = ["customer_net_sales", "customer_net_sales_currency_id"]
    specification = {name: {} for name in fields}
    page = {
        "domain": [("customer_rank", ">", 0), ("parent_id", "=", False)],
        "specification": specification,
        "limit": PAGE,
    }
    one = Call("web_read", ([client.subject.customer_id], specification), model="res.partner")
    many = Call("web_search_read", kwargs=page, model="res.partner")
    return [("A contact: net sales", {"data": one}), (f"{PAGE} contacts", {"data": many})]


def screens(env):
    """Every view of every action of the app that the user may open: (name, calls by what they are
    for)."""
    # Readers may open actions, not look for them.
    Actions = env["ir.actions.act_window"].sudo()
    actions = Actions.search([("res_model", "=like", "customer.sales.%")])
    return [
        (f"{action.name}: {kind}", Screen(env, action, view_id, kind).calls())
        for action in actions
        if env[action.res_model].has_access("read")
        for view_id, kind in action.views
        if kind in FIRST_SHOWN and (kind != "form" or action.view_mode == "form")
    ]


class Screen:
    """One view of an action, as the web client opens it for one user."""

    def __init__(self, env, action, view_id, kind):
        self.env, self.model, self.kind = env, action.res_model, kind
        self.view_id = view_id
        self.is_searched = action.view_mode != "form"
        self.views = list(action.views)
        if self.is_searched:
            self.views.append((action.search_view_id.id, "search"))
        self.options = {
            "action_id": action.id,
            "load_filters": self.is_searched,
            "toolbar": action.target != "new",
        }
        described = env[self.model].get_views(self.views, self.options)["views"]
        self.arch = etree.fromstring(described[kind]["arch"])
        self.domain, self.groups = [], []
        if self.is_searched:
            search = etree.fromstring(described["search"]["arch"])
            self._apply_defaults(search, literal_eval(action.context or "{}"))

    def _apply_defaults(self, search, context):
        """The filters and groups that the action's context switches on."""
        for name in context:
            [*nodes] = search.iterfind(f".//filter[@name='{name.removeprefix('search_default_')}']")
            for node in nodes:
                self.domain += literal_eval(node.get("domain") or "[]")
                if group := literal_eval(node.get("context") or "{}").get("group_by"):
                    self.groups.append(group)

    def calls(self):
        load = self._call("get_views", views=self.views, options=self.options)
        return {"views": load, "data": FIRST_SHOWN[self.kind](self)}

    def _call(self, method, *args, **kwargs):
        return Call(method, args, kwargs, self.model)

    def list(self):
        view = ListView(self.env, self.model, self.view_id)
        order = view.arch.get("default_order") or ""
        if not self.groups:
            return self._call(
                "web_search_read",
                domain=self.domain,
                specification=view.specification,
                offset=0,
                limit=PAGE,
                order=order,
                count_limit=COUNT_LIMIT,
            )
        return self._call(
            "web_read_group",
            domain=self.domain,
            groupby=self.groups[:1],
            aggregates=view.aggregates,
            limit=PAGE,
            offset=0,
            order=order,
            auto_unfold=False,
            opening_info=[],
            unfold_read_specification=view.specification,
            unfold_read_default_limit=PAGE,
            groupby_read_specification={},
        )

    def pivot(self):
        rows = self.groups or self._fields_of_arch("row")
        columns = self._fields_of_arch("col")
        return self._call(
            "formatted_read_grouping_sets",
            domain=self.domain,
            grouping_sets=[
                rows[:row] + columns[:column]
                for row in range(len(rows) + 1)
                for column in range(len(columns) + 1)
            ],
            aggregates=measures(self.env, self.model, self._fields_of_arch("measure")),
        )

    def graph(self):
        return self._call(
            "formatted_read_group",
            domain=self.domain,
            groupby=self.groups or self._fields_of_arch(None),
            aggregates=measures(self.env, self.model, self._fields_of_arch("measure")),
        )

    def form(self):
        names = {node.get("name") for node in self.arch.iterfind(".//field")}
        specification = {name: {} for name in names if name in self.env[self.model]._fields}
        return self._call("onchange", [], values={}, field_names=[], fields_spec=specification)

    def _fields_of_arch(self, role):
        """The fields that a pivot or graph has in a role, with their intervals."""
        return [
            f"{node.get('name')}:{node.get('interval')}"
            if node.get("interval")
            else node.get("name")
            for node in self.arch.iterfind("field")
            if node.get("type") == role
        ]


# Kind of view -> the call that brings what it shows first
FIRST_SHOWN = {
    "list": Screen.list,
    "pivot": Screen.pivot,
    "graph": Screen.graph,
    "form": Screen.form,
}
