"""What is left of a price without the taxes in it: as Odoo's own computation says."""

import itertools

from odoo import Command
from odoo.tests import TransactionCase, tagged

from ..tools.net_price import Tax, net_price

# (name, amount type, amount, included, affects the next ones, is affected by those before)
TAXES = (
    ("percent", "percent", 15, True, False, True),
    ("another percent", "percent", 5, True, False, True),
    ("percent on top", "percent", 10, True, True, True),
    ("percent apart", "percent", 7, True, True, False),
    ("division", "division", 20, True, False, True),
    ("fixed", "fixed", 1, True, False, True),
    ("fixed below", "fixed", 0.5, True, True, True),
    ("fixed added below", "fixed", 2, False, True, True),
    ("added", "percent", 8, False, False, True),
    ("added below", "percent", 3, False, True, True),
)
PRICES = ((100, 1), (12.35, 3), (0.4, 7), (-20, 2), (50, -2))


@tagged("post_install", "-at_install")
class TestNetPrice(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.taxes = cls.env["account.tax"].create(
            [
                {
                    "name": name,
                    "amount_type": amount_type,
                    "amount": amount,
                    "price_include_override": "tax_included" if included else "tax_excluded",
                    "include_base_amount": affects,
                    "is_base_affected": affected,
                    "sequence": sequence,
                }
                for sequence, (name, amount_type, amount, included, affects, affected) in enumerate(
                    TAXES
                )
            ]
        )

    def tax(self, record):
        return Tax(
            id=record.id,
            sequence=record.sequence,
            amount_type=record.amount_type,
            amount=record.amount,
            price_include=record.price_include,
            include_base_amount=record.include_base_amount,
            is_base_affected=record.is_base_affected,
            children=tuple(map(self.tax, record.children_tax_ids)),
        )

    def assertAsOdoo(self, taxes):  # noqa: N802
        left = net_price(frozenset(map(self.tax, taxes)))
        for price, quantity in PRICES:
            odoo = taxes._get_tax_details(price, quantity, rounding_method="round_globally")
            sign = -1 if price < 0 else 1
            self.assertAlmostEqual(
                float(left.share) * price * quantity + float(left.fixed) * sign * quantity,
                odoo["total_excluded"],
                6,
                f"{price} x {quantity} with {taxes.mapped('name')}",
            )

    def test_sets_in_any_order(self):
        """Every set of up to three taxes, and every order of them."""
        for size in (0, 1, 2, 3):
            for chosen in itertools.permutations(self.taxes, size):
                taxes = self.env["account.tax"].union(*chosen)
                for sequence, tax in enumerate(chosen):
                    tax.sequence = sequence
                self.assertAsOdoo(taxes)

    def test_sets_of_four(self):
        for chosen in itertools.combinations(self.taxes, 4):
            self.assertAsOdoo(self.env["account.tax"].union(*chosen))

    def test_groups(self):
        """A group stands in its own place, with what is in it in its order."""
        for chosen in itertools.combinations(self.taxes, 2):
            for sequence in (-1, 4, 20):
                group = self.env["account.tax"].create(
                    {
                        "name": f"group {sequence} {chosen[0].name} {chosen[1].name}",
                        "amount_type": "group",
                        "sequence": sequence,
                        "children_tax_ids": [Command.set([tax.id for tax in chosen])],
                    }
                )
                self.assertAsOdoo(group)
                for tax in self.taxes - group.children_tax_ids:
                    self.assertAsOdoo(group | tax)

    def test_known(self):
        """15 % in 115 leaves 100; 1 in 5 leaves 4; 10 % and then 5 % in 115.5 leave 100."""
        percent, _other, on_top, *_rest = self.taxes
        fixed = self.taxes.filtered(lambda tax: tax.name == "fixed")
        share = net_price(frozenset([self.tax(percent)])).share
        self.assertEqual(share * 115, 100)
        self.assertEqual(net_price(frozenset([self.tax(fixed)])).fixed, -1)
        on_top.sequence, self.taxes[1].sequence = 1, 2
        both = net_price(frozenset([self.tax(on_top), self.tax(self.taxes[1])]))
        self.assertAlmostEqual(float(both.share * 1155) / 10, 100)
