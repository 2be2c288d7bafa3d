"""The prepared databases: each is made once, from the one before it, and then only copied.

base        Odoo's apps that record sales, without demo data, in English and Arabic
showcase    base, filled by dev/showcase
template    showcase with the addon installed, and companies that wait for tests: what these copy
apps        base, with apps that extend what the report reads, and such companies
beside      apps with the addon installed
demo        showcase with the addon installed: what dev/run serves, and keeps
"""

import contextlib
import datetime
import os
import uuid
from pathlib import Path

import postgres
from console import Fail
from declarations import declarations
from places import MODULE, PRIVATE, ROOT, files_fingerprint, fingerprint, lock

APPS = "pos_sale"  # brings account, sale_management, point_of_sale and stock with it
MORE_APPS = (
    "delivery,sale_loyalty,pos_loyalty,sale_margin,website_sale,pos_restaurant,pos_discount,pos_hr,"
    "account_debit_note,l10n_sa,crm,mass_mailing"
)
LANGUAGES = "en_US,ar_001"
# What the database of an installed addon is made from: not its tests, commands and web assets
NOT_INSTALLED = {"bench", "dev", "tests", "doc", "docs"}
INSTALLED = {".py", ".xml", ".csv", ".po", ".png", ".svg", ".json"}


def addon_fingerprint():
    return files_fingerprint(ROOT, _installed_files())


def _installed_files():
    def counts(path):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith((".", "__pycache__")) for part in parts)
        asset = parts[:1] == ("static",) and parts[1] != "description"
        return path.suffix in INSTALLED and not (hidden or asset or parts[0] in NOT_INSTALLED)

    return [path for path in ROOT.rglob("*") if path.is_file() and counts(path)]


def declared_fingerprint(odoo):
    """A fingerprint of what an upgrade would write; see :mod:`declarations`."""
    manifest = ROOT / "__manifest__.py"
    kinds = {".py": {}, ".xml": {}, ".csv": {}}
    others = []
    for path in _installed_files():
        if path.suffix in kinds and path != manifest:
            kinds[path.suffix][str(path.relative_to(ROOT))] = path.read_text()
        if path.suffix != ".py":
            others.append(path)
    orm = (odoo.source.python_path / "odoo" / "orm" / "models.py").read_text()
    data = kinds[".xml"] | kinds[".csv"]
    code = declarations(kinds[".py"], data, manifest.read_text(), orm)
    return fingerprint(code, files_fingerprint(ROOT, others))


def showcase_fingerprint():
    folder = ROOT / "dev" / "showcase"
    return files_fingerprint(folder, folder.rglob("*.py"))


def companies_fingerprint():
    return files_fingerprint(ROOT, [ROOT / "tests" / "prepared_company.py"])


@contextlib.contextmanager
def preparing():
    """Be the only run of this checkout that makes or copies databases."""
    waiting = "Waiting for another run that prepares the databases ..."
    with lock(PRIVATE / "databases.lock", waiting):
        yield


def _make(name, note, fill):
    """Make the database ``name`` anew by ``fill(draft)``; it appears only when complete."""
    draft = f"{name}_new"
    postgres.drop(draft)
    fill(draft)
    postgres.drop(name)
    postgres.set_note(draft, note | {"id": uuid.uuid4().hex, "made": _today().isoformat()})
    postgres.rename(draft, name)
    return postgres.note(name)


def _today():
    return datetime.date.today()


def _age(note):
    return (_today() - datetime.date.fromisoformat(note["made"])).days


def _is_current(note, recipe):
    return note is not None and note.get("recipe") == recipe


def base(odoo):
    """Make sure of the database ``base``; return its name and note."""
    name = postgres.database("base")
    recipe = fingerprint(odoo.source.name, APPS, LANGUAGES)
    if not odoo.right_to_left:
        recipe += "-left-to-right"  # its style files are made anew once there is rtlcss

    def fill(draft):
        arguments = ["-i", APPS, f"--load-language={LANGUAGES}", "--no-http"]
        odoo.run("Installing Odoo's apps (about two minutes)", draft, "base.log", *arguments)
        store = "in_odoo:keep_files_in_database"
        odoo.call("Moving files into the database", draft, store, "base-files.log")
        _generate_assets(odoo, draft)

    note = postgres.note(name)
    if not _is_current(note, recipe):
        note = _make(name, {"recipe": recipe}, fill)
    return name, note


def showcase(odoo, oldest=None):
    """Make sure of the database ``showcase``; return its name and note.

    :param oldest: age in days at which it is made anew, because its documents end on that day
    """
    name = postgres.database("showcase")
    source, source_note = base(odoo)
    recipe = fingerprint(source_note["id"], showcase_fingerprint())

    def fill(draft):
        postgres.copy(source, draft)
        title = "Making showcase data (a few minutes)"
        odoo.call(title, draft, "showcase:build", "showcase.log", progress=_last_line)

    note = postgres.note(name)
    if not _is_current(note, recipe) or (oldest is not None and _age(note) > oldest):
        note = _make(name, {"recipe": recipe}, fill)
    return name, note


