"""dev/run: Customer Sales on a real Odoo 19, with showcase data."""

import argparse
import contextlib
import fcntl
import importlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import databases
import downloads
import postgres
from console import Fail, Ticker, main, say, wait
from odoo_program import HOST, Odoo
from places import LOGS, PRIVATE, ROOT, prepare_folders

SHOWCASE_DAYS = 7
ADMINISTRATOR = ("admin", "admin", "administrator")


def run(arguments):
    options = _parse(arguments)
    _check_port(options.port)
    if options.this_week and not options.online_retail:
        raise Fail("--this-week moves the dates of the data set that --online-retail names.")
    if options.online_retail:
        _check_readable(options.online_retail)
    prepare_folders(gigabytes=1.5 if downloads.odoo_is_there() else 6)
    odoo = Odoo.prepare(options.odoo, needs_rtlcss=False)
    with postgres.server():
        default = "online_retail" if options.online_retail else "demo"
        name = options.db or postgres.database(default)
        with _serving(name):
            if options.online_retail:
                equal = _prepare_online_retail(odoo, name, options)
                logins = [ADMINISTRATOR]
            else:
                equal = True
                _prepare_demo(odoo, name, options)
                logins = [ADMINISTRATOR, *_showcase_logins()]
            code = _serve(odoo, name, options.port, logins)
    return code or (0 if equal else 1)


def _parse(arguments):
    parser = argparse.ArgumentParser(prog="dev/run", add_help=False)
    parser.add_argument("--port", type=int, default=8069)
    parser.add_argument("--db")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--odoo")
    parser.add_argument("--online-retail", type=Path)
    parser.add_argument("--this-week", action="store_true")
    return parser.parse_args(arguments)


def _check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise Fail(
                f"port {port} cannot be used ({reason}): choose another with --port."
            ) from error


def _check_readable(path):
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise Fail(f"{path} cannot be read: {error.strerror}.") from error


@contextlib.contextmanager
def _serving(name):
    """Be the only dev/run that serves this database."""
    with (PRIVATE / f"{name}.serving").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fail(
                f"another dev/run serves the database {name}: choose another with --db."
            ) from None
        yield


def _prepare_demo(odoo, name, options):
    with databases.preparing():
        source, note = databases.showcase(odoo, oldest=SHOWCASE_DAYS)
        databases.served(
            odoo, name, source, note, fresh=options.fresh, keep=bool(options.db), showcase=True
        )


def _showcase_logins():
    """The users of dev/showcase: (login, password, description) each."""
    sys.path.append(str(ROOT / "dev"))
    return importlib.import_module("showcase").LOGINS


def _prepare_online_retail(odoo, name, options):
    """Load the data set and print the table of figures; return whether all of them are equal."""
    with databases.preparing():
        source, note = databases.base(odoo)
        databases.served(odoo, name, source, note, fresh=True)
    dates = "this week" if options.this_week else "as they are"
    target = ("online_retail:main", str(options.online_retail.absolute()), dates)
    return wait(subprocess.Popen(odoo.function(name, *target))) == 0


def _serve(odoo, name, port, logins):
    """Serve the database until Ctrl-C; return the exit code."""
    log = LOGS / f"run-{name}.log"  # there may be several runs, each of its own database
    argv = odoo.command(
        *("-d", name, "--db-filter", f"^{name}$", "--no-database-list"),
        *("--http-port", str(port), "--max-cron-threads=1"),
    )
    with log.open("w") as output:
        process = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            with Ticker("Starting Odoo") as ticker:
                while not _answers(port):
                    if process.poll() is not None:
                        raise Fail(f"Odoo did not start (see {log}).")
                    time.sleep(0.5)
                    ticker.tick("")
            _greet(port, logins, log)
        finally:
            # Reached on Ctrl-C too, and then `wait` ends the server.
            code = wait(process) if process.poll() is None else process.returncode
    return code


def _answers(port):
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/web/health", timeout=5).close()
    except OSError:
        return False
    return True


def _greet(port, logins, log):
    width = shutil.get_terminal_size().columns
    say("=" * min(width, 72))
    say(f"Customer Sales is at http://localhost:{port}/odoo")
    for login, password, description in logins:
        say(f"  {login} / {password}   {description}")
    say(f"The server's log: {log}\nCtrl-C stops it.")


if __name__ == "__main__":
    main(run)
