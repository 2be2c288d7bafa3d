"""Nothing that everybody may see repeats, or is derived from, what needs a permission; and nothing
is found, or sorted, by what may not be seen."""

from odoo.tests import TransactionCase, tagged

from ..models.privacy.allowed_fields import EVERYBODY
from ..models.privacy.paths import order_paths
from .access_common import REPORT

# Where private values begin, beside the lists of what needs a permission
OUT_OF_REACH = {
    "account.payment": ("amount",),
    "crm.lead": ("email_from", "phone", "partner_name", "expected_revenue"),
    "mail.message": ("body", "email_from", "reply_to"),
    "payment.transaction": ("partner_email", "partner_phone", "amount"),
    "product.supplierinfo": ("price", "product_code", "product_name"),
    "product.value": ("value",),
    "purchase.order.line": ("price_unit",),
    "res.users": ("login",),
    "stock.move": ("value",),
}

# Fields that are derived from private ones and tell nothing of them: name -> why
HARMLESS = {
    **dict.fromkeys(
        (
            "account_enabled_tax_country_ids",
            "account_fiscal_country_group_codes",
            "account_fiscal_country_id",
            "account_storno",
            "company_country_id",
            "company_vat_placeholder",
            "country_code",
            "country_id",
            "display_account_storno",
            "fiscal_country_codes",
            "state_id",
            "tax_country_code",
            "tax_country_id",
            "uninstalled_l10n_module_ids",
        ),
        "the country of one's own company, which is set together with its street",
    ),
    **dict.fromkeys(("city", "street", "street2", "zip"), "one's own company's address"),
    **dict.fromkeys(
        ("is_blacklisted", "phone_blacklisted", "phone_sanitized_blacklisted"),
        "whether the customer wants no mailings, but not at which address",
    ),
    **dict.fromkeys(
        ("same_company_registry_partner_id", "same_vat_partner_id"),
        "which other contact has the same number, but not the number",
    ),
    **dict.fromkeys(
        (
            "acc_type",
            "duplicate_bank_partner_ids",
            "has_iban_warning",
            "has_money_transfer_warning",
            "money_transfer_service",
            "user_has_group_validate_bank_account",
        ),
        "of what kind a bank account is, but not its number",
    ),
    **dict.fromkeys(
        ("outgoing_mail_server_id", "outgoing_mail_server_type"), "a colleague's mail server"
    ),
    "company_currency_id": "a currency",
    "l10n_sa_qr_code_str": "one's own company's tax ID, as printed on its invoices",
    "remaining_qty": "a quantity",
    "display_name": "the name alone, as the mixin sees to",
}

# Names and orders by what is on no list, that tell nothing: model -> why
HARMLESS_ORDERS = {
    "ir.model": "the models of the app itself",
    "product.template.attribute.value": "as the attributes stand on the product",
    "res.users": "colleagues of the same name stand in the order of their logins",
}


@tagged("post_install", "-at_install")
class TestPrivateFields(TransactionCase):
    def setUp(self):
        super().setUp()
        self.allowed = self.env[REPORT]._allowed_fields()

    def test_lists_do_not_overlap(self):
        seen = {}
        for group, by_model in self.allowed.items():
            for model, names in by_model.items():
                for name in names:
                    self.assertNotIn((model, name), seen, group)
                    seen[model, name] = group

    def test_nothing_repeats_them(self):
        private = {
            (model, name)
            for by_model in (*self._with_permissions(), OUT_OF_REACH)
            for model, names in by_model.items()
            for name in names
        }
        open_fields = {
            (model, name) for model, names in self.allowed[EVERYBODY].items() for name in names
        }
        for field in self._tainted(private):
            if field.name not in HARMLESS:
                with self.subTest(field=str(field)):
                    self.assertNotIn((field.model_name, field.name), open_fields)

    def test_nothing_is_sorted_by_them(self):
        """A relation is sorted as its records are."""
        reach = self.env[REPORT]._reach()
        for name in self.allowed[EVERYBODY]:
            if name not in self.env or name in HARMLESS_ORDERS:
                continue
            model = self.env[name]
            for path in order_paths(model._order):
                with self.subTest(model=name, path=path):
                    self.assertEqual(reach.groups(model, path), set())

    def _with_permissions(self):
        return [by_model for group, by_model in self.allowed.items() if group != EVERYBODY]

    def _tainted(self, seeds):
        """The fields that are derived from seeds, however indirectly.

        :param seeds: (model, name) of fields
        """
        depends = {
            field: {(origin.model_name, origin.name) for origin in self._dependencies(field)}
            for name in self.env.registry
            for field in self.env[name]._fields.values()
            if field.compute
        }
        tainted, known = set(), set(seeds)
        while True:
            found = {field for field, on in depends.items() if on & known} - tainted
            if not found:
                return sorted(tainted, key=str)
            tainted |= found
            # A name is not an address, though it can be displayed with one.
            known |= {
                (field.model_name, field.name) for field in found if field.name not in HARMLESS
            }

    def _dependencies(self, field):
        """The fields that a computed field depends on, those on the way to them included."""
        for path in self.env.registry.field_depends[field]:
            model = self.env[field.model_name]
            for name in path.split("."):
                if (on := model._fields.get(name)) is None:
                    break
                yield on
                if not on.relational:
                    break
                model = self.env[on.comodel_name]
