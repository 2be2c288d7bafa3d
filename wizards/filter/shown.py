from odoo import api, fields, models
from odoo.fields import Domain
from odoo.orm.domains import DomainCondition

from ...models.who.asked import ASKS, WHO
from ...models.who.customer_sales_of_lines_mixin import OF_LINES, of_lines_condition
from ...tools.terms import COMPARISON, COUNTS_AS_SALE, REPORT
from .customer_sales_filter import SHOWN, Section, all_of

ACTIONS = {
    "lines": "customer_sales_report.action_customer_sales_lines",
    "customers": "customer_sales_report.action_customer_sales_profile",
    "products": "customer_sales_report.action_customer_sales_product",
    "purchases": "customer_sales_report.action_customer_sales_purchase",
    "comparison": "customer_sales_report.action_customer_sales_comparison_report",
}

# The columns of sales lines that say of a row's customer what columns of these models say as well
_CUSTOMER = {
    "company_id": "company_id",
    "commercial_partner_id": "partner_id",
    "segment_id": "segment_id",
    "abc_class": "abc_class",
    "partner_category_ids": "category_ids",
    "country_id": "country_id",
    "state_id": "state_id",
    "city": "city",
    "industry_id": "industry_id",
    "partner_user_id": "user_id",
    WHO: WHO,
}
COLUMNS = {
    "customers": {**_CUSTOMER, "customer_status": "status", "customer_since": "first_purchase"},
    "products": {
        **_CUSTOMER,
        "customer_status": "customer_status",
        "product_id": "product_id",
        "product_tmpl_id": "product_tmpl_id",
        "categ_id": "categ_id",
    },
    "purchases": {
        "company_id": "company_id",
        "commercial_partner_id": "partner_id",
        "partner_id": "contact_id",
        "user_id": "user_id",
        "date": "date",
        WHO: WHO,
    },
}
# What the dialog asks as a condition of its own, and reads where it stands as a column
READ_ALONE = {"customers": {"last_purchase": "last_purchase", "chance_band": "chance_band"}}


class CustomerSalesFilter(models.TransientModel):
    """What is shown: sales lines, or the customers, products or purchases that they are of.

    The filter is made as sections on sales lines. Of another model, each section that asks for what
    stands on its rows as well becomes one on the model; the others are asked together of the lines
    behind a row, any of which must meet them all.
    """

    _inherit = "customer.sales.filter"

    shown = fields.Selection(
        [
            ("lines", "Sales Lines"),
            ("customers", "Customers"),
            ("products", "Products by Customer"),
            ("purchases", "Purchases"),
            ("comparison", "Two Periods Compared"),
        ],
        string="Show",
        default=lambda self: self._shown_in_view(),
        required=True,
        help="What the filter finds. Customers, products by customer and purchases: those with any "
        "line that meets what is asked of sales.",
    )

    def _shown_model(self):
        """The model of what is shown."""
        return self.env[SHOWN[self.shown or "lines"]]

    @api.model
    def _shown_in_view(self) -> str:
        """What the view below the dialog shows."""
        model = self.env.context.get("customer_sales_filter_model")
        return next((shown for shown, name in SHOWN.items() if name == model), "lines")

    def _leaves_view(self) -> bool:
        """Whether the view below the dialog shows something else than is asked for."""
        is_over_view = bool(self.env.context.get("customer_sales_filter_in_view"))
        return is_over_view and self._shown_model()._name != SHOWN[self._shown_in_view()]

    def _shows_lines(self) -> bool:
        return self._shown_model()._name in (REPORT, COMPARISON)

    def _is_of_whole_customers(self) -> bool:
        """Whether the customers chosen are found by themselves: customers as a whole, where rows
        know no contacts."""
        customers = self.customer_ids.sudo()
        return (
            self.shown in ("customers", "products")
            and self.customer_scope != "alone"
            and customers == customers.commercial_partner_id
        )

    def _complaints(self):
        complaints = super()._complaints()
        own = self._shown_model()._name
        for section in self._kept_sections():
            is_of_lines = section.model == REPORT
            if not is_of_lines and section.model != own:
                complaints.append(
                    self.env._(
                        "“%(condition)s” can be asked of %(shown)s alone. Take it out, or show "
                        "these.",
                        condition=section.words,
                        shown=self._shown_label(section.model),
                    )
                )
        return complaints

    @api.model
    def _shown_label(self, model_name: str) -> str:
        labels = dict(self._fields["shown"]._description_selection(self.env))
        return next(labels[shown] for shown, name in SHOWN.items() if name == model_name)

    # ---------------------------------------------------------------------------------------
    # Sections on what is shown
    # ---------------------------------------------------------------------------------------

    def _shown_sections(self, sections):
        if self._shows_lines():
            return super()._shown_sections(sections)
        own, of_lines = [], []
        for section in sections:
            if section.model != REPORT:
                own.append(section)
            elif domain := self._on_shown(Domain(section.domain)):
                own.append(Section(section.name, domain, section.words))
            else:
                of_lines.append(section)
        of_lines += self._amount_sections(of_lines)
        if section := self._of_lines_section(of_lines):
            own.append(section)
        return own

    def _on_shown(self, domain: Domain) -> list | None:
        """The domain on what is shown that says the same; None if it does not stand there."""
        columns = COLUMNS[self.shown]
        names = {term.field_expr.partition(".")[0] for term in domain.iter_conditions()}
        return all_of([_renamed(domain, columns)]) if names <= columns.keys() else None

    def _of_lines_section(self, sections: list[Section]) -> Section | None:
        """What the lines behind a row are asked. Each row has lines that count in net sales."""
        domain = all_of(section.domain for section in sections)
        if domain in ([], [[COUNTS_AS_SALE, "=", True]]):
            return None
        return Section("sales", [of_lines_condition(domain)])

    # ---------------------------------------------------------------------------------------
    # Reading them back
    # ---------------------------------------------------------------------------------------

    @api.model
    def _lines_behind(self, part: Domain, shown: str) -> Domain | None:
        """What the lines behind the rows of what is shown are asked, if ``part`` asks that."""
        is_asked = (
            shown in COLUMNS
            and isinstance(part, DomainCondition)
            and (part.field_expr, part.operator) == (OF_LINES, ASKS)
        )
        return self.env[SHOWN[shown]]._read_of_lines(part.value) if is_asked else None

    @api.model
    def _on_lines(self, part: Domain, shown: str) -> Domain | None:
        """The domain on sales lines that says the same as one on the rows of what is shown; None
        if lines cannot say it, or not as the dialog asks it."""
        if shown not in COLUMNS:
            return part
        columns = {own: column for column, own in COLUMNS[shown].items()}
        columns |= READ_ALONE.get(shown, {})
        names = {term.field_expr.partition(".")[0] for term in part.iter_conditions()}
        return _renamed(part, columns) if names <= columns.keys() else None


def _renamed(domain: Domain, columns: dict[str, str]) -> Domain:
    """A domain with other columns: their names by those they have."""

    def renamed(term):
        name, dot, rest = term.field_expr.partition(".")
        return Domain(f"{columns[name]}{dot}{rest}", term.operator, term.value)

    return domain.map_conditions(renamed)
