from odoo import api, models

from ...tools.terms import EXPORTED

STAYING = {
    *("company_id", "currency_id", "product_id", "product_tmpl_id", "categ_id", "product_uom_id"),
    # The customer, with many others
    *("customer_status", "segment_id", "abc_class", "country_id", "state_id", "city"),
    *("industry_id", "user_id"),
    # When it buys the product
    *("status", "first_purchase", "last_purchase", "purchases", "purchases_year"),
    *("purchase_days", "usual_gap", "next_purchase", "overdue_days"),
    # How much
    *("quantity", "quantity_bought", "quantity_per_purchase", "net", "gross", "net_year"),
    *("net_before", "net_change", "net_change_percent", "sales_lost", "cost_year"),
    *("margin_year", "sold", "sold_quantity", "undiscounted", "discount_amount", "discount"),
    *("sold_year", "quantity_year"),
    # At which price
    *("last_price", "previous_price", "price_change", "price_change_percent", "average_price"),
    *("lowest_price", "highest_price", "price_year", "median_price", "price_gap"),
    "median_gain",
}


class CustomerSalesProduct(models.Model):
    """Products by customer as a workbook."""

    _name = "customer.sales.product"
    _inherit = ["customer.sales.product", EXPORTED]

    @api.model
    def _name_of_rows(self):
        return self.env._("Products by Customer")

    @api.model
    def _columns_without_names(self):
        return STAYING

    @api.model
    def _numbered_columns(self):
        return {"partner_id": "C"}

    @api.model
    def _columns_in_sql(self):
        return {"overdue_days"}

    @api.model
    def _shares(self):
        names = ("net_change_percent", "price_change_percent", "price_gap")
        return {**dict.fromkeys(names, 1), "discount": 100}

    @api.model
    def _note_of_export(self):
        return self._stored_until()
