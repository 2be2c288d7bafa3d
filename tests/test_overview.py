"""The first screen: its figures by hand, and whose they are."""

import json

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import json_default

from .profile_common import CustomerSalesProfileCommon

GROUP = "customer_sales_report.group_customer_sales_{}"
NOW = "2026-06-30 12:00:00"


@tagged("post_install", "-at_install")
class TestOverview(CustomerSalesProfileCommon):
    """June 2026 against May 2026, on 30 June:

    ======== ============================================= ===========
    customer bought                                        salesperson
    ======== ============================================= ===========
    Acme     10 May 100, 10 June 300; 20 June returned 50  me
    Bolt     5 May 200                                     another
    Cora     15 June 80 and 40                             another
    Dune     10 February 2025 500                          me
    ======== ============================================= ===========
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.me, cls.reader, cls.outsider = (
            new_test_user(cls.env, f"overview_{name}", groups=groups, **company)
            for name, groups in (
                ("own", GROUP.format("user")),
                ("all", GROUP.format("all")),
                ("outsider", "base.group_user"),
            )
        )
        other = new_test_user(cls.env, "overview_colleague", groups="base.group_user", **company)
        cls.acme, cls.bolt, cls.cora, cls.dune = (
            cls.env["res.partner"].create({"name": name, "is_company": True, "user_id": user.id})
            for name, user in (("Acme", cls.me), ("Bolt", other), ("Cora", other), ("Dune", cls.me))
        )
        cls.acme.country_id = cls.env.ref("base.sa")
        for customer, *purchases in (
            (cls.acme, ("2026-05-10", 100), ("2026-06-10", 300), ("2026-06-20", -50)),
            (cls.bolt, ("2026-05-05", 200)),
            (cls.cora, ("2026-06-15", 80), ("2026-06-15", 40)),
            (cls.dune, ("2025-02-10", 500)),
        ):
            cls.buys(cls, customer, *purchases, invoice_user_id=customer.user_id.id)
        cls.refresh(cls)
        cls.env["customer.sales.refresh"].sudo()._build_history(cls.company)
        cls.env.flush_all()

    def overview(self, user=None, choice=None, **customers):
        overview = self.env["customer.sales.overview"].with_user(user or self.reader)
        choice = choice or {"current": "this_month", "base": "period_before"}
        with freeze_time(NOW):
            return overview.with_company(self.company).overview(choice, customers)

    def tiles(self, *arguments, **customers):
        found = self.overview(*arguments, **customers)["tiles"]
        return {tile["key"]: (tile["value"], tile["base"]) for tile in found}

    def test_tiles(self):
        """Net 300 - 50 + 120 = 370 against 300; two customers, of whom Cora is new, against two new
        ones; purchases of 140 and 150 on average. Of the two who bought in May, Acme bought again;
        nobody had bought in April."""
        tiles = self.tiles()
        self.assertEqual(tiles["net"], (370, 300))
        self.assertEqual(tiles["customers"], (2, 2))
        self.assertEqual(tiles["new"], (1, 2))
        self.assertEqual(tiles["average"], (140, 150))
        self.assertEqual(tiles["returns"], (-50, 0))
        self.assertEqual(tiles["retention"], (0.5, None))
        self.assertEqual(tiles["stake"][1], None)

    def test_lost(self):
        """Dune bought once, on 10 February 2025, and is lost 365 days later: in February 2026. It
        is told by whole months, and compared with as many of them."""

        def lost(first, last, base="year_before"):
            own = {"current": "own", "current_first": first, "current_last": last, "base": base}
            return self.tiles(None, own)["lost"]

        self.assertEqual(lost("2026-01-01", "2026-05-31"), (1, 0))
        self.assertEqual(lost("2026-01-15", "2026-05-31"), (1, 0))
        self.assertEqual(self.tiles()["lost"], (0, 0))
        # On the last day of June it goes on: nothing is known of as many days of June 2025.
        self.env.cr.execute("DELETE FROM customer_sales_history WHERE month_end > '2026-06-01'")
        self.assertEqual(lost("2026-01-01", "2026-06-30"), (1, None))
        self.assertEqual(self.tiles()["lost"], (0, None))
        # Echo bought once, on 10 June 2025, and is lost since 10 June 2026: it is known of June as
        # a whole that goes on, and not of the last days of it.
        self.buys(self.env["res.partner"].create({"name": "Echo"}), ("2025-06-10", 5))
        self.refresh()
        self.env["customer.sales.refresh"].sudo()._build_history(self.company)
        self.env.cr.execute("DELETE FROM customer_sales_history WHERE month_end > '2026-06-01'")
        self.assertEqual(lost("2026-01-01", "2026-06-30"), (2, None))
        self.assertEqual(self.tiles()["lost"], (1, None))
        self.assertEqual(lost("2026-06-15", "2026-06-30"), (None, None))
        # Five months against four: 3 August to 31 December
        self.assertEqual(lost("2026-01-01", "2026-05-31", "period_before"), (1, None))
        # On which days of February is not known.
        self.assertEqual(lost("2026-02-10", "2026-02-28"), (None, None))
        self.assertEqual(lost("2026-02-10", "2026-03-20"), (None, None))
        self.assertEqual(lost("2026-02-10", "2026-03-31"), (0, 0))
        # 36 months are kept.
        self.assertEqual(lost("2024-01-01", "2024-02-29"), (0, None))
        trends = {tile["key"]: tile["trend"] for tile in self.overview()["tiles"]}
        self.assertEqual(trends["lost"], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])

    def own_choice(self, current, base):
        choice = {"current": "own", "base": "own"}
        for name, (first, last) in (("current", current), ("base", base)):
            choice |= {f"{name}_first": first, f"{name}_last": last}
        return choice

    def test_changes(self):
        """370 after 300 is 23.3 % more. Nothing was returned in May. Of May, with returns in June,
        returns fell by all. Nothing is told of a base below 0."""

        def changes(current, base):
            choice = self.own_choice(current, base)
            return {tile["key"]: tile["change"] for tile in self.overview(None, choice)["tiles"]}

        june, may = ("2026-06-01", "2026-06-30"), ("2026-05-01", "2026-05-31")
        self.assertAlmostEqual(changes(june, may)["net"], 370 / 300 - 1)
        self.assertIsNone(changes(june, may)["returns"])
        self.assertEqual(changes(may, june)["returns"], -1)
        self.assertIsNone(changes(june, may)["stake"])
        returned = ("2026-06-20", "2026-06-20")
        self.assertIsNone(changes(june, returned)["net"])
        self.assertEqual(changes(june, returned)["returns"], 0)

    def test_a_year_typed_wrong(self):
        """As far before the base as the base is before the period there is no calendar: retention
        has nothing to compare with."""
        for base in (
            ("0202-01-01", "2025-03-31"),
            ("1000-01-01", "1000-03-31"),
            ("9025-01-01",) * 2,
        ):
            choice = self.own_choice(("2026-01-01", "2026-03-31"), base)
            with self.subTest(base=base):
                tiles = {tile["key"]: tile for tile in self.overview(None, choice)["tiles"]}
                self.assertIsNone(tiles["retention"]["change"])
                self.overview(None, self.own_choice(base, base))

    def test_what_opens_is_read_as_it_is_sent(self):
        """Odoo sends days with fewer digits than it reads."""
        own = ("0202-01-01", "2026-12-31")
        for tile in self.overview(None, self.own_choice(own, own))["tiles"]:
            if tile["key"] in ("net", "customers", "new", "average", "returns"):
                sent = json.loads(json.dumps(tile["opens"]["domain"], default=json_default))
                days = [part[2] for part in sent if part != "&" and part[1] == ">="]
                self.assertEqual(days, ["0202-01-01"], tile["key"])

    def test_of_the_future(self):
        """A document dated tomorrow is in no figure until then."""
        self.buys(self.acme, ("2026-07-01", 1000))
        self.refresh()
        shown = self.overview()
        tiles = {tile["key"]: tile for tile in shown["tiles"]}
        self.assertEqual(tiles["net"]["value"], 370)
        self.buys(self.acme, ("2026-06-30", 7))
        self.refresh()
        with freeze_time("2026-06-29 12:00:00"):
            overview = self.env["customer.sales.overview"].with_user(self.reader)
            choice = {"current": "this_month", "base": "period_before"}
            shown = overview.with_company(self.company).overview(choice, {})
        tiles = {tile["key"]: tile for tile in shown["tiles"]}
        self.assertEqual((tiles["net"]["value"], tiles["net"]["trend"][-1]), (370, 370))
        self.assertEqual(shown["months"]["year"][-1], 370)

    def test_customers(self):
        """Only some: the reader's own, or those of a country."""
        self.assertEqual(self.tiles(self.me, mine=True)["net"], (250, 100))
        self.assertEqual(self.tiles(mine=True)["net"], (0, 0))
        saudi = self.tiles(country_id=self.env.ref("base.sa").id)
        self.assertEqual(saudi["net"], (250, 100))

    def test_own_customers(self):
        """A user of that level has an overview of what they may see."""
        self.assertEqual(self.tiles(self.me)["net"], (250, 100))
        found = self.overview(self.me)
        names = {row["name"] for each in found["lists"] for row in each["rows"]}
        self.assertLessEqual(names, {"Acme", "Dune"})

    def test_months(self):
        months = self.overview()["months"]
        self.assertEqual(months["labels"][-1], "2026-06-01")
        self.assertEqual(months["year"][-2:], [300, 370])
        self.assertEqual(months["before"][7], 500)

    def test_parts(self):
        parts = {part["key"]: part["rows"] for part in self.overview()["parts"]}
        status = {row["key"]: (row["customers"], row["net"]) for row in parts["status"]}
        self.assertEqual(status["lost"], (1, 0))
        self.assertEqual(status["new"], (1, 120))
        self.assertEqual([row["net"] for row in parts["channel"]], [370])

    def test_lists(self):
        lists = {each["key"]: each["rows"] for each in self.overview()["lists"]}
        self.assertEqual(
            [(row["name"], row["amount"]) for row in lists["rises"]],
            [("Acme", 150), ("Cora", 120)],
        )
        self.assertEqual([(row["name"], row["amount"]) for row in lists["falls"]], [("Bolt", -200)])

    def test_the_largest_fall_comes_first(self):
        """June as the base of May: what rose falls. New customers of the last day count as well."""
        june = {"base": "own", "base_first": "2026-06-01", "base_last": "2026-06-30"}
        may = {"current": "own", "current_first": "2026-05-01", "current_last": "2026-05-31"}
        lists = {each["key"]: each["rows"] for each in self.overview(None, may | june)["lists"]}
        self.assertEqual(
            [(row["name"], row["amount"]) for row in lists["falls"]],
            [("Acme", -150), ("Cora", -120)],
        )
        self.assertEqual([(row["name"], row["amount"]) for row in lists["rises"]], [("Bolt", 200)])
        half = {"current": "own", "current_first": "2026-06-01", "current_last": "2026-06-15"}
        self.assertEqual(self.tiles(None, half | {"base": "period_before"})["new"][0], 1)

    def test_choices_of_customers(self):
        """The countries and tags that the customers have which the reader sees, and no others."""
        Tags = self.env["res.partner.category"]
        used, others, _unused = Tags.create([{"name": each} for each in ("Used", "Bolt's", "No")])
        self.acme.category_id, self.bolt.category_id = used, others

        def offered(user):
            filters = self.overview(user)["filters"]
            return {key: {each["id"] for each in found} for key, found in filters.items()}

        saudi = {self.env.ref("base.sa").id}
        self.assertEqual(
            offered(self.reader), {"country_id": saudi, "category_ids": {used.id, others.id}}
        )
        self.assertEqual(offered(self.me), {"country_id": saudi, "category_ids": {used.id}})

    def test_what_a_figure_opens(self):
        """The rows behind a figure are as many as it says."""
        found = {tile["key"]: tile["opens"] for tile in self.overview()["tiles"]}
        purchases = self.env["customer.sales.purchase"].with_user(self.reader)
        rows = purchases.search(found["net"]["domain"])
        self.assertEqual(sum(rows.mapped("net")), 370)
        profiles = self.env["customer.sales.profile"].with_user(self.reader)
        self.assertEqual(profiles.search(found["new"]["domain"]).partner_id, self.cora)
        bought = found["customers"]
        groups = purchases._read_group(bought["domain"], bought["context"]["group_by"])
        customers = next(t["value"] for t in self.overview()["tiles"] if t["key"] == "customers")
        self.assertEqual(len(groups), customers)

    def test_what_rises_open(self):
        """The periods compared, which say the same amounts."""
        rises = next(each for each in self.overview()["lists"] if each["key"] == "rises")
        opens = rises["opens"]
        lines = self.env["customer.sales.comparison.report"].with_user(self.reader)
        lines = lines.with_company(self.company).with_context(**opens["context"])
        with freeze_time(NOW):
            found = lines._read_group(
                Domain(opens["domain"]) & Domain("counts_as_sale", "=", True),
                ["commercial_partner_id"],
                ["net_sales_change:sum"],
            )
        self.assertEqual(
            {customer.name: change for customer, change in found},
            {row["name"]: row["amount"] for row in rises["rows"]},
        )

    def test_refusals(self):
        with self.assertRaises(AccessError):
            self.overview(self.outsider)
        for choice in ({"current": "x", "base": "y"}, {"current": "own", "base": "own"}):
            with self.assertRaises(UserError):
                self.overview(None, choice)

    def test_one_call(self):
        """As many queries for many customers as for few."""
        few = self.queries()
        for number in range(5):
            customer = self.env["res.partner"].create({"name": f"Customer {number}"})
            self.buys(customer, ("2026-05-10", 100), ("2026-06-10", 50 * number))
        self.refresh()
        self.assertLessEqual(self.queries(), few)
        self.assertLess(few, 50)

    def queries(self):
        """How many the screen takes, with what Odoo keeps in memory at hand."""
        counts = []
        for _time in range(3):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.overview()
            counts.append(self.env.cr.sql_log_count - before)
        return min(counts)
