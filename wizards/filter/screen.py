import json
from operator import itemgetter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd, DomainCondition, DomainOr
from odoo.tools import groupby

from ...models.who.asked import ASKS, WHO
from ...tools.client_values import ids, is_day, is_number, mapping, not_understood
from ...tools.domain_words import domain_words
from ...tools.limits import check_domain
from ...tools.periods import PERIODS
from ...tools.terms import COUNTS_AS_ORDER, COUNTS_AS_SALE, REPORT, RETURNS
from .amounts import TOTALS
from .customer_sales_filter import SHOWN, all_of
from .who import in_free_slot

# Column of the report -> the dialog's field of records that are asked for by it
RECORDS = {
    "partner_category_ids": "tag_ids",
    "country_id": "country_ids",
    "state_id": "state_ids",
    "industry_id": "industry_ids",
    "partner_user_id": "partner_user_ids",
    "user_id": "user_ids",
    "team_id": "team_ids",
    "config_id": "config_ids",
    "journal_id": "journal_ids",
    "company_id": "company_ids",
    "product_tmpl_id": "product_tmpl_ids",
    "product_id": "product_ids",
    "segment_id": "segment_ids",
}
TICKS = {
    "document_type": "document_types",
    "channel": "channels",
    "customer_status": "statuses",
    "abc_class": "abc_classes",
    "chance_band": "chance_bands",
}
ENDS = {
    ("date", ">="): "date_from",
    ("date", "<="): "date_to",
    ("customer_since", ">="): "since_from",
    ("customer_since", "<="): "since_to",
    ("last_purchase", ">="): "last_from",
    ("last_purchase", "<="): "last_to",
}
PARTNERS = {"commercial_partner_id", "partner_id"}


