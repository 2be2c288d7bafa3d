"""Measures what the web client asks, inside Odoo: through the same entry as its HTTP requests."""

import json
import os
import platform
import statistics
import sys
import time
from datetime import date
from pathlib import Path

import psycopg2
from actions import ACTIONS, Client, Subject
from generate.business import FIRST_YEAR, READER
from reports import NATIVE, OURS

from odoo import release
from odoo.api import Environment
from odoo.service.model import call_kw
from odoo.tools import SQL, mute_logger

YEAR = FIRST_YEAR + 2
MONTH = (date(YEAR, 6, 1), date(YEAR, 6, 30))
BUDGET = 30  # seconds, after which the further rounds of a call are left out


def main(env, options, target):
    """Measure, and write the result as JSON to the file ``target``.

    :param options: JSON: ``rounds``; ``only``, a part of the actions' names; ``native``, whether
        to measure Odoo's own reports too; ``timeout`` of a statement in seconds; ``work_mem``;
        ``customer``, the number of the customer whose lines are looked for, or null
    """
    options = json.loads(options)
    reports = [OURS, *(NATIVE if options["native"] else [])]
    clients = make_clients(env, reports, options["customer"])
    # Another connection measures: this one must hold nothing that it would wait for.
    env.cr.rollback()
    results = [
        {
            "name": action.name,
            "ratio": action.ratio,
            "guide": action.guide,
            "reports": {
                client.report.model: measure(env.registry, client, action, options)
                for client in clients
            },
        }
        for action in ACTIONS
        if options["only"] in action.name
    ]
    content = {"machine": machine(env), "options": options, "actions": results}
    Path(target).write_text(json.dumps(content, indent=1))


def with_context(client, call):
    kwargs = call.kwargs or {}
    return kwargs | {"context": dict(client.env.context | kwargs.get("context", {}))}


def make_clients(env, reports, customer):
    """One client for each report, of the user whose clicks are measured, with the two companies
    of one currency selected."""
    user = env["res.users"].search([("login", "=", READER)])
    companies = env["res.company"].search([], order="id", limit=2)
    context = {
        "lang": user.lang,
        "tz": user.tz,
        "uid": user.id,
        "allowed_company_ids": companies.ids,
    }
    reader = env(user=user.id, context=context, su=False)
    subject = find_subject(env, customer)
    return [Client(reader, report, subject) for report in reports]


def find_subject(env, number):
    """The records to look for: a customer with many lines, one of its contacts, and so on.

    :param number: of the customer; None for one with some 600 lines, however many there are
    """
    [[customers]] = env.execute_query(
        SQL("SELECT count(*) FROM res_partner WHERE name LIKE 'Customer 0%%'")
    )
    # One with three contacts
    number = number or customers // 500 - customers // 500 % 5 + 2
    name = f"Customer {number:07}"
    customer = env["res.partner"].search([("name", "=", name), ("parent_id", "=", False)])
    [[middle]] = env.execute_query(
        SQL(
            "SELECT name FROM account_move WHERE move_type = 'out_invoice'"
            " AND state = 'posted' AND invoice_origin IS NOT NULL AND invoice_date = %s"
            " ORDER BY id LIMIT 1",
            MONTH[0],
        )
    )
    product = env["product.product"].search([("default_code", "=", "P0040")])
    return Subject(
        customer_id=customer.id,
        customer_name=name.lower(),
        contact_id=customer.child_ids[0].id,
        product_tmpl_id=product.product_tmpl_id.id,
        number=middle[-8:],
        month=MONTH,
        quarter=(date(YEAR, 4, 1), date(YEAR, 6, 30)),
        year=(date(YEAR, 1, 1), date(YEAR, 12, 31)),
    )


def measure(registry, client, action, options):
    """Seconds of each round and their median; where a statement ran out of time, its limit.

    The first call, which fills the caches of the registry, is not counted if it was short.
    """
    call = action.build(client)
    seconds, queries = [], 0
    timed_out = False
    try:
        warm_up, queries = run_once(registry, client, call, options)
        if warm_up > BUDGET / 10:
            seconds.append(warm_up)
        while len(seconds) < options["rounds"] and sum(seconds) < BUDGET:
            elapsed, queries = run_once(registry, client, call, options)
            seconds.append(elapsed)
    except psycopg2.errors.QueryCanceled:
        timed_out = True
        seconds = [options["timeout"]]
    median = statistics.median(seconds)
    shown = f"{'> ' if timed_out else ''}{median:.4f} s"
    sys.stdout.write(f"{action.name}: {client.report.model}: {shown}, {queries} queries\n")
    sys.stdout.flush()
    return {
        "median": median,
        "seconds": seconds,
        "queries": queries,
        "timed_out": timed_out,
    }


def run_once(registry, client, calls, options):
    """One request: a transaction of its own, with nothing read before.

    :param calls: a call, or several one after the other
    :return: seconds, and the number of queries
    """
    calls = calls if isinstance(calls, list) else [calls]
    calls = [(call, with_context(client, call)) for call in calls]
    with registry.cursor(readonly=True) as cr:
        cr.execute(SQL("SET LOCAL work_mem = %s", options["work_mem"]))
        cr.execute(SQL("SET LOCAL statement_timeout = %s", f"{options['timeout']}s"))
        before, start = cr.sql_log_count, time.perf_counter()
        env = Environment(cr, client.env.uid, dict(client.env.context))
        with mute_logger("odoo.sql_db"):  # which would print the query that ran out of time
            for call, kwargs in calls:
                model = env[call.model or client.report.model]
                call_kw(model, call.method, list(call.args), kwargs)
        return time.perf_counter() - start, cr.sql_log_count - before


def machine(env):
    """What the figures depend on."""
    memory = next(
        int(line.split()[1])
        for line in Path("/proc/meminfo").read_text().splitlines()
        if line.startswith("MemTotal")
    )
    setting = {
        name: env.execute_query(SQL("SELECT current_setting(%s)", name))[0][0]
        for name in ("server_version", "shared_buffers", "jit", "max_parallel_workers_per_gather")
    }
    lines = {
        document_type: count
        for document_type, count in env["customer.sales.report"]
        .with_context(allowed_company_ids=env["res.company"].search([]).ids)
        ._read_group([], ["document_type"], ["__count"])
    }
    [[customers]] = env.execute_query(
        SQL("SELECT count(*) FROM res_partner WHERE customer_rank > 0 AND parent_id IS NULL")
    )
    [[size]] = env.execute_query(SQL("SELECT pg_database_size(current_database())"))
    return {
        "day": date.today().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 2**20),
        "python": platform.python_version(),
        "odoo": release.version,
        "postgresql": setting,
        "lines": lines,
        "customers": customers,
        "database_gb": round(size / 10**9, 1),
    }
