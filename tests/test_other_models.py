"""Other models' exports run Odoo's own code, whatever this app does for its own."""

import json
from functools import wraps
from unittest.mock import patch

from odoo.http import Request, request
from odoo.tests import HttpCase, tagged

from odoo.addons.web.controllers.export import ExportFormat
from odoo.addons.web.controllers.pivot import TableExporter

REPORT = "customer.sales.report"


@tagged("post_install", "-at_install")
class TestOtherModels(HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate("admin", "admin")

    def download(self, route, data, controller, method):
        """Post a request for a file.

        :return: whether Odoo's own method had a read-only cursor, and what was handed to it
        """
        calls = []
        original = getattr(controller, method)

        @wraps(original)  # with its route
        def noting(controller, data):
            calls.append((request.env.cr.readonly, data))
            return original(controller, data)

        with patch.object(controller, method, noting):
            response = self.url_open(
                route, data={"data": json.dumps(data), "csrf_token": Request.csrf_token(self)}
            )
        self.assertEqual(response.status_code, 200)
        return calls

    def table(self, model):
        return {
            "model": model,
            "title": "Figures",
            "measure_count": 1,
            "col_group_headers": [],
            "measure_headers": [],
            "rows": [{"title": "Total", "indent": 0, "values": [{"value": 1}]}],
            "domain": [],
            "group_bys": [],
            "measures": ["__count"],
            "allowed_company_ids": self.env.user.company_ids.ids,
        }

    def test_pivot_tables(self):
        """Saving a pivot table of another model needs no more than a read-only replica; one of
        this app's is written to the log."""
        for model, is_readonly in (("res.partner", True), ("sale.report", True), (REPORT, False)):
            with self.subTest(model=model):
                [[readonly, data]] = self.download(
                    "/web/pivot/export_xlsx", self.table(model), TableExporter, "export_xlsx"
                )
                self.assertEqual(readonly, is_readonly)
                if is_readonly:
                    self.assertEqual(json.loads(data), self.table(model))

    def test_lists(self):
        """Nor does an export of another model's list write anything, or ask for anything."""
        export = {
            "model": "res.partner",
            "fields": [{"name": "name", "label": "Name", "type": "char"}],
            "ids": self.env.user.partner_id.ids,
            "domain": [],
            "import_compat": False,
        }
        log = self.env["customer.sales.export.log"]
        count = log.search_count([])
        for route in "/web/export/csv", "/web/export/xlsx":
            self.download(route, export, ExportFormat, "base")
        self.assertEqual(log.search_count([]), count)
