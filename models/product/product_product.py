from odoo import api, fields, models

from ...tools.terms import LEVEL_GROUP


class ProductTemplate(models.Model):
    """A product knows how many customers buy it."""

    _inherit = "product.template"

    customer_sales_buyers = fields.Integer(
        compute="_compute_customer_sales_buyers",
        groups=LEVEL_GROUP,
        exportable=False,
        string="Customers",
        help="How many customers have bought this product and not stopped, of those you may see.",
    )

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_customer_sales_buyers(self):
        counts = _buyers(self.env, self.product_variant_ids, "product_tmpl_id")
        for template in self:
            template.customer_sales_buyers = counts.get(template._origin.id, 0)

    def action_open_customer_sales_buyers(self):
        """Who buys the product, at which price, and who stopped."""
        variants = self.with_context(active_test=False).product_variant_ids
        return self.env["customer.sales.product"]._open_buyers(variants)


class ProductProduct(models.Model):
    _inherit = "product.product"

    customer_sales_buyers = fields.Integer(
        compute="_compute_customer_sales_buyers",
        groups=LEVEL_GROUP,
        exportable=False,
        string="Customers",
        help="How many customers have bought this product and not stopped, of those you may see.",
    )

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_customer_sales_buyers(self):
        counts = _buyers(self.env, self, "id")
        for product in self:
            product.customer_sales_buyers = counts.get(product._origin.id, 0)

    def action_open_customer_sales_buyers(self):
        """Who buys the product, at which price, and who stopped."""
        return self.env["customer.sales.product"]._open_buyers(self)


def _buyers(env, products, by: str) -> dict[int, int]:
    """How many customers buy products.

    :param by: field of the product whose values are counted: a customer of two variants is one
    :return: id of the field's record, or of the product -> customers
    """
    groups = env["customer.sales.product"]._read_group(
        [("product_id", "in", products.ids), ("status", "in", ("active", "slowing"))],
        ["product_id" if by == "id" else by],
        ["partner_id:count_distinct"],
    )
    return {record.id: count for record, count in groups}
