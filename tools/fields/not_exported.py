from odoo import fields
from odoo.exceptions import UserError


class NotExportedMonetary(fields.Monetary):
    """An amount of this app on another app's records: what leaves this app is written to its log
    of exports, and exports of other models are not.

    Fields that inherit it, such as a user's from the user's contact, are of this class as well.
    """

    exportable = False  # in Odoo's dialog; a path or a program can name it all the same

    def convert_to_export(self, value, record):
        if record.env.su:
            return super().convert_to_export(value, record)
        raise UserError(
            record.env._(
                "“%s” cannot be exported from here. Export it from Customer Sales, where exports "
                "are noted.",
                self.get_description(record.env, ["string"])["string"],
            )
        )
