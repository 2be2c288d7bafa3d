"""Custom fields of contacts where a row is a customer, its products, purchases or months."""

from datetime import date

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .custom_fields_common import CustomFieldsCommon

TODAY = date(2026, 6, 30)
AMOUNTS = {
    "customer.sales.profile": "net:sum",
    "customer.sales.product": "net:sum",
    "customer.sales.purchase": "net:sum",
    "customer.sales.history": "net_year:sum",
    "customer.sales.movement.report": "net_to:sum",
    "customer.sales.retention.report": "net:sum",
}


class CustomFieldsOfInsight(CustomFieldsCommon):
    """Acme, of tier Gold and grade A, has bought for 10; Globex for 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manual_field("x_tier", "char", label="Tier")
        cls.properties(grade={"type": "char", "string": "Grade"})
        cls.acme.write({"x_tier": "Gold", "properties": {"grade": "A"}})

    def setUp(self):
        super().setUp()
        self.env["customer.sales.profile"].sudo()._refresh(self.company, full=True, as_of=TODAY)
        self.env["customer.sales.refresh"].sudo()._build_history(self.company, TODAY)


class TestCustomFieldsOfInsight(CustomFieldsOfInsight):
    def last_month(self, model):
        """The condition that leaves one row a customer, of models with one for each month."""
        return {
            "customer.sales.history": [("month_end", "=", "2026-05-31")],
            "customer.sales.retention.report": [("elapsed", "=", 0)],
        }.get(model, [])

    def test_searched_and_grouped(self):
        for model, amount in AMOUNTS.items():
            records = self.env[model].with_context(
                movement_from="2026-04-30", movement_to="2026-05-31"
            )
            domain = [*self.of_company, *self.last_month(model)]
            for name, value in (("x_tier", "Gold"), ("x_property_grade", "A")):
                with self.subTest(model=model, field=name):
                    found = records.search([*domain, (name, "=", value)])
                    self.assertEqual(found.partner_id, self.acme)
                    self.assertEqual(set(found.mapped(name)), {value})
                    groups = records._read_group(domain, [name], [amount], order=name)
                    self.assertEqual(groups, [(value, 10), (False, 100)])

    def test_columns_and_groups_of_the_views(self):
        for model in (
            "customer.sales.profile",
            "customer.sales.product",
            "customer.sales.purchase",
        ):
            with self.subTest(model=model):
                arch = etree.fromstring(self.env[model].get_view(view_type="list")["arch"])
                for name in ("x_tier", "x_property_grade"):
                    self.assertEqual(arch.find(f"field[@name='{name}']").get("optional"), "hide")
                arch = etree.fromstring(self.env[model].get_view(view_type="search")["arch"])
                self.assertIsNotNone(arch.find(".//group/filter[@name='group_x_tier']"))

    def test_customers_of_the_same_products_are_merged(self):
        """The rows that both had are one again after the next refresh: 1 mug and 1 mug."""
        self.invoice((self.mug, 1), partner=self.globex)
        Profile = self.env["customer.sales.profile"].sudo()
        Profile._refresh(self.company, full=True, as_of=TODAY)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.globex + self.acme).ids, dst_partner=self.acme, extra_checks=False
        )
        Profile._refresh(self.company, full=True, as_of=TODAY)
        rows = self.env["customer.sales.product"].search(self.of_company)
        self.assertEqual(rows.partner_id, self.acme)
        self.assertEqual(
            {row.product_id: (row.purchases, row.net) for row in rows},
            {self.mug: (2, 20), self.lamp: (1, 100)},
        )

    def test_merging_asks_for_constraints(self):
        """What merging two customers may find twice is kept by constraints: of an index Odoo's
        merging does not know, and fails."""
        for model in ("customer.sales.profile", "customer.sales.product", "customer.sales.history"):
            table = self.env[model]._table
            merging = self.env["base.partner.merge.automatic.wizard"]
            with self.subTest(model=model):
                self.assertTrue(merging._has_check_or_unique_constraint(table, "partner_id"))


class TestPrivateFieldsOfInsight(CustomFieldsOfInsight):
    def test_private_ones_need_the_permission(self):
        self.mark_private("x_tier")
        reader = new_test_user(
            self.env,
            "reads_no_details",
            "customer_sales_report.group_customer_sales_all",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        for model in AMOUNTS:
            with self.subTest(model=model):
                records = self.env[model].with_user(reader)
                self.assertNotIn("x_tier", records.fields_get())
                with self.assertRaises(AccessError):
                    records.search([("x_tier", "=", "Gold")])
