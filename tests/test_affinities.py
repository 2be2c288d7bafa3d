"""What goes together, by examples worked by hand, and how it is tried on the past."""

from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from .suggestions_tried import suggestions_tried
from .test_products import CustomerSalesProductCommon

DERIVATION = "odoo.addons.customer_sales_report.models.product.affinity_derivation"


@tagged("post_install", "-at_install")
class TestAffinities(CustomerSalesProductCommon):
    def customers_of(self, count, *products, day="2026-05-01"):
        customers = [self.new_customer(f"Customer {number}") for number in range(count)]
        for customer in customers:
            self.invoice(*((product, 1) for product in products), partner=customer, day=day)
        return customers

    def similarity(self, one, other):
        found = (
            self.env["customer.sales.affinity"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company.id),
                    ("product_id", "=", one.id),
                    ("other_product_id", "=", other.id),
                ]
            )
        )
        return (found.customers, round(found.similarity, 4))

    def suggested(self, customer):
        profile = self.profile(customer).with_user(self.env.user)
        return [(each["name"], each["reason"]) for each in profile.suggested_products]

    def test_similarity(self):
        self.customers_of(5, self.mug, self.lamp)
        self.customers_of(3, self.mug)
        self.customers_of(4, self.soap, self.lamp)  # soap: fewer than five
        self.customers_of(9, self.thing, self.lamp, day="2025-06-30")  # before the year
        self.refresh()
        # 5 of both, 8 of the mug and 9 of the lamp: 5 / √72
        for one, other in ((self.mug, self.lamp), (self.lamp, self.mug)):
            self.assertEqual(self.similarity(one, other), (5, 0.5893))
        self.assertEqual(self.similarity(self.soap, self.lamp), (0, 0))
        self.assertEqual(self.similarity(self.thing, self.lamp), (0, 0))

    def test_without_who_buys_everything(self):
        """Who bought three products is no customer of any here: it is as if it were not there."""
        self.customers_of(5, self.mug, self.lamp)
        self.customers_of(2, self.mug, self.lamp, self.soap)
        with patch(f"{DERIVATION}.MOST_PRODUCTS", 2):
            self.refresh()
        self.assertEqual(self.similarity(self.mug, self.lamp), (5, 1.0))

    def test_suggestions_and_their_reason(self):
        """The lamp goes with both, and says it by what it goes with best."""
        self.customers_of(6, self.mug, self.lamp)
        self.customers_of(5, self.soap, self.lamp)
        self.customers_of(5, self.soap, self.thing)
        self.invoice((self.mug, 1), (self.soap, 1), day="2026-05-01")
        owner = self.new_customer("Owner")
        self.invoice((self.mug, 1), (self.lamp, 1), partner=owner, day="2026-05-01")
        former = self.new_customer("Former")
        self.invoice((self.lamp, 1), partner=former, day="2024-05-01")
        self.invoice((self.mug, 1), partner=former, day="2026-05-01")
        self.refresh()
        self.assertEqual(
            self.suggested(self.acme),
            [("Lamp", "Bought by customers of Mug"), ("Thing", "Bought by customers of Soap")],
        )
        # The lamp was bought, if years ago; the soap goes with both.
        self.assertEqual(self.suggested(former), [("Soap", "Bought by customers of Mug")])
        self.lamp.sale_ok = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual([name for name, _reason in self.suggested(self.acme)], ["Thing"])

    def test_tried_on_the_past(self):
        """Six customers of the mug buy the lamp later, as those before them did; the soap, which is
        more popular, is bought by none of them."""
        self.customers_of(6, self.mug, self.lamp, day="2026-02-01")
        self.customers_of(9, self.soap, day="2026-02-01")
        later = self.customers_of(6, self.mug, day="2026-02-01")
        for customer in later:
            self.invoice((self.lamp, 1), partner=customer, day="2026-05-01")
        with patch(f"{DERIVATION}.FEWEST_TRIED", 6), patch(f"{DERIVATION}.SUGGESTED", 1):
            record = suggestions_tried(self.env, self.company, date(2026, 4, 1), date(2026, 6, 30))
        self.assertEqual(
            record,
            {
                "until": "2026-04-01",
                "last": "2026-06-30",
                "customers": 6,
                "precision": 1.0,
                "popular": 0.0,
            },
        )

    def test_the_record(self):
        """It is kept for a month; with few customers it says so."""
        self.customers_of(6, self.mug, self.lamp, day="2026-02-01")
        self.refresh()
        company = self.company.sudo()
        self.assertEqual(company.customer_sales_suggestions_record["customers"], 0)
        words = self.env["customer.sales.affinity"]._record_words(self.company)
        self.assertIn("too few customers", words)
        company.customer_sales_suggestions_record = {
            "until": "2026-04-01",
            "last": "2026-06-30",
            "customers": 1851,
            "precision": 0.0958,
            "popular": 0.0538,
        }
        self.refresh()
        fits = self.env["customer.sales.prediction"].search([("company_id", "=", self.company.id)])
        words = fits[0].suggestions_words
        self.assertIn("9.6 % were bought since", words)
        self.assertIn("5.4 %", words)
        self.refresh(date(2026, 7, 1))
        self.assertEqual(company.customer_sales_suggestions_record["last"], "2026-07-01")


