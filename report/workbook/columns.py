"""The columns of the lines: what to read from the database, and how to show it."""

from dataclasses import dataclass, replace
from functools import cached_property

from odoo.tools import SQL

from ...models.customer_sales_ratio_mixin import Ratio
from .anonymization import stays
from .labels import (
    EPOCH,
    Choices,
    LabelsOrKinds,
    NumberedLabels,
    PartnerNames,
    ProductNames,
    PropertyLabels,
    RecordLabels,
)

TEXT, WHOLE, NUMBER, MONEY, PERCENT = "text", "whole", "number", "money", "percent"
DAY, MOMENT, LINK = "day", "moment", "link"
NUMBERS = {WHOLE, NUMBER, MONEY, PERCENT}
KINDS = {
    "integer": WHOLE,
    "float": NUMBER,
    "monetary": MONEY,
    "date": DAY,
    "datetime": MOMENT,
}
STORED_NAMES = {"res.partner": PartnerNames, "product.product": ProductNames}
# Records that a line may not have -> what says what the line is then, and the value that does not
KINDS_OF_NOTHING = {"product_id": ("line_kind", "product")}


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    :param name: of the field, or another name that tells the columns of a sheet apart
    :param label: its header
    :param kind: how a cell of it looks: one of the constants above
    :param digits: decimals, where the kind has any
    :param sql: what is selected for it; None for a column that is not read from the lines
    :param labels: value in the database -> cell; None where the database has the cell itself
    :param is_summed: whether its total means something
    :param ratio: the names of columns whose totals make up its total
    :param is_keyed_by_id: the database has the ids of records
    :param empty: the cell where the database has nothing
    """

    name: str
    label: str
    kind: str = TEXT
    digits: int = 0
    sql: SQL | None = None
    labels: dict | None = None
    is_summed: bool = False
    ratio: Ratio | None = None
    is_keyed_by_id: bool = False
    empty: str | None = None


def exportable(model) -> dict[str, str]:
    """The fields of a report that can be columns of a file, for the current user.

    :return: name -> label, in the order of labels
    """
    descriptions = model.fields_get(attributes=["string", "type", "exportable", "related"])
    return {
        name: description["string"]
        for name, description in sorted(
            descriptions.items(), key=lambda item: item[1]["string"].lower()
        )
        if description.get("exportable", True)
        and name not in ("id", "display_name", "currency_id", "document_currency_id")
        and description["type"] not in ("binary", "one2many", "reference", "json", "properties")
        and name not in model._columns_left_out()
        and can_be_read(model, model._fields[name])
    }


def can_be_read(model, field) -> bool:
    """Whether a column of a report comes from the database, and not from a method alone."""
    in_sql = field.name in model._columns_in_sql()
    return bool(field.store or field.related or in_sql or is_property(field))


def is_property(field) -> bool:
    """Whether a column of the report is a property that contacts have."""
    return bool(getattr(field, "customer_property", None))


def name_of_nothing(env, field) -> str | None:
    """What stands where a field is empty, if that has a name: a sale without a customer is a
    walk-in's."""
    return field.get_description(env, ["falsy_value_label"]).get("falsy_value_label") or None


