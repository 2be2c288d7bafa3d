from dataclasses import dataclass

from odoo import api, models
from odoo.fields import Domain
from odoo.orm.domains import DomainAnd
from odoo.tools import SQL, float_is_zero
from odoo.tools.misc import formatLang

from ...tools.limits import check_domain
from ...tools.number_text import left_to_right
from ...tools.sql.columns import named
from ...tools.terms import CHANGE, COMPARISON
from .customer_sales_change_report import LINES
from .effects import EFFECTS

TOTALS = ("net_base", "net_current")
BY_CUSTOMER, BY_PRODUCT = "commercial_partner_id", "product_tmpl_id"

# Whom the words of an effect name: the customers or the products that it is of
NAMED = {
    "products_dropped": BY_PRODUCT,
    "products_added": BY_PRODUCT,
    "price": BY_PRODUCT,
    "discount": BY_PRODUCT,
}

# Of an effect that one customer or product has, "most of it" is said
MOST = 0.5
# Amounts from here on are said without decimals.
ROUND_FROM = 1000


@dataclass(frozen=True)
class Effect:
    """A step of the bridge, and who is behind it.

    :param count: customers or products with a part in it
    :param largest: the id of the one with the largest; None for walk-ins or no product
    :param largest_amount: its part
    """

    name: str
    amount: float
    count: int
    largest: int | None
    largest_amount: float


