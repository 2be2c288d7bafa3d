"""What ./dev/test does not let pass: a warning in the log, and a test that was skipped."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import TestCase

SOURCE = """
import logging
import threading
import unittest

log = logging.getLogger("odoo.somewhere")

class Test(unittest.TestCase):
    def test_clean(self):
        log.info("well")
    def test_warns(self):
        log.warning("bad")
    def test_warns_elsewhere(self):
        thread = threading.Thread(target=log.error, args=["bad"])
        thread.start()
        thread.join()
    def test_warns_as_expected(self):
        with self.assertLogs("odoo.somewhere", "WARNING"):
            log.warning("bad")
    def test_skipped(self):
        self.skipTest("some other day")

class TestBefore(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log.warning("bad")
    def test_first(self):
        pass
    def test_second(self):
        pass

class TestAfter(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        log.warning("bad")
    def test_first(self):
        pass
    def test_last(self):
        pass
"""


class TestPlugins(TestCase):
    def test_what_fails(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "test_it.py").write_text(SOURCE)
            plugins = ("no:cacheprovider", "no:warnings", "pytest_clean_log", "pytest_no_skip")
            run = subprocess.run(
                [
                    *(sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", folder),
                    *(part for plugin in plugins for part in ("-p", plugin)),
                ],
                env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
                cwd=folder,
                capture_output=True,
                text=True,
            )
        failed = re.findall(r"^(?:FAILED|ERROR) \S+::(\w+::\w+)", run.stdout, re.MULTILINE)
        self.assertCountEqual(
            failed,
            [
                "Test::test_skipped",
                "Test::test_warns",
                "Test::test_warns_elsewhere",
                "TestBefore::test_first",
                "TestAfter::test_last",
            ],
            run.stdout,
        )
        self.assertEqual(run.returncode, 1)
