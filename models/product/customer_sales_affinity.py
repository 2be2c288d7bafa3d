from odoo import api, fields, models
from odoo.tools import format_date

from ...tools.number_text import number_text
from ...tools.record_names import names_as_reader
from . import affinity_derivation


class CustomerSalesAffinity(models.Model):
    """Two products that the same customers bought in the last 365 days.

    The rows are derived by a refresh of all documents; see :mod:`.affinity_derivation`. They speak
    of all customers of a company.
    """

    _name = "customer.sales.affinity"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Products that Go Together"
    _order = "similarity desc, id"
    _rec_name = "other_product_id"
    _log_access = False
    _rows_grant_names = True

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, index=True, ondelete="cascade"
    )
    other_product_id = fields.Many2one(
        "product.product",
        string="Goes with",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    customers = fields.Integer(
        string="Customers of Both",
        readonly=True,
        aggregator=None,
        help="Customers that bought both products in the last 365 days.",
    )
    similarity = fields.Float(
        readonly=True,
        digits=(16, 4),
        aggregator=None,
        help="Customers of both ÷ the square root of customers of one × customers of the other: 0 "
        "where nobody bought both, 1 where everybody who bought one bought the other.",
    )

    _products_key = models.UniqueIndex("(company_id, product_id, other_product_id)")

    @api.model
    def _suggestions(self, company, partner) -> list[dict]:
        """What customers with similar purchases buy and this one does not, the best first.

        Whoever calls must have made sure that the user may see what ``partner`` buys.

        :return: up to ten of ``product`` (a record), ``name`` and ``reason`` in words
        """
        found = self.env.execute_query(affinity_derivation.suggestions_select(company, partner))
        products = self.env["product.product"].browse(each for pair in found for each in pair)
        names = names_as_reader(products)
        return [
            {
                "product": self.env["product.product"].browse(product_id),
                "name": names[product_id],
                "reason": self.env._("Bought by customers of %s", names[reason_id]),
            }
            for product_id, reason_id in found
        ]

    @api.model
    def _refresh_record(self, company, day):
        """Try the suggestions on the company's own past, once a month, and keep what came of it on
        the company; the documents of all customers must have been derived."""
        record = company.customer_sales_suggestions_record or {}
        if record.get("last", "")[:7] != day.isoformat()[:7]:
            company.customer_sales_suggestions_record = affinity_derivation.try_on_past(
                company.env, day - affinity_derivation.TRIED_DAYS, day
            )

    @api.model
    def _record_words(self, company) -> str:
        """What is known of how good the suggestions of a company are, in a sentence."""
        record = company.sudo().customer_sales_suggestions_record
        if not record or record["precision"] is None:
            return self.env._(
                "Suggestions have not been tried on the past yet: too few customers bought a "
                "product that was new to them in the last 90 days."
            )

        def percent(share: float) -> str:
            return number_text(self.env, round(100 * share, 1))

        return self.env._(
            "Of ten products suggested to each of %(customers)s customers 90 days before %(day)s, "
            "%(precision)s %% were bought since; of the ten most popular products, %(popular)s %%.",
            customers=number_text(self.env, record["customers"]),
            day=format_date(self.env, record["last"]),
            precision=percent(record["precision"]),
            popular=percent(record["popular"]),
        )
