"""How far a path of field names may lead, by the lists of what is allowed."""

from collections.abc import Iterator

from ...tools.terms import CONTACT_GROUP, PROPERTY_PREFIX, REACH
from .allowed_fields import ALWAYS, EVERYBODY, NOBODY


class Reach:
    """
    :param env: any environment; nothing is read from the database
    :param allowed: as of :func:`.allowed_fields`
    :param private_custom: names of the report's columns for custom fields that need the permission
        to see contact details
    """

    def __init__(self, env, allowed: dict[str, dict[str, set[str]]], private_custom: set[str]):
        self.env, self.allowed, self.private_custom = env, allowed, private_custom

    def fields(self, model, path: list[str]) -> Iterator:
        """The fields along a path from ``model``, as far as it leads along fields that exist."""
        for name in path:
            # A property is named by its field and its own name: `properties.abc`
            field = model._fields.get(name.lstrip(".").partition(".")[0])
            if field is None:
                return
            yield field
            if field.name == "id":
                continue  # what is asked of an id is asked of the record
            if not field.relational or field.comodel_name not in self.env:
                return
            model = self.env[field.comodel_name]

    def groups(self, model, path: list[str]) -> set[str]:
        """The groups, all of which a path from ``model`` needs, as external ids.

        :data:`.NOBODY` is among them if it leads to what is on no list.
        """
        return self._groups(model, path, frozenset())

    def groups_of(self, field) -> set[str]:
        """The groups, all of which a field of another app needs."""
        return self._groups_of_field(field, frozenset())

    def _groups(self, model, path: list[str], followed: frozenset) -> set[str]:
        needed = set()
        for depth, field in enumerate(self.fields(model, path)):
            needed |= self._groups_of_field(field, followed)
            if field.type == "reference":
                # It leads on to whichever of its models a row has a document of.
                for name in field.get_values(self.env):
                    needed |= self._groups(self.env[name], path[depth + 1 :], followed)
            if field.type == "properties":
                names = ".".join(path[depth:]).split(".")[1:]
                needed |= self._groups_of_property(field, names)
        return needed

    def _groups_of_field(self, field, followed: frozenset) -> set[str]:
        if issubclass(self.env.registry[field.model_name], self.env.registry[REACH]):
            # A model of this app says itself who may see its fields.
            return set((field.groups or "").split(",")) & {*self.allowed, NOBODY} - {EVERYBODY}
        if field.name in ALWAYS:
            return set()
        for group, by_model in self.allowed.items():
            if field.name in by_model.get(field.model_name, ()):
                return {group} - {EVERYBODY}
        if field.manual:
            return self._groups_of_custom_field(field, followed)
        return {NOBODY}

    def _groups_of_custom_field(self, field, followed: frozenset) -> set[str]:
        """A custom field is for everybody, unless it was marked private. Where its values come from
        others it is as private as these, and so is one that shows a name."""
        needed = set()
        if field.model_name == "res.partner" and field.name in self.private_custom:
            needed.add(CONTACT_GROUP)
        if field in followed:
            return needed
        model = self.env[field.model_name]
        # Not from the registry, which knows no dependencies while models are being set up
        sources = [field.related] if field.related else field.get_depends(model)[0]
        for source in sources:
            needed |= self._groups(model, source.split("."), followed | {field})
        if field.relational and field.comodel_name in self.env:
            comodel = self.env[field.comodel_name]
            for group in self.allowed.keys() - {EVERYBODY}:
                if comodel._rec_name in self.allowed[group].get(field.comodel_name, ()):
                    needed.add(group)
        return needed

    def _groups_of_property(self, field, names: list[str]) -> set[str]:
        """
        :param field: the field that holds the properties
        :param names: the name of the property, and what of it; empty for all that the field holds
        """
        if len(names) > 1 and names[1] not in ALWAYS:
            return {NOBODY}  # where it leads to is not known before it is read
        if field.base_field.model_name != "res.partner":
            return set()
        private = {name for name in self.private_custom if name.startswith(PROPERTY_PREFIX)}
        asked = {PROPERTY_PREFIX + name.lower() for name in names[:1]} or private
        return {CONTACT_GROUP} if asked & private else set()
