"""Why net sales changed from one period to another: the change of a customer, product and currency,
split into effects that add up to it.

A product is sold in a period at a quantity Q for G, which before discounts was U, in the document's
currency F. Of these are only lines that sell it: of kind *product*, of positive quantity, for
nothing or more. With the average price P = G/Q, that before discount L = U/Q, the share that a
discount left a = G/U, and the average rate r = G/F:

- volume ``(Q1 - Q0) P0``
- price ``Q1 (L1 r0/r1 - L0) a0``: prices before discount, at the rate of the base
- discount ``Q1 L1 r0/r1 (a1 - a0)``
- exchange rate ``Q1 P1 (1 - r0/r1)``, what is left of ``Q1 (P1 - P0)``

Where nothing was left of a price, or there was none, its rate is taken to be the other period's:
what was given away has no rate. A line without a product has no price that could be compared with
another's, so that all its change is volume.

All is computed in double precision: in numerics, which PostgreSQL keeps digit by digit, it takes
several times as long and as much memory. What double precision leaves over is rounded off.
"""

from collections.abc import Sequence

from odoo.tools import SQL

from ...tools.sql.columns import named

# Decimals of an amount that are no more than what double precision leaves over
DECIMALS = 6

# What the lines of a period are added up to: name -> which lines, and which amount of them
SUMS = {
    "net": ("TRUE", "amount"),
    "gross": ("is_sold", "amount"),
    "quantity": ("is_sold", "quantity"),
    "undiscounted": ("is_sold", "undiscounted"),
    "foreign": ("is_sold", "foreign_amount"),
    "returned": ("is_returned", "amount"),
}
# Periods, as the ends of names: the base, and the current one
PERIODS = ("0", "1")

# The effects, in the order in which they lead from the base to the current period
EFFECTS = (
    "lost_customers",
    "new_customers",
    "products_dropped",
    "products_added",
    "volume",
    "price",
    "discount",
    "exchange_rate",
    "returns",
    "other",
)


def line_columns(column) -> list[SQL]:
    """What :func:`grouped_lines` needs of a line, beside what it is grouped by.

    :param column: function of the name of a column of the compared lines that gives its SQL
    """
    is_product = SQL("%s = 'product'", column("line_kind"))
    quantity, amount = column("quantity"), column("price_subtotal")
    return [
        SQL("%s AS id", column("id")),
        SQL("%s AS in_0, %s AS in_1", column("in_base"), column("in_current")),
        SQL("%s AND %s > 0 AND %s >= 0 AS is_sold", is_product, quantity, amount),
        SQL("%s AND %s < 0 AND %s <= 0 AS is_returned", is_product, quantity, amount),
        SQL("%s::float8 AS amount, %s::float8 AS quantity", amount, quantity),
        SQL("%s::float8 AS undiscounted", column("price_undiscounted")),
        SQL("%s::float8 AS foreign_amount", column("price_subtotal_currency")),
    ]


def grouped_lines(lines: SQL, key: Sequence[str]) -> SQL:
    """A SELECT of the sums of either period, and whether it has any lines.

    OFFSET 0 has each figure of a line computed once, however often it is added up, by several
    processes; and what they found added up by one, as most groups are of one line.

    :param lines: a SELECT of :func:`line_columns`, and of the columns that are grouped by
    :param key: what is grouped by
    """
    names = SQL(", ").join(map(SQL.identifier, key))
    sums = [
        SQL(
            "COALESCE(SUM(%s) FILTER (WHERE %s AND %s), 0) AS %s",
            SQL.identifier(amount),
            SQL.identifier(f"in_{period}"),
            SQL(which),
            SQL.identifier(f"{name}_{period}"),
        )
        for period in PERIODS
        for name, (which, amount) in SUMS.items()
    ]
    sums += [
        SQL(
            "BOOL_OR(%s AND %s) AS %s",
            SQL.identifier(f"in_{period}"),
            SQL(which),
            SQL.identifier(f"{name}_{period}"),
        )
        for period in PERIODS
        for name, which in (("any", "TRUE"), ("sold", "is_sold"))
    ]
    return SQL(
        "SELECT MIN(id) AS id, %s, %s FROM (%s OFFSET 0) AS line GROUP BY %s",
        names,
        SQL(", ").join(sums),
        lines,
        names,
    )


