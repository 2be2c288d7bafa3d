from odoo import models


class SaleOrder(models.Model):
    """A quotation offers what its customer has bought before."""

    _inherit = "sale.order"

    def action_customer_sales_bought_before(self):
        """Open the dialog with the products of the quotation's customer.

        :raise AccessError: for whoever has no access to Customer Sales
        :raise UserError: if the order is no quotation any more
        """
        self.ensure_one()
        dialog = self.env["customer.sales.bought.before"]._of_quotation(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bought Before"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }
