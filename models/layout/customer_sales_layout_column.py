from difflib import get_close_matches

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.limits import check_name


class CustomerSalesLayoutColumn(models.Model):
    """A column of a layout."""

    _name = "customer.sales.layout.column"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Column of a Layout"
    _order = "layout_id, sequence, id"

    layout_id = fields.Many2one(
        "customer.sales.layout", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10, help="The place of the column among the others.")
    name = fields.Char(
        string="Column", required=True, help="The technical name of the column's field."
    )
    title = fields.Char(
        compute="_compute_title",
        help="What the column is called where it has no heading of its own.",
    )
    label = fields.Char(
        string="Heading", translate=True, help="Above the column. Empty: the field's own name."
    )
    visibility = fields.Selection(
        [("shown", "Shown"), ("optional", "Optional")],
        required=True,
        default="shown",
        help="Optional columns appear when they are ticked in the list's column menu.",
    )
    is_totalled = fields.Boolean(
        string="Totalled",
        help="Amounts are added up below the list and in the groups. Averages and percentages "
        "cannot be.",
    )

    @api.depends("name", "layout_id.model")
    @api.depends_context("uid", "lang")
    def _compute_title(self):
        """Of columns that the list does not have, or not for this user, the technical name."""
        for column in self:
            Model = self.env.get(column.layout_id.model)
            is_known = (
                column.name and Model is not None and Model._accessible_columns([column.name])
            )
            column.title = Model._column_title(column.name) if is_known else column.name

    @api.constrains("name", "layout_id")
    def _check_once(self):
        for layout in self.layout_id:
            seen = set()
            for column in layout.column_ids:
                if column.name in seen:
                    raise ValidationError(
                        self.env._(
                            "“%(column)s” is in the layout “%(layout)s” twice. Take one out.",
                            column=column.name,
                            layout=layout.name,
                        )
                    )
                seen.add(column.name)

    @api.constrains("name", "label", "layout_id")
    def _check_name(self):
        for column in self:
            check_name(self.env, column.label)
            check_name(self.env, column.name)
            column.layout_id._check_model(column.layout_id.model)
            Model = self.env[column.layout_id.model]
            if Model._column_field(column.name):
                continue
            names = {"unknown": column.name, "list": Model._description}
            if similar := get_close_matches(column.name, Model._fields, n=1):
                raise ValidationError(
                    self.env._(
                        "“%(unknown)s” is not a column of the list “%(list)s”. "
                        "Did you mean “%(similar)s”?",
                        similar=similar[0],
                        **names,
                    )
                )
            raise ValidationError(
                self.env._(
                    "“%(unknown)s” is not a column of the list “%(list)s”. Take it out, or write "
                    "the technical name of one that is.",
                    **names,
                )
            )
