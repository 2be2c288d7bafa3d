"""What the sheets say, in the user's language."""

from babel import Locale

from odoo.orm.models import READ_GROUP_DISPLAY_FORMAT
from odoo.tools import format_date
from odoo.tools.date_utils import weeknumber
from odoo.tools.misc import get_lang

from ...tools.export_request import (
    BRIDGE,
    BY_CUSTOMER,
    COMPARED,
    CUSTOMERS,
    GROUPED,
    LINES,
    MONTHS,
    PRODUCTS,
    RETENTION,
    SEGMENTS,
    SUMMARY,
    TOTALS,
)


class SheetTexts:
    """
    :param rows: what the sheet with a row for each record is called
    """

    def __init__(self, env, basis: str, measure: str, rows: str = ""):
        self.env, self.rows = env, rows
        self.is_ordered = basis == "counts_as_order"
        self.net = self.env._("Ordered") if self.is_ordered else self.env._("Net Sales")
        self.measured = self.env._("Quantity") if measure == "quantity" else self.net
        self.customer = self.env._("Customer")
        self.nobody = self.env._("Walk-in")
        self.nothing = self.env._("None")
        self.total = self.env._("Total")
        self.others = self.env._("All others")
        self.other_dates = self.env._("Other dates")
        self.book = {
            "total": self.total,
            "continued": self.env._("Continued from “%s”"),
            # Without the word: in Arabic it would stand on the far side of the numbers.
            "page": self.env._("%(page)s of %(pages)s"),
        }

    def sheet(self, content: str) -> str:
        """The name of the sheet of a content."""
        names = {
            SUMMARY: self.env._("Summary"),
            LINES: self.rows,
            TOTALS: self.env._("Totals"),
            SEGMENTS: self.env._("Segments"),
            RETENTION: self.env._("Retention"),
            GROUPED: self.env._("Groups"),
            BY_CUSTOMER: self.env._("By Customer"),
            CUSTOMERS: self.env._("Customers"),
            PRODUCTS: self.env._("Customers × Products"),
            MONTHS: self.env._("Customers × Months"),
            COMPARED: self.env._("Periods Compared"),
            BRIDGE: self.env._("Why Sales Changed"),
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
        """The name of a period by its first day, as on the screen."""
        if period == "week":
            year, week = weeknumber(Locale.parse(get_lang(self.env).code), day)
            return f"W{week} {year:04}"
        return format_date(self.env, day, date_format=READ_GROUP_DISPLAY_FORMAT[period])
