"""No field that the report leads to repeats, or is derived from, one that needs a permission."""

from odoo.tests import TransactionCase, tagged

from ..models.privacy.customer_sales_privacy_mixin import _origins
from .access_common import REPORT

# Relations from the report, one after the other, that are looked along
STEPS = 2

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

# What an invoice's lines say is on the invoice as well: private is which of them are costs.
NO_SEEDS = {"account.move.line"}


@tagged("post_install", "-at_install")
class TestPrivateFields(TransactionCase):
    def test_nothing_repeats_them(self):
        report = self.env[REPORT]
        private = {
            (model, name)
            for by_model in report._private_fields().values()
            for model, names in by_model.items()
            for name in names
        }
        seeds = {(model, name) for model, name in private if model not in NO_SEEDS}
        models = self._models_led_to()
        for field in self._tainted(seeds):
            if field.model_name not in models or field.name in HARMLESS:
                continue
            guarded = any((origin.model_name, origin.name) in private for origin in _origins(field))
            own = field.model_name == REPORT and field.groups
            with self.subTest(field=str(field)):
                self.assertTrue(guarded or own)

    def _models_led_to(self):
        """The models that at most ``STEPS`` relations from the report lead to."""
        models = newest = {REPORT}
        for _step in range(STEPS):
            newest = {
                field.comodel_name
                for name in newest
                for field in self.env[name]._fields.values()
                if field.relational and field.comodel_name in self.env
            } - models
            models = models | newest
        return models

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
