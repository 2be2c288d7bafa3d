"""What campaigns do with Email Marketing, CRM and Coupons & Loyalty installed."""

from odoo.tests import tagged

from ..campaign_common import ACT, CampaignCommon


@tagged("post_install", "-at_install")
class TestCampaignApps(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for group in (
            "customer_sales_report.group_customer_sales_contact",
            "mass_mailing.group_mass_mailing_user",
            "sales_team.group_sale_manager",
        ):
            cls.actor.group_ids += cls.env.ref(group)

    def ready(self, number):
        partners = self.customers(number)
        self.refresh()
        campaign = self.started(partners, control_percent=0)
        return campaign, self.of_role(campaign, "addressed")

    def kinds(self, user):
        selection = self.env[ACT].with_user(user).fields_get(["kind"])["kind"]["selection"]
        return {kind for kind, _name in selection}

    def test_offered_to_whom(self):
        apps = {"mailing_list", "opportunity", "coupon"}
        self.assertLessEqual(apps, self.kinds(self.actor))
        self.assertFalse(apps & self.kinds(self.owner))
        contacts = "customer_sales_report.group_customer_sales_contact"
        self.actor.group_ids -= self.env.ref(contacts)
        self.assertNotIn("mailing_list", self.kinds(self.actor))

    def test_mailing_list(self):
        """Contacts that are there already are taken; who opted out, of this list or of all, is not;
        the export log says that addresses went out."""
        campaign, partners = self.ready(5)
        known, gone, blocked, without, new = partners
        mailing_list = self.env["mailing.list"].sudo().create({"name": "Hotels"})
        contacts = (
            self.env["mailing.contact"]
            .sudo()
            .create(
                [
                    {"name": "Known", "email": known.email},
                    {
                        "name": "Gone",
                        "email": gone.email,
                        "subscription_ids": [(0, 0, {"list_id": mailing_list.id, "opt_out": True})],
                    },
                ]
            )
        )
        self.env["mail.blacklist"].create({"email": blocked.email})
        without.email = False
        action = self.act(campaign, "mailing_list", list_choice=str(mailing_list.id))
        steps = {step.customer_id.partner_id: step for step in action.sudo().step_ids}
        self.assertEqual(
            {partner: step.state for partner, step in steps.items()},
            {known: "done", gone: "skipped", blocked: "skipped", without: "skipped", new: "done"},
        )
        members = (
            self.env["mailing.subscription"]
            .sudo()
            .search([("list_id", "=", mailing_list.id), ("opt_out", "=", False)])
            .contact_id
        )
        self.assertEqual(sorted(members.mapped("email")), sorted([known.email, new.email]))
        self.assertIn(contacts[0], members)
        entry = self.env["customer.sales.export.log"].sudo().search([], limit=1)
        self.assertEqual((entry.user_id, entry.row_count), (self.actor, 2))
        self.assertTrue(entry.has_contact_details)
        self.assertEqual(entry.file_name, "Mailing List: Hotels")

    def test_opportunities(self):
        campaign, partners = self.ready(2)
        partners[0].user_id = self.reader
        self.act(campaign, "opportunity", summary="New harvest", note="Offer a tasting")
        leads = self.env["crm.lead"].search([("partner_id", "in", partners.ids)])
        self.assertEqual(len(leads), 2)
        self.assertEqual(set(leads.mapped("type")), {"opportunity"})
        by_partner = {lead.partner_id: lead for lead in leads}
        self.assertEqual(by_partner[partners[0]].user_id, self.reader)
        self.assertEqual(by_partner[partners[1]].user_id, self.actor)
        self.assertEqual(by_partner[partners[0]].name, f"New harvest: {partners[0].name}")

    def test_coupons(self):
        campaign, partners = self.ready(2)
        program = self.env["loyalty.program"].create(
            {"name": "Ten Off", "program_type": "coupons", "company_id": self.company.id}
        )
        self.act(campaign, "coupon", program_choice=str(program.id), expires_on="2099-12-31")
        coupons = self.env["loyalty.card"].search([("program_id", "=", program.id)])
        self.assertEqual(coupons.partner_id, partners.browse(coupons.partner_id.ids))
        self.assertEqual(set(coupons.partner_id), set(partners))
        self.assertEqual(set(coupons.mapped("points")), {1})
        self.assertTrue(
            campaign.coupon_words.startswith("Of 2 coupons handed out 0 were redeemed.")
        )
        row = campaign.customer_ids[0]
        self.assertEqual(row.done_words, "Coupon: Ten Off")
