import json
import logging

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import InternalServerError

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.web.controllers.pivot import TableExporter

_logger = logging.getLogger(__name__)


def _content(data) -> str | bytes:
    """What was posted, whether as a file or as a field."""
    if isinstance(data, FileStorage):
        data.seek(0)
        return data.read()
    return data


def _reported_model(table):
    """The model of this app whose figures a table has; None for any other."""
    name = table.get("model") if isinstance(table, dict) else None
    model = request.env.get(name) if isinstance(name, str) else None
    is_ours = isinstance(model, request.env.registry["customer.sales.privacy.mixin"])
    return model if is_ours else None


def _is_of_another_model(*_args) -> bool:
    """Odoo's route is read-only, and stays so for all tables that are not written to our log."""
    posted = request.httprequest
    data = posted.files.get("data") or posted.form.get("data")
    try:
        return _reported_model(json.loads(_content(data))) is None
    except (TypeError, ValueError):
        return True


class LoggedPivotExport(TableExporter):
    """A pivot table saved as a spreadsheet is an export like any other.

    The web client sends the figures it shows, so that nothing is read here. What they were
    filtered and grouped by comes with them, from ``pivot_model_patch.js``.
    """

    @http.route(readonly=_is_of_another_model)
    def export_xlsx(self, data, **kw):
        content = _content(data)
        table = json.loads(content)
        model = _reported_model(table)
        if model is None:
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
