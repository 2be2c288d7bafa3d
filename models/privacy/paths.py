"""The paths of field names in what a client may ask for."""

from collections.abc import Iterator

from odoo.fields import Domain


def domain_paths(domain: Domain) -> Iterator[list[str]]:
    """The paths in a domain, those in its sub-domains included."""
    for condition in domain.iter_conditions():
        path = condition.field_expr.split(".")
        yield path
        if condition.operator.rstrip("!") in ("any", "not any") and isinstance(
            condition.value, (Domain, list, tuple)
        ):
            for inner_path in domain_paths(Domain(condition.value)):
                yield path + inner_path


def specification_paths(specification: dict) -> Iterator[list[str]]:
    """The paths in a specification of ``web_read``."""
    for name, field_specification in specification.items():
        yield [name]
        for inner_path in specification_paths(field_specification.get("fields") or {}):
            yield [name, *inner_path]
        for path in order_paths(field_specification.get("order")):
            yield [name, *path]


def order_paths(order: str | None) -> Iterator[list[str]]:
    """The paths in an order."""
    for term in (order or "").split(","):
        if term.strip():
            yield term.split()[0].split(".")


def without_context(specification: dict, keys: set[str]) -> dict:
    """A specification of ``web_read`` whose contexts have none of ``keys``."""
    cleaned = {}
    for name, field_specification in specification.items():
        cleaned[name] = dict(field_specification)
        if context := field_specification.get("context"):
            kept = {key: value for key, value in context.items() if key not in keys}
            cleaned[name]["context"] = kept
        if inner := field_specification.get("fields"):
            cleaned[name]["fields"] = without_context(inner, keys)
    return cleaned
