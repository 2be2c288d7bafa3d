"""Measures the customers: how long their stored tables take to derive, and to read."""

import json
import statistics
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import by_hand
from actions import ACTIONS, Action, Call
from generate.business import LAST_YEAR
from measure import machine, make_clients, measure
from reports import OURS

from odoo.api import Environment
from odoo.tools import SQL

from odoo.addons.customer_sales_report.models.profile import (
    profile_derivation,
    purchase_derivation,
)

from views import COUNT_LIMIT, PAGE, FormView, ListView

PROFILE = "customer.sales.profile"
DAY = date(LAST_YEAR, 12, 31)  # the last one of the generated documents: there is a year before it
CHANGED = 1000  # documents
LATER = "2100-01-01 00:00:00"  # than anything in the database was written
ROUNDS = 3  # of refreshes at most


def prepare(env):
    """Derive the tables as they are at the end of :data:`DAY`."""
    env[PROFILE]._refresh(full=True, as_of=DAY)


def main(env, options, target):
    """Measure, and write the result as JSON to the file ``target``.

    :param options: JSON: as for ``measure:main``
    """
    options = json.loads(options)
    bench = Bench(env, options)
    env.cr.rollback()
    rows = [
        (row, {"name": row.name, **row.measured(bench)})
        for row in ROWS
        if options["only"] in row.name
    ]
    content = {
        "machine": machine(env),
        "options": options,
        "rows": [
            result | {"required": row.required, "met": row.met(result)} for row, result in rows
        ],
    }
    Path(target).write_text(json.dumps(content, indent=1))


@dataclass(frozen=True)
class Row:
    """What is measured, and what it has to be.

    :param measured: function of a :class:`Bench` that returns ``seconds``; ``beside``, the seconds
        of what it is compared with, or None; ``memory`` in MB, or None; ``note``
    :param kind: ``at most`` so many times ``beside``, ``at least`` so many times faster than it, or
        ``within`` so many seconds; ``guide`` is as ``within``, for orientation
    """

    name: str
    measured: callable
    kind: str
    number: float

    @property
    def required(self):
        times = {"at most": f"≤ {self.number:g}×", "at least": f"{self.number:g}× faster"}
        return times.get(self.kind) or f"{self.number:g} s{', guide' * (self.kind == 'guide')}"

    def met(self, result):
        seconds, beside = result["seconds"], result["beside"]
        return {
            "at most": lambda: seconds <= self.number * beside,
            "at least": lambda: beside >= self.number * seconds,
            "within": lambda: seconds <= self.number,
            "guide": lambda: seconds <= self.number,
        }[self.kind]()


