"""dev/test: the whole suite, or pytest alone with the arguments given."""

import os

import databases
import downloads
import lint_command
import log_check
import postgres
import test_runs
import translations
import with_apps
from console import Fail, main, say, step
from odoo_program import Odoo
from places import LOGS, MODULE, ROOT, prepare_folders
from system import BROWSER, OFFICE, require

ONLINE_RETAIL = ROOT.parent / "shared/data/online_retail/online_retail_541909.csv.gz"


def test(arguments):
    prepare_folders(gigabytes=1.5 if downloads.odoo_is_there() else 6)
    odoo = Odoo.prepare()
    require(BROWSER, OFFICE)
    _announce_online_retail()
    with postgres.server():
        failed = [] if arguments else _checks(odoo)
        with databases.throw_away(odoo, databases.template, "pytest") as name:
            code = test_runs.run_pytest(odoo, name, arguments)
    if failed:
        raise Fail(f"failed before pytest, see above: {', '.join(failed)}.")
    return code


def _announce_online_retail():
    if "ONLINE_RETAIL_CSV" not in os.environ and ONLINE_RETAIL.exists():
        os.environ["ONLINE_RETAIL_CSV"] = str(ONLINE_RETAIL)
    path = os.environ.get("ONLINE_RETAIL_CSV")
    say(f"Online Retail data set: {f'tested with {path}' if path else 'not at hand, not tested'}")


def _checks(odoo):
    """Run all that is not pytest, to the end; return the names of what failed."""
    checks = {
        "lint": lambda: lint_command.check(odoo.python.parents[1]),
        "native test run": lambda: _native_run(odoo),
        "installing and uninstalling": lambda: _life_cycle(odoo),
        "beside more apps": lambda: with_apps.check(odoo),
    }
    failed = []
    for name, check in checks.items():
        say(f"== {name}")
        try:
            passed = check()
        except Fail as reason:
            say(str(reason))
            passed = False
        if not passed:
            failed.append(name)
    return failed


def _native_run(odoo):
    """Upgrade on showcase data and run the tests as Odoo does; then compare the translations."""
    with databases.throw_away(odoo, databases.template, "native") as name:
        title = "Upgrading and testing in Odoo"
        tags = f"/{MODULE}"
        failed = test_runs.run_odoo_tests(odoo, title, name, "native.log", tags, "-u", MODULE)
        stale = translations.stale(odoo, name)
    if stale:
        say("i18n/*.pot is not what the sources say: run dev/i18n")
    return not failed and _is_clean("native.log") and not stale


def _life_cycle(odoo):
    """Install on showcase data, then uninstall: no complaint, nothing left behind."""
    with databases.throw_away(odoo, lambda o: databases.showcase(o)[0], "cycle") as name:
        odoo.run("Installing on showcase data", name, "install.log", "-i", MODULE, "--no-http")
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
    if left:
        say(f"left behind by uninstalling:\n{left}")
    return all([_is_clean("install.log"), _is_clean("uninstall.log"), not left])


def _is_clean(log):
    found = log_check.complaints(LOGS / log)
    for entry in found:
        say(entry.rstrip())
    return not found


if __name__ == "__main__":
    main(test)
