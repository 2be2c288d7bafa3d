"""Measures what is told over time: building the history, and asking movement and retention."""

import json
from pathlib import Path

import customers
from actions import Call
from customers import DAY, Bench, Row
from measure import machine

from odoo.tools import SQL

from odoo.addons.customer_sales_report.models.history.history_derivation import (
    MOST_MONTHS,
    derive_history,
    last_month_ends,
)

MOVEMENT = "customer.sales.movement.report"
RETENTION = "customer.sales.retention.report"
MEASURES = ["active_customers:sum", "share:avg", "net:sum"]


def prepare(env):
    """Derive the tables as they are at the end of :data:`.customers.DAY`, with their history."""
    customers.prepare(env)
    for company in env["res.company"].search([]):
        env["customer.sales.refresh"]._build_history(company, DAY)


def main(env, options, target):
    """Measure, and write the result as JSON to the file ``target``.

    :param options: JSON: as for ``measure:main``
    """
    options = json.loads(options)
    bench = OverTime(env, options)
    env.cr.rollback()
    results = [
        (row, {"name": row.name, "beside": None} | row.measured(bench))
        for row in ROWS
        if options["only"] in row.name
    ]
    content = {
        "machine": machine(env),
        "options": options,
        "rows": [
            result | {"required": row.required, "met": row.met(result)} for row, result in results
        ],
    }
    Path(target).write_text(json.dumps(content, indent=1))


class OverTime(Bench):
    """The measurements on one database."""

    def history(self):
        """All months of all companies, from nothing."""

        def forget(env):
            env.cr.execute(SQL("DELETE FROM customer_sales_history"))
            # The fits of those days too, which are found again where they are kept
            env["customer.sales.prediction"].search([("is_current", "=", False)]).unlink()

        def derive(env):
            for report in self._reports(env):
                derive_history(report, last_month_ends(DAY, MOST_MONTHS))

        return self._worked(f"{MOST_MONTHS} months of history", derive, forget)

    def movement(self, groups):
        """The matrix between the last month and the one three months before."""
        first, *_between, last = last_month_ends(DAY, 4)
        context = {"movement_from": first.isoformat(), "movement_to": last.isoformat()}
        return self._pivot(MOVEMENT, groups, ["net_to:sum", "__count"], [], context)

    def retention(self, measures=("share:avg",), group="cohort:month", period="month"):
        """The heat map of all customers over all months that there are; by default as it opens."""
        domain, context = [("is_over", "=", True)], {"retention_period": period}
        return self._pivot(RETENTION, [group, "elapsed"], measures, domain, context)

    def _pivot(self, model, groups, measures, domain, context):
        rows, columns = groups
        call = Call(
            "formatted_read_grouping_sets",
            kwargs={
                "domain": domain,
                "grouping_sets": [[], [columns], [rows], [rows, columns]],
                "aggregates": [*measures, *({"__count"} - {*measures})],
                "context": context | self.one_company,
            },
            model=model,
        )
        return {"seconds": self._asked(f"{model} by {rows}", call), "note": self.of_customers}


ROWS = [
    Row(f"{MOST_MONTHS} months of history of all companies", OverTime.history, "within", 300),
    Row(
        "movement by status",
        lambda bench: bench.movement(["from_status", "to_status"]),
        "within",
        0.3,
    ),
    Row(
        "movement by segment",
        lambda bench: bench.movement(["from_segment_id", "to_segment_id"]),
        "within",
        0.3,
    ),
    Row("retention by month", OverTime.retention, "within", 2),
    Row(
        "retention by month, net kept",
        lambda bench: bench.retention(["net:sum", "net_kept:avg"]),
        "within",
        2,
    ),
    Row(
        "retention by month, customers, share and net at once",
        lambda bench: bench.retention(MEASURES),
        "guide",
        3,
    ),
    Row(
        "retention by quarter",
        lambda bench: bench.retention(group="cohort:quarter", period="quarter"),
        "within",
        2,
    ),
    Row(
        "retention by channel of the first purchase",
        lambda bench: bench.retention(group="first_channel"),
        "within",
        2,
    ),
]
