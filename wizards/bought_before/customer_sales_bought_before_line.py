from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerSalesBoughtBeforeLine(models.TransientModel):
    """A product to add to a quotation, with the price it would have and the last one."""

    _name = "customer.sales.bought.before.line"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Bought Before Line"
    _order = "id"

    dialog_id = fields.Many2one(
        "customer.sales.bought.before", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_prices")
    kind = fields.Selection(
        [("bought", "Bought Before"), ("suggested", "Suggestion")], required=True, readonly=True
    )
    is_ticked = fields.Boolean(string="Add", help="Whether to add the product to the quotation.")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    status = fields.Selection(
        selection="_selection_status",
        readonly=True,
        help="Whether the customer still buys the product as usual, is slowing, or has stopped.",
    )
    last_purchase = fields.Date(
        string="Last Bought", readonly=True, help="The last day on which the product was bought."
    )
    quantity = fields.Float(
        digits="Product Unit",
        default=1,
        required=True,
        help="As usual: the median of the customer's purchases.",
    )
    product_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        required=True,
        readonly=True,
        help="As usual: the unit on most of the customer's invoices, else the product's own.",
    )
    unit_price = fields.Float(
        readonly=True,
        help="The last price of one of the product's own unit, in the company's currency.",
    )
    price = fields.Monetary(
        compute="_compute_prices",
        help="What the quotation would say, by the pricelist: untaxed, after discount.",
    )
    last_price = fields.Monetary(
        compute="_compute_prices",
        help="What the customer paid last: untaxed, after discount, in the quotation's currency.",
    )
    reason = fields.Char(readonly=True, help="Why the product is suggested.")

    @api.model
    def _selection_status(self):
        return self.env["customer.sales.product"]._fields["status"]._description_selection(self.env)

    @api.constrains("quantity")
    def _check_quantity(self):
        for line in self:
            if line.quantity <= 0:
                raise ValidationError(self.env._("Enter quantities above 0."))

    @api.depends("product_id", "quantity", "product_uom_id", "unit_price", "dialog_id.order_id")
    def _compute_prices(self):
        for line in self:
            order = line.dialog_id.order_id
            line.currency_id = order.currency_id
            line.price = line._price_on(order)
            own_unit = line.product_id.sudo().uom_id
            price = own_unit._compute_price(line.unit_price, line.product_uom_id)
            line.last_price = order.company_id.currency_id._convert(
                price, order.currency_id, order.company_id, order.date_order
            )

    def _price_on(self, order) -> float:
        """The untaxed price of one unit that Odoo itself computes for a line of ``order``."""
        self.ensure_one()
        line = self.env["sale.order.line"].new(
            {
                "order_id": order._origin.id,
                "product_id": self.product_id.id,
                "product_uom_qty": self.quantity,
                "product_uom_id": self.product_uom_id.id,
            }
        )
        return line.price_reduce_taxexcl
