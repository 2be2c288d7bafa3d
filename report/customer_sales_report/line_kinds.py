from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.expression import FALSE, Expression
from . import invoice_links

# Line kinds, the first that is true of a line being its kind
PRECEDENCE = ("down_payment", "tip", "delivery", "gift_card", "reward", "discount")

# Programs whose rewards are what a card pays
CARD_PROGRAMS = ("gift_card", "ewallet")


class CustomerSalesReport(models.Model):
    """What kind of line a line is.

    It is what was recorded with the line, or with the order or receipt that the line invoices: that
    stays true when a carrier or a program gets another product. The products that an app keeps
    for a purpose today tell the kind only where nothing was recorded.
    """

    _inherit = "customer.sales.report"

    _depends = {
        model: ["extra_tax_data"]
        for model in ("account.move.line", "pos.order.line", "sale.order.line")
    }

    @api.model
    def _order_line_kind(self) -> SQL:
        flags = self._line_flags("sale.order.line", "line")
        return self._line_kind(
            {**flags, "down_payment": Expression("line.is_downpayment")},
            {kind: FALSE for kind in flags},
        )

    @api.model
    def _pos_line_kind(self) -> SQL:
        """A line that settles an order's is of the order line's kind."""
        own = self._line_flags("pos.order.line", "line")
        recorded = _either(own, self._line_flags("sale.order.line", "settled", needs="settled"))
        unsettled = Expression("line.sale_order_line_id IS NULL")
        return self._line_kind(
            recorded, {kind: FALSE if kind in own else unsettled for kind in recorded}
        )

    @api.model
    def _invoice_line_kind(self) -> SQL:
        recorded = _either(
            {
                kind: invoice_links.any_order_line(flag)
                for kind, flag in self._line_flags("sale.order.line", "order_line").items()
            },
            {
                kind: invoice_links.any_receipt_line(flag)
                for kind, flag in _either(
                    self._line_flags("pos.order.line", "receipt_line"),
                    self._line_flags("sale.order.line", "settled"),
                ).items()
            },
        )
        without_order = Expression("NOT %s", invoice_links.has_order_line())
        return self._line_kind(
            {**recorded, "down_payment": Expression("line.is_downpayment")},
            {kind: without_order for kind in recorded},
        )

    @api.model
    def _line_kind(self, recorded: dict[str, SQL], not_recorded: dict[str, SQL]) -> SQL:
        """The kind of the row ``line``.

        :param recorded: kind -> condition that the line was recorded as one
        :param not_recorded: kind -> condition that whether it is one was not recorded, so that its
            product tells; always, for the other kinds
        """
        # Odoo's own mark on the lines of global discounts and down payments
        purpose = Expression("line.extra_tax_data ->> 'computation_key'")
        recorded = _either(
            recorded,
            {
                "down_payment": Expression("%s LIKE 'down_payment%%'", purpose),
                "discount": Expression("%s LIKE 'global_discount%%'", purpose),
            },
        )
        conditions = _either(recorded, self._special_products(not_recorded))
        cases = (
            Expression("WHEN %s THEN %s", conditions[kind], kind)
            for kind in PRECEDENCE
            if kind in conditions
        )
        return Expression("(CASE %s ELSE 'product' END)::varchar", Expression(" ").join(cases))

    @api.model
    def _line_flags(self, model_name: str, alias: str, needs=()) -> dict[str, SQL]:
        """Line kind -> condition on the line ``alias`` of an order or receipt, as far as the
        installed apps record it.

        :param needs: the alias, where the source has to join it
        """
        Line = self.env[model_name].sudo()
        flags = {}

        def flag(name: str) -> SQL:
            return Expression(Line._field_to_sql(alias, name), needs=needs)

        if "is_delivery" in Line._fields:
            flags["delivery"] = flag("is_delivery")
        if "reward_id" in Line._fields:
            reward = flag("reward_id")
            flags["reward"] = Expression("%s IS NOT NULL", reward)
            flags["gift_card"] = Expression(
                "%s IN (SELECT reward.id FROM loyalty_reward reward"
                " JOIN loyalty_program program ON program.id = reward.program_id"
                " WHERE program.program_type IN %s)",
                reward,
                CARD_PROGRAMS,
            )
        return flags

    @api.model
    def _special_products(self, not_recorded: dict[str, SQL]) -> dict[str, SQL]:
        """Line kind -> condition that the product of ``line`` is one kept for that purpose.

        :param not_recorded: as of :meth:`_line_kind`
        """

        def products(model_name: str, field_name: str) -> SQL:
            Model = self.env[model_name].sudo()
            return Expression(
                "SELECT %s FROM %s",
                Expression(Model._field_to_sql(Model._table, field_name)),
                Expression.identifier(Model._table),
            )

        def is_among(*selects: SQL, unless_recorded: str | None = None) -> SQL:
            among = Expression("line.product_id IN (%s)", Expression(" UNION ALL ").join(selects))
            condition = not_recorded.get(unless_recorded)
            return Expression("(%s AND %s)", among, condition) if condition else among

        discounts = [products("res.company", "sale_discount_product_id")]
        if "discount_product_id" in self.env["pos.config"]._fields:
            discounts.append(products("pos.config", "discount_product_id"))
        conditions = {
            "down_payment": is_among(products("pos.config", "down_payment_product_id")),
            "tip": is_among(products("pos.config", "tip_product_id")),
            "discount": is_among(*discounts),
        }
        if "delivery.carrier" in self.env:
            carriers = products("delivery.carrier", "product_id")
            conditions["delivery"] = is_among(carriers, unless_recorded="delivery")
        if "loyalty.reward" in self.env:
            rewards = products("loyalty.reward", "discount_line_product_id")
            conditions["reward"] = is_among(rewards, unless_recorded="reward")
            program_products = self.env["loyalty.rule"]._fields["product_ids"]
            # No line records that it sells a card.
            sold = Expression(
                "SELECT rel.%s FROM %s rel JOIN loyalty_rule rule ON rule.id = rel.%s"
                " JOIN loyalty_program program ON program.id = rule.program_id"
                " WHERE program.program_type IN %s",
                Expression.identifier(program_products.column2),
                Expression.identifier(program_products.relation),
                Expression.identifier(program_products.column1),
                CARD_PROGRAMS,
            )
            spent = Expression(
                "SELECT reward.discount_line_product_id FROM loyalty_reward reward"
                " JOIN loyalty_program program ON program.id = reward.program_id"
                " WHERE program.program_type IN %s",
                CARD_PROGRAMS,
            )
            conditions["gift_card"] = Expression(
                "%s OR %s", is_among(sold), is_among(spent, unless_recorded="gift_card")
            )
        return conditions


def _either(*many: dict[str, SQL]) -> dict[str, SQL]:
    """Kind -> whether any of its conditions is true."""
    found: dict[str, list[SQL]] = {}
    for conditions in many:
        for kind, condition in conditions.items():
            found.setdefault(kind, []).append(condition)
    return {
        kind: Expression("(%s)", Expression(" OR ").join(conditions))
        for kind, conditions in found.items()
    }
