"""The worked example of the README: its documents, made by Odoo, give its figures."""

from datetime import date
from pathlib import Path

from odoo.tests import tagged

from .common import CustomerSalesPosCommon

README = Path(__file__).resolve().parents[1] / "README.md"
DOCUMENTS = ["date", "document", "untaxed", "net sales", "ordered"]
BRIDGE = ["step", "amount"]


def readme_table(header):
    """The rows of the README's table that has this header, as lists of cells."""
    lines = iter(README.read_text(encoding="utf-8").splitlines())
    for line in lines:
        if _table_cells(line) == header:
            next(lines)  # the line under the header
            return [_table_cells(row) for row in iter(lines.__next__, "")]
    raise ValueError(f"the README has no table with the columns {header}")


def _table_cells(line):
    return [cell.strip() for cell in line.strip("|").split("|")]


def amount(cell):
    return float(cell.replace(",", "") or 0)


@tagged("smoke")
class TestReadmeExample(CustomerSalesPosCommon):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref(
            "customer_sales_report.group_customer_sales_manager"
        )

    def setUp(self):
        super().setUp()
        self.documents = self.march()

    def march(self):
        """The documents of the README's table, in its order."""

        def lamps(quantity):
            def change(draft):
                draft.invoice_line_ids.filtered(
                    lambda line: line.product_id == self.lamp
                ).quantity = quantity

            return change

        def one_lamp_alone(credit_note):
            credit_note.invoice_line_ids.filtered("is_downpayment").unlink()
            lamps(1)(credit_note)

        def one_mug(refund):
            refund.lines.qty = -1

        ordered = self.sales_order((self.lamp, 10), moment="2026-03-02 12:00:00")
        down_payment = self.invoice_order(
            ordered, day="2026-03-03", advance_payment_method="percentage", amount=20
        )
        six_lamps = self.invoice_order(ordered, day="2026-03-10", change=lamps(6))
        direct = self.invoice((self.mug, 5), day="2026-03-11")
        walk_in = self.receipt((self.mug, 3), moment="2026-03-12 12:00:00")
        invoiced = self.receipt(
            (self.lamp, 2), partner=self.acme, invoiced=True, moment="2026-03-13 12:00:00"
        )
        one_lamp = self.sales_order((self.lamp, 1), moment="2026-03-14 12:00:00")
        settled = {
            "sale_order_origin_id": one_lamp.id,
            "sale_order_line_id": one_lamp.order_line.id,
        }
        settles = self.receipt(
            (self.lamp, 1, settled), partner=self.acme, moment="2026-03-16 12:00:00"
        )
        return [
            *(ordered, down_payment, six_lamps, direct, walk_in),
            *(invoiced, invoiced.account_move, one_lamp, settles),
            self.refund(walk_in, moment="2026-03-17 12:00:00", change=one_mug),
            self.credit(six_lamps, day="2026-03-20", change=one_lamp_alone),
        ]

    def test_documents(self):
        """Each document on its day, with what it adds to either total; and the totals."""
        *rows, total = readme_table(DOCUMENTS)
        expected = []
        for day, document, *amounts in rows:
            number, month = day.split()
            self.assertEqual(month, "March")
            kind = document.partition(":")[0]
            expected.append((date(2026, 3, int(number)), kind, *map(amount, amounts)))
        self.assertEqual([self._written(document) for document in self.documents], expected)
        self.assertEqual(total[:3], ["", "Total", ""])
        self.assertTotals(*map(amount, total[3:]))

    def _written(self, document):
        """The document as a row of the README's table."""
        rows = self.rows_of(document)
        [day], [kind] = set(rows.mapped("date")), set(rows.mapped("document_type"))
        kinds = dict(self.report._fields["document_type"]._description_selection(self.env))
        return (
            day,
            kinds[kind],
            *(
                round(sum(counted.mapped("price_subtotal")), 2)
                for counted in (
                    rows,
                    rows.filtered("counts_as_sale"),
                    rows.filtered("counts_as_order"),
                )
            ),
        )

    def test_bridge(self):
        """The steps as the screen names and computes them, in its order."""
        wizard = self.env["customer.sales.reconciliation"].create(
            {"date_from": "2026-03-01", "date_to": "2026-03-31"}
        )
        wizard.action_compare()
        self.assertEqual(wizard.state, "equal")
        names = dict(wizard.bridge_ids._fields["bridge_item"]._description_selection(self.env))
        shown = [(names[line.bridge_item], line.reported) for line in wizard.bridge_ids]
        rows = [(step, amount(cell)) for step, cell in readme_table(BRIDGE)]
        # The screen leaves out steps of nothing.
        self.assertEqual([row for row in rows if row[1]], shown)
        self.assertEqual(
            [step for step, _amount in rows],
            [name for item, name in names.items() if item != "other"],
        )
        *steps, (_name, net_sales) = rows
        self.assertEqual(sum(step_amount for _step, step_amount in steps), net_sales)
