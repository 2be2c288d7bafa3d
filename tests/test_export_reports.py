"""Customers, products by customer and segments as workbooks, read back cell by cell.

The documents are those of ``export_common``, as of 30 June 2026: Acme bought for 250 on 10 and 12
March, returned 50 and has not bought for 110 days; Bolt bought for 300 on 2 April, 89 days ago. A
mug costs 6 and a lamp 60. As there are but two customers, the limits of scores are those of
Settings: a mean of 250 makes M 62.5, 125, 250 and 500.
"""

from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from ..report.workbook.columns import exportable
from ..report.workbook.heat import heat
from .export_common import ExportCommon
from .profile_common import TODAY, CustomerSalesProfileCommon

PROFILE, PRODUCT = "customer.sales.profile", "customer.sales.product"
GROUP = "customer_sales_report.group_customer_sales_{}"
MONEY = "#,##0.00;[Red]-#,##0.00"


class ReportsCommon(CustomerSalesProfileCommon, ExportCommon):
    def setUp(self):
        super().setUp()
        self.make_sales()
        self.refresh()

    @property
    def domain(self):
        return [("company_id", "=", self.company.id)]

    def dialog(self, model, user=None, **context):
        """The dialog as it opens on a screen of a model."""
        context = {
            "active_model": model,
            "active_domain": [("company_id", "=", self.company.id)],
            "allowed_company_ids": self.company.ids,
            **context,
        }
        user = user or self.env.user
        env = self.env(user=user.id, su=False, context=context)
        return env["customer.sales.export"].with_context(**context).create({})

    def exported(self, dialog):
        """The workbook of a dialog; and its job."""
        dialog.action_export()
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        return load_workbook(BytesIO(job.attachment_id.raw), data_only=True), job

    def colleague(self, level="all", *permissions):
        groups = [GROUP.format(each) for each in (level, *permissions)]
        return new_test_user(
            self.env,
            f"workbook_{level}_{'_'.join(permissions)}",
            ",".join([*groups, "base.group_allow_export"]),
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )


