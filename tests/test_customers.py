"""Who a sale belongs to, and that nobody and nothing drops out of the totals."""

from .common import CustomerSalesPosCommon


class TestCustomers(CustomerSalesPosCommon):
    def sell_everywhere(self, partner):
        """20 by invoice, 20 by order and 20 by receipt.

        :return: the documents
        """
        return [
            self.invoice((self.mug, 2), partner=partner),
            self.sales_order((self.mug, 2), partner=partner),
            self.receipt((self.mug, 2), partner=partner),
        ]

    def test_contact_against_company(self):
        """Ann's and Acme's documents are all Acme's; searching Acme with its contacts finds all,
        Ann alone hers."""
        anns, acmes = self.sell_everywhere(self.ann), self.sell_everywhere(self.acme)
        self.assertRows(
            anns + acmes,
            """
            type              customer  contact
            customer_invoice  Acme      Ann
            sales_order       Acme      Ann
            pos_receipt       Acme      Ann
            customer_invoice  Acme      Acme
            sales_order       Acme      Acme
            pos_receipt       Acme      Acme
            """,
        )
        found = self.report.search([("partner_id", "child_of", self.acme.id)])
        self.assertEqual(found, self.rows_of(*anns, *acmes).sorted())
        found = self.report.search([("partner_id", "=", self.ann.id)])
        self.assertEqual(found, self.rows_of(*anns).sorted())

    def test_archived(self):
        """Archiving the customer, the contact, the product and its category's last product takes
        nothing out of any total or group."""
        documents = self.sell_everywhere(self.ann)
        before = self._groups()
        self.ann.active = False
        self.acme.active = False
        self.mug.product_tmpl_id.active = False
        self.assertFalse(self.mug.active)
        self.assertRows(
            documents,
            """
            type              customer  contact  product  quantity  untaxed
            customer_invoice  Acme      Ann      Mug             2       20
            sales_order       Acme      Ann      Mug             2       20
            pos_receipt       Acme      Ann      Mug             2       20
            """,
        )
        self.assertEqual(self._groups(), before)
        self.assertTotals(net_sales=40, ordered=40)

    def test_archived_in_searches(self):
        """What is archived is found by its record, and by the fields of it."""
        rows = self.rows_of(*self.sell_everywhere(self.ann)).sorted()
        self.acme.country_id = self.env.ref("base.sa")
        (self.ann + self.acme).active = False
        self.mug.active = False
        mine = ("company_id", "=", self.company.id)
        for condition in (
            ("commercial_partner_id", "=", self.acme.id),
            ("partner_id", "child_of", self.acme.id),
            ("country_id", "=", self.env.ref("base.sa").id),
            ("commercial_partner_id.country_id.code", "=", "SA"),
            ("product_id", "=", self.mug.id),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(self.report.search([mine, condition]), rows)

    def _groups(self):
        return [
            self.report._read_group(
                [("company_id", "=", self.company.id)], [field], ["price_subtotal:sum", "__count"]
            )
            for field in (
                "commercial_partner_id",
                "partner_id",
                "product_id",
                "product_tmpl_id",
                "categ_id",
                "country_id",
            )
        ]

    def test_merged(self):
        """Two entries of one customer are merged: the sales of both are the one's that stays."""
        double = self.env["res.partner"].create({"name": "Acme Ltd.", "is_company": True})
        documents = self.sell_everywhere(double) + self.sell_everywhere(self.acme)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (double + self.acme).ids, dst_partner=self.acme, extra_checks=False
        )
        self.assertFalse(double.exists())
        self.assertRows(
            documents,
            """
            type              customer  contact
            customer_invoice  Acme      Acme
            sales_order       Acme      Acme
            pos_receipt       Acme      Acme
            customer_invoice  Acme      Acme
            sales_order       Acme      Acme
            pos_receipt       Acme      Acme
            """,
        )
        self.assertTotals(net_sales=80, ordered=80)

    def test_walk_ins_and_customers(self):
        """Nobody's receipt of 20 is in the total of 60, in no customer's, and in the group of
        nobody by customer and by country."""
        self.acme.country_id = self.env.ref("base.sa")
        self.sell_everywhere(self.acme)
        self.receipt((self.mug, 2))
        sold = [("company_id", "=", self.company.id), ("counts_as_sale", "=", True)]
        for field, customers in (
            ("commercial_partner_id", self.acme),
            ("country_id", self.env.ref("base.sa")),
        ):
            groups = self.report._read_group(sold, [field], ["price_subtotal:sum"])
            self.assertCountEqual(groups, [(customers, 40), (customers.browse(), 20)])
        walk_ins = self.report.search([*sold, ("commercial_partner_id", "=", False)])
        self.assertRows(walk_ins, "type  customer  untaxed\npos_receipt  -  20")

    def test_net_sales_on_the_customer(self):
        """The figure on Acme's form, and on Ann's: invoice 20 and receipt 20 each."""
        self.sell_everywhere(self.ann)
        self.sell_everywhere(self.acme)
        self.env.invalidate_all()
        self.assertEqual(self.acme.customer_net_sales, 80)
        self.assertEqual(self.ann.customer_net_sales, 40)

    def test_net_sales_of_many_at_once(self):
        """Each of a list has what it and all below it bought; archived or not; walk-ins are
        nobody's; other companies' sales count where these are selected."""
        Partner = self.env["res.partner"]
        branch = Partner.create(
            {"name": "Acme North", "is_company": True, "parent_id": self.acme.id}
        )
        bob = Partner.create({"name": "Bob", "parent_id": branch.id})
        nobody = Partner.create({"name": "Never bought"})
        for partner, count in ((self.acme, 1), (self.ann, 2), (branch, 4), (bob, 8)):
            self.invoice((self.mug, count), partner=partner)
        self.credit(self.invoice((self.mug, 16), partner=bob))
        self.sales_order((self.mug, 32), partner=bob)
        self.receipt((self.mug, 64))
        (self.ann + bob).active = False
        partners = self.acme + self.ann + branch + bob + nobody
        expected = {self.acme: 150, self.ann: 20, branch: 120, bob: 80, nobody: 0}
        self.env.invalidate_all()
        self.assertEqual({each: each.customer_net_sales for each in partners}, expected)
        # Not even one of them alone is told less.
        for partner, amount in expected.items():
            self.env.invalidate_all()
            self.assertEqual(partner.browse(partner.id).customer_net_sales, amount)
        draft = Partner.new({"name": "Draft"})
        self.assertEqual(draft.customer_net_sales, 0)
        self.assertEqual(Partner.new(origin=branch).customer_net_sales, 120)

    def test_net_sales_of_companies(self):
        other = self.setup_other_company()["company"]
        self.invoice((self.mug, 1))
        self.invoice((self.mug, 2), company=other)
        for companies, amount in ((self.company, 10), (self.company + other, 30)):
            self.env.invalidate_all()
            acme = self.acme.with_context(allowed_company_ids=companies.ids)
            self.assertEqual(acme.customer_net_sales, amount)

    def test_net_sales_make_as_many_queries_of_many_as_of_one(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(43)]
        )
        self.env["res.partner"].create(
            [{"name": f"Of {each.name}", "parent_id": each.id} for each in partners]
        )
        for partner in partners[:3]:
            self.invoice((self.mug, 1), partner=partner.child_ids)

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            records.mapped("name")
            before = self.env.cr.sql_log_count
            self.assertEqual(sum(records.mapped("customer_net_sales")), 10 * min(len(records), 3))
            return self.env.cr.sql_log_count - before

        queries(partners)  # fills the caches of the registry
        of_one = queries(partners[0])
        self.assertEqual(queries(partners), of_one)
