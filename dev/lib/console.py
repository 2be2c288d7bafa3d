"""What the commands print, and how they run long steps."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import deque

# What package tools print when the network, not the package, is at fault.
NO_NETWORK = re.compile(
    r"Temporary failure (in name resolution|resolving)|Could not resolve|Name or service not known"
    r"|Network is unreachable|Could not connect|Unable to connect|Connection (refused|timed out)"
    r"|Failed to establish a new connection|Failed to fetch|ENOTFOUND|EAI_AGAIN|ECONNREFUSED"
    r"|ETIMEDOUT|ENETUNREACH",
    re.IGNORECASE,
)


class Fail(Exception):
    """A reason to stop, told as one sentence."""


def say(text):
    print(text, flush=True)


def main(command):
    """Run ``command(arguments)``, a function that returns an exit code, as this process.

    A ``Fail`` ends as one sentence on stderr and exit code 1; Ctrl-C, SIGTERM and a closed
    terminal all unwind through every ``finally``.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, signal.default_int_handler)
    os.umask(0o022)
    try:
        code = command(sys.argv[1:])
    except Fail as reason:
        sys.stdout.flush()
        print(f"{_command_name()}: {reason}", file=sys.stderr)
        code = 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        code = 130
    sys.exit(code)


def _command_name():
    return "dev/" + os.path.basename(sys.argv[0]).removesuffix(".py").removesuffix("_command")


def ignore_interrupts():
    """Let what must be cleaned up be cleaned up, however often Ctrl-C is pressed."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def step(title, argv, log, *, progress=None, fetches=False, excerpt=None, **options):
    """Run a long command with its output in the file ``log``, and tell how far it is.

    :param progress: a function of the log's path that returns a short text, such as "12 of 87"
    :param fetches: whether the network may be to blame for a failure
    :param excerpt: a function of the log's path that returns the lines that tell of a failure
    :param options: passed on to ``subprocess.Popen``
    :raises Fail: when the command does not exit with 0
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with Ticker(title) as ticker:
        with log.open("w") as output:
            code = wait(
                subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    **options,
                ),
                lambda: ticker.tick(progress(log) if progress else ""),
            )
        if code:
            tail = "".join(deque(log.open(errors="replace"), maxlen=40))
            if fetches and NO_NETWORK.search(tail):
                raise Fail(f"{title} failed, because the network cannot be reached (see {log}).")
            lines = excerpt(log) if excerpt else []
            sys.stderr.write("".join(lines) or tail)
            raise Fail(f"{title} failed with exit code {code} (see {log}).")


def wait(process, tick=lambda: None):
    """Wait for a child process and return its exit code; on Ctrl-C end it first."""
    try:
        while True:
            try:
                return process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                tick()
    except BaseException:
        # A terminal has sent Ctrl-C to the child as well; `kill` has not.
        for end in (process.terminate, process.kill):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=3)
                break
            end()
        process.wait()
        raise


class Ticker:
    """A line that says what is being done, for how long already, and how far it is."""

    QUIET_INTERVAL = 20  # seconds between lines where they cannot be overwritten

    def __init__(self, title):
        self.title = title
        self.live = sys.stdout.isatty()

    def __enter__(self):
        self.started = self.told = time.monotonic()
        print(f"{self.title} ...", end="" if self.live else "\n", flush=True)
        return self

    def tick(self, progress):
        now = time.monotonic()
        text = ", ".join(filter(None, [f"{now - self.started:.0f} s", progress]))
        if self.live:
            line = f"{self.title} ... {text}"[: shutil.get_terminal_size().columns - 1]
            print(f"\r\033[K{line}", end="", flush=True)
        elif now - self.told >= self.QUIET_INTERVAL:
            self.told = now
            print(f"  ... {text}", flush=True)

    def __exit__(self, kind, *_):
        outcome = {None: "done", Fail: "failed"}.get(kind, "stopped")
        text = f"{outcome} in {time.monotonic() - self.started:.0f} s"
        print(f"\r\033[K{self.title}: {text}" if self.live else f"  {text}", flush=True)
