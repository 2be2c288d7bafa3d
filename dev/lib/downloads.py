"""What is fetched: Odoo 19 from Debian's archive, its Python packages, and rtlcss."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from console import Fail, step
from places import CACHE, LOGS, ROOT, made_once

PACKAGE = "odoo-19"
# The package's fonts and scripts are relative links into these: without them every page fails.
LINKED_PACKAGES = [
    "fonts-font-awesome",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
]
RTLCSS = "rtlcss@4.3.0"
REQUIREMENTS = ROOT / "dev" / "requirements.txt"


class OdooSource:
    """An Odoo 19 on disk.

    ``python_path`` is the folder that holds the package ``odoo``; ``addons`` are the folders of
    its apps; ``name`` tells it from others.
    """

    def __init__(self, path):
        path = Path(path).expanduser().absolute()
        if not path.exists():
            raise Fail(f"there is no Odoo in {path}: the path does not exist.")
        # It may name the folder that holds the package `odoo`, the package, or odoo-bin.
        for folder in (path, path.parent):
            if (folder / "odoo" / "release.py").is_file():
                self.python_path = folder
                break
        else:
            raise Fail(f"there is no Odoo in {path}: no odoo/release.py was found.")
        release = (self.python_path / "odoo" / "release.py").read_text()
        if not re.search(r"^version_info = \(19, 0,", release, re.MULTILINE):
            raise Fail(f"the Odoo in {path} is not version 19.0.")
        folders = [self.python_path / "addons", self.python_path / "odoo" / "addons"]
        self.addons = [folder for folder in folders if folder.is_dir()]
        if not any((folder / "pos_sale").is_dir() for folder in self.addons):
            raise Fail(f"the Odoo in {path} lacks its apps: no pos_sale was found.")
        self.name = str(self.python_path)


def odoo_source(chosen):
    """The Odoo at the path ``chosen``, or else the one from Debian's archive."""
    if chosen:
        return OdooSource(chosen)
    recipe = " ".join(
        [PACKAGE, *LINKED_PACKAGES, "2"]
    )  # a number to raise when _fetch_odoo changes
    folder = made_once("odoo-19", recipe, _fetch_odoo, _odoo_works)
    return OdooSource(folder / "usr/lib/python3/dist-packages")


def odoo_is_there():
    return any(CACHE.glob("odoo-19-*/.complete"))


def _odoo_works(folder):
    package = folder / "usr/lib/python3/dist-packages/odoo"
    needed = [
        "release.py",
        "addons/pos_sale/__manifest__.py",
        "addons/web/static/lib/jquery/jquery.js",
    ]
    return all((package / name).is_file() for name in needed)


def _fetch_odoo(folder):
    debs = folder / "debs"
    debs.mkdir()
    apt = _debian_unstable(folder)
    wanted = [PACKAGE, *LINKED_PACKAGES]
    listed = subprocess.run(
        [*apt, "download", "--print-uris", *wanted], capture_output=True, text=True, cwd=debs
    )
    sizes = re.findall(r"^'\S+' \S+ (\d+)", listed.stdout, re.MULTILINE)
    if listed.returncode or len(sizes) != len(wanted):
        raise Fail(
            f"Debian's archive does not offer {PACKAGE} (any more): name an Odoo 19 of your own "
            "with --odoo PATH or the variable ODOO_SOURCE."
        )
    total = sum(map(int, sizes))

    def progress(_log):
        done = sum(path.stat().st_size for path in debs.rglob("*") if path.is_file())
        return f"{done / 1e6:.0f} of {total / 1e6:.0f} MB"

    step(
        "Downloading Odoo 19",
        [*apt, "download", *wanted],
        LOGS / "odoo-download.log",
        progress=progress,
        fetches=True,
        cwd=debs,
    )
    unpack = 'for deb in "$1"/*.deb; do dpkg -x "$deb" "$2"; done'
    step("Unpacking Odoo 19", ["sh", "-ec", unpack, "sh", debs, folder], LOGS / "odoo-unpack.log")
    # A stray half copy, which would shadow odoo/addons
    packages = folder / "usr/lib/python3/dist-packages"
    shutil.rmtree(packages / "addons", ignore_errors=True)
    # Debian strips this, which blurs video calls, but not its mention: each page logs an error.
    stripped = packages / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    stripped.parent.mkdir(exist_ok=True)
    stripped.touch()
    shutil.rmtree(debs)
    shutil.rmtree(folder / "apt")


