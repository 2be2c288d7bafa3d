"""Companies with a chart of accounts, made once for all classes of tests.

Odoo's tests of accounting make a company for each class, which takes longer than most tests. The
databases of ./dev/test have two that wait, archived and under other names, so that they are no
company to anybody; a class takes them in its own transaction. In any other database, as with
Odoo's own runner, it makes them as Odoo does.
"""

from unittest.mock import patch

from odoo import Command
from odoo.api import SUPERUSER_ID

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

# As Odoo names the company of a class, and that of `setup_other_company`
NAMES = ("company_1_data", "company_2")


class PreparedCompanyCommon(AccountTestInvoicingCommon):
    @classmethod
    def _create_company(cls, **create_values):
        if create_values.keys() == {"name"} and not (cls.country_code or cls.chart_template):
            if company := _waiting(cls.env, create_values["name"]):
                company.write({"active": True, **create_values})
                # As the creation of a company does
                users = cls.env.user | cls.env["res.users"].browse(SUPERUSER_ID)
                users.company_ids = [Command.link(company.id)]
                return company
        return super()._create_company(**create_values)


def _waiting_name(name):
    return f"{name}, prepared"


def _waiting(env, name):
    companies = env["res.company"].sudo()
    domain = [("name", "=", _waiting_name(name)), ("active", "=", False)]
    return companies.search(domain).with_env(env)


def prepare(env):
    """Make those that are not there yet."""

    class Maker(AccountTestInvoicingCommon):
        pass

    Maker.env = env(context=Maker.default_env_context())
    for name in NAMES:
        if not _waiting(env, name):
            # While tests run, a company gets a warehouse.
            with patch("odoo.modules.module.current_test", True):
                company = Maker._create_company(name=_waiting_name(name))
            env.user.company_ids = [Command.unlink(company.id)]
            company.active = False
