from functools import cache

from odoo import api, models
from odoo.fields import Domain
from odoo.orm.models import regex_order_part_read_group
from odoo.tools import SQL
from odoo.tools.constants import PREFETCH_MAX
from odoo.tools.query import Query

from ...models.customer_sales_ratio_mixin import Ratio
from ...tools.client_values import not_understood
from ...tools.record_names import names_as_reader
from ...tools.sql.by_fields import by_fields
from ...tools.sql.query import CustomerSalesQuery
from ...tools.sql.sorted_groups import SortedGroups
from .customer_sales_report import COUNTED, SUMS

# Weighted averages: an average of averages would give a small sale the weight of a large one.
RATIOS = {
    "price_unit": Ratio("price_subtotal", "quantity"),
    "discount": Ratio("discount_amount", "price_undiscounted", 100),
    "margin_percent": Ratio("margin", "price_subtotal"),
}

# How many groups there are, on every page of them. Odoo takes it for an aggregate of the ids.
GROUP_COUNT = "id:group_count"


class CustomerSalesReport(models.Model):
    """How the report groups: averages that are weighted, and plans that stay fast."""

    _inherit = "customer.sales.report"

    @api.model
    def _ratios(self):
        return RATIOS

    def _read_group_select(self, aggregate_spec: str, query: Query) -> SQL:
        """What the web client asks for with every amount (its currencies, and its sum in one of
        them) without the sorting that it would cost."""
        if aggregate_spec == GROUP_COUNT:
            return SQL("COUNT(*) OVER ()")
        if aggregate_spec == "currency_id:array_agg_distinct":
            return SQL("ARRAY[%s]", self.env.company.currency_id.id)
        field_name, _separator, aggregator = aggregate_spec.partition(":")
        field = self._fields.get(field_name)
        if (
            aggregator == "sum_currency"
            and field is not None
            and field.type == "monetary"
            and field.get_currency_field(self) == "currency_id"
        ):
            # Every row is in the reader's currency already.
            return self._read_group_select(f"{field_name}:{field.aggregator}", query)
        if aggregator == "sum" and field_name in SUMS:
            # Sums that several figures share are computed once.
            self._check_field_access(field, "read")
            left, operator, right = SUMS[field_name]
            return SQL(
                "(%s %s %s)",
                self._read_group_select(f"{left}:sum", query),
                SQL(operator),
                self._read_group_select(f"{right}:sum", query),
            )
        if aggregator == "sum" and field_name in COUNTED:
            # The untaxed total is computed once, and not again for each measure.
            self._check_field_access(field, "read")
            return SQL(
                "COALESCE(SUM(%s) FILTER (WHERE %s), 0)",
                self._field_to_sql(query.table, "price_subtotal", query),
                self._field_to_sql(query.table, COUNTED[field_name], query),
            )
        return super()._read_group_select(aggregate_spec, query)

    @api.model
    def _read_group(self, domain, *args, **kwargs):
        self._without_jit()
        return super()._read_group(by_fields(domain), *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, *args, **kwargs):
        self._without_jit()
        return super()._read_grouping_sets(by_fields(domain), *args, **kwargs)

    def _without_jit(self):
        """Keep PostgreSQL from compiling the query: its many expressions, of three sources, take
        longer to compile than to compute. It is allowed on a replica."""
        self.env.cr.execute(SQL("SET LOCAL jit = off"))

    @api.model
    def _formatted_read_group_with_length(
        self, domain, groupby, aggregates, offset=0, limit=None, order=None
    ):
        """As Odoo does it, but the groups beyond the page are counted on the way."""
        if not limit:
            return super()._formatted_read_group_with_length(
                domain, groupby, aggregates, offset, limit, order
            )
        groups = self.formatted_read_group(
            domain, groupby, [*aggregates, GROUP_COUNT], offset=offset, limit=limit, order=order
        )
        counts = [group.pop(GROUP_COUNT) for group in groups]
        return groups, max(counts, default=0)

    @api.model
    def _web_read_group_format(self, groupby, aggregates, groups):
        """As Odoo does it, but each value is worded once, and its domain is made once: a pivot of
        customers and months has a hundred thousand groups of the same few values."""
        if not groups or not groupby or self._web_read_group_field_expand(groupby):
            return super()._web_read_group_format(groupby, aggregates, groups)
        columns = list(zip(*groups, strict=True))
        values, figures = columns[: len(groupby)], columns[len(groupby) :]
        worded = [self._worded(spec, column) for spec, column in zip(groupby, values, strict=True)]
        operators = ["&"] * (len(groupby) - 1)
        formatted = []
        for words_and_domains, *amounts in zip(zip(*worded, strict=True), *figures, strict=True):
            group = dict(zip(aggregates, amounts, strict=True))
            domain = [*operators]
            for spec, (word, terms) in zip(groupby, words_and_domains, strict=True):
                group[spec] = word
                domain += terms
            group["__extra_domain"] = domain
            formatted.append(group)
        return formatted

    @api.model
    def _worded(self, groupby_spec: str, values: tuple) -> list[tuple]:
        """(what the web client shows, domain in prefix notation) of each value.

        The right to see a row includes the names on it, as everywhere in Odoo.
        """
        field = self._fields.get(groupby_spec)
        if field is not None and field.type == "many2one":
            # In one go: each change of user or context takes longer than the name.
            records = self.env[field.comodel_name].sudo()
            records = records.browse({value.id for value in values if value})
            if len(records) > PREFETCH_MAX:
                records.fetch(self._columns_of_names(records))
            if not self._row_grants_names(field):
                names = names_as_reader(records.sudo(False))
            else:
                names = {record.id: record.display_name for record in records}
            words = {
                record_id: ((record_id, name), [(groupby_spec, "=", record_id)])
                for record_id, name in names.items()
            }
            words[False] = (False, [(groupby_spec, "=", False)])
            return [words[value.id] for value in values]
        formatter = self._web_read_group_groupby_formatter(groupby_spec, values)

        @cache
        def word(value):
            shown, domain = formatter(value)
            return shown, list(Domain(domain))

        return [word(value) for value in values]

    @api.model
    def _columns_of_names(self, records) -> list[str]:
        """The columns that the display names of ``records`` are made of: reading no others takes
        a third of the time off the naming of many."""
        depends, fields = records.pool.field_depends, records._fields
        found, new = set(), {"display_name"}
        while new:
            found |= new
            paths = (path for name in new for path in depends[fields[name]])
            new = {path.partition(".")[0] for path in paths} - found
        return [name for name in found if fields[name].store and fields[name].column_type]

    def _read_group_orderby(self, order, groupby_terms, query):
        if not order or not isinstance(query, CustomerSalesQuery):
            return super()._read_group_orderby(order, groupby_terms, query)
        groups = query.sorted_groups = SortedGroups(self.env)
        terms, sorted_by = [], set()
        for part in order.split(","):
            match = regex_order_part_read_group.fullmatch(part)
            if not match:
                raise not_understood(self.env)
            spec, field = match["term"], self._fields.get(match["term"])
            if spec in sorted_by:
                continue  # what is sorted once is sorted
            sorted_by.add(spec)
            expression = groupby_terms.get(spec) or self._read_group_select(spec, query)
            column = groups.column(expression)
            if field is not None and field.type == "many2one":
                term = groups.order_by_record(
                    spec,
                    column,
                    self.env[field.comodel_name],
                    reverse=(match["direction"] or "").upper() == "DESC",
                    nulls=(match["nulls"] or "").upper(),
                )
            else:
                term = super()._read_group_orderby(part, {spec: column}, query)
            terms.append(term)
        return SQL(", ").join(terms)
