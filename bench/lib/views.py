"""What the web client asks of a report, by the report's views."""

from lxml import etree

PAGE = 80  # rows and groups on a page of the web client
COUNT_LIMIT = 10001  # where its counter stops


class ListView:
    """A list as the web client knows it for one user: its columns, by the view's architecture after
    access rights."""

    def __init__(self, env, model, view_id):
        views = env[model].get_views([(view_id, "list")])
        self.arch = etree.fromstring(views["views"]["list"]["arch"])
        fields = views["models"][model]["fields"]
        columns = self.arch.findall("field")
        self.fields = {node.get("name"): fields[node.get("name")] for node in columns}
        self.hidden = {
            node.get("name") for node in columns if node.get("column_invisible") in ("True", "1")
        }

    @property
    def specification(self):
        """What web_search_read shall read, as ``getFieldsSpec`` of the web client has it."""
        return {name: self._subspecification(name, field) for name, field in self.fields.items()}

    def _subspecification(self, name, field):
        if field["type"] in ("many2one", "reference"):
            return {"fields": {} if name in self.hidden else {"display_name": {}}}
        if field["type"] == "many2many":
            return {"fields": {"display_name": {}, "color": {}}}
        return {}

    @property
    def aggregates(self):
        """What web_read_group shall sum up, as ``getAggregateSpecifications`` has it."""
        summed = {
            name: field
            for name, field in self.fields.items()
            if field.get("aggregator") and field["type"] in ("float", "integer", "monetary")
        }
        specs = [f"{name}:{field['aggregator']}" for name, field in summed.items()]
        for name, field in summed.items():
            specs += currency_aggregates(name, field)
        return list(dict.fromkeys(specs))


def currency_aggregates(name, field):
    if not field.get("currency_field"):
        return []
    return [f"{field['currency_field']}:array_agg_distinct", f"{name}:sum_currency"]


def measures(env, model, names):
    """What formatted_read_group shall sum up for measures, as the pivot of the web client asks."""
    fields = env[model].fields_get(names, ["aggregator", "currency_field"])
    specs = []
    for name in names:
        specs += [f"{name}:{fields[name]['aggregator']}", *currency_aggregates(name, fields[name])]
    return [*specs, "__count"]
