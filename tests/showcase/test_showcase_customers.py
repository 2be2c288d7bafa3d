"""Whoever tries the app finds every status and every segment, in English and in Arabic."""

import re

from odoo.tests import TransactionCase, tagged

from . import require_showcase

ARABIC = re.compile("[\u0600-\u06ff]")


@tagged("post_install", "-at_install")
class TestShowcaseCustomers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        require_showcase(cls.env["customer.sales.report"])
        cls.company = cls.env.ref("base.main_company")
        purchases = cls.env["customer.sales.purchase"].sudo()
        of_company = [("company_id", "=", cls.company.id)]
        [[last_day]] = purchases._read_group(of_company, [], ["date:max"])
        # Those of the day on which the showcase was made
        cls.profiles = cls.env["customer.sales.profile"].sudo()
        cls.profiles._refresh(cls.company, full=True, as_of=last_day)

    def count(self, field):
        groups = self.profiles._read_group(
            [("company_id", "=", self.company.id), (field, "!=", False)], [field], ["__count"]
        )
        return {getattr(value, "id", value): count for value, count in groups}

    def labels(self, lang):
        field = self.profiles.with_context(lang=lang)._fields["status"]
        return dict(field._description_selection(self.env(context={"lang": lang})))

    def test_every_status(self):
        english, arabic = self.labels("en_US"), self.labels("ar_001")
        self.assertEqual(set(self.count("status")), set(english))
        for status, label in english.items():
            with self.subTest(status=label):
                self.assertFalse(ARABIC.search(label))
                self.assertTrue(ARABIC.search(arabic[status]))

    def test_every_segment(self):
        segments = self.env["customer.sales.segment"].search([])
        self.assertEqual(len(segments), 11)
        self.assertEqual(set(self.count("segment_id")), set(segments.ids))
        for segment in segments.with_context(lang="en_US"):
            translated = segment.with_context(lang="ar_001")
            with self.subTest(segment=segment.name):
                for name in ("name", "advice", "description"):
                    self.assertFalse(ARABIC.search(segment[name]))
                    self.assertTrue(ARABIC.search(translated[name]))

    def test_favorites(self):
        """Those that come with the app have a name in each language, one's own the one given."""
        admin = self.env.ref("base.user_admin")
        Filters = self.env["ir.filters"].with_user(admin)
        model = self.profiles._name
        mine = {"name": "Key customers", "model_id": model, "user_ids": admin.ids}
        Filters.create(mine | {"domain": "[]", "context": "{}"})
        for lang, names in (
            ("en_US", {"Key customers", "Whom to call"}),
            ("ar_001", {"Key customers", "العملاء الرئيسيون", "بمن تتصل"}),
        ):
            found = Filters.with_context(lang=lang).get_filters(model)
            self.assertLessEqual(names, {each["name"] for each in found})

    def test_a_finished_campaign(self):
        """With a control group, something done for each customer addressed, and what can be told
        after 30, 60 and 90 days, in both languages."""
        campaigns = self.env["customer.sales.campaign"].search([("state", "=", "finished")])
        campaign = campaigns.sorted("id")[0]
        self.assertGreaterEqual(campaign.control_count, 5)
        self.assertEqual(set(campaign.action_ids.mapped("state")), {"done"})
        self.assertEqual(campaign.action_ids[0].done_count, campaign.addressed_count)
        for lang, words in (("en_US", "addressed"), ("ar_001", ARABIC)):
            verdicts = campaign.with_context(lang=lang).verdict_words.splitlines()
            self.assertEqual(len(verdicts), 3)
            for verdict in verdicts:
                with self.subTest(lang=lang, verdict=verdict):
                    self.assertRegex(verdict, words)

    def test_every_class_and_names_in_both_scripts(self):
        self.assertEqual(set(self.count("abc_class")), {"a", "b", "c"})
        names = self.profiles.search([("company_id", "=", self.company.id)]).partner_id.mapped(
            "name"
        )
        self.assertTrue(any(map(ARABIC.search, names)))
        self.assertFalse(all(map(ARABIC.search, names)))
