"""A domain in words, for people who read what was filtered and never saw a domain."""

from collections.abc import Set
from contextlib import suppress
from datetime import date, datetime

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainNot, DomainOr
from odoo.tools import format_datetime
from odoo.tools.date_utils import parse_date

from .day_text import day_text, days_text
from .number_text import number_text
from .record_names import names_as_reader

# More values than a reader would take in are counted instead.
VALUES_SHOWN = 5

# Fields whose values one chooses, and does not type
CHOSEN_TYPES = ("many2many", "many2one", "selection")

# Characters: of a longer text nobody reads the end.
WORDS_SHOWN = 10_000


def rows_picked(domain) -> list | None:
    """The ids that ``domain`` asks for, if it asks for rows picked one by one and nothing else."""
    domain = Domain(domain)
    if (
        isinstance(domain, DomainCondition)
        and (domain.field_expr, domain.operator) == ("id", "in")
        and isinstance(domain.value, (list, tuple, Set))
    ):
        return list(domain.value)
    return None


def domain_words(model, domain, beside=None) -> str:
    """What ``domain`` selects, in the reader's language.

    :param model: the model the domain is on, one with ``customer.sales.reach.mixin``
    :param domain: anything that makes a domain
    :param beside: a domain that holds beside it and is told elsewhere; by itself it is all there is
    :return: such as ``Net Sales, and Customer › Country is Egypt``
    """
    domain = Domain(domain)
    words = _Words(model, Domain(domain if beside is None else beside)).of(domain)
    return words if len(words) <= WORDS_SHOWN else f"{words[:WORDS_SHOWN]} […]"


def names_words(records) -> str:
    """The names of records, any of which is meant, as their reader may read them."""
    names = names_as_reader(records[:VALUES_SHOWN])
    return _any_of(records.env, list(names.values()), len(records))


def _any_of(env, words: list[str], count: int) -> str:
    """
    :param words: the first of the values in question
    :param count: how many there are
    """
    if count > len(words):
        words = [*words, env._("%s more", number_text(env, count - len(words)))]
    return env._(" or ").join(words)


