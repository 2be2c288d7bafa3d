from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.custom_fields.custom_customer_fields import property_definitions
from ...models.privacy.paths import domain_paths
from ...tools.limits import CHOSEN, CONTACT_CONDITIONS_TEXT, check_domain
from ...tools.number_text import number_text
from .customer_sales_filter import Section


class CustomerSalesFilter(models.TransientModel):
    """Whose sales: customers, and what is known of them."""

    _inherit = "customer.sales.filter"

    customer_ids = fields.Many2many(
        "res.partner",
        relation="customer_sales_filter_customer_rel",
        string="Customers",
        context={"active_test": False},
        help="Sales to any of these customers.",
    )
    customer_scope = fields.Selection(
        [
            ("family", "with their contacts and branches"),
            ("alone", "on documents in their own name only"),
        ],
        default="family",
        required=True,
        help="With their contacts and branches: documents on which the customer, one of its "
        "contacts or addresses, or a company below it stands. In their own name only: documents "
        "on which exactly this customer or contact stands.",
    )
    tag_ids = fields.Many2many(
        "res.partner.category", string="Tags", help="Customers with any of these tags."
    )
    country_ids = fields.Many2many(
        "res.country", string="Countries", help="Customers whose own address is in one of these."
    )
    state_ids = fields.Many2many(
        "res.country.state",
        string="States",
        help="Customers whose own address is in one of these states or regions.",
    )
    cities = fields.Char(
        help="Customers whose own address is in one of these cities. Put commas between several."
    )
    industry_ids = fields.Many2many(
        "res.partner.industry", string="Industries", help="Customers of one of these industries."
    )
    customer_type = fields.Selection(
        [("company", "Companies"), ("person", "Individuals")],
        string="They Are",
        help="Whether the customer is a company or a person. Empty: both.",
    )
    partner_user_ids = fields.Many2many(
        "res.users",
        relation="customer_sales_filter_partner_user_rel",
        string="Their Salesperson",
        help="Customers that one of these is in charge of, whoever made the sale.",
    )
    since_from = fields.Date(
        string="Customer Since",
        help="The day of the customer's first purchase, from this day on: the first invoice, "
        "sales receipt or receipt of the point of sale that you may see.",
    )
    since_to = fields.Date(
        string="Customer Since, until",
        help="The customer's first purchase was on this day at the latest.",
    )
    partner_domain = fields.Char(
        string="Contact Fields",
        default="[]",
        help="Any field of the customer's own contact, custom fields and properties included.",
    )
    custom_field = fields.Selection(
        selection="_selection_custom_field",
        string="Custom Fields",
        help="The custom fields that this database has on contacts. Choose one to add it to the "
        "conditions below.",
    )

    # ---------------------------------------------------------------------------------------
    # Custom fields
    # ---------------------------------------------------------------------------------------

    @api.model
    def _selection_custom_field(self):
        report = self.env["customer.sales.report"]
        return [
            (report._custom_field_path(field), report._label_of(field))
            for field in report._custom_fields()
        ]

    @api.onchange("custom_field")
    def _onchange_custom_field(self):
        """Choosing a custom field adds the condition that it is set, to be changed at will."""
        if self.custom_field in [path for path, _label in self._selection_custom_field()]:
            domain = self._partner_domain() & Domain(self.custom_field, "!=", False)
            self.partner_domain = repr(list(domain))
            self.custom_field = False

    def _partner_domain(self) -> Domain:
        """
        :raise UserError: if the domain over contacts cannot be understood
        """
        text = self.partner_domain or "[]"
        if len(text) > CONTACT_CONDITIONS_TEXT:
            raise UserError(
                self.env._("There are too many conditions on contact fields. Take some out.")
            )
        try:
            domain = literal_eval(text)
            check_domain(self.env, domain)
            domain = Domain(domain)
        except (MemoryError, RecursionError, SyntaxError, TypeError, ValueError) as error:
            raise UserError(
                self.env._("The conditions on contact fields cannot be read. Set them anew.")
            ) from error
        contacts = self.env["res.partner"]
        for path in domain_paths(domain):
            self._check_contact_field(path)
        try:
            domain.validate(contacts)
            contacts._search(domain)  # which takes no words for a number
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "The conditions on contact fields cannot be used: %s. Change or remove them.",
                    error,
                )
            ) from error
        return domain

    def _check_contact_field(self, names: list[str]):
        report = self.env["customer.sales.report"]
        if not self._contact_field_exists(names):
            raise UserError(
                self.env._(
                    "Contacts have no field “%s” any more. Remove it from the conditions on "
                    "contact fields.",
                    ".".join(names),
                )
            )
        report._check_paths([["commercial_partner_id", *names]])

    @api.model
    def _contact_field_exists(self, names: list[str]) -> bool:
        model = self.env["res.partner"]
        for position, name in enumerate(names):
            field = model._fields.get(name)
            if field is None:
                return False
            if field.type == "properties":
                return len(names) == position + 2 and any(
                    isinstance(definition, dict) and definition.get("name") == names[-1]
                    for definition in property_definitions(self.env.cr)
                )
            if not field.relational:
                # What follows is a part of the value, such as the month of a date.
                return True
            model = self.env[field.comodel_name]
        return True

    # ---------------------------------------------------------------------------------------
    # Sections
    # ---------------------------------------------------------------------------------------

    def _complaints(self):
        complaints = super()._complaints()
        if len(self._cities()) > CHOSEN:
            complaints.append(
                self.env._(
                    "You wrote more than %s cities. Write fewer.",
                    number_text(self.env, CHOSEN),
                )
            )
        if self.since_from and self.since_to and self.since_from > self.since_to:
            complaints.append(
                self.env._("“Customer since” must begin before it ends. Change one of its days.")
            )
        customers = self.sudo().customer_ids.with_context(active_test=False)
        visible = self.env["res.partner"].with_context(active_test=False)
        if visible.search_count([("id", "in", customers.ids)]) < len(customers):
            complaints.append(
                self.env._(
                    "You may not see one of the customers chosen. Remove it, or ask your "
                    "administrator for access."
                )
            )
        return complaints

    def _customer_sections(self):
        sections = [
            *self._chosen_customer_sections(),
            *self._address_sections(),
            *self._relation_sections(),
        ]
        if (domain := self._partner_domain()) and not domain.is_true():
            sections.append(self._contact_section(domain))
        return sections

    def _chosen_customer_sections(self):
        if not self.customer_ids:
            return []
        ids = self.customer_ids.ids
        if self._is_of_whole_customers():
            return [Section("customers", [("commercial_partner_id", "child_of", ids)])]
        if self.customer_scope == "alone":
            return [Section("customers", [("partner_id", "in", ids)])]
        domain = ["|", ("commercial_partner_id", "child_of", ids), ("partner_id", "child_of", ids)]
        return [Section("customers", domain)]

    def _address_sections(self):
        sections = [
            self._records_section("tag_ids", "partner_category_ids"),
            self._records_section("country_ids", "country_id"),
            self._records_section("state_ids", "state_id"),
        ]
        if cities := self._cities():
            domain = Domain.OR(Domain("city", "ilike", city) for city in cities)
            sections.append(Section("cities", list(domain)))
        return filter(None, sections)

    def _cities(self) -> list[str]:
        cities = (self.cities or "").replace("،", ",").split(",")  # Arabic has a comma of its own
        return [city.strip() for city in cities if city.strip()]

    def _relation_sections(self):
        sections = [
            self._records_section("industry_ids", "industry_id"),
            self._records_section("partner_user_ids", "partner_user_id"),
        ]
        if self.customer_type:
            is_company = self.customer_type == "company"
            domain = [("commercial_partner_id.is_company", "=", is_company)]
            sections.append(Section("customer_type", domain))
        if self.since_from or self.since_to:
            domain = self._days_domain("customer_since", self.since_from, self.since_to)
            sections.append(Section("customer_since", domain))
        return filter(None, sections)

    def _contact_section(self, domain: Domain) -> Section:
        return Section("contact", [("commercial_partner_id", "any", list(domain))])
