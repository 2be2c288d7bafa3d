import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.terms import SCHEDULE


class CustomerSalesSchedulePreview(models.TransientModel):
    """Shows the mail of a scheduled report as the user who looks at it would get it."""

    _name = "customer.sales.schedule.preview"
    _inherit = ["customer.sales.owned.mixin", "customer.sales.reach.mixin"]
    _description = "Preview of a Scheduled Report"

    schedule_id = fields.Many2one(SCHEDULE, required=True, readonly=True, ondelete="cascade")
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.depends("schedule_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_body(self):
        for preview in self:
            schedule = preview.schedule_id.with_env(self.env(su=False))
            schedule.check_access("read")
            try:
                preview.body = schedule._preview()
            except (psycopg2.DataError, psycopg2.ProgrammingError) as error:
                raise UserError(
                    self.env._("This filter cannot be used. Remove it, or set its conditions anew.")
                ) from error
            except UserError as error:
                raise UserError(
                    self.env._("There is nothing to preview: %s", str(error))
                ) from error
