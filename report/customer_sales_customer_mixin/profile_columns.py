from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# Column of the report -> field of the profile
PROFILE_COLUMNS = {
    "customer_status": "status",
    "segment_id": "segment_id",
    "abc_class": "abc_class",
}
KEY = {"company_id": "company_id", "commercial_partner_id": "partner_id"}


class CustomerSalesCustomerMixin(models.AbstractModel):
    """What kind of customer a line's customer is today: from the profile, where the reader may see
    it, and joined only where it is asked for."""

    _inherit = "customer.sales.customer.mixin"

    customer_status = fields.Selection(
        selection="_selection_customer_status",
        compute="_compute_profile_columns",
        search="_search_customer_status",
        help="Whether the customer is new, buys as usual, or has stopped: as of today. Empty where "
        "you may not see all of the customer's documents.",
    )
    segment_id = fields.Many2one(
        "customer.sales.segment",
        string="Customer Segment",
        compute="_compute_profile_columns",
        search="_search_segment",
        help="The segment of the customer, as of today.",
    )
    abc_class = fields.Selection(
        selection="_selection_abc_class",
        string="Customer Class",
        compute="_compute_profile_columns",
        search="_search_abc_class",
        help="The class of the customer by net of the last 365 days.",
    )

    @api.model
    def _selection_customer_status(self):
        return self._profile_choices("status")

    @api.model
    def _selection_abc_class(self):
        return self._profile_choices("abc_class")

    @api.model
    def _profile_choices(self, name: str) -> list[tuple[str, str]]:
        return self.env["customer.sales.profile"]._fields[name]._description_selection(self.env)

    @api.depends("company_id", "commercial_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_profile_columns(self):
        profiles = self.env["customer.sales.profile"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.commercial_partner_id.ids),
            ]
        )
        profile_of = {(one.company_id.id, one.partner_id.id): one for one in profiles}
        for line in self:
            key = line.company_id.id, line.commercial_partner_id.id
            profile = profile_of.get(key, profiles.browse())
            for column, name in PROFILE_COLUMNS.items():
                line[column] = profile[name]

    # ---------------------------------------------------------------------------------------
    # In SQL
    # ---------------------------------------------------------------------------------------

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr not in PROFILE_COLUMNS or query is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        return SQL.identifier(self._join_profile(alias, query), PROFILE_COLUMNS[field_expr])

    @api.model
    def _join_profile(self, alias: str, query) -> str:
        """Join the profiles that the reader may see; return their alias."""
        profile = query.make_alias(alias, "profile")
        visible = self.env["customer.sales.profile"]._search([])
        columns = [*KEY.values(), *PROFILE_COLUMNS.values()]
        table = visible.subselect(*(SQL.identifier(visible.table, name) for name in columns))
        same = (
            SQL("%s = %s", self._field_to_sql(alias, ours, query), SQL.identifier(profile, theirs))
            for ours, theirs in KEY.items()
        )
        query.add_join("LEFT JOIN", profile, table, SQL(" AND ").join(same))
        return profile

    @api.model
    def _search_customer_status(self, operator, value):
        return self._search_profile("status", operator, value)

    @api.model
    def _search_segment(self, operator, value):
        return self._search_profile("segment_id", operator, value)

    @api.model
    def _search_abc_class(self, operator, value):
        return self._search_profile("abc_class", operator, value)

    @api.model
    def _search_profile(self, name: str, operator: str, value):
        """The lines of customers whose profile meets a condition; without a profile that the
        reader may see, a column is not set."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator == "in" and False in value:
            set_to_others = Domain(name, "!=", False) & Domain(name, "not in", list(value))
            return ~self._of_profiles(set_to_others)
        return self._of_profiles(Domain(name, operator, value))

    @api.model
    def _of_profiles(self, domain: Domain) -> Domain:
        return self._is_customer_among(self._select_profiles(domain))
