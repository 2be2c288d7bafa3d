from odoo import fields, models
from odoo.fields import Domain

from ...report.customer_sales_report.conditions import TOTAL_AMOUNTS, total_condition
from ...tools.limits import LOOKUPS
from .customer_sales_filter import Section, all_of

# Whose amount -> the field of the report that its total is searched by
TOTALS = {"document": "document_total", "customer": "customer_total"}


class CustomerSalesFilter(models.TransientModel):
    """How much: of a line, of a document, or of a customer in all."""

    _inherit = "customer.sales.filter"

    amount = fields.Selection(
        [("price_subtotal", "untaxed"), ("price_total", "with taxes"), ("quantity", "in quantity")],
        string="Which Amount",
        default="price_subtotal",
        required=True,
        help="Which amount is compared. Amounts of money are in the currency of your current "
        "company, quantities in the products' own units.",
    )
    amount_of = fields.Selection(
        [
            ("customer", "per customer"),
            ("document", "per document"),
            ("line", "per line"),
        ],
        string="Whose Amount",
        default="customer",
        required=True,
        help="Per line: the line itself. Per document or customer: the sum of its lines that meet "
        "all the other conditions, such as the period.",
    )
    amount_range = fields.Selection(
        [("min", "at least"), ("max", "at most"), ("between", "between")],
        string="Amount",
        help="Empty: any amount.",
    )
    amount_min = fields.Float(string="Minimum", digits="Account")
    amount_max = fields.Float(string="Maximum", digits="Account")
    currency_symbol = fields.Char(
        related="company_id.currency_id.symbol", help="The currency of your current company."
    )

    def _complaints(self):
        complaints = super()._complaints()
        minimum, maximum = self._limits()
        if (minimum, maximum) != (None, None) and not (
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
        if self.amount_of == "line":
            domain = []
            if minimum is not None:
                domain.append((self.amount, ">=", minimum))
            if maximum is not None:
                domain.append((self.amount, "<=", maximum))
            return [Section("amount", domain)]
        # What looks sums of lines up itself is the same for all lines of a customer.
        added_up = all_of(
            section.domain
            for section in others
            if not set(LOOKUPS)
            & {term.field_expr for term in Domain(section.domain).iter_conditions()}
        )
        condition = total_condition(TOTALS[self.amount_of], self.amount, added_up, minimum, maximum)
        return [Section("amount", [condition])]
