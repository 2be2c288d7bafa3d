"""Words of the business for tests: documents as Odoo's own flows make them, and the rows expected.

Every test class has a company of its own, so that the documents already in the database stay out
of its figures. Whatever documents a test makes, it ends with the reconciliation: what the report
says must be what Odoo's own reports say.
"""

from collections import defaultdict

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.point_of_sale.tests.common import TestPoSCommon

from .prepared_company import PreparedCompanyCommon

MOVE_TYPES = ["out_invoice", "out_refund", "out_receipt"]

# Words for the fields of the report, as the heads of the columns of expected rows
FIELDS = {
    "type": "document_type",
    "kind": "line_kind",
    "company": "company_id",
    "customer": "commercial_partner_id",
    "contact": "partner_id",
    "product": "product_id",
    "unit": "product_uom_id",
    "price": "price_unit",
    "untaxed": "price_subtotal",
    "tax": "price_tax",
    "total": "price_total",
    "discounted": "discount_amount",
    "undiscounted": "price_undiscounted",
    "margin %": "margin_percent",
    "currency": "document_currency_id",
    "in currency": "price_subtotal_currency",
    "sale": "counts_as_sale",
    "ordered": "counts_as_order",
}


@tagged("post_install", "-at_install")
class CustomerSalesCommon(PreparedCompanyCommon):
    """A company in US dollars, with products of simple prices, and a user who may do it all.

    ``mug`` costs 6 and sells at 10 without taxes; ``lamp`` costs 60 and sells at 100 plus 15 %
    tax; ``soap`` sells at 23 with 15 % tax included, so at 20 untaxed.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        # Sales prices are in the currency of the database's main company, whichever that is. Odoo
        # refuses to change the currency of a company that has documents.
        cls.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            [cls.company.currency_id.id, cls.env.ref("base.main_company").id],
        )
        cls.env.invalidate_all()
        cls.tax_15 = cls.env["account.tax"].create({"name": "15 %", "amount": 15})
        cls.tax_15_included = cls.env["account.tax"].create(
            {"name": "15 % incl.", "amount": 15, "price_include_override": "tax_included"}
        )
        cls.mug = cls.product_named("Mug", 10, cost=6)
        cls.lamp = cls.product_named("Lamp", 100, cost=60, taxes=cls.tax_15)
        cls.soap = cls.product_named("Soap", 23, cost=12, taxes=cls.tax_15_included)
        cls.acme = cls.env["res.partner"].create({"name": "Acme", "is_company": True})
        cls.ann = cls.env["res.partner"].create({"name": "Ann", "parent_id": cls.acme.id})

    @classmethod
    def get_default_groups(cls):
        return (
            super().get_default_groups()
            | cls.env.ref("customer_sales_report.group_customer_sales_all")
            | cls.env.ref("customer_sales_report.group_customer_sales_margin")
            | cls.env.ref("sales_team.group_sale_manager")
        )

    def setUp(self):
        super().setUp()
        self.addCleanup(self.assertReconciled)

    # -- Documents ------------------------------------------------------------------------

    @classmethod
    def product_named(cls, name, price, cost=0, taxes=None, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "list_price": price,
                "standard_price": cost,
                "type": "consu",
                "invoice_policy": "order",
                "available_in_pos": True,
                "taxes_id": [Command.set(taxes.ids if taxes else [])],
                **values,
            }
        )

    def invoice(self, *lines, **values):
        """A posted invoice, with the lines and values of :meth:`draft_invoice`."""
        move = self.draft_invoice(*lines, **values)
        move.action_post()
        return move

    def draft_invoice(self, *lines, day="2026-03-10", partner=None, company=None, **values):
        """A draft, in the company given or the tests' own: an invoice, unless ``move_type`` says
        otherwise.

        :param lines: (product, quantity) or (product, quantity, values of the line)
        """
        lines = [
            {"product_id": product.id, "quantity": quantity, **(more[0] if more else {})}
            for product, quantity, *more in lines
        ]
        return (
            self.env["account.move"]
            .with_company(company or self.company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": (partner or self.acme).id,
                    "invoice_date": day,
                    "invoice_line_ids": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    def credit(self, invoice, day="2026-03-20", change=None):
        """The posted credit note of an invoice, made by the wizard.

        :param change: a function of the draft, called before it is posted
        """
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": day})
        )
        credit_note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        credit_note.invoice_date = day
        if change:
            change(credit_note)
        credit_note.action_post()
        return credit_note

    def sales_order(self, *lines, moment="2026-03-05 12:00:00", **values):
        """A confirmed sales order.

        :param moment: UTC timestamp of the confirmation
        :param values: as of :meth:`quotation`, whose lines it has
        """
        return self.confirm(self.quotation(*lines, **values), moment)

    def confirm(self, order, moment="2026-03-05 12:00:00"):
        order.action_confirm()
        order.date_order = moment
        return order

    def quotation(self, *lines, partner=None, company=None, **values):
        """A quotation, in the company given or the tests' own.

        :param lines: (product, quantity) or (product, quantity, values of the line)
        """
        lines = [
            {"product_id": product.id, "product_uom_qty": quantity, **(more[0] if more else {})}
            for product, quantity, *more in lines
        ]
        return (
            self.env["sale.order"]
            .with_company(company or self.company)
            .create(
                {
                    "partner_id": (partner or self.acme).id,
                    "order_line": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    def invoice_order(self, orders, day="2026-03-10", change=None, **wizard_values):
        """The posted invoice of sales orders, made by the wizard.

        :param change: a function of the draft, called before it is posted
        """
        before = orders.invoice_ids
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=orders.ids)
            .create({"advance_payment_method": "delivered", **wizard_values})
        )
        wizard.create_invoices()
        invoice = orders.invoice_ids - before
        invoice.invoice_date = day
        if change:
            change(invoice)
        invoice.action_post()
        return invoice

    # -- Rows -----------------------------------------------------------------------------

    @property
    def report(self):
        """The report as a fresh request reads it."""
        report = self.env["customer.sales.report"]
        report.invalidate_model()
        return report

    def rows_of(self, *documents):
        """The rows of documents: document by document, in the order of their lines."""
        references = [
            f"{record._name},{record.id}" for document in documents for record in document
        ]
        rows = self.report.search([("document_ref", "in", references)], order="id")
        return rows.sorted(
            lambda row: references.index(f"{row.document_ref._name},{row.document_ref.id}")
        )

    def assertRows(self, documents, table):  # noqa: N802
        """The rows of ``documents`` are those of ``table``.

        :param documents: recordsets of documents, or rows of the report
        :param table: text; its first line has fields or words for them (``FIELDS``), its columns
            are two spaces apart; yes and no stand for booleans, a dash for nothing, and records
            go by their names
        """
        header, *lines = (_cells(line) for line in table.strip().splitlines())
        header = [FIELDS.get(word, word) for word in header]
        rows = documents
        if getattr(documents, "_name", None) != "customer.sales.report":
            rows = self.rows_of(*documents)
        expected = [
            [self._written(name, text) for name, text in zip(header, line, strict=True)]
            for line in lines
        ]
        actual = [[self._shown(row, name) for name in header] for row in rows]
        self.assertEqual(_aligned([header, *actual]), _aligned([header, *expected]))

    def _shown(self, row, name):
        field, value = row._fields[name], row[name]
        if field.type == "boolean":
            return "yes" if value else "no"
        if field.type in ("float", "monetary"):
            return _number(name, value)
        if field.relational:
            value = value.name
        return str(value) if value else "-"

    def _written(self, name, text):
        if self.report._fields[name].type in ("float", "monetary"):
            return _number(name, float(text))
        return text

    def total(self, *domain, field="price_subtotal"):
        """The sum over the company's rows, without or with a domain."""
        [[amount]] = self.report._read_group(
            [("company_id", "=", self.company.id), *domain], aggregates=[f"{field}:sum"]
        )
        return round(amount, 2)

    def assertTotals(self, net_sales, ordered):  # noqa: N802
        """Untaxed, of all documents of the company."""
        self.assertEqual(
            (
                self.total(("counts_as_sale", "=", True)),
                self.total(("counts_as_order", "=", True)),
            ),
            (net_sales, ordered),
        )

    # -- Odoo's own reports ---------------------------------------------------------------

    def assertReconciled(self):  # noqa: N802
        """The totals of the company are those of Odoo's own reports, line for line of a pivot
        by customer, product and day (orders: by the reader's day)."""
        companies = [("company_id", "=", self.company.id)]
        self.assertEqual(
            self._totals(
                "customer.sales.report",
                [
                    *companies,
                    (
                        "document_type",
                        "in",
                        ["customer_invoice", "credit_note", "sales_receipt"],
                    ),
                ],
                ["commercial_partner_id", "product_id", "date:day"],
                ["quantity", "price_subtotal", "price_total"],
            ),
            self._totals(
                "account.invoice.report",
                [*companies, ("state", "=", "posted"), ("move_type", "in", MOVE_TYPES)],
                ["commercial_partner_id", "product_id", "invoice_date:day"],
                ["quantity", "price_subtotal", "price_total"],
            ),
        )
        # The sales analysis counts the quantity of a combo besides that of what is in it.
        no_combos = [("product_tmpl_id.type", "!=", "combo")]
        self.assertEqual(
            self._totals(
                "customer.sales.report",
                [*companies, ("counts_as_order", "=", True), *no_combos],
                ["commercial_partner_id", "product_id", "date:day"],
                ["quantity", "price_subtotal", "price_total"],
            ),
            self._totals(
                "sale.report",
                [
                    *companies,
                    ("state", "in", self.env["sale.report"]._get_done_states()),
                    *no_combos,
                ],
                ["commercial_partner_id", "product_id", "date:day"],
                ["product_uom_qty", "price_subtotal", "price_total"],
            ),
        )
        self.assertNetSalesOfDocuments()

    def assertNetSalesOfDocuments(self):  # noqa: N802
        """Net sales are the untaxed totals of the posted invoices, and of the receipts without
        one, as the documents themselves show them."""
        expected = defaultdict(float)
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "=", "posted"),
                ("move_type", "in", MOVE_TYPES),
            ]
        )
        for move in moves:
            # An untaxed total includes the line that cash rounding may add.
            rounding = move.line_ids.filtered(lambda line: line.display_type == "rounding")
            expected[move] = move.amount_untaxed_signed + sum(rounding.mapped("balance"))
        receipts = self.env["pos.order"].search(
            [("company_id", "=", self.company.id), ("state", "in", ["paid", "done"])]
        )
        for receipt in receipts.filtered(lambda order: order.account_move.state != "posted"):
            expected[receipt] = (receipt.amount_total - receipt.amount_tax) / receipt.currency_rate
        actual = defaultdict(float)
        for row in self.report.search(
            [("company_id", "=", self.company.id), ("counts_as_sale", "=", True)]
        ):
            actual[row.document_ref] += row.price_subtotal
        self.assertEqual(_without_zeros(actual), _without_zeros(expected))

    def _totals(self, model, domain, groupby, measures):
        groups = self.env[model]._read_group(domain, groupby, [f"{name}:sum" for name in measures])
        totals = {}
        for customer, product, day, *amounts in groups:
            amounts = [round(amount or 0.0, 2) + 0.0 for amount in amounts]
            if any(amounts):
                totals[customer.id, product.id, fields.Date.to_string(day)] = amounts
        return totals


