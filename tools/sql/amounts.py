"""Amounts that are as good as nothing: lines that cancel out need not do so to the last digit once
they have been converted from another currency."""

from odoo.tools import SQL

DIGITS = 4


def sign_of(amount: SQL) -> SQL:
    """1, -1, or 0 of what comes to nothing."""
    return SQL("SIGN(ROUND((%s)::numeric, %s))", amount, DIGITS)


def is_above_nothing(amount: SQL) -> SQL:
    return SQL("ROUND((%s)::numeric, %s) > 0", amount, DIGITS)
