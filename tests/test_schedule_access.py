"""Who may have scheduled reports and alerts, and see whose: every kind of user of the access
matrix."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .access_common import AccessCommon

SCHEDULE, RECIPIENT, RUN, ALERT = (
    "customer.sales.schedule",
    "customer.sales.schedule.recipient",
    "customer.sales.schedule.run",
    "customer.sales.alert",
)

# Kind of user -> whether it may have a scheduled report; what it sees of one that "own, contacts,
# export" has with "all, margins, export" as its recipient; whether it may change that one; and
# whether it may have alerts.
EXPECTED = """
kind of user               has    sees       changes  alerts
no access                  no     nothing    no       no
accountant only            no     nothing    no       no
salesman only              no     nothing    no       no
cashier only               no     nothing    no       no
permissions, no level      no     nothing    no       no
portal                     no     nothing    no       no
public                     no     nothing    no       no
own customers              no     nothing    no       yes
own, margins               no     nothing    no       yes
own, contacts, export      yes    all        yes      yes
all customers              no     nothing    no       yes
all, margins, export       yes    own part   no       yes
all, in company 2          no     nothing    no       yes
all, in two companies      no     nothing    no       yes
administrator              no     all        no       yes
administrator, everything  yes    all        yes      yes
"""


@tagged("post_install", "-at_install")
class TestScheduleAccess(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.users.values():
            user.sudo().email = f"{user.login}@example.com"
        cls.owner = cls.users["own, contacts, export"]
        cls.recipient = cls.users["all, margins, export"]
        cls.schedule = (
            cls.env(user=cls.owner.id, su=False)[SCHEDULE]
            .create(
                {
                    "name": "Theirs",
                    "company_ids": [Command.set(cls.company_1.ids)],
                    "recipient_ids": [
                        Command.create({"user_id": user.id}) for user in cls.owner | cls.recipient
                    ],
                }
            )
            .sudo()
        )
        cls.runs = cls.env[RUN].sudo()
        for user in cls.owner | cls.recipient:
            cls.runs += cls.runs.create(
                {"schedule_id": cls.schedule.id, "user_id": user.id, "state": "sent"}
            )

    def each(self):
        for line in EXPECTED.strip().splitlines()[1:]:
            kind, *cells = (cell.strip() for cell in line.split("  ") if cell.strip())
            yield kind, self.users[kind], *cells

    def assertMay(self, may, user, model, method, *args):  # noqa: N802
        """Whether a call is answered, which leaves nothing behind."""
        savepoint = self.env.cr.savepoint()
        try:
            outcome = self.outcome(user, model, method, *args)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        is_refused = isinstance(outcome, type) and issubclass(outcome, UserError)
        self.assertEqual(is_refused, not may, (method, outcome))

    def test_having_one(self):
        for kind, user, has, _sees, _changes, alerts in self.each():
            companies = [Command.set(user.company_ids.ids)]
            lines = [Command.create({"user_id": user.id})]
            values = {"name": "Mine", "company_ids": companies, "recipient_ids": lines}
            with self.subTest(user=kind):
                self.assertMay(has == "yes", user, SCHEDULE, "create", [values])
                self.assertMay(alerts == "yes", user, ALERT, "create", [{}])

    def test_seeing_another_users(self):
        for kind, user, _has, sees, _changes, _alerts in self.each():
            counts = {"nothing": (0, 0, 0), "own part": (1, 1, 1), "all": (1, 2, 2)}[sees]
            with self.subTest(user=kind):
                found = []
                for model, name in (
                    (SCHEDULE, "id"),
                    (RECIPIENT, "schedule_id"),
                    (RUN, "schedule_id"),
                ):
                    domain = [(name, "=", self.schedule.id)]
                    ids = self.outcome(user, model, "search", domain)
                    found.append(len(ids) if isinstance(ids, list) else 0)
                self.assertEqual(tuple(found), counts)
                for records in (self.schedule, self.schedule.recipient_ids, self.runs):
                    is_read = isinstance(
                        self.outcome(user, records._name, "read", records.ids), list
                    )
                    self.assertEqual(
                        is_read, sees == "all" or (sees == "own part" and len(records) == 1)
                    )
                self.assertMay(
                    sees != "nothing", user, SCHEDULE, "action_preview", self.schedule.ids
                )

    def test_a_recipients_form(self):
        """It shows no other recipient, whatever was asked before."""
        fields = {
            "stopped_count": {},
            "is_recipient": {},
            "recipient_ids": {"fields": {"user_id": {"fields": {"display_name": {}}}, "note": {}}},
            "run_ids": {"fields": {"user_id": {"fields": {"display_name": {}}}, "message": {}}},
        }
        [form] = self.rpc(self.recipient, SCHEDULE, "web_read", self.schedule.ids, fields)
        for name in ("recipient_ids", "run_ids"):
            self.assertEqual([line["user_id"]["id"] for line in form[name]], self.recipient.ids)
        self.assertTrue(form["is_recipient"])

    def test_changing_another_users(self):
        lines = self.schedule.recipient_ids
        new = {"schedule_id": self.schedule.id}
        line = {**new, "user_id": self.users["administrator, everything"].id}
        for kind, user, _has, _sees, changes, _alerts in self.each():
            may = changes == "yes"
            with self.subTest(user=kind):
                self.assertMay(may, user, SCHEDULE, "write", self.schedule.ids, {"name": "Ours"})
                self.assertMay(may, user, SCHEDULE, "action_send_now", self.schedule.ids)
                self.assertMay(may, user, RECIPIENT, "action_resume", lines.ids)
                line = {
                    "schedule_id": self.schedule.id,
                    "user_id": self.users["administrator, everything"].id,
                }
                self.assertMay(may, user, RECIPIENT, "create", [line])
                deletes = may or kind == "administrator"
                self.assertMay(deletes, user, SCHEDULE, "unlink", self.schedule.ids)
                self.assertMay(deletes, user, RECIPIENT, "unlink", lines.ids)
                for method, args in (
                    (
                        "create",
                        [{"schedule_id": self.schedule.id, "user_id": user.id, "state": "sent"}],
                    ),
                    ("write", [{"state": "failed"}]),
                    ("unlink", []),
                ):
                    ids = [] if method == "create" else [self.runs.ids]
                    self.assertMay(False, user, RUN, method, *ids, *args)

    def test_what_the_app_alone_notes(self):
        """Nobody sends mails by writing when they are due, or hides what has failed."""
        owner, line = self.owner, self.schedule.recipient_ids[0]
        for name, value in (
            ("next_date", "2020-01-01 00:00:00"),
            ("last_date", False),
            ("is_wanted", True),
            ("state", "stopped"),
            ("failures", 0),
            ("starts", 0),
            ("message", "Hello"),
        ):
            with self.subTest(name):
                self.assertMay(False, owner, RECIPIENT, "write", line.ids, {name: value})
        self.assertMay(
            False, owner, SCHEDULE, "write", self.schedule.ids, {"user_id": self.recipient.id}
        )
        self.assertMay(
            False, owner, SCHEDULE, "create", [{"name": "X", "user_id": self.recipient.id}]
        )

    def test_not_into_another_users(self):
        """A line of one's own report cannot be moved into another's."""
        user, values = self.recipient, {"schedule_id": self.schedule.id}
        lines = [Command.create({"user_id": self.users["administrator, everything"].id})]
        mine = self.rpc(user, SCHEDULE, "create", [{"name": "Mine", "recipient_ids": lines}])
        line = self.env[RECIPIENT].sudo().search([("schedule_id", "=", mine[0])])
        self.assertMay(False, user, RECIPIENT, "write", line.ids, values)

    def test_menus(self):
        for kind, user, has, _sees, _changes, alerts in self.each():
            if kind in ("portal", "public"):
                continue
            with self.subTest(user=kind):
                menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
                for name, expected in (("schedule", has), ("alert", alerts)):
                    menu = self.env.ref(f"customer_sales_report.menu_customer_sales_{name}")
                    self.assertEqual(menu.id in menus, expected == "yes", name)
