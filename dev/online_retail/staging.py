"""The file in temporary tables.

``online_retail_file``: position, number, code, description, quantity, moment (local), price,
customer, country; every line as it is.
``online_retail_line``: position, number, code, quantity, price, subtotal (in GBP, rounded half up
to the penny); the lines to load.
``online_retail_document``: number, kind, customer, day, moment (UTC), total, line_count, record_id
(in Odoo, once it is there); what these lines make up.

Quantities and amounts are signed as in the file: negative on what was given back.
"""

import gzip
from pathlib import Path

from odoo.tools import SQL


def create_table(env, name, query):
    """Fill a temporary table with the rows of ``query``; one of the same name is replaced."""
    table = SQL.identifier(name)
    env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
    env.cr.execute(SQL("CREATE TEMPORARY TABLE %s ON COMMIT DROP AS %s", table, query))
    update_statistics(env, name)


def update_statistics(env, table):
    """Tell PostgreSQL that ``table`` has grown.

    Otherwise it goes on to search it row by row: in reports, and for each foreign key to it.
    """
    env.flush_all()
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def read_lines(env, path, week=None):
    """Read the CSV file at ``path``, gzipped or not, into the temporary tables.

    :param week: a day; all dates are moved by whole weeks, so that the last one is in its week
    """
    env.cr.execute(SQL("DROP TABLE IF EXISTS online_retail_file"))
    env.cr.execute(
        SQL("""
        CREATE TEMPORARY TABLE online_retail_file (
            position bigint GENERATED ALWAYS AS IDENTITY,
            number text NOT NULL,
            code text NOT NULL,
            description text,
            quantity integer NOT NULL,
            moment timestamp NOT NULL,
            price numeric NOT NULL,
            customer text,
            country text NOT NULL
        ) ON COMMIT DROP
        """)
    )
    opener = gzip.open if Path(path).suffix == ".gz" else open
    with opener(path, "rb") as file:
        env.cr.copy_expert(
            "COPY online_retail_file"
            " (number, code, description, quantity, moment, price, customer, country)"
            " FROM STDIN WITH (FORMAT csv, HEADER, ENCODING 'UTF8')",
            file,
        )
    if week:
        _move_dates(env, week)
    lines = SQL("""
        SELECT position, number, code, quantity, price, round(quantity * price, 2) AS subtotal
          FROM online_retail_file
         WHERE price <> 0 AND left(number, 1) <> 'A'
    """)
    create_table(env, "online_retail_line", lines)
    documents = SQL("""
        SELECT file.number,
               CASE WHEN file.customer IS NOT NULL AND left(file.number, 1) = 'C' THEN 'credit_note'
                    WHEN file.customer IS NOT NULL THEN 'customer_invoice'
                    WHEN left(file.number, 1) = 'C' THEN 'pos_refund'
                    ELSE 'pos_receipt'
               END AS kind,
               file.customer,
               min(file.moment)::date AS day,
               min(file.moment) AT TIME ZONE 'Europe/London' AT TIME ZONE 'UTC' AS moment,
               sum(line.subtotal) AS total,
               count(*)::integer AS line_count,
               NULL::integer AS record_id
          FROM online_retail_line AS line
          JOIN online_retail_file AS file USING (position)
         GROUP BY file.number, file.customer
    """)
    create_table(env, "online_retail_document", documents)


def _move_dates(env, week):
    """Move the local times; what they are in UTC follows from the days that they come to."""
    env.cr.execute(
        SQL(
            """
            UPDATE online_retail_file
               SET moment = moment + (date_trunc('week', %s::timestamp) - last.week)
              FROM (SELECT date_trunc('week', max(moment)) AS week FROM online_retail_file) AS last
            """,
            week,
        )
    )


def account_for_lines(env):
    """Tell what becomes of each part of the file's lines.

    :return: one sentence per part
    :raise ValueError: if a line is lost or counted twice, or a document has two customers
    """
    read, unpriced, adjustments = env.execute_query(
        SQL("""
        SELECT count(*),
               count(*) FILTER (WHERE price = 0),
               count(*) FILTER (WHERE price <> 0 AND left(number, 1) = 'A')
          FROM online_retail_file
        """)
    )[0]
    parts = env.execute_query(
        SQL("""
        SELECT kind, count(*), sum(line_count)::integer
          FROM online_retail_document
         GROUP BY kind
         ORDER BY kind
        """)
    )
    ambiguous = env.execute_query(
        SQL("SELECT number FROM online_retail_document GROUP BY number HAVING count(*) > 1")
    )
    if ambiguous:
        numbers = ", ".join(number for (number,) in ambiguous)
        raise ValueError(f"More than one customer on one document: {numbers}")
    loaded = sum(lines for _kind, _documents, lines in parts)
    if read != loaded + unpriced + adjustments:
        raise ValueError(
            f"Of {read} lines, {loaded} would be loaded and {unpriced + adjustments} left out."
        )
    return [
        f"{read:,} lines read",
        *(f"{lines:,} lines make up {count:,} documents: {kind}" for kind, count, lines in parts),
        f"{unpriced:,} lines left out: no price (stock movements and free samples)",
        f"{adjustments:,} lines left out: adjustments of bad debt",
    ]


def first_documents(env):
    """The number of one document of each kind: of those with the fewest lines, the first."""
    query = SQL("""
        SELECT DISTINCT ON (kind) number
          FROM online_retail_document
         ORDER BY kind, line_count, number
    """)
    return [number for (number,) in env.execute_query(query)]
