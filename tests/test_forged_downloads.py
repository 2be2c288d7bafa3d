"""Whatever a browser sends to the routes that hand out files is answered, or refused as Odoo
refuses."""

import json
import os
import random

from odoo.http import Request
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ..tools.export_request import ExportRequest
from .access_common import REPORT, AccessCommon
from .forgeries import QUIET, REFUSALS, Ids, is_ours, mutated, trace

# As in test_forged_calls
CALLS = int(os.environ.get("FORGED_CALLS", "400")) // 10
SEED = int(os.environ.get("FORGED_SEED", "19"))

KINDS = ("administrator, everything", "own, contacts, export", "no access", "portal")
DOWNLOAD = "/customer_sales_report/export/"
PATHS = ["0", "-1", "1.5", "x", "null", "999999999999999999999999", "1/2", "", "٣", "1?x=1"]


class Failures(mute_logger):
    """The errors that requests ended with, in the place of what the log says of them."""

    def __init__(self):
        super().__init__(*QUIET)
        self.errors = []

    def emit(self, record):
        if record.exc_info:
            self.errors.append(record.exc_info[1])


class TestForgedDownloads(AccessCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.failures = Failures()
        self.enterContext(self.failures)

    def request(self, kind, path, content=None):
        """The response; what is of our making if it failed goes to :attr:`failures`."""
        self.failures.errors.clear()
        data = None
        if content is not None:
            data = {"data": json.dumps(content), "csrf_token": Request.csrf_token(self)}
        response = self.url_open(path, data)
        for error in self.failures.errors:
            if not isinstance(error, REFUSALS):
                with self.subTest(kind=kind, path=path, content=content):
                    method = "export_data" if path.startswith("/web/export") else "download"
                    self.assertFalse(is_ours(error, self.env["base"], method), trace(error))
        return response

    def login(self, kind):
        user = self.users[kind]
        self.authenticate(user.login, user.login)
        return user

    def test_files_of_exports(self):
        owner = self.users[KINDS[0]]
        request = ExportRequest(REPORT, [], ["date"], ["lines"], title="Sales")
        job = self.env["customer.sales.export.job"].with_user(owner)._ask(request, 3)
        for kind in KINDS:
            self.login(kind)
            for path in (*PATHS, str(job.id), str(job.id + 1)):
                with self.subTest(kind=kind, path=path):
                    response = self.request(kind, DOWNLOAD + path)
                    self.assertIn(response.status_code, (400, 403, 404))

    def test_exports_and_pivots(self):
        columns = [
            {"name": "date", "label": "Date", "type": "date"},
            {"name": "quantity", "label": "Quantity", "type": "float"},
        ]
        export = {
            "model": REPORT,
            "fields": columns,
            "ids": Ids(),
            "domain": [["counts_as_sale", "=", True]],
            "groupby": ["channel", "date:month"],
            "import_compat": False,
            "context": {},
        }
        pivot = {
            "model": REPORT,
            "title": "Customer Sales",
            "col_group_headers": [[{"title": "Total", "width": 1, "height": 1}]],
            "measure_headers": [{"title": "Quantity", "is_bold": False}],
            "origin_headers": [],
            "rows": [{"title": "Total", "indent": 0, "values": [{"value": 5, "is_bold": True}]}],
            "measure_count": 1,
            "measures": ["quantity"],
            "group_bys": ["channel"],
            "domain": [["counts_as_sale", "=", True]],
            "allowed_company_ids": self.company_1.ids,
        }
        requests = [
            ("/web/export/csv", {**export, "groupby": []}),
            ("/web/export/xlsx", {**export, "ids": Ids(self.all_row_ids[:3])}),
            ("/web/pivot/export_xlsx", pivot),
        ]
        generator = random.Random(SEED)
        for kind in KINDS:
            self.login(kind)
            for path, content in requests:
                response = self.request(kind, path, content)
                if kind == KINDS[0]:
                    self.assertEqual(response.status_code, 200, self.failures.errors)
                for _number in range(CALLS // len(requests)):
                    forged = mutated(generator, content)
                    if _size(forged) < 10_000:
                        self.request(kind, path, {**forged, "model": REPORT})


def _size(content) -> int:
    """How much a pivot's numbers make Odoo write: as many cells and spaces as it is told."""
    numbers = [0]
    waiting = [content]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, (int, float)) and each == each:
            numbers.append(each)
    return max(numbers)
