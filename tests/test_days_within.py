"""Whether a moment is in a range of days is told without its day wherever it can be."""

from datetime import date

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..tools.sql.days import days_within, is_within
from ..tools.sql.expression import Expression
from ..tools.sql.source import Source

# From UTC+14 to UTC-11, whose clocks change at midnight, and by half an hour
ZONES = (
    *("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Beirut", "Australia/Lord_Howe"),
    *("America/Havana", "Asia/Riyadh"),
)
RANGES = [
    (date(2026, 3, 29), date(2026, 3, 29)),
    (date(2026, 3, 27), date(2026, 3, 30)),
    (date(2026, 3, 1), date(2026, 4, 15)),
    (date.min, date(2026, 3, 31)),
    (date(2026, 3, 29), date.max),
    (date(2026, 4, 2), date(2026, 4, 1)),
]


@tagged("post_install", "-at_install")
class TestDaysWithin(TransactionCase):
    def source(self, zone):
        moment = Expression("line.moment")
        day = Expression("timezone(%s, timezone('UTC', line.moment))::date", zone)
        return Source(1, {"date": day}, "moments", Expression("TRUE"), timestamp=moment)

    def differing(self, condition, exact):
        """How many moments, of each half hour from February to April, two conditions differ on."""
        [[count, differing]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*), COUNT(*) FILTER (WHERE (%s) IS DISTINCT FROM (%s)) FROM ("
                "SELECT moment FROM GENERATE_SERIES('2026-02-20'::timestamp, '2026-05-01', "
                "'30 minutes') AS moment UNION ALL SELECT NULL) AS line",
                condition,
                exact,
            )
        )
        self.assertGreater(count, 3000)
        return differing

    def test_as_by_the_day(self):
        for zone in ZONES:
            source = self.source(zone)
            for first, last in RANGES:
                with self.subTest(zone=zone, first=first, last=last):
                    exact = Expression("%s BETWEEN %s AND %s", source.columns["date"], first, last)
                    self.assertEqual(self.differing(is_within(source, first, last), exact), 0)

    def test_several_ranges(self):
        for zone in ZONES:
            source = self.source(zone)
            ranges = [RANGES[0], (date(2026, 4, 10), date(2026, 4, 20))]
            condition = SQL("COALESCE(%s, FALSE)", days_within(source, ranges).where)
            exact = SQL(
                "COALESCE(%s, FALSE)",
                SQL(" OR ").join(
                    SQL("%s BETWEEN %s AND %s", source.columns["date"], *days) for days in ranges
                ),
            )
            with self.subTest(zone=zone):
                self.assertEqual(self.differing(condition, exact), 0)
