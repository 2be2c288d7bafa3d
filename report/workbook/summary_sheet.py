"""The first sheet: what this is and the main figures; of sales lines also the ten largest customers
and the months."""

import base64
import io
from contextlib import suppress

from PIL import Image

from odoo import fields
from odoo.tools import format_datetime

from ...tools.export_request import SUMMARY
from ...tools.safe_text import cell_text
from ...tools.terms import REPORT
from .columns import MONEY, TEXT, WHOLE
from .styles import ACCENT, GROUP, HEADER, LABEL, TITLE

LOGO_HEIGHT = 54  # pixels
COLUMN_WIDTHS = (30, 22, 3, 16, 22, 3, 14, 16)
# Pixels: as wide as the columns under them
CHART_SIZES = {"bar": {"width": 374, "height": 320}, "column": {"width": 520, "height": 320}}
CHART_ROWS = 17  # of the height of a chart


def write_summary(book, reader, figures, words):
    """Write the summary: of sales lines with two charts that refer to its own cells, of other rows
    with the totals of their columns."""
    if reader.model._name == REPORT:
        _SummaryOfLines(book, reader, figures, words).draw()
    else:
        _Summary(book, reader, words).draw()


class _Summary:
    """What the file is of, and what its rows come to."""

    def __init__(self, book, reader, words):
        self.book, self.reader, self.words = book, reader, words
        self.env = reader.env
        self.company = self.env.company
        self.currency = self.company.currency_id
        _query, self.factory = reader.lines()

    def draw(self):
        self.name = self.book.reserve_name(self.words.sheet(SUMMARY))
        self.sheet = self.book.sheet(self.name, is_reserved=True)
        self.sheet.hide_gridlines(2)
        self.sheet.set_portrait()  # so that a year's table stays under its chart
        for position, width in enumerate(COLUMN_WIDTHS):
            self.sheet.set_column(position, position, width)
        row = self._write_head()
        row = self._write_facts(row + 1)
        row = self._write_figures(row + 1, self._figures())
        self._write_more(row + 1)

    def _write_more(self, row: int):
        """Hook: what stands below the figures."""

    def _note(self) -> str:
        """What else the reader has to know."""
        return self.reader.model._note_of_export()

    def _figures(self) -> list[tuple]:
        """Of each figure the label, the value, and how it looks: its kind and decimals."""
        totals = self.reader.totals()
        return [
            (self.words.rows, self.reader.count, WHOLE, 0),
            *(
                (column.label, totals[column.name], column.kind, column.digits)
                for column in self.factory.make(self.reader.request.columns)
                if column.is_summed
            ),
        ]

    def _write_head(self) -> int:
        title = self.reader.title
        self.sheet.set_row(0, 44)
        if logo := self._logo():
            self.sheet.insert_image(0, 4, "logo.png", {"image_data": logo, "x_offset": 4})
        self.sheet.write_string(0, 0, cell_text(title), self._style(TITLE, valign="vcenter"))
        return 1

    def _logo(self):
        """The company's logo in the right height; None where there is none to read."""
        content = self.company.sudo().logo
        if not content or self.company.sudo().uses_default_logo:
            return None
        # A picture that no program can open is no reason to write no file.
        with suppress(OSError, ValueError):
            image = Image.open(io.BytesIO(base64.b64decode(content)))
            image.thumbnail((4 * LOGO_HEIGHT, LOGO_HEIGHT))
            target = io.BytesIO()
            image.convert("RGBA").save(target, "PNG")
            target.seek(0)
            return target
        return None

    def _write_facts(self, row: int) -> int:
        now = format_datetime(
            self.env, fields.Datetime.now(), tz=str(self.env.tz), dt_format="short"
        )
        companies = ", ".join(self.env.companies.sudo().mapped("name"))
        facts = [
            (
                self.env._("Companies") if len(self.env.companies) > 1 else self.env._("Company"),
                companies,
            ),
            (self.env._("Exported by"), self.env.user.name),
            (self.env._("Exported on"), f"{now} ({self.env.tz})"),
            (self.env._("Filter"), self.reader.filter_words()),
        ]
        if note := self._note():
            facts.append((self.env._("Note"), note))
        for label, text in facts:
            self.sheet.write_string(row, 0, label, self._style(LABEL))
            lines = -(-len(text) // 90)
            if lines > 1:
                self.sheet.set_row(row, 15 * min(lines, 12))
            text_style = self._style(None, text_wrap=True, valign="top")
            self.sheet.merge_range(row, 1, row, 7, "", text_style)
            self.sheet.write_string(row, 1, cell_text(text), text_style)
            row += 1
        return row

    def _write_figures(self, row: int, figures: list[tuple]) -> int:
        self._write_header(row, 0, [self.env._("Figure"), self.env._("Value")])
        for label, value, kind, digits in figures:
            row += 1
            self.sheet.write_string(row, 0, cell_text(label), self._style(None))
            style = self._style(GROUP, kind=kind, digits=digits)
            if value is None:
                self.sheet.write_blank(row, 1, None, style)
            else:
                self.sheet.write_number(row, 1, value, style)
        return row + 1

    def _write_header(self, row: int, position: int, texts: list[str]):
        for offset, text in enumerate(texts):
            side = self.book.styles.side(MONEY if offset else TEXT)
            self.sheet.write_string(row, position + offset, text, self._style(HEADER, align=side))

    def _in_currency(self, label: str) -> str:
        return self.factory.in_currency(label, self.currency)

    def _style(self, style, kind=TEXT, digits=0, **more):
        return self.book.styles.get(style, kind, digits, **more)


class _SummaryOfLines(_Summary):
    """The main figures, the ten largest customers and the months."""

    def __init__(self, book, reader, figures, words):
        super().__init__(book, reader, words)
        self.figures = figures

    def _note(self):
        return self.words.counted()

    def _figures(self):
        overall = self.figures.overall
        total = overall.total
        money = (MONEY, self.currency.decimal_places)
        return [
            (self._in_currency(self.words.net), total.net, *money),
            (self._in_currency(self.env._("Gross")), total.gross, *money),
            (self._in_currency(self.env._("Returns")), total.returns, *money),
            (self.env._("Documents"), overall.documents, WHOLE, 0),
            (self.env._("Purchases"), total.purchases, WHOLE, 0),
            (self.env._("Customers"), overall.customers, WHOLE, 0),
            (self._in_currency(self.env._("Average Purchase")), total.average, *money),
        ]

    def _write_more(self, row: int):
        """The ten largest customers and the months side by side, each with its chart below: rows
        have to be written from top to bottom."""
        labels = self.factory.customer_labels()
        top = self.figures.top_customers()
        labels.learn([customer for customer, _sum in top])
        customers = [(labels[customer] or self.words.nothing, amount) for customer, amount in top]
        months = self.figures.months()
        by_month = [(self.words.period(month, "month"), amount) for month, amount in months.sums]
        others = [] if months.others is None else [(self.words.other_dates, months.others)]
        rows = ((0, customers), (3, [*by_month, *others]))
        charts_row = row
        row += CHART_ROWS
        amount_label = self._in_currency(self.words.net)
        self._write_header(row, 0, [self.env._("Top 10 Customers"), amount_label])
        self._write_header(row, 3, [self.env._("Month"), amount_label])
        first = row + 1
        for offset in range(max(len(pairs) for _position, pairs in rows)):
            for position, pairs in rows:
                if offset < len(pairs):
                    self._write_pair(first + offset, position, *pairs[offset])
        self._insert_chart("bar", self.env._("Top 10 Customers"), customers, first, 0, charts_row)
        self._insert_chart("column", self.env._("By Month"), by_month, first, 3, charts_row)

    def _write_pair(self, row: int, position: int, name: str, amount: float):
        self.sheet.write_string(row, position, cell_text(name), self._style(None))
        style = self._style(None, kind=MONEY, digits=self.currency.decimal_places)
        self.sheet.write_number(row, position + 1, amount, style)

    def _insert_chart(self, kind, title, pairs, first: int, position: int, row: int):
        if not pairs:
            return
        last = first + len(pairs) - 1
        chart = self.book.chart(kind)
        chart.add_series(
            {
                "name": self._in_currency(self.words.net),
                "categories": [self.name, first, position, last, position],
                "values": [self.name, first, position + 1, last, position + 1],
                # Programs that do not calculate show these.
                "categories_data": [cell_text(name) for name, _amount in pairs],
                "values_data": [amount for _name, amount in pairs],
                "fill": {"color": ACCENT},
                "gap": 60,
            }
        )
        is_rtl = self.book.is_right_to_left
        amounts = {
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
        }
        if kind == "bar":
            # The first on top; amounts grow in the direction of reading.
            chart.set_x_axis({**amounts, "reverse": is_rtl, "label_position": "high"})
            chart.set_y_axis({"reverse": True})
        else:
            chart.set_x_axis({"reverse": is_rtl, "label_position": "low"})
            chart.set_y_axis(amounts)
        chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}})
        chart.set_legend({"none": True})
        chart.set_size(CHART_SIZES[kind])
        self.sheet.insert_chart(row, position, chart, {"object_position": 2})
