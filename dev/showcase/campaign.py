"""A campaign that is over: what its customers bought afterwards is what they would have bought
anyway, so that it shows how little a few customers tell."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Date

DAYS = 95  # ago
DOMAIN = [("status", "in", ["active", "slowing", "dormant"])]


def run_campaign(env, login):
    """Let a user have called the customers of a third of a year ago, but for those left alone.

    :param env: of the superuser, with the addon installed
    """
    company = env.ref("base.main_company")
    user = env["res.users"].search([("login", "=", login)])
    profiles = env["customer.sales.profile"]
    today = Date.today()
    began = today - timedelta(days=DAYS)
    profiles._refresh(company, full=True, as_of=began)
    context = {"lang": "en_US", "tz": user.tz, "allowed_company_ids": company.ids}
    as_user = env(user=user.id, su=False, context=context)
    campaigns = as_user["customer.sales.campaign"]
    with freeze_time(f"{began} 09:00:00"):
        chosen = campaigns.new_campaign("customer.sales.profile", domain=DOMAIN)
        campaign = campaigns.browse(chosen["res_id"])
        campaign.write(
            {
                "name": "The new harvest",
                "note": "Tell them of the new harvest, and offer a tasting.",
                "cost": 1500,
                "control_percent": 30,  # of so few, so that averages can be compared too
            }
        )
        campaign.action_start()
        as_user["customer.sales.campaign.action"]._ask(
            campaign,
            "activity",
            env.ref("mail.mail_activity_data_call").id,
            {
                "summary": "Call about the new harvest",
                "note": "Offer a tasting.",
                "day": Date.to_string(began + timedelta(days=7)),
            },
        )
        steps = campaign.sudo().customer_ids.step_ids
        activities = env["mail.activity"].browse(steps.mapped("res_id"))
        activities.action_feedback()
    profiles._refresh(company, full=True, as_of=today)
    campaign.sudo()._update_results()
    campaign.action_finish()
