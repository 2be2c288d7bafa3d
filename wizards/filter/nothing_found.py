from odoo import models

from ...tools.terms import RETURNS
from .customer_sales_filter import Section, all_of

# Longer than this nobody waits for a reason.
REASON_SECONDS = 1.5

# More conditions than this are not told one by one.
TOLD = 3

# What is counted -> the documents that never are
NEVER_COUNTED = {
    "net_sales": {"sales_order"},
    "ordered": {"customer_invoice", "credit_note", "sales_receipt"},
}


class CustomerSalesFilter(models.TransientModel):
    """Says which condition excludes everything, when a filter finds nothing."""

    _inherit = "customer.sales.filter"

    def _nothing_words(self) -> str:
        nothing = self.env._("No sales match this filter.")
        if not self._shows_lines():
            nothing = self.env._("Nothing of this kind matches this filter.")
        reason = self._contradiction() or self._within_seconds(REASON_SECONDS, self._reason)
        return f"{nothing} {reason or self.env._('Take a condition out, or widen one.')}"

    def _contradiction(self) -> str | None:
        """Conditions that no sale can ever meet together."""
        types = set(self._ticked("document_types"))
        if not types:
            return None
        if types <= NEVER_COUNTED.get(self.counted, set()):
            if self.counted == "net_sales":
                return self.env._(
                    "Sales orders never count in Net Sales. Count as Ordered, or all documents."
                )
            return self.env._(
                "Invoices, credit notes and sales receipts never count in Ordered. Count as Net "
                "Sales, or all documents."
            )
        if self.returns == "without" and types <= set(RETURNS):
            return self.env._(
                "Returns are left out, and nothing else is ticked under Documents. Include returns."
            )
        if self.returns == "only" and not types & set(RETURNS):
            return self.env._(
                "Only returns are asked for, and none are ticked under Documents. Tick one."
            )
        return None

    def _reason(self, end: float) -> str | None:
        """
        :param end: when to give up, by the monotonic clock
        :return: which conditions exclude everything; None if that cannot be told
        """
        sections = self._sections()
        words = self._words_of(sections)
        indices = range(len(sections))
        excluding = [
            words[index] for index in indices if self._finds(self._without(sections, index), end)
        ]
        if len(excluding) == 1:
            return self.env._("“%s” excludes all that the other conditions find.", excluding[0])
        if excluding:
            return self.env._(
                "%s exclude each other. Take one of them out.", self._quoted(excluding)
            )
        empty = [words[index] for index in indices if not self._finds([sections[index]], end)]
        if empty:
            if self._shows_lines():
                return self.env._("No sale at all meets %s.", self._quoted(empty))
            return self.env._("Nothing at all meets %s.", self._quoted(empty))
        return None

    def _without(self, sections: list[Section], index: int) -> list[Section]:
        """The sections but for one, with totals of what is left."""
        if not self._shows_lines():
            return [*sections[:index], *sections[index + 1 :]]
        others = [
            section
            for position, section in enumerate(sections)
            if position != index and section.name != "amount"
        ]
        if sections[index].name == "amount":
            return others
        return [*others, *self._amount_sections(others)]

    def _finds(self, sections: list[Section], end: float) -> bool:
        domain = all_of([self._within(), *(section.domain for section in sections)])
        self._stop_at(end)
        query = self._shown_model()._search(domain, limit=1)
        if query.is_empty():
            return False
        self._stop_at(end)
        self.env.cr.execute(query.select("1"), log_exceptions=False)
        return bool(self.env.cr.rowcount)

    def _quoted(self, words: list[str]) -> str:
        quoted = [self.env._("“%s”", each) for each in words[:TOLD]]
        if len(words) > TOLD:
            quoted.append(self.env._("%s more", len(words) - TOLD))
        return self.env._(" and ").join(quoted)
