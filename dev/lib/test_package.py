"""What an Odoo imports when it runs the addon's tests: each file that lies directly in tests/, and
nothing that needs more, such as Hypothesis or a browser, which lies in a folder of its own.

Prints each place that breaks this, and exits with 1 if there is one.
"""

import ast
import sys

from places import ROOT

TESTS = ROOT / "tests"
BROWSER = {"start_tour", "browser_js"}


def faults():
    """Each as (path, sentence)."""
    package = TESTS / "__init__.py"
    imported = {
        alias.name
        for node in ast.walk(ast.parse(package.read_text()))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    there = {path.stem for path in TESTS.glob("test_*.py")}
    for name in sorted(there - imported):
        yield package, f"does not import {name}"
    for name in sorted(imported - there):
        yield package, f"imports {name}, which is no file of tests beside it"
    folders = {path.parent.name for path in TESTS.glob("*/__init__.py")} - {"pure"}
    for path in sorted(TESTS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in BROWSER:
                yield path, f"line {node.lineno}: what needs a browser belongs into tests/browser/"
            for module in _imported(node):
                if module.split(".")[0] == "hypothesis":
                    yield path, f"line {node.lineno}: what needs Hypothesis belongs into a folder"
                elif module.startswith(".") and module.split(".")[1] in folders:
                    yield path, f"line {node.lineno}: imports from a folder whose tests need more"


def _imported(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return []


def main():
    found = [f"{path.relative_to(ROOT)}: {sentence}" for path, sentence in faults()]
    for line in found:
        print(line)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
