"""What clients send, which need not be what it should be.

The web client sends what it should; whoever forges a call, or a stored setting, can send anything.
"""

import math
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command

LARGEST = 10**15  # up to this, an amount has cents


def not_understood(env) -> UserError:
    """The refusal of a call whose parts are not what they should be."""
    return UserError(
        env._("What Customer Sales was asked cannot be understood. Reload the page and try again.")
    )


def texts(value) -> list[str]:
    """The texts in a list, or a single one; nothing else."""
    if isinstance(value, str):
        return [value]
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def ids(value) -> list[int]:
    """The numbers in a list that can be ids."""
    return [each for each in value if is_id(each)] if isinstance(value, list) else []


def are_records(value) -> bool:
    """Whether it says which records a field is to have: by their ids, or by commands that link
    them."""
    if value is None or value is False:
        return True
    return isinstance(value, (list, tuple)) and all(
        is_id(each) or (isinstance(each, (list, tuple)) and _links(*each)) for each in value
    )


def _links(command=None, record_id=0, record_ids=None, *_more) -> bool:
    if command in (Command.LINK, Command.UNLINK):
        return is_id(record_id)
    return command == Command.CLEAR or (command == Command.SET and record_ids == ids(record_ids))


def is_id(value) -> bool:
    return type(value) is int and 0 < value < 2**53


def mapping(value) -> dict:
    """A dictionary whose keys are texts; empty if it is none."""
    is_mapping = isinstance(value, dict) and all(isinstance(key, str) for key in value)
    return value if is_mapping else {}


def is_number(value) -> bool:
    """Whether it is a number that an amount can be compared with."""
    try:
        return type(value) in (int, float) and math.isfinite(value) and abs(value) <= LARGEST
    except OverflowError:
        return False


def is_day(value) -> bool:
    """Whether it is a day as Odoo writes it, such as ``2026-03-10``."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
