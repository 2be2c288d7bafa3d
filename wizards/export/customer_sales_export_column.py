from odoo import api, fields, models

from ...report.workbook.columns import exportable
from ...tools.client_values import not_understood
from ...tools.limits import check_name


class CustomerSalesExportColumn(models.TransientModel):
    """One column of an export, in its place."""

    _name = "customer.sales.export.column"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Customer Sales Export Column"
    _order = "sequence, id"

    export_id = fields.Many2one("customer.sales.export", required=True, ondelete="cascade")
    sequence = fields.Integer(default=1000)
    name = fields.Char(
        string="Column",
        required=True,
        help="One of the columns of what is exported, by its technical name.",
    )
    label = fields.Char(
        string="Heading", help="What stands above the column. Empty: the column's own name."
    )

    @api.constrains("name", "label")
    def _check_column(self):
        for export, columns in self.grouped("export_id").items():
            known = exportable(export._model_of_export())
            for column in columns:
                check_name(self.env, column.label)
                if column.name not in known:
                    raise not_understood(self.env)
