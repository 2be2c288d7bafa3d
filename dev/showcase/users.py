"""Salespersons, cashiers and those who log in, and the sales teams."""

from odoo.fields import Command

from . import LOGINS

SELLER = ["sales_team.group_sale_salesman_all_leads", "account.group_account_invoice"]
MANAGER = [
    "sales_team.group_sale_manager",
    "account.group_account_manager",
    "point_of_sale.group_pos_manager",
    "stock.group_stock_manager",
]
# login: name, language, keys of companies (the first is the main one), groups
USERS = {
    "fahad": ("فهد العتيبي", "ar_001", ["najd", "gulf"], SELLER),
    "huda": ("Huda Salem", "en_US", ["najd", "gulf"], SELLER),
    "sara": ("Sara Al-Qahtani", "en_US", ["najd"], SELLER),
    "omar": ("Omar Haddad", "en_US", ["najd", "gulf"], SELLER),
    "layla": ("Layla Mansour", "en_US", ["gulf", "najd"], SELLER),
    "yousef": ("Yousef Karim", "en_US", ["najd"], ["point_of_sale.group_pos_user"]),
    "mariam": ("مريم الزرعوني", "ar_001", ["gulf"], ["point_of_sale.group_pos_user"]),
}
TEAMS = {"Key Accounts": ["sara", "fahad"], "Export": ["omar"], "Gulf": ["layla"]}


def create_users(env, companies):
    """Create the users and teams, and give the administrator all rights; return users by login."""
    users = {"admin": env.ref("base.user_admin")}
    users["admin"].write(
        {
            "group_ids": [Command.link(env.ref(group).id) for group in MANAGER],
            "company_ids": [Command.link(company.id) for company in companies.values()],
            "tz": "Asia/Riyadh",
        }
    )
    for login, (name, language, keys, groups) in USERS.items():
        users[login] = env["res.users"].create(
            {
                "name": name,
                "login": login,
                "email": f"{login}@najd.example",
                "lang": language,
                "tz": "Asia/Riyadh",
                "company_id": companies[keys[0]].id,
                "company_ids": [Command.link(companies[key].id) for key in keys],
                "group_ids": [Command.link(env.ref(group).id) for group in groups],
            }
        )
    for login, password, _description in LOGINS:
        users[login].password = password
    for name, logins in TEAMS.items():
        members = [users[login].id for login in logins]
        env["crm.team"].create(
            {
                "name": name,
                "user_id": members[0],
                "company_id": companies["gulf"].id if name == "Gulf" else False,
                "member_ids": [Command.set(members)],
            }
        )
    return users
