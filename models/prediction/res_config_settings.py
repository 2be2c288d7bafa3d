from odoo import api, fields, models

COMPANY_FIELDS = (
    "status_by slowing_alive dormant_alive lost_alive lifetime_years discount_rate"
).split()


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

    def set_values(self):
        """What the numbers changed shows at once: the scheduler derives the customers anew."""
        company = self.company_id
        before = [company[f"customer_sales_{name}"] for name in COMPANY_FIELDS]
        result = super().set_values()
        if before != [company[f"customer_sales_{name}"] for name in COMPANY_FIELDS]:
            self.env["customer.sales.refresh"].sudo()._ask_for(company)
        return result
