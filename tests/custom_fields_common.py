"""Custom fields of contacts, as an administrator adds them."""

from odoo.fields import Command

from ..tools.terms import PRIVATE_PARAMETER
from .common import CustomerSalesCommon

REPORT = "customer.sales.report"

# Type of a property -> the rest of its definition
PROPERTIES = {
    "grade": {"type": "char", "string": "Grade"},
    "vip": {"type": "boolean", "string": "VIP"},
    "seats": {"type": "integer", "string": "Seats"},
    "score": {"type": "float", "string": "Score"},
    "signed": {"type": "date", "string": "Signed on"},
    "called": {"type": "datetime", "string": "Called at"},
    "size": {
        "type": "selection",
        "string": "Size",
        "selection": [["s", "Small"], ["l", "Large"]],
    },
    "labels": {"type": "tags", "string": "Labels", "tags": [["g", "Gold", 1], ["n", "New", 2]]},
    "buyer": {"type": "many2one", "string": "Buyer", "comodel": "res.partner"},
    "banks": {"type": "many2many", "string": "Countries Served", "comodel": "res.country"},
    "memo": {"type": "text", "string": "Memo"},
    "line": {"type": "separator", "string": "Line"},
}


class CustomFieldsCommon(CustomerSalesCommon):
    """Acme buys for 10 (a mug) and Globex for 100 (a lamp)."""

    @classmethod
    def setUpClass(cls):
        # Registered first, to come last: the fields are undone with the transaction.
        cls.addClassCleanup(lambda: cls.registry.reset_changes())
        super().setUpClass()
        cls.globex = cls.env["res.partner"].create({"name": "Globex", "is_company": True})

    def setUp(self):
        super().setUp()
        self.invoice((self.mug, 1))
        self.invoice((self.lamp, 1), partner=self.globex)

    @property
    def of_company(self):
        return [("company_id", "=", self.company.id)]

    @classmethod
    def manual_field(cls, name, kind, **values):
        """A custom field that an administrator adds to contacts."""
        cls.env["ir.model.fields"].sudo().create(
            {
                "name": name,
                "ttype": kind,
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "state": "manual",
                "field_description": values.pop("label", name[2:].capitalize()),
                **values,
            }
        )

    @classmethod
    def properties(cls, **definitions):
        """The properties of contacts, as their form leaves them behind."""
        base = (
            cls.env["properties.base.definition"]
            .sudo()
            ._get_definition_for_property_field("res.partner", "properties")
        )
        base.properties_definition = [
            {"name": name, **definition} for name, definition in definitions.items()
        ]
        cls.env.cr.flush()

    @classmethod
    def mark_private(cls, *names):
        """As the settings do."""
        cls.env["ir.config_parameter"].sudo().set_param(PRIVATE_PARAMETER, ",".join(names))

    def found(self, *domain):
        """The names of the customers with rows of a domain."""
        rows = self.env[REPORT].search([*self.of_company, *domain])
        return sorted(rows.commercial_partner_id.mapped("name"))

    def groups(self, groupby):
        """Value of the group -> untaxed total, as a pivot asks for it."""
        groups = self.env[REPORT]._read_group(
            self.of_company, [groupby], ["price_subtotal:sum"], order=groupby
        )
        return {
            value.display_name if hasattr(value, "_name") else value: amount
            for value, amount in groups
        }

    def view(self, kind):
        return self.env[REPORT].get_view(view_type=kind)["arch"]

    def many(self, *records):
        return [Command.set([record.id for record in records])]
