from odoo import api, models
from odoo.tools import SQL


class CustomerSalesRatioMixin(models.AbstractModel):
    """For models with averages and percentages: grouped, they are ratios of sums, never averages of
    averages."""

    _name = "customer.sales.ratio.mixin"
    _description = "Customer Sales: Ratios of Sums"

    @api.model
    def _ratios(self) -> dict[str, tuple[str, str, int]]:
        """Hook: field, with the aggregator ``avg`` -> numerator, denominator, factor."""
        return {}

    @api.model
    def _ratios_of_sums(self) -> dict[str, tuple[str, str]]:
        """Field -> (numerator, denominator), as exports ask for them."""
        return {name: (above, below) for name, (above, below, _factor) in self._ratios().items()}

    def _read_group_select(self, aggregate_spec, query):
        name, _separator, aggregator = aggregate_spec.partition(":")
        ratio = self._ratios().get(name) if aggregator == "avg" else None
        if ratio is None:
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[name], "read")
        numerator, denominator, factor = ratio
        return SQL(
            "%s * %s / NULLIF(%s, 0)",
            factor,
            self._read_group_select(f"{numerator}:sum", query),
            self._read_group_select(f"{denominator}:sum", query),
        )
