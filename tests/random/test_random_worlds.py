"""What must be true of the report whatever the documents are, tried on random ones.

A run is bounded and the same every time. A longer run, and with another seed:

    CUSTOMER_SALES_WORLDS=500 CUSTOMER_SALES_SEED=7 ./dev/test -k random_worlds

A world that fails is printed in full; it belongs into test_found_by_random.py.
"""

import os

from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from lxml import etree

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import split_every
from odoo.tools.safe_eval import safe_eval

from ..reconciliation import ReconciliationAssertions
from .worlds import WorldCase, worlds

WORLDS = int(os.environ.get("CUSTOMER_SALES_WORLDS", "20"))
SEED = int(os.environ.get("CUSTOMER_SALES_SEED", "19"))

MEASURES = ["quantity:sum", "price_subtotal:sum", "price_total:sum", "discount_amount:sum"]
# What is added up of which documents: of all of them, what counts each sale once
ADDED_UP = (
    (Domain.TRUE, ["net_sales:sum", "ordered:sum"]),
    (Domain("counts_as_sale", "=", True), MEASURES),
    (Domain("counts_as_order", "=", True), MEASURES),
)


class InvariantsCase(ReconciliationAssertions, WorldCase):
    """What must be true of the report, whatever the documents are."""

    def assertInvariants(self, world, columns, page):  # noqa: N802
        """Build a world, look at it from all sides, and forget it.

        :param columns: sortable fields to sort by, and to group by in a list
        :param page: number of rows on a page
        """
        savepoint = self.env.cr.savepoint()
        try:
            self.build(world)
            context = {
                **self.env.context,
                "tz": world["time_zone"],
                "allowed_company_ids": self.companies.ids,
            }
            report = self.env(context=context)["customer.sales.report"]
            self.assertCompaniesReconciled(report.env, self.companies)
            self.check_rows_lead_to_documents(report)
            self.check_each_sale_once(report)
            self.check_grouping(report, columns)
            self.check_filters(report)
            self.check_paging(report, columns, page)
            self.check_companies_together(report)
        finally:
            savepoint.close(rollback=True)
            self.env.registry.clear_all_caches()

    def check_rows_lead_to_documents(self, report):
        """Ids are unique; each opens the document that its line is on; no line is left out."""
        rows = report.search([])
        self.assertEqual(len(set(rows.ids)), report.search_count([]))
        lines = {1: "account.move.line", 2: "sale.order.line", 3: "pos.order.line"}
        documents = {1: "move_id", 2: "order_id", 3: "order_id"}
        seen = []
        for row in rows:
            line = self.env[lines[row.id % 16]].browse(row.id // 16)
            document = line[documents[row.id % 16]]
            seen.append(line)
            self.assertEqual(row.document_ref, document)
            self.assertEqual(row.document_number, document.name)
            action = row.action_open_document()
            self.assertEqual((action["res_model"], action["res_id"]), (document._name, document.id))
        companies = self.companies.ids
        for model, domain in {
            "account.move.line": [
                ("parent_state", "=", "posted"),
                ("move_id.move_type", "in", ["out_invoice", "out_refund", "out_receipt"]),
                ("display_type", "=", "product"),
            ],
            "sale.order.line": [("state", "=", "sale"), ("display_type", "=", False)],
            "pos.order.line": [("order_id.state", "in", ["paid", "done"])],
        }.items():
            expected = self.env[model].search([*domain, ("company_id", "in", companies)])
            self.assertCountEqual([line.id for line in seen if line._name == model], expected.ids)

    def check_each_sale_once(self, report):
        """Of a receipt and its posted invoice, one counts; an order counts as ordered alone."""
        for row in report.search([]):
            document = row.document_ref
            if document._name == "pos.order":
                self.assertEqual(row.counts_as_sale, document.account_move.state != "posted")
            else:
                self.assertEqual(row.counts_as_sale, document._name == "account.move")
                self.assertFalse(row.counts_as_sale and row.counts_as_order)

    def check_grouping(self, report, columns):
        """The groups of any field add up to the whole.

        Except for tags: a customer with two tags is in two groups, which is what one asks for
        when grouping by them.
        """
        specs = []
        for name, field in report.fields_get(attributes=["type", "groupable"]).items():
            if not field["groupable"] or field["type"] == "many2many":
                continue
            if field["type"] == "date":
                specs += [f"{name}:{part}" for part in ("day", "week", "month", "quarter", "year")]
            else:
                specs.append(name)
        for documents, measures in ADDED_UP:
            aggregates = ["__count", *measures]
            [whole] = report._read_group(documents, [], aggregates)
            # As a pivot reads groups, many at a time (PostgreSQL: up to 31); as a list, each alone
            for some in split_every(20, specs, list):
                sets = report._read_grouping_sets(documents, [[spec] for spec in some], aggregates)
                for spec, groups in zip(some, sets, strict=True):
                    self.assertGroups(groups, whole, f"in a pivot by {spec} of {documents}")
            for spec in sorted(set(specs) & set(columns)):
                groups = report._read_group(documents, [spec], aggregates)
                self.assertGroups(groups, whole, f"in a list by {spec} of {documents}")

    def check_filters(self, report):
        """What a filter shows and what it hides add up to the whole."""
        arch = etree.fromstring(report.get_view(view_type="search")["arch"])
        for documents, measures in ADDED_UP:
            aggregates = ["__count", *measures]
            [whole] = report._read_group(documents, [], aggregates)
            for element in arch.iter("filter"):
                if not element.get("domain"):
                    continue
                domain = Domain(safe_eval(element.get("domain"), {"uid": report.env.uid}))
                [shown] = report._read_group(documents & domain, [], aggregates)
                [hidden] = report._read_group(documents & ~domain, [], aggregates)
                sums = [(a or 0) + (b or 0) for a, b in zip(shown, hidden, strict=True)]
                self.assertAmounts(sums, whole, f"filter {element.get('name')} of {documents}")

    def check_paging(self, report, columns, page):
        """Sorted by any column, up or down, the pages show every row once."""
        ids = sorted(report.search([]).ids)
        for name in columns:
            for direction in ("ASC", "DESC"):
                seen = []
                order = f"{name} {direction}"
                for offset in range(0, len(ids), page):
                    seen += report.search([], order=order, offset=offset, limit=page).ids
                self.assertEqual(sorted(seen), ids, f"sorted by {order}")

    def check_companies_together(self, report):
        """Companies seen together have the amounts of each alone, at the rate of the sale's day."""
        amounts = ["price_subtotal", "price_total", "cost"]
        together = {row["id"]: row for row in report.search_read([], amounts)}
        reader = report.env.company
        for company in self.companies:
            alone = report.with_context(allowed_company_ids=company.ids)
            # Another currency than the one just read
            alone.invalidate_model()
            for row in alone.search_read([], ["date", *amounts]):
                rate = company.currency_id._get_conversion_rate(
                    company.currency_id, reader.currency_id, reader, row["date"]
                )
                for name in amounts:
                    self.assertAlmostEqual(together[row["id"]][name], row[name] * rate, 6)
        report.invalidate_model()

    def assertGroups(self, groups, expected, message):  # noqa: N802
        amounts = [[amount or 0 for amount in group[1:]] for group in groups]
        self.assertAmounts(
            map(sum, zip([0] * len(expected), *amounts, strict=True)), expected, message
        )

    def assertAmounts(self, amounts, expected, message):  # noqa: N802
        for amount, other in zip(amounts, expected, strict=True):
            self.assertAlmostEqual(amount or 0, other or 0, 6, message)


def sortable(report):
    return [
        name for name, field in report._fields.items() if field._description_sortable(report.env)
    ]


@tagged("post_install", "-at_install")
class TestRandomWorlds(InvariantsCase):
    def test_worlds(self):
        built = []
        fields = sortable(self.env["customer.sales.report"])

        @seed(SEED)
        @settings(
            max_examples=WORLDS,
            deadline=None,
            database=None,
            # All but Phase.explain, which would trace every line of Odoo
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(
            worlds,
            st.lists(st.sampled_from(fields), min_size=3, max_size=3, unique=True),
            st.integers(3, 9),
        )
        def check(world, columns, page):
            note(f"world = {world!r}")
            built.append(world)
            self.assertInvariants(world, columns, page)

        check()
        self.assertGreaterEqual(len(built), WORLDS)
