"""What the app computes as Odoo does, in SQL or without its detours: the same as Odoo on data.

Currency rates are compared in ``test_currency``, groups, their order and their words in
``test_query_pushdown``.
"""

from unittest.mock import patch

from odoo import fields
from odoo.fields import Command, Domain
from odoo.tests import TransactionCase, tagged

from ...report.workbook.labels import PartnerNames, ProductNames
from . import require_showcase

REPORT = "customer.sales.report"


@tagged("post_install", "-at_install")
class TestOdooCopies(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.report = cls.env[REPORT]
        require_showcase(cls.report)
        cls.partner = cls.env["res.partner"].create({"name": "Copy & Co.", "is_company": True})

    def order(self, *lines, **values):
        """A confirmed order of (product, unit, quantity)."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.partner.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_id": unit.id,
                            "product_uom_qty": quantity,
                        }
                    )
                    for product, unit, quantity in lines
                ],
            }
        )
        order.action_confirm()
        order.write(values)
        self.env.flush_all()
        return order

    def product(self, name="Mug", **values):
        return self.env["product.product"].create({"name": name, **values})

    def test_units(self):
        """Quantities are converted as a unit of measure does, but not rounded."""
        units = self.env["uom.uom"].search([])
        dozen, unit = self.env.ref("uom.product_uom_dozen"), self.env.ref("uom.product_uom_unit")
        self.assertIn(dozen, units)
        by_piece, by_dozen = self.product(uom_id=unit.id), self.product(uom_id=dozen.id)
        order = self.order(
            (by_piece, dozen, 2), (by_dozen, unit, 5), (by_dozen, dozen, 3), (by_piece, unit, 7)
        )
        rows = self.report.search([("document_number", "=", order.name)])
        self.assertEqual(
            sorted(round(quantity, 6) for quantity in rows.mapped("quantity")),
            sorted(
                round(
                    line.product_uom_id._compute_quantity(
                        line.product_uom_qty, line.product_id.uom_id, round=False
                    ),
                    6,
                )
                for line in order.order_line
            ),
        )
        self.assertEqual(
            sorted(round(quantity, 4) for quantity in rows.mapped("quantity")), [0.4167, 3, 7, 24]
        )

    def test_local_days(self):
        """A timestamp is of the day that Odoo groups it by in the reader's time zone."""
        orders = [
            self.order((self.product(), self.env.ref("uom.product_uom_unit"), 1), date_order=moment)
            for moment in (
                "2026-03-28 21:59:59",
                "2026-03-28 23:30:00",
                "2026-03-29 01:30:00",  # the clocks of Berlin are set forward
                "2026-10-25 00:30:00",  # and back
                "2026-12-31 20:00:00",
                "0206-01-01 00:00:00",
            )
        ]
        for tz in ("UTC", "Asia/Riyadh", "America/St_Johns", "Europe/Berlin", "Pacific/Kiritimati"):
            report = self.report.with_context(tz=tz)
            for order in orders:
                with self.subTest(tz=tz, moment=order.date_order):
                    [[moment]] = (
                        self.env["sale.order"]
                        .with_context(tz=tz)
                        ._read_group([("id", "=", order.id)], ["date_order:day"])
                    )
                    row = report.search([("document_number", "=", order.name)])
                    row.invalidate_recordset()  # it is the same row, of another reader
                    self.assertEqual(row.date, moment.date())

    def test_conditions_of_fields(self):
        """Fields with conditions of their own find what fields of Odoo's classes find."""
        numbers = self.report.search([], limit=200, order="id desc").mapped("document_number")
        texts = {part for number in numbers for part in (number[-3:], number[:2], number.lower())}
        self.assertGreater(len(texts), 10)
        conditions = [
            *(
                ("document_number", operator, text)
                for text in sorted(texts)[:: max(1, len(texts) // 8)]
                for operator in ("ilike", "not ilike", "=ilike", "not =ilike")
            ),
            ("channel", "=", "pos"),
            ("channel", "!=", "pos"),
            ("channel", "not in", ["pos", False]),
            ("channel", "=", False),
            ("line_kind", "in", ["product", "tip"]),
            ("document_type", "!=", "sales_order"),
            ("document_type", "like", "invoice"),
        ]
        found = [self.report.search_count([each]) for each in conditions]
        for name in ("channel", "line_kind", "document_type", "document_number"):
            field = self.report._fields[name]
            self.assertIn("condition_to_sql", vars(type(field)))
            plain = {"char": fields.Char, "selection": fields.Selection}[field.type]
            self.startPatcher(patch.object(type(field), "condition_to_sql", plain.condition_to_sql))
        self.assertEqual([self.report.search_count([each]) for each in conditions], found)
        self.assertGreater(len(set(found)), 5)

    def test_names_of_contacts(self):
        """Contacts are named as Odoo names them to the reader of a document."""
        Partner = self.env["res.partner"]
        Partner.create(
            [
                {"name": "Ann", "parent_id": self.partner.id},
                {"name": False, "type": "invoice", "parent_id": self.partner.id},
                {"name": False, "type": "delivery", "parent_id": self.partner.id},
                {"name": " Spaced ", "email": "spaced@example.com", "vat": "BE0477472701"},
                {"name": "Archived", "active": False},
                {"name": "Person", "company_name": "Of a Company"},
            ]
        )
        for lang in ("en_US", "ar_001"):
            partners = Partner.with_context(active_test=False, lang=lang)
            self.assertNames(PartnerNames(partners), partners.search([]))

    def test_names_of_products(self):
        """Products too: with their codes, their attributes, in the reader's language."""
        colour = self.env["product.attribute"].create(
            {
                "name": "Colour",
                "value_ids": [Command.create({"name": "Red"}), Command.create({"name": "Blue"})],
            }
        )
        coat = self.env["product.template"].create(
            {
                "name": "Coat",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": colour.id,
                            "value_ids": [Command.set(colour.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        coat.product_variant_ids[0].default_code = "RED"
        mug = self.product("Mug", default_code="M1")
        mug.with_context(lang="ar_001").name = "كوب"
        self.product("No code", default_code="")
        self.product("Archived", active=False)
        for lang in ("en_US", "ar_001"):
            products = self.env["product.product"].with_context(active_test=False, lang=lang)
            self.assertNames(ProductNames(products), products.search([]))

    def assertNames(self, names, records):  # noqa: N802
        self.assertGreater(len(records), 20)
        self.assertTrue(names._are_plain)
        names.learn(records.ids)
        self.assertEqual(dict(names), {each.id: each.display_name or None for each in records})

    def test_sums_in_the_currency_of_rows(self):
        """What the web client asks for with each amount is what Odoo computes of the rows."""
        company = self.env.company
        report = self.report.with_context(allowed_company_ids=company.ids)
        ours = report._read_group(
            [], ["document_type"], ["price_total:sum_currency", "currency_id:array_agg_distinct"]
        )
        rows = report.search([])
        self.assertEqual(rows.currency_id, company.currency_id)
        self.assertGreater(len(ours), 3)
        for document_type, total, currencies in ours:
            of_type = rows.filtered_domain(Domain("document_type", "=", document_type))
            self.assertAlmostEqual(total, sum(of_type.mapped("price_total")), places=2)
            self.assertEqual(currencies, company.currency_id.ids)
