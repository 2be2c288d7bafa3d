"""Properties of contacts: what a definition says, and what a value in a contact's JSON is.

Odoo checks little of a definition, and a value not at all when its property changes its type.
Whatever stands there, what comes out of here is of the types that it says, or nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from .safe_text import label_text
from .terms import PROPERTY_PREFIX

# Type of a property -> type of its column
COLUMN_TYPES = {
    "boolean": "boolean",
    "char": "char",
    "date": "date",
    "datetime": "datetime",
    "float": "float",
    "html": "html",
    "integer": "integer",
    "many2many": "many2many",
    "many2one": "many2one",
    "monetary": "float",
    "selection": "selection",
    "tags": "char",
    "text": "text",
}

# Names that Odoo searches by. Others it refuses, though it may have let them in.
SEARCHED_NAME = re.compile(r"[a-z0-9_]{1,512}")

# Numbers beyond these have no place in the columns of PostgreSQL.
LARGEST_INTEGER = 2**31 - 1
LARGEST_FLOAT = 1e300

# A date, or a date and a time, as Odoo writes them; there is no year 0.
MOMENT = re.compile(r"(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}:[0-9]{2})?")


@dataclass(frozen=True)
class CustomerProperty:
    """A property of contacts that is a column. Two that are equal make the same column.

    :param name: its name in a contact's JSON
    :param kind: its type, one of :data:`COLUMN_TYPES`
    :param label: what users call it
    :param comodel: of records
    :param options: of a selection or of tags: (value, label)
    """

    name: str
    kind: str
    label: str
    comodel: str | None = None
    options: tuple[tuple[str, str], ...] = ()

    @property
    def column(self) -> str:
        """The name of its column."""
        return PROPERTY_PREFIX + self.name

    @property
    def column_type(self) -> str:
        return COLUMN_TYPES[self.kind]

    @property
    def has_several_values(self) -> bool:
        return self.kind in ("many2many", "tags")

    @property
    def is_relational(self) -> bool:
        return self.kind in ("many2many", "many2one")

    def value_of(self, value):
        """What a value in a contact's JSON is: of a date a date, of tags their labels, of records
        their ids, whether they exist or not. False where it is nothing that the property holds."""
        return READ[self.kind](self, value)


def customer_property(definition) -> CustomerProperty | None:
    """What a definition says; None if it can be no column."""
    if not isinstance(definition, dict):
        return None
    name, kind, comodel = (definition.get(key) for key in ("name", "type", "comodel"))
    if not (isinstance(name, str) and SEARCHED_NAME.fullmatch(name)):
        return None
    if not (isinstance(kind, str) and kind in COLUMN_TYPES):
        return None
    if kind == "html" and not name.endswith("_html"):
        return None  # Odoo cleans HTML of scripts by this name alone.
    is_relational = kind in ("many2many", "many2one")
    if is_relational and not (isinstance(comodel, str) and comodel):
        return None
    return CustomerProperty(
        name,
        kind,
        label_text(definition.get("string"), name),
        comodel if is_relational else None,
        _options(definition.get(kind)) if kind in ("selection", "tags") else (),
    )


def _options(listed) -> tuple[tuple[str, str], ...]:
    """The pairs of a text and its label in what a definition lists; the first of each text."""
    labels = {}
    for option in listed if isinstance(listed, list) else ():
        value, *more = option if isinstance(option, list) and option else (None,)
        if isinstance(value, str) and value:
            labels.setdefault(value, label_text(more[0] if more else None, value))
    return tuple(labels.items())


def _read_boolean(_property, value):
    return value is True


def _read_text(_property, value):
    return value if isinstance(value, str) and value else False


def _read_integer(_property, value):
    return int(value) if _is_number(value) and abs(value) <= LARGEST_INTEGER else False


def _read_float(_property, value):
    return float(value) if _is_number(value) and abs(value) < LARGEST_FLOAT else False


def _read_date(prop, value) -> date | bool:
    moment = _read_datetime(prop, value)
    return moment and moment.date()


def _read_datetime(_property, value) -> datetime | bool:
    if not (isinstance(value, str) and MOMENT.fullmatch(value)):
        return False
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return False


def _read_selection(prop, value):
    return value if isinstance(value, str) and value in dict(prop.options) else False


def _read_tags(prop, value):
    labels = dict(prop.options)
    tags = [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else []
    return ", ".join(labels[tag] for tag in dict.fromkeys(tags) if tag in labels) or False


def _read_many2one(_property, value):
    return value if _is_id(value) else False


def _read_many2many(_property, value):
    return list(dict.fromkeys(filter(_is_id, value))) if isinstance(value, list) else []


def _is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_id(value) -> bool:
    return isinstance(value, int) and value is not True and 0 < value <= LARGEST_INTEGER


READ = {
    "boolean": _read_boolean,
    "char": _read_text,
    "date": _read_date,
    "datetime": _read_datetime,
    "float": _read_float,
    "html": _read_text,
    "integer": _read_integer,
    "many2many": _read_many2many,
    "many2one": _read_many2one,
    "monetary": _read_float,
    "selection": _read_selection,
    "tags": _read_tags,
    "text": _read_text,
}
