from datetime import date

from .common import CustomerSalesPosCommon
from .profile_common import TODAY, CustomerSalesProfileCommon

#: The ends of the months of the first half of 2026
MONTHS = (
    date(2026, 1, 31),
    date(2026, 2, 28),
    date(2026, 3, 31),
    date(2026, 4, 30),
    date(2026, 5, 31),
    date(2026, 6, 30),
)


class CustomerSalesHistoryCommon(CustomerSalesPosCommon, CustomerSalesProfileCommon):
    """Ten customers of a company in Riyadh, three hours before UTC, until the end of June 2026.

    Limits of status are those of a new company: rhythm from three purchase days on, slowing from
    1.5, dormant from 2 and lost from 3 times the usual gap; with fewer, from 90, 180 and 365 days;
    new for 30 days.
    """

    #: Customer -> its documents: (day, untaxed amount)
    DOCUMENTS = {
        # On each tenth
        "Anna": [(f"2026-{month:02}-10", 100) for month in range(1, 7)],
        # Every ten days, and once more after seventy
        "Bert": [
            ("2026-01-10", 40),
            ("2026-01-20", 40),
            ("2026-01-30", 40),
            ("2026-04-10", 40),
        ],
        # Once
        "Cora": [("2026-01-05", 500)],
        # After more than a year again
        "Dora": [("2025-02-01", 300), ("2026-05-15", 200)],
        # Returned what somebody else had bought
        "Emil": [("2026-03-15", -50)],
        # Two receipts, see below
        "Fritz": [],
        "Greta": [("2026-02-20", 100)],
        # Every twenty days, until the end of April
        "Hans": [("2026-03-01", 50), ("2026-03-21", 50), ("2026-04-10", 50), ("2026-04-30", 50)],
        "Ines": [("2026-06-15", 1000)],
        # Returned more than was bought
        "Jona": [("2026-01-10", 200), ("2026-02-20", -250)],
    }
    #: Of Greta, entered when April, May and June are over
    LATE = ("2026-04-02", 400)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.tz = "Asia/Riyadh"
        cls.customers = {
            name: cls.env["res.partner"].create({"name": name, "is_company": True})
            for name in cls.DOCUMENTS
        }

    def setUp(self):
        super().setUp()
        for name, documents in self.DOCUMENTS.items():
            self.buys(self.customers[name], *documents)
        fritz = self.customers["Fritz"]
        # In Riyadh, 31 March and 1 April
        self.receipt((self.mug, 1), partner=fritz, moment="2026-03-31 20:30:00")
        self.receipt((self.mug, 2), partner=fritz, moment="2026-03-31 22:30:00")

    def enter_late(self):
        """The invoice that Greta's salesperson had forgotten."""
        return self.buys(self.customers["Greta"], self.LATE)

    def build_history(self, day=TODAY):
        """Refresh the company as of a day, and build what its history lacks until then."""
        self.refresh(day)
        return self.env["customer.sales.refresh"].sudo()._build_history(self.company, day)

    def history(self, *domain):
        return (
            self.env["customer.sales.history"]
            .sudo()
            .search([("company_id", "=", self.company.id), *domain], order="month_end, partner_id")
        )

    def rows_of_history(self):
        """The history as it is in the database, without its ids."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(history) - 'id' FROM customer_sales_history history "
            "WHERE company_id = %s ORDER BY month_end, partner_id",
            [self.company.id],
        )
        return [row for (row,) in self.env.cr.fetchall()]

    def table(self, column, months=MONTHS, names=None):
        """A column of the history as text: a line for each customer and a word for each month: a
        dash for nothing, a dot where there is no row."""
        lines = []
        for name in names or self.customers:
            customer = self.customers[name]
            found = {row.month_end: row for row in self.history(("partner_id", "=", customer.id))}
            words = []
            for month in months:
                if row := found.get(month):
                    value = row[column]
                    value = value.name if hasattr(value, "display_name") else value
                    if isinstance(value, float):
                        value = f"{value:.0f}"
                    words.append(str(value) if value is not False else "-")
                else:
                    words.append(".")
            lines.append(" ".join([name, *(word.replace(" ", "_") for word in words)]))
        return lines

    def assertTable(self, column, text, months=MONTHS, names=None):  # noqa: N802
        expected = [" ".join(line.split()) for line in text.strip().splitlines()]
        self.assertEqual(self.table(column, months, names), expected)
