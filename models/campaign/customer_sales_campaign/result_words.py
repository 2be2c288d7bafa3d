from datetime import date

from odoo import api, fields, models

from ....tools.day_text import day_text
from ....tools.number_text import amount_text, left_to_right, number_text

#: A difference of shares that is surely smaller than this either way is none to speak of.
LITTLE = 0.05


class CustomerSalesCampaign(models.Model):
    """What the figures say, in words and as a table.

    Nothing is said before the days are over: who looks every day finds a difference by chance some
    day.
    """

    _inherit = "customer.sales.campaign"

    control_words = fields.Text(compute="_compute_control_words", exportable=False)
    verdict_words = fields.Text(
        string="Did It Help?",
        compute="_compute_result_words",
        exportable=False,
        help="What can be told of the difference between those addressed and those left alone.",
    )
    method_words = fields.Text(compute="_compute_result_words", exportable=False)
    differences_table = fields.Json(compute="_compute_result_words", exportable=False)
    coupon_words = fields.Char(compute="_compute_coupon_words", exportable=False)
    results_table = fields.Json(compute="_compute_result_words", exportable=False)

    @api.depends("control_percent", "addressed_count", "control_count", "state")
    @api.depends_context("lang")
    def _compute_control_words(self):
        for campaign in self:
            campaign.control_words = campaign._control_sentence()

    def _control_sentence(self) -> str:
        addressed = number_text(self.env, self.addressed_count)
        if not self.control_count:
            return self.env._(
                "Addressed: %s. Nobody is left alone: afterwards nobody can tell "
                "whether they bought because of it, or would have anyway.",
                addressed,
            )
        return self.env._(
            "Addressed: %(addressed)s. Left alone: %(control)s, chosen by lot and alike in status "
            "and class. That pays: many customers buy anyway. Only what those "
            "addressed buy beyond those left alone comes from the campaign, and whoever knows what "
            "helps need not pay for what does not.",
            addressed=addressed,
            control=number_text(self.env, self.control_count),
        )

    @api.depends("action_ids.state")
    @api.depends_context("lang")
    def _compute_coupon_words(self):
        for campaign in self:
            campaign.coupon_words = campaign._coupon_sentence()

    def _coupon_sentence(self) -> str | bool:
        """How many of the coupons handed out were redeemed, where the app that knows is there."""
        coupons = self.sudo().action_ids.filtered(lambda action: action.kind == "coupon").step_ids
        given = coupons.filtered(lambda step: step.state == "done").mapped("res_id")
        if not given or "loyalty.card" not in self.env:
            return False
        cards = self.env["loyalty.card"].sudo().browse(given).exists()
        return self.env._(
            "Of %(given)s coupons handed out %(redeemed)s were redeemed. What they took off is off "
            "the net sales already.",
            given=number_text(self.env, len(given)),
            redeemed=number_text(self.env, len(cards.filtered("use_count"))),
        )

    @api.depends("results", "cost")
    @api.depends_context("lang")
    def _compute_result_words(self):
        for campaign in self:
            results = campaign.results or []
            campaign.results_table = campaign._table_of(results) if results else False
            campaign.differences_table = campaign._differences_of(results)
            campaign.verdict_words = "\n".join(map(campaign._verdict, results)) or False
            campaign.method_words = campaign._method() if campaign.control_count else False

    def _method(self) -> str:
        return self.env._(
            "Everybody addressed counts, whether reached or not. Limits of 95 %%: of the shares by "
            "Newcombe's interval, of the averages by drawing those left alone again and again, "
            "within status and class. The customers left alone follow from number %s. Each "
            "document counts after its returns, discounts and coupons redeemed.",
            self.seed,
        )

    # ---------------------------------------------------------------------------------------
    # The table
    # ---------------------------------------------------------------------------------------

    def _table_of(self, results: list[dict]) -> dict:
        rows = []
        for result in results:
            days = self.env._("%s days", result["days"])
            if not result["is_over"]:
                days = self.env._("%s, so far", days)
            for side, name in (
                ("addressed", self.env._("Addressed")),
                ("control", self.env._("Left alone")),
            ):
                figures = result[side]
                customers = figures["customers"]
                rows.append(
                    [
                        f"{days}: {name}",
                        customers,
                        figures["bought"],
                        figures["bought"] / customers if customers else None,
                        figures["purchases"],
                        figures["net"],
                        figures["net"] / customers if customers else None,
                    ]
                )
        return {
            "columns": [
                ["", "text"],
                [self.env._("Customers"), "integer"],
                [self.env._("Bought"), "integer"],
                [self.env._("Share"), "percent"],
                [self.env._("Purchases"), "integer"],
                [self.env._("Net Sales"), "money"],
                [self.env._("Net a Customer"), "money"],
            ],
            "rows": rows,
        }

    def _differences_of(self, results: list[dict]) -> dict | bool:
        """The differences with their limits, of what is over and can be compared."""
        rows = []
        for result in results:
            days = self.env._("%s days", result["days"])
            for measure, name, shown in (
                ("share", self.env._("share that bought, in points"), self._points),
                ("purchases", self.env._("purchases a customer"), self._decimals),
                ("net", self.env._("net a customer"), self._amount),
            ):
                if difference := result[measure]:
                    limits = (shown(difference[each]) for each in ("value", "low", "high"))
                    rows.append([f"{days}: {name}", *limits])
        if not rows:
            return False
        return {
            "columns": [
                ["", "text"],
                [self.env._("Difference"), "number"],
                [self.env._("At Least"), "number"],
                [self.env._("At Most"), "number"],
            ],
            "rows": rows,
        }

    def _points(self, share: float) -> str:
        return self._number(round(100 * share))

    def _decimals(self, number: float) -> str:
        return self._number(round(number, 2))

    # ---------------------------------------------------------------------------------------
    # The words
    # ---------------------------------------------------------------------------------------

    def _verdict(self, result: dict) -> str:
        """What can be told after so many days."""
        days = result["days"]
        if not result["is_over"]:
            return self.env._(
                "%(days)s days: to be told when they are over, on %(day)s.",
                days=days,
                day=day_text(self.env, date.fromisoformat(result["until"])),
            )
        addressed, control = result["addressed"], result["control"]
        counts = {
            "days": days,
            "addressed": number_text(self.env, addressed["customers"]),
            "bought": number_text(self.env, addressed["bought"]),
            "control": number_text(self.env, control["customers"]),
            "control_bought": number_text(self.env, control["bought"]),
        }
        if not result["share"]:
            return self.env._(
                "%(days)s days: of %(addressed)s addressed %(bought)s bought. Nobody was left "
                "alone, so nothing can be told of whether it helped.",
                **{name: counts[name] for name in ("days", "addressed", "bought")},
            )
        sentence = self.env._(
            "%(days)s days: of %(addressed)s addressed %(bought)s bought, of %(control)s left "
            "alone %(control_bought)s: %(difference)s.",
            **counts,
            difference=self._share_words(result["share"]),
        )
        if net := result["net"]:
            return f"{sentence} {self._net_words(net, addressed['customers'])}"
        return f"{sentence} " + self.env._("Too few customers to compare what they bought for.")

    def _share_words(self, share: dict) -> str:
        limits = {name: self._points(share[name]) for name in ("low", "high")}
        points = self._points(abs(share["value"]))
        if share["value"] < 0:
            words = self.env._(
                "%(points)s points less (%(low)s to %(high)s)", points=points, **limits
            )
        else:
            words = self.env._(
                "%(points)s points more (%(low)s to %(high)s)", points=points, **limits
            )
        return f"{words}: {self._judgement(share, LITTLE)}"

    def _judgement(self, difference: dict, little: float | None = None) -> str:
        low, high = difference["low"], difference["high"]
        if low > 0:
            return self.env._("it helped")
        if high < 0:
            return self.env._("it did harm")
        if little and max(-low, high) < little:
            return self.env._("it made little difference")
        return self.env._("too few to tell")

    def _net_words(self, net: dict, addressed: int) -> str:
        """What each customer bought for beyond those left alone, and what that comes to."""
        more, low, high = (net[name] for name in ("value", "low", "high"))
        sentence = self.env._(
            "Net a customer: %(more)s (%(low)s to %(high)s) beyond those left alone: "
            "%(judgement)s.",
            more=self._amount(more),
            low=self._amount(low),
            high=self._amount(high),
            judgement=self._judgement(net),
        )
        gain, least, most = (each * addressed - self.cost for each in (more, low, high))
        words = {
            "gain": self._amount(gain),
            "low": self._amount(least),
            "high": self._amount(most),
        }
        if self.cost:
            return f"{sentence} " + self.env._(
                "In all, less the cost of %(cost)s: %(gain)s (%(low)s to %(high)s).",
                cost=self._amount(self.cost),
                **words,
            )
        return f"{sentence} " + self.env._("In all: %(gain)s (%(low)s to %(high)s).", **words)

    def _number(self, number: float) -> str:
        return left_to_right(self.env, number_text(self.env, number).replace("-", "−"))

    def _amount(self, amount: float) -> str:
        return amount_text(self.env, round(amount), self.currency_id)
