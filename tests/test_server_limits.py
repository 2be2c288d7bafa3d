"""Long work is not taken to be stuck, as long as it makes progress."""

import threading
import time
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools import server_limits
from ..tools.server_limits import long_work


@tagged("post_install", "-at_install")
class TestLongWork(BaseCase):
    """``start_time`` of a thread is what the server computes the age of its work from."""

    def run_scheduled(self, work):
        """Do ``work`` as the scheduler does, begun an hour ago; return its age then in seconds."""

        def run():
            threading.current_thread().start_time = time.time() - 3600
            work()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        return time.time() - thread.start_time

    def test_a_step_without_progress(self):
        def work():
            with patch.object(server_limits, "BEAT", 0.01), long_work():
                time.sleep(0.2)

        self.assertLess(self.run_scheduled(work), 60)

    def test_a_step_that_is_stuck(self):
        def work():
            with (
                patch.object(server_limits, "BEAT", 0.01),
                patch.object(server_limits, "PATIENCE", -1),
                long_work(),
            ):
                time.sleep(0.1)

        self.assertGreater(self.run_scheduled(work), 3000)

    def test_clocks_run_again_afterwards(self):
        threads = threading.active_count()
        with self.assertRaises(ZeroDivisionError), long_work() as note_progress:
            note_progress()
            raise ZeroDivisionError
        self.assertEqual(threading.active_count(), threads)
