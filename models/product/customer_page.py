from odoo import api, fields, models

PRODUCTS_SHOWN = 40


class CustomerSalesProfile(models.Model):
    """What a customer's page shows of the products it buys, stopped buying, and might buy."""

    _inherit = "customer.sales.profile"

    product_row_ids = fields.Many2many(
        "customer.sales.product",
        compute="_compute_product_row_ids",
        string="Products Bought",
        exportable=False,
        help="The products of the customer with the highest net of the year.",
    )
    suggested_products = fields.Json(
        compute="_compute_suggested_products",
        exportable=False,
        help="Products that customers with similar purchases buy and this one does not.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_product_row_ids(self):
        for profile in self:
            profile.product_row_ids = self.env["customer.sales.product"].search(
                [("profile_id", "=", profile.id)], limit=PRODUCTS_SHOWN
            )

    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_suggested_products(self):
        for profile in self:
            suggestions = self.env["customer.sales.affinity"]._suggestions(
                profile.company_id, profile.partner_id
            )
            profile.suggested_products = [
                {"id": each["product"].id, "name": each["name"], "reason": each["reason"]}
                for each in suggestions
            ]

    @api.readonly
    def action_open_products(self):
        """What the customer buys and stopped buying, by product."""
        return self._open(
            "action_customer_sales_product",
            [("profile_id", "=", self.id)],
            self.env._("Products"),
        )
