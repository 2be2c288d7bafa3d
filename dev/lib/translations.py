"""The template of translations, exported from a database that has the addon."""

from console import step
from places import LOGS, MODULE, ROOT

TEMPLATE = ROOT / "i18n" / f"{MODULE}.pot"
FRESH = LOGS / f"{MODULE}.pot"


def export(odoo, name):
    """Export the template from the database ``name``; return its text without its dates."""
    argv = odoo.command("i18n", "export", "-d", name, "-l", "pot", "-o", str(FRESH), MODULE)
    step("Exporting the texts to translate", argv, LOGS / "i18n-export.log")
    return without_dates(FRESH.read_text())


def stale(odoo, name):
    """Whether the sources' texts differ from the template in i18n/."""
    return not TEMPLATE.exists() or export(odoo, name) != without_dates(TEMPLATE.read_text())


def without_dates(text):
    dates = ('"POT-Creation-Date:', '"PO-Revision-Date:')
    return "".join(line for line in text.splitlines(True) if not line.startswith(dates))
