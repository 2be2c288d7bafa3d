"""What an office does in one go, now and then."""

from operator import itemgetter


class Worklist:
    """Work with a day of its own, done together when somebody gets to it."""

    def __init__(self, handle):
        """:param handle: called with the list of (moment, *item) that are due, by moment"""
        self._handle = handle
        self._waiting = []

    def add(self, moment, *item):
        self._waiting.append((moment, *item))

    def do(self, now):
        """Do what has become due."""
        due = [entry for entry in self._waiting if entry[0] <= now]
        if due:
            self._waiting = [entry for entry in self._waiting if entry[0] > now]
            self._handle(sorted(due, key=itemgetter(0)))