@tagged("post_install", "-at_install")
class TestExportReports(ReportsCommon):
    # -- Customers -----------------------------------------------------------------------------

    def test_customers(self):
        columns = (
            "partner_id status segment_id abc_class first_purchase last_purchase purchases "
            "net_year net_change_percent average_purchase share usual_gap days_since overdue_days "
            "margin_year"
        ).split()
        book = self.cached("summary", "lines", model=PROFILE, columns=columns)
        self.assertEqual(book.sheetnames, ["Summary", "Customers"])
        sheet = book["Customers"]
        self.assertCells(
            sheet,
            [
                # Of averages those whose parts are columns too have a total: here none has.
                ["Total", None, None, None, None, None, 3, 500, *[None] * 2, 1, *[None] * 3, 200],
                [
                    *("Customer", "Status", "Segment", "Class", "First Purchase"),
                    *("Last Purchase", "Purchases", "Net of the Year (USD)", "Change %"),
                    *("Average Purchase (USD)", "Share", "Usual Gap", "Days since", "Overdue"),
                    "Margin of the Year (USD)",
                ],
                [
                    *("Bolt", "Active", "Need Attention", "A", datetime(2026, 4, 2)),
                    *(datetime(2026, 4, 2), 1, 300, None, 300, 0.6, None, 89, 0, 120),
                ],
                [
                    *("Acme", "Slowing", "Need Attention", "A", datetime(2026, 3, 10)),
                    *(datetime(2026, 3, 12), 2, 200, None, 125, 0.4, 2, 110, 108, 80),
                ],
            ],
        )
        self.assertEqual(sheet.max_row, 4)
        formats = [cell.number_format for cell in sheet[3]]
        self.assertEqual(formats[7], MONEY)
        self.assertEqual(formats[10], "0.0%")
        summary = {row[0].value: row[1].value for row in book["Summary"].iter_rows()}
        self.assertEqual(summary["Customers"], 2)
        self.assertEqual((summary["Net of the Year (USD)"], summary["Purchases"]), (500, 3))
        self.assertIn("Company", summary["Filter"])
        self.assertIn("The figures are of the documents until", summary["Note"])

    def test_ratios_of_sums(self):
        """The total of an average is a ratio of sums: 550 of three purchases."""
        columns = ["average_purchase", "gross", "purchases"]
        sheet = self.cached("lines", model=PROFILE, columns=columns)["Customers"]
        self.assertCells(sheet, [[550 / 3, 550, 3]])

    def test_no_percentage_without_a_positive_base(self):
        """The total of a change in percent is one of the sums, where the base is above 0."""
        columns = ["net_change_percent", "net_change", "net_before"]
        bolt = self.env[PROFILE].search([("partner_id.name", "=", "Bolt")], limit=1)
        for before, told in ((-30, None), (250, 1)):
            self.env.cr.execute(
                "UPDATE customer_sales_profile SET net_before = %s, net_change = net_year - %s "
                "WHERE id = %s",
                [before, before, bolt.id],
            )
            self.env.cr.execute(
                "UPDATE customer_sales_profile SET net_before = 0, net_change = net_year "
                "WHERE company_id = %s AND id <> %s",
                [self.company.id, bolt.id],
            )
            self.env.invalidate_all()
            sheet = self.cached("lines", model=PROFILE, columns=columns)["Customers"]
            with self.subTest(before=before):
                self.assertEqual(sheet["A1"].value or None, told)

    def test_as_csv(self):
        columns = ["partner_id", "status", "net_year", "share"]
        path = self.export(model=PROFILE, columns=columns, file_format="csv")
        with open(path, encoding="utf-8-sig") as file:
            self.assertEqual(
                file.read().splitlines(),
                [
                    "Customer,Status,Net of the Year (USD),Share",
                    "Bolt,Active,300.00,60.0",
                    "Acme,Slowing,200.00,40.0",
                ],
            )

    def test_groups_as_on_screen(self):
        values = {"model": PROFILE, "columns": ["partner_id", "net_year", "average_purchase"]}
        sheet = self.cached("grouped", group_by=["status"], **values)["Groups"]
        self.assertCells(
            sheet,
            [
                ["Total", None, 500, None],
                ["Status", "Customer", "Net of the Year (USD)", "Average Purchase (USD)"],
                ["Active (1)", None, 300, None],
                [None, "Bolt", 300, 300],
                ["Slowing (1)", None, 200, None],
                [None, "Acme", 200, 125],
            ],
        )
        sheet = self.cached("totals", group_by=["abc_class", "r_score"], **values)["Totals"]
        self.assertCells(
            sheet,
            [
                ["Total", None, 2, 500, None],
                [
                    *("Class", "R", "Customers", "Net of the Year (USD)"),
                    "Average Purchase (USD)",
                ],
                # 550 of three purchases, no mean of 300 and 125
                ["A", 3, 2, 500, 550 / 3],
            ],
        )
        self.assertEqual(sheet.max_row, 3)

    def test_a_pivot_has_its_measures(self):
        sheet = self.cached(
            "totals",
            model=PROFILE,
            columns=["partner_id", "net_year"],
            group_by=["status"],
            measures=["purchases", "net_before"],
        )["Totals"]
        self.assertCells(
            sheet,
            [
                ["Total", 2, 3, 0],
                ["Status", "Customers", "Purchases", "Net of the Year Before (USD)"],
                ["Slowing", 1, 2, 0],
                ["Active", 1, 1, 0],
            ],
        )

    def test_texts_are_no_formulas(self):
        self.acme.name = "=1+1"
        self.acme.city = "@SUM(A1)"
        values = {"columns": ["partner_id", "city"], "headings": {"city": "=2+2"}}
        for content in ("lines", "grouped", "totals"):
            sheet = self.workbook(content, model=PROFILE, group_by=["partner_id"], **values).active
            cells = [cell for row in sheet.iter_rows(2) for cell in row if cell.value is not None]
            with self.subTest(content):
                self.assertNotIn("f", {cell.data_type for cell in cells})
                self.assertTrue([cell for cell in cells if str(cell.value).startswith("=1+1")])
        path = self.export(model=PROFILE, file_format="csv", **values)
        with open(path, encoding="utf-8-sig") as file:
            self.assertIn("'=1+1,'@SUM(A1)", file.read())

    def test_segments(self):
        sheet = self.cached("segments", model=PROFILE)["Segments"]
        rows = {row[0].value: [cell.value for cell in row[1:5]] for row in sheet.iter_rows()}
        self.assertEqual(
            rows["Segment"],
            ["Customers", "Net of the Year (USD)", "Share", "Average Purchase (USD)"],
        )
        [*facts, average] = rows["Need Attention"]
        self.assertEqual(facts, [2, 500, 1])
        self.assertAlmostEqual(average, 550 / 3)
        self.assertEqual(rows["Champions"], [0, 0, 0, 0])
        self.assertEqual(rows["All Segments"][:2], [2, 500])
        # R 3 and FM 3: the largest cell of the grid
        [row] = [row for row in sheet.iter_rows() if row[0].value == "R 3"]
        self.assertEqual(row[3].value, 2)
        self.assertEqual(row[3].fill.fgColor.rgb, "FF" + heat(2, 2, "segments")["bg_color"][1:])
        self.assertEqual(sheet.cell(row[0].row + 1, 4).value, "Need Attention")

    def test_segments_of_the_customers_filtered(self):
        domain = [*self.domain, ("status", "=", "slowing")]
        sheet = self.cached("segments", model=PROFILE, domain=domain)["Segments"]
        rows = {row[0].value: row[1].value for row in sheet.iter_rows()}
        self.assertEqual((rows["Need Attention"], rows["All Segments"]), (1, 1))

    # -- The sheet Customers of the lines ------------------------------------------------------

    def facts(self, env=None, **values):
        """Customer -> heading -> cell, of the sheet of customers in the workbook of lines."""
        domain = [("company_id", "=", self.company.id), ("counts_as_sale", "=", True)]
        values = {"domain": domain, **values}
        sheet = self.cached("customers", env=env, **values)["Customers"]
        headings = [cell.value for cell in sheet[2]]
        return {
            row[0].value: dict(zip(headings, (cell.value for cell in row), strict=True))
            for row in sheet.iter_rows(3)
        }

    def test_facts_of_customers(self):
        found = self.facts()
        self.assertEqual(set(found), {"Acme", "Bolt", "Walk-in"})
        acme = found["Acme"]
        for heading, value in {
            "Net Sales (USD)": 200,
            "Status": "Slowing",
            "Segment": "Need Attention",
            "Class": "A",
            "Rank": 2,
            "Net of the Year (USD)": 200,
            "Net of the Year Before (USD)": None,
            "Purchases of the Year": 2,
            "Average Purchase of the Year (USD)": 125,
            "Cost of the Year (USD)": 120,
            "Margin of the Year (USD)": 80,
            "Sales at Stake (USD)": 100,
            "Usual Gap": 2,
            "Days since": 110,
            "Next Expected": datetime(2026, 3, 14),
            "Overdue": 108,
            "R": 3,
            "F": 2,
            "M": 3,
            "FM": 3,
        }.items():
            with self.subTest(heading):
                self.assertEqual(acme[heading] or None, value)
        self.assertEqual({found["Walk-in"][name] for name in ("Status", "R", "Overdue")}, {None})

    def test_facts_are_of_all_sales(self):
        """Whatever the filter of the lines: a lamp alone is 100 of Acme's 200."""
        domain = [*self.domain, ("product_id", "=", self.lamp.id), ("counts_as_sale", "=", True)]
        acme = self.facts(domain=domain)["Acme"]
        self.assertEqual((acme["Net Sales (USD)"], acme["Net of the Year (USD)"]), (100, 200))

    def test_facts_without_permission(self):
        user = self.colleague()
        env = self.env(user=user.id, su=False, context={"allowed_company_ids": self.company.ids})
        acme = self.facts(env=env)["Acme"]
        self.assertEqual(acme["Status"], "Slowing")
        self.assertFalse([heading for heading in acme if "Margin" in heading or "Cost" in heading])

    def test_facts_of_customers_one_does_not_see_whole(self):
        """Own customers: whose other documents are a colleague's has no status."""
        user = self.colleague("user")
        env = self.env(user=user.id, su=False, context={"allowed_company_ids": self.company.ids})
        self.first.invoice_user_id = user
        (self.second | self.returned).invoice_user_id = self.env.user
        self.big.invoice_user_id = user
        self.refresh()
        found = self.facts(env=env)
        self.assertEqual(found["Acme"]["Net Sales (USD)"], 200)
        self.assertIsNone(found["Acme"]["Status"])
        self.assertEqual(found["Bolt"]["Status"], "Active")

    def test_facts_of_several_companies(self):
        """A customer has a profile in each, and no one status."""
        other = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids |= other
        companies = (self.company | other).ids
        env = self.env(su=False, context={**self.env.context, "allowed_company_ids": companies})
        self.assertNotIn("Status", self.facts(env=env)["Acme"])

    # -- Products by customer --------------------------------------------------------------------

    def test_products(self):
        columns = (
            "partner_id product_id status purchases quantity average_price discount net_year "
            "overdue_days"
        ).split()
        sheet = self.cached(
            "lines", model=PRODUCT, columns=columns, order="net_year desc, purchases"
        )["Products by Customer"]
        self.assertCells(
            sheet,
            [
                ["Total", None, None, 4, 14, None, None, 500, None],
                [
                    *("Customer", "Product", "Status", "Times", "Quantity"),
                    *("Average Price (USD)", "Discount %", "Net of the Year (USD)", "Overdue"),
                ],
                ["Bolt", "Lamp", "Active", 1, 3, 100, 0, 300],
                ["Acme", "Lamp", "Slowing", 1, 1, 100, 0, 100],
                ["Acme", "Mug", "Slowing", 2, 10, 10, 0, 100, 108],
            ],
        )

    def test_products_by_what_the_screen_groups_by(self):
        sheet = self.cached(
            "totals", model=PRODUCT, columns=["net_year", "average_price"], group_by=["product_id"]
        )["Totals"]
        self.assertCells(
            sheet,
            [
                ["Total", 3, 500],
                [
                    *("Product", "Products by Customer", "Net of the Year (USD)"),
                    "Average Price (USD)",
                ],
                ["Lamp", 2, 400, 100],
                ["Mug", 1, 100, 10],
            ],
        )

    # -- Companies and currencies ----------------------------------------------------------------

    def test_a_column_for_each_currency(self):
        """Of two companies, one in euros: amounts of both are never in one column."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        other = self.setup_other_company(currency_id=euro.id)["company"]
        self.env.user.company_ids |= other
        invoice = self.invoice((self.thing, 7, {"tax_ids": False}), company=other, day="2026-06-01")
        self.env[PROFILE].sudo()._refresh(other, full=True, as_of=TODAY)
        companies = (self.company | other).ids
        env = self.env(su=False, context={**self.env.context, "allowed_company_ids": companies})
        sheet = self.cached(
            "lines",
            model=PROFILE,
            env=env,
            domain=[("company_id", "in", companies)],
            columns=["company_id", "partner_id", "net_year", "average_purchase"],
        )["Customers"]
        headings = [cell.value for cell in sheet[2]]
        self.assertEqual(
            sorted(headings[2:]),
            [
                "Average Purchase (EUR)",
                "Average Purchase (USD)",
                "Net of the Year (EUR)",
                "Net of the Year (USD)",
            ],
        )
        euros, dollars = (headings.index(f"Net of the Year ({each})") for each in ("EUR", "USD"))
        totals = [cell.value for cell in sheet[1]]
        amount = invoice.amount_untaxed
        self.assertEqual((totals[euros], totals[dollars]), (amount, 500))
        # Averages are not added up.
        self.assertIsNone(totals[headings.index("Average Purchase (EUR)")])
        amounts = {row[0].value: row[euros].value for row in sheet.iter_rows(3)}
        self.assertEqual(amounts, {self.company.name: None, other.name: amount})

    # -- Who may ---------------------------------------------------------------------------------

    def test_columns_need_their_permission(self):
        plain, permitted = self.colleague(), self.colleague("all", "margin", "contact")
        for user, has in ((plain, False), (permitted, True)):
            models = self.env(user=user.id, su=False)
            for model, column in (
                (PROFILE, "margin_year"),
                (PROFILE, "email"),
                (PRODUCT, "cost_year"),
            ):
                with self.subTest(user=user.login, column=column):
                    self.assertEqual(column in exportable(models[model]), has)
        dialog = self.dialog(PROFILE, plain, columns=["partner_id", "margin_year", "email"])
        self.assertEqual(dialog.column_ids.mapped("name"), ["partner_id"])
        for forged in (
            {"column_ids": [(0, 0, {"name": "margin_year"})]},
            {"order": "margin_year desc"},
            {"domain": [("email", "!=", False)]},
            {"measures": ["margin_year"], "sheet_totals": True, "group_by": ["status"]},
        ):
            dialog = self.dialog(PROFILE, plain, columns=["partner_id"])
            with self.subTest(forged), self.assertRaises(UserError):
                dialog.write(forged)
                dialog.action_export()

    def test_own_customers_have_their_rows_alone(self):
        user = self.colleague("user")
        self.big.invoice_user_id = self.env.user
        (self.first | self.second | self.returned).invoice_user_id = user
        self.refresh()
        for model in (PROFILE, PRODUCT):
            dialog = self.dialog(model, user, columns=["partner_id"])
            book, _job = self.exported(dialog)
            names = {row[0].value for row in book.worksheets[1].iter_rows(3)}
            with self.subTest(model):
                self.assertEqual(names, {"Acme"})
        dialog = self.dialog(PROFILE, user, view_type="segments")
        book, _job = self.exported(dialog)
        rows = {row[0].value: row[1].value for row in book["Segments"].iter_rows()}
        self.assertEqual(rows["All Segments"], 1)
        # By its own net and its share, a customer tells the net of all.
        self.assertNotIn("share", exportable(self.env(user=user.id, su=False)[PROFILE]))

    def test_needs_the_right_to_export(self):
        user = self.colleague()
        user.group_ids -= self.env.ref("base.group_allow_export")
        for model in (PROFILE, PRODUCT, "customer.sales.retention.report"):
            with self.subTest(model), self.assertRaisesRegex(UserError, "You may not export data"):
                self.dialog(model, user)

    def test_the_file_is_lost_with_the_permission(self):
        """Also where the sheet of customers alone has what needs it."""
        user = self.colleague("all", "margin")
        dialog = self.dialog("customer.sales.report", user, columns=["date"])
        dialog.sheet_customers = True
        _book, job = self.exported(dialog)
        jobs = self.env(user=user.id, su=False)["customer.sales.export.job"]
        jobs = jobs.with_context(allowed_company_ids=self.company.ids)
        self.assertTrue(jobs.search([("id", "=", job.id)]))
        user.group_ids -= self.env.ref(GROUP.format("margin"))
        self.assertFalse(jobs.search([("id", "=", job.id)]))

    # -- The dialog and the log ------------------------------------------------------------------

    def ticked(self, dialog):
        names = [name for name in dialog._fields if name.startswith("sheet_")]
        return [name.removeprefix("sheet_") for name in sorted(names) if dialog[name]]

    def test_what_is_ticked(self):
        dialog = self.dialog(PROFILE, view_type="list")
        self.assertEqual(self.ticked(dialog), ["lines", "summary"])
        self.assertEqual((dialog.model, dialog.row_count), (PROFILE, 2))
        dialog = self.dialog(PROFILE, view_type="list", group_by=["segment_id"])
        self.assertEqual(self.ticked(dialog), ["grouped", "lines", "summary"])
        dialog = self.dialog(
            PROFILE, view_type="pivot", group_by=["segment_id"], measures=["net_year", "x"]
        )
        self.assertEqual(self.ticked(dialog), ["summary", "totals"])
        self.assertEqual(dialog.measures, ["net_year"])
        dialog = self.dialog(PROFILE, view_type="segments")
        self.assertEqual(self.ticked(dialog), ["segments", "summary"])

    def test_columns_and_headings_of_the_list(self):
        dialog = self.dialog(
            PROFILE,
            view_type="list",
            columns=["city", "net_months", "net_year", "partner_id"],
            headings={"net_year": "Turnover"},
            order_by=[{"name": "partner_id", "asc": False}],
            title="My customers",
        )
        book, job = self.exported(dialog)
        self.assertEqual(
            [cell.value for cell in book["Customers"][2]], ["City", "Turnover (USD)", "Customer"]
        )
        self.assertEqual([row[2].value for row in book["Customers"].iter_rows(3)], ["Bolt", "Acme"])
        self.assertEqual(job.file_name, "My customers.xlsx")

    def test_without_columns_those_of_the_list(self):
        names = self.dialog(PROFILE).column_ids.mapped("name")
        self.assertEqual(names[:4], ["partner_id", "status", "segment_id", "abc_class"])

    def test_rows_that_were_selected(self):
        profile = self.profile(self.bolt)
        dialog = self.dialog(PROFILE, active_ids=profile.ids, columns=["partner_id"])
        book, _job = self.exported(dialog)
        self.assertEqual([row[0].value for row in book["Customers"].iter_rows(3)], ["Bolt"])

    def test_columns_are_chosen_among_those_of_the_report(self):
        dialog = self.dialog(PROFILE)
        self.assertIn(["net_year", "Net of the Year"], dialog.column_choices)
        form = Form(dialog)
        with form.column_ids.new() as column:
            column.name = "document_number"
        with self.assertRaisesRegex(UserError, "cannot be understood"):
            form.save()

    def test_it_is_in_the_log(self):
        domain = [*self.domain, ("status", "=", "slowing")]
        dialog = self.dialog(
            PROFILE,
            active_domain=domain,
            columns=["partner_id", "email"],
            view_type="list",
            group_by=["segment_id"],
        )
        self.exported(dialog)
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual(
            (entry.model_id.model, entry.row_count, entry.company_ids, entry.user_id),
            (PROFILE, 1, self.company, self.env.user),
        )
        self.assertIn("Status: Slowing", entry.filter_words)
        self.assertEqual(
            entry.columns.splitlines(),
            ["Customer (partner_id)", "Email (email)", "Segment (segment_id)"],
        )
        self.assertTrue(entry.has_contact_details)

    def test_templates_are_of_one_report(self):
        dialog = self.dialog(PROFILE, columns=["partner_id"])
        dialog.template_name = "Mine"
        dialog.action_save_template()
        template = dialog.template_id
        self.assertEqual((template.model, template.columns), (PROFILE, ["partner_id"]))
        other = self.dialog(PRODUCT, columns=["partner_id"])
        with self.assertRaisesRegex(UserError, "cannot be understood"):
            other.template_id = template
        other.template_name = "Mine"
        other.action_save_template()
        self.assertNotEqual(other.template_id, template)

    def test_in_the_background(self):
        self.env["ir.config_parameter"].sudo().set_param("customer_sales_report.export_seconds", 0)
        dialog = self.dialog(PROFILE, columns=["partner_id"])
        dialog.action_export()
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertEqual((job.state, job.line_count, job.row_count), ("waiting", 2, 2))
        with self.enter_registry_test_mode():
            cron = "customer_sales_report.ir_cron_customer_sales_export"
            self.env.ref(cron).sudo().method_direct_trigger()
        self.assertEqual(job.state, "done")
        again = job.with_user(self.env.user).with_context(allowed_company_ids=self.company.ids)
        repeated = again.action_repeat()["res_id"]
        self.assertEqual(job.browse(repeated).line_count, 2)
