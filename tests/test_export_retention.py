"""Retention as a workbook: the heat map of the screen, in its colors.

The ten customers of ``history_common``, by the month of their first purchase. Of those of January
(Anna, Bert, Cora, Jona) one bought a month later, then one, two, one and one; of February's (Greta
alone) nobody, then she.
"""

from odoo.tests import tagged

from .export_common import ExportCommon
from .history_common import CustomerSalesHistoryCommon

RETENTION = "customer.sales.retention.report"
# By the strength of the color: 0.06, and 0.79 more for the largest value
QUARTER, HALF, ALL = "FFBEDEDF", "FF8BC4C7", "FF279196"
NO_FILL = "00000000"


@tagged("post_install", "-at_install")
class TestExportRetention(CustomerSalesHistoryCommon, ExportCommon):
    def setUp(self):
        super().setUp()
        self.enter_late()
        self.refresh()

    @property
    def domain(self):
        return [
            ("company_id", "=", self.company.id),
            ("first_purchase", ">=", "2026-01-01"),
            ("is_over", "=", True),
        ]

    def heat_map(self, *measures, **values):
        book = self.cached(
            "retention", model=RETENTION, columns=["partner_id"], measures=list(measures), **values
        )
        self.assertEqual(book.sheetnames, ["Retention"])
        return book["Retention"]

    def test_share_of_customers(self):
        sheet = self.heat_map()
        self.assertCells(
            sheet,
            [
                ["Share of Customers"],
                [None, None, "Months later"],
                ["First Bought in", "Customers", 0, 1, 2, 3, 4, 5],
                ["January 2026", 4, 1, 0.25, 0.25, 0.5, 0.25, 0.25],
                ["February 2026", 1, 1, 0, 1, 0, 0, None],
                ["March 2026", 2, 1, 1, 0, 0, None, None],
                ["June 2026", 1, 1, None, None, None, None, None],
                # Of all who had the time to: 3 of 7, 2 of 7, 2 of 7, 1 of 5, 1 of 4
                ["Average of all cohorts", None, 1, 3 / 7, 2 / 7, 2 / 7, 0.2, 0.25],
            ],
        )
        self.assertEqual(sheet["D4"].number_format, "0.0%")

    def test_colors(self):
        """The largest value of all periods but the first is the darkest, and white on it."""
        sheet = self.heat_map()
        fills = [cell.fill.fgColor.rgb for cell in sheet[4][2:8]]
        self.assertEqual(fills, [NO_FILL, QUARTER, QUARTER, HALF, QUARTER, QUARTER])
        self.assertEqual([cell.fill.fgColor.rgb for cell in sheet[5][3:5]], [NO_FILL, ALL])
        self.assertEqual(sheet["E5"].font.color.rgb, "FFFFFFFF")
        self.assertNotEqual(sheet["D4"].font.color.rgb, "FFFFFFFF")

    def test_each_measure_of_the_screen(self):
        sheet = self.heat_map("active_customers", "net")
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertEqual(rows[0][0], "Customers Who Bought")
        self.assertEqual(rows[3], ["January 2026", 4, 4, 1, 1, 2, 1, 1])
        # 4, 1 and 2 of the cohorts of January, February and March, and 1 of June: 2 each
        self.assertEqual(rows[7][2], 2)
        [place] = [place for place, row in enumerate(rows) if row[0] == "Net Sales (USD)"]
        # Anna 100, Bert 120, Cora 500, Jona 200; then Anna 100 and Jona's return of 250
        self.assertEqual(rows[place + 3][:4], ["January 2026", 4, 920, -150])

    def test_quarters(self):
        sheet = self.heat_map(retention_period="quarter", domain=self.domain[:2])
        self.assertCells(
            sheet,
            [
                ["Share of Customers"],
                [None, None, "Quarters later"],
                ["First Bought in", "Customers", 0, 1],
                # Anna, Bert, Greta, Fritz and Hans of seven bought in the second
                ["Q1 2026", 7, 1, 5 / 7],
                ["Q2 2026", 1, 1],
            ],
        )

    def test_the_rows(self):
        sheet = self.cached(
            "lines",
            model=RETENTION,
            domain=[*self.domain, ("active_customers", "=", 1), ("elapsed", "=", 3)],
            columns=["partner_id", "cohort", "elapsed", "net", "share"],
            order="partner_id",
        )["Customers and Periods"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(3)]
        self.assertEqual(
            [(row[0], row[2], row[3]) for row in rows], [("Anna", 3, 100), ("Bert", 3, 40)]
        )

    def test_dialog(self):
        def dialog(**context):
            wizard = self.env["customer.sales.export"].with_context(
                active_model=RETENTION, active_domain=self.domain, **context
            )
            return wizard.create({})

        pivot = dialog(
            view_type="pivot",
            group_by=["cohort:quarter", "elapsed"],
            measures=["share"],
            retention_period="quarter",
        )
        self.assertTrue(pivot.sheet_retention)
        self.assertFalse(pivot.sheet_lines or pivot.sheet_totals)
        by_channel = dialog(view_type="pivot", group_by=["first_channel", "elapsed"])
        self.assertTrue(by_channel.sheet_retention and by_channel.sheet_totals)
        request = pivot._request()
        self.assertEqual((request.retention_period, request.measures), ("quarter", ["share"]))
        listed = dialog(view_type="list")
        self.assertTrue(listed.sheet_lines)
        self.assertFalse(listed.sheet_retention)
        pivot.action_export()
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual(entry.model_id.model, RETENTION)
        self.assertTrue(entry.filter_words.endswith(". By quarters"), entry.filter_words)
        self.assertIn("Share of Customers (share)", entry.columns)
