from odoo import api, fields, models

from ...models.customer_sales_compared_mixin import COMPARED, OWN_DAYS
from ...tools.compared_periods import BASE, CURRENT, OWN
from ...tools.terms import COMPARISON


class CustomerSalesComparison(models.TransientModel):
    """Asks for two periods to compare. It starts from those of the screen that it was opened on,
    else from what the user chose last."""

    _name = "customer.sales.comparison"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Periods to Compare"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    current = fields.Selection(
        CURRENT,
        string="Period",
        required=True,
        help="The period in question. One that is not over ends today.",
    )
    current_first = fields.Date(string="From", help="The first day of the period.")
    current_last = fields.Date(string="Until", help="The last day of the period.")
    base = fields.Selection(
        BASE,
        string="Compared with",
        required=True,
        help="What the period is measured against. One that is not over is compared with the same "
        "number of days.",
    )
    base_first = fields.Date(string="Base from", help="The first day of the base period.")
    base_last = fields.Date(string="Base until", help="The last day of the base period.")
    words = fields.Char(compute="_compute_words", help="The days that are compared.")

    @api.depends("company_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Periods to Compare")

    @api.depends("current", "base", *OWN_DAYS["current"], *OWN_DAYS["base"])
    def _compute_words(self):
        report = self.env[COMPARISON]
        for dialog in self:
            choice = dialog._choice()
            dialog.words = (
                report._is_choice(choice)
                and report._compared_words(choice, report._days_of_choice(choice))["days"]
            )

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        report = self.env[COMPARISON]
        choice = report._compared_choice()
        if not report._is_choice(choice):
            choice = report.with_context(**{COMPARED: None})._compared_choice()
        periods = report._days_of_choice(choice)
        values |= {name: choice[name] for name in OWN_DAYS}
        for days, (first, last) in zip(periods, OWN_DAYS.values(), strict=True):
            values |= {first: days.first, last: days.last}
        return {name: value for name, value in values.items() if name in fields_list}

    def _choice(self) -> dict:
        choice = {name: self[name] for name in OWN_DAYS}
        for name, days in OWN_DAYS.items():
            if choice[name] == OWN:
                choice |= {day: self[day] and self[day].isoformat() for day in days}
        return choice

    def action_apply(self):
        """Remember the choice, and hand it to the screen below the dialog.

        :return: an action that closes the dialog and hands ``choice`` and words for it over
        :raise UserError: if a day is missing, or the first is after the last
        """
        self.ensure_one()
        chosen = self.env[COMPARISON].choose_compared_periods(self._choice())
        return {"type": "ir.actions.act_window_close", "infos": {"customerSales": chosen}}
