from collections import defaultdict

from odoo import api, fields, models

from ...tools.names_of_nothing import WALK_IN
from ...tools.terms import CHANNELS, MARGIN_GROUP, REPORT


class CustomerSalesPurchase(models.Model):
    """A document that counts as a sale: an invoice, credit note or sales receipt, or a receipt of
    the point of sale that has no posted invoice.

    The rows are derived in sets from ``customer.sales.report`` and go with their document. Nothing
    else is written here.
    """

    _name = "customer.sales.purchase"
    _inherit = [
        "customer.sales.custom.fields.mixin",
        "customer.sales.layout.mixin",
        "customer.sales.who.mixin",
        "customer.sales.of.lines.mixin",
        "customer.sales.currency.mixin",
    ]
    _description = "Purchases"
    _order = "date desc, id desc"
    _log_access = False
    _rec_name = "document_ref"
    _rows_grant_names = True
    _columns_of_lines = {"document_ref": "document_ref"}

    document_ref = fields.Reference(
        selection="_selection_document_ref",
        string="Document",
        required=True,
        readonly=True,
        exportable=False,
        help="The invoice or receipt.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The invoice, credit note or sales receipt, if it is one.",
    )
    pos_order_id = fields.Many2one(
        "pos.order",
        string="Receipt",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The receipt of the point of sale, if it is one.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The company that made the sale.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        falsy_value_label=WALK_IN,
        help="The company or person that bought. Empty for walk-ins.",
    )
    contact_id = fields.Many2one(
        "res.partner",
        readonly=True,
        falsy_value_label=WALK_IN,
        help="The contact or address on the document itself.",
    )
    user_id = fields.Many2one(
        "res.users", string="Salesperson", readonly=True, help="Who made the sale."
    )
    channel = fields.Selection(
        CHANNELS,
        readonly=True,
        help="Where the sale was made. A document of several channels is in the one that comes "
        "first of website, sales, point of sale and direct.",
    )
    date = fields.Date(
        readonly=True,
        required=True,
        help="Invoices: the invoice date. Receipts: their day in the company's time zone.",
    )
    kind = fields.Selection(
        [("purchase", "Purchase"), ("return", "Return"), ("nil", "Zero")],
        string="Purchase or Return",
        required=True,
        readonly=True,
        help="A purchase has a positive untaxed total, a return a negative one. A document of "
        "zero is neither.",
    )
    net = fields.Monetary(
        string="Net Sales",
        readonly=True,
        help="The document's untaxed total in the company's currency. Returns are negative.",
    )
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="The sum of the lines' quantities, each in its product's own unit.",
    )
    line_count = fields.Integer(
        string="Lines", readonly=True, help="How many product lines the document has."
    )
    cost = fields.Monetary(
        readonly=True, groups=MARGIN_GROUP, help="What the products on the document cost you."
    )

    days_between = fields.Integer(
        string="Days between",
        compute="_compute_days_between",
        exportable=False,
        help="Days since the customer's purchase day before, of those that you may see.",
    )

    _document_key = models.UniqueIndex("(document_ref)")
    _customer_key = models.Index("(company_id, partner_id, date)")
    # All that is counted and added up of the purchases of a period
    _day_key = models.Index("(company_id, date) INCLUDE (kind, partner_id, net, channel)")

    @api.model
    def _selection_document_ref(self):
        field = self.env[REPORT]._fields["document_ref"]
        return field._description_selection(self.env)

    @api.depends("document_ref")
    def _compute_display_name(self):
        """The document's number, as sales lines show it to whoever sees them."""
        for purchase in self:
            document = purchase.document_ref
            purchase.display_name = document and document.sudo().name

    @api.readonly
    def action_open_document(self):
        """Open the invoice or receipt.

        :return: a window action on the document
        :raise UserError: if the user may not open it
        """
        self.ensure_one()
        return self.env[REPORT]._open_document(self.document_ref, self.display_name)

    @api.depends("date", "partner_id", "kind")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_days_between(self):
        """The days between purchases, among those of the customer that the reader may see."""
        customers = self.partner_id
        days = defaultdict(list)
        for company, partner, day in self._read_group(
            [
                ("partner_id", "in", customers.ids),
                ("company_id", "in", self.company_id.ids),
                ("kind", "=", "purchase"),
            ],
            ["company_id", "partner_id", "date:day"],
            order="date:day",
        ):
            days[company, partner].append(day)
        for purchase in self:
            earlier = [
                day
                for day in days[purchase.company_id, purchase.partner_id]
                if purchase.partner_id and day < purchase.date
            ]
            is_purchase = purchase.kind == "purchase"
            purchase.days_between = (
                (purchase.date - earlier[-1]).days if earlier and is_purchase else 0
            )
