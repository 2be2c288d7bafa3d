"""Measures fitting and predicting inside Odoo, in a process of its own, so that its memory can be
told: what predictions add to the nightly refresh of the company with most customers."""

import json
import time
from datetime import date
from pathlib import Path

from export import largest_memory, new_height, resident_memory
from generate.business import LAST_YEAR
from measure import machine

from odoo.tools import SQL

from odoo.addons.customer_sales_report.models.profile.purchase_derivation import derive_purchases

DAY = date(LAST_YEAR, 12, 31)  # the last one of the generated documents


def main(env, target):
    """Fit to all purchases of the largest company, try it on the past, and predict its customers;
    write what it took to the file ``target``. Nothing is kept in the database."""
    predictions = env["customer.sales.prediction"]
    refreshes = env["customer.sales.refresh"]
    for company in env["res.company"].search([], order="id"):
        derive_purchases(refreshes._report(company))
    [[company_id, customers, purchases]] = env.execute_query(
        SQL(
            "SELECT company_id, COUNT(DISTINCT partner_id), COUNT(*) FROM customer_sales_purchase "
            "WHERE kind = 'purchase' AND partner_id IS NOT NULL AND date <= %s "
            "GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
            DAY,
        )
    )
    company = env["res.company"].browse(company_id)
    result = {"machine": machine(env), "customers": customers, "purchases": purchases}
    new_height()
    memory, started = resident_memory(), time.perf_counter()
    fits = predictions._fit(refreshes._report(company), DAY)
    result["fit"] = time.perf_counter() - started
    predictions._keep(fits)
    started = time.perf_counter()
    predictions._predict(company, DAY)
    result["predict"] = time.perf_counter() - started
    result["memory"] = largest_memory() - memory
    result["verdicts"] = [values["verdict"] for values in fits]
    env.cr.rollback()
    Path(target).write_text(json.dumps(result, indent=1))
