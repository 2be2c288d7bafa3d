"""Which documents have changed since a moment, and which customers that concerns.

They are looked for once for all companies: it takes reading all documents and lines, as Odoo has no
index of when they were written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from odoo.tools import SQL

TABLE = "customer_sales_changed_documents"


@dataclass(frozen=True)
class ChangedDocuments:
    """The documents in the temporary table :data:`TABLE`.

    :param found_on: until when they were looked for
    :param ids: model -> SELECT of the ids of its documents
    """

    cr: object
    found_on: datetime
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
    cr, table = report.env.cr, SQL.identifier(TABLE)
    cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
    found = report._changed_documents(since)
    cr.execute(SQL("CREATE TEMPORARY TABLE %s AS %s", table, _union(found)))
    cr.execute(SQL("ANALYZE %s", table))
    beside = report._documents_beside(table)
    cr.execute(
        SQL(
            "INSERT INTO %(table)s %(beside)s EXCEPT SELECT * FROM %(table)s",
            table=table,
            beside=_union(beside),
        )
    )
    cr.execute(SQL("SELECT COUNT(*) FROM %s", table))
    [count] = cr.fetchone()
    ids = {
        model: SQL("SELECT id FROM %s WHERE model = %s", table, model) for model in found | beside
    }
    return ChangedDocuments(cr, cr.now(), ids, count)


def _union(selects: dict[str, list[SQL]]) -> SQL:
    """A SELECT of ``model`` and ``id``, each once."""
    return SQL(" UNION ").join(
        SQL("SELECT %s::varchar AS model, id FROM (%s) found", model, select)
        for model, parts in selects.items()
        for select in parts
    )


def outdated_customers(report, day: date, known: Collection[int]) -> set[int]:
    """The customers whose profile does not tell of the documents that their purchases tell of:
    documents were deleted, or contacts merged, without a trace.

    :param known: customers that are derived anew in any case
    """
    profiles, purchases = (
        SQL(
            "SELECT %s FROM %s WHERE company_id = %s AND partner_id <> ALL(%s) AND %s",
            columns,
            SQL.identifier(table),
            report.env.company.id,
            list(known),
            condition,
        )
        for columns, table, condition in (
            (SQL("partner_id, documents, net"), "customer_sales_profile", SQL("TRUE")),
            (
                SQL("partner_id, net"),
                "customer_sales_purchase",
                SQL("partner_id IS NOT NULL AND date <= %s", day),
            ),
        )
    )
    # Whoever goes takes its documents from the sums, which are had in a third of the time.
    [[are_same]] = report.env.execute_query(
        SQL(
            "SELECT (SELECT ROW(COALESCE(SUM(documents), 0), SUM(net)) FROM (%s) profile) "
            "IS NOT DISTINCT FROM (SELECT ROW(COUNT(*), SUM(net)) FROM (%s) purchase)",
            profiles,
            purchases,
        )
    )
    if are_same:
        return set()
    rows = report.env.execute_query(
        SQL(
            """
            SELECT COALESCE(profile.partner_id, purchase.partner_id)
              FROM (%s) profile
         FULL JOIN (SELECT partner_id, COUNT(*) AS documents, SUM(net) AS net
                      FROM (%s) purchase GROUP BY partner_id) purchase
                ON purchase.partner_id = profile.partner_id
             WHERE (profile.documents, profile.net)
                   IS DISTINCT FROM (purchase.documents, purchase.net)
            """,
            profiles,
            purchases,
        )
    )
    return {partner_id for (partner_id,) in rows}
