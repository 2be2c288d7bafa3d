"""What discounts on lines took off: price x quantity without the taxes in it, less the rest.

Each case is a sales order, its invoice and a receipt of the same line.
"""

from unittest.mock import patch

from odoo import Command

from ..tools.sql import included_taxes
from .common import CustomerSalesPosCommon


class TestLineDiscounts(CustomerSalesPosCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()

        def tax(name, amount, amount_type="percent", **values):
            return cls.env["account.tax"].create(
                {
                    "name": name,
                    "amount": amount,
                    "amount_type": amount_type,
                    "price_include_override": "tax_included",
                    **values,
                }
            )

        below = tax("10 % below", 10, include_base_amount=True, sequence=1)
        above = tax("5 % on top", 5, sequence=2)
        cls.taxes = {
            "none": cls.env["account.tax"],
            "added": cls.tax_15,
            "included": cls.tax_15_included,
            "two": tax("6 %", 6) | tax("4 %", 4),
            "on top": below | above,
            "division": tax("20 % of the price", 20, "division"),
            "fixed": tax("1 each", 1, "fixed"),
            "fixed and percent": tax("2 each", 2, "fixed", sequence=1)
            | tax("25 %", 25, sequence=2),
            "group": tax(
                "Group",
                0,
                "group",
                children_tax_ids=[Command.set((tax("8 %", 8) | tax("2 %", 2)).ids)],
            ),
        }

    def sold(self, name, price, quantity, discount):
        """An order, its invoice and a receipt of a line."""
        product = self.product_named(name, price, taxes=self.taxes[name])
        order = self.sales_order((product, quantity, {"discount": discount}))
        receipt = self.receipt((product, quantity, {"discount": discount}), partner=self.acme)
        return order, self.invoice_order(order), receipt

    def test_before_and_after(self):
        """By kind of tax, price, quantity and discount: what is left, what was taken off, and what
        it was before, all without taxes."""
        for name, price, quantity, discount, untaxed, discounted, undiscounted in (
            ("none", 12.35, 3, 15, 31.49, 5.56, 37.05),
            ("none", 0.40, 1, 99, 0, 0.40, 0.40),
            ("none", 0.01, 1, 10, 0.01, 0, 0.01),
            ("added", 12.35, 3, 15, 31.49, 5.56, 37.05),
            ("added", 100, 2, 100, 0, 200, 200),
            ("included", 23, 3, 0, 60, 0, 60),
            ("included", 23, 3, 10, 54, 6, 60),
            ("included", 23, 3, 100, 0, 60, 60),
            ("included", 0.46, 1, 99, 0, 0.40, 0.40),
            ("two", 110, 1, 50, 50, 50, 100),
            ("two", 110, 1, 100, 0, 100, 100),
            ("on top", 115.5, 2, 25, 150, 50, 200),
            ("on top", 115.5, 2, 100, 0, 200, 200),
            ("division", 50, 1, 10, 36, 4, 40),
            ("division", 50, 1, 100, 0, 40, 40),
            ("fixed", 5, 2, 50, 3, 5, 8),
            ("fixed", 5, 1, 100, -1, 5, 4),
            ("fixed and percent", 27, 1, 20, 15.68, 4.32, 20),
            ("group", 110, 1, 40, 60, 40, 100),
            ("group", 110, 1, 100, 0, 100, 100),
        ):
            with self.subTest(taxes=name, price=price, quantity=quantity, discount=discount):
                row = f"{untaxed}  {discounted}  {undiscounted}"
                self.assertRows(
                    self.sold(name, price, quantity, discount),
                    f"untaxed  discounted  undiscounted\n{row}\n{row}\n{row}",
                )

    def test_many_taxes(self):
        """Where there are too many taxes to join one by one, they are collected line by line, with
        the same result."""
        documents = [
            *self.sold("on top", 115.5, 2, 25),
            *self.sold("two", 110, 1, 100),
            *self.sold("added", 100, 1, 10),
        ]
        joined = self.rows_of(*documents).mapped("price_undiscounted")
        self.assertEqual([round(amount, 6) for amount in joined], [200] * 3 + [100] * 6)
        with patch.object(included_taxes, "JOINED", 0):
            self.assertEqual(self.rows_of(*documents).mapped("price_undiscounted"), joined)

    def test_as_the_sales_analysis(self):
        """Where the price includes no taxes, each line's discount is that of Odoo's own report, to
        the cent: orders and receipts."""
        lines = ((12.35, 3, 15), (0.40, 1, 99), (33.33, 7, 33.33), (9.99, 12, 100), (10, 2, 0))
        for price, quantity, discount in lines:
            self.sold("none", price, quantity, discount)
        by_product = [("company_id", "=", self.company.id)], ["product_id"]
        [ours, theirs] = (
            {
                product: round(amount, 2)
                for product, amount in self.env[model]._read_group(
                    domain + by_product[0], by_product[1], ["discount_amount:sum"]
                )
            }
            for model, domain in (
                ("customer.sales.report", [("document_type", "=", "sales_order")]),
                ("sale.report", [("order_reference", "like", "sale.order,")]),
            )
        )
        self.assertEqual(ours, theirs)
        self.assertEqual(sorted(ours.values()), [0, 0.4, 5.56, 77.76, 119.88])

    def test_fiscal_position(self):
        """A receipt's line keeps the taxes of its product, while the customer's fiscal position
        replaces them: 23 with 15 % included becomes 20 untaxed; 10 % off are 2 off 20."""
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        free = self.env["account.tax"].create(
            {
                "name": "0 %",
                "amount": 0,
                "fiscal_position_ids": [Command.link(position.id)],
                "original_tax_ids": [Command.link(self.tax_15_included.id)],
            }
        )
        self.assertEqual(position.map_tax(self.tax_15_included), free)
        receipt = self.receipt(
            (
                self.soap,
                1,
                {
                    "price_unit": 20,
                    "discount": 10,
                    "tax_ids": [Command.set(self.tax_15_included.ids)],
                    "price_subtotal": 18,
                    "price_subtotal_incl": 18,
                },
            ),
            partner=self.acme,
            fiscal_position_id=position.id,
        )
        self.assertEqual(receipt.lines.tax_ids, self.tax_15_included)
        self.assertRows([receipt], "untaxed  discounted  undiscounted  tax\n18  2  20  0")

    def test_given_away_with_a_fixed_tax(self):
        """3 at 5 with a tax of 1 on each included, one of them free: 10 paid, of which 3 are
        taxes. The receipt says so, and its invoice."""
        can = self.product_named("Can", 5, taxes=self.taxes["fixed"])
        receipt = self.receipt((can, 2), (can, 1, {"discount": 100}), partner=self.acme)
        self.assertEqual((receipt.amount_total, receipt.amount_tax), (10, 3))
        analysis = self.env["report.pos.order"].search([("order_id", "=", receipt.id)])
        self.assertEqual(sum(analysis.mapped("price_subtotal_excl")), 7)
        table = """
            quantity  untaxed  tax  total  discounted  undiscounted
                   2        8    2     10           0             8
                   1       -1    1      0           5             4
        """
        self.assertRows([receipt], table)
        self.assertRows([self.refund(receipt)], _taken_back(table))
        self.assertRows([self.invoice_receipts(receipt)], table)

    def assertReconciled(self):  # noqa: N802
        """The sales analysis counts the tax on what was given away with the wrong sign."""
        if self._testMethodName in ("test_given_away_with_a_fixed_tax", "test_before_and_after"):
            return self.assertNetSalesOfDocuments()
        return super().assertReconciled()


def _taken_back(table):
    header, *lines = table.strip().splitlines()
    negative = ("  ".join(f"{-float(cell)}" for cell in line.split()) for line in lines)
    return "\n".join([header, *negative])