class _Words:
    def __init__(self, model, whole: Domain):
        """
        :param whole: the domain that those told are parts of
        """
        self.model = model
        self.env = model.env
        self.whole = whole

    def of(self, domain: Domain, prefix: tuple[str, ...] = (), nested: bool = False) -> str:
        """
        :param prefix: the path of field names that leads to the model of the domain
        :param nested: whether it is a part of a longer sentence
        """
        if domain.is_true():
            return self.env._("everything")
        if domain.is_false():
            return self.env._("nothing")
        if not prefix and (words := self.model._domain_words(domain, self.whole)):
            return words
        if isinstance(domain, DomainCondition):
            return self._condition(domain, prefix, nested)
        if isinstance(domain, DomainNot):
            return self.env._("not (%s)", self.of(domain.child, prefix))
        if isinstance(domain, (DomainAnd, DomainOr)):
            joint = self.env._(", and ") if isinstance(domain, DomainAnd) else self.env._(", or ")
            words = joint.join(self._parts(domain, prefix))
            return f"({words})" if nested else words
        return str(domain)

    def _parts(self, domain: DomainAnd | DomainOr, prefix) -> list[str]:
        """Each part in words; the two ends of a range are one."""
        parts = list(domain.children)
        words = []
        for part in parts:
            other = part and isinstance(domain, DomainAnd) and _other_end(part, parts)
            if other:
                parts[parts.index(other)] = None
                ends = (part, other) if part.operator == ">=" else (other, part)
                if range_words := self._range(prefix, *ends):
                    words.append(range_words)
                    continue
                words.append(self.of(part, prefix, nested=True))
                part = other
            if part:
                words.append(self.of(part, prefix, nested=True))
        return words

    def _range(self, prefix, lower: DomainCondition, upper: DomainCondition) -> str | None:
        path = [*prefix, *lower.field_expr.split(".")]
        if not prefix and (words := self.model._range_words(path, lower.value, upper.value)):
            return words
        field = self._field(path)
        first, last = self._day(field, lower.value), self._day(field, upper.value)
        if not (first and last):
            return None
        days = days_text(self.env, first, last)
        return self.env._("%(field)s: %(value)s", field=self.model._path_label(path), value=days)

    def _field(self, path):
        """The field that a path leads to; None if there is none."""
        fields = list(self.model._path_fields(path))
        return fields[-1] if len(fields) == len(path) else None

    def _day(self, field, value) -> date | None:
        """A day as it stands in a domain, which may count from today."""
        if isinstance(value, str) and field and field.type == "date":
            with suppress(ValueError, OverflowError):
                value = parse_date(value, self.env)
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        return value if is_day else None

    def _condition(self, condition: DomainCondition, prefix, nested) -> str:
        path = [*prefix, *condition.field_expr.split(".")]
        operator, value = condition.operator.rstrip("!"), condition.value
        if operator in ("any", "not any") and isinstance(value, (Domain, list, tuple)):
            words = self.of(Domain(value), tuple(path), nested)
            return words if operator == "any" else self.env._("not (%s)", words)
        field = self._field(path)
        label = self.model._path_label(path)
        if operator in (">=", "<=") and (day := self._day(field, value)):
            words = {"field": label, "day": day_text(self.env, day)}
            if operator == ">=":
                return self.env._("%(field)s: from %(day)s", **words)
            return self.env._("%(field)s: until %(day)s", **words)
        if value is False and (field is None or field.type != "boolean"):
            name = field and field.get_description(self.env, ["falsy_value_label"])
            if name and name.get("falsy_value_label"):
                sentence = self._sentence("=" if operator in ("=", "in") else "!=")
                return sentence % {"field": label, "value": name["falsy_value_label"]}
            if operator in ("=", "in"):
                return self.env._("%s is not set", label)
            return self.env._("%s is set", label)
        words = {"field": label, "value": self._values(path, field, value)}
        if len(path) == 1 and field and field.type in CHOSEN_TYPES and operator in ("=", "in"):
            return self.env._("%(field)s: %(value)s", **words)
        return self._sentence(operator) % words

    def _sentence(self, operator: str) -> str:
        if operator in ("=", "in"):
            return self.env._("%(field)s is %(value)s")
        if operator in ("!=", "not in"):
            return self.env._("%(field)s is not %(value)s")
        if operator in ("like", "ilike"):
            return self.env._("%(field)s contains %(value)s")
        if operator in ("not like", "not ilike"):
            return self.env._("%(field)s does not contain %(value)s")
        sentences = {
            "<": self.env._("%(field)s is below %(value)s"),
            "<=": self.env._("%(field)s is at most %(value)s"),
            ">": self.env._("%(field)s is above %(value)s"),
            ">=": self.env._("%(field)s is at least %(value)s"),
            "child_of": self.env._("%(field)s is or belongs to %(value)s"),
            "parent_of": self.env._("%(field)s is or is above %(value)s"),
        }
        return sentences.get(operator, f"%(field)s {operator} %(value)s")

    def _values(self, path, field, value) -> str:
        is_several = isinstance(value, (list, tuple, set, frozenset))
        values = list(value) if is_several else [value]
        if not values:
            return self.env._("nothing")
        words = [self._value(path, field, each) for each in values[:VALUES_SHOWN]]
        return _any_of(self.env, words, len(values))

    def _value(self, path, field, value) -> str:
        if isinstance(value, datetime):
            return format_datetime(self.env, value)
        if day := self._day(field, value):
            return day_text(self.env, day)
        if field is None or value is None:
            return str(value)
        if field.model_name == self.model._name and (
            words := self.model._value_words(field.name, value)
        ):
            return words
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if value is False:
            return self.env._("not set")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, str(value))
        if field.relational and isinstance(value, int) and self.model._may_reach(path):
            names = names_as_reader(self.env[field.comodel_name].browse(value))
            return names.get(value, str(value))
        if field.type in ("integer", "float", "monetary") and field.name != "id":
            return number_text(self.env, value) if isinstance(value, (int, float)) else str(value)
        return str(value)


def _other_end(part: Domain, parts: list) -> DomainCondition | None:
    """The condition that makes a range with ``part``, if that is one end of it."""
    opposite = {">=": "<=", "<=": ">="}.get(getattr(part, "operator", None))
    ends = (
        [
            other
            for other in parts
            if isinstance(other, DomainCondition)
            and (other.field_expr, other.operator) == (part.field_expr, opposite)
        ]
        if opposite
        else []
    )
    return ends[0] if len(ends) == 1 else None
