"""Lets long work live as long as it makes progress.

Odoo's server limits the time of scheduled work, by default to two minutes, and to one of computing
with several workers: whatever takes longer is taken to be stuck, and its process is killed. An
export of millions of rows takes longer, and some of its steps cannot tell how far they are: the
query that sorts the rows, the packing of the file. Hence the clocks begin anew every second, as
long as the last sign of progress is younger than an hour. What the limits are for is caught then.

Other work of the same thread or process has its own limits: the clocks are put back to where they
were when the long work began, as if it had taken no time.
"""

import math
import resource
import signal
import threading
import time
from contextlib import contextmanager, suppress

from odoo.service.server import Worker
from odoo.tools import config

BEAT = 1.0  # seconds
PATIENCE = 3600.0  # seconds that one step may take


@contextmanager
def long_work():
    """Within it, the server does not take the work of this thread to be stuck.

    :return: a function to call at every sign of progress
    """
    clocks = _Clocks(threading.current_thread())
    heart = _Heart(clocks)
    heart.start()
    try:
        yield heart.note_progress
    finally:
        heart.stop()
        clocks.put_back()


class _Heart(threading.Thread):
    def __init__(self, clocks: "_Clocks"):
        super().__init__(name=f"{clocks.thread.name} (export goes on)", daemon=True)
        self._clocks = clocks
        self._is_over = threading.Event()
        self.note_progress()

    def note_progress(self):
        self._progress = time.monotonic()

    def stop(self):
        self._is_over.set()
        self.join()

    def run(self):
        while not self._is_over.wait(BEAT):
            if time.monotonic() - self._progress < PATIENCE:
                self._clocks.restart()


class _Clocks:
    """What the server measures the work of a thread by: of a thread of a server without workers
    the time that it began, of a worker process the seconds of computing and the signs of life."""

    def __init__(self, thread: threading.Thread):
        self.thread = thread
        begun = getattr(thread, "start_time", None)
        self._age = time.time() - begun if begun else None
        # A worker process handles this signal itself; its watchdog listens at the other end.
        worker = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
        self._worker = worker if isinstance(worker, Worker) else None
        if self._worker:
            limit, _hard = resource.getrlimit(resource.RLIMIT_CPU)
            self._seconds_left = None
            if limit != resource.RLIM_INFINITY:
                self._seconds_left = max(limit - _computing_seconds(), 0.0)

    def restart(self):
        if self._age is not None:
            self.thread.start_time = time.time()
        if self._worker:
            if self._seconds_left is not None:
                _limit_computing(config["limit_time_cpu"])
            with suppress(OSError):
                self._worker.multi.pipe_ping(self._worker.watchdog_pipe)

    def put_back(self):
        if self._age is not None:
            self.thread.start_time = time.time() - self._age
        if self._worker and self._seconds_left is not None:
            _limit_computing(self._seconds_left)


def _computing_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _limit_computing(seconds: float):
    """Let this process compute for some more seconds."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(_computing_seconds() + seconds), hard))
