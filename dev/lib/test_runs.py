"""The two ways in which tests are run on a database: as Odoo does, and by pytest."""

import contextlib
import os
import re
import socket
import subprocess
from pathlib import Path

import pytest_results
from console import Fail, say, wait
from places import ADDON, ADDONS, LOGS, PRIVATE, ROOT

TESTS = ADDON / "tests"
PURE = TESTS / "pure"
# Odoo logs Python's warnings. What Python cannot clean up it says when it likes, in any test.
PLUGINS = ("pytest_no_skip", "no:warnings", "no:unraisableexception")
WORKERS = min(2, os.cpu_count() or 1)  # processes that share the tests of one pytest
# A class stays together. Folders come first, in which tests take longest.
SHARED_OUT = ("-n", str(WORKERS), "--dist", "loadscope", "--no-loadscope-reorder")
RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
# What Odoo logs of a test that failed, of a part of one, and of the set-up of a class
FAILED = re.compile(
    r" odoo\.addons\.(?P<module>\w+)\.tests\.\S+: (?:FAIL|ERROR): "
    r"(?:Subtest )?(?P<test>\w+\.test\w*)"
)
FAILED_CLASS = re.compile(
    r": (?:FAIL|ERROR): \w+ \(odoo\.addons\.(?P<module>\w+)\.tests\.\w+\.(?P<test>\w+)\)"
)


def run_odoo_tests(odoo, title, name, log, tags, *arguments, **process):
    """Run tests on the database ``name`` as Odoo does, with the output in ``LOGS / log``.

    :param tags: which tests, as Odoo's ``--test-tags``
    :param process: passed on to ``subprocess.Popen``
    :return: the tags of the tests that failed
    :raises Fail: when no test was run, or Odoo failed otherwise
    """
    options = (f"--test-tags={tags}", f"--http-port={free_port()}", *arguments)
    path = LOGS / log
    failure = None
    try:
        odoo.run(title, name, log, *options, **process)
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
    """Run pytest on the database ``name``; a warning in Odoo's log fails a test."""
    arguments = _with_paths(arguments, TESTS)
    plugins = ["pytest_clean_log"]
    options = ["--odoo-log-level=warn", "--odoo-database", name, "--odoo-http"]
    return _pytest(odoo.python, os.environ["PYTHONPATH"], plugins, [*options, *arguments])


def is_pure(arguments):
    """Whether only tests in tests/pure/ are asked for."""
    paths = _paths(map(_through_link, arguments))
    return "--pure" in arguments or bool(paths) and all(map(_is_in_pure, paths))


def run_pure(source, environment, arguments):
    """Run tests of tests/pure/, without a database; see :mod:`pytest_pure`."""
    arguments = [argument for argument in arguments if argument != "--pure"]
    arguments = _with_paths(arguments, PURE)
    plugins = ["no:odoo", "pytest_pure"]
    return _pytest(environment / "bin" / "python", str(source.python_path), plugins, arguments)


def _pytest(python, python_path, plugins, arguments):
    if pytest_results.FOLDER in os.environ:
        plugins = [*plugins, "pytest_results"]
    argv = [
        *(python, "-m", "pytest", "-c", ADDON / "pyproject.toml", "--rootdir", ADDON),
        *("-o", f"cache_dir={PRIVATE / 'pytest'}"),
        *(option for plugin in (*PLUGINS, *plugins) for option in ("-p", plugin)),
        *arguments,
    ]
    path = os.pathsep.join([python_path, str(Path(__file__).parent)])
    return wait(subprocess.Popen(argv, cwd=ADDONS, env=os.environ | {"PYTHONPATH": path}))


def _with_paths(arguments, default):
    """The arguments with their paths below the link, or else with the path ``default``."""
    arguments = [_through_link(argument) for argument in arguments]
    return arguments if _paths(arguments) else [*arguments, str(default)]


def _paths(arguments):
    return [argument for argument in arguments if argument.startswith(str(ADDON))]


def _is_in_pure(path):
    return Path(path.partition("::")[0]).is_relative_to(PURE)


def _through_link(argument):
    """A test's path in the checkout, as a path below the link that has the addon's name.

    It may be relative to where dev/test was called, or as pytest prints it.
    """
    path, colons, rest = argument.partition("::")
    for folder in (Path.cwd(), ADDONS):
        with contextlib.suppress(ValueError, FileNotFoundError):
            inside = (folder / path).resolve(strict=True).relative_to(ROOT / "tests")
            return f"{TESTS / inside}{colons}{rest}"
    return argument
