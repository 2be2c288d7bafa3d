from odoo import api, models
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ...tools.limits import NAME
from ...tools.sql.by_fields import by_fields
from ...tools.terms import REPORT

SUGGESTED = 8

# Longer than this a suggestion comes too late.
SUGGESTION_SECONDS = 1.0


class CustomerSalesFilter(models.TransientModel):
    """Suggests the cities that there are."""

    _inherit = "customer.sales.filter"

    @api.model
    @api.readonly
    def suggest_cities(self, text: str = "") -> list[str]:
        """The cities of customers whose sales the user may see, those with most lines first.

        :param text: what their names contain
        :return: of too many lines to be read in a moment, the cities of those customers whose
            figures are stored
        """
        self.check_access("create")
        text = str(text or "").strip()[:NAME]
        cities = self._within_seconds(
            SUGGESTION_SECONDS, lambda end: self._cities_of_sales(text, end)
        )
        if cities is None:
            cities = self._cities_of_customers(text)
        # A comma stands between several.
        return [city for city in cities if "," not in city]

    @api.model
    def _cities_of_sales(self, text: str, end: float) -> list[str]:
        report = self.env[REPORT]
        self._stop_at(end)
        query = report._search(by_fields(self._city_domain(text)))
        if query.is_empty():
            return []
        report._without_jit()
        city = report._field_to_sql(query.table, "city", query)
        query.groupby = city
        self.env.cr.execute(
            SQL(
                "SELECT city FROM (%s) AS cities ORDER BY lines DESC, city LIMIT %s",
                query.select(SQL("%s AS city", city), SQL("COUNT(*) AS lines")),
                SUGGESTED,
            ),
            log_exceptions=False,
        )
        return [city for (city,) in self.env.cr.fetchall()]

    @api.model
    def _cities_of_customers(self, text: str) -> list[str]:
        groups = self.env["customer.sales.profile"]._read_group(
            self._city_domain(text), ["city"], order="__count desc, city", limit=SUGGESTED
        )
        return [city for (city,) in groups]

    @api.model
    def _city_domain(self, text: str) -> list:
        domain = [("city", "not in", [False, ""])]
        return [*domain, ("city", "ilike", escape_psql(text))] if text else domain
