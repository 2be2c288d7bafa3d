"""The rows of a list as it looks on the screen, for a mail or a workbook."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property

from lxml import etree

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date, format_datetime, formatLang

from ...tools.export_request import ExportRequest
from ...tools.number_text import left_to_right, number_text, percent_text
from ...tools.record_names import names_as_reader
from ...tools.terms import EXPORTED
from ..workbook.columns import (
    DAY,
    KINDS,
    MOMENT,
    MONEY,
    NUMBER,
    PERCENT,
    TEXT,
    WHOLE,
    Column,
)

MOST_ROWS = 100_000  # of a list or its groups
CHUNK = 1000
UNSHOWN_TYPES = ("binary", "html", "json", "one2many", "properties", "reference")
SHARES = {
    "percentage",
    "customer_sales_chance",
    "customer_sales_change",
    "customer_sales_share",
    "customer_sales_share_or_nothing",
}
# Where 0 stands for nothing
NOTHING = {"customer_sales_change", "customer_sales_share_or_nothing"}
COUNT = "__count"


class ListRows:
    """
    :param model: the list's model, as its reader sees it
    :param look: what of it is shown: ``columns`` (those of the reader's own list if there are
        none), ``headings``, ``domain``, ``order`` and ``group_by``
    """

    def __init__(self, model, look: ExportRequest):
        self.model = model.with_context(active_test=False)
        self.env = model.env
        self.look = look
        self.domain = Domain(look.domain)

    @cached_property
    def _arch(self):
        return etree.fromstring(self.model.get_view(view_type="list")["arch"])

    @cached_property
    def _nodes(self) -> dict:
        return {node.get("name"): node for node in self._arch.iter("field")}

    @cached_property
    def _hundredths(self) -> set[str]:
        """The columns in percent that count to 100: a workbook's percentages count to 1."""
        is_exported = isinstance(self.model, self.env.registry[EXPORTED])
        shares = self.model._shares() if is_exported else {}
        return {name for name, whole in shares.items() if whole == 100}

    @property
    def _order(self) -> str:
        return self.look.order or self._arch.get("default_order") or ""

    @cached_property
    def columns(self) -> list[Column]:
        Layout = self.env["customer.sales.layout"]
        headings = self.look.headings
        names = [name for name in self.look.columns if name in self._nodes]
        if not names:
            names = Layout._default_columns(self.model._name)
            headings = Layout._default_headings(self.model._name)
        return [
            self._column(name, headings.get(name))
            for name in dict.fromkeys(names)
            if self._is_shown(name)
        ]

    def _is_shown(self, name: str) -> bool:
        field = self.model._fields.get(name)
        return (
            field is not None
            and field.type not in UNSHOWN_TYPES
            and getattr(field, "exportable", True)
            and self.model._may_reach([name])
        )

    def _column(self, name: str, heading: str | None) -> Column:
        field, node = self.model._fields[name], self._nodes.get(name)
        widget = node.get("widget") if node is not None else None
        label = heading or (node is not None and node.get("string"))
        label = label or field.get_description(self.env, ["string"])["string"]
        kind, digits = KINDS.get(field.type, TEXT), 0
        if kind == NUMBER and (widget in SHARES or name in self._hundredths):
            kind, digits = PERCENT, 1
        elif kind == NUMBER:
            digits = (field.get_digits(self.env) or (16, 2))[1]
        elif kind == MONEY:
            digits = self.env.company.currency_id.decimal_places
            if self.currency:
                label = self.env._(
                    "%(label)s (%(currency)s)", label=label, currency=self.currency.name
                )
        is_summed = self._is_summed(field) and (kind != MONEY or bool(self.currency))
        return Column(name, label, kind, digits, is_summed=is_summed)

    def _is_summed(self, field) -> bool:
        is_exported = isinstance(self.model, self.env.registry[EXPORTED])
        return field.aggregator == "sum" and (not is_exported or self._adding_up._is_summed(field))

    @cached_property
    def _adding_up(self):
        return self.model._adding_up(self.domain)

    @cached_property
    def currency(self):
        """The one currency of all amounts; None where each row has its company's."""
        field = self.model._fields.get("currency_id")
        if field is None or not field.related:
            return self.env.company.currency_id
        currencies = self.env.companies.currency_id
        return currencies if len(currencies) == 1 else None

    # -- Rows ---------------------------------------------------------------------------------

    @cached_property
    def count(self) -> int:
        return self.model.search_count(self.domain)

    def rows(self, limit: int | None = None) -> Iterator[list[tuple]]:
        """The cells of the rows, some at a time: texts, numbers, days, moments or None.

        :raise UserError: if they are too many
        """
        if limit is None and self.count > MOST_ROWS:
            raise UserError(self._too_many())
        limit = limit or MOST_ROWS
        records = self.model.search(self.domain, order=self._order or None, limit=limit)
        for start in range(0, len(records), CHUNK):
            yield self._cells(records[start : start + CHUNK])

    def _too_many(self) -> str:
        return self.env._(
            "This list has more than %s rows. Filter it by more, so that it can be sent.",
            number_text(self.env, MOST_ROWS),
        )

    def _cells(self, records) -> list[tuple]:
        names = [column.name for column in self.columns]
        rows = records._read_format(names)
        labels = {column.name: self._labels(column.name, rows) for column in self.columns}
        return [
            tuple(
                self._cell(column, row[column.name], labels[column.name]) for column in self.columns
            )
            for row in rows
        ]

    def _labels(self, name: str, rows: list[dict]):
        """Value -> text, of a field whose values are no texts."""
        field = self.model._fields[name]
        if field.type == "selection":
            return dict(field._description_selection(self.env))
        if field.type == "boolean":
            return {True: self.env._("Yes"), False: self.env._("No")}
        if field.type == "many2many":
            ids = {each for row in rows for each in row[name]}
            return names_as_reader(self.env[field.comodel_name].browse(ids))
        return None

    def _cell(self, column: Column, value, labels):
        field = self.model._fields[column.name]
        if field.type == "many2one":
            return value[1] if value else self._nothing(field)
        if field.type == "many2many":
            return ", ".join(labels[each] for each in value)
        if labels is not None:
            return labels.get(value, "")
        if column.kind in (DAY, MOMENT):
            if column.kind == MOMENT and value:
                value = fields.Datetime.context_timestamp(self.model, value).replace(tzinfo=None)
            return value or None
        if column.kind == TEXT:
            return value or ""
        if not value and self._is_nothing(column.name):
            return None
        return value / 100 if column.name in self._hundredths and value else value

    def _is_nothing(self, name: str) -> bool:
        """Whether 0 in a column says that there is nothing to tell."""
        node = self._nodes.get(name)
        return node is not None and (bool(node.get("invisible")) or node.get("widget") in NOTHING)

    def _nothing(self, field) -> str:
        words = field.get_description(self.env, ["falsy_value_label"])
        return words.get("falsy_value_label") or ""

    def totals(self) -> dict[str, float]:
        """Name of a summed column -> its sum over all rows."""
        summed = [column.name for column in self.columns if column.is_summed and self._adds(column)]
        if not summed:
            return {}
        [sums] = self.model._read_group(self.domain, [], [f"{name}:sum" for name in summed])
        return {name: float(total or 0) for name, total in zip(summed, sums, strict=True)}

    def _adds(self, column: Column) -> bool:
        """Whether the list shows a total of a column."""
        node = self._nodes.get(column.name)
        return node is not None and bool(node.get("sum"))

    # -- Groups -------------------------------------------------------------------------------

    @cached_property
    def group_columns(self) -> list[Column]:
        """What the groups are by, how many rows they have, and what these come to."""
        described = self.model.fields_get(
            [spec.partition(":")[0] for spec in self.look.group_by], ["string"]
        )
        by = [
            Column(spec, described[spec.partition(":")[0]]["string"]) for spec in self.look.group_by
        ]
        return [*by, Column(COUNT, self.env._("Rows"), WHOLE, is_summed=True), *self._measures]

    @cached_property
    def _measures(self) -> list[Column]:
        return [
            column
            for column in self.columns
            if column.kind in (WHOLE, NUMBER, MONEY, PERCENT)
            and (field := self.model._fields[column.name]).aggregator
            and (field.store or field.related)
            and (column.kind != MONEY or self.currency)
        ]

    def _aggregate(self, name: str) -> str:
        return name if name == COUNT else f"{name}:{self.model._fields[name].aggregator}"

    def groups(self) -> list[tuple]:
        """The cells of the groups, in the order of the list."""
        aggregates = [COUNT, *(self._aggregate(column.name) for column in self._measures)]
        order = self._order_of_groups()
        groups = self.model.formatted_read_group(
            self.domain,
            self.look.group_by,
            aggregates,
            limit=MOST_ROWS + 1,
            **({"order": order} if order else {}),
        )
        if len(groups) > MOST_ROWS:
            raise UserError(self._too_many())
        return [
            (
                *(self._group_label(spec, group[spec]) for spec in self.look.group_by),
                *(self._cell_of_sum(name, group[name]) for name in aggregates),
            )
            for group in groups
        ]

    def _order_of_groups(self) -> str | None:
        groups = {spec.partition(":")[0]: spec for spec in self.look.group_by}
        measures = {column.name: self._aggregate(column.name) for column in self._measures}
        terms = []
        for term in self._order.split(","):
            name, _space, direction = term.strip().partition(" ")
            if spec := groups.get(name) or measures.get(name):
                terms.append(f"{spec} {direction}".strip())
        return ", ".join(terms) or None

    def _group_label(self, spec: str, value) -> str:
        name = spec.partition(":")[0]
        field = self.model._fields[name]
        if isinstance(value, (tuple, list)):
            return str(value[1])
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, self.env._("None"))
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if value in (False, None, ""):
            return self._nothing(field) or self.env._("None")
        return str(value)

    def _cell_of_sum(self, aggregate: str, value):
        name = aggregate.partition(":")[0]
        if name in self._hundredths and value:
            return value / 100
        return None if not value and self._is_nothing(name) else value

    def totals_of_groups(self) -> tuple:
        """The cells below the groups, those of the measures."""
        aggregates = [COUNT, *(self._aggregate(column.name) for column in self._measures)]
        [sums] = self.model._read_group(self.domain, [], aggregates)
        return tuple(
            self._cell_of_sum(name, value) for name, value in zip(aggregates, sums, strict=True)
        )

    # -- As texts -----------------------------------------------------------------------------

    def text(self, column: Column, value) -> str:
        """A cell as it stands in a mail."""
        if value is None or value is False:
            return ""
        if isinstance(value, datetime):
            return format_datetime(self.env, value, tz="UTC", dt_format="short")
        if isinstance(value, date):
            return format_date(self.env, value)
        if column.kind == WHOLE:
            return left_to_right(self.env, number_text(self.env, int(value)))
        if column.kind == PERCENT:
            return percent_text(self.env, value)
        if column.kind in (MONEY, NUMBER):
            text = formatLang(self.env, value, digits=column.digits)
            return left_to_right(self.env, text)
        return str(value)
