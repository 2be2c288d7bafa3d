from odoo import api, fields, models

from ..tools.terms import LEVEL_GROUP, REPORT


class ResPartner(models.Model):
    _inherit = "res.partner"

    customer_net_sales = fields.Monetary(
        compute="_compute_customer_net_sales",
        currency_field="customer_net_sales_currency_id",
        exportable=False,  # what leaves the app is written to its log of exports
        groups=LEVEL_GROUP,
        string="Net Sales",
        help="What this customer and its contacts bought in all, without taxes, returns deducted, "
        "in the currency of your current company.",
    )
    customer_net_sales_currency_id = fields.Many2one(
        "res.currency",
        compute="_compute_customer_net_sales",
        groups=LEVEL_GROUP,
    )

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_customer_net_sales(self):
        Report = self.env[REPORT]
        self.customer_net_sales_currency_id = self.env.company.currency_id
        for partner in self:
            [[net_sales]] = Report._read_group(
                [("counts_as_sale", "=", True), ("partner_id", "child_of", partner.ids)],
                aggregates=["price_subtotal:sum"],
            )
            partner.customer_net_sales = net_sales

    def action_view_customer_sales(self):
        """Open the sales lines of this customer and its contacts.

        :return: the window action of the sales lines, filtered
        """
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "customer_sales_report.action_customer_sales_lines"
        )
        action["context"] = {
            "search_default_net_sales": 1,
            "search_default_partner_id": self.id,
        }
        return action
