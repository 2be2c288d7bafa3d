"""Which documents are purchases: those of a positive untaxed total that count as a sale."""

from lxml import etree

from .common import CustomerSalesPosCommon


class TestPurchases(CustomerSalesPosCommon):
    def test_more_taken_back_than_sold(self):
        """A receipt sells 2 mugs for 20 and takes back a lamp of 45: one document of -25, and so a
        return, with all its lines."""
        self.lamp.write({"list_price": 45, "taxes_id": False})
        receipt = self.receipt((self.mug, 2), (self.lamp, -1), partner=self.acme)
        self.assertEqual(receipt.amount_total, -25)
        self.assertRows(
            [receipt],
            """
            type        product  quantity  untaxed  is_positive
            pos_refund  Mug             2       20  no
            pos_refund  Lamp           -1      -45  no
            """,
        )
        self.assertEqual(self.purchases(self.acme), 0)
        self.assertTotals(net_sales=-25, ordered=-25)

    def test_as_much_taken_back_as_sold(self):
        """A receipt of total 0 is neither: a receipt, and no purchase."""
        receipt = self.receipt((self.mug, 2), (self.mug, -2), partner=self.acme)
        self.assertRows(
            [receipt],
            """
            type         quantity  untaxed  is_positive
            pos_receipt         2       20  no
            pos_receipt        -2      -20  no
            """,
        )
        self.assertEqual(self.purchases(self.acme), 0)

    def test_invoice_of_nothing(self):
        """An invoice whose lines are free, and one whose lines are deducted again, are no
        purchases; nor is a credit note, or a receipt that has an invoice."""
        free = self.invoice((self.mug, 3, {"discount": 100}))
        deducted = self.invoice((self.mug, 2), (self.mug, -2))
        sold = self.invoice((self.mug, 2), (self.mug, -1))
        credit_note = self.credit(sold)
        receipt = self.receipt((self.mug, 1), partner=self.acme, invoiced=True)
        order = self.sales_order((self.mug, 1))
        self.assertRows(
            [free, deducted, sold, credit_note, receipt, receipt.account_move, order],
            """
            type              untaxed  is_positive  sale
            customer_invoice        0  no           yes
            customer_invoice       20  no           yes
            customer_invoice      -20  no           yes
            customer_invoice       20  yes          yes
            customer_invoice      -10  yes          yes
            credit_note           -20  no           yes
            credit_note            10  no           yes
            pos_receipt            10  yes          no
            customer_invoice       10  yes          yes
            sales_order            10  yes          no
            """,
        )
        self.assertEqual(self.purchases(self.acme), 2)

    def test_customer_since(self):
        """Acme was given mugs in January, bought in March and brought back in April: a customer
        since March."""
        self.invoice((self.mug, 3, {"discount": 100}), day="2026-01-10")
        self.receipt((self.mug, 1), (self.mug, -1), partner=self.acme, moment="2026-02-10 12:00:00")
        sold = self.invoice((self.mug, 2), day="2026-03-10")
        self.credit(sold, day="2026-04-10")
        for operator, day, found in (
            ("<", "2026-03-10", False),
            ("<=", "2026-03-10", True),
            (">=", "2026-03-10", True),
            (">", "2026-03-10", False),
        ):
            with self.subTest(operator=operator, day=day):
                rows = self.report.search(
                    [
                        ("company_id", "=", self.company.id),
                        ("customer_since", operator, day),
                    ]
                )
                self.assertEqual(bool(rows), found)

    def purchases(self, customer):
        """How many documents of a customer are purchases."""
        [[count]] = self.report._read_group(
            [
                ("company_id", "=", self.company.id),
                ("commercial_partner_id", "=", customer.id),
                ("counts_as_sale", "=", True),
                ("is_positive", "=", True),
            ],
            aggregates=["document_ref:count_distinct"],
        )
        return count


