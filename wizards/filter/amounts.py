from odoo import fields, models

from ...report.customer_sales_report.conditions import TOTAL_AMOUNTS, total_condition
from ...tools.client_values import is_number
from .customer_sales_filter import Section, all_of

# Whose amount -> the field of the report that its total is searched by
TOTALS = {"document": "document_total", "customer": "customer_total"}


class CustomerSalesFilter(models.TransientModel):
    """How much: of a line, of a document, or of a customer in all."""

    _inherit = "customer.sales.filter"

    amount = fields.Selection(
        selection="_selection_amount",
        default="price_subtotal",
        required=True,
        help="Which amount is compared. Amounts of money are in the currency of your current "
        "company, quantities in the products' own units.",
    )
    amount_of = fields.Selection(
        [
            ("line", "of each line"),
            ("document", "of each document"),
            ("customer", "of each customer in all"),
        ],
        default="customer",
        required=True,
        help="Of each line: the line itself. Of each document, or of each customer in all: the "
        "sum of its lines that meet all the other conditions, such as the period.",
    )
    amount_range = fields.Selection(
        [("min", "is at least"), ("max", "is at most"), ("between", "is between")],
        string="Range",
        help="Empty: any amount.",
    )
    amount_min = fields.Float(string="Minimum", digits="Account")
    amount_max = fields.Float(string="Maximum", digits="Account")

    def _selection_amount(self):
        report = self.env["customer.sales.report"]
        return [
            (name, report._fields[name].get_description(self.env, ["string"])["string"])
            for name in TOTAL_AMOUNTS
        ]

    def _complaints(self):
        complaints = super()._complaints()
        minimum, maximum = self._limits()
        if not all(is_number(limit or 0) for limit in (minimum, maximum)):
            complaints.append(self.env._("An amount is not a number. Enter it anew."))
        elif (minimum, maximum) != (None, None) and not (
            self.amount in TOTAL_AMOUNTS and self.amount_of
        ):
            complaints.append(self.env._("Choose which amount is compared, and of what."))
        elif minimum is not None and maximum is not None and minimum > maximum:
            complaints.append(
                self.env._("The minimum is above the maximum. Change one of the two amounts.")
            )
        return complaints

    def _limits(self) -> tuple[float | None, float | None]:
        return (
            self.amount_min if self.amount_range in ("min", "between") else None,
            self.amount_max if self.amount_range in ("max", "between") else None,
        )

    def _customers_limits(self) -> tuple[float | None, float | None] | None:
        """The range of what each customer comes to; None if it does not matter."""
        limits = self._limits()
        return limits if self.amount_of == "customer" and limits != (None, None) else None

    def _amount_sections(self, others):
        minimum, maximum = self._limits()
        if minimum is None and maximum is None:
            return []
        limits = self.env["customer.sales.report"]._limits_words(self.amount, minimum, maximum)
        if self.amount_of == "line":
            domain = []
            if minimum is not None:
                domain.append((self.amount, ">=", minimum))
            if maximum is not None:
                domain.append((self.amount, "<=", maximum))
            return [Section("amount", self.env._("Line: %s", limits), domain)]
        words = (
            self.env._("Customer in all: %s", limits)
            if self.amount_of == "customer"
            else self.env._("Document: %s", limits)
        )
        # Since when a customer has been one is the same for all of its lines.
        added_up = all_of(section.domain for section in others if section.name != "customer_since")
        condition = total_condition(TOTALS[self.amount_of], self.amount, added_up, minimum, maximum)
        return [Section("amount", words, [condition])]
