from collections import defaultdict
from collections.abc import Callable
from functools import cache, cached_property
from itertools import combinations, islice

from odoo.tools import SQL

from ..net_price import NetPrice, Tax, net_price
from .expression import Expression

ALIAS = "included_taxes"

# Up to so many sets of taxes are known to a query: all single ones first, then pairs, then threes.
# More than two included taxes on one line are hardly ever seen.
KNOWN_SETS = 400

# As many taxes are joined one by one.
JOINED = 8


# Fiscal position -> tax -> the taxes that take its place, where any of them matters; None for a
# position that has no taxes, which takes all off
Positions = dict[int, dict[int, list[int]] | None]

# Fiscal position or 0, sorted ids of taxes, and what they leave of a price
KnownSet = tuple[int, list[int], NetPrice]


class IncludedTaxes:
    """Prices without the taxes in them, as Odoo computes them (:mod:`..net_price`).

    What a set of taxes leaves of a price is computed beforehand, and is constants in the query.
    Each line's set is found by the primary key of the relation between lines and taxes, and only
    for lines with a discount: without one, what was left of the price is recorded.

    Most companies have one or two taxes that matter. Each is a join, so that PostgreSQL can compute
    the lines in any order and in parallel. More than a few would be long to plan: they are
    collected line by line, which PostgreSQL does in one process.

    :param env: the reader's environment; the taxes are those of ``env.companies``
    """

    def __init__(self, env):
        self.env = env

    def without(self, price: SQL, quantity: SQL) -> SQL:
        """``price`` x ``quantity`` of ``line`` without the taxes in it, right for lines with a
        discount."""
        # Multiplied before it is divided, so that 69 with 15 % in it leaves 60 and no fraction.
        return Expression(
            "(%(price)s) * (%(quantity)s)"
            " * COALESCE(%(taxes)s.share, 1) / COALESCE(%(taxes)s.of, 1)"
            " + COALESCE(%(taxes)s.fixed, 0) * (%(quantity)s)"
            " * CASE WHEN %(price)s < 0 THEN -1 ELSE 1 END",
            price=price,
            quantity=quantity,
            taxes=Expression.identifier(ALIAS),
            needs=ALIAS,
        )

    def joins(self, line_model: str) -> dict[str, Callable[[], SQL]]:
        """The joins that :meth:`without` needs on lines of ``line_model``, by their alias."""
        return {ALIAS: lambda: self._join(line_model)}

    def _join(self, line_model: str) -> SQL:
        relation = self.env[line_model]._fields["tax_ids"]
        # A receipt's line keeps its taxes as they are before its fiscal position.
        positions = self._fiscal_positions if line_model == "pos.order.line" else {}
        known = self._known_sets(self._on_lines(relation, positions), positions)
        if not known:
            return SQL(
                "CROSS JOIN (SELECT 1 AS share, 1 AS of, 0 AS fixed) AS %s", SQL.identifier(ALIAS)
            )
        tax_ids = sorted({tax_id for _position, ids, _left in known for tax_id in ids})
        taxes_of_line = self._joined if len(tax_ids) <= JOINED else self._collected
        return SQL(
            """
            %(taxes_of_line)s
            LEFT JOIN (VALUES %(known)s) AS %(alias)s (position, ids, share, of, fixed)
                   ON %(alias)s.ids = line_taxes.ids AND %(alias)s.position = %(position)s
            """,
            taxes_of_line=taxes_of_line(relation, tax_ids),
            known=SQL(", ").join(
                SQL(
                    "(%s, %s::int[], %s::numeric, %s::numeric, %s::numeric)",
                    position,
                    ids,
                    left.share.numerator,
                    left.share.denominator,
                    float(left.fixed),
                )
                for position, ids, left in known
            ),
            position=SQL(
                "CASE WHEN pos.fiscal_position_id IN %s THEN pos.fiscal_position_id ELSE 0 END",
                tuple(positions),
            )
            if positions
            else SQL("0"),
            alias=SQL.identifier(ALIAS),
        )

    def _joined(self, relation, tax_ids: list[int]) -> SQL:
        """The join of ``line_taxes.ids``, the sorted ids of those taxes of the line."""
        aliases = [f"included_tax_{tax_id}" for tax_id in tax_ids]
        joins = (
            SQL(
                "LEFT JOIN %s AS %s ON %s = CASE WHEN line.discount <> 0 THEN line.id END"
                " AND %s = %s",
                SQL.identifier(relation.relation),
                SQL.identifier(alias),
                SQL.identifier(alias, relation.column1),
                SQL.identifier(alias, relation.column2),
                tax_id,
            )
            for alias, tax_id in zip(aliases, tax_ids, strict=True)
        )
        return SQL(
            "%s CROSS JOIN LATERAL (SELECT ARRAY_REMOVE(ARRAY[%s], NULL) AS ids) AS line_taxes",
            SQL(" ").join(joins),
            SQL(", ").join(SQL.identifier(alias, relation.column2) for alias in aliases),
        )

    def _collected(self, relation, tax_ids: list[int]) -> SQL:
        """The same."""
        return SQL(
            """
            CROSS JOIN LATERAL (
                SELECT ARRAY_AGG(of_line.%(tax)s ORDER BY of_line.%(tax)s) AS ids
                  FROM %(relation)s AS of_line
                 WHERE of_line.%(line)s = CASE WHEN line.discount <> 0 THEN line.id END
                   AND of_line.%(tax)s IN %(ids)s
            ) AS line_taxes
            """,
            tax=SQL.identifier(relation.column2),
            relation=SQL.identifier(relation.relation),
            line=SQL.identifier(relation.column1),
            ids=tuple(tax_ids),
        )

    def _on_lines(self, relation, positions: Positions) -> list[Tax]:
        """The taxes that matter, as they are or as a fiscal position replaces them, and that any
        line has."""
        matters = {tax.id for tax in self._taxes if tax.matters}
        replaced = {
            source
            for replacements in positions.values()
            for source, targets in (replacements or {}).items()
            if matters.intersection(targets)
        }
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM UNNEST(%s::int[]) AS tax (id)"
                " WHERE EXISTS (SELECT FROM %s AS of_line WHERE of_line.%s = tax.id)",
                sorted(matters | replaced),
                SQL.identifier(relation.relation),
                SQL.identifier(relation.column2),
                to_flush=[relation],
            )
        )
        found = {tax_id for [tax_id] in rows}
        return [tax for tax in self._taxes if tax.id in found]

    def _known_sets(self, taxes: list[Tax], positions: Positions) -> list[KnownSet]:
        """The sets of ``taxes`` that a line may have, as far as they leave less of its price."""
        by_id = {tax.id: tax for tax in self._taxes}
        by_company = defaultdict(list)
        for tax in taxes:
            by_company[self._taxes[tax]].append(tax)

        def replaced(chosen, replacements) -> frozenset[Tax]:
            if replacements is None:
                return frozenset()
            ids = (each for tax in chosen for each in replacements.get(tax.id, [tax.id]))
            return frozenset(by_id[tax_id] for tax_id in ids if tax_id in by_id)

        sets = (
            (position, [tax.id for tax in chosen], net_price(replaced(chosen, replacements)))
            for size in range(1, max(map(len, by_company.values()), default=0) + 1)
            for company_taxes in by_company.values()
            for chosen in combinations(company_taxes, size)
            for position, replacements in {0: {}, **positions}.items()
        )
        return [known for known in islice(sets, KNOWN_SETS) if known[2] != NetPrice()]

    @cached_property
    def _taxes(self) -> dict[Tax, int]:
        """The taxes of the companies' sales, by id -> the company at the root of theirs, whose
        taxes its branches share."""
        rows = {row[0]: row for row in self.env.execute_query(self._select_taxes())}

        @cache
        def make(tax_id: int) -> Tax:
            _id, *values, children, _use, _root = rows[tax_id]
            return Tax(tax_id, *values, children=tuple(map(make, children)))

        return {
            make(tax_id): root for tax_id, *_values, use, root in rows.values() if use == "sale"
        }

    def _select_taxes(self) -> SQL:
        AccountTax, Company = self.env["account.tax"], self.env["res.company"]
        names = ["active", "amount", "amount_type", "children_tax_ids", "company_id"]
        names += ["include_base_amount", "invoice_repartition_line_ids", "is_base_affected"]
        names += ["price_include_override", "sequence", "type_tax_use"]
        return SQL(
            """
            SELECT tax.id,
                   tax.sequence,
                   tax.amount_type,
                   tax.amount,
                   COALESCE(tax.price_include_override, company.account_price_include)
                       = 'tax_included'
                       -- A reverse charge is never part of a price.
                       AND NOT EXISTS (
                           SELECT FROM account_tax_repartition_line part
                            WHERE part.tax_id = tax.id
                              AND part.document_type = 'invoice'
                              AND part.repartition_type = 'tax'
                              AND part.factor_percent < 0),
                   COALESCE(tax.include_base_amount, FALSE),
                   COALESCE(tax.is_base_affected, FALSE),
                   ARRAY(SELECT child_tax FROM account_tax_filiation_rel
                          WHERE parent_tax = tax.id),
                   tax.type_tax_use,
                   split_part(company.parent_path, '/', 1)::int
              FROM account_tax tax
              JOIN res_company company ON company.id = tax.company_id
             WHERE tax.company_id IN %s
             ORDER BY tax.id
            %s
            """,
            self._company_ids,
            SQL(
                to_flush=[
                    *(AccountTax._fields[name] for name in names),
                    Company._fields["account_price_include"],
                ]
            ),
        )

    @cached_property
    def _company_ids(self) -> tuple[int, ...]:
        return tuple(self.env.companies.sudo().parent_ids.ids)

    @cached_property
    def _fiscal_positions(self) -> Positions:
        matters = {tax.id for tax in self._taxes if tax.matters}
        found = self.env["account.fiscal.position"].sudo().with_context(active_test=False)
        positions = {}
        for position in found.search([("company_id", "in", self._company_ids)]):
            replacements = defaultdict(list)
            for target in position.tax_ids:
                for source in target.original_tax_ids:
                    replacements[source.id].append(target.id)
            if not position.tax_ids:
                positions[position.id] = None
            elif any(matters.intersection([source, *ids]) for source, ids in replacements.items()):
                positions[position.id] = dict(replacements)
        return positions
