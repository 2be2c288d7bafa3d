from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...report.reconciliation import BRIDGE, CHECKS, Difference
from ...tools.terms import DOCUMENT_MODELS


class CustomerSalesReconciliationLine(models.TransientModel):
    """One line of the result: a total, a step of the bridge, or a difference."""

    _name = "customer.sales.reconciliation.line"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
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
        DOCUMENT_MODELS,
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
        action["name"] = action["display_name"] = self._step_words()
        action["context"] = {}
        return action

    def _step_words(self) -> str:
        """Which total or step this is, and of which period: the title of its lines."""
        name = "bridge_item" if self.section == "bridge" else "check"
        words = dict(self._fields[name]._description_selection(self.env))
        reconciliation = self.reconciliation_id
        return self.env._(
            "%(step)s (%(first)s – %(last)s)",
            step=words[self[name]],
            first=format_date(self.env, reconciliation.date_from),
            last=format_date(self.env, reconciliation.date_to),
        )

    def _rows_domain(self) -> Domain:
        reconciliation = self.reconciliation_id._reconciliation()
        if self.section == "difference":
            if self.check not in CHECKS or not self.date:
                raise UserError(self.env._("No documents are known for this line."))
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
        if (check := self.check) not in CHECKS:
            check = "orders" if self.bridge_item == "ordered" else "sales"
        return reconciliation.check_domain(check)
