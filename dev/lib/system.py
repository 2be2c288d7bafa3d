"""Debian packages that the commands need."""

import os
import shutil
import subprocess
from pathlib import Path

from console import Fail, step
from places import LOGS


def postgres_programs():
    """Folders of the PostgreSQL servers that are installed, newest first."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return sorted((path.parent for path in found), key=lambda p: int(p.parent.name), reverse=True)


def _has_venv():
    argv = ["/usr/bin/python3", "-c", "import ensurepip, venv"]
    return subprocess.run(argv, capture_output=True).returncode == 0


def _has_arabic_font():
    argv = ["fc-list", ":lang=ar", "family"]
    return bool(shutil.which("fc-list") and subprocess.run(argv, capture_output=True).stdout)


def _has(*programs):
    return lambda: all(shutil.which(program) for program in programs)


# package: is what it brings there already, from wherever?
PYTHON = {
    "ca-certificates": Path("/etc/ssl/certs/ca-certificates.crt").exists,
    "python3-venv": _has_venv,
}
POSTGRES_CLIENT = {"postgresql-client": _has("psql", "createdb")}
POSTGRES_SERVER = {"postgresql": postgres_programs}
NODE = {"nodejs": _has("node"), "npm": _has("npm")}
BROWSER = {
    "chromium": lambda: any(map(shutil.which, ("chromium", "google-chrome"))),
    "fontconfig": _has("fc-list"),
    "fonts-noto-core": _has_arabic_font,
}
OFFICE = {"libreoffice-calc-nogui": _has("soffice")}


def require(*groups):
    """Install the packages of these groups that are missing.

    :raises Fail: when they cannot be installed
    """
    missing = [name for group in groups for name, there in group.items() if not there()]
    if not missing:
        return
    names = " ".join(missing)
    prefix = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise Fail(f"these packages are missing, install them as root: apt-get install {names}")
        prefix = ["sudo", "-n"]
        # Ask for the password once, while the terminal can still be read.
        if subprocess.run(["sudo", "-v"]).returncode != 0:
            raise Fail(f"these packages are missing, and sudo refused to install them: {names}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    update = [*prefix, *quiet, "-o", "APT::Update::Error-Mode=any", "update"]
    install = [*prefix, *quiet, "install", "--no-install-recommends", *missing]
    step("Reading the lists of Debian's packages", update, LOGS / "apt-update.log", fetches=True)
    step(f"Installing {', '.join(missing)}", install, LOGS / "apt-install.log", fetches=True)
