"""What is sold: goods and services, by the unit and by the dozen."""

# A row of the table a line:
# ruff: noqa: E501

from dataclasses import dataclass

from odoo.fields import Command


@dataclass(frozen=True)
class Product:
    code: str
    name: str
    arabic: str
    category: str
    price: float  # in Saudi riyals
    cost: float
    shelf: str = ""  # category at the point of sale; not sold there without one
    dozens: bool = False  # companies buy it by the dozen


CATEGORIES = {
    "beans": "Goods / Coffee / Beans",
    "ground": "Goods / Coffee / Ground & Capsules",
    "dates": "Goods / Dates",
    "gifts": "Goods / Gift Boxes",
    "cups": "Goods / Serveware / Cups",
    "pots": "Goods / Serveware / Pots & Trays",
    "machines": "Goods / Equipment / Machines",
    "parts": "Goods / Equipment / Accessories & Parts",
    "care": "Services / Maintenance",
    "people": "Services / Training & Catering",
    "delivery": "Services / Delivery",
}

PRESENTS = {"dates", "gifts"}  # categories priced with VAT

PRODUCTS = (
    Product("BN-ETH", "Ethiopian Harrar Beans 1 kg", "بن هرري إثيوبي 1 كجم", "beans", 92, 55, "Coffee"),
    Product("BN-YEM", "Yemeni Haraz Beans 1 kg", "بن حرازي يمني 1 كجم", "beans", 168, 104, "Coffee"),
    Product("BN-KHO", "Khawlani Beans 1 kg", "بن خولاني 1 كجم", "beans", 210, 138, "Coffee"),
    Product("BN-BRA", "Brazil Santos Beans 1 kg", "بن برازيلي سانتوس 1 كجم", "beans", 68, 39, "Coffee"),
    Product("BN-COL", "Colombia Supremo Beans 1 kg", "بن كولومبي سوبريمو 1 كجم", "beans", 79, 46, "Coffee"),
    Product("BN-DEC", "Decaffeinated Beans 1 kg", "بن منزوع الكافيين 1 كجم", "beans", 85, 52, "Coffee"),
    Product("GR-ARA", "Arabic Coffee with Cardamom 500 g", "قهوة عربية بالهيل 500 جم", "ground", 46, 24, "Coffee", True),
    Product("GR-SAF", "Arabic Coffee with Saffron 250 g", "قهوة عربية بالزعفران 250 جم", "ground", 58, 33, "Coffee", True),
    Product("GR-TUR", "Turkish Coffee 250 g", "قهوة تركية 250 جم", "ground", 24, 12, "Coffee", True),
    Product("GR-ESP", "Espresso Blend 500 g", "خلطة إسبريسو 500 جم", "ground", 42, 23, "Coffee", True),
    Product("GR-CAP", "Espresso Capsules, box of 50", "كبسولات إسبريسو، علبة 50", "ground", 89, 61, "Coffee"),
    Product("GR-DRI", "Drip Coffee Bags, box of 10", "أكياس قهوة مقطرة، علبة 10", "ground", 35, 17, "Coffee", True),
    Product("DT-AJW", "Ajwa Dates 1 kg", "تمر عجوة 1 كجم", "dates", 95, 60, "Dates"),
    Product("DT-SUK", "Sukkari Dates 3 kg", "تمر سكري 3 كجم", "dates", 72, 41, "Dates"),
    Product("DT-KHL", "Khalas Dates 1 kg", "تمر خلاص 1 كجم", "dates", 38, 20, "Dates", True),
    Product("DT-MED", "Medjool Dates 1 kg", "تمر مجدول 1 كجم", "dates", 65, 37, "Dates"),
    Product("DT-CHO", "Chocolate Dates 500 g", "تمر بالشوكولاتة 500 جم", "dates", 55, 30, "Dates", True),
    Product("DT-SYR", "Date Syrup 500 ml", "دبس تمر 500 مل", "dates", 22, 9.5, "Dates", True),
    Product("GF-SML", "Hospitality Box, small", "صندوق ضيافة صغير", "gifts", 120, 68, "Gifts"),
    Product("GF-LRG", "Hospitality Box, large", "صندوق ضيافة كبير", "gifts", 260, 151, "Gifts"),
    Product("GF-RAM", "Ramadan Gift Basket", "سلة هدايا رمضان", "gifts", 340, 205, "Gifts"),
    Product("GF-COR", "Corporate Gift Set", "طقم هدايا الشركات", "gifts", 480, 290, "Gifts"),
    Product("CP-FIN", "Finjan Cup", "فنجان قهوة", "cups", 9, 3.6, "Serveware", True),
    Product("CP-GLD", "Gilded Finjan Cup", "فنجان مذهب", "cups", 21, 9, "Serveware", True),
    Product("CP-ESP", "Espresso Cup", "كوب إسبريسو", "cups", 17, 7.2, "Serveware", True),
    Product("CP-GLS", "Tea Glass", "استكانة شاي", "cups", 7, 2.5, "Serveware", True),
    Product("CP-PAP", "Paper Cups, sleeve of 50", "أكواب ورقية، 50 كوبًا", "cups", 14, 7.9, "", True),
    Product("PT-DAL", "Brass Dallah Pot", "دلة نحاس", "pots", 245, 140, "Serveware"),
    Product("PT-THR", "Thermos Dallah 1 l", "ترمس دلة 1 لتر", "pots", 118, 66, "Serveware"),
    Product("PT-TRY", "Serving Tray", "صينية تقديم", "pots", 75, 36, "Serveware"),
    Product("PT-MBK", "Incense Burner", "مبخرة", "pots", 135, 71, "Gifts"),
    Product("MC-ESP", "Espresso Machine, two groups", "آلة إسبريسو بذراعين", "machines", 9800, 7150),
    Product("MC-AUT", "Automatic Coffee Machine", "آلة قهوة أوتوماتيكية", "machines", 4350, 3090),
    Product("MC-GRN", "On-demand Grinder", "مطحنة قهوة", "machines", 2150, 1480),
    Product("MC-BRW", "Arabic Coffee Brewer 5 l", "غلاية قهوة عربية 5 لتر", "machines", 690, 415),
    Product("PR-FLT", "Water Filter Cartridge", "فلتر ماء", "parts", 145, 74),
    Product("PR-GSK", "Gasket Set", "طقم جوانات", "parts", 48, 15),
    Product("PR-TMP", "Tamper 58 mm", "مكبس قهوة 58 مم", "parts", 110, 49, "Serveware"),
    Product("PR-CLN", "Machine Cleaning Tablets", "أقراص تنظيف الآلة", "parts", 39, 16, "", True),
    Product("SV-MNT", "Machine Maintenance Visit", "زيارة صيانة", "care", 350, 160),
    Product("SV-INS", "Installation", "تركيب", "care", 450, 210),
    Product("SV-BAR", "Barista Training, day", "تدريب باريستا، يوم", "people", 1200, 640),
    Product("SV-HOS", "Hospitality Staff, evening", "مضيفو قهوة، أمسية", "people", 900, 560),
    Product("SV-DLV", "Delivery", "توصيل", "delivery", 60, 48),
)  # fmt: skip