class TestByDocument(CustomerSalesPosCommon):
    def test_counted_once(self):
        """10 mugs are ordered and invoiced; 3 are sold at the till, 2 of which get an invoice. The
        documents together say 10 + 10 + 3 + 2, what was sold and what was ordered is 130."""
        order = self.sales_order((self.mug, 10))
        documents = [order, self.invoice_order(order)]
        documents += [self.receipt((self.mug, 1))]
        documents += [self.receipt((self.mug, 2), partner=self.acme, invoiced=True)]
        documents += [documents[-1].account_move]
        self.assertRows(
            documents,
            """
            type              untaxed  net_sales  ordered
            sales_order           100          0  yes
            customer_invoice      100        100  no
            pos_receipt            10         10  yes
            pos_receipt            20          0  yes
            customer_invoice       20         20  no
            """,
        )
        self.assertEqual(self.rows_of(*documents).mapped("ordered"), [100, 0, 10, 20, 0])
        for name in ("net_sales", "ordered"):
            self.assertEqual(self.total(field=name), 130)
        groups = self.report.formatted_read_group(
            [("company_id", "=", self.company.id)],
            ["document_type"],
            ["net_sales:sum", "ordered:sum", "net_sales:sum_currency"],
        )
        self.assertEqual(
            {
                group["document_type"]: (group["net_sales:sum"], group["ordered:sum"])
                for group in groups
            },
            {"customer_invoice": (120, 0), "pos_receipt": (10, 30), "sales_order": (0, 100)},
        )
        self.assertTotals(net_sales=130, ordered=130)

    def test_views(self):
        """By Document adds up no amount or quantity but the two that count each sale once."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_sales_report.action_customer_sales_by_document"
        )
        amounts = {
            name
            for name, field in self.report._fields.items()
            if field.type in ("float", "monetary")
        }
        for view_id, view_type in action["views"]:
            arch = self.report.get_view(view_id, view_type)["arch"]
            added_up = {
                node.get("sum_field") or node.get("name")
                for node in etree.fromstring(arch).iter("field", "progressbar")
                if node.get("type") == "measure" or node.get("sum") or node.get("sum_field")
            }
            with self.subTest(view=view_type):
                self.assertLessEqual(added_up & amounts, {"net_sales", "ordered"})
                self.assertTrue(added_up & {"net_sales", "ordered"})


class TestCountedOnce(CustomerSalesPosCommon):
    """10 mugs ordered and invoiced, for Acme; a mug sold to Bob at the till."""

    def setUp(self):
        super().setUp()
        self.order = self.sales_order((self.mug, 10))
        self.invoice_order(self.order)
        self.bob = self.env["res.partner"].create({"name": "Bob"})
        self.receipt((self.mug, 1), partner=self.bob)
        self.of_company = [("company_id", "=", self.company.id)]

    def sums(self, *conditions, groupby=()):
        groups = self.report.formatted_read_group(
            [*self.of_company, *conditions],
            groupby,
            [
                "price_subtotal:sum",
                "quantity:sum",
                "price_unit:avg",
                "net_sales:sum",
                "ordered:sum",
            ],
        )
        return [
            tuple(group[f"{name}:sum"] or None for name in ("price_subtotal", "quantity"))
            + (group["price_unit:avg"] or None, group["net_sales:sum"], group["ordered:sum"])
            for group in groups
        ]

    def test_groups(self):
        self.assertEqual(self.sums(), [(None, None, None, 110, 110)])
        self.assertEqual(
            self.sums(groupby=["commercial_partner_id"]),
            [(None, None, None, 100, 100), (10, 1, 10, 10, 10)],
        )
        for conditions in (
            [("counts_as_sale", "=", True)],
            [("counts_as_order", "in", [True])],
        ):
            self.assertEqual(self.sums(*conditions)[0][:3], (110, 11, 10))
        for document_type in ("sales_order", "customer_invoice"):
            [sums] = self.sums(("document_type", "in", [document_type]))
            self.assertEqual(sums[:3], (100, 10, 10))
        self.assertEqual(
            sorted(self.sums(groupby=["document_type"])),
            [(10, 1, 10, 10, 10), (100, 10, 10, 0, 100), (100, 10, 10, 100, 0)],
        )

    def test_pivot(self):
        [[total], by_customer] = self.report.formatted_read_grouping_sets(
            self.of_company, [[], ["commercial_partner_id"]], ["price_subtotal:sum"]
        )
        self.assertFalse(total["price_subtotal:sum"])
        self.assertEqual([group["price_subtotal:sum"] for group in by_customer], [False, 10])

    def test_lists_are_told(self):
        """Whether the groups of a page may be added up."""
        for conditions, mixes in (
            ([], True),
            ([("counts_as_sale", "=", True)], False),
            ([("document_type", "in", ["customer_invoice", "credit_note"])], False),
            ([("document_type", "in", ["customer_invoice", "sales_order"])], True),
            ([("commercial_partner_id", "=", self.bob.id)], False),
            ([("document_number", "=", self.order.name)], False),
        ):
            with self.subTest(conditions=conditions):
                result = self.report.web_read_group(
                    [*self.of_company, *conditions], ["document_type"], ["price_subtotal:sum"]
                )
                self.assertEqual(result["mixes_documents"], mixes)

    def test_what_leaves_it_open(self):
        """Such as what does not count: down payments are among it, and their invoices."""
        for condition in (
            ("counts_as_order", "=", False),
            ("counts_as_sale", "in", [True, False]),
            ("counts_as_sale", "!=", True),
            ("document_type", "not in", ["sales_order"]),
        ):
            self.assertFalse(self.report._asks_once([*self.of_company, condition]), condition)

    def test_preview_of_the_filter(self):
        def words(**values):
            wizard = self.env["customer.sales.filter"].create(values)
            return wizard.preview({}, wizard.id)["words"]

        self.assertNotIn("110", words(counted="all"))
        self.assertIn("110.00", words(counted="net_sales"))
