from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.export import Export

from ..tools.terms import REACH


class ReachableExportFields(Export):
    """Odoo's export dialog offers of what a row leads to only what the user may export, and of
    other models nothing that is exported from this app alone."""

    @http.route()
    def get_fields(self, model, domain, prefix="", customer_sales_model=None, **kwargs):
        """
        :param customer_sales_model: the model exported, where ``model`` is one that it leads to
        """
        offered = super().get_fields(model, domain, prefix, **kwargs)
        name = customer_sales_model or model
        exported = request.env.get(name) if isinstance(name, str) else None
        if not isinstance(exported, request.env.registry[REACH]):
            begin = f"{prefix}/" if prefix else ""
            return [
                field
                for field in offered
                if not request.env[model]._exported_elsewhere(
                    field["id"].removeprefix(begin).split("/")
                )
            ]
        reachable = []
        for field in offered:
            path = field["id"].split("/")
            if not exported._may_reach(path):
                continue
            if parameters := field.get("params"):
                parameters["customer_sales_model"] = exported._name
                field["children"] = exported._leads_on(path)
            reachable.append(field)
        return reachable
