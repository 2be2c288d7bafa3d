"""A pytest plugin: a test that is skipped, or expected to fail, has not passed."""

import pytest


def _fail_when_skipped(report, name):
    if report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = (
            f"{name} did not run to its end: {reason or getattr(report, 'wasxfail', '')}"
        )
        # Otherwise pytest would still report it as an expected failure.
        report.__dict__.pop("wasxfail", None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item):
    report = yield
    _fail_when_skipped(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report(collector):
    report = yield
    _fail_when_skipped(report, collector.nodeid)
    return report
