"""The reconciliation on the documents that are there, and what it says when something is wrong."""

from dataclasses import replace
from datetime import date
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from ..report.customer_sales_report.invoice_lines import INVOICE_SLOT
from ..report.customer_sales_report.order_lines import ORDER_SLOT
from ..report.reconciliation import BRIDGE, BRIDGE_FIELDS, Reconciliation
from ..tools.sql.source import SOURCE_SLOTS
from .common import CustomerSalesPosCommon
from .reconciliation import ReconciliationAssertions


@tagged("post_install", "-at_install")
class TestReconciliation(ReconciliationAssertions, CustomerSalesPosCommon):
    """Documents of each kind in March 2026, in a company of the test's own.

    =====================  =======  =======  =================================================
    document               untaxed   in      counts in
    =====================  =======  =======  =================================================
    order, 3 lamps             300  order    ordered
    its invoice, 2 lamps       200  sales    net sales
    credit note, 1 lamp       -100  sales    net sales
    invoice, 5 mugs             50  sales    net sales, without an order
    receipt, 2 lamps           200  both     net sales and ordered
    receipt, 1 lamp            100  order    ordered; its invoice counts in net sales
    its invoice                100  sales    net sales
    =====================  =======  =======  =================================================

    Ordered: 300 + 200 + 100 = 600. Net sales: 200 - 100 + 50 + 200 + 100 = 450.
    """

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref(
            "customer_sales_report.group_customer_sales_manager"
        )

    def setUp(self):
        super().setUp()
        self.order = self.sales_order((self.lamp, 3), partner=self.acme)
        self.order_invoice = self.invoice_order(self.order, change=self._of(2))
        self.credit_note = self.credit(self.order_invoice, change=self._of(1))
        self.invoice((self.mug, 5), partner=self.ann)
        self.walk_in = self.receipt((self.lamp, 2))
        self.invoiced = self.receipt((self.lamp, 1), partner=self.acme, invoiced=True)
        self.reconciliation = self._reconciliation()

    def _of(self, quantity):
        def change(draft):
            draft.invoice_line_ids.quantity = quantity

        return change

    def _reconciliation(self):
        return Reconciliation(self.env, self.company, date(2026, 1, 1), date(2026, 12, 31))

    def _wizard(self):
        wizard = self.env["customer.sales.reconciliation"].create(
            {"date_from": "2026-01-01", "date_to": "2026-12-31"}
        )
        wizard.action_compare()
        return wizard

    def test_totals_and_bridge(self):
        totals = {
            total.check: (total.reported, total.expected)
            for total in self.reconciliation.totals()
            if total.measure == "price_subtotal"
        }
        self.assertEqual(
            totals, {"sales": (450, 450), "invoices": (250, 250), "orders": (600, 600)}
        )
        self.assertEqual(
            self.reconciliation.bridge(),
            {
                "orders": -300,
                "order_invoices": 200,
                "order_receipts": 0,
                "invoiced_receipts": -100,
                "receipt_invoices": 100,
                "direct_invoices": 50,
                "credit_notes": -100,
                "down_payments": 0,
            },
        )

    def test_bridge_items_are_their_rows(self):
        """The rows opened from an item add up to it, and no row is in two items."""
        seen = self.report.browse()
        for name, amount in self.reconciliation.bridge().items():
            rows = self.report.search(self.reconciliation.bridge_domain(name))
            self.assertEqual(sum(rows.mapped("price_subtotal")) * BRIDGE[name].sign, amount)
            self.assertFalse(rows & seen)
            for row in rows:
                self.assertTrue(
                    BRIDGE[name].matches({field: row[field] for field in BRIDGE_FIELDS})
                )
            seen |= rows
        one_sided = self.report.search([("company_id", "=", self.company.id)]).filtered(
            lambda row: row.counts_as_sale != row.counts_as_order
        )
        self.assertEqual(seen, one_sided)

    def test_whole_database(self):
        """Every company of the database, in its own currency, over all time."""
        companies = self.env["res.company"].sudo().search([])
        self.assertGreaterEqual(len(companies), 2)
        self.assertCompaniesReconciled(self.env, companies)

    def test_nothing_differs(self):
        wizard = self._wizard()
        self.assertEqual((wizard.state, wizard.difference_count), ("equal", 0))
        self.assertFalse(wizard.difference_ids)
        self.assertEqual(
            [(line.check, line.reported, line.difference) for line in wizard.total_ids],
            [("sales", 450, 0), ("invoices", 250, 0), ("orders", 600, 0)],
        )
        steps = [(line.bridge_item, line.reported) for line in wizard.bridge_ids]
        self.assertEqual((steps[0], steps[-1]), (("ordered", 600), ("sales", 450)))
        self.assertEqual(sum(amount for _step, amount in steps[:-1]), 450)
        for line in wizard.total_ids | wizard.bridge_ids:
            action = line.action_open()
            [[amount]] = self.report._read_group(
                action["domain"], aggregates=["price_subtotal:sum"]
            )
            self.assertAlmostEqual(abs(amount), abs(line.reported))

    def test_receipt_that_disagrees_with_its_lines(self):
        """A receipt's own amount is changed: net sales differ, and the receipt is named."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE pos_order SET amount_total = amount_total + 7 WHERE id = %s",
                self.walk_in.id,
            )
        )
        differences = self.reconciliation.differences()
        self.assertEqual(
            [
                (d.check, d.measure, d.reported, d.expected, d.customer_id, d.first_day)
                for d in differences
            ],
            [
                ("sales", "price_subtotal", 200, 207, False, date(2026, 3, 7)),
                ("sales", "price_total", 230, 237, False, date(2026, 3, 7)),
            ],
        )
        self.assertEqual(
            self.reconciliation.documents(differences[0]),
            [(f"pos.order,{self.walk_in.id}", 200, 207)],
        )
        wizard = self._wizard()
        self.assertEqual((wizard.state, wizard.difference_count), ("different", 2))
        line = wizard.difference_ids[0]
        self.assertEqual((line.document_ref, line.difference), (self.walk_in, -7))
        self.assertEqual(line.action_open()["res_id"], self.walk_in.id)
        self.env.cr.execute(
            SQL(
                "UPDATE pos_order SET amount_total = amount_total - 7 WHERE id = %s",
                self.walk_in.id,
            )
        )

    def test_order_and_invoice_that_differ(self):
        """A report that left lines out would be caught, customer and documents named."""
        report = type(self.env["customer.sales.report"])
        lamp_orders = SQL("line.product_id != %s", self.lamp.id)

        def without_lamps(model, reader):
            return [source.where_also(lamp_orders) for source in original(model, reader)]

        original = report._sources
        with patch.object(report, "_sources", without_lamps):
            differences = {
                (d.check, d.customer_id, d.first_day): (d.reported, d.expected)
                for d in self.reconciliation.differences()
                if d.measure == "price_subtotal"
            }
            wizard = self._wizard()
        day = self.invoiced.account_move.invoice_date
        self.assertEqual(
            differences,
            {
                ("sales", self.acme.id, date(2026, 3, 10)): (50, 250),
                ("sales", self.acme.id, date(2026, 3, 20)): (0, -100),
                ("sales", self.acme.id, day): (0, 100),
                ("sales", False, date(2026, 3, 7)): (0, 200),
                ("invoices", self.acme.id, date(2026, 3, 10)): (50, 250),
                ("invoices", self.acme.id, date(2026, 3, 20)): (0, -100),
                ("invoices", self.acme.id, day): (0, 100),
                ("orders", self.acme.id, date(2026, 3, 1)): (0, 400),
                ("orders", False, date(2026, 3, 1)): (0, 200),
            },
        )
        documents = wizard.difference_ids.filtered(lambda line: line.check == "orders")
        self.assertEqual(
            set(documents.mapped("document_ref")), {self.order, self.walk_in, self.invoiced}
        )

    def test_rows_astray(self):
        """Sources in each other's slots give rows that lead to the wrong document."""
        report = type(self.env["customer.sales.report"])
        original = report._sources

        def swapped(model, reader):
            sources = {source.slot: source for source in original(model, reader)}
            return [
                replace(sources[INVOICE_SLOT], slot=ORDER_SLOT),
                replace(sources[ORDER_SLOT], slot=INVOICE_SLOT),
            ]

        self.assertEqual(self.reconciliation.rows_astray(), [])
        with patch.object(report, "_sources", swapped):
            astray = self.reconciliation.rows_astray()
        rows = self.report.search([("company_id", "=", self.company.id)])
        other = {INVOICE_SLOT: ORDER_SLOT, ORDER_SLOT: INVOICE_SLOT}
        expected = {
            row.id - row.id % SOURCE_SLOTS + other[row.id % SOURCE_SLOTS]
            for row in rows
            if row.id % SOURCE_SLOTS in other
        }
        self.assertGreater(len(expected), 4)
        self.assertEqual({row_id for row_id, _document in astray}, expected)

    def test_period(self):
        """Other days are left out of both sides; a period begins before it ends."""
        reconciliation = Reconciliation(self.env, self.company, date(2026, 3, 8), date(2026, 3, 15))
        totals = {
            (total.check, total.reported, total.expected)
            for total in reconciliation.totals()
            if total.measure == "price_subtotal"
        }
        self.assertEqual(totals, {("sales", 250, 250), ("invoices", 250, 250), ("orders", 0, 0)})
        with self.assertRaises(ValidationError):
            self.env["customer.sales.reconciliation"].create(
                {"date_from": "2026-02-01", "date_to": "2026-01-01"}
            )

    def test_a_period_without_sales(self):
        """Nothing differs where nothing is: the screen says which of the two it is. What was sold
        and came back is something."""
        wizard = self.env["customer.sales.reconciliation"].create(
            {"date_from": "2026-05-01", "date_to": "2026-05-31"}
        )
        wizard.action_compare()
        self.assertEqual(wizard.state, "empty")
        self.credit(self.invoice((self.mug, 1), day="2026-05-05"), day="2026-05-06")
        wizard.action_compare()
        self.assertEqual(wizard.state, "equal")

    def test_a_changed_period_has_no_result(self):
        wizard = self._wizard()
        with Form(wizard) as form:
            form.date_to = "2026-06-30"
            self.assertEqual(form.state, "new")

    def test_lines_say_which_step(self):
        wizard = self._wizard()
        names = {
            line.bridge_item or line.check: line.action_open()["display_name"]
            for line in wizard.line_ids
        }
        self.assertEqual(names["credit_notes"], "Credit notes (01/01/2026 – 12/31/2026)")
        self.assertEqual(
            names["order_invoices"], "Invoices of sales orders (01/01/2026 – 12/31/2026)"
        )
        self.assertEqual(names["invoices"], "Invoices and Credit Notes (01/01/2026 – 12/31/2026)")

    def test_access(self):
        """For administrators of the app, each their own, of their own companies."""
        wizard = self._wizard()
        other = new_test_user(
            self.env,
            "other_manager",
            groups="customer_sales_report.group_customer_sales_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        salesman = new_test_user(
            self.env, "reader", groups="customer_sales_report.group_customer_sales_all"
        )
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_compare()
        with self.assertRaises(AccessError):
            wizard.total_ids.with_user(other).read(["reported"])
        with self.assertRaises(AccessError):
            self.env["customer.sales.reconciliation"].with_user(salesman).create({})
        foreign = self.env["res.company"].sudo().create({"name": "Foreign"})
        with self.assertRaises(AccessError):
            self.env["customer.sales.reconciliation"].with_user(other).create(
                {"company_id": foreign.id}
            )
        own = self.env["customer.sales.reconciliation"].with_user(other).create({})
        self.assertEqual(own.company_id, self.company)
        year = fields.Date.context_today(own).year
        self.assertEqual((own.date_from, own.date_to), (date(year, 1, 1), date(year, 12, 31)))
