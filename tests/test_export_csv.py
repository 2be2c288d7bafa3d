"""The CSV file: the same columns and cells as the workbook's, as Excel reads them."""

import csv

from odoo.tests import tagged

from ..report.workbook.columns import exportable
from .export_common import COLUMNS, ExportCommon


@tagged("post_install", "-at_install")
class TestCsv(ExportCommon):
    def setUp(self):
        super().setUp()
        self.make_sales()

    def rows(self, delimiter=",", **values):
        path = self.export(file_format="csv", **values)
        with open(path, encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=delimiter, strict=True))

    def test_lines(self):
        self.assertEqual(
            self.rows(),
            [
                [
                    *("Date", "Document Number", "Customer", "Product Variant", "Quantity"),
                    *("Average Price (USD)", "Untaxed Total (USD)", "Total (USD)"),
                ],
                ["2026-04-02", self.big.name, "Bolt", "Lamp", "3", "100.00", "300.00", "345.00"],
                [
                    *("2026-03-20", self.returned.name, "Acme", "Mug"),
                    *("-5", "10.00", "-50.00", "-50.00"),
                ],
                ["2026-03-12", self.second.name, "Acme", "Mug", "5", "10.00", "50.00", "50.00"],
                ["2026-03-10", self.first.name, "Acme", "Lamp", "1", "100.00", "100.00", "115.00"],
                ["2026-03-10", self.first.name, "Acme", "Mug", "10", "10.00", "100.00", "100.00"],
                ["2026-03-07", self.walk_in.name, "Walk-in", "Mug", "2", "10.00", "20.00", "20.00"],
            ],
        )
        self.assertEqual(self.lines, 6)

    def test_bytes(self):
        path = self.export(file_format="csv", columns=["commercial_partner_id"], order="date")
        with open(path, "rb") as file:
            content = file.read()
        self.assertEqual(
            content, b"\xef\xbb\xbfCustomer\r\nWalk-in\r\nAcme\r\nAcme\r\nAcme\r\nAcme\r\nBolt\r\n"
        )

    def test_the_same_cells_as_in_the_workbook(self):
        """Of every column there is, also those that follow from the customer."""
        self.acme.write({"city": "Cairo", "country_id": self.env.ref("base.eg").id})
        names = list(exportable(self.env["customer.sales.report"]))
        sheet = self.cached("lines", columns=names)["Lines"]
        cells = [[cell.value for cell in row] for row in sheet.iter_rows(2)]
        rows = self.rows(columns=names)
        self.assertEqual(rows[0], cells[0])
        self.assertEqual(len(rows), 7)
        for row, in_book in zip(rows[1:], cells[1:], strict=True):
            for name, text, value in zip(rows[0], row, in_book, strict=True):
                with self.subTest(column=name):
                    if value is None:
                        self.assertEqual(text, "")
                    elif name in ("Discount %", "Margin %"):
                        self.assertEqual(text, f"{100 * value:.1f}")
                    elif name.endswith("(USD)"):
                        self.assertEqual(text, f"{value:.2f}")
                    elif isinstance(value, (int, float)):
                        self.assertAlmostEqual(float(text), value, 9)
                    elif hasattr(value, "date"):
                        self.assertEqual(text, str(value.date()))
                    else:
                        self.assertEqual(text, value)

    def test_decimal_comma(self):
        language = self.env["res.lang"]._lang_get("en_US")
        language.write({"decimal_point": ",", "thousands_sep": "."})
        self.invoice((self.mug, 1.5, {"price_unit": 9.99}), day="2026-05-05")
        rows = self.rows(";", columns=["price_subtotal", "commercial_partner_id"])
        self.assertEqual(rows[1], ["14,99", "Acme"])

    def test_decimals(self):
        """Amounts to the cent and percentages with one decimal: 7 for 10 less a third is 46.67,
        a piece 6.67."""
        self.invoice((self.mug, 7, {"discount": 33.33}), day="2026-05-05")
        columns = ["quantity", "price_unit", "discount", "price_subtotal", "margin_percent"]
        rows = self.rows(columns=columns, order="date desc")
        # Seven mugs cost 42: a margin of 4.67 is 10.0 %.
        self.assertEqual(rows[1], ["7", "6.67", "33.3", "46.67", "10.0"])

    def test_what_has_no_product(self):
        """A line says what it is instead: here a down payment, which has none."""
        order = self.sales_order((self.mug, 10), partner=self.acme)
        self.invoice_order(order, day="2026-05-05", advance_payment_method="fixed", fixed_amount=50)
        rows = self.rows(columns=["product_id", "price_subtotal"], order="date desc")
        self.assertEqual(rows[1], ["Down Payment", "50.00"])

    def test_quotes_and_breaks(self):
        self.bolt.name = 'Bolt, "Nuts" & Co;\nCairo \\ Giza'
        rows = self.rows(columns=["commercial_partner_id", "price_subtotal"])
        self.assertEqual(rows[1], [self.bolt.name, "300.00"])

    def test_nothing_to_export(self):
        self.assertEqual(len(self.rows(domain=[(0, "=", 1)], columns=COLUMNS)), 1)
