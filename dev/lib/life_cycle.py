"""The addon installed on showcase data, tested by Odoo itself, upgraded and uninstalled: no
complaint in any log, the template of translations as the sources are, and nothing left behind.

Pytest runs the tests, once; Odoo's own runner runs a few of them again, those tagged ``smoke``.
They show what pytest cannot: that an Odoo loads the package of tests, without Hypothesis, and
selects among them by tags; that tests run right after an installation, in the registry that it
leaves; and that Odoo's own way of running and logging tests agrees with them.
"""

import os
from pathlib import Path

import databases
import log_check
import postgres
import test_runs
import translations
from console import say, step
from places import LOGS, MODULE

SMOKE = f"smoke/{MODULE}"
# Stands in for packages that an Odoo need not have
LACKING = Path(__file__).with_name("lacking")


def check(odoo):
    with databases.throw_away(odoo, lambda o: databases.showcase(o)[0], "cycle") as name:
        path = os.pathsep.join([str(LACKING), os.environ["PYTHONPATH"]])
        failed = test_runs.run_odoo_tests(
            odoo,
            "Installing on showcase data, and testing in Odoo",
            name,
            "install.log",
            SMOKE,
            *("-i", MODULE),
            env=os.environ | {"PYTHONPATH": path},
        )
        odoo.run("Upgrading", name, "upgrade.log", "-u", MODULE, "--no-http")
        stale = translations.stale(odoo, name)
        step(
            "Uninstalling",
            odoo.command("module", "uninstall", "-d", name, MODULE),
            LOGS / "uninstall.log",
        )
        left = postgres.query(
            f"SELECT model, name FROM ir_model_data WHERE module = '{MODULE}'"
            f" UNION ALL SELECT 'state', state FROM ir_module_module"
            f" WHERE name = '{MODULE}' AND state != 'uninstalled'",
            name,
        )
    if stale:
        say("i18n/*.pot is not what the sources say: run dev/i18n")
    if left:
        say(f"left behind by uninstalling:\n{left}")
    logs = [_is_clean(log) for log in ("install.log", "upgrade.log", "uninstall.log")]
    return all(logs) and not (failed or stale or left)


def _is_clean(log):
    found = log_check.complaints(LOGS / log)
    for entry in found:
        say(entry.rstrip())
    return not found
