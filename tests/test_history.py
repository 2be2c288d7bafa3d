"""What customers were at the ends of months, by ten customers worked by hand."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..models.history.history_derivation import last_month_ends
from .history_common import MONTHS, CustomerSalesHistoryCommon
from .profile_common import TODAY

GROUP = "customer_sales_report.group_customer_sales_{}"
MARCH, APRIL, MAY, JUNE = MONTHS[2:]


@tagged("post_install", "-at_install")
class TestHistory(CustomerSalesHistoryCommon):
    def test_status(self):
        self.enter_late()
        self.build_history()
        self.assertTable(
            "status",
            """
            Anna   new      active   active   active   active   active
            Bert   new      dormant  lost     dormant  lost     lost
            Cora   new      active   active   slowing  slowing  slowing
            Dora   dormant  lost     lost     lost     active   active
            Emil   .        .        -        -        -        -
            Fritz  .        .        new      new      active   slowing
            Greta  .        new      active   active   active   active
            Hans   .        .        new      active   slowing  lost
            Ines   .        .        .        .        .        new
            Jona   new      active   active   slowing  slowing  slowing
            """,
        )

    def test_years_of_several_months(self):
        """Their mean, not their sum: Anna's year was 500 at the end of May, 600 a month later."""
        self.build_history()
        domain = [("partner_id.name", "=", "Anna"), ("company_id", "=", self.company.id)]
        for months, mean in ((["2026-05-31"], 500), (["2026-05-31", "2026-06-30"], 550)):
            [group] = self.env["customer.sales.history"].formatted_read_group(
                [*domain, ("month_end", "in", months)],
                [],
                ["net_year:sum", "net_year:sum_currency", "purchases_year:sum", "net_year:max"],
            )
            self.assertEqual(group["net_year:sum"], mean)
            self.assertEqual(group["net_year:sum_currency"], mean)
            self.assertIsInstance(group["purchases_year:sum"], int)
            self.assertEqual(group["net_year:max"], 400 + 100 * len(months))

    def test_gone_this_quarter(self):
        """Dormant or lost on 30 June, and not so on 31 March: Bert was lost before."""
        self.enter_late()
        self.build_history()
        self.refresh()
        favorite = self.env.ref("customer_sales_report.filter_gone_this_quarter")
        with freeze_time("2026-06-30 12:00:00"):
            found = self.env["customer.sales.profile"].search(
                [("company_id", "=", self.company.id), *safe_eval(favorite.domain)]
            )
        self.assertEqual(found.partner_id.mapped("name"), ["Hans"])

    def test_won_back(self):
        """Dormant or lost a month before, and bought since: whatever the status is now."""
        self.build_history()
        differing = self.history().filtered(lambda row: row.status != row.monthly_status)
        self.assertEqual(
            [(row.partner_id.name, row.month_end, row.monthly_status) for row in differing],
            [("Bert", APRIL, "won_back"), ("Dora", MAY, "won_back")],
        )

    def test_net_and_purchases_of_the_year(self):
        self.enter_late()
        self.build_history()
        self.assertTable(
            "net_year",
            """
            Anna   100  200  300  400  500  600
            Bert   120  120  120  160  160  160
            Cora   500  500  500  500  500  500
            Dora   300  0    0    0    200  200
            Emil   .    .    -50  -50  -50  -50
            Fritz  .    .    10   30   30   30
            Greta  .    100  100  500  500  500
            Hans   .    .    100  200  200  200
            Ines   .    .    .    .    .    1000
            Jona   200  -50  -50  -50  -50  -50
            """,
        )
        self.assertTable(
            "purchases_year",
            """
            Anna   1  2  3  4  5  6
            Bert   3  3  3  4  4  4
            Cora   1  1  1  1  1  1
            Dora   1  0  0  0  1  1
            Emil   .  .  0  0  0  0
            Fritz  .  .  1  2  2  2
            Greta  .  1  1  2  2  2
            Hans   .  .  2  4  4  4
            Ines   .  .  .  .  .  1
            Jona   1  1  1  1  1  1
            """,
        )

    def test_segments_scores_and_classes(self):
        """Seven bought in the year until March, for 154.29 in the mean; nine in that until June,
        for 348.89. Fewer than 25 are scored by the limits in Settings."""
        self.enter_late()
        self.build_history()
        for column, expected in {
            "r_score": """
                Anna   5  5
                Bert   3  3
                Cora   3  2
                Dora   0  4
                Emil   0  0
                Fritz  5  3
                Greta  4  3
                Hans   5  3
                Ines   .  5
                Jona   3  2
                """,
            "f_score": """
                Anna   3  4
                Bert   3  3
                Cora   1  1
                Dora   0  1
                Emil   0  0
                Fritz  1  2
                Greta  1  2
                Hans   2  3
                Ines   .  1
                Jona   1  1
                """,
            "m_score": """
                Anna   4  4
                Bert   3  2
                Cora   5  4
                Dora   0  3
                Emil   0  0
                Fritz  1  1
                Greta  3  4
                Hans   3  3
                Ines   .  5
                Jona   1  1
                """,
            "segment_id": """
                Anna   Champions            Champions
                Bert   Need_Attention       Need_Attention
                Cora   Need_Attention       At_Risk
                Dora   Lost                 Potential_Loyalists
                Emil   -                    -
                Fritz  New_Customers        About_to_Sleep
                Greta  Potential_Loyalists  Need_Attention
                Hans   Potential_Loyalists  Need_Attention
                Ines   .                    Potential_Loyalists
                Jona   About_to_Sleep       Hibernating
                """,
            # Of 1,030 and 3,090 in all, with what Emil returned
            "abc_class": """
                Anna   a  a
                Bert   a  c
                Cora   a  a
                Dora   -  b
                Emil   -  -
                Fritz  c  c
                Greta  b  a
                Hans   c  b
                Ines   .  a
                Jona   c  c
                """,
        }.items():
            with self.subTest(column=column):
                self.assertTable(column, expected, [MARCH, JUNE])

    def test_the_month_before(self):
        self.build_history()
        for column, previous in (
            ("status", "previous_status"),
            ("segment_id", "previous_segment_id"),
            ("abc_class", "previous_class"),
        ):
            then = {
                (row.partner_id, row.month_end): row[column]
                for row in self.history(("month_end", "<", JUNE))
            }
            for row in self.history():
                month_before = row.month_end.replace(day=1) - timedelta(days=1)
                expected = then.get((row.partner_id, month_before), row[column] and False)
                with self.subTest(row=(row.partner_id.name, row.month_end), column=column):
                    self.assertEqual(row[previous] or False, expected or False)

    def test_the_months_last_day_in_two_time_zones(self):
        """For UTC, what Fritz bought in the night was of March altogether."""
        self.company.partner_id.tz = "UTC"
        self.build_history()
        self.assertTable("net_year", "Fritz . . 30 30 30 30", MONTHS, ["Fritz"])

    def test_up_to_36_months(self):
        self.buys(self.customers["Ines"], ("2019-01-01", 1))
        self.build_history()
        months = sorted(set(self.history().mapped("month_end")))
        self.assertEqual((len(months), months[0], months[-1]), (36, date(2023, 7, 31), JUNE))

    def test_from_the_first_purchase(self):
        self.build_history()
        self.assertEqual(min(self.history().mapped("month_end")), date(2025, 2, 28))

    def test_ends_of_months(self):
        """A day counts once it is over."""
        self.assertEqual(last_month_ends(JUNE, 2), [MAY, JUNE])
        self.assertEqual(last_month_ends(date(2026, 6, 29), 2), [APRIL, MAY])
        self.assertEqual(
            last_month_ends(date(2024, 3, 1), 2), [date(2024, 1, 31), date(2024, 2, 29)]
        )


