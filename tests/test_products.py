"""What customers buy of each product, by examples worked by hand."""

from datetime import date

from lxml import etree

from odoo import Command
from odoo.tests import tagged

from .common import CustomerSalesPosCommon
from .profile_common import CustomerSalesProfileCommon


class CustomerSalesProductCommon(CustomerSalesProfileCommon):
    def product_row(self, partner, product=None):
        return (
            self.env["customer.sales.product"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company.id),
                    ("partner_id", "=", partner.id),
                    ("product_id", "=", (product or self.thing).id),
                ]
            )
        )

    def assertProduct(self, partner, product=None, **expected):  # noqa: N802
        """What ``partner`` buys of ``product``; amounts to four digits, empty numbers are False."""
        row = self.product_row(partner, product)
        self.assertEqual(len(row), 1)
        actual = {}
        for name, value in expected.items():
            found = row[name]
            actual[name] = round(found, 4) if isinstance(value, float) else found
        self.assertEqual(actual, expected)

    def is_empty(self, row, name):
        """Whether a column is NULL, which Odoo reads as 0."""
        self.env.cr.execute(
            f"SELECT {name} IS NULL FROM customer_sales_product WHERE id = %s",  # noqa: S608
            [row.id],
        )
        return self.env.cr.fetchone()[0]

    def sells(self, partner, day, quantity, price, product=None, **values):
        """Post an invoice of one line."""
        line = {"price_unit": price, **values}
        return self.invoice((product or self.thing, quantity, line), partner=partner, day=day)


