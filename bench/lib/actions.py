"""What people click, as the calls that the web client makes for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytz
from reports import OURS

from views import COUNT_LIMIT, PAGE, ListView, measures


@dataclass(frozen=True)
class Subject:
    """What is looked for: ids of records, and texts typed by the user."""

    customer_id: int
    customer_name: str
    contact_id: int
    product_tmpl_id: int
    number: str
    month: tuple  # first and last day
    quarter: tuple
    year: tuple


@dataclass(frozen=True)
class Call:
    """A call of the web client: a method and its arguments, of the report unless another model is
    named."""

    method: str
    args: tuple = ()
    kwargs: dict | None = None
    model: str | None = None


@dataclass(frozen=True)
class Action:
    """One click.

    :param build: function of (client) that returns the call, or a list of several
    :param ratio: how many times faster than the three native reports together it has to be
    :param guide: seconds at 3 million lines on 2 cores, for orientation
    """

    name: str
    build: Callable
    ratio: int
    guide: float


class Client:
    """Builds the calls for one report, as the web client of one user does."""

    def __init__(self, env, report, subject):
        self.env, self.report, self.subject = env, report, subject
        self.view = ListView(env, report.model, env.ref(report.list_view).id)
        self.zone = pytz.timezone(env.user.tz)

    def _condition(self, name, operator, value):
        return [(self.report.names[name], operator, value)]

    def days(self, first, last):
        """The domain of a period, as the date filter of the search bar writes it."""
        field = self.report.names["date"]
        if self.report.has_time:
            first, end = (
                self.zone.localize(datetime.combine(day, time.min)).astimezone(pytz.utc)
                for day in (first, last + timedelta(days=1))
            )
            first, last = f"{first:%F %T}", f"{end - timedelta(seconds=1):%F %T}"
        return [(field, ">=", str(first)), (field, "<=", str(last))]

    def page(self, domain=(), number=1, order=""):
        return Call(
            "web_search_read",
            kwargs={
                "domain": [*self.report.default_filter, *domain],
                "specification": self.view.specification,
                "offset": (number - 1) * PAGE,
                "limit": PAGE,
                "order": order,
                "count_limit": COUNT_LIMIT,
                "context": {"bin_size": True},
            },
        )

    def oldest(self):
        return self.page(order=f"{self.report.names['date']} ASC")

    def counter(self):
        return Call(
            "search_count",
            kwargs={"domain": self.report.default_filter, "limit": COUNT_LIMIT},
        )

    def rows_of(self, name, operator, value):
        return self.page(self._condition(name, operator, value))

    def groups(self, name, interval="", domain=(), largest_first=False):
        """The groups of the list. Where the report lacks what is grouped by, customers serve."""
        field = self.report.names.get(name, self.report.names["customer"])
        order = f"{self.report.names['amount']} DESC" if largest_first else ""
        return Call(
            "web_read_group",
            kwargs={
                "domain": [*self.report.default_filter, *domain],
                "groupby": [f"{field}:{interval}" if interval else field],
                "aggregates": self.view.aggregates,
                "limit": PAGE,
                "offset": 0,
                "order": order,
                "auto_unfold": False,
                "opening_info": [],
                "unfold_read_specification": self.view.specification,
                "unfold_read_default_limit": PAGE,
                "groupby_read_specification": {},
                "context": {"read_group_expand": True},
            },
        )

    def pivot(self):
        names = self.report.names
        customer, month = names["customer"], f"{names['date']}:month"
        return Call(
            "formatted_read_grouping_sets",
            kwargs={
                "domain": [*self.report.default_filter, *self.days(*self.subject.year)],
                "grouping_sets": [[], [month], [customer], [customer, month]],
                "aggregates": measures(
                    self.env, self.report.model, [names["amount"], names["quantity"]]
                ),
            },
        )

    def compared(self, days):
        """A period and the same a year before, by customer, the largest loss first. A report that
        cannot compare shows one after the other."""
        earlier = tuple(day.replace(year=day.year - 1) for day in days)
        if self.report.model != OURS.model:
            return [
                self.groups("customer", domain=self.days(*period)) for period in (days, earlier)
            ]
        figures = [f"net_sales_{part}:sum" for part in ("current", "base", "change")]
        return Call(
            "web_read_group",
            kwargs={
                "domain": self.report.default_filter,
                "groupby": ["commercial_partner_id"],
                "aggregates": [*figures, "net_sales_change_percent:avg"],
                "limit": PAGE,
                "offset": 0,
                "order": "net_sales_change ASC",
                "context": compared_context(days, earlier),
            },
            model="customer.sales.comparison.report",
        )

    def bridge(self, days):
        """Why a period differs from the same a year before. Odoo's reports show both alone."""
        if self.report.model != OURS.model:
            return self.compared(days)
        earlier = tuple(day.replace(year=day.year - 1) for day in days)
        return Call(
            "get_bridge",
            kwargs={"domain": [], "context": compared_context(days, earlier)},
            model="customer.sales.change.report",
        )

    def read_rows(self, count):
        return Call("web_read", ([*self._some_ids(count)], self.view.specification))

    def open_row(self):
        if self.report.open_method:
            return Call(self.report.open_method, (self._some_ids(1),))
        return self.read_rows(1)

    def _some_ids(self, count):
        """Rows of one day in the middle, as a user would have them on the screen."""
        day = self.subject.month[0]
        domain = [*self.report.default_filter, *self.days(day, day)]
        return self.env[self.report.model].search(domain, limit=count).ids


