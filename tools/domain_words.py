"""A domain in words, for people who read what was filtered and never saw a domain."""

from collections.abc import Set
from datetime import date, datetime

from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainNot, DomainOr
from odoo.tools import format_date, format_datetime

from .number_text import number_text
from .record_names import names_as_reader

# More values than a reader would take in are counted instead.
VALUES_SHOWN = 5

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


def domain_words(model, domain) -> str:
    """What ``domain`` selects, in the reader's language.

    :param model: the model the domain is on, one with ``customer.sales.reach.mixin``
    :param domain: anything that makes a domain
    :return: such as ``Net Sales is Yes, and Customer › Country is Egypt``
    """
    words = _Words(model).of(Domain(domain))
    return words if len(words) <= WORDS_SHOWN else f"{words[:WORDS_SHOWN]} […]"


class _Words:
    def __init__(self, model):
        self.model = model
        self.env = model.env

    def of(self, domain: Domain, prefix: tuple[str, ...] = (), nested: bool = False) -> str:
        """
        :param prefix: the path of field names that leads to the model of the domain
        :param nested: whether it is a part of a longer sentence
        """
        if domain.is_true():
            return self.env._("everything")
        if domain.is_false():
            return self.env._("nothing")
        if isinstance(domain, DomainCondition):
            return self._condition(domain, prefix, nested)
        if isinstance(domain, DomainNot):
            return self.env._("not (%s)", self.of(domain.child, prefix))
        if isinstance(domain, (DomainAnd, DomainOr)):
            joint = self.env._(", and ") if isinstance(domain, DomainAnd) else self.env._(", or ")
            words = joint.join(self.of(child, prefix, nested=True) for child in domain.children)
            return f"({words})" if nested else words
        return str(domain)

    def _condition(self, condition: DomainCondition, prefix, nested) -> str:
        path = [*prefix, *condition.field_expr.split(".")]
        operator, value = condition.operator.rstrip("!"), condition.value
        if operator in ("any", "not any") and isinstance(value, (Domain, list, tuple)):
            words = self.of(Domain(value), tuple(path), nested)
            return words if operator == "any" else self.env._("not (%s)", words)
        fields = list(self.model._path_fields(path))
        field = fields[-1] if len(fields) == len(path) else None
        label = self.model._path_label(path)
        if value is False and (field is None or field.type != "boolean"):
            name = field and field.get_description(self.env, ["falsy_value_label"])
            if name and name.get("falsy_value_label"):
                sentence = self._sentence("=" if operator in ("=", "in") else "!=")
                return sentence % {"field": label, "value": name["falsy_value_label"]}
            if operator in ("=", "in"):
                return self.env._("%s is not set", label)
            return self.env._("%s is set", label)
        return self._sentence(operator) % {
            "field": label,
            "value": self._values(path, field, value),
        }

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
        if len(values) > VALUES_SHOWN:
            words.append(self.env._("%s more", number_text(self.env, len(values) - VALUES_SHOWN)))
        return self.env._(" or ").join(words)

    def _value(self, path, field, value) -> str:
        if isinstance(value, datetime):
            return format_datetime(self.env, value)
        if isinstance(value, date):
            return format_date(self.env, value)
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
