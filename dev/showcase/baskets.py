"""What goes into a purchase."""

from dataclasses import dataclass

from .products import PRODUCTS

# Categories by industry; persons buy what stands on the shelves
TASTES = {
    "Food/Hospitality": ["beans", "ground", "cups", "pots", "machines", "parts", "care", "people"],
    "Wholesale/Retail": ["beans", "ground", "dates", "gifts", "cups", "pots"],
}
OFFICE_TASTE = ["ground", "dates", "gifts", "cups", "machines", "parts", "care", "people"]


@dataclass
class Line:
    """A line of any document; ``quantity`` in ``uom``, ``discount`` in percent."""

    product: object
    quantity: float
    uom: object
    discount: float = 0

    def values(self, quantity_field):
        """For a line of an order or an invoice, which computes the price itself."""
        return {
            "product_id": self.product.id,
            quantity_field: self.quantity,
            "product_uom_id": self.uom.id,
            "discount": self.discount,
        }


def favorites(customer, rng):
    """The handful of products (rows of PRODUCTS) that this customer buys, best first."""
    if customer is None or customer.kind == "person" or customer.buys == "till":
        choice = [product for product in PRODUCTS if product.shelf and product.price < 300]
    else:
        taste = TASTES.get(customer.industry, OFFICE_TASTE)
        choice = [product for product in PRODUCTS if product.category in taste]
    return rng.sample(choice, min(len(choice), 9))


def fill(business, buyer, worth):
    """Lines of about that worth, untaxed, in the company's currency."""
    rng = buyer.rng
    rate = _riyals(business, buyer)
    weights = range(len(buyer.favorites), 0, -1)
    chosen = dict.fromkeys(rng.choices(buyer.favorites, weights, k=rng.randrange(2, 6)))
    share = worth * rate / len(chosen)
    affordable = [product for product in chosen if product.price <= 1.5 * share]
    chosen = affordable or [min(buyer.favorites, key=lambda product: product.price)]
    lines = [
        _line(business, buyer, product, worth * rate / len(chosen) * rng.uniform(0.7, 1.3))
        for product in chosen
    ]
    if buyer.customer.kind == "company" and rng.random() < 0.05:
        lines.append(_sample(business, rng))
    return lines


def delivery(business):
    product = business.products["SV-DLV"]
    return Line(product, 1, product.uom_id)


def _line(business, buyer, product, share):
    rng = buyer.rng
    record = business.products[product.code]
    quantity = max(1, round(share / product.price))
    discount = 0
    if {"VIP", "Wholesale"} & set(buyer.customer.tags.split(",")) and rng.random() < 0.4:
        discount = rng.choice([5, 10, 10, 15])
    if product.dozens and quantity >= 12 and buyer.customer.kind == "company":
        dozen = business.env.ref("uom.product_uom_dozen")
        return Line(record, round(quantity / 12), dozen, discount)
    return Line(record, quantity, record.uom_id, discount)


def _sample(business, rng):
    """A free sample: a line with a discount of all."""
    product = business.products[rng.choice(["GR-SAF", "DT-CHO", "BN-KHO"])]
    return Line(product, 1, product.uom_id, 100)


def _riyals(business, buyer):
    """Riyals for one unit of the company's currency, about."""
    return 1 if business.companies[buyer.company].currency_id.name == "SAR" else 3.75
