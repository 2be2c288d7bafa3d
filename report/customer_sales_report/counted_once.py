from collections.abc import Collection

from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition
from odoo.tools import SQL

from ...tools.sql.by_fields import by_fields
from ...tools.terms import COUNTS_AS_ORDER, COUNTS_AS_SALE
from .customer_sales_report import COUNTED, SUMS

# Documents of one kind leave no other of that kind behind.
FAMILIES = (
    ("sales_order",),
    ("pos_receipt", "pos_refund"),
    ("customer_invoice", "credit_note", "sales_receipt"),
)
# Context key under which a group's totals may count sales twice
MIXES = "customer_sales_mixes"


class CustomerSalesReport(models.Model):
    """No total adds orders to the invoices that came of them. Where both are asked for, only *Net
    Sales* and *Ordered* have a total, and whatever group has documents of one kind."""

    _inherit = "customer.sales.report"

    @api.model
    def _read_group(self, domain, *args, **kwargs):
        return super(CustomerSalesReport, self._adding_carefully(domain))._read_group(
            domain, *args, **kwargs
        )

    @api.model
    def _read_grouping_sets(self, domain, *args, **kwargs):
        return super(CustomerSalesReport, self._adding_carefully(domain))._read_grouping_sets(
            domain, *args, **kwargs
        )

    def _read_group_select(self, aggregate_spec, query):
        total = super()._read_group_select(aggregate_spec, query)
        name, _colon, aggregator = aggregate_spec.partition(":")
        if aggregator != "sum" or name in SUMS or not self.env.context.get(MIXES):
            return total
        if not self._is_added_up_by_family(self._fields[name]):
            return total
        return self._unless_mixed(total, query)

    def _unless_mixed(self, total: SQL, query, among: SQL | None = None) -> SQL:
        """The total of a group, NULL where a sale may be twice among its rows.

        :param among: a condition on the rows that are meant; all by default
        """
        is_sale, is_order, document_type = (
            self._field_to_sql(query.table, name, query)
            for name in (COUNTS_AS_SALE, COUNTS_AS_ORDER, "document_type")
        )
        family = SQL(
            "CASE %s END",
            SQL(" ").join(
                SQL("WHEN %s IN %s THEN %s", document_type, family, number)
                for number, family in enumerate(FAMILIES)
            ),
        )
        return SQL(
            "CASE WHEN (BOOL_OR(NOT %(is_sale)s) FILTER (WHERE %(among)s)"
            " AND BOOL_OR(%(is_sale)s AND NOT %(is_order)s) FILTER (WHERE %(among)s)"
            " AND MIN(%(family)s) FILTER (WHERE %(among)s)"
            " < MAX(%(family)s) FILTER (WHERE %(among)s)) IS TRUE THEN NULL ELSE %(total)s END",
            is_sale=is_sale,
            is_order=is_order,
            family=family,
            among=among or SQL("TRUE"),
            total=total,
        )

    @api.model
    def _is_added_up_by_family(self, field) -> bool:
        """Whether a field is what each of the documents of a sale says of it anew."""
        is_amount = field.type in ("float", "monetary") and field.aggregator == "sum"
        return is_amount and field.name not in COUNTED

    @api.model
    def _adding_carefully(self, domain):
        """This model, so that its totals look whether documents are of several kinds, where
        ``domain`` leaves that open."""
        return self if self._asks_once(domain) else self.with_context(**{MIXES: True})

    @api.model
    def _asks_once(self, domain) -> bool:
        """Whether a domain itself says that no sale is in a total twice."""
        domain = Domain(domain)
        conditions = domain.children if isinstance(domain, DomainAnd) else [domain]
        return any(
            isinstance(condition, DomainCondition) and _is_of_one(condition)
            for condition in conditions
        )

    @api.model
    def _mixes(self, domain) -> bool:
        """Whether a total of all rows of a domain would count sales twice."""
        if self._asks_once(domain):
            return False
        return all(
            self.search(by_fields(Domain(domain) & Domain(of_one)), limit=1)
            for of_one in (
                [(COUNTS_AS_SALE, "=", False)],
                [(COUNTS_AS_SALE, "=", True), (COUNTS_AS_ORDER, "=", False)],
            )
        )

    @api.model
    @api.readonly
    def web_read_group(self, domain, *args, **kwargs):
        """As Odoo's, and ``mixes_documents``: whether the groups must not be added up."""
        result = super().web_read_group(domain, *args, **kwargs)
        return {**result, "mixes_documents": self._mixes(domain)}

    @api.model
    def _adding_up(self, domain):
        return self.with_context(**{MIXES: True}) if self._mixes(domain) else self

    @api.model
    def _is_summed(self, field):
        is_mixed = self.env.context.get(MIXES) and self._is_added_up_by_family(field)
        return not is_mixed and super()._is_summed(field)


def _is_of_one(condition: DomainCondition) -> bool:
    if condition.operator == "=":
        values = [condition.value]
    elif condition.operator == "in" and isinstance(condition.value, Collection):
        values = list(condition.value)
    else:
        return False
    if condition.field_expr in COUNTED.values():
        return values == [True]
    return condition.field_expr == "document_type" and any(
        all(value in family for value in values) for family in FAMILIES
    )
