"""The whole business: what there is at first, and what happens then."""

import gc
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.fields import Date

from .agenda import Agenda
from .behaviours import purchases
from .companies import create_companies
from .currencies import create_rates
from .customers import CUSTOMERS
from .invoices import Invoicing
from .partners import create_partners
from .pricelists import create_pricelists
from .products import create_products
from .sales_orders import Selling
from .shop import Shop
from .users import create_users

MONTHS = 24
# Days of the month on which the office catches up with its documents, each of its own date:
# Odoo takes half the time for many at once.
OFFICE_DAYS = {"najd": (10, 24), "gulf": (20,)}
CONTEXT = {
    # Changes leave no message, and nobody is told by e-mail
    "tracking_disable": True,
    "mail_auto_subscribe_no_notify": True,
    "no_reset_password": True,
    "generate_pdf": False,
    "tz": "Asia/Riyadh",
}


@dataclass
class Business:
    """What documents are made of."""

    env: object
    agenda: Agenda
    companies: dict  # by key
    users: dict  # by login
    products: dict  # by code
    pricelists: dict  # by company's key and currency's name

    def env_of(self, key):
        """The environment in which only this company is selected."""
        return self.env(context=self.env.context | {"allowed_company_ids": self.companies[key].ids})


def run_business(env, tell):
    """Make the masters, then play the days up to today.

    :param tell: called with a line on what is being made
    """
    env = env(context=env.context | CONTEXT)
    today = Date.today()
    agenda = Agenda(today.replace(day=1) - relativedelta(months=MONTHS), today)
    gc.freeze()  # what exists by now, so that collecting is quick
    with freeze_time(agenda.start) as clock:
        tell("Companies, users and products")
        companies = create_companies(env)
        create_rates(env, agenda.start, today)
        users = create_users(env, companies)
        products = create_products(env, companies.values())
        pricelists = create_pricelists(env, companies)
        business = Business(env, agenda, companies, users, products, pricelists)
        tell("Customers")
        buyers = create_partners(business, CUSTOMERS)
        _plan_purchases(business, buyers)

        def begin(month):
            tell(f"Documents of {month:%B %Y}")
            # One long transaction: let it forget what it keeps, and know its tables' sizes.
            env.cr.flush()
            env.invalidate_all()
            gc.collect()
            env.cr.execute("ANALYZE account_move, account_move_line, account_payment")

        agenda.play(clock, begin)
    gc.unfreeze()
    _archive(buyers)


def _plan_purchases(business, buyers):
    """Let each customer buy through the documents that it uses."""
    agenda = business.agenda
    shops = {}
    ways = {}
    for company in business.companies:
        shop = shops[company] = Shop(business, company)
        invoicing = Invoicing(business, company)
        selling = Selling(business, company, invoicing, shop)
        ways[company] = {"order": selling.orders, "invoice": invoicing.direct}
        _plan_office_days(
            agenda,
            [
                selling.orders,
                selling.deliveries,
                invoicing.of_orders,
                invoicing.direct,
                invoicing.returns,
                invoicing.payments,
            ],
            OFFICE_DAYS[company],
        )
    for buyer in buyers:
        customer = buyer.customer
        days = purchases(
            customer.behaviour, customer.interval, agenda.start, agenda.today, buyer.rng
        )
        for number, (day, size) in enumerate(days):
            way, _slash, other = customer.buys.partition("/")
            way = other if other and number % 3 == 2 else way
            worth = customer.usual * size
            if way == "till":
                shop = shops[customer.sold_by]
                agenda.plan(shop.moment(day), shop.sell, buyer, worth)
                continue
            moment = _office_hours(agenda, day, buyer.rng)
            move_type = {"invoice": ["out_invoice"], "receipt": ["out_receipt"]}.get(way, [])
            worklist = ways[customer.sold_by]["order" if way == "order" else "invoice"]
            worklist.add(moment, buyer, worth, *move_type)


def _plan_office_days(agenda, worklists, days):
    """Do the work on these days of each month, and what is left this morning."""

    def work():
        for worklist in worklists:
            worklist.do(agenda.now())

    day = agenda.start
    while day < agenda.today:
        if day.day in days:
            agenda.plan(datetime.combine(day, time(17)), work)
        day += timedelta(1)
    agenda.plan(agenda.end, work)


def _office_hours(agenda, day, rng):
    """Some time of a working day; today, before the agenda's end."""
    if day.weekday() in (4, 5) and day != agenda.today:  # Friday and Saturday
        day = max(day - timedelta(2), agenda.start)
    minutes = 60 if day == agenda.today else 600
    return datetime.combine(day, time(4)) + timedelta(minutes=rng.randrange(minutes))


def _archive(buyers):
    for buyer in buyers:
        if buyer.customer.archived:
            (buyer.partner | buyer.partner.child_ids).active = False
