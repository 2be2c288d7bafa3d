"""Lets long work live as long as it makes progress.

Odoo's server limits the time of scheduled work, by default to two minutes, and to one of computing
with several workers: whatever takes longer is taken to be stuck, and its process is killed. An
export of millions of rows takes longer, and some of its steps cannot tell how far they are: the
query that sorts the rows, the packing of the file. Hence the clocks begin anew every second, as
long as the last sign of progress is younger than an hour. What the limits are for is caught then.
"""

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
    heart = _Heart(threading.current_thread())
    heart.start()
    try:
        yield heart.note_progress
    finally:
        heart.stop()


class _Heart(threading.Thread):
    def __init__(self, worker_thread: threading.Thread):
        super().__init__(name=f"{worker_thread.name} (export goes on)", daemon=True)
        self._worker_thread = worker_thread
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
                _restart_clocks(self._worker_thread)


def _restart_clocks(thread: threading.Thread):
    if getattr(thread, "start_time", None):
        thread.start_time = time.time()
    # A worker process handles this signal itself; its watchdog listens at the other end.
    worker = getattr(signal.getsignal(signal.SIGINT), "__self__", None)
    if isinstance(worker, Worker):
        with suppress(OSError, ValueError):
            usage = resource.getrusage(resource.RUSAGE_SELF)
            _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
            limit = int(usage.ru_utime + usage.ru_stime + config["limit_time_cpu"])
            resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
        worker.multi.pipe_ping(worker.watchdog_pipe)
