"""dev/screenshots: pictures of the app's screens, from the showcase."""

import json
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import databases
import postgres
from console import Fail, main, say, step, wait
from odoo_program import HOST, Odoo
from places import LOGS, ROOT, made_once, prepare_folders
from system import BROWSER, PYTHON, require
from test_runs import free_port

PACKAGE = "playwright==1.65.2"
PICTURES = ROOT / "static" / "description"
PAGES = {
    "overview": {"action": "overview"},
    "customers": {"action": "profile"},
    "customer": {"action": "profile", "click": ".o_data_row .o_data_cell"},
    "retention": {"action": "retention"},
    "why": {"action": "change_report"},
    "overview_ar": {"action": "overview", "language": "ar_001"},
}
SECONDS_TO_START = 120


def screenshots(arguments):
    if arguments:
        raise Fail("there are no options.")
    prepare_folders(gigabytes=6)
    odoo = Odoo.prepare()
    require(BROWSER)
    browser = made_once("browser", PACKAGE, _install, _works) / "bin" / "python"
    with (
        postgres.server(),
        databases.throw_away(odoo, databases.template, "screenshots") as name,
        _served(odoo, name) as url,
    ):
        program = Path(__file__).with_name("screenshots_browser.py")
        argv = [browser, program, url, PICTURES, json.dumps(PAGES)]
        return wait(subprocess.Popen(argv))


def _install(folder):
    require(PYTHON)
    argv = ["/usr/bin/python3", "-m", "venv", folder]
    step("Making a Python environment", argv, LOGS / "browser-venv.log")
    argv = [folder / "bin/python", "-m", "pip", "install", "--disable-pip-version-check", PACKAGE]
    step("Installing Playwright", argv, LOGS / "browser-packages.log", fetches=True)


def _works(folder):
    argv = [folder / "bin/python", "-c", "import playwright"]
    return subprocess.run(argv, capture_output=True).returncode == 0


@contextmanager
def _served(odoo, name):
    """Serve a database; the address."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    arguments = ["-d", name, f"--http-port={port}", "--max-cron-threads=0", "--log-level=warn"]
    with (LOGS / "screenshots.log").open("w") as log:
        server = subprocess.Popen(odoo.command(*arguments), stdout=log, stderr=log)
    try:
        _wait_for(f"{url}/web/login")
        yield url
    finally:
        server.terminate()
        server.wait()


def _wait_for(url):
    say("Starting Odoo ...")
    for _second in range(SECONDS_TO_START):
        try:
            urllib.request.urlopen(url, timeout=60).close()
            return
        except OSError:
            time.sleep(1)
    raise Fail(f"Odoo did not start (see {LOGS / 'screenshots.log'}).")


if __name__ == "__main__":
    main(screenshots)
