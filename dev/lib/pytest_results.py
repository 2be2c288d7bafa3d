"""A pytest plugin: notes for dev/test how many tests passed, and which files had tests."""

import json
import os
from pathlib import Path

FOLDER = "CUSTOMER_SALES_RESULTS"


def _note(content):
    path = Path(os.environ[FOLDER]) / f"{os.getpid()}.json"
    noted = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps(noted | content))


def pytest_collection_finish(session):
    files = {str(item.path.resolve()) for item in session.items}
    _note({"files": sorted(files)})


def pytest_terminal_summary(terminalreporter):
    counts = {name: len(reports) for name, reports in terminalreporter.stats.items()}
    _note(
        {
            "passed": counts.get("passed", 0),
            "failed": counts.get("failed", 0) + counts.get("error", 0),
        }
    )
