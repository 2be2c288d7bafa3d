"""The generated databases: made once, and kept until the generator changes."""

import json
from pathlib import Path

import databases
import postgres
from console import step
from places import LOGS, files_fingerprint, fingerprint

HERE = Path(__file__).resolve().parent


def database(odoo, lines, half=False):
    """Make sure of the generated database; return its name.

    :param half: whether one customer has half of the lines
    """
    name = postgres.database(f"bench_{lines}{'_half' if half else ''}")
    folder = HERE / "generate"
    recipe = fingerprint(files_fingerprint(folder, folder.glob("*.py")), str(lines), str(half))
    with databases.preparing():
        source, note = databases.base(odoo)
        fresh = _recipe(name) != recipe
        databases.served(odoo, name, source, note, fresh=fresh, keep=True)
        if fresh:
            target = ("generate:main", str(lines), json.dumps(half), recipe)
            step(
                f"Writing {lines:,} lines",
                odoo.function(name, *target),
                LOGS / "bench-generate.log",
                progress=_last_line,
            )
            postgres.query("VACUUM (ANALYZE)", name)
    return name


def _recipe(name):
    """The recipe that the database's lines were made by; None when there are none."""
    if name not in postgres.names():
        return None
    key = "SELECT value FROM ir_config_parameter WHERE key = 'bench.recipe'"
    return postgres.query(key, name) or None


def _last_line(log):
    return (log.read_text(errors="replace").splitlines() or [""])[-1].strip()
