import os
from functools import partial
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import models
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.web.models.models import Base

from ...tools.sql import search_terms
from . import require_showcase

LINE_TABLES = ("account_move_line", "sale_order_line", "pos_order_line")

# Columns that a list can be sorted by, the ones that the pushdown knows and those that it leaves
# to the plain query
ORDER_COLUMNS = [
    "date",
    "price_subtotal",
    "quantity",
    "document_number",
    "document_type",
    "commercial_partner_id",
    "product_id",
    "country_id",
    "counts_as_sale",
]

EXAMPLES = int(os.environ.get("CUSTOMER_SALES_EXAMPLES", "60"))


class QueryPushdownCases:
    """What must be the same, whether a search is evaluated source by source or not."""

    allow_inherited_tests_method = True  # else Odoo takes no test from here

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].search([])
        cls.env.user.company_ids = companies
        cls.report = cls.env["customer.sales.report"].with_context(
            allowed_company_ids=companies.ids, tz="Asia/Riyadh"
        )
        require_showcase(cls.report)
        cls.rows = cls.report.search([], limit=2000)

    def plain_search(self, domain, **kwargs):
        """The ids that the ORM's own query finds, without the pushdown."""
        kwargs.setdefault("order", self.report._order)
        query = models.Model._search(self.report, domain, **kwargs)
        return list(query.get_result_ids())

    def conditions(self):
        """Conditions of every kind, with values that occur in the database."""
        rows = self.rows
        days = sorted(set(rows.mapped("date")))
        values = {
            "commercial_partner_id": rows.commercial_partner_id.ids,
            "partner_id": rows.partner_id.ids,
            "product_id": rows.product_id.ids,
            "product_tmpl_id": rows.product_tmpl_id.ids,
            "categ_id": rows.categ_id.ids,
            "country_id": rows.country_id.ids,
            "company_id": rows.company_id.ids,
            "document_type": sorted(set(rows.mapped("document_type"))),
            "channel": ["sales", "pos", "direct"],
            "line_kind": sorted(set(rows.mapped("line_kind"))),
            "id": rows.ids,
        }
        numbers = [number for number in rows.mapped("document_number") if number]
        return st.one_of(
            *(
                st.tuples(
                    st.just(name),
                    st.sampled_from(["in", "not in"]),
                    st.lists(st.sampled_from(choices), min_size=1, max_size=5, unique=True),
                )
                for name, choices in values.items()
                if choices
            ),
            st.tuples(
                st.just("date"),
                st.sampled_from([">", ">=", "<", "<=", "=", "!="]),
                st.sampled_from(days),
            ),
            st.tuples(
                st.sampled_from(["commercial_partner_id", "partner_id", "product_id"]),
                st.sampled_from([">", ">=", "<", "<="]),
                st.sampled_from(sorted(values["commercial_partner_id"])),
            ),
            st.tuples(
                st.just("date"),
                st.just("in"),
                st.lists(st.sampled_from(days), min_size=1, max_size=3),
            ),
            st.sampled_from(
                [
                    ("counts_as_sale", "=", True),
                    ("counts_as_order", "=", True),
                    ("counts_as_sale", "=", False),
                    ("commercial_partner_id", "=", False),
                    ("commercial_partner_id", "ilike", "a"),
                    ("commercial_partner_id.name", "ilike", "tr"),
                    ("partner_category_ids", "!=", False),
                    ("price_subtotal", ">", 100),
                    ("price_subtotal", "<", 0),
                    ("date", ">=", "-90d"),
                    ("date", "=", False),
                    ("id", "in", []),
                ]
            ),
            st.tuples(
                st.just("commercial_partner_id"),
                st.just("child_of"),
                st.lists(st.sampled_from(values["commercial_partner_id"]), max_size=2),
            ),
            st.tuples(
                st.just("document_number"),
                st.sampled_from(["ilike", "not ilike", "=ilike"]),
                st.sampled_from(numbers).flatmap(
                    lambda number: st.sampled_from([number[-3:], number[:4].lower(), number])
                ),
            ),
        )

    def domains(self):
        condition = self.conditions().map(lambda leaf: [leaf])
        return st.recursive(
            condition,
            lambda inner: st.one_of(
                st.tuples(inner, inner).map(lambda pair: ["&", *pair[0], *pair[1]]),
                st.tuples(inner, inner).map(lambda pair: ["|", *pair[0], *pair[1]]),
                inner.map(lambda domain: ["!", *domain]),
            ),
            max_leaves=4,
        )

    def orders(self):
        term = st.tuples(st.sampled_from(ORDER_COLUMNS), st.sampled_from(["", " asc", " desc"]))
        return st.one_of(
            st.sampled_from(["date desc, id desc", "date asc, id asc"]),
            # A tie can come in any order: the id makes each order a total one.
            st.lists(term, min_size=1, max_size=2, unique_by=lambda pair: pair[0]).map(
                lambda terms: ", ".join(name + way for name, way in terms) + ", id"
            ),
        )

    def random(self, test):
        """Run ``test(domain, order, limit, offset)`` on random searches."""
        run = given(
            domain=self.domains(),
            order=self.orders(),
            limit=st.sampled_from([None, 1, 7, 80]),
            offset=st.sampled_from([0, 3, 80]),
        )(test)
        settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )(run)()

    def test_same_rows_in_the_same_order(self):
        """Same rows, same order, same page, whatever is asked."""

        def check(domain, order, limit, offset):
            kwargs = {"order": order, "limit": limit, "offset": offset}
            found = self.report.search(domain, **kwargs).ids
            self.assertEqual(found, self.plain_search(domain, **kwargs))

        self.random(check)

    def test_same_count(self):
        """Counting, with and without a limit, finds as many rows as reading them."""

        def check(domain, order, limit, offset):
            expected = len(self.plain_search(domain))
            self.assertEqual(self.report.search_count(domain), expected)
            self.assertEqual(
                self.report.search_count(domain, limit=limit), min(expected, limit or expected)
            )

        self.random(check)

    def test_same_sums(self):
        """Grouping the rows of a search sums what the rows found add up to."""

        def check(domain, order, limit, offset):
            groups = self.report._read_group(
                domain, ["country_id", "document_type"], ["price_subtotal:sum", "__count"]
            )
            rows = self.report.browse(self.plain_search(domain))
            self.assertEqual(sum(count for *_group, count in groups), len(rows))
            self.assertAlmostEqual(
                sum(total for *_group, total, _count in groups),
                sum(rows.mapped("price_subtotal")),
                places=4,
            )

        self.random(check)

    def test_same_page_with_its_values(self):
        """A page comes in the order asked for, with the values that its rows have."""

        def check(domain, order, limit, offset):
            page = self.report.search_fetch(
                domain, ["price_total", "channel"], order=order, limit=limit, offset=offset
            )
            expected = self.plain_search(domain, order=order, limit=limit, offset=offset)
            self.assertEqual(page.ids, expected)
            found = [(row.price_total, row.channel) for row in page]
            self.env.invalidate_all()
            self.assertEqual([(row.price_total, row.channel) for row in page], found)

        self.random(check)

    def test_part_of_another_query(self):
        """Whoever builds a query around that of a search gets the same rows."""
        domain = [("country_id", "!=", False), ("channel", "=", "pos")]
        query = self.report._search(domain)
        row_id = SQL.identifier(query.table, "id")
        around = SQL("SELECT %s FROM %s WHERE %s", row_id, query.from_clause, query.where_clause)
        expected = sorted(self.plain_search(domain))
        self.assertEqual(sorted(found for (found,) in self.env.execute_query(around)), expected)
        within = SQL("SELECT id FROM (%s) AS rows (id)", query.subselect())
        self.assertEqual(sorted(found for (found,) in self.env.execute_query(within)), expected)

    def test_groups_are_worded_as_odoo_does(self):
        """Groups reach the web client with the names and domains that Odoo gives them."""
        aggregates = ("price_subtotal:sum", "__count")
        for groupby in (
            ("commercial_partner_id", "date:month"),
            ("user_id",),
            ("channel", "date:week"),
            ("partner_category_ids", "company_id"),
            ("commercial_partner_id.country_id", "counts_as_sale"),
        ):
            with self.subTest(groupby=groupby):
                groups = self.report._read_group([], groupby, aggregates)
                ours = self.report._web_read_group_format(groupby, aggregates, groups)
                odoos = Base._web_read_group_format(self.report, groupby, aggregates, groups)
                self.assertGreater(len(groups), 1)
                for group in (*ours, *odoos):
                    group["__extra_domain"] = Domain(group["__extra_domain"])
                self.assertEqual(ours, odoos)

    def test_many_names_are_read_at_once(self):
        """The names of more groups than Odoo reads ahead come in one query, the same names."""
        groups = self.report._read_group([], ["commercial_partner_id"])
        values = tuple(customer for (customer,) in groups)
        expected = self.report._worded("commercial_partner_id", values)
        self.assertGreater(len(values), 10)
        grouping = "odoo.addons.customer_sales_report.report.customer_sales_report.grouping"
        with patch(f"{grouping}.PREFETCH_MAX", 0):
            self.env.invalidate_all()
            with self.assertQueryCount(1):
                worded = self.report._worded("commercial_partner_id", values)
        self.assertEqual(worded, expected)

    def test_customers_of_every_kind(self):
        """The rows of customers are found by their contacts, archived or not; those without a
        customer, and those of a customer that never was, by what they are."""
        receipts = self.report.search([("document_type", "=", "pos_receipt")])
        [none] = receipts.filtered(lambda row: not row.partner_id)[:1]
        customers = receipts.commercial_partner_id.filtered(lambda partner: not partner.user_ids)
        self.assertGreater(len(customers), 3)
        archived = customers[0]
        (archived | archived.child_ids).active = False
        for ids in (
            [False],
            [False, customers[1].id],
            archived.ids,
            customers.ids,
            [max(customers.ids) + 10**6],
        ):
            with self.subTest(ids=ids):
                domain = [("commercial_partner_id", "in", ids)]
                found = self.report.search(domain)
                self.assertEqual(found.ids, self.plain_search(domain))
                self.assertEqual(none in found, False in ids)
                known = set(customers.ids) & set(ids)
                self.assertLessEqual(known, set(found.commercial_partner_id.ids))
                self.assertEqual(self.report.search_count(domain), len(found))

    def test_customers_with_many_contacts(self):
        """Customers with more contacts than are looked up have the same rows."""
        [row] = self.report.search([("document_type", "=", "pos_receipt")]).filtered("partner_id")[
            :1
        ]
        customer = row.commercial_partner_id
        self.env["res.partner"].create([{"name": "Branch", "parent_id": customer.id}] * 3)
        domain = [("commercial_partner_id", "=", customer.id)]
        expected = self.plain_search(domain)
        contacts = self.env["res.partner"].with_context(active_test=False)
        many = contacts.search_count([("commercial_partner_id", "=", customer.id)])
        self.assertGreater(many, 3)
        for few in (many - 1, many):
            with self.subTest(few=few), patch.object(search_terms, "FEW_RECORDS", few):
                query = self.report._search(domain, order=self.report._order)
                self.assertEqual([term.contacts is None for term in query._terms], [few < many])
                self.assertEqual(list(query.get_result_ids()), expected)

    def test_comparing_customers(self):
        """A customer's number can be compared, as in Odoo; it is no customer to look up."""
        customers = self.rows.commercial_partner_id.sorted("id")
        middle = customers[len(customers) // 2].id
        for operator in (">", ">=", "<", "<="):
            for value in (1, middle):
                with self.subTest(operator=operator, value=value):
                    domain = [("commercial_partner_id", operator, value)]
                    expected = self.plain_search(domain)
                    self.assertEqual(bool(expected), value == middle or operator.startswith(">"))
                    self.assertEqual(self.report.search(domain).ids, expected)

    def test_numbers_in_any_case(self):
        """Any part of a number finds its documents, in capitals or not, with letters or without."""
        numbers = {row.id: row.document_number or "" for row in self.report.search([])}
        some = sorted({number for number in numbers.values() if number})[
            :: max(1, len(numbers) // 20)
        ]
        self.assertGreater(len(some), 3)
        for text in {part for each in some for part in (each.lower(), each[:3].lower(), each[-4:])}:
            with self.subTest(text=text):
                expected = {
                    row for row, number in numbers.items() if text.lower() in number.lower()
                }
                self.assertTrue(expected)
                found = self.report.search([("document_number", "ilike", text)])
                self.assertEqual(set(found.ids), expected)
                others = self.report.search([("document_number", "not ilike", text)])
                self.assertEqual(set(others.ids), numbers.keys() - expected)

    def test_number_of_groups(self):
        """The web client is told how many groups there are, on each page of them."""
        domain = [("counts_as_sale", "=", True)]
        for groupby in (["commercial_partner_id"], ["partner_category_ids"], ["date:month"]):
            expected = len(self.report._read_group(domain, groupby))
            self.assertGreater(expected, 4)
            for offset in (0, 2, expected - 1):
                with self.subTest(groupby=groupby, offset=offset):
                    page = self.report.web_read_group(domain, groupby, limit=2, offset=offset)
                    self.assertEqual(page["length"], expected)

    def test_groups_in_the_order_of_odoo(self):
        """Groups that are sorted after grouping come as those that Odoo sorts before."""
        read = partial(
            self.report._read_group,
            [("counts_as_sale", "=", True)],
            aggregates=["price_subtotal:sum", "quantity:sum", "__count"],
        )
        sets = partial(
            self.report._read_grouping_sets,
            [],
            [["commercial_partner_id", "date:month"], ["date:month"], []],
            ["price_total:sum"],
        )
        calls = [
            partial(sets, order="date:month desc, commercial_partner_id"),
            partial(sets, order="commercial_partner_id desc, price_total:sum, date:month"),
        ]
        for groupby, order in (
            (["commercial_partner_id"], "price_subtotal:sum desc, commercial_partner_id"),
            (["commercial_partner_id"], "commercial_partner_id desc nulls last"),
            (["commercial_partner_id"], "commercial_partner_id asc nulls first"),
            (["user_id"], "user_id desc, user_id, __count"),
            (["commercial_partner_id", "partner_id"], "partner_id, commercial_partner_id desc"),
            (["product_id"], "product_id desc"),
            (["user_id", "date:month"], "date:month desc, user_id"),
            (["country_id"], "__count desc, country_id"),
            (["partner_category_ids"], "partner_category_ids desc"),
            (["date:day_of_week"], "date:day_of_week desc"),
            (["channel"], "price_unit:avg desc, channel"),
        ):
            for page in ({}, {"limit": 3, "offset": 2}):
                calls.append(partial(read, groupby=groupby, order=order, **page))
        for call in calls:
            with self.subTest(call=call):
                found = call()
                self.assertTrue(found)
                with patch.object(
                    type(self.report), "_read_group_orderby", models.Model._read_group_orderby
                ):
                    self.assertEqual(call(), found)

    def test_order_of_groups_that_is_none(self):
        """An order that cannot be read is refused."""
        for order, error in (
            ("channel sideways", UserError),
            ("price_subtotal:nonsense", ValueError),
        ):
            with self.subTest(order=order), self.assertRaises(error):
                self.report._read_group([], ["channel"], order=order)

    def test_ids_lead_back_to_their_rows(self):
        """Rows read by id are the rows that were found, and no others exist."""
        existing = self.rows[:50]
        unknown = self.report.browse([1, 2, 3, 4, 2**40])
        self.assertEqual((existing + unknown).exists(), existing)
        self.assertEqual(self.report.search([("id", "in", existing.ids)]), existing)
        self.env.invalidate_all()
        self.assertEqual(existing.mapped("id"), [row["id"] for row in existing.read(["date"])])


@tagged("post_install", "-at_install")
class TestQueryPushdown(QueryPushdownCases, TransactionCase):
    """A search that is evaluated source by source finds what the plain query finds."""


class QueryPlanCase(TransactionCase):
    """What PostgreSQL does with a search, told from its plan.

    Sequential scans are discouraged, so that the plan of a large database shows on a small one.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for table in (*LINE_TABLES, "account_move", "sale_order", "pos_order"):
            cls.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
        companies = cls.env["res.company"].search([])
        cls.env.user.company_ids = companies
        cls.report = cls.env["customer.sales.report"]
        cls.all_companies = cls.report.with_context(allowed_company_ids=companies.ids)

    def plans(self, function):
        """The plans of the queries on sales lines that ``function`` makes, by their order."""
        queries = []
        execute_query = Environment.execute_query

        def noting(env, query):
            if any(f'"{table}"' in query.code for table in LINE_TABLES):
                queries.append(query)
            return execute_query(env, query)

        with patch.object(Environment, "execute_query", noting):
            function()
        plans = []
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for query in queries:
            self.env.cr.execute(SQL("EXPLAIN %s", query))
            plans.append("\n".join(line for (line,) in self.env.cr.fetchall()))
        return plans

    def page(self, domain, **kwargs):
        kwargs = {"limit": 80, "order": "date desc, id desc"} | kwargs
        return lambda: self.report.search_fetch(domain, ["price_total", "channel"], **kwargs)


@tagged("post_install", "-at_install")
class TestQueryPlan(QueryPlanCase):
    """Indexes are used, in each source."""

    def assertNoScan(self, plan, tables=LINE_TABLES):  # noqa: N802
        """No source's lines are read as a whole. Which index leads to them is for PostgreSQL to
        choose by the size of the tables."""
        for table in tables:
            self.assertIn(f" on {table} ", plan)
            self.assertNotIn(f"Seq Scan on {table}", plan)

    def test_first_page_walks_the_dates(self):
        """The newest 80 rows come from the indexes on the documents' dates, in each source; then
        they are read by their primary keys."""
        for order in ("date desc, id desc", "date asc, id asc"):
            newest, first, rows = self.plans(self.page([], order=order))
            self.assertNoScan(newest, ["sale_order_line", "pos_order_line"])
            self.assertIn("sale_order_date_order_id_idx", newest)
            self.assertIn("pos_order__date_order_index", newest)
            self.assertNoScan(first)
            self.assertIn("account_move__invoice_date_index", first)
            self.assertRegex(rows, "_line_pkey")
            self.assertNotIn("Seq Scan", rows)

    def test_one_customer_uses_the_customer(self):
        """One customer's rows come from the indexes on the customer, in each source."""
        customer = self.report.search([("commercial_partner_id", "!=", False)], limit=1)
        domain = [("commercial_partner_id", "=", customer.commercial_partner_id.id)]
        for plan in self.plans(lambda: self.report.search(domain)):
            self.assertIn("account_move_line_partner_id_ref_idx", plan)
            self.assertNoScan(plan)
            # PostgreSQL knows how many orders and receipts a contact has, but not a customer.
            self.assertNotIn("res_partner", plan)

    def test_rows_by_id_use_the_primary_keys(self):
        """Rows read by id are looked up by the primary keys of their own sources, and sources
        without one of them are not read at all."""
        kinds = {
            "account_move_line": "customer_invoice",
            "sale_order_line": "sales_order",
            "pos_order_line": "pos_receipt",
        }
        for table, document_type in kinds.items():
            rows = self.report.search([("document_type", "=", document_type)], limit=3)
            self.assertEqual(len(rows), 3)
            self.env.invalidate_all()
            [plan] = self.plans(lambda rows=rows: rows.read(["date", "price_total"]))
            self.assertIn(f"{table}_pkey", plan)
            for other in kinds.keys() - {table}:
                self.assertNotIn(other, plan)

    def test_tables_that_can_be_reordered(self):
        """Finding one product's lines takes no more tables than PostgreSQL reorders. With more, it
        reads the lines of all products first."""
        product = self.report.search([("product_id", "!=", False)], limit=1).product_tmpl_id
        domain = [("product_tmpl_id", "=", product.id), ("counts_as_sale", "=", True)]
        [[limit]] = self.env.execute_query(SQL("SELECT current_setting('join_collapse_limit')"))
        query = self.report._search(domain, order="date desc, id desc", limit=80).select().code
        for source in query.split(" UNION ALL "):
            self.assertLessEqual(source.count(" JOIN ") + 1, int(limit))

    def test_unasked_columns_are_left_out(self):
        """Sorting by an amount computes that amount of all rows, and the other columns of those
        found only."""
        find, rows = self.plans(self.page([], order="price_subtotal desc"))
        for table in ("product_template", "account_tax", "sale_order_line_invoice_rel"):
            self.assertNotIn(f" on {table}", find)
        self.assertIn(" on sale_order_line_invoice_rel", rows)

    def test_grouping_runs_in_parallel(self):
        """All that the list sums up can be computed by several processes at once."""
        self.env.cr.execute("SET LOCAL parallel_setup_cost = 0")
        self.env.cr.execute("SET LOCAL parallel_tuple_cost = 0")
        self.env.cr.execute("SET LOCAL min_parallel_table_scan_size = 0")
        self.env.cr.execute("SET LOCAL min_parallel_index_scan_size = 0")
        sums = [f"{name}:sum" for name in ("quantity", "price_total", "discount_amount", "margin")]
        for report in (self.report, self.all_companies):
            [plan] = self.plans(lambda report=report: report._read_group([], ["line_kind"], sums))
            self.assertIn("Parallel Append", plan)

    def assertQueriesPerCall(self, report, extra=0):  # noqa: N802
        specification = {"date": {}, "document_number": {}, "price_subtotal": {}, "discount": {}}
        # The two first are Odoo's own, which tell it the reader's companies.
        for count, method, kwargs in (
            # Which rows by timestamp, which by date, what is in them, how many
            (2 + 4 + extra, "web_search_read", {"specification": specification, "limit": 80}),
            # Which rows, what is in them, how many
            (
                2 + 3 + extra,
                "web_search_read",
                {"specification": specification, "limit": 80, "order": "price_subtotal"},
            ),
            (2 + 1, "search_count", {"limit": 10001}),
            # No JIT, the groups
            (
                2 + 2 + extra,
                "formatted_read_group",
                {"groupby": ["document_type"], "aggregates": ["price_subtotal:sum"]},
            ),
        ):
            with self.subTest(method=method, kwargs=kwargs):
                call = partial(getattr(report, method), [], **kwargs)
                call()
                self.env.invalidate_all()
                with self.assertQueryCount(count):
                    call()

    def test_queries_per_call(self):
        """Each call of the web client has a fixed number of queries."""
        self.assertQueriesPerCall(
            self.report.with_context(allowed_company_ids=self.env.company.ids)
        )

    def test_queries_per_call_with_two_currencies(self):
        """Companies that differ in currency take one more query, for all rates, where amounts
        are asked for."""
        self.assertGreater(len(self.all_companies.env.companies.currency_id), 1)
        self.assertQueriesPerCall(self.all_companies, extra=1)
