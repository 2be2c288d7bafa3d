"""Campaigns: whom they reach, who is left out or alone, and who may have them."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .campaign_common import ACT, CAMPAIGN, GROUP, CampaignCommon


@tagged("post_install", "-at_install")
class TestTargetList(CampaignCommon):
    def test_the_list_is_as_of_that_day(self):
        """Ten customers: two of ten are left alone, and what they were stays noted."""
        partners = self.customers(10)
        self.refresh()
        campaign = self.campaign(partners)
        self.assertEqual(
            (campaign.chosen_count, campaign.addressed_count, campaign.control_count), (10, 8, 2)
        )
        self.assertEqual(campaign.user_id, self.actor)
        self.assertEqual(set(campaign.customer_ids.mapped("status")), {"new"})
        self.assertEqual(set(campaign.customer_ids.mapped("net_year")), {10})
        self.post([(partners[0], "2026-06-25", 90)])
        self.refresh()
        self.assertEqual(set(campaign.customer_ids.mapped("net_year")), {10})

    def test_nobody_is_told_to_do_what_they_may_not(self):
        """On the empty screen"""
        told = self.env[CAMPAIGN].with_user(self.actor).get_empty_list_help("Choose New Campaign")
        self.assertEqual(told, "Choose New Campaign")
        told = self.env[CAMPAIGN].with_user(self.reader).get_empty_list_help("Choose New Campaign")
        self.assertNotIn("New Campaign", told)
        self.assertIn(self.env.ref(GROUP.format("campaign")).name, told)

    def test_who_is_left_out_and_why(self):
        partners = self.customers(6)
        without, unwilling, archived, busy, *_others = partners
        without.email = False
        self.env["mail.blacklist"].create({"email": unwilling.email})
        self.refresh()
        self.started(busy, control_percent=0)
        archived.active = False
        campaign = self.campaign(partners)
        self.assertEqual(campaign.left_out_count, 2)
        campaign.reach = "email"
        self.assertEqual(
            self.reasons(campaign),
            {
                without: "no_address",
                unwilling: "opted_out",
                archived: "archived",
                busy: "other_campaign",
            },
        )

    def reasons(self, campaign):
        return {
            customer.partner_id: customer.reason
            for customer in campaign.customer_ids
            if customer.role == "left_out"
        }

    def test_several_contacts_at_one_address(self):
        """One mail is enough there, whoever of them it is for; and an address among several counts
        as any other."""
        partners = self.customers(5)
        first, second, third, unwilling, _other = partners
        first.email = "Both <BOTH@example.com>"
        second.email = "second@example.com, both@example.com"
        third.email = "both@example.com"
        unwilling.email = "here@example.com; there@example.com"
        self.post([(first, "2026-06-21", 5)])
        self.env["mail.blacklist"].create({"email": "there@example.com"})
        self.refresh()
        campaign = self.campaign(partners)
        self.assertFalse(self.reasons(campaign))
        campaign.reach = "email"
        self.assertEqual(
            self.reasons(campaign),
            {second: "same_address", third: "same_address", unwilling: "opted_out"},
        )
        # Who gets no mail keeps no other from it.
        first.active = False
        campaign.reach = "other"
        campaign.reach = "email"
        reasons = self.reasons(campaign)
        self.assertEqual(reasons.pop(first), "archived")
        self.assertEqual(sorted(reasons.values()), ["opted_out", "same_address"])

    def test_who_came_into_another_campaign_since(self):
        partners = self.customers(4)
        self.refresh()
        campaign = self.campaign(partners, control_percent=0)
        self.started(partners[:1], control_percent=0)
        self.assertEqual(campaign.left_out_count, 0)
        campaign.action_start()
        self.assertEqual((campaign.addressed_count, campaign.left_out_count), (3, 1))

    def test_customers_are_free_again(self):
        partners = self.customers(2)
        self.refresh()
        self.started(partners, control_percent=0).action_finish()
        self.assertEqual(self.campaign(partners).left_out_count, 0)

    def test_from_a_filter(self):
        partners = self.customers(5)
        self.refresh()
        campaigns = self.env[CAMPAIGN].with_user(self.actor).with_company(self.company)
        domain = [("partner_id", "in", partners.ids), ("status", "=", "new")]
        action = campaigns.new_campaign("customer.sales.profile", domain=domain)
        campaign = campaigns.browse(action["res_id"])
        self.assertEqual(campaign.customer_ids.partner_id, partners)
        self.assertIn("New", campaign.source)
        with self.assertRaisesRegex(UserError, "no customers"):
            campaigns.new_campaign("customer.sales.profile", domain=[("net", "<", 0)])

    def test_from_products_and_movement(self):
        partners = self.customers(3)
        self.refresh()
        self.env["customer.sales.refresh"].sudo()._build_history(self.company)
        campaigns = self.env[CAMPAIGN].with_user(self.actor).with_company(self.company)
        ours = [("company_id", "=", self.company.id), ("partner_id", "in", partners.ids)]
        for model in ("customer.sales.product", "customer.sales.movement.report"):
            with self.subTest(model=model):
                rows = self.env[model].with_user(self.actor).search(ours)
                self.assertTrue(rows)
                for chosen in ({"ids": rows.ids}, {"domain": ours}):
                    action = campaigns.new_campaign(model, **chosen)
                    found = campaigns.browse(action["res_id"]).customer_ids.partner_id
                    self.assertEqual(found, rows.partner_id)

    def test_the_draw_is_fixed_once_it_began(self):
        partners = self.customers(5)
        self.refresh()
        campaign = self.started(partners)
        for values in ({"control_percent": 40}, {"reach": "email"}):
            with self.assertRaisesRegex(UserError, "fixed once it has started"):
                campaign.write(values)
        with self.assertRaisesRegex(UserError, "started already"):
            campaign.action_start()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            campaign.unlink()
        with self.assertRaisesRegex(UserError, "begins with its customers"):
            campaign.copy()

    def test_nobody_to_address(self):
        partners = self.customers(1)
        self.refresh()
        partners.active = False
        with self.assertRaisesRegex(UserError, "nobody to address"):
            self.campaign(partners).action_start()

    def test_the_screen_says_why_some_are_left_alone(self):
        partners = self.customers(5)
        self.refresh()
        campaign = self.campaign(partners)
        self.assertIn("1, chosen by lot", campaign.control_words)
        campaign.control_percent = 0
        self.assertIn("nobody can tell", campaign.control_words)
        with self.assertRaisesRegex(UserError, "between 0 and 90"):
            campaign.control_percent = 95


@tagged("post_install", "-at_install")
class TestCampaignAccess(CampaignCommon):
    def setUp(self):
        super().setUp()
        self.theirs = self.customers(2)
        self.own = self.customers(2, user_id=self.owner.id)
        self.refresh()

    def test_permission(self):
        """Without the permission campaigns are read; without a level not even that."""
        campaign = self.campaign(self.theirs)
        as_reader = campaign.with_user(self.reader)
        self.assertEqual(as_reader.addressed_count, 2)
        self.assertEqual(len(as_reader.customer_ids), 2)
        for call in (
            lambda: self.campaign(self.theirs, user=self.reader),
            lambda: as_reader.write({"name": "Mine"}),
            as_reader.action_start,
            as_reader.action_act,
            as_reader.unlink,
        ):
            self.assertRaises(AccessError, call)
        manager = self.env.ref("customer_sales_report.group_customer_sales_manager")
        permission = self.env.ref("customer_sales_report.group_customer_sales_campaign")
        self.assertIn(permission, manager.all_implied_ids)

    def test_the_permission_alone(self):
        self.owner.group_ids -= self.env.ref("customer_sales_report.group_customer_sales_user")
        campaign = self.campaign(self.theirs).with_user(self.owner)
        for call in (
            lambda: campaign.search([]),
            lambda: campaign.write({"name": "Mine"}),
            campaign.unlink,
            campaign.action_start,
            lambda: self.campaign(self.own, user=self.owner),
        ):
            self.assertRaises(AccessError, call)

    def test_own_customers(self):
        """Whoever sees own customers chooses from these, and sees the campaigns that it is
        responsible for; of customers of other campaigns, its own."""
        with self.assertRaisesRegex(UserError, "no customers"):
            self.campaign_of_owner(self.theirs)
        campaign = self.campaign_of_owner(self.theirs | self.own)
        self.assertEqual(campaign.sudo().customer_ids.partner_id, self.own)
        others = self.campaign(self.theirs | self.own, control_percent=0)
        mine = self.env[CAMPAIGN].with_user(self.owner).search([])
        self.assertEqual(mine, campaign)
        rows = self.env["customer.sales.campaign.customer"].with_user(self.owner)
        seen = rows.search([("campaign_id", "=", others.id)])
        self.assertEqual(seen.partner_id, self.own)
        with self.assertRaises(AccessError):
            others.with_user(self.owner).read(["name"])
        # Given to its responsible, it is seen with its totals, and of its customers one's own.
        others.user_id = self.owner
        given = others.with_user(self.owner)
        self.assertEqual((given.addressed_count, len(given.customer_ids)), (4, 2))

    def campaign_of_owner(self, partners):
        campaigns = self.env[CAMPAIGN].with_user(self.owner).with_company(self.company)
        ids = self.profiles(partners).ids
        action = campaigns.new_campaign("customer.sales.profile", ids=ids)
        return campaigns.browse(action["res_id"])

    def test_what_is_written_by_the_app_alone(self):
        campaign = self.campaign(self.theirs)
        for values in ({"state": "running"}, {"seed": 1}, {"date": "2026-01-01"}, {"results": []}):
            with self.subTest(values=values), self.assertRaises(UserError):
                campaign.write(values)
        with self.assertRaisesRegex(UserError, "begins with its customers"):
            self.env[CAMPAIGN].with_user(self.actor).sudo(False).create({"name": "Mine"})
        for call in (
            lambda: campaign.customer_ids.write({"role": "control"}),
            campaign.customer_ids.unlink,
            lambda: self.env["customer.sales.campaign.step"].with_user(self.actor).create({}),
            lambda: self.env["customer.sales.campaign.action"].with_user(self.actor).create({}),
        ):
            self.assertRaises(AccessError, call)

    def test_who_can_be_responsible(self):
        """Whoever uses the app in the campaign's company: another could not even see it."""
        campaign = self.campaign(self.theirs)
        other = self.setup_other_company()["company"]
        elsewhere = new_test_user(
            self.env,
            "campaign_elsewhere",
            GROUP.format("all"),
            company_id=other.id,
            company_ids=other.ids,
        )
        portal = new_test_user(self.env, "campaign_portal", "base.group_portal")
        nobody = new_test_user(self.env, "campaign_nobody", "base.group_user")
        for user in (elsewhere, portal, nobody, self.env.ref("base.public_user").sudo()):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(UserError, "uses Customer Sales in"),
                self.env.cr.savepoint(),
            ):
                campaign.user_id = user.sudo(False)
        campaign.user_id = self.reader
        self.assertEqual(campaign.user_id, self.reader)

    def test_absurd_numbers(self):
        campaign = self.campaign(self.theirs)
        for number in (float("nan"), float("inf"), 10**400, 1e300, -1e300, "12", [1]):
            for name in ("cost", "control_percent"):
                with self.subTest(str(number)[:9]), self.assertRaisesRegex(UserError, "understood"):
                    campaign.write({name: number})
        for percent in (-1, 91, 100, 10**9):
            with self.assertRaisesRegex(UserError, "between 0 and 90"), self.env.cr.savepoint():
                campaign.control_percent = percent
        with self.assertRaisesRegex(UserError, "not below zero"), self.env.cr.savepoint():
            campaign.cost = -1
        campaign.cost = 12.5
        self.assertEqual(campaign.cost, 12.5)

    def test_names(self):
        campaign = self.campaign(self.theirs)
        for sentence, name in (
            ("one line", "A\nB"),
            ("longer than 200", "x" * 201),
            ("cannot be kept", "x\0"),
            ("Give the campaign a name", " "),
        ):
            with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
                campaign.name = name

    def test_the_dialog_tells_nothing_of_others_campaigns(self):
        campaign = self.campaign(self.theirs, control_percent=0)
        campaign.action_start()
        dialogs = self.env[ACT].with_user(self.owner).with_company(self.company)
        with self.assertRaises(AccessError):
            dialogs.create({"campaign_id": campaign.id, "kind": "email"}).read(["addressed_count"])
        own = dialogs.with_user(self.actor).create({"campaign_id": campaign.id, "kind": "email"})
        self.assertEqual(own.addressed_count, campaign.addressed_count)

    def test_another_company(self):
        campaign = self.campaign(self.theirs)
        other = self.setup_other_company()["company"]
        self.reader.company_ids += other
        elsewhere = self.env[CAMPAIGN].with_user(self.reader)
        elsewhere = elsewhere.with_context(allowed_company_ids=other.ids)
        self.assertFalse(elsewhere.search([("id", "=", campaign.id)]))
