import os
import tempfile

from odoo import api, models
from odoo.tools import format_date

from ...report.workbook.book import Book
from ...report.workbook.columns import DAY, MONEY, Column
from ...report.workbook.export_rows import language_of
from ...report.workbook.reconciliation_book import Part, write_reconciliation
from ...report.workbook.sheet_texts import SheetTexts
from ...tools.record_names import names_as_reader
from ...tools.safe_text import file_name
from ...tools.terms import COUNTS_AS_SALE, REPORT

AMOUNTS = ("reported", "expected", "difference")
# What the file tells of the sales lines, for the export log
PATHS = [["document_type"], ["document_number"], ["commercial_partner_id"], ["date"]]
PATHS += [["price_subtotal"], ["price_total"]]


class CustomerSalesReconciliation(models.TransientModel):
    """The result as a workbook, for those who may export."""

    _inherit = "customer.sales.reconciliation"

    def action_export(self):
        """Download the result.

        :raise ExportRefused: if the user may not export
        """
        self.ensure_one()
        self.check_access("read")
        self.env[REPORT]._check_export()
        return {
            "type": "ir.actions.act_url",
            "url": f"/customer_sales_report/reconciliation/{self.id}",
            "target": "download",
        }

    def _export(self) -> tuple[bytes, str]:
        """Write the workbook, and the entry of the export log.

        :return: its content, and its name
        :raise ExportRefused: if the user may not export
        """
        self.ensure_one()
        report = self.env[REPORT].with_company(self.company_id)
        report._check_export()
        name = file_name(self._export_title(), ".xlsx")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "reconciliation.xlsx")
            self._write_book(path, folder)
            with open(path, "rb") as file:
                content = file.read()
        self.env["customer.sales.export.log"].with_company(self.company_id)._log_export(
            report,
            PATHS,
            domain=self._reconciliation().period_domain,
            row_count=len(self.line_ids),
            file_name=name,
            file_size=len(content),
        )
        return content, name

    def _export_title(self) -> str:
        return self.env._(
            "Reconciliation %(first)s to %(last)s",
            first=self.date_from.isoformat(),
            last=self.date_to.isoformat(),
        )

    def _write_book(self, path: str, folder: str):
        words = SheetTexts(self.env, COUNTS_AS_SALE, "price_subtotal")
        company = self.company_id.sudo().name
        book = Book(
            path,
            language_of(self.env),
            properties={
                "title": self._export_title(),
                "author": self.env.user.name,
                "company": company,
                "category": self.env._("Customer Sales"),
            },
            folder=folder,
            words=words.book,
        )
        period = self.env._(
            "%(first)s to %(last)s",
            first=format_date(self.env, self.date_from),
            last=format_date(self.env, self.date_to),
        )
        facts = [
            (self._label("company_id"), company),
            (self._label("date_from"), period),
            (self.env._("Exported by"), self.env.user.name),
            (self.env._("Result"), self._choice(self, "state")),
        ]
        more = [self._differences_part()] if self.difference_ids else []
        parts = [self._totals_part(), self._bridge_part()]
        write_reconciliation(book, self.env._("Reconciliation"), facts, parts, more)
        book.close()

    def _totals_part(self) -> Part:
        rows = [
            (
                self._choice(line, "check"),
                self._choice(line, "compared_with"),
                *self._amounts(line),
            )
            for line in self.total_ids
        ]
        columns = [
            Column("check", self.env._("Total")),
            Column("compared_with", self.env._("Compared With")),
            *self._amount_columns(),
        ]
        return Part(self._label("total_ids"), columns, rows, frozenset(range(len(rows))))

    def _bridge_part(self) -> Part:
        rows = [(self._choice(line, "bridge_item"), line.reported) for line in self.bridge_ids]
        columns = [Column("bridge_item", self.env._("Step")), self._money(self.env._("Amount"))]
        return Part(self._label("bridge_ids"), columns, rows, frozenset({0, len(rows) - 1}))

    def _differences_part(self) -> Part:
        lines = self.difference_ids
        customers = names_as_reader(lines.customer_id)
        rows = [
            (
                self._choice(line, "check"),
                customers.get(line.customer_id.id),
                line.date or None,
                line.document_ref.display_name if line.document_ref else None,
                self._choice(line, "measure"),
                *self._amounts(line),
            )
            for line in lines
        ]
        columns = [
            Column("check", self.env._("Total")),
            Column("customer", self.env._("Customer")),
            Column("date", self.env._("Date"), DAY),
            Column("document", self.env._("Document")),
            Column("measure", self.env._("Amount")),
            *self._amount_columns(),
        ]
        return Part(self._label("difference_ids"), columns, rows)

    def _amounts(self, line) -> tuple[float, float, float]:
        return line.reported, line.expected, line.difference

    def _amount_columns(self) -> list[Column]:
        lines = self.env["customer.sales.reconciliation.line"]
        return [self._money(self._label(name, lines)) for name in AMOUNTS]

    def _money(self, label: str) -> Column:
        currency = self.currency_id
        label = self.env._("%(label)s (%(currency)s)", label=label, currency=currency.name)
        return Column(label, label, MONEY, currency.decimal_places)

    @api.model
    def _label(self, name: str, model=None) -> str:
        model = self if model is None else model
        return model._fields[name].get_description(self.env, ["string"])["string"]

    @api.model
    def _choice(self, record, name: str) -> str | None:
        """The label of what a record has in a selection field."""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name])
