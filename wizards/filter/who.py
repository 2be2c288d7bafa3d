from odoo import api, fields, models

from ...models.who.asked import (
    ABOVE_AVERAGE,
    BOUGHT,
    IS,
    LARGEST,
    LAST,
    MOST,
    NOT_BOUGHT,
    is_percent,
    who_condition,
)
from ...tools.client_values import is_number
from ...tools.number_text import number_text
from ...tools.periods import PERIODS
from ...tools.terms import PROFILE
from .customer_sales_filter import Section

# What a customer bought, or did not: the fields of each begin with its name.
ALSO, MISSING = "also", "missing"
WHAT_WAS_BOUGHT = {BOUGHT: BOUGHT, ALSO: BOUGHT, MISSING: NOT_BOUGHT}

WHAT = [
    ("anything", "anything"),
    ("products", "these products"),
    ("categories", "these categories"),
]
DAYS = [*PERIODS, ("dates", "From … to …")]
TIMES = [("least", "at least"), ("most", "at most"), ("exactly", "exactly")]
TIMES_HELP = (
    "A purchase is a document with a positive untaxed total; of products, one with a positive "
    "total of these. Empty: once is enough."
)
DAYS_HELP = "When. Periods by name move with the calendar, in favorites too. Empty: any time."

# Field of ticks -> the field of profiles whose choices it has
CHOICES = {"statuses": "status", "abc_classes": "abc_class", "chance_bands": "chance_band"}


def _products(relation: str, label: str):
    return fields.Many2many(
        "product.template",
        relation=f"customer_sales_filter_{relation}_product_rel",
        string=label,
        context={"active_test": False},
        help="Any of these products, all their variants taken together.",
    )


def _categories(relation: str, label: str):
    return fields.Many2many(
        "product.category",
        relation=f"customer_sales_filter_{relation}_categ_rel",
        string=label,
        help="Any product in these categories and those below them.",
    )


