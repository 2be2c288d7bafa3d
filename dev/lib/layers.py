"""Imports of Python go down only: controllers and wizards, then report, models and tools, which
holds no model. Prints each place that breaks this, and exits with 1 if there is one.
"""

import ast
import sys

from places import MODULE, ROOT

# A room may import from itself and from those named after it.
ROOMS = {
    "controllers": ("report", "models", "tools"),
    "wizards": ("report", "models", "tools"),
    "report": ("models", "tools"),
    "models": ("tools",),
    "tools": (),
}


def faults(path):
    """What a file imports and must not, or holds and must not: (line, sentence)."""
    parts = path.relative_to(ROOT).parts
    room = parts[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            imported = _imported_room(node, parts)
            if imported is not None and imported != room and imported not in ROOMS[room]:
                yield node.lineno, f"{room} must not import from {imported or 'the addon'}"
        elif isinstance(node, ast.ClassDef) and room == "tools":
            if any(ast.unparse(base).startswith("models.") for base in node.bases):
                yield node.lineno, "tools holds no models"


def _imported_room(node, parts):
    """The room that ``from ... import`` in the file ``parts`` reaches; None outside the addon."""
    names = (node.module or "").split(".")
    if node.level:
        names = [*parts[: len(parts) - node.level], *names]
    elif names[:3] == ["odoo", "addons", MODULE]:
        names = names[3:]
    else:
        return None
    return names[0] if names else ""


def main():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {sentence}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line, sentence in faults(path)
    ]
    for line in found:
        print(line)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
