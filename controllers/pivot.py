import json
import logging

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import InternalServerError

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.web.controllers.pivot import TableExporter

_logger = logging.getLogger(__name__)


def _read_write(*_args):
    """Odoo's route is read-only; the log has to be written."""
    return False


class LoggedPivotExport(TableExporter):
    """A pivot table saved as a spreadsheet is an export like any other.

    The web client sends the figures it shows, so that nothing is read here. What they were
    filtered and grouped by comes with them, from ``pivot_model_patch.js``.
    """

    @http.route(readonly=_read_write)
    def export_xlsx(self, data, **kw):
        content = data.read() if isinstance(data, FileStorage) else data
        table = json.loads(content)
        model = request.env.get(table and table["model"])
        if not isinstance(model, request.env.registry["customer.sales.privacy.mixin"]):
            return super().export_xlsx(content, **kw)
        columns = table.get("group_bys", []) + table.get("measures", [])
        paths = [column.partition(":")[0].split(".") for column in columns if column != "__count"]
        try:
            model.check_access("read")
            model._check_export()
            model._check_paths(paths)
        except (AccessError, UserError) as error:
            _logger.info("Pivot export of %s refused to user %s", model._name, request.env.uid)
            raise _for_the_web_client(error) from error
        response = super().export_xlsx(content, **kw)
        request.env["customer.sales.export.log"]._log_export(
            model,
            paths,
            domain=table.get("domain"),
            row_count=len(table["rows"]),
            file_name=f"{table['title']}.xlsx",
            file_size=len(response.data),
        )
        return response


def _for_the_web_client(error):
    """The error as Odoo's client shows it in a dialog, where it expected a file."""
    payload = {"code": 0, "message": str(error), "data": http.serialize_exception(error)}
    return InternalServerError(json.dumps(payload))
