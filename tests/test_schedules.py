"""Reports by e-mail: what is in them, when they come, and to whom."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.schedule.customer_sales_schedule import customer_sales_schedule
from .export_job_common import USER
from .schedule_common import ScheduleCommon

OWN = "customer_sales_report.group_customer_sales_user,base.group_allow_export"


@tagged("post_install", "-at_install")
class TestScheduledReports(ScheduleCommon):
    # -- What is in it ----------------------------------------------------------------------

    def test_a_table(self):
        """Bolt bought for 300, Acme for 250 less 50, walk-ins for 20."""
        self.due(self.schedule())
        [mail] = self.run_schedules()
        self.assertEqual(mail["To"], "export_owner <export_owner@example.com>")
        self.assertEqual(mail["Subject"], "Our customers")
        headings, *rows = self.cells(mail)
        place = next(n for n, each in enumerate(headings) if each.startswith("Untaxed Total"))
        self.assertEqual(headings[:2], ["Customer", "Rows"])
        self.assertEqual(
            [[row[0], row[1], row[place]] for row in rows],
            [
                ["Bolt", "1", "300.00"],
                ["Acme", "4", "200.00"],
                ["Walk-in", "1", "20.00"],
                ["Total", "6", "520.00"],
            ],
        )
        self.assertIn("Company: ", self.words(mail))
        self.assertFalse(list(mail.iter_attachments()))

    def test_rows_without_groups(self):
        self.favorite.write({"context": "{}", "sort": '["price_subtotal desc", "nonsense"]'})
        self.due(self.schedule())
        [mail] = self.run_schedules()
        headings, *rows = self.cells(mail)
        place = next(n for n, each in enumerate(headings) if each.startswith("Untaxed Total"))
        amounts = [row[place] for row in rows]
        self.assertEqual(
            amounts, ["300.00", "100.00", "100.00", "50.00", "20.00", "-50.00", "520.00"]
        )
        self.assertIn("03/10/2026", [cell for row in rows for cell in row])

    def test_the_layout_of_a_favorite(self):
        """The owner's own layout, whose columns the recipient gets as far as they are allowed."""
        layouts = self.env["customer.sales.layout"].with_user(self.owner)
        layout = layouts.create(
            {
                "name": "Mine",
                "model": "customer.sales.report",
                "column_ids": [
                    Command.create({"name": "product_id", "label": "What", "sequence": 1}),
                    Command.create({"name": "email", "sequence": 2}),
                    Command.create({"name": "price_subtotal", "sequence": 4}),
                    Command.create({"name": "quantity", "sequence": 5, "visibility": "optional"}),
                ],
            }
        )
        self.favorite.context = repr({"customer_sales_layout": layout.id})
        self.due(self.schedule(self.other))
        [mail] = self.run_schedules()
        self.assertEqual(self.cells(mail)[0], ["What", "Untaxed Total (USD)"])

    def test_a_workbook(self):
        schedule = self.due(self.schedule(content="workbook"))
        [mail] = self.run_schedules()
        book = self.attached(mail)
        self.assertEqual(book.sheetnames, ["Summary", "By Customer"])
        self.assertIn("The workbook “Our customers.xlsx” is attached.", self.words(mail))
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertEqual((job.user_id, job.state, job.is_told), (self.owner, "done", True))
        self.assertEqual(self.runs(schedule), [(self.owner, "waiting")])

    def test_a_workbook_too_large_for_a_mail(self):
        module = "odoo.addons.customer_sales_report.models.schedule.customer_sales_schedule.mail"
        self.patch(__import__(module, fromlist=["x"]), "ATTACHED_BYTES", 100)
        self.due(self.schedule(content="workbook"))
        [mail] = self.run_schedules()
        self.assertFalse(list(mail.iter_attachments()))
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1)
        self.assertIn("is too large for a mail", self.words(mail))
        links = [each.get("href") for each in self.body(mail).iter("a")]
        self.assertTrue(
            any(each.endswith(f"/odoo/customer-sales-exports/{job.id}") for each in links)
        )

    def test_customers(self):
        """The year until 30 April: Acme's net is 200, Bolt's 300."""
        day = fields.Date.to_date("2026-04-30")
        self.env["customer.sales.profile"].sudo()._refresh(self.company, full=True, as_of=day)
        schedule = self.schedule(view="customers", favorite_id=False)
        self.due(schedule)
        [mail] = self.run_schedules()
        headings, *rows = self.cells(mail)
        place = headings.index("Net of the Year (USD)")
        self.assertEqual(
            [[row[0], row[place]] for row in rows],
            [["Bolt", "300.00"], ["Acme", "200.00"], ["Total", "500.00"]],
        )
        schedule.content = "workbook"
        self.due(schedule)
        [mail] = self.run_schedules()
        sheet = self.attached(mail)["Customers"]
        names = [cell.value for cell in sheet[2]]
        place = names.index("Net of the Year (USD)")
        self.assertEqual(
            [[row[0].value, row[place].value] for row in sheet.iter_rows(3)],
            [["Bolt", 300], ["Acme", 200]],
        )
        self.assertEqual(
            str(sheet.cell(3, names.index("Last Purchase") + 1).value)[:10], "2026-04-02"
        )

    def test_customers_in_groups(self):
        day = fields.Date.to_date("2026-04-30")
        self.env["customer.sales.profile"].sudo()._refresh(self.company, full=True, as_of=day)
        self.favorite = self.new_favorite(
            [], "customer.sales.profile", context="{'group_by': ['status']}", sort="[]"
        )
        schedule = self.due(self.schedule(content="workbook"))
        [mail] = self.run_schedules()
        book = self.attached(mail)
        self.assertEqual(book.sheetnames, ["Customers", "Groups"])
        self.assertEqual(book["Groups"]["A3"].value, "Active (1)")
        schedule.content = "table"
        self.due(schedule)
        [mail] = self.run_schedules()
        self.assertEqual(
            [row[:2] for row in self.cells(mail)[1:]],
            [["Active", "1"], ["New", "1"], ["Total", "2"]],
        )

    def test_two_periods(self):
        """Acme bought for 200 in the base period, walk-ins for 20; Bolt for 300 in the current."""
        schedule = self.schedule(
            view="comparison", favorite_id=False, current="this_month", base="period_before"
        )
        self.due(schedule)
        [mail] = self.run_schedules()
        headings, *rows = self.cells(mail)
        self.assertEqual(
            headings,
            ["Customer", "Rows", "Current (USD)", "Base (USD)", "Change (USD)", "Change %"],
        )
        # Until 10 April, and as many days of March: the invoice of 10 March and the receipt
        self.assertEqual(
            rows,
            [
                ["Acme", "2", "0.00", "200.00", "-200.00", "-100.0%"],
                ["Walk-in", "1", "0.00", "20.00", "-20.00", "-100.0%"],
                ["Bolt", "1", "300.00", "0.00", "300.00", ""],
                ["Total", "4", "300.00", "220.00", "80.00", "36.4%"],
            ],
        )
        self.assertIn("04/01/2026 to 04/10/2026 against 03/01/2026 to 03/10/2026", self.words(mail))
        schedule.content = "workbook"
        self.due(schedule)
        [mail] = self.run_schedules()
        self.assertEqual(self.attached(mail).sheetnames, ["Periods Compared", "Why Sales Changed"])

    def test_overview(self):
        day = fields.Date.to_date("2026-04-10")
        self.env["customer.sales.profile"].sudo()._refresh(self.company, full=True, as_of=day)
        schedule = self.schedule(
            view="overview", favorite_id=False, current="this_month", base="period_before"
        )
        self.due(schedule)
        [mail] = self.run_schedules()
        headings, net, *_others = self.cells(mail)
        self.assertEqual(headings, ["Figure", "Period", "Compared with", "Change"])
        # March until the 10th: the invoice of 200 and the receipt of 20
        self.assertEqual(net, ["Net Sales", "$\xa0300.00", "$\xa0220.00", "+36.4%"])
        schedule.content = "workbook"
        self.due(schedule)
        [mail] = self.run_schedules()
        self.assertEqual(self.attached(mail).sheetnames, ["Periods Compared", "Why Sales Changed"])

    def test_in_arabic(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.other.lang = "ar_001"
        self.due(self.schedule(self.owner, self.other))
        english, arabic = self.run_schedules()
        self.assertEqual(self.body(english).xpath("//@dir")[0], "ltr")
        self.assertEqual(set(self.body(arabic).xpath("//@dir")), {"rtl", "auto"})
        self.assertEqual(self.cells(arabic)[0][0], "العميل")
        self.assertEqual(self.cells(arabic)[1][0], "Bolt")

    # -- Whose it is ------------------------------------------------------------------------

    def test_each_with_his_own_rights(self):
        """Of the user of own customers, Bolt alone is."""
        own = new_test_user(
            self.env,
            "schedule_own",
            OWN,
            company_id=self.company.id,
            company_ids=self.company.ids,
            email="own@example.com",
        )
        self.bolt.user_id = own
        (self.first | self.second | self.returned | self.big).invoice_user_id = self.owner
        self.walk_in.user_id = self.owner
        schedule = self.due(self.schedule(self.owner, own))
        first, second = self.run_schedules()
        self.assertEqual(
            [row[0] for row in self.cells(first)[1:]], ["Bolt", "Acme", "Walk-in", "Total"]
        )
        self.assertEqual([row[0] for row in self.cells(second)[1:]], ["Bolt", "Total"])
        log = self.env["customer.sales.export.log"].sudo().search([], limit=2, order="id desc")
        self.assertEqual(log.user_id, self.owner | own)
        self.assertEqual(log.mapped("row_count"), [1, 6])
        self.assertEqual(set(log.mapped("file_name")), {"E-mail: Our customers"})
        self.assertEqual([run.row_count for run in schedule.sudo().run_ids.sorted("id")], [6, 1])

    def test_my_customers(self):
        """`uid` in a favorite is who reads it."""
        self.bolt.user_id = self.other
        self.favorite.domain = (
            f"[('partner_user_id', '=', uid), ('company_id', '=', {self.company.id})]"
        )
        self.due(self.schedule(self.other))
        [mail] = self.run_schedules()
        self.assertEqual([row[0] for row in self.cells(mail)[1:]], ["Bolt", "Total"])

    def test_each_with_his_own_companies(self):
        """The report is of two companies, of which the recipient is allowed one."""
        second = self.env["res.company"].create({"name": "Second"})
        self.owner.company_ids |= second
        self.owner.company_id = self.company
        both = (self.company | second).ids
        schedule = self.schedule(self.owner, self.other)
        schedule.with_context(allowed_company_ids=both).company_ids = [Command.set(both)]
        for user, companies in ((self.owner, self.company | second), (self.other, self.company)):
            self.assertEqual(schedule._reader(user).companies, companies)

    # -- When -------------------------------------------------------------------------------

    def test_by_the_clock_of_each(self):
        """At 6:00 UTC it is 9 in Riyadh and 2 in New York: 7 has been there, and comes there."""
        self.other.tz, self.manager.tz = "Asia/Riyadh", "America/New_York"
        schedule = self.schedule(self.owner, self.other, self.manager)
        self.assertEqual(
            [str(each.next_date) for each in schedule.recipient_ids],
            ["2026-04-10 07:00:00", "2026-04-11 04:00:00", "2026-04-10 11:00:00"],
        )
        schedule.write({"frequency": "monthly", "month_day": 31})
        self.assertEqual(str(schedule.recipient_ids[0].next_date), "2026-04-30 07:00:00")
        self.assertEqual(schedule.times, "Monthly on day 31 at 07:00")

    def test_without_a_time_zone(self):
        self.company.partner_id.tz = "Asia/Riyadh"
        self.other.tz = False
        schedule = self.schedule(self.other)
        recipient = schedule.recipient_ids
        self.assertEqual(str(recipient.next_date), "2026-04-11 04:00:00")
        self.assertIn("Has no time zone: the hour is that of Asia/Riyadh.", recipient.note)

    def test_not_before_its_time(self):
        schedule = self.schedule()
        self.assertFalse(self.run_schedules())
        self.assertFalse(self.runs(schedule))

    def test_archived_reports_rest(self):
        """Nor do they come at once when they are taken out again, but at their next time."""
        schedule = self.schedule()
        schedule.action_send_now()
        self.due(schedule).active = False
        self.assertFalse(self.run_schedules())
        with self.assertRaisesRegex(UserError, "Unarchive it first"):
            schedule.action_send_now()
        schedule.active = True
        self.assertFalse(self.run_schedules())
        self.assertEqual(str(schedule.recipient_ids.next_date), "2026-04-10 07:00:00")

    def test_once_and_then_the_next_day(self):
        schedule = self.due(self.schedule())
        self.assertEqual(len(self.run_schedules()), 1)
        self.assertFalse(self.run_schedules())
        self.assertEqual(str(schedule.recipient_ids.next_date), "2026-04-10 07:00:00")
        self.assertEqual(self.runs(schedule), [(self.owner, "sent")])

    def test_send_now(self):
        """Twice clicked is once sent, and the next comes when it would have come."""
        schedule = self.schedule(self.owner, self.other)
        schedule.action_send_now()
        schedule.action_send_now()
        self.assertEqual(len(self.run_schedules()), 2)
        self.assertFalse(self.run_schedules())
        self.assertEqual(str(schedule.recipient_ids[0].next_date), "2026-04-10 07:00:00")
        with self.assertRaises(AccessError):
            schedule.with_user(self.other).action_send_now()

    # -- What it must be --------------------------------------------------------------------

    def assertNo(self, sentence, *recipients, **values):  # noqa: N802
        """No report can be made of it, and this is why."""
        with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
            self.schedule(*recipients, **values)

    def test_what_it_must_be(self):
        nobody = new_test_user(self.env, "schedule_nobody", "base.group_user")
        reader = new_test_user(
            self.env, "schedule_reader", "customer_sales_report.group_customer_sales_all"
        )
        main = self.env.ref("base.main_company")
        elsewhere = new_test_user(
            self.env, "schedule_elsewhere", USER, company_id=main.id, company_ids=main.ids
        )
        self.other.email = False
        gone = new_test_user(self.env, "schedule_gone", USER)
        gone.active = False
        for sentence, user in (
            ("has no access to Customer Sales", nobody),
            ("may not export data", reader),
            ("has no access to", elsewhere),
            ("has no e-mail address", self.other),
            ("The user .* is archived", gone),
        ):
            with self.subTest(sentence):
                self.assertNo(sentence, user)
        with self.assertRaisesRegex(UserError, "You may not export"):
            self.schedule(self.manager, owner=reader)
        self.assertNo("Give the report a title", name=" ")
        self.assertNo("between 1 and 31", month_day=0)
        self.assertNo("between 1 and 31", month_day=32)
        self.assertNo("Choose the favorite", favorite_id=False)
        self.assertNo("more than 200 characters|longer than 200", name="x" * 201)
        for end in ("\n", "\r\n", "\v", "\x85", "\u2028"):
            # Another header of the mail, such as a recipient nobody sees
            self.assertNo("one line", name=f"Sales{end}Bcc: elsewhere@example.com")
        foreign = self.new_favorite([], "res.partner", context="{}", sort="[]")
        self.assertNo("favorite cannot be sent", favorite_id=foreign.id)
        foreign = self.new_favorite([], user_ids=[Command.set(self.other.ids)])
        self.assertNo("somebody else's", favorite_id=foreign.id)
        company = self.env["res.company"].create({"name": "Not his"})
        self.assertNo("Companies", company_ids=[Command.set(company.ids)])

    def test_titles_and_names_of_several_lines(self):
        """The mail goes all the same, and to nobody else."""
        self.owner.name = "Owner\nBcc: elsewhere@example.com"
        schedule = self.due(self.schedule())
        schedule.sudo().name = "Sales"
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sales_schedule SET name = %s WHERE id = %s",
            ("Sales\r\nBcc: elsewhere@example.com", schedule.id),
        )
        self.env.invalidate_all()
        [mail] = self.run_schedules()
        self.assertEqual(mail["Subject"], "Sales Bcc: elsewhere@example.com")
        self.assertIn("export_owner@example.com", mail["To"])
        self.assertIsNone(mail["Bcc"])
        self.run_schedules()
        self.assertEqual(self.runs(schedule), [(self.owner, "sent")])

    def test_too_many_recipients(self):
        """However they are added."""
        schedule = self.schedule(self.owner)
        lines = self.env(user=self.owner.id, su=False)["customer.sales.schedule.recipient"]
        users = [
            new_test_user(self.env, f"schedule_{number}", USER, company_id=self.company.id)
            for number in range(2)
        ]
        with patch.object(customer_sales_schedule, "RECIPIENTS", 2):
            self.assertNo("has 2 recipients at most", self.owner, *users)
            with self.assertRaisesRegex(UserError, "has 2 recipients at most"):
                lines.create([{"schedule_id": schedule.id, "user_id": user.id} for user in users])

    def test_users_that_the_owner_does_not_see(self):
        """What is wrong with them names them."""
        company = self.env["res.company"].create({"name": "Not his"})
        hidden = new_test_user(
            self.env,
            "schedule_hidden",
            "base.group_portal",
            name="Hidden",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertNo("cannot be understood", hidden)

    def test_forged_values(self):
        schedule = self.schedule(self.owner)
        for call in (
            lambda: schedule.write({"favorite_id": "id"}),
            lambda: schedule.recipient_ids.create({"schedule_id": "id", "user_id": 1}),
            lambda: schedule.recipient_ids.write({"user_id": "x"}),
        ):
            self.assertRaisesRegex(UserError, "cannot be understood", call)
        self.assertEqual(schedule.browse([0]).copy_data()[0]["name"], " (copy)")
        twice = schedule.browse(schedule.ids * 2).copy_data()
        self.assertEqual([values and values["name"] for values in twice][1:], [None])

    def test_twice_the_same_recipient(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.schedule(self.owner, self.owner)

    def test_who_sets_one_up_is_its_first_recipient(self):
        defaults = self.env(user=self.owner.id)["customer.sales.schedule"].default_get(
            ["recipient_ids"]
        )
        self.assertEqual(defaults["recipient_ids"][0][2], {"user_id": self.owner.id})

    def test_a_copy_begins_anew(self):
        schedule = self.schedule(self.owner, self.other)
        schedule.sudo().recipient_ids[1]._stop("Enough.")
        again = schedule.copy()
        self.assertEqual(again.recipient_ids.mapped("state"), ["active", "active"])
        self.assertEqual(again.name, "Our customers (copy)")
        schedule.name = "x" * 200
        self.assertEqual(schedule.copy().name, "x" * 193 + " (copy)")

    # -- Preview, leaving -------------------------------------------------------------------

    def test_preview(self):
        """Nothing is sent, and no file is kept."""
        self.schedule(self.owner, content="workbook")
        schedule = self.schedule(self.owner, self.other, content="workbook")
        logged = self.env["customer.sales.export.log"].sudo().search_count([])
        action = schedule.with_user(self.other).action_preview()
        preview = self.env(user=self.other.id)[action["res_model"]].browse(action["res_id"])
        body = preview.web_read({"body": {}})[0]["body"]
        self.assertIn("Bolt", body)
        self.assertEqual(self.env["customer.sales.export.log"].sudo().search_count([]), logged)
        with self.assertRaises(AccessError):
            preview.with_user(self.owner).read(["body"])

    def test_leaving(self):
        schedule = self.schedule(self.owner, self.other)
        seen = schedule.with_user(self.other)
        self.env.invalidate_all()
        self.assertEqual(len(seen.web_read({"recipient_ids": {}})[0]["recipient_ids"]), 1)
        seen.action_leave()
        self.assertEqual(schedule.recipient_ids.user_id, self.owner)
        with self.assertRaises(AccessError):
            seen.read(["name"])
