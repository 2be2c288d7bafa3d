"""Days, weeks and months in a workbook: as on the screen, and with the odd dates of real data."""

from datetime import datetime

import pytz
from freezegun import freeze_time

from odoo.tests import tagged

from .export_common import ExportCommon

REPORT = "customer.sales.report"


@tagged("post_install", "-at_install")
class TestWeeks(ExportCommon):
    def setUp(self):
        super().setUp()
        for quantity, day in enumerate(("2026-03-13", "2026-03-14", "2026-03-15", "2026-03-16")):
            self.invoice((self.mug, quantity + 1), day=day)

    def weeks_of_the_sheet(self, env):
        book = self.cached("grouped", env=env, group_by=["date:week"], columns=["price_subtotal"])
        rows = book.worksheets[0].iter_rows(3, values_only=True)
        return [(label, amount) for label, amount in rows if label]

    def weeks_on_screen(self, env):
        groups = env[REPORT].formatted_read_group(
            self.domain, ["date:week"], ["__count", "price_subtotal:sum"]
        )
        return [
            (f"{group['date:week'][1]} ({group['__count']})", group["price_subtotal:sum"])
            for group in groups
        ]

    def test_weeks_begin_as_on_the_screen(self):
        # The lines are of a Friday, a Saturday, a Sunday and a Monday: 10, 20, 30 and 40.
        for language, first_day, amounts in (
            ("en_US", "7", [30, 70]),
            ("en_US", "1", [60, 40]),
            ("ar_001", "6", [10, 90]),
        ):
            self.env["res.lang"]._activate_lang(language)
            record = self.env["res.lang"].search([("code", "=", language)])
            record.week_start = first_day
            env = self.env(su=False, context={**self.env.context, "lang": language})
            with self.subTest(language, first_day=first_day):
                weeks = self.weeks_of_the_sheet(env)
                self.assertEqual([amount for _label, amount in weeks], amounts)
                self.assertEqual(weeks, self.weeks_on_screen(env))


@tagged("post_install", "-at_install")
class TestOddYears(ExportCommon):
    def setUp(self):
        super().setUp()
        self.make_sales()
        self.invoice((self.mug, 1), day="9206-01-15")
        self.invoice((self.mug, 2), day="0206-01-15", partner=self.bolt)

    def test_customers_by_months(self):
        sheet = self.cached("customer_months")["Customers × Months"]
        self.assertCells(
            sheet,
            [
                ["Total", 550, 220, 300, 30],
                ["Customer", "Net Sales (USD)", "March 2026", "April 2026", "Other dates"],
                ["Bolt", 320, None, 300, 20],
                ["Acme", 210, 200, None, 10],
                ["No customer", 20, 20, None, None],
            ],
        )
        self.assertEqual(sheet.max_column, 5)

    def test_summary(self):
        sheet = self.cached("summary")["Summary"]
        months = [(row[3].value, row[4].value) for row in sheet.iter_rows() if row[3].value]
        self.assertEqual(
            months[1:], [("March 2026", 220), ("April 2026", 300), ("Other dates", 30)]
        )
        charts = self.workbook("summary")["Summary"]._charts
        [series] = charts[1].series
        self.assertEqual(len(series.cat.strRef.strCache.pt), 2)

    def test_days_before_1900_are_texts(self):
        """Excel has no number for them, and shows a row of crosses."""
        columns = ["date", "quantity"]
        sheet = self.cached("lines", columns=columns, order="date")["Lines"]
        self.assertEqual(sheet["A3"].value, "0206-01-15")
        self.assertEqual(sheet.cell(sheet.max_row, 1).value, datetime(9206, 1, 15))
        sheet = self.cached("by_customer", columns=columns, order="date")["By Customer"]
        days = [row[1].value for row in sheet.iter_rows(3)]
        self.assertIn("0206-01-15", days)
        sheet = self.cached("customers")["Customers"]
        first = {row[0].value: row[7].value for row in sheet.iter_rows(3)}
        self.assertEqual(first["Bolt"], "0206-01-15")
        with open(self.export(file_format="csv", columns=columns, order="date")) as file:
            self.assertIn("0206-01-15", file.read())


@tagged("post_install", "-at_install")
class TestZone(ExportCommon):
    def test_exported_on_is_in_the_zone_it_names(self):
        self.make_sales()
        self.env.user.tz = "Europe/Paris"
        for zone, hour in (("Asia/Riyadh", "1:30"), ("America/New_York", "6:30")):
            env = self.env(su=False, context={**self.env.context, "tz": zone})
            with freeze_time("2026-05-20 22:30:00"):
                sheet = self.workbook("summary", env=env)["Summary"]
            facts = {row[0].value: row[1].value for row in sheet.iter_rows(2, 40) if row[0].value}
            day = datetime(2026, 5, 20, 22, 30, tzinfo=pytz.utc).astimezone(pytz.timezone(zone))
            self.assertIn(f"{day.month}/{day.day}/26", facts["Exported on"])
            self.assertIn(hour, facts["Exported on"])
            self.assertIn(f"({zone})", facts["Exported on"])
