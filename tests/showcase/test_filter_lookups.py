"""Conditions on totals in a transaction that only reads, as those of the web client do."""

import json
import sys
from unittest.mock import patch

from odoo import models
from odoo.api import Environment
from odoo.sql_db import Cursor
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from . import require_showcase

LOOKUP = "odoo.addons.customer_sales_report.tools.sql.lookup"
CONDITIONS = "odoo.addons.customer_sales_report.report.customer_sales_report.conditions"
NET_SALES = ["counts_as_sale", "=", True]


def total(name, minimum=None, maximum=None, amount="price_subtotal", domain=(NET_SALES,)):
    value = {"amount": amount, "min": minimum, "max": maximum, "domain": list(domain)}
    return [name, "=", json.dumps(value)]


@tagged("post_install", "-at_install")
class TestFilterLookups(TransactionCase):
    """They are found once, and nothing else is found than by the plain query."""

    def setUp(self):
        super().setUp()
        # A transaction of its own: that of the test has written.
        cr = self.registry.cursor()
        self.addCleanup(cr.close)
        companies = self.env["res.company"].search([]).ids
        user = self.env.ref("base.user_admin")
        env = Environment(cr, user.id, {"allowed_company_ids": companies, "tz": "Asia/Riyadh"})
        self.report = env["customer.sales.report"].sudo()
        require_showcase(self.report)

    def domains(self):
        totals = sorted(
            amount
            for _customer, amount in self.report._read_group(
                [NET_SALES, ("commercial_partner_id", "!=", False)],
                ["commercial_partner_id"],
                ["price_subtotal:sum"],
            )
        )
        low, high = totals[len(totals) // 4], totals[len(totals) * 3 // 4]
        middle = sorted(self.report.search([NET_SALES]).mapped("date"))[1000]
        return [
            [NET_SALES, total("customer_total", low)],
            [total("customer_total", low, high)],
            [NET_SALES, total("customer_total", maximum=low), ["channel", "=", "pos"]],
            [total("customer_total", totals[-1] + 1)],
            [NET_SALES, total("document_total", high / 10)],
            [["customer_since", "<", middle]],
            [NET_SALES, ["customer_since", ">=", middle], total("customer_total", low)],
            ["|", total("customer_total", high), ["channel", "=", "pos"]],
        ]

    def plain_ids(self, domain, **kwargs):
        query = models.Model._search(self.report, domain, order=self.report._order, **kwargs)
        return list(query.get_result_ids())

    def lookups(self, function):
        """How many queries of ``function`` add totals up."""
        queries = []
        execute = Cursor.execute

        def noting(cr, query, *args, **kwargs):
            queries.append(query.code if isinstance(query, SQL) else query)
            return execute(cr, query, *args, **kwargs)

        with patch.object(Cursor, "execute", noting):
            function()
        return sum(" HAVING " in code for code in queries)

    def test_same_rows(self):
        """Whether few values are found, many, or too many to be kept."""
        for few, kept in ((5000, 500_000), (0, 500_000), (0, 0)):
            self.patch(sys.modules[CONDITIONS], "FEW_VALUES", few)
            self.patch(sys.modules[LOOKUP], "KEPT_VALUES", kept)
            self.report.env.cr.cache.clear()
            for domain in self.domains():
                with self.subTest(domain=domain, few=few, kept=kept):
                    expected = self.plain_ids(domain)
                    self.assertEqual(self.report.search(domain).ids, expected)
                    self.assertEqual(self.report.search_count(domain), len(expected))
                    page = self.report.search(domain, limit=80, offset=3)
                    self.assertEqual(page.ids, expected[3:83])
                    groups = self.report._read_group(domain, ["user_id"], ["__count"])
                    self.assertEqual(sum(count for _user, count in groups), len(expected))

    def test_found_once(self):
        """A page, the number of its rows, the next one, and their groups."""
        domain = [NET_SALES, total("customer_total", 1)]
        specification = {"date": {}, "price_subtotal": {}}

        def read():
            for offset in (0, 80):
                page = self.report.web_search_read(domain, specification, offset, 80, count_limit=1)
                self.assertEqual(len(page["records"]), 80)
            self.report.formatted_read_group(domain, ["channel"], ["price_subtotal:sum"])

        self.assertEqual(self.lookups(read), 1)
        self.assertEqual(self.lookups(read), 0)

    def test_found_anew_after_writing(self):
        """An invoice that is taken back is in no total any more, in the same transaction too."""
        invoice = self.report.search(
            [("document_type", "=", "customer_invoice"), ("channel", "=", "sales")], limit=1
        ).document_ref
        customer = invoice.commercial_partner_id
        of_customer = [NET_SALES, ["commercial_partner_id", "=", customer.id]]
        before = sum(self.report.search(of_customer).mapped("price_subtotal"))
        domain = [*of_customer, total("customer_total", before - 0.001)]
        self.assertTrue(self.report.search(domain))
        self.assertGreater(invoice.amount_untaxed_signed, 0.001)
        invoice.button_draft()
        self.assertFalse(self.report.search(domain))
        self.assertEqual(self.lookups(lambda: self.report.search(domain, limit=80)), 2)
