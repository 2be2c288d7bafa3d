"""The ids of rows: one per line of any source, stable, and far beyond 32 bits."""

from odoo.tools import SQL

from .common import CustomerSalesPosCommon


class TestRowIds(CustomerSalesPosCommon):
    def test_unique_and_stable(self):
        """Two lines in each source are six rows with six ids, which stay when other documents
        come and go, and whatever the reader's companies, order or time zone."""
        documents = [
            self.invoice((self.mug, 2), (self.lamp, 1)),
            self.sales_order((self.mug, 2), (self.lamp, 1)),
            self.receipt((self.mug, 2), (self.lamp, 1)),
        ]
        ids = self.rows_of(*documents).ids
        self.assertEqual(len(set(ids)), 6)
        self.invoice((self.mug, 1))
        self.sales_order((self.mug, 1))._action_cancel()
        self.assertEqual(self.rows_of(*documents).ids, ids)
        mine = [("id", "in", ids)]
        report = self.report.with_context(tz="Pacific/Auckland")
        for order in ("date, id", "price_subtotal desc, id", "partner_id, id desc"):
            self.assertCountEqual(report.search(mine, order=order).ids, ids)

    def test_same_line_id_in_each_source(self):
        """Lines of an invoice, an order and a receipt that have the same number are three rows,
        each of its own document. A row's id is sixteen times its line's and more, so it is
        beyond 2^31 from line 134 million on, and below 2^53 for good."""
        documents = [
            self.invoice((self.mug, 1)),
            self.sales_order((self.mug, 2)),
            self.receipt((self.mug, 3)),
        ]
        number = 2_000_000_000
        for document, lines in zip(
            documents, ("invoice_line_ids", "order_line", "lines"), strict=True
        ):
            self._renumber(document[lines], number)
        rows = self.rows_of(*documents)
        self.assertEqual(sorted(row_id // 16 for row_id in rows.ids), [number] * 3)
        self.assertGreater(min(rows.ids), 2**31)
        self.assertLess(max(rows.ids), 2**53)
        self.assertRows(
            rows,
            """
            type              quantity  untaxed
            customer_invoice         1       10
            sales_order              2       20
            pos_receipt              3       30
            """,
        )
        for row, document in zip(rows, documents, strict=True):
            self.assertEqual(self.report.search([("id", "=", row.id)]), row)
            self.assertEqual(row.exists(), row)
            self.assertEqual(row.action_open_document()["res_id"], document.id)

    def _renumber(self, line, number):
        """Give a line the number that many years of sales would."""
        self.env.flush_all()
        table = SQL.identifier(line._table)
        # What other tables say of the line must go with it.
        references = self.env.execute_query(
            SQL(
                "SELECT conrelid::regclass::text, attname FROM pg_constraint "
                "JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1] "
                "WHERE contype = 'f' AND confrelid = %s::regclass",
                line._table,
            )
        )
        for referring, column in references:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %(table)s WHERE %(column)s = %(line)s "
                    if referring.endswith("_rel")
                    else "UPDATE %(table)s SET %(column)s = NULL WHERE %(column)s = %(line)s",
                    table=SQL.identifier(referring),
                    column=SQL.identifier(column),
                    line=line.id,
                )
            )
        self.env.cr.execute(SQL("UPDATE %s SET id = %s WHERE id = %s", table, number, line.id))
        self.env.invalidate_all()
