"""What a filter says: the same words in its facets, in the export log, in workbooks and in the
names of files. Expected words as tables."""

from freezegun import freeze_time

from odoo.fields import Command, Domain

from ..tools.domain_words import domain_words
from ..tools.safe_text import file_name
from .filter_common import FilterCommon

TODAY = "2026-11-26 12:00:00"


class TestFilterWords(FilterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        riyal = cls.env.ref("base.SAR")
        riyal.write({"active": True, "symbol": "SR", "position": "after"})
        cls.riyal = riyal

    def in_riyals(self):
        """Amounts are written in the currency of the company, which has documents: so the words
        are read by a user of another company."""
        company = self.env["res.company"].create({"name": "Najd", "currency_id": self.riyal.id})
        self.env.user.company_ids += company
        return self.env["customer.sales.filter"].with_company(company)

    def words(self, env_of=None, lang="en_US", **values):
        wizard = self.filter(company_ids=False, counted="all")
        env = (env_of if env_of is not None else wizard).with_context(
            lang=lang, customer_sales_filter={}
        )
        values = {
            name: env._ticks(name, value) if isinstance(value, set) else value
            for name, value in values.items()
        }
        wizard = env.create({"company_ids": False, "counted": "all", **values})
        return wizard._words_of(wizard._checked_sections())

    @freeze_time(TODAY)
    def test_facets(self):
        for values, words in (
            ({"counted": "net_sales"}, "Net Sales"),
            ({"counted": "ordered"}, "Ordered"),
            ({"customer_ids": self.acme.ids}, "Customer: Acme"),
            ({"customer_ids": (self.acme | self.bob).ids}, "Customer: Acme or Bob"),
            ({"customer_ids": self.acme.ids, "customer_scope": "alone"}, "Contact: Acme"),
            ({"customer_type": "company"}, "Companies"),
            ({"customer_type": "person"}, "Individuals"),
            ({"cities": "Riyadh"}, "Customer City: Riyadh"),
            ({"cities": "Riyadh, Hail"}, "Customer City: Riyadh or Hail"),
            ({"tag_ids": self.wholesale.ids}, "Customer Tags: Wholesale"),
            ({"industry_ids": self.industry.ids}, "Customer Industry: Hotels"),
            ({"categ_ids": self.cups.ids}, "Product Category: Cups"),
            ({"returns": "without"}, "Without returns"),
            ({"returns": "only"}, "Returns only"),
            ({"document_types": {"sales_order"}}, "Document Type: Sales Order"),
            ({"channels": {"pos", "website"}}, "Channel: Website or Point of Sale"),
            ({"left_out_kinds": {"tip", "delivery"}}, "Without: Delivery, Tip"),
            ({"since_to": "2026-03-09"}, "Customer Since: until Mar 9, 2026"),
            (
                {"since_from": "2026-03-01", "since_to": "2026-03-09"},
                "Customer Since: Mar 1 – 9, 2026",
            ),
            ({"partner_domain": "[('ref', '=', 'A-1')]"}, "Customer › Reference is A-1"),
        ):
            with self.subTest(values=values):
                self.assertEqual(self.words(**values), [words])

    @freeze_time(TODAY)
    def test_periods_have_their_days(self):
        self.env["res.lang"]._activate_lang("ar_001")
        for values, english, arabic in (
            (
                {"period": "last_quarter"},
                "Last Quarter (Jul 1 – Sep 30, 2026)",
                "1 يوليو – 30 سبتمبر 2026",
            ),
            ({"period": "today"}, "Today (Nov 26, 2026)", "26 نوفمبر 2026"),
            (
                {"period": "last_month", "year_earlier": True},
                "Last Month, a year earlier (Oct 1 – 31, 2025)",
                "1–31 أكتوبر 2025",
            ),
            (
                {"period": "dates", "date_from": "2025-12-01", "date_to": "2026-01-31"},
                "Date: Dec 1, 2025 – Jan 31, 2026",
                "1 ديسمبر 2025 – 31 يناير 2026",
            ),
        ):
            with self.subTest(values=values):
                [words] = self.words(**values)
                self.assertEqual(words, english)
                [words] = self.words(lang="ar_001", **values)
                self.assertIn(arabic, words)

    def test_amounts_have_their_currency(self):
        wizards = self.in_riyals()
        for values, words in (
            ({"amount_range": "min", "amount_min": 10000}, "≥ 10,000.00 SR per customer"),
            ({"amount_range": "max", "amount_max": 0}, "≤ 0.00 SR per customer"),
            (
                {"amount_range": "between", "amount_min": 1, "amount_max": 2.5},
                "1.00 SR – 2.50 SR per customer",
            ),
            (
                {"amount_range": "min", "amount_min": 5, "amount_of": "document"},
                "≥ 5.00 SR per document",
            ),
            ({"amount_range": "max", "amount_max": 5, "amount_of": "line"}, "≤ 5.00 SR per line"),
            (
                {
                    "amount_range": "between",
                    "amount_min": 1,
                    "amount_max": 2,
                    "amount_of": "line",
                },
                "1.00 SR – 2.00 SR per line",
            ),
            (
                {"amount_range": "min", "amount_min": 5, "amount": "price_total"},
                "Total: ≥ 5.00 SR per customer",
            ),
            (
                {"amount_range": "min", "amount_min": 1234, "amount": "quantity"},
                "Quantity: ≥ 1,234.00 per customer",
            ),
        ):
            with self.subTest(values=values):
                [found] = self.words(wizards, **values)
                self.assertEqual(found.replace("\xa0", " "), words)

    def test_amounts_stay_in_order_where_one_reads_from_the_right(self):
        self.env["res.lang"]._activate_lang("ar_001")
        [words] = self.words(self.in_riyals(), lang="ar_001", amount_range="min", amount_min=10000)
        self.assertIn("\u2066≥ 10,000.00\xa0SR\u2069", words)

    def test_words_of_a_whole_filter(self):
        """A total says of which lines it is, where those are not all that is told beside it."""
        wizard = self.filter(
            company_ids=False, cities="Riyadh", amount_range="between", amount_min=1, amount_max=2
        )
        domain = Domain(wizard._filter_domain())
        words = "Customer City: Riyadh, and Net Sales, and $\xa01.00 – $\xa02.00 per customer"
        self.assertEqual(domain_words(self.report, domain), words)
        sections = wizard._checked_sections()
        self.assertEqual(", and ".join(wizard._words_of(sections)), words)
        self.assertEqual(
            domain_words(self.report, domain & Domain("channel", "=", "pos")),
            f"{words}, of lines where Customer City: Riyadh, and Net Sales, and Channel: Point of "
            "Sale",
        )

    def test_alternatives_and_opposites(self):
        for domain, words in (
            (
                ["|", ("counts_as_sale", "=", True), ("city", "ilike", "x")],
                "Net Sales, or Customer City: x",
            ),
            (["!", ("document_type", "in", ["credit_note", "pos_refund"])], "Without returns"),
            ([("date", ">=", "2026-03-01")], "Date: from Mar 1, 2026"),
            (
                [("quantity", ">=", 1), ("quantity", "<=", 2), ("quantity", ">", 0)],
                "Quantity: 1.00 – 2.00 per line, and Quantity is above 0",
            ),
            (
                [("date", ">=", "2026-03-01"), ("date", "<=", "soon")],
                "Date: from Mar 1, 2026, and Date is at most soon",
            ),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(domain_words(self.report, domain), words)

    @freeze_time("2026-04-15 12:00:00")
    def test_the_same_in_files(self):
        """The facets, the export's dialog, its title, which names the file, the log."""
        self.env.user.group_ids |= self.env.ref("base.group_allow_export")
        wizard = self.filter(period="last_quarter", customer_ids=[Command.set(self.acme.ids)])
        action = wizard.action_export()
        export = self.env["customer.sales.export"].with_context(**action["context"]).create({})
        words = ", and ".join(wizard._words_of(wizard._checked_sections()))
        self.assertIn("Last Quarter (Jan 1 – Mar 31, 2026)", words)
        self.assertEqual(export.filter_words, words)
        self.assertEqual(export.title, f"Customer Sales - {words}")
        export.action_export()
        job = self.env["customer.sales.export.job"].sudo().search([], limit=1, order="id desc")
        self.assertEqual(job.file_name, file_name(f"Customer Sales - {words}", ".xlsx"))
        log = self.env["customer.sales.export.log"].sudo().search([], limit=1, order="id desc")
        self.assertEqual(log.filter_words, words)
        many = self.filter(cities=", ".join(f"City {number}" for number in range(40)) + ", Riyadh")
        context = many.action_export()["context"]
        export = self.env["customer.sales.export"].with_context(**context).create({})
        self.assertEqual(export.title, "Customer Sales", "Too long for a title")
