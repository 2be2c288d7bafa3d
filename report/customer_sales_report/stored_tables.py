from collections.abc import Sequence
from datetime import datetime

from odoo import api, models
from odoo.tools import SQL

from ...tools.sql.columns import listed
from ...tools.sql.expression import FALSE, Expression
from ...tools.sql.reader import Reader
from ...tools.sql.source import Source
from ...tools.terms import COUNTS_AS_SALE


class CustomerSalesReport(models.Model):
    """What stored tables are derived from: the lines of documents that count as sales, in superuser
    mode, of one company."""

    _inherit = "customer.sales.report"

    @api.model
    def _lines_of_documents(self, names: Sequence[str], documents=None) -> SQL:
        """A SELECT of columns of the lines that count as sales.

        :param names: the columns
        :param documents: model -> SELECT of the ids of documents; all by default
        """
        branches = []
        for source in self._counting_sources():
            model = self._model_of_documents(source)
            if documents is not None:
                if model not in documents:
                    continue
                # An array, since PostgreSQL would join a query last, after all else.
                source = source.where_also(
                    Expression(
                        "%s.id = ANY(ARRAY(%s))",
                        Expression.identifier(alias := self._document_alias(source)),
                        Expression(documents[model]),
                        needs=alias,
                    )
                )
            branches.append(self._source_select(source, {*names, COUNTS_AS_SALE}))
        return SQL(
            "SELECT %s FROM (%s) AS counted WHERE %s",
            listed(names, "counted"),
            SQL(" UNION ALL ").join(branches),
            SQL.identifier("counted", COUNTS_AS_SALE),
        )

    @api.model
    def _changed_documents(self, since: datetime) -> dict[str, list[SQL]]:
        """Hook: the documents of the companies whose lines may not be what they were at ``since``;
        documents of other companies may be among them.

        :return: model of documents -> SELECTs of their ``id``
        """
        changed = {}
        for source in self._counting_sources():
            selects = changed.setdefault(self._model_of_documents(source), [])
            tables = {source.lines: "id"}
            if source.documents:
                tables = {source.documents.table: "id", source.lines: source.documents.link}
            selects += [
                SQL(
                    "SELECT %s AS id FROM %s WHERE write_date >= %s",
                    SQL.identifier(column),
                    SQL.identifier(table),
                    since,
                )
                for table, column in tables.items()
            ]
        changed["account.move"] += [
            # What was recorded on the order: the cost
            SQL(
                "SELECT line.move_id AS id FROM sale_order_line order_line "
                "JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = order_line.id "
                "JOIN account_move_line line ON line.id = rel.invoice_line_id "
                "WHERE order_line.write_date >= %s",
                since,
            ),
        ]
        changed["pos.order"] += [
            # Its invoice was deleted: it counts again.
            SQL(
                "SELECT receipt.id FROM pos_order receipt WHERE receipt.account_move IS NULL "
                "AND receipt.state IN ('paid', 'done') AND receipt.company_id IN %s "
                "AND NOT EXISTS (SELECT FROM customer_sales_purchase purchase "
                "WHERE purchase.pos_order_id = receipt.id)",
                tuple(self.env.companies.ids),
            ),
            # Its customer is the company that the contact belongs to now.
            SQL(
                "SELECT purchase.pos_order_id AS id FROM customer_sales_purchase purchase "
                "JOIN res_partner contact ON contact.id = purchase.contact_id "
                "WHERE purchase.pos_order_id IS NOT NULL AND purchase.company_id IN %s "
                "AND purchase.partner_id IS DISTINCT FROM contact.commercial_partner_id",
                tuple(self.env.companies.ids),
            ),
        ]
        return changed

    @api.model
    def _documents_beside(self, changed: SQL) -> dict[str, list[SQL]]:
        """Hook: the documents whose lines follow from other documents that have changed.

        :param changed: a table with ``model`` and ``id`` of these
        :return: as of :meth:`_changed_documents`
        """
        # A receipt counts again when its invoice does not, and the other way round.
        return {
            "account.move": [
                SQL(
                    "SELECT receipt.account_move AS id FROM pos_order receipt JOIN %s changed "
                    "ON changed.model = 'pos.order' AND changed.id = receipt.id "
                    "WHERE receipt.account_move IS NOT NULL",
                    changed,
                )
            ],
            "pos.order": [
                SQL(
                    "SELECT receipt.id FROM pos_order receipt JOIN %s changed "
                    "ON changed.model = 'account.move' AND changed.id = receipt.account_move",
                    changed,
                )
            ],
        }

    @api.model
    def _counting_sources(self) -> list[Source]:
        """The sources that have lines which count as sales."""
        return [
            source
            for source in self._sources(Reader(self.env))
            if source.columns[COUNTS_AS_SALE] != FALSE
        ]

    @api.model
    def _model_of_documents(self, source: Source) -> str:
        table = source.documents.table if source.documents else source.lines
        return next(
            model
            for model, _label in self._fields["document_ref"]._description_selection(self.env)
            if self.env[model]._table == table
        )

    @api.model
    def _document_alias(self, source: Source) -> str:
        return source.documents.alias if source.documents else "line"
