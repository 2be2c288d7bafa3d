"""bench/replica_trial: which calls of the web client does a standby answer?"""

import argparse
import contextlib
import http.cookiejar
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parents[1] / "dev" / "lib"))

import postgres  # noqa: E402
from console import Fail, main, say  # noqa: E402
from generated import database  # noqa: E402
from odoo_program import HOST, Odoo  # noqa: E402
from places import LOGS, prepare_folders  # noqa: E402
from system import postgres_programs  # noqa: E402

LINES = 30_000
DATABASE = "replica_trial"
REQUEST = re.compile(r'"POST /web/dataset/call_\S+ HTTP/1.1" 200 .* (ro->rw|ro|rw)$', re.MULTILINE)
SERVERS = {"ro": "standby", "rw": "primary", "ro->rw": "standby failed, then primary"}


def trial(arguments):
    parser = argparse.ArgumentParser(prog="bench/replica_trial", add_help=False)
    parser.add_argument("--odoo")
    options = parser.parse_args(arguments)
    prepare_folders(gigabytes=8)
    odoo = Odoo.prepare(options.odoo)
    os.environ["PYTHONPATH"] = os.pathsep.join([os.environ["PYTHONPATH"], str(HERE)])
    with postgres.server(), tempfile.TemporaryDirectory(prefix="customer-sales-") as folder:
        name = database(odoo, LINES)
        calls = _calls(odoo, name, Path(folder) / "calls.json")
        dump = subprocess.Popen(["pg_dump", "-Fc", "-Z0", name], stdout=subprocess.PIPE)
        with _server(Path(folder) / "primary", _initialize) as primary:
            _restore(primary, dump)
            with _server(Path(folder) / "standby", lambda path: _copy(primary, path)) as standby:
                log = LOGS / "replica-trial.log"
                failed = _ask(odoo, primary, standby, calls, log)
    return 1 if failed else 0


def _calls(odoo, name, target):
    """The calls to make, as :func:`replica_calls.write` tells them."""
    argv = odoo.function(name, "replica_calls:write", str(target))
    subprocess.run(argv, check=True)
    return json.loads(target.read_text())


@contextlib.contextmanager
def _server(folder, create):
    """A PostgreSQL server in ``folder``, which is its socket's folder too."""
    folder.parent.chmod(0o711)
    folder.mkdir()
    shutil.chown(folder, *_owner())
    data = folder / "data"
    create(data)
    settings = f"-k {folder} -c listen_addresses= -c wal_level=replica -c hot_standby=on"
    _run_as_owner("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
    try:
        yield folder
    finally:
        _run_as_owner("pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def _owner():
    owner = "postgres" if os.geteuid() == 0 else os.geteuid()
    return owner, None


def _run_as_owner(program, *arguments):
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    argv = [*prefix, postgres_programs()[0] / program, *arguments]
    subprocess.run(argv, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


def _initialize(data):
    _run_as_owner(
        "initdb", "-D", data, "-U", postgres.ROLE, "-A", "trust", "-E", "UTF8", "--no-sync"
    )


def _copy(primary, data):
    """A standby that follows ``primary``: the option -R writes where it is."""
    source = ("-h", primary, "-U", postgres.ROLE)
    _run_as_owner("pg_basebackup", *source, "-D", data, "-R", "--checkpoint=fast")


def _restore(server, dump):
    environment = os.environ | {"PGHOST": str(server), "PGPORT": "5432", "PGUSER": postgres.ROLE}
    subprocess.run(["createdb", "-T", "template0", DATABASE], env=environment, check=True)
    argv = ["pg_restore", "--no-owner", "-d", DATABASE]
    subprocess.run(argv, stdin=dump.stdout, env=environment, check=True)


def _ask(odoo, primary, standby, calls, log):
    """Make the calls and print who answered; return the names of those that failed."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    argv = odoo.command(
        *("-d", DATABASE, f"--db_host={primary}", "--db_port=5432", f"--db_user={postgres.ROLE}"),
        *(f"--db_replica_host={standby}", "--db_replica_port=5432"),
        *(f"--http-port={port}", "--max-cron-threads=0", f"--logfile={log}"),
    )
    log.unlink(missing_ok=True)
    failed = []
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL)
    try:
        client = Client(f"http://{HOST}:{port}")
        client.log_in()
        client.call(calls[0])  # not counted: the first of all warms up
        seen = len(REQUEST.findall(log.read_text()))
        for call in calls:
            try:
                client.call(call)
                # The log is written after the answer.
                while len(served := REQUEST.findall(log.read_text())) == seen:
                    time.sleep(0.05)
                seen, server = len(served), SERVERS[served[-1]]
            except Fail as reason:
                server = f"FAILED: {reason}"
            if server not in ("standby", "primary"):
                failed.append(call["name"])
            say(f"{call['name']:<48} {call['method']:<30} {server}")
    finally:
        process.terminate()
        process.wait()
    return failed


class Client:
    """A user's session over HTTP."""

    def __init__(self, address):
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def log_in(self):
        credentials = {"db": DATABASE, "login": "bench", "password": "bench"}
        for _attempt in range(120):
            with contextlib.suppress(OSError):
                return self._post("/web/session/authenticate", credentials)
            time.sleep(1)
        raise Fail("Odoo did not start.")

    def call(self, call):
        button = "button" if call["method"].startswith("action_") else "kw"
        path = f"/web/dataset/call_{button}/{call['model']}/{call['method']}"
        return self._post(path, {key: call[key] for key in ("model", "method", "args", "kwargs")})

    def _post(self, path, parameters):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": parameters}).encode()
        request = urllib.request.Request(
            self.address + path, body, {"Content-Type": "application/json"}
        )
        with self.opener.open(request, timeout=120) as answer:
            content = json.load(answer)
        if "error" in content:
            raise Fail(content["error"]["data"]["message"])
        return content["result"]


if __name__ == "__main__":
    main(trial)
