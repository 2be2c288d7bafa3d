from odoo import models

from ...tools.terms import LEVEL_GROUP


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """With it, the web client knows at its start which exports ended while it was closed."""
        info = super().session_info()
        user = self.env.user
        if user.has_group(LEVEL_GROUP):
            jobs = self.env["customer.sales.export.job"].with_context(
                allowed_company_ids=user.company_ids.ids
            )
            info["customer_sales_ended_exports"] = jobs._untold()
        return info
