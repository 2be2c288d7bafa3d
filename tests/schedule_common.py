"""Words for tests of scheduled reports: a schedule, the scheduler, and the mails that a test's
mail server was given."""

import email
from email import policy
from html import unescape
from io import BytesIO

from freezegun import freeze_time
from lxml import etree, html
from openpyxl import load_workbook

from odoo import Command
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .export_job_common import JobCommon

SCHEDULE = "customer.sales.schedule"
CRON = "customer_sales_report.ir_cron_customer_sales_schedule"
# A Friday, at 9 in Riyadh
NOW = "2026-04-10 06:00:00"


class ScheduleCommon(MockSmtplibCase, JobCommon):
    """The documents of ``ExportCommon``, and three users who may export: ``owner``, ``other`` and
    ``manager``. It is :data:`NOW`; all clocks show UTC unless a test says otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.owner | cls.other | cls.manager:
            user.write({"email": f"{user.login}@example.com", "tz": "UTC", "lang": "en_US"})
        cls.env["mail.mail"].sudo().search([("state", "=", "outgoing")]).unlink()

    def setUp(self):
        super().setUp()
        frozen = freeze_time(NOW)
        frozen.start()
        self.addCleanup(frozen.stop)
        self.favorite = self.new_favorite(self.domain)

    def new_favorite(self, domain, model="customer.sales.report", **values):
        """A favorite that groups by customer, the largest first, for everybody."""
        return self.env["ir.filters"].create(
            {
                "name": "Sales by customer",
                "model_id": model,
                "user_ids": False,
                "domain": repr(domain),
                "context": "{'group_by': ['commercial_partner_id']}",
                "sort": '["price_subtotal desc"]',
                **values,
            }
        )

    def schedule(self, *recipients, owner=None, **values):
        """A report of the favorite at 7 each day, as its owner sees it."""
        owner = owner or self.owner
        schedules = self.env(user=owner.id, su=False)[SCHEDULE].with_company(self.company)
        return schedules.create(
            {
                "name": "Our customers",
                "view": "favorite",
                "favorite_id": self.favorite.id,
                "company_ids": [Command.set(self.company.ids)],
                "frequency": "daily",
                "hour": "7",
                "recipient_ids": [
                    Command.create({"user_id": user.id}) for user in recipients or (owner,)
                ],
                **values,
            }
        )

    def due(self, schedule):
        """The time of the next report has come."""
        schedule.sudo().recipient_ids.next_date = "2026-04-10 05:00:00"
        return schedule

    def run_schedules(self, deliver=True):
        """The scheduler makes what is due, and Odoo's mail queue delivers it.

        :return: the app's mails that the mail server was given, not what users are told by Odoo
        """
        with self.enter_registry_test_mode():
            self.env.ref(CRON).sudo().method_direct_trigger()
        self.env.invalidate_all()
        return self.deliver() if deliver else []

    def deliver(self):
        with self.mock_smtplib_connection(), mute_logger("odoo.addons.mail.models.mail_mail"):
            self.env["mail.mail"].sudo().process_email_queue()
        mails = [
            email.message_from_string(each["message"], policy=policy.default)
            for each in self.emails
        ]
        return [mail for mail in mails if mail["X-Auto-Response-Suppress"]]

    def body(self, mail):
        """The mail as HTML."""
        return html.fromstring(mail.get_body(("html",)).get_content())

    def cells(self, mail, table=0):
        """The rows of a table in a mail, its headings first."""
        found = self.body(mail).findall(".//thead")[table].getparent()
        return [
            ["".join(cell.itertext()).strip() for cell in row.findall("*")]
            for row in found.iter("tr")
        ]

    def words(self, mail):
        return " ".join(
            unescape(etree.tostring(self.body(mail), method="text", encoding="unicode")).split()
        )

    def attached(self, mail):
        """The workbook of a mail."""
        [part] = mail.iter_attachments()
        return load_workbook(BytesIO(part.get_content()))

    def runs(self, schedule):
        """What became of the mails, the first one first: recipient and state."""
        runs = schedule.sudo().run_ids.sorted("id")
        return [(run.user_id, run.state) for run in runs]

    def notes(self, user):
        """The subjects and texts of what a user was told by Odoo."""
        messages = (
            self.env["mail.message"]
            .sudo()
            .search(
                [("partner_ids", "in", user.partner_id.ids), ("model", "=", SCHEDULE)], order="id"
            )
        )
        return [f"{each.subject}: {html.fromstring(each.body).text_content()}" for each in messages]
