"""Who sees which products of which customers, what they cost, and what all customers pay: every
kind of user of the access matrix."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_common import AccessCommon

PRODUCT, PRICES, AFFINITY = (
    f"customer.sales.{name}" for name in ("product", "price.report", "affinity")
)

# Kind of user -> rows of products by customer, whether with costs, and rows of prices. Each user of
# one's own customers has two, of which one bought nothing that counts but a receipt; the others are
# of Rival's Customer, which others have sold to as well, and of company 2.
EXPECTED = """
kind of user               products  costs  prices
no access                  -         no     -
accountant only            -         no     -
salesman only              -         no     -
cashier only               -         no     -
permissions, no level      -         no     -
portal                     -         no     -
public                     -         no     -
own customers              2         no     0
own, margins               2         yes    0
own, contacts, export      2         no     0
own, campaigns             2         no     0
all customers              9         no     1
all, margins, export       9         yes    1
all, campaigns             9         no     1
all, in company 2          5         no     1
all, in two companies      14        no     2
administrator              9         no     1
administrator, everything  9         yes    1
"""


@tagged("post_install", "-at_install")
class TestProductAccess(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.company_1 | cls.company_2
        Profile = cls.env["customer.sales.profile"].sudo()
        Profile._refresh(companies, full=True, as_of=date(2026, 3, 31))
        cls.row_ids = cls.env[PRODUCT].sudo().search([("company_id", "in", companies.ids)]).ids

    def each(self):
        for line in EXPECTED.strip().splitlines()[1:]:
            kind, products, costs, prices = (
                cell.strip() for cell in line.split("  ") if cell.strip()
            )
            yield kind, self.users[kind], products, costs == "yes", prices

    def count(self, user, model):
        """How many rows a user finds, by each way; a dash where access is denied."""
        counts = set()
        for way in (
            lambda: len(self.rpc(user, model, "search", [])),
            lambda: self.rpc(user, model, "search_count", []),
            lambda: self.rpc(user, model, "web_search_read", [], {"product_id": {}})["length"],
            lambda: sum(
                group["__count"]
                for group in self.rpc(
                    user, model, "formatted_read_group", [], ["product_id"], ["__count"]
                )
            ),
        ):
            try:
                counts.add(str(way()))
            except AccessError:
                counts.add("-")
        return counts

    def test_rows(self):
        self.assertEqual(len(self.row_ids), 14)
        for kind, user, products, _costs, prices in self.each():
            with self.subTest(user=kind):
                self.assertEqual(self.count(user, PRODUCT), {products})
                self.assertEqual(self.count(user, PRICES), {prices})
                self.assertEqual(self.count(user, AFFINITY), {"-" if prices == "-" else "0"})

    def test_rows_by_their_ids(self):
        for kind, user, products, _costs, _prices in self.each():
            seen = sum(
                isinstance(self.outcome(user, PRODUCT, "read", [row_id], ["net"]), list)
                for row_id in self.row_ids
            )
            with self.subTest(user=kind):
                self.assertEqual(seen, 0 if products == "-" else int(products))

    def test_the_rows_are_those_of_the_profiles(self):
        for kind, user, products, _costs, _prices in self.each():
            if products == "-":
                continue
            rows = self.rpc(user, PRODUCT, "search_read", [], ["profile_id"])
            with self.subTest(user=kind):
                self.assertEqual(
                    {row["profile_id"][0] for row in rows},
                    set(self.rpc(user, "customer.sales.profile", "search", [])),
                )

    def test_costs(self):
        for kind, user, _products, costs, _prices in self.each():
            for field in ("cost_year", "margin_year"):
                for way in (
                    lambda user, field: self.rpc(user, PRODUCT, "search_read", [], [field]),
                    lambda user, field: self.rpc(user, PRODUCT, "search", [(field, ">", 0)]),
                    lambda user, field: self.rpc(user, PRODUCT, "search", [], order=field),
                    lambda user, field: self.rpc(
                        user, PRODUCT, "formatted_read_group", [], [], [f"{field}:sum"]
                    ),
                    lambda user, field: self.rpc(
                        user, PRODUCT, "search", [(f"profile_id.{field}", ">", 0)]
                    ),
                    lambda user, field: self.rpc(
                        user, PRODUCT, "search", [("product_id.standard_price", ">", 0)]
                    ),
                ):
                    with self.subTest(user=kind, field=field):
                        if costs:
                            way(user, field)
                        else:
                            self.assertRaises(AccessError, way, user, field)

    def test_contact_details(self):
        for kind, user, products, _costs, _prices in self.each():
            if products == "-":
                continue
            for path in ("partner_id.email", "profile_id.email", "profile_id.partner_id.vat"):
                found = self.outcome(user, PRODUCT, "search", [(path, "!=", False)])
                permitted = kind in ("own, contacts, export", "administrator, everything")
                with self.subTest(user=kind, path=path):
                    self.assertEqual(isinstance(found, list), permitted)

    def test_nobody_writes(self):
        user = self.users["administrator, everything"]
        for model in (PRODUCT, PRICES, AFFINITY):
            [row_id, *_others] = self.env[model].sudo().search([]).ids or [1]
            for method, *arguments in (
                ("write", [row_id], {"product_id": 1}),
                ("unlink", [row_id]),
                ("create", [{"product_id": 1}]),
            ):
                with self.subTest(model=model, method=method):
                    self.assertRaises(AccessError, self.rpc, user, model, method, *arguments)

    def test_exports(self):
        for kind, user, products, costs, _prices in self.each():
            ids = self.row_ids if products == "-" else self.rpc(user, PRODUCT, "search", [])
            for field in ("net", "margin_year"):
                exported = self.outcome(user, PRODUCT, "export_data", ids, [field])
                permitted = (
                    products != "-"
                    and kind
                    in (
                        "own, contacts, export",
                        "all, margins, export",
                        "administrator, everything",
                    )
                    and (field == "net" or costs)
                )
                with self.subTest(user=kind, field=field):
                    if permitted:
                        self.assertEqual(len(exported["datas"]), int(products))
                    else:
                        self.assertTrue(issubclass(exported, UserError))

    def test_number_on_a_product(self):
        """It is of the customers that one sees, each counted once."""
        for kind, user, products, _costs, _prices in self.each():
            if products == "-":
                continue
            [product] = self.rpc(
                user, "product.product", "read", [self.product.id], ["customer_sales_buyers"]
            )
            # Four customers have bought in both companies.
            expected = int(products) - 4 * (kind == "all, in two companies")
            with self.subTest(user=kind):
                self.assertEqual(product["customer_sales_buyers"], expected)
