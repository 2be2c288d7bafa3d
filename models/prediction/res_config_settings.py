from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    """How the status of customers is told, with what each way would have said a quarter ago."""

    _inherit = "res.config.settings"

    customer_sales_status_by = fields.Selection(
        related="company_id.customer_sales_status_by", readonly=False
    )
    customer_sales_slowing_alive = fields.Float(
        related="company_id.customer_sales_slowing_alive", readonly=False
    )
    customer_sales_dormant_alive = fields.Float(
        related="company_id.customer_sales_dormant_alive", readonly=False
    )
    customer_sales_lost_alive = fields.Float(
        related="company_id.customer_sales_lost_alive", readonly=False
    )
    customer_sales_lifetime_years = fields.Integer(
        related="company_id.customer_sales_lifetime_years", readonly=False
    )
    customer_sales_discount_rate = fields.Float(
        related="company_id.customer_sales_discount_rate", readonly=False
    )
    customer_sales_packages_words = fields.Char(compute="_compute_customer_sales_predictions")
    customer_sales_way_words = fields.Char(compute="_compute_customer_sales_predictions")
    customer_sales_statuses = fields.Json(compute="_compute_customer_sales_predictions")

    @api.depends("company_id")
    def _compute_customer_sales_predictions(self):
        Prediction = self.env["customer.sales.prediction"].sudo()
        for settings in self:
            fits = Prediction._current(settings.company_id)
            settings.customer_sales_packages_words = Prediction._packages_sentence()
            settings.customer_sales_way_words = fits._way_sentence()
            settings.customer_sales_statuses = fits._main().statuses_table
