from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..tools.client_values import is_day, mapping
from ..tools.compared_periods import (
    BASE,
    CURRENT,
    OWN,
    YEAR_BEFORE,
    ComparedPeriods,
    Days,
    compared_periods,
)

# Context under which the choice of periods travels: what searches, groups and favorites carry
COMPARED = "customer_sales_compared"

DEFAULT = {"current": "this_quarter", "base": YEAR_BEFORE}
OWN_DAYS = {"current": ("current_first", "current_last"), "base": ("base_first", "base_last")}
CHOICES = {"current": dict(CURRENT), "base": dict(BASE)}


class CustomerSalesComparedMixin(models.AbstractModel):
    """For models that compare two periods: which ones, from the context, else as the user chose
    last, else this quarter and the same days of the year before.

    A choice is a dictionary that JSON knows: ``current`` and ``base``, values of
    :data:`.compared_periods.CURRENT` and ``BASE``, and the days where one of them is own:
    ``current_first``, ``current_last``, ``base_first``, ``base_last``.
    """

    _name = "customer.sales.compared.mixin"
    _description = "Customer Sales: Compared Periods"

    @api.model
    def _compared(self) -> ComparedPeriods:
        """
        :raise UserError: if the choice in the context cannot be understood
        """
        return self._days_of_choice(self._compared_choice())

    @api.model
    def _compared_choice(self) -> dict:
        if (chosen := self.env.context.get(COMPARED)) is not None:
            return mapping(chosen)
        remembered = mapping(self.env.user.sudo().res_users_settings_ids.customer_sales_compared)
        return remembered if self._is_choice(remembered) else DEFAULT

    @api.model
    def _is_choice(self, choice: dict) -> bool:
        return all(
            isinstance(choice.get(name), str)
            and choice[name] in known
            and (choice[name] != OWN or self._own_days(choice, name))
            for name, known in CHOICES.items()
        )

    @api.model
    def _own_days(self, choice: dict, name: str) -> Days | None:
        """The days of one's own in a choice; None if they are no range of days."""
        days = [choice.get(key) for key in OWN_DAYS[name]]
        if not all(isinstance(day, str) and is_day(day) for day in days):
            return None
        first, last = map(fields.Date.to_date, days)
        return Days(first, last) if first <= last else None

    @api.model
    def _days_of_choice(self, choice: dict) -> ComparedPeriods:
        """
        :raise UserError: if it is no choice, or leads out of the calendar
        """
        if not self._is_choice(choice):
            raise UserError(
                self.env._(
                    "The periods to compare cannot be understood. Choose two periods, and for own "
                    "dates a first day that is not after the last."
                )
            )
        own = [self._own_days(choice, name) if choice[name] == OWN else None for name in OWN_DAYS]
        today = fields.Date.context_today(self)
        try:
            return compared_periods(choice["current"], choice["base"], today, *own)
        except OverflowError as error:
            raise UserError(
                self.env._("There is no period before the one that you chose. Choose a later one.")
            ) from error

    # ---------------------------------------------------------------------------------------
    # In words
    # ---------------------------------------------------------------------------------------

    @api.model
    def _days_words(self, days: Days) -> str:
        first, last = (format_date(self.env, day) for day in days)
        return self.env._("%(first)s to %(last)s", first=first, last=last)

    @api.model
    def _compared_words(self, choice: dict, periods: ComparedPeriods) -> dict[str, str]:
        """What the control panel says: ``name`` for the search bar, ``days`` for the eye."""
        labels = {}
        for name, days in zip(OWN_DAYS, periods, strict=True):
            field = self.env["customer.sales.comparison"]._fields[name]
            choices = dict(field._description_selection(self.env))
            is_own = choice[name] == OWN
            labels[name] = self._days_words(days) if is_own else choices[choice[name]]
        return {
            "name": self.env._("%(current)s against %(base)s", **labels),
            "days": self.env._(
                "%(current)s against %(base)s",
                current=self._days_words(periods.current),
                base=self._days_words(periods.base),
            ),
        }

    @api.model
    def _words_of_days(self, choice: dict) -> str:
        """The days of both periods of a choice, in words."""
        return self._compared_words(choice, self._days_of_choice(choice))["days"]

    # ---------------------------------------------------------------------------------------
    # For the control panel
    # ---------------------------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_compared_periods(self):
        """What is compared, and what else could be.

        :return: ``choice``; ``name`` and ``days``, words for it; ``choices``, pairs of value and
            label for ``current`` and ``base`` each, own dates left out
        :raise UserError: if the choice in the context cannot be understood
        """
        self.check_access("read")
        choice = self._compared_choice()
        periods = self._days_of_choice(choice)
        dialog = self.env["customer.sales.comparison"]
        return {
            "choice": choice,
            **self._compared_words(choice, periods),
            "choices": {
                name: [
                    [value, label]
                    for value, label in dialog._fields[name]._description_selection(self.env)
                    if value != OWN
                ]
                for name in OWN_DAYS
            },
        }

    @api.model
    def choose_compared_periods(self, choice):
        """Remember a choice as the user's own.

        :param dict choice: see the class
        :return: ``choice``, as far as it says anything, and words for it, as of
            :meth:`get_compared_periods`
        :raise UserError: if it is no choice
        """
        self.check_access("read")
        choice = mapping(choice)
        periods = self._days_of_choice(choice)
        kept = {name: choice[name] for name in OWN_DAYS}
        for name, days in OWN_DAYS.items():
            if choice[name] == OWN:
                kept |= {key: choice[key] for key in days}
        settings = self.env["res.users.settings"]._find_or_create_for_user(self.env.user)
        settings.sudo().customer_sales_compared = kept
        return {"choice": kept, **self._compared_words(kept, periods)}