def compared_context(current, base):
    """The context that has two periods compared, each of a first and a last day."""
    choice = {"current": "own", "base": "own"}
    for name, (first, last) in (("current", current), ("base", base)):
        choice |= {f"{name}_first": str(first), f"{name}_last": str(last)}
    return {"customer_sales_compared": choice}


ACTIONS = [
    Action("newest 80 lines", lambda c: c.page(), 100, 0.05),
    Action("oldest 80 lines", lambda c: c.oldest(), 100, 0.05),
    Action("newest lines, page 2", lambda c: c.page(number=2), 100, 0.05),
    Action("newest lines, page 50", lambda c: c.page(number=50), 100, 0.2),
    Action("counter of the list", lambda c: c.counter(), 100, 0.05),
    Action(
        "one customer's lines",
        lambda c: c.rows_of("customer", "child_of", c.subject.customer_id),
        10,
        0.03,
    ),
    Action(
        "one contact's lines",
        lambda c: c.rows_of("contact", "child_of", c.subject.contact_id),
        10,
        0.03,
    ),
    Action(
        "one product's lines",
        lambda c: c.rows_of("product", "=", c.subject.product_tmpl_id),
        10,
        0.1,
    ),
    Action(
        "one month by customer",
        lambda c: c.groups("customer", domain=c.days(*c.subject.month)),
        10,
        0.35,
    ),
    Action(
        "all time by customer, top 80",
        lambda c: c.groups("customer", largest_first=True),
        15,
        1.8,
    ),
    Action("all time by month", lambda c: c.groups("date", "month"), 10, 2.5),
    Action("all time by category", lambda c: c.groups("category"), 10, 2.5),
    Action("all time by document type", lambda c: c.groups("document_type"), 10, 2.5),
    Action("all time by country", lambda c: c.groups("country"), 10, 2.5),
    Action("pivot: customers × months of a year", lambda c: c.pivot(), 8, 1.5),
    Action(
        "a quarter against last year's, by customer",
        lambda c: c.compared(c.subject.quarter),
        10,
        1.5,
    ),
    Action("why a quarter changed: the bridge", lambda c: c.bridge(c.subject.quarter), 10, 1.5),
    Action("a year against the last, by customer", lambda c: c.compared(c.subject.year), 5, 4.0),
    Action("why a year changed: the bridge", lambda c: c.bridge(c.subject.year), 5, 4.0),
    Action("reading 40 rows by id", lambda c: c.read_rows(40), 100, 0.02),
    Action("opening a row's document", lambda c: c.open_row(), 100, 0.02),
    Action(
        "searching a document number",
        lambda c: c.rows_of("number", "ilike", c.subject.number),
        10,
        0.1,
    ),
    Action(
        "searching a customer's name",
        lambda c: c.rows_of("typed_customer", c.report.typed_operator, c.subject.customer_name),
        10,
        0.1,
    ),
]
