from odoo import fields, models
from odoo.tools import format_date, format_datetime

from ....tools.mailed import Mailed
from ....tools.number_text import number_text
from ....tools.terms import EXPORT_JOB
from ...mail_html import mail_html, queue_mail

TABLE_ROWS = 50  # in a mail
ATTACHED_BYTES = 10 * 2**20  # many mail servers take no more
VIEW_ACTIONS = {
    "customers": "action_customer_sales_profile",
    "comparison": "action_customer_sales_comparison_report",
    "overview": "action_customer_sales_overview",
}


class CustomerSalesSchedule(models.Model):
    """The mail of a scheduled report.

    The view's model makes what is in it, as its reader sees it, from the look of :meth:`_look`:
    ``_mailed`` the tables, and ``_mailed_file`` the request of the workbook.
    """

    _inherit = "customer.sales.schedule"

    def _make_mail(self, user):
        """A mail in Odoo's queue, which is noted in the log of exports.

        :param user: the recipient
        :return: the mail, in superuser mode, and how many rows it tells of
        :raise ScheduleEnded: if there can be no report for this user any more
        :raise UserError: if this one cannot be made
        """
        env = self._reader(user)
        model, look = self._look(env)
        attachments = env["ir.attachment"].sudo()
        if self.content == "workbook":
            job = self._write_workbook(model, look)
            row_count, values = job.line_count, self._workbook_words(env, job)
            if job.file_size <= ATTACHED_BYTES:
                attachments = attachments.create(
                    {
                        "name": job.file_name,
                        "raw": job.attachment_id.raw,
                        "mimetype": job.attachment_id.mimetype,
                        # Deleted with the mail
                        "res_model": "mail.message",
                        "res_id": 0,
                    }
                )
        else:
            mailed = model._mailed(look, TABLE_ROWS)
            row_count, values = mailed.row_count, self._table_words(mailed)
            self._log_table(env, mailed, look)
        body = self._mail_body(env, values)
        mail = queue_mail(env, self.name, body, self.user_id, attachments)
        return mail, row_count

    def _write_workbook(self, model, look):
        """The file of the report, as one of the recipient's own exports.

        :return: the export, in superuser mode
        """
        request = model._mailed_file(look)
        line_count = model.env[request.model].search_count(request.domain)
        job = model.env[EXPORT_JOB]._ask(request, line_count)
        job._run_at_once()
        return job

    def _log_table(self, env, mailed: Mailed, look):
        env["customer.sales.export.log"]._log_export(
            env[mailed.log_model],
            mailed.paths,
            domain=look.domain,
            row_count=mailed.row_count,
            file_name=env._("E-mail: %s", self.name),
        )

    # ---------------------------------------------------------------------------------------
    # What stands in it
    # ---------------------------------------------------------------------------------------

    def _table_words(self, mailed: Mailed) -> dict:
        return {"tables": mailed.tables, "words": mailed.words, "file": False}

    def _workbook_words(self, env, job) -> dict:
        is_attached = job.file_size <= ATTACHED_BYTES
        size = number_text(env, round(job.file_size / 2**20, 1))
        sentence = (
            env._("The workbook “%s” is attached.", job.file_name)
            if is_attached
            else env._(
                "The workbook “%(file)s” is too large for a mail (%(size)s MB). It waits for you "
                "in Odoo, under Exports › My Exports.",
                file=job.file_name,
                size=size,
            )
        )
        kept = env._("Odoo keeps it for you until %s.", format_date(env, job.expires_on))
        url = f"{self.get_base_url()}/odoo/customer-sales-exports/{job.id}"
        return {
            "tables": [],
            "words": [],
            "file": {"sentence": sentence, "kept": kept, "url": url},
        }

    def _mail_body(self, env, values: dict) -> str:
        """The mail in HTML, in the language of its reader and to be read in its direction.

        :param values: of :meth:`_table_words` or :meth:`_workbook_words`
        """
        readable = self.with_env(self.env(context={**self.env.context, "lang": env.lang}))
        url = self.get_base_url()
        return mail_html(
            env,
            "schedule_mail",
            self.name,
            {
                "made": env._(
                    "Made for you on %(moment)s, with what you may see. Set up by %(owner)s: "
                    "%(times)s.",
                    moment=format_datetime(env, fields.Datetime.now(), dt_format="short"),
                    owner=self.user_id.sudo().name,
                    times=readable.times,
                ),
                "view_url": self._view_url(url),
                "schedule_url": f"{url}/odoo/customer-sales-schedules/{self.id}",
                **values,
            },
        )

    def _view_url(self, url: str) -> str | None:
        """Where the view opens in Odoo; None where it has no address of its own."""
        schedule = self.sudo()
        if schedule.view in VIEW_ACTIONS:
            action = self.env.ref(f"customer_sales_report.{VIEW_ACTIONS[schedule.view]}").sudo()
        else:
            action = schedule.favorite_id.action_id
        return f"{url}/odoo/{action.path or f'action-{action.id}'}" if action else None

    def _preview(self) -> str:
        """The mail as the current user would get it now; nothing is sent, kept or noted."""
        env = self._reader(self.env.user)
        model, look = self._look(env)
        mailed = model._mailed(look, TABLE_ROWS)
        values = self._table_words(mailed)
        if self.content == "workbook":
            values["words"] = [
                env._("The workbook is attached. Its first rows:"),
                *mailed.words,
            ]
        return self._mail_body(env, values)
