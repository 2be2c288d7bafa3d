"""Independent jobs of one command, several at a time, each with its output in a file of its own."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from console import Fail, Ticker, ignore_interrupts, say
from places import LOGS


@dataclass
class Job:
    """Something to run.

    :param work: returns whether it passed; it runs in a process of its own, and what it prints is
        shown when it has ended
    :param processors: how many it can keep busy
    """

    name: str
    work: Callable[[], bool]
    processors: int = 1

    @property
    def log(self) -> Path:
        return LOGS / f"job-{self.name.replace(' ', '-')}.log"


def run(title: str, jobs: list[Job]) -> list[str]:
    """Run the jobs, the first ones first; return the names of those that failed."""
    processors = os.cpu_count() or 1
    waiting, running, failed = list(jobs), {}, []
    with Ticker(title) as ticker:
        try:
            while waiting or running:
                busy = sum(job.processors for job, _started in running.values())
                if waiting and (not running or busy + waiting[0].processors <= processors):
                    job = waiting.pop(0)
                    running[_start(job)] = job, time.monotonic()
                    continue
                wait([process.sentinel for process in running], timeout=1)
                for process in [process for process in running if not process.is_alive()]:
                    job, started = running.pop(process)
                    process.join()
                    passed = process.exitcode == 0
                    _show(job, passed, time.monotonic() - started)
                    if not passed:
                        failed.append(job.name)
                ticker.tick("; ".join(_progress(job) for job, _started in running.values()))
        except BaseException:
            _end(running)
            raise
    return failed


def _start(job: Job):
    # A fork knows all that this process has prepared.
    process = multiprocessing.get_context("fork").Process(target=_run, args=[job])
    process.start()
    return process


def _run(job: Job):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with job.log.open("w") as output:
        os.dup2(output.fileno(), sys.stdout.fileno())
        os.dup2(output.fileno(), sys.stderr.fileno())
    try:
        passed = job.work()
    except Fail as reason:
        say(str(reason))
        passed = False
    except KeyboardInterrupt:
        passed = False
    sys.exit(0 if passed else 1)


def _stop(_number, _frame):
    """Unwind through every ``finally``, undisturbed by the signals that follow."""
    ignore_interrupts()
    raise KeyboardInterrupt


def _show(job: Job, passed: bool, seconds: float):
    say(f"\n== {job.name}: {'passed' if passed else 'FAILED'} in {seconds:.0f} s")
    say(job.log.read_text(errors="replace").rstrip())


def _progress(job: Job) -> str:
    """What the job does, and how far it is, from the last lines of its log."""
    text = job.log.read_text(errors="replace") if job.log.exists() else ""
    far = []
    for line in reversed(text.splitlines()):
        if line.strip():
            far.insert(0, line.strip()[-40:])
            if not far[0].startswith("..."):
                break
    return f"{job.name}: {' '.join([far[0], *far[1:][-1:]])}" if far else job.name


def _end(processes):
    """End them; a terminal's Ctrl-C has reached them as well, `kill` has not."""
    deadline = time.monotonic() + 10
    for process in processes:
        process.join(max(0, deadline - time.monotonic()))
        process.terminate()
    for process in processes:
        process.join()
