"""Amounts before discount of what was given away: the price without the taxes included in it, as
Odoo computes it where nothing is given away."""

from unittest.mock import patch

from odoo import Command

from ..tools.sql import included_taxes
from ..tools.sql.included_taxes import IncludedTaxes
from .common import CustomerSalesPosCommon


class TestIncludedTaxes(CustomerSalesPosCommon):
    def tax(self, percent, **values):
        return self.env["account.tax"].create(
            {"name": f"{percent} % {values}", "amount": percent, **values}
        )

    def included(self, percent, **values):
        return self.tax(percent, price_include_override="tax_included", **values)

    def counted(self, env):
        """The ids of the taxes that the lines of invoices are joined to."""
        taxes = IncludedTaxes(env)
        lines = self.env["account.move.line"]._fields["tax_ids"]
        return {tax.id for tax in taxes._on_lines(lines, {})}

    def assertBeforeDiscount(self, expected, price, taxes):  # noqa: N802
        """A product of a price with taxes, given away by an order, its invoice and a receipt, was
        worth what Odoo takes it for when it is sold."""
        product = self.product_named("Gift", price, taxes=taxes)
        order = self.sales_order((product, 1), (product, 1, {"discount": 100}))
        self.assertAlmostEqual(order.order_line[0].price_subtotal, expected)
        documents = [
            order,
            self.invoice_order(order),
            self.receipt((product, 1), (product, 1, {"discount": 100})),
        ]
        rows = self.rows_of(*documents)
        given_away = rows.filtered(lambda row: row.discount == 100)
        self.assertEqual(len(given_away), 3)
        for row in given_away:
            self.assertAlmostEqual(row.price_undiscounted, expected, 2, row.document_type)
            self.assertAlmostEqual(row.discount_amount, expected, 2, row.document_type)

    def test_one(self):
        self.assertBeforeDiscount(20, 23, self.tax_15_included)

    def test_not_included(self):
        self.assertBeforeDiscount(23, 23, self.tax_15)

    def test_two_on_one_line(self):
        self.assertBeforeDiscount(20, 25, self.included(10) + self.included(15))

    def test_one_of_two_included(self):
        self.assertBeforeDiscount(20, 22, self.included(10) + self.tax_15)

    def test_group(self):
        taxes = self.included(10, type_tax_use="none") + self.included(15, type_tax_use="none")
        group = self.tax(0, amount_type="group", children_tax_ids=[Command.set(taxes.ids)])
        self.assertBeforeDiscount(20, 25, group)

    def test_company_includes_taxes(self):
        """Where a company includes taxes, those that say nothing else are included."""
        self.company.account_price_include = "tax_included"
        excluded = self.tax(15, price_include_override="tax_excluded")
        self.assertBeforeDiscount(20, 22, self.tax(10))
        self.assertBeforeDiscount(22, 22, excluded)

    def test_archived(self):
        """A tax archived since is still in the price of what was posted with it."""
        order = self.sales_order((self.soap, 1, {"discount": 100}))
        documents = [
            order,
            self.invoice_order(order),
            self.receipt((self.soap, 1, {"discount": 100})),
        ]
        self.tax_15_included.active = False
        for row in self.rows_of(*documents):
            self.assertAlmostEqual(row.price_undiscounted, 20)

    def test_company_of_a_branch(self):
        """A branch sells with its company's taxes."""
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.invoice((self.soap, 1))
        env = self.env(context={"allowed_company_ids": branch.ids})
        self.assertEqual(self.counted(env), {self.tax_15_included.id})

    def test_taxes_that_count(self):
        """Purchase taxes, and those that no line has, are none of them."""
        unused, purchase = self.included(5), self.included(7, type_tax_use="purchase")
        self.invoice((self.soap, 1))
        self.draft_invoice((self.soap, 1, {"tax_ids": purchase.ids}))
        counted = self.counted(self.env)
        self.assertIn(self.tax_15_included.id, counted)
        self.assertNotIn(purchase.id, counted)
        self.assertNotIn(unused.id, counted)

    def test_query_does_not_grow(self):
        """However many taxes there are, there are few joins."""

        def joins():
            return self.env["customer.sales.report"]._table_query.code.count("JOIN")

        before = joins()
        taxes = self.env["account.tax"].union(*(self.included(number) for number in range(1, 51)))
        self.assertEqual(joins(), before)
        self.draft_invoice(*((self.soap, 1, {"tax_ids": tax.ids}) for tax in taxes))
        taxes[:25].active = False
        self.assertLessEqual(joins(), before + 2)


class TestManyIncludedTaxes(TestIncludedTaxes):
    """The same where there are so many that they are added up line by line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(included_taxes, "JOINED", 0))
