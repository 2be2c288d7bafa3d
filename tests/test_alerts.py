"""What users are told of their customers: what has changed, once."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from ..models.alert.changes import State, changes, remembered
from .profile_common import CustomerSalesProfileCommon

ALERT = "customer.sales.alert"
LOGGER = "odoo.addons.customer_sales_report.models.alert.customer_sales_alert"
OWN = "customer_sales_report.group_customer_sales_user"


@tagged("post_install", "-at_install")
class TestAlerts(MockSmtplibCase, CustomerSalesProfileCommon):
    """Steady bought each 10 days until 1 June 2026: slowing from 15 days without a purchase,
    dormant from 20, lost from 30."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = new_test_user(
            cls.env,
            "alert_seller",
            OWN,
            company_id=cls.company.id,
            company_ids=cls.company.ids,
            email="seller@example.com",
            tz="UTC",
        )
        cls.env["mail.mail"].sudo().search([("state", "=", "outgoing")]).unlink()
        cls.env[ALERT].sudo().search([]).unlink()

    def setUp(self):
        super().setUp()
        self.steady = self.new_customer("Steady", user_id=self.seller.id)
        self.rival = self.new_customer("Somebody else's")
        for customer in (self.steady, self.rival):
            self.buys(
                customer,
                *(
                    (f"2026-{month}-{day}", 100)
                    for month, day in (("05", "02"), ("05", "12"), ("05", "22"), ("06", "01"))
                ),
            )

    def asks(self, day="2026-06-10", user=None, **values):
        """Alerts that a user asks for on a day, after its refresh."""
        self.night(day)
        with freeze_time(f"{day} 12:00:00"):
            return self.env(user=(user or self.seller).id, su=False)[ALERT].create(values)

    def night(self, day):
        """The refresh of a night."""
        entry = self.refresh(date.fromisoformat(day))
        entry.started_on = f"{day} 01:20:00"

    def told(self, day):
        """What the user is told on a day: the subjects and bodies of mails."""
        self.night(day)
        return self.tell(f"{day} 02:00:00")

    def tell(self, moment):
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref(
                "customer_sales_report.ir_cron_customer_sales_alert"
            ).sudo().method_direct_trigger()
        mails = self.env["mail.mail"].sudo().search([("state", "=", "outgoing")], order="id")
        found = [(mail.subject, mail.body_html) for mail in mails]
        mails.unlink()
        return found

    # -- What is told -----------------------------------------------------------------------

    def test_from_slowing_to_lost_and_back(self):
        """15, 20 and 30 days after 1 June, and the day after a purchase on 5 July."""
        self.asks()
        self.assertFalse(self.told("2026-06-15"))
        [(subject, body)] = self.told("2026-06-16")
        self.assertEqual(subject, "Customers: Slowing 1")
        self.assertIn("Steady", body)
        self.assertIn("06/01/2026", body)
        self.assertNotIn("Somebody else", body)
        self.assertFalse(self.told("2026-06-17"))
        self.assertEqual([each[0] for each in self.told("2026-06-21")], ["Customers: Dormant 1"])
        self.assertEqual([each[0] for each in self.told("2026-07-01")], ["Customers: Lost 1"])
        self.assertFalse(self.told("2026-07-05"))
        self.buys(self.steady, ("2026-07-05", 100))
        self.assertEqual([each[0] for each in self.told("2026-07-06")], ["Customers: Won Back 1"])
        self.assertFalse(self.told("2026-07-07"))

    def test_nothing_of_the_past(self):
        """Dormant when the user asks, lost a week later."""
        self.asks("2026-06-25")
        self.assertFalse(self.told("2026-06-26"))
        self.assertEqual([each[0] for each in self.told("2026-07-02")], ["Customers: Lost 1"])

    def test_turned_off_and_on_again(self):
        """What happened meanwhile is the past."""
        alert = self.asks()
        alert.active = False
        self.assertFalse(self.told("2026-06-22"))
        with freeze_time("2026-06-22 12:00:00"):
            alert.active = True
        self.assertFalse(self.told("2026-06-23"))
        self.assertEqual(len(self.told("2026-07-01")), 1)

    def test_only_what_is_asked_for(self):
        """Whoever asks for more later is not told of what has been."""
        alert = self.asks(is_slowing=False, is_dormant=False)
        self.assertFalse(self.told("2026-06-16"))
        alert.is_slowing = True
        self.assertFalse(self.told("2026-06-17"))
        self.assertFalse(self.told("2026-06-22"))
        self.assertEqual(len(self.told("2026-07-01")), 1)

    def test_a_customer_that_is_assigned_later(self):
        """What it was before is not told; what it becomes is."""
        self.asks()
        self.told("2026-06-22")
        self.rival.user_id = self.seller
        self.assertFalse(self.told("2026-06-23"))
        [(subject, _body)] = self.told("2026-07-02")
        self.assertEqual(subject, "Customers: Lost 2")

    def test_a_customer_that_is_taken_away(self):
        self.asks()
        self.steady.user_id = False
        self.assertFalse(self.told("2026-07-02"))

    def test_contacts_of_a_company(self):
        """As in the rules of profiles."""
        holding = self.new_customer("Holding", user_id=self.seller.id)
        self.rival.parent_id = holding
        self.asks()
        [(subject, _body)] = self.told("2026-06-16")
        self.assertEqual(subject, "Customers: Slowing 2")

    def big_customer(self):
        """Of 1,000 in two years, Tenth made 100, and Small 50. Both were last bought in 2025."""
        tenth, small = self.product_named("Tenth", 1), self.product_named("Small", 1)
        big = self.new_customer("Big", user_id=self.seller.id)
        for day, lines in (
            ("2025-10-01", ((tenth, 50), (small, 25))),
            ("2025-10-11", ((tenth, 25), (small, 15))),
            ("2025-10-21", ((tenth, 25), (small, 10))),
            ("2025-11-01", ((self.thing, 425),)),
            ("2026-05-25", ((self.thing, 425),)),
        ):
            invoice = self.env["account.move"].create(
                {
                    "move_type": "out_invoice",
                    "company_id": self.company.id,
                    "partner_id": big.id,
                    "invoice_date": day,
                    "invoice_line_ids": [
                        Command.create({"product_id": product.id, "quantity": quantity})
                        for product, quantity in lines
                    ],
                }
            )
            invoice.action_post()
        return big

    def test_a_product_of_a_customer_that_is_assigned_later(self):
        """What it had stopped before is not told either."""
        big = self.big_customer()
        big.user_id = False
        self.asks("2025-10-30")
        self.assertFalse(self.told("2026-06-10"))
        big.user_id = self.seller
        self.assertFalse([each for each in self.told("2026-06-11") if "Product" in each[0]])

    def test_a_product(self):
        self.big_customer()
        self.asks("2025-10-30")
        [(subject, body)] = [each for each in self.told("2026-06-10") if "Product" in each[0]]
        self.assertIn("Stopped a Product 1", subject)
        self.assertIn("Tenth", body)
        self.assertIn("10.0%", body)
        self.assertNotIn("Small", body)
        self.assertFalse([each for each in self.told("2026-06-11") if "Product" in each[0]])

    # -- When -------------------------------------------------------------------------------

    def test_once_a_day(self):
        """Refreshed twice on a day, by hand, the rest comes the day after."""
        self.asks()
        self.assertEqual(len(self.told("2026-06-16")), 1)
        self.refresh(date(2026, 6, 21)).started_on = "2026-06-16 09:00:00"
        self.assertFalse(self.tell("2026-06-16 09:30:00"))
        self.assertEqual(len(self.told("2026-06-22")), 1)

    def test_not_before_the_refresh_of_the_night(self):
        alert = self.asks()
        self.assertFalse(self.tell("2026-06-16 02:00:00"))
        self.night("2026-06-16")
        entry = (
            self.env["customer.sales.refresh"]
            .sudo()
            .create({"company_id": self.company.id, "kind": "full", "state": "running"})
        )
        self.assertFalse(self.tell("2026-06-16 02:00:00"))
        entry.state = "failed"
        self.assertEqual(len(self.tell("2026-06-16 02:00:00")), 1)
        self.assertEqual(str(alert.last_date), "2026-06-16 02:00:00")

    def test_the_refresh_calls_it(self):
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        entry = (
            self.env["customer.sales.refresh"]
            .sudo()
            .create({"company_id": self.company.id, "kind": "full"})
        )
        with patch.object(type(self.env["ir.cron"]), "_commit_progress"):
            entry._run_entry()
        crons = self.env["ir.cron.trigger"].sudo().search([]).cron_id
        self.assertIn(self.env.ref("customer_sales_report.ir_cron_customer_sales_alert"), crons)

    def test_failing_half_way(self):
        """Neither a mail nor noted as told; it comes with the next run."""
        self.asks()
        self.night("2026-06-16")
        alert = self.env[ALERT].sudo().search([])
        before = alert.told
        with (
            patch.object(type(alert), "_send_mail", side_effect=ZeroDivisionError),
            freeze_time("2026-06-16 02:00:00"),
            self.assertRaises(ZeroDivisionError),
            self.env.cr.savepoint(),
        ):
            alert._tell()
        self.env.invalidate_all()
        self.assertEqual(alert.told, before)
        self.assertEqual(len(self.tell("2026-06-16 02:10:00")), 1)

    def test_one_that_fails_keeps_no_other(self):
        colleague = self.seller.copy({"login": "alert_colleague", "email": "two@example.com"})
        self.asks()
        with freeze_time("2026-06-10 12:00:00"):
            self.env(user=colleague.id, su=False)[ALERT].create({})
        self.rival.user_id = colleague
        with freeze_time("2026-06-10 13:00:00"):
            self.env[ALERT].sudo().search([])._learn()
        send = type(self.env[ALERT])._send_mail

        def send_mail(alert, *args):
            if alert.user_id == self.seller:
                raise ZeroDivisionError
            return send(alert, *args)

        with patch.object(type(self.env[ALERT]), "_send_mail", send_mail), mute_logger(LOGGER):
            [(_subject, body)] = self.told("2026-06-16")
        self.assertIn("Somebody else", body)
        [(_subject, body)] = self.tell("2026-06-16 02:10:00")
        self.assertIn("Steady", body)

    # -- How --------------------------------------------------------------------------------

    def test_an_activity(self):
        self.asks(channel="activity")
        self.assertFalse(self.told("2026-06-16"))
        activity = self.env["mail.activity"].sudo().search([("user_id", "=", self.seller.id)])
        self.assertEqual(activity.summary, "Customers: Slowing 1")
        self.assertIn("Steady", activity.note)
        self.assertEqual(str(activity.date_deadline), "2026-06-16")

    def test_a_mail_in_arabic(self):
        self.env["res.lang"]._activate_lang("ar_001")
        self.seller.lang = "ar_001"
        self.asks()
        [(_subject, body)] = self.told("2026-06-16")
        self.assertIn('dir="rtl"', body)
        self.assertNotIn('dir="ltr"', body)
        self.assertIn("العميل", body)

    def test_it_is_logged(self):
        self.asks()
        self.told("2026-06-16")
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual((entry.user_id, entry.row_count), (self.seller, 1))
        self.assertEqual(entry.file_name, "E-mail: Customers: Slowing 1")

    def test_without_an_address(self):
        self.seller.email = False
        sentence = "has no e-mail address"
        with self.assertRaisesRegex(ValidationError, sentence), self.env.cr.savepoint():
            self.asks()
        self.asks(channel="activity")

    def test_users_who_are_gone(self):
        """Nothing is told to the archived, and to those who have lost the level."""
        for change in (
            lambda: setattr(self.seller, "active", False),
            lambda: setattr(self.seller, "group_ids", self.env.ref("base.group_user")),
        ):
            alert = self.asks()
            change()
            self.assertFalse(self.told("2026-06-16"))
            self.assertFalse(alert.sudo().active)
            alert.sudo().unlink()
            self.seller.active = True

    # -- Whose ------------------------------------------------------------------------------

    def test_nobody_elses(self):
        alert = self.asks()
        other = new_test_user(
            self.env,
            "alert_manager",
            "customer_sales_report.group_customer_sales_manager",
            email="m@example.com",
        )
        theirs = self.env(user=other.id, su=False)[ALERT]
        self.assertFalse(theirs.with_context(active_test=False).search([]))
        for call in (
            lambda: theirs.browse(alert.id).read(["channel"]),
            lambda: theirs.browse(alert.id).write({"channel": "activity"}),
            lambda: theirs.browse(alert.id).unlink(),
            lambda: theirs.create({"user_id": self.seller.id}),
            lambda: alert.write({"user_id": other.id}),
            lambda: alert.write({"told": {}}),
            lambda: alert.read(["told"]),
            lambda: alert.write({"last_date": False}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                call()

    def test_one_a_user(self):
        alert = self.asks()
        mine = self.env(user=self.seller.id, su=False)[ALERT]
        self.assertEqual(mine.action_open_mine()["res_id"], alert.id)
        alert.active = False
        self.assertEqual(mine.action_open_mine()["res_id"], alert.id)
        alert.unlink()
        self.assertFalse(mine.action_open_mine()["res_id"])

    # -- The comparison ---------------------------------------------------------------------

    def test_changes(self):
        before = State(
            {
                "1": ["active", "2026-01-01"],
                "2": ["lost", "2026-01-01"],
                "3": ["slowing", "2026-01-01"],
                "4": ["lost", "2026-01-01"],
            },
            {7: None},
        )
        now = State(
            {
                "1": ["lost", "2026-01-01"],
                "2": ["dormant", "2026-01-01"],
                "3": ["new", "2026-02-01"],
                "4": ["active", "2026-02-01"],
                "5": ["lost", "2026-01-01"],
            },
            {7: 1, 9: 2, 11: 5},
        )
        self.assertEqual(changes(before, now), {"lost": [1], "won_back": [4], "stopped": [9]})

    def test_one_that_wavers_is_told_once(self):
        """Without a purchase nobody recovers, whatever a prediction says meanwhile."""
        before = State({"1": ["active", "2026-01-01"], "2": ["lost", "2026-01-01"]})
        nights = [
            (("slowing", "2026-01-01"), {"slowing": [1]}),
            (("active", "2026-01-01"), {}),
            (("slowing", "2026-01-01"), {}),
            (("dormant", "2026-01-01"), {"dormant": [1]}),
            (("slowing", "2026-01-01"), {}),
            (("lost", "2026-01-01"), {"lost": [1]}),
            (("active", "2026-03-01"), {"won_back": [1]}),
            (("slowing", "2026-03-01"), {"slowing": [1]}),
        ]
        for (status, day), expected in nights:
            now = State({"1": [status, day], "2": ["lost", "2026-01-01"]})
            self.assertEqual(changes(before, now), expected)
            before = remembered(before, now)
