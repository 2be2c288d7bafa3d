"""All that dev/test runs without arguments, side by side."""

import json
import os
import re
import tempfile
from pathlib import Path

import data_sets
import databases
import life_cycle
import lint_command
import pytest_results
import side_by_side
import test_runs
import with_apps
from console import say
from places import ROOT
from side_by_side import Job

TEST = re.compile(r"^\s+def test_", re.MULTILINE)


def run(odoo):
    """Run everything to the end, say how it went, and return the exit code."""
    with tempfile.TemporaryDirectory() as results:
        os.environ[pytest_results.FOLDER] = results
        failed = _prepare(odoo)
        checks = [*([] if failed else _on_databases(odoo)), *_on_sources(odoo)]
        failed += side_by_side.run("Testing", checks)
        passed_tests, failed_tests, files = _read(Path(results))
    never = sorted(_files_with_tests() - files)
    if failed:
        say(f"\nFailed: {', '.join(failed)}")
    else:
        for path in never:
            say(f"No run has collected the tests of {path.relative_to(ROOT)}.")
    # Whatever fails is counted, though it be no test.
    say(f"\n{passed_tests} passed, {max(failed_tests, len(failed), len(never))} failed")
    return 1 if failed or never or failed_tests else 0


def _prepare(odoo):
    """Make sure of the databases; what comes second needs the first, and so on."""
    with databases.preparing():
        databases.base(odoo)
        return side_by_side.run(
            "Preparing databases",
            [
                Job("showcase database", lambda: bool(databases.template(odoo))),
                Job("database with more apps", lambda: bool(databases.beside(odoo))),
            ],
        )


def _on_databases(odoo):
    return [
        Job("pytest", lambda: _pytest(odoo), processors=test_runs.WORKERS),
        *with_apps.jobs(odoo),
        Job("life cycle", lambda: life_cycle.check(odoo)),
    ]


def _on_sources(odoo):
    environment = odoo.python.parents[1]
    return [
        Job("lint", lambda: lint_command.check(environment)),
        Job("pure", lambda: test_runs.run_pure(odoo.source, environment, []) == 0),
    ]


def _pytest(odoo):
    with databases.throw_away(odoo, databases.template, "pytest") as name:
        arguments = [*test_runs.SHARED_OUT, f"--ignore={test_runs.PURE}"]
        return test_runs.run_pytest(odoo, name, arguments) == 0


def _read(folder):
    """What the runs of pytest noted: (tests passed, tests failed, files with tests)."""
    notes = [json.loads(path.read_text()) for path in folder.iterdir()]
    passed, failed = (sum(note.get(name, 0) for note in notes) for name in ("passed", "failed"))
    return passed, failed, {Path(path) for note in notes for path in note.get("files", [])}


def _files_with_tests():
    paths = (ROOT / "tests").rglob("*.py")
    lacking = data_sets.folders_without()
    return {
        path.resolve()
        for path in paths
        if path.parent not in lacking and TEST.search(path.read_text())
    }
