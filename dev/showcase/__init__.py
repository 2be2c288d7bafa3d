"""Showcase data: two years of a coffee trader's business, made by Odoo's own flows.

Najd Trading Co. in Riyadh (Saudi riyals) sells coffee, dates, serveware, machines and services to
hotels, shops, offices and persons; its sister company in Dubai does so in US dollars. Every
document comes to be as a user makes it, on its own day: ``agenda`` plays the days one after the
other with the clock set to each. ``customers`` says who buys what and how, ``behaviours`` what that
looks like in the figures.

Everything is drawn from generators seeded with the customer and the day: the same day gives the
same documents.
"""

# Beside the administrator: login, password, description
LOGINS = [
    ("fahad", "fahad", "salesperson, in Arabic"),
    ("huda", "huda", "customer sales of all customers"),
]
GROUP = "customer_sales_report.group_customer_sales_all"
# The second, as activities on contacts need the right to change these
CAMPAIGNS = ("customer_sales_report.group_customer_sales_campaign", "base.group_partner_manager")
WITH_CAMPAIGNS = "huda"


def build(env):
    """Fill a database that has Odoo's apps, but neither our addon nor any document.

    :param env: of the superuser; the caller commits
    """
    from .business import run_business  # not before Odoo can be imported

    run_business(env, tell=lambda line: print(line, flush=True))


def grant_access(env):
    """Let the users of ``LOGINS`` use the addon, which is installed by now; one of them has run a
    campaign."""
    from .campaign import run_campaign

    logins = [login for login, _password, _description in LOGINS]
    users = env["res.users"].search([("login", "in", logins)])
    users.group_ids += env.ref(GROUP)
    for group in CAMPAIGNS:
        users.filtered(lambda user: user.login == WITH_CAMPAIGNS).group_ids += env.ref(group)
    run_campaign(env, WITH_CAMPAIGNS)
