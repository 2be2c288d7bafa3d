import re
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...tools.sql.by_fields import by_fields
from ...tools.sql.expression import Expression, needs_of
from ...tools.sql.reader import Reader
from . import require_showcase

# A whole row, whose columns nobody has named
WHOLE_ROW = 'to_jsonb("customer_sales_report") ->> %s'


@tagged("post_install", "-at_install")
class TestNeededColumns(TransactionCase):
    """Which columns and joins a query has: those asked for by fields, and all where it is not
    known which are needed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].search([])
        cls.env.user.company_ids = companies
        cls.report = cls.env["customer.sales.report"].with_context(
            allowed_company_ids=companies.ids
        )
        require_showcase(cls.report)
        cls.row = cls.report.search([("document_type", "=", "sales_order")], limit=1)
        cls.same_document = [("document_number", "=", cls.row.document_number)]

    def fetch(self, select):
        self.env.flush_all()
        self.env.cr.execute(select)
        return self.env.cr.dictfetchall()

    # ---------------------------------------------------------------------------------------
    # All columns
    # ---------------------------------------------------------------------------------------

    def whole_row(self, name, value):
        return Domain.custom(
            to_sql=lambda _model, _alias, _query: SQL(f"{WHOLE_ROW} = %s", name, value)
        )

    def test_conditions_on_the_whole_row(self):
        """A condition on a whole row finds what one on its field finds, however the rows are
        asked for."""
        expected = self.report.search(self.same_document)
        self.assertIn(self.row, expected)
        whole = self.whole_row("document_number", self.row.document_number)
        other = self.whole_row("document_number", "none has this number")
        for domain in (whole, whole | other, ~~whole, whole & Domain("quantity", "!=", None)):
            with self.subTest(domain=domain):
                self.assertEqual(self.report.search(domain), expected)
                self.assertEqual(self.report.search(domain, limit=len(expected)), expected)
                self.assertEqual(
                    self.report.search(domain, order="price_total desc, id desc", limit=1),
                    expected.sorted(lambda row: (row.price_total, row.id), reverse=True)[:1],
                )
                self.assertEqual(self.report.search_count(domain), len(expected))
                self.assertEqual(self.report.search_count(domain, limit=1), 1)
                [[count, total]] = self.report._read_group(domain, [], ["__count", "quantity:sum"])
                self.assertEqual(count, len(expected))
                self.assertAlmostEqual(total, sum(expected.mapped("quantity")))
        self.assertFalse(self.report.search(other))

    def test_conditions_inside_conditions(self):
        """A condition by hand may stand in one on another model, and name the row around it."""
        whole = self.whole_row("document_number", self.row.document_number)
        domain = Domain("commercial_partner_id", "any!", whole)
        self.assertEqual(self.report.search(domain), self.report.search(self.same_document))

    def test_rules_on_the_whole_row(self):
        """So may a record rule's."""
        rule = self.whole_row("document_number", self.row.document_number)
        expected = self.report.search(self.same_document)
        report = self.report.with_user(self.env.ref("base.user_admin"))
        compute = patch.object(
            type(self.env["ir.rule"]), "_compute_domain", lambda _rules, _name, _mode="read": rule
        )
        with compute:
            self.assertEqual(report.search([]).ids, expected.ids)
            self.assertEqual(report.search([], limit=1000, order="date desc").ids, expected.ids)

    def test_all_columns(self):
        """``*`` selects what the plain table has, in the same order."""
        query = self.report._search([("id", "=", self.row.id)])
        [found] = self.fetch(query.select("*"))
        [plain] = self.fetch(
            SQL("SELECT * FROM (%s) AS plain WHERE id = %s", self.report._table_query, self.row.id)
        )
        self.assertEqual(list(found), list(plain))
        self.assertEqual(found, plain)

    def test_columns_named_by_hand(self):
        """A column is there however it is written: selected, as a condition, as an order, or to
        join by."""
        number = self.row.document_number
        for name in (
            '"customer_sales_report"."document_number"',
            "customer_sales_report.document_number",
            '"customer_sales_report" . "document_number"',
            "document_number",
        ):
            with self.subTest(name=name):
                query = self.report._search([("id", "=", self.row.id)])
                [found] = self.fetch(query.select(f"{name} AS number"))
                self.assertEqual(found["number"], number)
                query.add_where(f"{name} = %s", [number])
                self.assertEqual(len(query), 1)
                query.order = name
                self.assertEqual(self.fetch(query.select()), [{"id": self.row.id}])
        query = self.report._search([("id", "=", self.row.id)])
        query.join(query.table, "product_id", "product_product", "id", "product")
        self.assertEqual(query.get_result_ids(), (self.row.id,))

    def test_columns_after_fetching(self):
        """What fields were fetched does not limit what the query has later."""
        query = self.report._search([("id", "=", self.row.id)])
        self.report._fetch_query(query, [self.report._fields["quantity"]])
        [found] = self.fetch(query.select("*"))
        self.assertEqual(found["document_number"], self.row.document_number)

    # ---------------------------------------------------------------------------------------
    # No more than needed
    # ---------------------------------------------------------------------------------------

    def assertNeeds(self, select, columns):  # noqa: N802
        """The branches of ``select`` have the columns named, and no others."""
        named = set(re.findall(r' AS "(\w+)"', select.code))
        self.assertEqual(named & self.report._fields.keys(), {"id", *columns})

    def test_known_columns(self):
        """Where the ORM makes the SQL, only what it asks for is there."""
        search, domain = self.report._search, [("quantity", ">", 1)]
        self.assertNeeds(search([]).select(), [])
        self.assertNeeds(search(domain).select(), ["quantity"])
        self.assertNeeds(search(domain, order="price_total").select(), ["quantity", "price_total"])
        self.assertNeeds(
            search([("country_id.code", "=", "SA")]).select(), ["commercial_partner_id"]
        )
        query = search(by_fields(domain))
        total = self.report._read_group_select("price_total:sum", query)
        self.assertNeeds(query.select(total, "COUNT(*)"), ["quantity", "price_total"])

    def test_known_users(self):
        """The ORM's own ways and the app's are known to name columns by fields."""
        every_column = f'"{self.report._table}"."pricelist_id"'
        with patch.object(
            type(self.env), "execute_query", autospec=True, side_effect=type(self.env).execute_query
        ) as execute:
            self.report.search([], limit=3)
            self.report.search([], order="price_total", limit=3)
            self.report.search_count([])
            self.report.search_count([], limit=3)
            self.report._read_group([], ["country_id", "date:month"], ["price_total:sum"])
            self.report._read_grouping_sets([], [["channel"], []], ["__count"])
            self.report.search([("customer_since", ">", "2020-01-01")])
            self.report.search_fetch([("document_type", "=", "pos_receipt")], ["quantity"], limit=3)
            self.report.search_fetch([("id", "in", self.row.ids)], ["quantity"])
        asked = [call.args[1].code for call in execute.call_args_list]
        asked = [code for code in asked if self.report._table in code]
        self.assertGreater(len(asked), 8)
        for code in asked:
            self.assertNotIn(every_column, code)

    # ---------------------------------------------------------------------------------------
    # Joins
    # ---------------------------------------------------------------------------------------

    def test_declared_needs(self):
        """Each column of each source declares the aliases that it names."""
        for source in self.report._sources(Reader(self.report.env)):
            aliases = {*source.joins, *filter(None, [source.documents and source.documents.alias])}
            known = {
                **self.report._with_derived_columns(source.columns),
                "where": source.where,
                "timestamp": source.timestamp,
                "contact": source.contact,
            }
            for name, expression in known.items():
                if expression is None:
                    continue
                with self.subTest(slot=source.slot, name=name):
                    needs = needs_of(expression)
                    self.assertIsNotNone(needs, "It has a part in plain SQL.")
                    named = set(re.findall(r'(\w+)"?\.', expression.code)) & aliases
                    self.assertEqual(needs & aliases, named)

    def test_each_column_alone(self):
        """Each column can be read with no other beside it."""
        for source in self.report._sources(Reader(self.report.env)):
            for name in self.report._columns():
                with self.subTest(slot=source.slot, name=name):
                    select = self.report._source_select(source, {name})
                    self.env.cr.execute(SQL("%s LIMIT 1", select))

    def test_all_joins(self):
        """All joins of each source together are valid, and keep the number of its lines."""
        for source in self.report._sources(Reader(self.report.env)):
            with self.subTest(slot=source.slot):
                counts = []
                for what in (SQL("COUNT(*)"), Expression("COUNT(*)")):
                    self.env.cr.execute(source.select([what]))
                    counts += self.env.cr.fetchone()
                self.assertEqual(counts, [counts[0]] * 2)

    def test_plain_column(self):
        """A column in plain SQL has all joins of its source; one that says what it needs has
        these alone."""
        original = type(self.report)._order_columns
        for value, joins in (
            (SQL("template.type"), True),
            (SQL("COALESCE(%s)", Expression("template.type", needs="template")), True),
            (Expression("COALESCE(%s)", SQL("template.type")), True),
            (Expression(SQL("template.type"), needs="template"), False),
            (Expression("COALESCE(%s)", Expression("template.type", needs="template")), False),
        ):

            def extended(report, reader, value=value):
                return {**original(report, reader), "payment_state": value}

            with (
                self.subTest(value=value),
                patch.object(type(self.report), "_order_columns", extended),
            ):
                query = self.report._search([("id", "=", self.row.id)])
                with query.fetching([self.report._fields["payment_state"]]):
                    select = query.select(SQL.identifier(query.table, "payment_state"))
                [found] = self.fetch(select)
                self.assertEqual(found["payment_state"], self.row.product_type)
                self.assertEqual("LEFT JOIN uom_uom line_uom" in select.code, joins)
                self.assertIn("JOIN product_template template", select.code)

    def test_needs_of_parts(self):
        """An expression needs what its parts need; with a part that does not say, it is not
        known."""
        a, b = Expression("a.x", needs="a"), Expression("%s + b.x", 1, needs=["b"])
        self.assertEqual(Expression("%s %s", a, b).needs, {"a", "b"})
        self.assertEqual(Expression("%(l)s %(r)s", l=a, r=b).needs, {"a", "b"})
        self.assertEqual(Expression(", ").join([a, b]).needs, {"a", "b"})
        self.assertEqual(Expression(", ").join([a]).needs, {"a"})
        self.assertEqual(Expression(", ").join([]).needs, set())
        self.assertEqual(Expression(a, needs="c").needs, {"a", "c"})
        self.assertIsNone(Expression("%s %s", a, SQL("c.x")).needs)
        self.assertIsNone(Expression(", ").join([a, SQL("c.x")]).needs)
        self.assertIsNone(needs_of(SQL("%s", a)))
