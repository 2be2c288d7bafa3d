"""Lets long work live as long as it makes progress.

Odoo's server limits the time of scheduled work, by default to two minutes, and to one of computing
with several workers: whatever takes longer is taken to be stuck, and its process is killed. An
export of a million rows is longer, and no batch of it is. Hence the clocks begin anew with every
batch: what the limits are for is caught as before, two minutes after the last sign of life.
"""

import resource
import signal
import threading
import time
from contextlib import suppress

from odoo.service.server import Worker
from odoo.tools import config


def keep_alive():
    """Tell the server that the scheduled work of this thread is not stuck."""
    thread = threading.current_thread()
    if getattr(thread, "type", None) == "cron" and getattr(thread, "start_time", None):
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