def _debian_unstable(folder):
    """The apt-get command for Debian's suite sid, without touching the system's own settings.

    The mirror is the one that the machine's own sources name.
    """
    mirrors = _debian_mirrors()
    if not mirrors:
        raise Fail(
            "no mirror of Debian was found in this machine's apt sources: name an Odoo 19 of your "
            "own with --odoo PATH or the variable ODOO_SOURCE."
        )
    apt = folder / "apt"
    for name in ("lists/partial", "cache/archives/partial", "sources"):
        (apt / name).mkdir(parents=True)
    options = {
        "Dir::State::lists": apt / "lists",
        "Dir::Cache": apt / "cache",
        "Dir::State::status": "/dev/null",
        "Dir::Etc::sourcelist": "/dev/null",
        "Dir::Etc::sourceparts": apt / "sources",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
    }
    if os.geteuid() == 0:
        options["APT::Sandbox::User"] = "root"  # the folders are root's
    command = ["apt-get", "-q"]
    for name, value in options.items():
        command += ["-o", f"{name}={value}"]
    for mirror in mirrors:
        (apt / "sources" / "sid.sources").write_text(
            f"Types: deb\nURIs: {mirror}\nSuites: sid\nComponents: main\n"
            "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
        )
        try:
            step(
                "Looking up Odoo 19 in Debian",
                [*command, "update"],
                LOGS / "odoo-lookup.log",
                fetches=True,
            )
            return command
        except Fail:
            if mirror == mirrors[-1]:
                raise


def _debian_mirrors():
    """The addresses from which this machine gets its own Debian release."""
    wanted = ["indextargets", "--no-release-info", "Created-By: Packages"]
    shape = "$(RELEASE) $(COMPONENT) $(SITE)"
    listed = subprocess.run(
        ["apt-get", *wanted, "--format", shape], capture_output=True, text=True, check=True
    )
    os_release = Path("/etc/os-release").read_text()
    codename = re.search(r"^VERSION_CODENAME=(\w+)", os_release, re.MULTILINE).group(1)
    lines = (line.split() for line in listed.stdout.splitlines())
    sites = [
        site for release, component, site in lines if (release, component) == (codename, "main")
    ]
    return list(dict.fromkeys(sites))


def python_environment():
    """The folder of a virtual environment with all that dev/requirements.txt names."""
    version = subprocess.run(
        ["/usr/bin/python3", "--version"], capture_output=True, text=True, check=True
    ).stdout
    recipe = version + REQUIREMENTS.read_text()
    return made_once("python", recipe, _build_environment, _environment_works)


def _build_environment(folder):
    step(
        "Making a Python environment",
        ["/usr/bin/python3", "-m", "venv", folder],
        LOGS / "python-venv.log",
    )
    step(
        "Installing Python packages",
        [
            *(folder / "bin/python", "-m", "pip", "install"),
            *("--disable-pip-version-check", "--no-input", "--progress-bar=off"),
            *("-r", REQUIREMENTS),
        ],
        LOGS / "python-packages.log",
        fetches=True,
    )


def _environment_works(folder):
    modules = "gevent, lxml.etree, psycopg2, pylint_odoo, pytest, reportlab, websocket, werkzeug"
    return _runs(folder / "bin/python", "-c", f"import {modules}") and _runs(
        folder / "bin/ruff", "--version"
    )


def rtlcss_environment():
    """The folder whose ``node_modules/.bin`` holds rtlcss, which right-to-left pages need."""
    return made_once("rtlcss", RTLCSS, _install_rtlcss, _rtlcss_works)


def _install_rtlcss(folder):
    quiet = ["--no-fund", "--no-audit", "--no-update-notifier"]
    step(
        "Installing rtlcss",
        ["npm", "install", *quiet, "--prefix", folder, RTLCSS],
        LOGS / "rtlcss.log",
        fetches=True,
    )


def _rtlcss_works(folder):
    return _runs(folder / "node_modules/.bin/rtlcss", "--version")


def _runs(*argv):
    try:
        return subprocess.run(argv, capture_output=True).returncode == 0
    except OSError:
        return False