@tagged("post_install", "-at_install")
class CustomerSalesPosCommon(CustomerSalesCommon, TestPoSCommon):
    """With a point of sale in the company's currency, whose session is open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = cls.basic_config

    def setUp(self):
        super().setUp()
        self.open_new_session()

    def receipt(self, *lines, partner=None, invoiced=False, moment="2026-03-07 12:00:00", **values):
        """A paid receipt, as the point of sale sends it.

        :param lines: (product, quantity) or (product, quantity, values of the line)
        :param moment: UTC timestamp of the payment
        """
        data = self.create_ui_order_data(
            [self._receipt_line(*line) for line in lines],
            {"date_order": moment, **values},
            customer=partner or self.env["res.partner"],
            is_invoiced=invoiced,
        )
        self.env["pos.order"].sync_from_ui([data])
        return self.env["pos.order"].search([("uuid", "=", data["uuid"])])

    def _receipt_line(self, product, quantity, values=None):
        line = {"product": product, "quantity": quantity, **(values or {})}
        if not product.taxes_id.filtered(lambda tax: tax.company_id == self.company):
            # Odoo's helper knows of prices and discounts only where there are taxes.
            price = line.get("price_unit", product.list_price)
            amount = price * quantity * (1 - line.get("discount", 0) / 100)
            line |= {"price_subtotal": amount, "price_subtotal_incl": amount}
        return line

    def refund(self, receipt, moment="2026-03-17 12:00:00", change=None):
        """The paid refund of a receipt, as the form of the receipt makes it.

        :param change: a function of the draft, which is of the whole receipt
        """
        refund = receipt._refund()
        refund.date_order = moment
        if change:
            change(refund)
            refund.lines._onchange_amount_line_all()
            refund._compute_prices()
        self.make_payment(refund, self.cash_pm1, refund.amount_total)
        return refund

    def invoice_receipts(self, receipts, day="2026-03-25"):
        """The one invoice of receipts, made by the wizard."""
        self.env["pos.make.invoice"].with_context(active_ids=receipts.ids).create(
            {"consolidated_billing": True}
        ).action_create_invoices()
        return receipts.account_move

    def close_session(self):
        cash = self.pos_session.order_ids.payment_ids.filtered("payment_method_id.is_cash_count")
        self.pos_session.post_closing_cash_details(sum(cash.mapped("amount")))
        self.pos_session.close_session_from_ui()
        self.assertEqual(self.pos_session.state, "closed")


def _number(name, value):
    digits = 4 if name == "margin_percent" else 2
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _cells(line):
    return [cell.strip() for cell in line.strip().split("  ") if cell.strip()]


def _aligned(table):
    """The table as text, so that a difference shows at a glance."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    )


def _without_zeros(amounts):
    return {
        f"{document._name},{document.id}": round(amount, 2)
        for document, amount in amounts.items()
        if round(amount, 2)
    }