class ColumnFactory:
    """Makes the columns of a request, for one query.

    :param model: the report, in the user's environment
    :param query: the query of the lines, from which the columns will be selected
    :param pseudonyms: numbers instead of names; None to give names
    :param headings: name of a field -> what stands above its column, if not the field's own name
    """

    def __init__(self, model, query, pseudonyms=None, headings=None):
        self.model, self.env, self.query = model, model.env, query
        self.pseudonyms = pseudonyms
        # What somebody wrote above a column is no more to be trusted than a title.
        self.headings = {} if pseudonyms else headings or {}
        self.currency = self.env.company.currency_id
        self._names = {}  # of records, by model: two columns of partners look up the same

    def make(self, names) -> list[Column]:
        """The columns of these fields that the user may have, in order."""
        columns = []
        for name in names:
            if self.pseudonyms and not stays(self.model, name):
                continue
            field = self.model._fields[name]
            if field.type == "monetary" and self._has_several_currencies(field):
                columns += self._by_currency(name)
            else:
                columns.append(self._column(name))
        return columns

    def totals(self, names) -> list[Column]:
        """The columns of these fields that have a total, each of which is that of a group of rows:
        the query has to be grouped."""
        columns = []
        for column in self.make(names):
            field = self.model._fields.get(column.name)
            if field is None:  # an amount in one of several currencies
                if column.is_summed:
                    columns.append(replace(column, sql=SQL("SUM(%s)", column.sql)))
            elif field.aggregator and column.kind in NUMBERS:
                total = self.model._read_group_select(
                    f"{field.name}:{field.aggregator}", self.query
                )
                factor = self.model._shares().get(field.name, 1)
                columns.append(replace(column, sql=SQL("(%s)::float8 / %s", total, factor)))
        return columns

    def expression(self, name: str) -> SQL:
        """A stored field, in terms of the query."""
        return self.model._field_to_sql(self.query.table, name, self.query)

    def label(self, name: str) -> str:
        if heading := self.headings.get(name):
            return heading
        return self.model._fields[name].get_description(self.env, ["string"])["string"]

    def customer_labels(self):
        return self.labels_of("commercial_partner_id")

    def labels_of(self, name: str):
        """Cells by the values of a field that rows can be grouped by; None if it has none."""
        field = self.model._fields[name]
        numbered = self.model._numbered_columns()
        if name in numbered and self.pseudonyms:
            return NumberedLabels(self.pseudonyms, numbered[name])
        if field.type == "many2one":
            return self._names_of(field.comodel_name)
        return self._choices(field)

    def _column(self, name: str) -> Column:
        field = self.model._fields[name]
        column = Column(name, self.label(name), KINDS.get(field.type, TEXT))
        if field.related and not field.store:
            return self._related_column(column, field)
        if is_property(field):
            return self._property_column(column, field)
        sql = self.expression(name)
        labels = self.labels_of(name)
        kind_of_nothing, _ordinary = KINDS_OF_NOTHING.get(name, (None, None))
        if kind_of_nothing in self.model._fields:
            sql, labels = self._or_its_kind(sql, labels, *KINDS_OF_NOTHING[name])
        if labels is not None:
            is_record = field.type == "many2one"
            return replace(
                column,
                sql=sql,
                labels=labels,
                is_keyed_by_id=is_record,
                empty=name_of_nothing(self.env, field),
            )
        if column.kind in (NUMBER, MONEY):
            return self._number_column(column, field, sql)
        if column.kind == WHOLE:
            return replace(column, sql=sql, is_summed=self.model._is_summed(field))
        if column.kind == DAY:
            return replace(column, sql=SQL("%s - %s", sql, EPOCH))
        if column.kind == MOMENT:
            local = SQL("timezone(%s, timezone('UTC', %s))", str(self.env.tz), sql)
            sql = SQL("(EXTRACT(EPOCH FROM %s - %s::timestamp) / 86400)::float8", local, EPOCH)
        return replace(column, sql=sql)

    def _or_its_kind(self, sql: SQL, labels, kind: str, ordinary: str):
        """A column of records, and what the lines are that have none: a down payment."""
        words = dict(self.model._fields[kind]._description_selection(self.env))
        words.pop(ordinary)
        place = SQL("array_position(%s, %s)", list(words), self.expression(kind))
        return SQL("COALESCE(%s, -%s)", sql, place), LabelsOrKinds(labels, list(words.values()))

    def _number_column(self, column: Column, field, sql: SQL) -> Column:
        kind, digits, label = column.kind, 2, column.label
        factor = self.model._shares().get(column.name)
        if factor:
            kind, digits = PERCENT, 1
            sql = SQL("%s / %s", sql, factor) if factor != 1 else sql
        elif kind == MONEY:
            digits, label = self.currency.decimal_places, self.in_currency(label, self.currency)
        else:
            digits = (field.get_digits(self.env) or (16, 2))[1]
        return replace(
            column,
            label=label,
            kind=kind,
            digits=digits,
            sql=SQL("(%s)::float8", sql),
            is_summed=self.model._is_summed(field),
            ratio=self.model._ratios_of_sums().get(column.name),
        )

    def _has_several_currencies(self, field) -> bool:
        """Whether the rows have amounts in currencies of their own: that of the documents, or of
        one of several companies."""
        name = field.get_currency_field(self.model)
        return name != "currency_id" or (
            bool(self.model._fields[name].related) and len(self._currencies_of_companies) > 1
        )

    @cached_property
    def _currencies_of_companies(self):
        return self.env.companies.sudo().currency_id

    def _by_currency(self, name: str) -> list[Column]:
        """One column for each currency that the documents are in: amounts in different
        currencies have no place in one column."""
        field = self.model._fields[name]
        currency_field = field.get_currency_field(self.model)
        currency = self.expression(currency_field)
        rows = self.query.subselect(currency)
        ids = self.env.execute_query(SQL("SELECT DISTINCT id FROM %s AS rows(id)", rows))
        currencies = self.env["res.currency"].sudo().browse(sorted(i for [i] in ids if i))
        return [
            Column(
                f"{name}_{each.id}",
                self.in_currency(self.label(name), each),
                MONEY,
                each.decimal_places,
                SQL(
                    "(CASE WHEN %s = %s THEN %s END)::float8",
                    currency,
                    each.id,
                    self.expression(name),
                ),
                is_summed=self.model._is_summed(field),
            )
            for each in currencies
        ]

    def in_currency(self, label: str, currency) -> str:
        return self.env._("%(label)s (%(currency)s)", label=label, currency=currency.name)

    def _related_column(self, column: Column, field) -> Column:
        """A column that follows from a record of the row's, such as the customer's city."""
        first, *path = field.related.split(".")
        target = self.model.env[self.model._fields[first].comodel_name]
        return self._column_by_record(column, first, RecordLabels(target, path))

    def _property_column(self, column: Column, field) -> Column:
        """A column that follows from a property of the customer's."""
        labels = PropertyLabels(self.model, field)
        return self._column_by_record(column, self.model._customer_field, labels)

    def _column_by_record(self, column: Column, name: str, labels) -> Column:
        return replace(
            column,
            digits=2 if column.kind in (NUMBER, MONEY) else 0,
            kind=NUMBER if column.kind == MONEY else column.kind,
            sql=self.expression(name),
            labels=labels,
            is_keyed_by_id=True,
        )

    def _names_of(self, comodel: str):
        if comodel not in self._names:
            records = self.env[comodel]
            stored = STORED_NAMES.get(comodel)
            self._names[comodel] = stored(records) if stored else RecordLabels(records, [])
        return self._names[comodel]

    def _choices(self, field):
        if field.type == "selection":
            return Choices(field._description_selection(self.env))
        if field.type == "boolean":
            return Choices({True: self.env._("Yes"), False: self.env._("No")})
        return None
