"""What records are called, for whoever may read them."""

from odoo.exceptions import AccessError, MissingError


def names_as_reader(records) -> dict[int, str]:
    """The names of ``records`` by their ids, as their environment's user may read them.

    What may not be read, or does not exist, has its number instead.
    """
    names = {record_id: str(record_id) for record_id in records.ids}
    records = records.browse(names).with_context(active_test=False).exists()
    if not records.browse().has_access("read"):
        return names
    # Names of many are computed in one go, which fails if one of them may not be read.
    readable = records.browse(records._filtered_access("read").ids)
    for record in readable:
        try:
            names[record.id] = record.display_name or names[record.id]
        except (AccessError, MissingError):
            continue  # its name is made of what the user may not read
    return names
