from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.sql import escape_psql

from ...tools.client_values import texts
from ...tools.limits import check_name
from ...tools.terms import MANAGER_GROUP, REPORT
from .customer_sales_filter import all_of


class CustomerSalesFilter(models.TransientModel):
    """Puts the filter to use: in the report's search bar, and among the favourites."""

    _inherit = "customer.sales.filter"

    favorite_name = fields.Char(
        string="Save As", help="The name that this filter gets under Favourites."
    )
    favorite_shared = fields.Boolean(
        string="For Everyone",
        groups=MANAGER_GROUP,
        help="Every user of Customer Sales finds the favourite, and sees by it what they may see. "
        "Otherwise it is yours alone.",
    )

    def action_apply(self):
        """Show the report with the filter in its search bar.

        :return: an action that closes the dialog and hands the facets to the view below; from the
            menu, one that opens the sales lines with them
        :raise UserError: if the filter cannot be understood, or finds nothing
        """
        facets = self._facets()
        self._remember()
        return self._show({"facets": facets})

    def action_clear(self):
        """Empty the dialog.

        :return: an action that opens it anew
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Filter"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {**self.env.context, "customer_sales_filter": {}},
        }

    def action_save(self):
        """Keep the filter under a name among the favourites, and show it.

        :return: as :meth:`action_apply`
        :raise UserError: besides, if the name is missing or taken
        """
        facets = self._facets()
        favorite = self._create_favorite()
        self._remember()
        [description] = (
            self.env["ir.filters"]
            .with_context(lang=None)
            .browse(favorite.id)
            .read(["name", "is_default", "domain", "context", "user_ids", "sort"])
        )
        return self._show({"facets": facets, "favorite": description})

    def action_export(self):
        """Write what the filter finds to a file.

        :return: an action that opens the export dialog
        :raise UserError: if the filter cannot be understood, or finds nothing
        """
        domain = self._filter_domain()
        self._check_not_empty(domain)
        self._remember()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_export"
        )
        action["context"] = {
            "active_model": REPORT,
            "active_domain": domain,
            "active_ids": [],  # rather than the dialog's own, which the web client adds
            "group_by": self._group_by(),
        }
        return action

    def _show(self, applied: dict) -> dict:
        if self.env.context.get("customer_sales_filter_in_view"):
            return {"type": "ir.actions.act_window_close", "infos": {"customerSales": applied}}
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_lines"
        )
        action["context"] = {"customer_sales_applied": applied}
        action["target"] = "main"
        return action

    def _facets(self) -> list[dict[str, str]]:
        """What each facet in the search bar says, and its domain as text."""
        sections = self._checked_sections()
        self._check_not_empty(all_of(section.domain for section in sections))
        return [
            {
                "name": section.name,
                "description": section.words,
                "domain": repr(all_of([section.domain])),
            }
            for section in sections
        ]

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
        same_name = Filters.search(
            [("model_id", "=", REPORT), ("name", "=ilike", escape_psql(name))]
        )
        if any(favorite.user_ids.ids == user_ids for favorite in same_name):
            raise UserError(
                self.env._("There is a favourite named “%s” already. Choose another name.", name)
            )
        return Filters.create(
            {
                "name": name,
                "model_id": REPORT,
                "user_ids": user_ids,
                "domain": repr(self._filter_domain()),
                "context": repr({"group_by": self._group_by()}),
            }
        )

    @api.model
    def _group_by(self) -> list[str]:
        """What the view below the dialog is grouped by."""
        return texts(self.env.context.get("customer_sales_filter_group_by"))
