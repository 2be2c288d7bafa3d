"""Each field of the filter dialog, with the documents it finds. The world: ``filter_common``."""

import json

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tests import new_test_user

from .filter_common import FilterCommon


class TestFilter(FilterCommon):
    def test_empty(self):
        """Net sales: every document but the order."""
        self.assertFinds("ABCDFGH")
        domain = self.filter()._filter_domain()
        self.assertEqual(json.loads(json.dumps(domain)), domain)

    def test_customers(self):
        link = [Command.set(self.acme.ids)]
        self.assertFinds("ABCH", customer_ids=link)
        self.assertFinds("A", customer_ids=link, customer_scope="alone")
        self.assertFinds("BC", customer_ids=[Command.set(self.ann.ids)])
        self.assertFinds("BC", customer_ids=[Command.set(self.ann.ids)], customer_scope="alone")
        self.assertFinds("ABCDFH", customer_ids=[Command.set((self.acme | self.bob).ids)])
        self.acme.active = False
        self.assertFinds("ABCH", customer_ids=link)

    def test_what_is_known_of_customers(self):
        self.assertFinds("ABC", tag_ids=[Command.set(self.wholesale.ids)])
        self.assertFinds("ABC", country_ids=[Command.set(self.env.ref("base.sa").ids)])
        self.assertFinds("ABC", state_ids=[Command.set(self.riyadh.ids)])
        self.assertFinds("ABC", cities="riyadh")
        self.assertFinds("ABCDF", cities=" Riyadh, Cairo,")
        self.assertFinds("ABCDF", cities="Riyadh، Cairo")
        self.assertFinds("ABC", industry_ids=[Command.set(self.industry.ids)])
        self.assertFinds("ABCH", customer_type="company")
        self.assertFinds("DF", customer_type="person")
        self.assertFinds("ABC", partner_user_ids=[Command.set(self.keeper.ids)])

    def test_customer_since(self):
        """First purchases: Acme North on 2025-12-01, Bob on 2026-02-10, Acme on 2026-03-10. The
        order of Acme of 2026-03-05 is none."""
        self.assertFinds("DFH", since_to="2026-03-09")
        self.assertFinds("ABC", since_from="2026-03-01")
        self.assertFinds("DF", since_from="2026-01-01", since_to="2026-02-10")
        self.assertFinds("H", since_to="2025-12-31")

    def test_contact_fields(self):
        self.assertFinds("ABC", partner_domain="[('ref', '=', 'A-1')]")
        self.assertFinds(
            "ABCDF", partner_domain="['|', ('ref', '=', 'A-1'), ('name', 'ilike', 'bob')]"
        )
        self.assertFinds("ABC", partner_domain="[('category_id.name', '=', 'Wholesale')]")

    @freeze_time("2026-03-11 12:00:00")
    def test_periods(self):
        """A Wednesday. Weeks begin on Sunday, as in the language of the tests."""
        self.assertFinds("", period="today")
        self.assertFinds("ABG", period="this_week")
        self.assertFinds("F", period="last_week")
        self.assertFinds("ABCFG", period="this_month")
        self.assertFinds("D", period="last_month")
        self.assertFinds("ABCDFG", period="this_quarter")
        self.assertFinds("H", period="last_quarter")
        self.assertFinds("ABCDFG", period="this_year")
        self.assertFinds("H", period="last_year")
        self.assertFinds("ADFG", period="year_to_date")
        self.assertFinds("AFG", period="last_7")
        self.assertFinds("ADFG", period="last_30")
        self.assertFinds("ADFG", period="last_90")
        self.assertFinds("ADFGH", period="last_365")
        self.assertFinds("ABFG", period="dates", date_from="2026-03-07", date_to="2026-03-12")
        self.assertFinds("ABCFG", period="dates", date_from="2026-03-01")
        self.assertFinds("DH", period="dates", date_to="2026-02-28")

    def test_weeks_begin_as_in_the_language(self):
        """2026-03-08, of receipt G, is a Sunday."""
        self.env["res.lang"]._activate_lang("en_GB").week_start = "1"
        with freeze_time("2026-03-11 12:00:00"):
            report = self.report.with_context(lang="en_GB")
            of_company = Domain("company_id", "=", self.company.id)
            rows = report.search(of_company & Domain("period", "=", "this_week"))
            self.assertEqual(
                set(rows.mapped("document_number")),
                {self.documents[letter].name for letter in "AB"},
            )

    def test_a_year_earlier(self):
        with freeze_time("2027-03-11 12:00:00"):
            self.assertFinds("ABCFG", period="this_month", year_earlier=True)
            self.assertFinds("D", period="last_month", year_earlier=True)
            self.assertFinds("ADFG", period="year_to_date", year_earlier=True)
            self.assertFinds("ADFG", period="last_90", year_earlier=True)
        dates = {"date_from": "2027-03-07", "date_to": "2027-03-12"}
        self.assertFinds("ABFG", period="dates", year_earlier=True, **dates)
        # The first day that can be picked
        self.assertFinds(
            "H", period="dates", date_from="1000-01-01", date_to="2026-12-31", year_earlier=True
        )

    def test_relative_periods_stay_relative(self):
        with freeze_time("2026-03-11 12:00:00"):
            domain = self.filter(period="this_month")._filter_domain()
            self.assertEqual(self.letters(domain), "ABCFG")
        with freeze_time("2026-02-11 12:00:00"):
            self.assertEqual(self.letters(domain), "D")

    def test_what_is_counted(self):
        self.assertFinds("EFG", counted="ordered")
        self.assertFinds("ABCDEFGH", counted="all")
        self.assertFinds("C", document_types={"credit_note"})
        self.assertFinds("CFG", document_types={"credit_note", "pos_receipt"})
        self.assertFinds("E", counted="all", document_types={"sales_order"})
        self.assertFinds("FG", channels={"pos"})
        self.assertFinds("ABCDH", channels={"direct", "website"})
        self.assertFinds("ABDFGH", returns="without")
        self.assertFinds("C", returns="only")

    def test_products(self):
        self.assertFinds(
            "DF", product_tmpl_ids=[Command.set((self.lamp | self.soap).product_tmpl_id.ids)]
        )
        self.assertFinds("D", product_ids=[Command.set(self.lamp.ids)])
        self.assertFinds(
            "DF",
            product_ids=[Command.set(self.lamp.ids)],
            product_tmpl_ids=[Command.set(self.soap.product_tmpl_id.ids)],
        )
        self.assertFinds("ABCGH", categ_ids=[Command.set(self.cups.ids)])
        self.assertFinds("H", product_type="service")
        self.assertFinds("ABCDFGH", product_type="consu")

    def test_special_lines(self):
        tip = self.product_named("Tip", 5)
        self.config.tip_product_id = tip
        self.documents = {"T": self.receipt((tip, 1), moment="2026-04-02 12:00:00")}
        april = {"period": "dates", "date_from": "2026-04-01"}
        self.assertFinds("T", **april)
        self.assertFinds("", left_out_kinds={"tip", "delivery"}, **april)
        self.assertFinds("T", left_out_kinds={"discount", "down_payment"}, **april)

    def test_amounts_of_lines(self):
        line = {"amount_of": "line"}
        self.assertFinds("BDH", amount_range="min", amount_min=40, **line)
        self.assertFinds("ACH", amount_range="max", amount_max=10, **line)
        self.assertFinds("AF", amount_range="between", amount_min=10, amount_max=20, **line)
        self.assertFinds("D", amount="price_total", amount_range="min", amount_min=230, **line)
        self.assertFinds("BH", amount="quantity", amount_range="min", amount_min=4, **line)

    def test_amounts_of_documents(self):
        document = {"amount_of": "document"}
        self.assertFinds("BDH", amount_range="min", amount_min=47, **document)
        self.assertFinds("BD", amount_range="between", amount_min=50, amount_max=200, **document)
        self.assertFinds("C", amount_range="max", amount_max=0, **document)
        # Of H, the service alone is 7.
        self.assertFinds(
            "H",
            amount_range="between",
            amount_min=7,
            amount_max=7,
            product_type="service",
            **document,
        )

    def test_customers_totals(self):
        """Acme: 10 + 50 - 50 = 10; Acme North: 47; Bob: 200 + 20 = 220."""
        self.assertFinds("DF", amount_range="min", amount_min=48)
        self.assertFinds("DFH", amount_range="min", amount_min=47)
        self.assertFinds("ABC", amount_range="between", amount_min=10, amount_max=46.99)
        self.assertFinds("ABCH", amount_range="max", amount_max=219.99)
        self.assertFinds("DF", amount="price_total", amount_range="min", amount_min=253)
        self.assertFinds("ABC", amount="quantity", amount_range="max", amount_max=1)

    def test_totals_are_under_all_other_conditions(self):
        """Without returns Acme comes to 60; in March Bob to 20; of the orders Acme to 20."""
        march = {"period": "dates", "date_from": "2026-03-01", "date_to": "2026-03-31"}
        self.assertFinds("ABDF", returns="without", amount_range="min", amount_min=60)
        self.assertFinds("ABF", returns="without", amount_range="min", amount_min=20, **march)
        self.assertFinds("AB", returns="without", amount_range="min", amount_min=21, **march)
        self.assertFinds(
            "DF", since_to="2026-03-01", amount_range="min", amount_min=48, counted="net_sales"
        )
        self.assertFinds(
            "EF", counted="ordered", amount_range="between", amount_min=20, amount_max=20
        )

    def test_totals_wherever_they_stand(self):
        """Looked up once for the whole query, or in the place of a condition among alternatives:
        the rows are the same, in lists, counters, groups and the opposite."""
        domain = self.filter(amount_range="min", amount_min=48)._filter_domain()
        [total] = [term for term in domain if term[0] == "customer_total"]
        of_company = [("company_id", "=", self.company.id), ("counts_as_sale", "=", True)]
        for found in ([total], ["|", total, ("date", "=", False)], ["!", "!", total]):
            self.assertEqual(self.letters([*of_company, *found]), "DF")
        self.assertEqual(self.letters([*of_company, "!", total]), "ABCGH")
        self.assertEqual(self.letters([*of_company, "!", "!", "!", total]), "ABCGH")
        rows = self.report.search(domain, order="date, id", limit=1, offset=1)
        self.assertEqual(rows.document_ref, self.documents["F"])
        self.assertEqual(self.report.search_count(domain), 2)
        groups = self.report._read_group(domain, ["date:month"], ["price_subtotal:sum"])
        self.assertEqual([amount for _month, amount in groups], [200, 20])
        through = self.env["customer.sales.report"].search([("id", "any", domain)])
        self.assertEqual(len(through), 2)

    def test_totals_are_not_offered_by_hand(self):
        """Their values are not for typing; all other conditions are offered as usual."""
        fields = self.report.fields_get(attributes=["searchable"])
        self.assertFalse(fields["customer_total"]["searchable"])
        self.assertFalse(fields["document_total"]["searchable"])
        for name in ("customer_since", "period", "price_subtotal", "commercial_partner_id"):
            self.assertTrue(fields[name]["searchable"])

    def test_sellers(self):
        self.assertFinds("ABCD", user_ids=[Command.set(self.keeper.ids)])
        self.assertFinds("E", counted="all", team_ids=[Command.set(self.team.ids)])
        self.assertFinds("FG", config_ids=[Command.set(self.config.ids)])
        journal = self.documents["A"].journal_id
        self.assertFinds("ABCDH", journal_ids=[Command.set(journal.ids)])
        other = self.setup_other_company()["company"]
        self.assertFinds("", company_ids=[Command.set(other.ids)])

    def test_everything_at_once(self):
        """Companies in Riyadh tagged Wholesale that bought for at least 60 in March, returns not
        counted."""
        self.assertFinds(
            "AB",
            customer_type="company",
            cities="Riyadh",
            tag_ids=[Command.set(self.wholesale.ids)],
            since_to="2026-03-31",
            period="dates",
            date_from="2026-03-01",
            returns="without",
            amount_range="min",
            amount_min=60,
        )

    def test_question_of_the_readme(self):
        """Acme is a company in Riyadh tagged Wholesale, and bought for the first time on 10 March;
        in this quarter it bought for 10 + 50 = 60, and for 10 with what came back."""
        with freeze_time("2026-03-25 12:00:00"):
            question = {
                "customer_type": "company",
                "cities": "Riyadh",
                "tag_ids": self.wholesale.ids,
                "since_to": "2026-03-10",
                "period": "this_quarter",
                "returns": "without",
                "amount_range": "min",
                "amount_min": 60,
            }
            self.assertFinds("AB", **question)
            self.assertFinds("", **question | {"amount_min": 60.01})
            self.assertFinds("", **question | {"returns": "with"})
            self.assertFinds("ABC", **question | {"returns": "with", "amount_min": 10})
            self.assertFinds("", **question | {"since_to": "2026-03-09"})
            self.assertFinds("", **question | {"cities": "Jeddah"})
            self.assertFinds("", **question | {"customer_type": "person"})
            self.assertFinds("", **question | {"period": "last_quarter"})

    # -- Bad input ------------------------------------------------------------------------

    def assertRefused(self, sentence, **values):  # noqa: N802
        """Both the preview and Apply say ``sentence``, and nothing is lost."""
        wizard = self.filter(**values)
        with self.assertRaisesRegex(UserError, sentence):
            wizard.action_apply()
        preview = wizard.preview({}, wizard.id)
        self.assertEqual(preview["previewed"], False)
        self.assertRegex(preview["words"], sentence)

    def test_from_after_to(self):
        dates = {"date_from": "2026-03-02", "date_to": "2026-03-01"}
        self.assertRefused("after the last", period="dates", **dates)
        self.assertFinds("ABCDFGH", **dates)  # not asked for
        self.assertRefused("begin before it ends", since_from="2026-03-02", since_to="2026-03-01")

    def test_absurd_amounts(self):
        """Odoo fails to round the first."""
        for number in (1e308, 10**16, float("nan"), "7"):
            with self.subTest(number=number):
                values = {"amount_range": "min", "amount_min": number}
                sentence = "“Minimum” is not a number"
                self.assertIn(sentence, self.env["customer.sales.filter"].preview(values)["words"])
                for call in (
                    lambda values=values: self.filter(**values),
                    lambda values=values: self.filter().write(values),
                    lambda values=values: self.filter().onchange(values, ["amount_min"], {}),
                ):
                    self.assertRaisesRegex(UserError, sentence, call)

    def test_minimum_above_maximum(self):
        self.assertRefused("minimum is above", amount_range="between", amount_min=2, amount_max=1)

    def test_bad_contact_fields(self):
        self.assertRefused("no field “x_gone” any more", partner_domain="[('x_gone', '=', 1)]")
        self.assertRefused(
            "no field “category_id.gone” any more", partner_domain="[('category_id.gone', '=', 1)]"
        )
        self.assertRefused(
            "no field “properties.gone” any more", partner_domain="[('properties.gone', '=', 1)]"
        )
        self.assertRefused("cannot be read", partner_domain="[('name', '=', uid)]")
        self.assertRefused("cannot be read", partner_domain="[(")
        self.assertRefused("cannot be used|cannot be read", partner_domain="[('name', 'has', 1)]")
        self.assertRefused("cannot be used", partner_domain="[('color', '=', 'red')]")

    def test_customer_out_of_sight(self):
        other = self.setup_other_company()["company"]
        hidden = self.env["res.partner"].create({"name": "Hidden", "company_id": other.id})
        wizard = self.filter()
        wizard.sudo().customer_ids = hidden
        user = new_test_user(
            self.env,
            "filter_sees_little",
            "customer_sales_report.group_customer_sales_all",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        self.env["ir.rule"].search([("model_id.model", "=", "res.partner")]).active = True
        wizard = self.env["customer.sales.filter"].with_user(user).create({})
        wizard.sudo().customer_ids = hidden
        with self.assertRaisesRegex(UserError, "may not see one of the customers"):
            wizard.action_apply()

    def test_nothing_found(self):
        self.assertRefused("No sales match", cities="Atlantis")

    def test_forged_totals(self):
        for value in (
            "",
            "[]",
            "7",
            "not json",
            '{"amount": "cost", "min": 1, "max": null, "domain": []}',
            '{"amount": "price_subtotal", "min": "x", "max": null, "domain": []}',
            '{"amount": "price_subtotal", "min": NaN, "max": null, "domain": []}',
            '{"amount": "price_subtotal", "min": null, "max": null, "domain": []}',
            '{"amount": "price_subtotal", "min": 1, "max": null, "domain": [["a"]]}',
            json.dumps(
                {
                    "amount": "price_subtotal",
                    "min": 1,
                    "max": None,
                    "domain": [("customer_total", "=", "x")],
                }
            ),
        ):
            for domain in ([("customer_total", "=", value)], ["!", ("document_total", "=", value)]):
                with self.subTest(domain=domain), self.assertRaisesRegex(UserError, "total"):
                    self.report.search(domain)
        with self.assertRaisesRegex(UserError, "no period"):
            self.report.search([("period", "=", "doomsday")])
        with self.assertRaisesRegex(UserError, "no date"):
            self.report.search([("customer_since", ">", "doomsday")])
