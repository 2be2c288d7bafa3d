"""Values of properties in SQL, as :meth:`CustomerProperty.read` has them: NULL where the JSON holds
nothing that the property can be, rather than an error."""

from odoo.tools import SQL

from ..customer_property import LARGEST_FLOAT, LARGEST_INTEGER, MOMENT, CustomerProperty

# The type of the JSON's value -> of which kinds it is, of those that are one value
JSON_TYPES = {
    "boolean": {"boolean"},
    "number": {"float", "integer", "many2one", "monetary"},
    "string": {"char", "date", "datetime", "html", "selection", "text"},
}


def one_value(prop: CustomerProperty, json_value: SQL, comodel_table: str | None = None) -> SQL:
    """The value of a property of one value.

    :param json_value: what the contact's JSON has of it
    :param comodel_table: where the record of a many2one has to be
    """
    [json_type] = (name for name, kinds in JSON_TYPES.items() if prop.kind in kinds)
    text = SQL("%s #>> '{}'", json_value)
    number = SQL("(%s)::numeric", json_value)
    condition, value = {
        "boolean": (None, SQL("(%s)::boolean", text)),
        "date": (_is_moment(json_value, text), SQL("(%s)::date", text)),
        "datetime": (_is_moment(json_value, text), SQL("(%s)::timestamp", text)),
        "float": (_is_float(number), SQL("round(%s, 100)::double precision", number)),
        "integer": (_is_integer(number), SQL("trunc(%s)::integer", number)),
        "many2one": (
            _is_id(number, comodel_table) if comodel_table else None,
            SQL("(%s)::integer", number),
        ),
    }.get(prop.column_type, (None, SQL("NULLIF(%s, '')", text)))
    if condition:
        # One after the other: PostgreSQL may evaluate the terms of AND in any order.
        value = SQL("CASE WHEN %s THEN %s END", condition, value)
    return SQL("(CASE WHEN jsonb_typeof(%s) = %s THEN %s END)", json_value, json_type, value)


def several_values(prop: CustomerProperty, json_value: SQL, comodel_table: str | None) -> SQL:
    """A table of the different values of a property of several: ids that exist, or labels of tags.

    :param json_value: what the contact's JSON has of it
    :param comodel_table: where the records are
    """
    if prop.kind == "tags":
        values, labels = zip(*prop.options, strict=True) if prop.options else ((), ())
        value = SQL(
            "(SELECT option.label FROM unnest(%s::text[], %s::text[]) AS option(value, label) "
            "WHERE option.value = element.value #>> '{}')",
            list(values),
            list(labels),
        )
    else:
        one = CustomerProperty(prop.name, "many2one", prop.label, prop.comodel)
        value = one_value(one, SQL("element.value"), comodel_table)
    return SQL(
        "(SELECT DISTINCT %(value)s AS value FROM jsonb_array_elements("
        "CASE WHEN jsonb_typeof(%(json)s) = 'array' THEN %(json)s ELSE '[]' END) "
        "AS element(value))",
        value=value,
        json=json_value,
    )


def _is_moment(json_value: SQL, text: SQL) -> SQL:
    return SQL(
        "CASE WHEN %s ~ %s THEN "
        "jsonb_path_query_first(%s, '$.datetime()', '{}', TRUE) IS NOT NULL END",
        text,
        f"^{MOMENT.pattern}$",
        json_value,
    )


def _is_float(number: SQL) -> SQL:
    return SQL("abs(%s) < %s::numeric", number, str(LARGEST_FLOAT))


def _is_integer(number: SQL) -> SQL:
    return SQL("abs(%s) <= %s", number, LARGEST_INTEGER)


def _is_id(number: SQL, comodel_table: str) -> SQL:
    return SQL(
        "CASE WHEN %s THEN (%s)::integer IN (SELECT id FROM %s) END",
        _is_integer(number),
        number,
        SQL.identifier(comodel_table),
    )
