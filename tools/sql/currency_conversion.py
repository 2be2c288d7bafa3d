from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cached_property, partial

from odoo.tools import SQL

from .expression import Expression


class CurrencyConversion:
    """Amounts of the selected companies in the reader's currency, at each document's own date.

    Odoo's own reports convert at today's rate, so that last year's figures move whenever a new
    rate is entered. Here a document keeps the rate of its day, as
    ``res.currency._get_conversion_rate`` gives it for the current company.

    The rates come as constants in the query: nothing is written, so that reading works on a
    replica, and where all selected companies share a currency the amounts stay untouched.

    :param env: the reader's environment; ``env.company`` gives the currency, ``env.companies``
        the companies whose amounts are converted
    """

    def __init__(self, env):
        self.env = env
        self.companies = env.companies.sudo()
        self.currency = env.company.sudo().currency_id
        self.foreign_currencies = self.companies.currency_id - self.currency

    def convert(self, amount: SQL, company: SQL, day: SQL) -> SQL:
        """``amount``, in the currency of ``company``, in the reader's currency.

        :param amount: numeric expression in the company's currency
        :param company: expression of the company's id
        :param day: date expression, the day whose rate applies
        """
        if not self.foreign_currencies:
            return amount
        cases = (
            Expression(
                "WHEN %(company)s IN %(company_ids)s THEN (%(amount)s) * "
                "%(rates)s.factors[width_bucket(%(day)s, %(rates)s.days)]",
                company=company,
                company_ids=tuple(
                    self.companies.filtered(lambda c, x=currency: c.currency_id == x).ids
                ),
                amount=amount,
                rates=self._alias(currency),
                day=day,
                needs=self._name(currency),
            )
            for currency in self.foreign_currencies
        )
        return Expression("CASE %s ELSE %s END", Expression(" ").join(cases), amount)

    def joins(self) -> dict[str, Callable[[], SQL]]:
        """The joins that :meth:`convert` needs, by their alias."""
        return {
            self._name(currency): partial(self._join, currency)
            for currency in self.foreign_currencies
        }

    def _join(self, currency) -> SQL:
        return SQL(
            "CROSS JOIN (SELECT %s::date[] AS days, %s::numeric[] AS factors) AS %s",
            *self._factors(currency),
            self._alias(currency),
        )

    def _name(self, currency) -> str:
        return f"rates_{currency.id}"

    def _alias(self, currency) -> Expression:
        return Expression.identifier(self._name(currency))

    def _factors(self, currency) -> tuple[list[date], list[float]]:
        """The days on which the factor from ``currency`` to the reader's changes, and the
        factor from each of them on; the first is the beginning of time."""
        source_rates, target_rates = self._rates[currency.id], self._rates[self.currency.id]
        days = sorted({date.min, *source_rates.days, *target_rates.days})
        return days, [target_rates.at(day) / source_rates.at(day) for day in days]

    @cached_property
    def _rates(self) -> dict[int, "CurrencyRates"]:
        """The rates of all currencies that are converted, read in one query."""
        Rate = self.env["res.currency.rate"]
        read = ["currency_id", "name", "rate", "company_id"]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT currency_id, name, rate, company_id IS NOT NULL
                  FROM res_currency_rate
                 WHERE currency_id IN %s AND (company_id IS NULL OR company_id = %s)
                 ORDER BY name
                %s
                """,
                tuple((self.foreign_currencies | self.currency).ids),
                self.env.company.root_id.id,
                SQL(to_flush=[Rate._fields[name] for name in read]),
            )
        )
        rates = defaultdict(list)
        for currency_id, *rate in rows:
            rates[currency_id].append(rate)
        return {
            currency.id: CurrencyRates(rates[currency.id])
            for currency in self.foreign_currencies | self.currency
        }


class CurrencyRates:
    """The rates of one currency over time, chosen as ``res.currency._get_rates`` does: the
    newest one so far, else the first one to come; a company's own before a shared one.

    :param rates: (day, rate, whether it is the company's own), by day
    """

    def __init__(self, rates: list[tuple[date, float, bool]]):
        self.days = [day for day, _rate, _own in rates]
        self._series = [
            [(day, rate) for day, rate, own in rates if own],
            [(day, rate) for day, rate, own in rates if not own],
        ]

    def at(self, day: date) -> float:
        """Units of this currency for one unit of the reference currency on ``day``."""
        for series in self._series:
            position = bisect_right(series, day, key=lambda entry: entry[0])
            if position:
                return series[position - 1][1]
        for series in self._series:
            if series:
                return series[0][1]
        return 1.0
