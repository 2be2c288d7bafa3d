import json

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.web.controllers.export import CSVExport, ExcelExport


class LoggedExport:
    """Adds to the log's entry of an export what only the download knows: filter, groups and file.

    The entry itself is written by ``export_data``, whatever way the export takes.
    """

    def base(self, data):
        response = super().base(data)
        if entry := request.env["customer.sales.export.log"]._entry_of_this_export():
            parameters = json.loads(data)
            values = {
                "file_name": self.filename(parameters["model"]) + self.extension,
                "file_size": len(response.data),
            }
            model = request.env[parameters["model"]]
            if not parameters["ids"]:
                values |= entry._filter_values(model, Domain(parameters["domain"]))
            entry.write(values)
            groups = parameters.get("groupby")
            if groups and not parameters["import_compat"]:
                entry._add_groups(model, groups)
        return response


class LoggedCSVExport(LoggedExport, CSVExport):
    pass


class LoggedExcelExport(LoggedExport, ExcelExport):
    pass