def _last_line(log):
    lines = log.read_text(errors="replace").split("\n")
    return next((line.strip()[:100] for line in reversed(lines) if line.strip()), "")


def _generate_assets(odoo, name):
    odoo.call("Generating web assets", name, "in_odoo:generate_assets", "assets.log")


def _install(odoo, name, logs, showcase=True):
    """Install the addon; the names of the logs begin with ``logs``."""
    odoo.run("Installing Customer Sales", name, f"{logs}.log", "-i", MODULE, "--no-http")
    if showcase:
        title = "Giving the showcase's users access"
        odoo.call(title, name, "showcase:grant_access", f"{logs}-access.log")


def _upgrade(odoo, name, logs):
    odoo.run("Upgrading Customer Sales", name, f"{logs}.log", "-u", MODULE, "--no-http")


def _prepare_companies(odoo, name, logs):
    target = f"odoo.addons.{MODULE}.tests.prepared_company:prepare"
    odoo.call("Making companies for tests", name, target, f"{logs}-companies.log")


def template(odoo, *, declared=False):
    """Make sure of the database that tests copy; return its name.

    :param declared: leave it as it is where the addon's code has changed, but nothing of it that an
        upgrade would write
    """
    name = postgres.database("template")
    source, source_note = showcase(odoo)
    assets = files_fingerprint(ROOT, filter(Path.is_file, (ROOT / "static").rglob("*")))
    recipe = {
        "source": fingerprint(source_note["id"], companies_fingerprint()),
        "addon": addon_fingerprint(),
        "declared": declared_fingerprint(odoo),
        "assets": assets,
    }
    note = postgres.note(name)
    reusable = note is not None and note["source"] == recipe["source"]
    if reusable and declared and note.get("declared") == recipe["declared"]:
        recipe["addon"] = note["addon"]
    if note == recipe:
        return name
    if not reusable:
        note = {}
        postgres.copy(source, name)
    # Until it is complete it must not pass for a template: when this fails, it is made anew.
    postgres.set_note(name, None)
    if note.get("addon") != recipe["addon"]:
        bring_up = _upgrade if reusable else _install
        bring_up(odoo, name, "template")
    if not reusable:
        _prepare_companies(odoo, name, "template")
    if note.get("assets") != assets:
        _generate_assets(odoo, name)
    postgres.set_note(name, recipe)
    return name


def apps(odoo):
    """Make sure of the database with more apps, without the addon; return its name and note."""
    name = postgres.database("apps")
    source, source_note = base(odoo)
    recipe = fingerprint(source_note["id"], MORE_APPS, companies_fingerprint())

    def fill(draft):
        postgres.copy(source, draft)
        arguments = ["-i", MORE_APPS, "--no-http"]
        odoo.run("Installing more apps (a few minutes)", draft, "apps.log", *arguments)
        _prepare_companies(odoo, draft, "apps")

    note = postgres.note(name)
    if not _is_current(note, recipe):
        note = _make(name, {"recipe": recipe}, fill)
    return name, note


def beside(odoo):
    """Make sure of the database with more apps and the addon; return its name."""
    name = postgres.database("beside")
    source, source_note = apps(odoo)
    recipe = fingerprint(source_note["id"], addon_fingerprint())

    def fill(draft):
        postgres.copy(source, draft)
        _install(odoo, draft, "beside", showcase=False)

    if not _is_current(postgres.note(name), recipe):
        _make(name, {"recipe": recipe}, fill)
    return name


@contextlib.contextmanager
def throw_away(odoo, prepare, purpose):
    """A copy of the database that ``prepare(odoo)`` returns, dropped at the end."""
    with preparing():
        _drop_left_over()
        name = postgres.database(f"test_{os.getpid()}_{purpose}")
        postgres.copy(prepare(odoo), name)
    try:
        yield name
    finally:
        postgres.drop(name)


def _drop_left_over():
    """Drop the copies of test runs that were killed."""
    prefix = postgres.database("test_")
    for name in postgres.names():
        if name.startswith(prefix):
            process = name.removeprefix(prefix).split("_")[0]
            if not os.path.exists(f"/proc/{process}"):
                postgres.drop(name)


def served(odoo, name, source, source_note, *, fresh, keep=False, showcase=False):
    """Make sure of the database ``name``: a copy of ``source`` with the addon, for dev/run.

    :param fresh: make it anew in any case
    :param keep: keep it although its source was made anew
    :param showcase: whether it has the showcase's users
    :raises Fail: when a database of that name exists and was not made here
    """
    note = postgres.note(name)
    if note is None and name in postgres.names():
        raise Fail(f"the database {name} is not one of dev/run's: choose another name with --db.")
    addon = addon_fingerprint()
    outdated = note is not None and not keep and note["source"] != source_note["id"]
    if note is None or fresh or outdated:

        def fill(draft):
            postgres.copy(source, draft)
            _install(odoo, draft, f"served-{name}", showcase)

        return _make(name, {"source": source_note["id"], "addon": addon}, fill)
    if note["addon"] != addon:
        _upgrade(odoo, name, f"served-{name}")
        note["addon"] = addon
        postgres.set_note(name, note)
    return note
