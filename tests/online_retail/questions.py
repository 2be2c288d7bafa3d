"""Questions about the customers of Online Retail, asked by the filter dialog, against what the file
itself says."""

import csv
import gzip
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from odoo import Command
from odoo.tests import new_test_user

PROFILE = "customer.sales.profile"
CENT = Decimal("0.01")


class QuestionsOfOnlineRetail:
    """With ``loaded``, the environment of the loaded company, and ``data_set``, the path of the
    file. Each question is answered from the file, to customers' numbers, and by the dialog: as
    customers, and as the customers of lines and purchases."""

    def test_questions(self):
        asking = self.asking()
        facts = Facts(self.data_set)
        self.assertEqual((len(facts.net), len(facts.bought())), (4371, 4338))
        first_half = {"bought": "anything", **days("bought", "2011-01-01", "2011-06-30")}
        heart, cakestand = (
            self.loaded["product.product"].search(
                [("default_code", "=", code), ("company_id", "in", [False, self.loaded.company.id])]
            )
            for code in ("85123A", "22423")
        )
        for question, values, count, expected in (
            (
                "bought in the first half of 2011 and not since",
                {**first_half, "missing": "anything", **days("missing", "2011-07-01")},
                853,
                facts.bought("2011-01-01", "2011-06-30") - facts.bought("2011-07-01"),
            ),
            (
                "customers of 2010 who came back in 2011",
                {
                    "bought": "anything",
                    **days("bought", "2010-01-01", "2010-12-31"),
                    "also": "anything",
                    **days("also", "2011-01-01", "2011-12-31"),
                },
                766,
                facts.bought(until="2010-12-31") & facts.bought("2011-01-01"),
            ),
            (
                "bought at least ten times",
                {"bought": "anything", "bought_times_range": "least", "bought_times": 10},
                391,
                {customer for customer, times in facts.times.items() if times >= 10},
            ),
            (
                "bought at most twice",
                {"bought": "anything", "bought_times_range": "most", "bought_times": 2},
                2328,
                {customer for customer, times in facts.times.items() if times <= 2},
            ),
            (
                "the top 20 %",
                {"largest": "percent", "largest_number": 20},
                868,
                facts.largest(ceil(4338 * 0.2)),
            ),
            (
                "the top 20 % of the first half of 2011",
                {
                    "largest": "percent",
                    "largest_number": 20,
                    **days("largest", "2011-01-01", "2011-06-30"),
                },
                545,
                facts.largest(ceil(2724 * 0.2), "2011-01-01", "2011-06-30"),
            ),
            (
                "the top 50",
                {"largest": "customers", "largest_number": 50},
                50,
                facts.largest(50),
            ),
            ("above average", {"largest": "above_average"}, 910, facts.above_average()),
            (
                "bought a heart and no cakestand",
                {
                    "bought": "products",
                    "bought_product_ids": [Command.set(heart.product_tmpl_id.ids)],
                    "missing": "products",
                    "missing_product_ids": [Command.set(cakestand.product_tmpl_id.ids)],
                },
                595,
                facts.buyers("85123A").keys() - facts.buyers("22423").keys(),
            ),
            (
                "bought a heart at least ten times",
                {
                    "bought": "products",
                    "bought_product_ids": [Command.set(heart.product_tmpl_id.ids)],
                    "bought_times_range": "least",
                    "bought_times": 10,
                },
                17,
                {each for each, times in facts.buyers("85123A").items() if times >= 10},
            ),
            (
                "last bought in the first quarter of 2011",
                {"last_from": "2011-01-01", "last_to": "2011-03-31"},
                370,
                facts.bought("2011-01-01", "2011-03-31") - facts.bought("2011-04-01"),
            ),
        ):
            with self.subTest(question):
                self.assertEqual(len(expected), count)
                self.assertEqual(self.answer(asking, "customers", values), expected)
                self.assertEqual(self.answer(asking, "lines", values), expected)
                self.assertEqual(self.answer(asking, "purchases", values), expected)

    def asking(self):
        """The dialog of a user who sees all customers, as they were on the last day."""
        company = self.loaded.company
        self.loaded[PROFILE].sudo()._refresh(company, full=True, as_of=date(2011, 12, 9))
        user = new_test_user(
            self.loaded,
            "asks_online_retail",
            "customer_sales_report.group_customer_sales_all",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        env = self.loaded(user=user, su=False, context={"allowed_company_ids": company.ids})
        return env["customer.sales.filter"]

    def answer(self, asking, shown, values):
        """The numbers of the customers that the dialog finds."""
        wizard = asking.create({"shown": shown, **values})
        customer = "commercial_partner_id" if shown == "lines" else "partner_id"
        groups = wizard._shown_model()._read_group(wizard._filter_domain(), [customer])
        return {partner.sudo().ref for (partner,) in groups}


class Facts:
    """What the file says of its customers, by their numbers."""

    def __init__(self, path):
        self.documents = {}
        opener = gzip.open if path.endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                self._read(row)
        self.purchases = [each for each in self.documents.values() if each["net"] > 0]
        self.times = Counter(each["customer"] for each in self.purchases)
        self.net = self._net()

    def _read(self, row):
        price = Decimal(row["UnitPrice"])
        if not row["CustomerID"] or not price or row["InvoiceNo"].startswith("A"):
            return
        document = self.documents.setdefault(
            row["InvoiceNo"],
            {
                "customer": row["CustomerID"],
                "day": row["InvoiceDate"][:10],
                "net": Decimal(),
                "products": defaultdict(Decimal),
            },
        )
        amount = (int(row["Quantity"]) * price).quantize(CENT, ROUND_HALF_UP)
        document["net"] += amount
        document["products"][row["StockCode"]] += amount

    def bought(self, since="", until="9"):
        return {each["customer"] for each in self.purchases if since <= each["day"] <= until}

    def buyers(self, code):
        """Customer -> on how many documents it bought a product."""
        return Counter(
            each["customer"] for each in self.documents.values() if each["products"][code] > 0
        )

    def _net(self, since="", until="9"):
        net = defaultdict(Decimal)
        for each in self.documents.values():
            if since <= each["day"] <= until:
                net[each["customer"]] += each["net"]
        return net

    def largest(self, places, since="", until="9"):
        """Of those who bought, those that no more than ``places`` others surpass."""
        net = self._net(since, until)
        amounts = sorted((net[customer] for customer in self.bought(since, until)), reverse=True)
        return {
            customer
            for customer in self.bought(since, until)
            if net[customer] >= amounts[places - 1]
        }

    def above_average(self):
        buyers = self.bought()
        average = sum(self.net[customer] for customer in buyers) / len(buyers)
        return {customer for customer in buyers if self.net[customer] > average}


def days(name, first=False, last=False):
    """The values of a period of the dialog."""
    return {f"{name}_period": "dates", f"{name}_from": first, f"{name}_to": last}
