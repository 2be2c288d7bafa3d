"""The contacts of the customers, and what is noted about them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from odoo.fields import Command
from odoo.tools import SQL

from .baskets import favorites
from .customers import PLACES, Customer

TIERS = [("bronze", "Bronze"), ("silver", "Silver"), ("gold", "Gold")]
STREETS = ["Main Street", "Market Street", "Park Road"]
DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday"]


@dataclass
class Buyer:
    """A customer with its contacts and its own dice."""

    customer: Customer
    partner: object
    rng: random.Random
    favorites: list  # rows of PRODUCTS, best first

    @property
    def company(self):
        return self.customer.sold_by


def create_partners(business, customers):
    """Create the contacts of these customers; return the buyers."""
    env = business.env
    _define_own_fields(env)
    rolls = [random.Random(f"{customer.name} {business.agenda.today}") for customer in customers]
    partners = env["res.partner"].create(
        [
            _partner_values(business, customer, rng)
            for customer, rng in zip(customers, rolls, strict=True)
        ]
    )
    buyers = []
    for customer, partner, rng in zip(customers, partners, rolls, strict=True):
        if customer.currency:
            partner.with_env(
                business.env_of(customer.sold_by)
            ).specific_property_product_pricelist = business.pricelists[
                customer.sold_by, customer.currency
            ]
        _backdate(partner | partner.child_ids, customer, business.agenda.today, rng)
        buyers.append(Buyer(customer, partner, rng, favorites(customer, rng)))
    return buyers


def _define_own_fields(env):
    """Add a custom field and two Properties, as users do from the screen."""
    env["ir.model.fields"].create(
        {
            "model_id": env["ir.model"]._get_id("res.partner"),
            "name": "x_loyalty_tier",
            "field_description": "Loyalty Tier",
            "ttype": "selection",
            "selection_ids": [
                Command.create({"value": value, "name": name, "sequence": sequence})
                for sequence, (value, name) in enumerate(TIERS)
            ],
        }
    )
    definition = env["properties.base.definition"]._get_definition_for_property_field(
        "res.partner", "properties"
    )
    definition.properties_definition = [
        {
            "name": "delivery_day",
            "type": "selection",
            "string": "Delivery Day",
            "selection": [[day.lower(), day] for day in DAYS],
        },
        {"name": "yearly_plan", "type": "float", "string": "Yearly Plan"},
    ]


def _partner_values(business, customer, rng):
    env = business.env
    address = _address(env, customer, rng)
    return {
        **address,
        "name": customer.name,
        "is_company": customer.kind == "company",
        "lang": customer.language,
        "user_id": business.users[customer.seller].id if customer.seller else False,
        "category_id": [Command.link(_tag(env, tag).id) for tag in customer.tags.split(",") if tag],
        "industry_id": _industry(env, customer.industry).id,
        "x_loyalty_tier": _tier(customer),
        "properties": {
            "delivery_day": rng.choice(DAYS).lower(),
            "yearly_plan": round(customer.usual * 365 / customer.interval, -2),
        },
        "child_ids": [
            Command.create(
                {
                    "name": name,
                    "type": kind,
                    "lang": customer.language,
                    **(address if kind != "contact" else {}),
                }
            )
            for name, kind in customer.contacts
        ],
    }


def _address(env, customer, rng):
    city, state, country_code = PLACES[customer.place]
    country = env["res.country"].search([("code", "=", country_code)])
    state = env["res.country.state"].search(
        [("code", "=", state), ("country_id", "=", country.id)], limit=1
    )
    return {
        "street": f"{rng.randrange(1, 240)} {rng.choice(STREETS)}",
        "city": city,
        "zip": f"{rng.randrange(10000, 99999)}",
        "state_id": state.id,
        "country_id": country.id,
    }


def _tag(env, name):
    tags = env["res.partner.category"]
    return tags.search([("name", "=", name)]) or tags.create(
        {"name": name, "color": len(name) % 11}
    )


def _industry(env, name):
    return (
        env["res.partner.industry"].search([("name", "=", name)])
        if name
        else env["res.partner.industry"]
    )


def _tier(customer):
    yearly = customer.usual * 365 / customer.interval
    if "VIP" in customer.tags:
        return "gold"
    return "silver" if yearly > 40000 else "bronze" if yearly > 4000 else False


def _backdate(partners, customer, today, rng):
    """Say that they were made in the customer's year: Odoo offers no way to."""
    moment = datetime(customer.since, 1, 1, 7) + timedelta(rng.randrange(365), rng.randrange(30000))
    moment = min(moment, datetime(today.year, today.month, 1) - timedelta(40))
    partners.flush_recordset()
    partners.env.cr.execute(
        SQL("UPDATE res_partner SET create_date = %s WHERE id IN %s", moment, partners._ids)
    )
    partners.invalidate_recordset(["create_date"])
