import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.client_values import mapping
from ...tools.limits import check_domain
from ...tools.terms import REPORT
from .customer_sales_filter import SHOWN, Section


class CustomerSalesFilter(models.TransientModel):
    """What the search bar asked for and no field of the dialog can ask: it stays, and can be taken
    out."""

    _inherit = "customer.sales.filter"

    kept = fields.Char(
        string="Also",
        help="Conditions from the search bar that have no field in this dialog.",
    )

    def _kept_sections(self):
        return [
            Section("kept", condition["domain"], condition["words"], condition["model"])
            for condition in self._read_kept()
        ]

    def _read_kept(self) -> list[dict]:
        """The conditions, each with its ``words``, its ``domain`` and the ``model`` it is on.

        :raise UserError: if they are none that the dialog itself has written
        """
        try:
            conditions = [mapping(each) for each in json.loads(self.kept or "[]")]
            for condition in conditions:
                condition.setdefault("model", REPORT)
                is_known = condition["model"] in SHOWN.values()
                if not is_known or not isinstance(condition["words"], str):
                    raise ValueError(condition)
                check_domain(self.env, condition["domain"])
                condition["domain"] = list(Domain(condition["domain"]))
        except (KeyError, RecursionError, TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The conditions from the search bar cannot be read. Clear the filter, and "
                    "choose anew."
                )
            ) from error
        return conditions