@tagged("post_install", "-at_install")
class TestPriceResponse(CustomerSalesProductCommon):
    def price(self):
        return self.env["customer.sales.price.report"].search(
            [("company_id", "=", self.company.id), ("product_id", "=", self.thing.id)]
        )

    def sells_at(self, quantity_of, *, customers=5):
        """To each customer at 1, 2, 3, 4, 5 and 6, of each a quantity by the price."""
        self.customers = [self.new_customer(f"Customer {number}") for number in range(customers)]
        for number, customer in enumerate(self.customers):
            for price in range(1, 7):
                quantity = quantity_of(number, price)
                self.sells(customer, f"2026-0{price}-01", quantity, price)

    def test_a_clear_response(self):
        """A quarter of the quantity at twice the price: at 10 % more 1 − 1.1⁻² = 17 % less."""
        self.sells_at(lambda number, price: 3600 * (number + 1) / price**2)
        self.refresh()
        price = self.price()
        self.assertEqual(
            (price.answer, price.response_purchases, price.response_customers),
            ("clear", 30, 5),
        )
        self.assertAlmostEqual(price.slope, -2, places=2)
        self.assertEqual(
            price.response_words,
            "At a price 10 % higher, the same customer takes about 17 % less per purchase (17 % to "
            "17 %). From 30 purchases of 5 customers.",
        )
        self.assertEqual(price.response_chart["notes"], ["5 purchases"] * 6)

    def test_no_clear_response(self):
        self.sells_at(lambda number, price: 100 + 50 * ((number + price) % 2), customers=8)
        self.refresh()
        price = self.price()
        self.assertEqual(price.answer, "unclear")
        self.assertRegex(
            price.response_words,
            r"^No clear response: at a price 10 % higher, the same customer takes between \d+ % "
            r"less and \d+ % more per purchase\. From 48 purchases of 8 customers\.$",
        )
        self.assertEqual(len(price.response_chart["labels"]), 8)
        self.assertEqual(price.response_chart["notes"], ["6 purchases"] * 8)

    def test_too_little(self):
        """Who always pays the same says nothing of the price, nor do gifts and returns."""
        self.sells_at(lambda number, price: 3600 / price**2, customers=4)
        loyal = self.new_customer("Loyal")
        for day in range(10, 20):
            invoice = self.sells(loyal, f"2026-05-{day}", 10, 5.0)
        self.sells(loyal, "2026-05-20", 10, 0.0)
        self.credit(invoice)
        self.refresh()
        price = self.price()
        self.assertEqual((price.answer, price.response_purchases), ("little", 24))
        self.assertIn("So far there are 24 of 4", price.response_words)

    def test_spread(self):
        self.sells_at(lambda number, price: 10, customers=1)
        for price in (1, 1, 11):
            self.sells(self.new_customer("Other"), "2026-05-01", 10, price)
        self.refresh()
        chart = self.price().spread_chart
        self.assertEqual(chart["values"], [2, 0, 1, 0, 0, 0, 0, 0, 0, 1])
        self.assertEqual(self.price().customers_year, 4)

    def test_where_it_leads(self):
        self.sells_at(lambda number, price: 10 + number, customers=6)
        self.refresh()
        price = self.price()
        Product = self.env["customer.sales.product"]
        found = Product.search(price.action_open_buyers()["domain"])
        self.assertEqual(set(found.partner_id.ids), {one.id for one in self.customers})
        self.assertFalse(Product.search(price.action_open_below_median()["domain"]))
        self.assertEqual(self.thing.customer_sales_buyers, 6)
        self.assertEqual(self.thing.product_tmpl_id.customer_sales_buyers, 6)
        for record in (self.thing, self.thing.product_tmpl_id, found[0]):
            name = (
                "action_open_buyers" if record == found[0] else "action_open_customer_sales_buyers"
            )
            self.assertEqual(Product.search(getattr(record, name)()["domain"]), found)
        lines = self.env["customer.sales.report"].search(found[0].action_open_lines()["domain"])
        self.assertEqual(sum(lines.mapped("quantity")), found[0].quantity)
        self.assertEqual(found[0].action_open_customer()["res_id"], found[0].profile_id.id)
