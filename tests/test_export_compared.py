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
COMPARISON = "customer.sales.comparison.report"


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

    # -- The dialog ---------------------------------------------------------------------------

    def dialog(self, domain, **values):
        context = {
            "active_model": COMPARISON,
            "active_domain": domain,
            "customer_sales_compared": MARCH_AND_APRIL,
        }
        return self.env["customer.sales.export"].with_context(**context).create(values)

    def test_dialog_from_the_comparison(self):
        """It exports the lines of both periods, or of one where the filter says so."""
        dialog = self.dialog(self.domain)
        self.assertTrue(dialog.sheet_compared and dialog.sheet_bridge)
        self.assertEqual(
            dialog.compared_words, "04/01/2026 to 04/30/2026 against 03/01/2026 to 03/31/2026"
        )
        self.assertEqual(dialog._request().compared, MARCH_AND_APRIL)
        lines = self.env["customer.sales.report"].search(dialog.domain)
        self.assertEqual(len(lines), 6)
        only_base = self.dialog([*self.domain, ("in_base", "=", True)])
        self.assertEqual(only_base.row_count, 5)
        not_base = self.dialog([*self.domain, ("in_base", "=", False)])
        self.assertEqual(not_base.row_count, 1)

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
