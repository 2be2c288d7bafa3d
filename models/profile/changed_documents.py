"""Which documents have changed since a moment, and which customers that concerns.

They are looked for once for all companies: it takes reading all documents and lines, as Odoo has no
index of when they were written.
"""

from dataclasses import dataclass
from datetime import date, datetime

from odoo.tools import SQL

TABLE = "customer_sales_changed_documents"


@dataclass(frozen=True)
class ChangedDocuments:
    """The documents in the temporary table :data:`TABLE`.

    :param ids: model -> SELECT of the ids of its documents
    """

    cr: object
    ids: dict[str, SQL]
    count: int

    def customers(self, company_id: int) -> set[int]:
        """The customers of these documents, as the purchases of a company have them just now."""
        self.cr.execute(
            SQL(
                "SELECT DISTINCT purchase.partner_id FROM customer_sales_purchase purchase "
                "JOIN %s changed ON purchase.document_ref = changed.model || ',' || changed.id "
                "WHERE purchase.company_id = %s AND purchase.partner_id IS NOT NULL",
                SQL.identifier(TABLE),
                company_id,
            )
        )
        return {partner_id for (partner_id,) in self.cr.fetchall()}

    def forget(self):
        """Drop the table, which outlives the transaction: each company has its own."""
        self.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(TABLE)))


def find(report, since: datetime) -> ChangedDocuments:
    """The documents that may not be any more what their purchases say.

    :param report: ``customer.sales.report`` in superuser mode, of the companies
    :param since: documents, or lines of them, that were written before are taken as unchanged
    """
    cr = report.env.cr
    selects = {
        model: SQL(" UNION ").join(parts)
        for model, parts in report._changed_documents(since).items()
    }
    cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(TABLE)))
    cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE %s AS %s",
            SQL.identifier(TABLE),
            SQL(" UNION ALL ").join(
                SQL("SELECT %s::varchar AS model, id FROM (%s) found", model, select)
                for model, select in selects.items()
            ),
        )
    )
    count = cr.rowcount
    cr.execute(SQL("ANALYZE %s", SQL.identifier(TABLE)))
    ids = {
        model: SQL("SELECT id FROM %s WHERE model = %s", SQL.identifier(TABLE), model)
        for model in selects
    }
    return ChangedDocuments(cr, ids, count)


def outdated_customers(report, day: date) -> set[int]:
    """The customers whose profile does not tell of the documents that their purchases tell of:
    documents were deleted, or contacts merged, without a trace."""
    rows = report.env.execute_query(
        SQL(
            """
            SELECT COALESCE(profile.partner_id, purchase.partner_id)
              FROM (SELECT partner_id, documents, net FROM customer_sales_profile
                     WHERE company_id = %(company)s) profile
         FULL JOIN (SELECT partner_id, COUNT(*) AS documents, SUM(net) AS net
                      FROM customer_sales_purchase
                     WHERE company_id = %(company)s AND date <= %(day)s
                       AND partner_id IS NOT NULL
                  GROUP BY partner_id) purchase ON purchase.partner_id = profile.partner_id
             WHERE (profile.documents, profile.net)
                   IS DISTINCT FROM (purchase.documents, purchase.net)
            """,
            company=report.env.company.id,
            day=day,
        )
    )
    return {partner_id for (partner_id,) in rows}
