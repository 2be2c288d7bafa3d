import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS

from odoo.addons.base.models.res_partner import _tz_get

from ...tools.number_text import number_text
from ...tools.terms import MOST_DAYS

MOST_RATIO = 1_000
# Of each score, the limits in Settings are four rising numbers.
LIMITS = {"r": "30, 60, 120, 240", "f": "1, 2, 4, 8", "m": "25, 50, 100, 200"}


class ResCompany(models.Model):
    """The numbers by which customers of a company are told apart."""

    _inherit = "res.company"

    customer_sales_tz = fields.Selection(
        _tz_get,
        string="Time Zone of Sales",
        groups="base.group_user",
        help="On which day a receipt of the point of sale falls, where the company's own contact "
        "has no time zone. Empty: UTC.",
    )
    customer_sales_new_days = fields.Integer(
        string="New for",
        groups="base.group_user",
        default=30,
        required=True,
        help="Days after the first purchase for which a customer is new.",
    )
    customer_sales_shortest_gap = fields.Integer(
        string="Shortest Gap",
        groups="base.group_user",
        default=7,
        required=True,
        help="Usual gaps shorter than so many days count as this long.",
    )
    customer_sales_slowing_ratio = fields.Float(
        string="Slowing from",
        groups="base.group_user",
        default=1.5,
        required=True,
        help="Times the usual gap.",
    )
    customer_sales_dormant_ratio = fields.Float(
        string="Dormant from",
        groups="base.group_user",
        default=2.0,
        required=True,
        help="Times the usual gap.",
    )
    customer_sales_lost_ratio = fields.Float(
        string="Lost from",
        groups="base.group_user",
        default=3.0,
        required=True,
        help="Times the usual gap.",
    )
    customer_sales_slowing_days = fields.Integer(
        string="Slowing from (days)",
        groups="base.group_user",
        default=90,
        required=True,
        help="Days without a purchase, of customers with fewer than three purchase days.",
    )
    customer_sales_dormant_days = fields.Integer(
        string="Dormant from (days)", groups="base.group_user", default=180, required=True
    )
    customer_sales_lost_days = fields.Integer(
        string="Lost from (days)", groups="base.group_user", default=365, required=True
    )
    customer_sales_class_a = fields.Float(
        string="Class A up to",
        groups="base.group_user",
        default=0.8,
        required=True,
        help="Share of the net of the year that the customers of class A make together.",
    )
    customer_sales_class_b = fields.Float(
        string="Class B up to",
        groups="base.group_user",
        default=0.95,
        required=True,
        help="Share of the net of the year that the customers of classes A and B make together.",
    )
    customer_sales_fewest_scored = fields.Integer(
        string="Quintiles from",
        groups="base.group_user",
        default=25,
        required=True,
        help="With fewer customers than this that bought in the year, the limits below tell the "
        "scores, instead of fifths of the customers.",
    )
    customer_sales_r_limits = fields.Char(
        string="R Limits",
        groups="base.group_user",
        default=LIMITS["r"],
        required=True,
        help="Days since the last purchase, four rising numbers.",
    )
    customer_sales_f_limits = fields.Char(
        string="F Limits",
        groups="base.group_user",
        default=LIMITS["f"],
        required=True,
        help="Purchases of the year, four rising numbers.",
    )
    customer_sales_m_limits = fields.Char(
        string="M Limits",
        groups="base.group_user",
        default=LIMITS["m"],
        required=True,
        help="Net of the year in percent of the mean, four rising numbers.",
    )
    # Between two nights they stay, so that nobody's score moves because somebody else bought.
    # They tell what customers buy for, and everybody may read companies, portal users too.
    customer_sales_score_limits = fields.Json(
        readonly=True,
        groups=NO_ACCESS,
        help="The limits of the scores since the last full refresh, for programs.",
    )
    customer_sales_noted_settings = fields.Char(
        readonly=True,
        groups=NO_ACCESS,
        help="A fingerprint of the day and settings by which customers were last derived.",
    )

    def write(self, vals):
        """Customers show at once what other settings make of them: the scheduler derives them
        anew."""
        names = [
            name
            for name in vals
            if name.startswith("customer_sales_")
            and name in self._fields
            and not self._fields[name].readonly
        ]
        if not names:
            return super().write(vals)
        before = {company: [company[name] for name in names] for company in self}
        result = super().write(vals)
        changed = self.filtered(lambda each: before[each] != [each[name] for name in names])
        if changed:
            self.env["customer.sales.refresh"].sudo()._ask_for(changed)
        return result

    @api.constrains(
        "customer_sales_new_days",
        "customer_sales_shortest_gap",
        "customer_sales_slowing_ratio",
        "customer_sales_dormant_ratio",
        "customer_sales_lost_ratio",
        "customer_sales_slowing_days",
        "customer_sales_dormant_days",
        "customer_sales_lost_days",
    )
    def _check_customer_sales_status(self):
        for company in self:
            rising = [
                (
                    company.customer_sales_slowing_ratio,
                    company.customer_sales_dormant_ratio,
                    company.customer_sales_lost_ratio,
                ),
                (
                    company.customer_sales_slowing_days,
                    company.customer_sales_dormant_days,
                    company.customer_sales_lost_days,
                ),
            ]
            if any(not 0 < slowing < dormant < lost for slowing, dormant, lost in rising):
                raise ValidationError(
                    self.env._(
                        "A customer becomes slowing first, then dormant, then lost: enter rising "
                        "numbers above 0."
                    )
                )
            ratios, days = rising
            days = (*days, company.customer_sales_new_days, company.customer_sales_shortest_gap)
            if max(ratios) > MOST_RATIO or max(days) > MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "Enter at most %(days)s days, and %(ratio)s times the usual gap.",
                        days=number_text(self.env, MOST_DAYS),
                        ratio=number_text(self.env, MOST_RATIO),
                    )
                )
            if company.customer_sales_new_days < 0 or company.customer_sales_shortest_gap < 1:
                raise ValidationError(
                    self.env._(
                        "Enter 0 days or more for new customers, and 1 day or more for the "
                        "shortest gap."
                    )
                )

    @api.constrains("customer_sales_tz")
    def _check_customer_sales_tz(self):
        for company in self:
            if company.customer_sales_tz not in (False, *pytz.all_timezones_set):
                raise ValidationError(
                    self.env._("There is no time zone “%s”. Choose one.", company.customer_sales_tz)
                )

    @api.constrains("customer_sales_class_a", "customer_sales_class_b")
    def _check_customer_sales_classes(self):
        for company in self:
            if not 0 < company.customer_sales_class_a < company.customer_sales_class_b < 1:
                raise ValidationError(
                    self.env._("Class A must end before class B, and both between 0 % and 100 %.")
                )

    @api.constrains("customer_sales_r_limits", "customer_sales_f_limits", "customer_sales_m_limits")
    def _check_customer_sales_limits(self):
        for company in self:
            for score in LIMITS:
                company._customer_sales_fixed_limits(score)

    def _customer_sales_fixed_limits(self, score: str) -> list[float]:
        """The limits of a score in Settings.

        :param score: ``r``, ``f`` or ``m``
        :return: four rising numbers
        :raise ValidationError: if the text says something else
        """
        self.ensure_one()
        text = self[f"customer_sales_{score}_limits"] or ""
        try:
            limits = [float(part) for part in text.replace("،", ",").split(",")]
        except ValueError:
            limits = []
        is_rising = all(low < high for low, high in zip(limits, limits[1:], strict=False))
        if len(limits) != 4 or not is_rising or not 0 <= limits[0] < limits[-1] < 1e9:
            raise ValidationError(
                self.env._(
                    "The limits of the score %(score)s are four rising numbers with commas "
                    "between them, such as %(example)s.",
                    score=score.upper(),
                    example=LIMITS[score],
                )
            )
        return limits

    def _customer_sales_timezone(self) -> str:
        """The time zone that tells on which day a receipt falls."""
        self.ensure_one()
        zones = (self.partner_id.tz, self.customer_sales_tz, "UTC")
        return next(zone for zone in zones if zone in pytz.all_timezones_set)
