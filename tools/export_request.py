from dataclasses import asdict, dataclass, field
from typing import get_args, get_origin, get_type_hints

LINES, GROUPED = "lines", "grouped"
SUMMARY, BY_CUSTOMER, CUSTOMERS = "summary", "by_customer", "customers"
PRODUCTS, MONTHS = "customer_products", "customer_months"
COMPARED, BRIDGE = "compared", "bridge"
TOTALS, SEGMENTS, RETENTION = "totals", "segments", "retention"
# In the order of their sheets
CONTENTS = (
    *(SUMMARY, SEGMENTS, RETENTION, TOTALS, LINES, GROUPED, BY_CUSTOMER, CUSTOMERS),
    *(PRODUCTS, MONTHS, COMPARED, BRIDGE),
)

# Those that compare two periods
OF_TWO_PERIODS = {COMPARED, BRIDGE}

# Those that group as on the screen
OF_GROUPS = {GROUPED, TOTALS}

# Of a stored request; one without it is of version 1. To be raised when values get another meaning.
VERSION = 1
# Old names of fields -> their names today, for requests that were stored under the old ones
RENAMED: dict[str, str] = {}


@dataclass(frozen=True)
class ExportRequest:
    """What a user asked to be written to a file. It says nothing of who the user is.

    :param model: technical name of a model with ``customer.sales.exported.mixin``
    :param domain: which rows, as a plain list
    :param columns: names of the model's fields, in order
    :param contents: which sheets, of :data:`CONTENTS`; a CSV file has the lines alone
    :param group_by: what the lines are grouped by on the sheets :data:`GROUPED` and :data:`TOTALS`,
        such as ``["product_tmpl_id", "date:month"]``
    :param order: order of the lines, as of a search; empty for the model's own
    :param measure: what crosstabs add up: ``price_subtotal`` or ``quantity``
    :param has_links: document numbers open their documents
    :param without_names: customers are numbers, and nothing tells who they are
    :param file_format: ``xlsx`` or ``csv``
    :param headings: name of a column -> what stands above it, where that is not the field's name
    :param compared: the two periods of :data:`OF_TWO_PERIODS`, as a choice of
        ``customer.sales.compared.mixin``; empty for those that the user chose last
    :param measures: what :data:`TOTALS` and :data:`RETENTION` have, as on the screen; empty for all
        columns that have a total, and the share of customers
    :param retention_period: of :data:`RETENTION`: ``month``, ``quarter`` or ``year``; empty for
        months
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
    compared: dict[str, str] = field(default_factory=dict)
    measures: list[str] = field(default_factory=list)
    retention_period: str = ""

    def as_json(self) -> dict:
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, stored) -> "ExportRequest":
        """The request of :meth:`as_json`, also as an earlier release of the app gave it: names that
        are unknown today are left out, and what is missing has its default.

        :raise ValueError: if it does not say what to export, or a later release stored it
        """
        if not isinstance(stored, dict):
            raise ValueError("A stored request is a dictionary.")
        version = stored.get("version", 1)
        if not isinstance(version, int) or version > VERSION:
            raise ValueError(f"Version {version!r} of a stored request is unknown.")
        kinds = get_type_hints(cls)
        values = {RENAMED[name]: value for name, value in stored.items() if name in RENAMED}
        values |= {name: value for name, value in stored.items() if name in kinds}
        for name, value in values.items():
            if not _is_of_kind(value, kinds[name]):
                raise ValueError(f"{name} of a stored request is not {kinds[name]}.")
        try:
            return cls(**values)
        except TypeError as error:
            raise ValueError(str(error)) from error

    @property
    def names(self) -> list[str]:
        """The fields that the file shows of its lines: its columns, what it groups them by, and
        what it measures."""
        groups = self.group_by if OF_GROUPS & set(self.contents) else []
        measures = self.measures if {TOTALS, RETENTION} & set(self.contents) else []
        groups = [spec.partition(":")[0] for spec in groups]
        return list(dict.fromkeys([*self.columns, *groups, *measures]))


def _is_of_kind(value, kind) -> bool:
    """Whether ``value`` is of a kind such as ``str`` or ``list[str]``."""
    if not isinstance(value, get_origin(kind) or kind):
        return False
    inside = get_args(kind)
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return not inside or all(isinstance(part, inside) for part in parts)
