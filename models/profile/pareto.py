from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

POINTS = 200  # of the curve, however many customers there are


class CustomerSalesProfile(models.Model):
    """How concentrated sales are: the largest customers, and what they make together."""

    _inherit = "customer.sales.profile"

    @api.model
    @api.readonly
    def pareto_curve(self, domain: list) -> dict:
        """The cumulative share of the net of the year, from the largest customer on, of those in
        ``domain`` that bought in it and that the user may see.

        :return: ``points``, some 200 at most, each with ``customers``, how many the largest are,
            ``net``, what they make together, and ``smallest``, the net of the last of them;
            ``customers`` and ``net`` of all. Amounts are in the currency ``currency_id``, at
            today's rates where companies have several.
        """
        query = self._search(Domain(domain) & Domain("rank", ">", 0))
        net = self._in_reader_currency("net_year", query)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT place, cumulative, smallest, customers
                  FROM (SELECT net AS smallest,
                               ROW_NUMBER() OVER largest_first AS place,
                               SUM(net) OVER (largest_first ROWS UNBOUNDED PRECEDING) AS cumulative,
                               COUNT(*) OVER () AS customers
                          FROM (%s) customer
                        WINDOW largest_first AS (ORDER BY net DESC, id)) AS curve
                 WHERE place = 1 OR place = customers
                    OR place %% GREATEST(customers / %s, 1) = 0
              ORDER BY place
                """,
                query.select(
                    SQL("%s AS id", self._field_to_sql(query.table, "id", query)),
                    SQL("%s AS net", net),
                ),
                POINTS,
            )
        )
        points = [
            {"customers": place, "net": float(cumulative), "smallest": float(smallest)}
            for place, cumulative, smallest, _customers in rows
        ]
        return {
            "points": points,
            "customers": points[-1]["customers"] if points else 0,
            "net": points[-1]["net"] if points else 0.0,
            "currency_id": self.env.company.currency_id.id,
        }
