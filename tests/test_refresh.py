"""Stored tables stay true: after any edit, a light refresh leaves what a full one would give."""

import random
from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.profile import customer_sales_refresh, profile_derivation
from .common import CustomerSalesPosCommon
from .profile_common import CustomerSalesProfileCommon

SEEDS = range(4)
EDITS_A_SEED = 12
TODAY = date(2026, 6, 30)


class Edits:
    """What happens to documents and customers in a business, each by Odoo's own flow."""

    def __init__(self, test, seed):
        self.test, self.random = test, random.Random(seed)
        self.customers = [test.new_customer(f"Customer {number}") for number in range(3)]
        self.contacts = [
            test.env["res.partner"].create({"name": f"Contact {n}", "parent_id": one.id})
            for n, one in enumerate(self.customers)
        ]
        self.products = [test.thing, test.mug, test.lamp]

    def some_day(self):
        month = self.random.randint(1, 18)
        return (
            f"{2025 + (month - 1) // 12}-{(month - 1) % 12 + 1:02}-{self.random.randint(1, 28):02}"
        )

    def customer(self):
        return self.random.choice([*self.customers, *self.contacts]).exists() or self.customers[0]

    def line(self):
        return self.random.choice(self.products), self.random.randint(1, 9)

    def invoices(self, *states):
        found = self.test.env["account.move"].search(
            [
                ("company_id", "=", self.test.company.id),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("state", "in", states),
                ("pos_order_ids", "=", False),
            ]
        )
        return self.random.choice(found) if found else found

    def receipts(self, *domain):
        found = self.test.env["pos.order"].search(
            [("company_id", "=", self.test.company.id), *domain]
        )
        return self.random.choice(found) if found else found

    def invoice(self):
        kind = self.random.choice(["out_invoice", "out_invoice", "out_receipt"])
        self.test.invoice(
            self.line(), self.line(), partner=self.customer(), day=self.some_day(), move_type=kind
        )

    def invoice_an_order(self):
        order = self.test.sales_order(self.line(), partner=self.customer())
        self.test.invoice_order(order, day=self.some_day())

    def receipt(self):
        partner = self.random.choice([None, self.customer()])
        self.test.receipt(self.line(), partner=partner, moment=f"{self.some_day()} 22:30:00")

    def invoice_a_receipt(self):
        receipt = self.receipts(("account_move", "=", False), ("partner_id", "!=", False))
        if receipt and receipt.amount_total > 0:
            self.test.invoice_receipts(receipt, day=self.some_day())

    def refund(self):
        receipt = self.receipts(("amount_total", ">", 0))
        if receipt and not receipt.refund_orders_count:
            self.test.refund(receipt, moment=f"{self.some_day()} 10:00:00")

    def credit(self):
        if (invoice := self.invoices("posted")) and invoice.move_type == "out_invoice":
            self.test.credit(invoice, day=self.some_day())

    def reset(self):
        if invoice := self.invoices("posted"):
            invoice.button_draft()

    def post(self):
        if invoice := self.invoices("draft"):
            invoice.action_post()

    def cancel(self):
        if invoice := self.invoices("draft"):
            invoice.button_cancel()

    def delete(self):
        if invoice := self.invoices("draft", "cancel"):
            invoice.with_context(force_delete=True).unlink()

    def delete_at_once(self):
        """Between two refreshes a document is reset and deleted: nothing is left of it."""
        if invoice := self.invoices("posted"):
            invoice.button_draft()
            invoice.with_context(force_delete=True).unlink()

    def change_date(self):
        if invoice := self.invoices("posted"):
            invoice.button_draft()
            invoice.name = False  # numbers go by the year
            invoice.invoice_date = self.some_day()
            invoice.action_post()

    def change_lines(self):
        if invoice := self.invoices("posted"):
            invoice.button_draft()
            invoice.invoice_line_ids[:1].quantity = self.random.randint(1, 20)
            invoice.action_post()

    def change_salesperson(self):
        if invoice := self.invoices("posted"):
            invoice.invoice_user_id = self.random.choice([self.test.env.user.id, False])

    def change_customer_of_receipt(self):
        if receipt := self.receipts(("account_move", "=", False)):
            receipt.partner_id = self.customer()

    def move_contact(self):
        contact = self.random.choice(self.contacts).exists()
        contact.parent_id = self.random.choice(self.customers).exists()

    def archive(self):
        self.random.choice(self.contacts).exists().active = False

    def merge(self):
        self._merge_two_of(self.contacts)

    def merge_customers(self):
        self._merge_two_of(self.customers)

    def _merge_two_of(self, partners):
        if len(partners) > 1:
            source, target = self.random.sample(partners, 2)
            wizard = self.test.env["base.partner.merge.automatic.wizard"].create({})
            wizard._merge([source.id, target.id], target)
            partners.remove(source)

    def random_edit(self):
        names = [
            name
            for name in vars(type(self))
            if not name.startswith("_")
            and name not in ("some_day", "customer", "line", "invoices", "receipts", "random_edit")
        ]
        name = self.random.choice(sorted(names))
        getattr(self, name)()
        return name


