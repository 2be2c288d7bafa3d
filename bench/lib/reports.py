"""The four reports that are measured, and what the web client asks of each."""

from dataclasses import dataclass

from lxml import etree

PAGE = 80  # rows and groups on a page of the web client
COUNT_LIMIT = 10001  # where its counter stops


@dataclass(frozen=True)
class Report:
    """A report, and its names for the same things.

    :param list_view: the XML id of its list
    :param default_filter: the domain that it opens with
    :param names: what is asked for -> the report's field; what a report does not have is missing
    :param open_method: the button method that opens a row's document; where it is None, a click
        on a row opens the row's own form
    """

    model: str
    list_view: str
    default_filter: list
    names: dict[str, str]
    has_time: bool = True
    open_method: str | None = None


OURS = Report(
    model="customer.sales.report",
    list_view="customer_sales_report.customer_sales_report_view_list",
    default_filter=[("counts_as_sale", "=", True)],
    names={
        "date": "date",
        "customer": "commercial_partner_id",
        "contact": "partner_id",
        "product": "product_tmpl_id",
        "category": "categ_id",
        "document_type": "document_type",
        "country": "country_id",
        "number": "document_number",
        "amount": "price_subtotal",
        "quantity": "quantity",
    },
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
            "contact": "partner_id",
            "product": "product_id.product_tmpl_id",
            "category": "product_categ_id",
            "document_type": "move_type",
            "country": "country_id",
            "number": "move_id.name",
            "amount": "price_subtotal",
            "quantity": "quantity",
        },
        has_time=False,
    ),
    Report(
        model="report.pos.order",
        list_view="point_of_sale.report_pos_order_view_tree",
        default_filter=[("state", "!=", "cancel")],
        names={
            "date": "date",
            "customer": "partner_id",
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


class View:
    """The list of a report as the web client knows it for one user: its columns, by the view's
    architecture after access rights."""

    def __init__(self, env, report):
        view_id = env.ref(report.list_view).id
        views = env[report.model].get_views([(view_id, "list")])
        arch = etree.fromstring(views["views"]["list"]["arch"])
        fields = views["models"][report.model]["fields"]
        self.fields = {
            node.get("name"): fields[node.get("name")] for node in arch.iterchildren("field")
        }

    @property
    def specification(self):
        """What web_search_read shall read, as ``getFieldsSpec`` of the web client has it."""
        return {
            name: {"fields": {"display_name": {}}}
            if field["type"] in ("many2one", "reference")
            else {"fields": {"display_name": {}, "color": {}}}
            if field["type"] == "many2many"
            else {}
            for name, field in self.fields.items()
        }

    @property
    def aggregates(self):
        """What web_read_group shall sum up, as ``getAggregateSpecifications`` has it."""
        summed = {
            name: field
            for name, field in self.fields.items()
            if field.get("aggregator") and field["type"] in ("float", "integer", "monetary")
        }
        specs = [f"{name}:{field['aggregator']}" for name, field in summed.items()]
        for name, field in summed.items():
            specs += currency_aggregates(name, field)
        return list(dict.fromkeys(specs))


def currency_aggregates(name, field):
    if not field.get("currency_field"):
        return []
    return [f"{field['currency_field']}:array_agg_distinct", f"{name}:sum_currency"]


def measures(env, report, names):
    """What formatted_read_group shall sum up for measures, as the pivot of the web client asks."""
    fields = env[report.model].fields_get(names, ["aggregator", "currency_field"])
    specs = []
    for name in names:
        specs += [f"{name}:{fields[name]['aggregator']}", *currency_aggregates(name, fields[name])]
    return [*specs, "__count"]
