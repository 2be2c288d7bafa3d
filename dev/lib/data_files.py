"""Checks of the files that are not Python: XML that parses, translations that are complete.

Prints one line for each fault and exits with 1 when there is any.
"""

import re
import sys

import polib
from lxml import etree
from places import MODULE, ROOT

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdif]|\{\w*\}")


def xml_faults():
    for path in sorted(ROOT.rglob("*.xml")):
        try:
            etree.parse(path)
        except etree.XMLSyntaxError as error:
            yield f"{path.relative_to(ROOT)}:{error.lineno}: {error.msg}"


def translation_faults():
    template = ROOT / "i18n" / f"{MODULE}.pot"
    if not template.exists():
        yield f"{template.relative_to(ROOT)} is missing: run dev/i18n"
        return
    wanted = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(template))}
    for path in sorted(template.parent.glob("*.po")):
        catalogue = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
        there = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        for _context, text in sorted(wanted ^ there, key=str):
            yield f"{path.name}: not the same texts as in the template, run dev/i18n: {text!r}"
        for entry in catalogue:
            if not entry.translated():
                yield f"{path.name}:{entry.linenum}: not translated: {entry.msgid!r}"
            elif sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
                PLACEHOLDER.findall(entry.msgstr)
            ):
                yield f"{path.name}:{entry.linenum}: other placeholders than {entry.msgid!r}"


if __name__ == "__main__":
    faults = [*xml_faults(), *translation_faults()]
    print(*faults, sep="\n", end="\n" if faults else "")
    sys.exit(bool(faults))
