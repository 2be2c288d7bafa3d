from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import fix_import_export_id_paths

from ...tools.client_values import texts
from ...tools.terms import BY_NAME_ALONE, LEVEL_GROUP, PRIVACY, REACH


class Base(models.AbstractModel):
    """What this app keeps to where other apps' models lead to it, or it to them.

    - Whoever may not see what a record is found by, when a name is typed, cannot find the sales
      that belong to it by that either: Odoo looks a contact up by its e-mail and tax ID as well, a
      user by the login, an invoice by the customer's reference.
    - Exports of other models are not in this app's log, and so end where its sales begin.
    """

    _inherit = "base"

    def export_data(self, fields_to_export):
        if not (self.env.su or isinstance(self, self.env.registry[PRIVACY])):
            for name in texts(fields_to_export):
                if field := self._exported_elsewhere(fix_import_export_id_paths(name)):
                    raise UserError(
                        self.env._(
                            "“%s” cannot be exported from here. Export it from Customer Sales, "
                            "where exports are noted.",
                            field.get_description(self.env, ["string"])["string"],
                        )
                    )
        return super().export_data(fields_to_export)

    @api.model
    def _exported_elsewhere(self, path: list[str]):
        """The field of a path from another app's model that is exported from Customer Sales alone,
        if there is one: what this app adds to that model is for its users alone."""
        for field in self.env[REACH]._reach().fields(self, path):
            if LEVEL_GROUP in (field.groups or "").split(",") or self._leads_to_sales(field):
                return field
        return None

    @api.model
    def _leads_to_sales(self, field) -> bool:
        """Whether the records that a field leads to are this app's, whose exports are noted."""
        comodel = self.env.registry.get(field.comodel_name)
        return bool(comodel) and issubclass(comodel, self.env.registry[PRIVACY])

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
