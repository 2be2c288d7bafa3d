from collections.abc import Callable
from functools import cached_property

from odoo.tools import SQL

from .currency_conversion import CurrencyConversion
from .included_taxes import IncludedTaxes


class Reader:
    """What the columns of all sources depend on, read once for a query.

    :param env: the environment of whoever reads the report
    """

    def __init__(self, env):
        self.env = env

    @cached_property
    def conversion(self) -> CurrencyConversion:
        return CurrencyConversion(self.env)

    @cached_property
    def included_taxes(self) -> IncludedTaxes:
        return IncludedTaxes(self.env)

    def joins(self, line_model: str) -> dict[str, Callable[[], SQL]]:
        """The joins that both need on a source whose lines are of ``line_model``."""
        return {**self.conversion.joins(), **self.included_taxes.joins(line_model)}
