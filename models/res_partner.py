from collections import defaultdict

from odoo import api, fields, models

from ..tools.terms import LEVEL_GROUP, REPORT


class ResPartner(models.Model):
    _inherit = "res.partner"

    customer_net_sales = fields.Monetary(
        compute="_compute_customer_net_sales",
        exportable=False,
        currency_field="customer_net_sales_currency_id",
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
        self.customer_net_sales_currency_id = self.env.company.currency_id
        groups = self.env[REPORT]._read_group(
            [("counts_as_sale", "=", True), ("partner_id", "child_of", self.ids)],
            ["partner_id"],
            ["price_subtotal:sum"],
        )
        totals = defaultdict(float)
        for contact, amount in groups:
            # Whoever is above a contact bought it as well.
            partner, counted = contact.sudo(), set()
            while partner and partner not in counted:
                counted.add(partner)
                totals[partner.id] += amount
                partner = partner.parent_id
        for partner in self:
            partner.customer_net_sales = totals[partner._origin.id]

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
