from odoo import fields, models

from ..customer_sales_ratio_mixin import Ratio


class CustomerSalesPriceReport(models.Model):
    """What is paid for a product, and what customers do at a higher price.

    The rows are derived by a refresh of all documents; see :mod:`.price_derivation`. They speak of
    all customers of a company.
    """

    _name = "customer.sales.price.report"
    _inherit = [
        "customer.sales.privacy.mixin",
        "customer.sales.layout.mixin",
        "customer.sales.ratio.mixin",
        "customer.sales.currency.mixin",
    ]
    _description = "Prices"
    _order = "sold_year desc, id desc"
    _rec_name = "product_id"
    _log_access = False
    _rows_grant_names = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="The company that sells the product.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="cascade"
    )
    product_tmpl_id = fields.Many2one(
        related="product_id.product_tmpl_id", string="Product, All Variants"
    )
    categ_id = fields.Many2one(related="product_id.categ_id", string="Product Category")
    product_uom_id = fields.Many2one(
        related="product_id.uom_id", string="Unit", help="The unit that the prices are of."
    )

    # What is paid
    customers = fields.Integer(
        string="Customers of All Time",
        readonly=True,
        aggregator=None,
        help="How many customers have ever had the product.",
    )
    customers_year = fields.Integer(
        string="Customers",
        readonly=True,
        aggregator=None,
        help="How many customers bought the product at a price in the last 365 days.",
    )
    quantity_year = fields.Float(
        string="Quantity",
        digits="Product Unit",
        readonly=True,
        help="Sold to customers at a price in the last 365 days, in the product's own unit.",
    )
    sold_year = fields.Monetary(
        string="Sold",
        readonly=True,
        help="Untaxed total of the lines sold to customers at a price in the last 365 days: "
        "neither returns nor gifts.",
    )
    price_year = fields.Monetary(
        string="Average Price",
        readonly=True,
        aggregator="avg",
        help="Sold ÷ quantity. Grouped, a ratio of sums.",
    )
    lowest_price = fields.Monetary(
        readonly=True,
        aggregator="min",
        help="The average price of the customer that pays least.",
    )
    lower_quartile = fields.Monetary(
        readonly=True, aggregator=None, help="A quarter of the customers pay this or less."
    )
    median_price = fields.Monetary(
        readonly=True,
        aggregator=None,
        help="Half of the customers pay this or less. Empty where they are fewer than five.",
    )
    upper_quartile = fields.Monetary(
        readonly=True, aggregator=None, help="A quarter of the customers pay this or more."
    )
    highest_price = fields.Monetary(
        readonly=True,
        aggregator="max",
        help="The average price of the customer that pays most.",
    )
    median_gain = fields.Monetary(
        string="More at the Median",
        readonly=True,
        help="What the quantity of the year would have brought more if the customers that pay less "
        "than the median price had paid it.",
    )

    # What customers do at a higher price
    answer = fields.Selection(
        [
            ("clear", "Clear Response"),
            ("unclear", "No Clear Response"),
            ("little", "Too Little to Say"),
        ],
        string="Price Response",
        readonly=True,
        help="Whether the same customers take another quantity at another price. Too little to "
        "say: fewer than 30 purchases of 5 customers that bought at different prices. No clear "
        "response: it may as well be none.",
    )
    effect = fields.Float(
        string="At a Price 10 % Higher",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="By how much the quantity of one purchase changes at a price 10 % higher, with the "
        "same customer.",
    )
    effect_low = fields.Float(
        string="At Least",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="The lower end of the interval in which the effect lies with 95 % confidence.",
    )
    effect_high = fields.Float(
        string="At Most",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="The upper end of the interval in which the effect lies with 95 % confidence.",
    )
    slope = fields.Float(
        string="Elasticity",
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="By how many percent the quantity changes for each percent of the price: the slope of "
        "log quantity on log price within customer.",
    )
    response_purchases = fields.Integer(
        string="Purchases Compared",
        readonly=True,
        aggregator=None,
        help="Purchases, of all time, of customers that bought the product at different prices.",
    )
    response_customers = fields.Integer(
        string="Customers Compared",
        readonly=True,
        aggregator=None,
        help="How many customers bought the product at different prices.",
    )

    _product_key = models.UniqueIndex("(company_id, product_id)")

    def _ratios(self):
        return {**super()._ratios(), "price_year": Ratio("sold_year", "quantity_year")}
