"""Days: an invoice has one, an order or a receipt gets one from the reader's time zone."""

from .common import CustomerSalesPosCommon

# Hours from UTC on the day: Auckland 13, Riyadh 3, Los Angeles -8 (winter)
ZONES = ["Pacific/Auckland", "Asia/Riyadh", "UTC", "America/Los_Angeles"]


class TestDates(CustomerSalesPosCommon):
    def days_of(self, document):
        """The document's date in each time zone."""
        [row_id] = self.rows_of(document).ids
        return [str(self.report.with_context(tz=zone).browse(row_id).date) for zone in ZONES]

    def months_with(self, document):
        """The month that a pivot puts the document into, in each time zone."""
        reference = f"{document._name},{document.id}"
        months = []
        for zone in ZONES:
            [[month, amount]] = self.report.with_context(tz=zone)._read_group(
                [("document_ref", "=", reference)], ["date:month"], ["price_subtotal:sum"]
            )
            self.assertEqual(amount, 20)
            months.append(str(month)[:7])
        return months

    def test_invoice_on_the_first(self):
        """An invoice of 1 March is of 1 March everywhere, in March's column and filter."""
        invoice = self.invoice((self.mug, 2), day="2026-03-01")
        self.assertEqual(self.days_of(invoice), ["2026-03-01"] * 4)
        self.assertEqual(self.months_with(invoice), ["2026-03"] * 4)
        for zone in ZONES:
            report = self.report.with_context(tz=zone)
            march = [("company_id", "=", self.company.id), ("date", ">=", "2026-03-01")]
            self.assertEqual(report.search(march), self.rows_of(invoice))

    def test_receipt_late_in_the_evening(self):
        """A receipt of 23:30 in Riyadh on 28 February is of 20:30 UTC: 09:30 on 1 March in
        Auckland, 12:30 on 28 February in Los Angeles."""
        receipt = self.receipt((self.mug, 2), moment="2026-02-28 20:30:00")
        self.assertEqual(
            self.days_of(receipt), ["2026-03-01", "2026-02-28", "2026-02-28", "2026-02-28"]
        )
        self.assertEqual(self.months_with(receipt), ["2026-03", "2026-02", "2026-02", "2026-02"])

    def test_order_after_midnight(self):
        """An order of 00:30 in Riyadh on 1 March is of 21:30 UTC on 28 February."""
        order = self.sales_order((self.mug, 2), moment="2026-02-28 21:30:00")
        self.assertEqual(
            self.days_of(order), ["2026-03-01", "2026-03-01", "2026-02-28", "2026-02-28"]
        )

    def test_day_filters(self):
        """Each way of asking for a day finds what that day shows, in every time zone: receipts of
        every hour around midnight, by equality, by range, by both ends."""
        hours = [f"2026-02-28 {hour:02}:59:59" for hour in range(0, 24, 3)]
        hours += [f"2026-03-01 {hour:02}:00:00" for hour in range(0, 24, 3)]
        receipts = self.env["pos.order"].union(
            *(self.receipt((self.mug, 2), moment=hour) for hour in hours)
        )
        rows = self.rows_of(receipts)
        mine = [("id", "in", rows.ids)]
        for zone in ZONES:
            report = self.report.with_context(tz=zone)
            days = {row.id: str(row.date) for row in report.browse(rows.ids)}
            for day in ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"):
                for operator, matches in (
                    ("=", lambda shown, day=day: shown == day),
                    ("!=", lambda shown, day=day: shown != day),
                    ("<", lambda shown, day=day: shown < day),
                    ("<=", lambda shown, day=day: shown <= day),
                    (">", lambda shown, day=day: shown > day),
                    (">=", lambda shown, day=day: shown >= day),
                ):
                    with self.subTest(zone=zone, day=day, operator=operator):
                        self.assertCountEqual(
                            report.search([*mine, ("date", operator, day)]).ids,
                            [row_id for row_id, shown in days.items() if matches(shown)],
                        )

    def test_summer_time(self):
        """In Los Angeles clocks go forward on 8 March 2026 at 10:00 UTC: 07:30 UTC is 23:30 the
        day before with 8 hours' difference, 06:30 UTC the day after is 23:30 with 7."""
        before = self.receipt((self.mug, 2), moment="2026-03-08 07:30:00")
        after = self.receipt((self.mug, 2), moment="2026-03-09 06:30:00")
        self.assertEqual(self.days_of(before)[3], "2026-03-07")
        self.assertEqual(self.days_of(after)[3], "2026-03-08")

    def test_zone_of_the_user(self):
        """Without a time zone in the context, that of the user's preferences counts."""
        receipt = self.receipt((self.mug, 2), moment="2026-02-28 21:30:00")
        [row_id] = self.rows_of(receipt).ids
        for zone, day in (("Asia/Riyadh", "2026-03-01"), ("America/Los_Angeles", "2026-02-28")):
            self.env.user.tz = zone
            # An environment keeps the time zone it began with, so each zone has its own.
            report = self.report.with_context(tz=False, reader=zone)
            self.assertEqual(str(report.browse(row_id).date), day)

    def test_credit_note_of_another_month(self):
        """February's sale stays in February, its return is March's."""
        invoice = self.invoice((self.mug, 2), day="2026-02-28")
        self.credit(invoice, day="2026-03-01")
        months = self.report._read_group(
            [("company_id", "=", self.company.id)], ["date:month"], ["price_subtotal:sum"]
        )
        self.assertEqual(
            [(str(month)[:7], amount) for month, amount in months],
            [("2026-02", 20), ("2026-03", -20)],
        )

    def test_invoice_date_differs_from_accounting_date(self):
        """February is closed, so that an invoice of 28 February is accounted for later: the date
        on the invoice counts."""
        self.company.fiscalyear_lock_date = "2026-02-28"
        invoice = self.invoice((self.mug, 2), day="2026-02-28")
        self.assertGreater(str(invoice.date), "2026-02-28")
        self.assertRows([invoice], "date  untaxed\n2026-02-28  20")
