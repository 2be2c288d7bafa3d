from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ..models.customer_sales_compared_mixin import COMPARED
from ..models.customer_sales_ratio_mixin import Ratio
from ..tools.export_request import GROUPED, LINES, SUMMARY, TOTALS, ExportRequest
from .customer_sales_retention_report import PERIOD
from .workbook.anonymization import stays
from .workbook.export_file import rows_to_write, write_export


class CustomerSalesExportedMixin(models.AbstractModel):
    """For models with ``customer.sales.privacy.mixin`` whose rows are exported as workbooks, by the
    dialog of this app: what there is to say about their columns. The rows are read by the model's
    own search."""

    _name = "customer.sales.exported.mixin"
    _description = "Customer Sales: Exported as Workbook"

    # ---------------------------------------------------------------------------------------
    # What there is to export
    # ---------------------------------------------------------------------------------------

    @api.model
    def _sheets(self) -> tuple[str, ...]:
        """Hook: the sheets that a workbook of this model may have, of
        :data:`.export_request.CONTENTS`."""
        return SUMMARY, LINES, GROUPED, TOTALS

    @api.model
    def _name_of_rows(self) -> str:
        """Hook: what the sheet with one row for each record is called, in the reader's language."""
        return self.env._("Rows")

    @api.model
    def _usual_groups(self) -> list[str]:
        """Hook: what totals are grouped by where the screen groups by nothing."""
        return []

    @api.model
    def _order_of_totals(self) -> tuple[str, bool] | None:
        """Hook: the column that totals are sorted by, and whether the largest comes first. None:
        the first column, the largest first."""
        return None

    # ---------------------------------------------------------------------------------------
    # Columns
    # ---------------------------------------------------------------------------------------

    @api.model
    def _columns_without_names(self) -> set[str]:
        """Hook: the columns and conditions that a file without names may have, because they cannot
        tell who a customer is. A column that another addon adds is left out until it is here."""
        return set()

    @api.model
    def _numbered_columns(self) -> dict[str, str]:
        """Hook: the columns that a file without names has as numbers: column -> prefix. For each
        prefix a record has one number, in the files of all models."""
        return {}

    @api.model
    def _columns_in_sql(self) -> set[str]:
        """Hook: computed fields that ``_field_to_sql`` knows."""
        return set()

    @api.model
    def _columns_left_out(self) -> set[str]:
        """Hook: fields that are no columns of a file."""
        return set()

    @api.model
    def _shares(self) -> dict[str, int]:
        """Hook: the numbers that are shares or percentages -> what stands for the whole, 1 or 100.
        A workbook's percentages count to 1."""
        return {}

    @api.model
    def _ratios_of_sums(self) -> dict[str, Ratio]:
        """Hook: column -> the columns whose totals make up its total.
        ``customer.sales.ratio.mixin``, which comes before this one, says it of its ratios."""
        return {}

    @api.model
    def _adding_up(self, domain):
        """Hook: this model, so that :meth:`_is_summed` says what is added up of the rows of a
        domain."""
        return self

    @api.model
    def _is_summed(self, field) -> bool:
        """Hook: whether the values of a column may be added up, also those of groups."""
        return field.aggregator == "sum"

    # ---------------------------------------------------------------------------------------
    # Requests
    # ---------------------------------------------------------------------------------------

    @api.model
    def _for_request(self, request: ExportRequest):
        """This model as it has the rows of a request: of the periods that were chosen for it."""
        context = {COMPARED: request.compared, PERIOD: request.retention_period}
        return self.with_context(**{key: value for key, value in context.items() if value})

    @api.model
    def _more_words(self, request: ExportRequest) -> str:
        """Hook: what a request selects beside its filter, in words; an empty text for nothing."""
        return ""

    @api.model
    def _note_of_export(self) -> str:
        """Hook: what the reader of a file has to know; an empty text for nothing."""
        return ""

    @api.model
    def _stored_until(self) -> str:
        """The note of those that show stored tables."""
        state = self.env["customer.sales.refresh"].state_of()
        if not state["as_of"]:
            return ""
        moment = format_datetime(self.env, state["as_of"], tz=str(self.env.tz), dt_format="short")
        return self.env._("The figures are of the documents until %s.", moment)

    @api.model
    def _exported_paths(self, request: ExportRequest) -> list[list[str]]:
        """What the file of a request shows of its rows, for the export log: paths of field names,
        groups included."""
        return [[name] for name in request.names if not request.without_names or stays(self, name)]

    @api.model
    def _exported_groups(self, request: ExportRequest) -> set[str]:
        """Hook: groups whose permission sheets use beyond their columns, as external ids."""
        return set()

    @api.model
    def _write_export(self, request: ExportRequest, path: str, advance=lambda rows: None) -> int:
        """Write the file of a request, as the current user may see its rows.

        See :func:`.write_export` for the parameters, the result and the errors.
        """
        return write_export(self.env, request, path, advance=advance)

    @api.model
    def _rows_to_write(self, request: ExportRequest, line_count: int) -> int:
        """How many rows the file of a request has, as far as that can be told beforehand.

        :param line_count: rows that its filter lets through
        """
        return rows_to_write(request, line_count)

    @api.model
    def _bridge_of_export(self, domain: Domain, names: bool) -> dict:
        """Hook: the bridge between two periods of the rows of a domain, as of
        ``customer.sales.change.report``.

        :param names: whether its sentences may name customers
        """
        raise NotImplementedError
