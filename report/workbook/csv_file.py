"""The lines as a CSV file that Excel opens by a double click: UTF-8 with its mark.

Rows come by PostgreSQL's COPY, all values as texts: unlike a cursor it may use several processes,
and what is nearly the same on the way in and out need not become a number in between.
"""

import datetime
import os
import re
from contextlib import suppress

from ...tools.safe_text import csv_text
from .columns import DAY, MOMENT, TEXT
from .labels import EPOCH, REMEMBERED
from .lines_sheet import Lines

CHUNK_SIZE = 2**18  # bytes in memory at a time
QUOTED = re.compile('[",;\r\n]')
# A text that csv_text would change, in texts that are joined by zero bytes
UNSAFE = re.compile("(?:^|\0)[=+\\-@\t\r\n＝＋－＠]|[\x01-\x1f\x7f\ufffe\uffff]")
# How COPY writes what would be taken for the end of a value or of a row
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
ESCAPE = re.compile(r"\\(.)")


def write_csv(path: str, reader, advance=lambda rows: None):
    """Write the lines of a request, with the same columns and cells as in a workbook.

    Amounts and percentages have the decimals that they have on the screen, other numbers all their
    digits, and days are written as 2026-03-31. Where the language has a
    decimal comma, numbers have it too and semicolons part the cells, as Excel expects there.
    """
    has_comma = reader.language.decimal_point == ","
    delimiter = ";" if has_comma else ","
    lines = Lines(reader, as_texts=True)
    converters = [_converter(column, has_comma) for column in lines.columns]
    # PostgreSQL writes all rows before the names of records can be asked for.
    rows_path = f"{path}.rows"
    reader.spool(lines.select, rows_path)
    count = 0
    with (
        open(rows_path, encoding="utf-8", newline="\n") as source,
        open(path, "w", encoding="utf-8", newline="") as file,
    ):
        file.write("\ufeff")
        file.write(delimiter.join(_cell(column.label) for column in lines.columns) + "\r\n")
        while rows := source.readlines(CHUNK_SIZE):
            columns = zip(*(row[:-1].split("\t") for row in rows), strict=True)
            cells = [convert(values) for convert, values in zip(converters, columns, strict=True)]
            file.write("\r\n".join(map(delimiter.join, zip(*cells, strict=True))))
            file.write("\r\n")
            count += len(rows)
            advance(len(rows))
    os.unlink(rows_path)
    reader.count = count


def _cell(text: str) -> str:
    text = csv_text(text)
    return '"{}"'.format(text.replace('"', '""')) if QUOTED.search(text) else text


def _converter(column, has_comma: bool):
    """A function that makes the cells of a column from what COPY wrote, many at once."""
    if column.labels is not None or column.kind in (DAY, MOMENT):
        return _Known(column, has_comma).cells
    if column.kind == TEXT:
        return _texts
    return _numbers_with_comma if has_comma else _numbers


def _numbers(values):
    return values


def _numbers_with_comma(values):
    return "\t".join(values).replace(".", ",").split("\t")


def _texts(values):
    if any("\\" in text for text in values):
        values = list(map(_unescaped, values))
    return _cells(values)


def _cells(texts):
    """:func:`_cell` of each. Of many at once, nearly all of which can stay as they are."""
    joined = "\0".join(texts)
    if UNSAFE.search(joined) or QUOTED.search(joined):
        return list(map(_cell, texts))
    return texts


def _unescaped(text: str) -> str:
    return ESCAPE.sub(lambda match: ESCAPES.get(match[1], match[1]), text)


class _Known(dict):
    """Cells by what COPY wrote, for columns in which the same comes again and again."""

    def __init__(self, column, has_comma: bool):
        super().__init__()
        self._column, self._has_comma = column, has_comma

    def cells(self, values) -> list[str]:
        with suppress(KeyError):
            return list(map(self.__getitem__, values))
        if len(self) > REMEMBERED:
            self.clear()
        self._learn(set(values) - self.keys())
        return list(map(self.__getitem__, values))

    def _learn(self, written: set[str]):
        labels = self._column.labels
        keys = {text: self._key(text) for text in written}
        values = keys
        if labels is not None:
            labels.learn([key for key in keys.values() if key is not None])
            empty = self._column.empty
            values = {text: empty if key is None else labels[key] for text, key in keys.items()}
        if self._column.kind == TEXT:
            texts = ["" if value is None else str(value) for value in values.values()]
            self.update(zip(values, _cells(texts), strict=True))
        else:
            self.update((text, self._written(value)) for text, value in values.items())

    def _key(self, text: str):
        """What the database has, of which COPY wrote ``text``."""
        if text == "":
            return None
        column = self._column
        if column.is_keyed_by_id or column.kind == DAY and column.labels is None:
            return int(text)
        if column.kind == MOMENT and column.labels is None:
            return float(text)
        return {"t": True, "f": False}.get(text, _unescaped(text))

    def _written(self, value) -> str:
        """The cell of a moment or number."""
        if value is None:
            return ""
        if self._column.kind in (DAY, MOMENT):
            return _moment(value)
        number = f"{value:.15g}"
        return number.replace(".", ",") if self._has_comma else number


def _moment(number: float) -> str:
    moment = datetime.datetime.combine(EPOCH, datetime.time()) + datetime.timedelta(days=number)
    if isinstance(number, int):
        return moment.date().isoformat()
    return moment.isoformat(" ", "seconds")
