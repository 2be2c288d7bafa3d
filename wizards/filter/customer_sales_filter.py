from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools.client_values import (
    are_records,
    ids,
    is_day,
    is_number,
    mapping,
    not_understood,
    texts,
)
from ...tools.domain_words import domain_words
from ...tools.limits import CHOSEN
from ...tools.number_text import number_text
from ...tools.terms import COMPARISON, REPORT

# What the filter can show -> its model
SHOWN = {
    "lines": REPORT,
    "customers": "customer.sales.profile",
    "products": "customer.sales.product",
    "purchases": "customer.sales.purchase",
    "comparison": COMPARISON,
}

# Fields of the wizard's own that ask nothing of the sales
NOT_ASKED = {
    "company_id",
    "favorite_id",
    "favorite_name",
    "favorite_shared",
    "custom_field",
    "previewed",
}


class Section(NamedTuple):
    """A part of the question that the filter asks.

    :param name: the part's technical name
    :param domain: what it asks, as a list on the model
    :param words: what it is called in the search bar, if not by the words of its domain
    :param model: the name of the model
    """

    name: str
    domain: list
    words: str | None = None
    model: str = REPORT


class CustomerSalesFilter(models.TransientModel):
    """Asks any question about customers by choosing, and puts it as a domain on what is shown.

    The fields of each section, and the condition that they make, are in a file of their own,
    which extends :meth:`_sections`. :meth:`_filter_domain` has no side effect, and
    :meth:`_values_to_remember` has all that it depends on.
    """

    _name = "customer.sales.filter"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Customer Sales Filter"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    previewed = fields.Char(
        help="Technical: tells which filter the preview has found sales for, so that they need "
        "not be looked for again."
    )

    @api.depends("company_id")
    def _compute_display_name(self):
        self.display_name = self.env._("Filter")

    # ---------------------------------------------------------------------------------------
    # The dialog
    # ---------------------------------------------------------------------------------------

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, tuple(self._fields_out_of_reach()))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        for name in self._fields_out_of_reach():
            for node in arch.xpath("//field[@name=$name]", name=name):
                node.getparent().remove(node)
        return arch, view

    @api.model
    def _fields_out_of_reach(self) -> list[str]:
        """Fields of records that the user may not read, and so could not choose from."""
        return [
            name
            for name in self._asking_fields()
            if self._fields[name].relational
            and not self.env[self._fields[name].comodel_name].has_access("read")
        ]

    @api.model_create_multi
    def create(self, vals_list):
        if not isinstance(vals_list, list):
            raise not_understood(self.env)
        for values in vals_list:
            self._check_numbers(values)
        return super().create(vals_list)

    def write(self, vals):
        self._check_numbers(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        self._check_numbers(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_numbers(self, values):
        """Odoo fails to round what is too large.

        :raise UserError: if what somebody entered is no number that can be compared
        """
        for name, value in mapping(values).items():
            field = self._fields.get(name)
            if field and field.type == "float" and not self._can_hold(field, value):
                raise UserError(
                    self.env._(
                        "“%s” is not a number that can be compared. Enter it anew.",
                        self._label(name),
                    )
                )

    # ---------------------------------------------------------------------------------------
    # The question
    # ---------------------------------------------------------------------------------------

    def _filter_domain(self) -> list:
        """The domain on the model that is shown, which the filter stands for.

        It can be written as JSON. Periods that move with the calendar stay as they are named.

        :raise UserError: if the fields contradict each other, or cannot be understood
        """
        return all_of(section.domain for section in self._checked_sections())

    def _checked_sections(self) -> list[Section]:
        self.ensure_one()
        for complaint in self._complaints():
            raise UserError(complaint)
        return self._sections()

    def _complaints(self) -> list[str]:
        """Hook: sentences that say why no domain can be made of the fields, and what to do."""
        return [
            self.env._(
                "You chose more than %(limit)s in “%(field)s”. Choose fewer.",
                limit=number_text(self.env, CHOSEN),
                field=self._label(name),
            )
            for name in self._asking_fields()
            if self._fields[name].type == "many2many" and len(self.sudo()[name]) > CHOSEN
        ]

    def _sections(self) -> list[Section]:
        """The parts of the question that are not empty, in the order of the dialog."""
        return self._shown_sections(
            [
                *self._customer_sections(),
                *self._who_sections(),
                *self._sales_sections(),
                *self._kept_sections(),
            ]
        )

    def _shown_sections(self, sections: list[Section]) -> list[Section]:
        """Hook: the sections of sales lines, with the amounts, on the model that is shown."""
        return [*sections, *self._amount_sections(sections)]

    def _words_of(self, sections: list[Section]) -> list[str]:
        """What each section asks, as a facet of the search bar says it."""
        model = self._shown_model()
        whole = all_of(section.domain for section in sections)
        return [section.words or domain_words(model, section.domain, whole) for section in sections]

    def _customer_sections(self) -> list[Section]:
        """Hook: what is asked of the customers."""
        return []

    def _who_sections(self) -> list[Section]:
        """Hook: what is asked of the customers by what they bought in all."""
        return []

    def _sales_sections(self) -> list[Section]:
        """Hook: what is asked of the sales."""
        return []

    def _kept_sections(self) -> list[Section]:
        """Hook: what the search bar asks beside all that the dialog can ask."""
        return []

    def _amount_sections(self, others: list[Section]) -> list[Section]:
        """Hook: what is asked of sums of the lines that ``others`` let through."""
        return []

    # ---------------------------------------------------------------------------------------
    # Pieces of sections
    # ---------------------------------------------------------------------------------------

    def _records_section(self, name: str, column: str, operator: str = "in") -> Section | None:
        """The section of a field of records, which ``column`` of the report must be among."""
        records = self._records(name)
        if not records:
            return None
        return Section(name, [(column, operator, records.ids)])

    def _ticks_section(self, name: str, column: str) -> Section | None:
        """The section of a field of ticks, one of which ``column`` of the report must have."""
        ticked = self._ticked(name)
        return Section(name, [(column, "in", ticked)]) if ticked else None

    @api.model
    def _days_domain(self, column: str, first, last) -> list:
        """A range of days, either end of which may be open."""
        domain = []
        if first:
            domain.append((column, ">=", first.isoformat()))
        if last:
            domain.append((column, "<=", last.isoformat()))
        return domain

    @api.model
    def _label(self, name: str) -> str:
        return self._fields[name].get_description(self.env, ["string"])["string"]

    def _records(self, name: str):
        """The records in a field; none where the user may not read any of their kind."""
        comodel = self.env[self._fields[name].comodel_name]
        return self[name] if comodel.has_access("read") else comodel

    # ---------------------------------------------------------------------------------------
    # Remembering
    # ---------------------------------------------------------------------------------------

    def _values_to_remember(self) -> dict:
        """What has been filled in, as values that JSON knows: ids for records."""
        self.ensure_one()
        values = {}
        for name in self._asking_fields():
            # What the user may not choose from is empty, and not theirs to read.
            field, value = self._fields[name], self.sudo()[name]
            if field.type == "many2many":
                value = value.ids
            elif field.type == "json":
                value = self._ticked(name)
            elif field.type == "date":
                value = value and value.isoformat()
            if value:
                values[name] = value
        return values

    @api.model
    def _asking_fields(self) -> list[str]:
        return [
            name
            for name, field in self._fields.items()
            if field.store and name not in NOT_ASKED and name not in models.MAGIC_COLUMNS
        ]

    @api.model
    def _from_remembered(self, remembered: dict) -> dict:
        """The values for a new filter, of :meth:`_values_to_remember`.

        Records that were deleted since, or are out of the user's sight by now, are left out; so
        are fields and choices that do not exist any more.
        """
        values = {}
        for name in self._asking_fields():
            if name not in remembered:
                continue
            field, value = self._fields[name], remembered[name]
            if field.type == "many2many":
                comodel = self.env[field.comodel_name].with_context(active_test=False)
                if not comodel.has_access("read"):
                    continue
                value = [Command.set(comodel.search([("id", "in", ids(value)[:CHOSEN])]).ids)]
            elif field.type == "json":
                value = self._ticks(name, texts(value))
            elif not self._can_hold(field, value):
                continue
            values[name] = value
        return values

    @api.model
    def _can_hold(self, field, value) -> bool:
        """Whether a field can have a value from outside."""
        if field.type == "many2many":
            return are_records(value)
        if field.type == "json" or not value:
            return True
        if field.type == "selection":
            return isinstance(value, str) and value in field.get_values(self.env)
        if field.type == "date":
            return is_day(value)
        if field.type == "float":
            return is_number(value)
        return isinstance(value, bool if field.type == "boolean" else str)

    @api.model
    def default_get(self, fields_list):
        """With ``customer_sales_filter`` in the context, the values given there, as
        :meth:`_values_to_remember` returns them; else what is on the screen, if anything is."""
        values = super().default_get(fields_list)
        given = self.env.context.get("customer_sales_filter")
        if given is None:
            given = self._on_screen()
        values |= self._from_remembered(mapping(given))
        return {name: value for name, value in values.items() if name in fields_list}

    @api.model
    def _on_screen(self) -> dict:
        """Hook: what the view below the dialog shows, as :meth:`_values_to_remember` has it."""
        return {}

    @api.model
    def _remembered(self) -> dict:
        return self.env.user.sudo().res_users_settings_ids.customer_sales_filter or {}

    def _remember(self):
        settings = self.env["res.users.settings"]._find_or_create_for_user(self.env.user)
        settings.sudo().customer_sales_filter = self._values_to_remember()

    # ---------------------------------------------------------------------------------------
    # Choices with ticks
    # ---------------------------------------------------------------------------------------

    @api.model
    def _tick_choices(self, name: str) -> dict[str, str]:
        """Hook: value -> label of the choices in a field of ticks."""
        return {}

    @api.model
    def _ticks(self, name: str, ticked=()) -> dict:
        """The value of a field of ticks, as the widget ``json_checkboxes`` has it."""
        return {
            value: {"label": label, "checked": value in ticked}
            for value, label in self._tick_choices(name).items()
        }

    def _ticked(self, name: str) -> list[str]:
        """The choices ticked in a field.

        :raise UserError: if what stands there is nested deeper than Python copies it
        """
        try:
            ticks = mapping(self[name])
        except RecursionError as error:
            raise not_understood(self.env) from error
        ticked = {
            value for value, tick in ticks.items() if isinstance(tick, dict) and tick.get("checked")
        }
        return [value for value in self._tick_choices(name) if value in ticked] if ticked else []


def all_of(domains) -> list:
    """One domain, as a list, of those that must all hold."""
    domain = Domain.AND(Domain(domain) for domain in domains)
    return [] if domain.is_true() else _plain(domain)


def _plain(value):
    """A domain, or a value in one, of lists, texts and numbers alone."""
    if isinstance(value, Domain):
        return [_plain(term) for term in value]
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(each) for each in value]
    return value
