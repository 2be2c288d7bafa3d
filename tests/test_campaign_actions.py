"""What campaigns do: once for each customer addressed, with the rights of who asked for it."""

from contextlib import contextmanager, suppress
from email import message_from_string, policy
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from ..models.campaign.customer_sales_campaign_action import customer_sales_campaign_action, queue
from .campaign_common import ACT, ACTION, CampaignCommon

LOGGER = "odoo.addons.customer_sales_report.models.campaign.customer_sales_campaign_action.queue"


class Killed(BaseException):
    """The server is stopped."""


@contextmanager
def in_background(batch=2):
    """However few customers, the scheduler does it, so many in a transaction."""
    with (
        patch.object(customer_sales_campaign_action, "AT_ONCE", 0),
        patch.object(queue, "BATCH", batch),
    ):
        yield


@tagged("post_install", "-at_install")
class TestCampaignActions(CampaignCommon, MockSmtplibCase):
    def setUp(self):
        super().setUp()
        self.call_type = self.env.ref("mail.mail_activity_data_call")

    def ready(self, number=5, **values):
        partners = self.customers(number)
        self.refresh()
        return self.started(partners, **values)

    def call(self, campaign, **values):
        details = {"summary": "Ask why", "day": "2026-07-07", **values}
        return self.act(campaign, "activity", activity_type_id=self.call_type.id, **details)

    def states(self, action):
        return {step.customer_id.partner_id.name: step.state for step in action.sudo().step_ids}

    def mails(self, partners):
        """Contact -> the mails that wait for it."""
        mails = self.env["mail.mail"].sudo().search([("recipient_ids", "in", partners.ids)])
        return {
            partner: mails.filtered(lambda m, p=partner: p in m.recipient_ids)
            for partner in partners
        }

    # -- Each kind ------------------------------------------------------------------------

    def test_activities(self):
        """One for each customer addressed, for its salesperson, else for the responsible; none for
        who is left alone. The customer's row says so."""
        campaign = self.ready()
        addressed = self.of_role(campaign, "addressed")
        addressed[0].user_id = self.reader
        action = self.call(campaign, note="A new offer")
        self.assertEqual((action.state, action.done_count, action.skipped_count), ("done", 4, 0))
        for partner in addressed:
            [activity] = partner.activity_ids
            expected = self.reader if partner == addressed[0] else self.actor
            self.assertEqual(activity.user_id, expected)
            self.assertEqual(activity.summary, "Ask why")
            self.assertIn("A new offer", activity.note)
        self.assertFalse(self.of_role(campaign, "control").activity_ids)
        row = campaign.customer_ids.filtered(lambda one: one.partner_id == addressed[0])
        self.assertEqual(row.done_words, "Activity: Ask why")
        opened = row.step_ids.action_open()
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), ("mail.activity", addressed[0].activity_ids.id)
        )
        profile = self.profile(addressed[0]).with_user(self.actor)
        self.assertEqual(profile.campaign_count, 1)
        words = " ".join(campaign.message_ids.mapped("body"))
        self.assertIn("Activity: Ask why. Customers: 4.", words)
        self.assertIn("Customers for whom it was done: 4, for whom not: 0.", words)

    def test_activities_of_users_who_are_gone(self):
        """Of a salesperson, the responsible gets them; of both, who asks."""
        campaign = self.ready(2, control_percent=0, user_id=self.owner.id)
        first, second = self.of_role(campaign, "addressed")
        portal = new_test_user(self.env, "campaign_portal", "base.group_portal")
        portal.company_ids += self.company
        first.user_id, second.user_id = self.reader, portal
        self.reader.active = False
        self.call(campaign)
        self.assertEqual((first | second).activity_ids.user_id, self.owner)
        self.owner.active = False
        self.call(campaign, summary="Ask again")
        asked_again = (first | second).activity_ids.filtered(lambda a: a.summary == "Ask again")
        self.assertEqual((len(asked_again), asked_again.user_id), (2, self.actor))

    def test_once(self):
        campaign = self.ready()
        self.call(campaign)
        with self.assertRaisesRegex(UserError, "each customer gets it once"):
            self.call(campaign)
        self.call(campaign, summary="Ask again")
        self.assertEqual({len(p.activity_ids) for p in self.of_role(campaign, "addressed")}, {2})

    def test_emails_in_both_languages(self):
        """Each customer gets one mail, in its language, through Odoo's queue, whomever else the
        template would write to; who opted out since, or has no address, gets none."""
        self.env["res.lang"]._activate_lang("ar_001")
        campaign = self.ready(6, control_percent=0)
        arabic, unwilling, without, *others = self.of_role(campaign, "addressed")
        arabic.lang = "ar_001"
        without.email = False
        self.env["mail.blacklist"].create({"email": unwilling.email})
        template = self.template(email_to="boss@example.com", email_cc="boss@example.com")
        template.with_context(lang="ar_001").write(
            {"subject": "اشتقنا إليكم", "body_html": "<p>عزيزنا <t t-out='object.name'/></p>"}
        )
        action = self.act(campaign, "email", template_id=template.id)
        self.assertEqual((action.done_count, action.skipped_count), (4, 2))
        steps = {step.customer_id.partner_id: step.message for step in action.step_ids}
        self.assertEqual(steps[unwilling], "Opted out of mailings")
        self.assertEqual(steps[without], "No e-mail address")
        waiting = self.mails(arabic | unwilling | without)
        self.assertEqual([len(each) for each in waiting.values()], [1, 0, 0])
        mails = self.env["mail.mail"].union(
            *self.mails(self.of_role(campaign, "addressed")).values()
        )
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})
        with self.mock_smtplib_connection():
            mails.send()
        self.assertEqual(len(self.emails), 4)
        received = {}
        for sent in self.emails:
            message = message_from_string(sent["message"], policy=policy.default)
            body = message.get_body(("plain",)).get_content()
            received[sent["smtp_to_list"][0]] = (message["Subject"], body)
        self.assertEqual(set(received), {each.email for each in (arabic, *others)})
        subject, body = received[arabic.email]
        self.assertEqual(subject, "اشتقنا إليكم")
        self.assertIn(f"عزيزنا {arabic.name}", body)
        subject, body = received[others[0].email]
        self.assertEqual(subject, "We miss you")
        self.assertIn(f"Dear {others[0].name}", body)
        # The contact keeps the message.
        self.assertIn("عزيزنا", " ".join(arabic.message_ids.mapped("body")))

    def test_tagging(self):
        campaign = self.ready()
        tag = self.env["res.partner.category"].create({"name": "Win Back"})
        self.act(campaign, "tag", tag_id=tag.id)
        tagged_partners = self.env["res.partner"].search([("category_id", "=", tag.id)])
        self.assertEqual(set(tagged_partners), set(self.of_role(campaign, "addressed")))

    def test_what_is_not_there_is_not_offered(self):
        campaign = self.ready()
        kinds = dict(self.env[ACT].with_user(self.actor).fields_get(["kind"])["kind"]["selection"])
        apps = {
            "mailing_list": "mailing.list",
            "opportunity": "crm.lead",
            "coupon": "loyalty.card",
        }
        for kind, model in apps.items():
            if model not in self.env:
                self.assertNotIn(kind, kinds)
                with self.assertRaisesRegex(UserError, "app is not installed"):
                    self.act(campaign, kind)
        self.assertLessEqual({"activity", "email", "tag"}, set(kinds))
        # Tags are written on contacts, and Odoo asks the same right for activities.
        self.actor.group_ids -= self.env.ref("base.group_partner_manager")
        self.assertEqual(self.env[ACTION].with_user(self.actor)._offered(), ["email"])
        with self.assertRaisesRegex(UserError, "do not have the right to"):
            self.env[ACTION].with_user(self.actor)._ask(campaign, "tag", 1, {})

    def test_what_is_missing(self):
        campaign = self.ready()
        other = self.env["mail.template"].create(
            {"name": "Users", "model_id": self.env["ir.model"]._get_id("res.users")}
        )
        with self.assertRaisesRegex(UserError, "template for contacts"):
            self.act(campaign, "email", template_id=other.id)
        with self.assertRaisesRegex(UserError, "type of activity"):
            self.act(campaign, "activity", activity_type_id=False, day="2026-07-07")
        with self.assertRaisesRegex(UserError, "The last day of the coupons is over"):
            self.act(campaign, "email", expires_on="0001-01-01")

    def test_when_it_may_be_done(self):
        partners = self.customers(2)
        self.refresh()
        campaign = self.campaign(partners)
        with self.assertRaisesRegex(UserError, "Start it first"):
            self.call(campaign)
        campaign.action_start()
        campaign.action_finish()
        with self.assertRaisesRegex(UserError, "is not running"):
            self.call(campaign)

    # -- What goes wrong ------------------------------------------------------------------

    def test_one_that_fails_does_not_keep_the_others(self):
        campaign = self.ready(4, control_percent=0)
        broken, archived, *others = self.of_role(campaign, "addressed")
        archived.active = False
        template = self.template(
            subject="{{ 1 / (0 if object.name == '" + broken.name + "' else 1) }}"
        )
        with mute_logger("odoo.addons.mail.models.mail_render_mixin", LOGGER):
            action = self.act(campaign, "email", template_id=template.id)
        states = self.states(action)
        self.assertEqual(states[broken.name], "failed")
        self.assertEqual(states[archived.name], "skipped")
        self.assertEqual({states[other.name] for other in others}, {"done"})
        failed = action.step_ids.filtered(lambda step: step.state == "failed")
        self.assertTrue(failed.message)
        self.assertFalse(self.mails(broken)[broken])

    def test_two_contacts_at_one_address(self):
        """Chosen for calls, they are two customers; a mail comes once."""
        campaign = self.ready(3, control_percent=0)
        partners = self.of_role(campaign, "addressed")
        partners[:2].email = "both@example.com"
        action = self.act(campaign, "email", template_id=self.template().id)
        self.assertEqual(sum(map(len, self.mails(partners).values())), 2)
        self.assertEqual((action.done_count, action.skipped_count, action.row_count), (2, 1, 3))
        [skipped] = action.step_ids.filtered(lambda step: step.state == "skipped")
        self.assertEqual(skipped.message, "Same address as another customer")
        self.assertEqual(self.call(campaign).done_count, 3)

    def test_an_address_of_somebody_who_is_left_alone(self):
        campaign = self.ready(5)
        addressed, control = (self.of_role(campaign, role) for role in ("addressed", "control"))
        addressed[0].email = f"new@example.com, {control.email}"
        action = self.act(campaign, "email", template_id=self.template().id)
        self.assertEqual(self.states(action)[addressed[0].name], "skipped")
        self.assertEqual(action.done_count, 3)

    def test_another_template_than_it_was(self):
        """It would tell a customer of whatever has the same number."""
        campaign = self.ready(2, control_percent=0)
        template = self.template()
        with in_background():
            action = self.act(campaign, "email", template_id=template.id)
            template.model_id = self.env["ir.model"]._get_id("res.users")
            self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual(set(self.states(action).values()), {"failed"})
        self.assertEqual(
            set(action.step_ids.mapped("message")), {"The template is not for contacts any more."}
        )
        self.assertFalse(any(self.mails(self.of_role(campaign, "addressed")).values()))

    def test_customers_that_are_not_ones_own_any_more(self):
        """Whoever sees own customers does something about these alone, be the campaign older, or
        somebody else's who has handed it over."""
        partners = self.customers(4, user_id=self.owner.id)
        self.refresh()
        campaign = self.campaign(partners, user=self.owner, control_percent=0)
        campaign.action_start()
        given_away = partners[:2]
        given_away.user_id = self.reader
        self.post([(partner, "2026-06-25", 10) for partner in given_away])
        self.refresh()
        action = self.act(campaign, "email", template_id=self.template().id)
        self.assertEqual({len(each) for each in self.mails(given_away).values()}, {0})
        self.assertEqual({len(each) for each in self.mails(partners[2:]).values()}, {1})
        self.assertEqual((action.done_count, action.skipped_count), (2, 2))
        self.assertEqual(
            set(action.sudo().step_ids.filtered(lambda step: step.message).mapped("message")),
            {f"Not among the customers of {self.owner.name}"},
        )

    def test_asked_for_twice_at_the_same_time(self):
        """Two requests do not see each other's action; the database lets one of them through."""
        campaign = self.ready(2, control_percent=0)
        actions = type(self.env[ACTION])
        self.call(campaign)
        self.act(campaign, "email", template_id=self.template().id)
        with patch.object(actions, "_check_not_done"), mute_logger("odoo.sql_db"):
            for again in (
                lambda: self.call(campaign),
                lambda: self.act(
                    campaign, "email", template_id=campaign.action_ids[-1].sudo().target_id
                ),
            ):
                with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
                    again()
            self.call(campaign, summary="Ask again")
        partners = self.of_role(campaign, "addressed")
        self.assertEqual({len(each) for each in self.mails(partners).values()}, {1})

    # -- In the background ----------------------------------------------------------------

    def test_what_fails_as_a_whole_keeps_no_other_waiting(self):
        campaign = self.ready(2, control_percent=0)
        actions = type(self.env[ACTION])
        with in_background(), mute_logger(LOGGER):
            broken = self.act(campaign, "email", template_id=self.template().id)
            action = self.call(campaign)
            with patch.object(actions, "_end_email", side_effect=ZeroDivisionError):
                self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual((broken.state, broken.done_count), ("failed", 0))
        self.assertIn("could not be done", broken.message)
        self.assertFalse(any(self.mails(self.of_role(campaign, "addressed")).values()))
        self.assertEqual((action.state, action.done_count), ("done", 2))

    def test_in_the_background(self):
        campaign = self.ready(10)
        with in_background(batch=3):
            action = self.call(campaign)
            self.assertEqual((action.state, action.progress, action.rows_left), ("waiting", 0, 8))
            self.run_scheduler()
        action.invalidate_recordset()
        self.assertEqual((action.state, action.progress, action.done_count), ("done", 100, 8))
        progress = action.progress_of(action.id)
        self.assertEqual((progress["state"], progress["rows_done"]), ("done", 8))
        self.assertEqual({len(p.activity_ids) for p in self.of_role(campaign, "addressed")}, {1})

    def test_killed_half_way_nothing_is_sent_twice(self):
        """The server stops while it makes the fourth of eight mails, two of a transaction: two are
        there. The next run makes the others, and none twice."""
        campaign = self.ready(8, control_percent=0)
        partners = self.of_role(campaign, "addressed")
        actions = self.env[ACTION]
        do_email, made = type(actions)._do_email, []

        def until_killed(self, asker, partner):
            made.append(partner.id)
            if len(made) == 4:
                raise Killed
            return do_email(self, asker, partner)

        with in_background():
            action = self.act(campaign, "email", template_id=self.template().id)
            # Odoo's assertRaises would undo what was committed.
            with patch.object(type(actions), "_do_email", until_killed), suppress(Killed):
                self.run_killed()
            self.env.invalidate_all()
            self.assertEqual(len(made), 4)
            self.assertEqual(sum(map(len, self.mails(partners).values())), 2)
            self.assertEqual((action.state, action.done_count), ("running", 2))
            self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual({len(each) for each in self.mails(partners).values()}, {1})
        self.assertEqual((action.state, action.done_count), ("done", 8))
        # Nor does another run do anything.
        self.run_scheduler()
        self.assertEqual({len(each) for each in self.mails(partners).values()}, {1})

    def run_killed(self):
        """Run the queue in a transaction of its own, which is rolled back to what was committed."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr, user=1, su=True)[ACTION]._process_queue()

    def test_stopped_and_gone_on_with(self):
        campaign = self.ready(6, control_percent=0)
        with in_background():
            action = self.call(campaign)
            action.sudo()._go_on()
            self.assertEqual((action.state, action.done_count), ("running", 2))
            action.action_cancel()
            self.run_scheduler()
            self.env.invalidate_all()
            self.assertEqual((action.state, action.done_count), ("cancelled", 2))
            self.assertEqual(action.skipped_count, 4)
            action.action_resume()
            self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual((action.state, action.done_count), ("done", 6))
        self.assertEqual({len(p.activity_ids) for p in self.of_role(campaign, "addressed")}, {1})
        with self.assertRaisesRegex(UserError, "Only what was cancelled"):
            action.action_resume()

    def test_whoever_lost_the_permission(self):
        campaign = self.ready()
        with in_background():
            action = self.call(campaign)
            self.actor.group_ids -= self.env.ref(
                "customer_sales_report.group_customer_sales_campaign"
            )
            self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual((action.state, action.done_count), ("failed", 0))
        self.assertIn("may not act on campaigns any more", action.message)
        self.assertFalse(self.of_role(campaign, "addressed").activity_ids)

    def test_whoever_lost_the_right_to_what_is_done(self):
        """As the permission to see addresses, which mailing lists need."""
        campaign = self.ready()
        with in_background():
            action = self.call(campaign)
            self.actor.group_ids -= self.env.ref("base.group_partner_manager")
            self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual((action.state, action.done_count), ("failed", 0))
        self.assertIn("has no right to this any more", action.message)
        self.assertFalse(self.of_role(campaign, "addressed").activity_ids)

    def test_finished_campaigns_do_nothing(self):
        campaign = self.ready()
        with in_background():
            action = self.call(campaign)
            campaign.action_finish()
            self.run_scheduler()
        self.env.invalidate_all()
        self.assertEqual(action.state, "cancelled")
        self.assertFalse(self.of_role(campaign, "addressed").activity_ids)
