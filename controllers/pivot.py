import json
import logging

from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import InternalServerError

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.web.controllers.pivot import TableExporter

from ..tools.cell_colors import colored
from ..tools.safe_text import file_name, sheet_name

_logger = logging.getLogger(__name__)

# What Odoo's own code says of a table that is none
NO_TABLE = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


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
    try:
        content = _content(posted.files.get("data", posted.form.get("data")))
        return _reported_model(json.loads(content)) is None
    except (TypeError, ValueError):
        return True


class LoggedPivotExport(TableExporter):
    """A pivot table saved as a spreadsheet is an export like any other.

    The web client sends the figures it shows, so that nothing is read here. What they were
    filtered and grouped by, and in which companies, comes with them, from ``pivot_view.js``.
    """

    @http.route(readonly=_is_of_another_model)
    def export_xlsx(self, data, **kw):
        content = _content(data)
        table = json.loads(content)
        model = _reported_model(table)
        if model is None:
            return super().export_xlsx(content, **kw)
        try:
            model.check_access("read")
            model._check_export()
            return self._logged(model, table)
        except (AccessError, UserError) as error:
            _logger.info("Pivot export of %s refused to user %s", model._name, request.env.uid)
            raise _for_the_web_client(error) from error

    def _logged(self, model, table):
        name = file_name(_title(table), ".xlsx")
        try:
            model = model.with_context(allowed_company_ids=_companies(table))
            paths = _paths(model, table)
            model._check_paths(paths)
            domain = Domain(table["domain"])
            model._search(domain)  # refuses one that could not have found anything
            content = json.dumps({**table, "title": sheet_name(_title(table), set())})
            response = super().export_xlsx(content)
            response.data = colored(response.data, table)
        except NO_TABLE as error:
            raise UserError(
                request.env._(
                    "This pivot table cannot be saved as it is. Reload the page, then save it "
                    "once more."
                )
            ) from error
        response.headers["Content-Disposition"] = content_disposition(name)
        model.env["customer.sales.export.log"]._log_export(
            model,
            paths,
            domain=domain,
            row_count=len(table["rows"]),
            file_name=name,
            file_size=len(response.data),
        )
        return response


def _title(table: dict) -> str:
    title = table.get("title")
    return title if isinstance(title, str) else ""


def _companies(table: dict) -> list[int]:
    """The companies selected in the browser, which the user may select.

    :raise ValueError: if they are none
    """
    companies = table["allowed_company_ids"]
    if not companies or set(companies) - set(request.env.user.company_ids.ids):
        raise ValueError("Not the companies of the user")
    return companies


def _paths(model, table: dict) -> list[list[str]]:
    """The columns that the browser says the table has, as paths of field names.

    :raise ValueError: if there are no such columns, or fewer than the table shows
    """
    groups, measures = table["group_bys"], table["measures"]
    depth = max((row["indent"] for row in table["rows"]), default=0)
    depth += max(len(table["col_group_headers"]) - 1, 0)
    if depth > len(groups) or table["measure_count"] != len(measures):
        raise ValueError("The table shows more than it is said to have")
    paths = [spec.partition(":")[0].split(".") for spec in groups]
    paths += [[measure] for measure in measures if measure != "__count"]
    for path in paths:
        if len(list(model._path_fields(path))) != len(path):
            raise ValueError(f"There is no column {path}")
    return paths


def _for_the_web_client(error):
    """The error as Odoo's client shows it in a dialog, where it expected a file."""
    payload = {"code": 0, "message": str(error), "data": http.serialize_exception(error)}
    return InternalServerError(json.dumps(payload))