class CustomerSalesChangeReport(models.Model):
    """The way from the base to the current period, step by step and in words."""

    _inherit = CHANGE

    @api.model
    @api.readonly
    def get_bridge(self, domain):
        """How net sales came from the base to the current period.

        :param list domain: which rows; an empty list for all
        :return: ``currency_id``; ``steps`` in their order, each with ``name``, ``label``,
            ``amount``, ``is_total`` (base and current) and ``column``, the field that it is the
            sum of; ``sentences``, at most three that say the most
        :raise UserError: if the domain cannot be understood
        """
        self.check_access("read")
        check_domain(self.env, domain)
        currency = self.env.company.currency_id
        return {"currency_id": currency.id, **self._bridge_of_rows(Domain(domain))}

    @api.model
    def _bridge_of_lines(self, domain: Domain, *, names: bool = True) -> dict:
        """The bridge of the lines that a filter lets through, as of :meth:`get_bridge`.

        What the filter says of customers and products is asked of the rows, as on the screen. All
        else, such as the salesperson, is asked of the lines before they are added up: who is new
        or lost is so among these.

        :param domain: on the sales lines
        :param names: whether the sentences may name customers
        """
        domain = domain.optimize(self.env[COMPARISON])
        of_rows, of_lines = [], []
        for condition in domain.children if isinstance(domain, DomainAnd) else [domain]:
            columns = {each.field_expr.partition(".")[0] for each in condition.iter_conditions()}
            is_of_rows = columns and columns <= self._fields.keys() - {"id"}
            (of_rows if is_of_rows else of_lines).append(condition)
        return self._bridge_of_rows(Domain.AND(of_rows), Domain.AND(of_lines), names=names)

    @api.model
    def _bridge_of_rows(
        self, domain: Domain, lines: Domain = Domain.TRUE, *, names: bool = True
    ) -> dict:
        """The bridge of the rows of a domain, as of :meth:`get_bridge`.

        :param lines: which lines are added up
        :param names: whether the sentences may name customers
        """
        base, current, effects = self._bridge(domain, lines)
        return {
            "steps": self._steps(base, current, effects),
            "sentences": self._sentences(base, current, effects, names=names),
        }

    @api.model
    def _bridge(
        self, domain: Domain, lines: Domain = Domain.TRUE
    ) -> tuple[float, float, list[Effect]]:
        """Base, current, and the effects between them.

        :param lines: which lines are added up
        """
        query = self.with_context(**{LINES: lines})._search(domain)
        if query.is_empty():
            return 0.0, 0.0, [Effect(name, 0.0, 0, None, 0.0) for name in EFFECTS]
        rows = self.env.execute_query(self._select_bridge(query))
        amounts = {name: (amount or 0.0, *others) for name, amount, *others in rows}
        effects = [Effect(name, *amounts[name]) for name in EFFECTS]
        return amounts["net_base"][0], amounts["net_current"][0], effects

    @api.model
    def _select_bridge(self, query) -> SQL:
        """A SELECT of name, amount, count, largest and its amount of each effect and total: all
        from one reading of the lines."""
        keys = {
            name: self._field_to_sql(query.table, name, query) for name in (BY_CUSTOMER, BY_PRODUCT)
        }
        query.groupby = SQL("GROUPING SETS ((%s), (%s))", *keys.values())
        sets = query.select(
            named(keys),
            # 1 for a customer, 2 for a product
            SQL("GROUPING(%s, %s) AS grouped_by", *keys.values()),
            *(
                SQL(
                    "SUM(%s) AS %s",
                    self._field_to_sql(query.table, name, query),
                    SQL.identifier(name),
                )
                for name in (*TOTALS, *EFFECTS)
            ),
        )
        selects = [
            SQL(
                "SELECT %(name)s AS name, SUM(%(column)s) AS amount, 0::bigint AS count, "
                "NULL::int AS largest, 0::float8 AS largest_amount FROM sets WHERE grouped_by = 1",
                name=name,
                column=SQL.identifier(name),
            )
            for name in TOTALS
        ]
        selects += [self._select_effect(name) for name in EFFECTS]
        return SQL(
            "WITH sets AS MATERIALIZED (%s) %s",
            sets,
            SQL(" UNION ALL ").join(SQL("(%s)", select) for select in selects),
        )

    @api.model
    def _select_effect(self, name: str) -> SQL:
        key = NAMED.get(name, BY_CUSTOMER)
        return SQL(
            "SELECT %(name)s, total.%(column)s, counted.count, largest.%(key)s, "
            "COALESCE(largest.%(column)s, 0) "
            "FROM (SELECT SUM(%(column)s) AS %(column)s FROM sets WHERE grouped_by = 1) AS total "
            "CROSS JOIN (SELECT COUNT(*) AS count FROM sets "
            "WHERE grouped_by = %(set)s AND %(column)s <> 0) AS counted "
            "LEFT JOIN LATERAL (SELECT %(key)s, %(column)s FROM sets WHERE grouped_by = %(set)s "
            "ORDER BY %(column)s * SIGN(total.%(column)s) DESC LIMIT 1) AS largest ON TRUE",
            name=name,
            column=SQL.identifier(name),
            key=SQL.identifier(key),
            set=1 if key == BY_CUSTOMER else 2,
        )

    @api.model
    def _steps(self, base: float, current: float, effects: list[Effect]) -> list[dict]:
        def step(name: str, column: str, amount: float, is_total: bool) -> dict:
            label = self._fields[column].get_description(self.env, ["string"])["string"]
            return {
                "name": name,
                "column": column,
                "label": label,
                "amount": amount,
                "is_total": is_total,
            }

        return [
            step("base", "net_base", base, True),
            *(step(effect.name, effect.name, effect.amount, False) for effect in effects),
            step("current", "net_current", current, True),
        ]

    # ---------------------------------------------------------------------------------------
    # In words
    # ---------------------------------------------------------------------------------------

    @api.model
    def _sentences(
        self, base: float, current: float, effects: list[Effect], *, names: bool = True
    ) -> list[str]:
        """What there is to say: the change, the effect that did most for it, and of the others
        the one that did most, whichever way."""
        if (
            self._is_nothing(base)
            and self._is_nothing(current)
            and not any(effect.count for effect in effects)
        ):
            return [self.env._("There are no sales in either period.")]
        change = current - base
        told = [effect for effect in effects if not self._is_nothing(effect.amount)]
        told.sort(key=lambda effect: abs(effect.amount), reverse=True)
        # Those that led to where it went come first.
        with_it = [effect for effect in told if effect.amount * change > 0]
        first = (with_it or told)[:1]
        others = [effect for effect in told if effect not in first]
        return [
            self._change_words(base, current),
            *(self._effect_words(effect, names=names) for effect in [*first, *others[:1]]),
        ]

    @api.model
    def _is_nothing(self, amount: float) -> bool:
        return float_is_zero(amount, precision_rounding=self.env.company.currency_id.rounding)

    @api.model
    def _change_words(self, base: float, current: float) -> str:
        change = current - base
        words = {
            "amount": self._amount_words(abs(change)),
            "base": self._amount_words(base),
            "current": self._amount_words(current),
        }
        if self._is_nothing(change):
            return self.env._("Net sales stayed at %(current)s.", **words)
        if self._is_nothing(base) or base < 0:
            if change > 0:
                return self.env._(
                    "Net sales rose by %(amount)s, from %(base)s to %(current)s.", **words
                )
            return self.env._(
                "Net sales fell by %(amount)s, from %(base)s to %(current)s.", **words
            )
        percent = abs(change) / base * 100
        words["percent"] = formatLang(self.env, percent, digits=0 if percent >= 10 else 1)
        if change > 0:
            return self.env._(
                "Net sales rose by %(amount)s (%(percent)s %%), from %(base)s to %(current)s.",
                **words,
            )
        return self.env._(
            "Net sales fell by %(amount)s (%(percent)s %%), from %(base)s to %(current)s.", **words
        )

    @api.model
    def _effect_words(self, effect: Effect, *, names: bool) -> str:
        rise, fall = self._effect_texts()[effect.name]
        sentence = (rise if effect.amount > 0 else fall) % {
            "amount": self._amount_words(abs(effect.amount)),
            "count": formatLang(self.env, effect.count, digits=0),
        }
        if not names:
            return self.env._("%(sentence)s.", sentence=sentence)
        words = {"sentence": sentence, "name": self._name_of_largest(effect)}
        if effect.count == 1:
            return self.env._("%(sentence)s: %(name)s.", **words)
        if effect.largest_amount / effect.amount >= MOST:
            return self.env._("%(sentence)s, most of it %(name)s.", **words)
        return self.env._("%(sentence)s, above all %(name)s.", **words)

    @api.model
    def _effect_texts(self) -> dict[str, tuple[str, str]]:
        """Effect -> what is said where it brought sales, and where it took some away."""
        return {
            "lost_customers": (
                self.env._(
                    "Lost customers (%(count)s) had returned more than they bought: %(amount)s"
                ),
                self.env._("Lost customers (%(count)s) took %(amount)s away"),
            ),
            "new_customers": (
                self.env._("New customers (%(count)s) brought %(amount)s"),
                self.env._("New customers (%(count)s) returned more than they bought: %(amount)s"),
            ),
            "products_dropped": (
                self.env._("Products that customers dropped (%(count)s) brought %(amount)s"),
                self.env._("Products that customers dropped (%(count)s) took %(amount)s away"),
            ),
            "products_added": (
                self.env._("Products that customers added (%(count)s) brought %(amount)s"),
                self.env._("Products that customers added (%(count)s) took %(amount)s away"),
            ),
            "volume": (
                self.env._("Larger quantities of the same products brought %(amount)s"),
                self.env._("Smaller quantities of the same products took %(amount)s away"),
            ),
            "price": (
                self.env._("Price rises brought %(amount)s"),
                self.env._("Price cuts took %(amount)s away"),
            ),
            "discount": (
                self.env._("Smaller discounts brought %(amount)s"),
                self.env._("Larger discounts took %(amount)s away"),
            ),
            "exchange_rate": (
                self.env._("Exchange rates brought %(amount)s"),
                self.env._("Exchange rates took %(amount)s away"),
            ),
            "returns": (
                self.env._("Fewer returns brought %(amount)s"),
                self.env._("More returns took %(amount)s away"),
            ),
            "other": (
                self.env._("Delivery, global discounts and other charges brought %(amount)s"),
                self.env._("Delivery, global discounts and other charges took %(amount)s away"),
            ),
        }

    @api.model
    def _name_of_largest(self, effect: Effect) -> str:
        field = self._fields[NAMED.get(effect.name, BY_CUSTOMER)]
        if not effect.largest:
            label = field.get_description(self.env, ["falsy_value_label"]).get("falsy_value_label")
            return label or self.env._("lines without a product")
        # The right to see a row includes the names on it.
        return self.env[field.comodel_name].sudo().browse(effect.largest).display_name

    @api.model
    def _amount_words(self, amount: float) -> str:
        """An amount as one says it, with its currency."""
        currency = self.env.company.currency_id
        digits = 0 if abs(amount) >= ROUND_FROM else currency.decimal_places
        number = formatLang(self.env, amount, digits=digits)
        if currency.position == "before":
            return left_to_right(self.env, f"{currency.symbol}\N{NO-BREAK SPACE}{number}")
        return left_to_right(self.env, f"{number}\N{NO-BREAK SPACE}{currency.symbol}")
