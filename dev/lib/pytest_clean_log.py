"""A pytest plugin: a test during which a warning or an error is logged has not passed.

What a test expects it catches (``assertLogs``) or silences (``mute_logger``), and then it does not
arrive here. Warnings of Python are logged by Odoo, as long as pytest does not collect them
(``-p no:warnings``).
"""

import logging
import sys

import pytest


class _Complaints(logging.Handler):
    """Keeps what was logged since it was last asked."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        self._texts = []

    def emit(self, record):
        self._texts.append(self.format(record))

    def add(self, texts):
        self._texts += texts

    def take(self):
        texts, self._texts = self._texts, []
        return texts


_complaints = _Complaints()


def pytest_configure():
    logging.getLogger().addHandler(_complaints)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item):
    """What is logged before, during and after a test is that test's."""
    report = yield
    texts = _complaints.take()
    if texts and report.passed:
        report.outcome = "failed"
        report.longrepr = "\n".join([f"{item.nodeid} left in the log:", *texts])
    return report


def pytest_sessionfinish(session):
    """What is logged when no test is left is nobody's, but no less wrong."""
    texts = _complaints.take()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["complaints"] = texts
    elif texts:
        print("Logged after the last test:", *texts, sep="\n", file=sys.stderr)
        session.exitstatus = 1


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """What a process of pytest-xdist had left, the one that reports says."""
    _complaints.add(getattr(node, "workeroutput", {}).get("complaints", []))
