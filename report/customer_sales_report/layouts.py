from odoo import api, models
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

# Where the customer stands beside it, a heading need not say whose city it is. The product is the
# variant sold, which the list itself calls so too.
SHORT_HEADINGS = {
    "product_id": _lt("Product"),
    "partner_category_ids": _lt("Tags"),
    "partner_user_id": _lt("Account Manager"),
    "country_id": _lt("Country"),
    "state_id": _lt("State"),
    "city": _lt("City"),
    "industry_id": _lt("Industry"),
    "email": _lt("E-mail"),
    "phone": _lt("Phone"),
    "street": _lt("Street"),
    "street2": _lt("Street 2"),
    "zip": _lt("ZIP"),
    "vat": _lt("Tax ID"),
}

READY_MADE = {
    "sales_review": {
        "shown": "date document_number commercial_partner_id product_id quantity product_uom_id "
        "price_unit discount price_subtotal margin margin_percent user_id",
        "optional": "document_type partner_id categ_id channel team_id country_id discount_amount "
        "price_total",
        "totalled": "quantity discount_amount price_subtotal price_total margin",
    },
    "accounting_reconciliation": {
        "shown": "date document_type document_number journal_id commercial_partner_id vat "
        "price_subtotal price_tax price_total price_subtotal_currency payment_state "
        "counts_as_sale",
        "optional": "partner_id product_id line_kind quantity config_id channel counts_as_order",
        "totalled": "quantity price_subtotal price_tax price_total",
    },
    "products": {
        "shown": "product_id categ_id quantity product_uom_id price_unit discount "
        "discount_amount price_subtotal cost margin margin_percent",
        "optional": "date commercial_partner_id document_number product_type line_kind "
        "pricelist_id channel price_undiscounted price_total",
        "totalled": "quantity discount_amount price_undiscounted price_subtotal price_total cost "
        "margin",
    },
    "crm": {
        "shown": "commercial_partner_id partner_id partner_category_ids partner_user_id email "
        "phone city country_id industry_id date product_id price_subtotal",
        "optional": "document_number user_id team_id state_id street street2 zip vat channel "
        "campaign_id medium_id source_id quantity",
        "totalled": "quantity price_subtotal",
    },
    "everything": {},
}

# What the field itself does not tell
GROUPS = {"product_type": "product", "line_kind": "product"}


class CustomerSalesReport(models.Model):
    """How the list of sales lines can be arranged."""

    _name = "customer.sales.report"
    _inherit = ["customer.sales.report", "customer.sales.layout.mixin"]

    @api.model
    def _ready_made_layouts(self):
        return READY_MADE

    @api.model
    def _ready_made_headings(self):
        return {name: self.env._(heading) for name, heading in SHORT_HEADINGS.items()}

    @api.model
    def _column_group(self, field):
        return GROUPS.get(field.name) or super()._column_group(field)
