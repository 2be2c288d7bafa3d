from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...models.customer_sales_compared_mixin import OWN_DAYS
from ...report.workbook.anonymization import title_without_names
from ...report.workbook.book import COLUMN_LIMIT
from ...report.workbook.columns import can_be_read, exportable
from ...report.workbook.export_file import SHEETS_OF_LINES
from ...report.workbook.grouped_sheet import supported
from ...tools.client_values import mapping, not_understood, texts
from ...tools.compared_periods import OWN
from ...tools.domain_words import domain_words, rows_picked
from ...tools.export_request import (
    BRIDGE,
    BY_CUSTOMER,
    COMPARED,
    CUSTOMERS,
    GROUPED,
    LINES,
    MONTHS,
    OF_TWO_PERIODS,
    PRODUCTS,
    RETENTION,
    SEGMENTS,
    SUMMARY,
    TOTALS,
    ExportRequest,
)
from ...tools.limits import NAME
from ...tools.number_text import number_text, without_directions
from ...tools.periods import MONTHS as PERIODS
from ...tools.terms import (
    CHANGE,
    COMPARISON,
    COUNTS_AS_SALE,
    EXPORTED,
    MANAGER_GROUP,
    REPORT,
    SECONDS_AT_ONCE,
    SECONDS_AT_ONCE_PARAMETER,
)

SHEETS = {
    "sheet_summary": SUMMARY,
    "sheet_lines": LINES,
    "sheet_grouped": GROUPED,
    "sheet_by_customer": BY_CUSTOMER,
    "sheet_customers": CUSTOMERS,
    "sheet_products": PRODUCTS,
    "sheet_months": MONTHS,
    "sheet_compared": COMPARED,
    "sheet_bridge": BRIDGE,
    "sheet_totals": TOTALS,
    "sheet_segments": SEGMENTS,
    "sheet_retention": RETENTION,
}
# What the heat map of retention is grouped by
HEAT_MAP = {*(f"cohort:{period}" for period in PERIODS), "elapsed"}
# The reports whose rows are of two periods
COMPARED_REPORTS = {COMPARISON, CHANGE}
# Seconds, measured by bench/run --export on a machine with two cores
CELL_SECONDS = {"xlsx": 9e-6, "csv": 9e-7}
EMPTY_CELL_SECONDS = 1.5e-7  # of a crosstab, which has many of them
ROW_SECONDS = 4e-6  # to read, sort and add up a row, for each sheet
FIXED_SECONDS = 0.3
MONTHS_EXPECTED = 120
CUSTOMER = "commercial_partner_id"

# Characters of a title that says what was filtered by: it names the file, and heads each page.
TITLE_WITH_FILTER = 120


