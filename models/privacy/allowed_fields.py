"""What a row of this app leads to: the fields of other models that may be read, searched, grouped,
ordered and exported through its relations. What is on no list is out of reach."""

from odoo.fields import NO_ACCESS

from ...tools.terms import CONTACT_GROUP, MARGIN_GROUP

# Of every model
ALWAYS = {"id", ".id", "display_name"}

# List of what needs no permission; the others have the name of the group that they need
EVERYBODY = ""
NOBODY = NO_ACCESS

_NAMED = "name active company_id create_date write_date"
_DOCUMENT = (
    "name state partner_id user_id company_id currency_id amount_untaxed amount_tax amount_total"
)
_PRODUCT = (
    "name default_code barcode active type is_storable sale_ok purchase_ok is_favorite sequence "
    "categ_id uom_id uom_name list_price currency_id company_id product_tag_ids color weight "
    "weight_uom_name volume volume_uom_name description_sale product_properties invoice_policy "
    "available_in_pos pos_categ_ids public_categ_ids product_variant_id product_variant_ids "
    "product_variant_count create_date write_date"
)

# The ordinary facts of customers, products and documents. Some belong to apps that need not be
# installed. A field added here must not repeat one that needs a permission, nor be derived from
# one; and what a new model is found by when its name is typed must be here too.
_FOR_EVERYBODY = {
    # Who
    "res.partner": "name complete_name ref active is_company company_type company_name "
    "commercial_company_name type function employee lang tz color barcode category_id "
    "industry_id parent_id parent_name child_ids commercial_partner_id user_id team_id company_id "
    "country_id country_code state_id city customer_rank supplier_rank partner_share properties "
    "property_product_pricelist create_date write_date",
    "res.partner.category": "name active color parent_id child_ids",
    "res.partner.industry": "name full_name active",
    "res.country": "name code phone_code currency_id state_ids country_group_ids",
    "res.country.group": "name",
    "res.country.state": "name code country_id",
    "res.users": "name active share company_id sale_team_id",
    "crm.team": f"{_NAMED} sequence color user_id member_ids",
    "res.company": "name active sequence parent_id child_ids currency_id country_id",
    # What
    "product.template": _PRODUCT,
    "product.product": f"{_PRODUCT} code lst_price product_tmpl_id all_product_tag_ids "
    "additional_product_tag_ids product_template_attribute_value_ids "
    "product_template_variant_value_ids",
    "product.category": "name complete_name parent_id child_id",
    "product.tag": "name color sequence",
    "pos.category": "name color sequence parent_id child_ids",
    "product.public.category": "name sequence parent_id child_id",
    "product.attribute": "name sequence",
    "product.attribute.value": "name color sequence attribute_id",
    "product.template.attribute.value": "name color attribute_id product_attribute_value_id",
    "uom.uom": "name active sequence factor relative_factor relative_uom_id",
    # Where
    "account.journal": f"{_NAMED} code type sequence color currency_id",
    "pos.config": f"{_NAMED} currency_id journal_id pricelist_id crm_team_id",
    "product.pricelist": f"{_NAMED} sequence currency_id",
    "res.currency": "name full_name symbol position active decimal_places rounding",
    "utm.campaign": "name title active user_id",
    "utm.medium": "name active",
    "utm.source": "name",
    # Documents
    "account.move": f"{_DOCUMENT} move_type date invoice_date invoice_date_due payment_state "
    "commercial_partner_id invoice_user_id team_id journal_id",
    "sale.order": f"{_DOCUMENT} date_order team_id pricelist_id invoice_status",
    "pos.order": f"{_DOCUMENT} pos_reference date_order config_id crm_team_id pricelist_id",
    # What exports are of
    "ir.model": "name model",
}

_WITH_CONTACT_DETAILS = {
    "res.partner": "email email_normalized email_formatted invoice_emails phone phone_sanitized "
    "phone_mobile_search mobile street street2 street_name street_number street_number2 zip "
    "contact_address contact_address_complete contact_address_inline pos_contact_address "
    "partner_latitude partner_longitude website comment "
    # In some countries the tax ID is made from the registry's number, and e-invoicing addresses
    # from either.
    "vat company_registry peppol_eas peppol_endpoint",
    "pos.order": "email mobile",
    # The name of an account is its number.
    "res.partner.bank": "acc_number sanitized_acc_number",
}

_WITH_MARGINS = {
    "product.template": "standard_price",
    "product.product": "standard_price avg_cost total_value",
    "sale.order": "margin margin_percent",
    "pos.order": "margin margin_percent",
}


def allowed_fields() -> dict[str, dict[str, set[str]]]:
    """The three lists, to be added to: :data:`EVERYBODY` or external id of the group that the
    fields need -> name of the model -> names of its fields."""
    lists = {
        EVERYBODY: _FOR_EVERYBODY,
        CONTACT_GROUP: _WITH_CONTACT_DETAILS,
        MARGIN_GROUP: _WITH_MARGINS,
    }
    return {
        group: {model: set(names.split()) for model, names in by_model.items()}
        for group, by_model in lists.items()
    }
