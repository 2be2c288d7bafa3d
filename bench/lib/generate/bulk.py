"""Writing many rows by SQL, each like one that Odoo's own flow has made."""

import contextlib

from odoo.tools import SQL


def create_table(env, name, query):
    """Keep the rows of ``query`` in the temporary table ``name`` until the end."""
    env.cr.execute(SQL("CREATE TEMPORARY TABLE %s AS %s", SQL.identifier(name), query))
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(name)))


def reserve_ids(env, table, count):
    """Take ``count`` ids of ``table`` in a row; return the one before the first."""
    sequence = f"{table}_id_seq"
    [[last]] = env.execute_query(SQL("SELECT nextval(%s)", sequence))
    env.cr.execute(SQL("SELECT setval(%s, %s)", sequence, last + count))
    return last


def count(env, table):
    return env.execute_query(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))[0][0]


def insert_like(env, table, source, **values):
    """Insert a row into ``table`` for each row of ``source``, in the order of its ids.

    :param source: a query with the columns ``record_id``, the id to give, and ``example_id``, the
        id of the row from which all columns but those of ``values`` are copied
    :param values: SQL text over the rows of ``source``, by column; a column that the installed
        apps do not have is passed over
    """
    values["id"] = "source.record_id"
    columns = env.execute_query(
        SQL(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema AND table_name = %s",
            table,
        )
    )
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM (%s) AS source"
            " JOIN %s AS example ON example.id = source.example_id ORDER BY source.record_id",
            SQL.identifier(table),
            SQL(", ").join(SQL.identifier(name) for (name,) in columns),
            SQL(", ").join(
                SQL(values[name]) if name in values else SQL.identifier("example", name)
                for (name,) in columns
            ),
            source,
            SQL.identifier(table),
        )
    )


@contextlib.contextmanager
def without_indexes(env, tables):
    """Make the indexes and foreign keys of ``tables`` anew after the block: keeping them up to
    date row by row would take many times longer."""
    names = SQL("%s::regclass[]", tables)
    keys = env.execute_query(
        SQL(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s)",
            names,
        )
    )
    indexes = env.execute_query(
        SQL(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY(%s) AND NOT EXISTS"
            " (SELECT FROM pg_constraint WHERE conindid = indexrelid)",
            names,
        )
    )
    for table, name, _definition in keys:
        env.cr.execute(SQL(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    for name, _definition in indexes:
        env.cr.execute(SQL(f"DROP INDEX {name}"))
    yield
    for _name, definition in indexes:
        env.cr.execute(SQL(definition.replace("%", "%%")))
    for table, name, definition in keys:
        env.cr.execute(SQL(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))
