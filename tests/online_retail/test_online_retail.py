"""The loader of the Online Retail data set, and its published figures where the set is at hand."""

import csv
import gzip
import importlib.util
import os
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..reconciliation import ReconciliationAssertions
from .predictions import PredictionsOfOnlineRetail, without_products
from .questions import QuestionsOfOnlineRetail
from .suggestions import SuggestionsOfOnlineRetail

DATA_SET = os.environ.get("ONLINE_RETAIL_CSV", "")


def import_loader():
    """Import dev/online_retail, which is no part of the addon."""
    folder = Path(__file__).resolve().parents[2] / "dev" / "online_retail"
    spec = importlib.util.spec_from_file_location(
        folder.name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    loader = sys.modules[folder.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loader)
    return loader


online_retail = import_loader()

# Two documents of each kind and one of each that is left out. Among them: a price below a penny, a
# half penny (3 x 0.005), a service, a customer who moved, and a receipt in summer half an hour
# after midnight, which is the day before in UTC.
SAMPLE = """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
500001,10001,RED MUG,6,2011-01-04 10:00:00,2.55,90001,United Kingdom
500002,10001,RED MUG,12,2011-01-04 10:05:00,2.1,90002,EIRE
500002,POST,POSTAGE,1,2011-01-04 10:05:00,18,90002,EIRE
500002,10002,BLUE MUG,3,2011-01-04 10:05:00,0.005,90002,EIRE
500002,10002,BLUE MUG,1,2011-01-04 10:06:00,0.001,90002,EIRE
500003,10002,BLUE MUG ,2,2011-01-05 09:00:00,3.75,90002,Spain
500003,10002,BLUE MUG,1,2011-01-05 09:00:00,0,90002,Spain
C500004,10001,RED MUG,-6,2011-01-06 09:00:00,2.55,90001,United Kingdom
C500005,10001,RED MUG,-2,2011-01-07 09:00:00,2.1,90002,EIRE
C500005,POST,POSTAGE,-1,2011-01-07 09:00:00,18,90002,EIRE
500006,10001,RED MUG,1,2011-01-08 12:00:00,5.06,,United Kingdom
500007,10001,RED MUG,2,2011-06-01 00:30:00,5.06,,United Kingdom
500007,10002,BLUE MUG,3,2011-06-01 00:30:00,0.005,,United Kingdom
C500008,10002,BLUE MUG,-1,2011-01-08 13:00:00,3.75,,United Kingdom
C500009,10001,RED MUG,-1,2011-06-02 10:00:00,5.06,,United Kingdom
C500009,10002,BLUE MUG,-1,2011-06-02 10:00:00,3.75,,United Kingdom
500010,10002,damaged,-5,2011-06-02 11:00:00,0,,United Kingdom
A500011,B,Adjust bad debt,1,2011-06-02 12:00:00,-11.06,,United Kingdom
"""

# What no report of sales reads, or cannot be the same twice
OTHER_COLUMNS = {
    "account_move": ["id", "access_token", "made_sequence_gap"],
    "account_move_line": ["id", "move_id"],
    "pos_order": ["id", "session_id", "uuid", "access_token", "sequence_number", "tracking_number"],
    "pos_order_line": ["id", "order_id", "uuid", "name"],
    "pos_payment": ["id", "pos_order_id", "session_id", "uuid"],
}
WRITTEN = ["create_uid", "write_uid", "create_date", "write_date"]


@tagged("post_install", "-at_install")
class TestOnlineRetailLoader(ReconciliationAssertions, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = Path(cls.enterClassContext(tempfile.TemporaryDirectory())) / "sample.csv"
        cls.path.write_text(SAMPLE)

    def test_bulk_writes_what_odoo_writes(self):
        """Bulk documents equal those of Odoo's own flow, in every column that reports read."""
        said = []
        self.env = online_retail.prepare(self.env, self.path, said.append)
        first = online_retail.staging.first_documents(self.env)
        self.assertCountEqual(first, ["500001", "C500004", "500006", "C500008"])

        savepoint = self.env.cr.savepoint()
        online_retail.own_flow.write_documents(self.env, self._numbers())
        expected = self._written_rows()
        savepoint.close(rollback=True)

        online_retail.own_flow.write_documents(self.env, first)
        foreign_keys = self._foreign_keys()
        online_retail.bulk.write_documents(self.env, said.append)
        self.assertEqual(self._foreign_keys(), foreign_keys)
        written = self._written_rows()

        self.maxDiff = None
        for table, count in (
            ("account_move", 5),
            ("account_move_line", 9 + 5),
            ("pos_order", 4),
            ("pos_order_line", 6),
            ("pos_payment", 4),
        ):
            with self.subTest(table=table):
                self.assertEqual(len(expected[table]), count)
                self.assertEqual(written[table], expected[table])

    def test_mapping(self):
        """The report shows each document once, of the right kind, day, customer and amount."""
        said = []
        env = online_retail.load(self.env, self.path, said.append)
        self.assertIn("18 lines read", said[1])
        self.assertIn("2 lines left out: no price", said[6])
        self.assertIn("1 lines left out: adjustments", said[7])

        company = env.company
        self.assertEqual((company.currency_id.name, company.country_code), ("GBP", "GB"))
        self.assertEqual(company.account_fiscal_country_id, company.country_id)
        report = env["customer.sales.report"].with_context(tz="Europe/London")
        currencies = report._read_group(
            [("company_id", "=", company.id)], ["currency_id", "document_currency_id"], ["__count"]
        )
        self.assertEqual(currencies, [(company.currency_id, company.currency_id, 15)])
        rows = report._read_group(
            [("company_id", "=", env.company.id)],
            ["document_type", "document_number", "date:day", "commercial_partner_id"],
            ["quantity:sum", "price_subtotal:sum"],
        )
        self.assertCountEqual(
            [
                (kind, number[-7:].strip(), str(day), partner.ref, quantity, round(amount, 6))
                for kind, number, day, partner, quantity, amount in rows
            ],
            [
                ("customer_invoice", "500001", "2011-01-04", "90001", 6, 15.30),
                # 25.20 + 18.00 + 0.02 + 0.00
                ("customer_invoice", "500002", "2011-01-04", "90002", 17, 43.22),
                ("customer_invoice", "500003", "2011-01-05", "90002", 2, 7.50),
                ("credit_note", "C500004", "2011-01-06", "90001", -6, -15.30),
                ("credit_note", "C500005", "2011-01-07", "90002", -3, -22.20),
                ("pos_receipt", "500006", "2011-01-08", False, 1, 5.06),
                ("pos_receipt", "500007", "2011-06-01", False, 5, 10.14),
                ("pos_refund", "C500008", "2011-01-08", False, -1, -3.75),
                ("pos_refund", "C500009", "2011-06-02", False, -2, -8.81),
            ],
        )
        receipt = env["pos.order"].search([("pos_reference", "=", "500007")])
        self.assertEqual(str(receipt.date_order), "2011-05-31 23:30:00")
        self.assertEqual(receipt.session_id.state, "closed")

        self.assertCompaniesReconciled(report.env)

        moved = env["res.partner"].search([("ref", "=", "90002")])
        self.assertEqual((moved.country_id.code, moved.customer_rank), ("IE", 3))
        postage = env["product.product"].search([("default_code", "=", "POST")])
        self.assertEqual((postage.type, postage.name), ("service", "POSTAGE"))

    def test_dates_moved_to_this_week(self):
        """From the week of Monday, 30 May 2011 to that of 23 November 2026 are 808 weeks: days of
        the week and local times stay, and what was sold."""
        self.assertEqual(date(2011, 5, 30) + timedelta(weeks=808), date(2026, 11, 23))

        def loaded(week):
            with self.env.cr.savepoint() as savepoint:
                env = online_retail.load(self.env, self.path, lambda text: None, week)
                report = env["customer.sales.report"].with_context(tz="Europe/London")
                days = report._read_group(
                    [("company_id", "=", env.company.id)],
                    ["document_number", "date:day"],
                    ["price_subtotal:sum"],
                )
                [night] = env["pos.order"].search([("pos_reference", "=", "500007")])
                moment = str(night.date_order)
                figures = online_retail.figures(env)
                savepoint.rollback()
                self.env.invalidate_all()
            days = {number[-7:].strip(): (day, round(net, 6)) for number, day, net in days}
            return days, moment, figures

        before, moment_before, figures_before = loaded(None)
        for today in (date(2026, 11, 23), date(2026, 11, 29)):
            days, moment, figures = loaded(today)
            self.assertEqual(
                days,
                {
                    number: (day + timedelta(weeks=808), net)
                    for number, (day, net) in before.items()
                },
            )
            self.assertEqual(max(day for day, _net in days.values()), date(2026, 11, 26))
            # Half past midnight in summer is that in winter.
            self.assertEqual(moment_before, "2011-05-31 23:30:00")
            self.assertEqual(moment, "2026-11-25 00:30:00")
            self.assertEqual(figures, figures_before)

    def test_two_customers_on_one_number(self):
        """A number with two customers would be two documents: refused, not guessed."""
        mixed = self.path.with_name("mixed.csv")
        line = "500001,10001,RED MUG,1,2011-01-04 10:00:00,2.55,,United Kingdom\n"
        mixed.write_text(SAMPLE + line)
        with self.assertRaisesRegex(ValueError, "500001"):
            online_retail.load(self.env, mixed)

    def _numbers(self):
        query = SQL("SELECT number FROM online_retail_document")
        return [number for (number,) in self.env.execute_query(query)]

    def _foreign_keys(self):
        query = SQL("""
            SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
              FROM pg_constraint
             WHERE contype = 'f'
             ORDER BY 1, 2
        """)
        return self.env.execute_query(query)

    def _written_rows(self):
        """The rows of the data set's company, by table, in a fixed order."""
        self.env.flush_all()
        company = self.env.company
        selections = {
            "account_move": SQL("move_type != 'entry' AND company_id = %s", company.id),
            "account_move_line": SQL("journal_id IN %s", self._invoice_journals()),
            "pos_order": SQL("company_id = %s", company.id),
            "pos_order_line": SQL("company_id = %s", company.id),
            "pos_payment": SQL("company_id = %s", company.id),
        }
        rows = {}
        for table, selection in selections.items():
            query = SQL(
                "SELECT to_jsonb(row) - %s FROM %s AS row WHERE %s",
                OTHER_COLUMNS[table] + WRITTEN,
                SQL.identifier(table),
                selection,
            )
            rows[table] = sorted(map(_with_floats, self.env.execute_query(query)), key=repr)
        return rows

    def _invoice_journals(self):
        moves = self.env["account.move"].search(
            [("move_type", "!=", "entry"), ("company_id", "=", self.env.company.id)]
        )
        return tuple(moves.journal_id.ids)


def _with_floats(result):
    """The row of a query for one JSON object, with 1 and 1.0 alike."""
    (row,) = result
    return {column: float(value) if type(value) is int else value for column, value in row.items()}


if Path(DATA_SET).is_file():

    @tagged("post_install", "-at_install")
    class TestOnlineRetailFigures(
        PredictionsOfOnlineRetail,
        QuestionsOfOnlineRetail,
        SuggestionsOfOnlineRetail,
        ReconciliationAssertions,
        TransactionCase,
    ):
        data_set = DATA_SET

        @classmethod
        def setUpClass(cls):
            super().setUpClass()
            cls.loaded = online_retail.load(cls.env, DATA_SET)

        def test_published_figures(self):
            """The report says what was published, to the penny, and of the receipts as well; and
            what Odoo's own reports say."""
            env = self.loaded
            for name, published, reported in online_retail.figures(env):
                with self.subTest(figure=name):
                    self.assertEqual(reported, published)

            lines, amounts, documents = anonymous_sales(DATA_SET)
            for kind in ("pos_receipt", "pos_refund"):
                with self.subTest(document_type=kind):
                    count, amount, numbers = env["customer.sales.report"]._read_group(
                        [
                            ("company_id", "=", env.company.id),
                            ("counts_as_sale", "=", True),
                            ("commercial_partner_id", "=", False),
                            ("document_type", "=", kind),
                        ],
                        [],
                        ["__count", "price_subtotal:sum", "document_ref:count_distinct"],
                    )[0]
                    self.assertEqual(count, lines[kind])
                    self.assertEqual(Decimal(str(round(amount, 6))), amounts[kind])
                    self.assertEqual(numbers, len(documents[kind]))
            with self.subTest("reconciliation"):
                self.assertCompaniesReconciled(env)

    @tagged("post_install", "-at_install")
    class TestOnlineRetailThisWeek(TransactionCase):
        @without_products
        def test_published_figures_in_this_week(self):
            """With all dates moved, the same; and customers of every status."""
            today = date.today()
            env = online_retail.load(self.env, DATA_SET, week=today)
            for name, published, reported in online_retail.figures(env):
                with self.subTest(figure=name):
                    self.assertEqual(reported, published)
            Profile = env["customer.sales.profile"]
            sunday = today + timedelta(days=6 - today.weekday())
            Profile._refresh(env.company, full=True, as_of=sunday)
            statuses = Profile._read_group(
                [("company_id", "=", env.company.id)], ["status"], ["__count"]
            )
            self.assertLessEqual(
                {"new", "active", "slowing", "dormant", "lost"},
                {status for status, _count in statuses},
            )
            self.assertEqual(sum(count for _status, count in statuses), 4371)

    def anonymous_sales(path):
        """Lines, amount and numbers of the anonymous part, by kind, computed from the file."""
        lines, amounts = Counter(), Counter()
        documents = {"pos_receipt": set(), "pos_refund": set()}
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                price = Decimal(row["UnitPrice"])
                if row["CustomerID"] or not price or row["InvoiceNo"].startswith("A"):
                    continue
                kind = "pos_refund" if row["InvoiceNo"].startswith("C") else "pos_receipt"
                amount = int(row["Quantity"]) * price
                lines[kind] += 1
                amounts[kind] += amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
                documents[kind].add(row["InvoiceNo"])
        return lines, amounts, documents
