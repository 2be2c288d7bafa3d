"""Rows of customer invoices, credit notes and sales receipts."""

from odoo import Command

from .common import CustomerSalesCommon


class TestInvoiceRows(CustomerSalesCommon):
    def test_invoice(self):
        """2 mugs at 10 are 20, untaxed; a lamp at 100 plus 15 % is 115; soap at 23 holds 15 % tax,
        so 3 are 69, of which 3 x 20 untaxed. Cost: 2 x 6, 60, 3 x 12."""
        invoice = self.invoice((self.mug, 2), (self.lamp, 1), (self.soap, 3))
        self.assertRows(
            [invoice],
            """
            product  quantity  price  untaxed  tax  total  cost  margin
            Mug             2     10       20    0     20    12       8
            Lamp            1    100      100   15    115    60      40
            Soap            3     20       60    9     69    36      24
            """,
        )
        self.assertTotals(net_sales=180, ordered=0)

    def test_document(self):
        """An invoice to a contact is its company's, on its own date, in the direct channel."""
        invoice = self.invoice((self.mug, 2), day="2026-03-01", partner=self.ann)
        rows = self.rows_of(invoice)
        self.assertRows(
            rows,
            """
            type              channel  kind     date        customer  contact
            customer_invoice  direct   product  2026-03-01  Acme      Ann
            """,
        )
        self.assertRows(
            rows,
            """
            sale  ordered  payment_state  product_type  pricelist_id  config_id
            yes   no       not_paid       consu         -             -
            """,
        )
        self.assertEqual(rows.document_ref, invoice)
        self.assertEqual(rows.document_number, invoice.name)
        self.assertEqual(rows.action_open_document()["res_id"], invoice.id)
        self.assertEqual(rows.company_id, self.company)

    def test_state(self):
        """Drafts and cancelled invoices are no sales; one that is posted again is one sale."""
        invoice = self.draft_invoice((self.mug, 2))
        self.assertFalse(self.rows_of(invoice))
        invoice.action_post()
        self.assertTotals(net_sales=20, ordered=0)
        invoice.button_draft()
        self.assertFalse(self.rows_of(invoice))
        invoice.action_post()
        self.assertTotals(net_sales=20, ordered=0)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertFalse(self.rows_of(invoice))
        self.assertTotals(net_sales=0, ordered=0)

    def test_credit_note(self):
        """1 of 4 mugs and the lamp come back ten days later: 1 x -10 and 1 x -100 with -15 tax, on
        the credit note's own date. 40 + 100 - 10 - 100 = 30 stay."""
        invoice = self.invoice((self.mug, 4), (self.lamp, 1))

        def only_one_mug(credit_note):
            credit_note.invoice_line_ids.filtered(
                lambda line: line.product_id == self.mug
            ).quantity = 1

        credit_note = self.credit(invoice, day="2026-03-20", change=only_one_mug)
        self.assertRows(
            [invoice, credit_note],
            """
            type              date        product  quantity  price  untaxed  total  cost  margin
            customer_invoice  2026-03-10  Mug             4     10       40     40    24      16
            customer_invoice  2026-03-10  Lamp            1    100      100    115    60      40
            credit_note       2026-03-20  Mug            -1     10      -10    -10    -6      -4
            credit_note       2026-03-20  Lamp           -1    100     -100   -115   -60     -40
            """,
        )
        self.assertTotals(net_sales=30, ordered=0)

    def test_full_reversal(self):
        """An invoice and its credit note come to nothing, in money and in quantity."""
        invoice = self.invoice((self.mug, 4), (self.soap, 1))
        self.credit(invoice)
        for field in ("quantity", "price_subtotal", "price_tax", "price_total", "cost", "margin"):
            self.assertEqual(self.total(field=field), 0)

    def test_credit_note_credited(self):
        """A credit note that was a mistake is credited itself: Odoo makes it an invoice of 40 on
        the day of the correction. 40 - 40 + 40."""
        invoice = self.invoice((self.mug, 4))
        credit_note = self.credit(invoice, day="2026-03-20")
        correction = self.credit(credit_note, day="2026-04-01")
        self.assertRows(
            [invoice, credit_note, correction],
            """
            type              date        channel  quantity  untaxed  cost
            customer_invoice  2026-03-10  direct          4       40    24
            credit_note       2026-03-20  direct         -4      -40   -24
            customer_invoice  2026-04-01  direct          4       40    24
            """,
        )
        self.assertTotals(net_sales=40, ordered=0)

    def test_credit_note_alone(self):
        """A credit note that takes back no invoice, of 2 mugs and a line of 5 in favour of us."""
        credit_note = self.invoice(
            (self.mug, 2), (self.mug, -1, {"price_unit": 5}), move_type="out_refund"
        )
        self.assertRows(
            [credit_note],
            """
            type         channel  quantity  price  untaxed  cost
            credit_note  direct         -2     10      -20   -12
            credit_note  direct          1      5        5     6
            """,
        )
        self.assertTotals(net_sales=-15, ordered=0)

    def test_sales_receipt(self):
        """A sales receipt is a sale of 2 x 10, and its reversal a credit note; both open, though
        Odoo's own report lists receipts without knowing their type."""
        receipt = self.invoice((self.mug, 2), move_type="out_receipt")
        reversal = self.credit(receipt)
        rows = self.rows_of(receipt, reversal)
        self.assertRows(
            rows,
            """
            type           channel  quantity  untaxed  total  sale
            sales_receipt  direct          2       20     20  yes
            credit_note    direct         -2      -20    -20  yes
            """,
        )
        for row, document in zip(rows, receipt + reversal, strict=True):
            self.assertEqual(row.action_open_document()["res_id"], document.id)

    def test_other_moves(self):
        """Vendor bills and plain journal entries are no sales."""
        bill = self.invoice((self.mug, 2), move_type="in_invoice")
        bill_refund = self.invoice((self.mug, 1), move_type="in_refund")
        entry = self.env["account.move"].create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "account_id": self.company_data["default_account_revenue"].id,
                            "partner_id": self.acme.id,
                            "credit": 50,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data["default_account_receivable"].id,
                            "partner_id": self.acme.id,
                            "debit": 50,
                        }
                    ),
                ]
            }
        )
        entry.action_post()
        self.assertFalse(self.rows_of(bill, bill_refund, entry))
        self.assertTotals(net_sales=0, ordered=0)

    def test_product_lines_only(self):
        """Of a section, a note, a lamp of 99.99 with its tax of 15.00 (14.9985), a rounding of
        114.99 up to 115.00 and two instalments, only the lamp is sold."""
        invoice = self.invoice(
            (self.lamp, 1, {"price_unit": 99.99}),
            invoice_cash_rounding_id=self.cash_rounding_a.id,
            invoice_payment_term_id=self.pay_terms_b.id,
            line_ids=[
                Command.create({"display_type": "line_section", "name": "Lights"}),
                Command.create({"display_type": "line_note", "name": "Fragile"}),
            ],
        )
        self.assertEqual(
            sorted(invoice.line_ids.mapped("display_type")),
            ["line_note", "line_section", "payment_term", "payment_term"]
            + ["product", "rounding", "tax"],
        )
        self.assertRows(
            [invoice],
            """
            product  quantity  untaxed    tax   total
            Lamp            1    99.99  15.00  114.99
            """,
        )

    def test_line_without_product(self):
        """A line of free text is a sale without a product: 2 x 30."""
        invoice = self.invoice((self.env["product.product"], 2, {"name": "Help", "price_unit": 30}))
        self.assertRows(
            [invoice],
            """
            product  product_type  kind     quantity  price  untaxed  cost
            -        -             product         2     30       60     0
            """,
        )

    def test_nothing_to_pay(self):
        """No price, no quantity: rows with no amount, and no division by zero."""
        invoice = self.invoice((self.mug, 3, {"price_unit": 0}), (self.mug, 0))
        self.assertRows(
            [invoice],
            """
            quantity  price  untaxed  total  cost  margin  margin %
                   3      0        0      0    18     -18         0
                   0      0        0      0     0       0         0
            """,
        )

    def test_untaxed_and_rounded_as_a_whole(self):
        """Two lines of 0.125 without taxes are 0.25 where a document is rounded as a whole: 0.12
        and 0.13 in the ledger, 0.13 each on the lines. The cent is no tax."""
        self.company.tax_calculation_rounding_method = "round_globally"
        invoice = self.invoice(
            (self.mug, 1, {"price_unit": 0.125}), (self.mug, 0.5, {"price_unit": 0.25})
        )
        rows = self.rows_of(invoice)
        self.assertEqual(invoice.invoice_line_ids.mapped("price_subtotal"), [0.13, 0.13])
        self.assertEqual([round(row.price_subtotal, 2) for row in rows], [0.12, 0.13])
        self.assertEqual(rows.mapped("price_tax"), [0, 0])
        self.assertEqual(self.total(field="price_tax"), 0)

    def test_line_taken_back(self):
        """A negative line on an invoice stays an invoice's: 5 x 10 - 2 x 10 = 30."""
        invoice = self.invoice((self.mug, 5), (self.mug, -2))
        self.assertRows(
            [invoice],
            """
            type              quantity  price  untaxed  total
            customer_invoice         5     10       50     50
            customer_invoice        -2     10      -20    -20
            """,
        )

    def test_two_payments(self):
        """Two payments of 40 and 60 on an invoice of 100 multiply nothing."""
        invoice = self.invoice((self.mug, 10))
        for amount, state in ((40, "partial"), (60, invoice._get_invoice_in_payment_state())):
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({"amount": amount}).action_create_payments()
            self.assertRows(
                [invoice],
                f"""
                quantity  untaxed  total  payment_state
                      10      100    100  {state}
                """,
            )
        self.assertTotals(net_sales=100, ordered=0)
