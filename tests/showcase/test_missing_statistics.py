from unittest.mock import patch

from odoo.api import Environment
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...report.customer_sales_report.conditions import total_condition
from ...tools.sql import missing_statistics, search_terms
from ...tools.sql.reader import Reader
from ...tools.sql.source import Documents, Source
from .test_query_pushdown import LINE_TABLES, QueryPlanCase, QueryPushdownCases

IS_MISSING = "odoo.addons.customer_sales_report.tools.sql.query.are_missing"


@tagged("post_install", "-at_install")
class TestSameRowsWithoutStatistics(QueryPushdownCases, TransactionCase):
    """All that a search finds in a database with statistics is found in one without."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch(IS_MISSING, return_value=True))


@tagged("post_install", "-at_install")
class TestPlanWithoutStatistics(QueryPlanCase):
    """Whatever PostgreSQL expects, it reads lines in the way that is good in a large database."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch(IS_MISSING, return_value=True))
        # For one row of a small table, either kind of scan of an index costs the same.
        self.env.cr.execute("SET LOCAL enable_bitmapscan = off")

    def assertInOrder(self, text, parts):  # noqa: N802
        places = [text.find(part) for part in parts]
        self.assertNotIn(-1, places, text)
        self.assertEqual(places, sorted(places), text)

    def test_first_page_walks_the_dates(self):
        """The newest rows are those of the newest documents, whose lines are looked up one
        document after the other."""
        newest, first, _rows = self.plans(self.page([]))
        for document, line in (("sale_order", "sale_order_line"), ("pos_order", "pos_order_line")):
            self.assertInOrder(newest, (f" on {document} ", f"{line}__order_id_index"))
        self.assertInOrder(
            first,
            (
                "account_move__invoice_date_index on account_move move",
                "account_move_line__move_id_index on account_move_line",
            ),
        )

    def test_customer_leads_to_lines_or_documents(self):
        """One customer's invoices are found by their lines, orders and receipts by the contact."""
        row = self.report.search([("commercial_partner_id", "!=", False)], limit=1)
        domain = [("commercial_partner_id", "=", row.commercial_partner_id.id)]
        [plan, *_rows] = self.plans(lambda: self.report.search(domain, order="date desc", limit=80))
        self.assertInOrder(
            plan,
            (
                "account_move_line_partner_id_ref_idx",
                "account_move_pkey on account_move",
                " on sale_order ",
                "sale_order_line__order_id_index",
                " on pos_order ",
                "pos_order_line__order_id_index",
            ),
        )
        self.assertNotIn("company_id_index", plan)

    def test_company_is_no_way_to_rows(self):
        """Most lines are of the companies selected: their index is not used."""
        plans = self.plans(lambda: self.report._read_group([], ["document_type"], ["__count"]))
        plans += self.plans(lambda: self.report.search_count([], limit=10001))
        plans += self.plans(self.page([], order="price_subtotal desc"))
        self.assertEqual(len(plans), 4)
        for plan in plans:
            self.assertNotIn("company_id_index", plan)


@tagged("post_install", "-at_install")
class TestMissingStatistics(TransactionCase):
    """A large table without statistics is noticed, and so is that it has been analysed."""

    def setUp(self):
        super().setUp()
        self.report = self.env["customer.sales.report"]
        self.sources = self.report._sources(Reader(self.env))
        self.env.cr.execute("CREATE TABLE customer_sales_unanalysed (id int)")
        self.env.cr.execute(
            "INSERT INTO customer_sales_unanalysed SELECT * FROM generate_series(1, 1000)"
        )
        for table in (*LINE_TABLES, "account_move", "sale_order", "pos_order"):
            self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        registry, flag = self.env.registry, missing_statistics.NOT_MISSING
        self.startPatcher(patch.object(registry, flag, False, create=True))

    def are_missing(self):
        unanalysed = Source(
            slot=9, columns={}, lines="customer_sales_unanalysed", where=SQL("TRUE")
        )
        return missing_statistics.are_missing(self.env, [*self.sources, unanalysed])

    def test_until_analysed(self):
        """They are missing until PostgreSQL has analysed the table; then it is not asked again."""
        with patch.object(missing_statistics, "LARGE", 0):
            self.assertTrue(self.are_missing())
            self.assertTrue(self.are_missing())
            self.env.cr.execute("ANALYZE customer_sales_unanalysed")
            self.assertFalse(self.are_missing())
            with self.assertQueryCount(0):
                self.assertFalse(self.are_missing())

    def test_small_tables_need_none(self):
        """A small table is read whole soon enough: a new database is nothing unusual."""
        self.assertFalse(self.are_missing())

    def test_documents_count(self):
        """The tables of documents are asked for as well as those of lines."""
        documents = Documents("customer_sales_unanalysed", "document", "order_id")
        source = Source(
            slot=9, columns={}, lines="sale_order_line", documents=documents, where=SQL("TRUE")
        )
        with patch.object(missing_statistics, "LARGE", 0):
            self.assertTrue(missing_statistics.are_missing(self.env, [source]))

    def test_the_report_asks(self):
        """A search on the report asks for its own tables, and is put differently if need be."""
        with patch(IS_MISSING, return_value=True) as are_missing:
            self.assertIn("OFFSET 0) AS line", self.newest())
        [[_env, sources], _kwargs] = are_missing.call_args
        self.assertEqual({source.lines for source in sources}, set(LINE_TABLES))
        self.assertNotIn("OFFSET 0) AS line", self.newest())

    def newest(self):
        return self.report._search([], order="date desc", limit=80).select().code

    def test_the_planner_is_left_as_it_was(self):
        """What PostgreSQL is told for one query does not hold for those after it."""
        for search in (self.report.search, self.report.search_count):
            with self.subTest(search=search):
                self.assertIn(False, self.seqscan_during(search, self.one_customer()))
                self.assertTrue(self.is_seqscan_on())

    def test_many_rows_are_not_looked_up(self):
        """A customer with many contacts has many rows, and a total is that of all rows: tables
        are read as a whole where that is sooner."""
        total = total_condition("customer_total", "price_subtotal", [], minimum=1)
        self.assertEqual(
            self.seqscan_during(self.report.search, [*self.one_customer(), total]), {True}
        )
        many = patch.object(search_terms, "_few_contacts", return_value=None)
        with many:
            self.assertEqual(self.seqscan_during(self.report.search, self.one_customer()), {True})

    def one_customer(self):
        row = self.report.search([("commercial_partner_id", "!=", False)], limit=1)
        return [("commercial_partner_id", "=", row.commercial_partner_id.id)]

    def seqscan_during(self, search, domain):
        """Whether PostgreSQL may read tables as a whole, in the queries that ``search`` makes
        without statistics."""
        execute_query, noted = Environment.execute_query, set()

        def noting(env, query):
            noted.add(self.is_seqscan_on())
            return execute_query(env, query)

        with (
            patch(IS_MISSING, return_value=True),
            patch.object(Environment, "execute_query", noting),
        ):
            self.assertTrue(search(domain, limit=80))
        return noted

    def is_seqscan_on(self):
        self.env.cr.execute("SELECT current_setting('enable_seqscan')::boolean")
        return self.env.cr.fetchone()[0]
