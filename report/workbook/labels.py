"""What stands in a cell for a record, a choice or a yes: looked up once for many rows."""

from datetime import date, datetime, timedelta

import pytz

from odoo.tools import SQL, html2plaintext

from ...tools.record_names import names_as_reader

BATCH = 1000
REMEMBERED = 50_000  # of each column; beyond it, what was looked up is forgotten
EPOCH = date(1899, 12, 30)  # day 0 of a workbook's dates
# Excel shows no day before 1900, and before March 1900 another than was meant.
FIRST_DAY = (date(1900, 3, 1) - EPOCH).days


def day_number(day: date) -> int:
    """``day`` as workbooks count days."""
    return (day - EPOCH).days


def day_cell(number: float | None):
    """The cell of a day or moment by its number; a text where workbooks have no such day."""
    if number is None or number >= FIRST_DAY:
        return number
    return (EPOCH + timedelta(days=int(number // 1))).isoformat()


class Choices(dict):
    """The labels of a selection or of a yes and no, by value; a value unknown is shown as it is."""

    def __missing__(self, value):
        return str(value)

    def learn(self, _values):
        pass


class RecordLabels(dict):
    """Cell values by the ids of records: their names, or what is at the end of a path.

    Names are read as the user would see them in the report: in the user's language, and whatever
    the record's own access rights, as it is the report's row that grants them. What tells more in
    names is not in the context of an environment of this app.

    :param records: an empty recordset of the model, in the user's environment
    :param path: names of the fields to follow; none for the record's own name
    """

    def __init__(self, records, path: list[str]):
        super().__init__()
        self._records = records.sudo()
        self._path = path

    def learn(self, ids):
        """Look up those of ``ids`` that are not known yet."""
        new_ids = [record_id for record_id in ids if record_id and record_id not in self]
        if len(self) + len(new_ids) > REMEMBERED:
            self.clear()
            new_ids = [record_id for record_id in ids if record_id]
        for start in range(0, len(new_ids), BATCH):
            self._look_up(new_ids[start : start + BATCH])

    def _look_up(self, ids: list[int]):
        if not ids:
            return
        records = self._records.browse(ids)
        # A product that was deleted under a document is no reason to write no file.
        existing = records.exists()
        for record in existing:
            self[record.id] = self._value(record)
        for record in records - existing:
            self[record.id] = None
        # What a cell shows is remembered here; what else was read would only pile up.
        self._records.env.invalidate_all()

    def _value(self, record):
        for position, name in enumerate(self._path):
            field = record._fields[name]
            record = record[name]
            if not field.relational:
                return cell_value(field, record, self._records.env)
            if field.type != "many2one" and position == len(self._path) - 1:
                break
        return ", ".join(each.display_name or "" for each in record) or None


class StoredNames(RecordLabels):
    """Names of records which are many: taken from where they are stored, as long as no app adds
    something to them. Odoo takes five times as long as the whole rest of a CSV file."""

    # Modules of Python that may say what a record is called without adding to what is stored
    PLAIN = {"odoo.orm.models"}

    def __init__(self, records):
        super().__init__(records, [])
        self._are_plain = self.PLAIN.issuperset(
            each.__module__ for each in type(records).mro() if "_compute_display_name" in vars(each)
        )
        records.env.flush_all()

    def _look_up(self, ids):
        if self._are_plain:
            self.update(self._records.env.execute_query(self._stored(tuple(ids))))
        return super()._look_up([record_id for record_id in ids if record_id not in self])

    def _stored(self, ids: tuple[int, ...]) -> SQL:
        """A query of the ids and names of those records whose names need no more."""
        raise NotImplementedError


class PartnerNames(StoredNames):
    PLAIN = {*StoredNames.PLAIN, "odoo.addons.base.models.res_partner"}

    def _stored(self, ids):
        # Addresses without a name of their own are named by their kind, in the language.
        return SQL(
            "SELECT id, complete_name FROM res_partner "
            "WHERE id IN %s AND name != '' AND complete_name != ''",
            ids,
        )


class ProductNames(StoredNames):
    PLAIN = {*StoredNames.PLAIN, "odoo.addons.product.models.product_product"}

    def _stored(self, ids):
        # Variants are named by their attributes too, which takes Odoo itself.
        template = self._records.env["product.template"]
        return SQL(
            "SELECT product.id, CASE WHEN product.default_code != '' "
            "THEN '[' || product.default_code || '] ' ELSE '' END || (%s) "
            "FROM product_product product "
            "JOIN product_template template ON template.id = product.product_tmpl_id "
            "WHERE product.id IN %s AND NOT EXISTS (SELECT FROM product_variant_combination value "
            "WHERE value.product_product_id = product.id)",
            template._field_to_sql("template", "name"),
            ids,
        )


class LabelsOrKinds(dict):
    """The labels of records by their ids, and words by negative numbers: -1 for the first."""

    def __init__(self, labels, words: list[str]):
        super().__init__({-number: word for number, word in enumerate(words, 1)})
        self._labels = labels

    def learn(self, ids):
        self._labels.learn([record_id for record_id in ids if record_id and record_id > 0])

    def __missing__(self, record_id):
        return self._labels[record_id]


class NamesAsReader(RecordLabels):
    """Names of records that the report's rows do not grant: those that the user may read."""

    def __init__(self, records):
        super().__init__(records, [])

    def _look_up(self, ids):
        self.update(names_as_reader(self._records.sudo(False).browse(ids)))


class PropertyLabels(RecordLabels):
    """Cells of a property of contacts, by the ids of contacts.

    :param report: an empty recordset of the report, in the user's environment
    :param field: the report's column of the property
    """

    def __init__(self, report, field):
        super().__init__(report.env["res.partner"], [])
        self._report, self._field = report.sudo(), field
        self._names = NamesAsReader(report.env[field.comodel_name]) if field.relational else None

    def _look_up(self, ids):
        name = self._field.name
        values = self._report._properties_of(self._records.browse(ids), [name])
        self._records.env.invalidate_all()
        for partner_id in ids:
            self[partner_id] = self._cell(values.get(partner_id, {}).get(name))

    def _cell(self, value):
        field = self._field
        if field.relational:
            ids = value if isinstance(value, list) else [value]
            self._names.learn(ids)
            return ", ".join(filter(None, (self._names.get(each) for each in ids))) or None
        return cell_value(field, value, self._records.env)


class NumberedLabels(dict):
    """Numbers instead of names, by ids or texts."""

    def __init__(self, pseudonyms, prefix: str):
        super().__init__()
        self._pseudonyms, self._prefix = pseudonyms, prefix

    def learn(self, keys):
        if len(self) > REMEMBERED:
            self.clear()
        for key in keys:
            if key and key not in self:
                self[key] = self._pseudonyms.of(self._prefix, key)


def cell_value(field, value, env):
    """The value of a field that is not relational, as a cell shows it: a text, a number or None."""
    if field.type == "boolean":
        return env._("Yes") if value else env._("No")
    if field.type in ("integer", "float", "monetary"):
        return value
    if not value:
        return None
    if field.type == "selection":
        return dict(field._description_selection(env)).get(value, str(value))
    if field.type == "datetime":
        local = pytz.utc.localize(value).astimezone(env.tz)
        midnight = datetime(local.year, local.month, local.day)
        return day_number(local.date()) + (
            (local.replace(tzinfo=None) - midnight).total_seconds() / 86_400
        )
    if field.type == "date":
        return day_number(value)
    if field.type == "html":
        return html2plaintext(value)
    return str(value)
