from odoo import models


class IrBinary(models.AbstractModel):
    _inherit = "ir.binary"

    def _find_record(self, *args, **kwargs):
        """The file of an export is for who may read the export now: a token that was given out
        before, to whomever, does not open it."""
        record = super()._find_record(*args, **kwargs)
        if record._name == "ir.attachment" and record._are_exports():
            self.env(su=False)[record._name].browse(record.id).check_access("read")
        return record
