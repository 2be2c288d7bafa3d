"""The sheet that says why net sales changed: the bridge in words, as a table and as a chart."""

from ...tools.export_request import BRIDGE
from ...tools.safe_text import cell_text
from ...tools.terms import CHANGE
from .columns import MONEY, TEXT
from .styles import ACCENT, GROUP, HEADER, LABEL, NOTE

# Columns: step, amount, and the three that the chart is stacked from
STEP, AMOUNT, BLANK, ABOVE, BELOW = range(5)
WIDTHS = (34, 20, 14, 14, 14)
UP, DOWN = "#28A745", "#DC3545"
CHART = {"width": 900, "height": 380}


def write_bridge(book, reader, words):
    """Write the sheet."""
    _Bridge(book, reader, words).draw()


class _Bridge:
    def __init__(self, book, reader, words):
        self.book, self.words, self.env = book, words, reader.env
        self.changes = reader.env[CHANGE]
        self.bridge = reader.model._bridge_of_export(
            reader.domain, names=not reader.request.without_names
        )
        _query, self.factory = reader.lines()
        self.currency = self.env.company.currency_id

    def draw(self):
        self.name = self.book.reserve_name(self.words.sheet(BRIDGE))
        self.sheet = self.book.sheet(self.name, is_reserved=True)
        self.sheet.hide_gridlines(2)
        for position, width in enumerate(WIDTHS):
            self.sheet.set_column(position, position, width)
        row = self._write_words()
        self._write_steps(row + 1)

    def _write_words(self) -> int:
        """The periods, and the sentences below each other."""
        days = self.changes._words_of_days(self.changes._compared_choice())
        self.sheet.write_string(0, 0, cell_text(days), self.book.styles.get(LABEL))
        row = 1
        style = self.book.styles.get(NOTE)
        for row, sentence in enumerate(self.bridge["sentences"], 1):
            self.sheet.merge_range(row, STEP, row, BELOW, cell_text(sentence), style)
        return row + 1

    def _write_steps(self, header: int):
        styles = self.book.styles
        labels = [
            self.env._("Step"),
            self.factory.in_currency(self.words.net, self.currency),
            self.env._("Below the bar"),
            self.env._("Above zero"),
            self.env._("Below zero"),
        ]
        for position, label in enumerate(labels):
            side = styles.side(MONEY if position else TEXT)
            self.sheet.write_string(header, position, label, styles.get(HEADER, align=side))
        steps = self.bridge["steps"]
        level = 0.0
        parts = []
        for row, step in enumerate(steps, header + 1):
            start = 0.0 if step["is_total"] else level
            level = step["amount"] if step["is_total"] else level + step["amount"]
            style = GROUP if step["is_total"] else None
            parts.append(stacked(start, level))
            self.sheet.write_string(row, STEP, cell_text(step["label"]), styles.get(style))
            cells = [(AMOUNT, step["amount"]), *enumerate(parts[-1], BLANK)]
            for position, amount in cells:
                kind = styles.get(style, MONEY, self.currency.decimal_places)
                self.sheet.write_number(row, position, amount, kind)
        self._insert_chart(header + 1, steps, parts)

    def _insert_chart(self, first: int, steps: list[dict], parts: list[tuple]):
        last = first + len(steps) - 1
        chart = self.book.chart("column", "stacked")
        fills = [{"fill": {"color": _color(step)}} for step in steps]
        for position in (BLANK, ABOVE, BELOW):
            look = {"fill": {"none": True}} if position == BLANK else {"points": fills}
            chart.add_series(
                {
                    "categories": [self.name, first, STEP, last, STEP],
                    "values": [self.name, first, position, last, position],
                    # Programs that do not calculate show these.
                    "categories_data": [cell_text(step["label"]) for step in steps],
                    "values_data": [part[position - BLANK] for part in parts],
                    "gap": 40,
                    **look,
                }
            )
        chart.set_x_axis({"reverse": self.book.is_right_to_left, "label_position": "low"})
        chart.set_y_axis(
            {
                "num_format": "#,##0",
                "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
            }
        )
        chart.set_legend({"none": True})
        chart.set_size(CHART)
        self.sheet.insert_chart(last + 2, STEP, chart, {"object_position": 2})


def stacked(start: float, end: float) -> tuple[float, float, float]:
    """A bar from ``start`` to ``end`` as parts that a chart stacks: what is left blank, and the
    parts of the bar above and below zero."""
    low, high = sorted((start, end))
    if low >= 0:
        return low, high - low, 0.0
    if high <= 0:
        return high, 0.0, low - high
    return 0.0, high, low


def _color(step: dict) -> str:
    if step["is_total"]:
        return ACCENT
    return DOWN if step["amount"] < 0 else UP
