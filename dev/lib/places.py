"""Where everything lives: the checkout, and the one cache folder for all that is made for it."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from console import Fail, say

MODULE = "customer_sales_report"
ROOT = Path(__file__).resolve().parents[2]  # the checkout: the addon itself
GIGABYTE = 10**9


def _cache_folder():
    if chosen := os.environ.get("CUSTOMER_SALES_CACHE"):
        return Path(chosen).absolute()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base).absolute() / MODULE
    # Root's PostgreSQL server runs as another user, who cannot enter root's private home.
    if os.geteuid() == 0 and not _open_to_all(folder):
        return Path("/var/cache") / MODULE
    return folder


def _open_to_all(folder):
    return all(path.stat().st_mode & 0o001 for path in [folder, *folder.parents] if path.exists())


CACHE = _cache_folder()
# What belongs to this checkout alone, so that two checkouts never disturb each other
IDENTITY = hashlib.sha256(bytes(ROOT)).hexdigest()[:10]
PRIVATE = CACHE / "checkouts" / IDENTITY
LOGS = PRIVATE / "log"
DATA = PRIVATE / "data"
ADDONS = PRIVATE / "addons"
ADDON = ADDONS / MODULE  # a link to the checkout, under the addon's proper name


def prepare_folders(gigabytes):
    """Make the folders of this checkout; `gigabytes` must be free on their disk."""
    try:
        for folder in (LOGS, DATA, ADDONS):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Fail(f"the cache folder {CACHE} cannot be written: {error.strerror}.") from error
    if os.geteuid() == 0 and not _open_to_all(CACHE):
        raise Fail(
            f"the cache folder {CACHE} must be open to other users (chmod o+x), because "
            "PostgreSQL refuses to run as root."
        )
    free = shutil.disk_usage(CACHE).free / GIGABYTE
    if free < gigabytes:
        raise Fail(
            f"too little disk: {gigabytes:g} GB are needed in {CACHE}, {free:.1f} GB are free "
            "(the variable CUSTOMER_SALES_CACHE names another folder)."
        )
    with lock(PRIVATE / "link.lock"):
        if not ADDON.is_symlink() or ADDON.readlink() != ROOT:
            ADDON.unlink(missing_ok=True)
            ADDON.symlink_to(ROOT)


@contextlib.contextmanager
def lock(path, waiting=None):
    """Hold the lock file ``path`` alone; say ``waiting`` when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                say(waiting)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fingerprint(*texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def files_fingerprint(folder, files):
    """A digest of the names and contents of ``files``, paths below ``folder``."""
    digest = hashlib.sha256()
    for path in sorted(files):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def made_once(name, recipe, build, works):
    """The folder ``name`` in the cache, shared by all checkouts, made by ``build`` when needed.

    It carries a fingerprint of its recipe in its name, and a marker once it is complete. One that
    was left half-finished, or that does not work any more, is made anew.

    :param recipe: the text that determines the content
    :param build: a function of the (empty) folder
    :param works: a function of the folder that says whether it is sound
    """
    folder = CACHE / f"{name}-{fingerprint(recipe)}"
    complete = folder / ".complete"
    with lock(CACHE / f"{folder.name}.lock", f"Waiting for another run that prepares {name} ..."):
        if not complete.exists() or not works(folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(folder)
            if not works(folder):
                raise Fail(f"{name} was prepared in {folder}, but does not work.")
            complete.touch()
    return folder
