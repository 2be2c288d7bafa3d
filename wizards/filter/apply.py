from odoo import api, models
from odoo.exceptions import UserError

from ...tools.client_values import texts
from .customer_sales_filter import all_of
from .shown import ACTIONS


class CustomerSalesFilter(models.TransientModel):
    """Puts the filter to use: in the search bar of what is shown, and in files."""

    _inherit = "customer.sales.filter"

    def action_apply(self):
        """Show the report with the filter in its search bar.

        :return: an action that closes the dialog and hands the facets to the view below; from the
            menu, or where the view shows something else, one that opens what is shown with them
        :raise UserError: if the filter cannot be understood, or finds nothing
        """
        facets = self._facets()
        self._remember()
        return self._show({"facets": facets, "favorite_id": self.favorite_id})

    def action_clear(self):
        """Empty the dialog.

        :return: an action that opens it anew
        """
        return self._opened_with({})

    @api.model
    def _opened_with(self, values: dict) -> dict:
        """An action that opens the dialog anew, with these values."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Filter"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "target": "new",
            "context": {**self.env.context, "customer_sales_filter": values},
        }

    def action_export(self):
        """Write what the filter finds to a file.

        :return: an action that opens the export dialog
        :raise UserError: if the filter cannot be understood, or finds nothing, or shows no lines
        """
        if not self._shows_lines():
            raise UserError(
                self.env._("The filter exports sales lines. Show these, or apply it and export.")
            )
        domain = self._found_domain()
        self._check_not_empty(domain)
        self._remember()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_export"
        )
        action["context"] = {
            "active_model": self._shown_model()._name,
            "active_domain": domain,
            "active_ids": [],  # rather than the dialog's own, which the web client adds
            "group_by": self._group_by(),
            "title_says_filter": True,
        }
        return action

    def _show(self, applied: dict) -> dict:
        if self.env.context.get("customer_sales_filter_in_view") and not self._leaves_view():
            return {"type": "ir.actions.act_window_close", "infos": {"customerSales": applied}}
        action = self.env["ir.actions.actions"]._for_xml_id(ACTIONS[self.shown])
        action["context"] = {"customer_sales_applied": applied}
        action["target"] = "main"
        return action

    def _facets(self) -> list[dict[str, str]]:
        """What each facet in the search bar says, and its domain as text."""
        sections = self._checked_sections()
        self._check_not_empty(self._found_domain())
        return [
            {
                "name": section.name,
                "description": words,
                "domain": repr(all_of([section.domain])),
            }
            for section, words in zip(sections, self._words_of(sections), strict=True)
        ]

    def _group_by(self) -> list[str]:
        """What the view below the dialog is grouped by, if it shows what is asked for."""
        grouped = texts(self.env.context.get("customer_sales_filter_group_by"))
        return [] if self._leaves_view() else grouped
