from datetime import date, timedelta

from odoo import api, fields, models

from ...tools.terms import UNFINISHED
from ..profile.customer_sales_refresh import CRON
from .history_derivation import derive_history, months_to_derive


class CustomerSalesRefresh(models.Model):
    """Refreshes keep the history: where there is none yet, one of a kind of its own builds it;
    then each refresh of all documents derives the last months again and adds those that ended."""

    _inherit = "customer.sales.refresh"

    kind = fields.Selection(
        selection_add=[("history", "History")],
        ondelete={"history": "cascade"},
        help="Changed Documents: those written since the last refresh, and their customers. All "
        "Documents: everything is derived anew, and the limits of the scores too. History: what "
        "customers were at the ends of up to 36 months.",
    )

    history_changed = fields.Integer(
        string="History Rows Changed",
        readonly=True,
        help="Rows of the history that were added because a month has ended, or changed because "
        "documents were entered late or settings are others. As it is derived at night alone, "
        "they are no differences.",
    )

    def _derive_all(self, report, day, note) -> dict:
        if self.kind == "history" and self._last(self.company_id):
            return {"history_changed": self._derive_months(report, day, note)}
        result = super()._derive_all(report, day, note)
        if self._has_history(self.company_id):
            result["history_changed"] = self._derive_months(
                report, day, lambda percent: note(90 + percent // 10)
            )
        return result

    def _derive_months(self, report, day, note) -> int:
        """Derive the months that the history lacks, and the last few.

        :return: how many rows were not what they should be
        """
        _missing, months = months_to_derive(self.env, self.company_id, self._last_day_over(day))
        changed = derive_history(report, months, note)
        self.env["customer.sales.history"].invalidate_model()
        return changed

    @api.model
    def _has_history(self, company) -> bool:
        history = self.env["customer.sales.history"].sudo()
        return bool(history.search([("company_id", "=", company.id)], limit=1))

    def _last_day_over(self, day: date) -> date:
        """The last day on which no document can be made any more: today's are still coming."""
        return day - timedelta(days=1) if day == self._today(self.company_id) else day

    # ---------------------------------------------------------------------------------------
    # The first time
    # ---------------------------------------------------------------------------------------

    def _run_entry(self, changed=None):
        result = super()._run_entry(changed)
        if self.state == "done" and self.kind == "full":
            self._ask_for_history(self.company_id)
        return result

    @api.model
    def _first_build(self):
        result = super()._first_build()
        for company in self.env["res.company"].search([("active", "=", True)]):
            if self._last(company) and self._lacks_history(company):
                self._build_history(company)
        return result

    @api.model
    def _build_history(self, company, day: date | None = None):
        """Build what the history of a company lacks, in this transaction.

        :param day: the last one that counts; by default the company's today
        :return: the entry of the log
        """
        entry = self.create({"company_id": company.id, "kind": "history"})
        entry.write(entry._refresh_company(day))
        return entry

    @api.model
    def _lacks_history(self, company) -> bool:
        missing, _months = months_to_derive(
            self.env, company, self._today(company) - timedelta(days=1)
        )
        return bool(missing)

    @api.model
    def _ask_for_history(self, company):
        """Have the history of a company built in the background, where it lacks months."""
        pending = self.search_count(
            [("company_id", "=", company.id), ("kind", "=", "history"), ("state", "=", "waiting")],
            limit=1,
        )
        if not pending and self._lacks_history(company):
            self.create({"company_id": company.id, "kind": "history"})
            self.env.ref(CRON)._trigger()

    # ---------------------------------------------------------------------------------------
    # What users see of it
    # ---------------------------------------------------------------------------------------

    @api.model
    @api.readonly
    def state_of(self) -> dict:
        """As ever, and ``history``: how far the first history is, in percent; None where it is not
        being built."""
        building = self.sudo().search(
            [
                ("company_id", "in", self.env.companies.ids),
                ("kind", "=", "history"),
                ("state", "in", UNFINISHED),
            ]
        )
        progress = min(building.mapped("progress")) if building else None
        return {**super().state_of(), "history": progress}
