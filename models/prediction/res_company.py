from odoo import api, fields, models
from odoo.exceptions import ValidationError

STATUS_BY = [
    ("automatic", "Automatic"),
    ("prediction", "Prediction"),
    ("rhythm", "Rhythm"),
]
MOST_YEARS = 10


class ResCompany(models.Model):
    """The numbers by which predictions become words and money."""

    _inherit = "res.company"

    customer_sales_status_by = fields.Selection(
        STATUS_BY,
        string="Status by",
        groups="base.group_user",
        default="automatic",
        required=True,
        help="Rhythm: how long the customer has not bought, compared with its own usual gap. "
        "Prediction: how likely it still is a customer. Automatic: by prediction as long as "
        "predictions have earned their place, else by rhythm.",
    )
    customer_sales_slowing_alive = fields.Float(
        string="Slowing below",
        groups="base.group_user",
        default=0.6,
        required=True,
        help="How likely the customer still is one.",
    )
    customer_sales_dormant_alive = fields.Float(
        string="Dormant below",
        groups="base.group_user",
        default=0.3,
        required=True,
        help="How likely it still is one.",
    )
    customer_sales_lost_alive = fields.Float(
        string="Lost below",
        groups="base.group_user",
        default=0.1,
        required=True,
        help="How likely it still is one.",
    )
    customer_sales_lifetime_years = fields.Integer(
        string="Years of the Lifetime Value",
        groups="base.group_user",
        default=3,
        required=True,
        help="For how many years sales are expected.",
    )
    customer_sales_discount_rate = fields.Float(
        string="Discount a Year",
        groups="base.group_user",
        default=0.1,
        required=True,
        help="How much less the money of next year is worth today.",
    )

    @api.constrains(
        "customer_sales_slowing_alive", "customer_sales_dormant_alive", "customer_sales_lost_alive"
    )
    def _check_customer_sales_alive(self):
        for company in self:
            limits = (
                company.customer_sales_lost_alive,
                company.customer_sales_dormant_alive,
                company.customer_sales_slowing_alive,
            )
            if not 0 < limits[0] < limits[1] < limits[2] < 1:
                raise ValidationError(
                    self.env._(
                        "The less likely somebody still is a customer, the nearer to lost: enter "
                        "falling shares between 100 % and 0 % for slowing, dormant and lost."
                    )
                )

    @api.constrains("customer_sales_lifetime_years", "customer_sales_discount_rate")
    def _check_customer_sales_lifetime(self):
        for company in self:
            if not 1 <= company.customer_sales_lifetime_years <= MOST_YEARS:
                raise ValidationError(
                    self.env._(
                        "Enter 1 to %s years for the lifetime value: nothing is known of what "
                        "comes later.",
                        MOST_YEARS,
                    )
                )
            if not 0 <= company.customer_sales_discount_rate < 1:
                raise ValidationError(
                    self.env._("Enter a discount from 0 % to less than 100 % a year.")
                )
