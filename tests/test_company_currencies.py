"""Customers of companies with different currencies, together: told in the reader's own."""

from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user, tagged

from .profile_common import TODAY, CustomerSalesProfileCommon
from .test_currency import round_to_cents

PROFILE, PRODUCT = "customer.sales.profile", "customer.sales.product"


@tagged("post_install", "-at_install")
class TestCompanyCurrencies(CustomerSalesProfileCommon):
    """Acme bought for 100 and 200 dollars, Bolt for 300; of the European company Cora for 100
    euros, which are 200 dollars, and Dune for 40, which are 80. A thing is 1 dollar, or half a
    euro. Rates are shared, so that neither company's own currency has the rate 1."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar, cls.euro = cls.company.currency_id, cls.env.ref("base.EUR")
        cls.euro.active = True
        round_to_cents(cls.euro)
        cls.european = cls.setup_other_company(name="European", currency_id=cls.euro.id)["company"]
        (cls.dollar | cls.euro).rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            [
                {
                    "name": "2020-01-01",
                    "rate": rate,
                    "currency_id": currency.id,
                    "company_id": False,
                }
                for currency, rate in ((cls.dollar, 4), (cls.euro, 2))
            ]
        )
        cls.acme, cls.bolt, cls.cora, cls.dune = cls.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Acme", "Bolt", "Cora", "Dune")]
        )
        cls.post(
            [
                (cls.acme, "2026-06-01", 100),
                (cls.acme, "2026-06-10", 200),
                (cls.bolt, "2026-06-02", 300),
            ]
        )
        cls.post(
            [(cls.cora, "2026-06-03", 200), (cls.dune, "2026-06-04", 80)],
            company_id=cls.european.id,
        )
        both = cls.company + cls.european
        for company in both:
            cls.env[PROFILE].sudo()._refresh(company, full=True, as_of=TODAY)
        cls.reader = new_test_user(
            cls.env,
            "reader_of_two",
            "customer_sales_report.group_customer_sales_all",
            company_id=cls.company.id,
            company_ids=[Command.set(both.ids)],
        )
        cls.env.flush_all()

    def read_from(self, model, *companies):
        ids = [company.id for company in companies]
        return self.env[model].with_user(self.reader).with_context(allowed_company_ids=ids)

    def figures(self, model, *names, domain=(), companies=None):
        """What Odoo shows of a group with several currencies."""
        model = self.read_from(model, *(companies or (self.company, self.european)))
        specs = [
            f"{name}:{'sum_currency' if model._fields[name].type == 'monetary' else 'avg'}"
            for name in names
        ]
        [group] = model.formatted_read_group(list(domain), [], specs)
        return [round(float(group[spec]), 4) for spec in specs]

    def test_sums_and_averages(self):
        """600 + 280 dollars, 5 purchases; 300 + 140 euros."""
        names = ("net_year", "average_purchase_year")
        self.assertEqual(self.figures(PROFILE, *names), [880, 176])
        in_euros = (self.european, self.company)
        self.assertEqual(self.figures(PROFILE, *names, companies=in_euros), [440, 88])
        self.assertEqual(self.figures("customer.sales.purchase", "net"), [880])
        # One company alone
        alone = self.figures(PROFILE, *names, companies=[self.european])
        self.assertEqual(alone, [140, 70])

    def test_groups_are_sorted_by_what_is_shown(self):
        """Of Dune 260 euros, which are more than the 300 dollars of Acme and Bolt."""
        self.post([(self.dune, "2026-06-05", 440)], company_id=self.european.id)
        self.env[PROFILE].sudo()._refresh(self.european, full=True, as_of=TODAY)
        profiles = self.read_from(PROFILE, self.company, self.european)
        specs = ["net_year:sum", "net_year:sum_currency", "currency_id:array_agg_distinct"]
        groups = profiles.web_read_group([], ["partner_id"], specs, order="net_year desc")["groups"]
        names = [group["partner_id"][1] for group in groups]
        self.assertEqual((names[0], names[-1]), ("Dune", "Cora"))
        self.assertEqual(
            [round(group["net_year:sum_currency"], 4) for group in groups], [520, 300, 300, 200]
        )

    def test_prices(self):
        """Of 880 pieces 280 were half a euro, which is 1 dollar as well."""
        domain = [("product_id", "=", self.thing.id)]
        [average, lowest, highest] = self.figures(
            PRODUCT, "average_price", "lowest_price", "highest_price", domain=domain
        )
        self.assertEqual((average, lowest, highest), (1, 1, 1))

    def test_retention(self):
        """A customer bought for 220 dollars in the first month."""
        domain = [("elapsed", "=", 0)]
        names = ("net", "net_per_customer")
        self.assertEqual(
            self.figures("customer.sales.retention.report", *names, domain=domain), [880, 220]
        )

    def test_history(self):
        for company in self.company + self.european:
            self.env["customer.sales.refresh"].sudo()._build_history(company)
        domain = [("month_end", "=", "2026-06-30")]
        self.assertEqual(self.figures("customer.sales.history", "net_year", domain=domain), [880])

    def test_segments(self):
        """In euros, those of the European company as they are."""
        profiles = self.read_from(PROFILE, self.european, self.company)
        overview = profiles.segments_overview()
        self.assertEqual(overview["currency_id"], self.euro.id)
        shown = [each for each in overview["segments"] if each["customers"]]
        self.assertAlmostEqual(sum(each["net"] for each in shown), 440)
        self.assertAlmostEqual(sum(each["net"] for each in overview["cells"]), 440)
        self.assertAlmostEqual(sum(each["share"] for each in shown), 1)

    def overview(self, *companies):
        with freeze_time("2026-06-30 12:00:00"):
            return self.read_from("customer.sales.overview", *companies).overview(
                {"current": "this_month", "base": "period_before"}
            )

    def test_overview(self):
        shown = self.overview(self.company, self.european)
        self.assertEqual(shown["currency_id"], self.dollar.id)
        tiles = {tile["key"]: tile for tile in shown["tiles"]}
        self.assertAlmostEqual(tiles["net"]["value"], 880)
        self.assertAlmostEqual(tiles["average"]["value"], 176)
        self.assertAlmostEqual(tiles["net"]["trend"][-1], 880)
        self.assertAlmostEqual(shown["months"]["year"][-1], 880)
        [direct] = next(part["rows"] for part in shown["parts"] if part["key"] == "channel")
        self.assertAlmostEqual(direct["net"], 880)
        rises = next(each["rows"] for each in shown["lists"] if each["key"] == "rises")
        self.assertEqual(
            [(row["name"], round(row["amount"], 6)) for row in rises],
            [("Acme", 300), ("Bolt", 300), ("Cora", 200), ("Dune", 80)],
        )

    def test_overview_in_euros(self):
        shown = self.overview(self.european, self.company)
        self.assertEqual(shown["currency_id"], self.euro.id)
        [net] = [tile["value"] for tile in shown["tiles"] if tile["key"] == "net"]
        self.assertAlmostEqual(net, 440)

    def test_whom_to_call(self):
        """Sales of 100 euros are more at stake than those of 150 dollars."""
        for partner, stake in ((self.acme, 150), (self.cora, 100), (self.dune, 50)):
            self.env.cr.execute(
                "UPDATE customer_sales_profile SET sales_at_stake = %s WHERE partner_id = %s",
                [stake, partner.id],
            )
        self.env.invalidate_all()
        lists = self.overview(self.company, self.european)["lists"]
        rows = next(each["rows"] for each in lists if each["key"] == "call")
        self.assertEqual(
            [(row["name"], round(row["amount"], 6)) for row in rows],
            [("Cora", 200), ("Acme", 150), ("Dune", 100)],
        )

    def test_change_in_percent(self):
        """200 dollars and 50 euros before: 880 of 300 is 193 % more, not 740 of 250."""
        for partner, before in ((self.acme, 200), (self.cora, 50)):
            self.env.cr.execute(
                "UPDATE customer_sales_profile SET net_before = %s, net_change = net_year - %s "
                "WHERE partner_id = %s",
                [before, before, partner.id],
            )
        self.env.cr.execute(
            "UPDATE customer_sales_profile SET net_change = net_year WHERE partner_id IN %s",
            [(self.bolt.id, self.dune.id)],
        )
        self.env.invalidate_all()
        self.assertEqual(self.figures(PROFILE, "net_change_percent"), [round(880 / 300 - 1, 4)])
