"""What of the addon's Python an upgrade writes to the database, told from the sources.

Models, fields, constraints, indexes and words are written down by statements outside functions;
most methods run long afterwards. So a database need not be brought up to a method whose body has
changed, unless the method runs during an upgrade. These count in full:

- functions that Odoo calls then, by their names;
- methods of Odoo's own models, and of models that the addon's data files write to;
- all that is named by a data file, by the manifest, by a statement outside functions, or by a
  function that counts. A name is enough, whatever it refers to; only those that every model or
  container has (``search``, ``get``) lead nowhere.
"""

import ast
import copy
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

CALLED_BY_ODOO = {
    "init",
    "_auto_init",
    "_register_hook",
    "_setup_base",
    "_setup_complete",
    "_setup_fields",
}
# What has these folders on its path is only ever run by an upgrade.
SCRIPTS = {"migrations", "upgrades"}
WORD = re.compile(r"[A-Za-z_]\w+")
CONTAINERS = (dict, list, set, str, tuple)


@dataclass
class Part:
    """A function or class: it counts when one of its names is asked for."""

    names: set[str]
    text: str
    mentions: set[str]


@dataclass
class Model:
    """A class that declares or extends models."""

    names: set[str]
    parents: set[str]
    methods: set[str] = field(default_factory=set)


def declarations(
    sources: dict[str, str], data: dict[str, str], manifest: str, orm: str = ""
) -> str:
    """A text that changes when an upgrade may write something else.

    :param sources: path -> Python
    :param data: path -> content of the data files, XML and CSV
    :param manifest: the manifest
    :param orm: Odoo's module that has what all models have
    """
    outline, parts, models = [manifest], [], []
    wanted = CALLED_BY_ODOO | set(WORD.findall(manifest))
    for path, source in sorted(sources.items()):
        outline.append(path)
        if SCRIPTS & set(path.split("/")):
            outline.append(source)
            continue
        reader = _Reader(path)
        tree = reader.visit(ast.parse(source))
        outline.append(ast.unparse(tree))
        wanted |= reader.mentioned
        parts += reader.parts
        models += reader.models
    written, named = _data(data)
    wanted |= named | _methods_of(models, written)
    return "\n".join([*outline, *_counting(parts, wanted, _common_names(orm))])


def _common_names(orm: str) -> set[str]:
    functions = (node for node in ast.walk(ast.parse(orm)) if isinstance(node, ast.FunctionDef))
    return {node.name for node in functions}.union(*map(dir, CONTAINERS))


def _counting(parts: list[Part], wanted: set[str], common: set[str]) -> list[str]:
    """The texts of the parts that are wanted, and of those that these mention, and so on."""
    found: dict[int, str] = {}
    while True:
        new = [n for n, part in enumerate(parts) if n not in found and part.names & wanted]
        if not new:
            return [found[number] for number in sorted(found)]
        for number in new:
            found[number] = parts[number].text
            wanted |= parts[number].mentions - common


def _methods_of(models: list[Model], written: set[str]) -> set[str]:
    """The methods of Odoo's own models and of those that are written to, as ``_Reader`` names
    them, with what these inherit."""
    own = set().union(*(model.names - model.parents for model in models))
    counting = written | {name for model in models for name in model.names if name not in own}
    methods: set[str] = set()
    while True:
        found = [model for model in models if model.names & counting]
        parents = set().union(*(model.parents for model in found))
        methods = methods.union(*(model.methods for model in found))
        if parents <= counting:
            return methods
        counting |= parents


def _data(files: dict[str, str]) -> tuple[set[str], set[str]]:
    """The models that data files write to, and the functions that they name."""
    written, named = {"ir.ui.view", "ir.ui.menu"}, set()
    for path, content in files.items():
        if path.endswith(".csv"):
            written.add(path.rpartition("/")[2].removesuffix(".csv"))
            continue
        for element in ElementTree.fromstring(content).iter():
            if element.tag in ("record", "function", "delete"):
                written.add(element.get("model"))
            if element.tag == "function":
                named.add(element.get("name"))
            named.update(WORD.findall(element.get("eval", "")))
    return written, named


class _Reader(ast.NodeTransformer):
    """Takes the bodies of functions out of a module, and notes what each part mentions."""

    def __init__(self, path):
        self.path = path
        self.mentioned: set[str] = set()
        self.parts: list[Part] = []
        self.models: list[Model] = []
        self.classes: list[ast.ClassDef] = []

    def visit_FunctionDef(self, node):
        place = [*(node.name for node in self.classes), node.name]
        names = {node.name, f"{self.path}:{'.'.join(place)}"}
        # A class that is called, or subclassed by one that is, has all its methods run.
        if self.classes:
            names.add(self.classes[-1].name)
        self.parts.append(Part(names, ast.unparse(node), _mentions(node)))
        outside = copy.copy(node)
        outside.body = [ast.Pass()]
        self.mentioned |= _mentions(*node.decorator_list, *node.args.defaults)
        self.mentioned |= _mentions(*filter(None, node.args.kw_defaults))
        return outside

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        self.classes.append(node)
        node.body = [self.visit(statement) for statement in node.body]
        self.classes.pop()
        if model := self._model(node):
            self.models.append(model)
        else:
            self.parts.append(Part({node.name}, "", _mentions(*node.bases)))
        self.mentioned |= _mentions(*node.decorator_list)
        return node

    def _model(self, node):
        """The model that a class declares or extends, if it does."""
        given = {
            statement.targets[0].id: set(_strings(statement.value))
            for statement in node.body
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
        }
        inherited = given.get("_inherit", set()) | given.get("_inherits", set())
        names = given.get("_name") or inherited
        if not names:
            return None
        methods = {
            f"{self.path}:{node.name}.{statement.name}"
            for statement in node.body
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        return Model(names, inherited, methods)

    def visit_Import(self, node):
        return node

    visit_ImportFrom = visit_Import

    def generic_visit(self, node):
        if isinstance(node, ast.stmt):
            self.mentioned |= _mentions(node)
        return super().generic_visit(node)


def _mentions(*nodes) -> set[str]:
    """The names in some code, of whatever."""
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for root in nodes
        for node in ast.walk(root)
        if isinstance(node, (ast.Name, ast.Attribute)) and isinstance(node.ctx, ast.Load)
    }


def _strings(node):
    return (
        leaf.value
        for leaf in ast.walk(node)
        if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)
    )
