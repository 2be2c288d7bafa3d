import json
from ast import literal_eval

from odoo import api, models

from ...tools.client_values import is_id, mapping, not_understood, texts
from ...tools.terms import REACH

# What a favorite keeps of a view in its context: lists of groups and measures
GROUPS_AND_MEASURES = (
    "group_by",
    "graph_groupbys",
    "pivot_column_groupby",
    "pivot_measures",
    "pivot_row_groupby",
)


class IrFilters(models.Model):
    """A favorite of this app groups and sorts by what its reader may see: the web client fails at
    fields that it does not know. And those that come with the app have a name in each language,
    which Odoo's favorites have not."""

    _inherit = "ir.filters"

    @api.model
    def get_filters(self, model, *args, **kwargs):
        is_ours = isinstance(model, str) and isinstance(
            self.env.get(model), self.env.registry[REACH]
        )
        if is_ours and not all(not value or is_id(value) for value in (*args, *kwargs.values())):
            raise not_understood(self.env)
        favorites = super().get_filters(model, *args, **kwargs)
        if is_ours:
            for favorite in favorites:
                self._leave_out_hidden_fields(self.env[model], favorite)
                self._translate_name(favorite)
        return favorites

    @api.model
    def _translate_name(self, favorite: dict):
        """Give a favorite that came with the app its name in the user's language."""
        if favorite["user_ids"]:
            return
        names = {
            "Whom to call": self.env._("Whom to call"),
            "Key customers": self.env._("Key customers"),
            "One-time buyers": self.env._("One-time buyers"),
            "Gone this quarter": self.env._("Gone this quarter"),
            "Products lost": self.env._("Products lost"),
            "Due this week": self.env._("Due this week"),
            "Top customers this year": self.env._("Top customers this year"),
            "Products by customer": self.env._("Products by customer"),
            "Document types compared": self.env._("Document types compared"),
            "Sales by channel": self.env._("Sales by channel"),
        }
        favorite["name"] = names.get(favorite["name"], favorite["name"])

    @api.model
    def _leave_out_hidden_fields(self, model, favorite: dict):
        try:
            context, terms = literal_eval(favorite["context"]), json.loads(favorite["sort"])
        except (MemoryError, RecursionError, SyntaxError, TypeError, ValueError):
            return  # none that the web client has written
        context = mapping(context)
        for key in GROUPS_AND_MEASURES:
            if key in context:
                context[key] = [
                    spec for spec in texts(context[key]) if _is_shown(model, spec.partition(":")[0])
                ]
        favorite["context"] = repr(context)
        favorite["sort"] = json.dumps(
            [term for term in texts(terms) if _is_shown(model, term.strip().partition(" ")[0])]
        )


def _is_shown(model, name: str) -> bool:
    return name == "__count" or (
        name.partition(".")[0] in model._fields and model._may_reach(name.split("."))
    )
