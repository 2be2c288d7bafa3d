"""LibreOffice opens every sheet without a complaint, and computes the same as we say."""

import os
import subprocess
import tempfile

from openpyxl import load_workbook

from odoo.tests import tagged

from ..export_common import ExportCommon
from ..test_export_without_names import EVERYTHING

SECONDS = 180


@tagged("post_install", "-at_install")
class TestLibreOffice(ExportCommon):
    def setUp(self):
        super().setUp()
        self.make_sales()

    def converted(self, path):
        """The workbook as LibreOffice saves it after computing all formulas anew."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        result = subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder.name}/profile",
                *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
                *("--outdir", folder.name, path),
            ],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        self.assertNotIn("Error", result.stdout + result.stderr)
        return load_workbook(os.path.join(folder.name, os.path.basename(path)), data_only=True)

    def export_everything(self, **values):
        return self.export(
            *EVERYTHING,
            group_by=["date:month", "product_tmpl_id"],
            has_links=True,
            columns=["date", "document_number", "commercial_partner_id", "product_id", "quantity"]
            + ["price_unit", "discount", "price_subtotal", "price_total", "margin_percent"],
            **values,
        )

    def assertSameCells(self, path):  # noqa: N802
        ours, theirs = load_workbook(path, data_only=True), self.converted(path)
        self.assertEqual(theirs.sheetnames, ours.sheetnames)
        for sheet in ours:
            converted = theirs[sheet.title]
            self.assertEqual(
                converted.sheet_view.rightToLeft or False, sheet.sheet_view.rightToLeft or False
            )
            self.assertEqual(converted.auto_filter.ref, sheet.auto_filter.ref)
            for row in sheet.iter_rows():
                for cell in row:
                    value, other = cell.value, converted[cell.coordinate].value
                    with self.subTest(sheet=sheet.title, cell=cell.coordinate):
                        if isinstance(value, float):
                            self.assertAlmostEqual(other, value, 6)
                        else:
                            self.assertEqual(other, value)
        self.assertEqual(len(theirs.worksheets[0]._charts), 2)

    def test_in_english(self):
        self.assertSameCells(self.export_everything())

    def test_in_arabic(self):
        env = self.env(su=False, context={**self.env.context, "lang": "ar_001"})
        path = self.export_everything(env=env, title="مبيعات العملاء")
        book = load_workbook(path)
        self.assertTrue(all(sheet.sheet_view.rightToLeft for sheet in book))
        self.assertSameCells(path)
        self.assertEqual(book.worksheets[1]["A3"].number_format, self._arabic_date_format())

    def _arabic_date_format(self):
        return {"%d/%m/%Y": "dd/mm/yyyy", "%d %b, %Y": "dd mmm, yyyy"}[
            self.env["res.lang"]._lang_get("ar_001").date_format
        ]

    def test_further_sheets(self):
        path = self.export("lines", "by_customer", row_limit=6)
        ours, theirs = load_workbook(path, data_only=True), self.converted(path)
        self.assertGreater(len(ours.sheetnames), 3)
        self.assertEqual(theirs["Lines"]["G1"].value, ours["Lines"]["G1"].value)
        self.assertEqual(ours["Lines"]["G1"].value, 520)
