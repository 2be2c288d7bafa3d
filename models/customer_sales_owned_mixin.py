from odoo import api, models


class CustomerSalesOwnedMixin(models.AbstractModel):
    """For records that belong to somebody, or to the records of somebody.

    Odoo asks the record rules before it changes a record. Asked afterwards as well, they keep users
    from giving a record away, sharing it without the right to, or moving it into what is another's.
    What the rules cannot say of the values themselves is checked before they are written.
    """

    _name = "customer.sales.owned.mixin"
    _description = "Customer Sales: Records with an Owner"

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list if isinstance(vals_list, list) else ():
            self._check_written(values)
        return super().create(vals_list)

    def write(self, vals):
        self._check_written(vals)
        result = super().write(vals)
        self.check_access("write")
        return result

    @api.model
    def _check_written(self, values):
        """Hook: whether a record may be given these values, by the current user.

        :param values: what :meth:`create` or :meth:`write` was called with: anything, in a forged
            call
        :raise UserError: if it may not
        """
