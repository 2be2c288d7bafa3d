from collections.abc import Iterable

from odoo import api, models

NUMBERS = ("integer", "float", "monetary")


class CustomerSalesLayoutMixin(models.AbstractModel):
    """For models whose list can be arranged: which columns, in which order, kept as a
    ``customer.sales.layout``. The list view needs ``js_class="customer_sales_list"``, and the
    model this mixin; the methods here are what a model may have to say about its own columns.
    """

    _name = "customer.sales.layout.mixin"
    _description = "Customer Sales: Arranged Columns"

    @api.model
    def _ready_made_layouts(self) -> dict[str, dict[str, str]]:
        """Hook: how layouts that come with the app are arranged.

        :return: the layout's ``ready_made`` -> names of columns separated by spaces, as
            ``shown`` and ``optional`` in their order, and those of them that are ``totalled``.
            A layout that says none of these shows every column that the list has.
        """
        return {}

    @api.model
    def _ready_made_headings(self) -> dict[str, str]:
        """Hook: what stands above columns in layouts that come with the app, where the field's own
        name is longer than it need be there.

        :return: name of the column -> heading, in the reader's language
        """
        return {}

    @api.model
    def _column_groups(self) -> dict[str, str]:
        """Hook: the headings under which columns are offered, in their order.

        :return: key -> heading, in the reader's language
        """
        return {
            "customer": self.env._("Customer"),
            "document": self.env._("Document"),
            "product": self.env._("Product"),
            "amounts": self.env._("Amounts"),
            "custom": self.env._("Custom Fields"),
        }

    @api.model
    def _column_group(self, field) -> str:
        """Hook: the heading under which a column is offered.

        :param field: the column's field on this model
        :return: a key of :meth:`_column_groups`
        """
        if field.type == "properties" or field.base_field.manual or field.manual:
            return "custom"
        if field.type in NUMBERS:
            return "amounts"
        source = self._fields[field.related.split(".")[0]] if field.related else field
        comodel = source.comodel_name or ""
        if comodel == "res.partner":
            return "customer"
        if comodel.startswith(("product.product", "product.template", "product.category", "uom.")):
            return "product"
        return "document"

    @api.model
    @api.readonly
    def get_column_groups(self):
        """Where the panel that arranges the columns offers each of them.

        :return: the headings as ``[key, heading]``, and the key of each column by its name
        """
        self.check_access("read")
        return {
            "groups": [[key, heading] for key, heading in self._column_groups().items()],
            "group_of": {
                name: self._column_group(self._fields[name])
                for name in self._accessible_columns(self._fields)
            },
        }

    @api.model
    def _accessible_columns(self, names: Iterable[str]) -> list[str]:
        """Those of the columns that exist and that the user may see, in the same order."""
        return [
            name
            for name in names
            if (field := self._column_field(name)) and self._has_field_access(field, "read")
        ]

    @api.model
    def _column_field(self, name: str):
        """The field of a column; None if there is none. Columns of properties are named by
        the field that holds them and their own name: ``properties.abc``."""
        return self._fields.get(name.partition(".")[0])

    @api.model
    def _column_title(self, name: str) -> str:
        """What a column is called, in the reader's language."""
        return self._column_field(name).get_description(self.env, ["string"])["string"]

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, len(self.env.companies) > 1)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Where several companies are selected, the list says which one a row is of."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "list" and len(self.env.companies) > 1:
            for node in arch.iterfind("field[@name='company_id']"):
                node.set("optional", "show")
        return arch, view
