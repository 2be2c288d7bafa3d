from odoo import api, models
from odoo.fields import Domain
from odoo.models import fix_import_export_id_paths

from ...tools.export_refused import ExportRefused
from ...tools.terms import EXPORT_GROUP, LEVEL_GROUP


class CustomerSalesPrivacyMixin(models.AbstractModel):
    """What every model of this app that holds sales keeps to, beside the reach of all: an export
    needs Odoo's right to export and a level of this app, and is logged."""

    _name = "customer.sales.privacy.mixin"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Customer Sales: Privacy"

    def export_data(self, fields_to_export):
        self._check_export()
        result = super().export_data(fields_to_export)
        paths = [fix_import_export_id_paths(field) for field in fields_to_export]
        self.env["customer.sales.export.log"]._log_export(
            self, paths, domain=Domain("id", "in", self.ids), row_count=len(self)
        )
        return result

    @api.model
    def _check_export(self):
        """
        :raise ExportRefused: if the user may not export from this app, in superuser mode too
        """
        if not self.env.user.has_group(EXPORT_GROUP):
            raise ExportRefused(
                self.env._("You may not export data. Ask your administrator for the right to.")
            )
        if not self.env.user.has_group(LEVEL_GROUP):
            raise ExportRefused(
                self.env._("You have no access to Customer Sales. Ask your administrator for it.")
            )
