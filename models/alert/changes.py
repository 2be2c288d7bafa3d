"""What has changed about a user's customers since he or she was last told."""

from dataclasses import dataclass, field

from odoo.fields import Domain

from ...tools.client_values import mapping
from ...tools.terms import PROFILE

PRODUCT = "customer.sales.product"
# How far a customer has gone
RANKS = {"new": 0, "active": 0, "slowing": 1, "dormant": 2, "lost": 3}
GONE = ("dormant", "lost")
WON_BACK, STOPPED = "won_back", "stopped"
TOLD_SHARE = 0.1  # of what the customer bought in two years, from which a product is told of
# Which stopped products are remembered: what was smaller will hardly ever be a tenth later.
KEPT_SHARE = 0.01


@dataclass
class State:
    """The customers of a user, as they are or were.

    :param customers: id of the profile, as a text -> its status and the day of the last purchase
    :param stopped: ids of what these customers stopped buying (``customer.sales.product``) -> the
        profile of the customer, which is not kept
    """

    customers: dict[str, list] = field(default_factory=dict)
    stopped: dict[int, int | None] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {"customers": self.customers, "stopped": sorted(self.stopped)}

    @classmethod
    def from_json(cls, stored) -> "State":
        stored = mapping(stored)
        return cls(mapping(stored.get("customers")), dict.fromkeys(stored.get("stopped") or ()))


def own_customers(env) -> Domain:
    """The customers that a user is in charge of, as a domain of profiles: assigned to the user, or
    contacts of a company that is."""
    mine = Domain("user_id", "=", env.uid) | Domain("parent_id.user_id", "=", env.uid)
    return Domain("partner_id", "any", mine)


def state_of(env) -> State:
    """How the customers of the user of ``env`` are now, as far as the user may see them."""
    customers, bought = {}, {}
    for row in env[PROFILE].search_read(
        own_customers(env) & Domain("status", "!=", False),
        ["status", "last_purchase", "net_year", "net_before"],
    ):
        day = row["last_purchase"]
        customers[str(row["id"])] = [row["status"], day.isoformat() if day else ""]
        bought[row["id"]] = row["net_year"] + row["net_before"]
    is_stopped = Domain("status", "=", "stopped") & Domain("profile_id", "in", list(bought))
    sold = Domain("net_year", ">", 0) | Domain("net_before", ">", 0)
    stopped = {
        row["id"]: row["profile_id"][0]
        for row in env[PRODUCT].search_read(
            is_stopped & sold, ["profile_id", "net_year", "net_before"]
        )
        if share_of(row, bought[row["profile_id"][0]]) >= KEPT_SHARE
    }
    return State(customers, stopped)


def share_of(row: dict, bought: float) -> float:
    """How much of what the customer bought in two years was this product."""
    return (row["net_year"] + row["net_before"]) / bought if bought > 0 else 0.0


def changes(before: State, now: State) -> dict[str, list[int]]:
    """What is to be told: ``slowing``, ``dormant``, ``lost`` and :data:`WON_BACK` -> ids of
    profiles, :data:`STOPPED` -> ids of products by customer.

    Of a customer who was not the user's until now nothing is told.
    """
    found = {}
    for key, (status, last_purchase) in now.customers.items():
        if key not in before.customers:
            continue
        old_status, old_purchase = before.customers[key]
        if old_status in GONE and last_purchase > old_purchase:
            found.setdefault(WON_BACK, []).append(int(key))
        elif RANKS[status] > RANKS.get(old_status, 0):
            found.setdefault(status, []).append(int(key))
    stopped = sorted(
        each
        for each, profile in now.stopped.items()
        if each not in before.stopped and str(profile) in before.customers
    )
    if stopped:
        found[STOPPED] = stopped
    return found


def remembered(before: State, now: State) -> State:
    """What counts as told once :func:`changes` are: who has not bought since stays as far gone as
    before. Where a prediction wavers, or a limit is moved to and fro, it would be told each time.
    """
    customers = {}
    for key, (status, last_purchase) in now.customers.items():
        old_status, old_purchase = before.customers.get(key, (status, last_purchase))
        is_better = RANKS.get(old_status, 0) > RANKS[status] and old_purchase == last_purchase
        customers[key] = [old_status if is_better else status, last_purchase]
    return State(customers, now.stopped)
