from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.sql.amounts import is_above_nothing
from ...tools.sql.days import days_within, is_within
from ...tools.sql.expression import Expression
from ...tools.terms import COMPARISON, MARGIN_GROUP, REPORT
from ..customer_sales_report.counted_once import MIXES
from ..customer_sales_report.customer_sales_report import SUMS
from ..customer_sales_report.grouping import RATIOS
from .compared_figures import (
    BASE,
    CHANGE,
    COLUMNS,
    CURRENT,
    FIGURES,
    Kind,
    four_columns,
)

IN_PERIOD = {CURRENT: "in_current", BASE: "in_base"}

# What of the lines is a sum over both periods here, which says nothing
OF_BOTH_PERIODS = (
    *("quantity", "price_unit", "net_sales", "ordered", "price_subtotal", "price_tax"),
    *("price_total", "discount_amount", "price_undiscounted", "discount"),
    *("cost", "margin", "margin_percent"),
)


class CustomerSalesComparisonReport(models.Model):
    """The sales lines of two periods, with each figure of either, the change and the change in
    percent.

    It has the columns of the lines, by which it groups and filters, and their rules. A line of a
    period has its figures in the columns of that period; periods may overlap. Grouped, a figure is
    what the lines of the period come to: averages are ratios of sums.
    """

    _name = COMPARISON
    _inherit = [REPORT, "customer.sales.compared.mixin"]
    _description = "Customer Sales: Two Periods Compared"
    _order = "date desc, id desc"

    in_current = fields.Boolean(
        string="In the Current Period", readonly=True, help="The line is of the current period."
    )
    in_base = fields.Boolean(
        string="In the Base Period", readonly=True, help="The line is of the base period."
    )
    net_sales_current, net_sales_base, net_sales_change, net_sales_change_percent = four_columns(
        fields.Monetary, Kind.SUM, "Net Sales", "Untaxed total of what counts in net sales"
    )
    ordered_current, ordered_base, ordered_change, ordered_change_percent = four_columns(
        fields.Monetary, Kind.SUM, "Ordered", "Untaxed total of what counts in what was ordered"
    )
    quantity_current, quantity_base, quantity_change, quantity_change_percent = four_columns(
        fields.Float,
        Kind.SUM,
        "Quantity",
        "How much was sold, in the products' own units, returns deducted",
        digits="Product Unit",
    )
    documents_current, documents_base, documents_change, documents_change_percent = four_columns(
        fields.Integer, Kind.COUNT, "Documents", "The number of different documents"
    )
    customers_current, customers_base, customers_change, customers_change_percent = four_columns(
        fields.Integer,
        Kind.COUNT,
        "Customers",
        "The number of different customers, walk-ins left out",
    )
    price_unit_current, price_unit_base, price_unit_change, price_unit_change_percent = (
        four_columns(
            fields.Monetary,
            Kind.RATIO,
            "Average Price",
            "Untaxed price of one unit after discounts: the untaxed total divided by the quantity",
        )
    )
    (
        discount_amount_current,
        discount_amount_base,
        discount_amount_change,
        discount_amount_change_percent,
    ) = four_columns(
        fields.Monetary,
        Kind.SUM,
        "Discount Amount",
        "What the discounts on lines took off the untaxed amount",
    )
    discount_current, discount_base, discount_change, discount_change_percent = four_columns(
        fields.Float,
        Kind.RATIO,
        "Discount %",
        "The discount amount in percent of the untaxed amount before discount",
        digits="Discount",
    )
    margin_current, margin_base, margin_change, margin_change_percent = four_columns(
        fields.Monetary,
        Kind.SUM,
        "Margin",
        "Untaxed total less cost",
        groups=MARGIN_GROUP,
    )
    (
        margin_percent_current,
        margin_percent_base,
        margin_percent_change,
        margin_percent_change_percent,
    ) = four_columns(
        fields.Float,
        Kind.RATIO,
        "Margin %",
        "The margin as a share of the untaxed total",
        digits=(16, 4),
        groups=MARGIN_GROUP,
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """No sum over both periods is offered."""
        descriptions = super().fields_get(allfields, attributes)
        for name in (*OF_BOTH_PERIODS, "document_ref"):
            descriptions.get(name, {}).pop("aggregator", None)
        return descriptions

    @api.model
    def _ready_made_layouts(self):
        return {}  # those of the lines are of other columns

    # ---------------------------------------------------------------------------------------
    # The query
    # ---------------------------------------------------------------------------------------

    @api.model
    def _sources(self, reader):
        """The lines of both periods alone."""
        periods = self._compared()
        return [
            days_within(
                replace(
                    source,
                    columns={
                        **source.columns,
                        **{
                            IN_PERIOD[part]: is_within(source, days.first, days.last)
                            for part, days in zip(IN_PERIOD, periods, strict=True)
                        },
                    },
                ),
                periods.ranges,
            )
            for source in super()._sources(reader)
        ]

    @api.model
    def _with_derived_columns(self, columns):
        columns = super()._with_derived_columns(columns)
        for name, figure in FIGURES.items():
            value = columns[figure.source]
            if figure.kind is Kind.COUNT:
                value = Expression("CASE WHEN %s IS NULL THEN 0 ELSE 1 END", value)
            nothing = Expression("NULL" if figure.kind is Kind.RATIO else "0")
            current, base = (
                Expression("CASE WHEN %s THEN %s ELSE %s END", columns[column], value, nothing)
                for column in IN_PERIOD.values()
            )
            columns[f"{name}_{CURRENT}"], columns[f"{name}_{BASE}"] = current, base
            columns[f"{name}_{CHANGE}"] = Expression("(%s) - (%s)", current, base)
        return columns

    # ---------------------------------------------------------------------------------------
    # Grouping
    # ---------------------------------------------------------------------------------------

    def _read_group_select(self, aggregate_spec, query):
        column, _separator, aggregator = aggregate_spec.partition(":")
        if column not in COLUMNS or aggregator not in ("sum", "avg"):
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[column], "read")
        name, part = COLUMNS[column]
        figure = FIGURES[name]
        if part in IN_PERIOD:
            return self._figure_of(figure, part, query)
        current, base = (self._figure_of(figure, period, query) for period in IN_PERIOD)
        change = SQL("(%s - %s)", current, base)
        if part == CHANGE:
            return change
        return SQL("CASE WHEN %s THEN 1.0 * %s / %s END", is_above_nothing(base), change, base)

    @api.model
    def _figure_of(self, figure, period: str, query) -> SQL:
        """A figure of a period, of the lines of a group."""
        is_in_period = self._field_to_sql(query.table, IN_PERIOD[period], query)

        def total(name: str) -> SQL:
            if name in SUMS:
                left, operator, right = SUMS[name]
                return SQL("(%s %s %s)", total(left), SQL(operator), total(right))
            amount = SQL(
                "COALESCE(SUM(%s) FILTER (WHERE %s), 0)",
                self._field_to_sql(query.table, name, query),
                is_in_period,
            )
            if self.env.context.get(MIXES) and self._is_added_up_by_family(self._fields[name]):
                return self._unless_mixed(amount, query, is_in_period)
            return amount

        if figure.kind is Kind.SUM:
            return total(figure.source)
        if figure.kind is Kind.COUNT:
            return SQL(
                "COUNT(DISTINCT %s) FILTER (WHERE %s)",
                self._field_to_sql(query.table, figure.source, query),
                is_in_period,
            )
        ratio = RATIOS[figure.source]
        numerator, denominator = total(ratio.numerator), total(ratio.denominator)
        return SQL("(%s * %s / NULLIF(%s, 0))", ratio.factor, numerator, denominator)

    @api.model
    def _is_added_up_by_family(self, field):
        name, _part = COLUMNS.get(field.name, (None, None))
        return super()._is_added_up_by_family(self._fields[FIGURES[name].source] if name else field)

    @api.model
    def _domain_on_lines(self, domain: Domain) -> Domain:
        """The domain on the sales lines that lets through the same rows."""
        current, base = (
            Domain("date", ">=", days.first) & Domain("date", "<=", days.last)
            for days in self._compared()
        )
        of_column = dict(zip(IN_PERIOD.values(), (current, base), strict=True))

        def on_lines(condition):
            if condition.field_expr not in of_column:
                return condition
            of_period = of_column[condition.field_expr]
            is_among = Domain.OR(of_period if value else ~of_period for value in condition.value)
            return ~is_among if condition.operator == "not in" else is_among

        return (current | base) & domain.optimize(self).map_conditions(on_lines)

    # ---------------------------------------------------------------------------------------
    # Conditions on all lines, not on those of the periods
    # ---------------------------------------------------------------------------------------

    @api.model
    def _select_customers_since(self, operator, day):
        return self.env[REPORT]._select_customers_since(operator, day)

    @api.model
    def _select_total(self, field_name, text):
        return self.env[REPORT]._select_total(field_name, text)