class Bench:
    """The measurements on one database."""

    model = PROFILE  # whose list is read

    def __init__(self, env, options):
        self.registry, self.options = env.registry, options
        self.rounds = min(options["rounds"], ROUNDS)
        [self.client] = make_clients(env, [OURS], options["customer"])
        self.companies = env["res.company"].search([], order="id").ids
        action = env.ref("customer_sales_report.action_customer_sales_profile")
        views = {view.type: view.id for view in action.view_ids.view_id}
        self.list = ListView(self.client.env, PROFILE, views.get("list", False))
        self.form = FormView(self.client.env, PROFILE, views.get("form", False))
        subject = self.client.subject.customer_id
        self.profile_id = (
            self.client.env[PROFILE].search([("partner_id", "=", subject)], limit=1).id
        )

        # What is required of 50,000 customers is asked of the company that has so many.
        self.one_company = {"allowed_company_ids": self.companies[:1]}
        customers = self.client.env[PROFILE].search_count(
            [("company_id", "in", self.companies[:1])]
        )
        self.of_customers = f"of {customers:,} customers"

    # What users ask

    def page_by(self, field):
        return self._asked(f"page of {PAGE} by {field}", self.page([], f"{field} DESC"))

    def page(self, domain, order):
        """A page of the list, as the web client asks for it."""
        return Call(
            "web_search_read",
            kwargs={
                "domain": domain,
                "specification": self.list.specification,
                "offset": 0,
                "limit": PAGE,
                "order": order,
                "count_limit": COUNT_LIMIT,
            },
            model=self.model,
        )

    def pages(self):
        """The slowest of the columns that the list can be ordered by."""
        columns = [
            name
            for name, field in self.list.fields.items()
            if field.get("sortable") and name not in self.list.hidden
        ]
        seconds = {name: self.page_by(name) for name in columns}
        slowest = max(seconds, key=seconds.get)
        typical = statistics.median(seconds.values())
        return {
            "seconds": seconds[slowest],
            "beside": self.lines_by_customer(),
            "note": f"slowest of {len(columns)} columns: {slowest}; median {typical:.3f} s",
        }

    def first_page(self):
        return {"seconds": self.page_by("net_year"), "beside": self.lines_by_customer()}

    @cache  # noqa: B019 - there is one bench, as long as the process lives
    def lines_by_customer(self):
        action = next(each for each in ACTIONS if each.name.startswith("all time by customer"))
        return measure(self.registry, self.client, action, self.options)["median"]

    def customers_page(self):
        call = Call("web_read", ([self.profile_id], self.form.specification), model=PROFILE)
        return {"seconds": self._asked("a customer's page", call)}

    def by_segment(self):
        call = Call(
            "web_read_group",
            kwargs={
                "domain": [],
                "groupby": ["segment_id"],
                "aggregates": self.list.aggregates,
                "limit": PAGE,
                "offset": 0,
                "order": "",
                "auto_unfold": False,
                "opening_info": [],
                "unfold_read_specification": self.list.specification,
                "unfold_read_default_limit": PAGE,
                "groupby_read_specification": {},
                "context": self.one_company,
            },
            model=PROFILE,
        )
        return {"seconds": self._asked("customers by segment", call), "note": self.of_customers}

    def segments(self):
        return {"seconds": self._asked("Segments", Call("segments_overview", model=PROFILE))}

    def overview(self):
        """The whole first screen, of the last quarter and the one before."""
        choice = {
            "current": "own",
            "current_first": date(LAST_YEAR, 10, 1).isoformat(),
            "current_last": DAY.isoformat(),
            "base": "period_before",
        }
        call = Call("overview", (choice, {}), model="customer.sales.overview")
        return {"seconds": self._asked("Overview", call)}

    def _asked(self, name, call):
        action = Action(name, lambda _client: call, 0, 0)
        return measure(self.registry, self.client, action, self.options)["median"]

    # What the scheduler does: transactions that are measured and then forgotten

    def full(self, prepare=lambda env: None):
        def refresh(env):
            env[PROFILE]._refresh(self._all(env), full=True, as_of=DAY)

        return self._worked("full refresh", refresh, prepare)

    def first_build(self):
        def empty(env):
            for table in ("customer_sales_profile", "customer_sales_purchase"):
                env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))

        return self.full(empty)

    def light(self, documents):
        def refresh(env):
            env[PROFILE]._refresh(self._all(env), as_of=DAY)

        return self._worked(
            f"light refresh, {documents} documents",
            refresh,
            lambda env: _change_documents(env, documents),
        )

    def purchases(self):
        result = self._worked("purchases", self._derive_purchases)

        def statement(env):
            zones = [(c.id, c._customer_sales_timezone()) for c in self._all(env)]
            env.cr.execute(by_hand.purchases(zones))

        beside = self._worked("purchases by hand", statement, check=_same_purchases)
        return result | {"beside": beside["seconds"]}

    def profiles(self):
        result = self._worked("profiles", self._derive_profiles)
        beside = self._worked(
            "profiles by hand",
            lambda env: env.cr.execute(by_hand.profiles(DAY)),
            check=_same_profiles,
        )
        return result | {"beside": beside["seconds"]}

    def _derive_purchases(self, env):
        for report in self._reports(env):
            purchase_derivation.derive_purchases(report)

    def _derive_profiles(self, env):
        for report in self._reports(env):
            env, company = report.env, report.env.company
            bought = env["customer.sales.product"]._derive_documents(report, DAY)
            profile_derivation.derive_facts(env, company, DAY, products=bought)
            limits = profile_derivation.score_limits(env.cr, report.env.company, DAY)
            # Nothing is predicted, as by hand
            Prediction = env["customer.sales.prediction"]
            Prediction._predict(report.env.company, DAY, fits=Prediction)
            profile_derivation.derive_profiles(env, report.env.company, DAY, limits)

    def _reports(self, env):
        refreshes = env["customer.sales.refresh"]
        return [refreshes._report(company) for company in self._all(env)]

    def _all(self, env):
        return env["res.company"].browse(self.companies)

    def _worked(self, name, work, prepare=lambda env: None, check=lambda env: None):
        """Seconds, the median of the rounds, and how much larger the process became at most."""
        seconds, memory = [], []
        for _round in range(self.rounds):
            with self._forgotten() as env:
                prepare(env)
                Path("/proc/self/clear_refs").write_text("5")  # the height of memory begins anew
                before, start = _memory("VmRSS"), time.perf_counter()
                work(env)
                env.flush_all()
                seconds.append(time.perf_counter() - start)
                memory.append(_memory("VmHWM") - before)
                check(env)
        median = statistics.median(seconds)
        sys.stdout.write(f"{name}: {median:.4f} s, {max(memory):.0f} MB\n")
        sys.stdout.flush()
        return {"seconds": median, "memory": max(memory)}

    @contextmanager
    def _forgotten(self):
        with self.registry.cursor() as cr:
            cr.execute(SQL("SET LOCAL work_mem = %s", self.options["work_mem"]))
            cr.execute(SQL("SET LOCAL jit = off"))  # as refreshes do
            try:
                yield Environment(cr, 1, {})  # as the scheduler
            finally:
                cr.rollback()


