from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.customer_sales_compared_mixin import COMPARED
from .customer_sales_overview import PRODUCTS, PROFILES, PURCHASES

ROWS = 7


class CustomerSalesOverview(models.AbstractModel):
    """The lists: whom to call, and who rose and fell most."""

    _inherit = "customer.sales.overview"

    @api.model
    def _lists(self, choice: dict, scope: Domain) -> list[dict]:
        """
        :return: for each ``key``, ``name``, ``rows`` and what it ``opens``; a row has ``id``,
            ``customer_id`` of the profile, ``name``, ``amount`` and ``text``
        """
        return [
            self._to_call(scope),
            self._movers("rises", self.env._("Biggest Rises"), choice, scope, SQL("DESC")),
            self._movers("falls", self.env._("Biggest Falls"), choice, scope, SQL("ASC")),
            self._products_lost(scope),
        ]

    @api.model
    def _to_call(self, scope: Domain) -> dict:
        name = self.env._("Whom to Call")
        domain = scope & Domain("sales_at_stake", ">", 0)
        found = self.env[PROFILES].search_read(
            domain,
            ["partner_id", "sales_at_stake", "rhythm_words"],
            limit=ROWS,
            order="sales_at_stake desc, id",
        )
        rows = [
            {
                "id": row["id"],
                "customer_id": row["id"],
                "name": row["partner_id"][1],
                "amount": row["sales_at_stake"],
                "text": row["rhythm_words"],
            }
            for row in found
        ]
        opens = self._opens("action_customer_sales_profile", name, domain)
        return {"key": "call", "name": name, "rows": rows, "opens": opens}

    @api.model
    def _products_lost(self, scope: Domain) -> dict:
        """What customers stopped buying, by what they bought of it in the year before."""
        name = self.env._("Products Lost")
        domain = scope & Domain("status", "=", "stopped") & Domain("sales_lost", ">", 0)
        found = self.env[PRODUCTS].search_read(
            domain,
            ["profile_id", "partner_id", "product_id", "sales_lost"],
            limit=ROWS,
            order="sales_lost desc, id",
        )
        rows = [
            {
                "id": row["id"],
                "customer_id": row["profile_id"][0],
                "name": row["partner_id"][1],
                "amount": row["sales_lost"],
                "text": row["product_id"][1],
            }
            for row in found
        ]
        opens = self._opens("action_customer_sales_product", name, domain)
        return {"key": "products", "name": name, "rows": rows, "opens": opens}

    @api.model
    def _movers(self, key, name, choice: dict, scope: Domain, direction: SQL) -> dict:
        """The customers whose net sales changed most between the periods chosen."""
        periods = self._days_of_choice(choice)
        Purchases = self.env[PURCHASES]
        days = self._within(periods.current) | self._within(periods.base)
        query = Purchases._search(scope & days & Domain("partner_id", "!=", False))
        day, net, partner, company = (
            SQL.identifier(query.table, column)
            for column in ("date", "net", "partner_id", "company_id")
        )
        change = SQL(
            "SUM(CASE WHEN %(day)s BETWEEN %(first)s AND %(last)s THEN %(net)s ELSE 0 END) "
            "- SUM(CASE WHEN %(day)s BETWEEN %(base_first)s AND %(base_last)s "
            "THEN %(net)s ELSE 0 END)",
            day=day,
            net=net,
            first=periods.current.first,
            last=periods.current.last,
            base_first=periods.base.first,
            base_last=periods.base.last,
        )
        query.groupby = SQL("%s, %s", company, partner)
        sign = SQL(">") if direction.code == "DESC" else SQL("<")
        query.having = SQL("%s %s 0", change, sign)
        query.order = SQL("%s %s, %s", change, direction, partner)
        query.limit = ROWS
        changes = {
            (company_id, partner_id): float(amount)
            for company_id, partner_id, amount in self.env.execute_query(
                query.select(company, partner, change)
            )
        }
        profiles = self.env[PROFILES].search_read(
            [
                ("partner_id", "in", [partner_id for _company_id, partner_id in changes]),
                ("company_id", "in", [company_id for company_id, _partner_id in changes]),
            ],
            ["company_id", "partner_id"],
        )
        found = {(row["company_id"][0], row["partner_id"][0]): row for row in profiles}
        rows = [
            {
                "id": found[customer]["id"],
                "customer_id": found[customer]["id"],
                "name": found[customer]["partner_id"][1],
                "amount": amount,
                "text": "",
            }
            for customer, amount in changes.items()
            if customer in found
        ]
        # Where these amounts are seen: the page of customers knows years alone
        opens = self._opens(
            "action_customer_sales_comparison_report",
            name,
            Domain("commercial_partner_id", "in", [partner_id for _company, partner_id in found]),
            search_default_net_sales=1,
            search_default_group_commercial_partner=1,
            **{COMPARED: choice},
        )
        return {"key": key, "name": name, "rows": rows, "opens": opens}
