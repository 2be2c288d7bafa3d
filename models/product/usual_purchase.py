from odoo import api, models
from odoo.tools import SQL, float_round

from .product_derivation import documents_select


class CustomerSalesProduct(models.Model):
    """In which quantity and unit a customer usually buys."""

    _inherit = "customer.sales.product"

    @api.model
    def _usual_purchases(self, profile) -> dict:
        """How much of each product a customer usually buys at once: the median of its purchases, in
        the unit on most of its invoices.

        :param profile: the customer, that the user may see
        :return: id of a product bought at a price -> (quantity, unit)
        """
        refreshes = self.env["customer.sales.refresh"].sudo()
        documents = documents_select(
            refreshes._report(profile.company_id), profile._as_of(), profile.partner_id.ids
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT product_id, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY sold_quantity) "
                "FROM (%s) document WHERE net > 0 AND sold_quantity > 0 GROUP BY product_id",
                documents,
            )
        )
        units = self._usual_units(profile)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        usual = {}
        for product_id, quantity in rows:
            own_unit = self.env["product.product"].sudo().browse(product_id).uom_id
            unit = units.get(product_id, own_unit)
            converted = own_unit._compute_quantity(float(quantity), unit, round=False)
            usual[product_id] = (float_round(converted, precision_digits=digits), unit)
        return usual

    @api.model
    def _usual_units(self, profile) -> dict:
        """The unit on most invoice lines of a customer, by the id of the product."""
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("move_id.commercial_partner_id", "=", profile.partner_id.id),
                    ("move_id.move_type", "in", ("out_invoice", "out_receipt")),
                    ("parent_state", "=", "posted"),
                    ("display_type", "=", "product"),
                    ("company_id", "=", profile.company_id.id),
                    ("product_id", "!=", False),
                    ("product_uom_id", "!=", False),
                ],
                ["product_id", "product_uom_id"],
                ["__count"],
                order="__count, product_uom_id desc",
            )
        )
        return {product.id: unit for product, unit, _count in groups}  # the last of each stays
