"""The wizard: what it starts from, what it asks for, and its templates."""

from io import BytesIO
from unittest.mock import patch

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..wizards.export.customer_sales_export import CELL_SECONDS
from .export_job_common import JobCommon

WIZARD = "customer.sales.export"
TEMPLATE = "customer.sales.export.template"
REPORT = "customer.sales.report"


class WizardCommon(JobCommon):
    def wizard(self, user=None, **context):
        """The wizard, opened from the report."""
        context = {
            "active_model": REPORT,
            "active_domain": self.domain,
            "allowed_company_ids": self.company.ids,
            **context,
        }
        env = self.env(user=(user or self.owner).id, su=False, context=context)
        return Form(env[WIZARD].with_context(**context))

    def exported(self, wizard):
        """The workbook that a saved wizard exports."""
        export = wizard.save()
        action = export.action_export()
        self.assertEqual(action["tag"], "customer_sales_report.download")
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertEqual(action["params"]["url"], f"/customer_sales_report/export/{job.id}")
        return load_workbook(BytesIO(job.attachment_id.raw), data_only=True)

    def names(self, wizard):
        return [column["name"] for column in wizard.column_ids._records]


@tagged("post_install", "-at_install")
class TestWizard(WizardCommon):
    def test_starts_from_the_filter(self):
        wizard = self.wizard(title="March", columns=["price_total", "date"])
        self.assertEqual((wizard.title, wizard.row_count), ("March", 6))
        self.assertIn("Net Sales", wizard.filter_words)
        self.assertEqual(self.names(wizard), ["price_total", "date"])
        book = self.exported(wizard)
        self.assertEqual(book.sheetnames, ["Summary", "Lines"])
        self.assertEqual([cell.value for cell in book["Lines"][2]], ["Total (USD)", "Date"])

    def test_starts_from_the_users_layout(self):
        names = self.env["customer.sales.layout"].with_user(self.owner)._default_columns(REPORT)
        self.assertEqual(self.names(self.wizard()), names)

    def test_starts_from_selected_rows(self):
        rows = self.report.search(self.domain, order="date", limit=2)
        wizard = self.wizard(active_ids=rows.ids)
        self.assertEqual((wizard.row_count, wizard.filter_words), (2, "2 rows picked one by one"))
        sheet = self.exported(wizard)["Lines"]
        self.assertEqual(sheet.max_row, 4)

    def test_headings_of_the_list(self):
        wizard = self.wizard(
            columns=["date", "price_subtotal", "quantity"],
            headings={"date": "Day", "price_subtotal": "Net", "price_tax": "Not shown"},
        )
        with wizard.column_ids.edit(2) as column:
            column.label = "=Pieces"
        sheet = self.exported(wizard)["Lines"]
        self.assertEqual([cell.value for cell in sheet[2]], ["Day", "Net (USD)", "=Pieces"])
        self.assertEqual(sheet["C2"].data_type, "s")

    def test_headings_of_the_users_layout(self):
        self.env["customer.sales.layout"].sudo().create(
            {
                "name": "Mine",
                "model": REPORT,
                "user_id": self.owner.id,
                "default_user_ids": self.owner.ids,
                "column_ids": [
                    Command.create({"name": "date", "label": "Day"}),
                    Command.create({"name": "quantity"}),
                ],
            }
        )
        sheet = self.exported(self.wizard())["Lines"]
        self.assertEqual([cell.value for cell in sheet[2]], ["Day", "Quantity"])

    def test_headings_in_a_template(self):
        wizard = self.wizard(columns=["date"], headings={"date": "Day"})
        wizard.template_name = "With headings"
        wizard.save().action_save_template()
        template = self.env[TEMPLATE].sudo().search([("name", "=", "With headings")])
        wizard = self.wizard(columns=["city"])
        wizard.template_id = template.with_user(self.owner)
        wizard.file_format = "csv"
        wizard.save().action_export()
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertEqual(job.attachment_id.raw.decode("utf-8-sig").splitlines()[0], "Day")

    def test_starts_from_order_and_groups(self):
        wizard = self.wizard(
            columns=["price_subtotal"],
            order_by=[{"name": "price_subtotal", "asc": True}],
            group_by=["product_tmpl_id"],
        )
        self.assertTrue(wizard.can_group)
        wizard.sheet_grouped = True
        book = self.exported(wizard)
        amounts = [row[0].value for row in book["Lines"].iter_rows(3)]
        self.assertEqual(amounts, sorted(amounts))
        groups = [row[0].value for row in book["Groups"].iter_rows(3) if row[0].value]
        self.assertEqual(groups, ["Lamp (2)", "Mug (4)"])
        self.assertFalse(self.wizard(group_by=["commercial_partner_id"]).can_group)
        self.assertFalse(self.wizard(group_by=["partner_category_ids"]).can_group)

    def test_a_grouped_list_ticks_its_groups(self):
        def ticked(*group_by, view_type="list"):
            wizard = self.wizard(group_by=list(group_by), view_type=view_type)
            return wizard.sheet_by_customer, wizard.sheet_grouped

        self.assertEqual(ticked(), (False, False))
        self.assertEqual(ticked("commercial_partner_id"), (True, False))
        self.assertEqual(ticked("commercial_partner_id", "date:month"), (False, True))
        self.assertEqual(ticked("product_tmpl_id"), (False, True))
        # A row in the groups of several tags has no one place on a sheet.
        self.assertEqual(ticked("partner_category_ids"), (False, False))
        self.assertEqual(ticked("commercial_partner_id", view_type="pivot"), (False, False))

    def test_from_the_menu(self):
        """The net sales of the year, as By Customer opens: six lines, none of the order's or of
        another year."""
        self.invoice((self.mug, 7), day="2025-12-31")
        self.sales_order((self.mug, 1), partner=self.acme)
        with freeze_time("2026-07-01"):
            wizard = self.wizard(active_model=False, active_domain=False, is_new_export=True)
            self.assertEqual((wizard.title, wizard.row_count), ("Customer Sales", 6))
            self.assertIn("Net Sales", wizard.filter_words)

    def test_choose_and_order_columns(self):
        wizard = self.wizard(columns=["date", "quantity"])
        with wizard.column_ids.new() as column:
            column.name = "city"
        with wizard.column_ids.edit(0) as column:
            column.sequence = 2000
        sheet = self.exported(wizard)["Lines"]
        self.assertEqual([cell.value for cell in sheet[2]], ["Quantity", "Customer City", "Date"])

    def test_columns_are_those_the_user_may_see(self):
        selectable = dict(self.wizard().column_choices)
        self.assertNotIn("margin", selectable)
        self.assertNotIn("email", selectable)
        self.assertIn("price_subtotal", selectable)
        self.assertEqual(self.names(self.wizard(columns=["margin", "date", "nothing"])), ["date"])

    def test_a_column_smuggled_in_is_refused(self):
        export = self.wizard(columns=["date"]).save()
        export.sudo().column_ids.name = "email"
        with self.assertRaises(AccessError):
            export.action_export()

    def test_a_filter_smuggled_in_is_refused(self):
        export = self.wizard(columns=["date"]).save()
        export.sudo().domain = [("email", "ilike", "a")]
        with self.assertRaises(AccessError):
            export.action_export()

    def test_needs_the_right_to_export(self):
        self.owner.group_ids -= self.env.ref("base.group_allow_export")
        with self.assertRaisesRegex(UserError, "You may not export data"):
            self.wizard()
        stranger = new_test_user(self.env, "export_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.wizard(user=stranger)

    def test_nothing_chosen(self):
        wizard = self.wizard()
        wizard.sheet_summary = wizard.sheet_lines = False
        with self.assertRaisesRegex(UserError, "at least one sheet"):
            wizard.save().action_export()
        wizard = self.wizard()
        wizard.column_ids.remove(0)
        while len(wizard.column_ids):
            wizard.column_ids.remove(0)
        with self.assertRaisesRegex(UserError, "at least one column"):
            wizard.save().action_export()

    def test_a_title_that_tells_a_name_stays_inside(self):
        wizard = self.wizard(title="All of Acme")
        wizard.without_names = True
        book = self.exported(wizard)
        self.assertEqual(book["Summary"]["A1"].value, "Customer Sales")
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertEqual(job.file_name, "Customer Sales.xlsx")

    def test_csv(self):
        wizard = self.wizard(columns=["price_subtotal"])
        wizard.file_format = "csv"
        wizard.save().action_export()
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertEqual(job.file_name, "Customer Sales.csv")
        self.assertEqual(len(job.attachment_id.raw.splitlines()), 7)

    def test_larger_ones_run_in_the_background(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("customer_sales_report.export_seconds", "0")
        wizard = self.wizard()
        self.assertTrue(wizard.is_in_background)
        self.assertIn("a notification brings the file", wizard.duration_words)
        action = wizard.save().action_export()
        self.assertEqual(action["res_model"], "customer.sales.export.job")
        job = self.env["customer.sales.export.job"].sudo().browse(action["res_id"])
        self.assertEqual((job.state, job.row_count), ("waiting", 6))
        cron = self.env.ref("customer_sales_report.ir_cron_customer_sales_export")
        self.assertTrue(self.env["ir.cron.trigger"].sudo().search([("cron_id", "=", cron.id)]))
        self.run_scheduler()
        self.assertEqual(job.state, "done")

    def test_how_many_rows_is_for_the_server_to_say(self):
        """Whatever a program writes into the wizard, rows are counted when the export begins."""
        for forged, seconds_of_a_cell, state in (
            (0, 10, "waiting"),  # would be written at once, whatever it takes
            (10**9, 0, "done"),  # would be sent to the background
            (-5, 0, "done"),
        ):
            with self.subTest(forged), patch.dict(CELL_SECONDS, {"xlsx": seconds_of_a_cell}):
                export = self.wizard(columns=["price_subtotal"]).save()
                export.write({"row_count": forged})
                export.action_export()
                job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
                self.assertEqual(
                    (job.state, job.line_count, job.row_count, export.row_count), (state, 6, 6, 6)
                )

    def test_many_unfinished_exports(self):
        self.env["ir.config_parameter"].sudo().set_param("customer_sales_report.export_seconds", 0)
        for _number in range(10):
            self.wizard().save().action_export()
        with self.assertRaisesRegex(UserError, "10 of your exports are not finished yet"):
            self.wizard().save().action_export()

    def test_how_long_it_takes(self):
        """Round numbers, and no surprise: a crosstab has many cells, most of them empty."""
        export = self.wizard(columns=["date"]).save()
        export.sheet_summary = export.sheet_lines = False
        partners, products = 5000, 4000
        counts = {"res.partner": partners, "product.template": products}
        self.patch(type(export), "_count_of", lambda export, name: counts[name])
        export.row_count = 500_000
        for sheet, seconds in (
            # 0.3 s, 4 µs for each row; 5,000 × 4,000 cells at 0.15 µs and 500,000 at 9 µs more
            ("sheet_products", 0.3 + 2 + 3 + 4.5),
            ("sheet_months", 0.3 + 2 + 0.09 + 4.5),
            ("sheet_customers", 0.3 + 2),
        ):
            export[sheet] = True
            self.assertAlmostEqual(export._seconds(), seconds, 3, sheet)
            export[sheet] = False
        export.sheet_products = True
        export.row_count = 6  # which have six customers and six products at most
        self.assertLess(export._seconds(), 0.31)

    def test_round_words(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("customer_sales_report.export_seconds", "1")
        export = self.wizard().save()
        for seconds, words in ((11, "10 seconds"), (52.3, "50 seconds"), (240, "4 minutes")):
            self.patch(type(export), "_seconds", lambda export, seconds=seconds: seconds)
            export.invalidate_recordset()
            self.assertIn(f"It takes about {words}.", export.duration_words)

    def test_settings_that_make_no_sense(self):
        for name, value in (
            ("customer_sales_export_seconds", 0),
            ("customer_sales_export_days", 0),
            ("customer_sales_export_days", 3_000_000),
            ("customer_sales_export_log_days", 3_000_000),
        ):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.env["res.config.settings"].create({name: value})


@tagged("post_install", "-at_install")
class TestTemplates(WizardCommon):
    def save_template(self, name, user=None, **choices):
        wizard = self.wizard(user=user, columns=choices.pop("columns", ["date"]))
        wizard.template_name = name
        for field, value in choices.items():
            wizard[field] = value
        wizard.save().action_save_template()
        return self.env[TEMPLATE].sudo().search([("name", "=", name)], limit=1)

    def test_choices_come_back(self):
        template = self.save_template(
            "Monthly",
            columns=["price_subtotal", "date"],
            sheet_summary=False,
            sheet_customers=True,
            sheet_months=True,
            has_links=True,
            measure="quantity",
        )
        wizard = self.wizard(columns=["city"])
        wizard.template_id = template.with_user(self.owner)
        self.assertEqual(self.names(wizard), ["price_subtotal", "date"])
        self.assertEqual(
            (wizard.sheet_summary, wizard.sheet_lines, wizard.sheet_customers), (False, True, True)
        )
        self.assertEqual((wizard.has_links, wizard.measure), (True, "quantity"))
        sheets = ["Lines", "Customers", "Customers × Months"]
        self.assertEqual(self.exported(wizard).sheetnames, sheets)

    def test_the_same_name_replaces(self):
        first = self.save_template("Mine", columns=["date"])
        self.assertEqual(self.save_template("Mine", columns=["city"]), first)
        self.assertEqual(first.columns, ["city"])

    def test_mine_or_shared(self):
        mine = self.save_template("Mine")
        shared = self.save_template("Shared", user=self.manager, share_template=True)
        self.assertEqual((mine.user_id, shared.user_id), (self.owner, self.env["res.users"]))
        seen = self.env(user=self.other.id)[TEMPLATE].search([])
        self.assertIn(shared, seen)
        self.assertNotIn(mine, seen)
        with self.assertRaises(AccessError):
            shared.with_user(self.other).name = "Changed"
        with self.assertRaises(AccessError):
            shared.with_user(self.other).unlink()
        with self.assertRaises(AccessError):
            self.env(user=self.other.id)[TEMPLATE].create({"name": "For all", "user_id": False})
        shared.with_user(self.manager).name = "Changed"

    def test_nobody_gives_a_template_away(self):
        """Sharing it, planting it on another, moving it to another company: by whoever, by write
        and by create."""
        elsewhere = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        values = (
            {"user_id": False},
            {"user_id": self.other.id},
            {"company_id": elsewhere.id},
        )
        mine = self.save_template("Mine").with_user(self.owner)
        templates = self.env(user=self.owner.id)[TEMPLATE]
        for number, forged in enumerate(values):
            with self.subTest(forged):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    mine.write(forged)
                with self.assertRaises(AccessError), self.cr.savepoint():
                    templates.create({"name": f"Forged {number}", **forged})
        self.assertEqual((mine.user_id, mine.company_id.id), (self.owner, False))
        shared = self.save_template("Shared", user=self.manager, share_template=True)
        shared = shared.with_user(self.manager)
        for forged in values[1:]:
            with self.subTest(forged, user="manager"), self.assertRaises(AccessError):
                with self.cr.savepoint():
                    shared.write(forged)
        shared.user_id = self.manager  # no longer shared, and again
        shared.user_id = False

    def test_the_name_of_anothers_template_is_not_told(self):
        secret = self.save_template("Secret").id
        wizards = self.env(user=self.other.id, su=False)[WIZARD]
        spec = {"template_id": {"fields": {"display_name": {}}}}
        wizard = self.wizard(user=self.other).save()
        looking = wizards.with_context(default_template_id=secret, active_domain=self.domain)
        for way, forge in {
            "create": lambda: wizards.create({"title": "Any", "template_id": secret}),
            "write": lambda: wizard.write({"template_id": secret}),
            "onchange": lambda: wizard.onchange({"template_id": secret}, ["template_id"], spec),
            "default": lambda: looking.onchange({}, [], spec),
        }.items():
            self.env.invalidate_all()
            with self.subTest(way):
                with self.assertRaises(AccessError) as caught, self.cr.savepoint():
                    forge()
                self.assertNotIn("Secret", str(caught.exception))

    def test_nobody_puts_columns_into_anothers_dialog(self):
        theirs = self.wizard(user=self.other, columns=["date"]).save()
        mine = self.wizard(columns=["city"]).save()
        with self.assertRaises(AccessError), self.cr.savepoint():
            mine.column_ids.write({"export_id": theirs.id})
        self.assertEqual(theirs.sudo().column_ids.mapped("name"), ["date"])

    def test_the_last_one_used_comes_first(self):
        templates = [self.save_template(name) for name in ("Alpha", "Beta", "Gamma")]
        found = self.env(user=self.owner.id)[TEMPLATE].name_search("")
        self.assertEqual([name for _id, name in found][:3], ["Gamma", "Beta", "Alpha"])
        wizard = self.wizard()
        wizard.template_id = templates[0].with_user(self.owner)
        wizard.save().action_export()
        found = self.env(user=self.owner.id)[TEMPLATE].name_search("", limit=2)
        self.assertEqual([name for _id, name in found], ["Alpha", "Gamma"])

    def test_columns_that_the_user_may_not_see_are_left_out(self):
        template = (
            self.env[TEMPLATE]
            .sudo()
            .create(
                {
                    "name": "Of all",
                    "user_id": False,
                    "columns": ["date", "margin", "email"],
                    "contents": ["lines"],
                }
            )
        )
        wizard = self.wizard()
        wizard.template_id = template.with_user(self.owner)
        self.assertEqual(self.names(wizard), ["date"])

    def test_nonsense_is_refused(self):
        for values in ({"contents": ["nothing"]}, {"columns": ["nothing"]}):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.env[TEMPLATE].create({"name": "Nonsense", **values})
        with self.assertRaisesRegex(UserError, "a name"):
            self.wizard().save().action_save_template()
