from odoo import Command, api, fields, models
from odoo.exceptions import UserError

QUOTATION = ("draft", "sent")
MOST = 80  # products
ORDER = {"active": 0, "slowing": 1, "stopped": 2}


class CustomerSalesBoughtBefore(models.TransientModel):
    """What a quotation's customer has bought before, and what goes with it, to be added to the
    quotation."""

    _name = "customer.sales.bought.before"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Bought Before"

    order_id = fields.Many2one(
        "sale.order", string="Quotation", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("customer.sales.bought.before.line", "dialog_id")
    bought_ids = fields.One2many(
        "customer.sales.bought.before.line",
        "dialog_id",
        string="Products Bought",
        domain=[("kind", "=", "bought")],
        help="What the customer has bought before, in the quantity and unit as usual.",
    )
    suggested_ids = fields.One2many(
        "customer.sales.bought.before.line",
        "dialog_id",
        string="Suggestions",
        domain=[("kind", "=", "suggested")],
        help="What customers with similar purchases buy and this one does not.",
    )
    message = fields.Char(readonly=True, help="Why there is nothing to add.")

    @api.model
    def _of_quotation(self, order):
        """The dialog for a quotation, filled."""
        order.check_access("write")
        self.env["customer.sales.product"].check_access("read")
        self._check_is_quotation(order)
        profile = self.env["customer.sales.profile"].search(
            [
                ("company_id", "=", order.company_id.id),
                ("partner_id", "=", order.partner_id.commercial_partner_id.id),
            ]
        )
        values = {"order_id": order.id}
        if profile:
            values["line_ids"] = [
                Command.create(line) for line in [*self._bought(profile), *self._suggested(profile)]
            ]
        if not values.get("line_ids"):
            values["message"] = self.env._(
                "This customer has bought nothing yet, or you may not see all that it bought."
            )
        return self.create(values)

    @api.model
    def _check_is_quotation(self, order):
        if order.state not in QUOTATION:
            raise UserError(
                self.env._(
                    "%s is no quotation any more. Products can be added to quotations only.",
                    order.display_name,
                )
            )

    @api.model
    def _bought(self, profile) -> list[dict]:
        """The lines of what a customer has bought before and that is still sold: what it still buys
        first."""
        products = self.env["customer.sales.product"].search(
            [
                ("profile_id", "=", profile.id),
                ("status", "!=", False),
                ("product_id.active", "=", True),
                ("product_id.sale_ok", "=", True),
            ],
            limit=MOST,
        )
        usual = self.env["customer.sales.product"]._usual_purchases(profile)
        return [
            {
                "kind": "bought",
                "product_id": product.product_id.id,
                "status": product.status,
                "last_purchase": product.last_purchase,
                "quantity": quantity,
                "product_uom_id": unit.id,
                "unit_price": product.last_price,
            }
            for product in products.sorted(lambda one: ORDER[one.status])
            for quantity, unit in [
                usual.get(product.product_id.id, (1, product.product_id.sudo().uom_id))
            ]
        ]

    @api.model
    def _suggested(self, profile) -> list[dict]:
        suggestions = self.env["customer.sales.affinity"]._suggestions(
            profile.company_id, profile.partner_id
        )
        return [
            {
                "kind": "suggested",
                "product_id": each["product"].id,
                "reason": each["reason"],
                "quantity": 1,
                "product_uom_id": each["product"].sudo().uom_id.id,
            }
            for each in suggestions
        ]

    def action_add(self):
        """Add the ticked products to the quotation, at the price that Odoo computes.

        :raise UserError: if none is ticked, or the order is no quotation any more
        """
        self.ensure_one()
        self._check_is_quotation(self.order_id)
        ticked = self.line_ids.filtered("is_ticked")
        if not ticked:
            raise UserError(self.env._("Tick the products that you want to add."))
        self.order_id.write(
            {
                "order_line": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "product_uom_qty": line.quantity,
                            "product_uom_id": line.product_uom_id.id,
                        }
                    )
                    for line in ticked
                ]
            }
        )
        return {"type": "ir.actions.act_window_close"}
