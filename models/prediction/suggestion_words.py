from odoo import api, fields, models


class CustomerSalesPrediction(models.Model):
    """The record of suggestions, which are predictions too: of products rather than days."""

    _inherit = "customer.sales.prediction"

    suggestions_words = fields.Text(
        compute="_compute_suggestions_words", string="Suggested Products", exportable=False
    )

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_suggestions_words(self):
        Affinity = self.env["customer.sales.affinity"]
        for company, fits in self.grouped("company_id").items():
            fits.suggestions_words = Affinity._record_words(company)
