from odoo import models
from odoo.exceptions import UserError

from ...tools.terms import EXPORT_JOB


class IrAttachment(models.Model):
    """The file of an export is read by who may read the export, which its record rules say anew
    each time. A copy would be free of them."""

    _inherit = "ir.attachment"

    def copy_data(self, default=None):
        if self._are_exports():
            raise UserError(
                self.env._("The file of an export is not copied. Download it, or export again.")
            )
        return super().copy_data(default)

    def _are_exports(self) -> bool:
        """Whether files of exports are among these."""
        return EXPORT_JOB in self.sudo().mapped("res_model")
