"""The two ways in which tests are run on a database: as Odoo does, and by pytest."""

import contextlib
import os
import re
import socket
import subprocess
from pathlib import Path

from console import Fail, say, wait
from places import ADDON, ADDONS, LOGS, PRIVATE, ROOT

RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
# What Odoo logs of a test that failed, of a part of one, and of the set-up of a class
FAILED = re.compile(
    r" odoo\.addons\.(?P<module>\w+)\.tests\.\S+: (?:FAIL|ERROR): "
    r"(?:Subtest )?(?P<test>\w+\.test\w*)"
)
FAILED_CLASS = re.compile(
    r": (?:FAIL|ERROR): \w+ \(odoo\.addons\.(?P<module>\w+)\.tests\.\w+\.(?P<test>\w+)\)"
)


def run_odoo_tests(odoo, title, name, log, tags, *arguments):
    """Run tests on the database ``name`` as Odoo does, with the output in ``LOGS / log``.

    :param tags: which tests, as Odoo's ``--test-tags``
    :return: the tags of the tests that failed
    :raises Fail: when no test was run, or Odoo failed otherwise
    """
    options = (f"--test-tags={tags}", f"--http-port={free_port()}", *arguments)
    path = LOGS / log
    failure = None
    try:
        odoo.run(title, name, log, *options)
    except Fail as reason:
        failure = reason
    text = path.read_text(errors="replace")
    result = RESULT.findall(text)
    if not result or result[-1][2] == "0":
        raise failure or Fail(f"Odoo ran no test (see {path}).")
    say("Odoo: {} failed, {} errors of {} tests".format(*result[-1]))
    failed = {
        f"/{found['module']}:{found['test']}"
        for pattern in (FAILED, FAILED_CLASS)
        for found in pattern.finditer(text)
    }
    if failure and not failed:
        raise failure
    return sorted(failed)


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
