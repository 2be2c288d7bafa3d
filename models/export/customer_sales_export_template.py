from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.client_values import ids, mapping, not_understood, texts
from ...tools.export_request import CONTENTS
from ...tools.limits import LAYOUT_COLUMNS, TEMPLATES, check_name
from ...tools.names_of_nothing import ALL_COMPANIES, EVERYBODY
from ...tools.number_text import number_text

REMEMBERED = 20  # templates that a user used last


class CustomerSalesExportTemplate(models.Model):
    """Columns, contents and options of an export under a name, for one user or for all."""

    _name = "customer.sales.export.template"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.privacy.mixin"]
    _description = "Customer Sales Export Template"
    _order = "name, id"

    name = fields.Char(required=True, translate=False)
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.uid,
        index=True,
        ondelete="cascade",
        falsy_value_label=EVERYBODY,
        help="Who alone sees it. Without an owner it is shared with everybody.",
    )
    company_id = fields.Many2one(
        "res.company",
        falsy_value_label=ALL_COMPANIES,
        help="The company whose users see it. Without one, all.",
    )
    is_shared = fields.Boolean(string="Shared", compute="_compute_is_shared")
    model = fields.Char(required=True, default="customer.sales.report")
    columns = fields.Json(help="The columns of the lines, in order.")
    headings = fields.Json(help="What stands above columns, where not the field's own name.")
    contents = fields.Json(help="The sheets.")
    measure = fields.Selection(
        [("price_subtotal", "Net Sales"), ("quantity", "Quantity")], default="price_subtotal"
    )
    has_links = fields.Boolean(string="Links to Documents")
    without_names = fields.Boolean()
    file_format = fields.Selection([("xlsx", "Excel"), ("csv", "CSV")], default="xlsx")

    _unique_name = models.UniqueIndex(
        "(name, model, COALESCE(user_id, 0), COALESCE(company_id, 0))",
        "A template of this name is there already.",
    )

    @api.model
    def _check_written(self, values):
        """Before they are written: the database keeps no longer names in its index, and Odoo cannot
        copy lists within lists of any depth.

        :raise UserError: if a template cannot be made of them
        """
        values = mapping(values)
        for name in ("name", "model"):
            check_name(self.env, values.get(name))
        columns, contents = values.get("columns") or [], values.get("contents") or []
        headings = values.get("headings") or {}
        if (
            columns != texts(columns)
            or contents != texts(contents)
            or headings != mapping(headings)
            or not all(isinstance(heading, str) for heading in headings.values())
        ):
            raise not_understood(self.env)
        if any(len(each) > LAYOUT_COLUMNS for each in (columns, contents, headings)):
            raise UserError(
                self.env._(
                    "A template has %s columns at most. Take some out.",
                    number_text(self.env, LAYOUT_COLUMNS),
                )
            )
        for heading in (*headings, *headings.values()):
            check_name(self.env, heading)

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        """The last one used comes first."""
        if limit is not None and type(limit) is not int:
            raise not_understood(self.env)
        recent = self._recent_ids()
        found = super().name_search(name, domain, operator, limit=None)
        places = {template_id: place for place, template_id in enumerate(recent)}
        found.sort(key=lambda each: places.get(each[0], len(recent)))
        return found[:limit]

    @api.model
    def _recent_ids(self) -> list[int]:
        """The templates that the current user used, the last one first."""
        return ids(self.env.user.sudo().res_users_settings_id.customer_sales_export_templates)

    def _note_use(self):
        """Remember that the current user used this template last."""
        self.ensure_one()
        settings = self.env["res.users.settings"].sudo()._find_or_create_for_user(self.env.user)
        others = [each for each in self._recent_ids() if each != self.id]
        settings.customer_sales_export_templates = [self.id, *others][:REMEMBERED]

    @api.depends("user_id")
    def _compute_is_shared(self):
        for template in self:
            template.is_shared = not template.user_id

    @api.constrains("user_id")
    def _check_number(self):
        owners = [template.user_id.id for template in self]
        counts = self.sudo()._read_group([("user_id", "in", owners)], ["user_id"], ["__count"])
        if any(count > TEMPLATES for _owner, count in counts):
            raise ValidationError(
                self.env._(
                    "There are %s templates already. Delete some that nobody needs.",
                    number_text(self.env, TEMPLATES),
                )
            )

    @api.constrains("name", "contents", "columns", "model")
    def _check_contents(self):
        for template in self:
            if not (template.name or "").strip():
                raise ValidationError(self.env._("Give the template a name."))
            if unknown := set(template.contents or []) - set(CONTENTS):
                raise ValidationError(
                    self.env._("There are no such sheets: %s.", ", ".join(sorted(unknown)))
                )
            fields_of_model = self.env[template.model]._fields if template.model in self.env else {}
            if unknown := set(template.columns or []) - set(fields_of_model):
                raise ValidationError(
                    self.env._("There are no such columns: %s.", ", ".join(sorted(unknown)))
                )
