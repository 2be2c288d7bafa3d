"""What a forged call is made of, and whose fault it is if one fails."""

import copy
import traceback
from pathlib import Path

import psycopg2

import odoo.tools
from odoo.exceptions import AccessDenied, UserError

APP = Path(__file__).resolve().parents[1]
ODOO = Path(odoo.tools.__file__).resolve().parents[1]

# The loggers of all that Odoo has to say of such a call
QUIET = ("odoo", "py.warnings")

# Answers that Odoo's web client shows as a sentence
# (the RPC layer makes a sentence of the database's constraints)
REFUSALS = (UserError, AccessDenied, psycopg2.IntegrityError)


def _nested(depth, innermost, wrap):
    for _level in range(depth):
        innermost = wrap(innermost)
    return innermost


GARBAGE = [
    None,
    True,
    False,
    -1,
    0,
    7,
    2**31,
    2**63,
    10**40,
    10**400,
    1e308,
    -1e308,
    float("nan"),
    float("inf"),
    "",
    "x",
    "id",
    "date",
    "False",
    "\0",
    "a\0b",
    "\ud800",
    "\u202e%_\\'\"",
    "9" * 5000,
    "x" * 100_000,
    "a.b.c.d",
    "commercial_partner_id.name",
    "price_subtotal desc, nonsense",
    "0001-01-01",
    "9999-12-31",
    "2026-02-31",
    "today +99999999y",
    [],
    [None],
    [[]],
    ["x"],
    [1, "x", None, {}],
    [[1, 2, 3]],
    [["date", "=", "x"]],
    [["id", "in", [2**70]]],
    [["nonsense", "=", 1]],
    ["&"],
    [[6, 0, ["x"]]],
    [[9, 9, 9]],
    [[0, 0, {}]],
    {},
    {"x": 1},
    {"id": {}},
    {"name": None},
    _nested(300, [], lambda inner: [inner]),
    _nested(300, {}, lambda inner: {"fields": inner}),
    _nested(300, [["id", "=", 1]], lambda inner: [["commercial_partner_id", "any", inner]]),
    ["|"] * 5000 + [["id", "=", 1]] * 5001,
    list(range(5000)),
]


class Ids(list):
    """The ids of the records that a method is called on. Odoo itself asks the database for them,
    and fails if they are no numbers."""


OTHER_IDS = [Ids(), Ids([0]), Ids([-1]), Ids([1]), Ids([2**31]), Ids([2**62]), Ids(range(1, 500))]


def mutated(random, call):
    """A call as another might forge it: some of its parts replaced, doubled or taken out."""
    call = copy.deepcopy(call)
    places = list(_places(call))
    for container, key in random.sample(places, min(len(places), random.choice((1, 1, 1, 2, 3)))):
        action = random.random()
        if isinstance(container, dict) and key not in container:
            continue  # taken out from where the same part stands twice
        if isinstance(container[key], Ids):
            container[key] = random.choice(OTHER_IDS)
        elif action < 0.75:
            container[key] = random.choice(GARBAGE)
        elif action < 0.9 and isinstance(container, dict):
            del container[key]
        elif isinstance(container, dict):
            container[random.choice(("x", "id", "", "name"))] = container[key]
        else:
            container.append(container[key])
    return call


def _places(value):
    """The containers and keys of all that a call is made of."""
    items = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, inner in list(items):
        yield value, key
        if not isinstance(inner, Ids):
            yield from _places(inner)


def is_ours(error, model, method: str) -> bool:
    """Whether ``error`` is a failure of this app: it comes out of its code, or of a statement that
    a method of its own had the database do.

    :param model: any model
    :param method: which was called
    """
    frames = [
        path
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename).resolve()).is_relative_to(ODOO)
        or (path.is_relative_to(APP) and not path.is_relative_to(APP / "tests"))
    ]
    if not frames:
        return False
    is_inherited = hasattr(model.env.registry["base"], method.rpartition("+")[2])
    if isinstance(error, RecursionError) or (
        isinstance(error, psycopg2.Error) and not is_inherited
    ):
        return any(path.is_relative_to(APP) for path in frames)
    return frames[-1].is_relative_to(APP)


def trace(error) -> str:
    """The end of an error's traceback, for who has to mend it."""
    return "".join(traceback.format_exception(error))[-3000:] if error else ""
