from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain

from ...tools.export_request import BRIDGE, COMPARED, ExportRequest
from ...tools.mailed import Mailed
from ...tools.terms import COMPARISON, REPORT


class CustomerSalesComparisonReport(models.Model):
    """Two periods compared, in a mail."""

    _inherit = COMPARISON

    @api.model
    def _mailed(self, look: ExportRequest, limit: int) -> Mailed:
        mailed = super()._mailed(look, limit)
        choice = self._compared_choice()
        days = self._compared_words(choice, self._days_of_choice(choice))["days"]
        return replace(mailed, words=[days, *mailed.words])

    @api.model
    def _mailed_file(self, look: ExportRequest) -> ExportRequest:
        return ExportRequest(
            model=REPORT,
            domain=list(self._domain_on_lines(Domain(look.domain))),
            columns=[],
            contents=[COMPARED, BRIDGE],
            title=look.title,
            compared=self._compared_choice(),
        )