@tagged("post_install", "-at_install")
class TestRefresh(CustomerSalesPosCommon, CustomerSalesProfileCommon):
    def assertTrue_to_documents(self, note):  # noqa: N802
        """The tables are what a full refresh would give, and their sums those of the lines."""
        light = self.rows_of_tables()
        entry = self.refresh()
        self.assertEqual(entry.differences, 0, note)
        limits = self.company.sudo().customer_sales_score_limits
        # From nothing
        self.env.cr.execute(
            "DELETE FROM customer_sales_purchase WHERE company_id = %s", [self.company.id]
        )
        self.env.cr.execute(
            "DELETE FROM customer_sales_profile WHERE company_id = %s", [self.company.id]
        )
        self.env.cr.execute(
            "DELETE FROM customer_sales_price_report WHERE company_id = %s", [self.company.id]
        )
        self.refresh()
        self.assertEqual(self.company.sudo().customer_sales_score_limits, limits)
        rebuilt = self.rows_of_tables()
        self.assertEqual(light[0], rebuilt[0], note)
        for table in (1, 2):
            self.assertEqual(
                self.without_moving(light[table]), self.without_moving(rebuilt[table]), note
            )
        self.assertSums(note)

    def without_moving(self, rows):
        """The limits of the scores and the medians of prices move with a full refresh."""
        scores = ("r_score", "f_score", "m_score", "fm_score", "segment_id")
        moving = (*scores, "median_price", "price_gap", "median_gain")
        return [{k: v for k, v in row.items() if k not in moving} for row in rows]

    def assertSums(self, note):  # noqa: N802
        """Purchases by customer and month are the net sales of the lines."""

        def sums(model, customer, amount, *domain):
            groups = (
                self.env[model]
                .sudo()
                .with_context(tz="UTC")
                ._read_group(
                    [("company_id", "=", self.company.id), *domain],
                    [customer, "date:month"],
                    [f"{amount}:sum"],
                )
            )
            return {
                (partner.id, month): round(float(total), 2)
                for partner, month, total in groups
                if round(float(total), 2)
            }

        self.assertEqual(
            sums("customer.sales.purchase", "partner_id", "net"),
            sums(
                "customer.sales.report",
                "commercial_partner_id",
                "price_subtotal",
                ("counts_as_sale", "=", True),
            ),
            note,
        )

    def test_random_edits(self):
        for seed in SEEDS:
            edits = Edits(self, seed)
            done = []
            for _number in range(3):
                edits.invoice()
                edits.receipt()
            self.refresh()
            self.age_documents()
            for number in range(EDITS_A_SEED):
                done.append(edits.random_edit())
                if number % 4 == 3:
                    self.refresh(full=False)
                    self.assertTrue_to_documents(f"seed {seed}: {done}")
                    self.age_documents()

    def test_each_edit(self):
        """Every kind of edit at least once, with a light refresh after each."""
        edits = Edits(self, 99)
        for _number in range(2):
            edits.invoice()
            edits.receipt()
        self.refresh()
        documents = self.env["customer.sales.purchase"].sudo()
        of_company = [("company_id", "=", self.company.id)]
        derived = []
        for name in (
            "invoice_an_order",
            "invoice_a_receipt",
            "refund",
            "credit",
            "change_date",
            "change_lines",
            "change_salesperson",
            "change_customer_of_receipt",
            "move_contact",
            "merge",
            "merge_customers",
            "archive",
            "reset",
            "post",
            "delete_at_once",
        ):
            self.age_documents()
            getattr(edits, name)()
            entry = self.refresh(full=False)
            self.assertEqual(entry.kind, "light")
            derived.append((entry.documents, documents.search_count(of_company)))
            self.assertTrue_to_documents(name)
        # Most edits concern a few documents, and no others were looked at.
        self.assertGreater(sum(some < every / 2 for some, every in derived), len(derived) / 2)

    def test_a_new_day(self):
        """Without any edit, the first refresh of a day moves what counts in days."""
        self.buys(self.acme, ("2026-06-01", 10), ("2026-07-01", 20))
        self.refresh(date(2026, 6, 30))
        self.assertProfile(self.acme, days_since=29, net=10.0)
        self.refresh(date(2026, 7, 1), full=False)
        self.assertProfile(self.acme, days_since=0, net=30.0)

    def test_the_companys_day_of_a_receipt(self):
        self.company.partner_id.tz = "Asia/Riyadh"
        receipt = self.receipt((self.mug, 1), partner=self.acme, moment="2026-03-31 22:30:00")
        self.env.user.tz = "America/Los_Angeles"
        self.refresh()
        purchase = self.env["customer.sales.purchase"].search([("pos_order_id", "=", receipt.id)])
        self.assertEqual(purchase.date, date(2026, 4, 1))
        self.company.partner_id.tz = False
        self.refresh()
        self.assertEqual(purchase.date, date(2026, 3, 31))
        self.company.customer_sales_tz = "Pacific/Auckland"
        self.refresh()
        self.assertEqual(purchase.date, date(2026, 4, 1))

    def test_a_light_refresh_in_another_time_zone(self):
        """Receipts that nobody touched fall on another day, of purchases and products alike."""
        self.company.partner_id.tz = "UTC"
        self.receipt((self.mug, 1), partner=self.acme, moment="2026-03-31 22:30:00")
        self.refresh()
        self.assertProfile(self.acme, last_purchase=date(2026, 3, 31))
        self.age_documents()
        self.company.partner_id.tz = "Asia/Riyadh"
        self.refresh(full=False)
        self.assertProfile(self.acme, last_purchase=date(2026, 4, 1))
        self.assertEqual(self.refresh().differences, 0)

    def test_written_after_documents_were_looked_for(self):
        """Changes are looked for once for all companies, before the first of them is refreshed: the
        next refresh goes by that moment, however long the others take."""
        self.buys(self.acme, ("2026-06-01", 10))
        self.refresh()
        refreshes = self.env["customer.sales.refresh"].sudo()
        entry = refreshes.create({"company_id": self.company.id, "kind": "light"})
        changed = entry._find_changes()
        found_on = changed.found_on
        with patch.object(self.env.cr, "now", return_value=found_on + timedelta(hours=3)):
            result = entry._refresh_company(TODAY, changed)
        self.assertNotIn("kind", result)  # that of the entry: light
        self.assertEqual(result["started_on"], found_on)

    def test_one_customer_of_two(self):
        """The rows of a customer whose documents did not change are left as they are."""
        self.buys(self.acme, ("2026-06-01", 60))
        other = self.new_customer("Other")
        self.buys(other, ("2026-06-02", 40))
        self.refresh()
        before = self.rows_of_tables()
        self.age_documents()
        self.buys(other, ("2026-06-03", 5))
        entry = self.refresh(full=False)
        # The purchase, the customer, and the product
        self.assertEqual((entry.documents, entry.differences), (1, 3))
        for old, new in zip(before, self.rows_of_tables(), strict=True):
            self.assertTrue(self.rows_of_acme(old))
            self.assertEqual(self.rows_of_acme(new), self.rows_of_acme(old))

    def rows_of_acme(self, rows):
        places = ("share", "cumulative_share", "rank", "abc_class")
        return [
            {name: value for name, value in row.items() if name not in places}
            for row in rows
            if row["partner_id"] == self.acme.id
        ]

    def test_walk_ins_have_purchases_and_no_profile(self):
        self.receipt((self.mug, 3))
        self.refresh()
        purchases = self.env["customer.sales.purchase"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(purchases.mapped("net"), [30.0])
        self.assertFalse(
            self.env["customer.sales.profile"].sudo().search([("company_id", "=", self.company.id)])
        )

    def test_what_a_purchase_says(self):
        invoice = self.invoice((self.mug, 3), (self.lamp, 1), partner=self.ann, day="2026-03-10")
        self.refresh()
        purchase = self.env["customer.sales.purchase"].search([("move_id", "=", invoice.id)])
        self.assertEqual(
            (
                purchase.document_ref,
                purchase.partner_id,
                purchase.contact_id,
                purchase.channel,
                purchase.kind,
                purchase.net,
                purchase.cost,
                purchase.quantity,
                purchase.line_count,
            ),
            (invoice, self.acme, self.ann, "direct", "purchase", 130.0, 78.0, 4.0, 2),
        )

    def test_failing_leaves_the_old_state(self):
        self.buys(self.acme, ("2026-06-01", 10))
        self.refresh()
        before = self.rows_of_tables()
        self.buys(self.acme, ("2026-06-02", 20))
        derivation = "odoo.addons.customer_sales_report.models.profile.profile_derivation"
        with (
            patch(f"{derivation}.derive_profiles", side_effect=UserError("killed")),
            self.assertRaisesRegex(UserError, "killed"),
            self.env.cr.savepoint(),
        ):
            self.refresh(full=False)
        self.assertEqual(self.rows_of_tables(), before)
        self.refresh(full=False)
        self.assertProfile(self.acme, net=30.0)

    def test_the_work_leaves_its_entry_alone(self):
        """Others note in the entry how far the work is: it is written only after the work has been
        committed, or that would fail each time."""
        refreshes = self.env["customer.sales.refresh"].sudo()
        self.buys(self.acme, ("2026-06-01", 10))
        noted = []
        for kind in ("full", "light"):
            entry = refreshes.create({"company_id": self.company.id, "kind": kind})
            entry.flush_recordset()
            with patch.object(type(entry), "write", side_effect=AssertionError("written")):
                changed = entry._find_changes()
                values = entry._refresh_company(changed=changed, note=noted.append)
            self.assertEqual(values["state"], "done")
            entry.write(values)
        self.assertEqual(noted, [50, 65, 85, 90, 50, 80])

    def test_first_build(self):
        """At once where documents are few, else in the background, with a progress to see."""
        refreshes = self.env["customer.sales.refresh"].sudo()
        states = refreshes.with_context(allowed_company_ids=self.company.ids)
        module = "odoo.addons.customer_sales_report.models.profile.customer_sales_refresh"
        self.buys(self.acme, ("2026-06-01", 10), ("2026-06-02", 10))
        with patch(f"{module}.FEW_DOCUMENTS", 1):
            refreshes._first_build()
        self.assertFalse(self.profile(self.acme))
        state = states.state_of()
        self.assertEqual((state["as_of"], state["progress"]), (None, 0))
        with patch(f"{module}.FEW_DOCUMENTS", 1_000_000):
            refreshes._first_build()
        self.assertProfile(self.acme, net=20.0)

    def test_scheduled(self):
        """The scheduler's refreshes, with what others see of them on the way."""
        refreshes = self.env["customer.sales.refresh"].sudo()
        self.buys(self.acme, ("2026-06-01", 10))
        refreshes._ask_for(self.company)
        states = refreshes.with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(states.state_of()["progress"], 0)
        seen = []
        derivation = "odoo.addons.customer_sales_report.models.profile.profile_derivation"
        derive = profile_derivation.derive_profiles

        def derive_profiles(*arguments):
            refreshes.invalidate_model()
            seen.append(states.state_of())
            return derive(*arguments)

        with (
            self.enter_registry_test_mode(),
            patch(f"{derivation}.derive_profiles", derive_profiles),
        ):
            for cron in ("", "_full", ""):
                name = f"customer_sales_report.ir_cron_customer_sales_refresh{cron}"
                self.env.ref(name).sudo().method_direct_trigger()
        refreshes.invalidate_model()
        self.assertEqual((seen[0]["progress"], seen[0]["as_of"]), (85, None))
        state = states.state_of()
        self.assertEqual((state["progress"], state["message"]), (None, None))
        self.assertTrue(state["as_of"])
        entries = refreshes.search([("company_id", "=", self.company.id)], order="id")
        self.assertEqual(
            entries.mapped(lambda entry: (entry.kind, entry.state, entry.progress)),
            [
                ("full", "done", 100),
                ("history", "done", 100),
                ("full", "done", 100),
                ("light", "done", 100),
            ],
        )
        self.assertProfile(self.acme, net=10.0)

    def test_failure_is_told_to_administrators(self):
        refreshes = self.env["customer.sales.refresh"].sudo()
        self.refresh()
        entry = refreshes.create({"company_id": self.company.id, "kind": "full"})
        entry._fail("No room left")
        states = self.env["customer.sales.refresh"].with_context(
            allowed_company_ids=self.company.ids
        )
        manager = self.env["res.users"].create(
            {
                "name": "Manager",
                "login": "refresh_manager",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [
                    (4, self.env.ref("customer_sales_report.group_customer_sales_manager").id)
                ],
            }
        )
        states = states.with_user(manager)
        self.assertEqual(states.state_of()["message"], "No room left")
        reader = self.env["res.users"].create(
            {
                "name": "Reader",
                "login": "refresh_reader",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [
                    (4, self.env.ref("customer_sales_report.group_customer_sales_all").id)
                ],
            }
        )
        told = states.with_user(reader).state_of()
        self.assertIsNone(told["message"])
        self.assertTrue(told["as_of"])
        # Another company's refresh does not hide it, a good one of its own does.
        other = self.env["res.company"].create({"name": "Other"})
        refreshes._run(other, full=True)
        self.assertEqual(states.state_of()["message"], "No room left")
        self.refresh()
        self.assertIsNone(states.state_of()["message"])

    def test_two_never_run_at_once(self):
        refreshes = self.env["customer.sales.refresh"].sudo()
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (0x4353_5052, self.company.id))
            with self.assertRaisesRegex(UserError, "being refreshed already"):
                refreshes._run(self.company)

    def test_the_scheduler_gives_way(self):
        """While a long refresh is at work, the others fail nobody: changed documents are looked for
        the next time, and what was asked for waits."""
        refreshes = self.env["customer.sales.refresh"].sudo()
        self.refresh()
        before = refreshes.search([("company_id", "=", self.company.id)])
        # This test has the lock of the refresh above until it ends.
        lock = 0x4353_5053
        module = "odoo.addons.customer_sales_report.models.profile.customer_sales_refresh"
        with self.registry.cursor() as other, patch(f"{module}.LOCK", lock):
            other.execute("SELECT pg_advisory_xact_lock(%s, %s)", (lock, self.company.id))
            with self.enter_registry_test_mode():
                for cron in ("", "_full", "_full"):
                    name = f"customer_sales_report.ir_cron_customer_sales_refresh{cron}"
                    self.env.ref(name).sudo().method_direct_trigger()
            refreshes.invalidate_model()
            left = refreshes.search([("company_id", "=", self.company.id)]) - before
            self.assertEqual(left.mapped(lambda one: (one.kind, one.state)), [("full", "waiting")])
        with self.enter_registry_test_mode():
            name = "customer_sales_report.ir_cron_customer_sales_refresh"
            self.env.ref(name).sudo().method_direct_trigger()
        refreshes.invalidate_model()
        self.assertEqual(left.state, "done")

    def test_disturbed_again_and_again(self):
        """By whoever saves settings meanwhile: what was asked for waits, and nobody is told of a
        failure."""
        refreshes = self.env["customer.sales.refresh"].sudo()
        refreshes._ask_for(self.company)
        asked = refreshes.search([("company_id", "=", self.company.id)])
        cron = self.env.ref("customer_sales_report.ir_cron_customer_sales_refresh").sudo()

        def disturbed(_entry, **_options):
            raise SerializationFailure("somebody was faster")

        with (
            patch.object(type(refreshes), "_refresh_company", disturbed),
            self.enter_registry_test_mode(),
        ):
            cron.method_direct_trigger()
        refreshes.invalidate_model()
        self.assertEqual((asked.state, asked.message), ("waiting", False))
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        refreshes.invalidate_model()
        self.assertEqual(asked.state, "done")

    def test_another_addons_figure(self):
        """A field and one expression: here the largest purchase, in the place of a figure of ours
        since a test cannot add a column to the table."""
        Profile = type(self.env["customer.sales.profile"])
        original = Profile._fact_columns

        def fact_columns(model, company, day):
            largest = SQL("MAX(purchase.net)")
            return {**original(model, company, day), "gross_before": largest}

        self.buys(self.acme, ("2026-06-01", 10), ("2026-06-02", 70), ("2026-06-03", 20))
        with patch.object(Profile, "_fact_columns", fact_columns):
            self.refresh()
        self.assertProfile(self.acme, gross_before=70.0)

    def test_other_settings_ask_for_a_refresh(self):
        """Once, and only where a number is another."""
        Refresh = self.env["customer.sales.refresh"].sudo()
        Settings = self.env["res.config.settings"].sudo().with_company(self.company)
        waiting = [("state", "=", "waiting"), ("company_id", "=", self.company.id)]
        for values, count in (
            ({"customer_sales_lost_days": self.company.customer_sales_lost_days}, 0),
            ({"customer_sales_lost_days": 400, "customer_sales_class_a": 0.7}, 1),
            ({"customer_sales_discount_rate": 0.2}, 1),
        ):
            Settings.create(values).execute()
            self.assertEqual(Refresh.search_count(waiting), count)
        Refresh.search(waiting).state = "done"
        self.company.customer_sales_status_by = "prediction"
        self.assertEqual(Refresh.search_count(waiting), 1)

    def test_settings_that_cannot_be(self):
        """What cannot be is said, and what got in nevertheless stops no refresh."""
        for values, sentence in (
            ({"customer_sales_f_limits": False}, "four rising numbers"),
            ({"customer_sales_tz": "xx"}, "no time zone"),
            ({"customer_sales_lost_ratio": 1e308}, "at most 36,500 days, and 1,000 times"),
            ({"customer_sales_new_days": 36_501}, "at most 36,500 days"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, sentence),
                self.env.cr.savepoint(),
            ):
                self.company.write(values)
        self.company.partner_id.tz = False
        self.env.cr.execute("UPDATE res_company SET customer_sales_tz = 'xx'")
        self.env.invalidate_all()
        self.buys(self.acme, ("2026-06-01", 60))
        self.refresh()
        self.assertProfile(self.acme, net=60.0)
        with self.assertRaisesRegex(ValueError, "customer_sales_nothing"):
            self.company.write({"customer_sales_nothing": 1})

    def test_settings_change_the_status(self):
        self.buys(self.acme, ("2026-03-15", 10))
        self.refresh()
        self.age_documents()
        self.assertProfile(self.acme, status="slowing")
        self.company.customer_sales_slowing_days = 120
        self.refresh(full=False)
        self.assertProfile(self.acme, status="active")

    def test_other_settings_change_who_bought_nothing_new(self):
        """Whatever profiles follow from but purchases, a light refresh of the same day notices."""
        self.buys(self.acme, ("2026-06-01", 80))
        small = self.new_customer("Small")
        self.buys(small, ("2026-06-02", 20))
        self.refresh()
        self.age_documents()
        self.assertProfile(small, abc_class="b", share=0.2)
        self.company.customer_sales_class_a = 0.9
        self.company.customer_sales_class_b = 0.95
        self.refresh(full=False)
        self.assertProfile(small, abc_class="a")
        self.company.customer_sales_class_a = 0.5
        self.refresh(full=False)
        self.assertProfile(small, abc_class="b")
        segment = self.env["customer.sales.segment"].sudo().create({"name": "Mine"})
        self.env["customer.sales.segment.cell"].sudo().search([]).segment_id = segment
        self.refresh(full=False)
        self.assertProfile(small, segment_id="Mine")
        self.assertEqual(self.refresh().differences, 0)

    def test_places_move_with_what_others_buy(self):
        """The share, rank and class of a customer that bought nothing new, and no difference is
        counted for them."""
        self.buys(self.acme, ("2026-06-01", 60))
        small = self.new_customer("Small")
        self.buys(small, ("2026-06-02", 40))
        self.refresh()
        self.assertProfile(small, rank=2, share=0.4, cumulative_share=1.0, abc_class="a")
        large = self.new_customer("Large")
        self.buys(large, ("2026-06-03", 900))
        entry = self.refresh(full=False)
        self.assertProfile(small, rank=3, share=0.04, cumulative_share=1.0, abc_class="c")
        self.assertProfile(self.acme, rank=2, share=0.06, abc_class="b")
        # The purchase, the profile, and the product
        self.assertEqual(entry.differences, 3)
        self.assertEqual(self.refresh().differences, 0)

    def test_places_beside_who_returned_only(self):
        """What is returned by others is taken from the net that shares are of."""
        self.buys(self.acme, ("2026-06-01", 60))
        self.refresh()
        self.age_documents()
        other = self.new_customer("Other")
        self.buys(other, ("2026-06-02", -20))
        self.refresh(full=False)
        self.assertProfile(self.acme, rank=1, share=1.5)
        self.assertEqual(self.refresh().differences, 0)

    def test_no_place_without_a_purchase_in_the_year(self):
        other = self.new_customer("Other")
        self.buys(other, ("2024-06-01", 10))
        purchase = self.buys(other, ("2026-06-01", 40))
        self.buys(self.acme, ("2026-06-01", 60))
        self.refresh()
        self.assertProfile(other, rank=2, share=0.4, abc_class="a")
        self.age_documents()
        purchase.button_draft()
        self.refresh(full=False)
        self.assertProfile(other, rank=0, share=0.0, abc_class=False)
        self.assertProfile(self.acme, rank=1, share=1.0)
        self.assertEqual(self.refresh().differences, 0)

    def test_a_document_is_gone(self):
        """Between two refreshes it is reset and deleted, and nothing else is written."""
        self.buys(self.acme, ("2026-06-01", 60))
        invoice = self.buys(self.acme, ("2026-06-02", 40))
        self.refresh()
        self.age_documents()
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        entry = self.refresh(full=False)
        self.assertEqual(entry.documents, 0)
        self.assertProfile(self.acme, net=60.0, purchases=1)
        self.assertEqual(self.refresh().differences, 0)

    def purchases(self):
        return self.env["customer.sales.purchase"].search(
            [("company_id", "=", self.company.id)], order="id"
        )

    def test_a_receipt_follows_its_invoice(self):
        """It counts again when the invoice does not, though nobody wrote to it."""
        receipt = self.receipt((self.mug, 3), partner=self.acme)
        invoice = self.invoice_receipts(receipt)
        self.refresh()
        self.assertEqual(self.purchases().mapped("document_ref"), [invoice])
        self.age_documents()
        self.env.cr.execute(
            "UPDATE account_move SET state = 'draft', write_date = %s WHERE id = %s",
            [self.env.cr.now(), invoice.id],
        )
        self.env.invalidate_all()
        self.refresh(full=False)
        self.assertEqual(self.purchases().mapped("document_ref"), [receipt])
        self.assertEqual(self.refresh().differences, 0)

    def test_an_invoice_follows_its_receipt(self):
        """The receipt's line tells what the product sold cost, though nobody wrote to the
        invoice."""
        receipt = self.receipt((self.mug, 3), partner=self.acme)
        self.invoice_receipts(receipt)
        self.close_session()
        self.refresh()
        self.age_documents()
        self.env.cr.execute(
            "UPDATE pos_order_line SET total_cost = 1.5, is_total_cost_computed = TRUE, "
            "write_date = %s WHERE order_id = %s",
            [self.env.cr.now(), receipt.id],
        )
        self.env.invalidate_all()
        self.refresh(full=False)
        self.assertEqual(self.purchases().mapped("cost"), [1.5])
        self.assertEqual(self.refresh().differences, 0)

    def test_a_contact_of_receipts_moves(self):
        """Its receipts are the new company's, though nobody wrote to them."""
        self.receipt((self.mug, 3), partner=self.ann)
        self.refresh()
        self.assertEqual(self.purchases().partner_id, self.acme)
        self.age_documents()
        other = self.new_customer("Other")
        self.ann.parent_id = other
        self.refresh(full=False)
        self.assertEqual(self.purchases().partner_id, other)
        self.assertFalse(self.profile(self.acme))
        self.assertEqual(self.refresh().differences, 0)

    def test_places_after_a_customer_is_gone(self):
        """Between two refreshes a customer's only document is deleted, and then the customer."""
        self.buys(self.acme, ("2026-06-01", 60))
        gone = self.new_customer("Gone")
        self.buys(gone, ("2026-06-02", 90))
        self.refresh()
        self.assertProfile(self.acme, rank=2, share=0.4)
        invoice = self.env["account.move"].search([("partner_id", "=", gone.id)])
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        gone.unlink()
        with patch.object(customer_sales_refresh, "OVERLAP", timedelta(hours=-1)):
            self.refresh(full=False)
        self.assertProfile(self.acme, rank=1, share=1.0, abc_class="a")
        self.assertEqual(self.refresh().differences, 0)

    def test_no_index_has_a_place(self):
        """Or each customer's row would move to another page with whatever anybody buys."""
        self.env.cr.execute(
            "SELECT reloptions, ARRAY(SELECT attname::text FROM pg_index JOIN pg_attribute "
            "ON attrelid = indrelid AND attnum = ANY(indkey) WHERE indrelid = pg_class.oid) "
            "FROM pg_class WHERE oid = 'customer_sales_profile'::regclass"
        )
        [[options, indexed]] = self.env.cr.fetchall()
        self.assertEqual(options, ["fillfactor=50"])
        self.assertIn("net_year", indexed)
        self.assertFalse({"share", "cumulative_share", "rank", "abc_class"} & set(indexed))

    def test_nothing_changed(self):
        """No profile is derived where nothing it follows from has changed, walk-ins or not."""
        self.buys(self.acme, ("2026-06-01", 60))
        self.receipt((self.mug, 1), moment="2026-06-03 12:00:00")
        self.refresh()
        self.assertEqual(len(self.purchases()), 2)
        with (
            # A test's documents are all written at the moment at which its refreshes begin.
            patch.object(customer_sales_refresh, "OVERLAP", timedelta(hours=-1)),
            patch.object(profile_derivation, "derive_facts", side_effect=AssertionError),
        ):
            self.assertEqual(self.refresh(full=False).differences, 0)
        self.buys(self.acme, ("2026-06-02", 40))
        self.refresh(full=False)
        self.assertProfile(self.acme, net=100.0)

    def test_companies_apart(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.buys(self.acme, ("2026-06-01", 10))
        Profile = self.env["customer.sales.profile"].sudo()
        Profile._refresh(self.company | other, full=True, as_of=TODAY)
        self.assertEqual(
            Profile.search([("partner_id", "=", self.acme.id)]).mapped("company_id"), self.company
        )
