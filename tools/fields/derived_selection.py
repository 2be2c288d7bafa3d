from odoo import fields

from ..sql.source import opaque


class DerivedSelection(fields.Selection):
    """A selection whose values the query computes from others.

    PostgreSQL, which has no statistics of them, expects a condition on one to be true of one row
    in two hundred, and so looks up rows one by one. Of this form it expects it to be true of half
    of them.
    """

    def condition_to_sql(self, *args):
        condition = super().condition_to_sql(*args)
        return opaque(condition)
