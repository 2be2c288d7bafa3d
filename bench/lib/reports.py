"""The four reports that are measured."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """A report, and its names for the same things.

    :param list_view: the XML id of its list
    :param default_filter: the domain that it opens with
    :param names: what is asked for -> the report's field; what a report does not have is missing
    :param typed_operator: what the search bar does with a customer's name
    :param open_method: the button method that opens a row's document; where it is None, a click
        on a row opens the row's own form
    """

    model: str
    list_view: str
    default_filter: list
    names: dict[str, str]
    typed_operator: str = "ilike"
    has_time: bool = True
    open_method: str | None = None


OURS = Report(
    model="customer.sales.report",
    list_view="customer_sales_report.customer_sales_report_view_list",
    default_filter=[("counts_as_sale", "=", True)],
    names={
        "date": "date",
        "customer": "commercial_partner_id",
        "typed_customer": "commercial_partner_id",
        "contact": "partner_id",
        "product": "product_tmpl_id",
        "category": "categ_id",
        "document_type": "document_type",
        "country": "country_id",
        "number": "document_number",
        "amount": "price_subtotal",
        "quantity": "quantity",
    },
    typed_operator="child_of",
    has_time=False,
    open_method="action_open_document",
)

NATIVE = [
    Report(
        model="sale.report",
        list_view="sale.sale_report_view_tree",
        default_filter=[
            ("state", "!=", "cancel"),
            ("state", "not in", ("draft", "cancel", "sent")),
        ],
        names={
            "date": "date",
            "customer": "commercial_partner_id",
            "typed_customer": "partner_id",
            "contact": "partner_id",
            "product": "product_tmpl_id",
            "category": "categ_id",
            "document_type": "state",
            "country": "country_id",
            "number": "name",
            "amount": "price_subtotal",
            "quantity": "product_uom_qty",
        },
        open_method="action_open_order",
    ),
    Report(
        model="account.invoice.report",
        list_view="account.account_invoice_report_view_tree",
        default_filter=[
            ("state", "not in", ("draft", "cancel")),
            ("move_type", "in", ("out_invoice", "out_refund")),
        ],
        names={
            "date": "invoice_date",
            "customer": "commercial_partner_id",
            "typed_customer": "partner_id",
            "contact": "partner_id",
            "product": "product_id.product_tmpl_id",
            "category": "product_categ_id",
            "document_type": "move_type",
            "country": "country_id",
            "number": "move_id.name",
            "amount": "price_subtotal",
            "quantity": "quantity",
        },
        typed_operator="child_of",
        has_time=False,
    ),
    Report(
        model="report.pos.order",
        list_view="point_of_sale.report_pos_order_view_tree",
        default_filter=[("state", "!=", "cancel")],
        names={
            "date": "date",
            "customer": "partner_id",
            "typed_customer": "partner_id",
            "contact": "partner_id",
            "product": "product_tmpl_id",
            "category": "product_categ_id",
            "document_type": "state",
            "number": "order_id.name",
            "amount": "price_subtotal_excl",
            "quantity": "product_qty",
        },
    ),
]
