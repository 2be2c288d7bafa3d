from collections.abc import Collection

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools.constants import PREFETCH_MAX

from ...tools.client_values import mapping, not_understood
from ...tools.limits import READ_DEPTH, check_columns, check_domain, check_exported, check_rows


class CustomerSalesReachMixin(models.AbstractModel):
    """Refuses what a forged call asks for, where code of this app would work on it before Odoo
    does: what is no such thing at all, and what no server has the time for."""

    _inherit = "customer.sales.reach.mixin"

    @api.model
    def _for_search(self, domain, order=None):
        self._check_page(0, None, order)
        if not self.env.su:
            check_domain(self.env, domain)
        return super()._for_search(domain, order)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        self._check_page(offset, limit, order)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        self._check_page(offset, limit, order)
        self._check_texts(groupby, aggregates)
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        self._check_page(0, None, order)
        check_columns(self.env, len(grouping_sets))
        self._check_texts(*grouping_sets, aggregates)
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        self._check_rows()
        return super().read(fields, load)

    @api.readonly
    def web_read(self, specification):
        self._check_rows()
        self._check_specification(specification)
        return super().web_read(specification)

    def onchange(self, values, field_names, fields_spec):
        self._check_specification(fields_spec)
        return super().onchange(values, field_names, fields_spec)

    def _add_groupby_values(self, groupby_read_specification, groupby, current_groups):
        for specification in mapping(groupby_read_specification).values():
            self._check_specification(specification)
        return super()._add_groupby_values(
            mapping(groupby_read_specification), groupby, current_groups
        )

    def export_data(self, fields_to_export):
        self._check_texts(fields_to_export)
        check_exported(self.env, len(self))
        return super().export_data(fields_to_export)

    @api.model
    def _for_panel(self, field_name, options):
        self._check_texts([field_name], [options.get("group_by") or ""])
        check_domain(self.env, options.get("comodel_domain") or [])
        return super()._for_panel(field_name, options)

    def _check_rows(self):
        """Of each record that does not exist, the ORM asks for a whole page of records anew.

        :raise UserError: if these are too many, or many and not all there
        """
        check_rows(self.env, len(self))
        if len(self) > PREFETCH_MAX and len(self.exists()) < len(self):
            raise MissingError(
                self.env._("Some of these records do not exist any more. Refresh the page.")
            )

    @api.model
    def _check_page(self, offset, limit, order):
        """
        :raise UserError: if a page of rows or groups cannot be told by these
        """
        is_page = all(
            type(number or 0) is int and abs(number or 0) < 2**63 for number in (offset, limit)
        )
        if not is_page or not isinstance(order or "", str):
            raise not_understood(self.env)

    @api.model
    def _check_texts(self, *lists):
        """
        :raise UserError: if one of ``lists`` is none, is too long, or holds anything but texts
        """
        for each in lists:
            is_list = isinstance(each, Collection) and not isinstance(each, str)
            if not is_list or not all(isinstance(text, str) for text in each):
                raise not_understood(self.env)
            check_columns(self.env, len(each))

    @api.model
    def _check_specification(self, specification):
        """
        :raise UserError: if what is to be read of records is no specification of ``web_read``
        """
        waiting = [(specification, 1)]
        while waiting:
            fields, depth = waiting.pop()
            if not isinstance(fields, dict) or depth > READ_DEPTH:
                raise not_understood(self.env)
            for name, each in fields.items():
                if not (
                    isinstance(name, str)
                    and isinstance(each, dict)
                    and isinstance(each.get("order") or "", str)
                    and isinstance(each.get("context") or {}, dict)
                ):
                    raise not_understood(self.env)
                if each.get("fields"):
                    waiting.append((each["fields"], depth + 1))