@tagged("post_install", "-at_install")
class TestHistoryKept(CustomerSalesHistoryCommon):
    """The history that was kept month by month is the one that is built afterwards."""

    def forget(self):
        self.env.cr.execute(
            "DELETE FROM customer_sales_history WHERE company_id = %s", [self.company.id]
        )

    def test_as_profiles_were(self):
        """At each end of a month, what a full refresh on that day says of each customer."""
        self.enter_late()
        self.build_history()
        columns = (
            "status abc_class segment_id r_score f_score m_score fm_score net_year purchases_year"
        ).split()
        # Values, as the rows of customers who had no profile yet go when profiles do
        built = {
            (row.month_end, row.partner_id): {column: row[column] for column in columns}
            for row in self.history()
        }
        for month in MONTHS:
            self.refresh(month)
            profiles = (
                self.env["customer.sales.profile"]
                .sudo()
                .search([("company_id", "=", self.company.id)])
            )
            then = {(month, profile.partner_id): profile for profile in profiles}
            self.assertTrue(then)
            self.assertEqual(set(then), {key for key in built if key[0] == month})
            for key, profile in then.items():
                for column in columns:
                    with self.subTest(month=month, customer=key[1].name, column=column):
                        self.assertEqual(built[key][column], profile[column])

    def test_kept_month_by_month(self):
        """What each night added, from January on, and what is built in one go at the end."""
        self.build_history(MONTHS[0])
        for month in MONTHS[1:]:
            entry = self.refresh(month)
            self.assertEqual(entry.state, "done")
        kept = self.rows_of_history()
        self.forget()
        self.build_history()
        self.assertEqual(self.rows_of_history(), kept)

    def test_nights_within_a_month_change_nothing(self):
        self.build_history()
        before = self.rows_of_history()
        entry = self.refresh(date(2026, 7, 14))
        self.assertEqual(self.rows_of_history(), before)
        self.assertTrue(entry.differences)  # of profiles, whose days go on
        self.assertEqual(self.refresh(date(2026, 7, 14)).differences, 0)

    def test_a_late_invoice(self):
        """Dated three months ago: these three months are put right at night."""
        self.build_history()
        self.assertTable("status", "Greta . new active active slowing slowing", MONTHS, ["Greta"])
        self.enter_late()
        self.refresh(full=False)
        self.assertTable("status", "Greta . new active active slowing slowing", MONTHS, ["Greta"])
        before = self.rows_of_history()
        entry = self.refresh()
        self.assertEqual(entry.differences, 0)  # the light refresh missed nothing
        changed = [row for row in self.rows_of_history() if row not in before]
        self.assertGreaterEqual(len(changed), 3)
        self.assertEqual(entry.history_changed, len(changed))
        self.assertTable("status", "Greta . new active active active active", MONTHS, ["Greta"])
        kept = self.rows_of_history()
        self.forget()
        self.build_history()
        self.assertEqual(self.rows_of_history(), kept)

    def test_months_long_past_stay_as_they_were(self):
        self.build_history()
        self.buys(self.customers["Greta"], ("2026-01-15", 1))
        self.refresh()
        self.assertTable("purchases_year", "Greta . 1 1 2 2 2", MONTHS, ["Greta"])

    def test_missing_months_are_made_up_for(self):
        """The server was off for months; and documents of older months were imported."""
        self.build_history(MONTHS[0])
        self.refresh(JUNE)
        kept = self.rows_of_history()
        self.forget()
        self.build_history()
        self.assertEqual(self.rows_of_history(), kept)
        self.buys(self.customers["Ines"], ("2024-11-15", 7))
        self.refresh()
        self.assertEqual(min(self.history().mapped("month_end")), date(2024, 11, 30))

    def test_a_customer_without_documents_has_no_history(self):
        self.build_history()
        documents = self.env["account.move"].search(
            [("partner_id", "=", self.customers["Cora"].id)]
        )
        documents.button_draft()
        self.refresh()
        self.assertFalse(self.history(("partner_id", "=", self.customers["Cora"].id)))

    def test_asked_for_once(self):
        """The scheduler has the first history built apart, so that customers are there before."""
        Refresh = self.env["customer.sales.refresh"].sudo()
        self.refresh(TODAY)
        self.assertFalse(self.history())

        def waiting():
            return Refresh.search(
                [("company_id", "=", self.company.id), ("kind", "=", "history")]
            ).mapped("state")

        Refresh._ask_for_history(self.company)
        Refresh._ask_for_history(self.company)
        self.assertEqual(waiting(), ["waiting"])
        state = (
            self.env["customer.sales.refresh"]
            .with_context(allowed_company_ids=self.company.ids)
            .state_of()
        )
        self.assertEqual(state["history"], 0)
        self.assertIsNotNone(state["as_of"])
        # Whoever asks for a refresh of all documents gets it besides.
        Refresh._ask_for(self.company)
        kinds = Refresh.search([("company_id", "=", self.company.id), ("state", "=", "waiting")])
        self.assertEqual(sorted(kinds.mapped("kind")), ["full", "history"])

    def test_a_history_is_no_refresh_of_documents(self):
        """Documents entered before it was built are looked at after it."""
        first = self.refresh()
        self.build_history()
        Refresh = self.env["customer.sales.refresh"].sudo()
        self.assertEqual(Refresh._last(self.company).kind, "full")
        self.assertGreater(Refresh._last(self.company).id, first.id)

    def test_progress(self):
        percents = []
        self.refresh()
        entry = (
            self.env["customer.sales.refresh"]
            .sudo()
            .create({"company_id": self.company.id, "kind": "history"})
        )
        entry.write(entry._refresh_company(TODAY, note=percents.append))
        self.assertEqual(percents, sorted(percents))
        self.assertEqual((len(percents), percents[-1]), (17, 100))
        self.assertEqual(entry.history_changed, len(self.history()))


