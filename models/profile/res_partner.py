from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.terms import LEVEL_GROUP, PROFILE
from .customer_sales_profile import CLASSES, STATUSES

#: Field of contacts -> the field of profiles that it shows
FACTS = {
    "customer_sales_profile_id": "id",
    "customer_sales_status": "status",
    "customer_sales_segment_id": "segment_id",
    "customer_sales_class": "abc_class",
    "customer_sales_last_purchase": "last_purchase",
}
FACT = {
    "compute": "_compute_customer_sales_profile",
    "groups": LEVEL_GROUP,
    "exportable": False,  # exports of contacts are not in the log
}


class ResPartner(models.Model):
    """Contacts know what kind of customer they are, in the current company: lists, marketing and
    automation rules can search and group by it, as far as their user may see the customer."""

    _inherit = "res.partner"

    customer_sales_profile_id = fields.Many2one(
        PROFILE,
        search=lambda self, *condition: self._search_customer_sales("id", *condition),
        help="The customer that this contact belongs to.",
        **FACT,
    )
    customer_sales_status = fields.Selection(
        STATUSES,
        string="Customer Status",
        search=lambda self, *condition: self._search_customer_sales("status", *condition),
        help="Whether the customer that this contact belongs to is new, still buys, or has "
        "stopped. Empty: has never bought from your current company, or you may not see all of "
        "the customer's documents.",
        **FACT,
    )
    customer_sales_segment_id = fields.Many2one(
        "customer.sales.segment",
        string="Customer Segment",
        search=lambda self, *condition: self._search_customer_sales("segment_id", *condition),
        help="The segment by how recently, how often and for how much the customer bought.",
        **FACT,
    )
    customer_sales_class = fields.Selection(
        CLASSES,
        string="Customer Class",
        search=lambda self, *condition: self._search_customer_sales("abc_class", *condition),
        help="A: the largest customers, that together make 80 % of the sales of the last 365 days, "
        "unless Settings say otherwise. B: those that make it 95 %. C: the others. Empty: bought "
        "nothing in that time.",
        **FACT,
    )
    customer_sales_last_purchase = fields.Date(
        string="Last Purchase",
        search=lambda self, *condition: self._search_customer_sales("last_purchase", *condition),
        help="The day of the last purchase of the customer that this contact belongs to.",
        **FACT,
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("uid", "company")
    def _compute_customer_sales_profile(self):
        profiles = self.env[PROFILE].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company.id),
            ]
        )
        profile_of = {profile.partner_id.id: profile for profile in profiles}
        for partner in self:
            profile = profile_of.get(partner.commercial_partner_id.id, profiles.browse())
            for name, fact in FACTS.items():
                partner[name] = profile[fact]

    def _search_customer_sales(self, fact: str, operator: str, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        profiles = Domain("company_id", "=", self.env.company.id)
        found = self._customers_of(profiles & Domain(fact, operator, value))
        domain = Domain("commercial_partner_id", "in", found)
        if operator == "in" and False in value:
            # Those without a profile have nothing of it.
            known = self._customers_of(profiles & Domain(fact, "!=", False))
            domain |= Domain("commercial_partner_id", "not in", known)
        return domain

    def _customers_of(self, profiles: Domain) -> SQL:
        return self.env[PROFILE]._search(profiles).subselect("partner_id")

    def _field_to_sql(self, alias, field_expr, query=None):
        """Groups by what the profile says, which no column of contacts has."""
        if field_expr not in FACTS or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        profile = query.make_alias(alias, "customer_sales_profile")
        if profile not in query._joins:
            of_company = [("company_id", "=", self.env.company.id)]
            visible = self.env[PROFILE]._search(of_company)
            names = [
                SQL.identifier(visible.table, name) for name in ("partner_id", *FACTS.values())
            ]
            query.add_join(
                "LEFT JOIN",
                profile,
                visible.subselect(*names),
                SQL(
                    "%s = %s",
                    self._field_to_sql(alias, "commercial_partner_id", query),
                    SQL.identifier(profile, "partner_id"),
                ),
            )
        return SQL.identifier(profile, FACTS[field_expr])

    def action_open_customer_sales_profile(self):
        """The page of the customer that this contact belongs to."""
        self.ensure_one()
        return self.customer_sales_profile_id.get_formview_action()
