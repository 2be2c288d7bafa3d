"""Which documents count as sales, and what each comes to: from the sales lines to purchases."""

from odoo.tools import SQL

from ...tools.sql.amounts import sign_of
from ...tools.sql.differences import Differences, apply_differences, create_scratch

TABLE = "customer_sales_purchase"
SCRATCH = "customer_sales_purchase_derived"
KEY = ("document_ref",)
COLUMNS = (
    "move_id",
    "pos_order_id",
    "company_id",
    "partner_id",
    "contact_id",
    "user_id",
    "channel",
    "date",
    "kind",
    "net",
    "quantity",
    "line_count",
    "cost",
)


def derive_purchases(report, documents: dict[str, SQL] | None = None) -> tuple[Differences, int]:
    """Bring the purchases of a company up to date.

    :param report: ``customer.sales.report`` in superuser mode, of the one company and in its time
        zone
    :param documents: model -> SELECT of the ids of the documents to look at; all by default
    :return: the differences found, and how many of the documents count as sales
    """
    cr, company = report.env.cr, report.env.company
    count = create_scratch(cr, SCRATCH, _select(report, documents), KEY)
    scope = SQL("stored.company_id = %s", company.id)
    if documents is not None:
        references = SQL(" UNION ALL ").join(
            SQL("SELECT %s || id FROM (%s) changed", f"{model},", ids)
            for model, ids in documents.items()
        )
        scope = SQL("%s AND stored.document_ref = ANY(ARRAY(%s)::varchar[])", scope, references)
    return apply_differences(cr, TABLE, SCRATCH, KEY, COLUMNS, scope), count


def _select(report, documents) -> SQL:
    """One row for each document that counts as a sale."""

    def id_of(model: str) -> SQL:
        return SQL(
            "CASE WHEN starts_with(line.document_ref, %s) "
            "THEN split_part(line.document_ref, ',', 2)::integer END",
            f"{model},",
        )

    return SQL(
        """
        SELECT line.document_ref,
               %(move)s AS move_id,
               %(pos_order)s AS pos_order_id,
               MIN(line.company_id) AS company_id,
               MIN(line.commercial_partner_id) AS partner_id,
               MIN(line.partner_id) AS contact_id,
               MIN(line.user_id) AS user_id,
               -- website before sales, pos and direct
               MAX(line.channel) AS channel,
               MIN(line.date) AS date,
               CASE %(sign)s
                   WHEN 1 THEN 'purchase' WHEN -1 THEN 'return' ELSE 'nil' END AS kind,
               SUM(line.price_subtotal)::numeric AS net,
               SUM(line.quantity)::numeric AS quantity,
               COUNT(*)::integer AS line_count,
               SUM(line.cost)::numeric AS cost
          FROM (%(lines)s) AS line
         WHERE line.date IS NOT NULL
      GROUP BY line.document_ref
        """,
        move=id_of("account.move"),
        sign=sign_of(SQL("SUM(line.price_subtotal)")),
        pos_order=id_of("pos.order"),
        lines=report._lines_of_documents(
            [
                "document_ref",
                "company_id",
                "commercial_partner_id",
                "partner_id",
                "user_id",
                "channel",
                "date",
                "price_subtotal",
                "quantity",
                "cost",
            ],
            documents,
        ),
    )