@tagged("post_install", "-at_install")
class TestHistoryAccess(CustomerSalesHistoryCommon):
    def test_who_sees_whose_history(self):
        """That of the customers whose profiles one sees."""
        companies = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        users = {
            name: new_test_user(self.env, f"history_{name}", groups=groups, **companies)
            for name, groups in (
                ("own", GROUP.format("user")),
                ("all", GROUP.format("all")),
                ("manager", GROUP.format("manager")),
                ("outsider", "base.group_user"),
            )
        }
        colleague = new_test_user(self.env, "history_colleague", groups="base.group_user")
        for name, seller in (("Anna", users["own"]), ("Bert", colleague)):
            self.env["account.move"].search(
                [("partner_id", "=", self.customers[name].id)]
            ).invoice_user_id = seller
        for name in ("Cora", "Dora", "Emil", "Fritz", "Greta", "Hans", "Ines", "Jona"):
            self.env["account.move"].search(
                [("partner_id", "=", self.customers[name].id)]
            ).invoice_user_id = False
        self.customers["Jona"].user_id = colleague
        self.build_history()
        for model in ("customer.sales.history", "customer.sales.profile"):
            for user, hidden in (("own", {"Bert"}), ("all", set()), ("manager", set())):
                rows = self.env[model].with_user(users[user]).search([])
                seen = set(rows.partner_id.sudo().mapped("name"))
                with self.subTest(model=model, user=user):
                    self.assertEqual(seen, set(self.customers) - hidden - self.hidden_too(user))
            with self.assertRaises(AccessError):
                self.env[model].with_user(users["outsider"]).search([])

    def hidden_too(self, user):
        """Receipts have the salesperson who made them: here the one who runs the tests."""
        return {"Fritz"} if user == "own" else set()

    def test_nobody_writes(self):
        manager = new_test_user(self.env, "history_writer", groups=GROUP.format("manager"))
        self.build_history()
        row = self.history()[0].with_user(manager)
        for change in (
            lambda: row.write({"status": "lost"}),
            row.unlink,
            lambda: row.create({"month_end": JUNE}),
        ):
            self.assertRaises(AccessError, change)

    def test_the_customers_page(self):
        self.build_history()
        months = self.profile(self.customers["Dora"]).history_months
        self.assertEqual(len(months), 17)
        self.assertEqual(
            [
                (month["key"], month["status"], month["class"], month["net"])
                for month in months[-3:]
            ],
            [
                ("2026-04-30", "lost", "", 0),
                ("2026-05-31", "won_back", "A", 200),
                ("2026-06-30", "active", "A", 200),
            ],
        )
        self.assertEqual(
            (months[-1]["month"], months[-1]["status_name"], months[-1]["segment"]),
            ("Jun 2026", "Active", "Potential Loyalists"),
        )
