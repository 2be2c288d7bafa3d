from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..report.customer_sales_reconciliation import (
    BRIDGE,
    MEASURES,
    Difference,
    Reconciliation,
)

# The largest differences are listed, and of each the documents that explain it most.
MAX_DIFFERENCES = 100
MAX_DOCUMENTS = 20
MAX_ROWS_ASTRAY = 20


class CustomerSalesReconciliation(models.TransientModel):
    """Shows an administrator that the report agrees with Odoo's own, or where it does not."""

    _name = "customer.sales.reconciliation"
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


class CustomerSalesReconciliationLine(models.TransientModel):
    """One line of the result: a total, a step of the bridge, or a difference."""

    _name = "customer.sales.reconciliation.line"
    _description = "Customer Sales Reconciliation Line"
    _order = "sequence, id"

    reconciliation_id = fields.Many2one(
        "customer.sales.reconciliation", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="reconciliation_id.currency_id")
    sequence = fields.Integer()
    section = fields.Selection(
        [("total", "Total"), ("bridge", "Bridge"), ("difference", "Difference")], required=True
    )
    check = fields.Selection(
        [
            ("sales", "Net Sales"),
            ("invoices", "Invoices and Credit Notes"),
            ("orders", "Ordered"),
            ("rows", "Link to the Document"),
        ],
        string="Total",
        help="Net sales: invoices, credit notes and sales receipts, and receipts of the point of "
        "sale without a posted invoice.",
    )
    compared_with = fields.Selection(
        [
            ("sales", "Invoice Analysis and POS receipts without an invoice"),
            ("invoices", "Invoice Analysis"),
            ("orders", "Sales Analysis"),
        ],
        compute="_compute_compared_with",
        help="The report of Odoo that must say the same.",
    )
    bridge_item = fields.Selection(
        [
            ("ordered", "Ordered"),
            ("orders", "Less sales orders: they count in net sales when invoiced"),
            ("order_invoices", "Invoices of sales orders"),
            ("order_receipts", "POS receipts that settle a sales order"),
            ("invoiced_receipts", "Less POS receipts that have an invoice"),
            ("receipt_invoices", "Invoices of POS receipts"),
            ("direct_invoices", "Invoices without an order or POS receipt"),
            ("credit_notes", "Credit notes"),
            ("down_payments", "Down payments invoiced, less those deducted again"),
            ("other", "Other sources of sales"),
            ("sales", "Net Sales"),
        ],
        string="Step",
    )
    measure = fields.Selection(
        [("price_subtotal", "Untaxed Total"), ("price_total", "Total")],
        string="Amount",
    )
    customer_id = fields.Many2one("res.partner")
    date = fields.Date(help="The day of the invoice or receipt, or the first day of the month.")
    document_ref = fields.Reference(
        [
            ("account.move", "Invoice"),
            ("sale.order", "Sales Order"),
            ("pos.order", "POS Order"),
        ],
        string="Document",
        help="A document that explains the difference.",
    )
    reported = fields.Monetary(string="Customer Sales", help="What Customer Sales says.")
    expected = fields.Monetary(string="Odoo's Report", help="What Odoo's own report says.")
    difference = fields.Monetary(
        compute="_compute_difference", help="Customer Sales less Odoo's report."
    )

    @api.depends("check", "section")
    def _compute_compared_with(self):
        for line in self:
            line.compared_with = line.section == "total" and line.check

    @api.depends("reported", "expected")
    def _compute_difference(self):
        for line in self:
            line.difference = line.reported - line.expected

    def action_open(self):
        """Open the document, or else the sales lines that this line is made of.

        :return: a window action
        """
        self.ensure_one()
        if self.document_ref:
            return self.document_ref.get_formview_action()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_lines"
        )
        action["domain"] = list(self._rows_domain())
        action["context"] = {}
        return action

    def _rows_domain(self) -> Domain:
        reconciliation = self.reconciliation_id._reconciliation()
        if self.section == "difference":
            return reconciliation.rows_domain(
                Difference(
                    self.check,
                    self.measure,
                    self.reported,
                    self.expected,
                    self.customer_id.id,
                    self.date,
                )
            )
        if self.bridge_item in BRIDGE:
            return reconciliation.bridge_domain(self.bridge_item)
        check = self.check or {"ordered": "orders"}.get(self.bridge_item, "sales")
        return reconciliation.check_domain(check)
