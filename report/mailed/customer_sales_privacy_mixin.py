from dataclasses import replace

from odoo import api, models

from ...tools.domain_words import domain_words
from ...tools.export_request import GROUPED, LINES, ExportRequest
from ...tools.mailed import Mailed, MailedTable
from ...tools.terms import EXPORTED
from ..workbook.columns import NUMBERS
from .list_file import write_list
from .list_rows import ListRows


class CustomerSalesPrivacyMixin(models.AbstractModel):
    """How any list of the app goes into a mail, or a workbook that is attached to one. Those that
    have workbooks of their own, by ``customer.sales.exported.mixin``, are attached as these."""

    _inherit = "customer.sales.privacy.mixin"

    @api.model
    def _mailed(self, look: ExportRequest, limit: int) -> Mailed:
        """Hook: what a mail tells of this model's list.

        :param look: what of it is shown; see :class:`.ListRows`
        :param limit: rows of a table
        :raise AccessError: if the reader may not see it
        """
        self.check_access("read")
        rows = ListRows(self, look)
        table = _groups(rows, limit) if look.group_by else _rows(rows, limit)
        words = [] if not look.domain else [domain_words(self, look.domain)]
        names = [column.name for column in rows.columns]
        names += [spec.partition(":")[0] for spec in look.group_by]
        return Mailed([table], words, rows.count, self._name, [[name] for name in names])

    @api.model
    def _mailed_file(self, look: ExportRequest) -> ExportRequest:
        """Hook: what the workbook holds that is attached to a mail.

        :param look: as of :meth:`_mailed`
        """
        names = [column.name for column in ListRows(self, look).columns]
        contents = [*([GROUPED] if look.group_by else ()), LINES]
        return replace(look, columns=names, contents=contents)

    @api.model
    def _has_own_workbook(self) -> bool:
        return isinstance(self, self.env.registry[EXPORTED])

    @api.model
    def _exported_paths(self, request: ExportRequest) -> list[list[str]]:
        """What the file of a request shows, for the export log: paths of field names."""
        if self._has_own_workbook():
            return super()._exported_paths(request)
        return [[name] for name in request.names]

    @api.model
    def _write_export(self, request: ExportRequest, path: str, advance=lambda rows: None) -> int:
        """Write the file of a request, as the current user may see its rows.

        :return: how many rows the file tells of
        :raise UserError: if the user may not export, or the rows are too many
        :raise AccessError: if the user may not see the rows or one of the columns
        """
        if self._has_own_workbook():
            return super()._write_export(request, path, advance)
        self.check_access("read")
        self._check_export()
        self._check_paths([name] for name in request.names)
        return write_list(ListRows(self, request), path, advance)

    @api.model
    def _rows_to_write(self, request: ExportRequest, line_count: int) -> int:
        """How many rows the file of a request has, as far as that can be told beforehand."""
        if self._has_own_workbook():
            return super()._rows_to_write(request, line_count)
        return line_count


def _rows(rows: ListRows, limit: int) -> MailedTable:
    columns = rows.columns
    cells = [cells for chunk in rows.rows(limit) for cells in chunk]
    totals = rows.totals()
    total = [rows.text(each, totals.get(each.name)) for each in columns] if totals else []
    if total and not total[0]:
        total[0] = rows.env._("Total")
    return _table(rows, columns, cells, total, rows.count - len(cells))


def _groups(rows: ListRows, limit: int) -> MailedTable:
    columns, groups = rows.group_columns, rows.groups()
    by = len(rows.look.group_by)
    sums = rows.totals_of_groups()
    total = [rows.env._("Total"), *[""] * (by - 1)]
    total += [rows.text(column, value) for column, value in zip(columns[by:], sums, strict=True)]
    return _table(rows, columns, groups[:limit], total, max(len(groups) - limit, 0))


def _table(rows: ListRows, columns, cells, total, left_out) -> MailedTable:
    return MailedTable(
        headings=[column.label for column in columns],
        numbers=[column.kind in NUMBERS for column in columns],
        rows=[
            [rows.text(column, value) for column, value in zip(columns, each, strict=True)]
            for each in cells
        ],
        total=total,
        left_out=left_out,
    )
