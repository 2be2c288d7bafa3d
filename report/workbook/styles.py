"""How cells look: number formats of the language and currency, and the few styles of a sheet."""

import re

from .columns import DAY, LINK, MOMENT, MONEY, NUMBER, PERCENT, TEXT, WHOLE

INK, MUTED, ACCENT, BAND, RULE = "#1F2937", "#6B7280", "#714B67", "#F3EEF2", "#C9B8C4"
HEADER, TOTAL, GROUP, TITLE, NOTE, LABEL = "header", "total", "group", "title", "note", "label"

STYLES = {
    None: {},
    HEADER: {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "text_wrap": True,
        "valign": "vcenter",
    },
    TOTAL: {"bold": True, "bg_color": BAND, "bottom": 1, "bottom_color": RULE},
    GROUP: {"bold": True, "bg_color": BAND},
    TITLE: {"bold": True, "font_size": 18, "font_color": ACCENT},
    NOTE: {"font_color": MUTED, "text_wrap": True, "valign": "top"},
    LABEL: {"font_color": MUTED, "valign": "top"},
}

INDENTED = {None, HEADER, TOTAL, GROUP}

# What stands for a part of a date in a language's format and in a workbook's
DATE_PARTS = {
    "%d": "dd",
    "%m": "mm",
    "%Y": "yyyy",
    "%y": "yy",
    "%b": "mmm",
    "%B": "mmmm",
    "%a": "ddd",
    "%A": "dddd",
    "%H": "hh",
    "%I": "hh",
    "%M": "mm",
    "%S": "ss",
    "%p": "AM/PM",
}


def date_format(pattern: str) -> str:
    """A language's format of dates or times, as a workbook's number format."""
    parts = []
    for part in re.findall(r"%-?\w|.", pattern.replace("%-", "%")):
        if part in DATE_PARTS:
            parts.append(DATE_PARTS[part])
        elif part in "/-.,: ":
            parts.append(part)
        elif not part.startswith("%"):
            parts.append(f"\\{part}")
    return "".join(parts).strip() or "yyyy-mm-dd"


class Styles:
    """The formats of a workbook, each made once.

    :param book: the xlsxwriter workbook
    :param language: a record of ``res.lang``
    """

    def __init__(self, book, language):
        self._book = book
        self._formats = {}
        self._start = "right" if language.direction == "rtl" else "left"
        day = date_format(language.date_format)
        self._number_formats = {
            DAY: day,
            MOMENT: f"{day} {date_format(language.time_format)}",
            WHOLE: "#,##0",
        }

    def side(self, kind: str) -> str:
        """Texts and dates begin where the language begins, whatever script they are in; numbers
        stand to the right in any language, digit under digit."""
        return self._start if kind in (TEXT, LINK, DAY, MOMENT) else "right"

    def number_format(self, kind: str, digits: int) -> str | None:
        if kind in (TEXT, LINK):
            return None
        if kind in self._number_formats:
            return self._number_formats[kind]
        decimals = f".{'0' * digits}" if digits else ""
        if kind == PERCENT:
            return f"0{decimals}%"
        number = f"#,##0{decimals}"
        return f"{number};[Red]-{number}" if kind in (MONEY, NUMBER) else number

    def get(self, style: str | None = None, kind: str = TEXT, digits: int = 0, **more):
        """The format of a cell.

        :param more: further properties, as of xlsxwriter
        """
        key = (style, kind, digits, *sorted(more.items()))
        if key not in self._formats:
            properties = {"font_color": INK, "align": self.side(kind), **STYLES[style], **more}
            if kind == TEXT and style is None:
                properties["num_format"] = "@"
            if kind in (TEXT, LINK, DAY, MOMENT) and style in INDENTED:
                properties.setdefault("indent", 1)  # away from the numbers beside it
            if kind in (TEXT, LINK) and self._start == "right":
                properties["reading_order"] = 2  # from the right, also where Latin comes first
            if kind == LINK:
                properties |= {"font_color": "#0563C1", "underline": 1}
            if number_format := self.number_format(kind, digits):
                properties["num_format"] = number_format
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]
