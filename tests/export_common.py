"""Words for tests of exports: documents with simple figures, and the file of an export, reopened.

======== ========== ======== ======== ======== ======= =========================================
document day        customer mugs     lamps    untaxed
======== ========== ======== ======== ======== ======= =========================================
invoice  2026-03-10 Acme     10 × 10  1 × 100  200
invoice  2026-03-12 Acme     5 × 10            50
credit   2026-03-20 Acme     -5 × 10           -50     of the second
receipt  2026-03-07 nobody   2 × 10            20
invoice  2026-04-02 Bolt              3 × 100  300
======== ========== ======== ======== ======== ======= =========================================

Net sales are 520: gross 570, returns -50; four purchases of 142.50 on average. March has 220, April
300. Lamps have 15 % tax, so the total is 580.
"""

import os
import tempfile
import zipfile

from openpyxl import load_workbook

from odoo.tests import tagged

from ..report.workbook.export_file import write_export
from ..tools.export_request import ExportRequest
from .common import CustomerSalesPosCommon

COLUMNS = [
    "date",
    "document_number",
    "commercial_partner_id",
    "product_id",
    "quantity",
    "price_unit",
    "price_subtotal",
    "price_total",
]


@tagged("post_install", "-at_install")
class ExportCommon(CustomerSalesPosCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bolt = cls.env["res.partner"].create({"name": "Bolt", "is_company": True})
        # The folder of each test's files
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name

    @classmethod
    def get_default_groups(cls):
        return (
            super().get_default_groups()
            | cls.env.ref("base.group_allow_export")
            | cls.env.ref("customer_sales_report.group_customer_sales_contact")
        )

    def make_sales(self):
        self.first = self.invoice((self.mug, 10), (self.lamp, 1), day="2026-03-10")
        self.second = self.invoice((self.mug, 5), day="2026-03-12")
        self.returned = self.credit(self.second, day="2026-03-20")
        self.walk_in = self.receipt((self.mug, 2))
        self.big = self.invoice((self.lamp, 3), day="2026-04-02", partner=self.bolt)

    @property
    def domain(self):
        """Net sales of the tests' own company."""
        return [("company_id", "=", self.company.id), ("counts_as_sale", "=", True)]

    def request(self, *contents, **values):
        return ExportRequest(
            **{
                "model": "customer.sales.report",
                "domain": self.domain,
                "columns": COLUMNS,
                "contents": list(contents),
                "title": "Sales",
                **values,
            }
        )

    def export(self, *contents, env=None, row_limit=None, **values):
        """Write an export; return the path of its file."""
        request = self.request(*contents, **values)
        path = os.path.join(self.folder, f"{self._testMethodName}.{request.file_format}")
        env = env or self.env(su=False)
        self.env.invalidate_all()
        limit = {"row_limit": row_limit} if row_limit else {}
        self.lines = write_export(env, request, path, **limit)
        return path

    def workbook(self, *contents, **values):
        """The workbook of an export, reopened."""
        return load_workbook(self.export(*contents, **values))

    def cached(self, *contents, **values):
        """The workbook as programs see it that do not calculate."""
        return load_workbook(self.export(*contents, **values), data_only=True)

    def whole_text(self, path):
        """All that is in the file, unpacked."""
        if not zipfile.is_zipfile(path):
            with open(path, encoding="utf-8") as file:
                return file.read()
        with zipfile.ZipFile(path) as archive:
            return "\n".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )

    def assertCells(self, sheet, expected):  # noqa: N802
        """The rows of a sheet begin with these cells; numbers are equal to the cent."""
        rows = [
            [_rounded(cell.value) for cell in row[: len(wanted)]]
            for row, wanted in zip(sheet.iter_rows(), expected, strict=False)
        ]
        self.assertEqual(rows, [[_rounded(value) for value in wanted] for wanted in expected])


def _rounded(value):
    return round(value, 4) if isinstance(value, float) else value
