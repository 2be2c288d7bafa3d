from odoo.exceptions import UserError


class ScheduleEnded(UserError):
    """A scheduled report cannot be made any more, however often it is tried: a right has ended, or
    what it shows is gone. The message says which, and what to do."""
