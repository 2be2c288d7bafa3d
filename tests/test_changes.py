"""Why sales changed: each effect by hand, and customers that are several things at once."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CustomerSalesPosCommon
from .compared_common import (
    CHANGE,
    CHOICE,
    COMPARISON,
    ComparedAssertions,
    CustomerSalesComparedCommon,
)


@tagged("post_install", "-at_install")
class TestChanges(CustomerSalesComparedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.thing = cls.product_named("Thing", 100)
        cls.other = cls.product_named("Other", 1)
        cls.bob = cls.env["res.partner"].create({"name": "Bob"})

    def price(self, price, discount=0, **values):
        return {"price_unit": price, "discount": discount, **values}

    # -- One effect at a time ---------------------------------------------------------------

    def test_volume_and_discount(self):
        """10 at 100, then 12 at 100 less 10 %: 1,000 to 1,080."""
        self.base((self.thing, 10))
        self.current((self.thing, 12, self.price(100, 10)))
        self.assertEffects(volume=200, discount=-120)

    def test_price(self):
        """10 at 100, then 10 at 110."""
        self.base((self.thing, 10))
        self.current((self.thing, 10, self.price(110)))
        self.assertEffects(price=100)

    def test_volume_price_and_discount(self):
        """10 at 100 less 20 % are 800; 12 at 110 less 10 % are 1,188: 2 more at 80, 12 dearer by 10
        of which 80 % are paid, and on 12 × 110 ten percent less discount."""
        self.base((self.thing, 10, self.price(100, 20)))
        self.current((self.thing, 12, self.price(110, 10)))
        self.assertEffects(volume=160, price=96, discount=132)

    def test_lost_customer(self):
        self.base((self.thing, 3))
        self.current((self.thing, 1), partner=self.bob)
        self.assertEffects(lost_customers=-300, new_customers=100)

    def test_products_dropped_and_added(self):
        """Other is bought in both, so that the customer is neither lost nor new."""
        self.base((self.thing, 2), (self.other, 5))
        self.current((self.mug, 4), (self.other, 5))
        self.assertEffects(products_dropped=-200, products_added=40)

    def test_returns(self):
        """Returns of 100 in the base, of 300 in the current period, of the same sales."""
        self.credit(
            self.base((self.thing, 10)),
            "2024-02-20",
            lambda draft: draft.invoice_line_ids.write({"quantity": 1}),
        )
        self.credit(
            self.current((self.thing, 10)),
            "2024-03-20",
            lambda draft: draft.invoice_line_ids.write({"quantity": 3}),
        )
        self.assertEffects(returns=-200)

    def test_other(self):
        """A down payment of half of 100 comes in the base, and goes out with the goods."""
        order = self.sales_order((self.mug, 10), moment="2024-02-05 12:00:00")
        self.invoice_order(order, "2024-02-10", advance_payment_method="percentage", amount=50)
        self.invoice_order(order, "2024-03-10")
        self.assertEffects(products_added=100, other=-100)

    def test_exchange_rate(self):
        """Euros of 2 dollars, then of 2.5: 10 at EUR 100 are 2,000; 10 at EUR 110 are 2,750."""
        euro = self.euro_of({"2024-02-01": 0.5, "2024-03-01": 0.4})
        self.base((self.thing, 10, self.price(100)), currency_id=euro.id)
        self.current((self.thing, 10, self.price(110)), currency_id=euro.id)
        self.assertEffects(price=200, exchange_rate=550)

    def test_exchange_rate_of_a_foreign_company(self):
        """A company in euros invoices 100 dollars twice, 40 euros in its books and then 50. For a
        reader in dollars, of 2 a euro, that is 80 and 100: neither another price nor another
        volume, though document and reader have one currency."""
        euro = self.euro_of({"2024-01-01": 0.5})
        european = self.setup_other_company(name="European", currency_id=euro.id)["company"]
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": self.company.currency_id.id,
                    "company_id": european.id,
                    "name": day,
                    "rate": rate,
                }
                for day, rate in (("2024-02-01", 2.5), ("2024-03-01", 2.0))
            ]
        )
        for create in (self.base, self.current):
            create(
                (self.thing, 1, self.price(100, tax_ids=[])),
                company=european,
                currency_id=self.company.currency_id.id,
            )
        report = self.compared(CHANGE).with_context(
            allowed_company_ids=(self.company + european).ids
        )
        [amounts] = report._read_group(
            [("company_id", "=", european.id)],
            [],
            [f"{name}:sum" for name in ("net_base", "net_current", "exchange_rate", "price")],
        )
        self.assertEqual([round(amount, 4) for amount in amounts], [80, 100, 20, 0])

    def euro_of(self, rates):
        euro = self.env.ref("base.EUR")
        euro.active = True
        (euro | self.company.currency_id).rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {"currency_id": euro.id, "company_id": self.company.id, "name": day, "rate": rate}
                for day, rate in rates.items()
            ]
        )
        return euro

    # -- Several things at once -------------------------------------------------------------

    def test_new_customer_with_a_return(self):
        """All of a new customer is new, its returns too."""
        invoice = self.current((self.thing, 5))
        self.credit(
            invoice,
            "2024-03-20",
            lambda draft: draft.invoice_line_ids.write({"quantity": 1}),
        )
        self.assertEffects(new_customers=400)

    def test_customer_who_only_returns(self):
        """A credit note makes a customer one of the period: what was bought before is dropped."""
        invoice = self.base((self.thing, 5))
        self.credit(invoice, "2024-03-20")
        self.assertEffects(products_dropped=-500, returns=-500)

    def test_dozens_then_pieces(self):
        """2 dozen at 120 are 24 pieces at 10; then 30 pieces at 11."""
        dozen = self.env.ref("uom.product_uom_dozen")
        self.base((self.mug, 2, self.price(120, product_uom_id=dozen.id)))
        self.current((self.mug, 30, self.price(11)))
        self.assertEffects(volume=60, price=30)

    def test_two_currencies(self):
        """What a customer buys in euros is apart from what it buys in dollars."""
        euro = self.euro_of({"2024-02-01": 0.5})
        self.base((self.thing, 1, self.price(100)), currency_id=euro.id)
        self.base((self.thing, 1))
        self.current((self.thing, 3))
        self.assertEffects(products_dropped=-200, volume=200)
        self.assertEffects(("document_currency_id", "=", euro.id), products_dropped=-200)

    def test_free_now(self):
        """10 at 100, then 10 for nothing."""
        self.base((self.thing, 10))
        self.current((self.thing, 10, self.price(100, 100)))
        self.assertEffects(discount=-1000)

    def test_free_before(self):
        self.base((self.thing, 10, self.price(100, 100)))
        self.current((self.thing, 12))
        self.assertEffects(discount=1200)

    def test_price_0_in_the_base(self):
        """It had no price, so that all it brings now is price."""
        self.base((self.thing, 5, self.price(0)))
        self.current((self.thing, 10, self.price(7)))
        self.assertEffects(price=70)

    def test_free_in_both(self):
        self.base((self.thing, 5, self.price(0)))
        self.current((self.thing, 10, self.price(0)))
        self.assertEffects()

    def test_without_a_product(self):
        """Texts have no price: another amount is another volume."""
        for day, price in (("2024-02-10", 1000), ("2024-03-10", 200)):
            product = self.env["product.product"]
            self.invoice((product, 1, self.price(price, name="Advice", tax_ids=False)), day=day)
        self.assertEffects(volume=-800)

    def test_rounding_is_volume(self):
        """3 for 10 are 3.33 each: what no price explains to the cent is volume."""
        self.base((self.thing, 3, self.price(3.33)))
        self.current((self.thing, 7, self.price(3.41, 33.33)))
        self.assertEffects(volume=13.32, price=0.56, discount=-7.96)

    def test_by_every_grouping(self):
        """Effects of groups add up to those of all."""
        self.base((self.thing, 10), (self.other, 5))
        self.base((self.mug, 3), partner=self.bob)
        self.current((self.thing, 12, self.price(100, 10)), (self.lamp, 1))
        report = self.compared(CHANGE)
        for group in ("commercial_partner_id", "product_id", "categ_id", "country_id"):
            sums = [0.0] * 3
            for _value, *amounts in report._read_group(
                [("company_id", "=", self.company.id)],
                [group],
                ["change:sum", "lost_customers:sum", "volume:sum"],
            ):
                sums = [one + other for one, other in zip(sums, amounts, strict=True)]
            self.assertEqual(sums, [145, -30, 200], group)

    # -- Filters ----------------------------------------------------------------------------

    def test_filter_on_products_leaves_the_customer(self):
        """Who bought something else before is no new customer of what is filtered for."""
        self.base((self.mug, 1))
        self.current((self.thing, 1))
        self.assertEffects(("product_id", "=", self.thing.id), products_added=100)

    def test_filters_on_customers(self):
        """By customer, through a relation, by a related field and by id: the same rows."""
        spain = self.env.ref("base.es")
        self.bob.country_id = spain
        self.base((self.thing, 1))
        self.current((self.mug, 1), partner=self.bob)
        for domain in (
            [("commercial_partner_id", "=", self.bob.id)],
            [("commercial_partner_id.country_id", "=", spain.id)],
            [("country_id", "=", spain.id)],
            [("commercial_partner_id", "ilike", "bob")],
        ):
            with self.subTest(domain=domain):
                self.assertEffects(*domain, new_customers=10)
        rows = self.compared(CHANGE).search([("company_id", "=", self.company.id)])
        by_id = self.compared(CHANGE).search([("id", "in", rows.ids)])
        self.assertEqual(by_id.mapped("change"), rows.mapped("change"))
        self.assertEqual(rows.exists(), rows)

    def test_change_in_percent(self):
        """Empty without a positive base; of a group, the change of all as a share of all."""
        self.base((self.thing, 10))
        self.base((self.mug, 100), partner=self.bob)
        self.current((self.thing, 12))
        self.current((self.lamp, 1))
        self.assertEqual(self.sums(CHANGE, ["change_percent"]), [-0.35])
        self.assertEqual(
            self.sums(CHANGE, ["change_percent"], [("product_id", "=", self.lamp.id)]), [None]
        )

    def test_a_base_that_cancels_out(self):
        """1.10 + 2.20 - 3.30 is not quite 0 for a computer."""
        words = self.compared(CHANGE)._change_words(1.1 + 2.2 - 3.3, 500)
        self.assertEqual(
            words.replace("\xa0", ""), "Net sales rose by $500.00, from $0.00 to $500.00."
        )

    def test_lines_behind_a_row(self):
        base = self.base((self.thing, 10), (self.mug, 1))
        current = self.current((self.thing, 12))
        row = self.compared(CHANGE).search(
            [("company_id", "=", self.company.id), ("product_id", "=", self.thing.id)]
        )
        action = row.action_open_lines()
        self.assertEqual(action["context"]["customer_sales_compared"], CHOICE)
        lines = self.env[COMPARISON].with_context(**action["context"]).search(action["domain"])
        self.assertEqual({line.document_number for line in lines}, {base.name, current.name})
        self.assertEqual(lines.product_id, self.thing)

    # -- The bridge ---------------------------------------------------------------------------

    def bridge(self, *domain):
        return self.compared(CHANGE).get_bridge([("company_id", "=", self.company.id), *domain])

    def test_bridge(self):
        self.base((self.thing, 10))
        self.base((self.mug, 30), partner=self.bob)
        self.current((self.thing, 12, self.price(100, 10)))
        bridge = self.bridge()
        self.assertEqual(
            [(step["name"], round(step["amount"], 2)) for step in bridge["steps"]],
            [
                ("base", 1300),
                ("lost_customers", -300),
                ("new_customers", 0),
                ("products_dropped", 0),
                ("products_added", 0),
                ("volume", 200),
                ("price", 0),
                ("discount", -120),
                ("exchange_rate", 0),
                ("returns", 0),
                ("other", 0),
                ("current", 1080),
            ],
        )
        self.assertEqual(
            [sentence.replace("\N{NO-BREAK SPACE}", "") for sentence in bridge["sentences"]],
            [
                "Net sales fell by $220.00 (17 %), from $1,300 to $1,080.",
                "Lost customers (1) took $300.00 away: Bob.",
                "Larger quantities of the same products brought $200.00: Acme.",
            ],
        )

    def test_bridge_of_a_filter(self):
        self.base((self.thing, 10))
        self.base((self.mug, 30), partner=self.bob)
        bridge = self.bridge(("commercial_partner_id", "=", self.bob.id))
        self.assertEqual([step["amount"] for step in bridge["steps"]][:2], [300, -300])

    def test_words_name_the_largest(self):
        """Of 600 lost, 500 are Bob's; of 90 new, 60 and 30 have no one that is most of … all."""
        customers = self.env["res.partner"].create([{"name": f"C{number}"} for number in range(3)])
        self.base((self.thing, 5), partner=self.bob)
        self.base((self.thing, 1), partner=self.acme)
        for customer, quantity in zip(customers, (3, 2, 2), strict=True):
            self.current((self.mug, quantity), partner=customer)
        sentences = self.bridge()["sentences"]
        self.assertIn("Lost customers (2) took", sentences[1])
        self.assertTrue(sentences[1].endswith("away, most of it Bob."), sentences)
        self.assertIn("New customers (3) brought", sentences[2])
        self.assertTrue(sentences[2].endswith(", above all C0."), sentences)

    def test_bridge_of_nothing(self):
        bridge = self.bridge()
        self.assertEqual({step["amount"] for step in bridge["steps"]}, {0})
        self.assertEqual(bridge["sentences"], ["There are no sales in either period."])

    def test_nothing_changed(self):
        self.base((self.thing, 1))
        self.current((self.thing, 1))
        sentences = self.bridge()["sentences"]
        self.assertEqual(len(sentences), 1)
        self.assertIn("stayed at", sentences[0])

    def test_choice_that_is_none(self):
        for choice in ({"current": "x"}, {**CHOICE, "base_first": "2024-12-31"}, "x", {}):
            with self.subTest(choice=choice), self.assertRaises(UserError):
                self.compared(CHANGE, choice or {"x": 1}).search([])


@tagged("post_install", "-at_install")
class TestChangesOfReceipts(ComparedAssertions, CustomerSalesPosCommon):
    def test_walk_ins_are_one_customer(self):
        """Who they are is not known: 30 mugs less and a lamp of 100 more, none lost or new."""
        self.receipt((self.mug, 5), moment="2024-02-10 12:00:00")
        self.receipt((self.mug, 2), moment="2024-03-10 12:00:00")
        self.receipt((self.lamp, 1), moment="2024-03-11 12:00:00")
        self.assertEffects(volume=-30, products_added=100)
        self.assertEffects(("commercial_partner_id", "=", False), volume=-30, products_added=100)
