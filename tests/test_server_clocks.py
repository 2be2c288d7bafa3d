"""The clocks of Odoo's servers are those that ``tools/server_limits.py`` takes them to be."""

import os
import resource
import signal
import threading
import time
from unittest.mock import patch

from odoo.service import server as server_module
from odoo.service.server import PreforkServer, ThreadedServer, Worker
from odoo.tests import BaseCase, tagged
from odoo.tools import config, mute_logger

from ..tools.server_limits import _Clocks


class OneWorker:
    """What a worker asks of the server that it belongs to."""

    timeout, limit_request, socket = 60, 100, None
    pipe_ping = PreforkServer.pipe_ping

    def pipe_new(self):
        return os.pipe2(os.O_NONBLOCK)


@tagged("post_install", "-at_install")
class TestServersClocks(BaseCase):
    """The clocks that are put back are those that Odoo's own servers look at."""

    def test_threads(self):
        """A server of one process takes a thread of the scheduler to be stuck by its
        ``start_time``."""
        server = ThreadedServer.__new__(ThreadedServer)
        server.limits_reached_threads, server.limit_reached_time = set(), None
        may_end = threading.Event()
        thread = threading.Thread(target=may_end.wait, daemon=True)
        thread.type, thread.start_time = "cron", time.time() - 3600
        thread.start()
        limits = {"limit_memory_soft": 0, "limit_time_real": 120, "limit_time_real_cron": 120}
        try:
            with patch.dict(config.options, limits), mute_logger("odoo.service.server"):
                server.process_limit()
                self.assertIn(thread, server.limits_reached_threads)
                server.limits_reached_threads.clear()
                _Clocks(thread).restart()
                server.process_limit()
                self.assertNotIn(thread, server.limits_reached_threads)
        finally:
            may_end.set()
            thread.join()

    def test_workers(self):
        """A worker is found by its handler of a signal; it has a pipe that its server listens at,
        and a limit of computing time."""
        worker = Worker(OneWorker())
        self.addCleanup(worker.close)
        handlers = {}
        with (
            patch("signal.signal", handlers.__setitem__),
            patch("signal.set_wakeup_fd"),
            patch.object(worker, "setproctitle"),
            mute_logger("odoo.service.server"),
        ):
            worker.start()
        self.assertIn(signal.SIGXCPU, handlers)  # the limit of computing time
        with (
            patch("signal.getsignal", handlers.get),
            patch("resource.getrlimit", lambda _kind: (900, resource.RLIM_INFINITY)),
            patch("resource.setrlimit") as set_limit,
            patch.dict(config.options, {"limit_time_cpu": 1000}),
        ):
            _Clocks(threading.current_thread()).restart()
            [[[resource_kind, (soft, _hard)], _kwargs]] = set_limit.call_args_list
            self.assertEqual(resource_kind, resource.RLIMIT_CPU)
            self.assertGreaterEqual(soft, 1000)
            ours = set_limit.call_args
            set_limit.reset_mock()
            with patch.object(server_module, "set_limit_memory_hard"):
                worker.check_limits()  # which sets the limit before each piece of work
            self.assertAlmostEqual(set_limit.call_args[0][1][0], ours[0][1][0], delta=2)
        self.assertEqual(os.read(worker.watchdog_pipe[0], 10), b".")
