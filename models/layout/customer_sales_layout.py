from lxml import etree

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import str2bool

from ...tools.client_values import is_id, mapping, not_understood
from ...tools.limits import LAYOUT_COLUMNS, LAYOUTS, check_name, name_of_copy
from ...tools.names_of_nothing import ALL_COMPANIES, EVERYBODY
from ...tools.number_text import number_text
from ...tools.terms import MANAGER_GROUP

MIXIN = "customer.sales.layout.mixin"


class CustomerSalesLayout(models.Model):
    """How a list is arranged: which columns, in which order.

    Columns are kept by name, so that a layout outlives the fields in it. A column that does not
    exist, or that the reader may not see, is left out when the layout is used, and stays in it.
    """

    _name = "customer.sales.layout"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Column Layout"
    _order = "sequence, name, id"

    name = fields.Char(
        required=True, translate=True, help="What the layout is called where one picks it."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Archived layouts are not offered in the list.")
    model = fields.Selection(
        selection="_selection_model",
        string="List",
        required=True,
        index=True,
        help="The list that is arranged.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        index=True,
        ondelete="cascade",
        falsy_value_label=EVERYBODY,
        help="Who sees and changes this layout. Without an owner it is shared: everybody sees "
        "it, and administrators of Customer Sales change it.",
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        ondelete="cascade",
        falsy_value_label=ALL_COMPANIES,
        help="Offered in this company only. Empty: in all companies.",
    )
    column_ids = fields.One2many(
        "customer.sales.layout.column",
        "layout_id",
        string="Columns",
        copy=True,
        help="The columns in their order.",
    )
    shown_columns = fields.Text(
        string="Shown",
        compute="_compute_columns_in_words",
        help="The columns that the list opens with, in their order.",
    )
    optional_columns = fields.Text(
        string="Optional",
        compute="_compute_columns_in_words",
        help="The columns that appear when they are ticked in the list's column menu.",
    )
    ready_made = fields.Char(
        string="Ready-made",
        readonly=True,
        copy=False,
        help="Technical name of a layout that comes with the app. As long as it has no columns "
        "of its own, it is arranged as shipped.",
    )
    default_user_ids = fields.Many2many(
        "res.users",
        relation="customer_sales_layout_default_rel",
        string="Default of",
        copy=False,
        groups=MANAGER_GROUP,
        help="The users whose list opens with this layout.",
    )

    @api.model
    def _selection_model(self):
        names = self.env.registry.descendants([MIXIN], "_inherit")
        names = [name for name in sorted(names) if not self.env[name]._abstract]
        models = self.env["ir.model"].sudo()
        records = models.browse(models._get_id(name) for name in names)  # read together
        return [(name, record.name) for name, record in zip(names, records, strict=True)]

    @api.depends(
        "model",
        "ready_made",
        "column_ids.sequence",
        "column_ids.name",
        "column_ids.label",
        "column_ids.visibility",
    )
    @api.depends_context("uid", "lang")
    def _compute_columns_in_words(self):
        for layout in self:
            Model = self.env[layout.model] if layout.model else None
            if not isinstance(Model, self.env.registry[MIXIN]):
                layout.shown_columns = layout.optional_columns = False
                continue
            columns = layout._columns()
            accessible = Model._accessible_columns(column["name"] for column in columns)
            titles = {True: [], False: []}
            for column in columns:
                if column["name"] in accessible:
                    title = column["label"] or Model._column_title(column["name"])
                    titles[column["is_shown"]].append(title)
            layout.shown_columns = ", ".join(titles[True])
            layout.optional_columns = ", ".join(titles[False])

    # ---------------------------------------------------------------------------------------
    # What a layout has to be
    # ---------------------------------------------------------------------------------------

    @api.constrains("name", "column_ids", "ready_made")
    def _check_not_empty(self):
        for layout in self:
            if not layout.column_ids and not layout.ready_made:
                raise ValidationError(
                    self.env._("“%s” has no columns. Choose at least one.", layout.name)
                )
            if len(layout.column_ids) > LAYOUT_COLUMNS:
                raise ValidationError(
                    self.env._(
                        "“%(layout)s” has more than %(limit)s columns. Take some out.",
                        layout=layout.name,
                        limit=number_text(self.env, LAYOUT_COLUMNS),
                    )
                )

    @api.constrains("name", "model", "user_id", "company_id")
    def _check_name(self):
        for layout in self:
            self._check_model(layout.model)
            check_name(self.env, layout.name)
            name = (layout.name or "").strip().casefold()
            if not name:
                raise ValidationError(self.env._("Give the layout a name."))
            domain = [
                ("id", "!=", layout.id),
                ("model", "=", layout.model),
                ("user_id", "=", layout.user_id.id),
            ]
            if layout.company_id:
                domain.append(("company_id", "in", [layout.company_id.id, False]))
            others = self.sudo().search(domain)
            if len(others) >= LAYOUTS:
                raise ValidationError(
                    self.env._(
                        "There are %s layouts of this list already. Delete some that nobody needs.",
                        number_text(self.env, LAYOUTS),
                    )
                )
            if any(other.name.strip().casefold() == name for other in others):
                raise ValidationError(
                    self.env._(
                        "You already have a layout named “%s”. Choose another name.", layout.name
                    )
                    if layout.user_id
                    else self.env._(
                        "There already is a shared layout named “%s”. Choose another name.",
                        layout.name,
                    )
                )

    @api.model
    def _check_written(self, values):
        """What is ready-made comes with the app, and nobody could delete it."""
        if mapping(values).get("ready_made") and not self.env.su:
            raise not_understood(self.env)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ready_made(self):
        if ready_made := self.filtered("ready_made"):
            raise UserError(
                self.env._(
                    "“%s” comes with the app and would be back after its next upgrade. Archive "
                    "it instead.",
                    ready_made[0].name,
                )
            )

    def copy_data(self, default=None):
        return [
            # Nothing of a record that is copied already
            values
            and {
                **values,
                "name": name_of_copy(self.env, layout.name),
                "user_id": self.env.uid,
                "column_ids": self.browse()._column_commands(layout._columns()),
                **(default or {}),
            }
            for layout, values in zip(self, super().copy_data(default), strict=True)
        ]

    def action_reset(self):
        """Arrange ready-made layouts as shipped again."""
        self.filtered("ready_made").column_ids.unlink()

    # ---------------------------------------------------------------------------------------
    # What the list asks for
    # ---------------------------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_layouts(self, model):
        """The layouts to switch between in a list; the one call when it opens.

        :param str model: the list's model
        :return: ``layouts``, as of :meth:`_for_list`; ``default_id``, the one to open with, or
            False; and whether the user ``can_share``
        :raise UserError: if the columns of that model cannot be arranged
        """
        self._check_model(model)
        return {
            "layouts": [layout._for_list() for layout in self.search([("model", "=", model)])],
            "default_id": self._default_layout(model).id,
            "can_share": self._can_share(),
        }

    def _for_list(self) -> dict:
        """What the list needs to know of a layout. ``columns`` is None for every column."""
        is_everything = not self.column_ids and not self._shipped_spec()
        columns = [] if is_everything else self._columns()
        accessible = self.env[self.model]._accessible_columns(column["name"] for column in columns)
        return {
            "id": self.id,
            "name": self.name,
            "is_own": bool(self.user_id),
            "is_editable": bool(self.user_id) or self._can_share(),
            "is_changed": bool(self.ready_made and self.column_ids),
            "company_id": self.company_id.id,
            "columns": None
            if is_everything
            else [column for column in columns if column["name"] in accessible],
        }

    @api.model
    def save_layout(self, model, values, layout_id=False):
        """Change a layout, or make one.

        :param str model: the list's model
        :param dict values: ``name``; whether it ``is_shared``; ``company_id``; ``columns``, as
            of :meth:`_for_list`; whether it ``is_default``. What is not named stays.
        :param layout_id: the layout to change; none makes another
        :return: as :meth:`get_layouts`, and the layout as ``saved_id``
        :raise AccessError: if the layout is shared, or to be, and the user may not share
        """
        layout = self._layout_of(model, layout_id)
        self._check_values(values)
        if layout_id and not layout:
            raise UserError(
                self.env._("This layout does not exist any more. Save it under a new name.")
            )
        is_shared = bool(layout) and not layout.user_id
        if (is_shared or values.get("is_shared")) and not self._can_share():
            raise AccessError(
                self.env._(
                    "Only administrators of Customer Sales share layouts and change shared ones. "
                    "Save it as a layout of your own."
                )
            )
        stored = {key: values[key] for key in ("name", "company_id") if key in values}
        if "is_shared" in values and values["is_shared"] != is_shared:
            stored["user_id"] = False if values["is_shared"] else self.env.uid
        if "columns" in values:
            stored["column_ids"] = layout._column_commands(values["columns"])
        if layout:
            layout.write(stored)
            layout.invalidate_recordset(["column_ids"])  # they may have changed places
        else:
            layout = self.create({**stored, "model": model})
        if "is_default" in values:
            was_default = self._default_layout(model) == layout
            if values["is_default"] or was_default:
                self._set_default(model, layout if values["is_default"] else self.browse())
        return {**self.get_layouts(model), "saved_id": layout.id}

    @api.model
    def set_default(self, model, layout_id):
        """Choose what the user's list opens with.

        :param layout_id: a layout; False for the list as shipped
        :return: as :meth:`get_layouts`
        """
        self._set_default(model, self._layout_of(model, layout_id))
        return self.get_layouts(model)

    @api.model
    def delete_layout(self, model, layout_id):
        """Delete a layout, or archive one that comes with the app.

        :return: as :meth:`get_layouts`
        """
        layout = self._layout_of(model, layout_id)
        if layout.ready_made:
            layout.action_archive()
        else:
            layout.unlink()
        return self.get_layouts(model)

    @api.model
    def reset_layout(self, model, layout_id):
        """Arrange a ready-made layout as shipped again.

        :return: as :meth:`get_layouts`
        """
        self._layout_of(model, layout_id).action_reset()
        return self.get_layouts(model)

    @api.model
    def _default_columns(self, model_name) -> list[str]:
        """The columns that the user's list opens with: those of the default layout, else those
        that the list view shows by itself. Only what the user may see, in the list's order."""
        Model = self.env[model_name]
        columns = [
            node
            for node in etree.fromstring(Model.get_view(view_type="list")["arch"]).iter("field")
            if not str2bool(node.get("column_invisible", ""), False)
        ]
        in_view = [node.get("name") for node in columns]
        layout = self._default_layout(model_name)
        shown = [
            column["name"]
            for column in (layout._columns() if layout else ())
            if column["is_shown"] and column["name"] in in_view
        ]
        return shown or [
            node.get("name") for node in columns if node.get("optional", "show") == "show"
        ]

    @api.model
    def _default_headings(self, model_name) -> dict[str, str]:
        """The headings of the user's default layout: name of the column -> heading. Columns with
        the field's own name have none."""
        layout = self._default_layout(model_name)
        columns = layout._columns() if layout else ()
        return {column["name"]: column["label"] for column in columns if column["label"]}

    # ---------------------------------------------------------------------------------------
    # Columns
    # ---------------------------------------------------------------------------------------

    def _columns(self) -> list[dict]:
        """The columns in their order, also those that the user may not see: ``name``; ``label``,
        False for the field's own; ``is_shown`` and ``is_totalled``. Without those that do not
        exist any more."""
        self.ensure_one()
        columns = [
            {
                "name": column.name,
                "label": column.label,
                "is_shown": column.visibility == "shown",
                "is_totalled": column.is_totalled,
            }
            for column in self.column_ids
        ] or self._shipped_columns()
        return [column for column in columns if self.env[self.model]._column_field(column["name"])]

    def _shipped_spec(self) -> dict[str, str]:
        return self.env[self.model]._ready_made_layouts().get(self.ready_made, {})

    def _shipped_columns(self) -> list[dict]:
        """The columns of a ready-made layout as it comes with the app."""
        spec = self._shipped_spec()
        if not spec:
            arch, _view = self.env[self.model]._get_view(view_type="list")
            nodes = [node for node in arch.iter("field") if not node.get("column_invisible")]
            spec = {
                "shown": " ".join(node.get("name") for node in nodes),
                "totalled": " ".join(node.get("name") for node in nodes if node.get("sum")),
            }
        totalled = spec.get("totalled", "").split()
        headings = self.env[self.model]._ready_made_headings()
        return [
            {
                "name": name,
                "label": headings.get(name, False),
                "is_shown": visibility == "shown",
                "is_totalled": name in totalled,
            }
            for visibility in ("shown", "optional")
            for name in spec.get(visibility, "").split()
        ]

    def _column_commands(self, columns: list[dict]) -> list:
        """The commands that put ``columns`` in the place of those that the user sees.

        What the user may not see stays where it was: behind the same column.
        """
        known = self._columns() if self else []
        accessible = set(
            self.env[self.model]._accessible_columns(column["name"] for column in known)
            if self
            else ()
        )
        hidden_behind, previous = {}, None
        for column in known:
            if column["name"] in accessible:
                previous = column["name"]
            else:
                hidden_behind.setdefault(previous, []).append(column)
        hidden = {column["name"] for behind in hidden_behind.values() for column in behind}
        arranged = hidden_behind.pop(None, [])
        for column in columns:
            if column["name"] not in hidden:
                arranged.append(column)
                arranged += hidden_behind.pop(column["name"], [])
        # behind columns that have been taken out
        arranged += [column for behind in hidden_behind.values() for column in behind]
        stored = {column.name: column for column in self.column_ids}
        commands = []
        for sequence, column in enumerate(arranged):
            values = {
                "sequence": sequence,
                "name": column["name"],
                "label": column.get("label") or False,
                "visibility": "shown" if column.get("is_shown", True) else "optional",
                "is_totalled": bool(column.get("is_totalled")),
            }
            line = stored.pop(column["name"], None)
            commands.append(Command.update(line.id, values) if line else Command.create(values))
        return commands + [Command.delete(line.id) for line in stored.values()]

    # ---------------------------------------------------------------------------------------
    # Users
    # ---------------------------------------------------------------------------------------

    @api.model
    def _can_share(self) -> bool:
        return self.env.su or self.env.user.has_group(MANAGER_GROUP)

    @api.model
    def _check_model(self, model):
        """
        :raise UserError: if the columns of that model cannot be arranged
        """
        Model = self.env.get(model) if isinstance(model, str) else None
        if not isinstance(Model, self.env.registry[MIXIN]):
            raise UserError(self.env._("The columns of this list cannot be arranged."))
        Model.check_access("read")

    @api.model
    def _layout_of(self, model, layout_id):
        """A layout of a list by its id; an empty one where there is none.

        :raise UserError: if the columns of that model cannot be arranged
        """
        self._check_model(model)
        if layout_id not in (None, False) and not is_id(layout_id):
            raise not_understood(self.env)
        return self.search([("id", "=", layout_id), ("model", "=", model)])

    @api.model
    def _check_values(self, values):
        """
        :raise UserError: if ``values`` cannot be those of :meth:`save_layout`
        """
        columns = values.get("columns", []) if isinstance(values, dict) else None
        if not (
            isinstance(columns, list)
            and all(isinstance(column, dict) and self._is_column(column) for column in columns)
            and isinstance(values.get("name", ""), str)
            and (not values.get("company_id") or is_id(values["company_id"]))
        ):
            raise not_understood(self.env)
        for column in columns:
            check_name(self.env, column.get("label"))
        check_name(self.env, values.get("name"))

    @api.model
    def _is_column(self, column: dict) -> bool:
        return isinstance(column.get("name"), str) and isinstance(column.get("label") or "", str)

    @api.model
    def _default_layout(self, model):
        """The layout that the user's list opens with in the current company; may be empty."""
        layouts = self.sudo().search(
            [
                ("model", "=", model),
                ("default_user_ids", "in", self.env.uid),
                ("user_id", "in", [self.env.uid, False]),
                ("company_id", "in", [self.env.company.id, False]),
            ]
        )
        return layouts.sorted(lambda layout: not layout.company_id)[:1].sudo(False)

    @api.model
    def _set_default(self, model, layout):
        """Make a layout the user's default; an empty one for the list as shipped.

        A default of one company leaves the one of all companies as it is, and goes before it.
        """
        companies = layout.company_id.ids or [*self.env.companies.ids, False]
        replaced = self.sudo().search(
            [
                ("model", "=", model),
                ("default_user_ids", "in", self.env.uid),
                ("company_id", "in", companies),
            ]
        )
        replaced.default_user_ids = [Command.unlink(self.env.uid)]
        layout.sudo().default_user_ids = [Command.link(self.env.uid)]
