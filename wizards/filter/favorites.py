from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.sql import escape_psql

from ...models.customer_sales_compared_mixin import COMPARED
from ...tools.client_values import is_id, mapping
from ...tools.limits import check_name
from ...tools.terms import COMPARISON, MANAGER_GROUP


class CustomerSalesFilter(models.TransientModel):
    """Keeps the filter among the favorites: as a new one, or as the one that it was read from."""

    _inherit = "customer.sales.filter"

    favorite_name = fields.Char(
        string="Save As", help="The name that this filter gets under Favorites."
    )
    favorite_shared = fields.Boolean(
        string="For Everyone",
        groups=MANAGER_GROUP,
        help="Every user of Customer Sales finds the favorite, and sees by it what they may see. "
        "Otherwise it is yours alone.",
    )
    favorite_id = fields.Integer(
        string="Favorite, as Opened",
        default=lambda self: self._favorite_on_screen(),
        help="Technical: the id of the favorite that the dialog was opened with.",
    )
    favorite_words = fields.Char(
        string="Favorite",
        compute="_compute_favorite_words",
        help="The favorite that the filter was read from, if you may change it.",
    )

    @api.model
    def _favorite_on_screen(self):
        favorite_id = self.env.context.get("customer_sales_filter_favorite")
        is_read = self.env.context.get("customer_sales_filter") is None
        return favorite_id if is_read and is_id(favorite_id) else False

    @api.depends("favorite_id", "shown")
    def _compute_favorite_words(self):
        for wizard in self:
            wizard.favorite_words = wizard._favorite_to_update().name

    def action_save(self):
        """Keep the filter under a new name among the favorites, and show it.

        :return: as :meth:`action_apply`
        :raise UserError: besides, if the name is missing or taken
        """
        facets = self._facets()
        return self._show_favorite(facets, self._create_favorite())

    def action_update(self):
        """Keep the filter in the favorite that it was read from, and show it. Its name, and whose
        it is, stay as they are.

        :return: as :meth:`action_apply`
        :raise UserError: besides, if the favorite is gone, or not the user's to change
        """
        facets = self._facets()
        favorite = self._favorite_to_update()
        if not favorite:
            raise UserError(
                self.env._(
                    "The favorite was deleted, or is not yours to change. Save the filter as a "
                    "new one."
                )
            )
        try:
            context = mapping(literal_eval(favorite.context))
        except (MemoryError, RecursionError, SyntaxError, TypeError, ValueError):
            context = {}  # none that the web client has written
        favorite.write(
            {
                "domain": repr(self._filter_domain()),
                "context": repr({**context, **self._favorite_context()}),
            }
        )
        return self._show_favorite(facets, favorite)

    def _show_favorite(self, facets, favorite):
        self._remember()
        Filters = self.env["ir.filters"]
        [description] = (
            Filters.with_context(lang=None)
            .browse(favorite.id)
            .read(["name", "is_default", "domain", "context", "user_ids", "sort"])
        )
        Filters._translate_name(description)
        return self._show({"facets": facets, "favorite": description})

    def _favorite_context(self) -> dict:
        """What a favorite keeps beside the domain: groups, and the periods that are compared."""
        kept = {"group_by": self._group_by()}
        compared = mapping(self.env.context.get(COMPARED))
        model = self._shown_model()
        if model._name == COMPARISON and model._is_choice(compared):
            kept[COMPARED] = compared
        return kept

    def _favorite_to_update(self):
        """The favorite that the dialog was opened with, in superuser mode; empty if the user may
        not change it: one's own are one's own to change, those for everyone an administrator's."""
        favorite = self.env["ir.filters"].sudo().browse(self.favorite_id or ()).exists()
        if favorite.model_id != self._shown_model()._name:
            return favorite.browse()
        is_own = favorite.user_ids == self.env.user
        is_shared = not favorite.user_ids and self.env.user.has_group(MANAGER_GROUP)
        return favorite if is_own or is_shared else favorite.browse()

    def _create_favorite(self):
        name = (self.favorite_name or "").strip()
        if not name:
            raise UserError(self.env._("Give the filter a name to save it under."))
        check_name(self.env, name)
        is_shared = self.sudo().favorite_shared
        if is_shared and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._(
                    "Only administrators of Customer Sales may share a filter with everyone. "
                    "Save it for yourself."
                )
            )
        user_ids = [] if is_shared else self.env.user.ids
        Filters = self.env["ir.filters"].sudo()
        model_name = self._shown_model()._name
        same_name = Filters.search(
            [("model_id", "=", model_name), ("name", "=ilike", escape_psql(name))]
        )
        if any(favorite.user_ids.ids == user_ids for favorite in same_name):
            raise UserError(
                self.env._("There is a favorite named “%s” already. Choose another name.", name)
            )
        return Filters.create(
            {
                "name": name,
                "model_id": model_name,
                "user_ids": user_ids,
                "domain": repr(self._filter_domain()),
                "context": repr(self._favorite_context()),
            }
        )
