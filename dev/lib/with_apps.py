"""The report beside apps that extend what it reads, and Odoo's own reports beside the report.

The other tests have a database with the hard dependencies alone. Here those that more apps may
change run again with them installed (:data:`databases.MORE_APPS`): tests whose documents are made
by flows that these apps extend, and tests that walk through all fields, of which there are more.
With them run those that need such an app: the files ``tests/apps/with_*.py``, which an ordinary run
does not collect, so that none has to be skipped.
"""

import re

import databases
import side_by_side
import test_runs
from console import main, say
from odoo_program import Odoo
from places import ADDON, prepare_folders
from postgres import server
from side_by_side import Job
from system import BROWSER, require

COLLECT = "python_files=test_*.py with_*.py"

# What tests with documents of their own import
WITH_DOCUMENTS = re.compile(r"^from \.(access_)?common import", re.MULTILINE)
# Those of them that are about our own queries and files, whatever made the documents
SAME_WITH_APPS = {
    "test_currency.py",
    "test_customers.py",
    "test_dates.py",
    "test_export_log.py",
    "test_open_document.py",
    "test_row_ids.py",
}

# Odoo's own tests that read sale.report, account.invoice.report or report.pos.order, and those of
# the reports of a session
REPORT_TESTS = (
    "/account:TestAccountInvoiceReport",
    "/sale:TestSaleReportCurrencyRate",
    "/point_of_sale:TestReportPoSOrder",
    "/point_of_sale:TestReportSession",
    "/point_of_sale:TestUi.test_refund_multiple_products_amounts_compliance",
    "/pos_sale:TestPoSSaleReport",
    "/pos_sale_margin:TestPoSSaleMarginReport",
)


def jobs(odoo):
    """Both; a PostgreSQL server must be there."""
    return [
        Job("beside more apps", lambda: _our_tests(odoo), processors=test_runs.WORKERS),
        Job("reports of Odoo", lambda: _reports(odoo)),
    ]


def _our_tests(odoo):
    with databases.throw_away(odoo, databases.beside, "apps") as name:
        arguments = [*test_runs.SHARED_OUT, "-o", COLLECT, *_tests()]
        return test_runs.run_pytest(odoo, name, arguments) == 0


def _reports(odoo):
    with databases.throw_away(odoo, databases.beside, "reports") as name:
        broken = _broken_reports(odoo, name)
    for tag in broken:
        say(f"Odoo's test {tag} passes without Customer Sales, but not with it.")
    return not broken


def _tests():
    """The tests with documents of their own; all others look at the showcase or at no document."""
    folder = ADDON / "tests"
    with_documents = (
        path
        for path in folder.glob("test_*.py")
        if path.name not in SAME_WITH_APPS and WITH_DOCUMENTS.search(path.read_text())
    )
    return [str(path) for path in (*sorted(with_documents), folder / "apps")]


def _broken_reports(odoo, name):
    """The tests of Odoo's reports that fail because of the addon.

    One that fails without it as well is none of them; nor is one that passes the second time, as
    the clicks of a tour may come too late on a busy machine.
    """
    title = "Testing Odoo's own reports"
    failed = test_runs.run_odoo_tests(odoo, title, name, "odoo-reports.log", _joined(REPORT_TESTS))
    if not failed:
        return []
    with databases.throw_away(odoo, lambda o: databases.apps(o)[0], "without") as without:
        title, log = "Testing the same without Customer Sales", "odoo-reports-without.log"
        failed_without = test_runs.run_odoo_tests(odoo, title, without, log, _joined(failed))
    for tag in failed_without:
        say(f"Odoo's test {tag} fails without Customer Sales as well.")
    suspects = sorted(set(failed) - set(failed_without))
    if not suspects:
        return []
    title, log = "Testing once more with Customer Sales", "odoo-reports-again.log"
    return test_runs.run_odoo_tests(odoo, title, name, log, _joined(suspects))


def _joined(tags):
    return ",".join(tags)


def run(_arguments):
    prepare_folders(gigabytes=3)
    odoo = Odoo.prepare()
    require(BROWSER)
    with server():
        with databases.preparing():
            databases.beside(odoo)
        return 1 if side_by_side.run("Testing", jobs(odoo)) else 0


if __name__ == "__main__":
    main(run)
