from dataclasses import replace
from unittest.mock import patch

from odoo import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools.sql.reader import Reader
from ..tools.sql.source import SOURCE_SLOTS, Source


@tagged("post_install", "-at_install")
class TestReportHooks(TransactionCase):
    """What another addon can do to the query, and that the sources stay one table."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env["customer.sales.report"]
        cls.Report = cls.env.registry["customer.sales.report"]

    def extend(self, hook, extension):
        """Extend the hook as an addon that inherits from the model does."""
        original = getattr(self.Report, hook)
        self.patch(self.Report, hook, lambda model, *args: extension(model, original(model, *args)))

    def test_sources_have_the_same_columns(self):
        """Each source has every stored field, in one order and of one type: a UNION ALL whose
        types differ would be cast row by row and take no condition from outside."""
        described = []
        for source in self.report._sources(Reader(self.env)):
            self.env.cr.execute(SQL("%s LIMIT 0", self.report._source_select(source)))
            described.append(
                [(column.name, column.type_code) for column in self.env.cr.description]
            )
        self.assertEqual(len(described), 3)
        self.assertEqual(described[0], described[1])
        self.assertEqual(described[0], described[2])
        stored = {name for name, field in self.report._fields.items() if field.store}
        self.assertEqual({name for name, _type in described[0]}, stored)

    def test_column_of_an_addon(self):
        """A source that names a column has its value; the others have none."""
        self.extend(
            "_order_columns",
            lambda _model, columns: {**columns, "payment_state": SQL("'paid'::varchar")},
        )
        customer = self.env["res.partner"].create({"name": "Subscriber"})
        product = self.env["product.product"].create({"name": "Paper"})
        line = Command.create({"product_id": product.id})
        order = self.env["sale.order"].create({"partner_id": customer.id, "order_line": [line]})
        order.action_confirm()
        groups = dict(self.report._read_group([], ["document_type"], ["payment_state:array_agg"]))
        self.assertEqual(set(groups.pop("sales_order")), {"paid"})
        self.assertLessEqual(set(groups.get("pos_receipt", [])), {None})

    def test_unknown_column(self):
        """A column that is no field of the report is a mistake that does not stay unnoticed."""
        self.extend("_order_columns", lambda _model, columns: {**columns, "incoterm": SQL("'x'")})
        with self.assertRaisesRegex(ValueError, "incoterm"):
            self.report.search([], limit=1)

    def test_a_slot_is_taken_once(self):
        """Two sources in one slot would give their rows the same ids."""
        orders = next(each for each in self.report._sources(Reader(self.env)) if each.slot == 2)
        original = self.Report._sources
        for slot, sentence in (
            (1, "account_move_line and sale_order_line both have slot 1: give one of them another"),
            (0, "sale_order_line has slot 0: it must be from 1 to 15"),
            (16, "sale_order_line has slot 16"),
        ):
            extra = replace(orders, slot=slot)
            with patch.object(
                self.Report,
                "_sources",
                lambda model, reader, extra=extra: [*original(model, reader), extra],
            ):
                for read in (
                    lambda: self.report.search([], limit=1),
                    lambda: self.report._read_group([], [], ["price_subtotal:sum"]),
                    lambda: self.report._table_query,
                ):
                    with self.subTest(slot), self.assertRaisesRegex(ValueError, sentence):
                        read()

    def test_source_of_an_addon(self):
        """A fourth source needs an amount and whatever it knows; the rest is empty."""
        partner = self.env["res.partner"].create({"name": "Subscriber"})
        nothing = SQL("0::numeric")
        source = Source(
            slot=7,
            columns={
                "document_number": SQL("line.name"),
                "commercial_partner_id": SQL("line.id"),
                "company_id": SQL("%s", self.env.company.id),
                "date": SQL("'2026-03-01'::date"),
                "quantity": SQL("2::numeric"),
                "price_subtotal": SQL("50::numeric"),
                "price_total": SQL("57.5::numeric"),
                "discount_amount": nothing,
                "cost": SQL("30::numeric"),
                "counts_as_sale": SQL("TRUE"),
                "counts_as_order": SQL("FALSE"),
            },
            lines="res_partner",
            where=SQL("line.id = %s", partner.id),
        )
        self.extend("_sources", lambda _model, sources: [*sources, source])
        row = self.report.search([("commercial_partner_id", "=", partner.id)])
        self.assertEqual(row.id, partner.id * SOURCE_SLOTS + 7)
        self.assertEqual(row.document_number, "Subscriber")
        self.assertEqual((row.price_subtotal, row.price_tax, row.price_unit), (50, 7.5, 25))
        self.assertEqual((row.margin, row.margin_percent), (20, 0.4))
        self.assertFalse(row.product_id)
        self.assertFalse(row.document_type)
        self.assertEqual(self.report.search([("id", "=", row.id)]), row)
        newest = self.report.search([("date", ">=", "2026-03-01"), ("date", "<=", "2026-03-01")])
        self.assertIn(row, newest)
