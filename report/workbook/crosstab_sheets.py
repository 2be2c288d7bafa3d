"""Crosstabs: customers in rows, products or months in columns."""

from ...tools.export_request import MONTHS, PRODUCTS
from .book import COLUMN_LIMIT, Table
from .columns import MONEY, NUMBER, TEXT, Column, name_of_nothing

CHUNK = 200  # rows at a time: they may be 16,000 columns wide


def write_customer_products(book, reader, figures, words, column_limit: int = COLUMN_LIMIT):
    """Write the crosstab of customers and products, the largest first on both sides.

    :param column_limit: beyond it, the smallest products share the last column
    """
    measure = reader.request.measure
    products = figures.products(measure)
    _query, factory = reader.lines()
    labels = factory.labels_of("product_tmpl_id")
    shown = products if len(products) + 2 <= column_limit else products[: column_limit - 3]
    no_product = name_of_nothing(reader.env, reader.model._fields["product_tmpl_id"])
    names = []
    for product, _sum in shown:
        labels.learn([product])
        names.append((labels[product] or words.nothing) if product else no_product)
    sums = [amount for _product, amount in shown]
    places = {product: place for place, (product, _sum) in enumerate(shown)}
    if len(shown) < len(products):
        names.append(words.others)
        sums.append(sum(amount for _product, amount in products[len(shown) :]))
    crosstab = _Crosstab(book, reader, words, figures, names, sums)
    crosstab.draw(PRODUCTS, "product_tmpl_id", places)


def write_customer_months(book, reader, figures, words):
    """Write the crosstab of customers and months, from the first usual month to the last."""
    months = figures.months(reader.request.measure)
    names = [words.period(month, "month") for month, _sum in months.sums]
    sums = [amount for _month, amount in months.sums]
    places = {month: place for place, (month, _sum) in enumerate(months.sums)}
    if months.others is not None:
        names.append(words.other_dates)
        sums.append(months.others)
    crosstab = _Crosstab(book, reader, words, figures, names, sums)
    crosstab.draw(MONTHS, "month", places)


class _Crosstab:
    """
    :param names: of the columns
    :param sums: of the columns
    """

    def __init__(self, book, reader, words, figures, names: list[str], sums: list[float]):
        self.book, self.reader, self.words, self.figures = book, reader, words, figures
        self.names, self.sums = names, sums

    def draw(self, content: str, name: str, places: dict):
        """
        :param name: what the columns are, as of :meth:`Figures.by_customer_and`
        :param places: value -> number of its column; all others share the last
        """
        _query, factory = self.reader.lines()
        self.labels = factory.customer_labels()
        columns = self._columns(factory)
        totals = {f"c{place}": amount for place, amount in enumerate(self.sums)}
        totals["all"] = sum(self.sums)
        rows = self.figures.overall.rows
        table = Table(self.book, self.words.sheet(content), columns, rows, totals, 2)
        table.fill(self._chunks(name, places))

    def _columns(self, factory) -> list[Column]:
        if self.reader.request.measure == "quantity":
            digits = (factory.model._fields["quantity"].get_digits(factory.env) or (16, 2))[1]
            kind, label = NUMBER, self.words.measured
        else:
            kind, digits = MONEY, factory.currency.decimal_places
            label = factory.in_currency(self.words.measured, factory.currency)
        return [
            Column("customer", self.words.customer, TEXT),
            Column("all", label, kind, digits, is_summed=True),
            *(
                Column(f"c{place}", name, kind, digits, is_summed=True)
                for place, name in enumerate(self.names)
            ),
        ]

    def _chunks(self, name: str, places: dict):
        last = len(self.names) - 1
        rows = []
        for customer, sums in self.figures.by_customer_and(name, self.reader.request.measure):
            cells = [None] * len(self.names)
            for value, amount in sums:
                place = places.get(value, last)
                cells[place] = (cells[place] or 0.0) + amount
            rows.append((customer, sum(amount for _value, amount in sums), cells))
            if len(rows) == CHUNK:
                yield self._with_names(rows)
                rows = []
        if rows:
            yield self._with_names(rows)

    def _with_names(self, rows):
        self.labels.learn([customer for customer, _sum, _cells in rows])
        return [(self._name(customer), total, *cells) for customer, total, cells in rows]

    def _name(self, customer) -> str:
        if not customer:
            return self.words.nobody
        return self.labels[customer] or self.words.nothing
