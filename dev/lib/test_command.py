"""dev/test: the whole suite, or pytest alone with the arguments given."""

import contextlib
import os
import re
import socket
import subprocess
from pathlib import Path

import databases
import downloads
import lint_command
import log_check
import postgres
import translations
from console import Fail, main, say, step, wait
from odoo_program import Odoo
from places import ADDON, ADDONS, LOGS, MODULE, PRIVATE, ROOT, prepare_folders
from system import BROWSER, require

RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
ONLINE_RETAIL = ROOT.parent / "shared/data/online_retail/online_retail_541909.csv.gz"


def test(arguments):
    prepare_folders(gigabytes=1.5 if downloads.odoo_is_there() else 6)
    odoo = Odoo.prepare()
    require(BROWSER)
    _announce_online_retail()
    with postgres.server():
        failed = [] if arguments else _checks(odoo)
        with databases.throw_away(odoo, databases.template, "pytest") as name:
            code = run_pytest(odoo, name, arguments)
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
        arguments = ("-u", MODULE, "--test-tags", f"/{MODULE}", f"--http-port={free_port()}")
        odoo.run("Upgrading and testing in Odoo", name, "native.log", *arguments)
        stale = translations.stale(odoo, name)
    result = RESULT.findall((LOGS / "native.log").read_text(errors="replace"))
    if not result or result[-1][2] == "0":
        raise Fail(f"Odoo ran no test (see {LOGS / 'native.log'}).")
    say("Odoo: {} failed, {} errors of {} tests".format(*result[-1]))
    if stale:
        say("i18n/*.pot is not what the sources say: run dev/i18n")
    return _is_clean("native.log") and not stale


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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_pytest(odoo, name, arguments):
    arguments = [_through_link(argument) for argument in arguments]
    if not any(argument.startswith(str(ADDON)) for argument in arguments):
        arguments.append(str(ADDON / "tests"))
    argv = [
        *(odoo.python, "-m", "pytest", "-c", ADDON / "pyproject.toml", "--rootdir", ADDON),
        *("-p", "pytest_no_skip", "-o", f"cache_dir={PRIVATE / 'pytest'}"),
        *("--odoo-database", name, "--odoo-http", *arguments),
    ]
    path = os.pathsep.join([os.environ["PYTHONPATH"], str(Path(__file__).parent)])
    return wait(subprocess.Popen(argv, cwd=ADDONS, env=os.environ | {"PYTHONPATH": path}))


def _through_link(argument):
    """A test's path in the checkout, as a path below the link that has the addon's name.

    It may be relative to where dev/test was called, or as pytest prints it.
    """
    path, colons, rest = argument.partition("::")
    if not path.endswith((".py", "tests", "tests/")):
        return argument
    for folder in (Path.cwd(), ADDONS):
        with contextlib.suppress(ValueError, FileNotFoundError):
            inside = (folder / path).resolve(strict=True).relative_to(ROOT)
            return f"{ADDON / inside}{colons}{rest}"
    return argument


if __name__ == "__main__":
    main(test)
