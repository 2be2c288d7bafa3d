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


class FormView:
    """A form as the web client knows it for one user."""

    def __init__(self, env, model, view_id):
        views = env[model].get_views([(view_id, "form")])
        self.models = views["models"]
        self.model = model
        self.arch = etree.fromstring(views["views"]["form"]["arch"])

    @property
    def specification(self):
        """What web_read shall read: every field, and the columns of the lists in it."""
        return self._specification(self.arch, self.model)

    def _specification(self, node, model):
        described = self.models[model]["fields"]
        found = {}
        for child in node.iterfind(".//field"):
            outer = next((each for each in child.iterancestors("field")), None)
            if outer is not None and outer is not node:
                continue  # of a list in the form
            field = described[child.get("name")]
            if field["type"] in ("many2one", "reference"):
                found[child.get("name")] = {"fields": {"display_name": {}}}
            elif field["type"] in ("one2many", "many2many"):
                inner = child.find("list")
                fields = {"display_name": {}, "color": {}}
                if inner is not None:
                    fields = self._specification(child, field["relation"])
                found[child.get("name")] = {"fields": fields}
            else:
                found[child.get("name")] = {}
        return found


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
