"""dev/test: every check, or pytest alone with the arguments given."""

import os
from functools import partial

import databases
import downloads
import postgres
import test_runs
import whole_run
from console import main, say
from odoo_program import Odoo
from places import ROOT, prepare_folders
from system import BROWSER, OFFICE, PYTHON, require

ONLINE_RETAIL = ROOT.parent / "shared/data/online_retail/online_retail_541909.csv.gz"


def test(arguments):
    prepare_folders(gigabytes=1.5 if downloads.odoo_is_there() else 6)
    if test_runs.is_pure(arguments):
        require(PYTHON)
        source = downloads.odoo_source(os.environ.get("ODOO_SOURCE"))
        return test_runs.run_pure(source, downloads.python_environment(), arguments)
    odoo = Odoo.prepare()
    require(BROWSER, OFFICE)
    _announce_online_retail()
    with postgres.server():
        if not arguments:
            return whole_run.run(odoo)
        prepare = partial(databases.template, declared=True)
        with databases.throw_away(odoo, prepare, "pytest") as name:
            return test_runs.run_pytest(odoo, name, arguments)


def _announce_online_retail():
    if "ONLINE_RETAIL_CSV" not in os.environ and ONLINE_RETAIL.exists():
        os.environ["ONLINE_RETAIL_CSV"] = str(ONLINE_RETAIL)
    path = os.environ.get("ONLINE_RETAIL_CSV")
    say(f"Online Retail data set: {f'tested with {path}' if path else 'not at hand, not tested'}")


if __name__ == "__main__":
    main(test)
