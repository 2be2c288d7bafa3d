from dataclasses import asdict, dataclass, field

LINES, GROUPED = "lines", "grouped"
SUMMARY, BY_CUSTOMER, CUSTOMERS = "summary", "by_customer", "customers"
PRODUCTS, MONTHS = "customer_products", "customer_months"
# In the order of their sheets
CONTENTS = (SUMMARY, LINES, GROUPED, BY_CUSTOMER, CUSTOMERS, PRODUCTS, MONTHS)


@dataclass(frozen=True)
class ExportRequest:
    """What a user asked to be written to a file. It says nothing of who the user is.

    :param model: technical name of a report of this app
    :param domain: which rows, as a plain list
    :param columns: names of the model's fields, in order
    :param contents: which sheets, of :data:`CONTENTS`; a CSV file has the lines alone
    :param group_by: what the lines are grouped by on the sheet :data:`GROUPED`, such as
        ``["product_tmpl_id", "date:month"]``
    :param order: order of the lines, as of a search; empty for the model's own
    :param measure: what crosstabs add up: ``price_subtotal`` or ``quantity``
    :param has_links: document numbers open their documents
    :param without_names: customers are numbers, and nothing tells who they are
    :param file_format: ``xlsx`` or ``csv``
    :param headings: name of a column -> what stands above it, where that is not the field's name
    """

    model: str
    domain: list
    columns: list[str]
    contents: list[str]
    title: str = ""
    group_by: list[str] = field(default_factory=list)
    order: str = ""
    measure: str = "price_subtotal"
    has_links: bool = False
    without_names: bool = False
    file_format: str = "xlsx"
    headings: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        return asdict(self)

    def has(self, *contents: str) -> bool:
        return any(content in self.contents for content in contents)
