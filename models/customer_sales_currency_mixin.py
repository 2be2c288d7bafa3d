from odoo import api, fields, models
from odoo.orm.models import READ_GROUP_AGGREGATE
from odoo.tools import SQL


class CustomerSalesCurrencyMixin(models.AbstractModel):
    """For models whose amounts are in the currency of the company of each row.

    Where rows are of companies with several currencies, Odoo asks for amounts by the aggregator
    ``sum_currency``. Here that is what the field's own aggregator makes of the amounts in the
    currency of the reader's company, at the rates of today.
    """

    _name = "customer.sales.currency.mixin"
    _description = "Customer Sales: Amounts in Several Currencies"

    def _read_group_select(self, aggregate_spec, query):
        name, _separator, aggregator = aggregate_spec.partition(":")
        field = self._fields.get(name)
        if aggregator != "sum_currency" or field is None or field.type != "monetary":
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(field, "read")
        aggregate = READ_GROUP_AGGREGATE[field.aggregator or "sum"]
        return aggregate(self._table, self._in_reader_currency(name, query))

    @api.model
    def _get_read_group_order(self, dict_order, groupby, aggregates):
        """Groups of several currencies are sorted by what is shown of them."""
        if self._rates_to_reader_currency():
            aggregates = sorted(aggregates, key=lambda spec: not spec.endswith(":sum_currency"))
        return super()._get_read_group_order(dict_order, groupby, aggregates)

    @api.model
    def _in_reader_currency(self, name: str, query) -> SQL:
        """An amount of the rows of a query, in the currency of the reader's company, at the rates
        of today."""
        amount = self._field_to_sql(query.table, name, query)
        rates = self._rates_to_reader_currency()
        if not rates:
            return amount
        return SQL(
            "%s * CASE %s %s ELSE 1 END",
            amount,
            self._field_to_sql(query.table, "company_id", query),
            SQL(" ").join(
                SQL("WHEN %s THEN %s::numeric", company_id, str(rate))
                for company_id, rate in rates.items()
            ),
        )

    @api.model
    def _largest(self, name: str, domain, limit: int) -> dict[int, float]:
        """The rows with the largest amounts in the currency of the reader's company: id -> amount,
        the largest first."""
        query = self._search(domain, limit=limit, order=f"{name} desc, id")
        amount = self._in_reader_currency(name, query)
        row_id = self._field_to_sql(query.table, "id", query)
        if self._rates_to_reader_currency():
            query.order = SQL("%s DESC NULLS LAST, %s", amount, row_id)
        rows = self.env.execute_query(query.select(row_id, amount))
        return {row_id: float(amount) for row_id, amount in rows}

    @api.model
    def _rates_to_reader_currency(self) -> dict[int, float]:
        """The id of each of the reader's companies with another currency than that of the current
        one -> what its amounts are multiplied with."""
        reader = self.env.company
        # The rates of a currency are read once, and then kept by the environment.
        today = fields.Date.context_today(self)
        plain = self.env(context={"date": today, "allowed_company_ids": reader.ids})
        target = reader.currency_id.with_env(plain)
        return {
            company.id: target.rate / currency.rate
            for company in self.env.companies
            for currency in company.sudo().currency_id.with_env(plain)
            if currency != target
        }
