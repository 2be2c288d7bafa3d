"""What can be asked of a customer that stands on no single row: whether it bought in a period, how
often, or whether it is among the largest.

In a domain it is a text, so that it passes through favorites and clients.
"""

import json
from collections.abc import Callable, Iterable

from odoo.orm.domains import DomainCondition

from ...tools.client_values import ids, is_day, is_id, is_number
from ...tools.limits import CHOSEN
from ...tools.periods import PERIODS

# The field that asks it, of every model whose rows are of customers
WHO = "customers_who"

# The operator of such conditions, of which a row can meet several: of two that ask by ``=``, Odoo
# makes one for a value that equals both, and finds nothing.
ASKS, ASKS_NOT = "like", "not like"

BOUGHT, NOT_BOUGHT, LAST, LARGEST, ABOVE_AVERAGE, IS = (
    "bought",
    "not_bought",
    "last",
    "largest",
    "above_average",
    "is",
)

# A number of purchases, or of customers, beyond which nobody asks
MOST = 1_000_000


def hidden_in_editor(descriptions: dict[str, dict], names: Iterable[str]) -> dict[str, dict]:
    """The descriptions of fields, by which whoever puts a condition together by hand is not offered
    those that are asked by a text of the app's own.

    :param descriptions: of ``fields_get``, which are changed
    :param names: of such fields
    """
    for name in names:
        if "searchable" in descriptions.get(name, {}):
            descriptions[name]["searchable"] = False
    return descriptions


def asked_words(env, domain, field_name: str, words_of: Callable[[str], str]) -> str | None:
    """What a condition on a field asks that is asked by a text.

    :param words_of: of such a text
    :return: None if it is no condition on this field
    """
    if (
        isinstance(domain, DomainCondition)
        and domain.field_expr == field_name
        and domain.operator in (ASKS, ASKS_NOT)
    ):
        words = words_of(domain.value)
        return words if domain.operator == ASKS else env._("not (%s)", words)
    return None


def who_condition(kind: str, **asked) -> tuple[str, str, str]:
    """A condition on customers.

    :param kind: one of those above
    :param asked: what belongs to it, see :data:`_ASKED`; what is empty is left out
    """
    return (
        WHO,
        ASKS,
        json.dumps({"who": kind, **{key: each for key, each in asked.items() if each}}),
    )


def read_who(text) -> dict:
    """What :func:`who_condition` has written.

    :raise ValueError: if it cannot have written it
    """
    try:
        who = json.loads(text)
        asked = {key: each for key, each in who.items() if key != "who"}
        checks = _ASKED[who["who"]]
        if not all(checks[key](each) for key, each in asked.items()):
            raise ValueError(text)
    except (AttributeError, KeyError, RecursionError, TypeError) as error:
        raise ValueError(text) from error
    is_empty = {
        LAST: not asked,
        IS: not asked,
        LARGEST: len(asked.keys() & {"customers", "percent"}) != 1,
    }.get(who["who"], False)
    is_turned = asked.get("from", "") > asked.get("to", "9") or asked.get("least", 0) > asked.get(
        "most", MOST
    )
    if is_empty or is_turned or ("period" in asked and asked.keys() & {"from", "to"}):
        raise ValueError(text)
    return who


def is_count(value) -> bool:
    """Whether it is a whole number of purchases or customers."""
    return type(value) is int and 1 <= value <= MOST


def is_percent(value) -> bool:
    return is_number(value) and 0 < value <= 100


def _are_ids(value) -> bool:
    return bool(value) and ids(value) == value and len(value) <= CHOSEN


def _are_choices(value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) or is_id(each) for each in value)


def _is_period(value) -> bool:
    return isinstance(value, str) and value in dict(PERIODS)


_DAYS = {"from": is_day, "to": is_day}
_PERIOD = {"period": _is_period, **_DAYS}
_BOUGHT = {"products": _are_ids, "categories": _are_ids, **_PERIOD}
# Kind -> what belongs to it, and how it is checked. Products are templates.
_ASKED = {
    BOUGHT: {**_BOUGHT, "least": is_count, "most": is_count},
    NOT_BOUGHT: _BOUGHT,
    LAST: _DAYS,
    LARGEST: {**_PERIOD, "customers": is_count, "percent": is_percent},
    ABOVE_AVERAGE: _PERIOD,
    # What stands on the customer's profile, by the names of its fields
    IS: dict.fromkeys(("status", "segment_id", "abc_class", "chance_band"), _are_choices),
}