def create_products(env, companies):
    """Create the products; return them by code.

    What is for presents is priced with VAT, as shops do; all else without.

    :param companies: their sales taxes are set on the products
    """
    riyal = env.company.currency_id
    taxes = env["account.tax"].union(*(company.account_sale_tax_id for company in companies))
    taxes_included = env["account.tax"].union(*(_price_included(tax) for tax in taxes))
    categories = {key: _category(env, path) for key, path in CATEGORIES.items()}
    shelves = {
        name: env["pos.category"].create({"name": name}).id
        for name in dict.fromkeys(product.shelf for product in PRODUCTS if product.shelf)
    }
    records = env["product.product"].create(
        [
            {
                "default_code": product.code,
                "name": product.name,
                "categ_id": categories[product.category].id,
                "type": "service" if product.code.startswith("SV-") else "consu",
                "invoice_policy": "order",
                "list_price": product.price,
                "standard_price": product.cost,
                "taxes_id": [
                    Command.set((taxes_included if product.category in PRESENTS else taxes).ids)
                ],
                "available_in_pos": bool(product.shelf),
                "pos_categ_ids": [Command.link(shelves[product.shelf])] if product.shelf else [],
            }
            for product in PRODUCTS
        ]
    )
    for product, record in zip(PRODUCTS, records, strict=True):
        record.with_context(lang="ar_001").name = product.arabic
        for company in companies:
            if company != env.company:  # each has its own cost, in its own currency
                record.with_company(company).standard_price = riyal._convert(
                    product.cost, company.currency_id, company
                )
    return dict(zip((product.code for product in PRODUCTS), records, strict=True))


def _price_included(tax):
    """The same tax for prices that include it; it is not charged abroad either."""
    included = tax.copy({"name": f"{tax.name} incl.", "price_include_override": "tax_included"})
    exports = tax.search([("original_tax_ids", "in", tax.ids)])
    exports.original_tax_ids = [Command.link(included.id)]
    return included


def _category(env, path):
    category = env["product.category"]
    for name in path.split(" / "):
        parent, category = (
            category,
            category.search([("name", "=", name), ("parent_id", "=", category.id)], limit=1),
        )
        category = category or category.create({"name": name, "parent_id": parent.id})
    return category
