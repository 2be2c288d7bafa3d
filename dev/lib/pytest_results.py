"""A pytest plugin: notes for dev/test how many tests passed, and which files had tests."""

import inspect
import json
import os
from pathlib import Path

FOLDER = "CUSTOMER_SALES_RESULTS"


def _note(content):
    path = Path(os.environ[FOLDER]) / f"{os.getpid()}.json"
    noted = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(noted | content))


def pytest_collection_finish(session):
    _note({"files": sorted({str(path) for item in session.items for path in _files(item)})})


def _files(item):
    """The file of a test, and that in which it is written, where its class inherits it."""
    yield item.path.resolve()
    yield Path(inspect.unwrap(item.function).__code__.co_filename).resolve()


def pytest_terminal_summary(terminalreporter):
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # whoever shares the tests out counts them
    counts = {name: len(reports) for name, reports in terminalreporter.stats.items()}
    _note(
        {
            "passed": counts.get("passed", 0),
            "failed": counts.get("failed", 0) + counts.get("error", 0),
        }
    )
