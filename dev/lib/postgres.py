"""The PostgreSQL server: a private one of this checkout, or the one that the PG* variables name."""

import contextlib
import fcntl
import json
import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path

from console import Fail, ignore_interrupts, step
from places import IDENTITY, LOGS, PRIVATE, lock
from system import POSTGRES_CLIENT, POSTGRES_SERVER, postgres_programs, require

ROLE = "odoo"  # Odoo refuses the role `postgres`
CLUSTER = PRIVATE / "postgres"
# A socket's path may have 107 characters, so it does not live in the cache.
SOCKETS = Path("/tmp") / f"customer-sales-{os.geteuid()}-{IDENTITY}"
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# It holds nothing that cannot be made again, so it need not survive a power cut.
SETTINGS = {
    "listen_addresses": "",
    "port": 5432,
    "unix_socket_permissions": "0700",
    "max_connections": 100,
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


def is_external():
    names = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE", "PGUSER")
    return any(os.environ.get(name) for name in names)


def database(name):
    """The name on the server of one of our databases."""
    return f"csr_{IDENTITY[:6]}_{name}" if IS_EXTERNAL else name


IS_EXTERNAL = is_external()  # before `server` points the variables at the private one


@contextlib.contextmanager
def server():
    """Have a server, with the PG* variables pointing at it.

    A private one is stopped by the last process of this checkout that leaves.
    """
    os.environ.pop("PGDATABASE", None)  # Odoo would open it
    if IS_EXTERNAL:
        require(POSTGRES_CLIENT)
        _check_external()
        yield
        return
    require(POSTGRES_SERVER)
    users = PRIVATE / "postgres.users"
    turn = PRIVATE / "postgres.lock"
    with lock(turn, "Waiting for another run that starts PostgreSQL ..."):
        held = users.open("w")
        fcntl.flock(held, fcntl.LOCK_SH)
        _start()
    try:
        yield
    finally:
        ignore_interrupts()
        with lock(turn):
            held.close()
            with users.open("w") as alone, contextlib.suppress(BlockingIOError):
                fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _control("stop", "-m", "fast")
                SOCKETS.rmdir()


def _check_external():
    os.environ.setdefault("PGUSER", ROLE)
    if os.environ["PGUSER"] == "postgres":
        raise Fail("Odoo refuses the database role postgres: name another one in PGUSER.")
    try:
        allowed = query("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
    except subprocess.CalledProcessError as error:
        reason = error.stderr.removeprefix("psql: error: ").splitlines()[0]
        raise Fail(
            f"the PostgreSQL that the PG* variables name cannot be used: {reason}"
        ) from error
    if allowed != "t":
        raise Fail(f"the role {os.environ['PGUSER']} may not create databases on this PostgreSQL.")


def _owner():
    """The user whom the server runs as, which must not be root."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _as_owner(*argv):
    return ["runuser", "-u", "postgres", "--", *argv] if os.geteuid() == 0 else list(argv)


def _own_folder(path):
    path.mkdir(mode=0o700, exist_ok=True)
    owner = _owner()
    if path.stat().st_uid not in (os.geteuid(), owner.pw_uid):
        raise Fail(f"the folder {path} belongs to another user: remove it, then try again.")
    os.chown(path, owner.pw_uid, owner.pw_gid)


def _control(*arguments):
    """Run pg_ctl for the private cluster; return its exit code."""
    argv = _as_owner(postgres_programs()[0] / "pg_ctl", "-D", CLUSTER, "-w", *arguments)
    return subprocess.run(argv, cwd="/", stdin=subprocess.DEVNULL, capture_output=True).returncode


def _start():
    _own_folder(SOCKETS)
    os.environ.update(PGHOST=str(SOCKETS), PGPORT=str(SETTINGS["port"]), PGUSER="postgres")
    if _control("status") != 0 or not _answers():
        _control("stop", "-m", "immediate")
        if not _is_sound():
            _create()
        elif not _launch():
            _create()
            _launch()
    if not _answers() and not _launch():
        raise Fail(f"PostgreSQL did not start (see {LOGS / 'postgres.log'}).")
    if query(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'") != "1":
        query(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
    os.environ["PGUSER"] = ROLE


def _answers():
    return subprocess.run(["psql", "-qc", "", "postgres"], capture_output=True).returncode == 0


def _is_sound():
    """Whether the cluster fits the server, and did not live through a crash of the machine."""
    version = CLUSTER / "PG_VERSION"
    if not version.exists() or version.read_text().strip() != postgres_programs()[0].parent.name:
        return False
    crashed = (CLUSTER / "postmaster.pid").exists()
    return not crashed or (PRIVATE / "postgres.boot").read_text() == BOOT_ID.read_text()


def _create():
    shutil.rmtree(CLUSTER, ignore_errors=True)
    new = CLUSTER.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    _own_folder(new)
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    argv = _as_owner(postgres_programs()[0] / "initdb", "-D", new, *options)
    step("Making a private PostgreSQL", argv, LOGS / "postgres-init.log", cwd="/")
    new.rename(CLUSTER)


def _launch():
    (PRIVATE / "postgres.boot").write_text(BOOT_ID.read_text())
    settings = SETTINGS | {"unix_socket_directories": SOCKETS}
    with (CLUSTER / "postgresql.auto.conf").open("w") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
    # The server appends to its own log file, so that no file of this process stays open.
    log = LOGS / "postgres.log"
    log.touch()
    os.chown(log, _owner().pw_uid, _owner().pw_gid)
    return _control("start", "-l", log) == 0


def query(sql, name="postgres"):
    """Run ``sql`` in the database ``name`` and return what it prints, unaligned."""
    argv = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, name]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout.strip()


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'


def _literal(text):
    return "'" + text.replace("'", "''") + "'"


def names():
    return query("SELECT datname FROM pg_database").splitlines()


def note(name):
    """What `set_note` wrote down about a database; None when it was not made here."""
    text = query(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
        f" WHERE datname = {_literal(name)}"
    )
    with contextlib.suppress(ValueError):
        return json.loads(text)
    return None


def set_note(name, content):
    """Write down in the database's comment how it was made; a copy does not inherit that."""
    query(f"COMMENT ON DATABASE {_quoted(name)} IS {_literal(json.dumps(content))}")


def drop(name):
    sql = f"DROP DATABASE IF EXISTS {_quoted(name)}"
    for _attempt in range(20):
        try:
            return query(f"{sql} WITH (FORCE)")
        except subprocess.CalledProcessError as error:
            # The server's own vacuuming is not ours to end; it gives way when not forced.
            if "must be a member of the role" not in error.stderr:
                raise
        with contextlib.suppress(subprocess.CalledProcessError):
            return query(sql)
        time.sleep(0.5)
    raise Fail(f"the database {name} is in use, so that it cannot be dropped.")


def rename(old, new):
    query(f"ALTER DATABASE {_quoted(old)} RENAME TO {_quoted(new)}")


def copy(source, target):
    drop(target)
    # Copying files is faster than writing them to the log, which newer versions would do.
    newer = int(query("SHOW server_version_num")) >= 150000
    strategy = " STRATEGY FILE_COPY" if newer else ""
    sql = f"CREATE DATABASE {_quoted(target)} TEMPLATE {_quoted(source)}{strategy}"
    for _attempt in range(20):
        try:
            return query(sql)
        except subprocess.CalledProcessError as error:
            # A connection that was just closed may linger for a moment.
            if "is being accessed by other users" not in error.stderr:
                raise
            time.sleep(0.5)
    raise Fail(f"the database {source} is in use, so that it cannot be copied.")
