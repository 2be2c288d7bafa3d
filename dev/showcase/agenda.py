"""What happens when: the days of the showcase, played one after the other."""

import heapq
from datetime import UTC, datetime, time, timedelta


class Agenda:
    """Actions by time of day (UTC), each run with the clock at its own time.

    An action may plan later ones. What is planned after ``end`` has not happened yet.
    """

    def __init__(self, start, today):
        """:param start: the first day
        :param today: the last day, of which only the early morning has passed"""
        self.start = start
        self.today = today
        self.end = datetime.combine(today, time(5))
        self._entries = []
        self._planned = 0

    def plan(self, moment, action, *arguments):
        """Run ``action(*arguments)`` at that time, a naive datetime in UTC."""
        self._planned += 1  # keeps the order of what happens at the same time
        heapq.heappush(self._entries, (moment, self._planned, action, arguments))

    def now(self):
        return datetime.now(UTC).replace(tzinfo=None)

    def after(self, days, action, *arguments):
        """Run ``action(*arguments)`` that many days from the time of the running action."""
        self.plan(self.now() + timedelta(days=days), action, *arguments)

    def play(self, clock, tell):
        """Run what is planned, in order of time.

        :param clock: freezegun's, which is moved along
        :param tell: called with the first day of each month when it begins
        """
        month = None
        while self._entries and self._entries[0][0] <= self.end:
            moment, _number, action, arguments = heapq.heappop(self._entries)
            if (moment.year, moment.month) != month:
                month = (moment.year, moment.month)
                tell(moment.date().replace(day=1))
            clock.move_to(moment)
            action(*arguments)
