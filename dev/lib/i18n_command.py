"""dev/i18n: bring i18n/ up to the sources' texts."""

import subprocess
from pathlib import Path

import databases
import downloads
import postgres
import translations
from console import Fail, main
from odoo_program import Odoo
from places import prepare_folders


def i18n(arguments):
    if arguments:
        raise Fail("there are no options.")
    prepare_folders(gigabytes=1.5 if downloads.odoo_is_there() else 6)
    odoo = Odoo.prepare()
    with postgres.server(), databases.throw_away(odoo, databases.template, "i18n") as name:
        text = translations.export(odoo, name)
    translations.TEMPLATE.parent.mkdir(exist_ok=True)
    translations.TEMPLATE.write_text(text)
    merge = Path(__file__).with_name("merge_translations.py")
    return subprocess.run([odoo.python, merge]).returncode


if __name__ == "__main__":
    main(i18n)
