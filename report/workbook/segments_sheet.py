"""The sheet of segments: what each comes to, and the grid of scores that makes them."""

from functools import partial

from ...tools.export_request import SEGMENTS
from ...tools.safe_text import cell_text
from .book import set_widths, write_cell, write_header, write_sum
from .columns import MONEY, PERCENT, TEXT, WHOLE, Column
from .heat import heat
from .styles import GROUP, HEADER, NOTE

SCORES = (1, 2, 3, 4, 5)
NAME_WIDTH, ADVICE_WIDTH = 28, 60


def write_segments(book, reader, words):
    """Write the sheet."""
    sheet = book.sheet(words.sheet(SEGMENTS))
    overview = reader.model._segments_of(reader.domain)
    row = _write_table(book, sheet, reader, overview)
    _write_grid(book, sheet, reader.env, overview, row + 2)


def _write_table(book, sheet, reader, overview: dict) -> int:
    """
    :return: the row of the totals
    """
    env = reader.env
    _query, factory = reader.lines()
    currency = factory.currency

    def money(name: str, label: str) -> Column:
        label = factory.in_currency(label, currency)
        return Column(name, label, MONEY, currency.decimal_places)

    columns = [
        Column("name", env._("Segment"), TEXT),
        Column("customers", env._("Customers"), WHOLE),
        money("net", env._("Net of the Year")),
        Column("share", env._("Share"), PERCENT, 1),
        money("average", env._("Average Purchase")),
    ]
    widths = [NAME_WIDTH, 0, 0, 0, 0]
    if not reader.pseudonyms:  # somebody typed it, who may have thought of a customer
        columns.append(Column("advice", env._("What to Do"), TEXT))
        widths.append(ADVICE_WIDTH)
    write_header(book, sheet, 0, columns)
    formats = [book.styles.get(None, column.kind, column.digits) for column in columns]
    write = partial(write_cell, book, sheet)
    rows = [[each[column.name] for column in columns] for each in overview["segments"]]
    for row, cells in enumerate(rows, 1):
        for position, (value, cell_format) in enumerate(zip(cells, formats, strict=True)):
            write(row, position, value, cell_format)
    last = len(rows)
    row = last + 1
    for position, column in enumerate(columns):
        style = book.styles.get(GROUP, column.kind, column.digits)
        if column.name in ("customers", "net"):
            total = sum(each[column.name] for each in overview["segments"])
            write_sum(sheet, row, position, (1, position, max(last, 1), position), style, total)
        else:
            write(row, position, None if position else env._("All Segments"), style)
    set_widths(sheet, columns, widths)
    return row


def _write_grid(book, sheet, env, overview: dict, row: int):
    """How many customers have which scores, and the segment that these make."""
    styles = book.styles
    names = {segment["id"]: segment["name"] for segment in overview["segments"]}
    cells = {(cell["r"], cell["fm"]): cell for cell in overview["cells"]}
    largest = max((cell["customers"] for cell in overview["cells"]), default=0)
    header = styles.get(HEADER, align="center", indent=0)
    sheet.write_string(row, 0, env._("Customers by Scores"), styles.get(HEADER))
    for position, score in enumerate(SCORES, 1):
        sheet.write_string(row, position, f"FM {score}", header)
    for r_score in reversed(SCORES):
        found = {
            position: (cell, heat(cell["customers"], largest, "segments"))
            for position, fm_score in enumerate(SCORES, 1)
            if (cell := cells.get((r_score, fm_score)))
        }
        row += 1
        sheet.write_string(row, 0, f"R {r_score}", styles.get(GROUP))
        for position, (cell, look) in found.items():
            style = styles.get(None, WHOLE, align="center", bold=True, **look)
            sheet.write_number(row, position, cell["customers"], style)
        row += 1
        sheet.write_blank(row, 0, None, styles.get(GROUP))
        for position, (cell, look) in found.items():
            style = styles.get(None, align="center", indent=0, font_size=9, **look)
            sheet.write_string(row, position, cell_text(names.get(cell["segment_id"], "")), style)
    row += 2
    sheet.merge_range(
        row,
        0,
        row,
        len(SCORES),
        env._("R: how recently customers bought. FM: how often and for how much. 5 is best."),
        styles.get(NOTE),
    )
