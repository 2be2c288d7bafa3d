"""Each sheet of the workbook, reopened: cells, formulas, formats, direction and charts."""

from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .export_common import ExportCommon

MONEY = "#,##0.00;[Red]-#,##0.00"


@tagged("post_install", "-at_install")
class TestWorkbook(ExportCommon):
    def setUp(self):
        super().setUp()
        self.make_sales()

    def test_lines(self):
        book = self.workbook("lines")
        self.assertEqual(book.sheetnames, ["Lines"])
        sheet = book["Lines"]
        number = self.first.name
        self.assertCells(
            sheet,
            [
                [
                    *("Total", None, None, None, "=SUBTOTAL(9,E3:E8)"),
                    '=IFERROR(SUBTOTAL(9,G3:G8)/SUBTOTAL(9,E3:E8),"")',
                    *("=SUBTOTAL(9,G3:G8)", "=SUBTOTAL(9,H3:H8)"),
                ],
                [
                    *("Date", "Document Number", "Customer", "Product Variant", "Quantity"),
                    *("Average Price (USD)", "Untaxed Total (USD)", "Total (USD)"),
                ],
                [datetime(2026, 4, 2), self.big.name, "Bolt", "Lamp", 3, 100, 300, 345],
                [datetime(2026, 3, 20), self.returned.name, "Acme", "Mug", -5, 10, -50, -50],
                [datetime(2026, 3, 12), self.second.name, "Acme", "Mug", 5, 10, 50, 50],
                [datetime(2026, 3, 10), number, "Acme", "Lamp", 1, 100, 100, 115],
                [datetime(2026, 3, 10), number, "Acme", "Mug", 10, 10, 100, 100],
                [datetime(2026, 3, 7), self.walk_in.name, "Walk-in", "Mug", 2, 10, 20, 20],
            ],
        )
        self.assertEqual(sheet.max_row, 8)
        self.assertEqual(self.lines, 6)
        self.assertEqual(sheet.freeze_panes, "A3")
        self.assertEqual(sheet.auto_filter.ref, "A2:H8")

    def test_formats_of_lines(self):
        sheet = self.workbook("lines", columns=["date", "quantity", "price_subtotal", "discount"])[
            "Lines"
        ]
        formats = [cell.number_format for cell in sheet[3]]
        self.assertEqual(formats, ["mm/dd/yyyy", MONEY, MONEY, "0.0%"])
        self.assertEqual(sheet["D2"].value, "Discount %")
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(sheet.print_title_rows, "$1:$2")
        self.assertIn("&P", sheet.oddFooter.right.text)
        self.assertEqual(sheet.page_setup.fitToHeight, 0)

    def test_numbers_stand_to_the_right_in_any_language(self):
        columns = ["date", "commercial_partner_id", "price_subtotal"]
        for language, start in (("en_US", "left"), ("ar_001", "right")):
            env = self.env(su=False, context={**self.env.context, "lang": language})
            sheet = self.workbook("lines", columns=columns, env=env).worksheets[0]
            for row in (1, 2, 3):
                sides = [cell.alignment.horizontal for cell in sheet[row]]
                with self.subTest(language, row=row):
                    self.assertEqual(sides, [start, start, "right"])

    def test_page_numbers(self):
        sheet = self.workbook("lines")["Lines"]
        self.assertEqual(sheet.oddFooter.right.text, "&P of &N")
        env = self.env(su=False, context={**self.env.context, "lang": "ar_001"})
        sheet = self.workbook("lines", env=env).worksheets[0]
        # Marks, by which the numbers stay on their sides of the word between them
        self.assertRegex(sheet.oddFooter.left.text, "^\u200f&P\u200f .+ \u200f&N\u200f$")

    def test_totals_that_programs_show_without_calculating(self):
        sheet = self.cached("lines")["Lines"]
        self.assertCells(sheet, [["Total", None, None, None, 16, 32.5, 520, 580]])

    def test_percentages(self):
        self.invoice((self.mug, 2, {"discount": 25}), day="2026-05-05")
        columns = ["discount", "discount_amount", "price_undiscounted", "margin_percent"]
        sheet = self.cached("lines", columns=columns, order="date desc")["Lines"]
        # 20 less 25 % is 15; two mugs cost 12, so the margin is 3 of 15. In all, 5 of 540 + 5 is
        # the discount.
        self.assertCells(sheet, [[5 / 540, 5, 540], ["Discount %"], [0.25, 5, 20, 0.2]])
        self.assertEqual(sheet["D3"].number_format, "0.0%")

    def test_one_currency_in_a_column(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.invoice((self.mug, 1, {"price_unit": 8}), currency_id=euro.id, day="2026-05-05")
        columns = ["document_number", "price_subtotal_currency"]
        sheet = self.cached("lines", columns=columns, order="date desc")["Lines"]
        headers = [cell.value for cell in sheet[2]]
        self.assertEqual(
            sorted(headers[1:]),
            ["Untaxed Total in Currency (EUR)", "Untaxed Total in Currency (USD)"],
        )
        euros, dollars = (headers.index(f"Untaxed Total in Currency ({c})") for c in ("EUR", "USD"))
        self.assertEqual(sheet[3][euros].value, 8)
        self.assertIsNone(sheet[3][dollars].value)
        self.assertEqual([sheet[1][euros].value, sheet[1][dollars].value], [8, 520])

    def test_links_to_documents(self):
        sheet = self.workbook("lines", has_links=True)["Lines"]
        base = self.env["customer.sales.report"].get_base_url()
        self.assertEqual(
            sheet["B3"].value,
            f'=HYPERLINK("{base}/odoo/account.move/{self.big.id}","{self.big.name}")',
        )
        self.assertEqual(
            sheet["B8"].value,
            f'=HYPERLINK("{base}/odoo/pos.order/{self.walk_in.id}","{self.walk_in.name}")',
        )
        self.assertEqual(self.cached("lines", has_links=True)["Lines"]["B3"].value, self.big.name)

    def test_by_customer(self):
        columns = ["date", "quantity", "price_subtotal"]
        sheet = self.workbook("by_customer", columns=columns)["By Customer"]
        self.assertCells(
            sheet,
            [
                ["Total", None, "=SUBTOTAL(9,C3:C11)", "=SUBTOTAL(9,D3:D11)"],
                ["Customer", "Date", "Quantity", "Untaxed Total (USD)"],
                ["Acme (4)", None, "=SUBTOTAL(9,C4:C7)", "=SUBTOTAL(9,D4:D7)"],
                [None, datetime(2026, 3, 20), -5, -50],
                [None, datetime(2026, 3, 12), 5, 50],
                [None, datetime(2026, 3, 10), 1, 100],
                [None, datetime(2026, 3, 10), 10, 100],
                ["Bolt (1)", None, "=SUBTOTAL(9,C9)", "=SUBTOTAL(9,D9)"],
                [None, datetime(2026, 4, 2), 3, 300],
                ["Walk-in (1)", None, "=SUBTOTAL(9,C11)", "=SUBTOTAL(9,D11)"],
                [None, datetime(2026, 3, 7), 2, 20],
            ],
        )
        levels = [sheet.row_dimensions[row].outlineLevel for row in range(3, 12)]
        self.assertEqual(levels, [0, 1, 1, 1, 1, 0, 1, 0, 1])
        self.assertFalse(sheet.sheet_properties.outlinePr.summaryBelow)
        cached = self.cached("by_customer", columns=columns)["By Customer"]
        self.assertEqual([cached.cell(row, 4).value for row in (1, 3, 8, 10)], [520, 200, 300, 20])

    def test_grouped_as_on_the_screen(self):
        group_by = ["date:month", "commercial_partner_id"]
        sheet = self.cached("grouped", group_by=group_by, columns=["product_id", "price_subtotal"])[
            "Groups"
        ]
        self.assertCells(
            sheet,
            [
                ["Total", None, 520],
                ["Date › Customer", "Product Variant", "Untaxed Total (USD)"],
                ["March 2026 (5)", None, 220],
                ["    Acme (4)", None, 200],
                [None, "Mug", -50],
                [None, "Mug", 50],
                [None, "Lamp", 100],
                [None, "Mug", 100],
                ["    Walk-in (1)", None, 20],
                [None, "Mug", 20],
                ["April 2026 (1)", None, 300],
                ["    Bolt (1)", None, 300],
                [None, "Lamp", 300],
            ],
        )
        levels = [sheet.row_dimensions[row].outlineLevel for row in range(3, 14)]
        self.assertEqual(levels, [0, 1, 2, 2, 2, 2, 1, 2, 0, 1, 2])

    def test_products_of_one_name_do_not_mingle(self):
        for _number in range(2):
            twin = self.product_named("Mug", 10)
            self.invoice((twin, 1), day="2026-03-11")
            self.invoice((twin, 1), day="2026-03-13")
        sheet = self.cached("grouped", group_by=["product_tmpl_id"], columns=["quantity"])["Groups"]
        groups = [row[0].value for row in sheet.iter_rows(3) if row[0].value]
        self.assertEqual(sorted(groups), ["Lamp (2)", "Mug (2)", "Mug (2)", "Mug (4)"])

    def test_orders_and_invoices_have_no_total(self):
        """Together; what counts each sale once has one."""
        columns = ["date", "quantity", "price_subtotal", "net_sales"]
        whole = {"domain": [("company_id", "=", self.company.id)], "columns": columns}
        total = [cell.value for cell in self.workbook("lines", **whole)["Lines"][1]]
        self.assertEqual(sum(value is not None for value in total[1:]), 3)
        self.sales_order((self.mug, 4))
        for content, sheet in (("lines", "Lines"), ("grouped", "Groups")):
            options = {"group_by": ["document_type"]} if content == "grouped" else {}
            book = self.workbook(content, **whole, **options)
            total = [cell.value for cell in book[sheet][1]][-3:]
            self.assertEqual([value is None for value in total], [True, True, False], sheet)

    def test_groups_of_nothing_have_names(self):
        """Walk-ins, and lines without a product, by whatever field."""
        no_product = self.env["product.product"]
        self.invoice((no_product, 1, {"name": "Engraving", "price_unit": 5}))
        for spec, name in (
            ("partner_id", "Walk-in (1)"),
            ("commercial_partner_id", "Walk-in (1)"),
            ("product_id", "No product (1)"),
            ("product_tmpl_id", "No product (1)"),
        ):
            sheet = self.cached("grouped", group_by=[spec], columns=["quantity"])["Groups"]
            groups = [row[0].value for row in sheet.iter_rows(3) if row[0].value]
            self.assertIn(name, groups)

    def test_products_are_named_as_odoo_names_them(self):
        coded = self.product_named("Cup", 10)
        coded.default_code = "C-1"
        finish = self.env["product.attribute"].create(
            {
                "name": "Finish",
                "value_ids": [Command.create({"name": name}) for name in ("Matt", "Shiny")],
            }
        )
        bowl = self.env["product.template"].create(
            {
                "name": "Bowl",
                "list_price": 10,
                "attribute_line_ids": [
                    Command.create({"attribute_id": finish.id, "value_ids": finish.value_ids.ids})
                ],
            }
        )
        products = coded + self.product_named("Vase", 10) + bowl.product_variant_ids[0]
        for day, product in enumerate(products, 10):
            self.invoice((product, 1), day=f"2026-05-{day}")
        sheet = self.cached("lines", columns=["product_id"], order="date desc")["Lines"]
        names = [row[0].value for row in sheet.iter_rows(3)][:3]
        self.assertEqual(names, products.mapped("display_name")[::-1])
        self.assertEqual(names, ["Bowl (Matt)", "Vase", "[C-1] Cup"])

    def test_customers(self):
        sheet = self.workbook("customers")["Customers"]
        march, april = datetime(2026, 3, 10), datetime(2026, 4, 2)
        self.assertCells(
            sheet,
            [
                [
                    *("Total", None, "=SUBTOTAL(9,C3:C5)", "=SUBTOTAL(9,D3:D5)"),
                    *("=SUBTOTAL(9,E3:E5)", "=SUBTOTAL(9,F3:F5)"),
                ],
                [
                    *("Customer", "Purchases", "Quantity", "Gross (USD)", "Returns (USD)"),
                    *("Net Sales (USD)", "Average Purchase (USD)", "First Purchase"),
                    *("Last Purchase", "Share", "Cumulative Share"),
                ],
                ["Bolt", 1, 3, 300, 0, 300, 300, april, april, 300 / 520, 300 / 520],
                [
                    *("Acme", 2, 11, 250, -50, 200, 125, march, datetime(2026, 3, 12)),
                    *(200 / 520, 500 / 520),
                ],
                ["Walk-in", None, 2, 20, 0, 20, None, None, None, 20 / 520, 1],
            ],
        )
        self.assertEqual(sheet["F3"].number_format, MONEY)
        self.assertEqual(sheet["J3"].number_format, "0.0%")
        self.assertEqual(sheet["H3"].number_format, "mm/dd/yyyy")
        cached = self.cached("customers")["Customers"]
        self.assertCells(cached, [["Total", None, 16, 570, -50, 520]])

    def test_customers_by_products(self):
        sheet = self.workbook("customer_products")["Customers × Products"]
        self.assertCells(
            sheet,
            [
                ["Total", "=SUBTOTAL(9,B3:B5)", "=SUBTOTAL(9,C3:C5)", "=SUBTOTAL(9,D3:D5)"],
                ["Customer", "Net Sales (USD)", "Lamp", "Mug"],
                ["Bolt", 300, 300, None],
                ["Acme", 200, 100, 100],
                ["Walk-in", 20, None, 20],
            ],
        )
        sheet = self.cached("customer_products", measure="quantity")["Customers × Products"]
        self.assertCells(
            sheet,
            [
                ["Total", 16, 12, 4],
                ["Customer", "Quantity", "Mug", "Lamp"],
                ["Acme", 11, 10, 1],
                ["Bolt", 3, None, 3],
                ["Walk-in", 2, 2, None],
            ],
        )

    def test_customers_by_months(self):
        self.invoice((self.mug, 1), day="2026-06-30")
        sheet = self.cached("customer_months")["Customers × Months"]
        self.assertCells(
            sheet,
            [
                ["Total", 530, 220, 300, 0, 10],
                [
                    "Customer",
                    "Net Sales (USD)",
                    "March 2026",
                    "April 2026",
                    "May 2026",
                    "June 2026",
                ],
                ["Bolt", 300, None, 300, None, None],
                ["Acme", 210, 200, None, None, 10],
                ["Walk-in", 20, 20, None, None, None],
            ],
        )

    def test_summary(self):
        book = self.workbook("summary", title="March & April")
        sheet = book["Summary"]
        self.assertEqual(sheet["A1"].value, "March & April")
        facts = {row[0].value: row[1].value for row in sheet.iter_rows(2, 40) if row[0].value}
        self.assertEqual(facts["Company"], self.company.name)
        self.assertEqual(facts["Exported by"], self.env.user.name)
        self.assertIn("Net Sales", facts["Filter"])
        self.assertIn("each sale once", facts["Note"])
        self.assertEqual(
            {name: facts[name] for name in ("Documents", "Purchases", "Customers")},
            {"Documents": 5, "Purchases": 4, "Customers": 2},
        )
        self.assertEqual(
            {
                name: facts[f"{name} (USD)"]
                for name in ("Net Sales", "Gross", "Returns", "Average Purchase")
            },
            {"Net Sales": 520, "Gross": 570, "Returns": -50, "Average Purchase": 142.5},
        )
        self.assertEqual((facts["Bolt"], facts["Acme"]), (300, 200))
        months = {row[3].value: row[4].value for row in sheet.iter_rows() if row[3].value}
        self.assertEqual((months["March 2026"], months["April 2026"]), (220, 300))
        self.assertEqual(book.properties.title, "March & April")
        self.assertEqual(book.properties.creator, self.env.user.name)

    def test_charts(self):
        path = self.export("summary")
        charts = self._chart_data(path)
        self.assertEqual(
            charts,
            [
                ("barDir=bar", ["Bolt", "Acme"], [300, 200]),
                ("barDir=col", ["March 2026", "April 2026"], [220, 300]),
            ],
        )

    def _chart_data(self, path):
        """Of each chart: its direction, its categories and its values, as they are in its cells."""
        sheet = self.cached("summary")["Summary"]
        charts = []
        for chart in sheet._charts or self.workbook("summary")["Summary"]._charts:
            [series] = chart.series
            names, values = (
                [
                    cell.value
                    for row in sheet[reference.split("!")[1].replace("$", "")]
                    for cell in row
                ]
                for reference in (series.cat.strRef.f, series.val.numRef.f)
            )
            # What is shown until a program calculates is the same.
            self.assertEqual([point.v for point in series.cat.strRef.strCache.pt], names)
            self.assertEqual([float(point.v) for point in series.val.numRef.numCache.pt], values)
            charts.append((f"barDir={chart.barDir}", names, values))
        return charts

    def test_figures_never_count_a_sale_twice(self):
        self.invoice_order(self.sales_order((self.lamp, 2), partner=self.bolt), day="2026-04-05")
        everything = [("company_id", "=", self.company.id)]
        sheet = self.cached("summary", domain=everything)["Summary"]
        facts = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
        self.assertEqual(facts["Net Sales (USD)"], 720)
        self.assertEqual(facts["Documents"], 6)
        ordered = [*everything, ("counts_as_order", "=", True)]
        sheet = self.cached("summary", domain=ordered)["Summary"]
        facts = {row[0].value: row[1].value for row in sheet.iter_rows() if row[0].value}
        # The order of 200, and the receipt of 20
        self.assertEqual(facts["Ordered (USD)"], 220)
        self.assertIn("what was ordered", facts["Note"])

    def test_several_sheets_in_one_workbook(self):
        contents = ["customer_months", "lines", "summary", "customers"]
        self.assertEqual(
            self.workbook(*contents).sheetnames,
            ["Summary", "Lines", "Customers", "Customers × Months"],
        )

    def test_nothing_to_export(self):
        contents = ["summary", "lines", "by_customer", "customers", "customer_products"]
        book = self.workbook(*contents, "customer_months", domain=[(0, "=", 1)])
        self.assertEqual(len(book.sheetnames), 6)
        self.assertEqual(book["Lines"].max_row, 2)
        self.assertEqual(self.lines, 0)


@tagged("post_install", "-at_install")
class TestFurtherSheets(ExportCommon):
    """Where a sheet is full, a further one goes on: here, one of five rows."""

    def setUp(self):
        super().setUp()
        self.make_sales()

    def test_lines(self):
        columns = ["date", "price_subtotal"]
        book = self.cached("lines", columns=columns, row_limit=5)
        self.assertEqual(book.sheetnames, ["Lines", "Lines (2)"])
        first, second = (book[name] for name in book.sheetnames)
        self.assertEqual([row[1].value for row in first.iter_rows(3)], [300, -50, 50])
        self.assertEqual([row[1].value for row in second.iter_rows(3)], [100, 100, 20])
        self.assertEqual(second["A1"].value, "Continued from “Lines”")
        self.assertEqual(second["B2"].value, "Untaxed Total (USD)")
        self.assertEqual(first["B1"].value, 520)
        formulas = self.workbook("lines", columns=columns, row_limit=5)
        self.assertEqual(
            formulas["Lines"]["B1"].value, "=(SUBTOTAL(9,B3:B5)+SUBTOTAL(9,'Lines (2)'!B3:B5))"
        )
        self.assertEqual(second.auto_filter.ref, "A2:B5")

    def test_rows_that_just_fit(self):
        self.assertEqual(self.workbook("lines", row_limit=8).sheetnames, ["Lines"])

    def test_groups(self):
        book = self.cached("by_customer", columns=["price_subtotal"], row_limit=6)
        rows = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows(3)]
        self.assertEqual(
            rows,
            [
                ["Acme (4)", 200],
                [None, -50],
                [None, 50],
                [None, 100],
                ["Acme (4)", 200],
                [None, 100],
                ["Bolt (1)", 300],
                [None, 300],
                ["Walk-in (1)", 20],
                [None, 20],
            ],
        )
        self.assertLessEqual(max(sheet.max_row for sheet in book), 6)
