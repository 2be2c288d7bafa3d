"""What a favorite of the search bar says, read without a browser."""

import ast
import json
from ast import literal_eval

from odoo.fields import Domain

from ...tools.client_values import is_id, mapping, texts
from ...tools.limits import check_domain
from ...tools.schedule_ended import ScheduleEnded
from ..privacy.paths import domain_paths

UNREADABLE = (MemoryError, RecursionError, SyntaxError, TypeError, ValueError)
GROUPS = ("group_by", "pivot_row_groupby", "pivot_column_groupby", "graph_groupbys")
LAYOUT_KEY = "customer_sales_layout"  # of a favorite's context, as in column_layouts.js


class _Reader(ast.NodeTransformer):
    """Puts the reader's id where a domain of a view says ``uid``."""

    def __init__(self, uid: int):
        self._uid = uid

    def visit_Name(self, node):  # noqa: N802
        return ast.Constant(self._uid) if node.id == "uid" else node


class Favorite:
    """
    :param favorite: a record of ``ir.filters``, in superuser mode
    :param model: what it filters, as the reader sees it
    :param env: in the language in which it is to be told that it cannot be read
    :raise ScheduleEnded: if it cannot be read
    """

    def __init__(self, favorite, model, env):
        self._name, self._model, self._env = favorite.name, model, env
        try:
            self.context = mapping(literal_eval(favorite.context))
            self._sort = texts(json.loads(favorite.sort or "[]"))
        except UNREADABLE:
            self.context, self._sort = {}, []  # none that the web client has written
        self.domain = self._domain(favorite.domain)

    def _domain(self, text: str) -> list:
        env = self._env
        try:
            tree = _Reader(self._model.env.uid).visit(ast.parse(text.strip(), mode="eval"))
            domain = literal_eval(tree.body)
        except UNREADABLE as error:
            raise ScheduleEnded(
                env._(
                    "The favorite “%s” filters by something that only the screen can work out. "
                    "Choose its conditions with the filter of Customer Sales, and save it anew.",
                    self._name,
                )
            ) from error
        try:
            check_domain(env, domain)
            self._model._check_paths(domain_paths(Domain(domain)))
            Domain(domain).optimize_full(self._model)
        except (*UNREADABLE, ArithmeticError, LookupError, NotImplementedError) as error:
            raise ScheduleEnded(
                env._(
                    "The favorite “%s” filters by a field that does not exist any more. Save it "
                    "anew, or choose another one.",
                    self._name,
                )
            ) from error
        return domain

    @property
    def layout_id(self) -> int | None:
        layout_id = self.context.get(LAYOUT_KEY)
        return layout_id if is_id(layout_id) else None

    @property
    def measures(self) -> list[str]:
        """What a pivot or graph adds up; the number of rows is shown anyway."""
        measures = texts(self.context.get("pivot_measures")) or texts(
            self.context.get("graph_measure")
        )
        return [name for name in measures if name != "__count"]

    @property
    def group_by(self) -> list[str]:
        """What it groups by, as far as that exists and the reader may see it, as on the screen."""
        specs = self.context.get("group_by")
        if not specs:
            specs = [spec for key in GROUPS for spec in texts(self.context.get(key))]
        return [spec for spec in dict.fromkeys(texts(specs)) if self._can_group(spec)]

    def _can_group(self, spec: str) -> bool:
        name, _colon, period = spec.partition(":")
        field = self._model._fields.get(name)
        is_date = field is not None and field.type in ("date", "datetime")
        return (
            field is not None
            and (not period or is_date and period in ("day", "week", "month", "quarter", "year"))
            and self._model._may_reach([name])
            and field._description_groupable(self._model.env)
        )

    @property
    def order(self) -> str:
        """The order of the rows, as far as the reader may see what they are ordered by."""
        terms = []
        for term in self._sort:
            name, _space, direction = term.strip().partition(" ")
            field = self._model._fields.get(name)
            is_stored = field is not None and (field.store or field.related)
            if is_stored and field.type != "many2many" and self._model._may_reach([name]):
                terms.append(f"{name} desc" if direction.strip().lower() == "desc" else name)
        return ", ".join(terms)
