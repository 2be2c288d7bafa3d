"""Measures exports inside Odoo: each in a process of its own, so that memory can be told."""

import json
import time
from pathlib import Path

from measure import find_reader, machine

from odoo.api import Environment

COLUMNS = [
    *("date", "document_number", "document_type", "commercial_partner_id", "partner_id"),
    *("product_id", "categ_id", "quantity", "product_uom_id", "price_unit", "discount"),
    *("price_subtotal", "price_tax", "price_total", "user_id"),
]
MODEL = "customer.sales.report"
ORDER = "date desc, id desc"


def main(env, kind, lines, folder, target):
    """Measure one way to export the newest ``lines`` lines, and write the result to ``target``.

    :param kind: one of :data:`WAYS`
    :param folder: where the files go, and the cells that the bare program writes
    """
    reader = find_reader(env)
    context, user_id = dict(reader.context), reader.uid
    result = {"kind": kind, "machine": machine(env)} if kind == "machine" else {"kind": kind}
    if kind != "machine":
        env.cr.rollback()
        domain = domain_of(reader, int(lines))
        env.cr.rollback()
        way = WAYS[kind](Path(folder))
        with env.registry.cursor() as cr:
            # What a running server has loaded already is no part of the export.
            way.run(Environment(cr, user_id, context), domain_of(reader, 200), warm_up=True)
        with env.registry.cursor() as cr:
            fresh = Environment(cr, user_id, context)
            result |= measured(lambda: way.run(fresh, domain))
        result["size"] = way.path.stat().st_size
    Path(target).write_text(json.dumps(result))


def domain_of(reader, lines: int) -> list:
    """A domain that has just so many lines, the newest."""
    report = reader[MODEL]
    ids = report._search([("counts_as_sale", "=", True)], order=ORDER, limit=lines)
    first = report.browse(list(ids)[-1]).date
    return [("counts_as_sale", "=", True), ("date", ">=", str(first))]


def measured(function) -> dict:
    """Seconds, and how much more memory the process had at its height than before, in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # the height begins anew
    before = memory("VmRSS")
    start = time.perf_counter()
    count = function()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "memory": memory("VmHWM") - before, "rows": count}


def memory(name: str) -> float:
    text = Path("/proc/self/status").read_text()
    return int(text.split(f"{name}:")[1].split()[0]) / 1024
