import json
from collections.abc import Callable

from odoo.tools import SQL

from .expression import Expression

ALIAS = "included_taxes"

# As many taxes are joined one by one.
JOINED = 8


class IncludedTaxes:
    """Prices without the taxes in them: the percentages that companies include in their prices.

    Most companies have none or one on their sales, read beforehand. Each is a join on the primary
    key of the relation between lines and taxes, so that PostgreSQL can compute the lines in any
    order and in parallel. More than a few would be long to plan: they are added up line by line,
    which PostgreSQL does in one process.

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
        percentages = self._percentages(taxes)
        join = self._joined if len(percentages) <= JOINED else self._added_up
        return join(taxes, percentages)

    def _joined(self, taxes, percentages: dict[int, float]) -> SQL:
        joins, percents = [], [SQL("0::numeric")]
        for tax_id, percentage in percentages.items():
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
            percents.append(SQL("CASE WHEN %s IS NULL THEN 0 ELSE %s END", line_id, percentage))
        return SQL(
            "%s CROSS JOIN LATERAL (SELECT %s AS percent) AS %s",
            SQL(" ").join(joins),
            SQL(" + ").join(percents),
            SQL.identifier(ALIAS),
        )

    def _added_up(self, taxes, percentages: dict[int, float]) -> SQL:
        return SQL(
            "CROSS JOIN LATERAL (SELECT COALESCE(SUM((%s::jsonb ->> rel.%s::text)::numeric), 0)"
            " AS percent FROM %s AS rel WHERE rel.%s = line.id AND line.discount = 100) AS %s",
            json.dumps(percentages),
            SQL.identifier(taxes.column2),
            SQL.identifier(taxes.relation),
            SQL.identifier(taxes.column1),
            SQL.identifier(ALIAS),
        )

    def _percentages(self, taxes) -> dict[int, float]:
        """Id of a tax that is on any line -> the percentage that it adds to prices in which it is
        included. A group adds what the taxes in it do; an archived tax is still on old lines.

        :param taxes: the field of the lines' taxes
        """
        Tax, Company = self.env["account.tax"], self.env["res.company"]
        children = Tax._fields["children_tax_ids"]
        read = ["amount", "amount_type", "company_id", "price_include_override", "type_tax_use"]
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    WITH included AS (
                        SELECT tax.id, tax.amount
                          FROM account_tax tax
                          JOIN res_company company ON company.id = tax.company_id
                         WHERE tax.company_id IN %(company_ids)s
                           AND tax.amount_type = 'percent'
                           AND tax.type_tax_use <> 'purchase'
                           AND COALESCE(tax.price_include_override, company.account_price_include)
                               = 'tax_included'
                    ), added AS (
                        SELECT id, amount
                          FROM included
                         UNION ALL
                        SELECT filiation.%(parent)s, SUM(included.amount)
                          FROM %(filiations)s AS filiation
                          JOIN included ON included.id = filiation.%(child)s
                         GROUP BY filiation.%(parent)s
                    )
                    SELECT id, amount
                      FROM added
                     WHERE EXISTS (SELECT FROM %(rel)s AS rel WHERE rel.%(tax)s = added.id)
                     ORDER BY id
                    """,
                    company_ids=tuple(self.env.companies.sudo().parent_ids.ids),
                    filiations=SQL.identifier(children.relation),
                    parent=SQL.identifier(children.column1),
                    child=SQL.identifier(children.column2),
                    rel=SQL.identifier(taxes.relation),
                    tax=SQL.identifier(taxes.column2),
                    to_flush=[
                        *(Tax._fields[name] for name in read),
                        Company._fields["account_price_include"],
                    ],
                )
            )
        )
