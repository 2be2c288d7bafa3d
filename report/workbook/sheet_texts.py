"""What the sheets say, in the user's language."""

from odoo.tools import format_date

from ...tools.export_request import (
    BY_CUSTOMER,
    CUSTOMERS,
    GROUPED,
    LINES,
    MONTHS,
    PRODUCTS,
    SUMMARY,
)


class SheetTexts:
    def __init__(self, env, basis: str, measure: str):
        self.env = env
        self.is_ordered = basis == "counts_as_order"
        self.net = self.env._("Ordered") if self.is_ordered else self.env._("Net Sales")
        self.measured = self.env._("Quantity") if measure == "quantity" else self.net
        self.customer = self.env._("Customer")
        self.nobody = self.env._("Walk-in")
        self.nothing = self.env._("None")
        self.total = self.env._("Total")
        self.others = self.env._("All others")
        self.book = {
            "total": self.total,
            "continued": self.env._("Continued from “%s”"),
            "page": self.env._("Page %(page)s of %(pages)s"),
        }

    def sheet(self, content: str) -> str:
        """The name of the sheet of a content."""
        names = {
            SUMMARY: self.env._("Summary"),
            LINES: self.env._("Lines"),
            GROUPED: self.env._("Groups"),
            BY_CUSTOMER: self.env._("By Customer"),
            CUSTOMERS: self.env._("Customers"),
            PRODUCTS: self.env._("Customers × Products"),
            MONTHS: self.env._("Customers × Months"),
        }
        return names[content]

    def counted(self) -> str:
        """Which rows the figures count."""
        if self.is_ordered:
            return self.env._(
                "The figures count what was ordered: sales orders without down payments, and "
                "receipts that do not settle one."
            )
        return self.env._(
            "The figures count net sales, each sale once: invoices, credit notes and sales "
            "receipts, and receipts of the point of sale that were not invoiced."
        )

    def period(self, day, period: str) -> str:
        """The name of a period by its first day."""
        formats = {
            "day": None,
            "week": "'W'w YYYY",
            "month": "MMMM yyyy",
            "quarter": "QQQ yyyy",
            "year": "yyyy",
        }
        return format_date(self.env, day, date_format=formats[period])
