"""Conditions on sales in the words of the filter dialog: the same in its facets, on the export's
dialog, in the export log, in workbooks and in the names of files."""

import json
from collections.abc import Set

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr
from odoo.tools.misc import formatLang

from ...tools.day_text import days_text
from ...tools.domain_words import domain_words
from ...tools.limits import LOOKUPS
from ...tools.number_text import left_to_right
from ...tools.periods import PERIODS, a_year_earlier
from ...tools.terms import COUNTS_AS_ORDER, COUNTS_AS_SALE, RETURNS
from .conditions import TOTAL_AMOUNTS, TOTAL_KEYS

# A customer or product is asked for by two columns at once.
WHO = {"commercial_partner_id", "partner_id"}
WHAT = {"product_tmpl_id", "product_id"}


class CustomerSalesReport(models.Model):
    _inherit = "customer.sales.report"

    @api.model
    def _domain_words(self, domain, whole):
        if isinstance(domain, DomainOr):
            return self._alternatives_words(domain)
        if not isinstance(domain, DomainCondition):
            return super()._domain_words(domain, whole)
        name, operator = domain.field_expr, domain.operator
        values = _listed(domain.value)
        if operator in ("=", "in") and len(values) == 1:
            words = self._single_words(name, values[0], whole)
            if words:
                return words
        if name == "document_type" and set(values) == set(RETURNS):
            if operator == "in":
                return self.env._("Returns only")
            if operator == "not in":
                return self.env._("Without returns")
        if name == "line_kind" and operator == "not in":
            kinds = dict(self._fields[name]._description_selection(self.env))
            left_out = ", ".join(str(kinds.get(kind, kind)) for kind in values)
            return self.env._("Without: %s", left_out)
        if name == "city" and operator == "ilike":
            return self._labelled(name, values)
        if name == "categ_id" and operator == "child_of":
            return domain_words(self, Domain(name, "in", values))
        if name in TOTAL_AMOUNTS and operator in (">=", "<="):
            limits = (values[0], None) if operator == ">=" else (None, values[0])
            return self._range_words([name], *limits)
        return super()._domain_words(domain, whole)

    @api.model
    def _single_words(self, name: str, value, whole: Domain) -> str | None:
        """A field that has one value."""
        if value is True and name == COUNTS_AS_SALE:
            return self.env._("Net Sales")
        if value is True and name == COUNTS_AS_ORDER:
            return self.env._("Ordered")
        if name in ("period", "period_year_earlier") and value in dict(PERIODS):
            return self._period_words(name, value)
        if name == "commercial_partner_id.is_company":
            return self.env._("Companies") if value else self.env._("Individuals")
        if name in TOTAL_KEYS:
            return self._total_words(name, value, whole)
        return None

    @api.model
    def _alternatives_words(self, domain: DomainOr) -> str | None:
        parts = domain.children
        if not all(isinstance(part, DomainCondition) for part in parts):
            return None
        names = {part.field_expr for part in parts}
        operators = {part.operator for part in parts}
        if names == {"city"} and operators == {"ilike"}:
            return self._labelled("city", [part.value for part in parts])
        asked = [_listed(part.value) for part in parts]
        if names == WHO and operators == {"child_of"} and all(each == asked[0] for each in asked):
            return domain_words(self, Domain("commercial_partner_id", "in", asked[0]))
        if names == WHAT and operators == {"in"}:
            return self.env._(" or ").join(domain_words(self, part) for part in parts)
        return None

    @api.model
    def _labelled(self, name: str, texts: list) -> str:
        return self.env._(
            "%(field)s: %(value)s",
            field=self._label_of(self._fields[name]),
            value=self.env._(" or ").join(map(str, texts)),
        )

    # ---------------------------------------------------------------------------------------
    # Periods
    # ---------------------------------------------------------------------------------------

    @api.model
    def _period_words(self, name: str, period: str) -> str:
        """A period with its days as of today, as ``Last Quarter (Jul 1 – Sep 30, 2026)``."""
        today = fields.Date.context_today(self)
        if name == "period_year_earlier":
            today = a_year_earlier(today)
        words = {
            "period": dict(self._fields[name]._description_selection(self.env))[period],
            "days": days_text(self.env, *self._days_of_period(period, today)),
        }
        if name == "period_year_earlier":
            return self.env._("%(period)s, a year earlier (%(days)s)", **words)
        return self.env._("%(period)s (%(days)s)", **words)

    # ---------------------------------------------------------------------------------------
    # Amounts
    # ---------------------------------------------------------------------------------------

    @api.model
    def _value_words(self, field_name, value):
        if field_name not in TOTAL_KEYS:
            return super()._value_words(field_name, value)
        return self._total_words(field_name, value, Domain.TRUE)

    @api.model
    def _total_words(self, name: str, value, whole: Domain) -> str:
        """What a customer or document comes to; of which lines, where those are not the ones that
        are told beside it."""
        total = self._read_total(value)
        limits = self._limits_words(name, total["amount"], total["min"], total["max"])
        others = _conditions(whole, LOOKUPS)
        if _conditions(total["domain"]) == others:
            return limits
        return self.env._(
            "%(limits)s, of lines where %(domain)s",
            limits=limits,
            domain=domain_words(self, total["domain"]),
        )

    @api.model
    def _range_words(self, path, lower, upper):
        if len(path) > 1 or path[0] not in TOTAL_AMOUNTS:
            return super()._range_words(path, lower, upper)
        return self._limits_words("", path[0], lower, upper)

    @api.model
    def _limits_words(self, whose: str, amount: str, minimum, maximum) -> str:
        """A range of an amount, as ``≥ 10,000.00 SR per customer``; another amount than the
        untaxed one is named.

        :param whose: one of :data:`TOTAL_KEYS`; of each line if it is none
        """
        field = self._fields[amount]
        digits = field.get_digits(self.env)[1] if field.type == "float" else None

        def number(limit):
            if digits is None:
                return self.env.company.currency_id.format(limit)
            return formatLang(self.env, limit, digits=digits)

        if maximum is None:
            limits = f"≥ {number(minimum)}"
        elif minimum is None:
            limits = f"≤ {number(maximum)}"
        else:
            limits = f"{number(minimum)} – {number(maximum)}"
        limits = left_to_right(self.env, limits)
        words = {
            "customer_total": self.env._("%s per customer", limits),
            "document_total": self.env._("%s per document", limits),
        }.get(whose) or self.env._("%s per line", limits)
        if amount == "price_subtotal":
            return words
        return self.env._(
            "%(field)s: %(value)s", field=self._label_of(self._fields[amount]), value=words
        )


def _listed(value) -> list:
    return list(value) if isinstance(value, (list, tuple, Set)) else [value]


def _conditions(domain: Domain, left_out=frozenset()) -> set[str]:
    """The parts of a domain that must all hold, to be compared with those of another."""
    if domain.is_true():
        return set()
    parts = domain.children if isinstance(domain, DomainAnd) else [domain]
    return {
        json.dumps(list(part), default=str)
        for part in parts
        if getattr(part, "field_expr", None) not in left_out
    }
