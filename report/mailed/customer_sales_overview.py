from odoo import api, models
from odoo.tools import formatLang

from ...tools.export_request import BRIDGE, COMPARED, ExportRequest
from ...tools.mailed import Mailed, MailedTable
from ...tools.number_text import amount_text, left_to_right, number_text, percent_text
from ...tools.terms import OVERVIEW, PROFILE, REPORT


class CustomerSalesOverview(models.AbstractModel):
    """The first screen in a mail: its tiles and lists as tables."""

    _inherit = OVERVIEW

    @api.model
    def _mailed(self, look: ExportRequest, limit: int) -> Mailed:
        """As of ``customer.sales.privacy.mixin``."""
        shown = self.overview(look.compared)
        lists = [each for each in shown["lists"] if each["rows"]]
        return Mailed(
            [self._mailed_tiles(shown["tiles"]), *map(self._mailed_list, lists)],
            [shown["periods"]["days"]],
            sum(len(each["rows"]) for each in lists),
            PROFILE,
            [["partner_id"], ["net"], ["sales_at_stake"]],
        )

    @api.model
    def _mailed_file(self, look: ExportRequest) -> ExportRequest:
        return ExportRequest(
            model=REPORT,
            domain=[],
            columns=[],
            contents=[COMPARED, BRIDGE],
            title=look.title,
            compared=look.compared,
        )

    @api.model
    def _mailed_tiles(self, tiles: list[dict]) -> MailedTable:
        return MailedTable(
            headings=[
                self.env._("Figure"),
                self.env._("Period"),
                self.env._("Compared with"),
                self.env._("Change"),
            ],
            numbers=[False, True, True, True],
            rows=[
                [
                    tile["name"],
                    self._mailed_figure(tile["kind"], tile["value"]),
                    self._mailed_figure(tile["kind"], tile["base"]),
                    self._mailed_change(tile),
                ]
                for tile in tiles
            ],
        )

    @api.model
    def _mailed_figure(self, kind: str, value) -> str:
        if value is None:
            return ""
        if kind == "money":
            return self._mailed_amount(value)
        if kind == "share":
            return percent_text(self.env, value)
        return left_to_right(self.env, number_text(self.env, int(value)))

    @api.model
    def _mailed_amount(self, value: float) -> str:
        return amount_text(self.env, value, self.env.company.currency_id)

    @api.model
    def _mailed_change(self, tile: dict) -> str:
        """The change in percent; of a share, in points. Nothing where there is none."""
        change = tile["change"]
        if change is None:
            return ""
        sign = "+" if change > 0 else ""
        text = f"{sign}{formatLang(self.env, 100 * change, digits=1)}"
        if tile["kind"] == "share":
            return left_to_right(self.env, self.env._("%s points", text))
        return left_to_right(self.env, f"{text}%")

    @api.model
    def _mailed_list(self, part: dict) -> MailedTable:
        has_texts = any(row["text"] for row in part["rows"])
        return MailedTable(
            title=part["name"],
            headings=[
                self.env._("Customer"),
                *([""] if has_texts else ()),
                self.env._("Amount"),
            ],
            numbers=[False, *([False] if has_texts else ()), True],
            rows=[
                [
                    row["name"],
                    *([row["text"]] if has_texts else ()),
                    self._mailed_amount(row["amount"]),
                ]
                for row in part["rows"]
            ],
        )
