from odoo import fields, models


class CustomerSalesSegmentCell(models.Model):
    """A cell of the grid of scores: all customers of these two scores are of its segment."""

    _name = "customer.sales.segment.cell"
    _inherit = ["customer.sales.privacy.mixin"]
    _description = "Cell of the Grid of Segments"
    _order = "r_score desc, fm_score"

    r_score = fields.Integer(string="R", required=True, readonly=True)
    fm_score = fields.Integer(string="FM", required=True, readonly=True)
    segment_id = fields.Many2one(
        "customer.sales.segment", required=True, index=True, ondelete="restrict"
    )

    _cell_key = models.UniqueIndex("(r_score, fm_score)")
    _scores = models.Constraint(
        "CHECK (r_score BETWEEN 1 AND 5 AND fm_score BETWEEN 1 AND 5)",
        "Scores are from 1 to 5.",
    )
