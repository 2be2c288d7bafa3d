"""numpy, scipy and scikit-learn are needed for predictions only: the app must load without them."""

import ast
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from ...tools import python_packages

ADDON = Path(__file__).resolve().parents[2]
ROOMS = ("controllers", "models", "report", "tools", "wizards")
PACKAGES = {"numpy", "scipy", "sklearn", "threadpoolctl"}
#: Of the statistics, those that need nothing but Python
WITHOUT_PACKAGES = {"control_group", "limits", "price_response", "two_groups"}


def loaded_at_once(path):
    """The modules that are imported when a file is: not those that its functions import."""
    nodes = list(ast.parse(path.read_text()).body)
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module or ''}.{name.name}" for name in node.names)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            nodes += ast.iter_child_nodes(node)


class TestOptionalPackages(TestCase):
    def test_nothing_loads_them_at_once(self):
        found = 0
        for room in ROOMS:
            for path in sorted((ADDON / room).rglob("*.py")):
                if (ADDON / "tools/statistics") in path.parents:
                    continue
                for name in loaded_at_once(path):
                    found += 1
                    parts = name.split(".")
                    with self.subTest(path=path, imports=name):
                        self.assertNotIn(parts[0], PACKAGES)
                        if "statistics" in parts:
                            after = parts[parts.index("statistics") + 1 :]
                            self.assertIn((after or [""])[0], WITHOUT_PACKAGES)
        self.assertGreater(found, 500)

    def test_statistics_that_need_nothing(self):
        for name in sorted(WITHOUT_PACKAGES):
            path = ADDON / "tools" / "statistics" / f"{name}.py"
            loaded = {module.split(".")[0] for module in loaded_at_once(path)}
            with self.subTest(path=path):
                self.assertFalse(loaded & PACKAGES)

    def test_what_is_missing(self):
        self.assertEqual(python_packages.missing_packages(), [])
        with patch.dict("sys.modules", {"sklearn": None, "numpy": None}):
            self.assertEqual(python_packages.missing_packages(), ["numpy", "scikit-learn"])
