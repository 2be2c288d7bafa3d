"""One request, one file: the way from the database to a workbook or a CSV file."""

import os
import tempfile

from ...tools.export_request import (
    BRIDGE,
    BY_CUSTOMER,
    COMPARED,
    CONTENTS,
    CUSTOMERS,
    GROUPED,
    LINES,
    MONTHS,
    PRODUCTS,
    RETENTION,
    SEGMENTS,
    SUMMARY,
    TOTALS,
    ExportRequest,
)
from ..figures import Figures
from .book import ROW_LIMIT, Book
from .bridge_sheet import write_bridge
from .compared_sheet import write_compared
from .crosstab_sheets import write_customer_months, write_customer_products
from .csv_file import write_csv
from .customers_sheet import write_customers
from .export_rows import ExportRows
from .grouped_sheet import write_groups
from .lines_sheet import write_lines
from .retention_sheet import write_retention
from .segments_sheet import write_segments
from .sheet_texts import SheetTexts
from .summary_sheet import write_summary
from .totals_sheet import write_totals

SHEETS_OF_LINES = {LINES, GROUPED, BY_CUSTOMER}

# Beginning of the names of temporary folders, by which what a killed process left is found
FOLDER_PREFIX = "customer_sales_export_"


def write_export(
    env,
    request: ExportRequest,
    path: str,
    *,
    advance=lambda rows: None,
    row_limit: int = ROW_LIMIT,
) -> int:
    """Write the file of a request, as the user of ``env`` may see its rows.

    :param path: the file to write, which is complete when this returns
    :param advance: called with the number of lines done since the last call, often none; what it
        raises ends the export
    :param row_limit: rows of a sheet
    :return: how many lines the file tells of
    :raise UserError: if the user may not export
    :raise AccessError: if the user may not see the rows or one of the columns
    :raise OSError: if the file cannot be written
    """
    reader = ExportRows(env, request)
    reader.check()
    if request.file_format == "csv":
        write_csv(path, reader, advance)
        return reader.count
    with tempfile.TemporaryDirectory(
        prefix=FOLDER_PREFIX, dir=os.path.dirname(path), ignore_cleanup_errors=True
    ) as folder:
        _write_workbook(reader, path, folder, advance, row_limit)
    return reader.count


def _write_workbook(reader, path, folder, advance, row_limit):
    env, request = reader.env, reader.request
    words = SheetTexts(env, reader.basis, request.measure, reader.model._name_of_rows())
    figures = Figures(reader)
    book = Book(
        path,
        reader.language,
        properties={
            "title": reader.title,
            "subject": reader.filter_words(),
            "author": env.user.name,
            "company": env.company.sudo().name,
            "category": env._("Customer Sales"),
        },
        folder=folder,
        words=words.book,
        row_limit=row_limit,
    )
    lines_done = _LinesDone(advance, len(_sheets_of_lines(request)))
    writers = {
        SUMMARY: lambda: write_summary(book, reader, figures, words),
        SEGMENTS: lambda: write_segments(book, reader, words),
        RETENTION: lambda: write_retention(book, reader, words),
        TOTALS: lambda: write_totals(book, reader, words),
        LINES: lambda: write_lines(book, reader, words),
        GROUPED: lambda: write_groups(book, reader, words, GROUPED, request.group_by),
        BY_CUSTOMER: lambda: write_groups(
            book, reader, words, BY_CUSTOMER, ["commercial_partner_id"]
        ),
        CUSTOMERS: lambda: write_customers(book, reader, figures, words),
        PRODUCTS: lambda: write_customer_products(book, reader, figures, words),
        MONTHS: lambda: write_customer_months(book, reader, figures, words),
        COMPARED: lambda: write_compared(book, reader, words),
        BRIDGE: lambda: write_bridge(book, reader, words),
    }
    for content in CONTENTS:
        if content in request.contents:
            has_lines = content in SHEETS_OF_LINES
            book.advance = lines_done if has_lines else lambda rows: advance(0)
            writers[content]()
    book.close()


class _LinesDone:
    """Tells how many lines are done, as many as there are, on however many sheets each one is."""

    def __init__(self, advance, sheets: int):
        self._advance, self._sheets = advance, sheets
        self._rows = self._told = 0

    def __call__(self, rows: int):
        self._rows += rows
        done = self._rows // self._sheets
        self._advance(done - self._told)
        self._told = done


def _sheets_of_lines(request: ExportRequest) -> set[str]:
    return SHEETS_OF_LINES & set(request.contents)


def rows_to_write(request: ExportRequest, lines: int) -> int:
    """How many lines ``advance`` will hear of, as far as they can be told beforehand: none where
    no sheet has a row for each."""
    return lines if request.file_format == "csv" or _sheets_of_lines(request) else 0