class CustomerSalesFilter(models.TransientModel):
    """Which customers: by what kind they are, what they bought and did not buy, and how large they
    are."""

    _inherit = "customer.sales.filter"

    # What kind
    statuses = fields.Json(
        string="Status",
        default=lambda self: self._ticks("statuses"),
        help="Customers of any of these statuses, as of today. None ticked: all.",
    )
    abc_classes = fields.Json(
        string="Class",
        default=lambda self: self._ticks("abc_classes"),
        help="A: the largest customers, that together make 80 % of the net of the last 365 days, "
        "unless Settings say otherwise. B: those that make it 95 %. C: the others. None ticked: "
        "all.",
    )
    chance_bands = fields.Json(
        string="Chance to Buy",
        default=lambda self: self._ticks("chance_bands"),
        help="How likely the customer buys in the next 90 days. None ticked: any chance.",
    )
    has_chances = fields.Boolean(
        compute="_compute_has_chances",
        help="Predictions have earned their place: customers have chances.",
    )
    segment_ids = fields.Many2many(
        "customer.sales.segment", string="Segments", help="Customers in any of these segments."
    )
    largest = fields.Selection(
        [
            ("customers", "the largest … customers"),
            ("percent", "the largest … %"),
            ("above_average", "above average"),
        ],
        string="By Net Sales",
        help="Of the customers that bought in the period and that you may see, by their net sales "
        "in it; each company's among themselves. Empty: all.",
    )
    largest_number = fields.Float(
        string="How Many", digits=(16, 2), help="How many customers, or how many percent of them."
    )
    largest_period = fields.Selection(DAYS, string="Net Sales of", help=DAYS_HELP)
    largest_from = fields.Date(string="Net Sales from")
    largest_to = fields.Date(string="Net Sales until")

    # What they bought
    bought = fields.Selection(
        WHAT, help="Customers that bought this. Only documents count that you may see."
    )
    bought_product_ids = _products("bought", "Products Bought")
    bought_categ_ids = _categories("bought", "Categories Bought")
    bought_period = fields.Selection(DAYS, string="Bought When", help=DAYS_HELP)
    bought_from = fields.Date(help="The first day. Empty: from the beginning.")
    bought_to = fields.Date(help="The last day. Empty: without an end.")
    bought_times_range = fields.Selection(TIMES, string="Bought How Often", help=TIMES_HELP)
    bought_times = fields.Float(string="Times Bought", digits=(16, 0))
    also = fields.Selection(
        WHAT,
        string="And Bought",
        help="Customers that bought this as well, such as in another period.",
    )
    also_product_ids = _products("also", "Products Also Bought")
    also_categ_ids = _categories("also", "Categories Also Bought")
    also_period = fields.Selection(DAYS, string="Also Bought When", help=DAYS_HELP)
    also_from = fields.Date(string="Also Bought from")
    also_to = fields.Date(string="Also Bought until")
    also_times_range = fields.Selection(TIMES, string="Also Bought How Often", help=TIMES_HELP)
    also_times = fields.Float(string="Times Also Bought", digits=(16, 0))
    missing = fields.Selection(
        WHAT,
        string="Did Not Buy",
        help="Customers with no purchase of this, among the documents that you may see.",
    )
    missing_product_ids = _products("missing", "Products Not Bought")
    missing_categ_ids = _categories("missing", "Categories Not Bought")
    missing_period = fields.Selection(DAYS, string="Did Not Buy When", help=DAYS_HELP)
    missing_from = fields.Date(string="Did Not Buy from")
    missing_to = fields.Date(string="Did Not Buy until")
    last_from = fields.Date(
        string="Last Purchase",
        help="The customer's last purchase was on this day or later.",
    )
    last_to = fields.Date(
        string="Last Purchase, until",
        help="The customer's last purchase was on this day at the latest.",
    )

    @api.depends("company_id")
    def _compute_has_chances(self):
        self.has_chances = self._has_chances()

    @api.model
    def _has_chances(self) -> bool:
        """Whether predictions have earned their place in any of the companies."""
        return self.env["customer.sales.prediction"]._shows_chances()

    @api.model
    def _tick_choices(self, name):
        if name not in CHOICES:
            return super()._tick_choices(name)
        if name == "chance_bands" and not self._has_chances():
            return {}
        return dict(self.env[PROFILE]._fields[CHOICES[name]]._description_selection(self.env))

    # ---------------------------------------------------------------------------------------
    # What cannot be asked
    # ---------------------------------------------------------------------------------------

    def _complaints(self):
        complaints = super()._complaints()
        for name in (*WHAT_WAS_BOUGHT, LARGEST):
            if self[name] and not self._days_are_in_order(name):
                complaints.append(
                    self.env._(
                        "“%s”: the first day is after the last one. Change one of the two.",
                        self._label(name),
                    )
                )
        if self.last_from and self.last_to and self.last_from > self.last_to:
            complaints.append(
                self.env._("“Last purchase” must begin before it ends. Change one of its days.")
            )
        complaints += filter(None, map(self._complaint_of_bought, WHAT_WAS_BOUGHT))
        complaints += filter(None, [self._complaint_of_largest()])
        return complaints

    def _days_are_in_order(self, name: str) -> bool:
        first, last = self[f"{name}_from"], self[f"{name}_to"]
        is_range = self[f"{name}_period"] == "dates" and first and last
        return not is_range or first <= last

    def _complaint_of_bought(self, name: str) -> str | None:
        label = self._label(name)
        if self[name] == "products" and not self._records(f"{name}_product_ids"):
            return self.env._("“%s”: choose at least one product.", label)
        if self[name] == "categories" and not self._records(f"{name}_categ_ids"):
            return self.env._("“%s”: choose at least one category.", label)
        is_counted = self[name] and name != MISSING and self[f"{name}_times_range"]
        if is_counted and not _is_whole(self[f"{name}_times"]):
            return self.env._(
                "“%(field)s”: enter how often as a whole number from 1 to %(most)s.",
                field=label,
                most=number_text(self.env, MOST),
            )
        return None

    def _complaint_of_largest(self) -> str | None:
        if self.largest == "customers" and not _is_whole(self.largest_number):
            return self.env._(
                "“%(field)s”: enter how many customers as a whole number from 1 to %(most)s.",
                field=self._label("largest"),
                most=number_text(self.env, MOST),
            )
        if self.largest == "percent" and not is_percent(self.largest_number):
            return self.env._(
                "“%s”: enter a percentage above 0, up to 100.", self._label("largest")
            )
        return None

    # ---------------------------------------------------------------------------------------
    # Sections
    # ---------------------------------------------------------------------------------------

    def _who_sections(self):
        """What is asked of the customers themselves, whatever is shown."""
        sections = [
            self._ticks_section("statuses", "customer_status"),
            self._records_section("segment_ids", "segment_id"),
            self._ticks_section("abc_classes", "abc_class"),
        ]
        if bands := self._ticked("chance_bands"):
            sections.append(self._who_section("chance_bands", IS, chance_band=bands))
        sections += [self._bought_section(name) for name in WHAT_WAS_BOUGHT if self[name]]
        if self.last_from or self.last_to:
            days = self._from_to(self.last_from, self.last_to)
            sections.append(self._who_section("last", LAST, **days))
        if self.largest:
            days = self._asked_days(LARGEST)
            if self.largest == "above_average":
                section = self._who_section("largest", ABOVE_AVERAGE, **days)
            else:
                number = _without_decimals(self.largest_number)
                section = self._who_section("largest", LARGEST, **{self.largest: number}, **days)
            sections.append(section)
        return list(filter(None, sections))

    @api.model
    def _who_section(self, name: str, kind: str, **asked) -> Section:
        return Section(name, [who_condition(kind, **asked)])

    def _bought_section(self, name: str) -> Section:
        asked = self._asked_days(name)
        if self[name] == "products":
            asked["products"] = sorted(self._records(f"{name}_product_ids").ids)
        elif self[name] == "categories":
            asked["categories"] = sorted(self._records(f"{name}_categ_ids").ids)
        times_range = name != MISSING and self[f"{name}_times_range"]
        if times_range:
            times = int(self[f"{name}_times"])
            asked |= {end: times for end in ("least", "most") if times_range in (end, "exactly")}
        return self._who_section(name, WHAT_WAS_BOUGHT[name], **asked)

    def _asked_days(self, name: str) -> dict:
        period = self[f"{name}_period"]
        if period == "dates":
            return self._from_to(self[f"{name}_from"], self[f"{name}_to"])
        return {"period": period} if period else {}

    @api.model
    def _from_to(self, first, last) -> dict:
        days = {"from": first, "to": last}
        return {end: day.isoformat() for end, day in days.items() if day}

    # ---------------------------------------------------------------------------------------
    # Reading it back
    # ---------------------------------------------------------------------------------------

    @api.model
    def _read_asked(self, who: dict) -> dict | None:
        """The values that say as much as a condition on customers; None if there are none."""
        kind = who["who"]
        if kind == IS:
            return self._read_kind(who)
        if kind == LAST:
            return {f"last_{end}": who[end] for end in ("from", "to") if end in who}
        if kind == ABOVE_AVERAGE:
            return {"largest": "above_average", **_read_days(LARGEST, who)}
        if kind == LARGEST:
            of = "customers" if "customers" in who else "percent"
            days = _read_days(LARGEST, who)
            return {"largest": of, "largest_number": float(who[of]), **days}
        return self._read_bought(BOUGHT if kind == BOUGHT else MISSING, who)

    @api.model
    def _read_kind(self, who: dict) -> dict | None:
        values = {}
        for name, field in CHOICES.items():
            if field in who:
                if not set(who[field]) <= set(self._tick_choices(name)):
                    return None
                values[name] = who[field]
        if "segment_id" in who:
            segments = self._read_records("segment_ids", who["segment_id"])
            return segments and {**values, **segments}
        return values

    @api.model
    def _read_bought(self, name: str, who: dict) -> dict | None:
        values = {name: "anything", **_read_days(name, who)}
        for what, field in (("products", "product_ids"), ("categories", "categ_ids")):
            if what in who:
                records = self._read_records(f"{name}_{field}", who[what])
                if not records or values[name] != "anything":
                    return None
                values |= {name: what, **records}
        least, most = who.get("least"), who.get("most")
        if least and most and least != most:
            return None
        if least or most:
            times_range = "exactly" if least == most else "least" if least else "most"
            values |= {f"{name}_times_range": times_range, f"{name}_times": float(least or most)}
        return values


def _is_whole(number) -> bool:
    return is_number(number) and number == int(number) and 1 <= number <= MOST


def _without_decimals(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _read_days(name: str, who: dict) -> dict:
    if "period" in who:
        return {f"{name}_period": who["period"]}
    days = {f"{name}_{end}": who[end] for end in ("from", "to") if end in who}
    return {f"{name}_period": "dates", **days} if days else {}


def in_free_slot(found: dict, known: dict) -> dict | None:
    """The values of something bought, or of the largest, where nothing of the kind is known yet;
    None where there is no room for them."""
    for name in (BOUGHT, ALSO, MISSING, LARGEST):
        if name not in found:
            continue
        if name not in known:
            return found
        if name != BOUGHT or ALSO in known:
            return None
        return {key.replace(BOUGHT, ALSO, 1): value for key, value in found.items()}
    return found