def with_effects(table: SQL, columns: list[SQL], digits: int) -> SQL:
    """A SELECT of ``columns`` and of the effects of each row of a table.

    :param table: with the columns of :func:`grouped_lines`; ``bought_0`` and ``bought_1``, whether
        the customer has any row in the period; ``product_id``
    :param digits: the decimal places of the currency of the amounts
    """
    kept = SQL("bought_0 AND bought_1")
    both = SQL("bought_0 AND bought_1 AND sold_0 AND sold_1 AND product_id IS NOT NULL")

    def of_both(amount: SQL) -> SQL:
        return SQL("CASE WHEN %s THEN %s ELSE 0 END", both, rounded(amount, digits))

    # r0/r1
    rates = SQL(
        "CASE WHEN 0 IN (gross_0, gross_1, foreign_0, foreign_1) THEN 1 "
        "ELSE gross_0 * foreign_1 / (foreign_0 * gross_1) END"
    )
    left = SQL("CASE WHEN undiscounted_0 = 0 THEN 1 ELSE gross_0 / undiscounted_0 END")
    priced = SQL(
        "SELECT *, CASE WHEN %(both)s THEN %(rates)s END AS rates, "
        "CASE WHEN %(both)s THEN %(left)s END AS left_0 FROM %(table)s AS summed",
        both=both,
        rates=rates,
        left=left,
        table=table,
    )
    split = SQL(
        "SELECT *, %s AS price, %s AS discount, %s AS exchange_rate FROM (%s) AS priced",
        of_both(
            SQL("(undiscounted_1 * rates - quantity_1 * undiscounted_0 / quantity_0) * left_0")
        ),
        of_both(SQL("(gross_1 - undiscounted_1 * left_0) * rates")),
        of_both(SQL("gross_1 * (1 - rates)")),
        priced,
    )
    effects = {
        "lost_customers": SQL("CASE WHEN NOT bought_1 THEN -net_0 ELSE 0 END"),
        "new_customers": SQL("CASE WHEN NOT bought_0 THEN net_1 ELSE 0 END"),
        "products_dropped": SQL("CASE WHEN %s AND NOT sold_1 THEN -gross_0 ELSE 0 END", kept),
        "products_added": SQL("CASE WHEN %s AND NOT sold_0 THEN gross_1 ELSE 0 END", kept),
        # What rounding leaves over is here, so that all add up to the change.
        "volume": SQL(
            "CASE WHEN %s AND sold_0 AND sold_1 "
            "THEN gross_1 - gross_0 - price - discount - exchange_rate ELSE 0 END",
            kept,
        ),
        "price": SQL("price"),
        "discount": SQL("discount"),
        "exchange_rate": SQL("exchange_rate"),
        "returns": SQL("CASE WHEN %s THEN returned_1 - returned_0 ELSE 0 END", kept),
        "other": SQL(
            "CASE WHEN %s THEN (net_1 - gross_1 - returned_1) - (net_0 - gross_0 - returned_0) "
            "ELSE 0 END",
            kept,
        ),
    }
    effects = {name: rounded(amount, DECIMALS) for name, amount in effects.items()}
    return SQL(
        "SELECT %s, %s FROM (%s) AS split",
        SQL(", ").join(columns),
        named({name: effects[name] for name in EFFECTS}),
        split,
    )


def rounded(amount: SQL, digits: int) -> SQL:
    """An amount of double precision, rounded in it."""
    factor = 10.0**digits
    # Zero is added so that nothing is -0.
    return SQL("ROUND((%s) * %s::float8) / %s::float8 + 0", amount, factor, factor)
