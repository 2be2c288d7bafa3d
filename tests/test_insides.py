"""The places where this app reaches into Odoo's insides are those that ARCHITECTURE.md lists, and
Odoo has not changed them.

What a copy of Odoo's logic computes is compared with Odoo by its subject: ``test_odoo_copies``,
and currency rates, groups and names where ARCHITECTURE.md says.
"""

import ast
import inspect
import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools.query import Query

from .insides import ATTRIBUTES, EVERYDAY, EXTENDED, ORIGINALS, QUERY, QUERY_ATTRIBUTES

ADDON = Path(__file__).parent.parent
PAGE = ADDON / "ARCHITECTURE.md"
OURS = "odoo.addons.customer_sales_report"


def original(module: str, path: str):
    """The function or method of this name, as it is in its own class."""
    found = import_module(module)
    for part in path.split("."):
        found = inspect.getattr_static(found, part)
    return found.__func__ if isinstance(found, (staticmethod, classmethod)) else found


def parameters(function) -> str:
    """The parameters of a function, without annotations."""
    signature = inspect.signature(function)
    plain = [each.replace(annotation=each.empty) for each in signature.parameters.values()]
    return str(signature.replace(parameters=plain, return_annotation=signature.empty))


def is_ours(cls) -> bool:
    return cls.__module__.startswith(OURS)


class Overridden:
    """A method that this app overrides on a model: where, and where it first comes from."""

    def __init__(self, model_name: str, name: str, function, root):
        self.model_name, self.name, self.function, self.root = model_name, name, function, root

    @property
    def inside(self) -> str:
        return f"{self.root.__module__}:{self.root.__qualname__}.{self.name}"


@tagged("post_install", "-at_install")
class TestInsides(TransactionCase):
    def our_classes(self, model_name: str) -> list[type]:
        """The classes of this app that a model has beside those that every model has."""
        registry = self.env.registry
        of_all = set(registry["base"].mro()) if model_name != "base" else set()
        return [cls for cls in registry[model_name].mro() if is_ours(cls) and cls not in of_all]

    def overridden(self):
        for model_name, model in self.env.registry.items():
            classes = model.mro()
            for cls in self.our_classes(model_name):
                position = classes.index(cls)
                for name, value in vars(cls).items():
                    roots = [
                        each
                        for each in classes[position + 1 :]
                        if name in vars(each) and not is_ours(each)
                    ]
                    if roots and inspect.isfunction(value):
                        yield Overridden(model_name, name, value, roots[-1])

    def known(self) -> set[str]:
        return {f"{module}:{path}" for module, paths in ORIGINALS.items() for path in paths}

    def test_parameters(self):
        """What the app overrides or calls takes the parameters that it took."""
        for module, paths in ORIGINALS.items():
            for path, expected in paths.items():
                with self.subTest(path=path):
                    self.assertEqual(parameters(original(module, path)), expected)

    def test_overrides_take_what_the_originals_take(self):
        """Whoever calls a private method as Odoo has it can call ours."""
        for each in self.overridden():
            if not each.name.startswith("_"):
                continue
            with self.subTest(model=each.model_name, name=each.name):
                root = inspect.signature(original(*each.inside.split(":")))
                ours = inspect.signature(each.function).parameters.values()
                takes_all = {
                    inspect.Parameter.VAR_POSITIONAL: False,
                    inspect.Parameter.VAR_KEYWORD: False,
                }
                takes_all.update((parameter.kind, True) for parameter in ours)
                names = [p.name for p in ours if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
                for parameter in root.parameters.values():
                    if parameter.kind is parameter.VAR_KEYWORD:
                        self.assertTrue(takes_all[parameter.kind])
                    elif not takes_all[inspect.Parameter.VAR_KEYWORD]:
                        self.assertIn(parameter.name, names)

    def test_overridden_private_methods_are_known(self):
        """Each private method of Odoo that the app overrides is noted in ``insides.py``."""
        private = {
            each.inside: each
            for each in self.overridden()
            if each.name.startswith("_") and not each.name.startswith("_compute_")
        }
        self.assertGreater(len(private), 15)
        self.assertEqual(private.keys() - self.known(), set())

    def test_called_private_methods_are_known(self):
        """So is each that it calls, told by names that its own code does not define."""
        defined, used = set(), set()
        for folder in ("controllers", "models", "report", "tools", "wizards"):
            for path in (ADDON / folder).rglob("*.py"):
                for node in ast.walk(ast.parse(path.read_text())):
                    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                        defined.add(node.name)
                    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        defined.add(node.id)
                    elif isinstance(node, ast.Attribute):
                        stored = isinstance(node.ctx, ast.Store)
                        (defined if stored else used).add(node.attr)
        private = {name for name in used - defined - EVERYDAY if re.match(r"_[a-z]", name)}
        known = {inside.rpartition(".")[2] for inside in self.known()}
        known |= set().union(*ATTRIBUTES.values())
        self.assertGreater(len(private & known), 15)
        self.assertEqual(private - known, set())

    def test_the_query(self):
        """Odoo's query has nothing that the report's does not know of."""
        members = {name for name, value in vars(Query).items() if callable(value)}
        members |= {n for n, v in vars(Query).items() if isinstance(v, (property, staticmethod))}
        self.assertEqual(members, QUERY)
        self.assertEqual(set(vars(Query(self.env, "res_partner"))), QUERY_ATTRIBUTES)

    def test_other_models(self):
        """Other models than the app's own run Odoo's code, but for what ``insides.py`` notes."""
        extended = defaultdict(set)
        for each in self.overridden():
            if not each.model_name.startswith("customer.sales."):
                extended[each.model_name].add(each.name)
        self.maxDiff = None
        self.assertEqual(dict(extended), EXTENDED)

    # ---------------------------------------------------------------------------------------
    # The page
    # ---------------------------------------------------------------------------------------

    def test_python_on_the_page(self):
        """ARCHITECTURE.md names each inside."""
        page = PAGE.read_text()
        names = {inside.rpartition(".")[2].rpartition(":")[2] for inside in self.known()}
        names = {name for name in names if not name.startswith("__")} | set(EXTENDED)
        missing = {name for name in names if not re.search(rf"\b{re.escape(name)}\b", page)}
        self.assertEqual(missing, set())

    def test_imports_on_the_page(self):
        """And each module of Odoo that no addon is meant to import from."""
        page, found = PAGE.read_text(), set()
        for folder in ("controllers", "models", "report", "tools", "wizards"):
            for path in (ADDON / folder).rglob("*.py"):
                found |= set(
                    re.findall(
                        r"^from (odoo\.(?:orm|service|addons)\.\S+) import", path.read_text(), re.M
                    )
                )
        self.assertIn("odoo.orm.domains", found)
        self.assertEqual({name for name in found if name not in page}, set())

    def test_javascript_on_the_page(self):
        """And each class of the web client that the app patches or builds on."""
        page, found = PAGE.read_text(), set()
        for path in (ADDON / "static/src").rglob("*.js"):
            source = path.read_text()
            imported = {
                name.strip()
                for names in re.findall(r"import \{([^}]*)\} from \"@web", source)
                for name in names.split(",")
            }
            used = re.findall(r"patch\((\w+)\.prototype|extends (\w+)", source)
            found |= imported & {name for pair in used for name in pair if name}
        self.assertIn("SearchModel", found)
        self.assertEqual({name for name in found if f"`{name}`" not in page}, set())