def _memory(name):
    """Of this process, in MB."""
    text = Path("/proc/self/status").read_text()
    return int(text.split(f"{name}:")[1].split()[0]) / 1024


def _change_documents(env, count):
    """Make documents, invoices and receipts, a tenth dearer, after the last refresh."""
    cr = env.cr
    cr.execute(SQL("UPDATE customer_sales_refresh SET started_on = %s", LATER))
    cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE bench_changed ON COMMIT DROP AS "
            "SELECT move_id, pos_order_id FROM customer_sales_purchase "
            "ORDER BY MD5(document_ref) LIMIT %s",
            count,
        )
    )
    for statement in (
        "UPDATE account_move_line SET balance = ROUND(balance * 1.1, 2), write_date = %s "
        "WHERE move_id IN (SELECT move_id FROM bench_changed)",
        "UPDATE account_move SET write_date = %s WHERE id IN (SELECT move_id FROM bench_changed)",
        "UPDATE pos_order_line SET price_subtotal = ROUND(price_subtotal * 1.1, 2), "
        "write_date = %s WHERE order_id IN (SELECT pos_order_id FROM bench_changed)",
        "UPDATE pos_order SET write_date = %s WHERE id IN (SELECT pos_order_id FROM bench_changed)",
    ):
        cr.execute(statement, [LATER])
    env.invalidate_all()


def _same_purchases(env):
    _compare(env, "bench_purchase", "customer_sales_purchase", ["net", "quantity", "line_count"])


def _same_profiles(env):
    sums = ["net", "net_year", "net_before", "purchases_year", "purchase_days", "products"]
    _compare(env, "bench_profile", "customer_sales_profile", sums)


def _compare(env, by_hand_table, table, columns):
    """Fail unless the statement by hand came to the same: else it would measure something else."""
    totals = [
        env.execute_query(
            SQL(
                "SELECT company_id, COUNT(*), %s FROM %s GROUP BY company_id ORDER BY company_id",
                SQL(", ").join(
                    SQL("ROUND(SUM(%s)::numeric, 2)", SQL.identifier(name)) for name in columns
                ),
                SQL.identifier(name),
            )
        )
        for name in (by_hand_table, table)
    ]
    if totals[0] != totals[1]:
        raise AssertionError(f"{table} by hand: {totals[0]}, by the app: {totals[1]}")


def _alone(measured):
    """A row's measurement with nothing beside it."""
    return lambda bench: {"beside": None} | measured(bench)


ROWS = [
    Row("purchases of all documents", Bench.purchases, "at most", 4),
    Row("profiles of all customers", Bench.profiles, "at most", 4),
    Row("full refresh of all companies, nothing changed", _alone(Bench.full), "guide", 30),
    Row("full refresh of all companies, the first", _alone(Bench.first_build), "guide", 60),
    Row(
        f"light refresh, {CHANGED:,} changed documents",
        _alone(lambda bench: bench.light(CHANGED)),
        "within",
        3,
    ),
    Row("light refresh, nothing changed", _alone(lambda bench: bench.light(0)), "within", 3),
    Row("Customers, as it opens", Bench.first_page, "at least", 20),
    Row("Customers by any column", Bench.pages, "at least", 20),
    Row("a customer's page", _alone(Bench.customers_page), "within", 0.3),
    Row("all customers by segment", _alone(Bench.by_segment), "within", 0.2),
    Row("Segments", _alone(Bench.segments), "within", 0.2),
    Row("Overview", _alone(Bench.overview), "within", 0.5),
]
