from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The numbers by which customers of the current company are told apart."""

    _inherit = "res.config.settings"

    customer_sales_tz = fields.Selection(related="company_id.customer_sales_tz", readonly=False)
    customer_sales_new_days = fields.Integer(
        related="company_id.customer_sales_new_days", readonly=False
    )
    customer_sales_shortest_gap = fields.Integer(
        related="company_id.customer_sales_shortest_gap", readonly=False
    )
    customer_sales_slowing_ratio = fields.Float(
        related="company_id.customer_sales_slowing_ratio", readonly=False
    )
    customer_sales_dormant_ratio = fields.Float(
        related="company_id.customer_sales_dormant_ratio", readonly=False
    )
    customer_sales_lost_ratio = fields.Float(
        related="company_id.customer_sales_lost_ratio", readonly=False
    )
    customer_sales_slowing_days = fields.Integer(
        related="company_id.customer_sales_slowing_days", readonly=False
    )
    customer_sales_dormant_days = fields.Integer(
        related="company_id.customer_sales_dormant_days", readonly=False
    )
    customer_sales_lost_days = fields.Integer(
        related="company_id.customer_sales_lost_days", readonly=False
    )
    customer_sales_class_a = fields.Float(
        related="company_id.customer_sales_class_a", readonly=False
    )
    customer_sales_class_b = fields.Float(
        related="company_id.customer_sales_class_b", readonly=False
    )
    customer_sales_fewest_scored = fields.Integer(
        related="company_id.customer_sales_fewest_scored", readonly=False
    )
    customer_sales_r_limits = fields.Char(
        related="company_id.customer_sales_r_limits", readonly=False
    )
    customer_sales_f_limits = fields.Char(
        related="company_id.customer_sales_f_limits", readonly=False
    )
    customer_sales_m_limits = fields.Char(
        related="company_id.customer_sales_m_limits", readonly=False
    )
