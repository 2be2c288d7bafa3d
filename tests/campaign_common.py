"""Words for tests of campaigns: customers to choose, and users who may act."""

from odoo.tests import new_test_user

from .profile_common import CustomerSalesProfileCommon

CAMPAIGN = "customer.sales.campaign"
ACTION = "customer.sales.campaign.action"
ACT = "customer.sales.campaign.act"
PROFILE = "customer.sales.profile"
GROUP = "customer_sales_report.group_customer_sales_{}"
CRON = "customer_sales_report.ir_cron_customer_sales_campaign"


class CampaignCommon(CustomerSalesProfileCommon):
    """Customers who bought once, until 30 June 2026; a campaign starts on that day, as the tests
    say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        permitted = f"{GROUP.format('all')},{GROUP.format('campaign')}"
        cls.actor = new_test_user(
            cls.env, "campaign_actor", f"{permitted},base.group_partner_manager", **companies
        )
        cls.reader = new_test_user(cls.env, "campaign_reader", GROUP.format("all"), **companies)
        cls.owner = new_test_user(
            cls.env,
            "campaign_own",
            f"{GROUP.format('user')},{GROUP.format('campaign')}",
            **companies,
        )

    def customers(self, number, **values):
        """Customers with a purchase of 10 each, on 20 June, and profiles of 30 June."""
        partners = self.env["res.partner"].create(
            [
                {
                    "name": f"Customer {index}",
                    "is_company": True,
                    "email": f"customer{index}@example.com",
                    **values,
                }
                for index in range(number)
            ]
        )
        self.post([(partner, "2026-06-20", 10) for partner in partners])
        return partners

    def profiles(self, partners):
        profiles = (
            self.env[PROFILE]
            .sudo()
            .search([("company_id", "=", self.company.id), ("partner_id", "in", partners.ids)])
        )
        self.assertEqual(len(profiles), len(partners))
        return profiles

    def campaign(self, partners, user=None, **values):
        """A draft for customers, as its creator sees it."""
        campaigns = self.env[CAMPAIGN].with_user(user or self.actor).with_company(self.company)
        action = campaigns.new_campaign(PROFILE, ids=self.profiles(partners).ids)
        campaign = campaigns.browse(action["res_id"])
        if values:
            campaign.write(values)
        return campaign

    def started(self, partners, day="2026-06-30", **values):
        """A campaign that began on a day."""
        campaign = self.campaign(partners, **values)
        campaign.action_start()
        campaign.sudo().date = day
        return campaign

    def act(self, campaign, kind, user=None, **values):
        """What comes of the dialog: the action."""
        dialog = self.env[ACT].with_user(user or campaign.env.user).with_company(self.company)
        dialog.create({"campaign_id": campaign.id, "kind": kind, **values}).action_do()
        campaign.invalidate_recordset()
        return campaign.action_ids[-1]

    def of_role(self, campaign, role):
        return campaign.sudo().customer_ids.filtered(lambda one: one.role == role).partner_id

    def run_scheduler(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).sudo().method_direct_trigger()

    def template(self, **values):
        return self.env["mail.template"].create(
            {
                "name": "We Miss You",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "We miss you",
                "body_html": "<p>Dear <t t-out='object.name'/></p>",
                "email_from": "shop@example.com",
                **values,
            }
        )