class CustomerSalesExport(models.TransientModel):
    """Asks what to write to a file. It starts from what the user was looking at."""

    _name = "customer.sales.export"
    _inherit = ["customer.sales.reach.mixin"]
    _description = "Customer Sales Export"

    title = fields.Char(required=True, help="The title of the workbook, and the name of the file.")
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    template_id = fields.Many2one(
        "customer.sales.export.template",
        help="Columns, sheets and options saved under a name; the last one used comes first.",
    )
    model = fields.Char(
        required=True, readonly=True, default=REPORT, help="What is exported, for programs."
    )
    domain = fields.Json(readonly=True)
    group_by = fields.Json(readonly=True)
    measures = fields.Json(readonly=True)
    retention_period = fields.Char(readonly=True)
    order = fields.Char(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    filter_words = fields.Text(string="Filter", readonly=True)
    file_format = fields.Selection(
        [("xlsx", "Excel (XLSX)"), ("csv", "CSV")],
        string="Format",
        default="xlsx",
        required=True,
        help="CSV holds the lines alone, without formats: for other programs.",
    )
    sheet_summary = fields.Boolean(
        string="Summary",
        default=True,
        help="The main figures, the filter, and charts of the largest customers and the months.",
    )
    sheet_lines = fields.Boolean(
        string="Lines", default=True, help="One row for each line, with the columns chosen."
    )
    sheet_grouped = fields.Boolean(
        string="Lines Grouped as on Screen",
        help="Lines under the groups that the screen shows, with their totals.",
    )
    sheet_by_customer = fields.Boolean(
        string="Lines by Customer", help="Lines under each customer, with totals; they fold away."
    )
    sheet_customers = fields.Boolean(
        string="Customers",
        help="One row for each customer: purchases, gross, returns, net sales and share.",
    )
    sheet_products = fields.Boolean(
        string="Customers × Products", help="A crosstab of net sales or quantity."
    )
    sheet_months = fields.Boolean(
        string="Customers × Months", help="A crosstab of net sales or quantity."
    )
    sheet_compared = fields.Boolean(
        string="Periods Compared",
        help="One row for each customer: net sales of two periods and the change between them.",
    )
    sheet_bridge = fields.Boolean(
        string="Why Sales Changed",
        help="The bridge from one period to the other, in words, as a table and as a chart.",
    )
    sheet_totals = fields.Boolean(
        string="Totals as on Screen",
        help="One row for each group that the screen shows, and what its rows come to.",
    )
    sheet_segments = fields.Boolean(
        string="Segments",
        help="What each segment comes to, and how many customers have which scores.",
    )
    sheet_retention = fields.Boolean(
        string="Retention",
        help="When customers first bought against the periods since, colored as on the screen.",
    )
    compared = fields.Json(readonly=True)
    compared_words = fields.Char(
        string="Periods", compute="_compute_compared_words", help="The days that are compared."
    )
    can_group = fields.Boolean(compute="_compute_can_group")
    can_total = fields.Boolean(compute="_compute_can_group")
    column_choices = fields.Json(compute="_compute_column_choices")
    measure = fields.Selection(
        [("price_subtotal", "Net Sales"), ("quantity", "Quantity")],
        string="Crosstabs of",
        default="price_subtotal",
        required=True,
    )
    has_links = fields.Boolean(
        string="Links to Documents",
        help="A click on a document's number opens the document in Odoo, for those who may.",
    )
    without_names = fields.Boolean(
        help="For sharing outside: customers and documents become numbers, the same in every "
        "export. Contact details, tags and custom fields are left out.",
    )
    column_ids = fields.One2many("customer.sales.export.column", "export_id", string="Columns")
    is_in_background = fields.Boolean(compute="_compute_duration")
    duration_words = fields.Char(compute="_compute_duration")
    template_name = fields.Char(string="Save as Template", help="A name to find these choices by.")
    share_template = fields.Boolean(string="Share with Everybody")
    is_manager = fields.Boolean(compute="_compute_is_manager")

    # ---------------------------------------------------------------------------------------
    # What the user was looking at
    # ---------------------------------------------------------------------------------------

    @api.model
    def default_get(self, fields_list):
        defaults = super().default_get(fields_list)
        context = self.env.context
        report = self._report_looked_at()
        report.check_access("read")
        report._check_export()
        domain = self._domain_looked_at(report)
        group_by = texts(context.get("group_by"))
        columns = self._column_commands(report, *self._columns_looked_at(report))
        defaults |= {
            "model": report._name,
            "title": self._title_looked_at(report, domain),
            "domain": domain,
            "group_by": group_by,
            "measures": self._measures_looked_at(report),
            "order": self._order_looked_at(report),
            "row_count": report.search_count(domain),
            "filter_words": self._words_of(report, domain),
            "column_ids": columns,
            "compared": self._periods_looked_at(),
            "retention_period": self._period_looked_at(report),
            **self._sheets_looked_at(report, group_by),
        }
        return {name: value for name, value in defaults.items() if name in self._fields}

    @api.model
    def _report_looked_at(self):
        """The report that the user was looking at; the sales lines where it was something else."""
        name = self.env.context.get("active_model")
        report = self.env.get(name) if isinstance(name, str) else None
        is_exported = isinstance(report, self.env.registry[EXPORTED])
        return report if is_exported else self.env[REPORT]

    def _model_of_export(self):
        """
        :raise UserError: if it is no report of this app
        """
        report = self.env.get(self.model or "")
        if not isinstance(report, self.env.registry[EXPORTED]):
            raise not_understood(self.env)
        return report

    @api.model
    def _sheets_looked_at(self, report, group_by: list[str]) -> dict[str, bool]:
        """Which sheets are ticked, of those that the report has: what the screen shows."""
        view_type = self.env.context.get("view_type")
        is_list = view_type in ("list", "kanban")
        groups = supported(report, group_by)
        if report._name == REPORT:
            # Whoever exports a grouped list wants its groups, with their totals.
            is_by_customer = is_list and groups == [CUSTOMER]
            is_grouped = is_list and bool(groups)
            return {
                "sheet_grouped": is_grouped and not is_by_customer,
                "sheet_by_customer": is_by_customer,
            }
        sheets = report._sheets()
        is_of_groups = view_type in ("pivot", "graph")
        is_segments = view_type == "segments"
        # Where totals are what one comes for, a grouped list is for these.
        has_totals = bool(report._usual_groups())
        has_lines = not is_of_groups and not is_segments and not (groups and has_totals)
        is_heat_map = RETENTION in sheets and is_of_groups and set(groups) <= HEAT_MAP
        ticked = {
            LINES: has_lines,
            GROUPED: is_list and bool(groups) and has_lines,
            TOTALS: has_totals or bool(groups) and not has_lines and not is_heat_map,
            SEGMENTS: is_segments,
            RETENTION: is_of_groups,
            BRIDGE: True,
            SUMMARY: True,
        }
        return {
            name: content in sheets and ticked.get(content, False)
            for name, content in SHEETS.items()
        }

    @api.model
    def _domain_looked_at(self, report) -> list:
        """The rows that were selected, or all that the filter lets through."""
        context = self.env.context
        row_ids = context.get("active_ids")
        if context.get("active_model") == report._name and row_ids:
            return [("id", "in", row_ids)]
        if context.get("is_new_export"):
            return self._sales_of_the_year()
        return list(Domain(context.get("active_domain") or []))

    @api.model
    def _measures_looked_at(self, report) -> list[str]:
        """The measures of a pivot or graph that the user may export."""
        known = exportable(report)
        return [name for name in texts(self.env.context.get("measures")) if name in known]

    @api.model
    def _period_looked_at(self, report) -> str:
        """The periods of retention."""
        return report._period() if RETENTION in report._sheets() else ""

    @api.model
    def _periods_looked_at(self) -> dict[str, str]:
        """The two periods by their days: a file is of the day that it was asked for."""
        periods = self.env[COMPARISON]._compared()
        choice = {}
        for (name, keys), days in zip(OWN_DAYS.items(), periods, strict=True):
            choice[name] = OWN
            choice |= {key: day.isoformat() for key, day in zip(keys, days, strict=True)}
        return choice

    @api.depends("compared")
    def _compute_compared_words(self):
        report = self.env[COMPARISON]
        for export in self:
            choice = mapping(export.compared)
            export.compared_words = report._is_choice(choice) and report._words_of_days(choice)

    @api.model
    def _sales_of_the_year(self) -> list:
        """What there is to export where nothing was looked at."""
        year = fields.Date.context_today(self).year
        return [
            (COUNTS_AS_SALE, "=", True),
            ("date", ">=", f"{year}-01-01"),
            ("date", "<=", f"{year}-12-31"),
        ]

    @api.model
    def _title_looked_at(self, report, domain) -> str:
        """What the view is called, and what it was filtered by, as far as a title has room."""
        title = "".join(texts(self.env.context.get("title")))[:NAME]
        title = title or self.env._("Customer Sales")
        is_told = self.env.context.get("title_says_filter") and rows_picked(domain) is None
        if not is_told or Domain(domain).is_true():
            return title
        words = without_directions(self._words_of(report, domain))
        titled = self.env._("%(title)s - %(filter)s", title=title, filter=words)
        return titled if len(titled) <= TITLE_WITH_FILTER else title

    @api.model
    def _order_looked_at(self, report) -> str:
        terms = []
        order_by = self.env.context.get("order_by")
        for term in order_by if isinstance(order_by, list) else texts(order_by):
            if isinstance(term, dict):
                term = f"{term.get('name')} {'asc' if term.get('asc', True) else 'desc'}"
            name, _space, direction = str(term).strip().partition(" ")
            field = report._fields.get(name)
            if field and can_be_read(report, field) and field.type != "many2many":
                terms.append(f"{name} desc" if direction.lower() == "desc" else name)
        return ", ".join(terms)

    @api.model
    def _columns_looked_at(self, report) -> tuple[list[str], dict[str, str]]:
        """The columns in their order, and the headings of those that have one of their own."""
        Layout = self.env["customer.sales.layout"]
        if names := texts(self.env.context.get("columns")):
            return names, mapping(self.env.context.get("headings"))
        return Layout._default_columns(report._name), Layout._default_headings(report._name)

    @api.model
    def _column_commands(self, report, names: list[str], headings: dict[str, str]) -> list:
        """The commands for the columns among ``names`` that the user may export."""
        known = exportable(report)
        return [
            fields.Command.create(
                {"sequence": number, "name": name, "label": _heading(headings.get(name))}
            )
            for number, name in enumerate(dict.fromkeys(names), 1)
            if name in known
        ]

    @api.model
    def _words_of(self, report, domain) -> str:
        if (row_ids := rows_picked(domain)) is not None:
            return self.env._("%s rows picked one by one", number_text(self.env, len(row_ids)))
        return domain_words(report, domain)

    @api.depends("group_by", "model")
    def _compute_can_group(self):
        for export in self:
            report = export._model_of_export()
            groups = supported(report, texts(export.group_by))
            is_by_customer = report._name == REPORT and groups == [CUSTOMER]
            export.can_group = bool(groups) and not is_by_customer
            export.can_total = bool(groups or report._usual_groups())

    @api.depends("model")
    @api.depends_context("uid", "lang")
    def _compute_column_choices(self):
        """The columns that the report has, for the list that they are chosen in."""
        for export in self:
            export.column_choices = [
                [name, label] for name, label in exportable(export._model_of_export()).items()
            ]

    @api.depends_context("uid")
    def _compute_is_manager(self):
        self.is_manager = self.env.user.has_group(MANAGER_GROUP)

    # ---------------------------------------------------------------------------------------
    # How long it takes
    # ---------------------------------------------------------------------------------------

    @api.depends("row_count", "file_format", "column_ids", "template_id", *SHEETS)
    def _compute_duration(self):
        limit = self._seconds_at_once()
        for export in self:
            seconds = export._seconds()
            export.is_in_background = seconds > limit
            export.duration_words = export._duration_words(seconds)

    def _seconds(self) -> float:
        """How long the export is expected to take."""
        contents = self._contents()
        row_sheets = len(SHEETS_OF_LINES & set(contents))
        cells = self.row_count * row_sheets * len(self.column_ids)
        seconds = (
            FIXED_SECONDS
            + cells * CELL_SECONDS["csv" if self.file_format == "csv" else "xlsx"]
            + self.row_count * len(contents) * ROW_SECONDS
        )
        if PRODUCTS in contents:
            seconds += self._crosstab_seconds(self._count_of("product.template"))
        if MONTHS in contents:
            seconds += self._crosstab_seconds(MONTHS_EXPECTED)
        return seconds

    def _crosstab_seconds(self, columns: int) -> float:
        """How long a crosstab of customers takes at most: counting its customers and products
        would take as long as reading them."""
        columns = min(columns, self.row_count, COLUMN_LIMIT)
        cells = min(self._count_of("res.partner"), self.row_count) * columns
        filled = min(cells, self.row_count)
        return cells * EMPTY_CELL_SECONDS + filled * CELL_SECONDS["xlsx"]

    @api.model
    def _count_of(self, model_name: str) -> int:
        return self.env[model_name].sudo().with_context(active_test=False).search_count([])

    @api.model
    def _seconds_at_once(self) -> int:
        text = self.env["ir.config_parameter"].sudo().get_param(SECONDS_AT_ONCE_PARAMETER, "")
        return int(text) if text.isdigit() else SECONDS_AT_ONCE

    def _duration_words(self, seconds: float) -> str:
        if not self.is_in_background:
            return self.env._("It downloads in a moment.")
        if seconds < 90:
            return self.env._(
                "It takes about %s seconds. You can go on working: a notification brings the file.",
                max(10 * round(seconds / 10), 10),
            )
        return self.env._(
            "It takes about %s minutes. You can go on working: a notification brings the file.",
            round(seconds / 60) or 1,
        )

    # ---------------------------------------------------------------------------------------
    # Templates
    # ---------------------------------------------------------------------------------------

    @api.constrains("template_id", "model")
    def _check_template(self):
        """A template is used by who may see it: of others not even the name is told. It is of the
        columns of one report."""
        self.template_id.sudo(False).check_access("read")
        for export in self:
            if export.template_id and export.template_id.model != export.model:
                raise not_understood(self.env)

    @api.onchange("template_id")
    def _onchange_template(self):
        template = self.template_id
        if not template:
            return
        commands = self._column_commands(
            self._model_of_export(), template.columns or [], template.headings or {}
        )
        self.column_ids = [fields.Command.clear(), *commands]
        for name, content in SHEETS.items():
            self[name] = content in (template.contents or [])
        for name in ("file_format", "measure", "has_links", "without_names"):
            self[name] = template[name]

    def action_save_template(self):
        """Save columns, sheets and options under a name; one of the same name is replaced.

        :return: the action that shows this wizard again
        """
        self.ensure_one()
        if not (self.template_name or "").strip():
            raise UserError(self.env._("Give the template a name."))
        self._check_choices()
        templates = self.env["customer.sales.export.template"]
        owner = False if self.share_template else self.env.uid
        values = {
            "name": self.template_name.strip(),
            "user_id": owner,
            "model": self.model,
            "columns": self._column_names(),
            "headings": self._headings(),
            "contents": self._contents(),
            "measure": self.measure,
            "has_links": self.has_links,
            "without_names": self.without_names,
            "file_format": self.file_format,
        }
        same = templates.search(
            [
                ("name", "=", values["name"]),
                ("user_id", "=", owner),
                ("model", "=", values["model"]),
            ],
            limit=1,
        )
        if same:
            same.write(values)
        else:
            same = templates.create(values)
        same._note_use()
        self.write({"template_id": same.id, "template_name": False, "share_template": False})
        return self._get_records_action(target="new", name=self.env._("Export"))

    # ---------------------------------------------------------------------------------------
    # Exporting
    # ---------------------------------------------------------------------------------------

    def action_export(self):
        """Write the file: at once and download it, or in the background and show how far it is.

        :raise UserError: if nothing was chosen
        """
        self.ensure_one()
        self._check_choices()
        request = self._request()
        report = self._model_of_export()._for_request(request)
        report._check_export()
        report._check_paths([name] for name in request.columns)
        if self.template_id:
            self.template_id._note_use()
        # Whatever the browser says, and sales that came since.
        self.row_count = report.search_count(request.domain)
        jobs = self.env["customer.sales.export.job"]
        job = jobs._ask(request, self.row_count, self.template_id)
        if self.is_in_background:
            job._run_in_background()
            return job.with_env(self.env)._get_records_action(target="new", name=job.title)
        job._run_at_once()
        return job.action_download()

    def _check_choices(self):
        if self.file_format == "xlsx" and not self._contents():
            raise UserError(self.env._("Choose at least one sheet."))
        lines = SHEETS_OF_LINES & set(self._contents())
        if (lines or self.file_format == "csv") and not self.column_ids:
            raise UserError(self.env._("Choose at least one column."))

    def _request(self) -> ExportRequest:
        return ExportRequest(
            model=self.model,
            domain=self.domain or [],
            columns=self._column_names(),
            contents=self._contents(),
            title=title_without_names(self.env) if self.without_names else self.title,
            group_by=self.group_by or [],
            order=self.order or "",
            measure=self.measure,
            has_links=self.has_links,
            without_names=self.without_names,
            file_format=self.file_format,
            headings=self._headings(),
            compared=self._compared_choice(),
            measures=self.measures or [],
            retention_period=self.retention_period or "",
        )

    def _compared_choice(self) -> dict[str, str]:
        """The periods that the file compares; none where it compares none.

        :raise UserError: if they cannot be understood
        """
        if not OF_TWO_PERIODS & set(self._contents()) and self.model not in COMPARED_REPORTS:
            return {}
        choice = mapping(self.compared)
        self.env[COMPARISON]._days_of_choice(choice)
        return choice

    def _column_names(self) -> list[str]:
        names = [column.name for column in self.column_ids.sorted("sequence") if column.name]
        return list(dict.fromkeys(names))

    def _headings(self) -> dict[str, str]:
        return {
            column.name: column.label.strip()
            for column in self.column_ids
            if column.name and (column.label or "").strip()
        }

    def _contents(self) -> list[str]:
        if self.file_format == "csv":
            return [LINES]
        sheets = self._model_of_export()._sheets()
        return [content for name, content in SHEETS.items() if self[name] and content in sheets]


def _heading(label) -> str | bool:
    return label[:NAME] if isinstance(label, str) else False
