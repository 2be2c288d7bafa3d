"""Measures the products by customer: how long their table takes to derive, and to read."""

import json
from pathlib import Path

import products_by_hand
from actions import Call
from customers import DAY, Bench, Row, prepare  # noqa: F401 - prepare is called by the command
from measure import machine

from odoo.tools import SQL

from odoo.addons.customer_sales_report.models.product import (
    affinity_derivation,
    price_derivation,
    product_derivation,
    product_indexes,
)

from views import FormView, ListView

PRODUCT, PROFILE = "customer.sales.product", "customer.sales.profile"


def main(env, options, target):
    """Measure, and write the result as JSON to the file ``target``.

    :param options: JSON: as for ``measure:main``
    """
    options = json.loads(options)
    bench = Products(env, options)
    env.cr.rollback()
    results = [
        (row, {"name": row.name, "beside": None} | row.measured(bench))
        for row in ROWS
        if options["only"] in row.name
    ]
    content = {
        "machine": machine(env),
        "options": options,
        "rows": [
            result | {"required": row.required, "met": row.met(result)} for row, result in results
        ],
    }
    Path(target).write_text(json.dumps(content, indent=1))


class Products(Bench):
    """The measurements on one database."""

    model = PRODUCT

    def __init__(self, env, options):
        super().__init__(env, options)
        action = env.ref("customer_sales_report.action_customer_sales_product")
        views = {kind: view_id for view_id, kind in action.views}
        self.list = ListView(self.client.env, PRODUCT, views["list"])
        view = env.ref("customer_sales_report.customer_sales_product_view_form")
        self.form = FormView(self.client.env, PRODUCT, view.id)
        [self.profile] = env[PROFILE].search(
            [("partner_id", "=", self.client.subject.customer_id)], limit=1
        )
        self.product_id = env["product.product"].search([("default_code", "=", "P0040")]).id

    # What users ask

    def pages(self):
        return super().pages() | {"beside": None}

    def one_customer(self):
        return self._page("one customer", [("profile_id", "=", self.profile.id)])

    def one_product(self):
        return self._page("one product", [("product_id", "=", self.product_id)])

    def stopped(self):
        return self._page("stopped products", [("status", "=", "stopped")], "sales_lost DESC")

    def due(self):
        domain = [("next_purchase", "<=", str(DAY)), ("status", "in", ["active", "slowing"])]
        return self._page("due for reorder", domain, "next_purchase DESC")

    def _page(self, name, domain, order=""):
        call = self.page(domain, order)
        return {"seconds": self._asked(name, call)}

    def by_category(self):
        call = Call(
            "formatted_read_grouping_sets",
            kwargs={
                "domain": [],
                "grouping_sets": [[], ["status"], ["categ_id"], ["categ_id", "status"]],
                "aggregates": ["net_year:sum", "__count"],
            },
            model=PRODUCT,
        )
        return {"seconds": self._asked("products by category and status", call)}

    def suggestions(self):
        call = Call("read", ([self.profile.id], ["suggested_products"]), model=PROFILE)
        return {"seconds": self._asked("suggestions for a customer", call)}

    # What the scheduler does

    def derived(self):
        """The table alone, beside the statement by hand."""
        result = self._worked("products by customer", self._derive)

        def statement(env):
            zones = [(c.id, c._customer_sales_timezone()) for c in self._all(env)]
            env.cr.execute(products_by_hand.products(zones, DAY))

        beside = self._worked("products by hand", statement, check=_same_products)
        return result | {"beside": beside["seconds"]}

    def _derive(self, env):
        for report in self._reports(env):
            product_derivation.derive_documents(report, DAY)
            product_derivation.derive_facts(report.env, report.env.company, DAY)
            product_derivation.derive_products(report.env, report.env.company, DAY)

    def everything(self):
        """The table, prices with their responses, and what goes together."""

        def derive(env):
            for report in self._reports(env):
                _derive_all(report)

        return self._worked("products, prices, what goes together", derive)

    def first(self):
        def forget(env):
            for table in ("customer_sales_product", "customer_sales_price_report"):
                env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
            for name in product_indexes.INDEXES:
                index = SQL.identifier(f"{product_indexes.TABLE}_{name}")
                env.cr.execute(SQL("DROP INDEX IF EXISTS %s", index))

        def derive(env):
            for report in self._reports(env):
                _derive_all(report)
            env[PRODUCT]._create_indexes()

        return self._worked("products, the first time", derive, forget)

    def prices(self):
        def facts(env):
            for report in self._reports(env)[:1]:
                product_derivation.derive_documents(report, DAY)
                product_derivation.derive_facts(report.env, report.env.company, DAY)

        def derive(env):
            for report in self._reports(env)[:1]:
                price_derivation.derive_prices(report.env, report.env.company)

        return self._worked("prices and responses of a company", derive, facts)

    def together(self):
        def derive(env):
            for report in self._reports(env):
                affinity_derivation.derive_affinities(report.env, report.env.company)

        return self._worked("what goes together", derive)


def _derive_all(report):
    product = report.env[PRODUCT]
    product._derive_documents(report, DAY)
    product._derive_all(DAY)


def _same_products(env):
    """Fail unless the statement by hand came to the same: else it would measure something else."""
    totals = [
        env.execute_query(
            SQL(
                "SELECT company_id, COUNT(*), ROUND(SUM(net), 2), ROUND(SUM(quantity), 2), "
                "SUM(purchases), ROUND(SUM(net_year), 2), ROUND(SUM(last_price), 2), "
                "ROUND(SUM(usual_gap)::numeric, 2) FROM %s GROUP BY company_id ORDER BY company_id",
                SQL.identifier(name),
            )
        )
        for name in ("bench_product", "customer_sales_product")
    ]
    if totals[0] != totals[1]:
        raise AssertionError(f"by hand: {totals[0]}, by the app: {totals[1]}")


ROWS = [
    Row("products by customer, derived anew", Products.derived, "at most", 4),
    Row(
        "products, prices and what goes together, nothing changed", Products.everything, "guide", 30
    ),
    Row("products, prices and what goes together, the first time", Products.first, "guide", 90),
    Row("prices and their responses of one company", Products.prices, "guide", 10),
    Row("what goes together", Products.together, "guide", 15),
    Row("Products by Customer by any column", Products.pages, "within", 0.1),
    Row("one customer's products", Products.one_customer, "within", 0.05),
    Row("one product's customers", Products.one_product, "within", 0.1),
    Row("stopped products, by sales lost", Products.stopped, "within", 0.1),
    Row("products due for reorder", Products.due, "within", 0.1),
    Row("products by category and status", Products.by_category, "guide", 1.5),
    Row("suggestions for a customer", Products.suggestions, "within", 0.05),
]
