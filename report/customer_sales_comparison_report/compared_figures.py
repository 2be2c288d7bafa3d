"""The figures that are compared, and what their four columns are made of."""

from dataclasses import dataclass
from enum import Enum

from odoo import fields

PARTS = CURRENT, BASE, CHANGE, PERCENT = "current", "base", "change", "change_percent"


class Kind(Enum):
    """How the lines of a period come to a figure."""

    SUM = 1
    COUNT = 2  # of different values
    RATIO = 3  # of sums


@dataclass(frozen=True)
class Figure:
    """A figure of the lines.

    :param source: the column of the lines that it is of
    """

    kind: Kind
    source: str


# Beginning of the names of the four columns -> the figure
FIGURES = {
    "net_sales": Figure(Kind.SUM, "net_sales"),
    "ordered": Figure(Kind.SUM, "ordered"),
    "quantity": Figure(Kind.SUM, "quantity"),
    "documents": Figure(Kind.COUNT, "document_ref"),
    "customers": Figure(Kind.COUNT, "commercial_partner_id"),
    "price_unit": Figure(Kind.RATIO, "price_unit"),
    "discount_amount": Figure(Kind.SUM, "discount_amount"),
    "discount": Figure(Kind.RATIO, "discount"),
    "margin": Figure(Kind.SUM, "margin"),
    "margin_percent": Figure(Kind.RATIO, "margin_percent"),
}

# Name of a column -> its figure's name, and which of the four it is
COLUMNS = {f"{name}_{part}": (name, part) for name in FIGURES for part in PARTS}


def four_columns(field_class, kind: Kind, label: str, what: str, **attrs) -> tuple:
    """The fields of the current period, the base, the change and the change in percent.

    :param label: what the figure is called
    :param what: what it is, as the beginning of a sentence
    :param attrs: of the fields of amounts
    """
    attrs |= {"readonly": True, "aggregator": "avg" if kind is Kind.RATIO else "sum"}
    percent = {key: attrs[key] for key in ("groups",) if key in attrs}
    return (
        field_class(string=f"{label}: Current", help=f"{what}, in the current period.", **attrs),
        field_class(string=f"{label}: Base", help=f"{what}, in the base period.", **attrs),
        field_class(
            string=f"{label}: Change",
            help=f"{what}: the current period less the base period.",
            **attrs,
        ),
        fields.Float(
            string=f"{label}: Change %",
            help=f"{what}: the change as a share of the base period. Empty where that is not "
            "positive.",
            digits=(16, 4),
            readonly=True,
            aggregator="avg",
            **percent,
        ),
    )
