"""Text as a cell or a screen can hold it: what it cannot keep is mended so that readers see it."""

import re

CELL_LIMIT = 32_767  # UTF-16 units in a cell of Excel
FILE_NAME_BYTES = 180  # of the 255 that file systems have: browsers add to a name that is taken
CUT_MARK = " […]"
REPLACEMENT = "\ufffd"

# What XML cannot hold: control characters but for tab and line feed, halves of surrogate pairs,
# and the two codes that are no characters.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHEET_UNSAFE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FILE_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
# With these a program for tables takes a text for a formula, in a file that has no types.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def cell_text(text: str) -> str:
    """``text`` for a cell of a workbook.

    Control characters become their pictures (``␀`` … ``␡``), carriage returns line feeds, and
    what is longer than a cell is cut and ends with ``[…]``.
    """
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(_mend, text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > CELL_LIMIT // 2:
        text = _cut(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text = f"{text} "  # xlsxwriter takes such a text for its own markup of rich text
    return text


def csv_text(text: str) -> str:
    """``text`` for a cell of a CSV file. An apostrophe in front keeps it from being a formula."""
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(_mend, text.replace("\r\n", "\n").replace("\r", "\n"))
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def sheet_name(text: str, taken: set[str]) -> str:
    """A name for a sheet that no other in ``taken`` has, to which it is added."""
    text = _SHEET_UNSAFE.sub("-", cell_text(text)).strip().strip("'") or "-"
    if text.lower() == "history":
        text = f"{text}_"  # Excel keeps this name for itself
    name, number = text[:31].strip(), 1
    while name.lower() in taken:
        number += 1
        suffix = f" ({number})"
        name = text[: 31 - len(suffix)].strip() + suffix
    taken.add(name.lower())
    return name


def file_name(text: str, extension: str) -> str:
    """A file's name on any system, with ``extension``, such as ``.xlsx``."""
    text = " ".join(_FILE_UNSAFE.sub("-", text).split()).strip(". ")
    text = text.encode()[:FILE_NAME_BYTES].decode(errors="ignore")
    return (text.strip(". ") or "-") + extension


def label_text(label, name: str) -> str:
    """A label for screens, in one line: a text without what XML cannot hold.

    :param label: what stands for it in the database; a number becomes its digits
    :param name: what stands in for a label that is none
    """
    if isinstance(label, (int, float)) and not isinstance(label, bool):
        label = str(label)
    if not isinstance(label, str):
        return name
    return " ".join(_UNSAFE.sub(" ", label).split()) or name


def header_text(text: str) -> str:
    """``text`` for the header or footer of a printed page, where ``&`` begins a command."""
    return cell_text(text).replace("&", "&&")[:80]


def _mend(match) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else REPLACEMENT


def _cut(text: str) -> str:
    encoded = text.encode("utf-16-le")
    if len(encoded) <= CELL_LIMIT * 2:
        return text
    kept = encoded[: (CELL_LIMIT - len(CUT_MARK)) * 2].decode("utf-16-le", "ignore")
    return kept + CUT_MARK