@tagged("post_install", "-at_install")
class TestProductFigures(CustomerSalesPosCommon, CustomerSalesProductCommon):
    def test_figures_of_a_product(self):
        self.sells(self.acme, "2024-07-01", 10, 2.0)  # the first day of the year before
        self.sells(self.acme, "2025-06-30", 10, 2.5)  # its last day
        self.sells(self.acme, "2025-07-01", 20, 2.5)  # the first day of the year
        self.sells(self.acme, "2026-05-01", 20, 3.0)
        self.sells(self.acme, "2026-05-15", 40, 4.0)
        self.sells(self.acme, "2026-07-01", 99, 9.0)  # tomorrow
        self.refresh()
        self.assertProduct(
            self.acme,
            first_purchase=date(2024, 7, 1),
            last_purchase=date(2026, 5, 15),
            purchases=5,
            purchases_year=3,
            purchase_days=5,
            quantity=100.0,
            quantity_per_purchase=20.0,
            net=315.0,
            gross=315.0,
            average_price=3.15,
            lowest_price=2.0,
            highest_price=4.0,
            last_price=4.0,
            previous_price=3.0,
            price_change=1.0,
            price_change_percent=0.3333,
            discount=0.0,
            net_year=270.0,
            net_before=45.0,
            net_change=225.0,
            net_change_percent=5.0,
            quantity_year=80.0,
            price_year=3.375,
            cost_year=20.0,
            margin_year=250.0,
            # gaps of 364, 1, 304 and 14 days
            usual_gap=159.0,
            next_purchase=date(2026, 10, 21),
            days_since=46,
            overdue_days=0,
            status="active",
            sales_lost=0.0,
        )
        self.assertTrue(self.is_empty(self.product_row(self.acme), "median_price"))

    def test_dozens_and_pieces(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self.sells(self.acme, "2026-05-01", 2, 12.0, product_uom_id=dozen.id)  # 24 at 1
        self.sells(self.acme, "2026-06-01", 6, 1.5)
        self.refresh()
        self.assertProduct(
            self.acme,
            purchases=2,
            quantity=30.0,
            quantity_per_purchase=15.0,
            net=33.0,
            average_price=1.1,
            lowest_price=1.0,
            last_price=1.5,
            previous_price=1.0,
        )

    def test_rounding_is_no_change(self):
        """3 and 100 at 2.997 come to 8.99 and 299.70: the same price but for cents."""
        self.sells(self.acme, "2026-05-01", 3, 3.33, discount=10)
        self.sells(self.acme, "2026-05-02", 100, 3.33, discount=10)
        self.refresh()
        self.assertProduct(self.acme, price_change=0.0, price_change_percent=0.0)
        self.assertFalse(self.is_empty(self.product_row(self.acme), "price_change"))
        self.sells(self.acme, "2026-05-03", 100, 3.35, discount=10)
        self.refresh()
        self.assertProduct(self.acme, price_change=0.018, price_change_percent=0.006)

    def test_discounts(self):
        self.sells(self.acme, "2026-05-01", 10, 10.0, discount=20)
        self.sells(self.acme, "2026-06-01", 10, 10.0)
        self.refresh()
        self.assertProduct(
            self.acme,
            previous_price=8.0,
            last_price=10.0,
            price_change_percent=0.25,
            average_price=9.0,
            undiscounted=200.0,
            discount_amount=20.0,
            discount=10.0,
        )

    def test_returns(self):
        """They lower quantity and net, and are neither purchases nor prices."""
        invoice = self.sells(self.acme, "2026-05-01", 10, 5.0)
        self.credit(invoice, day="2026-06-10", change=self.of_four)
        self.refresh()
        self.assertProduct(
            self.acme,
            purchases=1,
            last_purchase=date(2026, 5, 1),
            quantity=6.0,
            quantity_per_purchase=10.0,
            net=30.0,
            gross=50.0,
            last_price=5.0,
            lowest_price=5.0,
            sold_quantity=10.0,
            net_year=30.0,
        )
        self.assertTrue(self.is_empty(self.product_row(self.acme), "previous_price"))

    def of_four(self, credit_note):
        credit_note.invoice_line_ids.quantity = 4

    def test_who_only_returned(self):
        self.buys(self.acme, ("2026-03-01", -80))
        self.refresh()
        self.assertProduct(
            self.acme, purchases=0, status=False, last_purchase=False, net=-80.0, quantity=-80.0
        )
        for name in ("last_price", "average_price", "quantity_per_purchase", "price_year"):
            self.assertTrue(self.is_empty(self.product_row(self.acme), name), name)

    def test_gifts(self):
        """A gift is in the quantity, and is no purchase and no price."""
        self.sells(self.acme, "2026-05-01", 10, 5.0)
        self.sells(self.acme, "2026-06-01", 3, 0.0)
        self.sells(self.acme, "2026-06-02", 2, 5.0, discount=100)
        self.invoice(
            (self.thing, 10, {"price_unit": 4.0}),
            (self.thing, 1, {"price_unit": 0.0}),
            partner=self.acme,
            day="2026-06-10",
        )
        self.refresh()
        self.assertProduct(
            self.acme,
            purchases=2,
            purchase_days=2,
            last_purchase=date(2026, 6, 10),
            quantity=26.0,
            quantity_bought=21.0,
            quantity_per_purchase=10.5,
            last_price=4.0,
            previous_price=5.0,
            lowest_price=4.0,
            average_price=4.5,
            discount=0.0,
        )

    def test_twice_a_day(self):
        """Two documents are bought twice, on one day, at the price of both together."""
        self.sells(self.acme, "2026-05-01", 10, 5.0)
        self.sells(self.acme, "2026-05-11", 10, 6.0)
        self.sells(self.acme, "2026-05-11", 30, 4.0)
        self.invoice(
            (self.thing, 5, {"price_unit": 5.0}),
            (self.thing, 5, {"price_unit": 7.0}),
            partner=self.acme,
            day="2026-05-31",
        )
        self.refresh()
        self.assertProduct(
            self.acme,
            purchases=4,
            purchase_days=3,
            quantity_per_purchase=15.0,
            usual_gap=15.0,
            last_price=6.0,
            previous_price=4.5,
            lowest_price=4.0,
            highest_price=7.0,
            next_purchase=date(2026, 6, 15),
            overdue_days=15,
        )

    def test_currencies(self):
        """Amounts and prices are in the company's currency, at the rate of each document."""
        currency = self.env["res.currency"].create(
            {
                "name": "CSP",
                "symbol": "c",
                "rate_ids": [
                    Command.create({"name": "2020-01-01", "rate": 2.0}),
                    Command.create({"name": "2026-06-01", "rate": 4.0}),
                ],
            }
        )
        for day, price in (("2026-05-01", 10.0), ("2026-06-15", 16.0)):
            self.invoice(
                (self.thing, 3, {"price_unit": price}),
                partner=self.acme,
                day=day,
                currency_id=currency.id,
            )
        self.refresh()
        self.assertProduct(
            self.acme, net=27.0, previous_price=5.0, last_price=4.0, average_price=4.5
        )
        self.assertEqual(self.product_row(self.acme).currency_id, self.company.currency_id)

    def test_receipts_and_taxes(self):
        """Prices are untaxed; receipts count, unless their invoice does."""
        self.receipt((self.soap, 2), partner=self.ann, moment="2026-05-01 12:00:00")
        self.receipt((self.soap, 3), partner=self.ann, invoiced=True, moment="2026-05-02 12:00:00")
        self.refresh()
        row = self.product_row(self.acme, self.soap)
        self.assertEqual((row.quantity, row.average_price), (5.0, 20.0))

    def test_sums_are_those_of_the_lines(self):
        self.sells(self.acme, "2026-05-01", 10, 5.0)
        invoice = self.invoice((self.mug, 3), (self.lamp, 1), partner=self.ann)
        self.credit(invoice)
        self.receipt((self.mug, 2), partner=self.ann)
        self.receipt((self.mug, 7))  # a walk-in
        self.refresh()
        rows = self.env["customer.sales.product"].sudo()
        found = rows.search([("company_id", "=", self.company.id)])
        self.assertEqual(
            {row.product_id.name: (row.net, row.quantity) for row in found},
            {"Thing": (50.0, 10.0), "Mug": (20.0, 2.0), "Lamp": (0.0, 0.0)},
        )

    def test_status(self):
        """As customers', by the days on which the product was bought; the customer's other products
        do not count."""
        for day in ("2026-01-01", "2026-01-11", "2026-01-21"):
            self.sells(self.acme, day, 10, 1.0)
        self.sells(self.acme, "2026-02-19", 1, 1.0, self.mug)
        for today, status in (
            ("2026-01-22", "active"),  # new as a customer
            ("2026-02-04", "active"),
            ("2026-02-05", "slowing"),  # 15 days
            ("2026-02-10", "stopped"),  # 20 days
            ("2026-02-20", "stopped"),
        ):
            self.refresh(date.fromisoformat(today))
            with self.subTest(today=today):
                self.assertProduct(self.acme, status=status)
        self.assertProduct(self.acme, self.mug, status="active")
        self.assertProfile(self.acme, status="active")

    def test_sales_lost(self):
        self.sells(self.acme, "2024-09-01", 100, 1.0)
        self.sells(self.acme, "2025-09-01", 30, 1.0)
        self.sells(self.acme, "2024-09-01", 10, 1.0, self.mug)
        self.sells(self.acme, "2025-09-01", 30, 1.0, self.mug)
        self.refresh()
        self.assertProduct(self.acme, status="stopped", sales_lost=70.0, net_change=-70.0)
        # Stopped, and worth more in the year than before: nothing is lost yet.
        self.assertProduct(self.acme, self.mug, status="stopped", sales_lost=0.0)

    def test_settings_change_the_status(self):
        self.sells(self.acme, "2026-03-15", 10, 1.0)
        self.refresh()
        self.assertProduct(self.acme, status="slowing")
        self.company.customer_sales_slowing_days = 120
        self.refresh(full=False)
        self.assertProduct(self.acme, status="active")

    def test_overdue_in_searches(self):
        self.sells(self.acme, "2026-05-01", 10, 1.0)
        self.sells(self.acme, "2026-05-11", 10, 1.0)
        other = self.new_customer("Other")
        self.sells(other, "2026-05-01", 10, 1.0)
        self.sells(other, "2026-05-06", 10, 1.0)
        third = self.new_customer("Third")
        self.sells(third, "2026-05-06", 10, 1.0)
        self.refresh()
        Product = self.env["customer.sales.product"].sudo()
        mine = [("company_id", "=", self.company.id)]
        ordered = Product.search(mine, order="overdue_days desc")
        self.assertEqual(ordered.partner_id.ids, (other + self.acme + third).ids)
        self.assertEqual(ordered.mapped("overdue_days"), [50, 40, 0])
        ordered = Product.search(mine, order="overdue_days")
        self.assertEqual(ordered.mapped("overdue_days"), [0, 40, 50])
        for operator, value, expected in (
            (">", 40, other),
            (">=", 40, other + self.acme),
            ("=", 40, self.acme),
            ("in", [0, 50], other + third),
            ("!=", 50, self.acme + third),
            ("<", 40, third),
        ):
            with self.subTest(operator=operator):
                found = Product.search([*mine, ("overdue_days", operator, value)])
                self.assertEqual(set(found.partner_id.ids), set(expected.ids))

    def test_ratios_of_groups(self):
        self.sells(self.acme, "2026-05-01", 10, 5.0, discount=50)
        self.sells(self.acme, "2026-06-01", 30, 1.5)
        self.sells(self.new_customer("Other"), "2026-06-01", 10, 4.0)
        self.refresh()
        [[average, per_purchase, discount]] = (
            self.env["customer.sales.product"]
            .sudo()
            ._read_group(
                [("company_id", "=", self.company.id)],
                aggregates=["average_price:avg", "quantity_per_purchase:avg", "discount:avg"],
            )
        )
        self.assertAlmostEqual(float(average), 110 / 50)
        self.assertAlmostEqual(float(per_purchase), 50 / 3)
        self.assertAlmostEqual(float(discount), 100 * 25 / 135)


@tagged("post_install", "-at_install")
class TestPricePosition(CustomerSalesProductCommon):
    def five_customers(self):
        """Average prices of the year of 1, 2, 3, 4 and 6."""
        customers = [self.new_customer(f"Customer {price}") for price in (1, 2, 3, 4, 6)]
        for customer, price in zip(customers, (1, 2, 3, 4, 6), strict=True):
            self.sells(customer, "2026-05-01", 10, price)
        return customers

    def price(self):
        return (
            self.env["customer.sales.price.report"]
            .sudo()
            .search([("company_id", "=", self.company.id), ("product_id", "=", self.thing.id)])
        )

    def test_beside_the_median(self):
        customers = self.five_customers()
        self.sells(customers[0], "2025-06-01", 10, 100.0)  # not in the year
        self.refresh()
        for customer, gap, gain in zip(
            customers,
            (-0.6667, -0.3333, 0.0, 0.3333, 1.0),
            (20.0, 10.0, 0.0, 0.0, 0.0),
            strict=True,
        ):
            self.assertProduct(customer, median_price=3.0, price_gap=gap, median_gain=gain)
        price = self.price()
        self.assertEqual(
            (
                price.customers_year,
                price.lowest_price,
                price.lower_quartile,
                price.median_price,
                price.upper_quartile,
                price.highest_price,
                price.price_year,
                price.median_gain,
            ),
            (5, 1.0, 2.0, 3.0, 4.0, 6.0, 3.2, 30.0),
        )

    def test_fewer_than_five(self):
        customers = self.five_customers()[:4]
        self.env["account.move"].search([("partner_id.name", "=", "Customer 6")]).button_draft()
        self.refresh()
        for customer in customers:
            row = self.product_row(customer)
            self.assertTrue(self.is_empty(row, "price_gap"))
            self.assertEqual(row.median_gain, 0)
        self.assertEqual((self.price().customers_year, self.price().median_price), (4, 0))

    def test_medians_stay_until_the_night(self):
        """A sale to one customer moves nobody else before everything is derived anew."""
        customers = self.five_customers()
        self.refresh()
        self.sells(customers[0], "2026-06-01", 990, 8.0)
        self.refresh(full=False)
        self.assertProduct(customers[1], median_price=3.0)
        self.assertProduct(customers[0], price_year=7.93, median_price=3.0, price_gap=1.6433)
        entry = self.refresh()
        self.assertEqual(entry.differences, 0)
        self.assertGreaterEqual(entry.rescored, 5)
        self.assertProduct(customers[1], median_price=4.0, price_gap=-0.5, median_gain=20.0)
        self.assertProduct(customers[0], median_price=4.0)


@tagged("post_install", "-at_install")
class TestProductOrder(CustomerSalesProductCommon):
    """By what products and companies have, which is sorted before their rows are looked up."""

    def test_by_category_template_and_unit(self):
        categories = self.env["product.category"].create([{"name": "Alpha"}, {"name": "Omega"}])
        dozen = self.env.ref("uom.product_uom_dozen")
        (self.thing + self.mug + self.lamp).categ_id = False
        self.thing.categ_id, self.mug.categ_id = categories
        self.thing.name, self.mug.name, self.lamp.name = "C", "A", "B"
        self.lamp.uom_id = dozen
        for product in (self.thing, self.mug, self.lamp):
            self.sells(self.acme, "2026-06-01", 1, 5.0, product)
        self.refresh()
        Product = self.env["customer.sales.product"].sudo()
        mine = [("company_id", "=", self.company.id)]
        for order, expected in (
            ("categ_id", self.thing + self.mug + self.lamp),
            ("categ_id desc", self.lamp + self.mug + self.thing),
            ("categ_id desc nulls last", self.mug + self.thing + self.lamp),
            ("product_tmpl_id", self.mug + self.lamp + self.thing),
            ("product_tmpl_id desc", self.thing + self.lamp + self.mug),
            ("product_uom_id desc, product_id.id", None),
        ):
            with self.subTest(order=order):
                rows = Product.search(mine, order=order)
                self.assertEqual(len(rows), 3)
                if expected:
                    self.assertEqual(rows.product_id.ids, expected.ids)
                again = Product.search(mine, order=order, offset=1, limit=1)
                self.assertEqual(again, rows[1])
        units = Product.search(mine, order="product_uom_id").product_uom_id
        self.assertEqual(units.ids, units.sorted().ids)
        self.assertEqual(len(units), 2)
        groups = Product._read_group(mine, ["categ_id"], ["net:sum"], order="categ_id desc")
        self.assertEqual(
            [category for category, _net in groups],
            [self.env["product.category"], categories[1], categories[0]],
        )

    def test_by_the_same_once_more(self):
        products = self.thing + self.mug + self.lamp
        products.categ_id = self.env["product.category"].create({"name": "Alpha"})
        for product in products:
            self.sells(self.acme, "2026-06-01", 1, 5.0, product)
        self.refresh()
        Product = self.env["customer.sales.product"].sudo()
        mine = [("company_id", "=", self.company.id)]
        for name in ("product_tmpl_id", "categ_id", "product_uom_id", "company_id"):
            with self.subTest(name=name):
                once = Product.search(mine, order=f"{name}, id")
                twice = Product.search(mine, order=f"{name}, {name} desc nulls first, id")
                self.assertEqual(twice.ids, once.ids)
        groups = Product._read_group(mine, ["categ_id"], order="categ_id, categ_id desc")
        self.assertEqual([category for (category,) in groups], [self.mug.categ_id])

    def test_whatever_the_context_says_of_products(self):
        """Odoo searches products by a category in the context."""
        self.thing.categ_id, self.mug.categ_id = self.env["product.category"].create(
            [{"name": "Alpha"}, {"name": "Omega"}]
        )
        for product in (self.thing, self.mug):
            self.sells(self.acme, "2026-06-01", 1, 5.0, product)
        self.refresh()
        Product = (
            self.env["customer.sales.product"]
            .sudo()
            .with_context(search_default_categ_id=self.mug.categ_id.id)
        )
        mine = [("company_id", "=", self.company.id)]
        rows = Product.search(mine, order="categ_id")
        self.assertEqual(rows.product_id.ids, [self.thing.id, self.mug.id])

    def test_by_no_field(self):
        for order in ("nothing", "nothing.id desc", "categ_id.nothing"):
            with self.subTest(order=order), self.assertRaises(ValueError):
                self.env["customer.sales.product"].sudo().search([], order=order)

    def test_by_company(self):
        other = self.env["res.company"].create({"name": "Zebra", "sequence": 5})
        self.company.sequence = 9
        self.sells(self.acme, "2026-06-01", 1, 5.0)
        self.refresh()
        row = self.product_row(self.acme)
        profile = self.env["customer.sales.profile"].sudo()
        theirs = profile.create({"company_id": other.id, "partner_id": self.acme.id})
        row.copy({"company_id": other.id, "profile_id": theirs.id})
        both = [("company_id", "in", (self.company + other).ids)]
        for order, expected in (
            ("company_id", other + self.company),
            ("company_id desc", self.company + other),
            ("company_id.id", (self.company + other).sorted("id")),
        ):
            rows = row.search(both, order=order)
            self.assertEqual(rows.company_id.ids, expected.ids, order)


@tagged("post_install", "-at_install")
class TestProductIndexes(CustomerSalesProductCommon):
    def test_each_column_has_an_index(self):
        """There may be millions of rows: a page by any column of the lists is found by an index."""
        Product = self.env["customer.sales.product"]
        self.sells(self.acme, "2026-05-01", 1, 1.0)
        self.refresh()
        self.env.cr.execute(
            "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid "
            "AND attnum = indkey[0] WHERE indrelid = 'customer_sales_product'::regclass"
        )
        indexed = {name for (name,) in self.env.cr.fetchall()}
        columns = set()
        for view in self.env["ir.ui.view"].search(
            [("model", "=", Product._name), ("type", "=", "list")]
        ):
            for node in etree.fromstring(view.get_combined_arch()).iter("field"):
                field = Product._fields[node.get("name")]
                if not node.get("column_invisible") and field.store and not field.relational:
                    columns.add(field.name)
        self.assertGreater(len(columns), 25)
        self.assertEqual(columns - indexed, set())
