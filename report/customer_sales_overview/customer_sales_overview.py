from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.client_values import is_id, mapping
from ...tools.compared_periods import ComparedPeriods, Days
from ...tools.terms import PROFILE

PURCHASES = "customer.sales.purchase"
HISTORY = "customer.sales.history"
PRODUCTS = "customer.sales.product"
MONTHS = 24
MOST = 200  # choices of a list
PARTS = ("status", "segment_id", "abc_class")  # of customers


class CustomerSalesOverview(models.AbstractModel):
    """The app's first screen, in one call.

    What it counts is what the stored tables tell, as far as the reader may see them: a user of
    *Own Customers* has an overview of theirs. Amounts of companies with several currencies are
    told in that of the current one, at the rates of today.
    """

    _name = "customer.sales.overview"
    _inherit = ["customer.sales.compared.mixin"]
    _description = "Overview of Customer Sales"

    @api.model
    @api.readonly
    def overview(self, choice: dict | None = None, customers: dict | None = None) -> dict:
        """All that the screen shows.

        :param choice: the periods to compare, as of ``customer.sales.compared.mixin``; by default
            those that the user compared last
        :param customers: which customers: ``mine``, ``country_id``, ``category_id``
        :return: ``periods`` in words, ``choice``, ``choices`` and ``filters``; ``tiles``,
            ``months``, ``parts`` and ``lists``. What opens a screen is a dictionary of ``action``,
            ``name``, ``domain`` and ``context``.
        :raise UserError: if the periods cannot be understood
        """
        self.env[PROFILE].check_access("read")
        choice = self._compared_choice() if choice is None else mapping(choice)
        periods = self._days_of_choice(choice)
        scope = self._scope(mapping(customers))
        profiles = self._profile_groups(scope)
        return {
            "choice": choice,
            "periods": self._compared_words(choice, periods),
            "choices": self._choices(),
            "filters": self._filters(),
            "currency_id": self.env.company.currency_id.id,
            "is_empty": not self.env[PURCHASES].search_count([], limit=1),
            "tiles": self._tiles(periods, scope, profiles),
            "months": self._months(scope),
            "parts": self._parts(periods, scope, profiles),
            "lists": self._lists(choice, scope),
        }

    @api.model
    def _choices(self) -> dict:
        Comparison = self.env["customer.sales.comparison"]
        return {
            name: [
                each
                for each in Comparison._fields[name]._description_selection(self.env)
                if each[0] != "own"
            ]
            for name in ("current", "base")
        }

    @api.model
    def _filters(self) -> dict:
        """The countries and tags that customers have, by name."""
        Profiles = self.env[PROFILE]
        countries = Profiles._read_group([], ["country_id"], [], limit=MOST)
        # From the tags' side: most customers have none.
        tagged = Profiles._search([]).subselect("partner_id")
        tags = self.env["res.partner.category"].search([("partner_ids", "in", tagged)], limit=MOST)
        found = {"country_id": [each for [each] in countries if each], "category_ids": tags}
        return {
            name: sorted(
                ({"id": each.id, "name": each.display_name} for each in records),
                key=lambda each: each["name"],
            )
            for name, records in found.items()
        }

    @api.model
    def _scope(self, customers: dict) -> Domain:
        """The customers that the screen is about, as a domain of profiles and purchases."""
        scope = Domain.TRUE
        if customers.get("mine"):
            scope &= Domain("partner_id.user_id", "=", self.env.uid)
        if is_id(customers.get("country_id")):
            scope &= Domain("partner_id.country_id", "=", customers["country_id"])
        if is_id(customers.get("category_id")):
            scope &= Domain("partner_id.category_id", "in", [customers["category_id"]])
        return scope

    @api.model
    def _profile_groups(self, scope: Domain) -> dict[str, list[tuple]]:
        """The customers by each of :data:`PARTS`, by day of the first purchase, and (``""``) all
        together: their rows are read once, which takes longer than to group them.

        :return: for each a list of groups: the value (but for all together), the number of
            customers, their net sales of 365 days, and how much of it is at stake
        """
        names = [*PARTS, "first_purchase:day", ""]
        groups = self.env[PROFILE]._read_grouping_sets(
            scope,
            [[name] if name else [] for name in names],
            ["__count", "net_year:sum_currency", "sales_at_stake:sum_currency"],
        )
        return dict(zip(names, groups, strict=True))

    @api.model
    def _within(self, days: Days, name: str = "date") -> Domain:
        # As text: the client gets years below 1000 with fewer digits than it may send.
        first, last = (day.isoformat() for day in days)
        return Domain(name, ">=", first) & Domain(name, "<=", last)

    @api.model
    def _since(self, day) -> Domain:
        """From a day until today: what is dated later does not count yet."""
        return self._within(Days(day, fields.Date.context_today(self)))

    @api.model
    def _opens(self, action: str, name: str, domain: Domain, **context) -> dict:
        """The screen behind a figure, which says the same: grouped as the figure counts."""
        return {
            "action": f"customer_sales_report.{action}",
            "name": name,
            "domain": list(domain),
            "context": context,
        }

    @api.model
    def _month_starts(self, count: int) -> list:
        """The first days of so many months, the last of which is this one."""
        this_month = fields.Date.context_today(self).replace(day=1)
        return [fields.Date.subtract(this_month, months=n) for n in reversed(range(count))]

    @api.model
    def _months(self, scope: Domain) -> dict:
        """Net sales of twelve months beside the twelve before."""
        months = self._month_starts(MONTHS)
        found = dict(
            self.env[PURCHASES]._read_group(
                scope & self._since(months[0]), ["date:month"], ["net:sum_currency"]
            )
        )
        amounts = [float(found.get(month, 0)) for month in months]
        return {
            "labels": [fields.Date.to_string(month) for month in months[12:]],
            "before": amounts[:12],
            "year": amounts[12:],
        }

    @api.model
    def _parts(self, periods: ComparedPeriods, scope: Domain, profiles: dict) -> list[dict]:
        """How customers and sales are made up: status, segment, class, channel.

        :param profiles: as of :meth:`_profile_groups`
        :return: for each ``name``, ``measure`` and ``rows``: ``name``, ``customers``, ``net``,
            ``color`` and what each ``opens``
        """
        Profiles = self.env[PROFILE]
        parts = []
        for field_name in PARTS:
            field = Profiles._fields[field_name]
            is_record = field.type == "many2one"
            labels = {} if is_record else dict(field._description_selection(self.env))
            rows = []
            for value, count, net, _stake in profiles[field_name]:
                if not value:
                    continue
                key = value.id if is_record else value
                name = value.name if is_record else labels[value]
                rows.append(
                    {
                        "key": key,
                        "name": name,
                        "color": value.color if is_record else False,
                        "customers": count,
                        "net": float(net),
                        "opens": self._opens(
                            "action_customer_sales_profile",
                            name,
                            scope & Domain(field_name, "=", key),
                        ),
                    }
                )
            if labels:
                rows.sort(key=lambda row: list(labels).index(row["key"]))
            parts.append(
                {
                    "key": field_name,
                    "name": field.get_description(self.env, ["string"])["string"],
                    "rows": rows,
                }
            )
        parts.append(self._channels(periods, scope))
        return parts

    @api.model
    def _channels(self, periods: ComparedPeriods, scope: Domain) -> dict:
        field = self.env[PURCHASES]._fields["channel"]
        labels = dict(field._description_selection(self.env))
        within = scope & self._within(periods.current)
        rows = [
            {
                "key": channel,
                "name": labels.get(channel, ""),
                "color": False,
                "customers": customers,
                "net": float(net),
                "opens": self._opens(
                    "action_customer_sales_purchase",
                    labels.get(channel, ""),
                    within & Domain("channel", "=", channel),
                    group_by=["partner_id"],
                ),
            }
            for channel, customers, net in self.env[PURCHASES]._read_group(
                within,
                ["channel"],
                ["partner_id:count_distinct", "net:sum_currency"],
                order="net:sum_currency desc",
            )
        ]
        return {
            "key": "channel",
            "name": field.get_description(self.env, ["string"])["string"],
            "rows": rows,
        }
