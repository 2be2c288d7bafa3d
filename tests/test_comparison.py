"""Two periods compared: each figure of either is what the lines say."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .compared_common import CHOICE, COMPARISON, CustomerSalesComparedCommon

PERIODS = {
    "base": [("date", ">=", "2024-02-01"), ("date", "<=", "2024-02-29")],
    "current": [("date", ">=", "2024-03-01"), ("date", "<=", "2024-03-31")],
}
# Figure -> aggregate of the lines
OF_LINES = {
    "net_sales": "net_sales:sum",
    "ordered": "ordered:sum",
    "quantity": "quantity:sum",
    "documents": "document_ref:count_distinct",
    "customers": "commercial_partner_id:count_distinct",
    "price_unit": "price_unit:avg",
    "discount_amount": "discount_amount:sum",
    "discount": "discount:avg",
    "margin": "margin:sum",
    "margin_percent": "margin_percent:avg",
}


@tagged("post_install", "-at_install")
class TestComparison(CustomerSalesComparedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bob = cls.env["res.partner"].create({"name": "Bob"})

    def sales(self):
        self.base((self.mug, 10), (self.lamp, 1, {"discount": 10}))
        self.base((self.mug, 2), partner=self.bob)
        self.current((self.mug, 5, {"discount": 20}))
        self.credit(self.current((self.lamp, 2)), "2024-03-20")
        self.sales_order((self.soap, 3), moment="2024-03-05 12:00:00")
        self.invoice((self.mug, 1000), day="2024-04-01")
        self.invoice((self.mug, 1000), day="2024-01-31")

    def test_by_hand(self):
        """Base: 10 mugs at 10, a lamp at 90, 2 mugs of Bob: 210, 13 pieces, 2 documents, 2
        customers, cost 72 + 60. Current: 5 mugs at 8 = 40."""
        self.base((self.mug, 10), (self.lamp, 1, {"discount": 10}))
        self.base((self.mug, 2), partner=self.bob)
        self.current((self.mug, 5, {"discount": 20}))
        expected = {
            "net_sales": (40, 210, -170, -0.8095),
            "quantity": (5, 13, -8, -0.6154),
            "documents": (1, 2, -1, -0.5),
            "customers": (1, 2, -1, -0.5),
            "price_unit": (8, 16.1538, -8.1538, -0.5048),
            "discount_amount": (10, 10, 0, 0),
            "discount": (20, 4.5455, 15.4545, 3.4),
            "margin": (10, 78, -68, -0.8718),
            "margin_percent": (0.25, 0.3714, -0.1214, -0.3269),
            "ordered": (0, 0, 0, None),
        }
        for name, amounts in expected.items():
            columns = [f"{name}_{part}" for part in ("current", "base", "change", "change_percent")]
            self.assertEqual(self.sums(COMPARISON, columns), list(amounts), name)

    def test_no_percent_without_a_positive_base(self):
        self.credit(self.invoice((self.mug, 1), day="2024-01-10"), "2024-02-10")
        self.current((self.mug, 5))
        columns = ["net_sales_base", "net_sales_change", "net_sales_change_percent"]
        self.assertEqual(self.sums(COMPARISON, columns), [-10, 60, None])

    def test_equals_the_lines(self):
        """By whatever the lines group by, and with their filters."""
        self.sales()
        company = [("company_id", "=", self.company.id)]
        for group in (None, "commercial_partner_id", "product_tmpl_id", "channel", "date:month"):
            groups = [group] if group else []
            for domain in ([], [("counts_as_sale", "=", True)], [("product_id", "=", self.mug.id)]):
                compared = self.groups(
                    self.compared(COMPARISON),
                    company + domain,
                    groups,
                    {
                        f"{name}_{period}": f"{name}_{period}:"
                        + self.env[COMPARISON]._fields[f"{name}_{period}"].aggregator
                        for name in OF_LINES
                        for period in PERIODS
                    },
                )
                for period, days in PERIODS.items():
                    lines = self.groups(self.report, company + domain + days, groups, OF_LINES)
                    for key, figures in lines.items():
                        found = {name: compared[key][f"{name}_{period}"] for name in OF_LINES}
                        self.assertEqual(found, figures, (group, domain, period))
                    for key in compared.keys() - lines.keys():
                        self.assertFalse(
                            any(compared[key][f"{name}_{period}"] for name in OF_LINES)
                        )

    def groups(self, report, domain, groups, aggregates):
        return {
            tuple(row[: len(groups)]): {
                name: value and round(value, 6)
                for name, value in zip(aggregates, row[len(groups) :], strict=True)
            }
            for row in report._read_group(domain, groups, list(aggregates.values()))
        }

    def test_rows(self):
        """A line has its figures in the columns of its period."""
        self.sales()
        rows = self.compared(COMPARISON).search([("company_id", "=", self.company.id)])
        self.assertEqual(len(rows), 7)
        for row in rows:
            is_current = str(row.date) >= "2024-03-01"
            self.assertEqual((row.in_current, row.in_base), (is_current, not is_current))
            self.assertEqual(row.net_sales_current, row.net_sales if is_current else 0)
            self.assertEqual(row.net_sales_base, 0 if is_current else row.net_sales)
            self.assertEqual(row.action_open_document()["res_id"], row.document_ref.id)

    def test_overlapping_periods(self):
        """A line in both counts in both."""
        self.sales()
        report = self.compared(COMPARISON, {**CHOICE, "base_last": "2024-03-31"})
        [[base, current]] = report._read_group(
            [("company_id", "=", self.company.id)],
            [],
            ["net_sales_base:sum", "net_sales_current:sum"],
        )
        self.assertEqual((base, current), (250, 40))

    def test_sorted_by_the_change(self):
        self.sales()
        groups = self.compared(COMPARISON)._read_group(
            [("company_id", "=", self.company.id), ("counts_as_sale", "=", True)],
            ["commercial_partner_id"],
            ["net_sales_change:sum"],
            order="net_sales_change:sum",
        )
        self.assertEqual(groups, [(self.acme, -150), (self.bob, -20)])

    def test_customers_total_is_of_all_lines(self):
        """A condition on the first purchase, or on a total, looks at all lines there are."""
        self.sales()
        domain = [("company_id", "=", self.company.id), ("customer_since", "<", "2024-02-01")]
        rows = self.compared(COMPARISON).search(domain)
        self.assertEqual(rows.commercial_partner_id, self.acme)

    def test_as_in_a_list(self):
        """What the web client asks for: groups with their domains, on a page."""
        self.sales()
        report = self.compared(COMPARISON)
        answer = report.web_read_group(
            [("company_id", "=", self.company.id)],
            ["commercial_partner_id"],
            ["net_sales_current:sum", "net_sales_change_percent:avg"],
            order="net_sales_current:sum desc",
            limit=80,
        )
        self.assertEqual(answer["length"], 2)
        self.assertEqual(answer["groups"][0]["net_sales_current:sum"], 40)


@tagged("post_install", "-at_install")
class TestChoiceOfPeriods(CustomerSalesComparedCommon):
    def test_default(self):
        self.env.user.res_users_settings_ids.customer_sales_compared = False
        choice = self.env[COMPARISON].get_compared_periods()["choice"]
        self.assertEqual(choice, {"current": "this_quarter", "base": "year_before"})

    def test_remembered(self):
        chosen = self.env[COMPARISON].choose_compared_periods({**CHOICE, "junk": 1})
        self.assertEqual(chosen["choice"], CHOICE)
        self.assertEqual(self.env[COMPARISON].get_compared_periods()["choice"], CHOICE)
        self.assertEqual(self.env[COMPARISON]._compared().current.count, 31)

    def test_context_comes_first(self):
        self.env[COMPARISON].choose_compared_periods(CHOICE)
        other = {"current": "last_year", "base": "period_before"}
        report = self.env[COMPARISON].with_context(customer_sales_compared=other)
        self.assertEqual(report.get_compared_periods()["choice"], other)

    def test_what_was_remembered_and_is_no_choice(self):
        settings = self.env["res.users.settings"]._find_or_create_for_user(self.env.user)
        for broken in ("x", {"current": "gone", "base": "year_before"}, {"current": "own"}):
            settings.customer_sales_compared = broken
            choice = self.env[COMPARISON].get_compared_periods()["choice"]
            self.assertEqual(choice["current"], "this_quarter")

    def test_words(self):
        found = self.compared(COMPARISON).get_compared_periods()
        self.assertEqual(found["days"], "03/01/2024 to 03/31/2024 against 02/01/2024 to 02/29/2024")
        labels = dict(found["choices"]["base"])
        self.assertEqual(labels["year_before"], "The Same Period Last Year")
        self.assertNotIn("own", labels)

    def test_dialog(self):
        self.env[COMPARISON].choose_compared_periods(
            {"current": "last_year", "base": "year_before"}
        )
        with Form(self.env["customer.sales.comparison"]) as dialog:
            self.assertEqual(dialog.current, "last_year")
            dialog.current = "own"
            dialog.current_first, dialog.current_last = "2024-03-01", "2024-03-31"
            dialog.base = "period_before"
            self.assertEqual(
                dialog.words, "03/01/2024 to 03/31/2024 against 01/30/2024 to 02/29/2024"
            )
        action = dialog.record.action_apply()
        self.assertEqual(action["infos"]["customerSales"]["choice"]["current_last"], "2024-03-31")
        self.assertEqual(self.env[COMPARISON]._compared().base.count, 31)

    def test_dialog_with_days_the_wrong_way_round(self):
        dialog = self.env["customer.sales.comparison"].create(
            {**CHOICE, "current_first": "2024-03-31", "current_last": "2024-03-01"}
        )
        self.assertFalse(dialog.words)
        with self.assertRaises(UserError):
            dialog.action_apply()

    def test_before_the_beginning(self):
        first = {**CHOICE, "base": "period_before", "current_first": "0001-01-01"}
        with self.assertRaises(UserError):
            self.env[COMPARISON].choose_compared_periods(first)
