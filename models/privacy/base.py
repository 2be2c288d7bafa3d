from odoo import api, models
from odoo.fields import Domain

from ...tools.terms import BY_NAME_ALONE, REACH


class Base(models.AbstractModel):
    """Whoever may not see what a record is found by, when a name is typed, cannot find the sales
    that belong to it by that either: Odoo looks a contact up by its e-mail and tax ID as well, a
    user by the login, an invoice by the customer's reference."""

    _inherit = "base"

    @api.model
    def _search_display_name(self, operator, value):
        if self.env.context.get(BY_NAME_ALONE) and self._rec_names_search:
            reach = self.env[REACH]
            groups = reach._reach().groups
            if not all(
                reach._has_reach(group)
                for name in self._rec_names_search
                for group in groups(self, name.split("."))
            ):
                name = "complete_name" if "complete_name" in self._fields else self._rec_name
                return Domain(name, operator, value)
        return super()._search_display_name(operator, value)


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _search_display_name(self, operator, value):
        if self.env.context.get(BY_NAME_ALONE):
            return Domain("name", operator, value)
        return super()._search_display_name(operator, value)
