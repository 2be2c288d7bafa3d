from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...report.reconciliation import (
    MEASURES,
    Reconciliation,
)

# The largest differences are listed, and of each the documents that explain it most.
MAX_DIFFERENCES = 100
MAX_DOCUMENTS = 20
MAX_ROWS_ASTRAY = 20


class CustomerSalesReconciliation(models.TransientModel):
    """Shows an administrator that the report agrees with Odoo's own, or where it does not."""

    _name = "customer.sales.reconciliation"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Customer Sales Reconciliation"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        help="The company whose documents are compared, in its own currency.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="Period",
        required=True,
        default=lambda self: date(fields.Date.context_today(self).year, 1, 1),
        help="The first day of the period that is compared. Orders and receipts are of the day "
        "they were made on in your time zone.",
    )
    date_to = fields.Date(
        required=True,
        default=lambda self: date(fields.Date.context_today(self).year, 12, 31),
        help="The last day of the period that is compared.",
    )
    state = fields.Selection(
        [
            ("new", "Not Compared"),
            ("empty", "No Sales"),
            ("equal", "Equal"),
            ("different", "Different"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="new",
    )
    difference_count = fields.Integer(
        string="Number of Differences",
        readonly=True,
        help="How many amounts differ, by customer and day or month.",
    )
    line_ids = fields.One2many("customer.sales.reconciliation.line", "reconciliation_id")
    total_ids = fields.One2many(
        "customer.sales.reconciliation.line",
        "reconciliation_id",
        string="Totals",
        domain=[("section", "=", "total")],
        help="The totals of the period in Customer Sales, beside those of Odoo's own reports.",
    )
    bridge_ids = fields.One2many(
        "customer.sales.reconciliation.line",
        "reconciliation_id",
        string="From Ordered to Net Sales",
        domain=[("section", "=", "bridge")],
        help="Why what was ordered is not what was sold: each line adds to what was ordered or "
        "takes off it, and the last one is what they come to.",
    )
    difference_ids = fields.One2many(
        "customer.sales.reconciliation.line",
        "reconciliation_id",
        string="Differences",
        domain=[("section", "=", "difference")],
        help="The documents on which Customer Sales and Odoo's own reports disagree.",
    )

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for wizard in self:
            if not (wizard.date_from and wizard.date_to):
                raise ValidationError(self.env._("Enter the first and the last day of the period."))
            if wizard.date_from > wizard.date_to:
                raise ValidationError(self.env._("The period must begin before it ends."))

    @api.depends("company_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Reconciliation")

    @api.onchange("company_id", "date_from", "date_to")
    def _onchange_period(self):
        """What was compared before is of another period."""
        self.state = "new"

    def action_compare(self):
        """Compare, and show the result."""
        self.ensure_one()
        self.check_access("write")
        reconciliation = self._reconciliation()
        totals = reconciliation.totals()
        differences = reconciliation.differences()
        rows_astray = reconciliation.rows_astray()
        unequal_totals = [
            total for total in totals if not reconciliation.is_equal(total.reported, total.expected)
        ]
        self.line_ids.unlink()
        self.line_ids = [
            fields.Command.create({"sequence": sequence, **values})
            for sequence, values in enumerate(
                [
                    *self._total_lines(totals),
                    *self._bridge_lines(totals, reconciliation.bridge()),
                    *self._difference_lines(reconciliation, differences),
                    *self._astray_lines(rows_astray),
                ]
            )
        ]
        self.difference_count = len(differences) + len(rows_astray)
        if self.difference_count or unequal_totals:
            self.state = "different"
        else:
            self.state = "equal" if reconciliation.has_rows() else "empty"
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "main",
        }

    def _reconciliation(self) -> Reconciliation:
        return Reconciliation(self.env, self.company_id, self.date_from, self.date_to)

    def _total_lines(self, totals):
        """Untaxed: the amounts that everything else is measured in."""
        return [
            {
                "section": "total",
                "check": total.check,
                "reported": total.reported,
                "expected": total.expected,
            }
            for total in totals
            if total.measure == MEASURES[0]
        ]

    def _bridge_lines(self, totals, bridge):
        ends = {total.check: total.reported for total in totals if total.measure == MEASURES[0]}
        lines = [{"section": "bridge", "bridge_item": "ordered", "reported": ends["orders"]}]
        lines += [
            {"section": "bridge", "bridge_item": item, "reported": amount}
            for item, amount in bridge.items()
            if amount
        ]
        rest = ends["sales"] - ends["orders"] - sum(bridge.values())
        if not self.currency_id.is_zero(rest):
            lines.append({"section": "bridge", "bridge_item": "other", "reported": rest})
        lines.append({"section": "bridge", "bridge_item": "sales", "reported": ends["sales"]})
        return lines

    def _difference_lines(self, reconciliation, differences):
        differences.sort(key=lambda difference: -abs(difference.reported - difference.expected))
        lines = []
        for difference in differences[:MAX_DIFFERENCES]:
            values = {
                "section": "difference",
                "check": difference.check,
                "measure": difference.measure,
                "customer_id": difference.customer_id,
                "date": difference.first_day,
            }
            documents = reconciliation.documents(difference)[:MAX_DOCUMENTS]
            # Without a document that differs, the difference is shown as it is.
            for document, reported, expected in documents or [
                (False, difference.reported, difference.expected)
            ]:
                lines.append(
                    {
                        **values,
                        "document_ref": document,
                        "reported": reported,
                        "expected": expected,
                    }
                )
        return lines

    def _astray_lines(self, rows):
        return [
            {"section": "difference", "check": "rows", "document_ref": document}
            for _row_id, document in rows[:MAX_ROWS_ASTRAY]
        ]
