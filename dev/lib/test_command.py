"""dev/test: every check, or pytest alone with the arguments given."""

import os
from functools import partial

import data_sets
import databases
import downloads
import postgres
import test_runs
import whole_run
from console import main
from odoo_program import Odoo
from places import prepare_folders
from system import BROWSER, OFFICE, PYTHON, require


def test(arguments):
    prepare_folders(gigabytes=1.5 if downloads.odoo_is_there() else 6)
    data_sets.announce()
    if test_runs.is_pure(arguments):
        require(PYTHON)
        source = downloads.odoo_source(os.environ.get("ODOO_SOURCE"))
        return test_runs.run_pure(source, downloads.python_environment(), arguments)
    odoo = Odoo.prepare()
    require(BROWSER, OFFICE)
    with postgres.server():
        if not arguments:
            return whole_run.run(odoo)
        prepare = partial(databases.template, declared=True)
        with databases.throw_away(odoo, prepare, "pytest") as name:
            return test_runs.run_pytest(odoo, name, arguments)


if __name__ == "__main__":
    main(test)
