"""Days that somebody has typed wrongly: years like 0206 and 9206 are in every real database, and
the calendar ends with the years 1 and 9999."""

from datetime import date

from odoo.exceptions import UserError

from ..report.reconciliation import Difference, Reconciliation
from .filter_common import FilterCommon


class TestEndsOfCalendar(FilterCommon):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref(
            "customer_sales_report.group_customer_sales_manager"
        )

    def test_groups_lead_to_their_rows(self):
        """What a list or pivot offers to open a group by finds the rows of the group."""
        self.documents |= {
            "P": self.invoice((self.mug, 1), day="0206-03-10"),
            "Q": self.invoice((self.mug, 1), day="9206-03-10"),
        }
        of_company = [("company_id", "=", self.company.id)]
        odd = ["|", ("date", "<", "1000-01-01"), ("date", ">", "3000-01-01")]
        for granularity, first, label in [
            ("day", "0206-03-10", "10 Mar 0206"),
            ("month", "0206-03-01", "March 0206"),
            ("quarter", "0206-01-01", "Q1 0206"),
            ("year", "0206-01-01", "0206"),
        ]:
            with self.subTest(granularity=granularity):
                groups = self.report.formatted_read_group(
                    [*of_company, *odd], [f"date:{granularity}"], ["__count"]
                )
                self.assertEqual([group["__count"] for group in groups], [1, 1])
                self.assertEqual(groups[0][f"date:{granularity}"], (first, label))
                found = [self.letters([*of_company, *group["__extra_domain"]]) for group in groups]
                self.assertEqual(found, ["P", "Q"])

    def test_groups_of_stored_rows_lead_to_them(self):
        """Of purchases and customers as well, up to the last month of all."""
        for day in ("0206-03-10", "9999-12-15"):
            self.invoice(
                (self.mug, 1), partner=self.env["res.partner"].create({"name": day}), day=day
            )
        self.env["customer.sales.profile"].sudo()._refresh(self.company, full=True)
        for model, name in (
            ("customer.sales.purchase", "date"),
            ("customer.sales.profile", "first_purchase"),
        ):
            rows = self.env[model].with_context(allowed_company_ids=self.company.ids)
            for granularity in ("day", "week", "month", "quarter", "year"):
                spec = f"{name}:{granularity}"
                groups = rows.web_read_group([(name, "!=", False)], [spec], ["__count"])["groups"]
                with self.subTest(spec=spec):
                    self.assertEqual(groups[0][spec][0][:4], "0206")
                    for group in groups:
                        self.assertEqual(
                            rows.search_count(group["__extra_domain"]), group["__count"]
                        )

    def test_the_last_group(self):
        for granularity, first in [
            ("day", date(9999, 12, 31)),
            ("week", date(9999, 12, 27)),
            ("month", date(9999, 12, 1)),
            ("quarter", date(9999, 10, 1)),
            ("year", date(9999, 1, 1)),
        ]:
            spec = f"date:{granularity}"
            formatted = self.report._web_read_group_groupby_formatter(spec, [first])
            (day, label), domain = formatted(first)
            with self.subTest(granularity=granularity):
                self.assertEqual(day, first.isoformat())
                self.assertTrue(label)
                self.assertEqual(list(domain), [("date", ">=", first.isoformat())])

    def test_filter(self):
        for first, last, letters in [
            ("0001-01-01", "9999-12-31", "ABCDEFGH"),
            ("2026-03-12", "9999-12-31", "BC"),
            ("0001-01-01", "2026-01-01", "H"),
            ("9999-12-31", False, ""),
            (False, "0001-01-01", ""),
        ]:
            dates = {"period": "dates", "date_from": first, "date_to": last, "counted": "all"}
            since = {"since_from": first, "since_to": last, "counted": "all"}
            self.assertFinds(letters, **dates)
            with self.subTest(since=since):
                domain = self.filter(**since)._filter_domain()
                self.assertIn(self.letters(domain), {"ABCDEFH", "", "H"})
        self.assertFinds(
            "H", period="dates", date_from="0002-01-01", date_to="2026-12-31", year_earlier=True
        )

    def test_no_year_before_the_first(self):
        for dates in ({"date_from": "0001-05-05"}, {"date_to": "0001-12-31"}):
            wizard = self.filter(period="dates", year_earlier=True, **dates)
            with self.subTest(dates=dates), self.assertRaisesRegex(UserError, "no year before"):
                wizard._filter_domain()

    def test_remembered(self):
        """The dialog leads back to what was asked for last, whatever that was."""
        wizard = self.filter(period="dates", date_from="0206-03-10", since_to="9999-12-31")
        wizard._remember()
        context = self.env["customer.sales.filter"].create({}).action_last()["context"]
        Filter = self.env["customer.sales.filter"].with_context(**context)
        values = Filter.default_get(["date_from", "since_to"])
        self.assertEqual(values, {"date_from": "0206-03-10", "since_to": "9999-12-31"})
        self.assertEqual(Filter.create(values).date_from, date(206, 3, 10))

    def test_reconciliation(self):
        self.documents |= {
            "P": self.invoice((self.mug, 1), day="0206-03-10"),
            "Q": self.invoice((self.mug, 1), day="9206-03-10"),
        }
        for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles"):
            for first, last, net_sales in [
                ("0001-01-01", "9999-12-31", 327),
                ("0001-01-01", "9999-12-30", 327),
                ("0002-01-01", "2026-02-28", 257),
                ("9999-12-31", "9999-12-31", 0),
                ("0001-01-01", "0001-01-01", 0),
            ]:
                with self.subTest(zone=zone, first=first, last=last):
                    wizard = (
                        self.env["customer.sales.reconciliation"]
                        .with_context(tz=zone)
                        .create(
                            {"company_id": self.company.id, "date_from": first, "date_to": last}
                        )
                    )
                    wizard.action_compare()
                    self.assertEqual(wizard.state, "equal" if net_sales else "empty")
                    [total] = wizard.total_ids.filtered(lambda line: line.check == "sales")
                    self.assertEqual(total.reported, net_sales)
                    self.assertTrue(all(line.action_open() for line in wizard.line_ids))

    def test_a_difference_in_the_last_month(self):
        reconciliation = Reconciliation(self.env, self.company)
        difference = Difference(
            "orders", "price_subtotal", 1.0, 2.0, self.acme.id, date(9999, 12, 1)
        )
        scope = reconciliation._scope_of(difference)
        self.assertEqual((scope.date_from, scope.date_to), (date(9999, 12, 1), date(9999, 12, 31)))
