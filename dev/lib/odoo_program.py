"""Running Odoo, and Python code inside it."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import downloads
import log_check
from console import Fail, say, step
from places import ADDONS, DATA, LOGS, PRIVATE, fingerprint
from system import NODE, PYTHON, require

HOST = "127.0.0.1"  # the passwords are known to everybody
LOADING = re.compile(r"Loading module (\S+) \((\d+)/(\d+)\)")
TESTING = re.compile(r": Starting (\S+) \.\.\.")


def log_progress(log):
    """Which test Odoo is running just now, or else which app it is loading, read from its log."""
    text = log.read_text(errors="replace")
    if tests := TESTING.findall(text):
        return f"test {len(tests)}: {tests[-1]}"
    apps = LOADING.findall(text)
    return "app {1} of {2}: {0}".format(*apps[-1]) if apps else ""


@dataclass
class Odoo:
    """An Odoo that can be run: its sources, and the environment to run them in."""

    source: downloads.OdooSource
    python: Path
    right_to_left: bool  # whether it can turn pages round, for Arabic

    @classmethod
    def prepare(cls, chosen=None, *, needs_rtlcss=True):
        """Fetch what is missing.

        :param chosen: a path to an Odoo 19 of the user's own
        :param needs_rtlcss: whether to fail when rtlcss cannot be had, rather than to say so
        """
        require(PYTHON)
        source = downloads.odoo_source(chosen or os.environ.get("ODOO_SOURCE"))
        python = downloads.python_environment()
        path = [python / "bin", os.environ["PATH"]]
        right_to_left = True
        try:
            require(NODE)
            path.insert(1, downloads.rtlcss_environment() / "node_modules" / ".bin")
        except Fail as reason:
            if needs_rtlcss:
                raise
            right_to_left = False
            say(f"{reason}\nWithout rtlcss, Arabic pages will be left-to-right.")
        config = PRIVATE / f"odoo-{fingerprint(source.name)}.conf"
        folders = ",".join(str(folder) for folder in [*source.addons, ADDONS])
        config.write_text(
            f"[options]\naddons_path = {folders}\ndata_dir = {DATA}\nhttp_interface = {HOST}\n"
        )
        os.environ.update(
            PATH=os.pathsep.join(map(str, path)),
            PYTHONPATH=str(source.python_path),
            ODOO_RC=str(config),
            PYTHONUNBUFFERED="1",  # progress is read from what is printed
        )
        return cls(source, python / "bin" / "python", right_to_left)

    def command(self, *arguments):
        return [self.python, "-m", "odoo", *arguments]

    def run(self, title, name, log, *arguments, **process):
        """Run Odoo on the database ``name`` until it stops, with its output in ``LOGS / log``.

        :param process: passed on to ``subprocess.Popen``
        :raises Fail: when it fails; its warnings and errors are printed first
        """
        argv = self.command("-d", name, "--stop-after-init", "--max-cron-threads=0", *arguments)
        step(
            title, argv, LOGS / log, progress=log_progress, excerpt=log_check.complaints, **process
        )

    def function(self, name, target, *arguments):
        """The command that calls ``module:function(env, *arguments)`` on the database ``name``.

        Modules are looked up in dev/ and dev/lib/. Changes are committed; a result of False
        makes the exit code 1.
        """
        return [self.python, Path(__file__).with_name("in_odoo.py"), name, target, *arguments]

    def call(self, title, name, target, log, progress=None):
        """Run `function` with its output in ``LOGS / log``."""
        step(title, self.function(name, target), LOGS / log, progress=progress)