class CustomerSalesFilter(models.TransientModel):
    """Opens with what is on the screen, and leads back to what was asked last."""

    _inherit = "customer.sales.filter"

    last_words = fields.Char(
        string="Last Filter",
        compute="_compute_last_words",
        help="The filter that you applied last.",
    )

    @api.depends("company_id")
    def _compute_last_words(self):
        remembered = self._remembered()
        for wizard in self:
            is_other = remembered and remembered != wizard._values_to_remember()
            wizard.last_words = wizard._words_of_values(remembered) if is_other else False

    @api.model
    def _words_of_values(self, values: dict) -> str | bool:
        """What a filter of remembered values asks; False if that is nothing, or no longer can be
        told."""
        wizard = self.new(self._from_remembered(mapping(values)))
        try:
            words = wizard._words_of(wizard._checked_sections())
        except UserError:
            return False
        model_name = wizard._shown_model()._name
        if model_name != REPORT:
            words.insert(0, self._shown_label(model_name))
        return " · ".join(words) or False

    def action_last(self):
        """Fill in what was applied last.

        :return: an action that opens the dialog anew
        """
        return self._opened_with(self._remembered())

    # ---------------------------------------------------------------------------------------
    # What is on the screen
    # ---------------------------------------------------------------------------------------

    @api.model
    def _on_screen(self):
        """Of each facet of the search bar, what fields of the dialog can say; the rest is kept."""
        facets = self.env.context.get("customer_sales_filter_on_screen")
        if facets is None:
            return {}
        shown = self._shown_in_view()
        values, kept = {"shown": shown}, []
        facets = self._checked_facets(facets)
        whole = Domain.AND(domain for _words, domain in facets)
        for words, domain in facets:
            read, rest = self._read_parts(domain, values, shown)
            values |= read
            if read:
                for name, parts in groupby(rest, itemgetter(0)):
                    left = Domain.AND(part for _name, part in parts)
                    kept.append((domain_words(self.env[name], left, whole), left, name))
            elif rest:
                kept.append((words, domain, self._model_of(domain, shown)))
        if kept:
            values["kept"] = json.dumps(
                [
                    {"words": words, "domain": all_of([domain]), "model": name}
                    for words, domain, name in kept
                ]
            )
        return {"counted": "all" if shown in ("lines", "comparison") else "net_sales", **values}

    @api.model
    def _model_of(self, domain: Domain, shown: str) -> str:
        """The name of the model that a condition on what is shown can be asked of: of the sales
        lines, if they have its columns."""
        names = {term.field_expr.partition(".")[0] for term in domain.iter_conditions()}
        is_of_lines = shown == "comparison" and names <= self.env[REPORT]._fields.keys()
        return REPORT if is_of_lines else SHOWN[shown]

    @api.model
    def _checked_facets(self, facets) -> list[tuple[str, Domain]]:
        """
        :param facets: what the client says: the words of each facet, and its domain
        """
        try:
            checked = []
            for facet in map(mapping, facets):
                check_domain(self.env, facet["domain"])
                checked.append((str(facet["words"]), Domain(facet["domain"])))
        except (KeyError, RecursionError, TypeError, ValueError) as error:
            raise not_understood(self.env) from error
        return checked

    @api.model
    def _read_parts(
        self, domain: Domain, known: dict, shown: str
    ) -> tuple[dict, list[tuple[str, Domain]]]:
        """The values that say as much as ``domain``, and the parts that have none, each with the
        name of its model.

        :param known: the values read before, which none may contradict
        :param shown: what the domain is on
        """
        values, rest = {}, []
        parts = domain.children if isinstance(domain, DomainAnd) else [domain]
        for part in parts:
            if part.is_true():
                continue
            known = {**known, **values}
            if (behind := self._lines_behind(part, shown)) is not None:
                found, left = self._read_lines_behind(behind, known)
                rest += left
            else:
                on_lines = self._on_lines(part, shown)
                found = on_lines is not None and self._read_part(on_lines)
                found = found and in_free_slot(found, known)
                found = found and _joined(known, found)
            if found:
                values |= found
            else:
                rest.append((self._model_of(part, shown), part))
        return values, rest

    @api.model
    def _read_lines_behind(self, domain: Domain, known: dict):
        """As :meth:`_read_parts`, of what the lines behind a row are asked. Two such conditions are
        met by a line each, and one is all that the dialog can ask."""
        if "counted" in known:
            return {}, []
        values, rest = self._read_parts(domain, known, "lines")
        return ({"counted": "all", **values}, rest) if values else ({}, [])

    @api.model
    def _read_part(self, part: Domain) -> dict | None:
        if isinstance(part, DomainOr):
            return self._read_alternatives(part.children)
        if not isinstance(part, DomainCondition):
            return None
        name, operator, value = part.field_expr, part.operator, part.value
        if name == "commercial_partner_id" and operator == "any":
            return {"partner_domain": repr(all_of([value]))}
        if (name, operator) == (WHO, ASKS):
            return self._read_asked(self.env[REPORT]._read_who(value))
        if (name, operator) in ENDS:
            return self._read_end(name, operator, value)
        if operator in (">=", "<=") and is_number(value):
            return self._read_limit(name, operator, value)
        values = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
        if operator in ("=", "in"):
            return self._read_values(name, values)
        if operator == "child_of":
            return self._read_family(name, values)
        if operator == "not in":
            return self._read_left_out(name, values)
        if name == "city" and operator == "ilike" and isinstance(value, str) and "," not in value:
            return {"cities": value}
        return None

    @api.model
    def _read_alternatives(self, parts) -> dict | None:
        if not all(isinstance(part, DomainCondition) for part in parts):
            return None
        names = {part.field_expr for part in parts}
        operators = {part.operator for part in parts}
        if names == PARTNERS and operators == {"child_of"}:
            asked = [part.value for part in parts]
            is_one = all(each == asked[0] for each in asked) and isinstance(asked[0], (list, tuple))
            return self._read_records("customer_ids", list(asked[0])) if is_one else None
        read = [self._read_part(part) for part in parts]
        if not all(read):
            return None
        if names == {"city"}:
            return {"cities": ", ".join(each["cities"] for each in read)}
        if names == {"product_tmpl_id", "product_id"} and operators == {"in"} and len(read) == 2:
            return read[0] | read[1]
        if len(names) == 1 and names <= {*RECORDS, *TICKS} and operators <= {"=", "in"}:
            fields_read = {field for each in read for field in each}
            if len(fields_read) == 1 and all(isinstance(*each.values(), list) for each in read):
                [field] = fields_read
                return {field: list(dict.fromkeys(sum((each[field] for each in read), [])))}
        return None

    @api.model
    def _read_values(self, name: str, values: list) -> dict | None:
        if name in RECORDS:
            return self._read_records(RECORDS[name], values)
        if name == "partner_id":
            found = self._read_records("customer_ids", values)
            return found and {**found, "customer_scope": "alone"}
        if name == "document_type" and set(values) == set(RETURNS):
            return {"returns": "only"}
        if name in TICKS:
            is_known = values and set(values) <= set(self._tick_choices(TICKS[name]))
            return {TICKS[name]: values} if is_known else None
        return self._read_value(name, values[0]) if len(values) == 1 else None

    @api.model
    def _read_value(self, name: str, value) -> dict | None:
        if value is True and name in (COUNTS_AS_SALE, COUNTS_AS_ORDER):
            return {"counted": "net_sales" if name == COUNTS_AS_SALE else "ordered"}
        if name == "line_kind" and value == "product":
            return {"left_out_kinds": list(self._tick_choices("left_out_kinds"))}
        if name == "product_type" and value in ("consu", "service"):
            return {"product_type": value}
        if name in ("period", "period_year_earlier") and value in dict(PERIODS):
            earlier = {"year_earlier": True} if name == "period_year_earlier" else {}
            return {"period": value, **earlier}
        if name == "commercial_partner_id.is_company":
            return {"customer_type": "company" if value else "person"}
        if name in TOTALS.values():
            return self._read_total(name, value)
        return None

    @api.model
    def _read_total(self, name: str, value) -> dict:
        """What a customer or document comes to, which is from now on under the conditions that the
        dialog has."""
        total = self.env[REPORT]._read_total(value)
        whose = {column: of for of, column in TOTALS.items()}[name]
        limits = {"min": total["min"], "max": total["max"]}
        limits = {end: float(limit) for end, limit in limits.items() if limit is not None}
        return {
            "amount": total["amount"],
            "amount_of": whose,
            "amount_range": "between" if len(limits) == 2 else next(iter(limits)),
            **{f"amount_{end}": limit for end, limit in limits.items()},
        }

    @api.model
    def _read_end(self, name: str, operator: str, value) -> dict | None:
        if not is_day(value):
            return None
        period = {"period": "dates"} if name == "date" else {}
        return {ENDS[name, operator]: value, **period}

    @api.model
    def _read_limit(self, name: str, operator: str, value) -> dict | None:
        if name not in self._fields["amount"].get_values(self.env):
            return None
        end = "min" if operator == ">=" else "max"
        return {
            "amount": name,
            "amount_of": "line",
            "amount_range": end,
            f"amount_{end}": float(value),
        }

    @api.model
    def _read_family(self, name: str, values: list) -> dict | None:
        if name == "commercial_partner_id":
            return self._read_records("customer_ids", values)
        return self._read_records("categ_ids", values) if name == "categ_id" else None

    @api.model
    def _read_left_out(self, name: str, values: list) -> dict | None:
        if name == "document_type" and set(values) == set(RETURNS):
            return {"returns": "without"}
        is_known = values and set(values) <= set(self._tick_choices("left_out_kinds"))
        return {"left_out_kinds": values} if name == "line_kind" and is_known else None

    @api.model
    def _read_records(self, field_name: str, values: list) -> dict | None:
        """The value of a field of records, if the user may choose all of them."""
        if ids(values) != values or field_name in self._fields_out_of_reach():
            return None
        comodel = self.env[self._fields[field_name].comodel_name].with_context(active_test=False)
        found = comodel.search([("id", "in", values)])
        return {field_name: values} if len(found) == len(set(values)) and values else None


def _joined(known: dict, found: dict) -> dict | None:
    """The values found, with what is known; None if they contradict it."""
    ends = {known.get("amount_range"), found.get("amount_range")}
    if ends == {"min", "max"} and known["amount_of"] == "line":
        found = {**found, "amount_range": "between"}
        known = {**known, "amount_range": "between"}
    is_same = all(known.get(name, value) == value for name, value in found.items())
    return found if is_same else None
