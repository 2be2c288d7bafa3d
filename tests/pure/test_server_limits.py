"""Long work is not taken to be stuck, as long as it makes progress; other work is not exempt."""

import resource
import signal
import threading
import time
from types import SimpleNamespace
from unittest import TestCase
from unittest.mock import patch

from odoo.service.server import Worker, WorkerCron
from odoo.tools import config

from ...tools import server_limits
from ...tools.server_limits import long_work

HOUR = 3600


class TestThreads(TestCase):
    """``start_time`` of a thread is what a server without workers computes the age of its work
    from."""

    def run_scheduled(self, work):
        """Do ``work`` as the scheduler does, begun an hour ago.

        :return: the ages in seconds that ``work`` returned, and the age afterwards
        """
        ages = []

        def run():
            thread = threading.current_thread()
            thread.start_time = time.time() - HOUR
            work(lambda: ages.append(time.time() - thread.start_time))
            ages.append(time.time() - thread.start_time)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return ages

    def test_a_step_without_progress(self):
        def work(note_age):
            with patch.object(server_limits, "BEAT", 0.01), long_work():
                time.sleep(0.2)
                note_age()

        during, afterwards = self.run_scheduled(work)
        self.assertLess(during, 60)
        # What was done before counts again, what was done meanwhile does not.
        self.assertAlmostEqual(afterwards, HOUR, delta=0.15)

    def test_a_step_that_is_stuck(self):
        def work(note_age):
            with (
                patch.object(server_limits, "BEAT", 0.01),
                patch.object(server_limits, "PATIENCE", -1),
                long_work(),
            ):
                time.sleep(0.1)
                note_age()

        during, _afterwards = self.run_scheduled(work)
        self.assertGreaterEqual(during, HOUR)

    def test_clocks_run_again_afterwards(self):
        threads = threading.active_count()
        with self.assertRaises(ZeroDivisionError), long_work() as note_progress:
            note_progress()
            raise ZeroDivisionError
        self.assertEqual(threading.active_count(), threads)

    def test_other_threads_keep_their_clocks(self):
        other = threading.Thread(target=lambda: None)
        other.start_time = begun = time.time() - HOUR

        def work(_note_age):
            with patch.object(server_limits, "BEAT", 0.01), long_work():
                time.sleep(0.1)

        with patch.object(threading, "enumerate", lambda: [other]):
            self.run_scheduled(work)
        self.assertEqual(other.start_time, begun)

    def test_a_thread_that_nobody_measures(self):
        with patch.object(server_limits, "BEAT", 0.01), long_work():
            time.sleep(0.05)
        self.assertFalse(getattr(threading.current_thread(), "start_time", None))


class TestWorkers(TestCase):
    """A worker process may compute for so many seconds, and gives signs of life. Here its limit
    is a number, which the kernel does not hear of."""

    def setUp(self):
        super().setUp()
        self.limit, self.computed, self.pings = 100, 95.0, 0
        worker = object.__new__(WorkerCron)
        worker.multi = SimpleNamespace(pipe_ping=self.ping)
        worker.watchdog_pipe = None
        self.assertIsInstance(worker, Worker)
        for target, name, value in (
            (signal, "getsignal", lambda _number: worker.signal_handler),
            (resource, "getrlimit", lambda _limit: (self.limit, resource.RLIM_INFINITY)),
            (resource, "setrlimit", self.set_limit),
            (server_limits, "_computing_seconds", lambda: self.computed),
            (server_limits, "BEAT", 0.01),
        ):
            self.enterContext(patch.object(target, name, value))

    def ping(self, _pipe):
        self.pings += 1

    def set_limit(self, _limit, values):
        self.limit = values[0]

    def test_limits_come_back(self):
        """Five seconds of computing were left before an export that computes for ten minutes, and
        five are left afterwards."""
        with long_work():
            time.sleep(0.1)
            self.assertEqual(self.limit, 95 + config["limit_time_cpu"])
            self.computed += 600
            time.sleep(0.1)
            self.assertEqual(self.limit, 695 + config["limit_time_cpu"])
        self.assertEqual(self.limit, 700)
        pings = self.pings
        self.assertGreater(pings, 2)
        time.sleep(0.1)
        self.assertEqual((self.limit, self.pings), (700, pings))

    def test_after_an_error(self):
        with self.assertRaises(ZeroDivisionError), long_work():
            self.computed += 30
            raise ZeroDivisionError
        self.assertEqual(self.limit, 130)

    def test_a_worker_without_a_limit(self):
        self.limit = resource.RLIM_INFINITY
        with long_work():
            time.sleep(0.05)
            self.assertEqual(self.limit, resource.RLIM_INFINITY)
        self.assertEqual(self.limit, resource.RLIM_INFINITY)
        self.assertGreater(self.pings, 0)

    def test_stuck(self):
        self.enterContext(patch.object(server_limits, "PATIENCE", -1))
        with long_work():
            time.sleep(0.05)
            self.assertEqual((self.limit, self.pings), (100, 0))
