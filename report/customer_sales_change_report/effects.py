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
"""

from odoo.tools import SQL

# What the lines of a period are added up to: name -> which lines, and which column of them
SUMS = {
    "net": ("TRUE", "price_subtotal"),
    "gross": ("sold", "price_subtotal"),
    "quantity": ("sold", "quantity"),
    "undiscounted": ("sold", "price_undiscounted"),
    "foreign": ("sold", "price_subtotal_currency"),
    "returned": ("returned", "price_subtotal"),
}

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


def sums_by_period(column, periods: dict[str, SQL]) -> list[SQL]:
    """The sums of the lines of a group in each period, and whether it has any lines.

    :param column: function of the name of a column of the lines that gives its SQL
    :param periods: suffix of the names -> condition that a line is of the period
    """
    is_product = SQL("%s = 'product'", column("line_kind"))
    which = {
        "TRUE": SQL("TRUE"),
        "sold": SQL(
            "%s AND %s > 0 AND %s >= 0", is_product, column("quantity"), column("price_subtotal")
        ),
        "returned": SQL(
            "%s AND %s < 0 AND %s <= 0", is_product, column("quantity"), column("price_subtotal")
        ),
    }
    sums = []
    for suffix, is_in_period in periods.items():
        for name, (lines, source) in SUMS.items():
            sums.append(
                SQL(
                    "COALESCE(SUM(%s) FILTER (WHERE %s AND %s), 0) AS %s",
                    column(source),
                    is_in_period,
                    which[lines],
                    SQL.identifier(f"{name}_{suffix}"),
                )
            )
        for name, lines in (("any", "TRUE"), ("sold", "sold")):
            sums.append(
                SQL(
                    "COALESCE(BOOL_OR(%s) FILTER (WHERE %s), FALSE) AS %s",
                    which[lines],
                    is_in_period,
                    SQL.identifier(f"{name}_{suffix}"),
                )
            )
    return sums


def with_effects(table: SQL, columns: list[SQL], currency_id: int, digits: int) -> SQL:
    """A SELECT of ``columns`` and of the effects of each row of a table.

    :param table: with the columns of :func:`sums_by_period` for the suffixes ``0``, the base, and
        ``1``, the current period; ``bought_0`` and ``bought_1``, whether the customer has any row
        in the period; ``product_id`` and ``document_currency_id``
    :param currency_id: the currency of the amounts
    :param digits: its decimal places
    """
    kept = SQL("bought_0 AND bought_1")
    both = SQL("bought_0 AND bought_1 AND sold_0 AND sold_1 AND product_id IS NOT NULL")

    def rounded(amount: SQL) -> SQL:
        # With double precision: a division of numerics takes many times as long.
        return SQL("CASE WHEN %s THEN ROUND((%s)::numeric, %s) ELSE 0 END", both, amount, digits)

    number = {
        f"{name}_{suffix}": SQL("%s::float8", SQL.identifier(f"{name}_{suffix}"))
        for name in SUMS
        for suffix in "01"
    }
    # r0/r1
    rates = SQL(
        "CASE WHEN document_currency_id = %(currency)s OR gross_0 = 0 OR gross_1 = 0 "
        "OR foreign_0 = 0 OR foreign_1 = 0 THEN 1 "
        "ELSE %(gross_0)s * %(foreign_1)s / (%(foreign_0)s * %(gross_1)s) END",
        currency=currency_id,
        **number,
    )
    left = SQL(
        "CASE WHEN undiscounted_0 = 0 THEN 1 ELSE %(gross_0)s / %(undiscounted_0)s END", **number
    )
    priced = SQL(
        "SELECT *, %s AS rates, %s AS left_0 FROM %s AS summed",
        SQL("CASE WHEN %s THEN %s END", both, rates),
        SQL("CASE WHEN %s THEN %s END", both, left),
        table,
    )
    split = SQL(
        "SELECT *, %s AS price, %s AS discount, %s AS exchange_rate FROM (%s) AS priced",
        rounded(
            SQL(
                "(%(undiscounted_1)s * rates "
                "- %(quantity_1)s * %(undiscounted_0)s / %(quantity_0)s) * left_0",
                **number,
            )
        ),
        rounded(
            SQL("(%(gross_1)s - %(undiscounted_1)s * left_0) * rates", **number),
        ),
        rounded(SQL("%(gross_1)s * (1 - rates)", **number)),
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
    return SQL(
        "SELECT %s, %s FROM (%s) AS split",
        SQL(", ").join(columns),
        SQL(", ").join(SQL("%s AS %s", effects[name], SQL.identifier(name)) for name in EFFECTS),
        split,
    )
