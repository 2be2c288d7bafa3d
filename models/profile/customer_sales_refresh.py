import logging
import time
from datetime import date, datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...tools.notification import notification
from ...tools.server_limits import long_work
from ...tools.terms import MANAGER_GROUP, REPORT, UNFINISHED
from . import changed_documents, profile_derivation
from .noted_settings import settings_fingerprint
from .purchase_derivation import derive_purchases

_logger = logging.getLogger(__name__)

LOCK = 0x4353_5052  # of the refresh of a company, with the company's id
#: So much earlier than the last refresh began, documents may have been written that it did not see:
#: they carry the time at which their transaction began.
OVERLAP = timedelta(hours=1)
#: From so many changed documents on, deriving all is faster.
MANY_DOCUMENTS = 100_000
#: Up to so many documents are looked at while the app is being installed.
FEW_DOCUMENTS = 20_000
KEPT = timedelta(days=90)
ATTEMPTS = 3
CRON = "customer_sales_report.ir_cron_customer_sales_refresh"


class RefreshedAlready(UserError):
    """Another refresh of the company is at work."""


class CustomerSalesRefresh(models.Model):
    """A refresh of the stored tables of one company: the log, and the work itself. The app alone
    writes it: the next refresh goes by when the last one began.

    Each refresh is one transaction: whoever reads meanwhile, or after it failed, sees the state
    before. Two never run at once for a company.
    """

    _name = "customer.sales.refresh"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Refreshes of Customers"
    _order = "id desc"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("light", "Changed Documents"), ("full", "All Documents")],
        required=True,
        readonly=True,
        help="Changed Documents: those written since the last refresh, and their customers. All "
        "Documents: everything is derived anew, and the limits of the scores too.",
    )
    state = fields.Selection(
        [("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        string="Status",
        required=True,
        default="waiting",
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", string="Asked for by", readonly=True, help="Empty: the scheduler."
    )
    started_on = fields.Datetime(readonly=True)
    seconds = fields.Float(string="Duration", readonly=True, digits=(16, 1))
    as_of = fields.Date(
        string="Day",
        readonly=True,
        help="Documents count until the end of this day of the company.",
    )
    tz = fields.Char(string="Time Zone", readonly=True, help="It told on which day a receipt fell.")
    progress = fields.Integer(readonly=True, help="How much has been done, in percent.")
    documents = fields.Integer(readonly=True, help="Documents that were derived anew.")
    differences = fields.Integer(
        readonly=True,
        help="Rows of purchases, customers and their products that were not what the documents "
        "say, and were put right. After a refresh of all documents, a number above 0 tells of "
        "changes that the refreshes before it did not notice, such as a product's cost of today "
        "where none was recorded with a sale.",
    )
    rescored = fields.Integer(
        string="Scores and Medians Changed",
        readonly=True,
        help="Customers whose scores, segment or class changed because the limits did, or of whom "
        "something else is predicted because the predictions were fitted anew, and products of "
        "customers whose median price changed.",
    )
    message = fields.Text(readonly=True, help="Why it failed.")

    # ---------------------------------------------------------------------------------------
    # The work
    # ---------------------------------------------------------------------------------------

    @api.model
    def _run(self, companies, *, full: bool = False, as_of: date | None = None):
        """Refresh companies in this transaction; return the entries of the log."""
        entries = self.create(
            [
                {"company_id": company.id, "kind": "full" if full else "light"}
                for company in companies
            ]
        )
        changed = entries._find_changes()
        for entry in entries:
            entry.write(entry._refresh_company(as_of, changed))
        self.env["customer.sales.product"]._create_indexes()
        return entries

    def _find_changes(self) -> changed_documents.ChangedDocuments | None:
        """The documents that have changed since the last refresh of each of the companies; None
        where none of these entries looks at changed documents alone."""
        companies = self.filtered(lambda entry: entry.kind == "light").company_id
        last = [entry for company in companies if (entry := self._last(company))]
        if not last:
            return None
        self.env.flush_all()
        report = self.env(su=True, context={"allowed_company_ids": companies.ids})[REPORT]
        since = min(entry.started_on for entry in last) - OVERLAP
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
        return changed_documents.find(report, since)

    def _refresh_company(
        self,
        as_of: date | None = None,
        changed: changed_documents.ChangedDocuments | None = None,
        note=lambda percent: None,
    ) -> dict:
        """Do the work of one entry.

        The entry itself is left alone: meanwhile others note in it how far the work is, and this
        transaction could not be committed if it wrote there too.

        :param changed: the documents to look at; all by default
        :param note: called with how much has been done, in percent
        :return: what is to be written to the entry
        :raise UserError: if another refresh of the company is running
        """
        self.ensure_one()
        started = time.monotonic()
        company = self.company_id
        self._lock(company)
        # Compiling these statements takes longer than it saves, above all where little has changed.
        self.env.cr.execute(SQL("SET LOCAL jit = off"))
        self.env.flush_all()
        last = self._last(company)
        report = self._report(company)
        day = as_of or self._today(company)
        started_on, tz = self.env.cr.now(), report.env.context["tz"]
        is_light = self.kind == "light" and changed and changed.count <= MANY_DOCUMENTS
        # In another time zone, receipts that nobody touched fall on other days.
        if is_light and last and last.tz == tz:
            # Others may have been written since they were looked for.
            started_on = min(started_on, changed.found_on)
            result = self._derive_changes(report, day, changed, note)
        else:
            result = self._derive_all(report, day, note)
        self.env["customer.sales.purchase"].invalidate_model()
        self.env["customer.sales.profile"].invalidate_model()
        return {
            "state": "done",
            "progress": 100,
            "started_on": started_on,
            "as_of": day,
            "tz": tz,
            "seconds": time.monotonic() - started,
            **result,
        }

    def _derive_all(self, report, day, note) -> dict:
        env, company = self.env, self.company_id
        predictions = env["customer.sales.prediction"]
        products = report.env["customer.sales.product"]
        purchases, documents = derive_purchases(report)
        note(50)
        fits = predictions._fit(report, day)
        note(65)
        bought = products._derive_documents(report, day)
        profile_derivation.derive_facts(env, company, day, products=bought)
        note(85)
        # First by the limits and fits until now: what differs then are changes that were missed.
        new_limits = profile_derivation.score_limits(env.cr, company, day)
        old_limits = company.customer_sales_score_limits or new_limits
        if not predictions._current(company):
            predictions._keep(fits)
        predictions._predict(company, day)
        profiles = profile_derivation.derive_profiles(env, company, day, old_limits)
        predictions._keep(fits)
        predictions._predict(company, day)
        rescored = profile_derivation.derive_profiles(env, company, day, new_limits).total
        company.customer_sales_score_limits = new_limits
        self._note_settings(day)
        note(90)
        of_products = products._derive_all(day)
        return {
            "kind": "full",
            "documents": documents,
            "differences": purchases.total + profiles.total + of_products.differences,
            "rescored": rescored + of_products.moved,
        }

    def _derive_changes(self, report, day, changed, note) -> dict:
        """Derive documents anew and what follows from them."""
        env, company = self.env, self.company_id
        products = report.env["customer.sales.product"]
        before = changed.customers(company.id)
        purchases, documents = derive_purchases(report, changed.ids)
        note(50)
        customers = before | changed.customers(company.id)
        customers |= changed_documents.outdated_customers(report, day, customers)
        # Of a new day, or with other settings, all follow anew.
        among = None if self._note_settings(day) else sorted(customers)
        differences = purchases.total
        if among == []:
            # A customer may have gone with all its documents.
            profile_derivation.update_places(env.cr, company)
        else:
            bought = products._derive_documents(report, day, among)
            profile_derivation.derive_facts(env, company, day, among, products=bought)
            env["customer.sales.prediction"]._predict(company, day, among)
            note(80)
            limits = company.customer_sales_score_limits
            differences += profile_derivation.derive_profiles(
                env, company, day, limits, among
            ).total
            differences += products._derive_changes(day, among)
        return {"documents": documents, "differences": differences}

    def _note_settings(self, day: date) -> bool:
        """Note the day and settings that profiles and products are derived by; return whether they
        have changed."""
        company = self.company_id
        found = settings_fingerprint(self.env, company, day)
        if found == company.customer_sales_noted_settings:
            return False
        company.customer_sales_noted_settings = found
        return True

    @api.model
    def _lock(self, company):
        [[is_free]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, company.id)
        )
        if not is_free:
            raise RefreshedAlready(
                self.env._(
                    "The customers of %s are being refreshed already. Wait for that to end.",
                    company.name,
                )
            )

    @api.model
    def _last(self, company):
        """The last refresh of a company's documents that was completed."""
        return self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "done"),
                ("kind", "in", ("light", "full")),
            ],
            limit=1,
        )

    @api.model
    def _report(self, company):
        """The sales lines of one company alone, in its currency and on its days."""
        # Not the time zone and companies of whoever asks
        context = {
            "allowed_company_ids": company.ids,
            "tz": company._customer_sales_timezone(),
            "active_test": False,
        }
        return self.env(su=True, context=context)[REPORT]

    @api.model
    def _today(self, company) -> date:
        return datetime.now(pytz.timezone(company._customer_sales_timezone())).date()

    # ---------------------------------------------------------------------------------------
    # The scheduler
    # ---------------------------------------------------------------------------------------

    @api.model
    def _run_scheduled(self, full: bool = False):
        """Refresh all companies, each in a transaction of its own; those that somebody asked for
        first.

        :param full: derive everything anew
        """
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "waiting")], order="id")
        self.search([("state", "=", "running")])._note_killed()
        asked_for = waiting.filtered(lambda entry: entry.kind == "full" or not full).company_id
        companies = self.env["res.company"].search([("active", "=", True)]) - asked_for
        entries = waiting | self.create(
            [
                {"company_id": company.id, "kind": "full" if full else "light"}
                for company in companies
            ]
        )
        changed = entries._find_changes()
        cron._commit_progress(remaining=len(entries))
        for entry in entries:
            entry._run_entry(changed)
            if entry.state == "waiting" and entry.kind == "light":
                entry.unlink()  # the next refresh of changed documents finds the same
            if not cron._commit_progress(1):
                break
        if changed:
            changed.forget()
        with long_work() as note_progress:

            def note_index():
                note_progress()
                cron._commit_progress()

            self.env["customer.sales.product"]._create_indexes(note_index)

    def _run_entry(self, changed: changed_documents.ChangedDocuments | None = None):
        """Do the work of one entry, whatever comes of it; ends with a transaction to commit.

        :param changed: as for :meth:`_refresh_company`
        """
        self.ensure_one()
        self.write({"state": "running", "started_on": self.env.cr.now(), "progress": 0})
        self.env["ir.cron"]._commit_progress()
        with long_work() as note_progress:

            def note(percent):
                note_progress()
                with self.env.registry.cursor() as cr:
                    cr.execute(
                        SQL(
                            "UPDATE customer_sales_refresh SET progress = %s WHERE id = %s",
                            percent,
                            self.id,
                        )
                    )

            for attempt in reversed(range(ATTEMPTS)):
                try:
                    result = self._refresh_company(changed=changed, note=note)
                    self.env["ir.cron"]._commit_progress()
                    self.write(result)
                    break
                except Exception as error:
                    self.env.cr.rollback()
                    self.invalidate_recordset()
                    # Somebody deleted a document meanwhile, or saved the settings.
                    is_disturbed = isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)
                    if is_disturbed and attempt:
                        continue
                    if is_disturbed or isinstance(error, RefreshedAlready):
                        # What somebody asked for, or the night, waits for its next turn.
                        self.write({"state": "waiting", "started_on": False})
                        break
                    if not isinstance(error, UserError):
                        _logger.exception("Refresh of company %s failed", self.company_id.id)
                    self._fail(str(error))
                    break

    def _note_killed(self):
        for entry in self:
            [[is_free]] = self.env.execute_query(
                SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, entry.company_id.id)
            )
            if is_free:
                entry._fail(
                    self.env._(
                        "The server stopped under it. The customers are as they were before."
                    )
                )

    def _fail(self, message: str):
        self.write({"state": "failed", "message": message})
        managers = self.env.ref(MANAGER_GROUP).all_user_ids.filtered(
            lambda user: self.company_id in user.company_ids
        )
        managers._bus_send(
            "simple_notification",
            {
                "type": "danger",
                "sticky": True,
                "title": self.env._("Customer Sales"),
                "message": self.env._("The customers could not be refreshed: %s", message),
            },
        )

    @api.autovacuum
    def _gc_old(self):
        """Delete old entries, but the last completed one of each company."""
        old = self.search([("started_on", "<", fields.Datetime.now() - KEPT)])
        kept = self.browse(self._last(company).id for company in old.company_id)
        (old - kept).unlink()

    # ---------------------------------------------------------------------------------------
    # What users see of it
    # ---------------------------------------------------------------------------------------

    @api.model
    def action_refresh_now(self):
        """Have the selected companies refreshed from all documents, in the background.

        :return: a notification
        :raise AccessError: for whoever is no administrator of the app
        """
        self.check_access("read")
        self.sudo()._ask_for(self.env.companies)
        return notification(
            self.env._(
                "The customers are being refreshed. The log of refreshes tells how far it is."
            )
        )

    @api.model
    def _first_build(self):
        """After the app was installed or got these tables: at once where documents are few, else in
        the background, so that nobody waits for it."""
        companies = self.env["res.company"].search([("active", "=", True)])
        # Both tables may have millions of rows.
        [[documents]] = self.env.execute_query(
            SQL(
                "SELECT (SELECT COUNT(*) FROM (SELECT FROM account_move LIMIT %(many)s) moves) "
                "+ (SELECT COUNT(*) FROM (SELECT FROM pos_order LIMIT %(many)s) receipts)",
                many=FEW_DOCUMENTS + 1,
            )
        )
        if documents <= FEW_DOCUMENTS:
            self._run(companies, full=True)
        else:
            self._ask_for(companies)

    @api.model
    def _ask_for(self, companies):
        """Have companies refreshed in full as soon as the scheduler can."""
        pending = self.search([("state", "=", "waiting"), ("kind", "=", "full")]).company_id
        self.create(
            [
                {"company_id": company.id, "kind": "full", "user_id": self.env.uid}
                for company in companies - pending
            ]
        )
        self.env.ref(CRON)._trigger()

    @api.model
    @api.readonly
    def state_of(self) -> dict:
        """What the screens say of the state of the selected companies.

        :return: ``as_of``: when the oldest of the last refreshes began, None before the first;
            ``progress`` of what waits or runs, in percent, None where nothing does; for
            administrators ``message``: why the last refresh failed, where it did
        """
        self.env["customer.sales.profile"].check_access("read")
        companies = self.env.companies
        entries = self.sudo()
        last = [entries._last(company) for company in companies]
        unfinished = entries.search(
            [("company_id", "in", companies.ids), ("state", "in", UNFINISHED)]
        )
        is_manager = self.env.user.has_group(MANAGER_GROUP)
        as_of = None
        if all(last):
            as_of = fields.Datetime.to_string(min(entry.started_on for entry in last))
        return {
            "as_of": as_of,
            "progress": self._progress_of(companies, unfinished) if unfinished else None,
            "is_manager": is_manager,
            "message": entries._failure(companies) if is_manager else None,
        }

    @api.model
    def _progress_of(self, companies, unfinished) -> int:
        """How far the refreshes of companies are together, in percent."""
        left = {}
        for entry in unfinished:
            left[entry.company_id] = max(left.get(entry.company_id, 0), 100 - entry.progress)
        return 100 - sum(left.values()) // len(companies)

    @api.model
    def _failure(self, companies) -> str | None:
        """Why the last refresh of one of the companies failed, if it did."""
        for company in companies:
            ended = self.search(
                [("company_id", "=", company.id), ("state", "in", ("done", "failed"))], limit=1
            )
            if ended.state == "failed":
                return ended.message or self.env._("See the log of refreshes.")
        return None
