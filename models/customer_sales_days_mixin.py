from datetime import date

from odoo import models
from odoo.tools import format_date


class CustomerSalesDaysMixin(models.AbstractModel):
    """For models with days that somebody may have typed wrongly: groups of them up to the ends of
    the calendar."""

    _name = "customer.sales.days.mixin"
    _description = "Customer Sales: Days up to the Ends of the Calendar"

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """As Odoo does it, but for the ends of the calendar: days before the year 1000, which it
        writes with fewer digits than it reads, and the last period, which no other follows."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        name = groupby_spec.partition(":")[0]

        def formatter_at_the_ends(value):
            if not isinstance(value, date):
                return formatter(value)
            first = value.isoformat()
            try:
                formatted = formatter(value)
            except (OverflowError, ValueError):
                return (first, format_date(self.env, value)), [(name, ">=", first)]
            (_first, label), [_and, _from, (_name, _until, end)] = formatted
            return (first, label), ["&", (name, ">=", first), (name, "<", end.zfill(10))]

        field = self._fields.get(name)
        return formatter_at_the_ends if field is not None and field.type == "date" else formatter
