"""The lines as a CSV file that Excel opens by a double click: UTF-8 with its mark."""

import csv
import datetime

from .columns import DAY, MOMENT, TEXT
from .labels import EPOCH
from .lines import Lines
from .safe_text import csv_text


def write_csv(path: str, reader, advance=lambda rows: None):
    """Write the lines of a request, with the same columns and cells as in a workbook.

    Numbers have all their digits and days are written as 2026-03-31. Where the language has a
    decimal comma, numbers have it too and semicolons part the cells, as Excel expects there.
    """
    has_comma = reader.language.decimal_point == ","
    lines = Lines(reader)
    written = [_written(column, has_comma) for column in lines.columns]
    count = 0
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if has_comma else ",", lineterminator="\r\n")
        writer.writerow([csv_text(column.label) for column in lines.columns])
        for rows in lines.chunks():
            columns = [
                convert(cells)
                for convert, cells in zip(written, zip(*rows, strict=True), strict=True)
            ]
            writer.writerows(zip(*columns, strict=True))
            advance(len(rows))
            count += len(rows)
    reader.count = count


def _written(column, has_comma: bool):
    """A function that writes the cells of a column as texts, all at once."""
    if column.kind == TEXT:
        return _texts
    if column.kind in (DAY, MOMENT):
        return _moments
    return _numbers_with_comma if has_comma else _numbers


def _texts(cells):
    known = {}
    for text in set(cells):
        known[text] = "" if text is None else csv_text(text)
    return [known[text] for text in cells]


def _moments(cells):
    known = {}
    for number in set(cells):
        known[number] = "" if number is None else _moment(number)
    return [known[number] for number in cells]


def _moment(number: float) -> str:
    moment = datetime.datetime.combine(EPOCH, datetime.time()) + datetime.timedelta(days=number)
    if isinstance(number, int):
        return moment.date().isoformat()
    return moment.isoformat(" ", "seconds")


def _numbers(cells):
    return ["" if number is None else f"{number:.15g}" for number in cells]


def _numbers_with_comma(cells):
    return [number.replace(".", ",") for number in _numbers(cells)]
