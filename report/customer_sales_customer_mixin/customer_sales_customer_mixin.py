from odoo import api, fields, models

from ...tools.names_of_nothing import WALK_IN
from ...tools.sql.query import PUSHDOWN
from ...tools.terms import CONTACT_GROUP


class CustomerSalesCustomerMixin(models.AbstractModel):
    """What a row that is of a customer tells of this customer: facts of the contact here, what kind
    of customer it is in a file of its own.

    The model has the columns ``company_id`` and ``commercial_partner_id``.
    """

    _name = "customer.sales.customer.mixin"
    _inherit = ["customer.sales.custom.fields.mixin", "customer.sales.who.mixin"]
    _description = "Customer Sales: Columns on the Customer"
    _customer_field = "commercial_partner_id"
    _customer_columns = ("company_id", "commercial_partner_id")

    company_id = fields.Many2one("res.company", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, falsy_value_label=WALK_IN
    )
    country_id = fields.Many2one(
        related="commercial_partner_id.country_id",
        string="Customer Country",
        help="The country of the customer's own address.",
    )
    state_id = fields.Many2one(
        related="commercial_partner_id.state_id",
        string="Customer State",
        help="The state or region of the customer's own address.",
    )
    city = fields.Char(
        related="commercial_partner_id.city",
        string="Customer City",
        help="The city of the customer's own address.",
    )
    industry_id = fields.Many2one(
        related="commercial_partner_id.industry_id",
        string="Customer Industry",
        help="The industry the customer works in.",
    )
    partner_category_ids = fields.Many2many(
        related="commercial_partner_id.category_id",
        string="Customer Tags",
        help="The tags on the customer. A customer with two tags is in the group of each.",
    )
    partner_user_id = fields.Many2one(
        related="commercial_partner_id.user_id",
        string="Customer's Salesperson",
        help="The salesperson in charge of the customer, who need not have made this sale.",
    )
    # Contact details. A column added here for a field of the contact's own that is private needs
    # the same group, and its place in `_allowed_fields`.
    email = fields.Char(
        related="commercial_partner_id.email",
        string="Customer Email",
        groups=CONTACT_GROUP,
        help="The customer's own e-mail address.",
    )
    phone = fields.Char(
        related="commercial_partner_id.phone",
        string="Customer Phone",
        groups=CONTACT_GROUP,
        help="The customer's own phone number.",
    )
    street = fields.Char(
        related="commercial_partner_id.street",
        string="Customer Street",
        groups=CONTACT_GROUP,
        help="The street of the customer's own address.",
    )
    street2 = fields.Char(
        related="commercial_partner_id.street2",
        string="Customer Street 2",
        groups=CONTACT_GROUP,
        help="The second line of the customer's own address.",
    )
    zip = fields.Char(
        related="commercial_partner_id.zip",
        string="Customer ZIP",
        groups=CONTACT_GROUP,
        help="The postal code of the customer's own address.",
    )
    vat = fields.Char(
        related="commercial_partner_id.vat",
        string="Customer Tax ID",
        groups=CONTACT_GROUP,
        help="The customer's tax identification number.",
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Whether one can group and sort by a field is tried on queries that are never run, and so
        need no table."""
        model = self.with_context(**{PUSHDOWN: True})
        return super(CustomerSalesCustomerMixin, model).fields_get(allfields, attributes)
