from datetime import date

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..profile.customer_sales_profile import STATUSES
from .trial_groups import WAYS

MODEL = "r alpha a b".split()
SPEND = "p q v scale".split()


class CustomerSalesPrediction(models.Model):
    """What a fit comes to, as tables and a graph for its screen.

    A table has ``columns``, each a heading and the kind of its values; ``rows``; where they add up
    a ``total``; and ``marked``, the number of the row that counts.
    """

    _inherit = "customer.sales.prediction"

    calibration_chart = fields.Json(compute="_compute_tables", exportable=False)
    records_table = fields.Json(compute="_compute_tables", exportable=False)
    statuses_table = fields.Json(compute="_compute_tables", exportable=False)
    segments_table = fields.Json(compute="_compute_tables", exportable=False)
    seasons_table = fields.Json(compute="_compute_tables", exportable=False)
    parameters_table = fields.Json(compute="_compute_tables", exportable=False)

    @api.depends("records", "statuses", "segments", "seasons", "parameters", "way")
    @api.depends_context("lang")
    def _compute_tables(self):
        for fit in self:
            fit.calibration_chart = fit._calibration_chart()
            fit.records_table = fit._records_table()
            fit.statuses_table = fit._statuses_table()
            fit.segments_table = fit._segments_table()
            fit.seasons_table = fit._seasons_table()
            fit.parameters_table = fit._parameters_table()

    def _ways(self) -> dict[str, str]:
        """The names of both ways, of the model without its regularity, and of both rules."""
        return {
            "model": self.env._("Model"),
            "at_random": self.env._("Model if purchases came at random (k = 1)"),
            "trained": self.env._("Trained on your past"),
            "same_share": self.env._("Rule: the same chance for all"),
            "two_shares": self.env._(
                "Rule: one chance for who bought in the %s days before, one for all others",
                self.horizon,
            ),
        }

    def _calibration_chart(self) -> list[dict] | None:
        """For each way, and the model without its regularity, the tenths of the customers: [mean
        chance, share that bought, customers]."""
        names = self._ways()
        lines = [
            {
                "name": names[way],
                "way": way,
                "is_used": way == self.way,
                "points": self.records[way]["calibration"],
            }
            for way in ("model", "at_random", "trained")
            if self.records and self.records.get(way)
        ]
        return lines or None

    def _records_table(self) -> dict | None:
        if not self.records:
            return None
        found = [(way, name) for way, name in self._ways().items() if self.records.get(way)]
        return {
            "columns": [
                ["", "text"],
                [self.env._("Area under the curve"), "decimals"],
                [self.env._("Brier score"), "decimals"],
            ],
            "rows": [
                [name, self.records[way]["area"], self.records[way]["brier"]] for way, name in found
            ],
            "marked": [way for way, _name in found].index(self.way),
        }

    def _statuses_table(self) -> dict | None:
        """By both ways to tell the status: how many of its customers bought since."""
        if not self.statuses:
            return None
        field = self.env["customer.sales.profile"]._fields["status"]
        names = dict(field._description_selection(self.env))
        return {
            "columns": [
                [self.env._("Status on %s", format_date(self.env, self.tried_on)), "text"],
                [self.env._("By rhythm: bought since"), "share"],
                [self.env._("By prediction: bought since"), "share"],
            ],
            "rows": [
                [names[status], *(self.statuses[way].get(status, [0, 0]) for way in WAYS)]
                for status, _name in STATUSES
            ],
        }

    def _segments_table(self) -> dict | None:
        if not self.segments:
            return None
        segments = self.env["customer.sales.segment"].browse(
            segment_id for segment_id, *_sums in self.segments if segment_id
        )
        names = {segment.id: segment.name for segment in segments.exists()}
        rows = [
            [names.get(segment_id, self.env._("No Segment")), customers, expected, actual]
            for segment_id, customers, expected, actual in self.segments
        ]
        total = [self.env._("All"), *(sum(column) for column in list(zip(*rows, strict=True))[1:])]
        return {
            "columns": [
                [self.env._("Segment on %s", format_date(self.env, self.tried_on)), "text"],
                [self.env._("Customers"), "integer"],
                [self.env._("Expected"), "money"],
                [self.env._("Actual"), "money"],
                [self.env._("Actual ÷ expected"), "percent"],
            ],
            "rows": [_with_ratio(row) for row in sorted(rows, key=lambda row: -row[2])],
            "total": _with_ratio(total),
        }

    def _seasons_table(self) -> dict | None:
        quarters = (self.seasons or {}).get("quarters")
        if not quarters:
            return None
        columns = [
            [self.env._("Quarter"), "text"],
            [self.env._("Expected"), "money"],
            [self.env._("Actual"), "money"],
            [self.env._("Actual ÷ expected"), "percent"],
        ]
        rows = [
            _with_ratio([self._span(quarter), quarter["expected"], quarter["actual"]])
            for quarter in quarters
        ]
        if any(quarter["factor"] for quarter in quarters):
            columns.append([self.env._("The same, a year before"), "percent"])
            rows = [[*row, quarter["factor"]] for row, quarter in zip(rows, quarters, strict=True)]
        return {"columns": columns, "rows": rows}

    def _span(self, quarter: dict) -> str:
        first, last = (
            format_date(self.env, date.fromisoformat(quarter[name])) for name in ("first", "last")
        )
        return f"{first} – {last}"

    def _parameters_table(self) -> dict | None:
        """The parameters, for those who know them."""
        if not self.parameters:
            return None
        model, spend = self.parameters["model"], self.parameters["spend"]
        return {
            "columns": [
                ["", "text"],
                [self.env._("Parameter"), "text"],
                [self.env._("Value"), "decimals"],
            ],
            "rows": [
                [self.env._("Purchases: MBG/CNBD-k"), "k", model["k"]],
                *(["", name, model[name]] for name in MODEL),
                [self.env._("Spend: Gamma-Gamma"), SPEND[0], spend[SPEND[0]]],
                *(["", name, spend[name]] for name in SPEND[1:]),
            ],
        }


def _with_ratio(row: list) -> list:
    """The row with actual ÷ expected, its last two values, after it."""
    *_others, expected, actual = row
    return [*row, actual / expected if expected > 0 else None]
