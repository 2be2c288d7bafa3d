"""The sheets that compare two periods: March 2026 is the base, April is current.

The documents are those of ``export_common``: 220 in March, of Acme 200 and of nobody 20; 300 of
Bolt in April.
"""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..report.workbook.bridge_sheet import stacked
from ..tools.export_request import BRIDGE, COMPARED
from .export_common import ExportCommon

MARCH_AND_APRIL = {
    "current": "own",
    "current_first": "2026-04-01",
    "current_last": "2026-04-30",
    "base": "own",
    "base_first": "2026-03-01",
    "base_last": "2026-03-31",
}
COMPARISON, CHANGE = "customer.sales.comparison.report", "customer.sales.change.report"


@tagged("post_install", "-at_install")
class TestExportCompared(ExportCommon):
    def setUp(self):
        super().setUp()
        self.make_sales()

    def test_customers_of_both_periods(self):
        book = self.cached(COMPARED, compared=MARCH_AND_APRIL)
        self.assertEqual(book.sheetnames, ["Periods Compared"])
        self.assertCells(
            book.active,
            [
                ["Total", 220, 300, 80, 80 / 220],
                [
                    "Customer",
                    "03/01/2026 to 03/31/2026 (USD)",
                    "04/01/2026 to 04/30/2026 (USD)",
                    "Change (USD)",
                    "Change %",
                ],
                ["Acme", 200, 0, -200, -1],
                ["Walk-in", 20, 0, -20, -1],
                ["Bolt", 0, 300, 300, None],
            ],
        )

    def test_bridge(self):
        sheet = self.cached(BRIDGE, compared=MARCH_AND_APRIL)["Why Sales Changed"]
        self.assertCells(
            sheet,
            [
                ["04/01/2026 to 04/30/2026 against 03/01/2026 to 03/31/2026"],
                ["Net sales rose by $\xa080.00 (36 %), from $\xa0220.00 to $\xa0300.00."],
                ["New customers (1) brought $\xa0300.00: Bolt."],
                ["Lost customers (2) took $\xa0220.00 away, most of it Acme."],
                [None],
                ["Step", "Net Sales (USD)"],
                ["Base", 220, 0, 220, 0],
                ["Lost Customers", -220, 0, 220, 0],
                ["New Customers", 300, 0, 300, 0],
                ["Products Dropped", 0],
            ],
        )
        self.assertEqual(sheet["B18"].value, 300)
        [chart] = self.workbook(BRIDGE, compared=MARCH_AND_APRIL)["Why Sales Changed"]._charts
        self.assertEqual((chart.grouping, len(chart.series)), ("stacked", 3))

    def test_conditions_on_lines(self):
        """Those of the salesperson are asked of the lines: nobody else's customers are there."""
        self.big.invoice_user_id = self.env["res.users"].search(
            [("id", "!=", self.first.invoice_user_id.id)], limit=1
        )
        domain = [*self.domain, ("user_id", "=", self.big.invoice_user_id.id)]
        sheet = self.cached(BRIDGE, compared=MARCH_AND_APRIL, domain=domain)["Why Sales Changed"]
        steps = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=6)}
        self.assertEqual((steps["Base"], steps["New Customers"], steps["Current"]), (0, 300, 300))

    def test_without_names(self):
        """Sentences name nobody, and customers are numbers."""
        book = self.cached(BRIDGE, COMPARED, compared=MARCH_AND_APRIL, without_names=True)
        cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
        texts = " ".join(text for text in cells if isinstance(text, str))
        self.assertIn("Lost customers (2) took", texts)
        for name in ("Acme", "Bolt"):
            self.assertNotIn(name, texts)

    def test_bars(self):
        """A bar as what is left blank and what stands above and below zero."""
        for ends, parts in {
            (0, 5): (0, 5, 0),
            (5, 3): (3, 2, 0),
            (3, 5): (3, 2, 0),
            (2, -3): (0, 2, -3),
            (-1, -4): (-1, 0, -3),
            (-4, 0): (0, 0, -4),
        }.items():
            self.assertEqual(stacked(*ends), parts, ends)

    # -- As on the screen ---------------------------------------------------------------------

    def test_figures_by_what_the_screen_groups_by(self):
        """Those of the columns of the list; without groups by customer, the largest loss first."""
        columns = (
            "commercial_partner_id net_sales_base net_sales_current net_sales_change "
            "net_sales_change_percent documents_current price_unit_base quantity_change"
        ).split()
        values = {
            "model": COMPARISON,
            "domain": self.domain,
            "columns": columns,
            "compared": MARCH_AND_APRIL,
        }
        headings = [
            *("Lines", "Net Sales: Base (USD)", "Net Sales: Current (USD)"),
            *("Net Sales: Change (USD)", "Net Sales: Change %", "Documents: Current"),
            *("Average Price: Base (USD)", "Quantity: Change"),
        ]
        sheet = self.cached("totals", **values)["Totals"]
        self.assertCells(
            sheet,
            [
                # Documents of two groups may be the same, and averages are not added up.
                ["Total", 6, 220, 300, 80, 80 / 220, None, None, -10],
                ["Customer", *headings],
                # 11 sold and 5 of them returned: 200 for 11 pieces
                ["Acme", 4, 200, 0, -200, -1, 0, 200 / 11, -11],
                ["Walk-in", 1, 20, 0, -20, -1, 0, 10, -2],
                ["Bolt", 1, 0, 300, 300, None, 1, None, 3],
            ],
        )
        sheet = self.cached("totals", group_by=["product_id", "channel"], **values)["Totals"]
        self.assertCells(
            sheet,
            [
                ["Total", None, 6, 220, 300, 80],
                ["Product Variant", "Channel", *headings],
                ["Mug", "Direct", 3, 100, 0, -100],
                ["Mug", "Point of Sale", 1, 20, 0, -20],
                ["Lamp", "Direct", 2, 100, 300, 200, 2],
            ],
        )

    def test_the_bridge_of_what_is_on_the_screen(self):
        domain = [*self.domain, ("in_base", "=", True)]
        values = {"model": COMPARISON, "compared": MARCH_AND_APRIL, "columns": ["date"]}
        for conditions, current in ((self.domain, 300), (domain, 0)):
            sheet = self.cached(BRIDGE, domain=conditions, **values)["Why Sales Changed"]
            steps = {row[0].value: row[1].value for row in sheet.iter_rows()}
            self.assertEqual((steps["Base"], steps["Current"]), (220, current))

    def test_why(self):
        """The effects by customer as on the screen, each row, and the bridge: all of one sum."""
        columns = (
            "commercial_partner_id product_id net_base net_current change lost_customers "
            "new_customers change_percent"
        ).split()
        book = self.cached(
            *("totals", "lines", BRIDGE),
            model=CHANGE,
            domain=[("company_id", "=", self.company.id)],
            columns=columns,
            compared=MARCH_AND_APRIL,
            order="change, id",
        )
        self.assertEqual(book.sheetnames, ["Totals", "Effects", "Why Sales Changed"])
        amounts = [
            *("Base (USD)", "Current (USD)", "Change (USD)", "Lost Customers (USD)"),
            *("New Customers (USD)", "Change %"),
        ]
        self.assertCells(
            book["Totals"],
            [
                ["Total", 4, 220, 300, 80, -220, 300, 80 / 220],
                ["Customer", "Effects", *amounts],
                ["Acme", 2, 200, 0, -200, -200, 0, -1],
                ["Walk-in", 1, 20, 0, -20, -20, 0, -1],
                ["Bolt", 1, 0, 300, 300, 0, 300, None],
            ],
        )
        sheet = book["Effects"]
        self.assertCells(
            sheet,
            [
                ["Total", None, 220, 300, 80, -220, 300, 80 / 220],
                ["Customer", "Product Variant", *amounts],
            ],
        )
        rows = [[cell.value for cell in row][:5] for row in sheet.iter_rows(3)]
        self.assertCountEqual(
            rows,
            [
                ["Acme", "Mug", 100, 0, -100],
                ["Acme", "Lamp", 100, 0, -100],
                ["Walk-in", "Mug", 20, 0, -20],
                ["Bolt", "Lamp", 0, 300, 300],
            ],
        )
        steps = {row[0].value: row[1].value for row in book["Why Sales Changed"].iter_rows()}
        self.assertEqual((steps["Lost Customers"], steps["New Customers"]), (-220, 300))

    def test_why_by_product(self):
        sheet = self.cached(
            "totals",
            model=CHANGE,
            domain=[("company_id", "=", self.company.id)],
            columns=["change"],
            group_by=["product_tmpl_id"],
            compared=MARCH_AND_APRIL,
        )["Totals"]
        self.assertCells(
            sheet,
            [
                ["Total", 4, 80],
                ["Product", "Effects", "Change (USD)"],
                ["Mug", 2, -120],
                ["Lamp", 2, 200],
            ],
        )

    def test_the_log_says_the_periods(self):
        self.dialog(self.domain, columns=["net_sales_change"]).action_export()
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual((entry.model_id.model, entry.row_count), (COMPARISON, 6))
        self.assertTrue(
            entry.filter_words.endswith(
                "04/01/2026 to 04/30/2026 against 03/01/2026 to 03/31/2026"
            ),
            entry.filter_words,
        )

    # -- The dialog ---------------------------------------------------------------------------

    def dialog(self, domain, columns=(), **values):
        context = {
            "active_model": COMPARISON,
            "active_domain": domain,
            "columns": list(columns),
            "customer_sales_compared": MARCH_AND_APRIL,
        }
        return self.env["customer.sales.export"].with_context(**context).create(values)

    def test_dialog_from_the_comparison(self):
        """It exports the rows of both periods, or of one where the filter says so."""
        dialog = self.dialog(self.domain)
        self.assertTrue(dialog.sheet_totals and dialog.sheet_bridge)
        self.assertFalse(dialog.sheet_compared)
        self.assertEqual(
            dialog.compared_words, "04/01/2026 to 04/30/2026 against 03/01/2026 to 03/31/2026"
        )
        request = dialog._request()
        self.assertEqual((request.model, request.compared), (COMPARISON, MARCH_AND_APRIL))
        self.assertEqual(dialog.row_count, 6)
        only_base = self.dialog([*self.domain, ("in_base", "=", True)])
        self.assertEqual(only_base.row_count, 5)
        not_base = self.dialog([*self.domain, ("in_base", "=", False)])
        self.assertEqual(not_base.row_count, 1)

    def test_sheets_are_those_of_the_report(self):
        dialog = self.dialog(self.domain)
        self.assertCountEqual(dialog._contents(), ["summary", "lines", "bridge", "totals"])
        # Of the lines alone, whatever a program ticks
        dialog.sheet_customers = dialog.sheet_compared = True
        self.assertCountEqual(dialog._contents(), ["summary", "lines", "bridge", "totals"])

    def test_dialog_from_the_lines(self):
        """They are not ticked there, and are of the periods that the user chose last."""
        dialog = self.env["customer.sales.export"].create({})
        self.assertFalse(dialog.sheet_compared or dialog.sheet_bridge)
        self.assertEqual(dialog._request().compared, {})

    def test_periods_that_are_none(self):
        dialog = self.dialog(self.domain, compared={"current": "x"})
        self.assertFalse(dialog.compared_words)
        with self.assertRaises(UserError):
            dialog._request()
