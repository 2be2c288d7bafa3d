from collections.abc import Iterable, Iterator

from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.models import fix_import_export_id_paths

from ...tools.record_names import names_as_reader
from ...tools.terms import (
    BY_NAME_ALONE,
    CONTACT_CONTEXT,
    CONTACT_GROUP,
    NAMING_CONTEXT,
    PRIVATE_PARAMETER,
    private_names,
)
from .allowed_fields import NOBODY, allowed_fields
from .paths import domain_paths, order_paths, specification_paths, without_context
from .reach import Reach


class CustomerSalesReachMixin(models.AbstractModel):
    """What every model of this app keeps to.

    - What its relations lead to is out of reach, unless it is on one of the lists of
      :meth:`_allowed_fields`: for reading, searching, grouping, ordering and exporting alike.
    - A field with ``groups`` cannot be searched, grouped or ordered by without the group either.
      Odoo checks this for stored fields only; for related ones it is done here.
    - Names are those that the reader may read, and say nothing more because a client asks for it
      in the context.

    Code in superuser mode is free of this, as everywhere in Odoo.
    """

    _name = "customer.sales.reach.mixin"
    _inherit = ["customer.sales.days.mixin"]
    _description = "Customer Sales: Reach"

    # Whoever may write a relation can put the number of any record into it, and must not learn its
    # name that way. Where the app itself writes the rows, the right to see one includes the names
    # on it, as everywhere in Odoo.
    _rows_grant_names = False

    # Whether what is searched for has been checked before it comes to `_search` of this mixin, as
    # it must be where a model works on the domain first.
    _checks_search_itself = False

    # ---------------------------------------------------------------------------------------
    # How far a path leads
    # ---------------------------------------------------------------------------------------

    @api.model
    def _allowed_fields(self) -> dict[str, dict[str, set[str]]]:
        """Hook: the fields that the relations of this app may lead to. Add to the sets.

        :return: external id of the group that is needed, or an empty text for none -> name of the
            model -> names of its fields
        """
        return allowed_fields()

    @api.model
    def _private_custom_fields(self) -> set[str]:
        """The custom fields of contacts that an administrator has marked private, by the names of
        their columns in the report."""
        return private_names(self.env["ir.config_parameter"].sudo().get_param(PRIVATE_PARAMETER))

    @api.model
    def _reach(self) -> Reach:
        return Reach(self.env, self._allowed_fields(), self._private_custom_fields())

    @api.model
    def _path_groups(self, path: list[str]) -> set[str]:
        """The groups, all of which a path of field names from this model needs.

        :param path: such as ``["partner_id", "email"]``
        :return: external ids of groups; ``NO_ACCESS`` among them if the path is out of reach
        """
        return self._reach().groups(self, path)

    @api.model
    def _path_fields(self, path: list[str]) -> Iterator:
        """The fields along a path, as far as it leads along fields that exist."""
        return self._reach().fields(self, path)

    @api.model
    def _check_paths(self, paths: Iterable[list[str]]):
        """
        :raise AccessError: if one of the paths is out of reach, or needs what the user has not
        """
        if self.env.su:
            return
        reach = self._reach()
        for path in paths:
            if field := self._fields.get(path[0]):
                self._check_field_access(field, "read")
            for group in sorted(reach.groups(self, path)):
                if not self._has_reach(group):
                    raise AccessError(self._why_out_of_reach(path, group))

    @api.model
    def _may_reach(self, path: list[str]) -> bool:
        """Whether a path leads to what the user may see."""
        try:
            self._check_paths([path])
        except AccessError:
            return False
        return True

    @api.model
    def _leads_on(self, path: list[str]) -> bool:
        """Whether a path ends at a relation, and the user may see anything of where it leads."""
        fields = list(self._path_fields(path))
        is_there = len(fields) == len(path)
        return is_there and bool(self.get_reachable_fields().get(fields[-1].comodel_name))

    @api.model
    @api.readonly
    def get_reachable_fields(self):
        """What field choosers may offer beyond the fields of this model.

        :return: name of a model -> names of its fields
        """
        self.check_access("read")
        reach = self._reach()
        names = {name for by_model in reach.allowed.values() for name in by_model}
        return {
            name: [
                field.name
                for field in self.env[name]._fields.values()
                if field.name != "id"
                and all(map(self._has_reach, reach.groups_of(field)))
                and self.env[name]._has_field_access(field, "read")
            ]
            for name in sorted(names)
            if name in self.env and self.env[name].has_access("read")
        }

    @api.model
    def _has_reach(self, group: str) -> bool:
        return group != NOBODY and self.env.user.has_group(group)

    @api.model
    def _why_out_of_reach(self, path: list[str], group: str) -> str:
        label = self._path_label(path)
        if group == NOBODY:
            return self.env._(
                "“%s” cannot be reached from Customer Sales. Look it up in the app that it belongs "
                "to.",
                label,
            )
        return self.env._(
            "“%(field)s” needs the permission “%(permission)s”. Ask your administrator for it.",
            field=label,
            permission=self.env.ref(group).sudo().name,
        )

    @api.model
    def _path_label(self, path: list[str]) -> str:
        """The path as a user reads it, such as ``Customer › Email``."""
        labels = [
            field.get_description(self.env, ["string"])["string"]
            for field in self._path_fields(path)
        ]
        return " › ".join(labels + path[len(labels) :])

    @api.model
    def _value_words(self, field_name: str, value) -> str | None:
        """Hook: what a value in a domain says, where it is not for a reader's eyes as it is.

        :return: words to stand after "is"; None if the value is one like any other
        """
        return None

    @api.model
    def _domain_words(self, domain: Domain, whole: Domain) -> str | None:
        """Hook: a part of a domain in words of the model's own.

        :param whole: the domain that it is a part of
        :return: the words; None to have it told as any other
        """
        return None

    @api.model
    def _range_words(self, path: list[str], lower, upper) -> str | None:
        """Hook: a range of a field's values in words of the model's own.

        :param lower: the least value let through; None without a limit
        :param upper: the largest
        :return: as :meth:`_domain_words`
        """
        return None

    # ---------------------------------------------------------------------------------------
    # Searching and grouping
    # ---------------------------------------------------------------------------------------

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        model = self if self._checks_search_itself else self._for_search(domain, order)
        return super(CustomerSalesReachMixin, model)._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _for_search(self, domain, order: str | None = None):
        """The model to search ``domain`` on: one that finds records by what the user may read of
        their names.

        :raise AccessError: if what the user asks for is out of reach
        """
        if self.env.su:
            return self
        self._check_paths(domain_paths(Domain(domain)))
        self._check_paths(order_paths(order))
        return self.with_context(**{BY_NAME_ALONE: True})

    def _traverse_related_sql(self, alias, field, query):
        self._check_field_access(field, "read")
        return super()._traverse_related_sql(alias, field, query)

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._check_paths([groupby_spec.partition(":")[0].split(".")])
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _add_groupby_values(self, groupby_read_specification, groupby, current_groups):
        specification = {
            spec: {"fields": fields} for spec, fields in (groupby_read_specification or {}).items()
        }
        self._check_paths(specification_paths(specification))
        specification = without_context(specification, self._hidden_context())
        fields_by_group = {spec: each["fields"] for spec, each in specification.items()}
        return super()._add_groupby_values(fields_by_group, groupby, current_groups)

    @api.model
    def search_panel_select_range(self, field_name, **kwargs):
        model = self._for_panel(field_name, kwargs)
        return super(CustomerSalesReachMixin, model).search_panel_select_range(field_name, **kwargs)

    @api.model
    def search_panel_select_multi_range(self, field_name, **kwargs):
        model = self._for_panel(field_name, kwargs)
        return super(CustomerSalesReachMixin, model).search_panel_select_multi_range(
            field_name, **kwargs
        )

    @api.model
    def _for_panel(self, field_name: str, options: dict):
        """As :meth:`_for_search`, for what a search panel filters and groups the records of a field
        by."""
        if self.env.su:
            return self
        paths = list(domain_paths(Domain(options.get("comodel_domain") or [])))
        if options.get("group_by"):
            paths.append(options["group_by"].split("."))
        self._check_paths([[field_name], *([field_name, *path] for path in paths)])
        return self.with_context(**{BY_NAME_ALONE: True})

    # ---------------------------------------------------------------------------------------
    # Reading
    # ---------------------------------------------------------------------------------------

    @api.readonly
    def web_read(self, specification):
        self._check_paths(specification_paths(specification))
        specification = without_context(specification, self._hidden_context())
        rows = super().web_read(specification)
        for name in self._names_to_read(specification, ("many2one",)):
            if "display_name" in (specification[name].get("fields") or {}):
                values = [row[name] for row in rows if row[name]]
                names = self._names_of(name, {value["id"] for value in values})
                for value in values:
                    value["display_name"] = names[value["id"]]
        return rows

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if load == "_classic_read":
            for name in self._names_to_read(fnames, ("many2one",)):
                values = [row for row in rows if row.get(name)]
                names = self._names_of(name, {row[name][0] for row in values})
                for row in values:
                    row[name] = (row[name][0], names[row[name][0]])
        return rows

    def onchange(self, values, field_names, fields_spec):
        self._check_paths(specification_paths(fields_spec))
        fields_spec = without_context(fields_spec, self._hidden_context())
        return super().onchange(values, field_names, fields_spec)

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        if not self._names_to_read([groupby_spec], ("many2one", "many2many")):
            return formatter

        names = self._names_of(groupby_spec, {value.id for value in values if value})

        def formatter_as_reader(value):
            shown, domain = formatter(value)
            return shown and (shown[0], names[shown[0]]), domain

        return formatter_as_reader

    @api.model
    def _names_to_read(self, names: Iterable[str], types: tuple[str, ...]) -> list[str]:
        """Those of the fields whose records Odoo would name whoever asks, and that are of
        ``types``."""
        if self.env.su:
            return []
        return [
            name
            for name in names
            if (field := self._fields.get(name))
            and field.type in types
            and not self._row_grants_names(field)
        ]

    @api.model
    def _row_grants_names(self, field) -> bool:
        """Whether the right to see a row includes the names in a relational field of it."""
        return self._rows_grant_names

    @api.model
    def _names_of(self, name: str, ids: Iterable[int]) -> dict[int, str]:
        return names_as_reader(self.env[self._fields[name].comodel_name].browse(ids))

    def export_data(self, fields_to_export):
        self._check_paths(fix_import_export_id_paths(field) for field in fields_to_export)
        return super().export_data(fields_to_export)

    # ---------------------------------------------------------------------------------------
    # Context
    # ---------------------------------------------------------------------------------------

    def with_context(self, ctx=None, /, **overrides):
        records = super().with_context(ctx, **overrides)
        context = records.env.context
        if not context.keys().isdisjoint(hidden := records._hidden_context()):
            kept = {key: value for key, value in context.items() if key not in hidden}
            return records.with_env(records.env(context=kept))
        return records

    @api.model
    def _hidden_context(self) -> set[str]:
        """The context keys that would make names tell the user more than they should."""
        if self.env.su:
            return set()
        revealing = self._revealing_context()
        return revealing - CONTACT_CONTEXT if self.env.user.has_group(CONTACT_GROUP) else revealing

    @api.model
    @tools.ormcache()
    def _revealing_context(self) -> frozenset[str]:
        """The context keys that the names of any records depend on. Some add a seller's own code
        of a product to its name, or a user's absence."""
        depends = self.env.registry.field_depends_context
        keys = {
            key
            for model_name in self.env.registry
            for key in depends[self.env[model_name]._fields["display_name"]]
        }
        return frozenset((keys | CONTACT_CONTEXT) - NAMING_CONTEXT)
