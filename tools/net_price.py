"""What is left of a price without the taxes that are included in it, as Odoo computes it.

Odoo's own computation (``account.tax._get_tax_details``) is for one line at a time. Whatever taxes
a line has, it is of this form, with numbers that depend on the taxes alone:

    ``share`` x price x quantity + ``fixed`` x quantity

so a query can compute millions of lines with it. Of a negative price, ``fixed`` is taken off.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache


@dataclass(frozen=True)
class Tax:
    """What the computation needs of an ``account.tax``; the names are its fields'."""

    id: int
    sequence: int
    amount_type: str
    amount: float
    price_include: bool
    include_base_amount: bool
    is_base_affected: bool
    children: tuple["Tax", ...] = ()

    @property
    def rate(self) -> Fraction:
        return Fraction(Decimal(str(self.amount))) / 100

    @property
    def matters(self) -> bool:
        """Whether it can change what is left of a price."""
        if self.amount_type == "group":
            return any(child.matters for child in self.children)
        if self.amount_type == "fixed" and self.include_base_amount:
            return True  # it makes an included tax on top of it larger
        return self.price_include and self.amount_type in ("fixed", "percent", "division")


@dataclass(frozen=True)
class NetPrice:
    """The form above."""

    share: Fraction = Fraction(1)
    fixed: Fraction = Fraction(0)

    def __add__(self, other):
        return NetPrice(self.share + other.share, self.fixed + other.fixed)

    def __mul__(self, factor):
        return NetPrice(self.share * factor, self.fixed * factor)


@lru_cache(maxsize=4096)
def net_price(taxes: frozenset[Tax]) -> NetPrice:
    """What is left of the price of a line that has ``taxes``, or groups of taxes."""
    ordered = _flat(taxes)
    return _Computation(ordered).net() if ordered else NetPrice()


class _Computation:
    """The steps of ``_get_tax_details`` that a price without taxes needs.

    Amounts are of the form of :class:`NetPrice`; those of taxes are what the tax takes off.

    :param taxes: without groups, in their order
    """

    def __init__(self, taxes: Sequence[Tax]):
        self.taxes = taxes
        self.batches = _batches(taxes)
        # What each tax is computed on, which included taxes around it make less
        self.bases = [NetPrice() for _tax in taxes]
        self.amounts: dict[int, NetPrice] = {}

    def net(self) -> NetPrice:
        backwards = range(len(self.taxes) - 1, -1, -1)
        for index in backwards:
            if self.taxes[index].amount_type == "fixed":
                self._settle(index, NetPrice(Fraction(0), -self.taxes[index].rate * 100))
        for index in backwards:
            if self.taxes[index].price_include and index not in self.amounts:
                self._settle(index, self._included_amount(index))
        left = self.bases[0]
        if self.taxes[0].price_include:
            for index in self._batch(0):
                left += self.amounts[index]
        return left

    def _batch(self, index: int) -> list[int]:
        return [other for other, key in enumerate(self.batches) if key == self.batches[index]]

    def _included_amount(self, index: int) -> NetPrice:
        tax = self.taxes[index]
        if tax.amount_type == "percent":
            total = 1 + sum(self.taxes[other].rate for other in self._batch(index))
            return self.bases[index] * (-tax.rate / total if total else Fraction(0))
        if tax.amount_type == "division":
            return self.bases[index] * -tax.rate
        return NetPrice(Fraction(0))

    def _settle(self, index: int, amount: NetPrice):
        """Let the amount of a tax change the bases of the others, as Odoo propagates it."""
        tax, self.amounts[index] = self.taxes[index], amount
        for other, other_tax in enumerate(self.taxes):
            if self.batches[other] == self.batches[index]:
                continue
            is_on_top = other > index and tax.include_base_amount and other_tax.is_base_affected
            if tax.price_include and not is_on_top:
                self.bases[other] += amount
            elif is_on_top and not tax.price_include:
                self.bases[other] += amount * -1


def _flat(taxes: Iterable[Tax]) -> list[Tax]:
    """In the order of their computation, groups of taxes in their place as what is in them."""
    flat: dict[Tax, None] = {}
    for tax in sorted(taxes, key=_order):
        if tax.amount_type == "group":
            flat |= dict.fromkeys(sorted(tax.children, key=_order))
        else:
            flat[tax] = None
    return list(flat)


def _order(tax: Tax) -> tuple[int, int]:
    return tax.sequence, tax.id


def _batches(ordered: Sequence[Tax]) -> list[int]:
    """A number for each tax: taxes with the same one are computed together, on the same base."""
    numbers, number, is_base_affected = [], 0, False
    first = None  # of the batch, seen from the end
    for tax in reversed(ordered):
        is_same = first is not None and (
            (tax.amount_type, tax.price_include, tax.include_base_amount)
            == (first.amount_type, first.price_include, first.include_base_amount)
            and not (tax.include_base_amount and is_base_affected)
        )
        if not is_same:
            number, first = number + 1, tax
        numbers.append(number)
        is_base_affected = tax.is_base_affected
    return numbers[::-1]
