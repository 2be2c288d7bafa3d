"""The report beside apps that extend what it reads, and Odoo's own reports beside the report.

``./dev/test`` has a database with the hard dependencies alone. Here the tests that make their own
documents run again with more apps installed (:data:`databases.MORE_APPS`), and with them those that
need such an app: the files ``tests/apps/with_*.py``, which an ordinary run does not collect, so
that none has to be skipped.
"""

import databases
import test_command
from console import Fail, main, say
from odoo_program import Odoo
from places import ADDON, LOGS, MODULE, prepare_folders
from postgres import server
from system import BROWSER, require

COLLECT = "python_files=test_*.py with_*.py"

# Odoo's own tests that read sale.report, account.invoice.report or report.pos.order, but for one
# tour, whose clicks may come too late on a busy machine
REPORT_TESTS = (
    "/account:TestAccountInvoiceReport",
    "/sale:TestSaleReportCurrencyRate",
    "/point_of_sale:TestReportPoSOrder",
    "/point_of_sale:TestReportSession",
    "/pos_sale:TestPoSSaleReport",
    "-/pos_sale:TestPoSSaleReport.test_refund_line_report_prices_sign",
    "/pos_sale_margin:TestPoSSaleMarginReport",
)


def check(odoo):
    """Run both; a PostgreSQL server must be there.

    :return: whether all of our own tests passed
    :raises Fail: when one of Odoo's did not
    """
    with databases.throw_away(odoo, databases.apps, "apps") as name:
        log = "apps-install.log"
        odoo.run("Installing Customer Sales beside them", name, log, "-i", MODULE, "--no-http")
        code = test_command.run_pytest(odoo, name, ["-o", COLLECT, *_tests()])
        _test_odoo_reports(odoo, name)
    return code == 0


def _tests():
    """The tests with documents of their own; all others look at the showcase or at no document."""
    folder = ADDON / "tests"
    with_documents = (
        path for path in folder.glob("test_*.py") if "from .common import" in path.read_text()
    )
    return [str(path) for path in (*sorted(with_documents), folder / "apps")]


def _test_odoo_reports(odoo, name):
    log = LOGS / "odoo-reports.log"
    odoo.run(
        "Testing Odoo's own reports",
        name,
        log.name,
        f"--test-tags={','.join(REPORT_TESTS)}",
        f"--http-port={test_command.free_port()}",
    )
    result = test_command.RESULT.findall(log.read_text(errors="replace"))
    if not result or result[-1][2] == "0":
        raise Fail(f"Odoo ran none of its tests (see {log}).")
    say("Odoo: {} failed, {} errors of {} tests".format(*result[-1]))


def run(_arguments):
    prepare_folders(gigabytes=3)
    odoo = Odoo.prepare()
    require(BROWSER)
    with server():
        return 0 if check(odoo) else 1


if __name__ == "__main__":
    main(run)
