from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.constants import GC_UNLINK_LIMIT

from ...tools.domain_words import domain_words, rows_picked
from ...tools.number_text import number_text
from ...tools.terms import CONTACT_GROUP, LOG_DAYS, LOG_DAYS_PARAMETER, MOST_DAYS

# Rows picked one by one are noted by their ids, up to this many.
IDS_NOTED = 1000

# Where a transaction remembers the entry it has written, for the download to complete it
ENTRY_OF_TRANSACTION = "customer_sales_export_log_id"


class CustomerSalesExportLog(models.Model):
    """Who exported what from this app, and when. Written by the app itself, and by nobody else:
    no group has the right to create, change or delete entries."""

    _name = "customer.sales.export.log"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Customer Sales Export Log"
    _order = "id desc"
    _rec_name = "file_name"
    _rows_grant_names = True

    create_date = fields.Datetime(string="Exported on", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Who exported.",
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Companies",
        readonly=True,
        help="The companies selected when exporting: the file holds rows of these at most.",
    )
    model_id = fields.Many2one(
        "ir.model",
        string="Data",
        required=True,
        readonly=True,
        ondelete="cascade",
        help="What was exported.",
    )
    filter_words = fields.Text(
        string="Filter", readonly=True, help="What the rows were filtered by, in words."
    )
    domain = fields.Text(
        readonly=True, help="What the rows were filtered by, in Odoo's own notation."
    )
    columns = fields.Text(
        readonly=True,
        help="The columns and groups exported, with their technical names, one a line.",
    )
    row_count = fields.Integer(string="Rows", readonly=True, help="How many rows were exported.")
    has_contact_details = fields.Boolean(
        string="Contact Details",
        readonly=True,
        help="E-mails, phone numbers, addresses or tax IDs of customers were among the columns or "
        "groups.",
    )
    file_name = fields.Char(
        readonly=True, help="Empty when the data was fetched by a program, without a file."
    )
    file_size = fields.Integer(string="File Size (bytes)", readonly=True)

    @api.depends("file_name", "model_id")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = entry.file_name or entry.model_id.name

    @api.model
    def _log_export(
        self, model, paths, *, domain, row_count, file_name=None, file_size=None, more_words=""
    ):
        """Write down an export of ``model`` by the current user.

        :param model: a recordset of the model exported, with ``customer.sales.privacy.mixin``
        :param paths: what the file shows, columns and groups, each a list of field names, as
            ``["partner_id", "city"]``
        :param domain: what the rows were filtered by; None if nobody can tell
        :param int row_count: records exported
        :param str file_name: name of the file, if there is one
        :param int file_size: its size in bytes
        :param str more_words: what the rows were chosen by beside the domain
        :return: the entry, in superuser mode
        """
        entry = self.sudo().create(
            {
                "user_id": self.env.uid,
                "company_ids": self.env.companies.ids,
                "model_id": self.env["ir.model"]._get_id(model._name),
                "row_count": row_count,
                "file_name": file_name,
                "file_size": file_size,
                **self._column_values(model, paths),
                **self._filter_values(model, domain),
            }
        )
        if more_words:
            entry.filter_words = f"{entry.filter_words}. {more_words}"
        self.env.cr.cache[ENTRY_OF_TRANSACTION] = entry.id
        return entry

    @api.model
    def _entry_of_this_export(self):
        """The entry written last in this transaction, in superuser mode; empty if there is none."""
        return self.sudo().browse(self.env.cr.cache.get(ENTRY_OF_TRANSACTION))

    def _add_groups(self, model, group_by: list[str]):
        """Note what an export was grouped by, which its headings show as its columns do.

        :param group_by: such as ``["email", "date:month"]``
        """
        self.ensure_one()
        values = self._column_values(
            model, [spec.partition(":")[0].split(".") for spec in group_by]
        )
        lines = dict.fromkeys([*self.columns.splitlines(), *values["columns"].splitlines()])
        # Odoo finds the group of each row by its id, and does not write it.
        self.columns = "\n".join(line for line in lines if not line.endswith(" (.id)"))
        self.has_contact_details |= values["has_contact_details"]

    @api.model
    def _column_values(self, model, paths: list[list[str]]) -> dict:
        """The values of an entry that tell what its file shows."""
        return {
            "columns": "\n".join(f"{model._path_label(path)} ({'/'.join(path)})" for path in paths),
            "has_contact_details": any(CONTACT_GROUP in model._path_groups(path) for path in paths),
        }

    @api.model
    def _filter_values(self, model, domain) -> dict[str, str]:
        """The values of an entry that tell what its rows were filtered by."""
        if domain is None:
            return {"domain": False, "filter_words": self.env._("unknown")}
        if (row_ids := rows_picked(domain)) is not None:
            return {
                "domain": str([("id", "in", row_ids[:IDS_NOTED])]),
                "filter_words": self.env._(
                    "%s rows picked one by one", number_text(self.env, len(row_ids))
                ),
            }
        domain = Domain(domain)
        return {"domain": str(list(domain)), "filter_words": domain_words(model, domain)}

    @api.autovacuum
    def _gc_old_entries(self):
        oldest = fields.Datetime.now() - timedelta(days=self._retention_days())
        entries = self.search([("create_date", "<", oldest)], limit=GC_UNLINK_LIMIT)
        entries.unlink()
        return len(entries), len(entries) == GC_UNLINK_LIMIT

    @api.model
    def _retention_days(self) -> int:
        days = self.env["ir.config_parameter"].sudo().get_param(LOG_DAYS_PARAMETER, "")
        return min(int(days), MOST_DAYS) if days.isdigit() and int(days) else LOG_DAYS
