from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..tools.sql.amounts import DIGITS, is_above_nothing


class Ratio(NamedTuple):
    """``factor`` × the sum of ``numerator`` ÷ the sum of ``denominator``, two fields."""

    numerator: str
    denominator: str
    factor: int = 1
    #: Whether nothing is told of a denominator below 0, as of a change in percent
    needs_base: bool = False

    def of(self, above: float, below: float) -> float | None:
        """One sum ÷ the other, without the factor; None where nothing is told."""
        if not below or self.needs_base and round(below, DIGITS) <= 0:
            return None
        return above / below


class CustomerSalesRatioMixin(models.AbstractModel):
    """For models with averages and percentages: grouped, they are ratios of sums, never averages of
    averages."""

    _name = "customer.sales.ratio.mixin"
    _description = "Customer Sales: Ratios of Sums"

    @api.model
    def _ratios(self) -> dict[str, Ratio]:
        """Hook: field, with the aggregator ``avg`` -> what it is of a group."""
        return {}

    @api.model
    def _ratios_of_sums(self) -> dict[str, Ratio]:
        """As exports ask for them."""
        return self._ratios()

    def _read_group_select(self, aggregate_spec, query):
        name, _separator, aggregator = aggregate_spec.partition(":")
        is_ratio = aggregator in ("avg", "sum_currency")
        ratio = self._ratios().get(name) if is_ratio else None
        if ratio is None:
            return super()._read_group_select(aggregate_spec, query)
        field = self._fields[name]
        self._check_field_access(field, "read")
        # What is no amount itself is asked for once, whatever the currencies of a group are.
        of_several = aggregator == "sum_currency" or (
            field.type != "monetary" and len(self.env.companies.sudo().currency_id) > 1
        )

        def total(name: str) -> SQL:
            is_amount = self._fields[name].type == "monetary"
            by = "sum_currency" if of_several and is_amount else "sum"
            return self._read_group_select(f"{name}:{by}", query)

        numerator, denominator = total(ratio.numerator), total(ratio.denominator)
        is_told = SQL("%s <> 0", denominator)
        if ratio.needs_base:
            is_told = is_above_nothing(denominator)
        return SQL(
            "CASE WHEN %s THEN %s * %s / %s END", is_told, ratio.factor, numerator, denominator
        )
