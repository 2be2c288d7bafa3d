from odoo import api, models
from odoo.fields import Domain

from ...tools.terms import MANAGER_GROUP

MOST = 1000  # segments, and cells of the grid


class CustomerSalesProfile(models.Model):
    """The segments at one glance: what each comes to, and the grid of scores that makes them."""

    _inherit = "customer.sales.profile"

    @api.model
    @api.readonly
    def segments_overview(self) -> dict:
        """What the screen *Segments* shows, of the customers that the user may see.

        :return: ``segments``, each with ``customers``, ``net`` of the year, ``share`` of the net of
            all segments and ``average`` purchase of the year; ``cells`` of the grid with
            ``customers`` and ``net``; ``currency_id`` of the amounts, which are converted at
            today's rates where the selected companies have several; ``can_edit``
        """
        self.check_access("read")
        return {
            **self._segments_of(Domain.TRUE),
            "currency_id": self.env.company.currency_id.id,
            "can_edit": self.env.user.has_group(MANAGER_GROUP),
        }

    @api.model
    def _segments_of(self, domain: Domain) -> dict[str, list[dict]]:
        """``segments`` and ``cells`` of :meth:`segments_overview`, of the customers of a domain."""
        net_year = "net_year:sum_currency"
        sums = ["__count", net_year, "gross_year:sum_currency", "purchases_year:sum"]
        found = {
            segment.id: values
            for segment, *values in self._read_group(domain, ["segment_id"], sums)
        }
        total = sum(float(net) for _count, net, _gross, _purchases in found.values())
        segments = []
        for segment in self.env["customer.sales.segment"].search([], limit=MOST):
            count, net, gross, purchases = found.get(segment.id, (0, 0, 0, 0))
            segments.append(
                {
                    "id": segment.id,
                    "name": segment.name,
                    "color": segment.color,
                    "description": segment.description or "",
                    "advice": segment.advice or "",
                    "customers": count,
                    "net": float(net),
                    "share": float(net) / total if total > 0 else 0.0,
                    "average": float(gross) / purchases if purchases else 0.0,
                }
            )
        in_cells = {
            (r_score, fm_score): (count, float(net))
            for r_score, fm_score, count, net in self._read_group(
                domain & Domain("r_score", ">", 0),
                ["r_score", "fm_score"],
                ["__count", net_year],
            )
        }
        cells = [
            {
                "id": cell.id,
                "r": cell.r_score,
                "fm": cell.fm_score,
                "segment_id": cell.segment_id.id,
                "customers": in_cells.get((cell.r_score, cell.fm_score), (0, 0))[0],
                "net": in_cells.get((cell.r_score, cell.fm_score), (0, 0))[1],
            }
            for cell in self.env["customer.sales.segment.cell"].search([], limit=MOST)
        ]
        return {"segments": segments, "cells": cells}
