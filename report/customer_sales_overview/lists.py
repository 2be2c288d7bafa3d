from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.customer_sales_compared_mixin import COMPARED
from ...tools.compared_periods import ComparedPeriods
from ...tools.terms import PROFILE
from .customer_sales_overview import PRODUCTS, PURCHASES

ROWS = 7


class CustomerSalesOverview(models.AbstractModel):
    """The lists: whom to call, who rose and fell most, and what is not bought any more."""

    _inherit = "customer.sales.overview"

    @api.model
    def _lists(self, choice: dict, scope: Domain) -> list[dict]:
        """
        :return: for each ``key``, ``name``, ``rows`` and what it ``opens``; a row has ``id``,
            ``customer_id`` of the profile, ``name``, ``amount`` and ``text``
        """
        return [
            self._to_call(scope),
            *self._movers(choice, scope),
            self._products_lost(scope),
        ]

    @api.model
    def _to_call(self, scope: Domain) -> dict:
        name = self.env._("Whom to Call")
        domain = scope & Domain("sales_at_stake", ">", 0)
        amounts = self.env[PROFILE]._largest("sales_at_stake", domain, ROWS)
        found = self.env[PROFILE].browse(amounts).read(["partner_id", "rhythm_words"])
        rows = [
            {
                "id": row["id"],
                "customer_id": row["id"],
                "name": row["partner_id"][1],
                "amount": amounts[row["id"]],
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
        amounts = self.env[PRODUCTS]._largest("sales_lost", domain, ROWS)
        names = ["profile_id", "partner_id", "product_id"]
        found = self.env[PRODUCTS].browse(amounts).read(names)
        rows = [
            {
                "id": row["id"],
                "customer_id": row["profile_id"][0],
                "name": row["partner_id"][1],
                "amount": amounts[row["id"]],
                "text": row["product_id"][1],
            }
            for row in found
        ]
        opens = self._opens("action_customer_sales_product", name, domain)
        return {"key": "products", "name": name, "rows": rows, "opens": opens}

    @api.model
    def _movers(self, choice: dict, scope: Domain) -> list[dict]:
        """The customers whose net sales rose and fell most between the periods chosen."""
        changes = self._largest_changes(self._days_of_choice(choice), scope)
        found = {
            (row["company_id"][0], row["partner_id"][0]): row
            for row in self.env[PROFILE].search_read(
                [
                    ("partner_id", "in", [partner_id for _company_id, partner_id, _net in changes]),
                    ("company_id", "in", [company_id for company_id, _partner_id, _net in changes]),
                ],
                ["company_id", "partner_id"],
            )
        }
        lists = []
        names = {"rises": self.env._("Biggest Rises"), "falls": self.env._("Biggest Falls")}
        for key, sign in (("rises", 1), ("falls", -1)):
            moved = [
                (partner_id, row, float(amount))
                for company_id, partner_id, amount in changes
                if amount * sign > 0 and (row := found.get((company_id, partner_id)))
            ]
            rows = [
                {
                    "id": row["id"],
                    "customer_id": row["id"],
                    "name": row["partner_id"][1],
                    "amount": amount,
                    "text": "",
                }
                for _partner_id, row, amount in moved
            ]
            # Where these amounts are seen: the page of customers knows years alone
            opens = self._opens(
                "action_customer_sales_comparison_report",
                names[key],
                Domain("commercial_partner_id", "in", [partner_id for partner_id, *_row in moved]),
                search_default_net_sales=1,
                search_default_group_commercial_partner=1,
                **{COMPARED: choice},
            )
            lists.append({"key": key, "name": names[key], "rows": rows, "opens": opens})
        return lists

    @api.model
    def _largest_changes(self, periods: ComparedPeriods, scope: Domain) -> list[tuple]:
        """(id of the company, id of the customer, change of net sales in the currency of the
        reader's company): so many rises at most, the largest first, then as many falls."""
        bought, before = (
            self._net_of_customers(self._within(days) & scope, sign)
            for days, sign in zip(periods, (SQL(), SQL("-")), strict=True)
        )
        return self.env.execute_query(
            SQL(
                "WITH changed AS MATERIALIZED ("
                "SELECT company_id, partner_id, SUM(net) AS change "
                "FROM (%(bought)s UNION ALL %(before)s) AS both_periods "
                "GROUP BY company_id, partner_id) "
                "(SELECT * FROM changed WHERE change > 0 "
                "ORDER BY change DESC, partner_id LIMIT %(rows)s) UNION ALL "
                "(SELECT * FROM changed WHERE change < 0 "
                "ORDER BY change, partner_id LIMIT %(rows)s)",
                bought=bought,
                before=before,
                rows=ROWS,
            )
        )

    @api.model
    def _net_of_customers(self, domain: Domain, sign: SQL) -> SQL:
        Purchases = self.env[PURCHASES]
        query = Purchases._search(domain & Domain("partner_id", "!=", False))
        company, partner = (
            SQL.identifier(query.table, column) for column in ("company_id", "partner_id")
        )
        net = Purchases._in_reader_currency("net", query)
        return query.select(company, partner, SQL("%s(%s) AS net", sign, net))
