"""A scheduled report is sent once, by whichever process, or its owner is told why it is not."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..models.schedule.customer_sales_schedule_recipient import sending
from .export_job_common import USER
from .schedule_common import NOW, ScheduleCommon

LOGGER = "odoo.addons.customer_sales_report.models.schedule"
RECIPIENT = "customer.sales.schedule.recipient"


@tagged("post_install", "-at_install")
class TestScheduleSending(ScheduleCommon):
    # -- What ends it -----------------------------------------------------------------------

    def assertStops(self, schedule, sentence):  # noqa: N802
        """Nothing is sent, and the owner is told why, once."""
        self.due(schedule)
        told = len(self.notes(self.owner))
        self.assertFalse(self.run_schedules())
        recipient = schedule.sudo().recipient_ids
        self.assertEqual(recipient.state, "stopped")
        self.assertIn(sentence, recipient.message)
        self.assertEqual(recipient.note, recipient.message)
        [*_earlier, note] = self.notes(self.owner)
        self.assertEqual(len(self.notes(self.owner)), told + 1)
        self.assertIn("Scheduled report stopped: Our customers", note)
        self.assertIn(sentence, note)
        self.due(schedule)
        self.assertFalse(self.run_schedules())
        self.assertEqual(len(self.notes(self.owner)), told + 1)
        self.assertEqual(self.runs(schedule)[-1], (recipient.user_id, "failed"))
        self.assertEqual(schedule.sudo().stopped_count, 1)

    def test_the_right_to_export_ends(self):
        schedule = self.schedule(self.other)
        self.other.group_ids -= self.env.ref("base.group_allow_export")
        self.assertStops(schedule, "may not export data")

    def test_the_level_ends(self):
        schedule = self.schedule(self.other)
        self.other.group_ids -= self.env.ref("customer_sales_report.group_customer_sales_all")
        self.assertStops(schedule, "has no access to Customer Sales")

    def test_the_owner_may_not_export_any_more(self):
        schedule = self.schedule(self.other)
        self.owner.group_ids -= self.env.ref("base.group_allow_export")
        self.assertStops(schedule, "export_owner")

    def test_archived_recipient(self):
        schedule = self.schedule(self.other)
        self.other.active = False
        self.assertStops(schedule, "is archived")

    def test_archived_owner(self):
        """There is nobody to be told."""
        schedule = self.due(self.schedule(self.other))
        self.owner.active = False
        self.assertFalse(self.run_schedules())
        self.assertEqual(schedule.sudo().recipient_ids.state, "stopped")
        self.assertFalse(self.notes(self.owner))

    def test_no_company_left(self):
        schedule = self.schedule(self.other)
        company = self.env["res.company"].create({"name": "New home"})
        self.other.write({"company_id": company.id, "company_ids": [Command.set(company.ids)]})
        self.assertStops(schedule, "has no access to")

    def test_no_address_left(self):
        schedule = self.schedule(self.other)
        self.other.email = "nonsense"
        self.assertStops(schedule, "has no e-mail address")

    def test_deleted_favorite(self):
        schedule = self.schedule(self.other)
        self.favorite.unlink()
        self.assertStops(schedule, "The favorite that it shows was deleted")

    def test_a_favorite_that_is_another_users_now(self):
        schedule = self.schedule(self.other)
        self.favorite.user_ids = self.manager
        self.assertStops(schedule, "not the owner's any more")

    def test_a_field_that_is_gone(self):
        schedule = self.schedule(self.other)
        self.favorite.domain = "[('nonsense', '=', 1)]"
        self.assertStops(
            schedule,
            "The favorite “Sales by customer” filters by a field that does not exist any more",
        )

    def test_what_only_the_screen_can_work_out(self):
        schedule = self.schedule(self.other)
        self.favorite.domain = "[('date', '>', context_today())]"
        self.assertStops(schedule, "that only the screen can work out")

    def test_what_the_recipient_may_not_see(self):
        """It filters by an e-mail address, which the owner may see."""
        contact = self.env.ref("customer_sales_report.group_customer_sales_contact")
        self.owner.group_ids |= contact
        self.favorite.domain = "[('email', '!=', False)]"
        schedule = self.schedule(self.other)
        self.assertStops(schedule, 'not have enough rights to access the field "email"')

    def test_groups_that_are_gone_are_left_out(self):
        """As on the screen."""
        self.favorite.context = "{'group_by': ['nonsense', 'email', 'document_type']}"
        self.due(self.schedule())
        [mail] = self.run_schedules()
        self.assertEqual(self.cells(mail)[0][:2], ["Document Type", "Rows"])

    def test_one_recipient_stops_and_the_others_get_theirs(self):
        schedule = self.due(self.schedule(self.other, self.owner))
        self.other.active = False
        [mail] = self.run_schedules()
        self.assertIn("export_owner", mail["To"])
        self.assertEqual(schedule.recipient_ids.sorted("id").mapped("state"), ["stopped", "active"])

    def test_resuming(self):
        schedule = self.schedule(self.other)
        group = self.env.ref("base.group_allow_export")
        self.other.group_ids -= group
        self.assertStops(schedule, "may not export data")
        with self.assertRaisesRegex(ValidationError, "may not export data"):
            schedule.recipient_ids.action_resume()
        self.other.group_ids |= group
        schedule.recipient_ids.action_resume()
        recipient = schedule.recipient_ids
        self.assertEqual((recipient.state, recipient.note), ("active", False))
        self.assertEqual(str(recipient.next_date), "2026-04-10 07:00:00")

    # -- Failing ----------------------------------------------------------------------------

    def test_three_failures(self):
        """Then it stops; one that could be sent in between begins the count anew."""
        schedule = self.schedule()
        recipient = schedule.sudo().recipient_ids
        for failures in (1, 2):
            self.fail_once(schedule)
            self.assertEqual((recipient.failures, recipient.state), (failures, "active"))
        self.due(schedule)
        self.run_schedules()
        self.run_schedules()  # which notes the delivery
        self.assertEqual(recipient.failures, 0)
        for _failure in range(3):
            self.fail_once(schedule)
        self.assertEqual(recipient.state, "stopped")
        self.assertIn("finds why in the server's log", recipient.message)
        self.assertEqual(len(self.notes(self.owner)), 1)

    def fail_once(self, schedule):
        self.due(schedule)
        with (
            patch.object(
                type(self.env["customer.sales.report"]), "_mailed", side_effect=ZeroDivisionError
            ),
            mute_logger(LOGGER),
            mute_logger(
                "odoo.addons.customer_sales_report.models.schedule."
                "customer_sales_schedule_recipient.sending"
            ),
        ):
            self.assertFalse(self.run_schedules())
        self.assertEqual(str(schedule.recipient_ids.next_date), "2026-04-10 07:00:00")

    def test_the_mail_server_refuses(self):
        schedule = self.schedule()
        recipient = schedule.sudo().recipient_ids
        for _failure in range(3):
            self.due(schedule)
            self.run_schedules(deliver=False)
            mails = self.env["mail.mail"].sudo().search([("state", "=", "outgoing")])
            mails.write({"state": "exception", "failure_reason": "550 no such user"})
        self.run_schedules()
        self.assertEqual(recipient.state, "stopped")
        self.assertIn("The mail server did not take the mail: 550 no such user", recipient.message)
        self.assertEqual(self.runs(schedule), [(self.owner, "failed")] * 3)
        self.assertEqual(len(self.notes(self.owner)), 1)

    # -- Once -------------------------------------------------------------------------------

    def test_killed_half_way(self):
        """The mail was made and the process died before the end: it is made once more, and sent
        once."""
        schedule = self.due(self.schedule(content="workbook"))
        recipient = schedule.sudo().recipient_ids
        self.kill(recipient)
        self.assertEqual((recipient.starts, str(recipient.next_date)), (1, "2026-04-10 05:00:00"))
        self.assertFalse(self.deliver())
        jobs = self.env["customer.sales.export.job"].sudo()
        self.assertFalse(jobs.search([("user_id", "=", self.owner.id)]))
        self.assertEqual(len(self.run_schedules()), 1)
        self.assertFalse(self.run_schedules())
        self.assertEqual(self.runs(schedule), [(self.owner, "sent")])
        self.assertEqual(recipient.starts, 0)

    def kill(self, recipient):
        """The process dies when the mail has been made. What was committed before stays, which
        Odoo's own ``assertRaises`` would undo."""
        died = False
        with (
            patch.object(type(recipient), "_set_done", side_effect=SystemExit),
            self.enter_registry_test_mode(),
        ):
            try:
                with self.registry.cursor() as cr:
                    recipient.with_env(self.env(cr=cr, su=True))._send_due()
            except SystemExit:
                died = True
        self.assertTrue(died)

    def test_killed_again_and_again(self):
        schedule = self.due(self.schedule())
        recipient = schedule.sudo().recipient_ids
        for _start in range(sending.STARTS):
            self.kill(recipient)
        self.assertFalse(self.run_schedules())
        self.assertEqual(self.runs(schedule), [(self.owner, "failed")])
        self.assertIn("The server stopped 3 times", schedule.run_ids.message)
        self.assertEqual(str(recipient.next_date), "2026-04-10 07:00:00")

    def test_another_process_has_the_row(self):
        self.due(self.schedule())
        Recipient = type(self.env[RECIPIENT])
        with patch.object(Recipient, "try_lock_for_update", lambda self, **_kw: self.browse()):
            self.assertFalse(self.run_schedules())
        self.assertEqual(len(self.run_schedules()), 1)

    def test_another_process_has_just_sent_it(self):
        self.due(self.schedule())
        Recipient = type(self.env[RECIPIENT])
        with patch.object(Recipient, "try_lock_for_update", side_effect=SerializationFailure):
            self.assertFalse(self.run_schedules())
        self.assertEqual(len(self.run_schedules()), 1)

    def test_two_processes_begin(self):
        """The one that has noted its start last goes on; the other has nothing to do."""
        schedule = self.due(self.schedule())
        recipient = schedule.sudo().recipient_ids
        locks = []
        lock = type(recipient).try_lock_for_update

        def begin_elsewhere(self, **options):
            locks.append(self)
            if len(locks) == 2:  # between the two transactions of this process
                self.starts += 1
                self.flush_recordset()
            return lock(self, **options)

        with patch.object(type(recipient), "try_lock_for_update", begin_elsewhere):
            self.assertFalse(self.run_schedules())
        self.assertEqual(recipient.starts, 2)
        self.assertEqual(len(self.run_schedules()), 1)

    # -- Its times --------------------------------------------------------------------------

    def test_a_server_that_was_down_for_days(self):
        """One comes, not one for each day."""
        schedule = self.schedule()
        schedule.sudo().recipient_ids.next_date = "2026-04-03 07:00:00"
        self.assertEqual(len(self.run_schedules()), 1)
        self.assertEqual(str(schedule.recipient_ids.next_date), "2026-04-10 07:00:00")
        self.assertEqual(str(schedule.recipient_ids.last_date), NOW)

    def test_old_runs_go(self):
        schedule = self.due(self.schedule())
        self.run_schedules()
        self.run_schedules()
        run = schedule.sudo().run_ids
        self.env.cr.execute(
            "UPDATE customer_sales_schedule_run SET create_date = '2026-01-09' WHERE id = %s",
            [run.id],
        )
        run.invalidate_recordset()
        self.env["customer.sales.schedule.run"].sudo()._gc_old()
        self.assertFalse(run.exists())

    def test_deleted_users_leave_nothing(self):
        user = new_test_user(
            self.env,
            "schedule_leaver",
            USER,
            company_id=self.company.id,
            company_ids=self.company.ids,
            email="leaver@example.com",
        )
        schedule = self.schedule(self.owner, user)
        user.unlink()
        self.assertEqual(schedule.recipient_ids.user_id, self.owner)
