"""A list as a workbook: its groups, if it has any, and its rows."""

import os
import tempfile
from datetime import date, datetime, timedelta

from ...tools.domain_words import domain_words
from ...tools.export_request import GROUPED, LINES
from ...tools.terms import COUNTS_AS_SALE
from ..workbook.book import Book, Table
from ..workbook.export_file import FOLDER_PREFIX
from ..workbook.export_rows import language_of
from ..workbook.labels import day_cell, day_number
from ..workbook.sheet_texts import SheetTexts
from .list_rows import ListRows


def write_list(rows: ListRows, path: str, advance=lambda rows: None) -> int:
    """Write the workbook to ``path``; return how many rows it tells of.

    :param advance: called with the number of rows done since the last call
    """
    env, look = rows.env, rows.look
    words = SheetTexts(env, COUNTS_AS_SALE, look.measure)
    with tempfile.TemporaryDirectory(
        prefix=FOLDER_PREFIX, dir=os.path.dirname(path), ignore_cleanup_errors=True
    ) as folder:
        book = Book(
            path,
            language_of(env),
            properties={
                "title": look.title,
                "subject": domain_words(rows.model, look.domain),
                "author": env.user.name,
                "company": env.company.sudo().name,
                "category": env._("Customer Sales"),
            },
            folder=folder,
            words=words.book,
        )
        if GROUPED in look.contents:
            _write_groups(book, rows, words)
        if LINES in look.contents:
            book.advance = advance
            chunks = ([tuple(map(_cell, each)) for each in chunk] for chunk in rows.rows())
            name = env["ir.model"]._get(rows.model._name).sudo().name
            table = Table(book, name, rows.columns, rows.count, rows.totals(), frozen_columns=1)
            table.fill(chunks)
        book.close()
    return rows.count


def _write_groups(book: Book, rows: ListRows, words: SheetTexts):
    columns, groups = rows.group_columns, rows.groups()
    by = len(rows.look.group_by)
    sums = zip(columns[by:], rows.totals_of_groups(), strict=True)
    totals = {column.name: value or 0 for column, value in sums if column.is_summed}
    name = words.sheet(GROUPED)
    table = Table(book, name, columns, len(groups), totals, frozen_columns=by)
    table.fill([groups] if groups else [])


def _cell(value):
    """A cell as a workbook counts days and moments."""
    if isinstance(value, datetime):
        midnight = datetime.combine(value.date(), datetime.min.time())
        return day_cell(day_number(value.date()) + (value - midnight) / timedelta(days=1))
    if isinstance(value, date):
        return day_cell(day_number(value))
    return value
