from odoo import models


class CustomerSalesOwnedMixin(models.AbstractModel):
    """For records that belong to somebody, or to the records of somebody.

    Odoo asks the record rules before it changes a record. Asked afterwards as well, they keep users
    from giving a record away, sharing it without the right to, or moving it into what is another's.
    """

    _name = "customer.sales.owned.mixin"
    _description = "Customer Sales: Records with an Owner"

    def write(self, vals):
        result = super().write(vals)
        self.check_access("write")
        return result
