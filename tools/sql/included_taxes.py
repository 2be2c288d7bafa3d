from collections.abc import Callable
from functools import cached_property

from odoo.tools import SQL

from .expression import Expression

ALIAS = "included_taxes"


class IncludedTaxes:
    """Prices without the taxes in them: the percentages that companies include in their prices.

    Most companies have none or one, read beforehand. Each is a join on the primary key of the
    relation between lines and taxes, so that PostgreSQL can compute the lines in any order and in
    parallel, as it cannot with a sub-select for each line.

    :param env: the reader's environment; the taxes are those of ``env.companies``
    """

    def __init__(self, env):
        self.env = env

    def without(self, amount: SQL) -> SQL:
        """``amount``, computed from the price of ``line``, without the taxes in that price.

        Right for lines given away, with a discount of 100 %: the amount before discount of all
        others can be derived from it.
        """
        return Expression(
            "(%s) / (1 + %s.percent / 100)", amount, Expression.identifier(ALIAS), needs=ALIAS
        )

    def joins(self, line_model: str) -> dict[str, Callable[[], SQL]]:
        """The joins that :meth:`without` needs on lines of ``line_model``, by their alias."""
        return {ALIAS: lambda: self._join(line_model)}

    def _join(self, line_model: str) -> SQL:
        taxes = self.env[line_model]._fields["tax_ids"]
        joins, percentages = [], [SQL("0::numeric")]
        for tax_id, percentage in self._percentages:
            alias = f"included_tax_{tax_id}"
            line_id = SQL.identifier(alias, taxes.column1)
            joins.append(
                SQL(
                    "LEFT JOIN %s AS %s"
                    " ON %s = CASE WHEN line.discount = 100 THEN line.id END AND %s = %s",
                    SQL.identifier(taxes.relation),
                    SQL.identifier(alias),
                    line_id,
                    SQL.identifier(alias, taxes.column2),
                    tax_id,
                )
            )
            percentages.append(SQL("CASE WHEN %s IS NULL THEN 0 ELSE %s END", line_id, percentage))
        return SQL(
            "%s CROSS JOIN LATERAL (SELECT %s AS percent) AS %s",
            SQL(" ").join(joins),
            SQL(" + ").join(percentages),
            SQL.identifier(ALIAS),
        )

    @cached_property
    def _percentages(self) -> list[tuple[int, float]]:
        """(tax id, percentage) of the taxes that are included in prices."""
        Tax, Company = self.env["account.tax"], self.env["res.company"]
        read = ["amount", "amount_type", "company_id", "price_include_override"]
        return self.env.execute_query(
            SQL(
                """
                SELECT tax.id, tax.amount
                  FROM account_tax tax
                  JOIN res_company company ON company.id = tax.company_id
                 WHERE tax.company_id IN %s
                   AND tax.amount_type = 'percent'
                   AND COALESCE(tax.price_include_override, company.account_price_include)
                       = 'tax_included'
                 ORDER BY tax.id
                %s
                """,
                tuple(self.env.companies.sudo().parent_ids.ids),
                SQL(
                    to_flush=[
                        *(Tax._fields[name] for name in read),
                        Company._fields["account_price_include"],
                    ]
                ),
            )
        )
