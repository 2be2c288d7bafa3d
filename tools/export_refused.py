from odoo.exceptions import UserError


class ExportRefused(UserError):
    """The user may not export. The web client knows it by the name of this class, and says so
    under a title of its own: see ``export_refused.js``."""
