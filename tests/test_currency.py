"""Foreign currencies: a document keeps the rate of its day."""

from datetime import date

from odoo import Command

from .common import CustomerSalesPosCommon


def round_to_cents(currency):
    """Undo what Odoo's set-up does to the currency, also where documents are in it already:
    then Odoo does not let it be written."""
    currency.env.cr.execute(
        "UPDATE res_currency SET rounding = 0.01, decimal_places = 2 WHERE id = %s", [currency.id]
    )
    currency.invalidate_recordset()


class TestCurrency(CustomerSalesPosCommon):
    """A euro is 2 dollars from January, 1.25 from 15 March, and 4 today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.other_currency
        round_to_cents(cls.euro)
        cls.euro.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {"name": day, "rate": rate, "currency_id": cls.euro.id}
                for day, rate in (
                    ("2026-01-01", 0.5),
                    ("2026-03-15", 0.8),
                    (cls.env.cr.now().date(), 0.25),
                )
            ]
        )
        cls.euro_prices = cls.other_currency_config.pricelist_id
        cls.config = cls.other_currency_config

    def test_invoice_at_an_old_rate(self):
        """3 lamps at 100 EUR plus 15 %, on 10 March, are 300 EUR, so 600 USD and 690 with tax.
        10 % off each of them, 30 EUR, are 60 USD."""
        invoice = self.invoice(
            (self.lamp, 3, {"price_unit": 100}),
            (self.lamp, 3, {"price_unit": 100, "discount": 10}),
            currency_id=self.euro.id,
        )
        self.assertRows(
            [invoice],
            """
            currency  in currency  price  untaxed  total  discounted  cost  margin
            EUR               300    200      600    690           0   180     420
            EUR               270    180      540    621          60   180     360
            """,
        )
        self.assertTotals(net_sales=1140, ordered=0)

    def test_credit_note_at_its_own_rate(self):
        """100 EUR of 10 March are 200 USD; credited on 20 March they are 125 USD. In euros
        nothing is left, in dollars the difference of the rates, as in the ledger."""
        invoice = self.invoice((self.mug, 10, {"price_unit": 10}), currency_id=self.euro.id)

        def at_the_rate_of_the_day(credit_note):
            credit_note.invoice_currency_rate = 0.8

        credit_note = self.credit(invoice, change=at_the_rate_of_the_day)
        self.assertRows(
            [invoice, credit_note],
            """
            type              date        in currency  untaxed
            customer_invoice  2026-03-10          100      200
            credit_note       2026-03-20         -100     -125
            """,
        )
        self.assertTotals(net_sales=75, ordered=0)

    def test_rate_written_on_the_invoice(self):
        """An invoice at a rate of its own, 0.4 euros a dollar: 100 EUR are 250 USD."""
        draft = self.draft_invoice((self.mug, 10, {"price_unit": 10}), currency_id=self.euro.id)
        draft.invoice_currency_rate = 0.4
        draft.action_post()
        self.assertRows([draft], "in currency  untaxed  total\n100  250  250")

    def test_new_rates(self):
        """Rates entered or changed later move no document that there is."""
        documents = [
            self.invoice((self.mug, 10, {"price_unit": 10}), currency_id=self.euro.id),
            self.sales_order((self.mug, 10, {"price_unit": 10}), pricelist_id=self.euro_prices.id),
        ]
        expected = """
            type              in currency  untaxed
            customer_invoice          100      200
            sales_order               100      200
        """
        self.assertRows(documents, expected)
        self.euro.rate_ids.rate = 0.1
        self.assertRows(documents, expected)

    def test_order_and_invoice(self):
        """An order of 100 EUR on 5 March is 200 USD; invoiced on 20 March it is sold for 125."""
        order = self.sales_order(
            (self.mug, 10, {"price_unit": 10}), pricelist_id=self.euro_prices.id
        )
        invoice = self.invoice_order(order, day="2026-03-20")
        self.assertRows(
            [order, invoice],
            """
            type              currency  in currency  untaxed
            sales_order       EUR               100      200
            customer_invoice  EUR               100      125
            """,
        )
        self.assertTotals(net_sales=125, ordered=200)

    def test_point_of_sale(self):
        """At a till in euros, a mug of 10 USD is sold at today's 2.50 EUR, the lamp of 100 USD at
        25 EUR plus 15 %; on 7 March a euro is 2 dollars, so they are 5 and 50 USD."""
        receipt = self.receipt(
            (self.mug, 2, {"price_unit": 2.5}),
            (self.lamp, 1),
            partner=self.acme,
        )
        self.assertRows(
            [receipt],
            """
            currency  product  in currency  price  untaxed  total
            EUR       Mug                5      5       10   10.0
            EUR       Lamp              25     50       50   57.5
            """,
        )
        self.assertTotals(net_sales=60, ordered=60)
        invoice = self.invoice_receipts(receipt)
        self.assertRows(
            [receipt, invoice],
            """
            type              currency  in currency  untaxed  total  sale
            pos_receipt       EUR                 5       10   10.0  no
            pos_receipt       EUR                25       50   57.5  no
            customer_invoice  EUR                 5       10   10.0  yes
            customer_invoice  EUR                25       50   57.5  yes
            """,
        )
        self.assertTotals(net_sales=60, ordered=60)

    def test_refund_at_the_point_of_sale(self):
        """5 EUR of 7 March were 10 USD; they are given back on 17 March for 6.25 USD."""
        receipt = self.receipt((self.mug, 2, {"price_unit": 2.5}))
        refund = receipt._refund()
        refund.date_order = "2026-03-17 12:00:00"
        self.make_payment(refund, self.cash_pm2, refund.amount_total)
        self.assertRows(
            [receipt, refund],
            """
            type         in currency  untaxed
            pos_receipt            5    10.00
            pos_refund            -5    -6.25
            """,
        )
        self.assertTotals(net_sales=3.75, ordered=3.75)

    def test_as_much_taken_back_as_sold(self):
        """At 3.75 euros a dollar, 100 - 12.50 - 87.50 euros leave 0.0000000000000001 dollars: a
        receipt, and neither a purchase nor a return; of each product it is what it is."""
        self.euro.rate_ids.filtered(lambda rate: str(rate.name) == "2026-01-01").rate = 3.75
        receipt = self.receipt(
            (self.mug, 1, {"price_unit": 100}),
            (self.mug, -1, {"price_unit": 12.5}),
            (self.mug, -1, {"price_unit": 87.5}),
            partner=self.acme,
        )
        self.assertEqual(receipt.currency_rate, 3.75)
        Profile = self.env["customer.sales.profile"].sudo()
        Profile._refresh(self.company, full=True, as_of=date(2026, 6, 30))
        own = [("company_id", "=", self.company.id), ("partner_id", "=", self.acme.id)]
        purchase = self.env["customer.sales.purchase"].sudo().search(own)
        self.assertEqual((purchase.document_ref, purchase.kind), (receipt, "nil"))
        profile = Profile.search(own)
        self.assertEqual((profile.documents, profile.purchases), (1, 0))
        product = self.env["customer.sales.product"].sudo().search(own)
        self.assertEqual((product.purchases, product.last_purchase), (0, False))

    def test_currencies_do_not_mix(self):
        """20 USD and 100 EUR: in dollars they add up to 20 + 200. In the documents' currencies
        they do not add up: 120 would be neither."""
        self.invoice((self.mug, 2))
        self.invoice((self.mug, 10, {"price_unit": 10}), currency_id=self.euro.id)
        self.assertEqual(self.total(), 220)
        fields = self.report.fields_get(["price_subtotal", "price_subtotal_currency"])
        self.assertEqual(fields["price_subtotal"]["aggregator"], "sum")
        self.assertNotIn("aggregator", fields["price_subtotal_currency"])


class TestCompanyCurrencies(CustomerSalesPosCommon):
    """A company in dollars and one in euros.

    For the first, a euro is 2 dollars from January, 1.25 from 15 March, and 4 today; the second
    has rates of its own, by which it is 2.5 dollars from January.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.other_currency
        round_to_cents(cls.euro)
        cls.dollar = cls.company.currency_id
        cls.european = cls.setup_other_company(name="European", currency_id=cls.euro.id)["company"]
        cls.euro.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {"name": day, "rate": rate, "currency_id": currency.id, "company_id": company.id}
                for company, currency, day, rate in (
                    (cls.company, cls.euro, "2026-01-01", 0.5),
                    (cls.company, cls.euro, "2026-03-15", 0.8),
                    (cls.company, cls.euro, cls.env.cr.now().date(), 0.25),
                    (cls.european, cls.dollar, "2026-01-01", 2.5),
                )
            ]
        )

    def read_from(self, company, *others):
        """The report as a reader in ``company`` sees it who has selected ``others`` as well."""
        companies = [company.id, *(other.id for other in others)]
        return self.report.with_context(allowed_company_ids=companies)

    @property
    def ten_mugs(self):
        """A line of 10 mugs at 10, in the currency of the document."""
        return (self.mug, 10, {"price_unit": 10, "tax_ids": [Command.clear()]})

    def documents(self):
        """20 USD and 100 EUR of March 10, and 100 EUR of March 20, by invoice and by order."""
        return [
            self.invoice((self.mug, 2)),
            self.invoice(self.ten_mugs, company=self.european),
            self.invoice(self.ten_mugs, company=self.european, day="2026-03-20"),
            self.sales_order((self.mug, 2), moment="2026-03-10 12:00:00"),
            self.sales_order(self.ten_mugs, moment="2026-03-10 12:00:00", company=self.european),
            self.sales_order(self.ten_mugs, moment="2026-03-20 12:00:00", company=self.european),
        ]

    def rows_from(self, documents, company, *others):
        references = [f"{document._name},{document.id}" for document in documents]
        return (
            self.read_from(company, *others)
            .search([("document_ref", "in", references)])
            .sorted(lambda row: references.index(f"{row.document_ref._name},{row.document_ref.id}"))
        )

    def test_alone(self):
        """Each company on its own, in its own currency."""
        documents = self.documents()
        self.assertRows(
            self.rows_from(documents, self.company),
            """
            type              company         date        untaxed
            customer_invoice  company_1_data  2026-03-10       20
            sales_order       company_1_data  2026-03-10       20
            """,
        )
        self.assertRows(
            self.rows_from(documents, self.european),
            """
            type              company   date        untaxed
            customer_invoice  European  2026-03-10      100
            customer_invoice  European  2026-03-20      100
            sales_order       European  2026-03-10      100
            sales_order       European  2026-03-20      100
            """,
        )

    def test_together_in_dollars(self):
        """In dollars, at the rates of the days in the reader's company: 100 EUR are 200 USD on 10
        March and 125 USD on 20 March, whatever they are today. Cost, 60 EUR for 10 mugs, and all
        other amounts alike."""
        self.mug.with_company(self.european).standard_price = 6
        documents = self.documents()
        rows = self.rows_from(documents, self.company, self.european)
        self.assertRows(
            rows,
            """
            type              company         in currency  untaxed  total  price  cost  margin
            customer_invoice  company_1_data           20       20     20   10.0    12       8
            customer_invoice  European                100      200    200   20.0   120      80
            customer_invoice  European                100      125    125   12.5    75      50
            sales_order       company_1_data           20       20     20   10.0    12       8
            sales_order       European                100      200    200   20.0   120      80
            sales_order       European                100      125    125   12.5    75      50
            """,
        )
        self.assertEqual(rows.currency_id, self.dollar)
        report = self.read_from(self.company, self.european)
        [[amount]] = report._read_group(
            [("id", "in", rows.ids), ("counts_as_sale", "=", True)],
            aggregates=["price_subtotal:sum"],
        )
        self.assertAlmostEqual(amount, 345)

    def test_together_in_euros(self):
        """In euros, at the European company's rate of 2.5: 20 USD are 8 EUR, of a receipt as
        well."""
        receipt = self.receipt((self.mug, 2), partner=self.acme)
        rows = self.rows_from([*self.documents()[:2], receipt], self.european, self.company)
        self.assertRows(
            rows,
            """
            type              company         currency  in currency  untaxed
            customer_invoice  company_1_data  USD                20        8
            customer_invoice  European        EUR               100      100
            pos_receipt       company_1_data  USD                20        8
            """,
        )
        self.assertEqual(rows.currency_id, self.euro)

    def test_foreign_document_of_a_foreign_company(self):
        """The European company invoices 100 USD on 10 March, 40 EUR in its books; in the reader's
        dollars those 40 EUR are 80, not the 100 of the document."""
        invoice = self.invoice(self.ten_mugs, company=self.european, currency_id=self.dollar.id)
        self.assertRows(
            self.rows_from([invoice], self.company, self.european),
            "currency  in currency  untaxed\nUSD  100  80",
        )

    def test_every_day_as_odoo_converts(self):
        """On each day around the changes of the rates, and before the first of them, the amount
        is what Odoo's own conversion gives for that day."""
        days = ["2024-02-29", "2025-12-31", "2026-01-01", "2026-01-02", "2026-03-14"]
        days += ["2026-03-15", "2026-03-16", "2026-06-30"]
        for day in days:
            with self.subTest(day=day):
                invoice = self.invoice(self.ten_mugs, company=self.european, day=day)
                [row] = self.rows_from([invoice], self.company, self.european)
                converted = self.euro._convert(100, self.dollar, self.company, day)
                self.assertAlmostEqual(row.price_subtotal, converted)

    def test_shared_and_own_rates(self):
        """A rate that all companies share counts where the company has none of its own so far:
        3 dollars a euro before January, the company's 2 after."""
        self.env["res.currency.rate"].create(
            {"name": "2025-06-01", "rate": 1 / 3, "currency_id": self.euro.id, "company_id": False}
        )
        for day, amount in (("2025-12-31", 300), ("2026-01-01", 200)):
            invoice = self.invoice(self.ten_mugs, company=self.european, day=day)
            [row] = self.rows_from([invoice], self.company, self.european)
            self.assertAlmostEqual(row.price_subtotal, amount)
            self.assertAlmostEqual(
                amount, self.euro._convert(100, self.dollar, self.company, day), places=1
            )

    def test_odoo_converts_at_the_rate_of_today(self):
        """Why the figures differ from Odoo's: its reports take today's rate, 4 dollars a euro, for
        the past as well, so that 100 EUR of March 10 are 400 USD today and another amount
        tomorrow; and its totals with tax they leave in euros altogether."""
        invoice = self.invoice(self.ten_mugs, company=self.european)
        order = self.sales_order(self.ten_mugs, moment="2026-03-10 12:00:00", company=self.european)
        rows = self.rows_from([invoice, order], self.company, self.european)
        self.assertRows(rows, "untaxed  total\n200  200\n200  200")
        both = {"allowed_company_ids": [self.company.id, self.european.id]}
        [invoiced] = (
            self.env["account.invoice.report"]
            .with_context(**both)
            ._read_group(
                [("move_id", "=", invoice.id)],
                aggregates=["price_subtotal:sum", "price_total:sum"],
            )
        )
        self.assertEqual(invoiced, (400, 100))
        [ordered] = (
            self.env["sale.report"]
            .with_context(**both)
            ._read_group(
                [("order_reference", "=", f"sale.order,{order.id}")],
                aggregates=["price_subtotal:sum"],
            )
        )
        self.assertEqual(ordered, (400,))

    def test_reading_writes_nothing(self):
        """Unlike Odoo's reports, which make a temporary table of rates: a replica can serve it."""
        rows = self.rows_from(self.documents(), self.company, self.european)
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        self.env.cr.execute("SET TRANSACTION READ ONLY")
        report = self.read_from(self.company, self.european)
        groups = report._read_group(
            [("id", "in", rows.ids)], ["document_type"], ["price_subtotal:sum"]
        )
        savepoint.close(rollback=True)
        self.assertAlmostEqual(sum(amount for _type, amount in groups), 690)

    def test_company_not_selected(self):
        """What is not selected is not there, in no search and by no id."""
        [_own, foreign] = self.documents()[:2]
        self.assertFalse(self.rows_from([foreign], self.company))
        row = self.rows_from([foreign], self.european)
        self.assertFalse(self.read_from(self.company).search([("id", "=", row.id)]))

    def test_branch(self):
        """A branch converts at the rates of the company it belongs to."""
        self.company.write({"child_ids": [Command.create({"name": "Branch"})]})
        branch = self.company.child_ids
        self.env.user.company_ids |= branch
        invoice = self.invoice(self.ten_mugs, company=self.european)
        self.assertRows(
            self.rows_from([invoice], branch, self.european),
            "company  untaxed\nEuropean  200",
        )
