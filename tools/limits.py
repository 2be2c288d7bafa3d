"""How much may be asked for at once.

What people ask for by hand stays far below these. A program can ask for more than a server has
time for, and would keep it from everybody else.
"""

import re
from collections.abc import Set

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainCondition, DomainNary, DomainNot

from .number_text import number_text

# Conditions of a filter: twice as many take more than twice as long to be understood.
CONDITIONS = 1000

# Conditions within conditions: each level of relations is a sub-select within another.
DEPTH = 30

# Values that fields are compared with, such as rows picked one by one: five times what a list lets
# one pick. From here on PostgreSQL's time grows faster than their number.
VALUES = 100_000

# Characters of a text that is searched for: each row is compared with all of it.
TEXT = 1000

# The conditions that add up, or look up, all lines there are, each one anew
LOOKUPS = ("customer_since", "customer_total", "document_total", "customers_who", "of_lines")
LOOKUPS_AT_ONCE = 10

# Characters of the text that such a condition is written as: a filter with all its values
LOOKUP_TEXT = 1_000_000

# Records chosen in one field of the filter dialog, and cities written in it
CHOSEN = 1000

# Characters of the conditions on contact fields: Python reads nested ones at some cost of memory.
CONTACT_CONDITIONS_TEXT = 20_000

# Characters of a title or name: a file is named by it, and file names end at 255 bytes.
NAME = 200

# Columns of a layout or template: several times what a list has
LAYOUT_COLUMNS = 500

# Layouts of one list and owner: the list asks for all of them when it opens.
LAYOUTS = 200

# Templates of exports of one owner: the dialog looks them all through for the one used last.
TEMPLATES = 200

# Columns, groups or measures asked for at once: PostgreSQL has no more in a query.
COLUMNS_AT_ONCE = 1600

# Relations followed from one record to the next, to be read at once
READ_DEPTH = 20

# What PostgreSQL cannot keep in a text: the character of code 0, and halves of surrogate pairs
_UNKEPT = re.compile("[\x00\ud800-\udfff]")

# What ends a line, in any program. A name becomes the subject of a mail, where the next line would
# be another header.
_ENDS_LINE = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


def check_domain(env, domain):
    """
    :param domain: anything that makes a domain; what makes none is left to who uses it
    :raise UserError: if it asks for more than the limits allow
    """
    conditions = values = lookups = 0
    waiting = [(domain, 1)]
    while waiting:
        part, depth = waiting.pop()
        if isinstance(part, (list, tuple)):
            # Making a domain of a list too long would take its time.
            _check_conditions(env, len(part) // 2)
            part = Domain(part)
        _check_depth(env, depth)
        if isinstance(part, DomainNot):
            waiting.append((part.child, depth + 1))
        elif isinstance(part, DomainNary):
            waiting += ((child, depth + 1) for child in part.children)
        elif isinstance(part, DomainCondition):
            conditions += 1
            _check_conditions(env, conditions)
            if part.operator.rstrip("!") in ("any", "not any"):
                waiting.append((part.value, depth + 1))
                continue
            several = _several(part.value)
            values += len(several)
            is_lookup = part.field_expr in LOOKUPS
            lookups += len(several) if is_lookup else 0
            _check_texts(env, several, LOOKUP_TEXT if is_lookup else TEXT)
    if values > VALUES:
        raise UserError(
            env._(
                "This filter has more than %s values. To choose so many rows, filter by what they "
                "have in common.",
                number_text(env, VALUES),
            )
        )
    if lookups > LOOKUPS_AT_ONCE:
        raise UserError(
            env._(
                "This filter asks for more than %s totals or first purchases at once. Take some of "
                "them out.",
                number_text(env, LOOKUPS_AT_ONCE),
            )
        )


def check_rows(env, number: int):
    """
    :param number: of records to be read at once
    :raise UserError: if they are too many
    """
    if number > VALUES:
        raise UserError(
            env._(
                "More than %s rows cannot be read at once. Read them in parts.",
                number_text(env, VALUES),
            )
        )


def check_exported(env, number: int):
    """
    :param number: of records that Odoo's own export is to write
    :raise UserError: if they are too many
    """
    if number > VALUES:
        raise UserError(
            env._(
                "A plain table has %s rows at most. Choose “Export as Workbook…”, or filter for "
                "fewer rows.",
                number_text(env, VALUES),
            )
        )


def check_columns(env, number: int):
    """
    :param number: of columns, groups or measures asked for
    :raise UserError: if they are too many
    """
    if number > COLUMNS_AT_ONCE:
        raise UserError(
            env._(
                "More than %s columns cannot be asked for at once. Take some out.",
                number_text(env, COLUMNS_AT_ONCE),
            )
        )


def check_name(env, name):
    """
    :param name: a title or a name, if it is a text
    :raise UserError: if it is too long, more than a line, or no database can keep it
    """
    if not isinstance(name, str):
        return
    if len(name) > NAME:
        raise UserError(
            env._(
                "“%(beginning)s…” is longer than %(limit)s characters. Shorten it.",
                beginning=name[:30],
                limit=number_text(env, NAME),
            )
        )
    if _UNKEPT.search(name):
        raise UserError(env._("A name holds characters that cannot be kept. Type it anew."))
    if _ENDS_LINE.search(name):
        raise UserError(env._("A name is one line. Take the line breaks out."))


def name_of_copy(env, name: str | bool) -> str:
    """The name of the copy of a record, which is not too long where the record's is not."""
    room = NAME - len(env._("%s (copy)", ""))
    return env._("%s (copy)", (name or "")[:room])


def _check_conditions(env, number: int):
    if number > CONDITIONS:
        raise UserError(
            env._(
                "This filter has more than %s conditions. Take some of them out.",
                number_text(env, CONDITIONS),
            )
        )


def _check_depth(env, depth: int):
    if depth > DEPTH:
        raise UserError(
            env._(
                "The conditions of this filter are nested more than %s levels deep. Simplify them.",
                number_text(env, DEPTH),
            )
        )


def _check_texts(env, values, limit: int):
    if any(isinstance(value, str) and len(value) > limit for value in values):
        raise UserError(
            env._(
                "This filter searches for a text of more than %s characters. Search for a part of "
                "it.",
                number_text(env, limit),
            )
        )


def _several(value):
    return value if isinstance(value, (list, tuple, Set)) else (value,)
